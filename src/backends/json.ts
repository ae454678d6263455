import { dropAbsent } from '../model/absent.js';
import type { Backend, Call, ReportAnswer } from '../model/backend.js';
import { ProblemError } from '../model/problem.js';
import { readAchievement } from '../model/reader/achievement.js';
import { membersOf, numberOf, oneOf, readIdentifier, textOf } from '../model/reader/values.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { listenToStream } from './event-stream.js';
import { type JsonAnswer, requestJson } from './http.js';
import { type Page, type SourceOptions, pullPages, readCursor } from './pages.js';
import { chunksOf, sentReport } from './reports.js';
import { type Source, sourceOf, withQuery } from './source.js';
import { pushedValue, updateOf } from './updates.js';

export type { JsonAchievement } from './json-protocol.js';

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

const OUTCOMES = ['accepted', 'duplicate', 'rejected', 'retry'] as const;
const silent = () => undefined;
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
  return { entries, next: next && withQuery(first, 'cursor', next), brokenNext, total: numberOf(total) };
}

/** `{achievements}` as in the list, of which only the progress is taken; what names no achievement is left out. */
function readUpdates(pushed: unknown): readonly ProgressUpdate[] | undefined {
  const { achievements } = Object(pushedValue(pushed)) as Record<string, unknown>;
  if (!Array.isArray(achievements)) return undefined;
  return achievements.map((entry) => updateOf(entry, 'json')).filter((made) => typeof made === 'object');
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
    const { id: told, outcome: word, code, achievement } = membersOf(entry) ?? {};
    const id = readIdentifier(told, 'id', silent);
    const outcome = oneOf(word, OUTCOMES);
    if (id === undefined || !outcome || !open.delete(id)) return [];
    // An achievement that cannot be read costs only itself: the report was done all the same.
    const made = readAchievement(achievement, { form: 'json', backend: 'json', base: url, now }, silent);
    return [dropAbsent({ id, outcome, code: textOf(code), achievement: typeof made === 'string' ? undefined : made })];
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
          page: readPage,
          read: (entry, place, tell) => readAchievement(entry, { ...place, form: 'json', backend: 'json', now }, tell),
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
                  if (event !== 'change') return;
                  changed({
                    ...dropAbsent({ revision: id }),
                    // Read by whoever shows it: of ten thousand in a second nobody reads each.
                    get updates() {
                      return readUpdates(data);
                    },
                  });
                },
                connected: () => changed(),
              },
              call,
            ),
        }
      : {}),
  };
}
