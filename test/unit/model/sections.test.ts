import { describe, expect, it } from 'vitest';
import type { Achievement } from '../../../src/model/index.js';
import { isNearlyDone, sectionsOf, type PlayerMemory } from '../../../src/model/sections.js';
import { achievement } from './support.js';

const NOW = Date.UTC(2026, 5, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTHING: PlayerMemory = { pinned: new Set() };

const counted = (current: number, target: number, unit: 'count' | 'amount' = 'count'): Partial<Achievement> => ({
  state: 'in-progress',
  progress: { current, target, ratio: Math.min(1, current / target), unit },
});
const ids = (list: readonly Achievement[], memory = NOTHING) =>
  Object.fromEntries(
    sectionsOf(list, memory, NOW).map(({ key, achievements }) => [key, achievements.map(({ id }) => id).join(' ')]),
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
    ['a window that has closed', { window: { endsAt: NOW } }, false],
    ['an unlocked one', { state: 'unlocked', window: { endsAt: NOW + HOUR } }, false],
  ] as const)('say of %s that it runs out: %s', (_what, facts, expected) => {
    expect('running-out' in ids([achievement({ id: 'a', ...(facts as Partial<Achievement>) })])).toBe(expected);
  });

  it('name what was unlocked or added since the last visit, and nothing at the first', () => {
    const list = [
      achievement({ id: 'old', state: 'unlocked', unlockedAt: NOW - 30 * DAY }),
      achievement({ id: 'fresh', state: 'unlocked', unlockedAt: NOW - HOUR }),
      achievement({ id: 'added' }),
      achievement({ id: 'same' }),
    ];
    const known = new Set(list.filter(({ id }) => id !== 'added').map(({ key }) => key));
    expect(ids(list, { ...NOTHING, known, lastVisitAt: NOW - DAY })).toEqual({ 'since-last-visit': 'fresh added' });
    expect(ids(list)).toEqual({ 'recently-unlocked': 'fresh' });
  });

  it('hold each achievement once, pinned ones first and in the order of the list', () => {
    const list = [
      achievement({ id: 'a', ...counted(9, 10), window: { endsAt: NOW + HOUR } }),
      achievement({ id: 'b', ...counted(9, 10) }),
    ];
    const pinned = new Set(list.slice(0, 1).map(({ key }) => key));
    expect(ids(list, { pinned })).toEqual({ pinned: 'a', 'nearly-done': 'b' });
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
});
