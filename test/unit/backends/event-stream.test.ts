import { afterEach, describe, expect, it } from 'vitest';
import { json, type JsonOptions } from '../../../src/backends/json.js';
import { type Call, type Change, ProblemError, type ProgressUpdate } from '../../../src/model/index.js';
import { NOW, type Seen, callWith, service } from './support.js';

const src = 'https://game.example/achievements?lang=1';
const SILENCE = 45_000;
const HOUR = 3_600_000;
const encoder = new TextEncoder();

/** A stream that the test writes into. */
function stream(headers: HeadersInit = { 'content-type': 'text/event-stream; charset=utf-8' }) {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const state = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return Object.assign(state, {
    response: new Response(body, { headers }),
    send: (data: string | Uint8Array) => controller.enqueue(typeof data === 'string' ? encoder.encode(data) : data),
    end: () => controller.close(),
    fail: () => controller.error(new TypeError('terminated')),
  });
}

interface Options extends Partial<JsonOptions> {
  readonly random?: number;
  readonly call?: Partial<Call>;
  readonly throws?: boolean;
}

/** Listens to what `respond` gives, and counts everything. */
async function listening(respond: (seen: Seen, index: number) => Response | Promise<Response>, options: Options = {}) {
  const { random = 0.5, call: more = {}, throws = false, ...backendOptions } = options;
  const { fetch, requests } = service(respond);
  const controller = new AbortController();
  const call = callWith({ fetch, signal: controller.signal, random: () => random, ...more });
  const timers = new Set<number>();
  const delays: number[] = [];
  const times: number[] = [];
  const clock = {
    ...call.clock,
    setTimeout: (callback: () => void, delay: number) => {
      const handle = call.clock.setTimeout(() => (timers.delete(handle), callback()), delay);
      timers.add(handle);
      delays.push(delay);
      return handle;
    },
    clearTimeout: (handle: number) => (timers.delete(handle), call.clock.clearTimeout(handle)),
  };
  const changes: (Change | undefined)[] = [];
  const timed: typeof fetch = (input, init) => (times.push(clock.now() - NOW), call.fetch(input, init));
  const backend = json({ src, events: true, ...backendOptions });
  backend.listen!(
    (change) => {
      changes.push(change);
      if (throws) throw new Error('The listener is broken.');
    },
    { ...call, clock, fetch: timed },
  );
  /** Lets streams deliver: their chunks come in turns of their own. */
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await call.clock.advance(0);
  };
  const advance = async (milliseconds: number) => {
    await call.clock.advance(milliseconds);
    await settle();
  };
  await settle();
  return { requests, changes, timers, delays, times, settle, advance, controller };
}

/** What is heard of one stream that sends these chunks. */
async function heard(...chunks: (string | Uint8Array)[]) {
  const source = stream();
  const { changes, settle, controller } = await listening(() => source.response);
  for (const chunk of chunks) {
    source.send(chunk);
    await settle();
  }
  controller.abort();
  return changes;
}

const rejections: unknown[] = [];
const collect = (reason: unknown) => rejections.push(reason);
process.on('unhandledRejection', collect);
afterEach(() => expect(rejections).toEqual([]));

const hint = '{"achievements":[{"id":5,"progress":{"current":7,"target":10}}]}';
const update: ProgressUpdate = {
  achievement: 'json:5',
  state: 'in-progress',
  requirements: [{ id: '0', current: 7, target: 10 }],
};

describe('what a stream says', () => {
  it.each<[string, string, (Change | undefined)[]]>([
    ['a change', 'event: change\nid: 7\ndata: {}\n\n', [{ revision: '7' }]],
    ['a change without data', 'event: change\nid: 7\n\n', [{ revision: '7' }]],
    ['a change without an id', 'event: change\n\n', [{}]],
    ['without spaces', 'event:change\nid:7\n\n', [{ revision: '7' }]],
    ['with a hint', `event: change\nid: 7\ndata: ${hint}\n\n`, [{ revision: '7', updates: [update] }]],
    ['with a hint in lines', `event: change\ndata: ${hint.replace('[', '[\ndata: ')}\n\n`, [{ updates: [update] }]],
    ['with a broken hint', 'event: change\nid: 7\ndata: {"achie\n\n', [{ revision: '7' }]],
    [
      'with a hint of other things',
      'event: change\ndata: {"achievements":[null,1,{"id":5}]}\n\n',
      [{ updates: [{ achievement: 'json:5' }] }],
    ],
    ['two', 'event: change\nid: 1\n\nevent: change\nid: 2\n\n', [{ revision: '1' }, { revision: '2' }]],
    ['CRLF', 'event: change\r\nid: 7\r\n\r\n', [{ revision: '7' }]],
    ['CR', 'event: change\rid: 7\r\rx', [{ revision: '7' }]],
    ['many empty lines', '\n\n\nevent: change\n\n\n\n', [{}]],
    ['a byte order mark', '\uFEFFevent: change\n\n', [{}]],
    ['a comment', ': keep-alive\n\n', []],
    ['a comment inside', 'event: change\n: hello\nid: 7\n\n', [{ revision: '7' }]],
    ['no name', 'data: x\n\n', []],
    ['another name', 'event: hello\ndata: x\n\n', []],
    ['unknown fields', 'what: ever\nevent: change\n\n', [{}]],
    ['no end', 'event: change\nid: 7\n', []],
    ['a change, then half of one', 'event: change\n\nevent: change\nid: 8', [{}]],
  ])('is heard: %s', async (_name, text, expected) => {
    expect(await heard(text)).toEqual(expected);
  });

  it('is the same wherever the chunks are cut, in the middle of characters, fields and line ends', async () => {
    const text = `: \u{1F3C6}\r\nid: 7\r\nevent: change\r\ndata: {"achievements":[{"id":"ключ \u{1F3C6}","state":"unlocked"}]}\r\n\r\nevent: change\n\n`;
    const bytes = encoder.encode(text);
    const expected = [{ revision: '7', updates: [{ achievement: 'json:ключ \u{1F3C6}', state: 'unlocked' }] }, {}];
    expect(await heard(bytes)).toEqual(expected);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(await heard(bytes.slice(0, cut), bytes.slice(cut)), String(cut)).toEqual(expected);
    }
    expect(await heard(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
    // control: whoever decodes each chunk for itself reads something else at some of the cuts
    const naive = (cut: number) =>
      [bytes.slice(0, cut), bytes.slice(cut)].map((part) => new TextDecoder().decode(part));
    expect(Array.from(bytes, (_, cut) => naive(cut).join('')).some((read) => read !== text)).toBe(true);
  });

  it('is asked for with the token and the headers of the page, below the list', async () => {
    const { requests } = await listening(() => stream().response, {
      headers: { 'X-Title': '7', Accept: 'text/plain' },
      call: { token: () => 'abc' },
    });
    expect(requests[0]!.url).toBe('https://game.example/achievements/events?lang=1');
    expect(Object.fromEntries(requests[0]!.headers)).toEqual({
      accept: 'text/event-stream',
      authorization: 'Bearer abc',
      'x-title': '7',
    });
    expect(requests[0]!.init).toMatchObject({ cache: 'no-store', referrerPolicy: 'strict-origin' });
    const elsewhere = await listening(() => stream().response, { events: 'https://events.example/live?x=1' });
    expect(elsewhere.requests[0]!.url).toBe('https://events.example/live?x=1');
  });
});

describe('a connection', () => {
  it('is given up after 45 s of silence, which a comment breaks', async () => {
    const sources = [stream(), stream()];
    const { requests, settle, advance } = await listening((_seen, index) => sources[index]!.response, { random: 0 });
    await advance(SILENCE - 1);
    sources[0]!.send(': keep-alive\n');
    await settle();
    await advance(SILENCE - 1);
    expect(requests).toHaveLength(1);
    await advance(1);
    expect(requests).toHaveLength(2);
    expect(sources[0]!.cancelled).toBe(true);
  });

  it('that never comes is given up as well, and so is a token that never comes', async () => {
    for (const call of [{}, { token: () => new Promise<string>(() => undefined) }]) {
      let asked = 0;
      const token = call.token && (() => (asked++, call.token()));
      const never = () => new Promise<Response>(() => undefined);
      const { requests, advance, controller } = await listening(never, { random: 0, call: token ? { token } : {} });
      await advance(SILENCE);
      expect(token ? asked : requests.length).toBe(2);
      controller.abort();
    }
  });

  it('is opened again with waits that double up to five minutes, all of them random', async () => {
    const { times, advance } = await listening(() => Promise.reject(new TypeError('offline')), { random: 0.5 });
    await advance(HOUR);
    const waits = times.slice(1).map((time, index) => time - times[index]!);
    expect(waits.slice(0, 11)).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 150_000, 150_000,
    ]);
    // control: waits of one length for everybody would come back together
    const luckier = await listening(() => Promise.reject(new TypeError('offline')), { random: 0.1 });
    await luckier.advance(100);
    expect(luckier.requests).toHaveLength(2);
    luckier.controller.abort();
  });

  it.each([
    ['breaks', 'fail'],
    ['ends', 'end'],
  ] as const)(
    'that %s soon counts as a failure, and one that stood begins with short waits again',
    async (_name, how) => {
      const sources = Array.from({ length: 6 }, () => stream());
      const { times, settle, advance } = await listening((_seen, index) => sources[index]!.response);
      const breakOff = async (index: number, after: number, wait: number) => {
        await advance(after);
        sources[index]!.send(': x\n');
        await settle();
        sources[index]![how]();
        await settle();
        const before = times.length;
        await advance(wait - 1);
        expect(times).toHaveLength(before);
        await advance(1);
        expect(times).toHaveLength(before + 1);
      };
      await breakOff(0, 0, 500);
      await breakOff(1, 0, 1000);
      await breakOff(2, 9000, 2000);
      await breakOff(3, 10_000, 500);
      await breakOff(4, 0, 1000);
    },
  );

  it('that only ever opens and says nothing is not asked for in a hurry', async () => {
    const { requests, advance } = await listening(() => stream().response);
    await advance(HOUR);
    // control: without the growing wait there would be eighty
    expect(requests.length).toBeLessThan(30);
  });

  it.each([
    [429, '7', 7000 + 0.5 * 5000],
    [503, '100', 100_000 + 0.5 * 50_000],
    [500, '0', 500],
    [503, null, 500],
    [503, 'soon', 500],
    [503, '1000000000000', HOUR + HOUR / 4],
    [408, '7', 7000 + 0.5 * 5000],
  ])('refused with %i and Retry-After %j waits %i ms', async (status, header, wait) => {
    const headers = new Headers(header === null ? {} : { 'retry-after': header });
    const { requests, advance, delays } = await listening(() => new Response('', { status, headers }));
    await advance(wait - 1);
    expect(requests).toHaveLength(1);
    await advance(1);
    expect(requests).toHaveLength(2);
    for (const delay of delays) expect(delay >= 0 && delay <= 2 ** 31 - 1).toBe(true);
  });

  it.each([
    ['retry: 10000', 5000],
    ['retry: 1', 500],
    ['retry: 999999999999', 150_000],
    ['retry: soon', 500],
    ['retry', 500],
  ])('whose stream says %j waits %i ms', async (field, wait) => {
    const source = stream();
    const { requests, settle, advance } = await listening(() => source.response);
    source.send(`${field}\n\n`);
    await settle();
    source.end();
    await settle();
    await advance(wait - 1);
    expect(requests).toHaveLength(1);
    await advance(1);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['id: 7\nevent: change\n\n', '7'],
    ['id: 7\n\n: hello\n\nevent: change\n\n', '7'],
    ['id: 7\n\nid\n\n', null],
    ['event: change\n\n', null],
    [`id: ${'x'.repeat(257)}\n\n`, null],
    ['id: ключ\n\n', null],
    ['id: a\u0000b\n\n', null],
  ])('after %j goes on from the id %j', async (text, id) => {
    const source = stream();
    const { requests, settle, advance } = await listening(() => source.response);
    source.send(text);
    await settle();
    source.end();
    await settle();
    await advance(1000);
    expect(requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, id]);
  });

  it('that stands again says once that something may have been missed; the first one says nothing', async () => {
    const sources = [stream(), stream(), stream()];
    const answers = [
      sources[0]!.response,
      new Response('', { status: 500 }),
      sources[1]!.response,
      sources[2]!.response,
    ];
    const { changes, settle, advance } = await listening((_seen, index) => answers[index]!);
    expect(changes).toEqual([]);
    sources[0]!.end();
    await settle();
    await advance(10_000);
    expect(changes).toEqual([undefined]);
    sources[1]!.fail();
    await settle();
    await advance(10_000);
    expect(changes).toEqual([undefined, undefined]);
  });

  it('that came late says so too: something may have happened until then', async () => {
    const source = stream();
    const { changes, advance } = await listening((_seen, index) =>
      index === 0 ? new Response('', { status: 500 }) : source.response,
    );
    await advance(1000);
    expect(changes).toEqual([undefined]);
  });

  it('is asked leave for, one at a time, and let go while it waits for the next', async () => {
    const sources = [stream(), stream()];
    const asked: string[] = [];
    let held = 0;
    let grant: (() => void) | undefined;
    const hold = async <T>(url: string, use: () => Promise<T>) => {
      asked.push(url);
      await new Promise<void>((resolve) => (grant = resolve));
      held += 1;
      return use().finally(() => (held -= 1));
    };
    const { changes, requests, settle, advance, controller } = await listening(
      (_seen, index) => sources[index]!.response,
      { call: { hold } },
    );
    expect([asked, requests.length]).toEqual([['https://game.example/achievements/events?lang=1'], 0]);
    await advance(HOUR);
    expect(requests).toHaveLength(0);
    grant!();
    await settle();
    expect([requests.length, held]).toEqual([1, 1]);
    // It has waited, and something may have happened until then.
    expect(changes).toEqual([undefined]);
    sources[0]!.end();
    await settle();
    expect(held).toBe(0);
    await advance(1000);
    expect([asked.length, requests.length]).toEqual([2, 1]);
    grant!();
    await settle();
    expect(held).toBe(1);
    controller.abort();
    await settle();
    expect(held).toBe(0);
  });

  it('that has no address asks no leave, and one that is refused gives it back for good', async () => {
    let held = 0;
    const asked: string[] = [];
    const hold = <T>(url: string, use: () => Promise<T>) => {
      asked.push(url);
      held += 1;
      return use().finally(() => (held -= 1));
    };
    await listening(() => stream().response, { events: 'https://', call: { hold } });
    expect(asked).toEqual([]);
    const { advance } = await listening(() => new Response('', { status: 404 }), { call: { hold } });
    await advance(HOUR);
    expect([asked.length, held]).toEqual([1, 0]);
  });

  it('that floods the page is read a little at a time', async () => {
    const source = stream();
    const { changes, settle, advance } = await listening(() => source.response);
    const event = 'event: change\nid: 7\n\n';
    const chunk = event.repeat(Math.ceil(2 ** 16 / event.length));
    const inChunk = chunk.length / event.length;
    for (let sent = 0; sent < 20; sent++) source.send(chunk);
    await settle();
    const atOnce = changes.length / inChunk;
    expect(atOnce).toBeGreaterThanOrEqual(2);
    expect(atOnce).toBeLessThan(5);
    await advance(16);
    expect(changes.length / inChunk - atOnce).toBeLessThan(5);
    for (let moment = 0; moment < 20; moment++) await advance(16);
    expect(changes.length / inChunk, 'nothing is lost').toBe(20);
  });

  const long = 'x'.repeat(70_000);
  it.each([
    ['in one chunk', [`event: change\ndata: ${long}\n\n`]],
    [
      'in many chunks',
      Array.from({ length: 100 }, (_, index) => (index ? 'y' : 'event: change\ndata: ').padEnd(1000, 'x')),
    ],
    ['in many lines', Array.from({ length: 100 }, () => `data: ${'x'.repeat(1000)}\n`)],
    ['in a field that nobody knows', ['x'.repeat(70_000)]],
    ['in a comment', [`: ${long}`]],
  ])('is closed over an event of more than 64 KiB, %s, and opened again after a wait', async (_name, chunks) => {
    const sources = [stream(), stream()];
    const { changes, requests, settle, advance } = await listening((_seen, index) => sources[index]!.response);
    for (const chunk of chunks) {
      if (sources[0]!.cancelled) break;
      sources[0]!.send(chunk);
      await settle();
    }
    expect(changes).toEqual([]);
    expect(sources[0]!.cancelled).toBe(true);
    expect(requests).toHaveLength(1);
    await advance(500);
    expect(requests).toHaveLength(2);
    // control: what is a little shorter is heard
    sources[1]!.send(`event: change\nid: 9\ndata: ${'x'.repeat(60_000)}\n\n`);
    await settle();
    expect(changes).toEqual([undefined, { revision: '9' }]);
  });
});

describe('listening ends', () => {
  const page = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
  it.each<[string, () => Response, number]>([
    ...[204, 400, 401, 403, 404, 405, 410, 501].map((status): [string, () => Response, number] => [
      `with ${status}`,
      () => new Response(status === 204 ? null : '', { status }),
      status === 401 ? 2 : 1,
    ]),
    ['with a page', page, 1],
    ['with JSON', () => new Response('{}', { headers: { 'content-type': 'application/json' } }), 1],
    ['with no type', () => stream({}).response, 1],
    ['with no body', () => new Response(null, { headers: { 'content-type': 'text/event-stream' } }), 1],
  ])('for good %s', async (_name, respond, asked) => {
    const tokens = ['old', 'new', 'never'];
    const { requests, timers, changes, advance } = await listening(respond, { call: { token: () => tokens.shift()! } });
    await advance(10 * HOUR);
    expect(requests).toHaveLength(asked);
    expect([timers.size, changes.length]).toEqual([0, 0]);
    // control: a status that passes is asked again
    const passing = await listening(() => new Response('', { status: 500 }));
    await passing.advance(1000);
    expect(passing.requests.length).toBeGreaterThan(1);
    passing.controller.abort();
  });

  it('not with a 401 that a new token cures', async () => {
    const source = stream();
    const tokens = ['old', 'new'];
    const { requests, changes, settle } = await listening(
      (_seen, index) => (index === 0 ? new Response('', { status: 401 }) : source.response),
      { call: { token: () => tokens.shift()! } },
    );
    source.send('event: change\n\n');
    await settle();
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    expect(changes).toEqual([{}]);
  });

  it.each<[string, Options]>([
    ['a token that cannot be had', { call: { token: () => Promise.reject(new Error('no')) } }],
    ['a token that cannot be sent', { call: { token: () => 'a\nb' } }],
    ['an address that is missing', { src: '' }],
    [
      'a refusal of the page’s own fetch',
      {
        call: { fetch: () => Promise.reject(new ProblemError({ code: 'forbidden', message: 'no' })) },
      },
    ],
  ])('over %s, which is for the page to mend', async (_name, options) => {
    const { requests, timers, advance } = await listening(() => stream().response, options);
    await advance(HOUR);
    expect([requests.length, timers.size]).toEqual([0, 0]);
  });

  it('with the signal, whatever it was doing, and leaves no timer, no listener and no body behind', async () => {
    const source = stream();
    const ways: [string, (seen: Seen) => Response | Promise<Response>, number][] = [
      ['connecting', () => new Promise<Response>(() => undefined), 0],
      ['reading', () => source.response, 0],
      ['waiting', () => new Response('', { status: 500 }), 100],
      [
        'waiting as long as was asked',
        () => new Response('', { status: 503, headers: { 'retry-after': '3600' } }),
        100,
      ],
    ];
    for (const [name, respond, after] of ways) {
      const { requests, timers, advance, settle, controller } = await listening(respond);
      await advance(after);
      expect(timers.size, name).toBe(1);
      controller.abort();
      await settle();
      expect(timers.size, name).toBe(0);
      expect(requests[0]!.init.signal?.aborted, name).toBe(true);
      await advance(10 * HOUR);
      expect(requests, name).toHaveLength(1);
    }
    expect(source.cancelled).toBe(true);
    const aborted = await listening(() => source.response, { call: { signal: AbortSignal.abort() } });
    expect([aborted.requests.length, aborted.timers.size]).toEqual([0, 0]);
  });

  it('before what a body that listens to nobody still says', async () => {
    let give!: (value: unknown) => void;
    const reader = {
      read: () => new Promise((resolve) => (give = resolve)),
      cancel: () => Promise.reject(new Error('x')),
    };
    const response = {
      status: 200,
      headers: new Headers({ 'content-type': 'text/event-stream' }),
      body: { getReader: () => reader },
    } as unknown as Response;
    const fetch = async () => response;
    const { changes, timers, settle, controller } = await listening(() => response, { call: { fetch } });
    controller.abort();
    give({ done: false, value: encoder.encode('event: change\n\n') });
    await settle();
    expect([changes.length, timers.size]).toEqual([0, 0]);
  });

  it('not because whoever listens throws', async () => {
    const source = stream();
    const { changes, settle } = await listening(() => source.response, { throws: true });
    source.send('event: change\nid: 1\n\nevent: change\nid: 2\n\n');
    await settle();
    expect(changes).toEqual([{ revision: '1' }, { revision: '2' }]);
  });
});

describe('a bad line', () => {
  /** Mulberry32. */
  const seeded = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** Drops, doubles, moves and corrupts each chunk with a chance of one half. */
  function spoil(chunks: readonly Uint8Array[], random: () => number): Uint8Array[] {
    const spoiled: Uint8Array[] = [];
    for (const chunk of chunks) {
      if (random() < 0.5) continue;
      let bytes = chunk;
      if (random() < 0.5) bytes = bytes.map((byte) => (random() < 0.1 ? Math.floor(random() * 256) : byte));
      if (random() < 0.5) spoiled.splice(Math.floor(random() * spoiled.length), 0, bytes);
      else spoiled.push(bytes);
      if (random() < 0.5) spoiled.push(bytes);
    }
    return spoiled;
  }

  const event = (number: number) =>
    encoder.encode(
      `id: ${number}\nevent: change\ndata: {"achievements":[{"id":"${number} \u{1F3C6}","state":"unlocked"}]}\n\n`,
    );

  it('costs news only: nothing is thrown, and the next good event is heard', async () => {
    let naiveFailures = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const source = stream();
      const { changes, settle, controller } = await listening(() => source.response);
      const chunks = spoil(
        Array.from({ length: 10 }, (_, index) => event(index)),
        random,
      );
      for (const chunk of chunks) source.send(chunk);
      source.send(encoder.encode('\n\n'));
      source.send(event(99));
      await settle();
      expect(changes.at(-1), `seed ${seed}`).toEqual({
        revision: '99',
        updates: [{ achievement: 'json:99 \u{1F3C6}', state: 'unlocked' }],
      });
      for (const change of changes) expect(structuredClone(change)).toEqual(change);
      controller.abort();
      // control: a reader that trusts what it reads throws in most of these plays
      try {
        for (const chunk of chunks) JSON.parse(new TextDecoder().decode(chunk).split('data: ')[1]!.trim());
      } catch {
        naiveFailures++;
      }
    }
    expect(naiveFailures).toBeGreaterThan(100);
  });
});
