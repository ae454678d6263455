import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/model/digest.js';
import { json } from '../../../src/backends/json.js';
import type { Fresh } from '../../../src/model/index.js';
import { callWith, jsonResponse, problemOf, service } from './support.js';

const src = 'https://game.example/a';
const item = (id: number) => ({ id, name: `Item ${id}` });
const pull = async (fetch: typeof globalThis.fetch, known?: Fresh['validator'], options = {}) =>
  json({ src, ...options }).pull(known, callWith({ fetch }));

describe('pages', () => {
  it('end where a token comes again', async () => {
    const { fetch, requests } = service(() => ({ achievements: [item(requests.length)], cursor: 'again' }));
    const fresh = (await pull(fetch)) as Fresh;
    expect(requests).toHaveLength(2);
    expect(fresh.achievements).toHaveLength(2);
  });

  it('that overlap show the first of what comes twice', async () => {
    const { fetch } = service(({ url }) =>
      url === src
        ? { achievements: [{ ...item(1), name: 'First' }], cursor: 'b' }
        : { achievements: [{ ...item(1), name: 'Second' }, item(2)] },
    );
    const fresh = (await pull(fetch)) as Fresh;
    expect(fresh.achievements.map(({ name }) => name)).toEqual(['First', 'Item 2']);
  });

  it('end after 40, whatever the service says', async () => {
    const { fetch, requests } = service((_seen, index) => ({
      achievements: [item(index)],
      cursor: String(index),
      total: 5000,
    }));
    const fresh = (await pull(fetch)) as Fresh;
    expect(requests).toHaveLength(40);
    expect(fresh.problem).toMatchObject({
      code: 'incomplete',
      message: expect.stringContaining('40 of 5000') as string,
    });
    expect(fresh.total).toBe(5000);
    expect(fresh).not.toHaveProperty('validator');
  });

  it('cut off and with bad items tell both', async () => {
    const { fetch } = service(() => ({ achievements: [item(1), 7], cursor: 'x' }));
    const { problem } = (await pull(fetch, undefined, { pageLimit: 1 })) as Fresh;
    expect(problem?.code).toBe('incomplete');
    expect(problem?.message).toMatch(/Only 1 of more .*1 of 2 achievements could not be read/);
    expect(problem?.skipped).toHaveLength(1);
  });

  it('tell at most 100 of the skipped, and count them all', async () => {
    const { fetch } = service(() => [item(0), ...Array<null>(1000).fill(null)]);
    const { problem } = (await pull(fetch)) as Fresh;
    expect(problem?.skipped).toHaveLength(100);
    expect(problem?.message).toContain('1000 of 1001');
    expect(problem?.message.length).toBeLessThan(300);
  });

  it('are all read again where a later one is no longer there', async () => {
    let gone = false;
    const { fetch, requests } = service(({ url, headers }) => {
      const second = url.includes('cursor');
      if (headers.has('if-none-match')) return new Response(null, { status: second && gone ? 410 : 304 });
      return jsonResponse(
        { achievements: [item(second ? 2 : gone ? 3 : 1)], cursor: second ? null : 'b' },
        { headers: { etag: '"1"' } },
      );
    });
    const { validator } = (await pull(fetch)) as Fresh;
    gone = true;
    requests.length = 0;
    const fresh = (await pull(fetch, validator)) as Fresh;
    expect(fresh.achievements.map(({ id }) => id)).toEqual(['3', '2']);
    expect(requests).toHaveLength(4);
  });

  it('that cannot be checked are a problem, not a reason to read everything', async () => {
    const validator = { digest: 'x', pages: [src, `${src}?cursor=b`].map((url) => ({ url, etag: '"1"' })) };
    const { fetch, requests } = service((_seen, index) => new Response(null, { status: index ? 503 : 304 }));
    expect((await problemOf(pull(fetch, validator))).code).toBe('server');
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['another origin', 'https://evil.example/a?cursor=b'],
    ['another path', 'https://game.example/other'],
    ['no URL', 'x'],
  ])('of a validator that names %s are not asked: the token would go there', async (_name, url) => {
    const pages = [src, url].map((page) => ({ url: page, etag: '"1"' }));
    const { fetch, requests } = service(() => [item(1)]);
    await pull(fetch, { digest: 'x', pages });
    expect(requests.map((seen) => seen.url)).toEqual([src]);
    expect(requests[0]?.headers.has('if-none-match')).toBe(false);
  });

  it('that begin with another one are not asked: what is new on the first would pass for what follows', async () => {
    const pages = [`${src}?cursor=b`, src].map((url) => ({ url, etag: '"1"' }));
    const { fetch, requests } = service(({ headers }) =>
      headers.has('if-none-match') ? new Response(null, { status: 304 }) : [item(1)],
    );
    const fresh = await pull(fetch, { digest: 'x', pages });
    expect(fresh).not.toBe('unchanged');
    expect(requests.map((seen) => seen.url)).toEqual([src]);
  });

  it('of another source are not asked', async () => {
    const { fetch, requests } = service(() => [item(1)]);
    await pull(fetch, { digest: 'x', pages: [{ url: `${src}?title=2`, etag: '"1"' }] });
    expect(requests.map((seen) => seen.url)).toEqual([src]);
  });

  it('resolve pictures against the address of the answer', async () => {
    const answer = jsonResponse([{ id: 1, name: 'a', icon: 'icons/1.png' }]);
    Object.defineProperty(answer, 'url', { value: 'https://cdn.example/x/y.json' });
    const { fetch } = service(() => answer);
    const { achievements } = (await pull(fetch, undefined, { allowedOrigins: ['https://cdn.example'] })) as Fresh;
    expect(achievements[0]?.media.icon).toEqual({ url: 'https://cdn.example/x/icons/1.png' });
  });
});

describe('the digest', () => {
  it('differs for texts that differ', () => {
    const texts = [
      '',
      'a',
      'b',
      'ab',
      'ba',
      'a\0',
      ...Array.from({ length: 5000 }, (_, index) => `{"progress":${index}}`),
    ];
    expect(new Set(texts.map(digestOf)).size).toBe(texts.length);
    expect(digestOf('ab')).toBe(digestOf('ab'));
  });

  it('control: a digest of the length alone would call two answers the same', () => {
    const naive = (text: string) => String(text.length);
    expect(naive('{"progress":1}')).toBe(naive('{"progress":2}'));
    expect(digestOf('{"progress":1}')).not.toBe(digestOf('{"progress":2}'));
  });
});

describe('a long list', () => {
  const long = (count: number) => ({ achievements: Array.from({ length: count }, (_, index) => item(index)) });

  it.each([
    [2000, 1],
    [6000, 3],
    [50_000, 25],
  ])('of %i entries gives the thread back %i times while it is read', async (count, times) => {
    let breaks = 0;
    const { fetch } = service(() => long(count));
    const call = callWith({ fetch });
    const clock = {
      ...call.clock,
      setTimeout(callback: () => void, milliseconds: number) {
        // Everything else is a limit of time, which nothing here reaches.
        if (milliseconds > 0) return -1;
        breaks += 1;
        setImmediate(callback);
        return breaks;
      },
    };
    const fresh = (await json({ src, maxBytes: 2 ** 26 }).pull(undefined, { ...call, clock })) as Fresh;
    expect(fresh.achievements).toHaveLength(count);
    expect(breaks).toBe(times);
  });

  it('is given up where nobody wants it any more', async () => {
    const stop = new AbortController();
    const { fetch } = service(() => long(6000));
    const call = callWith({ fetch, signal: stop.signal });
    const pulled = json({ src }).pull(undefined, call);
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('Gone'));
    await expect(pulled).rejects.toThrow('Gone');
  });

  it('of which a page comes again is told from one that follows, though only some of each are compared', async () => {
    const page = (from: number) => Array.from({ length: 500 }, (_, index) => item(from + index));
    const { fetch, requests } = service((_seen, index) => ({
      achievements: page(index < 2 ? index * 500 : 500),
      cursor: `c${index}`,
      total: 5000,
    }));
    const fresh = (await pull(fetch)) as Fresh;
    expect(fresh.achievements).toHaveLength(1000);
    expect(requests).toHaveLength(3);
  });
});
