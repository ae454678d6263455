import { readTime } from '../time.js';
import { cut, isSeen, wellFormed } from '../text.js';

// What single values from outside mean, whoever sent them. Each reader gives a fresh value of its own type or nothing;
// what is there and cannot be understood is told, and costs only itself. Absent is `null`, and whatever services send for
// it: PHP writes `[]` for an empty object and `false` for what it has not got.

/** Is told of a value that was left out: the member it stood in, and what was expected there. */
export type Tell = (member: string, expected: string) => void;

export type Members = Readonly<Record<string, unknown>>;

/** In UTF-16 code units. */
const LONGEST_TEXT = 256;
/** The same for descriptions. */
export const LONG = 2048;
/** Identifiers and links are taken whole or not at all: what was cut names something else. */
export const LONGEST_IDENTIFIER = 2048;
/** Entries of a list inside an achievement. */
export const MOST_ENTRIES = 200;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether every object has something that nobody gave it: a page's old library put it there. */
function isPolluted(): boolean {
  for (const _ in {}) return true;
  return false;
}

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0 && !(value instanceof Date);
}

/** Whether a value says nothing, in any of the ways in which services write that. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === '' || isEmptyObject(value);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isEmpty(value);
}

/** The members of an object; nothing for what is no object. Lists have no members. */
export function membersOf(value: unknown): Members | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return isPolluted() ? (Object.assign(Object.create(null), value) as Members) : (value as Members);
}

/** The same for a member that may be absent. */
export function readMembers(value: unknown, member: string, tell: Tell): Members | undefined {
  if (value === undefined || value === null) return undefined;
  const members = membersOf(value);
  if (!members && !isAbsent(value)) tell(member, 'object');
  return members;
}

/** The entries of a list: absent ones are none, one alone is a list of one, and PHP's lists with gaps are objects. */
export function readList(value: unknown, member: string, tell: Tell): readonly unknown[] {
  if (isAbsent(value)) return [];
  let entries: readonly unknown[];
  if (Array.isArray(value)) entries = value;
  else {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : undefined;
    const isNumbered = keys?.every((key) => /^\d{1,9}$/.test(key)) ?? false;
    entries = isNumbered ? Object.values(value as object) : [value];
  }
  if (entries.length > MOST_ENTRIES) tell(member, `at most ${MOST_ENTRIES} entries`);
  const some = entries.length > MOST_ENTRIES ? entries.slice(0, MOST_ENTRIES) : entries;
  return some.includes(null) || some.includes(undefined)
    ? some.filter((entry) => entry !== null && entry !== undefined)
    : some;
}

/** A text as it came, also where a number stands for it; nothing where it is none. */
function anyText(value: unknown, member: string, tell: Tell): string | undefined {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      break;
    case 'bigint':
      return String(value);
    case 'undefined':
      return undefined;
    case 'boolean':
      if (!value) return undefined;
      break;
    case 'object':
      if (value === null || isEmpty(value)) return undefined;
      break;
    default:
  }
  tell(member, 'string');
  return undefined;
}

/**
 * A text that people read: trimmed, and cut between two characters where it is too long. Absent where there is nothing to
 * be seen of it.
 */
export function readText(value: unknown, member: string, tell: Tell, longest = LONGEST_TEXT): string | undefined {
  const whole = anyText(value, member, tell)?.trim() ?? '';
  // What ends with a space where it was cut would be another text when it is read again.
  const text = whole.length <= longest ? whole : cut(whole, longest).trimEnd();
  // Many are empty, and the pattern for what can be seen is slow to make.
  return text !== '' && isSeen(text) ? text : undefined;
}

/** A text that names something at a service: whole, or not at all. One with nothing to be seen in it names nothing. */
export function readIdentifier(
  value: unknown,
  member: string,
  tell: Tell,
  longest = LONGEST_IDENTIFIER,
): string | undefined {
  const text = anyText(value, member, tell)?.trim();
  if (text === undefined || !isSeen(text)) return undefined;
  if (text.length <= longest) return text;
  tell(member, `at most ${longest} characters`);
  return undefined;
}

/** A text as it is or not at all, such as a link: no number stands for it. */
export function readExact(
  value: unknown,
  member: string,
  tell: Tell,
  longest = LONGEST_IDENTIFIER,
): string | undefined {
  if (typeof value === 'string' && value.length <= longest) return wellFormed(value) || undefined;
  if (typeof value === 'string') tell(member, `at most ${longest} characters`);
  else if (typeof value === 'number' || typeof value === 'bigint') tell(member, 'string');
  else anyText(value, member, tell);
  return undefined;
}

/** A finite number, also where it came as text, from `least` to `most`. */
export function readNumber(
  value: unknown,
  member: string,
  tell: Tell,
  least = -Number.MAX_SAFE_INTEGER,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  let number: number | undefined;
  switch (typeof value) {
    case 'number':
      number = value;
      break;
    case 'bigint':
      number = Number(value);
      break;
    case 'string': {
      const text = value.trim();
      if (text === '') return undefined;
      number = text.length <= 64 && DECIMAL.test(text) ? Number(text) : NaN;
      break;
    }
    case 'undefined':
      return undefined;
    default:
      if (isAbsent(value)) return undefined;
      number = NaN;
  }
  if (number >= least && number <= most) return number;
  const isOpen = least === -Number.MAX_SAFE_INTEGER && most === Number.MAX_SAFE_INTEGER;
  tell(member, isOpen || Number.isNaN(number) ? 'number' : `number from ${least} to ${most}`);
  return undefined;
}

/** A number as a service may send it, where nobody is told of what is none. */
export function numberOf(value: unknown): number | undefined {
  return readNumber(value, '', () => undefined);
}

/** A text as a service may send it, where nobody is told of what is none. */
export function textOf(value: unknown, longest = LONGEST_TEXT): string | undefined {
  return readText(value, '', () => undefined, longest);
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  yes: true,
  false: false,
  0: false,
  no: false,
  '': false,
};

/**
 * Yes or no, also where a number or a word says so.
 * @param unclear what counts where it cannot be understood
 */
export function readFlag(value: unknown, member: string, tell: Tell, unclear = false): boolean {
  if (typeof value === 'boolean') return value;
  if (isAbsent(value)) return false;
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : undefined;
  const flag = word !== undefined && Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined;
  if (flag === undefined) tell(member, 'boolean');
  return flag ?? unclear;
}

/** A moment in epoch milliseconds. One that is never, and one that is no date, is absent. */
export function readMoment(value: unknown, member: string, tell: Tell): number | undefined {
  if (value === undefined || value === null) return undefined;
  const reading = readTime(value);
  if (typeof reading === 'number') return reading;
  if (reading === 'unreadable') tell(member, 'time');
  return undefined;
}

/** The furthest moment from 1970 that a date can have, in milliseconds. */
export const LAST_MOMENT = 8.64e15;

/** A moment that is in milliseconds already. */
export function readMilliseconds(value: unknown, member: string, tell: Tell): number | undefined {
  return readNumber(value, member, tell, 1, LAST_MOMENT);
}

const plain = (word: unknown) =>
  typeof word === 'string' || typeof word === 'number' ? String(word).toLowerCase().replace(/[-_ ]/g, '') : '';

/** The one of the words that is meant, whatever the case and the `_`, `-` or space. Services invent new words: none then. */
export function oneOf<Word extends string>(word: unknown, known: readonly Word[]): Word | undefined {
  if (word === undefined || word === null) return undefined;
  // Most write the words as they are.
  if (known.includes(word as Word)) return word as Word;
  const meant = plain(word);
  return known.find((candidate) => plain(candidate) === meant);
}

/** Looks a word up in the same way; the table has the words in lower case and without `_`, `-` and space. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: unknown): T | undefined {
  return Object.hasOwn(table, plain(word)) ? table[plain(word)] : undefined;
}

/** The entries of a list, where nobody is told of what is none. */
export function entriesOf(value: unknown): readonly unknown[] {
  return readList(value, '', () => undefined);
}
