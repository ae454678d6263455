import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItem } from '../../../src/backends/items.js';
import { anything, array, entries, list, members, object, string, tellingOf } from '../../../src/backends/schema.js';

const item = object({
  id: anything,
  inside: members('inside', { text: anything, deeper: members('deeper', { n: anything }) }),
  parts: entries('parts', members('parts', { id: anything })),
});

/** What is made of an entry, and what was told of it. */
function read(entry: unknown) {
  const told: string[] = [];
  const made = readItem(
    entry,
    item,
    (raw) => raw,
    (member, expected) => told.push(`${member}: ${expected}`),
  );
  return { made, told };
}

describe('an object inside an answer', () => {
  it.each<[string, object, object, string[]]>([
    ['is there', { inside: { text: 1, other: 2 } }, { inside: { text: 1 } }, []],
    ['is null', { inside: null }, { inside: null }, []],
    ['is absent', {}, {}, []],
    ['is an empty list of PHP', { inside: [] }, {}, []],
    ['is false', { inside: false }, {}, []],
    ['is an empty text', { inside: '' }, {}, []],
    ['is a text', { inside: 'canary' }, {}, ['inside: object']],
    ['is a number', { inside: 7 }, {}, ['inside: object']],
    ['is a list', { inside: [{ text: 1 }] }, {}, ['inside: object']],
    [
      'costs only itself, in an object too',
      { inside: { text: 1, deeper: 5 } },
      { inside: { text: 1 } },
      ['deeper: object'],
    ],
  ])('%s', (_name, given, expected, told) => {
    const { made, told: heard } = read({ id: 1, ...given });
    expect(made).toEqual({ id: 1, ...expected });
    expect(heard).toEqual(told);
  });
});

describe('a list inside an answer', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['is there', [{ id: 1 }, { id: 2 }], [{ id: 1 }, { id: 2 }], []],
    ['is null', null, null, []],
    ['is false', false, [], []],
    ['is one entry alone', { id: 1 }, [{ id: 1 }], []],
    ['is an object of PHP, which had a gap', { 0: { id: 1 }, 2: { id: 3 } }, [{ id: 1 }, { id: 3 }], []],
    ['is an empty object', {}, [], []],
    ['has null in it', [null, { id: 1 }], [null, { id: 1 }], []],
    ['has a text in it', ['canary', { id: 1 }], [undefined, { id: 1 }], ['parts: object']],
    ['is a text', 'canary', [undefined], ['parts: object']],
  ])('%s', (_name, parts, expected, told) => {
    const { made, told: heard } = read({ parts });
    expect(made).toEqual({ parts: expected });
    expect(heard).toEqual(told);
  });
});

describe('a tolerant schema', () => {
  it('lets any value through where the reader decides, and nothing that is not named', () => {
    fc.assert(
      fc.property(fc.anything(), (id) => {
        expect(read({ id, other: id }).made).toEqual({ id });
      }),
    );
  });

  it('refuses an entry only where that is no object, and throws nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.record({ inside: fc.anything(), parts: fc.anything() }), fc.anything()), (entry) => {
        const { made } = read(entry);
        const isObject = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
        if (!isObject) expect(made).toBe('item: expected object');
        else expect(typeof made).not.toBe('undefined');
      }),
    );
  });

  it('tells whoever asked, also where one check is made inside another, and where one throws', () => {
    const heard: string[] = [];
    const check = () => void item['~standard'].validate({ inside: 1 });
    tellingOf(
      (member) => heard.push(`outer ${member}`),
      () => {
        expect(() =>
          tellingOf(
            (member) => heard.push(`inner ${member}`),
            () => {
              check();
              throw new Error('x');
            },
          ),
        ).toThrow('x');
        check();
      },
    );
    check();
    expect(heard).toEqual(['inner inside', 'outer inside']);
  });

  it('is not the strict kind, which costs the entry (control)', () => {
    const strict = object({ inside: object({ text: string }), parts: list(string), whole: array(string) });
    expect(readItem({ inside: 1, parts: [], whole: [] }, strict, () => 'made')).toBe('inside: expected object');
  });
});
