/** A text between quotation marks, to be passed over also without its end, or a number; as a name, which is no JSON, with the colon. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d[\d.eE+-]*(?:\s*:)?/gs;
/** Without zeros in front, which JSON does not allow. */
const WHOLE_NUMBER = /^-?[1-9]\d{15,}$/;

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
