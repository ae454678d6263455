import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError, jsonErrorWords } from '../../../../demo/pages/playground/json-text.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('a text that is no JSON', () => {
  it.each([
    ['{\n  "a": 1,\n  "b" 2\n}', 3, 7, 'a colon is missing after the name'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or “}” is missing'],
    ['[1, 2,]', 1, 6, 'there is a comma after the last one'],
    ["{'a': 1}", 1, 2, 'names stand in double quotes'],
    ["['a']", 1, 2, 'texts stand in double quotes'],
    ['{a: 1}', 1, 2, 'a name in double quotes is missing'],
    ['[1] // one', 1, 5, 'JSON has no comments'],
    ['[NaN]', 1, 2, '“NaN” is no value that JSON knows'],
    ['[01]', 1, 2, '“01” is no number that JSON knows'],
    ['["a\nb"]', 1, 4, 'a line break or tab in a text is written as \\n or \\t'],
    ['["\\x"]', 1, 3, 'this backslash begins nothing that JSON knows'],
    ['["abc', 1, 2, 'the text in double quotes does not end'],
    ['{"achievements": [', 1, 19, 'the text ends too early'],
    ['{} {}', 1, 4, 'there is something after the end of the JSON'],
    ['\n <!doctype html>', 2, 2, 'this is a web page or XML, not JSON'],
    ['  ', 1, 1, 'there is nothing in it'],
  ])('%j is told with line, column and reason', (text, line, column, message) => {
    expect(findJsonError(text)).toMatchObject({ line, column, message });
  });

  it('is told in one sentence', () => {
    const error = findJsonError('[1,]');
    expect(error && jsonErrorWords(error)).toBe(
      'This is no JSON. Line 1, column 3: there is a comma after the last one.',
    );
  });

  it('is a text that the engine refuses too, and no other', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n01.-eEtruefalsn/'), maxLength: 12 });
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '0'))
      .map(([text, at, piece]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(noise, damaged, fc.json()), (text) => {
        expect(findJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('ends at a depth that no answer has, not in the engine', () => {
    expect(findJsonError('['.repeat(100_000))?.message).toBe('it is nested too deeply');
  });
});
