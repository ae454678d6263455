import { describe, expect, it } from 'vitest';
import { achievementAt, nextStateChange, stateAt } from '../../../src/model/index.js';
import { achievement } from './support.js';

const half = { ratio: 0.5, unit: 'count' } as const;

describe('the state at 100', () => {
  it.each([
    ['locked', undefined, undefined, 'locked'],
    ['locked', { startsAt: 101 }, undefined, 'scheduled'],
    ['locked', { startsAt: 100 }, undefined, 'locked'],
    ['locked', { endsAt: 100 }, undefined, 'expired'],
    ['locked', { endsAt: 101 }, undefined, 'locked'],
    ['in-progress', { startsAt: 1, endsAt: 200 }, half, 'in-progress'],
    ['in-progress', { endsAt: 50 }, half, 'expired'],
    ['in-progress', { startsAt: 150, endsAt: 50 }, half, 'expired'],
    ['scheduled', undefined, undefined, 'scheduled'],
    ['scheduled', { endsAt: 200 }, undefined, 'scheduled'],
    ['scheduled', { startsAt: 50 }, undefined, 'locked'],
    ['scheduled', { startsAt: 50 }, { ratio: 0, unit: 'count' }, 'locked'],
    ['scheduled', { startsAt: 50 }, half, 'in-progress'],
    ['scheduled', { startsAt: 20, endsAt: 50 }, half, 'expired'],
    ['unlocked', { startsAt: 150 }, undefined, 'unlocked'],
    ['unlocked', { endsAt: 50 }, undefined, 'unlocked'],
    ['expired', { startsAt: 50, endsAt: 150 }, undefined, 'expired'],
    ['unknown', undefined, undefined, 'unknown'],
    ['unknown', { startsAt: 50 }, undefined, 'unknown'],
    ['unknown', { endsAt: 50 }, undefined, 'expired'],
  ] as const)('of %s in %j with %j is %s', (state, window, progress, expected) => {
    expect(stateAt({ state, ...(window && { window }), ...(progress && { progress }) }, 100)).toBe(expected);
  });

  it('leaves the object alone where nothing changed', () => {
    const one = achievement({ window: { endsAt: 150 } });
    expect(achievementAt(one, 100)).toBe(one);
    expect(achievementAt(one, 150)).toEqual({ ...one, state: 'expired' });
    expect(one.state).toBe('locked');
  });
});

describe('the next change', () => {
  it.each([
    [[], undefined],
    [[{ window: { startsAt: 50, endsAt: 300 } }, { window: { startsAt: 200 } }], 200],
    [[{ window: { endsAt: 100 } }], undefined],
    [[{ window: { endsAt: 101 }, state: 'unlocked' }], undefined],
    [[{ window: { endsAt: 101 }, state: 'expired' }], undefined],
    [[{}], undefined],
  ] as const)('of %j is %j', (facts, expected) => {
    expect(
      nextStateChange(
        facts.map((fact) => achievement(fact)),
        100,
      ),
    ).toBe(expected);
  });

  it('is a moment at which a state really changes', () => {
    const all = [achievement({ window: { startsAt: 150, endsAt: 300 } }), achievement({ window: { endsAt: 400 } })];
    let now = 100;
    const moments: number[] = [];
    for (let next = nextStateChange(all, now); next !== undefined; next = nextStateChange(all, now)) {
      const [before, after] = [next - 1, next];
      expect(all.some((one) => stateAt(one, before) !== stateAt(one, after))).toBe(true);
      moments.push((now = next));
    }
    expect(moments).toEqual([150, 300, 400]);
  });
});
