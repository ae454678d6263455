import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AchievementList } from '../../src/index.js';
import { launchChromium } from '../support/browser/chromium.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Every text that a person can read in the list. */
const LIST_TEXT = `(function texts(root) {
  return [...root.querySelectorAll('*')].map((element) =>
    (element.shadowRoot ? texts(element.shadowRoot) : '') +
    [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join('')).join(' ');
})(document.querySelector('#stage'))`;

describe('the playground', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    // One for all: what was loaded once is not loaded again.
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await context.newPage();
  });
  afterEach(() => page.close());

  const open = async (query = '') => {
    await page.goto(new URL(query, inject('demoUrl')).href, { waitUntil: 'load' });
    await page.locator('#services').getByRole('radio').first().waitFor();
  };
  /** A panel of the page, opened as a person does. */
  const panel = async (name: string): Promise<Locator> => {
    const details = page.locator('details.panel', { has: page.getByRole('heading', { name, exact: true }) });
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    return details;
  };
  const openEverything = () =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
  const listShows = (text: string) =>
    page.waitForFunction(`${LIST_TEXT}.includes(${JSON.stringify(text)})`, undefined, { timeout: 20_000 });
  const codeHas = (text: string) => page.locator('#code pre', { hasText: text }).first().waitFor();
  /** A radio button lies under the words that a person presses. */
  const choose = (place: Locator, name: string) =>
    place.getByRole('radio', { name, exact: true }).check({ force: true });

  it('shows another service, and the code for it', async () => {
    await open();
    await listShows('Escape Velocity');
    await codeHas('backend="xbox"');
    await choose(page.locator('#services'), 'Coffee shop Loyalty with Talon.One');
    await listShows('Fifty for the Road');
    await codeHas('backend="talon-one"');
    expect(new URL(page.url()).search).toBe('?service=shop');
  });

  it('sets an attribute on the element and in the code of every framework', async () => {
    await open();
    const list = page.locator('achievement-list');
    await choose(await panel('Look'), 'grid');
    await (
      await panel('Order and choice')
    )
      .getByRole('spinbutton', { name: /Seconds between polls|Most cards/ })
      .fill('4');
    expect(await list.getAttribute('layout')).toBe('grid');
    expect(await list.getAttribute('limit')).toBe('4');
    await codeHas('layout="grid"');
    await codeHas('limit="4"');
    for (const [name, words] of [
      ['React', 'limit={4}'],
      ['Vue', ':limit="4"'],
      ['Svelte', 'limit={4}'],
    ] as const) {
      await choose(page.locator('#code'), name);
      await codeHas(words);
    }
    await choose(await panel('Look'), 'list');
    expect(await list.getAttribute('layout')).toBeNull();
  });

  it('follows what is chosen in the toolbar of the list, and keeps it when something else is set', async () => {
    await open('?service=trailmark');
    await listShows('First Steps');
    const list = page.locator('achievement-list');
    await list.getByRole('button', { name: 'Grid', exact: true }).click();
    await codeHas('layout="grid"');
    await (await panel('Order and choice')).getByRole('combobox', { name: /Group by/ }).selectOption('state');
    await codeHas('group-by="state"');
    expect(await list.evaluate(({ layout, groupBy }: AchievementList) => [layout, groupBy])).toEqual(['grid', 'state']);
    await choose((await panel('Look')).getByRole('group', { name: 'Layout' }), 'compact');
    await codeHas('layout="compact"');
    expect(await list.evaluate(({ layout }: AchievementList) => layout)).toBe('compact');
  });

  it('opens as its address says, and tells where the address asks for what does not exist', async () => {
    await open('?service=trailmark&layout=compact&locale=de&dir=rtl&hide=icon+rarity&width=320&theme=cosy');
    await listShows('Freigeschaltet');
    const list = page.locator('achievement-list');
    expect(await list.getAttribute('layout')).toBe('compact');
    expect(await list.getAttribute('hide')).toBe('icon rarity');
    expect(await list.getAttribute('dir')).toBe('rtl');
    expect((await page.locator('#stage').boundingBox())?.width).toBe(320);
    await page.locator('#log', { hasText: 'theme=cosy' }).waitFor({ state: 'attached' });
  });

  it.each([
    ['Xbox Live', 'Ten Worlds', 'name has to be a text; it is null'],
    ['Talon.One', 'Fifty for the Road', 'id has to be a text or a number; it is null'],
    ['JSON', 'Escape Velocity', 'name has to be a text; it is missing'],
  ])('shows a pasted answer of %s, and explains the item that was left out', async (format, shown, reason) => {
    await open('?service=paste');
    // The example is copied out and pasted, as an answer of one's own is.
    await page.locator('#paste').getByRole('button', { name: format, exact: true }).click();
    const field = page.getByRole('textbox', { name: 'The answer of your service' });
    const text = await field.inputValue();
    await field.fill('');
    await page.getByText('What you paste is shown here.').waitFor();
    await field.fill(text);
    await page.getByText(`Looks like ${format}`).waitFor();
    await listShows(shown);
    const explanation = page.locator('#explanation');
    await explanation.getByRole('heading', { name: 'Left out: 1' }).waitFor();
    expect(await explanation.getByRole('listitem').allTextContents()).toEqual([expect.stringContaining(reason)]);
  });

  it('explains nothing where every pasted item can be read', async () => {
    await open('?service=paste');
    await page
      .getByRole('textbox', { name: 'The answer of your service' })
      .fill('[{ "id": 1, "name": "Nothing to complain about" }]');
    await listShows('Nothing to complain about');
    expect(await page.locator('#explanation').isVisible()).toBe(false);
  });

  it('reads a pasted answer as another format where a person says so', async () => {
    await open('?service=paste');
    await page.locator('#paste').getByRole('button', { name: 'JSON', exact: true }).click();
    await listShows('Escape Velocity');
    await choose(page.locator('#paste'), 'Talon.One');
    await page.getByText('Read as Talon.One, as you chose.').waitFor();
    await codeHas('backend="talon-one"');
  });

  it('tells the place where a pasted text stops being JSON, and leads there', async () => {
    await open('?service=paste');
    const field = page.getByRole('textbox', { name: 'The answer of your service' });
    await field.fill('{\n  "achievements": [\n    { "id": 1 "name": "A" }\n  ]\n}');
    await page.getByText('Line 3, column 15: a comma or “}” is missing.').waitFor();
    await page.getByRole('button', { name: 'Show me the place' }).click();
    expect(await field.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBe(36);
  });

  it('shows a fault that is switched on in the log of the wire, and its end', async () => {
    await open('?service=trailmark');
    const newest = page.locator('#wire li').first();
    // 304 where an earlier visit left something on the device.
    await newest.getByText(/^(200|304)$/).waitFor();
    await choose(page.locator('#network'), '500');
    await newest.getByText('500').waitFor();
    await page.locator('#explanation').getByText('Problem: server').waitFor();
    expect(await newest.textContent()).toMatch(/GET \/json\/achievements\D*\d+ ms · [\d.]+ k?B/);
    await choose(page.locator('#network'), 'Offline');
    await newest.getByText('no connection').waitFor();
    await choose(page.locator('#network'), 'All well');
    await newest.getByText('304').waitFor();
    await page.locator('#explanation').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Clear the requests' }).click();
    await page.getByText('Nothing was asked yet.').waitFor();
  });

  it('plays at the service, and shows what came of it', async () => {
    await open('?service=trailmark');
    await listShows('11 of 20');
    await page.getByRole('button', { name: 'Walk a trail' }).click();
    await panel('Events');
    await page
      .locator('#log')
      .getByText(/Unlocked|Progress/)
      .first()
      .waitFor();
    await page.request.post(new URL('/demo/reset', inject('demoUrl')).href);
  });

  it('shows another player, and leaves nothing of one who signs out', async () => {
    await open();
    await listShows('18 of 55');
    const player = await panel('Player and device');
    await choose(player, 'Wren');
    await codeHas('player="2533274811223344"');
    await page.waitForFunction(`!${LIST_TEXT}.includes('18 of 55')`);
    await player.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#log').getByText('Nothing of this player is left').waitFor({ state: 'attached' });
  });

  it('takes a theme, judges its contrast, and gives it back as CSS', async () => {
    await open();
    const theme = await panel('Theme');
    await theme.getByRole('textbox', { name: 'Surface', exact: true }).fill('#ffffff');
    await theme.getByRole('textbox', { name: 'Text', exact: true }).fill('#777777');
    await theme.getByText('4.47 to 1: too little, text needs 4.5').waitFor();
    await theme.getByRole('textbox', { name: 'Text', exact: true }).fill('#767676');
    await theme.getByText('4.54 to 1: enough, text needs 4.5').waitFor();
    const css = theme.getByRole('region', { name: 'The theme as CSS' });
    expect(await css.textContent()).toBe(
      'achievement-list {\n  --achievement-surface: #ffffff;\n  --achievement-text: #767676;\n}\n',
    );
    await codeHas('--achievement-text: #767676;');
    await theme
      .getByRole('textbox', { name: 'Paste CSS to go on with it' })
      .fill('.mine { --achievement-accent: rebeccapurple; --achievement-gap: 1rem; --achievement-shine: 3 }');
    await theme.getByRole('button', { name: 'Take over' }).click();
    await theme.getByText('2 properties taken over. --achievement-shine does not exist').waitFor();
    expect(await css.textContent()).toBe(
      'achievement-list {\n  --achievement-accent: rebeccapurple;\n  --achievement-gap: 16px;\n}\n',
    );
    const painted = await page
      .locator('achievement-list')
      .evaluate((list) => getComputedStyle(list).getPropertyValue('--achievement-accent'));
    expect(painted).toBe('rebeccapurple');
  });

  it.each(['light', 'dark'] as const)('has nothing that keeps anybody out, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open('?service=paste');
    await page.locator('#paste').getByRole('button', { name: 'JSON', exact: true }).click();
    await listShows('Escape Velocity');
    await openEverything();
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`);
    expect(
      violations.flatMap(({ help, nodes }) => nodes.map(({ target }) => `${help}: ${target.flat().join(' ')}`)),
    ).toEqual([]);
  });

  it.each([320, 768, 1440])('has nothing that stands out of a window of %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await open('?width=768&service=together');
    await listShows('Escape Velocity');
    await openEverything();
    const sides = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      return [clientWidth, scrollWidth];
    });
    expect(sides).toEqual([width, width]);
  });

  it('works by keyboard: to the result, and along the services', async () => {
    await open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => [document.activeElement?.id, location.hash])).toEqual(['stage', '']);
    await page.getByRole('radio', { name: 'Starfall A game on Xbox Live' }).focus();
    await page.keyboard.press('ArrowRight');
    await codeHas('backend="talon-one"');
  });
});
