import { describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../demo/services/http.js';
import {
  COMET_PATROL_TITLE_ID,
  NIGHTJAR_TITLE_ID,
  PAPER_COMETS_SCID,
  PAPER_COMETS_TITLE_ID,
  STARFALL_SCID,
  STARFALL_TITLE_ID,
  XBOX_PLAYERS,
} from '../../../demo/services/xbox-data.js';
import {
  PlayRefused,
  type WireAchievement,
  XBOX_KEYS,
  type XboxLiveOptions,
  createXboxLive,
} from '../../../demo/services/xbox-live.js';
import { StandingClock, anyText, bodyOf } from './support.js';

const HOST = 'https://achievements.xboxlive.test';
const NOVA = `/users/xuid(${XBOX_PLAYERS.nova.xuid})`;
const SENTINEL = '0001-01-01T00:00:00.0000000Z';

interface List<Item = WireAchievement> {
  achievements: Item[];
  pagingInfo: { continuationToken: string | null; totalRecords: number };
  version?: string;
}

interface Legacy {
  id: number;
  titleId: number;
  name: string;
  flags: number;
  type: number;
  unlocked: boolean;
  unlockedOnline: boolean;
  isSecret: boolean;
  platform: number;
  gamerscore: number;
  timeUnlocked: string;
  rarity?: { currentCategory?: string };
}

function open(options: XboxLiveOptions = {}) {
  const clock = new StandingClock();
  const service = createXboxLive({ clock, ...options });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    service.handle(
      new Request(`${HOST}${path}`, {
        headers: { authorization: XBOX_KEYS.full, 'x-xbl-contract-version': '4', ...headers },
      }),
    );
  const list = <Item = WireAchievement>(path: string, headers?: Record<string, string>) =>
    bodyOf<List<Item>>(ask(path, headers));
  const all = async (title: number) => (await list(`${NOVA}/achievements?titleId=${title}&maxItems=1000`)).achievements;
  return { clock, service, ask, list, all };
}

describe('the list', () => {
  it('gives 32 of all, and the rest for the token', async () => {
    const { list } = open();
    const first = await list(`${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}`);
    expect(first.achievements).toHaveLength(32);
    expect(first.pagingInfo).toEqual({ continuationToken: '32', totalRecords: 56 });
    const second = await list(`${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}&continuationToken=32`);
    expect(second.pagingInfo).toEqual({ continuationToken: null, totalRecords: 56 });
    const ids = [...first.achievements, ...second.achievements].map(({ id }) => id);
    expect(new Set(ids).size).toBe(56);
  });

  it.each([
    ['maxItems=1000', 56],
    ['maxItems=5', 5],
    ['skipItems=50', 6],
    ['types=Challenge&maxItems=1000', 5],
    ['types=Persistent,Challenge&maxItems=1000', 56],
    ['continuationToken=', 32],
  ])('takes %s', async (query, count) => {
    const { list } = open();
    const { achievements } = await list(`${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}&${query}`);
    expect(achievements).toHaveLength(count);
  });

  it.each([
    'continuationToken=next',
    'continuationToken=99999',
    'maxItems=0',
    'maxItems=many',
    'skipItems=-1',
    'types=Daily',
    'orderBy=Luck',
    'titleId=starfall',
  ])('refuses %s', async (query) => {
    const { ask } = open();
    const title = query.startsWith('titleId') ? '' : `titleId=${STARFALL_TITLE_ID}&`;
    const answer = await ask(`${NOVA}/achievements?${title}${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 5, source: anyText, description: anyText });
  });

  it('mixes all titles without a title, takes several, and is empty for an unknown one', async () => {
    const { list } = open();
    const total = async (query: string) => (await list(`${NOVA}/achievements?${query}`)).pagingInfo.totalRecords;
    expect(await total('')).toBe(67);
    expect(await total(`titleId=${STARFALL_TITLE_ID},${PAPER_COMETS_TITLE_ID}`)).toBe(67);
    expect(await total(`titleId=${PAPER_COMETS_TITLE_ID}`)).toBe(11);
    expect(await list(`${NOVA}/achievements?titleId=1`)).toEqual({
      achievements: [],
      pagingInfo: { continuationToken: null, totalRecords: 0 },
    });
  });

  it('calls "unlocked only" what is unlocked or in progress', async () => {
    const { list } = open();
    const { achievements } = await list(
      `${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}&unlockedOnly=true&maxItems=100`,
    );
    const states = new Set(achievements.map(({ progressState }) => progressState.toLowerCase()));
    expect([...states].sort()).toEqual(['achieved', 'inprogress']);
  });

  it('gives definitions without progress on request', async () => {
    const { list } = open();
    const { achievements } = await list(`${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}&possibleOnly=true`);
    expect(achievements.every(({ progressState }) => progressState === 'NotStarted')).toBe(true);
  });

  it('orders by unlock time and by the end of the challenge', async () => {
    const { list } = open();
    const order = async (orderBy: string) =>
      (await list(`${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}&maxItems=100&orderBy=${orderBy}`)).achievements;
    const times = (await order('unlocktime')).map(({ progression }) => progression.timeUnlocked).slice(0, 10);
    expect(times).toEqual([...times].sort().reverse());
    expect((await order('EndingSoon'))[0]?.timeWindow).not.toBeNull();
    expect((await order('Title'))[0]?.id).toBe('1');
  });

  it('sends the headers that were recorded', async () => {
    const { ask } = open();
    const answer = await ask(`${NOVA}/achievements`);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-cache, no-store',
      expires: '-1',
      'ms-cv': anyText,
    });
  });
});

describe('one achievement', () => {
  it('comes in the envelope of a list', async () => {
    const { ask } = open();
    const answer = await ask(`${NOVA}/achievements/${STARFALL_SCID}/4`);
    expect(answer.headers.get('cache-control')).toBe('max-age=15');
    expect(await answer.json()).toMatchObject({
      achievements: [{ id: '4', name: 'Dragonslayer' }],
      pagingInfo: { continuationToken: null, totalRecords: 1 },
    });
  });

  it.each([`${STARFALL_SCID}/999`, `${STARFALL_SCID.toUpperCase()}/4`, `${PAPER_COMETS_SCID}/56`])(
    'is not found at %s',
    async (path) => {
      expect((await open().ask(`${NOVA}/achievements/${path}`)).status).toBe(404);
    },
  );
});

describe('who may ask', () => {
  const path = `${NOVA}/achievements`;
  it.each([
    ['no key', { authorization: '' }, 401],
    ['a wrong key', { authorization: 'XBL3.0 x=1;guessed' }, 401],
    ['a bearer token', { authorization: 'Bearer demo-xsts-token' }, 401],
    ['an expired key', { authorization: XBOX_KEYS.expired }, 401],
    ['an unknown contract', { 'x-xbl-contract-version': '5' }, 406],
    ['no number for a contract', { 'x-xbl-contract-version': 'two' }, 406],
  ])('refuses %s', async (_, headers, status) => {
    expect((await open().ask(path, headers)).status).toBe(status);
  });

  it.each([
    ['an unknown player', '/users/xuid(12345)/achievements', 404],
    ['a private player', `/users/xuid(${XBOX_PLAYERS.quiet.xuid})/achievements`, 403],
    ['an unknown path', '/users/gt(Nova)/achievements', 404],
    ['modern contracts for a list of Xbox 360', `${NOVA}/titleachievements?titleId=${NIGHTJAR_TITLE_ID}`, 406],
  ])('refuses %s', async (_, unknown, status) => {
    expect((await open().ask(unknown)).status).toBe(status);
  });

  it('knows the owner of the key as "me"', async () => {
    const { list } = open();
    expect(await list('/users/me/achievements')).toEqual(await list(path));
  });

  it('shows a private player their own', async () => {
    const key = 'XBL3.0 x=7;own';
    const { ask } = open({ keys: { [key]: { xuid: XBOX_PLAYERS.quiet.xuid, rights: 'full' } } });
    expect((await ask('/users/me/achievements', { authorization: key })).status).toBe(200);
  });

  it('tells nothing about progress without the right to', async () => {
    const { list } = open();
    const { achievements } = await list(`${path}?titleId=${STARFALL_TITLE_ID}`, { authorization: XBOX_KEYS.limited });
    const currents = achievements.flatMap(({ progression }) => progression.requirements?.map(({ current }) => current));
    expect(new Set(currents)).toEqual(new Set([null]));
  });

  it('has players who have just begun, have everything, or have nothing at all', async () => {
    const { list } = open();
    const states = async (xuid: string) =>
      new Set(
        (await list(`/users/xuid(${xuid})/achievements?maxItems=1000`)).achievements.map((item) => item.progressState),
      );
    expect(await states(XBOX_PLAYERS.wren.xuid)).toEqual(new Set(['NotStarted']));
    expect(await states(XBOX_PLAYERS.otto.xuid)).toEqual(new Set(['Achieved']));
    expect(await states(XBOX_PLAYERS.ines.xuid)).toEqual(new Set());
  });

  it('is left alone after a hundred requests in fifteen seconds', async () => {
    const { ask, clock } = open({ limits: true });
    for (let count = 0; count < 100; count++) expect((await ask(path)).status).toBe(200);
    const refused = await ask(path);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('15');
    expect(await refused.json()).toEqual({
      version: 1,
      currentRequests: 101,
      maxRequests: 100,
      periodInSeconds: 15,
      limitType: 'rate',
    });
    clock.move(16 * SECOND);
    expect((await ask(path)).status).toBe(200);
  });
});

describe('contracts', () => {
  it('adds rarity with the fourth only', async () => {
    const { list } = open();
    const path = `${NOVA}/achievements?titleId=${STARFALL_TITLE_ID}`;
    expect(
      (await list(path, { 'x-xbl-contract-version': '2' })).achievements.every((item) => !('rarity' in item)),
    ).toBe(true);
    expect((await list(path)).achievements.some((item) => 'rarity' in item)).toBe(true);
  });

  it.each(['1', '3', undefined])('gives Xbox 360 achievements for contract %s', async (contract) => {
    const { service } = open();
    const answer = await service.handle(
      new Request(`${HOST}${NOVA}/achievements?titleId=${NIGHTJAR_TITLE_ID}`, {
        headers: { authorization: XBOX_KEYS.full, ...(contract && { 'x-xbl-contract-version': contract }) },
      }),
    );
    const { achievements, version, pagingInfo } = await bodyOf<List<Legacy>>(answer);
    expect(version).toBe(SENTINEL);
    expect(pagingInfo.totalRecords).toBe(6);
    expect(achievements.every(({ unlocked }) => unlocked)).toBe(true);
    expect(achievements.some((item) => 'rarity' in item)).toBe(contract === '3');
  });

  it('marks everything of an Xbox 360 title as locked for everybody', async () => {
    const { ask } = open();
    const headers = { 'x-xbl-contract-version': '1' };
    const answer = await ask(`${NOVA}/titleachievements?titleId=${NIGHTJAR_TITLE_ID}`, headers);
    expect(answer.headers.get('cache-control')).toBe('max-age=30');
    const { achievements } = await bodyOf<List<Legacy>>(answer);
    expect(achievements).toHaveLength(12);
    for (const item of achievements) {
      expect(item).toMatchObject({ unlocked: false, platform: 255, timeUnlocked: '2002-11-15T00:00:00.0000000Z' });
    }
    expect((await ask(`${NOVA}/titleachievements`, headers)).status).toBe(400);
  });

  it('encodes the flags as the console does', async () => {
    const { list } = open();
    const headers = { 'x-xbl-contract-version': '3' };
    const earned = await list<Legacy>(`${NOVA}/achievements`, headers);
    const possible = await list<Legacy>(
      `${NOVA}/titleachievements?titleId=${NIGHTJAR_TITLE_ID},${COMET_PATROL_TITLE_ID}`,
      headers,
    );
    for (const item of [...earned.achievements, ...possible.achievements]) {
      expect(item.flags & 7).toBe(item.type);
      expect((item.flags & 8) === 0).toBe(item.isSecret);
      expect((item.flags & 0x10000) !== 0).toBe(item.unlockedOnline);
      expect((item.flags & 0x20000) !== 0).toBe(item.unlocked);
    }
  });
});

describe('playing', () => {
  it('raises the progress, unlocks at the time of the clock, and counts on', () => {
    const { service, clock } = open();
    const step = service.play({ achievement: '3' });
    expect(step.unlocked).toBe(false);
    expect(step.achievement.progression.requirements?.[0]?.current).toBe('9');
    clock.move(HOUR);
    const last = service.play({ achievement: '3', by: 5 });
    expect(last.unlocked).toBe(true);
    expect(last.achievement).toMatchObject({
      progressState: 'Achieved',
      progression: { requirements: [{ current: '14', target: '10' }] },
    });
    expect(last.achievement.progression.timeUnlocked).toMatch(/^2026-11-21T13:00:00\.000\d{4}Z$/);
    expect(service.play({ achievement: '3' }).unlocked).toBe(false);
  });

  it('meets one requirement after the other', () => {
    const { service } = open();
    const { achievement } = service.play({ achievement: '9' });
    const met = achievement.progression.requirements?.filter(({ current }) => current === '1');
    expect(met).toHaveLength(14);
    expect(service.play({ achievement: '9' }).unlocked).toBe(true);
  });

  it('keeps decimals clean, and lowers what counts down', () => {
    const { service } = open();
    const current = (id: string, by: number) =>
      service.play({ achievement: id, by }).achievement.progression.requirements?.[0]?.current;
    expect(current('19', 0.1)).toBe('612.85');
    expect(current('21', 10)).toBe('94');
    expect(service.play({ achievement: '21', by: 10 }).unlocked).toBe(true);
  });

  it('forgets the requirements of a title-managed one', () => {
    const { service } = open();
    const { achievement } = service.play({ achievement: '2', serviceConfigId: PAPER_COMETS_SCID, by: 67 });
    expect(achievement).toMatchObject({ progressState: 'Achieved', progression: { requirements: [] } });
  });

  it('changes what the list says, for this player only, until a reset', async () => {
    const { service, all, list } = open();
    const before = await all(STARFALL_TITLE_ID);
    service.play({ achievement: '6', unlock: true });
    const after = (await all(STARFALL_TITLE_ID)).find(({ id }) => id === '6');
    expect(after?.progressState).toBe('Achieved');
    const other = await list(`/users/xuid(${XBOX_PLAYERS.wren.xuid})/achievements?titleId=${STARFALL_TITLE_ID}`);
    expect(other.achievements.find(({ id }) => id === '6')?.progressState).toBe('NotStarted');
    service.reset();
    expect(await all(STARFALL_TITLE_ID)).toEqual(before);
  });

  it('takes back by enforcement, and gives again', () => {
    const { service } = open();
    expect(service.play({ achievement: '4', revoke: true }).achievement.isRevoked).toBe(true);
    expect(service.play({ achievement: '4', revoke: false }).achievement.isRevoked).toBe(false);
  });

  it('plays what is nearest to its unlock if nothing is named, until nothing is left to play', () => {
    const { service } = open();
    expect(service.play({}).achievement).toMatchObject({ name: 'Master Cartographer' });
    let unlocks = 0;
    const playAll = () => {
      while (service.play({ by: 100_000 }).unlocked) unlocks++;
    };
    expect(playAll).toThrow('Everything');
    expect(unlocks).toBeGreaterThan(20);
  });

  it.each([
    ['an unknown achievement', '999', 404],
    ['a challenge that has not begun', '7', 409],
    ['a challenge that is over', '44', 409],
  ])('refuses %s', (_, achievement, status) => {
    const { service } = open();
    const play = () => service.play({ achievement });
    expect(play).toThrow(PlayRefused);
    expect(play).toThrow(expect.objectContaining({ status }));
  });

  it('moves windows along with the clock where it is told to', async () => {
    const { clock, all } = open({ renewAfter: 6 * HOUR });
    clock.move(30 * DAY);
    const sprint = (await all(STARFALL_TITLE_ID)).find(({ id }) => id === '5');
    expect(Date.parse(sprint?.timeWindow?.endDate ?? '') - clock.now()).toBeCloseTo(9.5 * HOUR, -5);
  });
});

/** What the data has to show, so that every state and quirk can be seen in the demo. */
const CHECKLIST: Readonly<Record<string, (item: WireAchievement, now: number) => boolean>> = {
  'locked, progress not told': (item) => isState(item, 'NotStarted') && currents(item).includes(null),
  'in progress, one requirement': (item) => isState(item, 'InProgress') && parts(item).length === 1,
  'in progress, 3 requirements': (item) => isState(item, 'InProgress') && parts(item).length === 3,
  'in progress, 13 requirements': (item) => isState(item, 'InProgress') && parts(item).length === 13,
  'in progress, 15 requirements with unmet ones null': (item) =>
    isState(item, 'InProgress') && parts(item).length === 15 && currents(item).includes(null),
  'in progress, percent of a title-managed one': (item) =>
    isState(item, 'InProgress') && parts(item)[0]?.id === ZERO && parts(item)[0]?.target === '100',
  'title-managed, not started at 0': (item) => isState(item, 'NotStarted') && currents(item)[0] === '0',
  'title-managed, unlocked without requirements': (item) => isState(item, 'Achieved') && parts(item).length === 0,
  'in progress, decimals': (item) => currents(item).some((current) => current?.includes('.')),
  'nearly done': (item) => isState(item, 'InProgress') && ratio(item) > 0.94 && ratio(item) < 1,
  'unlocked with a date': (item) => isState(item, 'Achieved') && /^20\d\d.*\.\d{7}Z$/.test(unlockTime(item)),
  'unlocked today': (item, now) => isState(item, 'Achieved') && now - Date.parse(unlockTime(item)) < DAY,
  'unlocked at an unknown time': (item) => isState(item, 'Achieved') && unlockTime(item) === SENTINEL,
  'overshoot by far': (item) => currents(item)[0] === '43579' && parts(item)[0]?.target === '25',
  'target 0': (item) => parts(item)[0]?.target === '0' && currents(item)[0] === '8',
  'requirements null': (item) => item.progression.requirements === null,
  'a date on something in progress': (item) => isState(item, 'InProgress') && unlockTime(item).startsWith('2013'),
  'sentinel without fraction': (item) => unlockTime(item) === '0001-01-01T00:00:00Z',
  'sentinel without zone': (item) => unlockTime(item) === '0001-01-01T00:00:00',
  'unknown state': (item) => item.progressState === 'Invalid',
  'state in another spelling': (item) => item.progressState === 'inProgress',
  'secret, locked': (item) => item.isSecret === true && isState(item, 'NotStarted'),
  'secret, locked, same text twice': (item) => item.isSecret === true && item.description === item.lockedDescription,
  'secret, locked text says nothing': (item) =>
    item.isSecret === true && item.lockedDescription === 'Story progression',
  'secret, in progress': (item) => item.isSecret === true && isState(item, 'InProgress'),
  'secret, unlocked': (item) => item.isSecret === true && isState(item, 'Achieved'),
  'secret with a link': (item) => item.isSecret === true && item.deeplink !== null,
  'secrecy not said': (item) => !('isSecret' in item),
  'challenge, active, ends today': (item, now) =>
    isChallenge(item) && within(item, now) && endsIn(item, now) < 10 * HOUR,
  'challenge, active, ends in days': (item, now) =>
    isChallenge(item) && within(item, now) && endsIn(item, now) > 2 * DAY,
  'challenge, upcoming': (item, now) => isChallenge(item) && Date.parse(item.timeWindow?.startDate ?? '') > now,
  'challenge, ended': (item, now) => isChallenge(item) && isState(item, 'NotStarted') && endsIn(item, now) < 0,
  'challenge, unlocked': (item) => isChallenge(item) && isState(item, 'Achieved'),
  'challenge with its own picture': (item) => item.mediaAssets.some(({ type }) => type === 'ChallengePromoIcon'),
  'no window': (item) => item.achievementType === 'Persistent' && item.timeWindow === null,
  group: (item) => item.participationType === 'Group' && parts(item)[0]?.ruleParticipationType === 'Group',
  revoked: (item) => item.isRevoked && isState(item, 'Achieved'),
  'rarity, rare': (item) => item.rarity?.currentCategory === 'Rare' && (item.rarity.currentPercentage ?? 100) < 1,
  'rarity, common': (item) => item.rarity?.currentCategory === 'Common',
  'rarity, missing': (item) => item.rarity === undefined,
  'rarity, category only': (item) => !!item.rarity?.currentCategory && item.rarity.currentPercentage === undefined,
  'rarity, percentage only': (item) => !!item.rarity?.currentPercentage && item.rarity.currentCategory === undefined,
  'rarity, unset': (item) => item.rarity?.currentCategory === 'Unset',
  'reward, gamerscore': (item) =>
    rewards(item).some(({ type, mediaAsset }) => type === 'Gamerscore' && mediaAsset === null),
  'reward, item': (item) => rewards(item).some(({ type, mediaAsset }) => type === 'InApp' && !!mediaAsset),
  'reward, art with a picture for its value': (item) =>
    rewards(item).some(({ type, value }) => type === 'Art' && String(value).startsWith('http')),
  'reward, several': (item) =>
    rewards(item)
      .map(({ type }) => type)
      .join() === 'Gamerscore,InApp,Art',
  'reward, 0': (item) => rewards(item).some(({ value }) => value === '0'),
  'reward, none': (item) => item.rewards?.length === 0,
  'reward, null': (item) => item.rewards === null,
  'reward without a media member': (item) => rewards(item).some((reward) => !('mediaAsset' in reward)),
  'name of 44 letters and more': ({ name }) => name.length >= 44 && name.length < 60,
  'name of 100 letters': ({ name }) => name.length >= 100,
  'name with markup': ({ name }) => name.includes('<b>'),
  'name with an ampersand': ({ name }) => name.includes('&'),
  'name with an emoji': ({ name }) => /\p{Extended_Pictographic}/u.test(name),
  'name from right to left': ({ name }) => /\p{Script=Arabic}/u.test(name),
  'name with an apostrophe or a mark of trade': ({ name, titleAssociations: [title], lockedDescription }) =>
    /[’™]/.test(name + title?.name + lockedDescription),
  'very long description': ({ lockedDescription }) => lockedDescription.length > 500,
  'icon over http': ({ mediaAssets: [icon] }) => icon?.url.startsWith('http:') === true,
  'no icon': ({ mediaAssets }) => mediaAssets.length === 0,
  'icon that is not there': ({ mediaAssets: [icon] }) => icon?.url.includes('/lost/') === true,
  'icon 16:9': ({ mediaAssets: [icon] }) => icon?.url.endsWith('.wide.svg') === true,
  'icon square': ({ mediaAssets: [icon] }) => /\/[a-z-]+\.svg$/.test(icon?.url ?? ''),
  'link, opaque text': ({ deeplink }) => /^[A-Za-z0-9+/]{12,}=*$/.test(deeplink ?? ''),
  'link into the game': ({ deeplink }) => /^ms-xbl-[0-9a-f]{8}:\/\//.test(deeplink ?? ''),
  'link to the web': ({ deeplink }) => deeplink?.startsWith('https:') === true,
  'link, empty': ({ deeplink }) => deeplink === '',
  'link, null': ({ deeplink }) => deeplink === null,
  'time, hours and minutes': ({ estimatedTime }) => estimatedTime === '06:12:14',
  'time, more than a day': ({ estimatedTime }) => /^1\.\d\d:/.test(estimatedTime),
  'time, not estimated': ({ estimatedTime }) => estimatedTime === '00:00:00',
  'platform as one text': (item) => item.platform === 'D' && !('platforms' in item),
  'several platforms': ({ platforms }) => (platforms?.length ?? 0) > 1,
  'title with a version': ({ titleAssociations: [title] }) => title?.version !== undefined,
  'operation SUM': (item) => parts(item).some(({ operationType }) => operationType === 'SUM'),
  'operation sum': (item) => parts(item).some(({ operationType }) => operationType === 'sum'),
  'operation Maximum': (item) => parts(item).some(({ operationType }) => operationType === 'Maximum'),
  'operation MINIMUM': (item) => parts(item).some(({ operationType }) => operationType === 'MINIMUM'),
  'value type Double': (item) => parts(item).some(({ valueType }) => valueType === 'Double'),
  'value type missing': (item) => parts(item).some((part) => !('valueType' in part)),
  'configuration of a title-managed title': ({ serviceConfigId }) => serviceConfigId === PAPER_COMETS_SCID,
};

const ZERO = '00000000-0000-0000-0000-000000000000';
const parts = (item: WireAchievement) => item.progression.requirements ?? [];
const currents = (item: WireAchievement) => parts(item).map(({ current }) => current);
const rewards = (item: WireAchievement) => item.rewards ?? [];
const unlockTime = (item: WireAchievement) => item.progression.timeUnlocked;
const isState = (item: WireAchievement, state: string) => item.progressState === state;
const isChallenge = (item: WireAchievement) => item.achievementType === 'Challenge';
const endsIn = (item: WireAchievement, now: number) => Date.parse(item.timeWindow?.endDate ?? '') - now;
const within = (item: WireAchievement, now: number) =>
  Date.parse(item.timeWindow?.startDate ?? '') <= now && endsIn(item, now) > 0;
const ratio = (item: WireAchievement) => Number(currents(item)[0]) / Number(parts(item)[0]?.target);

describe('the data', async () => {
  const { all, clock, list } = open();
  const achievements = [...(await all(STARFALL_TITLE_ID)), ...(await all(PAPER_COMETS_TITLE_ID))];
  const headers = { 'x-xbl-contract-version': '3' };
  const legacy = (await list<Legacy>(`${NOVA}/achievements`, headers)).achievements;

  it.each(Object.entries(CHECKLIST))('shows: %s', (_, shows) => {
    expect(achievements.filter((item) => shows(item, clock.now()))).not.toEqual([]);
  });

  it('shows Xbox 360: earned offline at an unknown time, secret, worth nothing, in another alphabet', () => {
    expect(legacy).toContainEqual(
      expect.objectContaining({ unlocked: true, unlockedOnline: false, timeUnlocked: '1753-01-01T00:00:00.0000000Z' }),
    );
    expect(legacy).toContainEqual(expect.objectContaining({ isSecret: true }));
    expect(legacy).toContainEqual(expect.objectContaining({ gamerscore: 0 }));
    expect(legacy).toContainEqual(
      expect.objectContaining({ name: expect.stringMatching(/\p{Script=Cyrillic}/u) as string }),
    );
  });

  it('uses the same id in different titles', () => {
    expect(achievements.filter(({ id }) => id === '1')).toHaveLength(2);
  });

  it('gives every title a thousand points at most, and none for challenges', () => {
    const points = (item: WireAchievement) =>
      rewards(item).reduce((sum, { type, value }) => sum + (type === 'Gamerscore' ? Number(value) : 0), 0);
    for (const title of [STARFALL_SCID, PAPER_COMETS_SCID]) {
      const own = achievements.filter(({ serviceConfigId }) => serviceConfigId === title);
      expect(own.reduce((sum, item) => sum + points(item), 0)).toBe(1000);
    }
    expect(achievements.filter((item) => isChallenge(item) && points(item) > 0)).toEqual([]);
  });

  it('has names of its own, each once', () => {
    const names = achievements.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
