import { type Clock, systemClock } from '../../src/model/clock.js';
import { FAULT_HEADER } from './faults.js';
import { DAY, HOUR, type Handler, MINUTE, SECOND, answerJson, commaList, decoded, hash, wholeNumber } from './http.js';
import {
  TALON_ONE_ACHIEVEMENTS,
  TALON_ONE_PROFILES,
  type TalonOneProfile,
  type TalonOneSeed,
} from './talon-one-data.js';
import { PlayRefused } from './xbox-live.js';

/** The keys that the simulated service takes, and one that has run out. They stay on the server. */
export const TALON_ONE_KEYS = {
  full: 'ApiKey-v1 demo-integration-key-4c1f',
  expired: 'ApiKey-v1 demo-integration-key-of-last-year',
} as const;

export interface TalonOneOptions {
  readonly clock?: Clock;
  /** The accepted `Authorization` headers. */
  readonly keys?: readonly string[];
  /** Periods and dates move along with the clock every so many milliseconds; by default only on a reset. */
  readonly renewAfter?: number;
}

/** The customer's part of an achievement as it goes over the wire. */
export interface WireProgress {
  readonly status: string;
  readonly progress: number;
  readonly startDate?: string;
  readonly completionDate?: string;
  readonly endDate?: string;
}

/** An entry of the list of a customer's achievements, as it goes over the wire. */
export interface WireStatusEntry {
  readonly id: number;
  readonly created: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly target: number;
  readonly period?: string;
  readonly recurrencePolicy: string;
  readonly activationPolicy: string;
  readonly fixedStartDate?: string;
  readonly endDate?: string;
  readonly allowRollbackAfterCompletion: boolean;
  readonly campaignId?: number;
  readonly campaignIds?: readonly number[];
  readonly status: string;
  readonly currentProgress?: WireProgress;
}

export interface TalonOnePlay {
  /** Id or API name; by default the one that is nearest to its completion. */
  readonly achievement?: number | string;
  readonly integrationId?: string;
  /** How much to add; negative takes back, where the achievement allows that. By default 1. */
  readonly by?: number;
}

/** An effect as the service answers it to an event. */
export interface WireEffect {
  readonly campaignId: number;
  readonly rulesetId: number;
  readonly ruleIndex: number;
  readonly ruleName: string;
  readonly effectType: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface TalonOnePlayed {
  readonly achievement: WireStatusEntry;
  readonly effects: readonly WireEffect[];
  readonly completed: boolean;
}

export interface TalonOne {
  readonly handle: Handler;
  play(action: TalonOnePlay): TalonOnePlayed;
  reset(): void;
}

/** One round of progress; times in epoch milliseconds. */
interface Round {
  status: string;
  progress: number;
  started?: number;
  completed?: number | string;
  ends?: number;
}

interface Standing {
  current?: Round;
  /** Finished rounds, latest first. */
  past: Round[];
  tracker: number;
}

interface ErrorSource {
  readonly parameter?: string;
  readonly resource?: string;
}

const LONGEST_PAGE = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  D: DAY,
  W: 7 * DAY,
  M: 30 * DAY,
  Y: 365 * DAY,
};

/** The length of a period such as `30D_D`. Months and years are rounded: the demo has no calendar of its own. */
function periodLength(period: string | undefined): number | undefined {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)([smhDWMY])(?:_[DU])?$/.exec(period ?? '') ?? [];
  return figure === undefined ? undefined : Number(figure) * (UNITS[unit] ?? DAY);
}

function withoutNoise(value: number): number {
  return Number(value.toFixed(6));
}

/**
 * The Integration API of Talon.One, as far as achievements go, for a made-up shop: the list of a customer's
 * achievements, the history of one, and the inventory. `handle` takes requests as they would go to
 * `https://{deployment}.talon.one`.
 */
export function createTalonOne(options: TalonOneOptions = {}): TalonOne {
  const { clock = systemClock, keys = [TALON_ONE_KEYS.full], renewAfter = Number.POSITIVE_INFINITY } = options;
  const profiles = new Map<string, TalonOneProfile>(
    Object.values(TALON_ONE_PROFILES).map((profile) => [profile.integrationId, profile]),
  );
  const played = new Map<string, Standing>();
  let anchor = clock.now();

  const at = (offset: number | string | undefined) => (typeof offset === 'number' ? anchor + offset : offset);

  /** RFC 3339 as the service's versions and exports write it. */
  function wireTime(time: number | string, seed: TalonOneSeed): string {
    if (typeof time === 'string') return time;
    const text = new Date(time).toISOString();
    const salt = hash(`${seed.name}${time - anchor}`);
    switch (seed.times) {
      case 'seconds':
        return `${text.slice(0, 19)}Z`;
      case 'nanoseconds':
        return text.replace('Z', `${String(salt % 1_000_000).padStart(6, '0')}Z`);
      case 'offset':
        return `${new Date(time + 2 * HOUR).toISOString().slice(0, 19)}+02:00`;
      default:
        return text.replace('Z', `${String(salt % 1000).padStart(3, '0')}Z`);
    }
  }

  /** What has become of a round by now: time ends rounds without anybody's doing. */
  function settled(round: Round | undefined, seed: TalonOneSeed): Round | undefined {
    if (!round || round.ends === undefined || round.ends > clock.now()) return round;
    if (round.status === 'completed') {
      return seed.recurrence === 'on_expiration' ? { status: 'not_started', progress: 0 } : round;
    }
    return round.status === 'inprogress' ? { ...round, status: 'expired' } : round;
  }

  function standingOf(profile: TalonOneProfile, seed: TalonOneSeed): Standing {
    const known = played.get(`${profile.integrationId}/${seed.id}`);
    if (known) return { ...known, ...(known.current && { current: settled(known.current, seed) ?? known.current }) };
    if (profile.standing === 'fresh') return { past: [], tracker: seed.id };
    const past = (seed.history ?? []).map((offset) => ({
      status: 'completed',
      progress: seed.target,
      started: anchor + offset - 6 * DAY,
      completed: anchor + offset,
    }));
    const { progress } = seed;
    if (!progress) return { past, tracker: seed.id };
    const [started, completed, ends] = [at(progress.started), at(progress.completed), at(progress.ends)];
    const current: Round = {
      status: progress.status,
      progress: progress.progress,
      ...(typeof started === 'number' && { started }),
      ...(completed !== undefined && { completed }),
      ...(typeof ends === 'number' && { ends }),
    };
    return { current: settled(current, seed) ?? current, past, tracker: seed.id * 10 + past.length };
  }

  function wireProgress(round: Round, seed: TalonOneSeed): WireProgress {
    return {
      status: round.status,
      progress: round.progress,
      ...(round.started === undefined ? {} : { startDate: wireTime(round.started, seed) }),
      ...(round.completed === undefined ? {} : { completionDate: wireTime(round.completed, seed) }),
      ...(round.ends === undefined ? {} : { endDate: wireTime(round.ends, seed) }),
    };
  }

  function campaignsOf(seed: TalonOneSeed): readonly number[] {
    return 'id' in seed.campaigns ? [seed.campaigns.id] : seed.campaigns.ids;
  }

  function wireCampaigns(seed: TalonOneSeed): { campaignId?: number; campaignIds?: readonly number[] } {
    if ('id' in seed.campaigns) return { campaignId: seed.campaigns.id };
    const [first] = seed.campaigns.ids;
    return { ...(first === undefined ? {} : { campaignId: first }), campaignIds: seed.campaigns.ids };
  }

  /** Scheduled until its start: that depends on the clock, not on who asks. */
  function availability(seed: TalonOneSeed): 'active' | 'scheduled' {
    return seed.status === 'scheduled' && anchor + (seed.starts ?? 0) > clock.now() ? 'scheduled' : 'active';
  }

  function entry(profile: TalonOneProfile, seed: TalonOneSeed): WireStatusEntry {
    const { current } = standingOf(profile, seed);
    return {
      created: wireTime(anchor - 420 * DAY + seed.id * MINUTE, seed),
      description: seed.description,
      id: seed.id,
      name: seed.name,
      target: seed.target,
      title: seed.title,
      ...(seed.period === undefined ? {} : { period: seed.period }),
      recurrencePolicy: seed.recurrence,
      activationPolicy: seed.activation,
      ...(seed.starts === undefined ? {} : { fixedStartDate: wireTime(anchor + seed.starts, seed) }),
      ...(seed.ends === undefined ? {} : { endDate: wireTime(anchor + seed.ends, seed) }),
      allowRollbackAfterCompletion: seed.rollback === true,
      ...wireCampaigns(seed),
      status: availability(seed),
      ...(current && { currentProgress: wireProgress(current, seed) }),
    };
  }

  /** The flat shape of the inventory: the definition's members have a prefix. */
  function flat(profile: TalonOneProfile, seed: TalonOneSeed): Record<string, unknown> {
    const current = standingOf(profile, seed).current ?? { status: 'not_started', progress: 0 };
    return {
      ...wireProgress(current, seed),
      achievementId: seed.id,
      name: seed.name,
      title: seed.title,
      description: seed.description,
      ...wireCampaigns(seed),
      ...(seed.targetUnsaid ? {} : { target: seed.target }),
      achievementRecurrencePolicy: seed.recurrence,
      achievementActivationPolicy: seed.activation,
      ...(seed.starts === undefined ? {} : { achievementFixedStartDate: wireTime(anchor + seed.starts, seed) }),
      ...(seed.ends === undefined ? {} : { achievementEndDate: wireTime(anchor + seed.ends, seed) }),
      achievementAllowRollbackAfterCompletion: seed.rollback === true,
    };
  }

  function failure(status: number, message: string, details?: string, source?: ErrorSource): Response {
    return answerJson(
      { message, ...(details && { errors: [{ title: 'Invalid value', details, source }] }), StatusCode: status },
      status,
    );
  }

  function invalid(parameter: string, details: string): Response {
    return failure(400, 'The submitted data was invalid', details, { parameter });
  }

  function faked(fault: string | null): Response | undefined {
    switch (fault) {
      case '401':
        return failure(401, 'Invalid or expired API key.');
      case '403':
        return failure(403, 'The API key may not be used from this address.');
      case '404':
        return failure(404, 'Customer profile not found', 'There is no such profile.', {
          resource: 'customer_profile',
        });
      case '429':
        // The service names no waiting time.
        return failure(429, 'Too many requests.');
      case '500':
        return failure(500, 'Internal server error.');
      case '503':
        return failure(503, 'Service unavailable.');
      default:
        return undefined;
    }
  }

  function paging(query: URLSearchParams): { skip: number; pageSize: number } | Response {
    const pageSize = wholeNumber(query, 'pageSize') ?? LONGEST_PAGE;
    const skip = wholeNumber(query, 'skip') ?? 0;
    if (!(pageSize >= 1 && pageSize <= LONGEST_PAGE)) return invalid('pageSize', 'The value must be from 1 to 1000.');
    if (Number.isNaN(skip)) return invalid('skip', 'The value must be a whole number from 0.');
    return { skip, pageSize };
  }

  function list(profile: TalonOneProfile, query: URLSearchParams, fault: string | null): Response {
    const paged = paging(query);
    if (paged instanceof Response) return paged;
    const campaignIds = commaList(query, 'campaignIds');
    const achievementIds = commaList(query, 'achievementIds');
    const statuses = commaList(query, 'achievementStatus') ?? ['active'];
    const progressStatuses = commaList(query, 'currentProgressStatus');
    for (const [name, ids] of [
      ['campaignIds', campaignIds],
      ['achievementIds', achievementIds],
    ] as const) {
      if (ids?.some((id) => !/^\d+$/.test(id))) return invalid(name, 'The value must be a list of whole numbers.');
    }
    if (statuses.some((status) => status !== 'active' && status !== 'scheduled')) {
      return invalid('achievementStatus', 'The value must be one of active, scheduled.');
    }
    // `expired` is a status that progress can have, but none to ask for.
    if (progressStatuses?.some((status) => !['inprogress', 'completed', 'not_started'].includes(status))) {
      return invalid('currentProgressStatus', 'The value must be one of inprogress, completed, not_started.');
    }
    const rows = TALON_ONE_ACHIEVEMENTS.filter(
      (seed) =>
        fault !== 'empty' &&
        statuses.includes(availability(seed)) &&
        (!achievementIds || achievementIds.includes(String(seed.id))) &&
        (!campaignIds || campaignsOf(seed).some((id) => campaignIds.includes(String(id)))) &&
        (!progressStatuses || progressStatuses.includes(standingOf(profile, seed).current?.status ?? 'not_started')),
    );
    const data = rows.slice(paged.skip, paged.skip + paged.pageSize).map((seed) => entry(profile, seed));
    return answerJson({ totalResultSize: rows.length, data: fault === 'bad-data' ? spoil(data) : data });
  }

  function history(profile: TalonOneProfile, seed: TalonOneSeed, query: URLSearchParams): Response {
    const paged = paging(query);
    if (paged instanceof Response) return paged;
    const statuses = commaList(query, 'progressStatus');
    if (statuses?.some((status) => !['inprogress', 'completed', 'expired'].includes(status))) {
      return invalid('progressStatus', 'The value must be one of inprogress, completed, expired.');
    }
    const limits = { startDate: Number.NEGATIVE_INFINITY, endDate: Number.POSITIVE_INFINITY };
    for (const name of ['startDate', 'endDate'] as const) {
      const text = query.get(name);
      if (text === null) continue;
      limits[name] = Date.parse(text);
      if (Number.isNaN(limits[name])) return invalid(name, 'The value must be a date in RFC 3339 format.');
    }
    const { current, past } = standingOf(profile, seed);
    const rounds = [...(current && current.status !== 'not_started' ? [current] : []), ...past].filter(
      ({ status, started = anchor }) =>
        (!statuses || statuses.includes(status)) && started >= limits.startDate && started <= limits.endDate,
    );
    const data = rounds.slice(paged.skip, paged.skip + paged.pageSize).map((round) => wireProgress(round, seed));
    return answerJson({ totalResultSize: rounds.length, data });
  }

  function inventory(profile: TalonOneProfile, query: URLSearchParams, fault: string | null): Response {
    const wanted = (name: string) => query.get(name) === 'true';
    const achievements = TALON_ONE_ACHIEVEMENTS.filter((seed) => availability(seed) === 'active').map((seed) =>
      flat(profile, seed),
    );
    return answerJson({
      ...(wanted('profile') && {
        profile: { integrationId: profile.integrationId, created: new Date(anchor - 420 * DAY).toISOString() },
      }),
      ...(wanted('coupons') && { coupons: [] }),
      ...(wanted('referrals') && { referrals: [] }),
      ...(wanted('giveaways') && { giveaways: [] }),
      ...(wanted('achievements') && {
        achievements: fault === 'empty' ? [] : fault === 'bad-data' ? spoil(achievements) : achievements,
      }),
    });
  }

  const handle: Handler = (request) => Promise.resolve(answerTo(request));

  function answerTo(request: Request): Response {
    renew();
    const url = new URL(request.url);
    const fault = request.headers.get(FAULT_HEADER);
    // The id may hold an encoded slash: split first, decode then.
    const route = /^\/v1\/customer_profiles\/([^/]+)\/(achievements|inventory)(?:\/([^/]+))?$/.exec(url.pathname);
    if (!route || request.method !== 'GET') return failure(404, 'Not found');
    if (!keys.includes(request.headers.get('authorization') ?? '')) return failure(401, 'Invalid or expired API key.');
    const fake = faked(fault);
    if (fake) return fake;
    const [, integrationId = '', kind, achievement] = route;
    const profile = profiles.get(decoded(integrationId));
    if (!profile) {
      return failure(404, 'Customer profile not found', 'There is no such profile.', { resource: 'customer_profile' });
    }
    if (kind === 'inventory') return inventory(profile, url.searchParams, fault);
    if (achievement === undefined) return list(profile, url.searchParams, fault);
    if (!/^\d+$/.test(achievement)) return invalid('achievementId', 'The value must be a whole number.');
    const seed = TALON_ONE_ACHIEVEMENTS.find(({ id }) => id === Number(achievement));
    return seed
      ? history(profile, seed, url.searchParams)
      : failure(404, 'Achievement not found', 'There is no such achievement.', { resource: 'achievement' });
  }

  function renew(): void {
    if (clock.now() - anchor > renewAfter) anchor = clock.now();
  }

  function isOpen(seed: TalonOneSeed): boolean {
    return (
      availability(seed) === 'active' &&
      (seed.ends === undefined || anchor + seed.ends > clock.now()) &&
      seed.target > 0
    );
  }

  function play(action: TalonOnePlay): TalonOnePlayed {
    const profile = profiles.get(action.integrationId ?? TALON_ONE_PROFILES.nova.integrationId);
    if (!profile) throw new PlayRefused(404, 'No such profile.');
    const ratio = (seed: TalonOneSeed) => (standingOf(profile, seed).current?.progress ?? 0) / seed.target;
    const nearest = TALON_ONE_ACHIEVEMENTS.filter(
      (candidate) => isOpen(candidate) && standingOf(profile, candidate).current?.status !== 'completed',
    ).sort((a, b) => ratio(b) - ratio(a))[0];
    const seed =
      action.achievement === undefined
        ? nearest
        : TALON_ONE_ACHIEVEMENTS.find(
            ({ id, name }) => String(id) === String(action.achievement) || name === action.achievement,
          );
    if (!seed && action.achievement === undefined)
      throw new PlayRefused(409, 'Everything that can be earned is earned.');
    if (!seed) throw new PlayRefused(404, 'No such achievement.');
    if (!isOpen(seed)) throw new PlayRefused(409, 'The achievement is not open now.');

    const now = clock.now();
    const by = action.by ?? 1;
    const standing = standingOf(profile, seed);
    let { tracker } = standing;
    const past = [...standing.past];
    const effects: WireEffect[] = [];
    const effect = (effectType: string, props: Record<string, unknown>) => {
      effects.push({
        campaignId: campaignsOf(seed)[0] ?? 0,
        rulesetId: 7,
        ruleIndex: effects.length,
        ruleName: 'Progress',
        effectType,
        props: { achievementId: seed.id, achievementName: seed.name, progressTrackerId: tracker, ...props },
      });
    };
    const begin = (): Round => {
      const length = periodLength(seed.period);
      const ends = length === undefined ? (seed.ends === undefined ? undefined : anchor + seed.ends) : now + length;
      return { status: 'inprogress', progress: 0, started: now, ...(ends !== undefined && { ends }) };
    };

    let current: Round =
      standing.current && ['inprogress', 'completed'].includes(standing.current.status)
        ? { ...standing.current }
        : begin();
    if (standing.current?.status === 'expired') past.unshift(standing.current);
    let completed = false;
    if (by < 0) {
      if (current.status === 'completed' && !seed.rollback) throw new PlayRefused(409, 'A completion stays.');
      const progress = Math.max(0, withoutNoise(current.progress + by));
      effect('rollbackIncreasedAchievementProgress', {
        decreaseProgressBy: withoutNoise(current.progress - progress),
        currentProgress: progress,
        target: seed.target,
      });
      const { completed: completionDate, ...rest } = current;
      const stays = completionDate !== undefined && progress >= seed.target;
      current = {
        ...rest,
        progress,
        status: stays ? 'completed' : 'inprogress',
        ...(stays && { completed: completionDate }),
      };
    } else {
      let left = by;
      while (left > 0) {
        const repeats = seed.recurrence === 'on_completion';
        const room = repeats ? Math.max(0, seed.target - current.progress) : left;
        const delta = withoutNoise(Math.min(left, room));
        left = withoutNoise(left - delta);
        const progress = withoutNoise(current.progress + delta);
        const justCompleted = current.status !== 'completed' && progress >= seed.target;
        current = { ...current, progress, ...(justCompleted && { status: 'completed', completed: now }) };
        effect('increaseAchievementProgress', {
          delta,
          value: progress,
          target: seed.target,
          isJustCompleted: justCompleted,
        });
        completed ||= justCompleted;
        if (repeats && justCompleted) {
          // The next round begins at once, so that a list never shows the completion.
          past.unshift(current);
          tracker += 1;
          current = begin();
        }
      }
    }
    played.set(`${profile.integrationId}/${seed.id}`, { current, past, tracker });
    return { achievement: entry(profile, seed), effects, completed };
  }

  return {
    handle,
    play,
    reset() {
      anchor = clock.now();
      played.clear();
    },
  };
}

/** Breaks some entries in the ways that services do, and leaves the others as they are. */
function spoil(entries: readonly object[]): unknown[] {
  return entries.map((item, index) => {
    switch (index % 8) {
      case 1:
        return { ...item, id: null, achievementId: null, title: 42 };
      case 3:
        return { ...item, target: '150.00', progress: '12.5' };
      case 5:
        return index === 5 ? null : { ...item, currentProgress: 'none', status: 17 };
      default:
        return item;
    }
  });
}
