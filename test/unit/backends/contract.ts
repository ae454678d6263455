import { describe, expect, it } from 'vitest';
import type { Backend, Fresh, ProblemError, Report, ReportAnswer, Validator } from '../../../src/model/index.js';
import { type Seen, callWith, frozen, jsonResponse, members, problemOf, service } from './support.js';

/** What the suite has to know about a backend that asks a URL. */
export interface ContractCase {
  readonly name: string;
  /** Makes one for the source `https://game.example/achievements?lang=1`. */
  make(options?: { readonly timeout?: number; readonly maxBytes?: number; readonly pageLimit?: number }): Backend;
  /** An item that can be read, with every date the service sends for "none". */
  item(id: number): object;
  /** A whole answer. */
  answer(items: readonly unknown[]): object;
  /** One of several pages; `page` counts from 0. Without it the service has no pages. */
  page?(items: readonly unknown[], page: number, pages: number, total: number): object;
  /** Which page a request asks for. */
  pageOf?(url: URL): number;
}

const isFresh = (answer: Fresh | 'unchanged'): Fresh => {
  if (answer === 'unchanged') throw new Error('It said "unchanged" to somebody who knows nothing.');
  return answer;
};

const STATUSES = [
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'timeout'],
  [410, 'not-found'],
  [429, 'rate-limited'],
  [500, 'server'],
  [503, 'server'],
  [400, 'unknown'],
  [406, 'unknown'],
  [418, 'unknown'],
] as const;

/** What every backend that asks a URL promises. */
export function describeContract({ name, make, item, answer, page, pageOf }: ContractCase): void {
  const three = [item(1), item(2), item(3)];

  describe(`${name} keeps the promise of a backend`, () => {
    it('gives the achievements in the order of the service, with keys of its own', async () => {
      const { fetch } = service(() => answer(three));
      const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
      expect(fresh.achievements.map(({ id }) => id)).toEqual(['1', '2', '3']);
      expect(fresh.achievements.map(({ order }) => order)).toEqual([0, 1, 2]);
      expect(new Set(fresh.achievements.map(({ key }) => key)).size).toBe(3);
      for (const { key, backend } of fresh.achievements) expect(key.startsWith(`${backend}:`)).toBe(true);
      expect(fresh.problem).toBeUndefined();
      expect(fresh.validator?.digest).toBeTruthy();
    });

    it('gives plain data: cloneable, without undefined members and without sentinel dates', async () => {
      const { fetch } = service(() => answer(three));
      const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
      expect(structuredClone(fresh)).toEqual(fresh);
      for (const [path, value] of members(fresh)) {
        expect(value, path).not.toBeUndefined();
        expect(value, path).not.toBeNull();
        if (/At$/.test(path)) expect(value, path).toBeGreaterThan(Date.UTC(2003, 0, 1));
      }
    });

    it('says "unchanged" by digest where the service has no ETag', async () => {
      const { fetch, requests } = service(() => answer(three));
      const { validator } = isFresh(await make().pull(undefined, callWith({ fetch })));
      expect(await make().pull(frozen(validator), callWith({ fetch }))).toBe('unchanged');
      expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, null]);
    });

    it('says "unchanged" by ETag where it has one, in one request', async () => {
      const { fetch, requests } = service(({ headers }) =>
        headers.get('if-none-match') === 'W/"7"'
          ? new Response(null, { status: 304 })
          : jsonResponse(answer(three), { headers: { etag: 'W/"7"' } }),
      );
      const { validator } = isFresh(await make().pull(undefined, callWith({ fetch })));
      expect(await make().pull(frozen(validator), callWith({ fetch }))).toBe('unchanged');
      expect(requests).toHaveLength(2);
    });

    it('gives the new answer where the ETag is another, without asking twice', async () => {
      const { fetch, requests } = service((_seen, index) =>
        jsonResponse(answer(index === 0 ? three : [item(9)]), { headers: { etag: `"${index}"` } }),
      );
      const { validator } = isFresh(await make().pull(undefined, callWith({ fetch })));
      const fresh = isFresh(await make().pull(validator, callWith({ fetch })));
      expect(fresh.achievements.map(({ id }) => id)).toEqual(['9']);
      expect(requests).toHaveLength(2);
    });

    it('gives an empty library for an empty list', async () => {
      const { fetch } = service(() => answer([]));
      expect(isFresh(await make().pull(undefined, callWith({ fetch }))).achievements).toEqual([]);
    });

    it('leaves out one bad item, says which and why, and never quotes it', async () => {
      const bad = { ...item(2), name: { text: 'the canary' }, title: { text: 'the canary' } };
      const { fetch } = service(() => answer([item(1), bad, 'the canary', item(3)]));
      const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
      expect(fresh.achievements.map(({ id }) => id)).toEqual(['1', '3']);
      expect(fresh.problem?.code).toBe('bad-shape');
      expect(fresh.problem?.message).toMatch(/2 of 4 achievements could not be read and were left out/);
      expect(fresh.problem?.skipped).toEqual([
        { index: 1, id: '2', reason: expect.stringMatching(/^(name|title): expected string$/) as string },
        { index: 2, reason: 'item: expected object' },
      ]);
      expect(JSON.stringify(fresh)).not.toContain('canary');
    });

    it('does not call an incomplete answer unchanged next time', async () => {
      const { fetch } = service(() => answer([item(1), 'bad']));
      const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
      const again = isFresh(await make().pull(fresh.validator, callWith({ fetch })));
      expect(again.problem?.code).toBe('bad-shape');
    });

    it.each([
      ['only bad items', () => answer([1, null, 'x'])],
      ['another envelope', () => ({ hello: 'world' })],
      ['a text', () => '"hello"'],
      ['null', () => 'null'],
      ['a number', () => '7'],
      ['no JSON', () => '{"achievements": ['],
      ['nothing', () => new Response('', { headers: { 'content-type': 'application/json' } })],
      ['HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
      ['a deep body', () => '['.repeat(100_000) + ']'.repeat(100_000)],
    ])('throws bad-shape for %s, so that what the caller has stays', async (_name, body) => {
      const { fetch } = service(body);
      expect((await problemOf(make().pull(undefined, callWith({ fetch })))).code).toBe('bad-shape');
    });

    it.each(STATUSES)('calls the status %i %s', async (status, code) => {
      const { fetch } = service(() => new Response('', { status }));
      const problem = await problemOf(make().pull(undefined, callWith({ fetch })));
      expect(problem).toMatchObject({ code, status });
      expect(problem.message).toContain('/achievements');
      expect(problem.message).not.toContain('lang=1');
    });

    it('calls a network error offline', async () => {
      expect((await problemOf(make().pull(undefined, callWith()))).code).toBe('offline');
    });

    it('stops reading what is too large', async () => {
      const { fetch } = service(() => answer([item(1)]));
      expect((await problemOf(make({ maxBytes: 20 }).pull(undefined, callWith({ fetch })))).code).toBe('too-large');
    });

    it.each([
      ['the answer', () => new Promise<Response>(() => undefined)],
      ['the body', () => new Response(new ReadableStream(), { headers: { 'content-type': 'application/json' } })],
    ])('calls it a time-out where %s does not come', async (_name, respond) => {
      const { fetch } = service(respond);
      const call = callWith({ fetch });
      const problem = problemOf(make({ timeout: 3000 }).pull(undefined, call));
      await call.clock.advance(3000);
      expect((await problem).code).toBe('timeout');
    });

    it('is rejected with the reason of the signal, before and during the request', async () => {
      const reason = new Error('no longer wanted');
      const { fetch, requests } = service(() => new Promise<Response>(() => undefined));
      await expect(make().pull(undefined, callWith({ fetch, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
      expect(requests).toHaveLength(0);
      const controller = new AbortController();
      const pulling = make().pull(undefined, callWith({ fetch, signal: controller.signal }));
      controller.abort(reason);
      await expect(pulling).rejects.toBe(reason);
    });

    if (page && pageOf) {
      const pages = [[item(1), item(2)], [item(3), item(4)], [item(5)]];
      const paged = (seen: Seen) => {
        const number = pageOf(new URL(seen.url));
        return page(pages[number] ?? [], number, pages.length, 5);
      };

      it('reads all pages, keeping the other members of the query', async () => {
        const { fetch, requests } = service(paged);
        const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
        expect(fresh.achievements.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
        expect(fresh.achievements.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4]);
        expect(requests.map(({ url }) => pageOf(new URL(url)))).toEqual([0, 1, 2]);
        expect(requests.every(({ url }) => new URL(url).searchParams.get('lang') === '1')).toBe(true);
      });

      it('shows what overlaps once', async () => {
        const overlapping = [[item(1), item(2)], [item(2), item(3)], [item(3)]];
        const { fetch } = service(({ url }) => {
          const number = pageOf(new URL(url));
          return page(overlapping[number] ?? [], number, 3, 5);
        });
        const fresh = isFresh(await make().pull(undefined, callWith({ fetch })));
        expect(fresh.achievements.map(({ id }) => id)).toEqual(['1', '2', '3']);
      });

      it('asks each page with its own ETag, and reads all again where a later one changed', async () => {
        let changed = false;
        const { fetch, requests } = service((seen) => {
          const number = pageOf(new URL(seen.url));
          const etag = `"${number}${changed && number === 1 ? ' new' : ''}"`;
          if (seen.headers.get('if-none-match') === etag) return new Response(null, { status: 304 });
          return jsonResponse(paged(seen), { headers: { etag } });
        });
        const { validator } = isFresh(await make().pull(undefined, callWith({ fetch })));
        requests.length = 0;
        expect(await make().pull(validator, callWith({ fetch }))).toBe('unchanged');
        expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual(['"0"', '"1"', '"2"']);
        changed = true;
        requests.length = 0;
        await make().pull(validator, callWith({ fetch }));
        expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual(['"0"', '"1"', null, null, null]);
      });

      it('keeps no ETags where one page has none: a change there would stay unseen', async () => {
        const { fetch } = service((seen) =>
          jsonResponse(paged(seen), pageOf(new URL(seen.url)) === 1 ? {} : { headers: { etag: '"1"' } }),
        );
        const known = isFresh(await make().pull(undefined, callWith({ fetch }))).validator as Validator;
        expect(JSON.stringify(known)).not.toContain('pages');
        expect(await make().pull(known, callWith({ fetch }))).toBe('unchanged');
      });

      it('gives nothing where a later page fails', async () => {
        const { fetch } = service((seen, index) => (index < 2 ? paged(seen) : new Response('', { status: 500 })));
        expect((await problemOf(make().pull(undefined, callWith({ fetch })))).code).toBe('server');
      });

      it('stops at the page limit and says how many of how many are shown', async () => {
        const { fetch, requests } = service(paged);
        const fresh = isFresh(await make({ pageLimit: 2 }).pull(undefined, callWith({ fetch })));
        expect(requests).toHaveLength(2);
        expect(fresh.achievements).toHaveLength(4);
        expect(fresh.problem?.code).toBe('incomplete');
        expect(fresh.problem?.message).toMatch(/Only 4 of (5|more) achievements are shown/);
      });
    }
  });
}

/** A service that takes reports, as the suite plays it. */
export interface ModelService {
  respond(seen: Seen): Response | object;
  /** What each achievement stands at, by its id. */
  readonly progress: Map<string, number>;
}

/** What the suite has to know about a backend that takes reports. */
export interface WritingCase {
  readonly name: string;
  /** Makes one that writes to `https://game.example/achievements/reports?lang=1`. */
  make(options?: { readonly timeout?: number; readonly maxBytes?: number }): Backend;
  /** A service that rejects whatever is for the achievement `poison`. `forgetful`: one that keeps no ids. */
  model(forgetful?: boolean): ModelService;
  /** What its keys have before the id. */
  readonly keys: string;
  /** Whether the service takes `add`. */
  readonly adds: boolean;
}

const report = (id: string, achievement: string, intent: Partial<Report> = { set: 10 }): Report => ({
  id,
  achievement,
  at: Date.UTC(2026, 10, 2, 11),
  ...intent,
});

const outcomesOf = (answers: readonly ReportAnswer[]) =>
  Object.fromEntries(answers.map(({ id, outcome }) => [id, outcome]));

/** Header, milliseconds. */
const WAITS = [
  ['7', 7000],
  ['1.5', 1500],
  ['0', 0],
  ['1000000000000', 3_600_000],
  ['Mon, 02 Nov 2026 12:00:30 GMT', 30_000],
  ['Monday, 02-Nov-26 12:00:30 GMT', 30_000],
  ['Mon Nov  2 12:00:30 2026', 30_000],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  [null, undefined],
] as const;

/** What every backend that takes reports promises. */
export function describeWriting({ name, make, model, keys, adds }: WritingCase): void {
  const three = [report('a', '1'), report('b', '2', { unlock: true }), report('c', '3', { set: 30 })];
  const push = (backend: Backend, reports: readonly Report[], call: Parameters<Backend['pull']>[1]) =>
    backend.push!(reports, call);

  describe(`${name} keeps the promise of a backend that takes reports`, () => {
    it('has every report accepted, with nothing on the way but what was reported', async () => {
      const { respond, progress } = model();
      const { fetch, requests } = service(respond);
      const answers = await push(make(), frozen(three), callWith({ fetch, player: '7', token: () => 'abc' }));
      expect(outcomesOf(answers)).toEqual({ a: 'accepted', b: 'accepted', c: 'accepted' });
      expect(Object.fromEntries(progress)).toEqual({ 1: 10, 2: 100, 3: 30 });
      for (const { url, init, headers } of requests) {
        expect(url).toBe('https://game.example/achievements/reports?lang=1');
        expect(init.method).toBe('POST');
        expect(headers.get('content-type')).toBe('application/json');
        expect(headers.get('authorization')).toBe('Bearer abc');
        expect(init.body).not.toContain('abc');
      }
      for (const [path, value] of members(answers)) expect(value, path).not.toBeUndefined();
    });

    it('takes a key as well as an id', async () => {
      const { respond, progress } = model();
      const { fetch } = service(respond);
      const backend = make();
      const key = `${keys}1`;
      expect(outcomesOf(await push(backend, [report('a', key)], callWith({ fetch })))).toEqual({ a: 'accepted' });
      expect(progress.get('1')).toBe(10);
    });

    it('does nothing twice where the same reports come again', async () => {
      const { respond, progress } = model();
      const { fetch } = service(respond);
      await push(make(), three, callWith({ fetch }));
      const answers = await push(make(), three, callWith({ fetch }));
      expect(answers.map(({ outcome }) => ['accepted', 'duplicate'].includes(outcome))).toEqual([true, true, true]);
      expect(Object.fromEntries(progress)).toEqual({ 1: 10, 2: 100, 3: 30 });
    });

    it('does nothing twice and loses nothing where answers get lost on the way', async () => {
      const play = async (forgetful: boolean) => {
        const { respond, progress } = model(forgetful);
        const { fetch } = service((seen, index) => {
          const answer = respond(seen);
          if (index % 3 === 0) throw new TypeError('The connection was lost.');
          return answer;
        });
        const open = new Map(
          [...(adds ? [report('d', '4', { add: 5 })] : []), ...three].map((each) => [each.id, each]),
        );
        for (let round = 0; round < 20 && open.size > 0; round++) {
          const answers = await push(make(), [...open.values()], callWith({ fetch })).catch((error: ProblemError) => {
            expect(error.problem.code).toBe('offline');
            return [];
          });
          for (const { id } of answers) open.delete(id);
        }
        expect(open.size).toBe(0);
        return Object.fromEntries(progress);
      };
      const expected = { 1: 10, 2: 100, 3: 30, ...(adds ? { 4: 5 } : {}) };
      expect(await play(false)).toEqual(expected);
      // control: against a service that keeps no ids the same play doubles what is added
      if (adds) expect(await play(true)).not.toEqual(expected);
    });

    it('has a report that will never be taken rejected, with a reason, and the others accepted', async () => {
      const { respond, progress } = model();
      const { fetch } = service(respond);
      const answers = await push(make(), [three[0]!, report('p', 'poison'), three[2]!], callWith({ fetch }));
      expect(outcomesOf(answers)).toEqual({ a: 'accepted', p: 'rejected', c: 'accepted' });
      expect(answers.find(({ id }) => id === 'p')?.code).toBeTruthy();
      expect(Object.fromEntries(progress)).toEqual({ 1: 10, 3: 30 });
      const alone = await push(make(), [report('q', 'poison')], callWith({ fetch }));
      expect(outcomesOf(alone)).toEqual({ q: 'rejected' });
    });

    it.each([
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [404, 'not-found'],
      [408, 'timeout'],
      [409, 'rate-limited'],
      [429, 'rate-limited'],
      [500, 'server'],
      [503, 'server'],
    ] as const)('answers for nothing where the service says %i, and throws %s', async (status, code) => {
      const { fetch } = service(() => new Response('', { status }));
      expect(await problemOf(push(make(), three, callWith({ fetch })))).toMatchObject({ code, status });
    });

    it('sends the same again with one new token after a 401', async () => {
      const { respond, progress } = model();
      const tokens = ['old', 'new'];
      const { fetch, requests } = service((seen, index) =>
        index === 0 ? new Response('', { status: 401 }) : respond(seen),
      );
      const answers = await push(make(), [three[0]!], callWith({ fetch, token: () => tokens.shift()! }));
      expect(outcomesOf(answers)).toEqual({ a: 'accepted' });
      expect(progress.get('1')).toBe(10);
      expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
      expect(requests[0]!.init.body).toBe(requests[1]!.init.body);
    });

    it.each(WAITS)('says how long to wait after a 429 with Retry-After %j: %j ms', async (header, retryAfter) => {
      const headers = new Headers(header === null ? {} : { 'retry-after': header });
      const { fetch } = service(() => new Response('', { status: 429, headers }));
      const problem = await problemOf(push(make(), three, callWith({ fetch })));
      expect([problem.code, problem.retryAfter]).toEqual(['rate-limited', retryAfter]);
    });

    it.each([
      ['broken JSON', () => '{"results": ['],
      ['HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ])('takes %s for no answer, so that nothing counts as done', async (_name, body) => {
      const { fetch } = service(body);
      expect((await problemOf(push(make(), three, callWith({ fetch })))).code).toBe('bad-shape');
    });

    it('waits no longer than it may', async () => {
      const { fetch } = service(() => new Promise<Response>(() => undefined));
      const call = callWith({ fetch });
      const problem = problemOf(push(make({ timeout: 3000 }), three, call));
      await call.clock.advance(3000);
      expect((await problem).code).toBe('timeout');
    });

    it('is rejected with the reason of the signal, before and during the request', async () => {
      const reason = new Error('no longer wanted');
      const { fetch, requests } = service(() => new Promise<Response>(() => undefined));
      const aborted = callWith({ fetch, signal: AbortSignal.abort(reason) });
      await expect(push(make(), three, aborted)).rejects.toBe(reason);
      expect(requests).toHaveLength(0);
      const controller = new AbortController();
      const pushing = push(make(), three, callWith({ fetch, signal: controller.signal }));
      await Promise.resolve();
      controller.abort(reason);
      await expect(pushing).rejects.toBe(reason);
    });

    it.each([400, 401, 403, 404, 409, 422, 429, 500])('repeats no token, whatever a %i says', async (status) => {
      const token = 'XBL3.0 x=1234567890;canary-token-value';
      const { fetch, requests } = service(({ headers }) =>
        jsonResponse({ message: `Bad token: ${headers.get('authorization')}` }, { status }),
      );
      const outcome = await push(make(), three, callWith({ fetch, token: () => token })).catch(
        (error: ProblemError) => ({ problem: error.problem, message: error.message, cause: String(error.cause) }),
      );
      expect(JSON.stringify(outcome)).not.toMatch(/canary|1234567890/);
      // control: the service had it to repeat
      expect(requests[0]?.headers.get('authorization')).toMatch(/canary/);
    });

    it('names the place reports go to, without what may differ from one page to the next', () => {
      const { reportScope, pushLimit = 50 } = make();
      expect(reportScope).toContain('https://game.example/achievements/reports?lang=1');
      expect(make().reportScope).toBe(reportScope);
      expect(pushLimit).toBeLessThanOrEqual(50);
    });
  });
}
