import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cut, isSeen, isWellFormed, wellFormed } from '../../../src/model/text.js';

afterEach(() => void vi.unstubAllGlobals());

/** The same engine without its segmenter: Firefox before 125. */
function withoutSegmenter(): void {
  const { Segmenter: _segmenter, ...rest } = Object.getOwnPropertyDescriptors(Intl);
  vi.stubGlobal('Intl', Object.defineProperties({}, rest));
  expect('Segmenter' in Intl).toBe(false);
}

/** Each is one character to whoever reads it. */
const CHARACTERS = {
  'a letter': 'a',
  'a letter of two units': '𝔸',
  'a letter with a mark': 'e\u0301',
  'a letter with many marks': 'a\u0300\u0301\u0302\u0303\u0304',
  'a face': '😀',
  'a hand with a skin': '👋🏽',
  'a family': '👨‍👩‍👧‍👦',
  'a family with skins': '👩🏽‍❤️‍💋‍👨🏿',
  'a flag': '🇩🇪',
  'a flag of a region': '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  'a flag of pride': '🏳️‍🌈',
  'a key': '1️⃣',
  'a syllable of Hindi': 'नि',
  'a syllable of Thai': 'กี่',
  'a heart with its variant': '❤️',
};
const each = Object.entries(CHARACTERS);

describe.each([
  ['with a segmenter', (): void => undefined],
  ['without one', withoutSegmenter],
] as const)('a text that is cut, %s', (_name, prepare) => {
  it.each(each)('ends before a character and never inside it: %s', (_what, character) => {
    prepare();
    for (let before = 0; before <= 9; before++) {
      const text = 'x'.repeat(before) + character.repeat(200);
      for (const longest of [1, 20, 63, 64, 65, 100, 101, 102, 103, 256, 300]) {
        const short = cut(text, longest);
        const whole = Math.max(0, Math.floor((longest - before) / character.length));
        const wanted = longest < before ? 'x'.repeat(longest) : 'x'.repeat(before) + character.repeat(whole);
        expect(short, `${before} ${longest}`).toBe(wanted.length >= text.length ? text : wanted);
      }
    }
  });

  it('is a beginning of it, as long as can be, whatever it is made of', () => {
    prepare();
    const part = fc.constantFrom(...Object.values(CHARACTERS), ' ', '.', '字');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 400 }),
        (parts, longest) => {
          // Two characters next to each other may be one.
          const spaced = parts.map((each) => `${each}|`);
          let wanted = '';
          for (const piece of spaced.flatMap((each) => [each.slice(0, -1), '|'])) {
            if (wanted.length + piece.length > longest) break;
            wanted += piece;
          }
          expect(cut(spaced.join(''), longest)).toBe(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps as many flags as fit in whole, however many stand in a row', () => {
    prepare();
    for (const before of ['', 'a', 'ab', 'abc', '字😀']) {
      for (const count of [10, 63, 100, 700]) {
        const short = cut(before + '🇩🇪🇫🇷'.repeat(count), 256);
        const flags = short.slice(before.length);
        expect(flags).toBe('🇩🇪🇫🇷'.repeat(count).slice(0, flags.length));
        expect(flags.length % 4).toBe(0);
        expect(short.length).toBe(Math.min(before.length + count * 8, 256 - ((256 - before.length) % 4)));
      }
    }
  });

  it('is the text itself where that is short enough', () => {
    prepare();
    expect(cut('👨‍👩‍👧‍👦', 11)).toBe('👨‍👩‍👧‍👦');
    expect(cut('', 0)).toBe('');
  });

  it('takes no time where it is megabytes long', () => {
    prepare();
    const long = ['x', '🇩🇪', 'a\u0301', '\u0301', '\uD800', '👨‍👩‍👧‍👦'].map((part) => part.repeat(1e6));
    const started = performance.now();
    for (const text of long) cut(text, 2048);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it('control: slice() alone cuts families', () => {
  const family = CHARACTERS['a family'];
  expect(isWellFormed(family.repeat(30).slice(0, 254))).toBe(false);
});

describe('halves of characters', () => {
  it.each([
    ['', ''],
    ['abc', 'abc'],
    ['😀', '😀'],
    ['\uD83D', '\uFFFD'],
    ['a\uDE00b', 'a\uFFFDb'],
    ['\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['\uD83D\uD83D\uDE00', '\uFFFD😀'],
    ['😀\uDE00', '😀\uFFFD'],
  ])('are replaced, each for itself: %j', (text, expected) => {
    expect(wellFormed(text)).toBe(expected);
    expect(isWellFormed(text)).toBe(text === expected);
  });

  it('are found in the same way where the engine cannot tell', () => {
    const prototype = String.prototype as { isWellFormed?: () => boolean };
    const native = prototype.isWellFormed;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\uD83D', '\uDE00', '😀') }), (text) => {
        const expected = native?.call(text);
        try {
          delete prototype.isWellFormed;
          expect(isWellFormed(text)).toBe(expected);
        } finally {
          if (native)
            Object.defineProperty(prototype, 'isWellFormed', { value: native, configurable: true, writable: true });
        }
        expect(native?.call(wellFormed(text))).toBe(true);
        expect(wellFormed(text)).toHaveLength(text.length);
      }),
    );
  });
});

describe('what can be seen', () => {
  it.each(['a', '0', '.', ' a ', '\u200Bx', '字', '😀', '🇩🇪', '👨‍👩‍👧‍👦', 'न', '\uFFFD', '\u0301', '\uE000'])(
    'is there in %j',
    (text) => {
      expect(isSeen(text)).toBe(true);
    },
  );

  it.each([
    '',
    ' \t\n',
    '\u00A0',
    '\u200B\u200C\u200D',
    '\u00AD',
    '\u2800',
    '\u3164',
    '\u115F\u1160',
    '\uFFA0',
    '\u202E\u202C',
    '\uFEFF',
    '\u0000',
    '\u{E0020}',
    '\uFE0F',
    '\u2028',
    '\u034F',
    '\u061C',
    '\u180E',
    '\uD800',
  ])('is not there in %j', (text) => {
    expect(isSeen(text)).toBe(false);
  });
});
