import { expect } from '@open-wc/testing';
import { json } from '../../../src/backends/json.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import '../../../src/define/achievement-list.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementProblemEvent } from '../../../src/elements/events.js';
import type { Backend, GivenAchievement, Problem } from '../../../src/model/index.js';
import {
  cardsOf,
  eventsAt,
  factsOf,
  openDetails,
  part,
  partWords,
  room,
  rowsOf,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

// What services answer that displays were seen to show wrong, kind by kind, and what a player has to read of it. The clock
// says noon of 20 January 2026.

before(speakEnglish);

const SRC = 'https://game.example/list';
const SERVICES = {
  json: () => json({ src: SRC }),
  xbox: () => xbox({ src: SRC }),
  talon: () => talonOne({ src: SRC }),
} satisfies Record<string, () => Backend>;

interface Reading {
  /** One line for each card: its name, text, bar, facts and rewards. */
  readonly cards: readonly string[];
  readonly status: string;
  readonly totals: string;
  readonly percent: string;
  /** What is told to the host of the page, in order: the code, what was skipped and what was left out. */
  readonly problems: readonly string[];
}

/** Everything, where nothing else is said: as it is of an answer that is whole. */
type Expected = Pick<Reading, 'cards'> & Partial<Reading>;

type Answer = string | object | ((url: URL) => object);

interface Row {
  readonly kind: string;
  readonly service: keyof typeof SERVICES;
  readonly answer: Answer;
  /** What reaches the page after the answer. */
  readonly pushed?: object | string;
  readonly expected: Expected;
}

function lineOf(card: AchievementCard): string {
  const description = part(card, 'description')?.textContent?.trim().replaceAll('\n', '⏎') ?? '';
  const said = [words(part(card, 'name')), description, words(part(card, 'progress-label'))];
  return [...said, ...factsOf(card), ...partWords(card, 'reward')].filter(Boolean).join(' | ');
}

function problemLine({ code, omitted = [], skipped = [] }: Problem): string {
  const left = omitted.map(({ index, member }) => `${index}.${member}`);
  return [code, ...skipped.map(({ index }) => `without ${index}`), ...left].join(' ');
}

const problemsIn = (events: readonly Event[]) =>
  events.map((event) => problemLine((event as AchievementProblemEvent).problem));

function readingOf(list: AchievementList, events: readonly Event[]): Reading {
  const summary = part(list, 'summary');
  return {
    cards: cardsOf(list).map(lineOf),
    status: words(part(list, 'status')),
    totals: summary ? words(part(summary, 'totals')) : '',
    percent: words(summary?.shadowRoot?.querySelector('.percent')),
    problems: problemsIn(events),
  };
}

/** The list as a page has it, over a network that gives this answer. */
async function serve({ service, answer, pushed }: Row): Promise<Reading & { readonly list: AchievementList }> {
  const parent = await room();
  const events = eventsAt(parent, ['achievement-problem']);
  const list = await show(
    'achievement-list',
    {
      backend: SERVICES[service](),
      environment: world().environment,
      summary: true,
      fetch: async (input) => {
        const body = typeof answer === 'function' ? answer(new URL(new Request(input).url)) : answer;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        return new Response(text, { headers: { 'content-type': 'application/json' } });
      },
    },
    parent,
  );
  await until(() => list.store?.snapshot.activity === 'idle');
  if (pushed !== undefined) list.store!.apply(pushed as object);
  await settled(list);
  return { ...readingOf(list, events), list };
}

function check(reading: Reading, { cards, ...expected }: Expected): void {
  const { status, totals, percent, problems } = { status: 'Up to date · just now', problems: [], ...expected };
  expect(reading.cards).to.deep.equal(cards);
  expect(reading.status).to.equal(status);
  expect(reading.problems).to.deep.equal(problems);
  if (totals !== undefined) expect(reading.totals).to.equal(totals);
  if (percent !== undefined) expect(reading.percent).to.equal(percent);
}

const listed = (...achievements: readonly object[]) => ({ achievements });
const many = <Made>(count: number, make: (index: number) => Made) =>
  Array.from({ length: count }, (_, index) => make(index));

const SCID = '00000000-0000-0000-0000-0000112233ab';
const COUNTED = '00000000-0000-0000-0000-000000000000';
const live = (name: string, members: object = {}) => ({
  id: name,
  serviceConfigId: SCID,
  name,
  progressState: 'Achieved',
  progression: { requirements: [], timeUnlocked: '2026-01-02T12:00:00Z' },
  rewards: [],
  ...members,
});
const paged = (achievements: readonly object[], pagingInfo: object | null = { continuationToken: null }) => ({
  achievements,
  pagingInfo,
});
const counted = (name: string, current: unknown) =>
  live(name, {
    progressState: 'InProgress',
    progression: { requirements: [{ id: COUNTED, current, target: '100' }], timeUnlocked: '0001-01-01T00:00:00Z' },
  });

let nextId = 0;
const loyal = (title: string, target: unknown, progress: unknown, members: object = {}) => ({
  id: ++nextId,
  created: '2025-01-01T00:00:00Z',
  name: `api-${title}`,
  title,
  description: '',
  target,
  status: 'active',
  currentProgress: { status: 'inprogress', progress },
  ...members,
});
const effect = (effectType: string, props: object) => ({
  effectType,
  props: { achievementId: 70, achievementName: 'api', progressTrackerId: 4, target: 8, ...props },
});
const risen = (value: number, delta = 1) =>
  effect('increaseAchievementProgress', { value, delta, isJustCompleted: false });

const rows: readonly Row[] = [
  {
    kind: 'an Xbox list without its next page',
    service: 'xbox',
    answer: paged([live('Lift-off')], { continuationToken: null, totalRecords: 12 }),
    expected: {
      cards: ['Lift-off | Unlocked January 2, 2026'],
      status: '1 of 12 achievements could be read Try again',
      totals: '1 of 12 unlocked',
      percent: '8%',
      problems: ['incomplete'],
    },
  },
  {
    kind: 'an Xbox list whose token leads to the same page again',
    service: 'xbox',
    answer: paged([live('Lift-off')], { continuationToken: 'next', totalRecords: 30 }),
    expected: {
      cards: ['Lift-off | Unlocked January 2, 2026'],
      status: '1 of 30 achievements could be read Try again',
      percent: '3%',
      problems: ['incomplete'],
    },
  },
  {
    kind: 'an Xbox list with nothing in it, asked without a contract',
    service: 'xbox',
    answer: paged([], { continuationToken: null, totalRecords: 0 }),
    expected: { cards: [], status: 'Not everything could be read. Try again', percent: '', problems: ['incomplete'] },
  },
  {
    kind: 'a JSON list that counts more, in words',
    service: 'json',
    answer: { achievements: [{ id: 1, name: 'One', state: 'unlocked' }], total: '40' },
    expected: {
      cards: ['One | Unlocked'],
      status: '1 of 40 achievements could be read Try again',
      totals: '1 of 40 unlocked',
      percent: '2%',
      problems: ['incomplete'],
    },
  },
  {
    kind: 'a JSON list whose cursor is no text',
    service: 'json',
    answer: { achievements: [{ id: 1, name: 'One', state: 'unlocked' }], cursor: { page: 2 } },
    expected: {
      cards: ['One | Unlocked'],
      status: 'Not everything could be read. Try again',
      totals: '1 unlocked',
      percent: '',
      problems: ['incomplete'],
    },
  },
  {
    kind: 'a Talon.One list that promises more, and gives an empty page',
    service: 'talon',
    answer: ({ searchParams }) =>
      searchParams.has('skip') ? { hasMore: true, data: [] } : { hasMore: true, data: [loyal('Beans', 8, 3)] },
    expected: {
      cards: ['Beans | 3 of 8'],
      status: 'Not everything could be read. Try again',
      percent: '',
      problems: ['incomplete'],
    },
  },
  {
    kind: 'percentages that binary fractions make a hair smaller',
    service: 'xbox',
    answer: paged(['29', '57', '58', '93', '94', '98'].map((current) => counted(`At ${current}`, current))),
    expected: {
      cards: [
        'At 29 | 29%',
        'At 57 | 57%',
        'At 58 | 58%',
        'At 93 | 93% | 7% left',
        'At 94 | 94% | 6% left',
        'At 98 | 98% | 2% left',
      ],
    },
  },
  {
    kind: 'a ratio without numbers',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Part', progress: { ratio: 0.57 } },
      { id: 2, name: 'Nearly', progress: { ratio: 0.9999999 } },
      { id: 3, name: 'Text', progress: { ratio: '0.5' } },
    ),
    expected: { cards: ['Part | 57%', 'Nearly | 99% | 1% left', 'Text | 50%'] },
  },
  {
    kind: 'a summary whose share is a binary fraction',
    service: 'json',
    answer: listed(...many(100, (id) => ({ id, name: `N${id}`, state: id < 57 ? 'unlocked' : 'locked' }))),
    expected: {
      cards: many(100, (id) => `N${id} | ${id < 57 ? 'Unlocked' : 'Locked'}`),
      totals: '57 of 100 unlocked',
      percent: '57%',
    },
  },
  {
    kind: 'moments that no calendar has',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Ticks of .NET', unlockedAt: 6.35e17 },
      { id: 2, name: 'Windows ticks', unlockedAt: '134000000000000000' },
      { id: 3, name: 'Huge', unlockedAt: 1.7e308 },
      { id: 4, name: 'Nanoseconds', unlockedAt: '1767355200000000000' },
      { id: 5, name: 'No end', window: { endsAt: '18446744073709551615' } },
      { id: 6, name: 'No start', window: { startsAt: -9223372036854776000 } },
      { id: 7, name: 'Last', progress: { current: 1, target: 4 } },
    ),
    expected: {
      cards: [
        'Ticks of .NET | Unlocked',
        'Windows ticks | Unlocked',
        'Huge | Unlocked',
        'Nanoseconds | Unlocked January 2, 2026',
        'No end | Locked',
        'No start | Locked',
        'Last | 1 of 4',
      ],
      problems: ['bad-shape 0.unlockedAt 1.unlockedAt 2.unlockedAt'],
    },
  },
  {
    kind: 'the epoch and other first days, which are no dates',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Zero', state: 'unlocked', unlockedAt: 0 },
      { id: 2, name: 'Epoch elsewhere', unlockedAt: '1969-12-31T23:00:00-01:00' },
      { id: 3, name: 'Year one', unlockedAt: '0001-01-01T00:00:00' },
      { id: 4, name: 'Windows epoch', unlockedAt: '1601-01-01T00:00:00Z' },
      { id: 5, name: 'No date of MySQL', unlockedAt: '0000-00-00 00:00:00' },
      { id: 6, name: 'Ends at 0', window: { startsAt: 0, endsAt: 0 }, progress: { current: 1, target: 4 } },
      { id: 7, name: 'Ends at -1', window: { endsAt: '-1' } },
      { id: 8, name: 'Seconds', unlockedAt: 1_767_355_200 },
      { id: 9, name: 'Microseconds', unlockedAt: 1_767_355_200_000_000 },
    ),
    expected: {
      cards: [
        'Zero | Unlocked',
        'Epoch elsewhere | Locked',
        'Year one | Locked',
        'Windows epoch | Locked',
        'No date of MySQL | Locked',
        'Ends at 0 | 1 of 4',
        'Ends at -1 | Locked',
        'Seconds | Unlocked January 2, 2026',
        'Microseconds | Unlocked January 2, 2026',
      ],
    },
  },
  {
    kind: 'times as services write them',
    service: 'json',
    answer: listed(
      ...[
        '/Date(1767355200000)/',
        '2026-01-02',
        '20260102',
        '2026/01/02',
        '2026-01-02 12:00:00',
        '2026-01-02T13:30+0130',
        '2026-01-02T12:00:00.1234567Z',
        'Fri, 02 Jan 2026 12:00:00 +0000',
        'Friday, 02-Jan-26 12:00:00 GMT',
        'Fri Jan  2 12:00:00 2026',
        '1767355200000',
        '1767355200.5',
      ].map((unlockedAt, id) => ({ id, name: `Form ${id}`, unlockedAt })),
      { id: 'later', name: 'A day nobody has', unlockedAt: '2026-02-30' },
    ),
    expected: {
      cards: [...many(12, (id) => `Form ${id} | Unlocked January 2, 2026`), 'A day nobody has | Unlocked'],
      problems: ['bad-shape 12.unlockedAt'],
    },
  },
  {
    kind: 'decimals next to all and next to none',
    service: 'talon',
    answer: {
      totalResultSize: 4,
      data: [
        loyal('Nearly', 1500, 1499.996),
        loyal('A hair', 25, 24.999999999999996),
        loyal('Begun', 20, 0.002),
        loyal('Text', '10', '9.999'),
      ],
    },
    expected: {
      cards: [
        'Nearly | 1,499.99 of 1,500 | <0.01 left',
        'A hair | 24.99 of 25 | <0.01 left',
        'Begun | <0.01 of 20',
        'Text | 9.99 of 10 | <0.01 left',
      ],
    },
  },
  {
    kind: 'a rarity next to nobody and next to everybody',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Hardly', state: 'unlocked', rarity: { percent: 0.03 } },
      { id: 2, name: 'Nobody, but this player', state: 'unlocked', rarity: { percent: 0 } },
      { id: 3, name: 'Nearly all', state: 'locked', rarity: { percent: 99.97 } },
      { id: 4, name: 'All, but this player', state: 'locked', rarity: { percent: '100' } },
      { id: 5, name: 'Too many', state: 'locked', rarity: { percent: 140 } },
    ),
    expected: {
      cards: [
        'Hardly | Unlocked | <0.1%',
        'Nobody, but this player | Unlocked | <0.1%',
        'Nearly all | Locked | 99.9%',
        'All, but this player | Locked | >99.9%',
        'Too many | Locked',
      ],
      problems: ['bad-shape 4.rarity.percent'],
    },
  },
  {
    kind: 'one id in several games',
    service: 'json',
    answer: {
      total: 3,
      achievements: ['Comet', 'Meteor', 'Star'].map((name, id) => ({
        id: 'WIN',
        name: 'Win one',
        titles: [{ id, name }],
        ...(id === 2 ? { unlockedAt: '2026-01-02' } : {}),
      })),
    },
    expected: {
      cards: ['Win one | Locked', 'Win one | Locked', 'Win one | Unlocked January 2, 2026'],
      totals: '1 of 3 unlocked',
    },
  },
  {
    kind: 'one id of what nothing tells apart',
    service: 'json',
    answer: listed(
      { id: 'a', name: 'Same' },
      { id: 'a', name: 'Same', unlockedAt: '2026-01-02' },
      { id: 'b', name: 'Other' },
    ),
    expected: {
      cards: ['Same | Unlocked January 2, 2026', 'Other | Locked'],
      totals: '1 of 2 unlocked',
      problems: ['bad-shape 1.id'],
    },
  },
  {
    kind: 'ids that differ beyond what a number holds',
    service: 'json',
    answer:
      '{"achievements":[{"id":76561198000000001,"name":"A"},{"id":76561198000000002,"name":"B"},' +
      '{"id":12345678901234567890,"name":"C"},{"id":12345678901234567891,"name":"D","unlockedAt":"2026-01-02"}]}',
    expected: {
      cards: ['A | Locked', 'B | Locked', 'C | Locked', 'D | Unlocked January 2, 2026'],
      totals: '1 of 4 unlocked',
    },
  },
  {
    kind: 'an Xbox title without a configuration',
    service: 'xbox',
    answer: paged([
      live('1', { serviceConfigId: COUNTED, titleAssociations: [{ id: 7, name: 'Comet' }] }),
      live('1', { serviceConfigId: '', titleAssociations: [{ id: 8, name: 'Star' }], progressState: 'NotStarted' }),
      { id: '1', name: '1', titleId: 9, progressState: 'NotStarted' },
    ]),
    expected: {
      cards: ['1 | Unlocked January 2, 2026', '1 | Locked', '1 | Locked'],
      totals: '1 of 3 unlocked',
    },
  },
  {
    kind: 'members of another kind than they should be',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Empty lists', rarity: [], media: [], window: [], progress: [], icon: false, titles: {} },
      { id: 2, name: 'Numbers', description: 42, category: 7, points: '15' },
      { id: 3, name: 'Numbered list', rewards: { 0: { kind: 'points', value: 5 }, 2: { kind: 'item', name: 'Hat' } } },
      { id: 4, name: 'One reward', rewards: { kind: 'item', name: 'Cap' } },
      { id: 5, name: 'Objects', description: { en: 'Hello' }, deepLink: 0, points: -5 },
      { id: 6, name: 'Other words', state: 'IN_PROGRESS', secret: 'false', revoked: 0 },
      { id: 7, name: 'Time of another kind', unlockedAt: true },
      { id: 8, name: 1024 },
      { id: 9, name: 'A word of its own', state: 'sideways' },
      { id: 10, name: 'Must not be told', secret: 'perhaps' },
      { id: 11 },
      { id: 12, name: 'Last' },
    ),
    expected: {
      cards: [
        'Empty lists | Locked',
        'Numbers | 42 | Locked | 15 points',
        'Numbered list | Locked | 5 points | Hat',
        'One reward | Locked | Cap',
        'Objects | Locked',
        'Other words | In progress',
        'Time of another kind | Unlocked',
        '1024 | Locked',
        'A word of its own | State unknown',
        'Secret achievement | Keep playing to find out what this is. | Locked',
        'Last | Locked',
      ],
      status: '1 achievement could not be read',
      problems: ['bad-shape without 10 4.description 4.points 4.deepLink 6.unlockedAt 8.state 9.secret'],
    },
  },
  {
    kind: 'members of another kind of Xbox Live',
    service: 'xbox',
    answer: paged([
      live('Empty', { rarity: [], rewards: {}, mediaAssets: [null], progression: [], titleAssociations: [null] }),
      live('One reward', { rewards: { name: null, type: 'Gamerscore', value: '10', valueType: 'Int' } }),
      live('Numbers', { progressState: 1, isSecret: 'False', isRevoked: 0, description: null }),
      live('Text', { progression: { requirements: 'none', timeUnlocked: '2026-01-02T12:00:00Z' } }),
    ]),
    expected: {
      cards: [
        'Empty | Unlocked',
        'One reward | Unlocked January 2, 2026 | 10 G',
        'Numbers | Unlocked January 2, 2026',
        'Text | Unlocked January 2, 2026',
      ],
      problems: ['bad-shape 3.requirements'],
    },
  },
  {
    kind: 'members of another kind of Talon.One',
    service: 'talon',
    answer: {
      totalResultSize: 4,
      data: [
        loyal('No target', null, 3),
        loyal('Nothing yet', 8, 0, { currentProgress: [] }),
        loyal('', 8, 3),
        loyal('\u2060', 8, 3, { name: 'fallback' }),
      ],
    },
    expected: {
      cards: ['No target | In progress', 'Nothing yet | 0 of 8 | Locked', 'api- | 3 of 8', 'fallback | 3 of 8'],
    },
  },
  {
    kind: 'an Xbox 360 title through a proxy that fills up with null',
    service: 'xbox',
    answer: paged(
      [
        { unlocked: true, timeUnlocked: '2010-06-01T12:00:00Z' },
        { unlocked: 'true', unlockedOnline: null, timeUnlocked: '1753-01-01T12:00:00Z' },
        { unlocked: false, unlockedOnline: 0, timeUnlocked: '2010-06-01T12:00:00Z' },
      ].map((members, id) => ({
        id,
        titleId: 5,
        name: `Old ${id}`,
        gamerscore: 20,
        imageId: null,
        progressState: null,
        progression: null,
        rewards: null,
        mediaAssets: null,
        ...members,
      })),
      null,
    ),
    expected: {
      cards: ['Old 0 | Unlocked June 1, 2010 | 20 G', 'Old 1 | Unlocked | 20 G', 'Old 2 | Locked | 20 G'],
      totals: '2 of 3 unlocked · 40 of 60 G',
    },
  },
  {
    kind: 'ends that mean never',
    service: 'talon',
    answer: {
      totalResultSize: 6,
      data: [
        '9999-12-31T23:59:59.9999999+00:00',
        '/Date(253402300799999)/',
        '2099-12-31T23:59:59Z',
        '2038-01-19T03:14:07Z',
        253_402_300_799,
        '2006-01-02T15:04:05Z07:00',
      ].map((endDate, index) => loyal(`Endless ${index}`, 10, 3, { endDate })),
    },
    expected: { cards: many(6, (index) => `Endless ${index} | 3 of 10`) },
  },
  {
    kind: 'periods that never end, and one that does',
    service: 'talon',
    answer: {
      totalResultSize: 2,
      data: ['9999-12-31T00:00:00Z', '2026-01-25T12:00:00Z'].map((endDate, index) =>
        loyal(`Period ${index}`, 10, 3, { currentProgress: { status: 'inprogress', progress: 3, endDate } }),
      ),
    },
    expected: { cards: ['Period 0 | 3 of 10', 'Period 1 | 3 of 10 | Resets in 5 days'] },
  },
  ...[
    [3, 0, { serviceConfigId: SCID.toUpperCase(), progression: [risenFrame('InProgress', '57')] }],
    { serviceConfigId: SCID.toUpperCase(), progression: [risenFrame('inprogress', 57)] },
    JSON.stringify([3, 0, { serviceConfigId: SCID, progression: [null, risenFrame('InProgress', '57')] }]),
  ].map((pushed, index): Row => ({
    kind: `an Xbox frame, in form ${index}, of a configuration in another case`,
    service: 'xbox',
    answer: paged([counted('Climb', '0')]),
    pushed,
    expected: { cards: ['Climb | 57%'] },
  })),
  ...[
    [risen(1), effect('startAchievementProgress', { value: undefined })],
    [risen(3), risen(1), effect('startAchievementProgress', {}), risen(2)],
    { effects: [risen(2, 0.5), risen(1.5, 0.5), effect('somethingElse', {}), risen(3)] },
  ].map((pushed, index): Row => ({
    kind: `Talon.One's effects in an order that is not theirs (${index})`,
    service: 'talon',
    answer: { totalResultSize: 1, data: [loyal('Beans', 8, 0, { id: 70, currentProgress: undefined })] },
    pushed,
    expected: { cards: [index === 0 ? 'Beans | 1 of 8' : 'Beans | 3 of 8'] },
  })),
  {
    kind: 'texts as they are',
    service: 'json',
    answer: listed(
      { id: 1, name: 'Lines', description: ' Bring\r\n- bread\n- salt\rand\u2028wine\n' },
      { id: 2, name: 'Fish &amp; Chips &quot;to go&quot;', description: '<b>bold</b> \\n' },
      { id: 3, name: '🏆', description: '\u200b\u2060' },
      { id: 'four', name: '\u200b' },
      { id: 'five', name: '\u3164\u2800' },
      { id: 'six', name: '\u0000', apiName: 'SIX' },
      { id: 7, name: '\ud83c', lockedDescription: '\u200b', description: 'Told' },
      { id: 8, name: `${'x'.repeat(255)}👩‍🚀 and more` },
    ),
    expected: {
      cards: [
        'Lines | Bring⏎- bread⏎- salt⏎and⏎wine | Locked',
        'Fish &amp; Chips &quot;to go&quot; | <b>bold</b> \\n | Locked',
        '🏆 | Locked',
        'four | Locked',
        'five | Locked',
        'SIX | Locked',
        '\ufffd | Told | Locked',
        `${'x'.repeat(255)} | Locked`,
      ],
      problems: ['bad-shape 3.name 4.name 5.name'],
    },
  },
];

function risenFrame(progressState: string, current: unknown) {
  return { id: 'Climb', progressState, requirements: [{ id: COUNTED, current, target: '100' }] };
}

describe('a player reads what is so of', () => {
  for (const row of rows) {
    it(row.kind, async () => check(await serve(row), row.expected));
  }

  it('each of them, and would see it if the page said anything else (control)', async () => {
    const [row] = rows;
    const reading = await serve(row!);
    check(reading, row!.expected);
    for (const member of ['status', 'totals', 'percent'] as const) {
      expect(() => check({ ...reading, [member]: 'else' }, row!.expected), member).to.throw();
    }
    expect(() => check({ ...reading, problems: [] }, row!.expected)).to.throw();
    for (const { kind, expected } of rows.slice(6)) expect(() => check(reading, expected), kind).to.throw();
  });

  it('the details of a day without a time, of numbers, and of a text that cannot be seen', async () => {
    const { list } = await serve({
      kind: '',
      service: 'json',
      answer: listed({
        id: 1,
        name: 'Day',
        description: '\u200b',
        unlockedAt: '2026-01-02',
        startedAt: '2026-01-01T00:00:00Z',
        progress: { current: 3, target: 3 },
      }),
      expected: { cards: [] },
    });
    const details = await openDetails(cardsOf(list)[0]!);
    expect(rowsOf(details)).to.deep.equal({
      Unlocked: 'January 2, 2026',
      Started: 'January 1, 2026',
      'Achievement ID': '1',
    });
    // The place of the only requirement is no name for it.
    expect(words(details.querySelector('.requirements'))).to.equal('3 of 3');
  });
});

describe('achievements that a page gives', () => {
  async function give(given: unknown) {
    const parent = await room();
    const events = eventsAt(parent, ['achievement-problem']);
    const { environment } = world();
    const properties = { achievements: given as readonly GivenAchievement[], environment, summary: true };
    const list = await show('achievement-list', properties, parent);
    return { list, events, ...readingOf(list, events) };
  }

  it('may be those of the README, as they stand there', async () => {
    const readme = await (await fetch('/README.md')).text();
    const [, example] = /```json\n(\{\s+"achievements"[^]*?)```/.exec(readme)!;
    const { achievements } = JSON.parse(example!) as { achievements: unknown };
    const { cards, totals, problems } = await give(achievements);
    expect(cards).to.deep.equal([
      'First Light | Watched a star being born. | Unlocked January 17, 2026 | 10 points',
      'Escape Velocity | Left ten worlds behind. | 8 of 10 | 2 left',
      'Secret achievement | Keep playing to find out what this is. | Locked',
    ]);
    expect(totals).to.equal('1 of 3 unlocked · 10 of 10 points');
    expect(problems).to.deep.equal([]);
  });

  for (const given of ['x', 7, true, { achievements: [{ id: 1, name: 'One' }] }, { 0: { id: 1, name: 'One' } }]) {
    it(`are told to be no list where they are ${JSON.stringify(given)}`, async () => {
      const { list, events, cards } = await give(given);
      expect(cards).to.deep.equal([]);
      expect(words(part(list, 'problem'))).to.equal('The answer could not be understood.');
      expect(problemsIn(events)).to.deep.equal(['bad-shape']);
      expect((events[0] as AchievementProblemEvent).problem.message).to.contain('have to be an array');
      list.achievements = [{ id: 1, name: 'One' }];
      await settled(list);
      expect(cardsOf(list).map(lineOf)).to.deep.equal(['One | Locked']);
      expect(part(list, 'problem')).to.equal(null);
    });
  }

  it('may be what a bridge tells a game: a masked one is a secret, and needs no name', async () => {
    const masked = { masked: true, secret: true, state: 'locked', revoked: false, rewards: [], requirements: [] };
    const { cards, problems } = await give([
      { ...masked, key: 'json:a', id: 'a', backend: 'json' },
      {
        ...masked,
        key: 'json:b',
        id: 'b',
        backend: 'json',
        progress: { ratio: 0.95, unit: 'percent' },
        state: 'in-progress',
      },
      { masked: true, secret: true, state: 'locked', id: 'c' },
      { id: 'd', name: 'Open' },
    ]);
    expect(cards).to.deep.equal([
      'Secret achievement | Keep playing to find out what this is. | Locked',
      'Secret achievement | Keep playing to find out what this is. | 95% | 5% left',
      'Secret achievement | Keep playing to find out what this is. | Locked',
      'Open | Locked',
    ]);
    expect(problems).to.deep.equal([]);
  });

  it('leave out what cannot be read, and tell it', async () => {
    const { cards, problems } = await give([null, { id: 1 }, { id: 2, name: 'Fine' }, 'text']);
    expect(cards).to.deep.equal(['Fine | Locked']);
    expect(problems).to.deep.equal(['bad-shape without 0 without 1 without 3']);
  });
});
