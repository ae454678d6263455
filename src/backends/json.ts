import type * as z from 'zod/mini';
import { dropAbsent } from '../model/absent.js';
import type { Backend, Call, ReportAnswer } from '../model/backend.js';
import { ProblemError } from '../model/problem.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { listenToStream } from './event-stream.js';
import { type JsonAnswer, requestJson } from './http.js';
import { readItem } from './items.js';
import { type Loose, normalise, numeric, oneOf, words } from './normalise.js';
import { type Page, type SourceOptions, pullPages, readCursor } from './pages.js';
import { either, flag, list, loose, nullish, object, string, stringOrNumber, text } from './schema.js';
import { chunksOf, sentReport } from './reports.js';
import { type Source, sourceOf, withQuery } from './source.js';
import { pushedValue, updateOf } from './updates.js';

/** How achievements in the JSON protocol are asked for. A static file answers questions only, so the rest is opt-in. */
export interface JsonOptions extends SourceOptions {
  /**
   * Where reports go: `true` for `reports` below the path of `src`, with its query, or a URL of its own. The default is
   * false: nothing is reported.
   */
  readonly reports?: boolean | string;
  /**
   * The event stream that tells of changes: `true` for `events` below the path of `src`, with its query, or a URL of its
   * own. The default is false: nothing is listened to.
   */
  readonly events?: boolean | string;
}

/** A picture: its URL, or an object with it. */
const media = nullish(either(string, object({ url: text, name: text })));

export const rewards = list(
  object({ kind: text, name: text, description: text, value: loose, unit: text, image: text }),
);

/**
 * One achievement in the JSON protocol: the members of the model, of which only `id` and `name` are required. Times are
 * RFC 3339 texts; milliseconds since 1970 are taken too. `null` is absent, and unknown members are left out.
 */
export const achievementSchema = object({
  id: stringOrNumber,
  name: string,
  /** Unique over everything shown; `json:{id}` if absent. */
  key: text,
  description: text,
  lockedDescription: text,
  /** If absent it follows from `unlockedAt` and the progress. */
  state: text,
  secret: flag,
  revoked: flag,
  requirements: list(
    object({ id: loose, current: loose, target: loose, unit: text, participation: text, operation: text }),
  ),
  /** Short for one requirement; `ratio` (0 to 1) alone where there are no numbers. */
  progress: nullish(object({ current: loose, target: loose, ratio: loose, unit: text })),
  startedAt: loose,
  unlockedAt: loose,
  resetsAt: loose,
  window: nullish(object({ startsAt: loose, endsAt: loose })),
  recurrence: text,
  activation: text,
  timesEarned: loose,
  rewards,
  /** Short for a reward of kind `points`. */
  points: loose,
  media: nullish(object({ icon: media, art: media })),
  /** Short for `media.icon`. */
  icon: media,
  rarity: nullish(object({ percent: loose, category: text })),
  type: text,
  participation: text,
  platforms: list(text),
  titles: list(object({ id: loose, name: text, version: loose })),
  campaigns: list(loose),
  apiName: text,
  productId: text,
  serviceConfigId: text,
  estimatedSeconds: loose,
  deepLink: text,
  category: text,
  order: loose,
});

/** One achievement as a server may send it. */
export type JsonAchievement = z.input<typeof achievementSchema>;

const progressSchema = object({
  id: loose,
  key: text,
  state: text,
  requirements: list(object({ id: loose, current: loose, target: loose })),
  progress: nullish(object({ current: loose, target: loose, ratio: loose })),
  startedAt: loose,
  unlockedAt: loose,
  resetsAt: loose,
});

const resultSchema = object({ id: stringOrNumber, outcome: string, code: text });

/** In one request. */
const MOST_REPORTS = 50;
/** Milliseconds. */
const DAY = 86_400_000;

/** `{achievements, cursor, total}`, or a bare array. */
function readPage(body: unknown, first: string): Page | undefined {
  const { achievements, cursor, total } = Object(body) as Record<string, unknown>;
  const entries = Array.isArray(body) ? body : achievements;
  if (!Array.isArray(entries)) return undefined;
  const { next, brokenNext } = readCursor(cursor);
  return { entries, next: next && withQuery(first, 'cursor', next), brokenNext, total: numeric(total as Loose) };
}

/** `{achievements}` as in the list, of which only the progress is taken; what names no achievement is left out. */
function readUpdates(pushed: unknown): readonly ProgressUpdate[] | undefined {
  const { achievements } = Object(pushedValue(pushed)) as Record<string, unknown>;
  if (!Array.isArray(achievements)) return undefined;
  return achievements
    .map((entry) => readItem(entry, progressSchema, (raw) => updateOf(raw, 'json')))
    .filter((made) => typeof made === 'object');
}

/**
 * `{results}`. One that cannot be read, or is for a report that nobody asked about, answers nothing; so does a second one
 * for the same report.
 * @throws {ProblemError} `bad-shape` where there are no results at all
 */
function readResults({ body, url }: JsonAnswer, asked: readonly string[], now: number): readonly ReportAnswer[] {
  const { results } = Object(body) as Record<string, unknown>;
  if (!Array.isArray(results)) {
    const message = `${new URL(url).pathname} answered no results. Check the address, and whether it takes reports.`;
    throw new ProblemError({ code: 'bad-shape', message });
  }
  const open = new Set(asked);
  return results.flatMap((entry: unknown) => {
    const answer = readItem(entry, resultSchema, ({ id, outcome, code }) => ({
      id: String(id),
      outcome: oneOf(outcome, 'accepted', 'duplicate', 'rejected', 'retry'),
      code: words(code),
    }));
    if (typeof answer === 'string' || !answer.outcome || !open.delete(answer.id)) return [];
    // An achievement that cannot be read costs only itself: the report was done all the same.
    const { achievement } = entry as { readonly achievement?: unknown };
    const made = readItem(achievement, achievementSchema, (raw) => normalise(raw, { base: url }, 'json', now));
    return [
      dropAbsent({ ...answer, outcome: answer.outcome, achievement: typeof made === 'string' ? undefined : made }),
    ];
  });
}

/** Where a part of the protocol is; nothing where the service has not got it. */
function partOf(src: string, where: boolean | string | undefined, segment: string): Source | undefined {
  if (typeof where === 'string') return sourceOf(where);
  return where ? sourceOf(src, segment) : undefined;
}

/**
 * Achievements in the JSON protocol: `{ achievements, cursor, total }` from a server, or a static file with that or with
 * a bare array. Reports and events only with the options of that name.
 */
export function json({ reports, events, ...options }: JsonOptions): Backend {
  const source = sourceOf(options.src);
  const reporting = partOf(options.src, reports, 'reports');
  const stream = partOf(options.src, events, 'events');
  const send = async (url: string, asked: readonly string[], call: Call, body?: unknown) => {
    // Nothing was said to be known, so it cannot be "not modified".
    const answer = (await requestJson({ ...options, url, body }, call)) as JsonAnswer;
    return readResults(answer, asked, call.clock.now());
  };
  return {
    id: 'json',
    scope: source.scope,
    pull: async (known, call) => {
      const now = call.clock.now();
      return pullPages(
        {
          options,
          lists: [source.url()],
          schema: achievementSchema,
          page: readPage,
          translate: (raw, place) => normalise(raw, place, 'json', now),
        },
        known,
        call,
      );
    },
    translate: readUpdates,
    ...(reporting
      ? {
          reportScope: reporting.scope,
          pushLimit: MOST_REPORTS,
          remembersFor: 30 * DAY,
          push: async (sent, call) =>
            send(
              reporting.url(),
              sent.map(({ id }) => id),
              call,
              { reports: sent.map((report) => sentReport(report, 'json')) },
            ),
          // All or nothing: where an answer is missing, the service does not know the report.
          recall: async (ids, call) => {
            const chunks = chunksOf(ids, MOST_REPORTS);
            const ask = (some: readonly string[]) => send(withQuery(reporting.url(), 'ids', some.join()), some, call);
            return (await Promise.all(chunks.map(ask))).flat();
          },
        }
      : {}),
    ...(stream
      ? {
          holdsConnection: true as const,
          listen: (changed, call) =>
            listenToStream(
              { ...options, url: () => stream.url() },
              {
                event: ({ event, id, data }) => {
                  if (event === 'change') changed(dropAbsent({ revision: id, updates: readUpdates(data) }));
                },
                reconnected: () => changed(),
              },
              call,
            ),
        }
      : {}),
  };
}
