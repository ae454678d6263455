import { expect } from '@open-wc/testing';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { violations } from '../../support/elements/axe.js';
import { cardsOf, part, parts, room, speakEnglish } from '../../support/elements/fixtures.js';
import { DIRECTIONS, LAYOUTS, openAllDetails, openArranging, wholeList } from '../../support/elements/whole-list.js';
import { contrast, parseColour } from './colours.js';
import { THEMES, linkThemes, page, themes } from './linked.js';

/** What WCAG 2.2 AA asks: 1.4.3 of text, 1.4.11 of everything that has to be made out. */
const TEXT = 4.5;
const SHAPE = 3;

/** What is painted on what, by the private names of the tokens; `page` is what a list stands on. */
const PAIRS: readonly (readonly [front: string, back: string, least: number])[] = [
  ['text', 'surface', TEXT],
  ['muted', 'surface', TEXT],
  ['gold', 'surface', TEXT],
  ['urgent', 'surface', TEXT],
  ['danger', 'surface', TEXT],
  ['muted', 'quiet', TEXT],
  ['gold', 'gold-surface', TEXT],
  // What is rare stands on gold from its beginning on.
  ['text', 'gold-surface', TEXT],
  ['muted', 'gold-surface', TEXT],
  // Totals, freshness, and what stands in an empty list.
  ['text', 'page', TEXT],
  ['muted', 'page', TEXT],
  ['urgent', 'page', SHAPE],
  ['accent', 'track', SHAPE],
  ['muted', 'track', SHAPE],
  ['success', 'surface', SHAPE],
  // What a field begins with, and which segment is pressed.
  ['control', 'surface', SHAPE],
  ['control', 'page', SHAPE],
  ['control', 'quiet', SHAPE],
  // The outline of what has the focus.
  ['accent', 'surface', SHAPE],
  ['accent', 'page', SHAPE],
  ['accent', 'quiet', SHAPE],
];

/** What a token is in an element, as the engine works it out. */
function tokenIn(element: Element, name: string): string {
  const probe = document.createElement('span');
  probe.style.setProperty('color', `var(--_${name})`);
  element.shadowRoot?.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Every pair that is too close, and every bar and badge that cannot be made out. */
function tooClose(list: AchievementList): string[] {
  const background = getComputedStyle(list.parentElement!).backgroundColor;
  const found: string[] = [];
  const check = (what: string, front: string, back: string, least: number) => {
    const ratio = contrast(front, back);
    if (ratio < least) found.push(`${what}: ${ratio.toFixed(2)}, less than ${least}`);
  };
  const card = cardsOf(list)[0]!;
  const colour = (name: string) => (name === 'page' ? background : tokenIn(card, name));
  for (const [front, back, least] of PAIRS) check(`${front} on ${back}`, colour(front), colour(back), least);

  for (const each of cardsOf(list)) {
    const words = each.achievement?.id ?? '';
    const surface = tokenIn(each, 'surface');
    for (const bar of parts(each, 'progress')) {
      check(`bar of ${words}`, tokenIn(each, 'accent'), getComputedStyle(bar).backgroundColor, SHAPE);
    }
    const badge = part(each, 'state');
    if (!badge || badge.hidden) continue;
    const { color, backgroundColor } = getComputedStyle(badge);
    check(`sign in the badge of ${words}`, color, backgroundColor, SHAPE);
    if (each.state === 'unlocked' && !each.revoked) check(`badge of ${words}`, backgroundColor, surface, SHAPE);
  }
  return found;
}

before(async function () {
  this.timeout(30_000);
  speakEnglish();
  await linkThemes();
});

describe('a theme leaves everything readable', function () {
  this.timeout(55_000);

  for (const theme of themes) {
    for (const layout of LAYOUTS) {
      for (const direction of DIRECTIONS) {
        it(`every state, with everything there is open: ${theme}, ${layout}, ${direction}`, async () => {
          const parent = await page(THEMES[theme], theme);
          parent.dir = direction;
          const list = await wholeList(parent, { layout });
          await openArranging(list);
          await openAllDetails(list);
          expect(await violations(list)).to.deep.equal([]);
          expect(tooClose(list)).to.deep.equal([]);
        });
      }
    }

    it(`revealed secrets, and nothing open: ${theme}`, async () => {
      const list = await wholeList(await page(THEMES[theme], theme), { reveal: 'always' });
      expect(await violations(list)).to.deep.equal([]);
      expect(tooClose(list)).to.deep.equal([]);
    });
  }

  for (const [scheme, background] of [
    ['light', '#f5f6f9'],
    ['dark', '#0d1017'],
  ] as const) {
    it(`without a theme, ${scheme}`, async () => {
      const parent = await page(background);
      parent.style.setProperty('color-scheme', scheme);
      expect(tooClose(await wholeList(parent))).to.deep.equal([]);
    });
  }

  it('where a page sets a surface, a text, an accent and a gold, and no more', async () => {
    const parent = await page('#001018');
    const own = { surface: '#06212e', text: '#e8f6ff', accent: '#4cc9f0', gold: '#ffd166' };
    for (const [name, value] of Object.entries(own)) parent.style.setProperty(`--achievement-${name}`, value);
    parent.style.setProperty('color-scheme', 'light');
    const list = await wholeList(parent);
    expect(await violations(list)).to.deep.equal([]);
    expect(tooClose(list)).to.deep.equal([]);
  });
});

describe('the check of contrast', function () {
  this.timeout(55_000);

  it('finds what is wrong with a bad theme', async () => {
    const parent = await page('#8a8a8a');
    const bad = { surface: '#8f8f8f', text: '#c8c8c8', muted: '#b0b0b0', accent: '#a0a0a0', gold: '#b9a878' };
    for (const [name, value] of Object.entries(bad)) parent.style.setProperty(`--achievement-${name}`, value);
    const list = await wholeList(parent);
    expect((await violations(list)).map((line) => line.split(':')[0])).to.include('color-contrast');
    const found = tooClose(list).map((line) => line.split(':')[0]);
    expect(found).to.include.members(
      PAIRS.filter(([front]) => front !== 'success').map(([front, back]) => `${front} on ${back}`),
    );
    expect(found).to.include('bar of example-1');
    expect(found).to.include('sign in the badge of example-0');
  });

  it('knows the numbers of the guidelines', async () => {
    expect(contrast('rgb(0, 0, 0)', 'rgb(255, 255, 255)')).to.be.closeTo(21, 0.001);
    expect(contrast('rgb(119, 119, 119)', 'color(srgb 1 1 1)')).to.be.closeTo(4.48, 0.005);
    expect(parseColour('rgba(255, 0, 0, 0.5)')).to.deep.equal([1, 0, 0, 0.5]);
    expect(() => parseColour('oklch(0.5 0.1 20)')).to.throw('oklch');
    const element = await room();
    element.style.setProperty('color', 'color-mix(in srgb, #f00 50%, #00f)');
    expect(contrast(getComputedStyle(element).color, 'rgb(128, 0, 128)')).to.be.closeTo(1, 0.02);
  });
});
