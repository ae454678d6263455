/** A text between quotation marks, to be passed over also without its end, or a number; as a name, which is no JSON, with the colon. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d[\d.eE+-]*(?:\s*:)?/gs;
/** Without zeros in front, which JSON does not allow. */
const WHOLE_NUMBER = /^-?[1-9]\d{15,}$/;

/** A number in this is perhaps too large. */
const HAS_LONG_NUMBER = /\d{16}/;

/** Levels. No service nests more than a dozen; 500,000 of them keep engines busy for seconds, and end their stacks later. */
const DEEPEST_JSON = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the text ends that begins with the quotation mark at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** The text with `null` for whatever is nested deeper than `DEEPEST_JSON`. */
function withoutDepths(text: string): string {
  const kept: string[] = [];
  let keptTo = 0;
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) index = endOfText(text, index);
    // [ and {, ] and }
    else if (unit === 0x5b || unit === 0x7b) {
      if (depth === DEEPEST_JSON) start = index;
      depth += 1;
    } else if (unit === 0x5d || unit === 0x7d) {
      depth -= 1;
      if (depth !== DEEPEST_JSON) continue;
      kept.push(text.slice(keptTo, start), 'null');
      keptTo = index + 1;
    }
  }
  // Where a bracket is missing it is no JSON, and need not be read to find that out.
  if (depth > DEEPEST_JSON) return '';
  return kept.length === 0 ? text : kept.join('') + text.slice(keptTo);
}

const { stringify } = JSON;

/**
 * Plain data as JSON, as `JSON.stringify` writes it, but for one thing: it asks nothing for its `toJSON`. Libraries of old
 * give one to every array, and what they make of it is another text, or a text in quotation marks.
 */
export function writeJson(value: unknown): string {
  return written(value) ?? 'null';
}

function written(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  // Of a text nothing is asked.
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => written(item) ?? 'null').join()}]`;
  if (typeof value !== 'object') return undefined;
  const members: string[] = [];
  for (const name of Object.keys(value)) {
    const text = written((value as Record<string, unknown>)[name]);
    if (text !== undefined) members.push(`${stringify(name)}:${text}`);
  }
  return `{${members.join()}}`;
}

/**
 * What a text holds; `undefined` where it is no JSON. Whole numbers above 2^53 become texts: as numbers, two of them can
 * be the same. What is nested deeper than a hundred levels is `null`.
 */
export function parseJson(given: string): unknown {
  try {
    const text = withoutDepths(given);
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
