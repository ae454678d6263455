import { type Call, type Problem, ProblemError } from '../../../src/model/index.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';

/** 2026-11-02T12:00:00Z */
export const NOW = Date.UTC(2026, 10, 2, 12);

/** A request as the service sees it. */
export interface Seen {
  readonly url: string;
  readonly headers: Headers;
  readonly init: RequestInit;
}

export interface FakeService {
  readonly fetch: typeof fetch;
  readonly requests: Seen[];
}

/** Answers every request with what `respond` gives; a string or an object is a 200 with that as JSON. */
export function service(
  respond: (seen: Seen, index: number) => Response | object | string | Promise<Response>,
): FakeService {
  const requests: Seen[] = [];
  return {
    requests,
    fetch: async (input, init = {}) => {
      const seen = {
        url: input instanceof Request ? input.url : String(input),
        headers: new Headers(init.headers),
        init,
      };
      requests.push(seen);
      const answer = await respond(seen, requests.length - 1);
      return answer instanceof Response ? answer : jsonResponse(answer);
    },
  };
}

export function jsonResponse(body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { ...init, headers });
}

export type TestCall = Call & { readonly clock: FakeClock };

export function callWith(facts: Partial<Omit<Call, 'clock'>> = {}, now = NOW): TestCall {
  return {
    fetch: () => Promise.reject(new TypeError('no network in this test')),
    signal: new AbortController().signal,
    ...facts,
    clock: fakeClock(now),
  };
}

/** The problem that a promise is rejected with; anything else fails the test. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const outcome = await promise.then(
    () => new Error('It did not fail.'),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProblemError)) throw outcome;
  return outcome.problem;
}

/** Every member at any depth, with its path. */
export function* members(value: unknown, path = ''): Generator<[path: string, value: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield [`${path}.${key}`, member];
    yield* members(member, `${path}.${key}`);
  }
}

/** Freezes at every depth, so that a write throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}
