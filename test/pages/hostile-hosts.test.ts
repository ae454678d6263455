import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesHere } from '../../scripts/browsers.mjs';
import { changedBundle } from '../support/chaos/bundles.js';
import { openPage, until, type DrivenPage } from '../support/pages/engines.js';

const named = (tag: string, attribute: string, ...names: readonly string[]) =>
  names.map((name) => `<${tag} ${attribute}="${name}">${tag === 'a' ? '</a>' : ''}`).join('');

/** What is on the page before us: a script, or elements. */
const HOSTS: Readonly<Record<string, string>> = {
  'arrays with a toJSON': `<script>Array.prototype.toJSON = function () { return 'a list'; };</script>`,
  'a toJSON of everything that is a text': `<script>for (const { prototype } of [Object, Array, String, Number, Date]) Object.defineProperty(prototype, 'toJSON', { value() { return '"' + String(this) + '"'; } });</script>`,
  'an enumerable member of every object': `<script>Object.prototype.extra = function () {}; Object.prototype.also = 'text';</script>`,
  'an enumerable member of every list': `<script>Array.prototype.remove = function () {}; String.prototype.blank = function () {}; Function.prototype.method = function () {};</script>`,
  'members of every object with names of ours': `<script>for (const name of ['headers', 'signal', 'problem', 'id', 'state', 'add', 'unlock']) Object.prototype[name] = undefined;</script>`,
  'a JSON.stringify of its own': `<script>{ const { stringify } = JSON; JSON.stringify = (value) => stringify(value, null, 2); }</script>`,
  'intrinsics that are frozen': `<script>for (const { prototype } of [Object, Array, Function, String, Number, Promise, Map, Set]) Object.freeze(prototype);</script>`,
  'images with names of the document': named(
    'img',
    'name',
    'baseURI',
    'addEventListener',
    'removeEventListener',
    'visibilityState',
    'hidden',
    'activeElement',
    'body',
    'documentElement',
    'head',
    'readyState',
    'querySelector',
    'querySelectorAll',
    'getElementById',
    'defaultView',
    'styleSheets',
    'adoptedStyleSheets',
    'fonts',
    'location',
    'cookie',
    'dispatchEvent',
    'children',
  ),
  'links with ids of Lit’s own': named(
    'a',
    'id',
    'reactiveElementVersions',
    'litHtmlVersions',
    'litElementVersions',
    'reactiveElementPolyfillSupport',
    'litHtmlPolyfillSupport',
    'litElementPolyfillSupport',
    'litElementHydrateSupport',
    'ShadyCSS',
    'ShadyDOM',
  ),
  'links with ids of the window': named(
    'a',
    'id',
    'trustedTypes',
    'requestIdleCallback',
    'navigator',
    'indexedDB',
    'fetch',
    'name',
    'history',
    'caches',
    'BroadcastChannel',
    'customElements',
    'scheduler',
  ),
};

/** What nothing here can help against: Lit makes its templates with these. */
const BEYOND_HELP: Readonly<Record<string, string>> = {
  'an image named importNode': named('img', 'name', 'importNode'),
  'an image named createElement': named('img', 'name', 'createElement'),
  'an image named createTreeWalker': named('img', 'name', 'createTreeWalker'),
};

const LIST = {
  achievements: [1, 2, 3].map((id) => ({ id: String(id), name: `Number ${id}`, media: { icon: 'a.png' } })),
};

describe.each(enginesHere)('a host in %s', (engine) => {
  let origin: string;
  let close: () => void;
  let page: DrivenPage;
  let bodies: string[] = [];

  beforeAll(async () => {
    const bundle = await changedBundle([], 'src/cdn.ts');
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const name = url.searchParams.get('host') ?? '';
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const answer = (type: string, text: string) => response.writeHead(200, { 'content-type': type }).end(text);
        if (url.pathname === '/bundle.js') answer('text/javascript', bundle);
        else if (url.pathname === '/page/list') answer('application/json', JSON.stringify(LIST));
        else if (url.pathname === '/page/list/reports') {
          bodies.push(body);
          const { reports } = JSON.parse(body) as { reports: { id: string }[] };
          const results = reports.map(({ id }) => ({ id, outcome: 'accepted' }));
          answer('application/json', JSON.stringify({ results }));
        } else if (url.pathname === '/page/') {
          const host = HOSTS[name] ?? BEYOND_HELP[name] ?? '';
          answer(
            'text/html; charset=utf-8',
            `<!doctype html><html lang="en"><title>Host</title><script>window.errors = []; addEventListener('error', ({ message }) => errors.push(message)); addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));</script>${host}` +
              `<achievement-list src="list" reports player="${encodeURIComponent(name)}"></achievement-list><script type="module" src="/bundle.js"></script></html>`,
          );
        } else response.writeHead(404).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => void server.close();
    page = await openPage(engine);
  });
  afterAll(async () => {
    await page.close();
    close();
  });

  const element = `[...document.getElementsByTagName?.('achievement-list') ?? []][0]`;
  const cards = `(${element}?.shadowRoot?.querySelectorAll('achievement-card').length ?? 0)`;

  it.each(Object.keys(HOSTS))('with %s sees its list, and its reports arrive as they were made', async (name) => {
    bodies = [];
    await page.goto(`${origin}/page/?host=${encodeURIComponent(name)}`);
    await until(page, `${cards} === 3 || window.errors.length > 0`);
    expect(await page.evaluate<string>(`String(window.errors)`)).toBe('');
    expect(await page.evaluate<number>(cards)).toBe(3);
    await page.evaluate(`void ${element}.store.report({ achievement: '2', set: 7 })`);
    await until(page, `${element}.store.snapshot.pending === 0 && ${element}.store.snapshot.activity === 'idle'`);
    expect(await page.evaluate<string>(`String(window.errors)`)).toBe('');
    expect(bodies).toHaveLength(1);
    expect(JSON.parse(bodies[0]!)).toEqual({
      reports: [{ id: expect.any(String) as string, achievement: '2', set: 7, at: expect.any(String) as string }],
    });
  });

  it.each(Object.keys(BEYOND_HELP))('with %s is beyond help, as the documents say', async (name) => {
    await page.goto(`${origin}/page/?host=${encodeURIComponent(name)}`);
    await until(page, `window.errors.length > 0`);
    expect(await page.evaluate<number>(cards)).toBe(0);
  });
});
