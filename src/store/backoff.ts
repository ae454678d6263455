import { LONGEST_BACKOFF } from '../model/retry.js';

export { LONGEST_BACKOFF, isRetryable, retryDelay } from '../model/retry.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The same while a person waits for reports to be sent. */
export const LONGEST_WATCHED_BACKOFF = MINUTE;

/** How many tries after failures an origin gets at once, from all pages together; each success gives one back. */
const BUDGET = 10;

/** After so long there is one more, in milliseconds. */
const REFILL = 5 * MINUTE;

/** After so many failures in a row only one page tries at a time. */
const BREAKER = 5;

/** How long the others wait for it, in milliseconds. */
const PROBE = 15 * SECOND;

/**
 * How long to wait before the next poll: a little more than asked for, so that pages opened together drift apart.
 * @param refresh in seconds
 * @returns milliseconds; `undefined` where nothing is polled
 */
export function pollDelay(refresh: number, random: number): number | undefined {
  return refresh > 0 ? Math.max(1, refresh) * SECOND * (1 + random / 10) : undefined;
}

/** How the tries at one origin went, over all pages of a browser. */
export interface Traffic {
  /** How many tries are left. */
  readonly tokens: number;
  /** When the last one was added, in epoch milliseconds. */
  readonly refilledAt: number;
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is tried before, in epoch milliseconds. */
  readonly notBefore: number;
}

/** Nothing has failed. */
export const QUIET: Traffic = { tokens: BUDGET, refilledAt: 0, failures: 0, notBefore: 0 };

/**
 * Asks for one more try after failures. Where nothing failed it costs nothing.
 * @returns how long to wait and then ask again, in milliseconds, 0 for a try; and what the others are to know
 */
export function claimTry(traffic: Traffic, now: number, random: number): { wait: number; traffic: Traffic } {
  if (traffic.failures === 0) return { wait: 0, traffic };
  // A clock that was set back must not stop everything until it has caught up.
  const isSetBack = traffic.refilledAt > now;
  const added = isSetBack ? 0 : Math.floor((now - traffic.refilledAt) / REFILL);
  const tokens = Math.min(BUDGET, traffic.tokens + added);
  const refilledAt = isSetBack ? now : traffic.refilledAt + added * REFILL;
  const notBefore = isSetBack ? Math.min(traffic.notBefore, now + LONGEST_BACKOFF) : traffic.notBefore;
  const refilled = { ...traffic, tokens, refilledAt, notBefore };
  if (notBefore > now) return { wait: notBefore - now, traffic: refilled };
  if (tokens < 1) return { wait: refilledAt + REFILL - now + random * MINUTE, traffic: refilled };
  const probing = traffic.failures < BREAKER ? notBefore : now + PROBE;
  return { wait: 0, traffic: { ...refilled, tokens: tokens - 1, notBefore: probing } };
}

/** After a failure. `delay` as `retryDelay` says, in milliseconds. */
export function afterFailure(traffic: Traffic, now: number, delay: number): Traffic {
  return {
    ...traffic,
    refilledAt: traffic.failures === 0 && traffic.tokens === BUDGET ? now : traffic.refilledAt,
    failures: traffic.failures + 1,
    notBefore: now + delay,
  };
}

/** After a success: one more try is there for the next time that something fails. */
export function afterSuccess(traffic: Traffic): Traffic {
  return { ...traffic, tokens: Math.min(BUDGET, traffic.tokens + 1), failures: 0, notBefore: 0 };
}
