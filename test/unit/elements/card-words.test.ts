import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardWords, linesOf } from '../../../src/elements/card-words.js';
import type { LocaleController } from '../../../src/elements/locale-controller.js';
import type { TimeController } from '../../../src/elements/time-controller.js';
import { en } from '../../../src/locales/en.js';
import { Formats } from '../../../src/locales/formats.js';
import {
  aggregateProgress,
  type Achievement,
  type AchievementState,
  type Requirement,
  type VisibleAchievement,
} from '../../../src/model/index.js';
import { achievement } from '../model/support.js';

const NOW = Date.UTC(2026, 0, 14, 12);

const formats = new Formats('en');
const time = { now: NOW, until: (moment: number) => formats.until(moment, NOW).text };
const words = new CardWords({ terms: en, formats } as unknown as LocaleController, time as unknown as TimeController);

const part = (current: number | undefined, target: number, unit: Requirement['unit'] = 'count'): Requirement => ({
  id: 'r',
  target,
  unit,
  ...(current === undefined ? {} : { current }),
});

/** What a service told of its numbers and its state, as the model has it. */
function told(
  requirements: readonly Requirement[],
  state: AchievementState = 'in-progress',
  more: Partial<Achievement> = {},
) {
  const progress = aggregateProgress(requirements, state);
  return achievement({ state, requirements, ...(progress ? { progress } : {}), ...more });
}

const factsOf = (shown: VisibleAchievement) => words.facts(shown).map(({ text }) => text);
const leftOf = (shown: VisibleAchievement) => words.facts(shown).find(({ field }) => field === 'progress')?.text;

describe('an end', () => {
  const lookAt = (endsAt: number) =>
    words.facts(achievement({ window: { endsAt } })).find(({ part: name }) => name === 'time')?.look;

  it('is pressing within two days, and not before', () => {
    const day = 86_400_000;
    expect([lookAt(NOW + 2 * day - 1), lookAt(NOW + 2 * day)]).toEqual(['urgent', undefined]);
  });
});

describe('a card says', () => {
  it.each([
    ['7 of 10', undefined, [part(7, 10)]],
    ['2,999.99 of 3,000', '<0.01 left', [part(2999.997, 3000, 'amount')]],
    ['9.99 of 10', '<0.01 left', [part(9.999999999999998, 10, 'amount')]],
    ['<0.01 of 500', undefined, [part(0.004, 500, 'amount')]],
    ['29%', undefined, [part(29, 100, 'percent')]],
    ['57%', undefined, [part(57, 100, 'percent')]],
    ['58%', undefined, [part(58, 100, 'percent')]],
    ['58%', undefined, [part(29, 50, 'percent')]],
    ['95%', '5% left', [part(95, 100, 'percent')]],
    ['99%', '1% left', [part(99.999, 100, 'percent')]],
    ['<1%', undefined, [part(0.2, 100, 'percent')]],
    ['60%', undefined, [part(0.0006, 0.001, 'amount')]],
    ['50%', undefined, [part(1e300, 2e300, 'amount')]],
    ['13 of 15 parts', '2 left', [...Array.from({ length: 13 }, () => part(1, 1)), part(0, 1), part(0, 1)]],
    ['1 of 2 parts', '1 left', [part(1, 1), part(0.9999999999999999, 1, 'amount')]],
    ['12 of 10', undefined, [part(12, 10)]],
  ] as const)('%s, %s', (progress, left, requirements) => {
    const shown = told(requirements);
    expect(words.progress(shown)).toBe(progress);
    expect(leftOf(shown)).toBe(left);
    const [only, ...others] = requirements;
    if (others.length === 0) expect(words.requirement(only)).toBe(progress);
  });

  it.each([
    [0.29, '29%', undefined],
    [0.95, '95%', '5% left'],
    [0.9999999, '99%', '1% left'],
  ])('of a ratio alone, %d, what the bar says, and never of parts', (ratio, progress, left) => {
    const shown = told([], 'in-progress', { progress: { ratio, unit: 'percent' } });
    expect(words.progress(shown)).toBe(progress);
    expect(leftOf(shown)).toBe(left);
  });

  it('of what is unlocked that what is as good as there is there', () => {
    expect(words.requirement(part(0.9999999999999999, 1, 'amount'), true)).toBe('1 of 1');
    expect(words.requirement(part(99.99999999999999, 100, 'percent'), true)).toBe('100%');
    expect(words.requirement(part(3, 10), true)).toBe('3 of 10');
    expect(words.requirement(part(undefined, 10), true)).toBe('– of 10');
  });

  it('nothing that is not so of any amount in progress', () => {
    const amounts = fc.tuple(
      fc.double({ min: Number.MIN_VALUE, max: 1e13, noNaN: true }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.constantFrom('count' as const, 'amount' as const, 'percent' as const),
    );
    fc.assert(
      fc.property(amounts, ([target, ratio, unit]) => {
        const current = target * ratio;
        fc.pre(current < target);
        const shown = told([part(current, target, unit)]);
        const progress = words.progress(shown);
        const [now, of] = progress.split(' of ');
        expect(progress).not.toBe('100%');
        expect(now).not.toBe(of ?? '');
        expect(leftOf(shown) ?? '1 left').not.toMatch(/^0%? left$/);
        if (current > 0) expect(progress).not.toMatch(/^0(%| of)/);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['unlocked', 0, '<0.1%'],
    ['locked', 0, '0%'],
    ['unlocked', 100, '100%'],
    ['in-progress', 100, '>99.9%'],
    ['unlocked', 99.96, '99.9%'],
    ['locked', 0.03, '<0.1%'],
    ['locked', NaN, ''],
  ] as const)('%s, with %d percent of players, %s', (state, percent, expected) => {
    const shown = achievement({ state, rarity: { percent } });
    expect(words.rarity(shown)).toBe(expected);
    const sentence = words.sentence(shown, []);
    if (expected) expect(sentence).toContain(`${expected} of players have it`);
    else expect(sentence).not.toContain('players');
  });

  it('that nobody has it only where it was taken back from this one', () => {
    expect(words.rarity(achievement({ state: 'unlocked', revoked: true, rarity: { percent: 0 } }))).toBe('0%');
  });

  it.each([
    [{ state: 'unlocked', unlockedAt: 1e300 }, ['Unlocked']],
    [{ state: 'unlocked', unlockedAt: NaN, recurrence: 'none' }, ['Unlocked']],
    [{ state: 'scheduled', window: { startsAt: Infinity } }, ['Not started yet']],
    [{ state: 'expired', window: { endsAt: -1e300 } }, ['Expired']],
    [{ state: 'locked', window: { endsAt: 1e300 }, resetsAt: Infinity }, ['Locked']],
    [{ state: 'locked', estimatedSeconds: NaN, timesEarned: Infinity }, ['Locked']],
    [{ state: 'locked', estimatedSeconds: 1e300 }, ['Locked']],
  ] as const)('of %j only what can be said', (facts, expected) => {
    expect(factsOf(achievement(facts))).toEqual(expected);
  });

  it('a day that was told without a time as that day, and of a window the time where the player is', () => {
    const day = Date.UTC(2026, 2, 1);
    const asked: string[] = [];
    const told = (name: string) => () => (asked.push(name), name);
    const spoken = { terms: en, formats: { ...formats, date: told('date'), day: told('day') } };
    const said = new CardWords(spoken as unknown as LocaleController, time as unknown as TimeController);
    said.facts(achievement({ state: 'unlocked', unlockedAt: day }));
    said.facts(achievement({ state: 'unlocked', unlockedAt: day, recurrence: 'none' }));
    expect(asked.splice(0)).toEqual(['day', 'day']);
    said.facts(achievement({ state: 'scheduled', window: { startsAt: day } }));
    said.facts(achievement({ state: 'expired', window: { endsAt: day - 366 * 86_400_000 } }));
    expect(asked).toEqual(['date', 'date']);
  });

  it('the lines of a text, whatever breaks them', () => {
    expect(linesOf('\n a\r\nb\rc\u2028d\u2029e\x85f \n')).toBe('a\nb\nc\nd\ne\nf');
    expect(linesOf({})).toBe('');
  });

  it('a name that is a text, and a stand-in for a secret that has none', () => {
    expect(words.name(achievement({ name: '', secret: true, state: 'unlocked' }))).toBe('Secret achievement');
    expect(words.name(achievement({ name: '' }))).toBe('');
    expect(words.name(achievement({ name: { toString: () => 'x' } as unknown as string }))).toBe('');
  });

  it('a reward by its name where its points are no number', () => {
    expect(words.reward({ kind: 'points', value: NaN, name: 'Ten' })).toBe('Ten');
    expect(words.reward({ kind: 'points', value: 0.001 })).toBe('<0.01 points');
  });
});
