import { describe, expect, it } from 'vitest';
import { talonOne, type TalonOneOptions } from '../../../src/backends/talon-one.js';
import type { Achievement, Fresh } from '../../../src/model/index.js';
import { NOW, callWith, jsonResponse, problemOf, service } from './support.js';

const src = 'https://shop.example/achievements?achievementStatus=active,scheduled';

async function pull(body: unknown, options: Partial<TalonOneOptions> = {}, now = NOW): Promise<Fresh> {
  const { fetch } = service(() => body as object);
  const fresh = await talonOne({ src, ...options }).pull(undefined, callWith({ fetch }, now));
  if (fresh === 'unchanged') throw new Error('unexpected');
  return fresh;
}

/** What every version of shape A has. */
const required = {
  id: 6,
  created: '2020-06-10T09:05:27.993483Z',
  name: 'Order50Discount',
  title: '50th order',
  description: '',
  target: 50,
};

const entry = async (raw: object, now = NOW): Promise<Achievement> =>
  (await pull({ totalResultSize: 1, data: [{ ...required, ...raw }] }, {}, now)).achievements[0]!;

const flat = {
  status: 'inprogress',
  progress: 7,
  startDate: '2026-10-01T11:42:25+01:00',
  endDate: '2026-12-01T11:42:25+01:00',
  achievementId: 3,
  name: 'FreeCoffee10Orders',
  title: 'Free coffee',
  description: 'For ten orders.',
  campaignId: 4,
  target: 10,
  achievementRecurrencePolicy: 'on_expiration',
  achievementActivationPolicy: 'user_action',
  achievementEndDate: '2027-01-01T00:00:00Z',
};

describe('every shape of a customer’s achievements gives the same', () => {
  const nested = {
    id: 3,
    name: 'FreeCoffee10Orders',
    title: 'Free coffee',
    description: 'For ten orders.',
    target: 10,
    recurrencePolicy: 'on_expiration',
    activationPolicy: 'user_action',
    endDate: '2027-01-01T00:00:00Z',
    campaignId: 4,
    currentProgress: {
      status: 'inprogress',
      progress: 7,
      startDate: '2026-10-01T11:42:25+01:00',
      endDate: '2026-12-01T11:42:25+01:00',
    },
  };
  const expected = {
    key: 'talon-one:3',
    id: '3',
    backend: 'talon-one',
    name: 'Free coffee',
    description: 'For ten orders.',
    state: 'in-progress',
    secret: false,
    revoked: false,
    requirements: [{ id: '0', current: 7, target: 10, unit: 'count' }],
    progress: { current: 7, target: 10, ratio: 0.7, unit: 'count' },
    startedAt: Date.UTC(2026, 9, 1, 10, 42, 25),
    resetsAt: Date.UTC(2026, 11, 1, 10, 42, 25),
    window: { endsAt: Date.UTC(2027, 0, 1) },
    recurrence: 'on-expiration',
    activation: 'user-action',
    rewards: [],
    media: {},
    platforms: [],
    titles: [],
    campaigns: ['4'],
    apiName: 'FreeCoffee10Orders',
    order: 0,
  };

  it.each([
    [
      'A: Integration list',
      { totalResultSize: 1, data: [{ ...nested, created: '2020-06-10T09:05:27.993483Z', status: 'active' }] },
    ],
    ['A without a count', { data: [nested] }],
    ['C: inventory', { profile: {}, loyalty: {}, achievements: [flat] }],
    ['D: Management', { hasMore: false, data: [flat] }],
    ['E: responseContent', { achievements: [{ ...nested, allowRollbackAfterCompletion: true }], effects: [] }],
    ['a bare array of A', [nested]],
    ['a bare array of C', [flat]],
    ['both envelopes mixed up', { totalResultSize: 1, data: [flat] }],
  ])('%s', async (_name, body) => {
    expect((await pull(body)).achievements).toEqual([expected]);
  });
});

describe('the state', () => {
  it.each([
    ['completed', 'unlocked'],
    ['inprogress', 'in-progress'],
    ['not_started', 'locked'],
    ['expired', 'expired'],
    ['opted_in', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('of progress status %j is %s', async (status, state) => {
    expect((await entry({ currentProgress: { status, progress: 1 } })).state).toBe(state);
    expect((await pull([{ ...flat, status }])).achievements[0]?.state).toBe(state);
  });

  it('without currentProgress is the same as not started', async () => {
    const none = await entry({});
    expect(none).toEqual(await entry({ currentProgress: { status: 'not_started', progress: 0 } }));
    expect(none).toEqual(await entry({ currentProgress: null }));
    expect(none).toMatchObject({ state: 'locked', progress: { current: 0, target: 50, ratio: 0 } });
  });

  it('is scheduled where the achievement is, until its day comes, and unlocked stays unlocked', async () => {
    const raw = { status: 'scheduled', fixedStartDate: '2026-12-01T00:00:00Z', activationPolicy: 'fixed_schedule' };
    expect(await entry(raw)).toMatchObject({ state: 'scheduled', window: { startsAt: Date.UTC(2026, 11, 1) } });
    expect((await entry(raw, Date.UTC(2026, 11, 2))).state).toBe('locked');
    expect((await entry({ status: 'scheduled' })).state).toBe('scheduled');
    expect((await entry({ ...raw, currentProgress: { status: 'completed', progress: 50 } })).state).toBe('unlocked');
    expect((await entry({ status: 'active' })).state).toBe('locked');
    expect((await entry({ status: 'expired' })).state).toBe('expired');
  });

  it('trusts "completed" over the numbers, and is full', async () => {
    const achievement = await entry({ currentProgress: { status: 'completed', progress: 10 } });
    expect(achievement).toMatchObject({ state: 'unlocked', progress: { current: 10, target: 50, ratio: 1 } });
  });

  it('rolled back keeps no completion date', async () => {
    const currentProgress = { status: 'inprogress', progress: 3, completionDate: '2026-01-01T00:00:00Z' };
    expect(await entry({ currentProgress })).not.toHaveProperty('unlockedAt');
  });

  it('ends with the achievement for everybody, not with the period of the player', async () => {
    const currentProgress = { status: 'inprogress', progress: 3, endDate: '2026-10-01T00:00:00Z' };
    const achievement = await entry({ endDate: '2026-12-01T00:00:00Z', currentProgress });
    expect(achievement).toMatchObject({
      state: 'in-progress',
      resetsAt: Date.UTC(2026, 9, 1),
      window: { endsAt: Date.UTC(2026, 11, 1) },
    });
    expect((await entry({ endDate: '2026-10-01T00:00:00Z', currentProgress })).state).toBe('expired');
  });
});

describe('the two end dates', () => {
  it('are not confused in the flat shapes: one alone is the period of the player', async () => {
    const { achievementEndDate: _none, ...periodOnly } = { ...flat, endDate: '2026-10-01T00:00:00Z' };
    const achievement = (await pull([periodOnly])).achievements[0];
    expect(achievement).toMatchObject({ state: 'in-progress', resetsAt: Date.UTC(2026, 9, 1) });
    expect(achievement).not.toHaveProperty('window');
  });
});

describe('the numbers', () => {
  const progressOf = async (target: unknown, progress: unknown) =>
    (await entry({ target, currentProgress: { status: 'inprogress', progress } })).progress;

  it.each([
    [50, 10, { current: 10, target: 50, ratio: 0.2, unit: 'count' }],
    [50.0, 10.0, { current: 10, target: 50, ratio: 0.2, unit: 'count' }],
    ['50.00', '10', { current: 10, target: 50, ratio: 0.2, unit: 'count' }],
    [3000, 749.5, { current: 749.5, target: 3000, ratio: 749.5 / 3000, unit: 'amount' }],
    [99.99, 10, { current: 10, target: 99.99, ratio: 10 / 99.99, unit: 'amount' }],
    [50, 75, { current: 75, target: 50, ratio: 1, unit: 'count' }],
    [50, -5, { current: -5, target: 50, ratio: 0, unit: 'count' }],
    [0, 5, undefined],
    [null, 5, undefined],
    [undefined, 5, undefined],
    ['many', 5, undefined],
  ])('target %j, progress %j: %j', async (target, progress, expected) => {
    expect(await progressOf(target, progress)).toEqual(expected);
  });
});

describe('dates', () => {
  it.each([
    ['2020-06-10T09:05:27.993483Z', Date.UTC(2020, 5, 10, 9, 5, 27, 993)],
    ['2020-06-10T09:05:27.993483123Z', Date.UTC(2020, 5, 10, 9, 5, 27, 993)],
    ['2023-12-10T11:42:25+01:00', Date.UTC(2023, 11, 10, 10, 42, 25)],
    ['2000-01-23T04:56:07.000+00:00', Date.UTC(2000, 0, 23, 4, 56, 7)],
    ['2024-01-15T15:04:05Z07:00', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j', async (text, time) => {
    const currentProgress = { status: 'completed', progress: 1, startDate: text, completionDate: text, endDate: text };
    const achievement = await entry({ currentProgress });
    expect([achievement.startedAt, achievement.unlockedAt, achievement.resetsAt]).toEqual([time, time, time]);
  });
});

describe('the other members', () => {
  it.each([
    [{ campaignIds: [1, 14, 27] }, ['1', '14', '27']],
    [{ campaignId: 1, campaignIds: [1, 2] }, ['1', '2']],
    [{ campaignId: 1 }, ['1']],
    [{ campaignIds: [] }, []],
    [{}, []],
  ])('campaigns of %j are %j', async (raw, campaigns) => {
    expect((await entry(raw)).campaigns).toEqual(campaigns);
  });

  it.each([
    ['no_recurrence', 'none'],
    ['on_expiration', 'on-expiration'],
    ['on_completion', 'on-completion'],
    ['yearly', undefined],
    [undefined, undefined],
  ])('recurrence %j is %j', async (recurrencePolicy, recurrence) => {
    expect((await entry({ recurrencePolicy })).recurrence).toBe(recurrence);
  });

  it('texts: the title is shown, the API name is kept apart and stands in where there is no title', async () => {
    expect(await entry({})).toMatchObject({ name: '50th order', apiName: 'Order50Discount', description: '' });
    expect(await entry({ title: '' })).toMatchObject({ name: 'Order50Discount' });
  });

  it('unknown, null and undocumented members pass', async () => {
    const raw = {
      period: '1Y',
      periodEndOverride: { month: 11 },
      isCappedByTarget: true,
      referencedByCampaigns: [{}],
      fixedStartDate: null,
      later: [[]],
    };
    expect((await entry(raw)).id).toBe('6');
  });

  it('survives the official sample: dates that contradict each other, a wrong count, an id twice', async () => {
    const sample = {
      created: '2020-06-10T09:05:27.993483Z',
      description: '50% off for every 50th purchase in a year.',
      id: 6,
      name: 'Order50Discount',
      target: 50,
      title: '50% off on 50th purchase.',
      period: '1Y',
      recurrencePolicy: 'no_recurrence',
      activationPolicy: 'fixed_schedule',
      fixedStartDate: '1995-09-29T04:17:04.538Z',
      endDate: '1971-04-09T17:01:15.079Z',
      allowRollbackAfterCompletion: false,
      campaignId: 1,
      status: 'active',
      currentProgress: {
        status: 'completed',
        progress: 10,
        startDate: '1997-06-03T19:01:50.568Z',
        completionDate: '1970-03-20T11:44:32.910Z',
        endDate: '2024-02-22T20:20:56.481Z',
      },
    };
    const fresh = await pull({ totalResultSize: 1, data: [sample, sample] });
    expect(fresh.achievements).toHaveLength(1);
    expect(fresh.achievements[0]).toMatchObject({ state: 'unlocked', progress: { ratio: 1 } });
    expect(fresh.problem).toBeUndefined();
  });
});

describe('paging', () => {
  const items = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({ ...required, id: from + index }));
  const pulled = async (address: string, respond: (skip: number, size: number) => object) => {
    const { fetch, requests } = service(({ url }) => {
      const query = new URL(url).searchParams;
      return respond(Number(query.get('skip')), Number(query.get('pageSize') ?? 1000));
    });
    const fresh = (await talonOne({ src: address }).pull(undefined, callWith({ fetch }))) as Fresh;
    return { fresh, urls: requests.map(({ url }) => url) };
  };
  const all = items(1001);

  it('reads 1001 achievements in two requests', async () => {
    const { fresh, urls } = await pulled(src, (skip, size) => ({
      totalResultSize: 1001,
      data: all.slice(skip, skip + size),
    }));
    expect(fresh.achievements).toHaveLength(1001);
    expect(fresh.total).toBe(1001);
    expect(urls).toEqual([src, `${src}&skip=1000`]);
  });

  it('ends with a short page where nothing counts, and keeps the page size of the address', async () => {
    const { urls } = await pulled(`${src}&pageSize=2`, (skip, size) => ({
      data: all.slice(skip, Math.min(skip + size, 5)),
    }));
    expect(urls).toEqual([`${src}&pageSize=2`, `${src}&pageSize=2&skip=2`, `${src}&pageSize=2&skip=4`]);
  });

  it('follows hasMore of the Management API, whose pages are capped at 50', async () => {
    const { fresh } = await pulled(src, (skip) => ({
      hasMore: skip + 50 < 120,
      data: all.slice(skip, Math.min(skip + 50, 120)),
    }));
    expect(fresh.achievements).toHaveLength(120);
  });

  it('follows the count where a proxy caps the pages, and ends where nothing comes any more', async () => {
    const { fresh, urls } = await pulled(src, (skip) => ({
      totalResultSize: 99,
      data: all.slice(skip, Math.min(skip + 10, 25)),
    }));
    expect(fresh.achievements).toHaveLength(25);
    expect(urls).toHaveLength(4);
  });

  it('goes on from the skip of the address', async () => {
    const { urls } = await pulled(`${src}&skip=10&pageSize=5`, (skip) => ({
      totalResultSize: 20,
      data: all.slice(skip, skip + 5),
    }));
    expect(urls.at(-1)).toBe(`${src}&pageSize=5&skip=15`);
    expect(urls).toHaveLength(2);
  });

  it.each([
    ['C', { achievements: [flat] }],
    ['a bare array', items(1000)],
  ])('does not page %s', async (_name, body) => {
    expect((await pulled(src, () => body)).urls).toEqual([src]);
  });
});

describe('a 404', () => {
  const refused = (body: unknown) => () => jsonResponse(body, { status: 404 });

  it.each([
    ['a message', { message: 'customer profile does not exist' }],
    ['a message and details', { message: 'Profile not found', errors: [{ title: 'x' }], StatusCode: 404 }],
    ['a request id', { message: 'the resource does not exist', RequestUUID: '1' }],
  ])('of Talon.One, with %s, is a customer without a profile yet: an empty library', async (_name, body) => {
    const { fetch } = service(refused(body));
    expect(await talonOne({ src }).pull(undefined, callWith({ fetch }))).toEqual({ achievements: [] });
  });

  it.each([
    ['no body', ''],
    ['HTML', '<html>'],
    ['the error of a web framework', { statusCode: 404, message: 'Cannot GET /achievements', error: 'Not Found' }],
    ['the error of a gateway', { message: 'Not Found' }],
    ['another shape', { errorMessage: 'x' }],
  ])('with %s is a wrong address', async (_name, body) => {
    const { fetch } = service(refused(body));
    expect((await problemOf(talonOne({ src }).pull(undefined, callWith({ fetch })))).code).toBe('not-found');
  });

  it('for a customer who had achievements is a problem, so that they stay', async () => {
    const { fetch } = service((_seen, index) =>
      index === 0 ? { data: [required] } : refused({ message: 'profile not found' })(),
    );
    const { validator } = (await talonOne({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    const problem = await problemOf(talonOne({ src }).pull(validator, callWith({ fetch })));
    expect(problem).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('on a later page is a problem', async () => {
    const { fetch } = service((_seen, index) =>
      index === 0 ? { totalResultSize: 2, data: [required] } : refused({ message: 'profile not found' })(),
    );
    expect((await problemOf(talonOne({ src }).pull(undefined, callWith({ fetch })))).code).toBe('not-found');
  });
});

describe('the history', () => {
  const repeating = (id: number) => ({ ...required, id, recurrencePolicy: 'on_completion' });
  const history = (id: string) => `https://shop.example/achievements/${id}?progressStatus=completed&pageSize=1`;

  it('is asked for repeating achievements only, and only where the page wants it', async () => {
    const data = [repeating(1), { ...required, id: 2 }, { ...required, id: 3, recurrencePolicy: 'no_recurrence' }];
    const { fetch, requests } = service(({ url }) => (url === src ? { data } : { totalResultSize: 4, data: [{}] }));
    const fresh = (await talonOne({ src, history: true }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(fresh.achievements.map(({ timesEarned }) => timesEarned)).toEqual([4, undefined, undefined]);
    expect(requests.map(({ url }) => url)).toEqual([src, history('1')]);
    requests.length = 0;
    await talonOne({ src }).pull(undefined, callWith({ fetch }));
    expect(requests).toHaveLength(1);
  });

  it('is asked one after the other, at most 20 times', async () => {
    let running = 0;
    let most = 0;
    const { fetch, requests } = service(async ({ url }) => {
      if (url === src) return jsonResponse({ data: Array.from({ length: 30 }, (_, id) => repeating(id)) });
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return jsonResponse({ totalResultSize: 0 });
    });
    const fresh = (await talonOne({ src, history: true }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect([requests.length, most]).toEqual([21, 1]);
    expect(fresh.achievements.filter(({ timesEarned }) => timesEarned === 0)).toHaveLength(20);
  });

  it('that fails leaves the count absent and the list whole, and is not asked on and on', async () => {
    const { fetch, requests } = service(({ url }) => {
      if (url === src) return { data: [1, 2, 3, 4].map(repeating) };
      if (url === history('1')) return { totalResultSize: 'many' };
      if (url === history('2')) return new Response('', { status: 404 });
      return new Response('', { status: 429 });
    });
    const fresh = (await talonOne({ src, history: true }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(fresh.achievements).toHaveLength(4);
    expect(fresh.achievements.some((achievement) => 'timesEarned' in achievement)).toBe(false);
    expect(requests.map(({ url }) => url)).toEqual([src, history('1'), history('2'), history('3')]);
  });

  it('that changed alone is a new answer, and the list’s ETag does not hide it', async () => {
    let count = 1;
    const { fetch } = service(({ url, headers }) => {
      if (url !== src) return { totalResultSize: count };
      if (headers.has('if-none-match')) return new Response(null, { status: 304 });
      return jsonResponse({ data: [repeating(1)] }, { headers: { etag: '"1"' } });
    });
    const backend = talonOne({ src, history: true });
    const { validator } = (await backend.pull(undefined, callWith({ fetch }))) as Fresh;
    expect(await backend.pull(validator, callWith({ fetch }))).toBe('unchanged');
    count = 2;
    const fresh = (await backend.pull(validator, callWith({ fetch }))) as Fresh;
    expect(fresh.achievements[0]?.timesEarned).toBe(2);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const { fetch } = service(({ url }) => {
      if (url !== src) controller.abort('reason');
      return { data: [repeating(1), repeating(2)] };
    });
    const pulling = talonOne({ src, history: true }).pull(undefined, callWith({ fetch, signal: controller.signal }));
    await expect(pulling).rejects.toBe('reason');
  });
});
