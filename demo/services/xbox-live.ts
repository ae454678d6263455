import { type Clock, systemClock } from '../../src/model/clock.js';
import { FAULT_HEADER } from './faults.js';
import {
  DAY,
  type Handler,
  MINUTE,
  SECOND,
  answerJson,
  commaList,
  decoded,
  emptyAnswer,
  guid,
  hash,
  wholeNumber,
} from './http.js';
import { pictureUrl } from './pictures.js';
import {
  LEGACY_TITLES,
  type LegacySeed,
  type LegacyTitle,
  MODERN_TITLES,
  type ModernReward,
  type ModernSeed,
  type ModernTitle,
  NEVER,
  NEVER_LEGACY,
  type Part,
  STARFALL_SCID,
  UNKNOWN_LEGACY,
  XBOX_PLAYERS,
  type XboxPlayer,
} from './xbox-data.js';

/** What a key is good for: everything, nothing about progress (null everywhere), or nothing any more. */
export type XboxRights = 'full' | 'limited' | 'expired';

export interface XboxKey {
  readonly xuid: string;
  readonly rights: XboxRights;
}

const USER_HASH = '8213674411593057264';

/** The keys that the simulated service takes. They stay on the server: a page never has one. */
export const XBOX_KEYS = {
  full: `XBL3.0 x=${USER_HASH};demo-xsts-token`,
  limited: `XBL3.0 x=${USER_HASH};demo-xsts-token-without-progress`,
  expired: `XBL3.0 x=${USER_HASH};demo-xsts-token-of-yesterday`,
} as const satisfies Record<XboxRights, string>;

export interface XboxLiveOptions {
  readonly clock?: Clock;
  /** Authorization headers and whose they are; by default those of `XBOX_KEYS`, owned by the demo's first player. */
  readonly keys?: Readonly<Record<string, XboxKey>>;
  /** Where the pictures are; by default `/pictures/` beside the service. */
  readonly pictures?: string;
  /** Enforces the service's own limits: 100 requests in 15 s, 300 in 300 s. */
  readonly limits?: boolean;
  /** Windows and dates move along with the clock every so many milliseconds; by default only on a reset. */
  readonly renewAfter?: number;
}

export interface XboxPlay {
  /** By default the one that is nearest to its unlock. */
  readonly achievement?: string;
  readonly serviceConfigId?: string;
  readonly player?: string;
  /** How much to add: steps, percent or parts; by default 1. */
  readonly by?: number;
  readonly unlock?: boolean;
  readonly revoke?: boolean;
}

export interface XboxPlayed {
  readonly achievement: WireAchievement;
  /** It was unlocked by this. */
  readonly unlocked: boolean;
}

/** An answer to "play" that says why nothing happened. */
export class PlayRefused extends Error {
  override readonly name = 'PlayRefused';
  constructor(
    readonly status: 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

export interface WireRequirement {
  readonly id: string;
  readonly current: string | null;
  readonly target: string;
  readonly operationType: string;
  readonly valueType?: string;
  readonly ruleParticipationType: string;
}

/** A modern achievement as it goes over the wire. */
export interface WireAchievement {
  readonly id: string;
  readonly serviceConfigId: string;
  readonly name: string;
  readonly titleAssociations: readonly { readonly name: string; readonly id: number; readonly version?: string }[];
  readonly progressState: string;
  readonly progression: { readonly requirements: readonly WireRequirement[] | null; readonly timeUnlocked: string };
  readonly mediaAssets: readonly { readonly name: string; readonly type: string; readonly url: string }[];
  readonly platform?: string;
  readonly platforms?: readonly string[];
  readonly isSecret?: boolean;
  readonly description: string;
  readonly lockedDescription: string;
  readonly productId: string;
  readonly achievementType: string;
  readonly participationType: string;
  readonly timeWindow: { readonly startDate: string; readonly endDate: string } | null;
  readonly rewards: readonly Record<string, unknown>[] | null;
  readonly estimatedTime: string;
  readonly deeplink: string | null;
  readonly isRevoked: boolean;
  readonly rarity?: { readonly currentCategory?: string; readonly currentPercentage?: number };
}

export interface XboxLive {
  readonly handle: Handler;
  play(action: XboxPlay): XboxPlayed;
  reset(): void;
}

/** How far one player is with one achievement. */
interface Progress {
  state: string;
  parts: Part[] | null;
  /** Epoch milliseconds, or a text that is sent as it is. */
  unlocked: number | string;
  revoked: boolean;
}

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
const DEFAULT_PAGE = 32;
const LONGEST_PAGE = 1000;
const ORDERS = ['unordered', 'title', 'unlocktime', 'endingsoon'];

/** A .NET date: seven digits of a second. The last four follow from a text, since a clock has only three. */
function wireDate(time: number, salt: string): string {
  const digits = String(hash(salt) % 10_000).padStart(4, '0');
  return new Date(time).toISOString().replace('Z', `${digits}Z`);
}

function wholeDate(time: number): string {
  return new Date(time - (time % MINUTE)).toISOString().replace('Z', '0000Z');
}

function isMet({ current, target, operation }: Part): boolean {
  if (current === null || target === '0') return false;
  return operation?.toUpperCase() === 'MINIMUM' ? Number(current) <= Number(target) : Number(current) >= Number(target);
}

function ratioOf(parts: readonly Part[] | null): number {
  if (!parts || parts.length === 0) return 0;
  const ratios = parts.map((part) =>
    isMet(part)
      ? 1
      : part.operation === 'MINIMUM'
        ? 0
        : Math.min(1, Number(part.current ?? 0) / Number(part.target)) || 0,
  );
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** What the requirements look like before anything was done. */
function untouched(seed: ModernSeed, title: ModernTitle): Part[] {
  if (title.titleManaged) return [{ current: '0', target: '100' }];
  return (seed.parts ?? [{ current: null, target: '1' }]).map((part) => ({ ...part, current: null }));
}

function completed(seed: ModernSeed, title: ModernTitle): Part[] {
  return title.titleManaged ? [] : untouched(seed, title).map((part) => ({ ...part, current: part.target }));
}

/** Adds to the first requirement that is not met, and what is left to those after it. */
function advance(parts: readonly Part[], by: number): Part[] {
  let left = by;
  return parts.map((part, index) => {
    if (left <= 0 || (isMet(part) && parts.length > 1)) return part;
    const current = Number(part.current ?? 0);
    const target = Number(part.target);
    if (part.operation?.toUpperCase() === 'MINIMUM') {
      const next = part.current === null ? target + 10 : Math.max(target, current - left);
      left = 0;
      return { ...part, current: String(next) };
    }
    const last = index === parts.length - 1 || parts.slice(index + 1).every(isMet);
    const step = last ? left : Math.min(left, target - current);
    left -= step;
    // Decimals such as 612.75 must not pick up the noise of binary fractions.
    return { ...part, current: String(Number((current + step).toFixed(6))) };
  });
}

/**
 * Xbox Live's achievements service for a few made-up titles and players, in the service's own wire format
 * (contracts 1 to 4). `handle` takes requests as they would go to `https://achievements.xboxlive.com`.
 */
export function createXboxLive(options: XboxLiveOptions = {}): XboxLive {
  const { clock = systemClock, limits = false, renewAfter = Number.POSITIVE_INFINITY } = options;
  const keys: Readonly<Record<string, XboxKey>> =
    options.keys ??
    Object.fromEntries(
      (['full', 'limited', 'expired'] as const).map((rights) => [
        XBOX_KEYS[rights],
        { xuid: XBOX_PLAYERS.nova.xuid, rights },
      ]),
    );
  const players = new Map<string, XboxPlayer>(Object.values(XBOX_PLAYERS).map((player) => [player.xuid, player]));
  const played = new Map<string, Progress>();
  let calls: number[] = [];
  let anchor = clock.now();

  function progressOf(player: XboxPlayer, title: ModernTitle, seed: ModernSeed): Progress {
    const known = played.get(`${player.xuid}/${title.serviceConfigId}/${seed.id}`);
    if (known) return known;
    const { standing } = player;
    if (standing === 'complete') {
      const days = 400 - (hash(`${player.xuid}${seed.id}`) % 390);
      return { state: 'Achieved', parts: completed(seed, title), unlocked: anchor - days * DAY, revoked: false };
    }
    if (standing === 'fresh') {
      return { state: 'NotStarted', parts: untouched(seed, title), unlocked: NEVER, revoked: false };
    }
    const unlocked = typeof seed.unlocked === 'number' ? anchor + seed.unlocked : (seed.unlocked ?? NEVER);
    return { state: seed.state, parts: seed.parts ? [...seed.parts] : null, unlocked, revoked: seed.revoked === true };
  }

  function windowOf(seed: ModernSeed): { starts: number; ends: number } | undefined {
    return seed.challenge && { starts: anchor + seed.challenge.starts, ends: anchor + seed.challenge.ends };
  }

  function wire(
    player: XboxPlayer,
    title: ModernTitle,
    seed: ModernSeed,
    view: { pictures: string; rarity: boolean; rights: XboxRights },
  ): WireAchievement {
    const progress = progressOf(player, title, seed);
    const salt = `${title.serviceConfigId}/${seed.id}`;
    const shape = seed.wide ? 'wide' : 'square';
    const urlOf = (picture: string) =>
      picture.includes('/')
        ? new URL(picture, view.pictures).href
        : pictureUrl(picture, { base: view.pictures, shape });
    const asset = (type: string, picture: string) => ({
      name: `${guid(`${salt}/${type}/${picture}`)}${title.titleManaged ? '' : '.png'}`,
      type,
      url: urlOf(picture),
    });
    const reward = (item: ModernReward) => {
      const art = item.picture && pictureUrl(item.picture, { base: view.pictures, shape: 'wide' });
      return {
        name: item.name ?? null,
        description: item.description ?? null,
        value: item.value ?? art ?? null,
        type: item.type,
        ...(item.withoutMediaAsset ? {} : { mediaAsset: item.picture ? asset('Icon', item.picture) : null }),
        valueType: item.type === 'Gamerscore' ? 'Int' : 'String',
      };
    };
    const gamerscore: ModernReward[] =
      seed.gamerscore === undefined ? [] : [{ type: 'Gamerscore', value: String(seed.gamerscore) }];
    const window = windowOf(seed);
    return {
      id: seed.id,
      serviceConfigId: title.serviceConfigId,
      name: seed.name,
      titleAssociations: [
        { name: title.name, id: title.id, ...(seed.titleVersion === undefined ? {} : { version: seed.titleVersion }) },
      ],
      progressState: progress.state,
      progression: {
        requirements:
          progress.parts?.map((part, index) => ({
            id: title.titleManaged ? ZERO_GUID : guid(`${salt}/requirement/${index}`),
            current: view.rights === 'limited' ? null : part.current,
            target: part.target,
            operationType: part.operation ?? 'Sum',
            ...(part.valueType === null ? {} : { valueType: part.valueType ?? 'Integer' }),
            ruleParticipationType: part.participation ?? 'Individual',
          })) ?? null,
        timeUnlocked: typeof progress.unlocked === 'number' ? wireDate(progress.unlocked, salt) : progress.unlocked,
      },
      mediaAssets: seed.picture
        ? [asset('Icon', seed.picture), ...(seed.challenge ? [asset('ChallengePromoIcon', seed.picture)] : [])]
        : [],
      ...(seed.platform === undefined ? { platforms: seed.platforms ?? title.platforms } : { platform: seed.platform }),
      ...(seed.secret === 'unsaid' ? {} : { isSecret: seed.secret === true }),
      description: seed.done,
      lockedDescription: seed.todo,
      productId: title.productId,
      achievementType: seed.challenge ? 'Challenge' : 'Persistent',
      participationType: seed.group ? 'Group' : 'Individual',
      timeWindow: window ? { startDate: wholeDate(window.starts), endDate: wholeDate(window.ends) } : null,
      rewards: seed.rewards === null ? null : [...gamerscore, ...(seed.rewards ?? [])].map(reward),
      estimatedTime: seed.estimatedTime ?? '00:00:00',
      deeplink: seed.deeplink ?? (title.titleManaged ? '' : null),
      isRevoked: progress.revoked,
      ...(view.rarity && seed.rarity ? { rarity: seed.rarity } : {}),
    };
  }

  function legacyEarned(player: XboxPlayer, seed: LegacySeed): LegacySeed['earned'] {
    if (player.standing === 'complete') return -2000 * DAY - seed.id * DAY;
    return player.standing === 'seeded' ? seed.earned : undefined;
  }

  function legacyWire(title: LegacyTitle, seed: LegacySeed, earned: LegacySeed['earned'], rarity: boolean) {
    const unlocked = earned !== undefined;
    const online = typeof earned === 'number';
    return {
      id: seed.id,
      titleId: title.id,
      name: seed.name,
      sequence: 0,
      flags: seed.type | (seed.secret ? 0 : 8) | (online ? 0x10000 : 0) | (unlocked ? 0x20000 | 0x300000 : 0),
      unlockedOnline: online,
      unlocked,
      isSecret: seed.secret === true,
      platform: unlocked ? 1 : 255,
      gamerscore: seed.gamerscore,
      imageId: seed.id + 2,
      description: seed.done,
      lockedDescription: seed.todo,
      type: seed.type,
      isRevoked: false,
      timeUnlocked:
        earned === undefined
          ? NEVER_LEGACY
          : earned === 'offline'
            ? UNKNOWN_LEGACY
            : `${new Date(anchor + earned).toISOString().slice(0, 19)}.0000000Z`,
      ...(rarity && seed.rarity ? { rarity: seed.rarity } : {}),
    };
  }

  function failure(status: number, code: number, description: string): Response {
    return answer({ code, source: 'AchievementsService', description }, 'no-cache, no-store', status);
  }

  function answer(body: unknown, cacheControl: string, status = 200, headers: Record<string, string> = {}): Response {
    return answerJson(body, status, {
      'cache-control': cacheControl,
      expires: cacheControl.startsWith('max-age=') ? cacheControl.slice('max-age='.length) : '-1',
      'ms-cv': `${guid(String(clock.now())).replaceAll('-', '').slice(0, 16)}.0`,
      ...headers,
    });
  }

  function tooMany(currentRequests: number, maxRequests: number, periodInSeconds: number, wait: number): Response {
    const body = { version: 1, currentRequests, maxRequests, periodInSeconds, limitType: 'rate' };
    return answer(body, 'no-cache, no-store', 429, { 'retry-after': String(wait) });
  }

  /** The service counts refused calls too. */
  function throttled(): Response | undefined {
    const now = clock.now();
    calls = [...calls.filter((time) => time > now - 300 * SECOND), now];
    for (const [maximum, period] of [
      [100, 15],
      [300, 300],
    ] as const) {
      const recent = calls.filter((time) => time > now - period * SECOND);
      if (recent.length > maximum) {
        const wait = Math.ceil(((recent[0] ?? now) + period * SECOND - now) / SECOND);
        return tooMany(recent.length, maximum, period, Math.max(1, wait));
      }
    }
    return undefined;
  }

  function faked(fault: string | null): Response | undefined {
    switch (fault) {
      case '401':
        return emptyAnswer(401, { 'cache-control': 'no-cache, no-store' });
      case '403':
        return failure(403, 16, 'The player does not show achievements to this user.');
      case '404':
        return failure(404, 18, 'The player could not be found.');
      case '429':
        return tooMany(13, 10, 15, 12);
      case '500':
        return failure(500, 1, 'An unexpected error occurred.');
      case '503':
        return emptyAnswer(503, { 'retry-after': '5' });
      default:
        return undefined;
    }
  }

  /** One page of a list with the service's paging: the token is the number of items already given. */
  function page<Item>(
    items: readonly Item[],
    query: URLSearchParams,
  ): { items: Item[]; pagingInfo: object } | Response {
    const token = query.get('continuationToken');
    const maxItems = wholeNumber(query, 'maxItems') ?? DEFAULT_PAGE;
    const skipItems = wholeNumber(query, 'skipItems') ?? 0;
    if (token !== null && token !== '' && (!/^\d{1,6}$/.test(token) || Number(token) > items.length)) {
      return failure(400, 5, 'The continuation token is not valid.');
    }
    if (!(maxItems > 0) || Number.isNaN(skipItems)) return failure(400, 5, 'maxItems or skipItems is not valid.');
    const from = token ? Number(token) : skipItems;
    const to = from + Math.min(maxItems, LONGEST_PAGE);
    return {
      items: items.slice(from, to),
      pagingInfo: { continuationToken: to < items.length ? String(to) : null, totalRecords: items.length },
    };
  }

  function legacyList(player: XboxPlayer, query: URLSearchParams, everything: boolean, rarity: boolean): Response {
    const titleIds = commaList(query, 'titleId');
    if (everything && !titleIds) return failure(400, 5, 'titleId is required.');
    const all = LEGACY_TITLES.filter(({ id }) => !titleIds || titleIds.includes(String(id))).flatMap((title) =>
      title.achievements.flatMap((seed) => {
        if (everything) return [legacyWire(title, seed, undefined, rarity)];
        const earned = legacyEarned(player, seed);
        return earned === undefined ? [] : [legacyWire(title, seed, earned, rarity)];
      }),
    );
    const paged = page(all, query);
    if (paged instanceof Response) return paged;
    return answer(
      { achievements: paged.items, pagingInfo: paged.pagingInfo, version: NEVER },
      everything ? 'max-age=30' : 'no-cache, no-store',
    );
  }

  function modernList(
    player: XboxPlayer,
    query: URLSearchParams,
    view: { pictures: string; rarity: boolean; rights: XboxRights },
    fault: string | null,
  ): Response {
    const titleIds = commaList(query, 'titleId');
    const types = commaList(query, 'types')?.map((type) => type.toLowerCase());
    const orderBy = (query.get('orderBy') ?? 'Unordered').toLowerCase();
    if (titleIds?.some((id) => !/^\d+$/.test(id))) return failure(400, 5, 'titleId is not valid.');
    if (types?.some((type) => type !== 'persistent' && type !== 'challenge')) {
      return failure(400, 5, 'types is not valid.');
    }
    if (!ORDERS.includes(orderBy)) return failure(400, 5, 'orderBy is not valid.');
    const definitionsOnly = query.get('possibleOnly')?.toLowerCase() === 'true';
    const viewed: XboxPlayer = definitionsOnly ? { ...player, standing: 'fresh' } : player;

    // Without a title the service mixes all of them.
    let rows = MODERN_TITLES.filter(({ id }) => !titleIds || titleIds.includes(String(id))).flatMap((title) =>
      title.achievements.map((seed) => ({ title, seed, progress: progressOf(viewed, title, seed) })),
    );
    if (player.standing === 'none' || fault === 'empty') rows = [];
    if (types) rows = rows.filter(({ seed }) => types.includes(seed.challenge ? 'challenge' : 'persistent'));
    if (query.get('unlockedOnly')?.toLowerCase() === 'true') {
      // Known quirk: what is only in progress comes along.
      rows = rows.filter(({ progress }) => ['achieved', 'inprogress'].includes(progress.state.toLowerCase()));
    }
    const unlockedAt = ({ progress }: { progress: Progress }) =>
      typeof progress.unlocked === 'number' ? progress.unlocked : Number.NEGATIVE_INFINITY;
    const endsAt = ({ seed }: { seed: ModernSeed }) => windowOf(seed)?.ends ?? Number.POSITIVE_INFINITY;
    const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
    if (orderBy === 'title') rows.sort((a, b) => compare(a.title.id, b.title.id));
    if (orderBy === 'unlocktime') rows.sort((a, b) => compare(unlockedAt(b), unlockedAt(a)));
    if (orderBy === 'endingsoon') rows.sort((a, b) => compare(endsAt(a), endsAt(b)));

    const paged = page(rows, query);
    if (paged instanceof Response) return paged;
    const achievements = paged.items.map(({ title, seed }) => wire(viewed, title, seed, view));
    return answer(
      { achievements: fault === 'bad-data' ? spoil(achievements) : achievements, pagingInfo: paged.pagingInfo },
      'no-cache, no-store',
    );
  }

  const handle: Handler = async (request) => {
    renew();
    const url = new URL(request.url);
    const fault = request.headers.get(FAULT_HEADER);
    const route =
      /^\/users\/(?:xuid\((?<xuid>\d+)\)|me)\/(?<kind>achievements|titleachievements)(?:\/(?<scid>[^/]+)\/(?<id>[^/]+))?$/.exec(
        decoded(url.pathname),
      );
    if (!route?.groups || request.method !== 'GET') return emptyAnswer(404);
    const key = keys[request.headers.get('authorization') ?? ''];
    if (!key || key.rights === 'expired') return emptyAnswer(401, { 'cache-control': 'no-cache, no-store' });
    const fake = faked(fault) ?? (limits ? throttled() : undefined);
    if (fake) return fake;

    const contract = request.headers.get('x-xbl-contract-version') ?? '1';
    const { xuid = key.xuid, kind, scid, id } = route.groups;
    const legacy = contract === '1' || contract === '3';
    if (!/^[1-4]$/.test(contract) || (kind === 'titleachievements' && !legacy)) {
      return failure(406, 8, 'The contract version is not supported.');
    }
    const player = players.get(xuid);
    if (!player) return failure(404, 18, 'The player could not be found.');
    if (player.private && player.xuid !== key.xuid) {
      return failure(403, 16, 'The player does not show achievements to this user.');
    }
    const pictures = options.pictures ?? new URL('/pictures/', url).href;
    const view = { pictures, rarity: contract === '4', rights: key.rights };
    if (scid !== undefined) {
      // Lower case only: the service compares service configurations letter by letter.
      const title = MODERN_TITLES.find(({ serviceConfigId }) => serviceConfigId === scid);
      const seed = title?.achievements.find((candidate) => candidate.id === id);
      if (!title || !seed || legacy) return failure(404, 19, 'The achievement could not be found.');
      const achievements = [wire(player, title, seed, view)];
      return answer({ achievements, pagingInfo: { continuationToken: null, totalRecords: 1 } }, 'max-age=15');
    }
    return legacy
      ? legacyList(player, url.searchParams, kind === 'titleachievements', contract === '3')
      : modernList(player, url.searchParams, view, fault);
  };

  function renew(): void {
    if (clock.now() - anchor > renewAfter) anchor = clock.now();
  }

  function play(action: XboxPlay): XboxPlayed {
    const player = players.get(action.player ?? XBOX_PLAYERS.nova.xuid);
    const title = MODERN_TITLES.find(
      ({ serviceConfigId }) => serviceConfigId === (action.serviceConfigId ?? STARFALL_SCID),
    );
    if (!player || !title) throw new PlayRefused(404, 'No such player or title.');
    const now = clock.now();
    const open = (seed: ModernSeed) => {
      const window = windowOf(seed);
      return !window || (window.starts <= now && now < window.ends);
    };
    const isUnlocked = (seed: ModernSeed) => progressOf(player, title, seed).state === 'Achieved';
    const nearest = title.achievements
      .filter((candidate) => open(candidate) && !isUnlocked(candidate) && candidate.parts?.[0]?.target !== '0')
      .sort((a, b) => ratioOf(progressOf(player, title, b).parts) - ratioOf(progressOf(player, title, a).parts))[0];
    const seed =
      action.achievement === undefined
        ? nearest
        : title.achievements.find((candidate) => candidate.id === action.achievement);
    if (!seed && action.achievement === undefined)
      throw new PlayRefused(409, 'Everything that can be earned is earned.');
    if (!seed) throw new PlayRefused(404, 'No such achievement.');
    if (!open(seed)) throw new PlayRefused(409, 'The challenge is not open now.');

    const before = progressOf(player, title, seed);
    const wasUnlocked = before.state === 'Achieved';
    // Revoking alone leaves the progress where it is.
    const by = Math.max(0, action.by ?? (action.revoke === undefined ? 1 : 0));
    const parts =
      action.unlock && !wasUnlocked
        ? completed(seed, title)
        : by > 0
          ? advance(before.parts ?? untouched(seed, title), by)
          : before.parts;
    const done = wasUnlocked || action.unlock === true || (!!parts && parts.length > 0 && parts.every(isMet));
    const unlocked = done && !wasUnlocked;
    played.set(`${player.xuid}/${title.serviceConfigId}/${seed.id}`, {
      state: done ? 'Achieved' : by > 0 ? 'InProgress' : before.state,
      parts: done && title.titleManaged ? [] : parts,
      unlocked: unlocked ? now : before.unlocked,
      revoked: action.revoke ?? before.revoked,
    });
    const view = { pictures: options.pictures ?? 'http://localhost/pictures/', rarity: true, rights: 'full' as const };
    return { achievement: wire(player, title, seed, view), unlocked };
  }

  return {
    handle,
    play,
    reset() {
      anchor = clock.now();
      played.clear();
      calls = [];
    },
  };
}

/** Breaks some achievements in the ways that services do, and leaves the others as they are. */
function spoil(achievements: readonly WireAchievement[]): unknown[] {
  return achievements.map((achievement, index) => {
    switch (index % 8) {
      case 1:
        return { ...achievement, id: null, name: 42 };
      case 3:
        return {
          ...achievement,
          progression: {
            ...achievement.progression,
            requirements: [{ id: ZERO_GUID, current: 'plenty', target: 'NaN', operationType: 'Sum' }],
          },
        };
      case 5:
        return index === 5 ? null : { ...achievement, progression: { timeUnlocked: 'yesterday' }, rewards: 'none' };
      default:
        return achievement;
    }
  });
}
