import type { Achievement } from './achievement.js';
import type { Clock } from './clock.js';
import type { Problem } from './problem.js';

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

/** A complete new answer. */
export interface Fresh {
  readonly achievements: readonly Achievement[];
  /** How many the service says there are, where it tells. */
  readonly total?: number;
  readonly validator?: Validator;
  /** What was wrong with an answer that could be used all the same: items skipped, pages cut off. */
  readonly problem?: Problem;
}

/** What a player did, as an intent: the request is built when it is sent. */
export interface Report {
  /** The idempotency key. */
  readonly id: string;
  /** The achievement's `id` at its service. */
  readonly achievement: string;
  readonly set?: number;
  readonly add?: number;
  readonly unlock?: true;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
}

/** What became of one report. */
export interface ReportAnswer {
  readonly id: string;
  readonly outcome: 'accepted' | 'duplicate' | 'rejected' | 'retry';
  readonly code?: string;
  readonly achievement?: Achievement;
}

/** Says that something changed at the service; the next pull tells what. */
export interface Change {
  readonly revision?: string;
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
  push?(reports: readonly Report[], call: Call): Promise<readonly ReportAnswer[]>;
  listen?(changed: (hint?: Change) => void, call: Call): void;
}
