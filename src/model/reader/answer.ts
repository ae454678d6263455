import type { Fresh, PageValidator, Validator } from '../backend.js';
import { PROBLEM_CODES, type OmittedValue, type Problem, type SkippedItem } from '../problem.js';
import { cut, wellFormed } from '../text.js';
import { parseUrl } from '../url.js';
import { readAchievements } from './library.js';
import { LAST_MOMENT, membersOf, oneOf, readNumber } from './values.js';

// What belongs to a whole answer beside its achievements.

/** Characters of a problem's message. */
const LONGEST_MESSAGE = 2000;
const LONGEST_DIGEST = 100_000;
const MOST_PAGES = 1000;
/** An ETag as a header takes it (RFC 9110 section 8.8.3). */
const ETAG = /^[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]{0,1023}[\x21-\x7e\x80-\xff])?$/;

const silent = () => undefined;

function textIn(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' ? cut(wellFormed(value), longest) : undefined;
}

const place = (index: unknown) => readNumber(index, '', silent, 0) ?? 0;

/** A problem as it was kept or sent; `undefined` where it is none. */
export function readProblem(value: unknown): Problem | undefined {
  const members = membersOf(value);
  if (!members) return undefined;
  const { status, retryAfter, skipped, omitted } = members;
  const text = (given: unknown) => textIn(given, LONGEST_MESSAGE);
  const named = (id: unknown) => (typeof id === 'string' ? { id: cut(wellFormed(id), 64) } : {});
  const skips = !Array.isArray(skipped)
    ? undefined
    : skipped.slice(0, 100).map((item): SkippedItem => {
        const { index, id, reason } = membersOf(item) ?? {};
        return { index: place(index), ...named(id), reason: text(reason) ?? '' };
      });
  const omissions = !Array.isArray(omitted)
    ? undefined
    : omitted.slice(0, 100).map((item): OmittedValue => {
        const { index, id, member, expected } = membersOf(item) ?? {};
        return { index: place(index), ...named(id), member: text(member) ?? '', expected: text(expected) ?? '' };
      });
  const code = readNumber(status, '', silent, 0, 999);
  const wait = readNumber(retryAfter, '', silent, 0, LAST_MOMENT);
  return {
    code: oneOf(members['code'], PROBLEM_CODES) ?? 'unknown',
    message: text(members['message']) ?? '',
    ...(code === undefined ? {} : { status: code }),
    ...(wait === undefined ? {} : { retryAfter: wait }),
    ...(skips ? { skipped: skips } : {}),
    ...(omissions ? { omitted: omissions } : {}),
  };
}

/** A validator as it was kept; `undefined` where it is none. A token goes where it says, so that its backend checks it. */
export function readValidator(value: unknown): Validator | undefined {
  const { digest, pages } = membersOf(value) ?? {};
  if (typeof digest !== 'string' || digest.length > LONGEST_DIGEST) return undefined;
  if (pages === undefined) return { digest };
  const read = !Array.isArray(pages)
    ? []
    : pages.slice(0, MOST_PAGES).flatMap((page): PageValidator[] => {
        const { url, etag } = membersOf(page) ?? {};
        const isUsable = typeof url === 'string' && typeof etag === 'string' && ETAG.test(etag) && parseUrl(url);
        return isUsable ? [{ url, etag }] : [];
      });
  // With a page less it would say that nothing changed where something may have.
  return Array.isArray(pages) && read.length === pages.length ? { digest, pages: read } : undefined;
}

/** How many there are, where that is told. */
export function readTotal(value: unknown): number | undefined {
  const total = readNumber(value, '', silent, 0);
  return total === undefined ? undefined : Math.trunc(total);
}

/**
 * What a backend gave, whoever wrote it: read as everything else from outside. Whatever was left out is in its problem,
 * and without all of its achievements it has no validator: "unchanged" must never confirm a copy that was not read.
 * @returns the problem alone where it is no answer
 */
export function readFresh(answer: unknown, backend: string, now: number): Fresh | Problem {
  const members = membersOf(answer);
  const context = { form: 'either', backend, base: 'about:blank', now } as const;
  const { achievements, problem: found } = readAchievements(members?.['achievements'], context);
  if (!members || !Array.isArray(members['achievements'])) {
    const message = `The backend "${backend}" answered no list of achievements. Check the backend.`;
    return { code: 'bad-shape', message };
  }
  const total = readTotal(members['total']);
  const told = members['problem'] === undefined ? undefined : readProblem(members['problem']);
  const validator = found?.skipped ? undefined : readValidator(members['validator']);
  const problem = told && found ? { ...found, ...told, message: `${told.message} ${found.message}` } : (told ?? found);
  return {
    achievements,
    ...(total === undefined ? {} : { total }),
    ...(members['isPart'] === true || found?.skipped ? { isPart: true as const } : {}),
    ...(validator ? { validator } : {}),
    ...(problem ? { problem } : {}),
  };
}
