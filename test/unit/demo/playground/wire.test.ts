import { describe, expect, it } from 'vitest';
import { logged, sizeWords, validatorWords, wiretap, type WireEntry } from '../../../../demo/pages/playground/wire.js';

function tapped(answer: (url: string, init?: RequestInit) => Promise<Response>) {
  const told: WireEntry[] = [];
  const asked: string[] = [];
  let time = 0;
  const tap = wiretap({
    fetch: (input, init) => {
      const { url } = new Request(input, init);
      asked.push(url);
      return answer(url, init);
    },
    tell: (entry) => told.push(entry),
    now: () => (time += 5),
    reroute: (url) => `${url}&fault=slow`,
  });
  return { tap, told, asked };
}

const URL_ASKED = 'http://demo.test/json/achievements?cursor=a';

describe('the log of the wire', () => {
  it('tells of a request when it goes, and again with the answer', async () => {
    const { tap, told } = tapped(() =>
      Promise.resolve(new Response('{"ä":1}', { status: 200, headers: { etag: '"one"' } })),
    );
    const response = await tap(URL_ASKED);
    expect(await response.text()).toBe('{"ä":1}');
    const asked = { id: 1, method: 'GET', url: '/json/achievements?cursor=a' };
    expect(told).toEqual([asked, { ...asked, status: 200, time: 5, bytes: 8, etag: '"one"' }]);
  });

  it('shows the address that was asked, while the fault goes with the one that is sent', async () => {
    const { tap, told, asked } = tapped(() => Promise.resolve(new Response('{}')));
    await tap(URL_ASKED);
    expect(asked).toEqual([`${URL_ASKED}&fault=slow`]);
    expect(told[0]?.url).not.toContain('fault');
  });

  it('tells of what is unchanged, with the ETag that was sent', async () => {
    const { tap, told } = tapped(() =>
      Promise.resolve(new Response(null, { status: 304, headers: { etag: '"one"' } })),
    );
    const response = await tap(URL_ASKED, { headers: { 'If-None-Match': '"one"' } });
    expect(response.status).toBe(304);
    expect(told.at(-1)).toMatchObject({ known: '"one"', status: 304, bytes: 0 });
    expect(told.map(validatorWords).at(-1)).toBe('ETag sent, unchanged');
  });

  it('tells of a line that broke, and breaks it for the element too', async () => {
    const broken = new TypeError('Failed to fetch');
    const { tap, told } = tapped(() => Promise.reject(broken));
    await expect(tap(URL_ASKED)).rejects.toBe(broken);
    expect(told.at(-1)).toMatchObject({ error: 'no connection', time: 5 });
  });

  it('tells of a request that the element gave up', async () => {
    const stop = new AbortController();
    const { tap, told } = tapped(
      (_url, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    const asking = tap(URL_ASKED, { signal: stop.signal });
    stop.abort();
    await expect(asking).rejects.toThrow('aborted');
    expect(told.at(-1)).toMatchObject({ error: 'given up' });
  });

  it('stands with the newest first, each request once, and never more than 100', () => {
    let log: readonly WireEntry[] = [];
    for (let id = 1; id <= 120; id++) {
      log = logged(log, { id, method: 'GET', url: '/' });
      log = logged(log, { id, method: 'GET', url: '/', status: 200, time: 1 });
    }
    expect(log).toHaveLength(100);
    expect(log[0]).toMatchObject({ id: 120, status: 200 });
    expect(log.at(-1)).toMatchObject({ id: 21 });
  });

  it('does not bring back what was cleared while it was under way', () => {
    expect(logged([], { id: 1, method: 'GET', url: '/', status: 200, time: 1 })).toEqual([]);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1234, '1.2 kB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });

  it.each([
    [{ status: 200 }, 'no ETag'],
    [{ status: 200, etag: '"a"' }, 'ETag received'],
    [{ status: 200, etag: '"b"', known: '"a"' }, 'ETag sent, changed'],
    [{ status: 304, known: '"a"' }, 'ETag sent, unchanged'],
    [{ status: 500, known: '"a"' }, 'ETag sent'],
  ])('says of %j: %s', (entry, words) => {
    expect(validatorWords({ id: 1, method: 'GET', url: '/', ...entry })).toBe(words);
  });
});
