import { describe, expect, it } from 'vitest';
import {
  type Achievement,
  type ExpectedReport,
  type ProgressUpdate,
  concerns,
  expectedCurrent,
  supersedes,
  withReport,
  withUpdate,
} from '../../../src/model/index.js';
import { achievement } from './support.js';

const counted = (current: number | undefined, target: number | undefined, facts: Partial<Achievement> = {}) =>
  achievement({
    state: current ? 'in-progress' : 'locked',
    requirements: [
      {
        id: 'main',
        unit: 'count',
        ...(current === undefined ? {} : { current }),
        ...(target === undefined ? {} : { target }),
      },
    ],
    ...facts,
  });

const parts = achievement({
  state: 'in-progress',
  requirements: [
    { id: 'one', current: 1, target: 1, unit: 'count' },
    { id: 'two', current: 0, target: 4, unit: 'count' },
  ],
});

describe('an update', () => {
  it.each<[string, Achievement, Omit<ProgressUpdate, 'achievement'>, Partial<Achievement>]>([
    [
      'moves the only requirement without its id',
      counted(2, 10),
      { requirements: [{ current: 5 }] },
      { state: 'in-progress', progress: { current: 5, target: 10, ratio: 0.5, unit: 'count' } },
    ],
    [
      'keeps a target that it does not name, and takes one that it does',
      counted(2, 10),
      { requirements: [{ current: 5, target: 20 }] },
      { progress: { current: 5, target: 20, ratio: 0.25, unit: 'count' } },
    ],
    ['begins what was locked', counted(0, 10), { requirements: [{ current: 1 }] }, { state: 'in-progress' }],
    [
      'does not unlock by arithmetic: the service says what is unlocked',
      counted(2, 10),
      { requirements: [{ current: 10 }] },
      { state: 'in-progress' },
    ],
    [
      'unlocks with its time',
      counted(2, 10),
      { state: 'unlocked', unlockedAt: 7 },
      { state: 'unlocked', unlockedAt: 7, progress: { current: 2, target: 10, ratio: 1, unit: 'count' } },
    ],
    [
      'moves one part of several',
      parts,
      { requirements: [{ id: 'two', current: 2 }] },
      { progress: { ratio: 0.75, unit: 'count' } },
    ],
    [
      'leaves out a part that nobody has, and one without an id where there are several',
      parts,
      { requirements: [{ id: 'three', current: 2 }, { current: 9 }] },
      { progress: { ratio: 0.5, unit: 'count' } },
    ],
    ['brings the end of a period', counted(2, 10), { resetsAt: 99 }, { resetsAt: 99, state: 'in-progress' }],
  ])('%s', (_, before, update, expected) => {
    expect(withUpdate(before, { achievement: before.key, ...update })).toMatchObject(expected);
  });

  it('that takes an unlock back takes its time along', () => {
    const before = counted(10, 10, { state: 'unlocked', unlockedAt: 5 });
    const after = withUpdate(before, { achievement: before.key, state: 'in-progress', requirements: [{ current: 9 }] });
    expect(after).toMatchObject({ state: 'in-progress', progress: { current: 9, ratio: 0.9 } });
    expect('unlockedAt' in after).toBe(false);
  });

  it('changes nothing of what it was made from', () => {
    const before = Object.freeze(counted(2, 10));
    withUpdate(before, { achievement: before.key, requirements: [{ current: 5 }] });
    expect(before.requirements[0]?.current).toBe(2);
  });
});

describe('a report, as it is shown', () => {
  const report = (facts: Partial<ExpectedReport>): ExpectedReport => ({ achievement: '1', at: 77, ...facts });

  it.each<[string, Achievement, ExpectedReport, Partial<Achievement>]>([
    [
      'a set',
      counted(2, 10),
      report({ set: 4 }),
      { state: 'in-progress', progress: { current: 4, target: 10, ratio: 0.4, unit: 'count' } },
    ],
    [
      'what an add is expected to make',
      counted(2, 10),
      report({ add: 1, expects: 3 }),
      { progress: { current: 3, target: 10, ratio: 0.3, unit: 'count' } },
    ],
    ['the last one missing', counted(9, 10), report({ add: 1, expects: 10 }), { state: 'unlocked', unlockedAt: 77 }],
    ['an unlock', counted(0, 10), report({ unlock: true }), { state: 'unlocked', unlockedAt: 77 }],
    [
      'an unlock of one without numbers',
      achievement({ state: 'locked' }),
      report({ unlock: true }),
      { state: 'unlocked' },
    ],
  ])('%s', (_, before, given, expected) => {
    expect(withReport(before, given)).toMatchObject(expected);
  });

  it.each<[string, Achievement, ExpectedReport]>([
    ['a lower set', counted(5, 10), report({ set: 4 })],
    ['an add that the service has counted already', counted(5, 10), report({ add: 1, expects: 4 })],
    ['an add of which nothing was known', counted(5, 10), report({ add: 1 })],
    ['a set of several parts', parts, report({ set: 4 })],
    ['what is expired', counted(5, 10, { state: 'expired' }), report({ set: 9 })],
    ['what has not begun', counted(0, 10, { state: 'scheduled' }), report({ unlock: true })],
    ['what was revoked', counted(5, 10, { revoked: true }), report({ unlock: true })],
    ['what is unlocked', counted(10, 10, { state: 'unlocked' }), report({ set: 20 })],
  ])('changes nothing: %s', (_, before, given) => {
    expect(withReport(before, given)).toBe(before);
  });

  it('adds decimals up to what they are: ten times 0.1 is 1, and unlocks', () => {
    let one = counted(0, 1);
    for (let time = 0; time < 10; time++) {
      expect(one.state).not.toBe('unlocked');
      const add = report({ add: 0.1 });
      one = withReport(one, { ...add, expects: expectedCurrent(one, add)! });
    }
    expect(one).toMatchObject({ state: 'unlocked', requirements: [{ current: 1 }] });
  });

  it('unlocks what the service has added up with a hair missing', () => {
    expect(withReport(counted(0, 1), report({ set: 0.9999999999999999 })).state).toBe('unlocked');
    expect(withReport(counted(0, 3000), report({ set: 2999.997 })).state).toBe('in-progress');
  });

  it('knows what an add makes only where there is one number', () => {
    expect(expectedCurrent(counted(2, 10), report({ add: 3 }))).toBe(5);
    expect(expectedCurrent(counted(undefined, 10), report({ add: 3 }))).toBe(3);
    expect(expectedCurrent(counted(2, 10), report({ set: 3 }))).toBe(3);
    expect(expectedCurrent(counted(2, 10), report({ unlock: true }))).toBeUndefined();
    expect(expectedCurrent(parts, report({ add: 3 }))).toBeUndefined();
    expect(expectedCurrent(achievement({}), report({ add: 3 }))).toBeUndefined();
  });
});

it('is meant by its key, its id or its name in the API, and by nothing else', () => {
  const one = achievement({ key: 'talon-one:6', id: '6', apiName: 'Order50' });
  expect(['talon-one:6', '6', 'Order50'].every((name) => concerns(name, one))).toBe(true);
  expect(['json:6', '06', 'order50', '', one.name].some((name) => concerns(name, one))).toBe(false);
});

describe('a later update', () => {
  const step = (current: number, facts: Partial<ProgressUpdate> = {}): ProgressUpdate => ({
    achievement: 'a',
    requirements: [{ current }],
    ...facts,
  });
  const unlock: ProgressUpdate = { achievement: 'a', state: 'unlocked', unlockedAt: 5 };

  it.each<[string, ProgressUpdate, ProgressUpdate, boolean]>([
    ['the next step', step(2), step(1), true],
    ['the next step with more', step(2, { state: 'in-progress', startedAt: 1 }), step(1), true],
    ['a step with less', step(2), step(1, { state: 'in-progress' }), false],
    ['a step after an unlock', step(2), unlock, false],
    ['the unlock after a step', unlock, step(1), false],
    ['an unlock that has no date any more', { achievement: 'a', state: 'unlocked' }, unlock, false],
    ['another achievement', { ...step(2), achievement: 'b' }, step(1), false],
    ['another requirement', { achievement: 'a', requirements: [{ id: 'two', current: 1 }] }, step(1), false],
    ['a step without its target', step(2), { achievement: 'a', requirements: [{ current: 1, target: 9 }] }, false],
    ['a target alone', { achievement: 'a', requirements: [{ target: 9 }] }, step(1), false],
  ])('says all that an earlier one said, or not: %s', (_, later, earlier, expected) => {
    expect(supersedes(later, earlier)).toBe(expected);
    const before = counted(0, 10);
    const both = withUpdate(withUpdate(before, earlier), later);
    if (expected) expect(withUpdate(before, later)).toEqual(both);
  });
});
