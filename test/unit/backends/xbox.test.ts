import { describe, expect, it } from 'vitest';
import { xbox, type XboxOptions } from '../../../src/backends/xbox.js';
import type { Achievement, Fresh } from '../../../src/model/index.js';
import { NOW, callWith, service } from './support.js';

const src = 'https://game.example/users/xuid(1)/achievements?titleId=7,8&skipItems=0';
const SCID = '1370999b-fca2-4c53-8ec5-73493bcb67e5';
const ZERO = '00000000-0000-0000-0000-000000000000';

async function pull(body: unknown, options: Partial<XboxOptions> = {}, now = NOW): Promise<Fresh> {
  const { fetch } = service(() => body as object);
  const fresh = await xbox({ src, ...options }).pull(undefined, callWith({ fetch }, now));
  if (fresh === 'unchanged') throw new Error('unexpected');
  return fresh;
}

/** The translation of one modern item, with the members given. */
async function one(raw: object, now = NOW): Promise<Achievement> {
  const item = { id: '5', serviceConfigId: SCID, name: 'Name', progressState: 'NotStarted', ...raw };
  return (await pull({ achievements: [item], pagingInfo: null }, {}, now)).achievements[0]!;
}

const requirement = (current: unknown, target: unknown, more = {}) => ({
  id: '862f2af6-a813-4f7c-9900-c533463568aa',
  current,
  target,
  operationType: 'Sum',
  valueType: 'Integer',
  ruleParticipationType: 'Individual',
  ...more,
});

const progression = (...requirements: object[]) => ({
  progression: { requirements, timeUnlocked: '0001-01-01T00:00:00.0000000Z' },
});

describe('an Xbox Live answer', () => {
  const item = { id: '5', serviceConfigId: SCID, name: 'Name', progressState: 'Achieved' };

  it.each([
    ['a list', { achievements: [item], pagingInfo: { continuationToken: null, totalRecords: 1 } }],
    ['a list without pagingInfo', { achievements: [item] }],
    ['a list with null pagingInfo', { achievements: [item], pagingInfo: null }],
    ['an empty token', { achievements: [item], pagingInfo: { continuationToken: '' } }],
    ['one achievement, as documented', { achievement: item }],
    ['a bare array', [item]],
    ['featured Challenges', { featuredAchievements: [{ Achievement: item }] }],
  ])('may be %s', async (_name, body) => {
    expect((await pull(body)).achievements.map(({ key }) => key)).toEqual([`xbox:${SCID}/5`]);
  });

  it('may be empty', async () => {
    const empty = { achievements: [], pagingInfo: { continuationToken: null, totalRecords: 0 } };
    expect(await pull(empty)).toMatchObject({ achievements: [], total: 0 });
    expect((await pull({ achievements: null, pagingInfo: null })).achievements).toEqual([]);
  });

  it('has its total over all pages, not of the page', async () => {
    const fresh = await pull({ achievements: [item], pagingInfo: { continuationToken: null, totalRecords: 73 } });
    expect(fresh.total).toBe(73);
    const documented = { achievements: [item], pagingInfo: { continuationToken: null, totalItems: 74 } };
    expect((await pull(documented)).total).toBe(74);
  });

  it.each(['32', '32,2018-03-28T01:28:51.8070000Z', 'a&b=c#d'])(
    'has its next page at the encoded token %j, never with skipItems, the other members kept',
    async (token) => {
      const { fetch, requests } = service((_seen, index) => ({
        achievements: [{ ...item, id: String(index) }],
        pagingInfo: { continuationToken: index === 0 ? token : null, totalRecords: 2 },
      }));
      await xbox({ src }).pull(undefined, callWith({ fetch }));
      expect(requests.map(({ url }) => url)).toEqual([
        src,
        `https://game.example/users/xuid(1)/achievements?titleId=7,8&continuationToken=${encodeURIComponent(token)}`,
      ]);
    },
  );

  it('is asked for by contract version only where the page says so: the header costs a preflight', async () => {
    const { fetch, requests } = service(() => [item]);
    await xbox({ src }).pull(undefined, callWith({ fetch }));
    await xbox({ src, contract: 4, headers: { 'x-title': '7' } }).pull(undefined, callWith({ fetch }));
    expect(requests.map(({ headers }) => headers.get('x-xbl-contract-version'))).toEqual([null, '4']);
    expect(requests[1]?.headers.get('x-title')).toBe('7');
  });

  it('mixes titles: the same id in two service configurations is two achievements, a zero one is none', async () => {
    const fresh = await pull([item, { ...item, serviceConfigId: ZERO }, item]);
    expect(fresh.achievements.map(({ key }) => key)).toEqual([`xbox:${SCID}/5`, 'xbox:/5']);
  });
});

describe('the state', () => {
  it.each([
    ['Achieved', 'unlocked'],
    ['achieved', 'unlocked'],
    ['InProgress', 'in-progress'],
    ['INPROGRESS', 'in-progress'],
    ['NotStarted', 'locked'],
    ['Invalid', 'unknown'],
    ['SomethingNew', 'unknown'],
    ['Unlocked', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
    [1, 'unlocked'],
    [0, 'unknown'],
  ])('of %j is %s', async (progressState, state) => {
    expect((await one({ progressState })).state).toBe(state);
  });

  it.each([
    '0001-01-01T00:00:00.0000000Z',
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00',
    '1753-01-01T00:00:00Z',
    '',
    null,
  ])('is unlocked with an unknown date where the date is %j', async (timeUnlocked) => {
    const achievement = await one({ progressState: 'Achieved', progression: { requirements: [], timeUnlocked } });
    expect(achievement.state).toBe('unlocked');
    expect(achievement).not.toHaveProperty('unlockedAt');
  });

  it('does not follow from a date: in progress with one stays in progress, and the date is left out', async () => {
    const achievement = await one({
      progressState: 'InProgress',
      progression: { requirements: [requirement('1', '4')], timeUnlocked: '2013-01-17T03:19:00.3087016Z' },
    });
    expect(achievement).toMatchObject({ state: 'in-progress', progress: { current: 1, target: 4, ratio: 0.25 } });
    expect(achievement).not.toHaveProperty('unlockedAt');
  });

  it('has its unlock time with fractions of seven or of three digits', async () => {
    for (const [text, time] of [
      ['2015-10-26T18:11:03.6689508Z', Date.UTC(2015, 9, 26, 18, 11, 3, 668)],
      ['2026-01-18T02:48:21.707Z', Date.UTC(2026, 0, 18, 2, 48, 21, 707)],
    ] as const) {
      const raw = { progressState: 'Achieved', progression: { requirements: [], timeUnlocked: text } };
      expect((await one(raw)).unlockedAt).toBe(time);
    }
  });

  it('is what the service says even with unlockedOnly=true, which gives more than unlocked ones', async () => {
    const { fetch } = service(() => [{ id: '1', name: 'a', progressState: 'InProgress' }]);
    const fresh = await xbox({ src: `${src}&unlockedOnly=true` }).pull(undefined, callWith({ fetch }));
    expect((fresh as Fresh).achievements[0]?.state).toBe('in-progress');
  });

  it('of a Challenge follows its time window', async () => {
    const timeWindow = { startDate: '2026-11-01T00:00:00.0000000Z', endDate: '2026-12-01T00:00:00Z' };
    const raw = { achievementType: 'Challenge', timeWindow };
    expect((await one(raw, Date.UTC(2026, 9, 1))).state).toBe('scheduled');
    expect(await one(raw, Date.UTC(2026, 10, 15))).toMatchObject({
      state: 'locked',
      type: 'challenge',
      window: { startsAt: Date.UTC(2026, 10, 1), endsAt: Date.UTC(2026, 11, 1) },
    });
    expect((await one(raw, Date.UTC(2026, 11, 2))).state).toBe('expired');
    expect((await one({ ...raw, progressState: 'Achieved' }, Date.UTC(2026, 11, 2))).state).toBe('unlocked');
  });

  it.each([null, undefined, {}, { startDate: '0001-01-01T00:00:00Z', endDate: null }])(
    'has no window where the service says %j',
    async (timeWindow) => {
      expect(await one({ timeWindow })).not.toHaveProperty('window');
    },
  );
});

describe('the progress', () => {
  it('without requirements is none, and an achieved title-managed one is complete all the same', async () => {
    for (const requirements of [[], null, undefined]) {
      const achievement = await one({ progressState: 'Achieved', progression: { requirements } });
      expect(achievement).toMatchObject({ state: 'unlocked', requirements: [] });
      expect(achievement).not.toHaveProperty('progress');
    }
    expect((await one({ progression: null })).requirements).toEqual([]);
  });

  it('of an achieved one is full, with the real number where it overshoots or where it is not told', async () => {
    expect((await one({ progressState: 'Achieved', ...progression(requirement('43579', '25')) })).progress).toEqual({
      current: 43579,
      target: 25,
      ratio: 1,
      unit: 'count',
    });
    expect((await one({ progressState: 'Achieved', ...progression(requirement(null, '100')) })).progress).toEqual({
      target: 100,
      ratio: 1,
      unit: 'count',
    });
  });

  it('is never more than full', async () => {
    const { progress } = await one({ progressState: 'InProgress', ...progression(requirement('9', '3')) });
    expect(progress).toMatchObject({ current: 9, target: 3, ratio: 1 });
  });

  it('to a target of 0 has no bar', async () => {
    const achievement = await one({ progressState: 'Achieved', ...progression(requirement('8', '0')) });
    expect(achievement).not.toHaveProperty('progress');
    expect(achievement.requirements[0]).toMatchObject({ current: 8, target: 0 });
  });

  it('that is null is not 0: no bar', async () => {
    const achievement = await one(progression(requirement(null, '5')));
    expect(achievement).not.toHaveProperty('progress');
    expect(achievement.requirements[0]).not.toHaveProperty('current');
  });

  it('of a title-managed one is in percent, of an event-based one a count', async () => {
    const percent = requirement('33', '100', { id: ZERO });
    expect((await one({ progressState: 'InProgress', ...progression(percent) })).progress).toEqual({
      current: 33,
      target: 100,
      ratio: 0.33,
      unit: 'percent',
    });
    expect((await one(progression(requirement('33', '100')))).progress?.unit).toBe('count');
    expect((await one(progression(requirement('3', '5', { id: ZERO })))).progress?.unit).toBe('count');
  });

  it('of many parts is the mean of the parts, without numbers', async () => {
    const achievement = await one({
      progressState: 'InProgress',
      ...progression(requirement('1', '1'), requirement(null, '1'), requirement('1', '2'), requirement('7', '1')),
    });
    expect(achievement.requirements).toHaveLength(4);
    expect(achievement.progress).toEqual({ ratio: 2.5 / 4, unit: 'count' });
  });

  it('is an amount where the value type is Double and it has decimals', async () => {
    const double = { valueType: 'Double' };
    expect((await one(progression(requirement('1.5', '3', double)))).progress?.unit).toBe('amount');
    expect((await one(progression(requirement('1', '3', double)))).progress?.unit).toBe('count');
  });

  it.each(['abc', '', ' ', 'NaN', 'Infinity', '-Infinity', '1e999'])('that is %j is not told', async (current) => {
    expect((await one(progression(requirement(current, '5')))).requirements[0]).not.toHaveProperty('current');
  });

  it('keeps operation and participation in lower case, however they are written', async () => {
    for (const operationType of ['Sum', 'SUM', 'sum']) {
      const { requirements } = await one(
        progression(requirement('1', '2', { operationType, ruleParticipationType: 'GROUP' })),
      );
      expect(requirements[0]).toMatchObject({ operation: 'sum', participation: 'group' });
    }
  });

  it('with MINIMUM shows no bar on the way, since its numbers have no known meaning', async () => {
    const minimum = { operationType: 'MINIMUM' };
    expect(await one(progression(requirement('9', '5', minimum)))).not.toHaveProperty('progress');
    expect((await one(progression(requirement('1', '1', minimum)))).progress?.ratio).toBe(1);
  });
});

describe('pictures', () => {
  const eds = 'images-eds.xboxlive.com/image?url=z951ykn_43.p4Fq';
  const icon = async (url: string, type = 'Icon') =>
    (await one({ mediaAssets: [{ name: 'a.png', type, url }] })).media.icon?.url;

  it.each([
    [`http://${eds}`, `https://images-eds-ssl.xboxlive.com/image?url=z951ykn_43.p4Fq&w=320`],
    [`http://images-eds-ssl.xboxlive.com/image?url=a`, `https://images-eds-ssl.xboxlive.com/image?url=a&w=320`],
    [`https://images-eds-ssl.xboxlive.com/image?url=a`, `https://images-eds-ssl.xboxlive.com/image?url=a&w=320`],
    [`https://images-eds-ssl.xboxlive.com/image?url=a&w=64`, `https://images-eds-ssl.xboxlive.com/image?url=a&w=64`],
    [`https://images-eds-ssl.xboxlive.com/image?url=a&h=64`, `https://images-eds-ssl.xboxlive.com/image?url=a&h=64`],
    ['http://image.xboxlive.com/global/t.1/ach/0/2', 'https://image-ssl.xboxlive.com/global/t.1/ach/0/2'],
    ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
    ['http://cdn.example/a.png', undefined],
    ['http://images-eds.xboxlive.com.evil.example/image?url=a', undefined],
    ['javascript:alert(1)', undefined],
    ['', undefined],
  ])('%s -> %s', async (url, expected) => {
    expect(await icon(url)).toBe(expected);
  });

  it('are the icon, or else the one of the Challenge, and the art', async () => {
    const asset = (type: string) => ({ name: null, type, url: `https://cdn.example/${type}.png` });
    expect((await one({ mediaAssets: [asset('Art'), asset('ChallengePromoIcon'), asset('ICON')] })).media).toEqual({
      icon: { url: 'https://cdn.example/ICON.png' },
      art: { url: 'https://cdn.example/Art.png' },
    });
    expect((await one({ mediaAssets: [asset('ChallengePromoIcon')] })).media.icon?.url).toContain('PromoIcon');
    expect((await one({ mediaAssets: [asset('Unheard')] })).media).toEqual({});
    expect((await one({ mediaAssets: null })).media).toEqual({});
  });
});

describe('rewards', () => {
  it('are points with the unit G, items and art', async () => {
    const { rewards } = await one({
      rewards: [
        { name: null, description: null, value: '10', type: 'Gamerscore', valueType: 'Int', mediaAsset: null },
        {
          name: 'Sword',
          description: 'Sharp',
          value: '1',
          type: 'InApp',
          valueType: 'String',
          mediaAsset: { url: 'https://cdn.example/s.png' },
        },
        { name: 'Poster', description: null, value: 'https://cdn.example/value.png', type: 'Art' },
        {
          name: 'Poster',
          value: 'http://dl.example/x.png',
          type: 'Art',
          mediaAsset: { url: 'http://images-eds.xboxlive.com/image?url=a' },
        },
        { name: 'New', value: 7, type: 'Ticket' },
        null,
      ],
    });
    expect(rewards).toEqual([
      { kind: 'points', value: 10, unit: 'G' },
      { kind: 'item', name: 'Sword', description: 'Sharp', value: '1', image: 'https://cdn.example/s.png' },
      { kind: 'art', name: 'Poster', image: 'https://cdn.example/value.png' },
      { kind: 'art', name: 'Poster', image: 'https://images-eds-ssl.xboxlive.com/image?url=a&w=1280' },
      { kind: 'other', name: 'New', value: 7 },
    ]);
  });

  it.each([null, undefined, []])('may be %j', async (rewards) => {
    expect((await one({ rewards })).rewards).toEqual([]);
  });

  it('of gamerscore are found whatever the case, and without a number that is none', async () => {
    const rewards = [{ type: 'GAMERSCORE', value: 'many' }];
    expect((await one({ rewards })).rewards).toEqual([{ kind: 'points', unit: 'G' }]);
  });
});

describe('the other members', () => {
  it.each([
    [
      { currentCategory: 'Rare', currentPercentage: 3.84 },
      { category: 'Rare', percent: 3.84 },
    ],
    [
      { currentCategory: 'Common', currentPercentage: '16.05' },
      { category: 'Common', percent: 16.05 },
    ],
    [{ currentCategory: 'Rare' }, { category: 'Rare' }],
    // Incalculable, which is not "nobody".
    [{ currentCategory: 'Unset', currentPercentage: 0 }, undefined],
    [{ currentCategory: 'unset', currentPercentage: '0.00' }, undefined],
    [{ currentCategory: 'Unset', currentPercentage: 0.04 }, { percent: 0.04 }],
    [
      { currentCategory: 'Rare', currentPercentage: 0 },
      { category: 'Rare', percent: 0 },
    ],
    [{ currentPercentage: 0 }, { percent: 0 }],
    [{ currentCategory: 'Unset', currentPercentage: null }, undefined],
    [{ currentCategory: 'Rare', currentPercentage: 101 }, { category: 'Rare' }],
    [{}, undefined],
    [null, undefined],
    [undefined, undefined],
  ])('rarity %j is %j, never recomputed', async (rarity, expected) => {
    expect((await one({ rarity })).rarity).toEqual(expected);
  });

  it.each([
    [{ platforms: ['Durango', 'Scarlett'] }, ['Durango', 'Scarlett']],
    [{ platform: 'D' }, ['D']],
    [{ platform: 'D', platforms: ['XboxOne'] }, ['XboxOne']],
    [{ platform: 255 }, []],
    [{ platforms: null }, []],
    [{}, []],
  ])('platforms of %j are %j', async (raw, platforms) => {
    expect((await one(raw)).platforms).toEqual(platforms);
  });

  it('titles have ids of text, sent as number or text, also above 2^31', async () => {
    const titleAssociations = [
      { name: 'A', id: 3051199919, version: 'abc' },
      { name: 'B', id: '7' },
    ];
    expect((await one({ titleAssociations })).titles).toEqual([
      { id: '3051199919', name: 'A', version: 'abc' },
      { id: '7', name: 'B' },
    ]);
  });

  it.each([
    ['00:00:00', undefined],
    ['06:12:14', 22_334],
    ['1.02:00:00.5000000', 93_600],
    ['soon', undefined],
    [null, undefined],
  ])('the estimated time %j is %j seconds', async (estimatedTime, seconds) => {
    expect((await one({ estimatedTime })).estimatedSeconds).toBe(seconds);
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['aWFtYWRlZXBsaW5r', 'aWFtYWRlZXBsaW5r'],
    ['ms-xbl-7972ac43://x', 'ms-xbl-7972ac43://x'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['x'.repeat(3000), undefined],
  ])('the deep link %.30j is kept as it came, or not at all', async (deeplink, deepLink) => {
    expect((await one({ deeplink })).deepLink).toBe(deepLink);
  });

  it.each([
    ['Persistent', 'Individual', 'persistent', 'individual'],
    ['CHALLENGE', 'group', 'challenge', 'group'],
    ['Invalid', 'Everybody', undefined, undefined],
    [null, null, undefined, undefined],
  ])('type %j and participation %j', async (achievementType, participationType, type, participation) => {
    const achievement = await one({ achievementType, participationType });
    expect([achievement.type, achievement.participation]).toEqual([type, participation]);
  });

  it('secrets come unmasked from the service and are marked; without a mark it is none', async () => {
    expect(await one({ isSecret: true, description: 'd', lockedDescription: 'l' })).toMatchObject({
      secret: true,
      description: 'd',
      lockedDescription: 'l',
    });
    expect(await one({})).toMatchObject({ secret: false, revoked: false });
    expect(await one({ isRevoked: true })).toMatchObject({ revoked: true });
  });

  it('texts are cut, ids trimmed, and what is not known is left behind', async () => {
    const raw = JSON.parse(
      '{"id":" 5 ","name":"' +
        'n'.repeat(999) +
        '","description":"' +
        'd'.repeat(9999) +
        '","__proto__":{"x":1},"later":{}}',
    ) as object;
    const achievement = await one(raw);
    expect(achievement).toMatchObject({ id: '5', name: 'n'.repeat(256), description: 'd'.repeat(2048) });
    expect(achievement).not.toHaveProperty('x');
    expect(achievement).not.toHaveProperty('later');
    expect({}).not.toHaveProperty('x');
    expect((await one({ name: '\ud800 \u202e™' })).name).toBe('\ufffd \u202e™');
  });
});

describe('Xbox 360', () => {
  const legacy = {
    id: 6,
    titleId: 1297290392,
    name: 'Die fantastischen Fünf',
    sequence: 0,
    flags: 9,
    unlockedOnline: false,
    unlocked: false,
    isSecret: false,
    platform: 255,
    gamerscore: 10,
    imageId: 12,
    description: 'Erzeugt',
    lockedDescription: 'Erzeuge',
    type: 1,
    isRevoked: false,
    timeUnlocked: '2002-11-15T00:00:00.0000000Z',
  };

  it('items are recognised by their shape', async () => {
    const fresh = await pull({ achievements: [legacy], pagingInfo: null, version: '0001-01-01T00:00:00.0000000Z' });
    expect(fresh.achievements).toEqual([
      {
        key: 'xbox:1297290392/6',
        id: '6',
        backend: 'xbox',
        name: 'Die fantastischen Fünf',
        description: 'Erzeugt',
        lockedDescription: 'Erzeuge',
        state: 'locked',
        secret: false,
        revoked: false,
        requirements: [],
        rewards: [{ kind: 'points', value: 10, unit: 'G' }],
        media: { icon: { url: 'https://image-ssl.xboxlive.com/global/t.4d531498/ach/0/c' } },
        platforms: [],
        titles: [],
        campaigns: [],
        order: 0,
      },
    ]);
  });

  it.each([
    [false, false, 'locked'],
    [true, false, 'unlocked'],
    [false, true, 'unlocked'],
    [true, true, 'unlocked'],
  ])('unlocked %s, unlockedOnline %s is %s', async (unlocked, unlockedOnline, state) => {
    const { achievements } = await pull([{ ...legacy, unlocked, unlockedOnline }]);
    expect(achievements[0]?.state).toBe(state);
  });

  it.each(['2002-11-15T00:00:00.0000000Z', '1753-01-01T00:00:00Z'])('%s is no unlock time', async (timeUnlocked) => {
    const { achievements } = await pull([{ ...legacy, unlocked: true, timeUnlocked }]);
    expect(achievements[0]?.state).toBe('unlocked');
    expect(achievements[0]).not.toHaveProperty('unlockedAt');
  });

  it('rarity comes with contract 3', async () => {
    const { achievements } = await pull([{ ...legacy, rarity: { currentCategory: 'Rare', currentPercentage: 1.5 } }]);
    expect(achievements[0]?.rarity).toEqual({ category: 'Rare', percent: 1.5 });
  });

  it('lists of everything and of what is earned are merged: earned wins, and keeps its place', async () => {
    const earnedSrc = 'https://game.example/earned?titleId=7';
    const all = [{ ...legacy, id: 5 }, legacy, { ...legacy, id: 7 }];
    const earned = [
      { ...legacy, id: 8 },
      { ...legacy, unlocked: true, timeUnlocked: '2014-04-12T14:05:02.0000000Z' },
    ];
    const { fetch, requests } = service(({ url }) => ({
      achievements: url === earnedSrc ? earned : all,
      pagingInfo: { continuationToken: null, totalRecords: url === earnedSrc ? 2 : 3 },
    }));
    const backend = xbox({ src, earnedSrc });
    const fresh = (await backend.pull(undefined, callWith({ fetch }))) as Fresh;
    expect(requests.map(({ url }) => url)).toEqual([src, earnedSrc]);
    expect(fresh.achievements.map(({ id, state }) => [id, state])).toEqual([
      ['5', 'locked'],
      ['6', 'unlocked'],
      ['7', 'locked'],
      ['8', 'locked'],
    ]);
    expect(fresh.achievements[1]).toMatchObject({ unlockedAt: Date.UTC(2014, 3, 12, 14, 5, 2), order: 1 });
    expect(fresh.total).toBe(3);
    expect(await backend.pull(fresh.validator, callWith({ fetch }))).toBe('unchanged');
  });

  it('without its earned list gives nothing: everything would look locked', async () => {
    const { fetch } = service(({ url }) => (url.includes('earned') ? new Response('', { status: 500 }) : [legacy]));
    const backend = xbox({ src, earnedSrc: 'https://game.example/earned' });
    await expect(backend.pull(undefined, callWith({ fetch }))).rejects.toThrow('500');
  });
});
