import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, writeJson } from '../../../src/model/json.js';

describe('a text of JSON', () => {
  it.each<[string, unknown]>([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['{"id":9007199254740993,"other":9007199254740992}', { id: '9007199254740993', other: '9007199254740992' }],
    ['[18446744073709551615, 18446744073709551614]', ['18446744073709551615', '18446744073709551614']],
    ['[1234567890123456, 12345678901234567]', [1234567890123456, '12345678901234567']],
    [' [ 9007199254740993\n,\t1 ] ', ['9007199254740993', 1]],
    ['{"a":{"b":[9007199254740993]}}', { a: { b: ['9007199254740993'] } }],
    // Not whole numbers as they are written.
    ['[9007199254740993.0]', [9007199254740992]],
    ['[0.12345678901234567890]', [0.12345678901234568]],
    ['[9007199254740993e0, 1e300, 12345678901234567890E-5]', [9007199254740992, 1e300, 123456789012345.67]],
    // Texts stay what they are.
    ['"9007199254740993"', '9007199254740993'],
    ['{"9007199254740993":"a 9007199254740993 b"}', { '9007199254740993': 'a 9007199254740993 b' }],
    [String.raw`["\" 9007199254740993", 1]`, ['" 9007199254740993', 1]],
    [
      String.raw`["\\", 9007199254740993, "\\\"", 9007199254740993]`,
      ['\\', '9007199254740993', '\\"', '9007199254740993'],
    ],
    ['["9007199254740993", true, null]', ['9007199254740993', true, null]],
    ['{"__proto__":9007199254740993}', JSON.parse('{"__proto__":"9007199254740993"}')],
  ])('is read: %s', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it.each([
    '',
    'x',
    '9007199254740993x',
    '[09007199254740993]',
    '[-09007199254740993]',
    '[+9007199254740993]',
    '[--9007199254740993]',
    '[.9007199254740993]',
    '[9007199254740993.]',
    '[9007199254740993 9007199254740993]',
    '[9007199254740993"a"]',
    '["a"9007199254740993]',
    '{9007199254740993:1}',
    '{ 9007199254740993 : 1 }',
    '{"a":9007199254740993',
    '["9007199254740993]',
    "['9007199254740993']",
    '["\n9007199254740993"]',
    '[9007199254740993,]',
    'a9007199254740993',
    '[9007199254740993-1]',
  ])('is none: %j', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(parseJson(text)).toBeUndefined();
  });

  it('is read as the engine reads it, but for whole numbers that are too large', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text, (_key, each: unknown) => large(each)));
      }),
    );
    function large(each: unknown) {
      const isLarge = typeof each === 'number' && Number.isInteger(each) && !Number.isSafeInteger(each);
      return isLarge && /^-?\d+$/.test(JSON.stringify(each)) ? JSON.stringify(each) : each;
    }
  });

  it('never has two large numbers for one', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (left, right) => {
        const [first, second] = parseJson(`[${left},${right}]`) as unknown[];
        expect(String(first)).toBe(String(left));
        expect(String(second)).toBe(String(right));
      }),
    );
  });

  it('is none where it is none to the engine, whatever is in it', () => {
    const part = fc.constantFrom(
      '9007199254740993',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '-',
      '0',
      '.',
      'e',
      ' ',
      'a',
      '1',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(parseJson(text) !== undefined).toBe(isJson);
      }),
      { numRuns: 5000 },
    );
  });

  it('is read in no time, however long it is', () => {
    const started = performance.now();
    for (const text of [
      '1'.repeat(1e6),
      `"${'\\\\'.repeat(5e5)}1234567890123456`,
      `"${'1'.repeat(1e6)}`,
      `[${'1234567890123456 '.repeat(5e4)}`,
      `[${'1'.repeat(20)}${' '.repeat(1e6)}]`,
    ]) {
      parseJson(text);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it('control: the engine alone has two ids for one', () => {
  expect(new Set(JSON.parse('[9007199254740993, 9007199254740992]') as number[]).size).toBe(1);
});

const nested = (levels: number, inner = '1') => '['.repeat(levels) + inner + ']'.repeat(levels);

describe('what is nested deeply', () => {
  it('is read up to a hundred levels, and is nothing below them', () => {
    expect(parseJson(nested(100))).toEqual(JSON.parse(nested(100)));
    expect(parseJson(nested(101))).toEqual(JSON.parse(nested(100, 'null')));
    expect(parseJson(nested(99, `{"a":{"b":[1]},"c":[]},"${'['.repeat(300)}"`))).toEqual(
      JSON.parse(nested(99, `{"a":null,"c":null},"${'['.repeat(300)}"`)),
    );
  });

  it('costs only itself: what stands beside it is read', () => {
    const text = `{"before":1,"deep":${nested(500_000)},"after":["\\"[","\\\\",2]}`;
    expect(parseJson(text)).toMatchObject({ before: 1, after: ['"[', '\\', 2] });
  });

  it.each([
    ['without an end', '['.repeat(500_000)],
    ['with a text that does not end', `${'['.repeat(200)}"`],
    ['with too many ends', `${nested(200)}]`],
  ])('and is no JSON, %s, is none', (_, text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});

describe('what is written', () => {
  it('is what JSON.stringify writes, of whatever is plain', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, maxDepth: 4 }).filter((value) => value !== undefined),
        (value) => {
          const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
          expect(writeJson(plain)).toBe(JSON.stringify(plain));
        },
      ),
    );
    const gaps = { a: undefined, b: [undefined, NaN, -0, Infinity], c: () => 1, d: Symbol('d') };
    expect(writeJson(gaps)).toBe(JSON.stringify(gaps));
  });

  it('is the same where a library of old gave everything a toJSON', () => {
    const owners = [Array.prototype, Object.prototype, String.prototype, Number.prototype, Boolean.prototype];
    const toJSON = { value: () => 'old', configurable: true };
    for (const owner of owners) Object.defineProperty(owner, 'toJSON', toJSON);
    try {
      expect(JSON.stringify({ a: [1] })).toBe('"old"');
      expect(writeJson({ reports: [{ id: 'a', set: 7, unlock: true, none: null }] })).toBe(
        '{"reports":[{"id":"a","set":7,"unlock":true,"none":null}]}',
      );
    } finally {
      for (const owner of owners) Reflect.deleteProperty(owner, 'toJSON');
    }
  });
});
