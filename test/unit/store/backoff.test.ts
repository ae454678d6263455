import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRetryable, pollDelay, retryDelay } from '../../../src/store/backoff.js';
import { VERSION } from '../../../src/store/cache.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { createTrafficControl } from '../../../src/store/traffic.js';
import { fakeClock } from '../../support/fake-clock.js';

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

describe('how the tries at an origin went', () => {
  const SCOPE = 'https://service.example/list';
  const key = ['1', '', 'https://service.example', '', '', 'traffic'];
  const good = { v: VERSION, tokens: 5, refilledAt: 0, failures: 2, notBefore: 0 };

  /** How long a page waits in all until it tries, where the device holds this. */
  async function waitedWith(kept: (now: number) => unknown): Promise<number> {
    const clock = fakeClock();
    const storage = memoryStorage();
    await storage.update(key, () => kept(clock.now()));
    const traffic = createTrafficControl(() => storage, SCOPE, { clock, random: () => 0 });
    const began = clock.now();
    for (let asked = 0; asked < 10; asked++) {
      const wait = await traffic.claim();
      if (wait === 0) return clock.now() - began;
      await clock.advance(wait);
    }
    return Infinity;
  }

  it.each<[string, (now: number) => unknown, number]>([
    ['nothing', () => undefined, 0],
    ['what is as it should be', (now) => ({ ...good, refilledAt: now, notBefore: now + 5000 }), 5000],
    ['a text', () => 'x', 0],
    ['no numbers', () => ({ ...good, tokens: '5', failures: null }), 0],
    [
      'a time before which nothing is tried, in thirty thousand years',
      () => ({ ...good, notBefore: 1e15 }),
      1.5 * HOUR,
    ],
    ['a time that is none', () => ({ ...good, notBefore: 1e300 }), 0],
    ['a time that is not a number', () => ({ ...good, notBefore: NaN }), 0],
    [
      'the time of a clock that was wrong',
      (now) => ({ ...good, refilledAt: now + 1e12, notBefore: now + 1e12 }),
      1.5 * HOUR,
    ],
    ['a debt of tries', (now) => ({ ...good, tokens: -1e9, refilledAt: now }), HOUR / 12],
    ['failures without end', () => ({ ...good, failures: 1e300 }), 0],
    ['more tries than there are', () => ({ ...good, tokens: 1e300 }), 0],
  ])('is read from the device, and blocks nothing for ever: %s', async (_name, kept, longest) => {
    const waited = await waitedWith(kept);
    expect(waited).toBeLessThanOrEqual(longest);
    expect(waited === 0).toBe(longest === 0);
  });

  it('blocks nothing for longer than two hours, whatever the device holds', async () => {
    const some = fc.record({
      v: fc.constant(VERSION),
      tokens: fc.oneof(fc.double(), fc.anything()),
      refilledAt: fc.oneof(fc.double(), fc.integer({ min: 0, max: 2e12 })),
      failures: fc.oneof(fc.nat(), fc.double()),
      notBefore: fc.oneof(fc.double(), fc.integer({ min: 0, max: 9e15 })),
    });
    await fc.assert(
      fc.asyncProperty(some, async (kept) => {
        expect(await waitedWith(() => kept)).toBeLessThanOrEqual(2 * HOUR);
      }),
    );
  });
});
