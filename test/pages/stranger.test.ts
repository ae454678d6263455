import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enginesHere } from '../../scripts/browsers.mjs';
import { openPage, until, type DrivenPage } from '../support/pages/engines.js';
import { openStrangerSite, type StrangerSite } from '../support/pages/stranger-site.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const snippet = (language: string) => {
  const [, text] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  if (text === undefined) throw new Error(`The README has no ${language} snippet`);
  return text;
};

/** What docs/toasts.md tells a stranger to write, under a strict policy. */
const [, TOASTS = ''] =
  /```html\n([\s\S]*?)```/.exec(readFileSync(new URL('../../docs/toasts.md', import.meta.url), 'utf8')) ?? [];
const POLICY = `script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`;
const TOASTS_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Toasts</title><body>${TOASTS.replace('"ada"', '"lin"')}<achievement-tracker for="list"></achievement-tracker><achievement-gamepad legend="always"></achievement-gamepad></body></html>`;

/** What the README tells a stranger to write. */
const PAGE = snippet('html');
const FILE = snippet('json');

const LIST = `document.querySelector('achievement-list')`;
const ROOT = `${LIST}?.shadowRoot`;
const cards = `(${ROOT}?.querySelectorAll('achievement-card').length ?? 0)`;
const listText = `(${ROOT}?.textContent ?? '')`;
/** Every text and attribute of the page, through all shadow roots. */
const WHOLE_PAGE = `(function all(root) {
  return [...root.querySelectorAll('*')].map((element) => element.outerHTML + (element.shadowRoot ? element.shadowRoot.innerHTML + all(element.shadowRoot) : '')).join('');
})(document)`;
/** Whether there is anything on the device: asked anew each time, answered the next. */
const IS_KEPT = `(indexedDB.open('achievement-elements').onsuccess = ({ target: { result } }) => {
  result.transaction('cache').objectStore('cache').count().onsuccess = ({ target }) => {
    window.kept = target.result;
    result.close();
  };
}, window.kept > 0)`;
/** The element with the focus, through all shadow roots. */
const FOCUSED = `(function inner(root) {
  const { activeElement } = root;
  return activeElement?.shadowRoot ? inner(activeElement.shadowRoot) : activeElement;
})(document)`;

describe.each(enginesHere)('a stranger with the README, in %s', (engine) => {
  let site: StrangerSite;
  let page: DrivenPage;

  beforeAll(async () => {
    site = await openStrangerSite();
    site.pages.set('/', PAGE);
    site.pages.set('/toasts', TOASTS_PAGE);
    site.pages.set('/someone-else', PAGE.replace('player="ada"', 'player="grace"'));
    site.pages.set('/fresh', PAGE.replace('player="ada"', ''));
    page = await openPage(engine);
  });
  afterAll(async () => {
    await page.close();
    await site.close();
  });
  beforeEach(() => {
    site.answer = { body: FILE };
  });

  it('sees a toast, a tracker and a legend from the second file, under a strict policy', async () => {
    const textIn = (tag: string) => `(document.querySelector('achievement-${tag}')?.shadowRoot?.textContent ?? '')`;
    await page.goto(`${site.origin}/toasts`);
    await until(
      page,
      `${cards} === 3 && ${textIn('tracker')}.includes('2 left') && ${textIn('gamepad')}.trim() !== ''`,
    );
    const done = FILE.replace('"progress": { "current": 8, "target": 10 }', '"unlockedAt": "2026-01-18T12:00:00Z"');
    expect(done).not.toBe(FILE);
    site.answer = { body: done };
    await page.evaluate(`void document.querySelector('achievement-list').store.refresh()`);
    await until(page, `${textIn('toasts')}.includes('Achievement unlocked: Escape Velocity')`);
    expect(
      await page.evaluate(`document.querySelector('achievement-toasts').shadowRoot.querySelectorAll('article').length`),
    ).toBe(1);
    expect(await page.evaluate(WHOLE_PAGE)).not.toContain('[object');
    site.answer = { body: FILE };
    await page.evaluate(`void document.querySelector('achievement-list').store.signOut()`);
  });

  it('sees the achievements of their own file, and not the secret', async () => {
    await page.goto(`${site.origin}/`);
    await until(page, `${cards} === 3`);
    const whole = await page.evaluate<string>(WHOLE_PAGE);
    expect(whole).toContain('First Light');
    expect(whole).toContain('8 of 10');
    expect(whole).toContain('Secret achievement');
    expect(whole).not.toContain('The Door');
    expect(whole).not.toContain('keeper');
  });

  it('sees the list again without a network, and is told so', async () => {
    await page.goto(`${site.origin}/`);
    await until(page, `${LIST}?.store?.snapshot.activity === 'idle'`);
    await until(page, IS_KEPT);
    site.answer = 'cut';
    await page.goto(`${site.origin}/`);
    await until(page, `${cards} === 3 && ${listText}.includes('Offline')`);
  });

  it('shows nothing of it to another player on the same device', async () => {
    site.answer = 'cut';
    await page.goto(`${site.origin}/someone-else`);
    await until(page, `${listText}.includes('You seem to be offline.')`);
    expect(await page.evaluate<number>(cards)).toBe(0);
    expect(await page.evaluate<string>(WHOLE_PAGE)).not.toContain('First Light');
  });

  it('reveals the secret, hides it again and opens details with the keyboard alone', async () => {
    await page.goto(`${site.origin}/`);
    await until(page, `${cards} === 3`);
    const focusIsOn = (label: string) =>
      until(page, `(${FOCUSED}?.getAttribute('aria-label') ?? '').startsWith(${JSON.stringify(label)})`);
    // The list is one stop of the Tab key, and the first of this page.
    await page.press('Tab');
    await focusIsOn('First Light');
    await page.press('Enter');
    await focusIsOn('Details of First Light');
    await page.press('Space');
    await until(page, `${FOCUSED}.getAttribute('aria-expanded') === 'true'`);
    await page.press('Escape');
    await focusIsOn('First Light');
    await page.press('ArrowDown');
    await focusIsOn('Escape Velocity');
    await page.press('ArrowDown');
    await focusIsOn('Secret achievement');
    await page.press('Enter');
    await focusIsOn('Reveal');
    await page.press('Enter');
    await until(page, `${FOCUSED}.getAttribute('aria-label') === 'Hide secret achievement The Door'`);
    const revealed = await page.evaluate<string>(WHOLE_PAGE);
    expect(revealed).toContain('Find it.');
    expect(revealed).not.toContain('keeper');
    await page.press('Enter');
    await until(page, `${FOCUSED}.getAttribute('aria-label').startsWith('Reveal')`);
    expect(await page.evaluate<string>(WHOLE_PAGE)).not.toContain('The Door');
  });

  it.each([
    ['an empty list', { body: '{"achievements":[]}' }, 'No achievements yet.'],
    ['something else than achievements', { body: '{"hello":"world"}' }, 'The answer could not be understood.'],
    ['a web page', { type: 'text/html', body: '<!doctype html><p>Sign in' }, 'The answer could not be understood.'],
    ['half an answer', { body: '{"achievements":[{"id":"1",' }, 'The answer could not be understood.'],
    ['a missing file', { status: 404, body: '' }, 'There is nothing at this address.'],
    ['a refusal', { status: 401, body: '' }, 'Please sign in again.'],
    ['a broken server', { status: 500, body: '' }, 'The service has a problem of its own.'],
    ['no network', 'cut', 'You seem to be offline.'],
  ] as const)('is told in a sentence about %s', async (_what, answer, words) => {
    site.answer = answer;
    await page.goto(`${site.origin}/fresh`);
    await until(page, `${listText}.includes(${JSON.stringify(words)})`);
  });

  it('keeps what is there when the next answer is broken', async () => {
    await page.goto(`${site.origin}/`);
    await until(page, `${cards} === 3 && ${LIST}.store.snapshot.activity === 'idle'`);
    site.answer = { status: 500, body: '' };
    await page.evaluate(`void ${LIST}.store.refresh()`);
    await until(page, `${listText}.includes('Couldn’t check')`);
    expect(await page.evaluate<number>(cards)).toBe(3);
  });

  it('leaves nothing of a player who signs out', async () => {
    await page.goto(`${site.origin}/`);
    await until(page, `${cards} === 3 && ${LIST}.store.snapshot.activity === 'idle'`);
    await page.evaluate(`void ${LIST}.store.signOut().then(() => (window.signedOut = true))`);
    await until(page, 'window.signedOut === true');
    site.answer = 'cut';
    await page.goto(`${site.origin}/`);
    await until(page, `${listText}.includes('You seem to be offline.')`);
    expect(await page.evaluate<number>(cards)).toBe(0);
  });

  it('asks nobody but their own server', () => {
    expect(new Set(site.requests)).toEqual(
      new Set([
        '/',
        '/someone-else',
        '/fresh',
        '/toasts',
        '/achievement-elements.js',
        '/achievement-overlay.js',
        '/achievements.json',
        ...icons(site),
      ]),
    );
  });
});

/** A browser asks for an icon, which is no doing of ours. */
function icons({ requests }: StrangerSite): string[] {
  return requests.includes('/favicon.ico') ? ['/favicon.ico'] : [];
}
