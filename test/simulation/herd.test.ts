import { describe, expect, it, vi } from 'vitest';
import { parseRetryAfter } from '../../src/backends/http.js';
import { ProblemError } from '../../src/model/index.js';
import {
  LONGEST_WATCHED_BACKOFF,
  QUIET,
  type Traffic,
  afterFailure,
  claimTry,
  retryDelay,
} from '../../src/store/backoff.js';
import { createStore } from '../../src/store/create-store.js';
import { SeededRandom } from './random.js';
import { type Client, World, type WorldOptions } from './world.js';

// Seconds on a machine that does nothing else; a bound, and not an expectation.
vi.setConfig({ testTimeout: 180_000 });

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

describe('when the connection is back', () => {
  /** When each of many pages asks after it was told so, in milliseconds. Chance is spread evenly, so that it says what is likely. */
  async function delays(pages: number, act: (world: World) => void, verb: 'pull' | 'push'): Promise<number[]> {
    const found: number[] = [];
    for (let page = 0; page < pages; page++) {
      const chance: { fixed?: number } = {};
      const world: World = new World({
        seed: page,
        adapt: (environment) => ({ ...environment, random: () => chance.fixed ?? environment.random() }),
      });
      const tab = world.openTab();
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.server.isReachable = false;
      tab.change({ saysOnline: false });
      act(world);
      await world.scheduler.run({ milliseconds: 90 * MINUTE });
      world.server.isReachable = true;
      world.server.requests.length = 0;
      chance.fixed = page / pages;
      const at = world.scheduler.time;
      tab.change({ saysOnline: true });
      const first = () => world.server.requests.find((request) => request.verb === verb);
      await world.scheduler.run({ milliseconds: 20 * SECOND, isOver: () => first() !== undefined });
      found.push(first()!.time - at);
    }
    return found;
  }

  /** The largest share within one tenth of a second. */
  function peakOf(times: readonly number[]): number {
    const buckets = new Map<number, number>();
    for (const time of times) {
      const bucket = Math.floor(time / BUCKET);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
    return Math.max(...buckets.values()) / times.length;
  }

  it('pages ask apart: not more than 1.5 in a hundred in any tenth of a second', async () => {
    const times = await delays(500, ({ tabs: [tab] }) => void tab!.store.refresh(), 'pull');
    expect(peakOf(times)).toBeLessThanOrEqual(0.015);
    expect(Math.max(...times)).toBeLessThanOrEqual(10 * SECOND);
  });

  it('reports that wait are sent within a second, and not in one moment', async () => {
    const times = await delays(200, (world) => void world.report(world.tabs[0]!, 'a', 'add'), 'push');
    expect(peakOf(times)).toBeLessThanOrEqual(0.12);
    expect(Math.max(...times)).toBeLessThanOrEqual(SECOND);
  });
});

describe('Retry-After, for a day, from a service that never recovers', () => {
  const future = (milliseconds: number) => new Date(START + milliseconds).toUTCString();

  const headers: readonly (string | null)[] = [
    ...['0', '1', '2', '5', '10', '30', '59', '60', '61', '120', '300', '600', '900', '1800', '3599', '3600', '3601'],
    ...['7200', '86400', '604800', '2592000', '31536000', '2147483', '2147483647', '2147483648', '4294967296'],
    ...['1000000000000', '99999999999999999999', '1e3', '1e12', '0.5', '1.5', '0.001', '59.999', '3600.5', '.5', '1.'],
    ...['-1', '-60', '-0', '+5', ' 5 ', '5s', '5 seconds', '1,5', '0x10', 'NaN', 'Infinity', '-Infinity', 'soon', ''],
    ...['null', 'undefined', '2026-01-01', '2026-01-01T00:01:00Z', 'true', '[1]', '\u0665'],
    ...[0, 1, 30, 60, 3600, 86_400, -1, -3600, -86_400_000].map((seconds) => future(seconds * SECOND)),
    ...['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'Thursday, 01-Jan-26 00:02:00 GMT'],
    ...['Thu Jan  1 00:02:00 2026', 'Thu, 32 Jan 2026 00:00:00 GMT', 'Thu, 01 Foo 2026 00:00:00 GMT'],
    // Hidden from the page, for want of Access-Control-Expose-Headers.
    null,
  ];

  /** What a page with a report to send, which also polls, asks of a service that always answers 503 with this. */
  async function requestsOfADay(header: string | null, read = parseRetryAfter): Promise<number> {
    const options: WorldOptions = {
      seed: headers.indexOf(header) + 1,
      refresh: 60,
      open: (storeOptions): Client => {
        const { backend } = storeOptions;
        const refuse = <Result>(ask: Promise<Result>): Promise<Result> =>
          ask.catch((error: unknown) => {
            const retryAfter = read(header, storeOptions.environment!.clock!.now());
            throw error instanceof ProblemError
              ? new ProblemError({
                  code: 'server',
                  message: 'Played: 503',
                  status: 503,
                  ...(retryAfter !== undefined && { retryAfter }),
                })
              : error;
          });
        return createStore({
          ...storeOptions,
          backend: {
            ...backend,
            pull: (known, call) => refuse(backend.pull(known, call)),
            push: (reports, call) => refuse(backend.push!(reports, call)),
          },
        });
      },
      networkFault: () => 'server error',
    };
    const world = new World(options);
    const tab = world.openTab();
    world.report(tab, 'a', 'add');
    const limit = 2000;
    const isTooMuch = () => world.server.requests.length > limit;
    await world.scheduler.run({ milliseconds: DAY, isOver: isTooMuch });
    return world.server.requests.length;
  }

  it(`has ${headers.length} forms, and none is waited for longer than an hour`, () => {
    expect(headers.length).toBeGreaterThanOrEqual(60);
    for (const header of headers) {
      const delay = parseRetryAfter(header, START) ?? 0;
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(HOUR);
    }
  });

  it.each(headers.map((header) => [header]))('%j: not more than 300 requests', async (header) => {
    const requests = await requestsOfADay(header);
    expect(requests).toBeLessThanOrEqual(300);
    // It does not give up either.
    expect(requests).toBeGreaterThanOrEqual(10);
  });
});
