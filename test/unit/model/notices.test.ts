import { describe, expect, it } from 'vitest';
import {
  type Achievement,
  type Notice,
  type NoticeRules,
  NoticeBook,
  changesBetween,
  completeNotice,
  countOf,
  mergeNotices,
  noticeNow,
  noticeWithout,
  parseMilestones,
  progressNotice,
  rankNotices,
  soundOf,
  unlockNotice,
  unlockedIn,
} from '../../../src/model/index.js';
import { achievement } from './support.js';

const RULES: NoticeRules = { milestones: [50, 90], muted: new Set(), missed: false, max: 3 };

const at = (current: number, target = 10): Partial<Achievement> => ({
  state: 'in-progress',
  progress: { current, target, ratio: current / target, unit: 'count' },
});

const unlocked = (facts: Partial<Achievement> = {}) => achievement({ state: 'unlocked', ...facts });

/** Each notice in a word or two. */
const said = (notices: readonly Notice[]) =>
  notices.map((notice) => {
    if (notice.kind === 'complete') return `complete ${notice.title?.name ?? '*'} ${notice.achievements.length}`;
    if (notice.kind === 'summary') return `summary ${notice.unlocked.length}+${notice.progressed.length}`;
    return `${notice.kind} ${notice.achievement.id}`;
  });

/** Plays what a player's achievements become, one list after the other, and tells what is told at each step. */
function play(
  steps: readonly (readonly Achievement[])[],
  rules: Partial<NoticeRules> = {},
  { missed = false, isWhole = true } = {},
): string[][] {
  const book = new NoticeBook();
  return steps
    .slice(1)
    .map((library, index) =>
      said(
        book.noticesOf({ ...changesBetween(steps[index]!, library), missed }, library, { ...RULES, ...rules }, isWhole),
      ),
    );
}

/** What is told of one achievement that becomes this and that. */
const playOne = (members: readonly Partial<Achievement>[], rules: Partial<NoticeRules> = {}) =>
  // Another one keeps everything from being complete.
  play(
    members.map((each) => [achievement(each), achievement({ id: 'other' })]),
    rules,
  ).map((step) => step.join());

describe('milestones', () => {
  it.each([
    ['50 90', [50, 90]],
    ['90, 50,50', [50, 90]],
    ['none', []],
    ['', []],
    ['0 -5 101 100 33.3 x', [33.3, 100]],
  ])('are read from %j', (text, milestones) => expect(parseMilestones(text)).toEqual(milestones));

  it.each<[what: string, steps: Partial<Achievement>[], told: string[]]>([
    ['below the first', [{}, at(4)], ['']],
    ['reaching it', [at(4), at(5)], ['progress 1']],
    ['beginning beyond it', [{}, at(6)], ['progress 1']],
    ['beyond it already', [at(5), at(6)], ['']],
    ['several at once are one', [at(1), at(9)], ['progress 1']],
    ['several at once are told by the last of them', [at(1), at(9), at(8), at(9)], ['progress 1', '', '']],
    ['one after the other', [at(1), at(5), at(8), at(9)], ['progress 1', '', 'progress 1']],
    ['down and up again', [at(4), at(5), at(4), at(5), at(9)], ['progress 1', '', '', 'progress 1']],
    ['down', [at(9), at(4)], ['']],
    ['hundredths that are not exact', [at(0, 100), at(90, 100)], ['progress 1']],
    [
      'what is expired',
      [
        { ...at(1), state: 'expired' },
        { ...at(9), state: 'expired' },
      ],
      [''],
    ],
    [
      'what is revoked',
      [
        { ...at(1), revoked: true },
        { ...at(9), revoked: true },
      ],
      [''],
    ],
    [
      'a secret',
      [
        { ...at(1), secret: true },
        { ...at(9), secret: true },
      ],
      [''],
    ],
    ['the unlock is no progress', [at(4), { ...at(10), state: 'unlocked' }], ['unlock 1']],
    [
      'a new period',
      [
        { ...at(4), recurrence: 'on-expiration', resetsAt: 1 },
        { ...at(5), recurrence: 'on-expiration', resetsAt: 1 },
        { ...at(0), recurrence: 'on-expiration', resetsAt: 2 },
        { ...at(5), recurrence: 'on-expiration', resetsAt: 2 },
      ],
      ['progress 1', '', 'progress 1'],
    ],
  ])('%s', (_what, steps, told) => expect(playOne(steps)).toEqual(told));

  it('are reached where they are, and not by what is rounded', () => {
    expect(playOne([at(0, 50), at(29, 50)], { milestones: [58] })).toEqual(['progress 1']);
    expect(playOne([at(0), at(9.999999999999998)], { milestones: [100] })).toEqual(['']);
    expect(playOne([at(9.999999999999998), at(10)], { milestones: [100] })).toEqual(['progress 1']);
  });

  it('are the host’s', () => {
    expect(playOne([at(0), at(2), at(3)], { milestones: [25] })).toEqual(['', 'progress 1']);
    expect(playOne([at(0), at(9)], { milestones: [] })).toEqual(['']);
  });
});

describe('an unlock', () => {
  const DONE = { state: 'unlocked' } as const;

  it.each<[what: string, steps: Partial<Achievement>[], told: string[]]>([
    ['is told', [{}, DONE], ['unlock 1']],
    ['is told once, reported and then confirmed', [{}, { ...DONE, pending: true }, DONE], ['unlock 1', '']],
    ['is told once, taken back and there again', [{}, DONE, {}, DONE], ['unlock 1', '', '']],
    ['of a secret is told', [{ secret: true }, { ...DONE, secret: true }], ['unlock 1']],
    ['that is revoked is not told', [{}, { ...DONE, revoked: true }], ['']],
    [
      'is told again in a new period',
      [
        { recurrence: 'on-expiration', resetsAt: 1 },
        { ...DONE, recurrence: 'on-expiration', resetsAt: 1 },
        { recurrence: 'on-expiration', resetsAt: 2 },
        { ...DONE, recurrence: 'on-expiration', resetsAt: 2 },
      ],
      ['unlock 1', '', 'unlock 1'],
    ],
  ])('%s', (_what, steps, told) => expect(playOne(steps)).toEqual(told));

  it('of the first data is not told', () => {
    expect(play([[], [unlocked(), unlocked({ id: '2' })]])).toEqual([[]]);
  });

  it('that a host has shown is not told again', () => {
    const book = new NoticeBook();
    book.noteUnlock(unlocked());
    const changes = { ...changesBetween([achievement()], [unlocked()]), missed: false };
    expect(book.noticesOf(changes, [unlocked(), achievement({ id: '2' })], RULES)).toEqual([]);
  });

  it.each<[what: string, members: Partial<Achievement>, rareBelow: number | undefined, kind: string]>([
    ['plain', {}, undefined, 'unlock'],
    ['by the word of the service', { rarity: { percent: 30, category: 'Rare' } }, undefined, 'rare'],
    ['by number only, with no limit', { rarity: { percent: 1 } }, undefined, 'unlock'],
    ['below the limit', { rarity: { percent: 4.9 } }, 5, 'rare'],
    ['at the limit', { rarity: { percent: 5, category: 'Rare' } }, 5, 'unlock'],
    ['without a number the word decides', { rarity: { category: 'Rare' } }, 5, 'rare'],
    ['unknown rarity is not rare', { rarity: {} }, 100, 'unlock'],
    ['a challenge', { type: 'challenge' }, undefined, 'challenge'],
    ['a rare challenge', { type: 'challenge', rarity: { category: 'Epic' } }, undefined, 'rare'],
  ])('is of a kind: %s', (_what, members, rareBelow, kind) => {
    const rules = { muted: new Set<string>(), ...(rareBelow === undefined ? {} : { rareBelow }) };
    expect(unlockNotice(unlocked(members), rules).kind).toBe(kind);
  });
});

describe('being complete', () => {
  const GAME = { id: 'g', name: 'Game' };
  const OTHER = { id: 'o', name: 'Other' };
  const of = (id: string, title: typeof GAME, members: Partial<Achievement> = {}) =>
    achievement({ id, titles: [title], ...members });
  const DONE = { state: 'unlocked' } as const;

  it.each<[what: string, before: Achievement[], after: Achievement[], told: string[]]>([
    [
      'is told after the last unlock',
      [of('1', GAME), of('2', GAME, DONE)],
      [of('1', GAME, DONE), of('2', GAME, DONE)],
      ['unlock 1', 'complete Game 2'],
    ],
    [
      'is told of a title, and of everything when that is more',
      [of('1', GAME), of('2', GAME, DONE), of('3', OTHER)],
      [of('1', GAME, DONE), of('2', GAME, DONE), of('3', OTHER)],
      ['unlock 1', 'complete Game 2'],
    ],
    [
      'is told of both where the last of a title is the last of all',
      [of('1', GAME), of('2', GAME, DONE), of('3', OTHER, DONE)],
      [of('1', GAME, DONE), of('2', GAME, DONE), of('3', OTHER, DONE)],
      ['unlock 1', 'complete Game 2', 'complete * 3'],
    ],
    ['is nothing for one alone', [of('1', GAME)], [of('1', GAME, DONE)], ['unlock 1']],
    [
      'leaves out what is revoked',
      [of('1', GAME), of('2', GAME, DONE), of('3', GAME, { revoked: true })],
      [of('1', GAME, DONE), of('2', GAME, DONE), of('3', GAME, { revoked: true })],
      ['unlock 1', 'complete Game 2'],
    ],
    [
      'is not told where one is left',
      [of('1', GAME), of('2', GAME, DONE), of('3', GAME, { state: 'expired' })],
      [of('1', GAME, DONE), of('2', GAME, DONE), of('3', GAME, { state: 'expired' })],
      ['unlock 1'],
    ],
    [
      'is not told again of a library that was complete before',
      [of('1', GAME, DONE), of('2', GAME, DONE)],
      [of('1', GAME, DONE), of('2', GAME, DONE)],
      [],
    ],
  ])('%s', (_what, before, after, told) => expect(play([before, after])).toEqual([told]));

  it('is not told where the service has more than was read', () => {
    const before = [of('1', GAME), of('2', GAME, DONE)];
    const after = [of('1', GAME, DONE), of('2', GAME, DONE)];
    expect(play([before, after], {}, { isWhole: false })).toEqual([['unlock 1']]);
  });

  it('is told once, and once more when there was more to do', () => {
    const two = [of('1', GAME, DONE), of('2', GAME, DONE)];
    const steps = [[of('1', GAME), two[1]!], two, [...two, of('3', GAME)], [...two, of('3', GAME, DONE)]];
    expect(play(steps)).toEqual([['unlock 1', 'complete Game 2'], [], ['unlock 3', 'complete Game 3']]);
  });
});

describe('what was missed', () => {
  const many = (count: number, members: Partial<Achievement>) =>
    Array.from({ length: count }, (_, index) => achievement({ id: `${index}`, ...members }));
  const rest = achievement({ id: 'rest' });
  const missedOf = (count: number, missed: boolean) =>
    play(
      [
        [...many(count, {}), rest],
        [...many(count, { state: 'unlocked' }), rest],
      ],
      { missed },
      { missed: true },
    );

  it('is not told unasked', () => expect(missedOf(2, false)).toEqual([[]]));
  it('is told one by one where there are few', () => expect(missedOf(2, true)).toEqual([['unlock 0', 'unlock 1']]));
  it('is one notice where there are many', () => expect(missedOf(9, true)).toEqual([['summary 9+0']]));

  it('is no progress', () => {
    const steps = [[achievement(at(1))], [achievement(at(9))]];
    expect(play(steps, { missed: true }, { missed: true })).toEqual([[]]);
  });

  it('is not told later either, when it was not asked for', () => {
    const book = new NoticeBook();
    const changes = changesBetween([achievement()], [unlocked()]);
    const library = [unlocked(), rest];
    expect(book.noticesOf({ ...changes, missed: true }, library, RULES)).toEqual([]);
    expect(book.noticesOf({ ...changes, missed: false }, library, RULES)).toEqual([]);
  });
});

describe('what is muted', () => {
  it.each([
    ['its key', 'json:1'],
    ['its id', '1'],
    ['its API name', 'api'],
    ['its title', 'g'],
  ])('by %s tells no progress, and unlocks without a sound', (_what, name) => {
    const facts = { apiName: 'api', titles: [{ id: 'g', name: 'Game' }] };
    const rules = { ...RULES, muted: new Set([name]) };
    expect(
      playOne(
        [
          { ...facts, ...at(1) },
          { ...facts, ...at(9) },
        ],
        rules,
      ),
    ).toEqual(['']);
    const notice = unlockNotice(unlocked(facts), rules);
    expect(notice.isSilent).toBe(true);
    expect(soundOf([notice])).toBeUndefined();
  });

  it('is what was named, and nothing else (control)', () => {
    const rules = { ...RULES, muted: new Set(['other', 'Name', '']) };
    expect(playOne([at(1), at(9)], rules)).toEqual(['progress 1']);
    expect(soundOf([unlockNotice(unlocked(), rules)])).toBe('unlock');
  });
});

const noticeOf = (id: string, members: Partial<Achievement> = {}) => unlockNotice(unlocked({ id, ...members }), RULES);
const progressOf = (id: string) => progressNotice(achievement({ id, ...at(5) }));
const points = (value: number) => [{ kind: 'points', value }] as const;

describe('the rarest leads', () => {
  it.each<[what: string, notices: Notice[], order: string[]]>([
    [
      'by percentage',
      [noticeOf('a', { rarity: { percent: 30 } }), noticeOf('b', { rarity: { percent: 2 } }), noticeOf('c')],
      ['unlock b', 'unlock a', 'unlock c'],
    ],
    [
      'without one by category',
      [
        noticeOf('a', { rarity: { category: 'Rare' } }),
        noticeOf('b', { rarity: { category: 'Legendary' } }),
        noticeOf('c', { rarity: { category: 'Ultra Rare' } }),
      ],
      ['rare b', 'rare c', 'rare a'],
    ],
    [
      'then by points',
      [noticeOf('a', { rewards: points(5) }), noticeOf('b', { rewards: points(80) })],
      ['unlock b', 'unlock a'],
    ],
    [
      'rare before common, and before a challenge',
      [noticeOf('a', { type: 'challenge' }), noticeOf('b', { rarity: { category: 'Rare' } })],
      ['rare b', 'challenge a'],
    ],
    [
      'what is complete before all, and progress last',
      [progressOf('p'), noticeOf('a'), completeNotice([unlocked(), unlocked({ id: '2' })])],
      ['complete * 2', 'unlock a', 'progress p'],
    ],
    [
      'what is equal keeps its place',
      [noticeOf('b'), noticeOf('a'), noticeOf('c')],
      ['unlock b', 'unlock a', 'unlock c'],
    ],
  ])('%s', (_what, notices, order) => expect(said(rankNotices(notices))).toEqual(order));

  it('and chooses the sound, unless it is muted', () => {
    const rare = noticeOf('a', { rarity: { category: 'Rare' } });
    expect(soundOf([progressOf('p'), noticeOf('b'), rare])).toBe('rare');
    expect(soundOf([progressOf('p'), noticeOf('b'), { ...rare, isSilent: true }])).toBe('unlock');
    expect(soundOf(mergeNotices([progressOf('p'), rare]))).toBe('rare');
    expect(soundOf([])).toBeUndefined();
  });
});

describe('merging', () => {
  it('makes one of many, and keeps what is complete', () => {
    const complete = completeNotice([unlocked(), unlocked({ id: '2' })]);
    const merged = mergeNotices([noticeOf('a'), progressOf('p'), complete, noticeOf('b')]);
    expect(said(merged)).toEqual(['complete * 2', 'summary 2+1']);
    expect(merged.map(countOf)).toEqual([1, 3]);
  });

  it('takes up an earlier summary', () => {
    const [earlier] = mergeNotices([noticeOf('a'), noticeOf('b')]);
    expect(said(mergeNotices([noticeOf('c'), earlier!]))).toEqual(['summary 3+0']);
  });

  it('of nothing is nothing', () => expect(mergeNotices([])).toEqual([]));
});

describe('a notice that is shown', () => {
  const now = (notice: Notice, ...library: Achievement[]) =>
    noticeNow(notice, new Map(library.map((each) => [each.key, each])));
  const pending = unlocked({ pending: true });
  const notice = unlockNotice(pending, RULES);

  it('takes over what became of its achievement', () => {
    const confirmed = unlocked();
    expect(now(notice, confirmed)).toEqual({ ...notice, achievement: confirmed });
    const further = achievement(at(6));
    expect(now(progressNotice(achievement(at(5))), further)).toEqual(progressNotice(further));
  });

  it('stays the same object where nothing is different', () => {
    expect(now(notice, pending)).toBe(notice);
    expect(now(notice)).toBe(notice);
  });

  it.each<[what: string, notice: Notice, library: Achievement[]]>([
    ['an unlock that was rejected', notice, [achievement()]],
    ['progress that became a secret', progressNotice(achievement(at(5))), [achievement({ ...at(5), secret: true })]],
    ['progress that is told no more', progressNotice(achievement(at(5))), [achievement()]],
    ['everything, when one is taken back', completeNotice([unlocked(), unlocked({ id: '2' })]), [achievement()]],
    ['a summary of nothing', mergeNotices([notice])[0]!, [achievement()]],
  ])('goes when it is no longer so: %s', (_what, shown, library) => expect(now(shown, ...library)).toBeUndefined());

  it('loses one of several', () => {
    const [summary] = mergeNotices([notice, noticeOf('2')]);
    expect(said([now(summary!, achievement())!])).toEqual(['summary 1+0']);
  });

  it('that a host asked for stays as it is', () => {
    const given = { ...notice, isGiven: true } as const;
    expect(now(given, achievement())).toBe(given);
  });
});

describe('what was told elsewhere', () => {
  const [one, two] = [unlocked(), unlocked({ id: '2' })];
  const keys = new Set([one.key]);
  const summary = mergeNotices([unlockNotice(one, RULES), unlockNotice(two, RULES)])[0]!;

  it.each<[what: string, notice: Notice]>([
    ['the unlock', unlockNotice(one, RULES)],
    ['the way there', progressNotice(achievement(at(5)))],
    ['that it was the last one of all', completeNotice([one, two])],
    ['a summary of nothing else', mergeNotices([unlockNotice(one, RULES)])[0]!],
  ])('takes away %s', (_what, notice) => expect(noticeWithout(notice, keys)).toBeUndefined());

  it.each<[what: string, notice: Notice]>([
    ['another unlock', unlockNotice(two, RULES)],
    ['a summary of others', mergeNotices([unlockNotice(two, RULES)])[0]!],
  ])('leaves %s', (_what, notice) => expect(noticeWithout(notice, keys)).toBe(notice));

  it('goes from among others', () => {
    expect(said([noticeWithout(summary, keys)!])).toEqual(['summary 1+0']);
  });

  it('is whatever a notice says to be unlocked', () => {
    const names = (notice: Notice) => unlockedIn(notice).map(({ id }) => id);
    expect(names(summary)).toEqual([one.id, two.id]);
    expect(names(unlockNotice(two, RULES))).toEqual([two.id]);
    expect(names(progressNotice(achievement(at(5))))).toEqual([]);
    // Each of them has a notice of its own.
    expect(names(completeNotice([one, two]))).toEqual([]);
  });
});
