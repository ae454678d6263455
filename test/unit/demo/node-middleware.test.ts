import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoMiddleware } from '../../../demo/services/node-middleware.js';

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) =>
    demoMiddleware(request, response, (error) => {
      response.statusCode = error ? 500 : 418;
      response.end(error instanceof Error ? error.message : 'somebody else');
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

it('answers with pictures on the host that was asked', async () => {
  const answer = await fetch(`${base}/xbox/users/me/achievements?maxItems=1`);
  const body = (await answer.json()) as { achievements: { mediaAssets: { url: string }[] }[] };
  const url = body.achievements[0]?.mediaAssets[0]?.url ?? '';
  expect(url).toBe(`${base}/pictures/sunrise.wide.svg`);
  const picture = await fetch(url);
  expect(picture.headers.get('content-type')).toBe('image/svg+xml');
});

it('plays what is posted', async () => {
  const before = await fetch(`${base}/json/achievements?room=node`);
  const etag = before.headers.get('etag') ?? '';
  await before.text();
  const play = await fetch(`${base}/demo/json/play?room=node`, {
    method: 'POST',
    body: '{"achievement":"hundred-kilometres"}',
  });
  expect(await play.json()).toMatchObject({ unlocked: false });
  const after = await fetch(`${base}/json/achievements?room=node`, { headers: { 'if-none-match': etag } });
  expect(after.status).toBe(200);
  await after.text();
});

it('keeps an empty answer empty', async () => {
  const first = await fetch(`${base}/json/achievements`);
  const etag = first.headers.get('etag') ?? '';
  await first.text();
  const headers = { 'if-none-match': etag };
  expect((await fetch(`${base}/json/achievements`, { headers })).status).toBe(304);
});

it('breaks the connection where a fault says so', async () => {
  await expect(fetch(`${base}/json/achievements?fault=offline`)).rejects.toThrow(TypeError);
});

it('frees what waits when the page gives up', async () => {
  const gone = new AbortController();
  const hanging = fetch(`${base}/json/achievements?fault=hang`, { signal: gone.signal });
  setTimeout(() => gone.abort(), 50);
  await expect(hanging).rejects.toThrow();
});

it('refuses bodies that nothing here needs', async () => {
  const body = JSON.stringify({ achievement: 'x'.repeat(200_000) });
  expect((await fetch(`${base}/demo/json/play`, { method: 'POST', body })).status).toBe(413);
});

it('leaves everything else to others', async () => {
  for (const path of ['/', '/index.html', '/demo/services/index.ts', '/src/index.ts', '//']) {
    expect((await fetch(base + path)).status).toBe(418);
  }
});
