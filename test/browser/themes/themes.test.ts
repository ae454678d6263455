import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import { cardsOf, achievements, part, room, show, speakEnglish } from '../../support/elements/fixtures.js';
import { THEMES, linkThemes, page, themes } from './linked.js';

const surfaceOf = (element: Element) => getComputedStyle(part(element, 'card')!).backgroundColor;

const SURFACES: Readonly<Record<keyof typeof THEMES, string>> = {
  midnight: 'rgb(23, 21, 58)',
  paper: 'rgb(255, 250, 240)',
  console: 'rgb(11, 15, 13)',
  storefront: 'rgb(255, 255, 255)',
};

/** A list on this page, and its first card. */
async function listIn(parent: HTMLElement) {
  const list = await show('achievement-list', { achievements: achievements(1) }, parent);
  return { list, card: cardsOf(list)[0]! };
}

before(async () => {
  speakEnglish();
  await linkThemes();
});

describe('a theme', () => {
  for (const theme of themes) {
    it(`is named around an element, or on it: ${theme}`, async () => {
      expect(surfaceOf((await listIn(await page(THEMES[theme], theme))).card)).to.equal(SURFACES[theme]);
      const { list, card } = await listIn(await room());
      list.dataset['achievementTheme'] = theme;
      expect(surfaceOf(card)).to.equal(SURFACES[theme]);
    });
  }

  it('changes nothing where it is not named', async () => {
    const { card } = await listIn(await room());
    const before = surfaceOf(card);
    for (const sheet of document.styleSheets) if (sheet.href?.includes('/src/themes/')) sheet.disabled = true;
    expect(surfaceOf(card)).to.equal(before);
    for (const sheet of document.styleSheets) sheet.disabled = false;
  });

  it('is the nearest one', async () => {
    for (const [outer, inner] of themes.flatMap((one) => themes.map((other) => [one, other] as const))) {
      const parent = await page(THEMES[outer], outer);
      const nested = parent.appendChild(document.createElement('div'));
      nested.dataset['achievementTheme'] = inner;
      const { list, card } = await listIn(nested);
      expect(surfaceOf(card), `${inner} in ${outer}`).to.equal(SURFACES[inner]);
      const alone = await listIn(await page(THEMES[inner], inner));
      expect(getComputedStyle(list).fontFamily, `${inner} in ${outer}`).to.equal(
        getComputedStyle(alone.list).fontFamily,
      );
    }
  });

  it('gives way to the page’s own style sheet, wherever that stands', async () => {
    const style = document.createElement('style');
    style.textContent = 'achievement-list { --achievement-surface: rgb(1, 2, 3) }';
    document.head.prepend(style);
    const { list, card } = await listIn(await room());
    list.dataset['achievementTheme'] = 'paper';
    expect(surfaceOf(card)).to.equal('rgb(1, 2, 3)');
    style.remove();
  });

  it('leaves the letters of the page around it alone', async () => {
    const parent = await page(THEMES.paper, 'paper');
    const { list } = await listIn(parent);
    expect(getComputedStyle(list).fontFamily).to.contain('Georgia');
    expect(getComputedStyle(parent).fontFamily).to.equal(getComputedStyle(document.body).fontFamily);
  });

  it('makes the corners inside as square as the card’s', async () => {
    const cornersIn = async (theme: string) => {
      const { card } = await listIn(await page('#000000', theme));
      const inside = [...card.renderRoot.querySelectorAll('[part~=card], [part~=state], .placeholder, img')];
      return inside.map((element) => parseFloat(getComputedStyle(element).borderTopLeftRadius));
    };
    expect(Math.max(...(await cornersIn('console')))).to.equal(0);
    expect(Math.min(...(await cornersIn('midnight')))).to.be.greaterThan(0);
  });

  it('works where styles may come from the page’s own server only', async () => {
    const frame = document.createElement('iframe');
    await new Promise((resolve) => {
      frame.onload = resolve;
      frame.src = '/test/browser/pages/csp/control.html?policy=self';
      document.body.append(frame);
    });
    const strict = frame.contentDocument!;
    const themed = strict.body.appendChild(strict.createElement('div'));
    themed.dataset['achievementTheme'] = 'midnight';
    const inline = strict.createElement('style');
    inline.textContent = 'div { --inline: refused }';
    const link = strict.createElement('link');
    await new Promise((resolve, reject) => {
      Object.assign(link, { rel: 'stylesheet', href: '/src/themes/midnight.css', onload: resolve, onerror: reject });
      strict.head.append(inline, link);
    });
    const style = frame.contentWindow!.getComputedStyle(themed);
    expect(style.getPropertyValue('--achievement-surface').trim()).to.equal('#17153a');
    expect(style.getPropertyValue('--inline')).to.equal('');
    frame.remove();
  });
});
