import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  type Achievement,
  type SortTerm,
  SORT_KEYS,
  parseFilter,
  parseSort,
  sortAchievements,
} from '../../../src/model/index.js';
import { compareAchievements } from '../../../src/model/order.js';
import { achievement } from './support.js';

const ids = (list: readonly Achievement[]) => list.map(({ id }) => id).join(' ');
const sort = (list: readonly Achievement[], text: string, options = {}) =>
  ids(sortAchievements(list, parseSort(text).terms, options));

const points = (value: number) => ({ rewards: [{ kind: 'points', value }] }) as const;

describe('sorting', () => {
  it.each([
    ['order', { a: { order: 2 }, b: { order: 1 }, c: {} }, 'b a c', 'a b c'],
    ['state', { a: { state: 'unlocked' }, b: { state: 'in-progress' }, c: { state: 'unknown' } }, 'b a c', 'c a b'],
    [
      'progress',
      { a: { progress: { ratio: 0.5, unit: 'count' } }, b: { progress: { ratio: 0.2, unit: 'count' } }, c: {} },
      'b a c',
      'a b c',
    ],
    [
      'remaining',
      {
        a: { progress: { current: 1, target: 9, ratio: 0.1, unit: 'count' } },
        b: { progress: { current: 8, target: 9, ratio: 0.9, unit: 'count' } },
        c: { progress: { ratio: 0.1, unit: 'count' } },
      },
      'b a c',
      'a b c',
    ],
    ['unlocked', { a: { unlockedAt: 2 }, b: { unlockedAt: 1 }, c: {} }, 'b a c', 'a b c'],
    [
      'rarity',
      { a: { rarity: { percent: 2 } }, b: { rarity: { percent: 1 } }, c: { rarity: { category: 'Rare' } } },
      'b a c',
      'a b c',
    ],
    ['points', { a: points(20), b: points(10), c: points(30) }, 'b a c', 'c a b'],
    ['name', { a: { name: 'Item 10' }, b: { name: 'Item 9' }, c: { name: 'Apple', secret: true } }, 'b a c', 'a b c'],
    [
      'ends',
      {
        a: { window: { endsAt: 2 } },
        b: { resetsAt: 1, window: { endsAt: 9 } },
        c: { window: { endsAt: 0 }, state: 'unlocked' },
      },
      'b a c',
      'a b c',
    ],
  ] as const)('by %s puts what is not known last, both ways', (key, facts, up, down) => {
    const list = Object.entries(facts).map(([id, fact]) => achievement({ id, ...(fact as Partial<Achievement>) }));
    for (const arranged of [list, [...list].reverse()]) {
      expect(sort(arranged, key)).toBe(up);
      expect(sort(arranged, `-${key}`)).toBe(down);
    }
  });

  it('has a test for every key', () => {
    expect(SORT_KEYS).toHaveLength(9);
  });

  it('by name does not tell where a masked one stands, until it is revealed or unlocked', () => {
    const list = [
      achievement({ id: 'b', name: 'B' }),
      achievement({ id: 'secret', name: 'A', secret: true }),
      achievement({ id: 'c', name: 'C' }),
    ];
    expect(sort(list, 'name')).toBe('b c secret');
    expect(sort(list, '-name')).toBe('c b secret');
    expect(sort(list, 'name', { revealed: new Set(['json:secret']) })).toBe('secret b c');
    expect(
      sort(
        list.map((one) => ({ ...one, state: 'unlocked' as const })),
        'name',
      ),
    ).toBe('secret b c');
  });

  it('control: a sort by the plain name tells', () => {
    const list = [achievement({ id: 'b', name: 'B' }), achievement({ id: 'secret', name: 'A', secret: true })];
    expect(ids([...list].sort((left, right) => left.name.localeCompare(right.name)))).toBe('secret b');
    expect(sort(list, 'name')).toBe('b secret');
  });

  it('keeps the order of what is equal, of nothing to sort by, and the list itself', () => {
    const list = ['c', 'a', 'b'].map((id) => achievement({ id }));
    expect(sort(list, '')).toBe('c a b');
    expect(sort(list, 'state -progress')).toBe('c a b');
    expect(sortAchievements(list, [])).not.toBe(list);
    expect(ids(list)).toBe('c a b');
  });

  it('goes by the first term, then by the next', () => {
    const list = [
      achievement({ id: 'a', state: 'locked', name: 'B' }),
      achievement({ id: 'b', state: 'locked', name: 'A' }),
      achievement({ id: 'c', state: 'in-progress', name: 'C' }),
    ];
    expect(sort(list, 'state name')).toBe('c b a');
    expect(sort(list, 'state -name')).toBe('c a b');
  });

  it('counts an unlocked one as complete, with or without numbers', () => {
    const list = [
      achievement({ id: 'a', state: 'unlocked' }),
      achievement({ id: 'b', progress: { ratio: 0.9, unit: 'count' } }),
    ];
    expect(sort(list, '-progress')).toBe('a b');
  });

  it('compares names in the language', () => {
    const list = ['z', 'ä', 'a'].map((name) => achievement({ id: name, name }));
    expect(sort(list, 'name', { locale: 'de' })).toBe('a ä z');
    expect(sort(list, 'name', { locale: 'sv' })).toBe('a z ä');
  });
});

describe('comparing', () => {
  const anyAchievement = fc
    .record(
      {
        name: fc.constantFrom('Élan', 'elan', 'Item 9', 'Item 10', ''),
        state: fc.constantFrom('locked' as const, 'unlocked' as const, 'in-progress' as const),
        secret: fc.boolean(),
        progress: fc.integer({ min: 0, max: 3 }).map((current) => ({
          ...(current < 3 && { current, target: 3 }),
          ratio: current / 3,
          unit: 'count' as const,
        })),
        unlockedAt: fc.constantFrom(1, 2),
        resetsAt: fc.constantFrom(3, 4),
        rarity: fc.constantFrom({ percent: 1 }, { percent: 2 }, { category: 'Rare' }),
        order: fc.constantFrom(0, 1),
      },
      { requiredKeys: [] },
    )
    .map((facts) => achievement(facts as Partial<Achievement>));
  const anyTerms = fc.array(fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }), {
    maxLength: 3,
  });

  type Compare = (left: Achievement, right: Achievement) => number;

  /** What a sort needs to come to the same whatever it compares first. */
  const isAnOrder = (compareBy: (terms: readonly SortTerm[]) => Compare) =>
    fc.property(anyTerms, anyAchievement, anyAchievement, anyAchievement, (terms, a, b, c) => {
      const compare = compareBy(terms);
      expect(compare(a, a)).toBe(0);
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    });

  it('is an order, whatever is known of whom', () => {
    fc.assert(
      isAnOrder((terms) => compareAchievements(terms, { locale: 'en' })),
      { numRuns: 1000 },
    );
  });

  it('would be caught if what is not known were equal to everything (control)', () => {
    const careless = () => (left: Achievement, right: Achievement) =>
      (left.unlockedAt ?? right.unlockedAt ?? 0) - (right.unlockedAt ?? left.unlockedAt ?? 0);
    expect(() => fc.assert(isAnOrder(careless), { numRuns: 5000, endOnFailure: true })).toThrow();
  });

  it('finds everything equal where there is nothing to sort by', () => {
    const compare = compareAchievements([]);
    expect(compare(achievement({ name: 'A' }), achievement({ name: 'B', state: 'unlocked' }))).toBe(0);
  });

  it('finds a masked name equal to every other masked name, and behind those that are shown', () => {
    const compare = compareAchievements(parseSort('name').terms, { revealed: new Set(['json:shown']) });
    const secret = (id: string, name: string) => achievement({ id, name, secret: true });
    expect(compare(secret('a', 'A'), secret('z', 'Z'))).toBe(0);
    expect(compare(secret('a', 'A'), secret('shown', 'Z'))).toBeGreaterThan(0);
    expect(compare(secret('shown', 'Z'), achievement({ name: 'Y' }))).toBeGreaterThan(0);
  });
});

describe('reading', () => {
  it.each([
    ['', [], []],
    ['state -progress name', ['state', '-progress', 'name'], []],
    ['  state,\n-ends ', ['state', '-ends'], []],
    ['title --state constructor', [], ['title', '--state', 'constructor']],
  ] as const)('the sort %j', (text, terms, unknown) => {
    const read = parseSort(text);
    expect(read.terms.map(({ key, descending }) => (descending ? '-' : '') + key)).toEqual(terms);
    expect(read.unknown).toEqual(unknown);
  });

  it.each([
    ['', [], []],
    ['in-progress locked', ['in-progress', 'locked'], []],
    ['revoked', ['revoked'], []],
    ['locked,locked done __proto__', ['locked'], ['done', '__proto__']],
  ] as const)('the filter %j', (text, states, unknown) => {
    const read = parseFilter(text);
    expect([...read.states]).toEqual(states);
    expect(read.unknown).toEqual(unknown);
  });
});
