import { describe, expect, it } from 'vitest';
import { type Reward, pointsOf, totalsOf } from '../../../src/model/index.js';
import { achievement } from './support.js';

const worth = (value: number | string, unit?: string): { rewards: Reward[] } => ({
  rewards: [{ kind: 'points', value, ...(unit ? { unit } : {}) }],
});
const done = { state: 'unlocked' } as const;

describe('totals', () => {
  it.each([
    ['nothing', [], { unlocked: 0, total: 0, percent: 0, pointsEarned: 0, pointsTotal: 0 }],
    [
      'one of three, rounded down',
      [done, {}, {}],
      { unlocked: 1, total: 3, percent: 33, pointsEarned: 0, pointsTotal: 0 },
    ],
    ['all', [done, done], { unlocked: 2, total: 2, percent: 100, pointsEarned: 0, pointsTotal: 0 }],
    [
      'points',
      [{ ...done, ...worth(10, 'G') }, worth(20, 'G'), {}],
      { unlocked: 1, total: 3, percent: 33, pointsEarned: 10, pointsTotal: 30, pointsUnit: 'G' },
    ],
    [
      'points of two units',
      [worth(10, 'G'), worth(20)],
      { unlocked: 0, total: 2, percent: 0, pointsEarned: 0, pointsTotal: 30 },
    ],
    [
      'revoked ones are in neither',
      [
        { ...done, ...worth(10, 'G'), revoked: true },
        { ...worth(5, 'XP'), revoked: true },
        { ...done, ...worth(1, 'G') },
      ],
      { unlocked: 1, total: 1, percent: 100, pointsEarned: 1, pointsTotal: 1, pointsUnit: 'G' },
    ],
  ])('of %s', (_name, facts, expected) => {
    expect(totalsOf(facts.map((fact, index) => achievement({ id: String(index), ...fact })))).toEqual(expected);
  });

  it('is 100 percent only when it is all of them', () => {
    const list = Array.from({ length: 1000 }, (_, index) =>
      achievement({ id: `${index}`, state: index ? 'unlocked' : 'locked' }),
    );
    expect(totalsOf(list).percent).toBe(99);
    const first = list.slice(0, 2).concat(list.slice(2).map((each) => ({ ...each, state: 'locked' })));
    expect(totalsOf(first).percent).toBe(0.1);
  });

  it('is rounded down, but not where it is whole: 29 of 50 is 58', () => {
    for (const [unlocked, total] of [
      [29, 50],
      [57, 100],
      [58, 100],
      [7, 25],
    ] as const) {
      const list = Array.from({ length: total }, (_, index) =>
        achievement({ id: `${index}`, state: index < unlocked ? 'unlocked' : 'locked' }),
      );
      expect(totalsOf(list).percent).toBe((unlocked * 100) / total);
    }
  });

  it('adds points up as decimals', () => {
    const list = [0.1, 0.2, 0.3].map((value, index) => achievement({ id: `${index}`, ...done, ...worth(value) }));
    expect(totalsOf(list)).toMatchObject({ pointsEarned: 0.6, pointsTotal: 0.6 });
  });

  it('counts against what there is, less what was revoked, and is not all while some are missing', () => {
    const known = Array.from({ length: 32 }, (_, index) => achievement({ id: `${index}`, state: 'unlocked' }));
    expect(totalsOf(known, 73)).toMatchObject({ unlocked: 32, total: 73, percent: 43 });
    expect(totalsOf([...known, achievement({ id: 'r', revoked: true })], 73)).toMatchObject({ total: 72 });
    expect(totalsOf(known, 33).percent).toBe(96);
    expect(totalsOf(known.slice(0, 999), 1_000_000).percent).toBeLessThan(1);
    // control: against what came alone it would be all of it
    expect(totalsOf(known).percent).toBe(100);
  });

  it('counts points that are numbers and nothing else', () => {
    expect(pointsOf(achievement(worth('10')))).toBe(0);
    expect(
      pointsOf(
        achievement({
          rewards: [
            { kind: 'item', value: 5 },
            { kind: 'points' },
            { kind: 'points', value: 3 },
            { kind: 'points', value: 4 },
          ],
        }),
      ),
    ).toBe(7);
  });
});
