/** A text between quotation marks, to be passed over, or a number. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;
const WHOLE_NUMBER = /^-?\d{16,}$/;

/** A number in this is perhaps too large. */
const HAS_LONG_NUMBER = /\d{16}/;

/**
 * What a text holds; `undefined` where it is no JSON. Whole numbers above 2^53 become texts: as numbers, two of them can
 * be the same.
 */
export function parseJson(text: string): unknown {
  try {
    if (!HAS_LONG_NUMBER.test(text)) return JSON.parse(text);
    return JSON.parse(
      text.replace(TEXTS_AND_NUMBERS, (part) =>
        WHOLE_NUMBER.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part,
      ),
    );
  } catch {
    // The engine's own message quotes the body.
    return undefined;
  }
}
