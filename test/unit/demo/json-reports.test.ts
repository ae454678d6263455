import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../../../demo/services/http.js';
import { createJsonService } from '../../../demo/services/json-service.js';
import { demoMiddleware } from '../../../demo/services/node-middleware.js';
import { ORIGIN, StandingClock, bodyOf, openDemo } from './support.js';

const LIST = '/json/achievements';
const REPORTS = `${LIST}/reports`;

interface Results {
  results: {
    id: string;
    outcome: string;
    code?: string;
    achievement?: { id: string; state: string; unlockedAt?: string; requirements?: { current: number }[] };
  }[];
}

/** The demo, and what a game does with it. */
function openClub(session = 'nova') {
  const { ask, clock, post } = openDemo();
  const headers = { cookie: `demo-session=${session}` };
  const report = async (...reports: unknown[]) => (await bodyOf<Results>(post(REPORTS, { reports }, headers))).results;
  const outcomes = async (...reports: unknown[]) =>
    (await report(...reports)).map(({ id, outcome, code }) => [id, outcome, ...(code ? [code] : [])].join(' '));
  const current = async (id: string) => {
    const { achievements } = await bodyOf<{ achievements: { id: string; requirements?: { current: number }[] }[] }>(
      ask(`${LIST}?limit=100`, { headers }),
    );
    return achievements.find((each) => each.id === id)?.requirements?.[0]?.current;
  };
  return { ask, clock, post, report, outcomes, current };
}

const add = (id: string, amount: number, achievement = 'birdsong') => ({ id, achievement, add: amount });
const set = (id: string, amount: number, achievement = 'birdsong') => ({ id, achievement, set: amount });

describe('a report', () => {
  it('is done once, however often it is sent and whatever it says then', async () => {
    const { report, outcomes, current } = openClub();
    const [first] = await report(add('a', 2));
    expect(first).toMatchObject({
      outcome: 'accepted',
      achievement: { id: 'birdsong', requirements: [{ current: 13 }] },
    });
    expect(await outcomes(add('a', 2), add('a', 5), set('a', 20))).toEqual(['a duplicate']);
    expect(await current('birdsong')).toBe(13);
  });

  it('counts for its own player only, and so does its id', async () => {
    const { post, ask } = openDemo();
    const as = (name: string) => ({ cookie: `demo-session=${name}` });
    for (const name of ['nova', 'wren']) {
      expect(await bodyOf(post(`${REPORTS}?player=guest`, { reports: [add('a', 1)] }, as(name)))).toMatchObject({
        results: [{ outcome: 'accepted' }],
      });
    }
    expect(await bodyOf(ask(`${REPORTS}?ids=a`, { headers: as('guest') }))).toEqual({ results: [] });
  });

  it('is done in the order of the request, and set never lowers', async () => {
    const { outcomes, current } = openClub();
    await outcomes(set('a', 13), add('b', 1), set('c', 12), set('d', 14));
    expect(await current('birdsong')).toBe(14);
  });

  it.each([
    ['nothing known', { id: 'x', achievement: 'nothing', add: 1 }, 'unknown-achievement'],
    ['text for a number', { id: 'x', achievement: 'birdsong', set: 'NaN' }, 'invalid'],
    ['less than nothing', add('x', -1), 'invalid'],
    ['nothing more', add('x', 0), 'invalid'],
    ['more than counts exactly', add('x', 1e308), 'invalid'],
    ['two things at once', { ...add('x', 1), set: 3 }, 'invalid'],
    ['nothing done', { id: 'x', achievement: 'birdsong' }, 'invalid'],
    ['no unlock', { id: 'x', achievement: 'birdsong', unlock: false }, 'invalid'],
    ['no time', { ...add('x', 1), at: 'yesterday' }, 'invalid'],
    ['no achievement', { id: 'x', add: 1 }, 'invalid'],
    ['a window that is closed', { id: 'x', achievement: 'winter-opening', unlock: true }, 'not-open'],
    ['something without numbers', add('x', 1, 'trail-keeper'), 'not-countable'],
  ])('is rejected for ever where it says %s, and holds nothing up', async (_, poison, code) => {
    const { outcomes, current } = openClub();
    expect(await outcomes(add('a', 1), poison, add('b', 1))).toEqual([
      'a accepted',
      `x rejected ${code}`,
      'b accepted',
    ]);
    expect(await outcomes(add('x', 1))).toEqual([`x rejected ${code}`]);
    expect(await current('birdsong')).toBe(13);
  });

  it('counts for the time when it happened, and for no later time than now', async () => {
    const { report, clock } = openClub();
    const summer = new Date(clock.now() - 159 * DAY).toISOString();
    const future = new Date(clock.now() + DAY).toISOString();
    const [late, early] = await report(
      { id: 'a', achievement: 'midsummer-night', unlock: true, at: summer },
      { id: 'b', achievement: 'trail-keeper', unlock: true, at: future },
    );
    expect(late).toMatchObject({ outcome: 'accepted', achievement: { state: 'unlocked', unlockedAt: summer } });
    expect(early?.achievement?.unlockedAt).toBe(new Date(clock.now()).toISOString());
  });

  it('can be asked for', async () => {
    const { ask, outcomes } = openClub();
    await outcomes(add('a', 1), add('b', -1));
    const { results } = await bodyOf<Results>(ask(`${REPORTS}?ids=a,b,c,a`));
    expect(results.map(({ id, outcome, code }) => [id, outcome, code])).toEqual([
      ['a', 'accepted', undefined],
      ['b', 'rejected', 'invalid'],
    ]);
  });

  it('is remembered for 30 days', async () => {
    const { clock, outcomes } = openClub();
    await outcomes(add('a', 1));
    clock.move(30 * DAY - 1);
    expect(await outcomes(add('a', 1))).toEqual(['a duplicate']);
    clock.move(1);
    expect(await outcomes(add('a', 1))).toEqual(['a accepted']);
  });

  it('is put off rather than taken where there is no memory left for its id', async () => {
    const clock = new StandingClock();
    const service = createJsonService({ clock, mostRemembered: 2 });
    const send = async (...reports: unknown[]) => {
      const body = JSON.stringify({ reports });
      const answer = await service.handle(new Request(`${ORIGIN}/achievements/reports`, { method: 'POST', body }));
      return (await bodyOf<Results>(answer)).results.map(({ outcome }) => outcome);
    };
    expect(await send(add('a', 1), add('b', 1), add('c', 1))).toEqual(['accepted', 'accepted', 'retry']);
    expect(await send(add('c', 1), add('a', 1))).toEqual(['retry', 'duplicate']);
    clock.move(30 * DAY);
    expect(await send(add('c', 1))).toEqual(['accepted']);
  });

  it('waits where a fault says so, and is done later', async () => {
    const { post, outcomes } = openClub();
    await post('/demo/faults', { json: 'retry' });
    expect(await outcomes(add('a', 1))).toEqual(['a retry busy']);
    await post('/demo/faults', { json: null });
    expect(await outcomes(add('a', 1))).toEqual(['a accepted']);
  });
});

describe('a request with reports', () => {
  it.each([
    ['no JSON', 'reports', 400],
    ['no list', '{}', 400],
    ['a list alone', '[]', 400],
    ['no text that is short', JSON.stringify({ reports: [{ id: 'x'.repeat(70_000) }] }), 413],
    ['51 of them', JSON.stringify({ reports: Array.from({ length: 51 }, (_, index) => add(`${index}`, 1)) }), 413],
  ])('is refused where it is %s', async (_, body, status) => {
    const { ask } = openDemo();
    expect((await ask(REPORTS, { method: 'POST', body })).status).toBe(status);
  });

  it('may hold nothing, or what has no id', async () => {
    const { outcomes } = openClub();
    expect(await outcomes()).toEqual([]);
    expect(await outcomes(null, 5, { id: 'with,comma', achievement: 'birdsong', add: 1 }, add('a', 1))).toEqual([
      'a accepted',
    ]);
  });

  it('needs the token of the host for /secure', async () => {
    const { post } = openDemo();
    expect((await post(`/secure${REPORTS}`, { reports: [] })).status).toBe(401);
    expect((await post(`/secure${REPORTS}`, { reports: [] }, { authorization: 'Bearer demo-token' })).status).toBe(200);
  });
});

/** Reads a stream piece by piece. */
function readerOf(answer: Response) {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  return { next: async () => (await reader.read()).value, cancel: () => reader.cancel() };
}

describe('the events', () => {
  it('tell of what was played, reported and reset, with the achievements as they are', async () => {
    const { ask, post, outcomes } = openClub();
    const answer = await ask(`${LIST}/events`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const { next, cancel } = readerOf(answer);
    expect(await next()).toMatch(/^: connected\nid: \w+\.0\n\n$/);
    await post('/demo/json/play', { achievement: 'birdsong' });
    expect(await next()).toMatch(/^event: change\nid: \w+\.1\ndata: {"achievements":\[{"id":"birdsong".*"current":12/);
    await outcomes(add('a', 1), set('b', 6, 'seven-summits'), { id: 'c' });
    expect(await next()).toMatch(/id: \w+\.2\ndata: .*"id":"birdsong".*"id":"seven-summits"/);
    await outcomes(add('a', 1));
    await post('/demo/reset', {});
    expect(await next()).toMatch(/id: \w+\.3\ndata: {}\n\n$/);
    await cancel();
  });

  it('tell at once what was missed, and nothing where nothing was', async () => {
    const { ask, post, clock } = openClub();
    const revision = async (seen?: string) => {
      const answer = await ask(`${LIST}/events`, seen === undefined ? {} : { headers: { 'last-event-id': seen } });
      const { next, cancel } = readerOf(answer);
      const first = (await next()) ?? '';
      clock.move(15 * SECOND);
      const second = (await next()) ?? '';
      await cancel();
      return { id: /id: (.*)/.exec(first)?.[1], second };
    };
    const { id } = await revision();
    expect((await revision(id)).second).toBe(': keep-alive\n\n');
    await post('/demo/json/play', { achievement: 'birdsong' });
    expect((await revision(id)).second).toMatch(/^event: change\n/);
    expect(clock.waiting).toBe(0);
  });

  it('end when the page goes away, and leave no timer', async () => {
    const { ask, clock } = openClub();
    const page = new AbortController();
    const answer = await ask(`${LIST}/events`, { signal: page.signal });
    const { next } = readerOf(answer);
    await next();
    expect(clock.waiting).toBe(1);
    page.abort();
    expect(await next()).toBeUndefined();
    expect(clock.waiting).toBe(0);
  });

  it('let go of a page that does not read', async () => {
    const { ask, clock } = openClub();
    const answer = await ask(`${LIST}/events`);
    for (let minute = 0; minute < 60; minute++) clock.move(60 * SECOND);
    expect(clock.waiting).toBe(1);
    for (let minute = 0; minute < 120; minute++) clock.move(60 * SECOND);
    expect(clock.waiting).toBe(0);
    await answer.body?.cancel();
  });

  it('reach a page through a real server as they happen', async () => {
    const server: Server = createServer((request, response) => demoMiddleware(request, response, () => response.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const page = new AbortController();
    const { next } = readerOf(await fetch(`${base}${LIST}/events?room=events`, { signal: page.signal }));
    expect(await next()).toContain(': connected');
    const body = JSON.stringify({ reports: [add('a', 1)] });
    const answer = await fetch(`${base}${REPORTS}?room=events`, { method: 'POST', body });
    expect(await bodyOf(answer)).toMatchObject({ results: [{ outcome: 'accepted' }] });
    expect(await next()).toContain('event: change');
    page.abort();
    await expect(next()).rejects.toThrow();
    // It would wait for a stream that goes on.
    await new Promise((resolve) => server.close(resolve));
  });
});

it('lets pages of other origins read where they are allowed, and no others', async () => {
  const service = createJsonService({ clock: new StandingClock(), allowedOrigins: ['https://game.example'] });
  const ask = async (origin: string, method = 'GET') =>
    (await service.handle(new Request(`${ORIGIN}/achievements`, { method, headers: { origin } }))).headers;
  const allowed = await ask('https://game.example');
  expect(allowed.get('access-control-allow-origin')).toBe('https://game.example');
  expect(allowed.get('access-control-expose-headers')).toBe('ETag, Retry-After');
  expect((await ask('https://game.example', 'OPTIONS')).get('access-control-allow-headers')).toContain('If-None-Match');
  expect((await ask('https://other.example')).get('access-control-allow-origin')).toBeNull();
});
