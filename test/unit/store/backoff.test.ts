import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRetryable, pollDelay, retryDelay } from '../../../src/store/backoff.js';

const HOUR = 3_600_000;

describe('retryDelay', () => {
  it.each([
    // failures, random, retryAfter, milliseconds
    [1, 0, undefined, 0],
    [1, 0.5, undefined, 500],
    [1, 0.999, undefined, 999],
    [2, 0.5, undefined, 1000],
    [3, 0.5, undefined, 2000],
    [9, 0.5, undefined, 128_000],
    [10, 0.5, undefined, 150_000],
    [50, 0.5, undefined, 150_000],
    [2000, 0.5, undefined, 150_000],
    [1, 0, 1000, 1000],
    [1, 0.5, 1000, 3500],
    [1, 0.5, 60_000, 75_000],
    [5, 0, 60_000, 60_000],
    [1, 0, 2_592_000_000, HOUR],
    [1, 0.5, 1e15, HOUR * 1.25],
    [1, 0, Infinity, HOUR],
    // What is no time to wait is as if the service had not said anything.
    [1, 0.5, 0, 500],
    [1, 0.5, -5000, 500],
    [1, 0.5, NaN, 500],
  ] as const)('failures %s, random %s, Retry-After %s: %s ms', (failures, random, retryAfter, delay) => {
    expect(retryDelay(failures, random, retryAfter)).toBeCloseTo(delay, 6);
  });

  it('is a delay that timers take, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.double(), { nil: undefined }),
        (failures, random, retryAfter) => {
          const delay = retryDelay(failures, random, retryAfter);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(1.5 * HOUR);
        },
      ),
    );
  });
});

describe('pollDelay', () => {
  it.each([
    [0, 0.5, undefined],
    [-1, 0.5, undefined],
    [NaN, 0.5, undefined],
    [60, 0, 60_000],
    [60, 0.5, 63_000],
    [0.001, 0, 1000],
  ])('%s s, random %s: %s ms', (refresh, random, delay) => {
    expect(pollDelay(refresh, random)).toBe(delay);
  });
});

it('isRetryable knows what waiting can help with', () => {
  const retryable = ['offline', 'timeout', 'rate-limited', 'server'] as const;
  const final = ['unauthorized', 'forbidden', 'not-found', 'bad-shape', 'too-large', 'storage', 'unknown'] as const;
  expect(retryable.filter(isRetryable)).toEqual(retryable);
  expect(final.filter(isRetryable)).toEqual([]);
});
