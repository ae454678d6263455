import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { achievementAt, type Achievement, type PlayerMemory } from '../../../src/model/index.js';
import { TRACKER_KEYS, trackedOf, type TrackerKey, type TrackerView } from '../../../src/model/tracked.js';
import { achievement } from './support.js';

const NOW = Date.UTC(2026, 5, 15, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const pins = (...ids: string[]): PlayerMemory => ({ pinned: new Set(ids.map((id) => `json:${id}`)), choices: {} });
const viewOf = (members: Partial<TrackerView> = {}): TrackerView => ({
  keys: TRACKER_KEYS,
  limit: 4,
  memory: pins(),
  seenUnlocked: new Map(),
  now: NOW,
  ...members,
});

const counted = (current: number, target: number): Partial<Achievement> => ({
  state: 'in-progress',
  progress: { current, target, ratio: Math.min(1, current / target), unit: 'count' },
});
const one = (id: string, facts: Partial<Achievement> = {}) => achievement({ id, ...facts });
const near = (id: string, left = 2) => one(id, counted(10 - left, 10));
const ending = (id: string, left = HOUR) => one(id, { window: { endsAt: NOW + left } });
const unlocked = (id: string, age?: number) =>
  one(id, { state: 'unlocked', ...(age === undefined ? {} : { unlockedAt: NOW - age }) });

/** Each line as `reason:id`. */
const linesOf = (achievements: readonly Achievement[], members: Partial<TrackerView> = {}) =>
  trackedOf(achievements, viewOf(members))
    .lines.map(({ achievement: { id }, reason }) => `${reason}:${id}`)
    .join(' ');

describe('what a tracker shows', () => {
  const ALL = [one('plain'), unlocked('done', MINUTE), ending('ending'), near('near'), one('pin')];

  it('is in the order of the reasons, one line for each achievement', () => {
    expect(linesOf(ALL, { memory: pins('pin') })).toBe('pinned:pin nearly-done:near running-out:ending unlocked:done');
  });

  it.each<[string, readonly TrackerKey[], string]>([
    ['one of them', ['running-out'], 'running-out:ending'],
    ['another order', ['unlocked', 'pinned'], 'unlocked:done pinned:pin'],
    ['none', [], ''],
  ])('is what is asked for: %s', (_what, keys, expected) => {
    expect(linesOf(ALL, { memory: pins('pin'), keys })).toBe(expected);
  });

  it.each([
    [1, 'pinned:pin'],
    [2, 'pinned:pin nearly-done:near'],
    [3, 'pinned:pin nearly-done:near running-out:ending'],
    [0, ''],
  ])('is never more than the limit: %i', (limit, expected) => {
    expect(linesOf(ALL, { memory: pins('pin'), limit })).toBe(expected);
  });

  it('is nothing where there is nothing', () => {
    expect(trackedOf([], viewOf())).toEqual({ lines: [] });
    expect(trackedOf([one('plain')], viewOf())).toEqual({ lines: [] });
  });

  it('has what is both nearly done and running out once, in the reason that comes first', () => {
    const both = { ...near('both'), window: { endsAt: NOW + HOUR } };
    expect(linesOf([both])).toBe('nearly-done:both');
    expect(linesOf([both], { keys: ['running-out', 'nearly-done'] })).toBe('running-out:both');
  });

  it('has the most pressing first: least left, first to end, latest unlocked', () => {
    expect(linesOf([near('two', 2), near('one', 1)])).toBe('nearly-done:one nearly-done:two');
    expect(linesOf([ending('later', 2 * HOUR), ending('sooner')])).toBe('running-out:sooner running-out:later');
    expect(linesOf([unlocked('first', 2 * MINUTE), unlocked('last', MINUTE)])).toBe('unlocked:last unlocked:first');
  });

  it('fills its lines with others where the first few of a section are pinned', () => {
    const many = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => near(`${index}`, 1));
    const memory = pins('1', '2', '3', '4', '5', '6');
    expect(linesOf(many, { memory, limit: 8 }).match(/nearly-done:\d/g)).toEqual(['nearly-done:7', 'nearly-done:8']);
  });
});

describe('a pin', () => {
  it.each([
    ['one that is locked', {}, true],
    ['one that has not begun', { state: 'scheduled', window: { startsAt: NOW + DAY } }, true],
    ['one of which nothing is known', { state: 'unknown' }, true],
    ['one that is over', { state: 'expired' }, false],
    ['one that was revoked', { revoked: true }, false],
    ['one that was unlocked long ago', { state: 'unlocked', unlockedAt: NOW - DAY }, false],
    ['one that was unlocked, nobody knows when', { state: 'unlocked' }, false],
    ['a secret', { secret: true }, false],
  ] as const)('shows %s: %s', (_what, facts, expected) => {
    expect(linesOf([one('a', facts)], { memory: pins('a'), keys: ['pinned'] })).toBe(expected ? 'pinned:a' : '');
  });

  it('keeps the place of what was just unlocked, also where unlocks are not asked for', () => {
    const list = [one('first'), unlocked('done', MINUTE), one('last')];
    const memory = pins('first', 'done', 'last');
    expect(linesOf(list, { memory, keys: ['pinned'] })).toBe('pinned:first pinned:done pinned:last');
    expect(linesOf(list, { memory })).toBe('pinned:first pinned:done pinned:last');
  });
});

describe('just unlocked', () => {
  it.each([
    ['now', 0, true],
    ['a millisecond less than ten minutes ago', 10 * MINUTE - 1, true],
    ['ten minutes ago', 10 * MINUTE, false],
    ['in the future, by a wrong clock', -1, false],
    ['at no time that is known', undefined, false],
  ])('is what was unlocked %s: %s', (_what, age, expected) => {
    expect(linesOf([unlocked('a', age)])).toBe(expected ? 'unlocked:a' : '');
  });

  it('is also what was seen being unlocked, whatever date the service gives', () => {
    const seenUnlocked = new Map([
      ['json:old', NOW - MINUTE],
      ['json:none', NOW],
      ['json:locked', NOW],
    ]);
    const list = [unlocked('old', 9 * DAY), unlocked('none'), one('locked'), unlocked('unseen', 9 * DAY)];
    expect(linesOf(list, { seenUnlocked })).toBe('unlocked:none unlocked:old');
  });

  it('shows a secret that was unlocked, and nothing of one that is masked', () => {
    const secret = { secret: true };
    const list = [
      { ...unlocked('told', MINUTE), ...secret },
      { ...near('near'), ...secret },
      { ...ending('ending'), ...secret },
    ];
    expect(linesOf(list, { memory: pins('near', 'ending') })).toBe('unlocked:told');
  });

  it('is nothing that was revoked', () => {
    expect(linesOf([{ ...unlocked('a', MINUTE), revoked: true }])).toBe('');
  });
});

describe('the next change', () => {
  it.each([
    ['an unlock leaves', [unlocked('a', MINUTE)], NOW + 9 * MINUTE],
    ['a date comes true', [unlocked('a', -MINUTE)], NOW + MINUTE],
    ['something begins to run out', [ending('a', 3 * DAY)], NOW + DAY],
    ['something ends', [ending('a', HOUR)], NOW + HOUR],
    ['a window opens', [one('a', { state: 'scheduled', window: { startsAt: NOW + HOUR } })], NOW + HOUR],
  ])('is when %s', (_what, list, expected) => {
    expect(trackedOf(list, viewOf()).until).toBe(expected);
  });

  it('is never missed: until then the lines stay as they are, whatever there is', () => {
    const moment = fc.integer({ min: -3 * DAY, max: 3 * DAY }).map((offset) => NOW + offset);
    const facts = fc.record({
      state: fc.constantFrom<Achievement['state']>('locked', 'in-progress', 'unlocked', 'scheduled'),
      unlockedAt: fc.oneof(moment, fc.integer({ min: NOW - 11 * MINUTE, max: NOW + 11 * MINUTE })),
      secret: fc.boolean(),
      progress: fc
        .integer({ min: 0, max: 10 })
        .map((current) => ({ current, target: 10, ratio: current / 10, unit: 'count' as const })),
      window: fc.option(
        moment.map((endsAt) => ({ startsAt: endsAt - DAY, endsAt })),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(facts, { maxLength: 6 }),
        fc.integer({ min: 0, max: 4 * DAY }),
        fc.subarray(['0', '1', '2', '3']),
        (list, later, pinned) => {
          const all = list.map(({ window, ...rest }, index) =>
            one(`${index}`, { ...rest, ...(window ? { window } : {}) }),
          );
          const at = (now: number) =>
            trackedOf(
              all.map((each) => achievementAt(each, now)),
              viewOf({ now, memory: pins(...pinned) }),
            );
          const { lines, until = Infinity } = at(NOW);
          const name = (line: (typeof lines)[number]) => `${line.reason}:${line.achievement.id}`;
          const before = Math.min(NOW + later, until - 1);
          expect(at(before).lines.map(name)).toEqual(lines.map(name));
        },
      ),
      { numRuns: 300 },
    );
  });
});
