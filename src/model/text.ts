/** Halves of characters: they throw in addresses and headers, and no screen shows them. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;

/** Something that can be seen: no space, no control or format character, nothing that fonts leave out or leave blank. */
const SEEN = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What belongs to the character before it, where the engine cannot tell characters apart by itself. */
const CONTINUES = /^(?:\p{M}|\p{Emoji_Modifier}|\p{Default_Ignorable_Code_Point})/u;

/** The longest character that is kept whole, in code units: flags of regions and families of emoji are up to 30. */
const LONGEST_CHARACTER = 64;

/** Whether a text has no half of a character in it. */
export function isWellFormed(text: string): boolean {
  // Many times quicker, and not in Safari before 16.4, Firefox before 119 and Chromium before 111.
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return native ? native.call(text) : !LONE_SURROGATE.test(text);
}

/** The text with U+FFFD in place of each half of a character. */
export function wellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(LONE_SURROGATES, '\uFFFD');
}

/** Whether there is anything to be seen of a text. */
export function isSeen(text: string): boolean {
  // Most begin with a letter, and the whole pattern is slow.
  return /^[!-~]/.test(text) || SEEN.test(text);
}

/** Whether half a flag stands there: two such letters in a row are one. */
function isFlagLetter(text: string, index: number): boolean {
  const code = text.codePointAt(index) ?? 0;
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/** The text up to `longest` code units, never cut inside a character that a person sees as one. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Only the end matters, and texts can be megabytes long.
  let from = Math.max(0, longest - LONGEST_CHARACTER);
  if (from > 0 && /[\uDC00-\uDFFF]/.test(text.charAt(from))) from -= 1;
  // Only from the first of them on can be told which two make a flag.
  while (from > 1 && isFlagLetter(text, from - 2)) from -= 2;
  const tail = text.slice(from, longest + LONGEST_CHARACTER);
  let end = 0;
  // Firefox before 125 has no segmenter.
  if ('Segmenter' in Intl) {
    for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(tail)) {
      if (from + index > longest) break;
      end = index;
    }
  } else {
    let before = '';
    let index = 0;
    let isHalfFlag = false;
    for (const character of tail) {
      if (from + index > longest) break;
      const isWholeFlag: boolean = isHalfFlag && isFlagLetter(character, 0);
      if (before !== '\u200D' && !isWholeFlag && !CONTINUES.test(character)) end = index;
      isHalfFlag = !isWholeFlag && isFlagLetter(character, 0);
      before = character;
      index += character.length;
    }
  }
  return text.slice(0, from + end);
}
