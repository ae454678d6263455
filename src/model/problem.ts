/** Everything that can go wrong on the way from a service to the screen. */
export const PROBLEM_CODES = [
  'offline',
  'timeout',
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'server',
  'bad-shape',
  'too-large',
  'incomplete',
  'storage',
  'unknown',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** An achievement in an answer, or an override, that could not be used. It carries no text of the achievement: it may be a secret one. */
export interface SkippedItem {
  /** Its place in the answer or the file, from 0. */
  readonly index: number;
  readonly id?: string;
  /** What was wrong, for instance `name: expected string`. */
  readonly reason: string;
}

/** A value of an achievement that could not be used, although the achievement could. It carries no text of either. */
export interface OmittedValue {
  /** The place of the achievement in the answer, from 0. */
  readonly index: number;
  readonly id?: string;
  /** The member, for instance `unlockedAt` or `rewards`. */
  readonly member: string;
  /** What was expected, for instance `a time`. */
  readonly expected: string;
}

/** A problem as plain data: safe to store, to log and to send in an event. It never holds a token or a body. */
export interface Problem {
  readonly code: ProblemCode;
  /** What happened and what a person can do about it, in English; elements show their own words by `code`. */
  readonly message: string;
  /** The HTTP status, where one was answered. */
  readonly status?: number;
  /** How long the service asks to wait, in milliseconds, from its `Retry-After`. */
  readonly retryAfter?: number;
  /** What was left out, where the rest could be shown. */
  readonly skipped?: readonly SkippedItem[];
  /** Single values that were left out, where their achievements could be shown. */
  readonly omitted?: readonly OmittedValue[];
}

/**
 * Whether a problem is for the host of the page alone: every achievement is there, only single values were left out, so
 * that what is shown is whole and up to date.
 */
export function isForHostOnly({ code, omitted, skipped }: Problem): boolean {
  return code === 'bad-shape' && omitted !== undefined && skipped === undefined;
}

/** A `Problem` that is thrown. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Turns anything thrown into a problem; what is not a `ProblemError` becomes `unknown` with its message. */
export function problemFrom(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'unknown', message: `Something unexpected went wrong: ${reason}. Try again.` };
}
