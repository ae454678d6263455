import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../demo/services/http.js';
import { CAMPAIGNS, TALON_ONE_PROFILES } from '../../../demo/services/talon-one-data.js';
import {
  TALON_ONE_KEYS,
  type TalonOneOptions,
  type WireProgress,
  type WireStatusEntry,
  createTalonOne,
} from '../../../demo/services/talon-one.js';
import { PlayRefused } from '../../../demo/services/xbox-live.js';
import { StandingClock, anyNumber, anyText, bodyOf } from './support.js';

const HOST = 'https://ember-and-rye.europe-west1.talon.test';
const { nova, wren } = TALON_ONE_PROFILES;
const profileUrl = (integrationId: string) => `/v1/customer_profiles/${encodeURIComponent(integrationId)}`;
const LIST = `${profileUrl(nova.integrationId)}/achievements`;

interface Page<Item> {
  totalResultSize: number;
  data: Item[];
}

function open(options: TalonOneOptions = {}) {
  const clock = new StandingClock();
  const service = createTalonOne({ clock, ...options });
  const ask = (path: string, headers: Record<string, string> = { authorization: TALON_ONE_KEYS.full }) =>
    service.handle(new Request(`${HOST}${path}`, { headers }));
  const list = (query = '', path = LIST) => bodyOf<Page<WireStatusEntry>>(ask(`${path}?${query}`));
  const history = (id: number, query = '') => bodyOf<Page<WireProgress>>(ask(`${LIST}/${id}?${query}`));
  const entry = async (id: number) => (await list(`achievementIds=${id}&achievementStatus=active,scheduled`)).data[0];
  return { clock, service, ask, list, history, entry };
}

describe('the list', () => {
  it('hides what is scheduled unless it is asked for', async () => {
    const { list } = open();
    const active = await list();
    const everything = await list('achievementStatus=active,scheduled');
    expect(active.data.every(({ status }) => status === 'active')).toBe(true);
    expect(everything.totalResultSize - active.totalResultSize).toBe(3);
    expect(everything.totalResultSize).toBeGreaterThanOrEqual(40);
    expect((await list('achievementStatus=active%2Cscheduled')).totalResultSize).toBe(everything.totalResultSize);
  });

  it('pages by offset and says how many there are', async () => {
    const { list } = open();
    const all = await list();
    const pages = [await list('pageSize=30'), await list('pageSize=30&skip=30')];
    expect(pages.map(({ totalResultSize }) => totalResultSize)).toEqual([all.totalResultSize, all.totalResultSize]);
    expect(pages.flatMap(({ data }) => data)).toEqual(all.data);
    expect((await list('skip=9000')).data).toEqual([]);
  });

  it('filters by campaign, id and progress', async () => {
    const { list } = open();
    const seasons = await list(`campaignIds=${CAMPAIGNS.seasons}`);
    expect(seasons.data.every(({ campaignId, campaignIds }) => (campaignIds ?? [campaignId]).includes(14))).toBe(true);
    expect((await list('achievementIds=101,104')).data.map(({ id }) => id)).toEqual([101, 104]);
    const waiting = await list('currentProgressStatus=not_started');
    expect(waiting.data.some(({ currentProgress }) => currentProgress === undefined)).toBe(true);
    expect(waiting.data.some(({ currentProgress }) => currentProgress?.status === 'not_started')).toBe(true);
    const others = await list('currentProgressStatus=inprogress,completed');
    expect(new Set(others.data.map(({ currentProgress }) => currentProgress?.status))).toEqual(
      new Set(['inprogress', 'completed']),
    );
  });

  it.each([
    ['pageSize=0', 'pageSize'],
    ['pageSize=1001', 'pageSize'],
    ['skip=-1', 'skip'],
    ['campaignIds=eleven', 'campaignIds'],
    ['achievementIds=1.5', 'achievementIds'],
    ['achievementStatus=expired', 'achievementStatus'],
    ['currentProgressStatus=expired', 'currentProgressStatus'],
  ])('refuses %s and says where', async (query, parameter) => {
    const answer = await open().ask(`${LIST}?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      message: 'The submitted data was invalid',
      errors: [{ title: anyText, details: anyText, source: { parameter } }],
      StatusCode: 400,
    });
  });
});

describe('who may ask', () => {
  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'ApiKey-v1 guessed' }],
    ['an expired key', { authorization: TALON_ONE_KEYS.expired }],
    ['a bearer token', { authorization: 'Bearer demo-integration-key-4c1f' }],
  ])('refuses %s', async (_, headers) => {
    const answer = await open().ask(LIST, headers);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ message: anyText, StatusCode: 401 });
  });

  it('does not know everybody', async () => {
    const answer = await open().ask(`${profileUrl('nobody')}/achievements`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ source: { resource: 'customer_profile' } }] });
  });

  it('finds a profile whose id has to be encoded', async () => {
    const { list, ask } = open();
    const { data } = await list('', `${profileUrl(wren.integrationId)}/achievements`);
    expect(data.every((item) => !('currentProgress' in item))).toBe(true);
    expect((await ask(`/v1/customer_profiles/${wren.integrationId}/achievements`)).status).toBe(404);
  });

  it.each(['/v1/customer_profiles', `${LIST}/999`, '/v2/events'])('has nothing at %s', async (path) => {
    expect((await open().ask(path)).status).toBe(404);
  });
});

describe('the history', () => {
  it('has every round, latest first, and counts completions', async () => {
    const { history } = open();
    const all = await history(102);
    expect(all.totalResultSize).toBe(5);
    expect(all.data[0]).toMatchObject({ status: 'inprogress', progress: 7 });
    expect((await history(102, 'progressStatus=completed')).totalResultSize).toBe(4);
    expect((await history(102, 'pageSize=1&skip=1')).data).toEqual([all.data[1]]);
    expect((await history(108)).data).toEqual([]);
  });

  it('can be limited in time', async () => {
    const { history, clock } = open();
    const from = new Date(clock.now() - 60 * DAY).toISOString();
    expect((await history(102, `startDate=${from}`)).totalResultSize).toBe(4);
    expect((await history(102, `endDate=${from}`)).totalResultSize).toBe(1);
  });

  it.each(['progressStatus=not_started', 'startDate=yesterday', 'pageSize=5000'])('refuses %s', async (query) => {
    expect((await open().ask(`${LIST}/102?${query}`)).status).toBe(400);
  });
});

describe('the inventory', () => {
  it('has the flat shape', async () => {
    const { ask } = open();
    const path = `${profileUrl(nova.integrationId)}/inventory`;
    const body = await bodyOf<{ achievements: Record<string, unknown>[]; profile?: unknown }>(
      ask(`${path}?achievements=true&profile=true`),
    );
    expect(body.profile).toMatchObject({ integrationId: nova.integrationId });
    const [first] = body.achievements;
    expect(first).toMatchObject({
      achievementId: 101,
      status: 'inprogress',
      progress: 112.5,
      target: 150,
      achievementRecurrencePolicy: 'on_expiration',
      achievementActivationPolicy: 'user_action',
    });
    expect(first).not.toHaveProperty('id');
    expect(first).not.toHaveProperty('period');
    expect(body.achievements.some((item) => !('target' in item))).toBe(true);
    expect(body.achievements.some((item) => 'achievementEndDate' in item)).toBe(true);
    expect(await bodyOf(ask(path))).toEqual({});
  });
});

describe('playing', () => {
  it('raises the progress and completes at the time of the clock', async () => {
    const { service, entry } = open();
    const { effects, completed } = service.play({ achievement: 'CroissantConnoisseur' });
    expect(completed).toBe(true);
    expect(effects).toEqual([
      {
        campaignId: 11,
        rulesetId: anyNumber,
        ruleIndex: 0,
        ruleName: anyText,
        effectType: 'increaseAchievementProgress',
        props: {
          achievementId: 104,
          achievementName: 'CroissantConnoisseur',
          progressTrackerId: anyNumber,
          delta: 1,
          value: 8,
          target: 8,
          isJustCompleted: true,
        },
      },
    ]);
    expect((await entry(104))?.currentProgress).toMatchObject({
      status: 'completed',
      progress: 8,
      completionDate: '2026-11-21T14:00:00+02:00',
    });
    expect(service.play({ achievement: 104 }).completed).toBe(false);
  });

  it('keeps money clean', () => {
    const { service } = open();
    const { achievement } = service.play({ achievement: 135, by: 0.1 });
    expect(achievement.currentProgress?.progress).toBe(0.47);
  });

  it('begins again at once where it repeats on completion, and takes what is over along', async () => {
    const { service, history } = open();
    const { effects, achievement, completed } = service.play({ achievement: 102, by: 12 });
    expect(completed).toBe(true);
    expect(effects.map(({ props }) => [props['delta'], props['value'], props['isJustCompleted']])).toEqual([
      [2, 9, true],
      [9, 9, true],
      [1, 1, false],
    ]);
    expect(new Set(effects.map(({ props }) => props['progressTrackerId'])).size).toBe(3);
    expect(achievement.currentProgress).toMatchObject({ status: 'inprogress', progress: 1 });
    expect((await history(102, 'progressStatus=completed')).totalResultSize).toBe(6);
  });

  it('starts a new period after one that is over', async () => {
    const { service, history, clock } = open();
    const { achievement } = service.play({ achievement: 112 });
    expect(achievement.currentProgress).toMatchObject({ status: 'inprogress', progress: 1 });
    expect(Date.parse(achievement.currentProgress?.endDate ?? '') - clock.now()).toBeCloseTo(30 * DAY, -1);
    expect((await history(112, 'progressStatus=expired')).totalResultSize).toBe(1);
  });

  it('lets periods end by themselves', async () => {
    const { clock, entry, service } = open();
    service.play({ achievement: 123, by: 5 });
    expect((await entry(123))?.currentProgress?.status).toBe('completed');
    clock.move(9 * DAY);
    expect((await entry(101))?.currentProgress?.status).toBe('expired');
    expect((await entry(123))?.currentProgress).toEqual({ status: 'not_started', progress: 0 });
    expect((await entry(107))?.status).toBe('scheduled');
    clock.move(4 * DAY);
    expect((await entry(107))?.status).toBe('active');
  });

  it('takes back where that is allowed', () => {
    const { service } = open();
    const { effects, achievement } = service.play({ achievement: 130, by: -3 });
    expect(effects[0]).toMatchObject({
      effectType: 'rollbackIncreasedAchievementProgress',
      props: { decreaseProgressBy: 3, currentProgress: 65, target: 100 },
    });
    expect(achievement.currentProgress?.progress).toBe(65);
    expect(() => service.play({ achievement: 103, by: -1 })).toThrow(PlayRefused);
  });

  it('plays what is nearest to its completion if nothing is named, and forgets it all on a reset', async () => {
    const { service, list } = open();
    const before = await list();
    expect(service.play({}).achievement.title).toBe('Morning Club');
    expect(await list()).not.toEqual(before);
    service.reset();
    expect(await list()).toEqual(before);
  });

  it.each([
    [999, 404],
    [107, 409],
    [111, 409],
    [116, 409],
  ])('refuses %s', (achievement, status) => {
    const { service } = open();
    expect(() => service.play({ achievement })).toThrow(expect.objectContaining({ status }));
  });

  it('moves dates along with the clock where it is told to', async () => {
    const { clock, entry } = open({ renewAfter: 6 * HOUR });
    clock.move(40 * DAY);
    const ends = (await entry(106))?.endDate ?? '';
    expect(Date.parse(ends) - clock.now()).toBeCloseTo(9.5 * HOUR, -2);
  });
});

const progressOf = ({ currentProgress }: WireStatusEntry) => currentProgress;
const until = (text: string | undefined, now: number) => Date.parse(text ?? '') - now;

/** What the data has to show, so that every state and quirk can be seen in the demo. */
const CHECKLIST: Readonly<Record<string, (item: WireStatusEntry, now: number) => boolean>> = {
  'money with decimals': (item) => item.target === 150 && progressOf(item)?.progress === 112.5,
  'progress in cents': (item) => /\.\d\d$/.test(String(progressOf(item)?.progress)),
  'once only': (item) => item.recurrencePolicy === 'no_recurrence',
  'again after a period': (item) => item.recurrencePolicy === 'on_expiration' && item.period !== undefined,
  'again after a completion': (item) =>
    item.recurrencePolicy === 'on_completion' && progressOf(item)?.endDate === undefined,
  'started by the customer': (item) => item.activationPolicy === 'user_action',
  'on a fixed schedule': (item) => item.activationPolicy === 'fixed_schedule' && item.fixedStartDate !== undefined,
  'not started, without dates': (item) =>
    progressOf(item)?.status === 'not_started' && Object.keys(progressOf(item) ?? {}).length === 2,
  'no progress sent': (item) => item.status === 'active' && progressOf(item) === undefined,
  'in progress': (item) => progressOf(item)?.status === 'inprogress',
  'nearly done': (item) =>
    progressOf(item)?.status === 'inprogress' && (progressOf(item)?.progress ?? 0) / item.target > 0.9,
  completed: (item) => progressOf(item)?.status === 'completed' && progressOf(item)?.progress === item.target,
  'completed, above the target': (item) =>
    progressOf(item)?.status === 'completed' && (progressOf(item)?.progress ?? 0) > item.target,
  'completed, below the target': (item) =>
    progressOf(item)?.status === 'completed' && (progressOf(item)?.progress ?? 0) < item.target,
  'completed at the zero time': (item) => progressOf(item)?.completionDate === '0001-01-01T00:00:00Z',
  'completed at a layout instead of a time': (item) => progressOf(item)?.completionDate?.endsWith('Z07:00') === true,
  'expired, over for good': (item, now) => progressOf(item)?.status === 'expired' && until(item.endDate, now) < 0,
  'expired, comes again': (item) => progressOf(item)?.status === 'expired' && item.recurrencePolicy === 'on_expiration',
  'completed, over since': (item, now) => progressOf(item)?.status === 'completed' && until(item.endDate, now) < 0,
  'unknown state': (item) => progressOf(item)?.status === 'opted_in',
  'scheduled, without progress': (item) => item.status === 'scheduled' && progressOf(item) === undefined,
  'scheduled, with progress': (item) => item.status === 'scheduled' && progressOf(item)?.status === 'not_started',
  'scheduled, without an end': (item) => item.status === 'scheduled' && item.endDate === undefined,
  'ends today': (item, now) => until(item.endDate, now) > 9 * HOUR && until(item.endDate, now) < 10 * HOUR,
  'ends in days': (item, now) => until(item.endDate, now) > 2 * DAY && until(item.endDate, now) < 4 * DAY,
  'resets today': (item, now) =>
    until(progressOf(item)?.endDate, now) < 9 * HOUR && until(progressOf(item)?.endDate, now) > 0,
  'resets in days': (item, now) =>
    until(progressOf(item)?.endDate, now) > 5 * DAY && item.recurrencePolicy === 'on_expiration',
  'target 0': (item) => item.target === 0,
  'campaigns as before 26.17': (item) => item.campaignId !== undefined && !('campaignIds' in item),
  'several campaigns': (item) => (item.campaignIds?.length ?? 0) > 2 && item.campaignId === item.campaignIds?.[0],
  'no campaign': (item) => item.campaignIds?.length === 0 && !('campaignId' in item),
  'time with microseconds': (item) => /\.\d{6}Z$/.test(item.created),
  'time with nanoseconds': (item) => /\.\d{9}Z$/.test(item.created),
  'time with an offset': (item) => /\+02:00$/.test(item.created),
  'time in seconds': (item) => /:\d\dZ$/.test(item.created),
  'no description': (item) => item.description === '',
  'very long description': (item) => item.description.length > 500,
  'title of 100 letters': (item) => item.title.length >= 100,
  'markup and an ampersand': (item) => item.title.includes('<em>&'),
  emoji: (item) => /\p{Extended_Pictographic}/u.test(item.title),
  'can be rolled back': (item) => item.allowRollbackAfterCompletion,
  'a period': (item) => /^\d+(?:h|[DWMY])(?:_[DU])?$/.test(item.period ?? ''),
};

describe('the data', async () => {
  const { list, clock } = open();
  const { data } = await list('achievementStatus=active,scheduled');

  it.each(Object.entries(CHECKLIST))('shows: %s', (_, shows) => {
    expect(data.filter((item) => shows(item, clock.now()))).not.toEqual([]);
  });

  it('names everything once, as the service allows it', () => {
    expect(new Set(data.map(({ name }) => name)).size).toBe(data.length);
    expect(new Set(data.map(({ title }) => title)).size).toBe(data.length);
    for (const { name } of data) expect(name).toMatch(/^[a-zA-Z]\w+$/);
  });
});
