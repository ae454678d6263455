import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GROUP_KEYS,
  type Achievement,
  type AchievementState,
  type View,
  SECTION_KEYS,
  SORT_KEYS,
  arrange,
  keepsPlace,
  parseFilter,
  standingOf,
  totalsOf,
  parseSearch,
  parseSort,
  sortAchievements,
} from '../../../src/model/index.js';
import { achievement } from './support.js';

const NOW = Date.UTC(2026, 5, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Wish extends Partial<Omit<View, 'sort' | 'states' | 'search'>> {
  readonly sort?: string;
  readonly filter?: string;
  readonly query?: string;
}

function viewOf({ sort = '', filter = '', query = '', ...members }: Wish = {}): View {
  return {
    sort: parseSort(sort).terms,
    states: parseFilter(filter).states,
    search: parseSearch(query),
    isSearching: query.trim() !== '',
    groupBy: 'none',
    sections: [],
    limit: 0,
    revealed: new Set(),
    locale: 'en',
    memory: { pinned: new Set(), choices: {} },
    now: NOW,
    ...members,
  };
}

const arranged = (list: readonly Achievement[], view: View) => arrange(sortAchievements(list, view.sort, view), view);

/** Each group as `id: achievements`. */
const groups = (list: readonly Achievement[], wish?: Wish) =>
  arranged(list, viewOf(wish)).groups.map(
    ({ id, achievements }) => `${id}: ${achievements.map((each) => each.id).join()}`,
  );

const counted = (current: number, target: number): Partial<Achievement> => ({
  state: 'in-progress',
  progress: { current, target, ratio: Math.min(1, current / target), unit: 'count' },
});

const LIBRARY = [
  achievement({ id: 'dawn', name: 'Élan at Dawn', state: 'unlocked', category: 'Story' }),
  achievement({ id: 'sea', name: 'Across the Sea', ...counted(9, 10), category: 'Exploration' }),
  achievement({ id: 'door', name: 'The Door', secret: true, category: 'Story' }),
  achievement({ id: 'dusk', name: 'Élan at Dusk', category: 'Story' }),
  achievement({ id: 'stray', name: 'A Stray' }),
];
const pinned = (...ids: string[]): View['memory'] => ({ pinned: new Set(ids.map((id) => `json:${id}`)), choices: {} });

describe('an arrangement', () => {
  it('is the whole list in one group where nothing is asked for', () => {
    expect(groups(LIBRARY)).toEqual(['rest: dawn,sea,door,dusk,stray']);
    expect(arranged([], viewOf())).toEqual({ groups: [], shown: 0, counts: new Map() });
  });

  it('holds what is found and passes the filter, in the order of the sort', () => {
    expect(groups(LIBRARY, { query: 'elan' })).toEqual(['rest: dawn,dusk']);
    expect(groups(LIBRARY, { query: 'elan', filter: 'locked' })).toEqual(['rest: dusk']);
    expect(groups(LIBRARY, { filter: 'locked unlocked', sort: '-name' })).toEqual(['rest: dusk,dawn,stray,door']);
    expect(groups(LIBRARY, { query: 'nowhere' })).toEqual([]);
  });

  it('counts what was found in each state, whatever the filter, the limit and the sections', () => {
    const counts = (wish: Wish) => Object.fromEntries(arranged(LIBRARY, viewOf(wish)).counts);
    const all = { unlocked: 1, 'in-progress': 1, locked: 3 };
    expect(counts({})).toEqual(all);
    expect(counts({ filter: 'expired' })).toEqual(all);
    expect(counts({ limit: 1, sections: SECTION_KEYS })).toEqual(all);
    expect(counts({ query: 'elan', filter: 'unlocked' })).toEqual({ unlocked: 1, locked: 1 });
  });

  it('is cut after so many, and says how many it shows', () => {
    expect(groups(LIBRARY, { limit: 2 })).toEqual(['rest: dawn,sea']);
    expect(arranged(LIBRARY, viewOf({ limit: 2 })).shown).toBe(2);
    expect(arranged(LIBRARY, viewOf({ limit: 99 })).shown).toBe(5);
    expect(groups(LIBRARY, { limit: 2, groupBy: 'category' })).toEqual([
      'category:Story: dawn',
      'category:Exploration: sea',
    ]);
    for (const limit of [0, -1, NaN]) expect(arranged(LIBRARY, viewOf({ limit })).shown).toBe(5);
  });

  it('is cut in the order shown: what stands in sections comes first, wherever it is in the list', () => {
    const wish: Wish = { sections: SECTION_KEYS, memory: pinned('dusk', 'stray') };
    expect(groups(LIBRARY, { ...wish, limit: 4 })).toEqual([
      'section:pinned: dusk,stray',
      'section:nearly-done: sea',
      'rest: dawn',
    ]);
    expect(groups(LIBRARY, { ...wish, limit: 3 })).toEqual(['section:pinned: dusk,stray', 'section:nearly-done: sea']);
    expect(groups(LIBRARY, { ...wish, limit: 1 })).toEqual(['section:pinned: dusk']);
    for (const limit of [1, 2, 3, 4]) expect(arranged(LIBRARY, viewOf({ ...wish, limit })).shown).toBe(limit);
    // Somebody searches: then there are no sections.
    expect(groups(LIBRARY, { ...wish, limit: 1, query: 'elan' })).toEqual(['rest: dawn']);
  });

  it('is cut as it is sorted below the sections, whatever the headings', () => {
    const wish: Wish = { sections: ['pinned'], memory: pinned('stray'), sort: 'name', limit: 3 };
    expect(groups(LIBRARY, wish)).toEqual(['section:pinned: stray', 'rest: sea,dawn']);
    expect(groups(LIBRARY, { ...wish, groupBy: 'category' })).toEqual([
      'section:pinned: stray',
      'category:Exploration: sea',
      'category:Story: dawn',
    ]);
  });

  it('has the sections above, and what stands there not again below', () => {
    expect(groups(LIBRARY, { sections: SECTION_KEYS, memory: pinned('stray') })).toEqual([
      'section:pinned: stray',
      'section:nearly-done: sea',
      'rest: dawn,door,dusk',
    ]);
    expect(groups(LIBRARY, { sections: ['pinned'], memory: pinned('sea'), groupBy: 'category' })).toEqual([
      'section:pinned: sea',
      'category:Story: dawn,dusk',
      'category:: door,stray',
    ]);
  });

  it('has the totals of a group as they stand below the sections', () => {
    const { groups: found } = arranged(
      LIBRARY,
      viewOf({ sections: ['pinned'], memory: pinned('dawn'), groupBy: 'category' }),
    );
    expect(found.map(({ name, totals }) => [name, totals && `${totals.unlocked} of ${totals.total}`])).toEqual([
      ['pinned', undefined],
      ['Exploration', '0 of 1'],
      ['Story', '0 of 1'],
      ['', '0 of 2'],
    ]);
  });

  it('has no group below where all stands in sections', () => {
    const ids = LIBRARY.map(({ id }) => id);
    expect(groups(LIBRARY, { sections: ['pinned'], memory: pinned(...ids) })).toEqual([
      'section:pinned: dawn,sea,door,dusk,stray',
    ]);
  });

  it('has no sections while somebody is searching', () => {
    const wish = { sections: SECTION_KEYS, memory: pinned('dawn') };
    expect(groups(LIBRARY, { ...wish, query: 'elan' })).toEqual(['rest: dawn,dusk']);
    expect(groups(LIBRARY, { ...wish, query: '  ' })[0]).toBe('section:pinned: dawn');
  });

  it('puts the most pressing six into a section and leaves the others below', () => {
    const near = Array.from({ length: 8 }, (_, index) => achievement({ id: `${index}`, ...counted(9, 10) }));
    expect(groups(near, { sections: ['nearly-done'] })).toEqual(['section:nearly-done: 0,1,2,3,4,5', 'rest: 6,7']);
  });

  it('does not tell by its groups where a masked one belongs, until it is revealed', () => {
    const revealed = new Set(['json:door']);
    expect(groups(LIBRARY, { groupBy: 'category' }).at(-1)).toBe('category:: door,stray');
    expect(groups(LIBRARY, { groupBy: 'category', revealed })[0]).toBe('category:Story: dawn,door,dusk');
  });
});

// Any list under any view

const STATES: readonly AchievementState[] = ['locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'];
const moment = fc.integer({ min: -4, max: 12 }).map((days) => NOW + days * DAY);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const anyMembers = fc.record({
  name: fc.constantFrom('Élan', 'elan', 'Door', 'Item 9', 'Item 10'),
  state: fc.constantFrom(...STATES),
  secret: fc.boolean(),
  revoked: fc.boolean(),
  progress: maybe(
    fc.tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom(3, 10)).map(([current, target]) => ({
      current,
      target,
      ratio: Math.min(1, current / target),
      unit: 'count' as const,
    })),
  ),
  unlockedAt: maybe(moment),
  resetsAt: maybe(moment),
  window: maybe(moment.map((endsAt) => ({ endsAt }))),
  rewards: fc.array(
    fc.record({
      kind: fc.constantFrom('points' as const, 'item' as const),
      name: fc.constantFrom('Lantern', 'Élan vital'),
      value: fc.constantFrom(0, 5, 10),
      unit: fc.constantFrom('G', 'XP'),
    }),
    { maxLength: 2 },
  ),
  rarity: maybe(fc.record({ percent: fc.constantFrom(1, 50) })),
  type: maybe(fc.constantFrom('persistent' as const, 'challenge' as const)),
  titles: fc.array(fc.record({ id: fc.constant('1'), name: fc.constantFrom('Starfall', 'Moonrise') }), {
    maxLength: 2,
  }),
  campaigns: fc.array(fc.constantFrom('Spring', 'Summer'), { maxLength: 2 }),
  category: maybe(fc.constantFrom('Story', 'Exploration')),
  order: maybe(fc.integer({ min: 0, max: 3 })),
});
type Members = typeof anyMembers extends fc.Arbitrary<infer Value> ? Value : never;

/** Without the members that are `undefined`: absent means absent. */
function made(id: number, members: Partial<Record<keyof Achievement, unknown>>): Achievement {
  const told = Object.entries(members).filter(([, value]) => value !== undefined);
  return achievement({ id: `${id}`, ...(Object.fromEntries(told) as Partial<Achievement>) });
}

const anyList = fc
  .array(anyMembers, { minLength: 1, maxLength: 12 })
  .map((list) => list.map((members, index) => made(index, members)));
const anyKeys = fc.subarray(Array.from({ length: 12 }, (_, index) => `json:${index}`));
const anyView = fc
  .record({
    sort: fc.subarray([...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}`)], { maxLength: 2 }),
    filter: fc.subarray([...STATES, 'revoked']),
    query: fc.constantFrom('', '', 'elan', 'LANTERN', 'story'),
    groupBy: fc.constantFrom(...GROUP_KEYS),
    sections: fc.subarray([...SECTION_KEYS]),
    limit: fc.constantFrom(0, 0, 3),
    revealed: anyKeys,
    pinned: anyKeys,
    known: maybe(fc.record({ known: anyKeys, unlocked: anyKeys })),
  })
  .map(({ sort, filter, revealed, pinned: pins, known, ...members }) =>
    viewOf({
      ...members,
      sort: sort.join(' '),
      filter: filter.join(' '),
      revealed: new Set(revealed),
      memory: {
        pinned: new Set(pins),
        choices: {},
        ...(known && { lastVisit: { at: 0, known: new Set(known.known), unlocked: new Set(known.unlocked) } }),
      },
    }),
  );

describe('any arrangement', () => {
  it('shows what is found and passes the filter, each once, and nothing else', () => {
    fc.assert(
      fc.property(anyList, anyView, (list, view) => {
        const { groups: found, shown, counts } = arranged(list, view);
        const isFound = (each: Achievement) => view.search(each, view.revealed.has(each.key));
        const isWanted = (each: Achievement) => view.states.size === 0 || view.states.has(standingOf(each));
        const expected = sortAchievements(list, view.sort, view).filter((each) => isFound(each) && isWanted(each));
        const all = found.flatMap(({ achievements }) => achievements);
        const isCut = view.limit > 0 && view.limit < expected.length;
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength(isCut ? view.limit : expected.length);
        expect(shown).toBe(all.length);
        // The same as without a limit, up to there.
        const { groups: whole } = arranged(list, { ...view, limit: 0, groupBy: 'none' });
        const wanted = whole.flatMap(({ achievements }) => achievements).slice(0, all.length);
        expect(new Set(all)).toEqual(new Set(wanted));
        expect(expected).toEqual(expect.arrayContaining(all));
        expect(found.every(({ achievements }) => achievements.length > 0)).toBe(true);
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(list.filter(isFound).length);
        // What stands above the list and what stands in its toolbar speak of the same ones.
        const { total, unlocked } = totalsOf(list.filter(isFound));
        expect([...counts].reduce((sum, [state, count]) => (state === 'revoked' ? sum : sum + count), 0)).toBe(total);
        expect(counts.get('unlocked') ?? 0).toBe(unlocked);
        // Outside of the sections, which have orders of their own, the order of the list stays.
        for (const { kind, achievements } of found) {
          if (kind !== 'section') expect(achievements).toEqual(expected.filter((each) => achievements.includes(each)));
        }
      }),
    );
  });
});

const at = (facts: Partial<Achievement>) => achievement({ id: 'a', name: 'Élan', ...facts });
const points = (value: number, unit?: string): Partial<Achievement> => ({
  rewards: [{ kind: 'points', value, ...(unit === undefined ? {} : { unit }) }],
});
const all = { sections: SECTION_KEYS };

describe('a changed achievement', () => {
  it.each<readonly [what: string, before: Partial<Achievement>, after: Partial<Achievement>, wish: Wish]>([
    ['its state', {}, { state: 'in-progress' }, {}],
    ['whether it is secret', {}, { secret: true }, {}],
    ['whether it is revoked', {}, { revoked: true }, {}],
    ['its points', points(5), points(10), {}],
    ['the unit of its points', points(5, 'G'), points(5, 'XP'), {}],
    ['points without a value', {}, { rewards: [{ kind: 'points', unit: 'XP' }] }, {}],
    ['another achievement', {}, { id: 'b', key: 'json:b' }, {}],
    ['its name, by which it is found no more', {}, { name: 'Door' }, { query: 'elan' }],
    ['its name, by which it is found now', { name: 'Door' }, {}, { query: 'elan' }],
    ['its reward, by which it is found', {}, { rewards: [{ kind: 'item', name: 'Lantern' }] }, { query: 'lantern' }],
    ['its name in a list by name', {}, { name: 'Door' }, { sort: 'name' }],
    ['its progress in a list by progress', counted(1, 9), counted(2, 9), { sort: 'state -progress' }],
    ['its progress in a list by what is left', counted(1, 9), counted(2, 9), { sort: 'remaining' }],
    ['its rarity in a list by rarity', { rarity: { percent: 5 } }, { rarity: { percent: 4 } }, { sort: 'rarity' }],
    ['a rarity that was not told', {}, { rarity: { percent: 4 } }, { sort: '-rarity' }],
    ['its date in a list by date', { unlockedAt: 1 }, { unlockedAt: 2 }, { sort: 'unlocked' }],
    ['its end in a list by end', { window: { endsAt: 1 } }, { window: { endsAt: 2 } }, { sort: 'ends' }],
    ['its order in a list by order', { order: 1 }, { order: 2 }, { sort: 'order' }],
    ['its category', { category: 'A' }, { category: 'B' }, { groupBy: 'category' }],
    ['its campaign', { campaigns: ['A'] }, { campaigns: ['B', 'A'] }, { groupBy: 'campaign' }],
    ['its type', { type: 'persistent' }, { type: 'challenge' }, { groupBy: 'type' }],
    ['its game', { titles: [{ id: '1', name: 'A' }] }, { titles: [] }, { groupBy: 'title' }],
    ['that it is nearly done', counted(1, 9), counted(8, 9), all],
    ['that it is nearly done no more', counted(8, 9), counted(1, 9), all],
    ['how near it is in its section', counted(7, 9), counted(8, 9), all],
    ['that it runs out', {}, { window: { endsAt: NOW + HOUR } }, all],
    ['that it was unlocked of late', { state: 'unlocked' }, { state: 'unlocked', unlockedAt: NOW - HOUR }, all],
    ['the moment at which it will run out', counted(1, 9), { ...counted(1, 9), resetsAt: NOW + 5 * DAY }, all],
  ])('has to be arranged anew for %s', (_what, before, after, wish) => {
    expect(keepsPlace(at(before), at(after), viewOf(wish))).toBe(false);
  });

  it.each<readonly [what: string, before: Partial<Achievement>, after: Partial<Achievement>, wish: Wish]>([
    ['only its progress moved', counted(1, 9), counted(2, 9), {}],
    ['only its progress moved, in sections', counted(1, 9), counted(2, 9), all],
    ['only its progress moved, in a search', counted(1, 9), counted(8, 9), { ...all, query: 'elan' }],
    ['only its progress moved, in groups', counted(1, 9), counted(2, 9), { groupBy: 'state', sort: 'state name' }],
    ['its name changed where nobody sorts by it', {}, { name: 'Door' }, { sort: 'state points' }],
    ['a masked name changed', { secret: true }, { secret: true, name: 'Door' }, { sort: 'name', query: 'elan' }],
    [
      'a masked category changed',
      { secret: true, category: 'A' },
      { secret: true, category: 'B' },
      { groupBy: 'category' },
    ],
    ['its picture changed', {}, { media: { icon: { url: '/a.png' } } }, { ...all, sort: 'name' }],
    ['nothing changed', counted(1, 9), counted(1, 9), { ...all, sort: SORT_KEYS.join(' '), groupBy: 'category' }],
  ])('stays where it is when %s', (_what, before, after, wish) => {
    expect(keepsPlace(at(before), at(after), viewOf(wish))).toBe(true);
  });
});

type KeepsPlace = typeof keepsPlace;

/** A list with one achievement changed, mostly by a little. */
const anyChange = fc.record({
  list: anyList,
  index: fc.nat(),
  change: fc.oneof(
    fc.record({ progress: anyMembers.map(({ progress }) => progress) }),
    anyMembers.chain((members) => fc.subarray(Object.keys(members)).map((keys) => picked(members, keys))),
  ),
  view: anyView,
});

function picked(members: Members, keys: readonly string[]): Partial<Members> {
  return Object.fromEntries(Object.entries(members).filter(([key]) => keys.includes(key)));
}

/** Whenever a check says that an achievement keeps its place, arranging anew has to agree. */
function keepsPromise(isKept: KeepsPlace): fc.IProperty<unknown> {
  return fc.property(anyChange, ({ list, index, change, view }) => {
    const before = list[index % list.length]!;
    const after = made(Number(before.id), { ...before, ...change });
    if (!isKept(before, after, view)) return true;
    const replace = (each: Achievement) => (each === before ? after : each);
    const earlier = arranged(list, view);
    const expected = earlier.groups.map((group) => ({ ...group, achievements: group.achievements.map(replace) }));
    expect(arranged(list.map(replace), view)).toEqual({ ...earlier, groups: expected });
    return true;
  });
}

describe('an achievement that is said to keep its place', () => {
  it('is the only thing that differs when its list is arranged anew', () => {
    fc.assert(keepsPromise(keepsPlace), { numRuns: 2000 });
  });

  it.each<readonly [what: string, isKept: KeepsPlace]>([
    ['sections', (before, after, view) => keepsPlace(before, after, { ...view, sections: [] })],
    [
      'groups',
      (before, after, view) =>
        before.state === after.state && keepsPlace({ ...before, category: '' }, { ...after, category: '' }, view),
    ],
    ['the sort', (before, after, view) => keepsPlace(before, after, { ...view, sort: [] })],
    ['the search', (before, after, view) => keepsPlace(before, after, { ...view, search: () => true })],
    ['points', (before, after, view) => keepsPlace({ ...before, rewards: [] }, { ...after, rewards: [] }, view)],
  ])('would be caught if the check forgot %s (control)', (_what, isKept) => {
    expect(() => fc.assert(keepsPromise(isKept), { numRuns: 20_000, endOnFailure: true })).toThrow();
  });
});
