import { type Clock, systemClock } from '../../src/model/clock.js';
import { FAULT_HEADER } from './faults.js';
import { type Handler, answerJson, emptyAnswer, hash, wholeNumber } from './http.js';
import { JSON_ACHIEVEMENTS, type JsonSeed } from './json-data.js';
import { pictureUrl } from './pictures.js';
import { PlayRefused } from './xbox-live.js';

export interface JsonServiceOptions {
  readonly clock?: Clock;
  readonly pictures?: string;
  readonly renewAfter?: number;
}

export interface JsonPlay {
  /** By default the one that is nearest to its unlock. */
  readonly achievement?: string;
  readonly player?: string;
  readonly by?: number;
}

export interface JsonPlayed {
  readonly achievement: Readonly<Record<string, unknown>>;
  readonly unlocked: boolean;
}

export interface JsonService {
  /** `GET …/achievements?player=…&cursor=…&limit=…` */
  readonly handle: Handler;
  play(action: JsonPlay): JsonPlayed;
  reset(): void;
}

interface Progress {
  state: string | undefined;
  current: number | undefined;
  unlocked: number | undefined;
  /** Completed rounds of a repeating one. */
  rounds: number;
}

const DEFAULT_PAGE = 8;
export const JSON_PLAYER = 'nova';

/** A backend that speaks this project's own JSON protocol: pages by cursor, ETag, total. */
export function createJsonService(options: JsonServiceOptions = {}): JsonService {
  const { clock = systemClock, renewAfter = Number.POSITIVE_INFINITY } = options;
  const played = new Map<string, Progress>();
  let anchor = clock.now();

  const time = (offset: number | undefined) => (offset === undefined ? undefined : anchor + offset);
  const text = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());

  function progressOf(player: string, seed: JsonSeed): Progress {
    const known = played.get(`${player}/${seed.id}`);
    if (known) return known;
    if (player !== JSON_PLAYER) {
      const waits = seed.state === 'scheduled' || seed.state === 'expired';
      const current = seed.target === undefined ? undefined : 0;
      return { state: waits ? seed.state : 'locked', current, unlocked: undefined, rounds: 0 };
    }
    return { state: seed.state, current: seed.current, unlocked: time(seed.unlocked), rounds: 0 };
  }

  /** Members that are undefined do not reach the wire. */
  function wire(player: string, seed: JsonSeed, pictures: string): Record<string, unknown> {
    const { state, current, unlocked, rounds } = progressOf(player, seed);
    const { target, unit = 'count' } = seed;
    const rewards = [
      ...(seed.points === undefined ? [] : [{ kind: 'points', value: seed.points, unit: 'pts' }]),
      ...(seed.item
        ? [
            {
              kind: 'item',
              name: seed.item.name,
              description: seed.item.description,
              image: pictureUrl(seed.item.picture, { base: pictures }),
            },
          ]
        : []),
    ];
    return {
      id: seed.id,
      name: seed.name,
      description: seed.description,
      lockedDescription: seed.lockedDescription,
      state,
      secret: seed.secret,
      revoked: seed.revoked,
      requirements: target === undefined ? undefined : [{ id: 'main', current, target, unit }],
      unlockedAt: text(unlocked),
      resetsAt: text(time(seed.resets)),
      window:
        seed.starts === undefined && seed.ends === undefined
          ? undefined
          : { startsAt: text(time(seed.starts)), endsAt: text(time(seed.ends)) },
      recurrence: seed.recurrence,
      timesEarned: rounds > 0 ? rounds : undefined,
      rewards: rewards.length > 0 ? rewards : undefined,
      media: seed.picture && {
        icon: { url: pictureUrl(seed.picture, { base: pictures, shape: seed.wide ? 'wide' : 'square' }) },
      },
      rarity: seed.rarity === undefined ? undefined : { percent: seed.rarity },
      category: seed.category,
      estimatedSeconds: seed.estimatedSeconds,
      deepLink: seed.deepLink,
    };
  }

  function failure(status: number, message: string, headers: Record<string, string> = {}): Response {
    return answerJson({ message }, status, headers);
  }

  function faked(fault: string | null): Response | undefined {
    switch (fault) {
      case '401':
        return failure(401, 'Sign in again.', { 'www-authenticate': 'Bearer' });
      case '403':
        return failure(403, 'These achievements are private.');
      case '404':
        return failure(404, 'There is no such player.');
      case '429':
        return failure(429, 'Too many requests.', { 'retry-after': '12' });
      case '500':
        return failure(500, 'Something went wrong on our side.');
      case '503':
        return failure(503, 'Back in a moment.', { 'retry-after': '5' });
      default:
        return undefined;
    }
  }

  const handle: Handler = (request) => Promise.resolve(answerTo(request));

  function answerTo(request: Request): Response {
    if (clock.now() - anchor > renewAfter) anchor = clock.now();
    const url = new URL(request.url);
    const fault = request.headers.get(FAULT_HEADER);
    const fake = faked(fault);
    if (fake) return fake;
    if (!url.pathname.endsWith('/achievements')) return failure(404, 'Not found.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return emptyAnswer(405, { allow: 'GET, HEAD' });

    const player = url.searchParams.get('player') ?? JSON_PLAYER;
    const limit = wholeNumber(url.searchParams, 'limit') ?? DEFAULT_PAGE;
    const cursor = url.searchParams.get('cursor') ?? '';
    // A cursor names the last one that was given, so that pages do not shift.
    const from = cursor === '' ? 0 : JSON_ACHIEVEMENTS.findIndex(({ id }) => `after:${id}` === cursor) + 1;
    if ((cursor !== '' && from === 0) || !(limit >= 1 && limit <= 500)) return failure(400, 'The page does not exist.');

    const pictures = options.pictures ?? new URL('/pictures/', url).href;
    const rows = fault === 'empty' ? [] : JSON_ACHIEVEMENTS;
    const shown = rows.slice(from, from + limit);
    const last = shown.at(-1);
    const achievements = shown.map((seed) => wire(player, seed, pictures));
    const body = {
      achievements: fault === 'bad-data' ? spoil(achievements) : achievements,
      cursor: last && from + limit < rows.length ? `after:${last.id}` : null,
      total: rows.length,
    };
    const content = JSON.stringify(body);
    const etag = `"${hash(content).toString(16)}-${hash(`${content}.`).toString(16)}"`;
    const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Accept-Language, Cookie, Authorization' };
    const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag) || known.includes('*')) return emptyAnswer(304, headers);
    return answerJson(body, 200, headers);
  }

  function play(action: JsonPlay): JsonPlayed {
    const player = action.player ?? JSON_PLAYER;
    const now = clock.now();
    const open = ({ starts, ends }: JsonSeed) =>
      (starts === undefined || anchor + starts <= now) && (ends === undefined || now < anchor + ends);
    const ratio = (seed: JsonSeed) => (progressOf(player, seed).current ?? 0) / (seed.target ?? 1);
    const nearest = JSON_ACHIEVEMENTS.filter(
      (candidate) => open(candidate) && progressOf(player, candidate).state !== 'unlocked',
    ).sort((a, b) => ratio(b) - ratio(a))[0];
    const seed =
      action.achievement === undefined ? nearest : JSON_ACHIEVEMENTS.find(({ id }) => id === action.achievement);
    if (!seed && action.achievement === undefined)
      throw new PlayRefused(409, 'Everything that can be earned is earned.');
    if (!seed) throw new PlayRefused(404, 'No such achievement.');
    if (!open(seed)) throw new PlayRefused(409, 'The achievement is not open now.');
    const before = progressOf(player, seed);
    const target = seed.target ?? 1;
    const reached = Number(((before.current ?? 0) + Math.max(0, action.by ?? 1)).toFixed(6));
    const done = before.state === 'unlocked' || reached >= target;
    const unlocked = done && before.state !== 'unlocked';
    const repeats = seed.recurrence === 'on-completion' && unlocked;
    played.set(`${player}/${seed.id}`, {
      state: done && !repeats ? 'unlocked' : 'in-progress',
      current: seed.target === undefined ? undefined : repeats ? 0 : reached,
      unlocked: repeats ? undefined : unlocked ? now : before.unlocked,
      rounds: before.rounds + (repeats ? 1 : 0),
    });
    return { achievement: wire(player, seed, options.pictures ?? '/pictures/'), unlocked };
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

/** Breaks some achievements in the ways that services do, and leaves the others as they are. */
function spoil(achievements: readonly Record<string, unknown>[]): unknown[] {
  return achievements.map((achievement, index) => {
    switch (index % 8) {
      case 1:
        return { ...achievement, id: null, name: 42 };
      case 3:
        return {
          ...achievement,
          requirements: [{ id: 'main', current: 'plenty', target: -3 }],
          unlockedAt: 'yesterday',
        };
      case 5:
        return null;
      default:
        return achievement;
    }
  });
}
