import { dropAbsent } from '../model/absent.js';
import type { Achievement } from '../model/achievement.js';
import type { Call, Fresh, PageValidator, Validator } from '../model/backend.js';
import { type Problem, ProblemError, isForHostOnly } from '../model/problem.js';
import { digestOf } from '../model/digest.js';
import { writeJson } from '../model/json.js';
import { type JsonAnswer, type JsonRequest, type RequestOptions, requestJson } from './http.js';
import type { ReadLibrary } from '../model/reader/library.js';
import { type Entries, type ReadEntry, readItems, readItemsInSlices } from './items.js';

/** What every backend that asks a URL takes. */
export interface SourceOptions extends RequestOptions {
  /** The URL of the first page; a relative one is relative to the document. */
  readonly src: string;
  /** How many pages of a list are read at most, at least 1. The default is 40. */
  readonly pageLimit?: number;
}

/** One page as its service means it. */
export interface Page {
  readonly entries: readonly unknown[];
  /** The URL of the next page; none on the last one. */
  readonly next?: string | undefined;
  /** Why there is no `next` although the service means one, for instance `its cursor is no text`. */
  readonly brokenNext?: string | undefined;
  /** How many achievements the service says there are on all pages, the first one asked included. */
  readonly total?: number | undefined;
}

/** What differs from service to service. */
export interface Plan {
  readonly options: RequestOptions & { readonly pageLimit?: number };
  /** The first page of each list; in a later list stands what wins over the first. */
  readonly lists: readonly string[];
  /** Finds the entries in a body; `undefined` where it is no answer of this service. `read` counts the entries before. */
  page(body: unknown, first: string, read: number): Page | undefined;
  readonly read: ReadEntry;
  readonly instead?: JsonRequest['instead'];
  /** Why a list that looks whole is doubtful all the same, and what to do; nothing where it is not. */
  doubt?(achievements: readonly Achievement[]): string | undefined;
  /** Completes the achievements with further requests. Their answers have no ETag of the list, so the digest decides. */
  complete?(achievements: readonly Achievement[]): Promise<readonly Achievement[]>;
}

const PAGE_LIMIT = 40;
/** How many entries of a page are compared with those of others. */
const SAMPLES = 50;

/** The longest text that names a next page. */
const LONGEST_CURSOR = 2048;

const CHECK_PROXY = 'Check that the proxy passes on the query and the paging information.';
const AGAIN = `The page that should follow was read before. ${CHECK_PROXY}`;
const NO_NEXT = `The service names no further page. ${CHECK_PROXY}`;

/** What names the next page: nothing on the last one. A text that is too long is no shorter one: it names nothing. */
export function readCursor(cursor: unknown): { readonly next?: string; readonly brokenNext?: string } {
  if (cursor === undefined || cursor === null || cursor === false) return {};
  const isNumber = typeof cursor === 'number' && Number.isFinite(cursor);
  if (typeof cursor !== 'string' && !isNumber) return { brokenNext: 'its cursor is no text' };
  const next = String(cursor).trim();
  if (next.length > LONGEST_CURSOR) return { brokenNext: `its cursor is longer than ${LONGEST_CURSOR} characters` };
  // encodeURIComponent() throws on half a character.
  if (/\p{Surrogate}/u.test(next)) return { brokenNext: 'its cursor is no well-formed text' };
  return next ? { next } : {};
}

/** How one list was read. */
interface Reading {
  /** The most that any of its pages counts. */
  readonly total: number | undefined;
  /** Why no more was read, and what to do; absent where the service named no further page. */
  readonly stop: string | undefined;
}

/** What could be read of one of several lists, of which nothing may be usable. */
function readList(pages: readonly Entries[], { read }: Plan): ReadLibrary {
  try {
    return readItems(pages, read);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { achievements: [], unread: pages.reduce((sum, { entries }) => sum + entries.length, 0) };
  }
}

/** What a list lacks, in words; nothing where it is whole. */
function shortageOf({ total, stop }: Reading, { achievements, unread }: ReadLibrary): string | undefined {
  const known = achievements.length;
  const size = known + unread;
  // A further page that is named once all have come holds nothing. One after more than all: the count is wrong.
  if (stop ? size === total : size >= (total ?? 0)) return undefined;
  const all = total !== undefined && total > known ? total : 'more';
  return `Only ${known} of ${all} achievements are shown. ${stop ?? NO_NEXT}`;
}

/** Enough of a page to tell it from every other one; all of it would be written and read once more. */
function sampleOf(entries: readonly unknown[]): readonly unknown[] {
  const step = Math.max(1, Math.ceil(entries.length / SAMPLES));
  return [entries.length, entries.at(-1), ...entries.filter((_, index) => index % step === 0)];
}

const joined = (...texts: readonly (string | undefined)[]) => texts.filter(Boolean).join(' ');

/**
 * Asks for every page with the ETag it had. Gives 'unchanged' if all are, the new first page if that is what changed,
 * and nothing if a later one did: then everything has to be read again, since pages shift.
 */
async function revalidate(
  pages: readonly PageValidator[],
  request: (url: string, etag?: string) => Promise<JsonAnswer | 'not-modified'>,
): Promise<'unchanged' | JsonAnswer | undefined> {
  for (const [index, { url, etag }] of pages.entries()) {
    try {
      const answer = await request(url, etag);
      if (answer !== 'not-modified') return index === 0 ? answer : undefined;
    } catch (error) {
      // A later page that is gone, or a cursor that is too old: not an error, but no answer either.
      const status = error instanceof ProblemError ? (error.problem.status ?? 0) : 0;
      if (index > 0 && [400, 404, 410, 412].includes(status)) return undefined;
      throw error;
    }
  }
  return 'unchanged';
}

const withoutQuery = (url: string) => url.split('?')[0];

/** Whether a validator belongs to these lists. It comes from the device, and the token goes where it says. */
function fits(pages: readonly PageValidator[], lists: readonly string[]): boolean {
  return (
    pages[0]?.url === lists[0] &&
    lists.every((first) => pages.some(({ url }) => url === first)) &&
    pages.every(({ url }) => lists.some((first) => withoutQuery(first) === withoutQuery(url)))
  );
}

/**
 * Reads all pages of all lists, checks and translates them. Nothing is given before everything is read, so that a
 * failure half-way leaves what the caller has.
 * @throws {ProblemError} whatever kept it from a usable answer
 */
export async function pullPages(plan: Plan, known: Validator | undefined, call: Call): Promise<Fresh | 'unchanged'> {
  const { lists, options } = plan;
  // Not less than one page, and no number at all is no limit to hold to.
  const pageLimit = Math.max(1, Number(options.pageLimit ?? PAGE_LIMIT) || PAGE_LIMIT);
  const request = (url: string, etag?: string) =>
    requestJson({ ...options, url, etag, instead: url === lists[0] ? plan.instead : undefined }, call);

  let start: JsonAnswer | undefined;
  if (known?.pages && !plan.complete && fits(known.pages, lists)) {
    const answer = await revalidate(known.pages, request);
    if (answer === 'unchanged') return answer;
    start = answer;
  }

  const pages: Entries[] = [];
  const validators: PageValidator[] = [];
  const digests: string[] = [];
  const readings: Reading[] = [];
  let tagged = true;
  for (const [list, first] of lists.entries()) {
    const visited = new Set<string>();
    const contents = new Set<string>();
    let read = 0;
    let total: number | undefined;
    let stop: string | undefined;
    for (let url: string | undefined = first; url !== undefined && stop === undefined;) {
      if (visited.size >= pageLimit) {
        stop = `Ask for larger pages, or raise pageLimit (${pageLimit}).`;
        break;
      }
      visited.add(url);
      const answer: JsonAnswer | 'not-modified' = start ?? (await request(url));
      start = undefined;
      // Nothing was said to be known, so this cannot be; the types do not know.
      if (answer === 'not-modified') break;
      const page = plan.page(answer.body, first, read);
      if (!page) {
        const message = `${new URL(url).pathname} answered no list of achievements. Check the address and the backend.`;
        throw new ProblemError({ code: 'bad-shape', message });
      }
      const { entries, next, brokenNext } = page;
      if (Number.isSafeInteger(page.total)) total = Math.max(page.total!, total ?? 0);
      // The first page again, whatever is asked for. One page alone need not be compared.
      const isAlone = visited.size === 1 && next === undefined;
      const content = isAlone || entries.length === 0 ? undefined : digestOf(writeJson(sampleOf(entries)));
      if (content !== undefined && contents.has(content)) {
        stop = AGAIN;
        break;
      }
      if (content !== undefined) contents.add(content);
      pages.push({ entries, base: answer.url, list });
      digests.push(digestOf(answer.text));
      if (answer.etag) validators.push({ url, etag: answer.etag });
      else tagged = false;
      read += entries.length;
      url = next;
      // A token that comes again would lead round in circles.
      if (next !== undefined && visited.has(next)) stop = AGAIN;
      if (brokenNext) stop = `The page that follows cannot be asked for: ${brokenNext}. ${CHECK_PROXY}`;
    }
    readings.push({ total, stop });
  }

  const digest = digestOf(digests.join());
  if (!plan.complete && known?.digest === digest) return 'unchanged';

  const items = await readItemsInSlices(pages, plan.read, call);
  const achievements = (await plan.complete?.(items.achievements)) ?? items.achievements;
  const shortages = readings.flatMap((reading, list) => {
    if (lists.length === 1) return shortageOf(reading, items) ?? [];
    const own = readList(
      pages.filter((page) => page.list === list),
      plan,
    );
    const shortage = shortageOf(reading, own);
    return shortage ? `${new URL(lists[list]!).pathname}: ${shortage}` : [];
  });
  const doubt = shortages.length === 0 ? plan.doubt?.(achievements) : undefined;
  const missing = [...shortages, ...(doubt ? [doubt] : [])];
  const problem: Problem | undefined =
    missing.length > 0
      ? { ...items.problem, code: 'incomplete', message: joined(...missing, items.problem?.message) }
      : items.problem;

  let total = readings[0]?.total;
  // What cannot be read is there too. In several lists the same thing may be unreadable twice.
  if (items.unread > 0 && lists.length === 1) total = Math.max(total ?? 0, achievements.length + items.unread);
  const fresh: Fresh = dropAbsent({
    achievements,
    total,
    isPart: missing.length > 0 || items.unread > 0 ? (true as const) : undefined,
  });
  // Without a validator it is read again next time: "unchanged" would sound as if all were well.
  if (problem && !isForHostOnly(problem)) return { ...fresh, problem };
  const completed = plan.complete ? digestOf(digest + writeJson(achievements)) : digest;
  if (known?.digest === completed) return 'unchanged';
  return {
    ...fresh,
    ...(problem ? { problem } : {}),
    validator: { digest: completed, ...(tagged && !plan.complete ? { pages: validators } : {}) },
  };
}
