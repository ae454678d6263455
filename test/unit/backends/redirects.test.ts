import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenToStream } from '../../../src/backends/event-stream.js';
import { json } from '../../../src/backends/json.js';
import { type JsonRequest, requestJson } from '../../../src/backends/http.js';
import type { Fresh } from '../../../src/model/index.js';
import { callWith, jsonResponse, problemOf, service } from './support.js';

interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Site {
  readonly origin: string;
  readonly visits: Visit[];
  readonly server: Server;
  /** Status and address, by path. */
  readonly redirects: Map<string, readonly [number, string]>;
}

async function openSite(): Promise<Site> {
  const visits: Visit[] = [];
  const redirects = new Map<string, readonly [number, string]>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const path = request.url ?? '';
      visits.push({ method: request.method ?? '', path, headers: request.headers, body });
      const redirect = redirects.get(path);
      if (redirect) response.writeHead(redirect[0], { location: redirect[1] }).end();
      else if (path.includes('reports')) {
        const { reports = [] } = JSON.parse(body || '{}') as { reports?: { id: string }[] };
        const results = reports.map(({ id }) => ({ id, outcome: 'accepted' }));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ results }));
      } else {
        const achievements = [{ id: '1', name: `From ${path}` }];
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ achievements }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, visits, server, redirects };
}

const STATUSES = [301, 302, 303, 307, 308];
const secrets = { headers: { 'x-canary': 'canary-header' }, credentials: 'include' } as const;
const report = { id: 'r1', achievement: '1', set: 7, at: 0 };

let own: Site;
let foreign: Site;
beforeEach(async () => {
  [own, foreign] = await Promise.all([openSite(), openSite()]);
});
afterEach(() => {
  own.server.close();
  foreign.server.close();
});

const call = () => callWith({ fetch: globalThis.fetch, token: () => 'canary-token' });
const names = (fresh: Fresh | 'unchanged') => (fresh as Fresh).achievements.map(({ name }) => name);

describe.each(STATUSES)('a redirect with %i', (status) => {
  it('to another origin is not followed, with reports and without, and tells where and what to set', async () => {
    own.redirects.set('/list', [status, `${foreign.origin}/list?session=canary-query`]);
    own.redirects.set('/list/reports', [status, `${foreign.origin}/reports`]);
    const backend = json({ src: `${own.origin}/list`, reports: true, ...secrets });
    for (const asked of [backend.pull(undefined, call()), backend.push!([report], call())]) {
      const problem = await problemOf(asked);
      expect(problem.code).toBe('forbidden');
      expect(problem.message).toContain(`allowedOrigins: ["${foreign.origin}"]`);
      expect(problem.message).not.toContain('canary');
    }
    expect(foreign.visits).toEqual([]);
  });

  it('within the origin is followed, with everything that was to be sent', async () => {
    own.redirects.set('/list', [status, '/list/']);
    own.redirects.set('/list/reports', [status, '/list/reports/']);
    const backend = json({ src: `${own.origin}/list`, reports: true, ...secrets });
    expect(names(await backend.pull(undefined, call()))).toEqual(['From /list/']);
    expect(await backend.push!([report], call())).toEqual([{ id: 'r1', outcome: 'accepted' }]);
    const last = own.visits.at(-1);
    expect(last).toMatchObject({ method: 'POST', path: '/list/reports/' });
    expect(last?.body).toContain('"r1"');
    expect(last?.headers).toMatchObject({ 'x-canary': 'canary-header', authorization: 'Bearer canary-token' });
  });

  it('to an origin that the host allows is followed', async () => {
    own.redirects.set('/list', [status, `${foreign.origin}/list`]);
    const backend = json({ src: `${own.origin}/list`, allowedOrigins: [`${foreign.origin}/`], ...secrets });
    expect(names(await backend.pull(undefined, call()))).toEqual(['From /list']);
    expect(foreign.visits).toHaveLength(1);
  });
});

describe('redirects', () => {
  it('that lead round in circles end', async () => {
    own.redirects.set('/a', [302, '/b']);
    own.redirects.set('/b', [302, '/a']);
    const problem = await problemOf(json({ src: `${own.origin}/a` }).pull(undefined, call()));
    expect(problem).toMatchObject({ code: 'forbidden', message: expect.stringContaining('again and again') as string });
    expect(own.visits.length).toBeLessThanOrEqual(4);
  });

  it('that lead nowhere are told', async () => {
    own.redirects.set('/a', [302, 'http://[']);
    expect(await problemOf(json({ src: `${own.origin}/a` }).pull(undefined, call()))).toMatchObject({
      code: 'forbidden',
    });
  });

  it('are remembered where everybody is led to the same, and not where it may be each to their own', async () => {
    own.redirects.set('/list', [301, '/list/']);
    own.redirects.set('/me', [302, '/players/7']);
    for (const src of ['/list', '/me']) {
      for (let times = 0; times < 2; times++) await json({ src: own.origin + src }).pull(undefined, call());
    }
    const asked = own.visits.map(({ path }) => path);
    expect(asked).toEqual(['/list', '/list/', '/list/', '/me', '/players/7', '/me', '/players/7']);
  });

  it('that are remembered are forgotten after ten minutes', async () => {
    own.redirects.set('/list', [301, '/list/']);
    const now = call();
    await json({ src: `${own.origin}/list` }).pull(undefined, now);
    await now.clock.advance(600_001);
    await json({ src: `${own.origin}/list` }).pull(undefined, now);
    expect(own.visits.map(({ path }) => path)).toEqual(['/list', '/list/', '/list', '/list/']);
  });

  it('of an event stream to another origin are not followed', async () => {
    own.redirects.set('/events', [307, `${foreign.origin}/events`]);
    const seen = new Promise<void>((resolve) =>
      own.server.on('request', (_, response) => response.on('close', resolve)),
    );
    const heard: unknown[] = [];
    const request = { url: () => `${own.origin}/events`, ...secrets };
    listenToStream(request, { event: (event) => heard.push(event), connected: () => heard.push('connected') }, call());
    await seen;
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
    expect(foreign.visits).toEqual([]);
  });
});

const url = 'https://game.example/users/7/achievements?key=canary-query';
const ask = (request: Partial<JsonRequest>, ...given: Parameters<typeof service>) => {
  const { fetch, requests } = service(...given);
  return { answer: requestJson({ url, ...request }, callWith({ fetch, token: () => 'canary-token' })), requests };
};
const at = (where: string, response: Response = jsonResponse([])) =>
  Object.defineProperty(response, 'url', { value: where });
/** As a browser shows a redirect that it did not follow: without any address. */
const opaque = () =>
  Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' }, status: { value: 0 } });

describe('where the browser does not say where a redirect leads', () => {
  it.each(['include', 'same-origin', 'omit'] as const)(
    'it is found out with nothing in the request, and cookies of no other origin (%s)',
    async (credentials) => {
      const from = `https://game.example/${credentials}?key=canary-query`;
      const moved = `https://game.example/${credentials}/?key=canary-query`;
      const { answer, requests } = ask(
        { ...secrets, url: from, credentials, body: { reports: [] }, fixedHeaders: { 'x-fixed': '1' } },
        ({ url: asked }, index) => (index === 0 ? opaque() : at(index === 1 ? moved : asked)),
      );
      expect(await answer).toMatchObject({ url: moved });
      const [first, probe, last] = requests;
      expect([...probe!.headers]).toEqual([]);
      expect(probe!.init).toMatchObject({ credentials: credentials === 'omit' ? 'omit' : 'same-origin' });
      expect([probe!.init.method, probe!.init.body]).toEqual([undefined, undefined]);
      for (const each of [first, last]) {
        expect(each!.init).toMatchObject({ redirect: 'manual', method: 'POST', credentials });
        expect(each!.headers.get('authorization')).toBe('Bearer canary-token');
      }
      expect(last!.url).toBe(moved);
    },
  );

  it('another origin gets nothing', async () => {
    const { answer, requests } = ask(secrets, (_seen, index) =>
      index === 0 ? opaque() : at('https://evil.example/list?key=canary-query'),
    );
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ code: 'forbidden' });
    expect(problem.message).toContain('https://evil.example');
    expect(problem.message).not.toContain('canary');
    expect(requests).toHaveLength(2);
  });

  it('one that cannot be read, or is not there when looked for, is told', async () => {
    const unread = ask({}, (_seen, index) =>
      index === 0 ? opaque() : Promise.reject(new TypeError('Failed to fetch')),
    );
    expect(await problemOf(unread.answer)).toMatchObject({
      code: 'offline',
      message: expect.stringContaining('redirects to an address that could not be reached') as string,
    });
    const gone = ask({}, (_seen, index) => (index === 0 ? opaque() : at(url)));
    expect(await problemOf(gone.answer)).toMatchObject({ code: 'forbidden' });
  });
});

describe('an answer', () => {
  it.each([
    ['of another origin', 'https://evil.example/list', undefined],
    ['of another port', 'https://game.example:444/list', undefined],
    ['of the same host without encryption', 'http://game.example/list', undefined],
    ['of no origin', 'data:application/json,[]', undefined],
    ['of no origin, where that is listed', 'data:application/json,[]', ['null', 'data:application/json,[]']],
    ['of an origin that only looks allowed', 'https://cdn.example.evil.example/list', ['https://cdn.example']],
    ['where anything is listed but origins', 'https://evil.example/list', ['*', '', 'evil.example', 7] as never],
    ['where what is listed is no list', 'https://evil.example/list', 'https://evil.example' as never],
  ])('%s is not believed, although the page’s own fetch followed', async (_, where, allowedOrigins) => {
    const { answer } = ask(allowedOrigins ? { allowedOrigins } : {}, () => at(where));
    expect(await problemOf(answer)).toMatchObject({ code: 'forbidden' });
  });

  it('of the same origin, of one that is allowed, or of a fetch that does not say, is', async () => {
    expect(await ask({}, () => at('https://game.example/elsewhere')).answer).toMatchObject({ body: [] });
    const allowedOrigins = ['https://cdn.example'];
    expect(await ask({ allowedOrigins }, () => at('https://cdn.example/list')).answer).toMatchObject({ body: [] });
    expect(await ask({}, () => jsonResponse([])).answer).toMatchObject({ url });
  });
});
