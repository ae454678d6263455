import { describe, expect, it } from 'vitest';
import { type JsonRequest, requestJson, parseRetryAfter } from '../../../src/backends/http.js';
import { ProblemError } from '../../../src/model/index.js';
import { NOW, callWith, jsonResponse, problemOf, service } from './support.js';

const url = 'https://game.example/users/7/achievements?key=canary-query';
const ask = (request: Partial<JsonRequest>, call: Parameters<typeof requestJson>[1]) =>
  requestJson({ url, ...request }, call);

const HOUR = 3_600_000;
/** Header, milliseconds; `undefined`: as if there were none. */
const RETRY_AFTER: [string | null, number | undefined][] = [
  [null, undefined],
  ['', undefined],
  ['   ', undefined],
  ['0', 0],
  ['1', 1000],
  ['  5  ', 5000],
  ['007', 7000],
  ['1.5', 1500],
  ['0.0001', 1],
  ['59.9999', 60_000],
  ['3600', HOUR],
  ['3601', HOUR],
  ['2592000', HOUR],
  ['1e3', undefined],
  ['1000000000000', HOUR],
  ['9'.repeat(400), HOUR],
  ['-1', undefined],
  ['-0', undefined],
  ['+5', undefined],
  ['5s', undefined],
  ['5 seconds', undefined],
  ['0x10', undefined],
  ['1,5', undefined],
  ['.5', undefined],
  ['5.', undefined],
  ['120, 120', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['undefined', undefined],
  ['null', undefined],
  ['soon', undefined],
  ['tomorrow 5', undefined],
  ['Mon', undefined],
  ['November 2026', undefined],
  ['12:00:30', undefined],
  ['Mon, 02 Nov 2026 12:00:30 GMT', 30_000],
  ['Mon, 02 Nov 2026 12:00:00 GMT', 0],
  ['Mon, 02 Nov 2026 11:59:00 GMT', 0],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ['Mon, 02 Nov 2026 13:00:01 GMT', HOUR],
  ['Sat, 01 Jan 2050 00:00:00 GMT', HOUR],
  ['Mon, 99 Nov 2026 12:00:30 GMT', undefined],
  ['Mon, 02 Foo 2026 12:00:30 GMT', undefined],
  ['Mon, 02 Nov 2026 12:00:30', undefined],
  ['Mon, 02 Nov 2026 12:00:30 CET', undefined],
  ['Monday, 02-Nov-26 12:00:30 GMT', 30_000],
  ['Mon Nov  2 12:00:30 2026', 30_000],
  ['2026-11-02T12:00:30Z', 30_000],
  ['2026-11-02T13:00:30+01:00', 30_000],
  ['2026-11-02T12:00:30.1234567Z', 30_123],
  ['2026-11-02', undefined],
  ['2026-99-99T12:00:30Z', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['<script>', undefined],
  ['5\u0000', undefined],
  ['٥', undefined],
  ['0.5', 500],
  ['1e12', undefined],
  ['-1000000000000', undefined],
  ['1000000000000.9', HOUR],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['Sun Nov  6 08:49:37 1994', 0],
  ['Tue, 03 Nov 2026 12:00:00 GMT', HOUR],
  ['Mon, 02 Nov 2026 12:00:30 GMT, 5', undefined],
  ['-Infinity', undefined],
];

describe('Retry-After', () => {
  it.each(RETRY_AFTER)('%j is %j ms', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  it('is a wait that a timer can take in every row: 0 to one hour, never NaN', () => {
    expect(RETRY_AFTER.length).toBeGreaterThanOrEqual(60);
    const outside = ([header]: (typeof RETRY_AFTER)[number], read = parseRetryAfter) => {
      const wait = read(header, NOW) ?? 0;
      return !(wait >= 0 && wait <= HOUR);
    };
    expect(RETRY_AFTER.filter((row) => outside(row))).toEqual([]);
    // control: without the limits the same check finds some
    expect(RETRY_AFTER.filter((row) => outside(row, (header) => Number(header) * 1000)).length).toBeGreaterThan(20);
  });

  it('is read in no time, however long it is', () => {
    const started = performance.now();
    parseRetryAfter(`Mon, ${'12:00:00'.repeat(20_000)}`, NOW);
    parseRetryAfter('9'.repeat(200_000) + 'x', NOW);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('control: a naive reader fails this table', () => {
    const naive = (header: string | null) => (header ? parseInt(header) * 1000 : undefined);
    const wrong = RETRY_AFTER.filter(([header, expected]) => naive(header) !== expected);
    expect(wrong.length).toBeGreaterThan(20);
    expect(wrong.map(([header]) => header)).toContain('2592000');
  });
});

describe('a request', () => {
  it('asks for JSON in the language, past the HTTP cache, and names no page', async () => {
    const { fetch, requests } = service(() => ({}));
    await ask({}, callWith({ fetch, locale: 'de-AT' }));
    const { headers, init } = requests[0]!;
    expect(Object.fromEntries(headers)).toEqual({ accept: 'application/json', 'accept-language': 'de-AT' });
    expect(init).toMatchObject({ cache: 'no-store', credentials: 'same-origin', referrerPolicy: 'strict-origin' });
    expect(init.method ?? 'GET').toBe('GET');
  });

  it.each([
    ['abc.def', 'Bearer abc.def'],
    ['XBL3.0 x=123;abc', 'XBL3.0 x=123;abc'],
    ['ApiKey-v1 abc', 'ApiKey-v1 abc'],
    ['', null],
  ])('sends the token %j as %j', async (token, header) => {
    const { fetch, requests } = service(() => ({}));
    await ask({}, callWith({ fetch, token: async () => token }));
    expect(requests[0]?.headers.get('authorization')).toBe(header);
  });

  it('takes headers and credentials of the caller', async () => {
    const { fetch, requests } = service(() => ({}));
    await ask({ credentials: 'omit', headers: { 'X-Title': '7', Accept: 'text/plain' } }, callWith({ fetch }));
    expect(requests[0]?.headers.get('x-title')).toBe('7');
    expect(requests[0]?.headers.get('accept')).toBe('text/plain');
    expect(requests[0]?.init.credentials).toBe('omit');
  });

  it('asks for another token once after a 401, and once only', async () => {
    for (const [secondStatus, outcome] of [
      [200, 'answer'],
      [401, 'unauthorized'],
    ] as const) {
      const tokens = ['old', 'new', 'never'];
      const { fetch, requests } = service((_seen, index) =>
        index === 0 ? new Response('', { status: 401 }) : jsonResponse({}, { status: secondStatus }),
      );
      const asking = ask({}, callWith({ fetch, token: () => tokens.shift()! }));
      if (outcome === 'answer') expect(await asking).toMatchObject({ body: {} });
      else expect((await problemOf(asking)).code).toBe(outcome);
      expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    }
  });

  it('does not repeat a 401 where there is no token to renew', async () => {
    const { fetch, requests } = service(() => new Response('', { status: 401 }));
    expect((await problemOf(ask({}, callWith({ fetch })))).code).toBe('unauthorized');
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('canary-token'))],
    ['cannot be sent', () => 'canary\ntoken'],
    ['is no text for a header', () => 'canary-token\u2603'],
  ])('tells without quoting it that the token %s', async (_name, token) => {
    const { fetch, requests } = service(() => ({}));
    const problem = await problemOf(ask({}, callWith({ fetch, token })));
    expect(['unauthorized', 'unknown']).toContain(problem.code);
    expect(JSON.stringify(problem)).not.toContain('canary');
    expect(requests).toHaveLength(0);
  });

  it('takes a problem of the token provider or of the fetch as it is', async () => {
    const own = new ProblemError({ code: 'forbidden', message: 'Guests have no achievements.' });
    await expect(ask({}, callWith({ token: () => Promise.reject(own) }))).rejects.toBe(own);
    await expect(ask({}, callWith({ fetch: () => Promise.reject(own) }))).rejects.toBe(own);
  });

  it('waits for a token no longer than for anything else', async () => {
    const call = callWith({ token: () => new Promise<string>(() => undefined) });
    const asking = problemOf(ask({}, call));
    await call.clock.advance(14_999);
    await call.clock.advance(1);
    expect(await asking).toEqual({ code: 'timeout', message: expect.stringContaining('within 15 s') as string });
  });

  it('leaves no timer and no listener behind', async () => {
    const timers = new Set<number>();
    const listeners = new Set<unknown>();
    const controller = new AbortController();
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: EventListener) => (listeners.add(listener), add(type, listener));
    signal.removeEventListener = (type: string, listener: EventListener) => (
      listeners.delete(listener),
      remove(type, listener)
    );
    const { fetch } = service((_seen, index) => (index === 1 ? new Response('', { status: 500 }) : {}));
    const call = callWith({ fetch, signal });
    const clock = {
      ...call.clock,
      setTimeout: (callback: () => void, delay: number) => {
        const handle = call.clock.setTimeout(callback, delay);
        timers.add(handle);
        return handle;
      },
      clearTimeout: (handle: number) => timers.delete(handle),
    };
    await ask({}, { ...call, clock });
    await problemOf(ask({}, { ...call, clock }));
    expect([timers.size, listeners.size]).toEqual([0, 0]);
  });

  it('hands its signal to fetch, and ends it with the caller’s', async () => {
    const controller = new AbortController();
    const { fetch, requests } = service(() => new Promise<Response>(() => undefined));
    const asking = ask({}, callWith({ fetch, signal: controller.signal }));
    await Promise.resolve();
    controller.abort('reason');
    await expect(asking).rejects.toBe('reason');
    expect(requests[0]?.init.signal?.aborted).toBe(true);
  });
});

describe('a request with a body', () => {
  const body = { reports: [{ id: 'a', set: 1 }] };

  it('is sent as JSON with POST, under the same rules as a question', async () => {
    const { fetch, requests } = service(() => ({ ok: true }));
    expect(await ask({ body }, callWith({ fetch, token: () => 'abc' }))).toMatchObject({ body: { ok: true } });
    const { headers, init } = requests[0]!;
    expect(Object.fromEntries(headers)).toEqual({
      accept: 'application/json',
      authorization: 'Bearer abc',
      'content-type': 'application/json',
    });
    expect(init).toMatchObject({ method: 'POST', body: JSON.stringify(body), cache: 'no-store' });
    expect(init).toMatchObject({ credentials: 'same-origin', referrerPolicy: 'strict-origin' });
  });

  it('is sent again with the same body and a new token after a 401, and once only', async () => {
    const tokens = ['old', 'new', 'never'];
    const { fetch, requests } = service(() => new Response('', { status: 401 }));
    expect((await problemOf(ask({ body }, callWith({ fetch, token: () => tokens.shift()! })))).code).toBe(
      'unauthorized',
    );
    expect(requests.map(({ init, headers }) => [init.body, headers.get('authorization')])).toEqual([
      [JSON.stringify(body), 'Bearer old'],
      [JSON.stringify(body), 'Bearer new'],
    ]);
  });

  it('is too early where another one is still going on (409), which is no reason to give up', async () => {
    const busy = () => jsonResponse({ message: 'Too many requests are updating this profile' }, { status: 409 });
    const { fetch } = service(busy);
    expect(await problemOf(ask({ body }, callWith({ fetch })))).toMatchObject({ code: 'rate-limited', status: 409 });
    // control: a question has no such conflict
    expect(await problemOf(ask({}, callWith({ fetch })))).toMatchObject({ code: 'unknown', status: 409 });
  });

  it('has headers that those of the page do not win over', async () => {
    const { fetch, requests } = service(() => ({}));
    const headers = { 'X-Contract': '4', 'X-Title': '7' };
    await ask({ body, headers, fixedHeaders: { 'x-contract': '2' } }, callWith({ fetch }));
    expect(requests[0]?.headers.get('x-contract')).toBe('2');
    expect(requests[0]?.headers.get('x-title')).toBe('7');
  });

  it('may be answered with nothing only where that is an answer, and never with a page', async () => {
    const answers = [
      () => new Response(null, { status: 204 }),
      () => new Response(''),
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      () => jsonResponse('{"a'),
    ];
    const { fetch } = service((_seen, index) => answers[index % 4]!());
    const call = callWith({ fetch });
    for (const nothing of [undefined, undefined]) {
      expect(await ask({ body, mayBeEmpty: true }, call)).toMatchObject({ body: nothing });
    }
    expect((await problemOf(ask({ body, mayBeEmpty: true }, call))).code).toBe('bad-shape');
    expect((await problemOf(ask({ body, mayBeEmpty: true }, call))).code).toBe('bad-shape');
    expect((await problemOf(ask({ body }, call))).code).toBe('bad-shape');
  });

  it('tells whoever reads an error differently what the service says, without the token', async () => {
    const { fetch } = service(() => jsonResponse({ message: 'No,\ncanary-token!' }, { status: 422 }));
    const instead = (status: number, _body: unknown, says: string) => ({ status, says });
    const answer = await ask({ body, instead }, callWith({ fetch, token: () => 'canary-token' }));
    expect(answer).toMatchObject({ body: { status: 422, says: 'No, …!' } });
  });
});

describe('an answer', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/problem+json',
    'application/vnd.game.v2+json',
    'text/json',
    'text/plain',
    'application/octet-stream',
    null,
  ])('of type %j is read', async (type) => {
    const body = new TextEncoder().encode('{"a":1}');
    const { fetch } = service(() => new Response(body, { headers: type ? { 'content-type': type } : {} }));
    expect(await ask({}, callWith({ fetch }))).toMatchObject({ body: { a: 1 } });
  });

  it.each(['text/html', 'application/xhtml+xml', 'text/xml', 'image/png', 'text/javascript', 'application/json-seq'])(
    'of type %s is refused by name',
    async (type) => {
      const { fetch } = service(() => new Response('{"a":1}', { headers: { 'content-type': `${type};x=y` } }));
      const problem = await problemOf(ask({}, callWith({ fetch })));
      expect(problem.code).toBe('bad-shape');
      expect(problem.message).toContain(type);
    },
  );

  it('may begin with a byte order mark and hold characters split between chunks', async () => {
    const bytes = new TextEncoder().encode('\uFEFF{"a":"ключ 🏆"}');
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { fetch } = service(() => new Response(stream));
    expect(await ask({}, callWith({ fetch }))).toMatchObject({ body: { a: 'ключ 🏆' } });
  });

  it('without end is not read further than the limit', async () => {
    let given = 0;
    let cancelled = false;
    const stream = new ReadableStream({
      pull(controller) {
        given += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        cancelled = true;
      },
    });
    const { fetch } = service(() => new Response(stream));
    const problem = await problemOf(ask({}, callWith({ fetch })));
    expect(problem).toMatchObject({ code: 'too-large', status: 200 });
    expect(given).toBeLessThan(5 * 2 ** 20);
    expect(cancelled).toBe(true);
  });

  it('that breaks off is a network error', async () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"achie'));
        controller.error(new TypeError('terminated'));
      },
    });
    const { fetch } = service(() => new Response(stream));
    expect((await problemOf(ask({}, callWith({ fetch })))).code).toBe('offline');
  });

  it('is read whole where the runtime has no streams', async () => {
    const fake = { ok: true, status: 200, headers: new Headers(), text: async () => '{"a":1}' } as unknown as Response;
    const call = callWith({ fetch: async () => fake });
    expect(await ask({}, call)).toMatchObject({ body: { a: 1 }, url });
  });

  it('is "not modified" only to somebody who asked', async () => {
    const { fetch, requests } = service(() => new Response(null, { status: 304 }));
    expect(await ask({ etag: 'W/"a"' }, callWith({ fetch }))).toBe('not-modified');
    expect(requests[0]?.headers.get('if-none-match')).toBe('W/"a"');
    expect(await problemOf(ask({}, callWith({ fetch })))).toMatchObject({ code: 'unknown', status: 304 });
  });

  it('never quotes a body that is no JSON', async () => {
    const { fetch } = service(() => jsonResponse('canary-body {'));
    await expect(ask({}, callWith({ fetch }))).rejects.toSatisfy(
      (error: ProblemError) =>
        !`${error.message} ${JSON.stringify(error.problem)} ${String(error.cause)}`.includes('canary'),
    );
  });
});

describe('an error', () => {
  const refused = (body: unknown, init: ResponseInit = { status: 400 }, token = '') => {
    const { fetch } = service(() => jsonResponse(body, init));
    return problemOf(ask({}, callWith({ fetch, token: () => token })));
  };

  it.each([
    ['Xbox ServiceErrorResponse', { errorCode: 5, errorMessage: 'Wrong claim.' }, 'Wrong claim.'],
    ['Xbox ServiceError', { code: 5, source: 'x', description: 'No such title.' }, 'No such title.'],
    [
      'Talon.One',
      { message: 'The data was invalid', errors: [{ title: 'Unknown', details: 'Bad id.' }] },
      'The data was invalid Bad id.',
    ],
    ['Talon.One without errors', { message: 'HMAC signature mismatch.' }, 'HMAC signature mismatch.'],
    ['Shopify', { success: false, message: 'No.' }, 'No.'],
    ['RFC 9457', { type: 'x', detail: 'Out of credit.' }, 'Out of credit.'],
  ])('says what the service says: %s', async (_name, body, text) => {
    expect((await refused(body)).message).toContain(`The service says: ${text}`);
  });

  it.each([
    [''],
    ['null'],
    ['[]'],
    ['"text"'],
    ['<html>'],
    ['{"message":{"a":1},"errors":"x"}'],
    ['{"errors":[null,1]}'],
  ])('says nothing more where the body is %s', async (body) => {
    expect((await refused(body)).message).not.toContain('The service says');
  });

  it('treats the text of the service as hostile: one line, no control or direction characters, 200 characters', async () => {
    const { message } = await refused({ message: `a\n\u202Eb\u0007\u200Bc ${'x'.repeat(5000)}` });
    expect(message).toContain('says: a b c xxx');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(400);
  });

  it('names the path and neither the query nor the token, even where the service repeats it', async () => {
    const token = 'XBL3.0 x=1234567890;canary-token-value';
    const problem = await refused({ message: `Bad token ${token}, or canary-token-value` }, { status: 403 }, token);
    expect(problem.message).toContain('/users/7/achievements answered 403');
    expect(JSON.stringify(problem)).not.toContain('canary');
  });

  it('has the wait of the service, or else the period from the body of an Xbox Live 429', async () => {
    const body = { version: 1, currentRequests: 13, maxRequests: 10, periodInSeconds: 15, limitType: 'rate' };
    expect(await refused(body, { status: 429, headers: { 'retry-after': '3' } })).toMatchObject({ retryAfter: 3000 });
    expect(await refused(body, { status: 429 })).toMatchObject({ code: 'rate-limited', retryAfter: 15_000 });
    expect(await refused({}, { status: 503, headers: { 'retry-after': '7' } })).toMatchObject({ retryAfter: 7000 });
    expect(await refused({ periodInSeconds: -1 }, { status: 429 })).not.toHaveProperty('retryAfter');
    expect(await refused({ periodInSeconds: { a: 1 } }, { status: 429 })).not.toHaveProperty('retryAfter');
  });

  it('is told although its body is endless or broken', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('x')) });
    for (const body of [endless, broken]) {
      const { fetch } = service(() => new Response(body, { status: 500 }));
      expect((await problemOf(ask({}, callWith({ fetch })))).code).toBe('server');
    }
  });
});
