import type * as z from 'zod/mini';
import type { Achievement } from '../model/achievement.js';
import type { Call, Fresh, PageValidator, Validator } from '../model/backend.js';
import { type Problem, ProblemError } from '../model/problem.js';
import { digestOf } from '../model/digest.js';
import { type JsonAnswer, type JsonRequest, type RequestOptions, requestJson } from './http.js';
import { type Entries, type Translate, readItems } from './items.js';

/** What every backend that asks a URL takes. */
export interface SourceOptions extends RequestOptions {
  /** The URL of the first page; a relative one is relative to the document. */
  readonly src: string;
  /** How many pages are read at most. The default is 40. */
  readonly pageLimit?: number;
}

/** One page as its service means it. */
export interface Page {
  readonly entries: readonly unknown[];
  /** The URL of the next page; none on the last one. */
  readonly next?: string | undefined;
  /** How many achievements the service says there are on all pages. */
  readonly total?: number | undefined;
}

/** What differs from service to service. */
export interface Plan<Raw> {
  readonly options: RequestOptions & { readonly pageLimit?: number };
  /** The first page of each list; in a later list stands what wins over the first. */
  readonly lists: readonly string[];
  readonly schema: z.core.$ZodType<Raw>;
  /** Finds the entries in a body; `undefined` where it is no answer of this service. `read` counts the entries before. */
  page(body: unknown, first: string, read: number): Page | undefined;
  readonly translate: Translate<Raw>;
  readonly instead?: JsonRequest['instead'];
  /** Completes the achievements with further requests. Their answers have no ETag of the list, so the digest decides. */
  complete?(achievements: readonly Achievement[]): Promise<readonly Achievement[]>;
}

const PAGE_LIMIT = 40;

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
export async function pullPages<Raw>(
  plan: Plan<Raw>,
  known: Validator | undefined,
  call: Call,
): Promise<Fresh | 'unchanged'> {
  const { lists, options } = plan;
  const { pageLimit = PAGE_LIMIT } = options;
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
  let tagged = true;
  let cut = false;
  let total: number | undefined;
  for (const [list, first] of lists.entries()) {
    const visited = new Set<string>();
    let read = 0;
    // A token that comes again would lead round in circles.
    for (let url: string | undefined = first; url !== undefined && !visited.has(url);) {
      if (visited.size === pageLimit) {
        cut = true;
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
      pages.push({ entries: page.entries, base: answer.url, list });
      digests.push(digestOf(answer.text));
      if (answer.etag) validators.push({ url, etag: answer.etag });
      else tagged = false;
      if (list === 0) total ??= page.total;
      read += page.entries.length;
      url = page.next;
    }
  }

  const digest = digestOf(digests.join());
  if (!plan.complete && known?.digest === digest) return 'unchanged';

  const items = readItems(pages, plan.schema, plan.translate);
  const achievements = (await plan.complete?.(items.achievements)) ?? items.achievements;
  let { problem } = items;
  if (cut) {
    const message = `Only ${achievements.length} of ${total ?? 'more'} achievements are shown. Ask for larger pages, or raise pageLimit (${pageLimit}).`;
    problem = {
      ...problem,
      code: 'too-large',
      message: [message, problem?.message].filter(Boolean).join(' '),
    } satisfies Problem;
  }
  const fresh: Fresh = { achievements, ...(total === undefined ? {} : { total }) };
  // Without a validator it is read again next time: "unchanged" would sound as if all were well.
  if (problem) return { ...fresh, problem };
  const completed = plan.complete ? digestOf(digest + JSON.stringify(achievements)) : digest;
  if (known?.digest === completed) return 'unchanged';
  return {
    ...fresh,
    validator: { digest: completed, ...(tagged && !plan.complete ? { pages: validators } : {}) },
  };
}
