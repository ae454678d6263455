import { describe, expect, it } from 'vitest';
import { json } from '../../../src/backends/json.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import type { Backend } from '../../../src/model/backend.js';
import { DEMO_TOKEN, FAULTS, type SessionName } from '../../../demo/services/index.js';
import { ConnectionLost, MINUTE, SECOND, type Handler, answerJson } from '../../../demo/services/http.js';
import { createProxies } from '../../../demo/services/proxies.js';
import { TALON_ONE_KEYS } from '../../../demo/services/talon-one.js';
import { NIGHTJAR_TITLE_ID, STARFALL_TITLE_ID, XBOX_PLAYERS } from '../../../demo/services/xbox-data.js';
import { XBOX_KEYS } from '../../../demo/services/xbox-live.js';
import { ORIGIN, bodyOf, openDemo } from './support.js';

const XBOX = `/xbox/users/xuid(${XBOX_PLAYERS.nova.xuid})/achievements?titleId=${STARFALL_TITLE_ID}`;
const URLS = { xbox: XBOX, 'talon-one': '/talon-one/achievements', json: '/json/achievements' } as const;
const as = (session: SessionName) => ({ cookie: `other=1; demo-session=${session}` });

interface JsonPage {
  achievements: { id: string; name: string; state?: string }[];
  cursor: string | null;
  total: number;
}

describe('the proxies', () => {
  it('add what a page must not have', async () => {
    const asked: Request[] = [];
    const record: Handler = (request) => {
      asked.push(request);
      return Promise.resolve(answerJson({}));
    };
    const handle = createProxies({ xbox: record, talonOne: record, json: record, game: record });
    const page = {
      authorization: 'Bearer of-the-page',
      cookie: 'demo-session=wren; secret=1',
      'accept-language': 'de',
      'x-demo-fault': '500',
    };
    for (const path of [
      '/xbox/users/me/achievements',
      '/xbox-360/users/me/achievements',
      '/talon-one/achievements?skip=5&integrationId=somebody-else&apiKey=x',
      '/json/achievements?player=somebody-else',
    ]) {
      await handle(new Request(`${ORIGIN}${path}`, { headers: page }));
    }
    const [modern, legacy, talon, own] = asked.map(({ url, headers }) => ({
      path: url.slice(ORIGIN.length),
      headers: Object.fromEntries(headers),
    }));
    const common = { accept: 'application/json', 'accept-language': 'de' };
    const path = `/users/xuid(${XBOX_PLAYERS.wren.xuid})/achievements`;
    expect(modern).toEqual({
      path,
      headers: { ...common, authorization: XBOX_KEYS.full, 'x-xbl-contract-version': '4' },
    });
    expect(legacy).toEqual({
      path,
      headers: { ...common, authorization: XBOX_KEYS.full, 'x-xbl-contract-version': '3' },
    });
    expect(talon).toEqual({
      path: `/v1/customer_profiles/${encodeURIComponent('wren/sparks+club@example.com')}/achievements?skip=5`,
      headers: { ...common, authorization: TALON_ONE_KEYS.full },
    });
    expect(own).toEqual({ path: '/achievements?player=wren', headers: common });
  });

  it('never give a key away, whatever is asked and whatever goes wrong', async () => {
    const { ask } = openDemo();
    const keys = [...Object.values(XBOX_KEYS), ...Object.values(TALON_ONE_KEYS)].flatMap((key) =>
      key.split(/[ ;]/).slice(-1),
    );
    const paths = [
      ...Object.values(URLS),
      '/talon-one/inventory',
      '/talon-one/achievements/102',
      '/overrides/talon-one.json',
    ];
    const faults = FAULTS.filter((fault) => !['offline', 'slow', 'hang', 'flaky'].includes(fault));
    for (const path of [...paths, '/demo/session', '/demo/faults']) {
      for (const fault of [undefined, ...faults]) {
        const url = fault ? `${path}${path.includes('?') ? '&' : '?'}fault=${fault}` : path;
        const answer = await ask(url);
        const text = JSON.stringify([...answer.headers]) + (await answer.text());
        for (const key of keys) expect(text).not.toContain(key);
        expect(text).not.toContain('ember-1001');
      }
    }
  });

  it('pass only the headers that a page needs', async () => {
    const { ask } = openDemo();
    const answer = await ask(XBOX);
    expect([...answer.headers.keys()].sort()).toEqual(['cache-control', 'content-type']);
    expect((await ask(`${XBOX}&fault=429`)).headers.get('retry-after')).toBe('12');
  });

  it('know the visitor by the cookie', async () => {
    const { ask, post } = openDemo();
    const state = async (session: SessionName) => {
      const body = await bodyOf<{ achievements: { progressState: string }[] }>(
        ask(`/xbox/users/me/achievements?titleId=${STARFALL_TITLE_ID}`, { headers: as(session) }),
      );
      return body.achievements[0]?.progressState;
    };
    expect(await state('nova')).toBe('Achieved');
    expect(await state('wren')).toBe('NotStarted');
    expect((await ask('/xbox/users/me/achievements', { headers: as('expired') })).status).toBe(401);
    expect(await bodyOf(ask('/talon-one/achievements', { headers: as('guest') }))).toEqual({
      totalResultSize: 0,
      data: [],
    });
    const signedIn = await post('/demo/session', { name: 'wren' });
    expect(signedIn.headers.get('set-cookie')).toBe('demo-session=wren; Path=/; SameSite=Lax; HttpOnly');
    expect(await signedIn.json()).toMatchObject({ name: 'wren', xuid: XBOX_PLAYERS.wren.xuid });
    expect((await post('/demo/session', { name: 'root' })).status).toBe(400);
  });

  it.each([
    ['GET', '/xbox/users/me/profile', 404],
    ['GET', '/xbox/%E0', 404],
    ['GET', '/talon-one/customer_data/ember-1001', 404],
    ['GET', '/json/players', 404],
    ['GET', '/secure/demo/faults', 404],
    ['POST', '/xbox/users/me/achievements', 405],
    ['DELETE', '/talon-one/achievements', 405],
  ])('let nothing else through: %s %s', async (method, path, status) => {
    expect((await openDemo().ask(path, { method })).status).toBe(status);
  });

  it('leave other paths to others', async () => {
    const { demo } = openDemo();
    for (const path of ['/', '/index.html', '/demo/services/index.ts', '/jsonish', '/xbox.html']) {
      expect(await demo.handle(new Request(`${ORIGIN}${path}`))).toBeUndefined();
    }
  });

  it.each(Object.values(URLS))('demand the token of the host for /secure%s', async (path) => {
    const { ask } = openDemo();
    for (const headers of [{}, { authorization: 'Bearer guessed' }, { authorization: DEMO_TOKEN }]) {
      const refused = await ask(`/secure${path}`, { headers });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
    expect((await ask(`/secure${path}`, { headers: { authorization: `Bearer ${DEMO_TOKEN}` } })).status).toBe(200);
  });
});

describe('the JSON protocol', () => {
  it('pages by cursor', async () => {
    const { ask } = openDemo();
    const ids: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 10; page++) {
      const body: JsonPage = await bodyOf<JsonPage>(ask(`/json/achievements?cursor=${cursor}`));
      expect(body.total).toBe(18);
      ids.push(...body.achievements.map(({ id }) => id));
      cursor = body.cursor;
    }
    expect(new Set(ids).size).toBe(18);
    expect((await ask('/json/achievements?cursor=after:nothing')).status).toBe(400);
    expect((await ask('/json/achievements?limit=0')).status).toBe(400);
    expect((await bodyOf<JsonPage>(ask('/json/achievements?limit=500'))).cursor).toBeNull();
  });

  it('answers 304 as long as nothing changed', async () => {
    const { ask, post } = openDemo();
    const etag = (await ask('/json/achievements')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]+-[0-9a-f]+"$/);
    const known = { headers: { 'if-none-match': `"old", W/${etag}` } };
    const unchanged = await ask('/json/achievements', known);
    expect([unchanged.status, unchanged.headers.get('etag'), await unchanged.text()]).toEqual([304, etag, '']);
    await post('/demo/json/play', { achievement: 'weekly-wander' });
    const changed = await ask('/json/achievements', known);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('plays: progress, unlock, and a repeating one that counts its rounds', async () => {
    const { post } = openDemo();
    expect(await bodyOf(post('/demo/json/play', { achievement: 'seven-summits' }))).toMatchObject({
      unlocked: true,
      achievement: { state: 'unlocked', unlockedAt: '2026-11-21T12:00:00.000Z' },
    });
    expect(await bodyOf(post('/demo/json/play', { achievement: 'good-deed' }))).toMatchObject({
      unlocked: true,
      achievement: { state: 'in-progress', timesEarned: 1, requirements: [{ current: 0 }] },
    });
    expect((await post('/demo/json/play', { achievement: 'winter-opening' })).status).toBe(409);
    expect((await post('/demo/json/play', { achievement: 'nothing' })).status).toBe(404);
    expect(await bodyOf(post('/demo/json/play', { achievement: 'deer-friend' }, as('wren')))).toMatchObject({
      unlocked: true,
    });
  });
});

describe('playing', () => {
  it('changes what is shown, in this room only, until a reset', async () => {
    const { ask, post } = openDemo();
    const read = async (room: string) => (await ask(`${XBOX}&room=${room}`)).text();
    const before = await read('a');
    const played = await bodyOf<{ unlocked: boolean }>(post('/demo/xbox/play?room=a', { achievement: '18', by: 3 }));
    expect(played.unlocked).toBe(true);
    expect(await read('a')).not.toBe(before);
    expect(await read('b')).toBe(before);
    await post('/demo/reset?room=a', {});
    expect(await read('a')).toBe(before);
  });

  it('answers with effects for Talon.One', async () => {
    const { post } = openDemo();
    expect(await bodyOf(post('/demo/talon-one/play', { achievement: 118 }))).toMatchObject({
      completed: true,
      effects: [{ effectType: 'increaseAchievementProgress', props: { isJustCompleted: true } }],
    });
    expect((await post('/demo/talon-one/play', {}, as('guest'))).status).toBe(404);
  });

  it.each([
    ['/demo/xbox/play', { achievement: '999' }, 404],
    ['/demo/xbox/play', { achievement: '7' }, 409],
    ['/demo/xbox/play', { by: 'a lot' }, 400],
    ['/demo/xbox/stop', {}, 404],
    ['/demo/faults', [], 400],
    ['/demo/faults', { xbox: 'earthquake' }, 400],
    ['/demo/faults', { steam: 'offline' }, 400],
  ])('refuses %s %j', async (path, body, status) => {
    expect((await openDemo().post(path, body)).status).toBe(status);
  });

  it('is never done by a GET', async () => {
    expect((await openDemo().ask('/demo/xbox/play')).status).toBe(405);
  });
});

describe.each(Object.entries(URLS))('faults of %s', (service, path) => {
  it.each(['401', '403', '404', '429', '500', '503'] as const)('%s', async (fault) => {
    const { ask, post } = openDemo();
    expect(await bodyOf(post('/demo/faults', { [service]: fault }))).toMatchObject({ faults: { [service]: fault } });
    expect((await ask(path)).status).toBe(Number(fault));
    await post('/demo/faults', { [service]: null });
    expect((await ask(path)).status).toBe(200);
  });

  it('offline, now and then or all the time', async () => {
    const { ask, post } = openDemo();
    await post('/demo/faults', { [service]: 'offline' });
    await expect(ask(path)).rejects.toThrow(ConnectionLost);
    await post('/demo/faults', { [service]: 'flaky' });
    await expect(ask(path)).resolves.toHaveProperty('status', 200);
    await expect(ask(path)).rejects.toThrow(TypeError);
    await post('/demo/reset', {});
    await expect(ask(path)).resolves.toHaveProperty('status', 200);
  });

  it('slow, and hanging until the page gives up', async () => {
    const { ask, post, clock } = openDemo();
    await post('/demo/faults', { [service]: 'slow' });
    const slow = ask(path);
    clock.move(4 * SECOND);
    expect((await slow).status).toBe(200);
    await post('/demo/faults', { [service]: 'hang' });
    const given = new AbortController();
    const hanging = ask(path, { signal: given.signal });
    clock.move(5 * MINUTE);
    given.abort();
    await expect(hanging).rejects.toThrow(ConnectionLost);
    expect(clock.waiting).toBe(0);
  });

  it('empty, broken in parts, and no JSON at all', async () => {
    const { ask } = openDemo();
    const faulty = (fault: string) => ask(`${path}${path.includes('?') ? '&' : '?'}fault=${fault}`);
    const items = async (answer: Response) => {
      const body = await bodyOf<{ achievements?: unknown[]; data?: unknown[] }>(answer);
      return body.achievements ?? body.data;
    };
    expect(await items(await faulty('empty'))).toEqual([]);
    expect(await items(await faulty('bad-data'))).toContain(null);
    const portal = await faulty('bad-envelope');
    expect([portal.status, portal.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('the project’s own backends', () => {
  const pull = async (backend: Backend) => {
    const { clock, demo } = openDemo();
    const fresh = await backend.pull(undefined, {
      fetch: async (input, init) =>
        (await demo.handle(new Request(input, init))) ?? new Response(null, { status: 404 }),
      clock,
      signal: new AbortController().signal,
    });
    if (fresh === 'unchanged') throw new Error('There was nothing to be unchanged');
    return fresh;
  };
  const states = (achievements: readonly { state: string }[]) =>
    [...new Set(achievements.map(({ state }) => state))].sort();

  it('read all of Starfall in every state', async () => {
    const { achievements, problem } = await pull(xbox({ src: `${ORIGIN}${XBOX}` }));
    expect(problem).toBeUndefined();
    expect(achievements).toHaveLength(56);
    expect(states(achievements)).toEqual(['expired', 'in-progress', 'locked', 'scheduled', 'unknown', 'unlocked']);
  });

  it('read an Xbox 360 title with what was earned', async () => {
    const src = `${ORIGIN}/xbox-360/users/me/titleachievements?titleId=${NIGHTJAR_TITLE_ID}`;
    const earnedSrc = `${ORIGIN}/xbox-360/users/me/achievements?titleId=${NIGHTJAR_TITLE_ID}`;
    const { achievements } = await pull(xbox({ src, earnedSrc }));
    expect(achievements).toHaveLength(12);
    expect(achievements.filter(({ state }) => state === 'unlocked')).toHaveLength(6);
  });

  it('read the shop in every state', async () => {
    const src = `${ORIGIN}/talon-one/achievements?achievementStatus=active,scheduled`;
    const { achievements, problem } = await pull(talonOne({ src }));
    expect(problem).toBeUndefined();
    expect(achievements).toHaveLength(44);
    expect(states(achievements)).toEqual(['expired', 'in-progress', 'locked', 'scheduled', 'unknown', 'unlocked']);
  });

  it('read the hiking club', async () => {
    const { achievements, problem } = await pull(json({ src: `${ORIGIN}/json/achievements` }));
    expect(problem).toBeUndefined();
    expect(achievements).toHaveLength(18);
    expect(states(achievements)).toEqual(['expired', 'in-progress', 'locked', 'scheduled', 'unlocked']);
  });

  it.each([
    ['xbox', () => xbox({ src: `${ORIGIN}${XBOX}&fault=bad-data` })],
    ['talon-one', () => talonOne({ src: `${ORIGIN}/talon-one/achievements?fault=bad-data` })],
    ['json', () => json({ src: `${ORIGIN}/json/achievements?fault=bad-data` })],
  ])('keep what is good of broken data: %s', async (_, backend) => {
    const { achievements, problem } = await pull(backend());
    expect(problem?.code).toBe('bad-shape');
    expect(achievements.length).toBeGreaterThan(8);
  });
});
