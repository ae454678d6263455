import type { ProblemCode } from './problem.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The longest time between two tries, in milliseconds. */
export const LONGEST_BACKOFF = 5 * MINUTE;

const RETRYABLE: readonly ProblemCode[] = ['offline', 'timeout', 'rate-limited', 'server'];

/** Whether waiting can help; what the service refused, or says in words we do not understand, stays refused. */
export function isRetryable(code: ProblemCode): boolean {
  return RETRYABLE.includes(code);
}

/**
 * How long to wait before the next try. Full jitter, without a least delay: whatever makes clients wait for the same
 * time makes them come back at the same time.
 * @param failures how often it failed in a row, from 1
 * @param random 0 to below 1
 * @param retryAfter what the service asks for, in milliseconds; at most an hour of it is kept
 * @param longest the longest delay without that, in milliseconds
 * @param first the longest delay after the first failure, in milliseconds; it doubles with each
 * @returns milliseconds
 */
export function retryDelay(
  failures: number,
  random: number,
  retryAfter = 0,
  longest = LONGEST_BACKOFF,
  first = SECOND,
): number {
  if (retryAfter > 0) {
    const asked = Math.min(retryAfter, HOUR);
    return asked + random * Math.max(5 * SECOND, asked / 2);
  }
  return random * Math.min(longest, first * 2 ** (failures - 1));
}
