import { type Clock, systemClock } from '../../src/model/clock.js';
import { FAULT_HEADER } from './faults.js';
import { type Handler, answerJson, commaList, emptyAnswer, hash, wholeNumber } from './http.js';
import { JSON_ACHIEVEMENTS, type JsonSeed } from './json-data.js';
import { createEvents } from './json-events.js';
import { type Deed, MOST_REPORTS, type ReportResult, createReports } from './json-reports.js';
import { pictureUrl } from './pictures.js';
import { PlayRefused } from './xbox-live.js';

export interface JsonServiceOptions {
  readonly clock?: Clock;
  /** What can be earned; by default the hiking club's. */
  readonly achievements?: readonly JsonSeed[];
  readonly pictures?: string;
  readonly renewAfter?: number;
  /** Pages of these origins may read the answers; by default only those of the service's own. */
  readonly allowedOrigins?: readonly string[];
  /** How many ids of reports are remembered at most. */
  readonly mostRemembered?: number | undefined;
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
  /**
   * - `GET …/achievements?player=…&cursor=…&limit=…`
   * - `POST …/achievements/reports?player=…`, and `GET …/achievements/reports?player=…&ids=…`
   * - `GET …/achievements/events?player=…`
   */
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
/** Characters of a request with reports. */
const LONGEST_REQUEST = 65_536;
export const JSON_PLAYER = 'nova';

/** A backend that speaks this project's own JSON protocol: docs/protocol.md. */
export function createJsonService(options: JsonServiceOptions = {}): JsonService {
  const { clock = systemClock, achievements: seeds = JSON_ACHIEVEMENTS } = options;
  const { renewAfter = Number.POSITIVE_INFINITY } = options;
  const seedOf = (id: string) => seeds.find((seed) => seed.id === id);
  const played = new Map<string, Progress>();
  let anchor = clock.now();
  const events = createEvents(clock);
  const reports = createReports({ clock, apply, mostRemembered: options.mostRemembered });

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
      type: seed.type,
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

  function wireOf(player: string, id: string, pictures: string): Record<string, unknown> | undefined {
    const seed = seedOf(id);
    return seed && wire(player, seed, pictures);
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

  const handle: Handler = async (request) => {
    const answer = await answerTo(request);
    const origin = request.headers.get('origin');
    if (origin === null || !options.allowedOrigins?.includes(origin)) return answer;
    answer.headers.set('access-control-allow-origin', origin);
    answer.headers.set('access-control-expose-headers', 'ETag, Retry-After');
    answer.headers.append('vary', 'Origin');
    return answer;
  };

  async function answerTo(request: Request): Promise<Response> {
    if (clock.now() - anchor > renewAfter) anchor = clock.now();
    const url = new URL(request.url);
    const [, endpoint] = /\/achievements(?:\/(reports|events))?$/.exec(url.pathname) ?? [];
    const { method } = request;
    if (!/\/achievements(?:\/(?:reports|events))?$/.test(url.pathname)) return failure(404, 'Not found.');
    const allowed = endpoint === 'reports' ? ['GET', 'POST'] : endpoint === 'events' ? ['GET'] : ['GET', 'HEAD'];
    const allow = allowed.join(', ');
    // Browsers ask so before a request with a body of JSON or a token.
    if (method === 'OPTIONS') {
      return emptyAnswer(204, {
        allow,
        'access-control-allow-methods': allow,
        'access-control-allow-headers': 'Accept-Language, Authorization, Content-Type, If-None-Match, Last-Event-ID',
        'access-control-max-age': '7200',
      });
    }
    const fault = request.headers.get(FAULT_HEADER);
    const fake = faked(fault);
    if (fake) return fake;
    if (!allowed.includes(method)) return emptyAnswer(405, { allow });
    const player = url.searchParams.get('player') ?? JSON_PLAYER;
    const pictures = options.pictures ?? new URL('/pictures/', url).href;
    const describe = (ids: readonly string[]) => ids.flatMap((id) => wireOf(player, id, pictures) ?? []);
    if (endpoint === 'events') {
      return events.stream({ player, seen: request.headers.get('last-event-id'), request, describe });
    }
    if (endpoint === 'reports') {
      const results = method === 'POST' ? await take(request, player, fault) : recall(url, player);
      if (results instanceof Response) return results;
      const told = results.map(({ achievement, ...result }) => ({
        ...result,
        ...(achievement === undefined ? {} : { achievement: wireOf(player, achievement, pictures) }),
      }));
      return answerJson({ results: told }, 200, { 'cache-control': 'no-store' });
    }
    return list(request, url, player, fault, pictures);
  }

  async function take(request: Request, player: string, fault: string | null): Promise<ReportResult[] | Response> {
    const text = await request.text();
    if (text.length > LONGEST_REQUEST) return failure(413, 'The request is too long.');
    let given: unknown;
    try {
      ({ reports: given } = Object(JSON.parse(text)) as Record<string, unknown>);
    } catch {
      // It is told below.
    }
    if (!Array.isArray(given)) return failure(400, 'A JSON object with a list of reports is needed.');
    if (given.length > MOST_REPORTS) return failure(413, `At most ${MOST_REPORTS} reports are taken at once.`);
    const results = reports.take(player, given, fault === 'retry');
    const changed = results.flatMap(({ outcome, achievement }) =>
      outcome === 'accepted' && achievement !== undefined ? [achievement] : [],
    );
    if (changed.length > 0) events.changed(player, [...new Set(changed)]);
    return results;
  }

  function recall(url: URL, player: string): ReportResult[] | Response {
    const ids = commaList(url.searchParams, 'ids') ?? [];
    return ids.length > 4 * MOST_REPORTS ? failure(400, 'Too many ids.') : reports.recall(player, ids);
  }

  function list(request: Request, url: URL, player: string, fault: string | null, pictures: string): Response {
    const limit = wholeNumber(url.searchParams, 'limit') ?? DEFAULT_PAGE;
    const cursor = url.searchParams.get('cursor') ?? '';
    // A cursor names the last one that was given, so that pages do not shift.
    const from = cursor === '' ? 0 : seeds.findIndex(({ id }) => `after:${id}` === cursor) + 1;
    if ((cursor !== '' && from === 0) || !(limit >= 1 && limit <= 500)) return failure(400, 'The page does not exist.');

    const rows = fault === 'empty' ? [] : seeds;
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

  const openAt = ({ starts, ends }: JsonSeed, moment: number) =>
    (starts === undefined || anchor + starts <= moment) && (ends === undefined || moment < anchor + ends);

  /** @returns whether it is unlocked now and was not before */
  function advance(player: string, seed: JsonSeed, reached: number, moment: number): boolean {
    const before = progressOf(player, seed);
    const done = before.state === 'unlocked' || reached >= (seed.target ?? 1);
    const unlocked = done && before.state !== 'unlocked';
    const repeats = seed.recurrence === 'on-completion' && unlocked;
    played.set(`${player}/${seed.id}`, {
      state: done && !repeats ? 'unlocked' : 'in-progress',
      current: seed.target === undefined ? undefined : repeats ? 0 : reached,
      unlocked: repeats ? undefined : unlocked ? moment : before.unlocked,
      rounds: before.rounds + (repeats ? 1 : 0),
    });
    return unlocked;
  }

  /** Does what a report says; gives the code of the reason where it cannot be done. */
  function apply(player: string, { achievement, set, add, unlock, at }: Deed): string | undefined {
    const seed = seedOf(achievement);
    if (!seed) return 'unknown-achievement';
    // What was done in time counts, however late it is told.
    if (!openAt(seed, at)) return 'not-open';
    if (!unlock && seed.target === undefined) return 'not-countable';
    const { current = 0, state } = progressOf(player, seed);
    if (unlock && state === 'unlocked') return undefined;
    const reached = unlock ? Math.max(current, seed.target ?? 1) : Math.max(current, set ?? sum(current, add ?? 0));
    if (unlock || reached > current) advance(player, seed, reached, at);
    return undefined;
  }

  function play(action: JsonPlay): JsonPlayed {
    const player = action.player ?? JSON_PLAYER;
    const now = clock.now();
    const open = (seed: JsonSeed) => openAt(seed, now);
    const ratio = (seed: JsonSeed) => (progressOf(player, seed).current ?? 0) / (seed.target ?? 1);
    const nearest = seeds
      .filter((candidate) => open(candidate) && progressOf(player, candidate).state !== 'unlocked')
      .sort((a, b) => ratio(b) - ratio(a))[0];
    const seed = action.achievement === undefined ? nearest : seedOf(action.achievement);
    if (!seed && action.achievement === undefined)
      throw new PlayRefused(409, 'Everything that can be earned is earned.');
    if (!seed) throw new PlayRefused(404, 'No such achievement.');
    if (!open(seed)) throw new PlayRefused(409, 'The achievement is not open now.');
    const reached = sum(progressOf(player, seed).current ?? 0, Math.max(0, action.by ?? 1));
    const unlocked = advance(player, seed, reached, now);
    events.changed(player, [seed.id]);
    return { achievement: wire(player, seed, options.pictures ?? '/pictures/'), unlocked };
  }

  return {
    handle,
    play,
    reset() {
      anchor = clock.now();
      played.clear();
      reports.reset();
      events.everythingChanged();
    },
  };
}

/** Without the dust of binary fractions. */
const sum = (a: number, b: number) => Number((a + b).toFixed(6));

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
