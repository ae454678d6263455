import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import { stateIcon, stateWords } from '../../../src/elements/card-words.js';
import { en } from '../../../src/locales/en.js';
import type { AchievementState } from '../../../src/model/index.js';
import { emulateFeatures } from '../../support/browser/media.js';
import { elementsIn, nameOf } from '../../support/elements/boxes.js';
import { achievement, cardsOf, part, progress, room, show, speakEnglish } from '../../support/elements/fixtures.js';
import { openAllDetails, openArranging, wholeList } from '../../support/elements/whole-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';

before(speakEnglish);
afterEach(() => emulateFeatures({}));

/** A system colour as the engine works it out. */
function systemColour(name: string): string {
  const probe = document.body.appendChild(document.createElement('span'));
  probe.style.setProperty('forced-color-adjust', 'none');
  probe.style.setProperty('color', name);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

describe('a state', () => {
  const STATES: readonly AchievementState[] = ['locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'];

  it('has a word and a shape of its own, and never a colour alone', () => {
    const shapes = [
      ...STATES.map((state) => stateIcon({ state, revoked: false })),
      stateIcon({ state: 'unlocked', revoked: true }),
    ];
    expect(new Set(shapes)).to.have.property('size', shapes.length);
    // What is in progress has a bar.
    expect(shapes.filter((shape) => shape === '')).to.have.length(1);
    expect(new Set(STATES.map((state) => stateWords(state, en)))).to.have.property('size', STATES.length);
  });

  for (const layout of ['list', 'grid', 'compact'] as const) {
    it(`has its shape and its word in a card: ${layout}`, async () => {
      const all = STATES.map((state) =>
        achievement(state, { ...(state === 'in-progress' ? progress(1, 2) : {}), state }),
      );
      const list = await show('achievement-list', { achievements: all, layout });
      for (const card of cardsOf(list)) {
        const state = card.achievement!.state;
        const badge = part(card, 'state')!;
        expect(badge.checkVisibility(), state).to.equal(state !== 'in-progress');
        expect(badge.querySelector('path')!.getAttribute('d'), state).to.equal(stateIcon({ state, revoked: false }));
        expect(part(card, 'progress')?.checkVisibility() ?? false, state).to.equal(state === 'in-progress');
        expect(part(card, 'card')!.getAttribute('aria-label'), state).to.include(stateWords(state, en));
      }
    });
  }
});

describe('where people want less motion', function () {
  this.timeout(30_000);

  /** What moves by itself, or would when something changes. */
  const moving = (list: AchievementList) =>
    elementsIn(list.renderRoot)
      .filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        // What is in no slot has no style at all.
        return (
          (animationName || 'none') !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0)
        );
      })
      .map(nameOf);

  /** The same from the style sheets, for engines that cannot be told what people want. */
  function unasked(list: AchievementList): string[] {
    const found: string[] = [];
    const read = (rules: CSSRuleList, isAsked: boolean) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule && !isAsked) {
          if (/(^|[ ;{])(animation|transition)/.test(rule.style.cssText)) found.push(rule.selectorText);
        } else if ('cssRules' in rule) {
          const asks =
            rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-reduced-motion: no-preference');
          read(rule.cssRules as CSSRuleList, isAsked || asks);
        }
      }
    };
    for (const element of [list, ...elementsIn(list.renderRoot)]) {
      for (const sheet of element.shadowRoot?.adoptedStyleSheets ?? []) read(sheet.cssRules, false);
    }
    return found;
  }

  it('nothing moves', async () => {
    const list = await wholeList(await room());
    await openArranging(list);
    await openAllDetails(list);
    expect(unasked(list)).to.deep.equal([]);
    if (!(await emulateFeatures({ 'prefers-reduced-motion': 'reduce' }))) return;
    expect(matchMedia('(prefers-reduced-motion: reduce)').matches).to.equal(true);
    expect(moving(list)).to.deep.equal([]);
  });

  it('control: a transition that nobody asked for is found', async () => {
    const list = await wholeList(await room());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.segment { transition: color 1s }');
    list.shadowRoot!.adoptedStyleSheets.push(sheet);
    expect(unasked(list)).to.deep.equal(['.segment']);
    expect(moving(list)).to.include('button.segment');
    list.shadowRoot!.adoptedStyleSheets.pop();
  });
});

describe('where colours are the reader’s own', function () {
  this.timeout(30_000);

  /** A list under forced colours; nothing where the engine cannot be told of them. */
  async function forced(): Promise<AchievementList | undefined> {
    if (!(await emulateFeatures({ 'forced-colors': 'active' }))) return undefined;
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    return wholeList(await room());
  }

  it('badges, bars and cards have an outline', async () => {
    const list = await forced();
    if (!list) return;
    const [canvas, text] = ['Canvas', 'CanvasText'].map(systemColour);
    for (const card of cardsOf(list)) {
      const parts = [part(card, 'card')!, part(card, 'state')!, ...card.renderRoot.querySelectorAll('progress, .chip')];
      for (const each of parts.filter((element) => element.checkVisibility())) {
        const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(each);
        expect([borderTopStyle !== 'none', parseFloat(borderTopWidth) >= 1], nameOf(each)).to.deep.equal([true, true]);
        expect(borderTopColor, nameOf(each)).to.equal(text);
        expect(borderTopColor, nameOf(each)).to.not.equal(canvas);
      }
      const glyph = part(card, 'state')!.querySelector('svg')!;
      expect(getComputedStyle(glyph).stroke).to.equal(text);
    }
  });

  it('what is pressed is filled, and what has the focus has an outline', async () => {
    const list = await forced();
    if (!list) return;
    const segments = [...part(list, 'toolbar')!.querySelectorAll<HTMLElement>('.segment')];
    const [highlight, onHighlight] = ['Highlight', 'HighlightText'].map(systemColour);
    for (const segment of segments) {
      const isPressed = segment.getAttribute('aria-pressed') === 'true';
      const { backgroundColor, color } = getComputedStyle(segment);
      expect([backgroundColor === highlight, color === onHighlight]).to.deep.equal([isPressed, isPressed]);
      segment.focus();
      expect(getComputedStyle(segment).outlineStyle).to.equal('solid');
      expect(getComputedStyle(segment).outlineColor).to.not.equal(systemColour('Canvas'));
    }
    const pins = cardsOf(list).map((card) => part(card, 'pin')!);
    const filled = pins.filter((pin) => getComputedStyle(pin.querySelector('svg')!).fill !== 'none');
    expect(filled).to.deep.equal(pins.filter((pin) => pin.getAttribute('aria-pressed') === 'true'));
    expect(filled).to.have.length(2);
  });
});
