import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Achievement,
  LibraryReader,
  type ReadLibrary,
  readAchievement,
  readAchievements,
} from '../../../../src/model/index.js';
import { parseJson } from '../../../../src/model/json.js';
import { context, entry, membersTold } from './support.js';

/** Pages of one list, or lists of pages. */
function readPages(lists: readonly (readonly (readonly object[])[])[]): ReadLibrary {
  const reader = new LibraryReader();
  let page = 0;
  for (const [list, pages] of lists.entries()) {
    let index = 0;
    for (const entries of pages) {
      for (const each of entries) {
        const place = index++;
        reader.add(each, { index: place, list, page }, (tell) =>
          readAchievement(each, { ...context('json'), index: place }, tell),
        );
      }
      page += 1;
    }
  }
  return reader.result();
}

const readList = (entries: readonly unknown[]) => readAchievements(entries, context('json'));
const inTitle = (title: string, members: object = {}) => entry({ titles: [title], name: `Of ${title}`, ...members });
const keysByName = ({ achievements }: ReadLibrary) =>
  Object.fromEntries(achievements.map(({ name, key }) => [name, key] as const));

describe('achievements with one id', () => {
  const three = [inTitle('a'), inTitle('b'), inTitle('c'), entry({ id: '2', name: 'Other' })];
  const keys = keysByName(readList(three));

  it('in several titles are several, each with a key of its own', () => {
    const { achievements, problem } = readList(three);
    expect(achievements.map(({ id }) => id)).toEqual(['1', '1', '1', '2']);
    expect(new Set(Object.values(keys)).size).toBe(4);
    expect(keys['Other']).toBe('json:2');
    expect(problem).toBeUndefined();
  });

  it('have the same keys in one page and over pages, and in any order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(three, { minLength: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (shuffled, one, two) => {
          const [first, second] = [Math.min(one, two), Math.max(one, two)];
          const pages = [shuffled.slice(0, first), shuffled.slice(first, second), shuffled.slice(second)];
          expect(keysByName(readPages([pages]))).toEqual(keys);
          expect(keysByName(readList(shuffled))).toEqual(keys);
        },
      ),
    );
  });

  it('have the same keys when they are read again from a copy', () => {
    const { achievements } = readList(three);
    const again = readAchievements(structuredClone(achievements), context('model'));
    expect(again.achievements).toEqual(achievements);
    expect(again.problem).toBeUndefined();
  });

  it('have the same keys where pages overlap', () => {
    const pages = [three.slice(0, 2), three.slice(1, 3), three.slice(2)];
    const { achievements, problem } = readPages([pages]);
    expect(achievements).toHaveLength(4);
    expect(keysByName({ achievements, unread: 0 })).toEqual(keys);
    expect(problem).toBeUndefined();
  });

  it('that only their names tell apart are two on one page', () => {
    const { achievements } = readList([entry({ name: 'A' }), entry({ name: 'B' })]);
    expect(achievements.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(new Set(achievements.map(({ key }) => key)).size).toBe(2);
  });

  it('that only their names tell apart over pages are one that was changed meanwhile, and that is told', () => {
    const { achievements, problem } = readPages([[[entry({ name: 'A' })], [entry({ name: 'B' })]]]);
    expect(achievements.map(({ key }) => key)).toEqual(['json:1']);
    expect(membersTold(problem?.omitted)).toEqual(['id: an id that no other achievement has']);
  });

  const told = 'id: an id that no other achievement has';

  it.each<[string, object, object, string]>([
    ['the first', { state: 'unlocked' }, { state: 'locked' }, 'unlocked'],
    ['the second', { state: 'locked' }, { state: 'unlocked' }, 'unlocked'],
    ['none', { state: 'locked' }, { state: 'in-progress' }, 'locked'],
  ])(
    'that nothing tells apart are one, unlocked where one of them is, and that is told: %s',
    (_name, left, right, state) => {
      const { achievements, problem } = readList([entry(left), entry({ id: '2' }), entry(right)]);
      expect(Object.fromEntries(achievements.map((each) => [each.key, each.state]))).toEqual({
        'json:1': state,
        'json:2': 'locked',
      });
      expect(achievements).toHaveLength(2);
      expect(membersTold(problem?.omitted)).toEqual([told]);
      expect(problem?.omitted?.[0]).toMatchObject({ index: 2, id: '1' });
    },
  );

  it('that say the same are one, and that is nothing to tell', () => {
    const { achievements, problem } = readList([entry(), entry(), entry({ id: 1 })]);
    expect(achievements).toHaveLength(1);
    expect(problem).toBeUndefined();
  });

  it('are merged silently by whoever keeps them by their keys (control)', () => {
    const made = three.map((each) => readAchievement(each, context('json'), () => undefined) as Achievement);
    expect(new Map(made.map((each) => [each.key, each])).size).toBe(2);
  });
});

describe('ids', () => {
  it('above 2^53 stay apart', () => {
    const text = '[{"id":9007199254740993,"name":"A"},{"id":9007199254740992,"name":"B"}]';
    const { achievements } = readList(parseJson(text) as unknown[]);
    expect(achievements.map(({ key }) => key)).toEqual(['json:9007199254740993', 'json:9007199254740992']);
  });

  it('that are the same in their first 256 characters stay apart, and are whole', () => {
    const ids = ['a', 'b'].map((end) => 'x'.repeat(256) + end);
    const { achievements } = readList(ids.map((id) => entry({ id })));
    expect(achievements.map(({ id }) => id)).toEqual(ids);
    expect(achievements.map(({ key }) => key)).toEqual(ids.map((id) => `json:${id}`));
  });

  it('that are texts and numbers are the same', () => {
    const { achievements } = readList([entry({ id: 7 }), entry({ id: '7' }), entry({ id: ' 7 ' }), entry({ id: 7n })]);
    expect(achievements.map(({ key }) => key)).toEqual(['json:7']);
  });

  it('that are GUIDs are the same in any case', () => {
    const id = 'ABCDEF01-2345-6789-ABCD-EF0123456789';
    const { achievements } = readList([entry({ id }), entry({ id: id.toLowerCase() })]);
    expect(achievements.map(({ key }) => key)).toEqual([`json:${id.toLowerCase()}`]);
  });

  it('with other ends of a character are not the same as none', () => {
    const { achievements } = readList([entry({ id: 'a\u0301' }), entry({ id: 'a' }), entry({ id: 'A' })]);
    expect(achievements).toHaveLength(3);
  });
});

describe('a list', () => {
  it('wins over an earlier one, and keeps its place', () => {
    const first = [entry({ description: 'old' }), entry({ id: '2' })];
    const { achievements, problem } = readPages([[first], [[entry({ id: '3' }), entry({ description: 'new' })]]]);
    expect(achievements.map(({ id, description, order }) => [id, description, order])).toEqual([
      ['1', 'new', 0],
      ['2', '', 1],
      ['3', '', 0],
    ]);
    expect(problem).toBeUndefined();
  });

  it.each([[undefined], [null], ['x'], [{}], [{ length: 1, 0: entry() }], [new Set([entry()])]])(
    'is not %j',
    (value) => {
      const { achievements, problem } = readAchievements(value, context('json'));
      expect(achievements).toEqual([]);
      expect(problem?.code).toBe('bad-shape');
      expect(problem?.message).toContain('an array');
    },
  );

  it('loses nothing but its bad entries, and tells the first hundred of them', () => {
    const bad = Array.from({ length: 150 }, () => ({ id: 'x' }));
    const { achievements, unread, problem } = readList([entry(), ...bad, null, entry({ id: '2' })]);
    expect(achievements.map(({ id }) => id)).toEqual(['1', '2']);
    expect(unread).toBe(151);
    expect(problem?.skipped).toHaveLength(100);
    expect(problem?.skipped?.[0]).toEqual({ index: 1, id: 'x', reason: 'name: expected string' });
    expect(problem?.message).toMatch(/^151 of 153 achievements could not be read and were left out: \[1\] name/);
  });

  it('has at most 50,000 achievements, and tells of those beyond', () => {
    const { achievements, unread, problem } = readList(Array.from({ length: 50_002 }, (_, id) => entry({ id })));
    expect(achievements).toHaveLength(50_000);
    expect(unread).toBe(2);
    expect(problem?.skipped?.[0]?.reason).toBe('expected at most 50000 achievements');
  });

  it('tells an id only as far as it is one, and whole', () => {
    const skipped = readList([{ id: `${'x'.repeat(63)}😀` }, { id: {} }, { achievementId: 5 }, { id: '\uD800' }])
      .problem?.skipped;
    expect(skipped?.map(({ id }) => id)).toEqual(['x'.repeat(63), undefined, '5', '\uFFFD']);
  });
});
