import type { Achievement } from './achievement.js';
import type { Clock } from './clock.js';
import type { Problem } from './problem.js';
import type { ProgressUpdate } from './progress-update.js';

/** Gives a token for one call; called again after a refusal. The token is never kept. */
export type TokenProvider = () => Promise<string> | string;

/** What a backend may use for one call; nothing of it is kept. */
export interface Call {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  readonly player?: string;
  /** A BCP 47 tag for `Accept-Language`. */
  readonly locale?: string;
  readonly token?: TokenProvider;
  /** 0 to below 1; `Math.random` where it is absent. */
  readonly random?: () => number;
  /**
   * Waits until a connection may be held to the origin of this absolute URL, of which a browser has few, and then holds it
   * for as long as `use` takes, which has to end with `signal`. Resolves with what that gave, or with nothing once the
   * signal is aborted. Only for `listen`, and absent where nobody counts.
   */
  readonly hold?: <T>(url: string, use: () => Promise<T>) => Promise<T | undefined>;
}

/** One page of an answer as it was last seen. */
export interface PageValidator {
  /** The URL it was asked at. */
  readonly url: string;
  readonly etag: string;
}

/** What is needed to ask whether something is still true; opaque to everyone but the backend that made it. */
export interface Validator {
  /** Every page with its ETag, where the service sent one for each of them. */
  readonly pages?: readonly PageValidator[];
  /** A digest of all bodies, for services without ETag. */
  readonly digest: string;
}

/** A new answer. */
export interface Fresh {
  readonly achievements: readonly Achievement[];
  /** How many the service says there are, where it tells. */
  readonly total?: number;
  /** Some are missing, whether or not `total` tells how many: pages, entries, or all of a service. */
  readonly isPart?: true;
  readonly validator?: Validator;
  /** What was wrong with an answer that could be used all the same: items skipped, pages missing. */
  readonly problem?: Problem;
}

/** What a player did: exactly one of `set`, `add` and `unlock`. */
export interface ReportIntent {
  /** The achievement's `id` at its service, or its `key`. */
  readonly achievement: string;
  /** The progress is now this; the service keeps the larger one, so that a late report does no harm. */
  readonly set?: number;
  /** So much was added, above 0. */
  readonly add?: number;
  readonly unlock?: true;
}

/** What a player did, as an intent: the request is built when it is sent. */
export interface Report extends ReportIntent {
  /** The idempotency key. */
  readonly id: string;
  /** The achievement's `key`, where it was known when it was reported. */
  readonly key?: string;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
}

/** What became of one report. */
export interface ReportAnswer {
  readonly id: string;
  /**
   * `accepted`: done now. `duplicate`: it was done before. `rejected`: it never will be. `retry`: not now; reports of the
   * same achievement that came after it were not done either.
   */
  readonly outcome: 'accepted' | 'duplicate' | 'rejected' | 'retry';
  /** Why, in the service's words; for `rejected` and `retry`. */
  readonly code?: string;
  /**
   * The HTTP status that a request with this report alone was refused with; for `rejected`. A service that is down looks the
   * same, so that it counts only beside others that were accepted.
   */
  readonly status?: number;
  /** The whole achievement as it is now. */
  readonly achievement?: Achievement;
  /** What moved, where the service tells that instead. */
  readonly updates?: readonly ProgressUpdate[];
}

/** Says that something changed at the service; the next pull tells what. */
export interface Change {
  readonly revision?: string;
  /** Shown until an answer has it. It is read once, if at all: of a flood only the latest are. */
  readonly updates?: readonly ProgressUpdate[] | undefined;
}

/** A service that keeps achievements. A missing verb is a fact: without `push` it is read-only. */
export interface Backend {
  /** The service, for instance `xbox`; part of every achievement's key. */
  readonly id: string;
  /** What makes its data different from another instance's, such as its URL; part of the cache key. */
  readonly scope: string;
  /**
   * Asks for everything. `known` is the validator of what the caller still has.
   * @throws {ProblemError} whatever kept it from a usable answer
   */
  pull(known: Validator | undefined, call: Call): Promise<Fresh | 'unchanged'>;
  /** What makes the place that reports go to different from another's; `scope` where it is absent. */
  readonly reportScope?: string;
  /** How many reports go in one push at most; 50 where it is absent. */
  readonly pushLimit?: number;
  /**
   * How long the service remembers the id of a report, in milliseconds since it was first sent; for ever where it is
   * absent. An older one is asked for with `recall` instead of sent again.
   */
  readonly remembersFor?: number;
  /** Why an intent cannot be reported here, for instance `Xbox takes no "add".`; nothing where it can. */
  refuses?(intent: ReportIntent, achievement?: Achievement): string | undefined;
  /**
   * Sends reports, in the order given. What has no answer was perhaps done and perhaps not, and is sent again.
   * @throws {ProblemError} where nothing was answered at all
   */
  push?(reports: readonly Report[], call: Call): Promise<readonly ReportAnswer[]>;
  /** What became of reports, by their ids. One that the service does not know has no answer. */
  recall?(ids: readonly string[], call: Call): Promise<readonly ReportAnswer[]>;
  /**
   * Calls `changed` whenever something changed, until `call.signal` is aborted. It reconnects by itself, and never throws
   * nor rejects: a change that is missed costs freshness only.
   */
  listen?(changed: (hint?: Change) => void, call: Call): void;
  /** `listen` holds a connection, each in `call.hold`, of which one is enough for all pages of a player. */
  readonly holdsConnection?: true;
  /** Makes updates of what the service pushed to the host: effects, a frame. Nothing where it is something else. */
  translate?(pushed: unknown): readonly ProgressUpdate[] | undefined;
}
