import { describe, expect, it, vi } from 'vitest';
import type { Achievement, PlayerMemory } from '../../../src/model/index.js';
import { isNewlyAdded } from '../../../src/model/player-memory.js';
import fc from 'fast-check';
import {
  SECTION_KEYS,
  isNearlyDone,
  nextSectionChange,
  sectionOf,
  sectionsOf,
  type SectionKey,
} from '../../../src/model/sections.js';
import { achievement } from './support.js';

const NOW = Date.UTC(2026, 5, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTHING: PlayerMemory = { pinned: new Set(), choices: {} };

const counted = (current: number, target: number, unit: 'count' | 'amount' = 'count'): Partial<Achievement> => ({
  state: 'in-progress',
  progress: { current, target, ratio: Math.min(1, current / target), unit },
});
const ids = (list: readonly Achievement[], memory = NOTHING, keys: readonly SectionKey[] = SECTION_KEYS) =>
  Object.fromEntries(
    sectionsOf(list, memory, NOW, keys).map(({ key, achievements }) => [
      key,
      achievements.map(({ id }) => id).join(' '),
    ]),
  );

describe('nearly done', () => {
  it.each([
    ['79 of 100', counted(79, 100), false],
    ['80 of 100, exactly the threshold', counted(80, 100), true],
    ['1 of 3: two units left', counted(1, 3), true],
    ['1 of 4: three units left', counted(1, 4), false],
    ['0 of 1: nothing done', counted(0, 1), false],
    ['an amount with 2 left', counted(98, 100, 'amount'), true],
    ['an amount of 1 with 2 left in all', counted(1, 3, 'amount'), false],
    ['no progress told', { state: 'in-progress' } as const, false],
    ['unlocked', { ...counted(9, 10), state: 'unlocked' } as const, false],
    ['expired', { ...counted(9, 10), state: 'expired' } as const, false],
    ['scheduled', { ...counted(9, 10), state: 'scheduled' } as const, false],
    ['revoked', { ...counted(9, 10), revoked: true } as const, false],
  ])('%s', (_what, facts, expected) => {
    expect(isNearlyDone(achievement(facts))).toBe(expected);
  });

  it('puts what has the fewest units left first: 8 of 10 before 8,100 of 10,000', () => {
    const list = [achievement({ id: 'far', ...counted(8100, 10_000) }), achievement({ id: 'near', ...counted(8, 10) })];
    expect(ids(list)).toEqual({ 'nearly-done': 'near far' });
  });
});

describe('sections', () => {
  it('are none where nothing matters', () => {
    expect(ids([achievement({ id: 'a' })])).toEqual({});
  });

  it.each([
    ['a window that closes within two days', { window: { endsAt: NOW + 2 * DAY } }, true],
    ['a window that closes later', { window: { endsAt: NOW + 2 * DAY + 1 } }, false],
    ['a period that resets with progress in it', { ...counted(1, 9), resetsAt: NOW + HOUR }, true],
    ['a period that resets with nothing in it', { resetsAt: NOW + HOUR }, false],
    [
      'a period that resets with nothing in it, in a long window',
      { resetsAt: NOW + HOUR, window: { endsAt: NOW + 9 * DAY } },
      false,
    ],
    [
      'a period that has reset, in a window that closes',
      { ...counted(1, 9), resetsAt: NOW - 1, window: { endsAt: NOW + HOUR } },
      true,
    ],
    ['a window that has closed', { window: { endsAt: NOW } }, false],
    ['an unlocked one', { state: 'unlocked', window: { endsAt: NOW + HOUR } }, false],
  ] as const)('say of %s that it runs out: %s', (_what, facts, expected) => {
    expect('running-out' in ids([achievement({ id: 'a', ...(facts as Partial<Achievement>) })])).toBe(expected);
  });

  const lastVisit = { at: NOW - DAY, known: new Set(['json:a', 'json:done']), unlocked: new Set(['json:done']) };
  it.each([
    ['unlocked since', { id: 'a', state: 'unlocked', unlockedAt: NOW - HOUR }, true],
    ['unlocked since, with an old date', { id: 'a', state: 'unlocked', unlockedAt: NOW - 30 * DAY }, true],
    ['unlocked since, without a date', { id: 'a', state: 'unlocked' }, true],
    ['unlocked since and revoked', { id: 'a', state: 'unlocked', revoked: true }, false],
    ['as it was', { id: 'a' }, false],
    ['unlocked before', { id: 'done', state: 'unlocked' }, false],
    ['unlocked before, with a new date', { id: 'done', state: 'unlocked', unlockedAt: NOW - HOUR }, false],
    ['unlocked before and locked again', { id: 'done' }, false],
    ['added', { id: 'added' }, true],
    ['added and unlocked', { id: 'added', state: 'unlocked' }, true],
  ] as const)('say of one that is %s whether it is new since the last visit; of none at the first', (_, facts, is) => {
    const one = achievement(facts);
    expect('since-last-visit' in ids([one], { ...NOTHING, lastVisit })).toBe(is);
    expect('since-last-visit' in ids([one])).toBe(false);
    expect(isNewlyAdded(one, { ...NOTHING, lastVisit })).toBe(facts.id === 'added');
    expect(isNewlyAdded(one, NOTHING)).toBe(false);
  });

  it('hold each achievement once, pinned ones first and in the order of the list', () => {
    const list = [
      achievement({ id: 'a', ...counted(9, 10), window: { endsAt: NOW + HOUR } }),
      achievement({ id: 'b', ...counted(9, 10) }),
    ];
    const pinned = new Set(list.slice(0, 1).map(({ key }) => key));
    expect(ids(list, { ...NOTHING, pinned })).toEqual({ pinned: 'a', 'nearly-done': 'b' });
  });

  it('put the soonest end first, and the latest unlock', () => {
    const list = [
      achievement({ id: 'later', window: { endsAt: NOW + 2 * HOUR } }),
      achievement({ id: 'sooner', window: { endsAt: NOW + HOUR } }),
      achievement({ id: 'first', state: 'unlocked', unlockedAt: NOW - 2 * HOUR }),
      achievement({ id: 'last', state: 'unlocked', unlockedAt: NOW - HOUR }),
    ];
    expect(ids(list)).toEqual({ 'running-out': 'sooner later', 'recently-unlocked': 'last first' });
  });

  it('are those that are wanted, in the order in which they are wanted', () => {
    const list = [
      achievement({ id: 'both', ...counted(9, 10), window: { endsAt: NOW + HOUR } }),
      achievement({ id: 'near', ...counted(9, 10) }),
    ];
    expect(Object.entries(ids(list, NOTHING, ['running-out', 'nearly-done']))).toEqual([
      ['running-out', 'both'],
      ['nearly-done', 'near'],
    ]);
    expect(ids(list, NOTHING, ['running-out'])).toEqual({ 'running-out': 'both' });
    expect(ids(list, NOTHING, ['nearly-done', 'nearly-done'])).toEqual({ 'nearly-done': 'both near' });
    expect(ids(list, NOTHING, [])).toEqual({});
  });

  it('show the six most pressing; what the player chose or missed is whole', () => {
    const many = (facts: (index: number) => Partial<Achievement>) =>
      Array.from({ length: 9 }, (_, index) => achievement({ id: `${index}`, ...facts(index) }));
    const near = many((index) => counted(91 + (index % 3), 100));
    expect(ids(near)).toEqual({ 'nearly-done': '2 5 8 1 4 7' });
    expect(ids(many((index) => ({ window: { endsAt: NOW + HOUR - index } })))).toEqual({
      'running-out': '8 7 6 5 4 3',
    });
    expect(ids(many((index) => ({ state: 'unlocked', unlockedAt: NOW - index })))).toEqual({
      'recently-unlocked': '0 1 2 3 4 5',
    });
    const all = '0 1 2 3 4 5 6 7 8';
    expect(ids(near, { ...NOTHING, pinned: new Set(near.map(({ key }) => key).reverse()) })).toEqual({ pinned: all });
    expect(ids(near, { ...NOTHING, lastVisit })).toEqual({ 'since-last-visit': all });
    // What is not shown has its section all the same, and does not fall into the next one.
    expect(sectionOf(near[0]!, NOTHING, NOW)).toBe('nearly-done');
    const ending = near.map((one) => ({ ...one, window: { endsAt: NOW + HOUR } }));
    expect(ids(ending)).toEqual({ 'nearly-done': '2 5 8 1 4 7' });
  });

  it('of 10,000 achievements look at each of them once', () => {
    const pinned = new Set<string>();
    const looks = vi.spyOn(pinned, 'has');
    const list = Array.from({ length: 10_000 }, (_, index) =>
      achievement({ id: `${index}`, ...counted(80 + (index % 20), 100) }),
    );
    expect(sectionsOf(list, { ...NOTHING, pinned }, NOW)[0]?.achievements).toHaveLength(6);
    expect(looks).toHaveBeenCalledTimes(list.length);
  });
});

it.each([
  ['pinned', { id: 'pinned' }, SECTION_KEYS],
  ['nearly-done', { id: 'pinned', ...counted(9, 10) }, ['nearly-done', 'pinned']],
  ['nearly-done', counted(9, 10), SECTION_KEYS],
  [undefined, counted(9, 10), ['pinned', 'running-out']],
  [undefined, {}, SECTION_KEYS],
] as const)('an achievement belongs to the first wanted section that takes it: %s', (expected, facts, keys) => {
  const memory = { ...NOTHING, pinned: new Set(['json:pinned']) };
  expect(sectionOf(achievement(facts), memory, NOW, keys)).toBe(expected);
});

describe('the next change by time alone', () => {
  it.each<readonly [what: string, facts: Partial<Achievement>, expected: number | undefined]>([
    ['nothing with a date', {}, undefined],
    ['a window that closes in five days', { window: { endsAt: NOW + 5 * DAY } }, NOW + 3 * DAY],
    ['a window that closes within two days', { window: { endsAt: NOW + 2 * DAY } }, NOW + 2 * DAY],
    ['a window that closes now', { window: { endsAt: NOW } }, undefined],
    ['a window that is open for ever', { window: { startsAt: NOW } }, undefined],
    ['a period that resets in five days', { ...counted(1, 9), resetsAt: NOW + 5 * DAY }, NOW + 3 * DAY],
    ['a period that resets with nothing in it', { resetsAt: NOW + 5 * DAY }, undefined],
    [
      'a period that has reset, in a window',
      { ...counted(1, 9), resetsAt: NOW, window: { endsAt: NOW + DAY } },
      NOW + DAY,
    ],
    ['an unlock of today', { state: 'unlocked', unlockedAt: NOW }, NOW + 7 * DAY],
    ['an unlock of a week ago', { state: 'unlocked', unlockedAt: NOW - 7 * DAY }, undefined],
  ])('of %s', (_what, facts, expected) => {
    expect(nextSectionChange([achievement(facts)], NOW)).toBe(expected);
    expect(nextSectionChange([achievement(), achievement(facts)], NOW)).toBe(expected);
  });

  const hours = fc.integer({ min: -200, max: 200 }).map((count) => NOW + count * HOUR);
  const anyAchievement = fc
    .record(
      {
        state: fc.constantFrom('locked' as const, 'in-progress' as const, 'unlocked' as const),
        progress: fc.constantFrom({ ratio: 0, unit: 'count' as const }, { ratio: 0.5, unit: 'count' as const }),
        resetsAt: hours,
        unlockedAt: hours,
        window: fc.record({ endsAt: hours }),
      },
      { requiredKeys: [] },
    )
    .map((facts) => achievement(facts as Partial<Achievement>));

  /** No achievement changes its section between now and the moment that is told. */
  const isRight = (next: typeof nextSectionChange) =>
    fc.property(anyAchievement, hours, (one, later) => {
      const until = next([one], NOW) ?? Infinity;
      if (later < NOW || later >= until) return;
      expect(sectionOf(one, NOTHING, later)).toBe(sectionOf(one, NOTHING, NOW));
    });

  it('is never too late', () => {
    fc.assert(isRight(nextSectionChange), { numRuns: 5000 });
  });

  it('would be caught if it forgot that a section begins before an end (control)', () => {
    const forgetful = ([one]: readonly Achievement[]) => one?.window?.endsAt;
    expect(() => fc.assert(isRight(forgetful), { numRuns: 5000, endOnFailure: true })).toThrow();
  });
});
