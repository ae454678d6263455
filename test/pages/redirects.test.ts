import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enginesHere } from '../../scripts/browsers.mjs';
import { changedBundle } from '../support/chaos/bundles.js';
import { openPage, until, type DrivenPage } from '../support/pages/engines.js';

interface Visit {
  readonly path: string;
  readonly method: string;
  /** Headers and body, as one text. */
  readonly all: string;
}

interface Site {
  readonly origin: string;
  readonly visits: Visit[];
  readonly redirects: Map<string, string>;
  readonly scripts: Map<string, string>;
  close(): Promise<void>;
}

/** A site that answers everybody, whatever is asked and whoever asks. */
async function openSite(): Promise<Site> {
  const visits: Visit[] = [];
  const redirects = new Map<string, string>();
  const scripts = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const path = request.url ?? '';
      const { origin = '*' } = request.headers;
      const script = scripts.get(path);
      const cors = {
        'access-control-allow-origin': origin === 'null' ? '*' : origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': 'authorization, content-type, x-canary, last-event-id',
        'cache-control': 'no-store',
      };
      const redirect = redirects.get(path);
      if (script !== undefined) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
        return;
      }
      if (path === '/') {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Page</title><p>Page.');
        return;
      }
      visits.push({ path, method: request.method ?? '', all: JSON.stringify(request.headers) + body });
      if (request.method === 'OPTIONS') response.writeHead(204, cors).end();
      else if (redirect) response.writeHead(307, { ...cors, location: redirect }).end();
      else if (path.includes('reports')) {
        const { reports = [] } = JSON.parse(body || '{}') as { reports?: { id: string }[] };
        const results = reports.map(({ id }) => ({ id, outcome: 'accepted' }));
        response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify({ results }));
      } else {
        const achievements = [{ id: '1', name: `From ${path}` }];
        response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify({ achievements }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    redirects,
    scripts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const ASK = `(bundle, options, done) => import(bundle).then(async ({ json }) => {
  const call = {
    fetch: (...request) => fetch(...request),
    clock: { now: Date.now, setTimeout: (...all) => setTimeout(...all), clearTimeout: (timer) => clearTimeout(timer) },
    signal: new AbortController().signal,
    token: () => 'canary-token',
  };
  const backend = json({ src: '/list', reports: true, headers: { 'x-canary': 'canary-header' }, credentials: 'include', ...options });
  const outcome = async (work) => { try { return await work(); } catch (error) { return error.problem ?? String(error); } };
  const list = await outcome(async () => (await backend.pull(undefined, call)).achievements.map(({ name }) => name));
  const reports = await outcome(() => backend.push([{ id: 'canary-report', achievement: '1', set: 7, at: 0 }], call));
  globalThis[done] = JSON.stringify({ list, reports });
})`;

describe.each(enginesHere)('a service that redirects, in %s', (engine) => {
  let own: Site;
  let foreign: Site;
  let page: DrivenPage;
  let asked = 0;

  beforeAll(async () => {
    [own, foreign, page] = await Promise.all([openSite(), openSite(), openPage(engine)]);
    own.scripts.set('/whole.js', await changedBundle([]));
    own.scripts.set(
      '/following.js',
      await changedBundle([{ file: 'backends/http.ts', from: "          redirect: 'manual',\n", to: '' }]),
    );
  });
  afterAll(async () => {
    await page.close();
    await Promise.all([own.close(), foreign.close()]);
  });
  beforeEach(async () => {
    // Anew, so that nothing is remembered.
    await page.goto(`${own.origin}/`);
    for (const site of [own, foreign]) {
      site.visits.length = 0;
      site.redirects.clear();
    }
  });

  async function ask(options: object = {}, bundle = '/whole.js'): Promise<{ list: unknown; reports: unknown }> {
    const done = `answer${(asked += 1)}`;
    await page.evaluate(`void (${ASK})('${bundle}', ${JSON.stringify(options)}, '${done}')`);
    await until(page, `typeof globalThis.${done} === 'string'`);
    return JSON.parse(await page.evaluate<string>(`globalThis.${done}`)) as { list: unknown; reports: unknown };
  }

  const redirectTo = (origin: string) => {
    own.redirects.set('/list', `${origin}/list/`);
    own.redirects.set('/list/reports', `${origin}/list/reports/`);
  };

  it('to itself is asked there, with headers, token and reports', async () => {
    redirectTo('');
    const { list, reports } = await ask();
    expect(list).toEqual(['From /list/']);
    expect(reports).toEqual([{ id: 'canary-report', outcome: 'accepted' }]);
    const last = own.visits.at(-1);
    expect(last).toMatchObject({ method: 'POST', path: '/list/reports/' });
    for (const canary of ['canary-header', 'canary-token', 'canary-report']) expect(last?.all).toContain(canary);
  });

  it('to another origin gives it nothing of ours, and its list is not shown', async () => {
    redirectTo(foreign.origin);
    const { list, reports } = await ask();
    for (const problem of [list, reports]) {
      expect(problem).toMatchObject({ code: 'forbidden' });
      expect((problem as { message: string }).message).toContain(`allowedOrigins: ["${foreign.origin}"]`);
    }
    expect(foreign.visits.map(({ method }) => method)).not.toContain('POST');
    expect(foreign.visits.map(({ all }) => all).join()).not.toContain('canary');
  });

  it('to an origin that the host allows is asked there', async () => {
    redirectTo(foreign.origin);
    const { list, reports } = await ask({ allowedOrigins: [foreign.origin] });
    expect(list).toEqual(['From /list/']);
    expect(reports).toEqual([{ id: 'canary-report', outcome: 'accepted' }]);
  });

  it('control: a page that follows gives the other origin everything', async () => {
    redirectTo(foreign.origin);
    await ask({}, '/following.js');
    const all = foreign.visits.map((visit) => visit.all).join();
    for (const canary of ['canary-header', 'canary-report']) expect(all).toContain(canary);
  });
});
