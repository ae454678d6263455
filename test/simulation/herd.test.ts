import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/backends/http.js';
import {
  LONGEST_BACKOFF,
  LONGEST_WATCHED_BACKOFF,
  QUIET,
  type Traffic,
  afterFailure,
  afterSuccess,
  claimTry,
  retryDelay,
} from '../../src/store/backoff.js';
import { SeededRandom } from './random.js';
import { PLAYER, World } from './world.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CLIENTS = 100_000;
const BUCKET = 100;
const START = Date.UTC(2026, 0, 1);

/** Milliseconds until the next try, after so many failures in a row. */
type Delay = (failures: number, random: number, retryAfter: number | undefined) => number;

const ours: Delay = (failures, random, retryAfter) => retryDelay(failures, random, retryAfter);
const oursWatched: Delay = (failures, random, retryAfter) =>
  retryDelay(failures, random, retryAfter, LONGEST_WATCHED_BACKOFF);

interface Outcome {
  readonly calls: number;
  readonly mostCalls: number;
  /** The largest share of all clients that calls within one tenth of a second, from `after` on. */
  readonly peak: number;
}

interface Outage {
  readonly delay: Delay;
  /** The service is back, in milliseconds from the moment at which everybody failed. */
  readonly until: number;
  readonly retryAfter?: number;
  readonly hasBudget?: boolean;
  readonly clients?: number;
}

/** Every client fails in the same moment, and tries again until the service is back. */
function herd({ delay, until, retryAfter, hasBudget = true, clients = CLIENTS }: Outage): Outcome {
  const random = new SeededRandom(1);
  const buckets = new Map<number, number>();
  let sum = 0;
  let mostCalls = 0;
  for (let client = 0; client < clients; client++) {
    let traffic: Traffic = QUIET;
    let time = 0;
    let calls = 1;
    for (let failures = 1; ;) {
      const pause = delay(failures, random.next(), retryAfter);
      traffic = afterFailure(traffic, START + time, pause);
      time += pause;
      for (;;) {
        const claimed = claimTry(traffic, START + time, random.next());
        if (!hasBudget || claimed.wait === 0) {
          traffic = claimed.traffic;
          break;
        }
        time += claimed.wait;
      }
      calls += 1;
      if (time >= until) {
        const bucket = Math.floor(time / BUCKET);
        buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
        traffic = afterSuccess(traffic);
        break;
      }
      failures += 1;
    }
    sum += calls;
    mostCalls = Math.max(mostCalls, calls);
  }
  return { calls: sum / clients, mostCalls, peak: Math.max(...buckets.values()) / clients };
}

describe(`${CLIENTS.toLocaleString('en')} clients after an outage of a minute`, () => {
  it.each([
    ['of pages that nobody looks at', ours],
    ['while a person waits', oursWatched],
  ])('come back apart, with few calls: the delays %s', (_, delay) => {
    const { calls, mostCalls, peak } = herd({ delay, until: MINUTE });
    expect(peak).toBeLessThanOrEqual(0.01);
    expect(calls).toBeLessThanOrEqual(12);
    expect(mostCalls).toBeLessThanOrEqual(12);
  });

  it('would come back in one moment without chance', () => {
    const { peak } = herd({ delay: (failures) => SECOND * 2 ** (failures - 1), until: MINUTE });
    expect(peak).toBeGreaterThan(0.99);
  });

  it('would come back in one moment with a least delay, during the outage', () => {
    // The floor gathers everybody whose chance was small: the first tries come together.
    const delay: Delay = (failures, random) => Math.max(500, ours(failures, random, undefined));
    expect(herd({ delay, until: 400 }).peak).toBeGreaterThan(0.4);
  });

  it('has a budget: one try in five minutes once ten have failed', () => {
    const long = { delay: oursWatched, until: 20 * MINUTE, clients: 10_000 };
    // The first call, ten of the budget, four that came back by then, and the one that succeeds.
    expect(herd(long).mostCalls).toBeLessThanOrEqual(16);
    expect(herd({ ...long, hasBudget: false }).calls).toBeGreaterThan(30);
  });
});

describe('after Retry-After', () => {
  it.each([30, 60, 120, 3600])('%s s: not more than one in a hundred in any tenth of a second', (seconds) => {
    const { peak } = herd({ delay: ours, until: 1, retryAfter: seconds * SECOND });
    expect(peak).toBeLessThanOrEqual(0.01);
  });

  it('all would come together if it were obeyed to the second', () => {
    const exact: Delay = (_failures, _random, retryAfter = 0) => retryAfter;
    expect(herd({ delay: exact, until: 1, retryAfter: 30 * SECOND }).peak).toBe(1);
  });
});
