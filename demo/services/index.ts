import { type Clock, systemClock } from '../../src/model/clock.js';
import { FAULTS, FAULTY_SERVICES, type Fault, type FaultyService, breakLine, isFault } from './faults.js';
import { GAME_ACHIEVEMENTS } from './game-data.js';
import { answerJson, emptyAnswer, readObject } from './http.js';
import { type JsonService, createJsonService } from './json-service.js';
import { SESSIONS, SESSION_COOKIE, createProxies, sessionName } from './proxies.js';
import { type TalonOne, createTalonOne } from './talon-one.js';
import { PlayRefused, type XboxLive, createXboxLive } from './xbox-live.js';

export { SESSIONS, type SessionName } from './proxies.js';
export { DEMO_TOKEN } from './token.js';
export { FAULTS, type Fault } from './faults.js';
export { ConnectionLost } from './http.js';
export { PICTURE_CREDITS } from './pictures.js';

export interface DemoOptions {
  readonly clock?: Clock;
  /** Where the pictures are; by default `/pictures/` on the host that was asked. Ends with a slash. */
  readonly pictures?: string;
  /** Windows and dates move along with the clock every so many milliseconds; by default only on a reset. */
  readonly renewAfter?: number;
}

export interface Demo {
  /**
   * Answers what belongs to the demo's services, and nothing else.
   * @throws {ConnectionLost} where a fault breaks the connection
   */
  handle(request: Request): Promise<Response | undefined>;
}

/** Everything that a visitor can change. */
interface Room {
  readonly xbox: XboxLive;
  readonly talonOne: TalonOne;
  readonly json: JsonService;
  readonly game: JsonService;
  readonly faults: Map<FaultyService, Fault>;
  readonly attempts: Map<string, number>;
  readonly proxies: ReturnType<typeof createProxies>;
}

const MOST_ROOMS = 64;

function serviceOf(path: string): FaultyService | undefined {
  const [, name] = /^(?:\/secure)?\/(xbox|talon-one|json)(?:-360)?\//.exec(path) ?? [];
  return FAULTY_SERVICES.find((service) => service === name);
}

/**
 * The simulated services, the host's proxies before them, and what plays with them:
 *
 * - `POST /demo/xbox/play`, `/demo/talon-one/play`, `/demo/json/play` with `{ achievement?, by? }`
 * - `POST /demo/reset`, and of one of them `POST /demo/game/reset`
 * - `GET` and `POST /demo/faults` with `{ xbox?, "talon-one"?, json? }`, each a fault or null
 * - `GET` and `POST /demo/session` with `{ name }`
 *
 * Two query parameters work on every one of its URLs: `fault=429` for this request alone, and `room=a`, a copy of
 * everything that nobody else plays with.
 */
export function createDemo(options: DemoOptions = {}): Demo {
  const { clock = systemClock } = options;
  const rooms = new Map<string, Room>();

  function roomOf(name: string): Room {
    const known = rooms.get(name);
    if (known) return known;
    const [oldest] = rooms.keys();
    if (rooms.size >= MOST_ROOMS && oldest !== undefined) rooms.delete(oldest);
    const [xbox, talonOne, json] = [createXboxLive(options), createTalonOne(options), createJsonService(options)];
    const game = createJsonService({ ...options, achievements: GAME_ACHIEVEMENTS });
    const proxies = createProxies({
      xbox: xbox.handle,
      talonOne: talonOne.handle,
      json: json.handle,
      game: game.handle,
    });
    const room: Room = { xbox, talonOne, json, game, proxies, faults: new Map(), attempts: new Map() };
    rooms.set(name, room);
    return room;
  }

  function faultsOf({ faults }: Room): Response {
    const now = Object.fromEntries(FAULTY_SERVICES.map((service) => [service, faults.get(service) ?? null]));
    return answerJson({ faults: now, known: FAULTS }, 200, { 'cache-control': 'no-store' });
  }

  async function setFaults(room: Room, request: Request): Promise<Response> {
    const wanted = await readObject(request);
    if (!wanted) return answerJson({ message: 'A JSON object is needed.' }, 400);
    for (const [service, fault] of Object.entries(wanted)) {
      if (!FAULTY_SERVICES.some((known) => known === service) || !(fault === null || isFault(fault))) {
        return answerJson({ message: `There is no such service or fault: ${service}.` }, 400);
      }
    }
    for (const [service, fault] of Object.entries(wanted) as [FaultyService, Fault | null][]) {
      if (fault === null) room.faults.delete(service);
      else room.faults.set(service, fault);
    }
    return faultsOf(room);
  }

  async function play(room: Room, service: string, request: Request): Promise<Response> {
    const action = (await readObject(request)) ?? {};
    const { achievement, by } = action;
    if (by !== undefined && (typeof by !== 'number' || !Number.isFinite(by))) {
      return answerJson({ message: 'by is a number.' }, 400);
    }
    const session = SESSIONS[sessionName(request)];
    const step = by === undefined ? {} : { by };
    const which =
      typeof achievement === 'string' || typeof achievement === 'number' ? { achievement: String(achievement) } : {};
    try {
      if (service === 'xbox') {
        const { serviceConfigId, unlock, revoke } = action;
        return answerJson(
          room.xbox.play({
            ...which,
            ...step,
            player: session.xuid,
            ...(typeof serviceConfigId === 'string' && { serviceConfigId }),
            ...(typeof unlock === 'boolean' && { unlock }),
            ...(typeof revoke === 'boolean' && { revoke }),
          }),
        );
      }
      if (service === 'talon-one') {
        const integrationId = 'integrationId' in session ? session.integrationId : '';
        return answerJson(room.talonOne.play({ ...which, ...step, integrationId }));
      }
      return answerJson(room.json.play({ ...which, ...step, player: session.player }));
    } catch (error) {
      if (error instanceof PlayRefused) return answerJson({ message: error.message }, error.status);
      throw error;
    }
  }

  async function session(request: Request): Promise<Response> {
    let name: string = sessionName(request);
    const headers: Record<string, string> = { 'cache-control': 'no-store' };
    if (request.method === 'POST') {
      const wanted = (await readObject(request))?.['name'];
      if (typeof wanted !== 'string' || !Object.hasOwn(SESSIONS, wanted)) {
        return answerJson({ message: 'There is no such visitor.' }, 400);
      }
      name = wanted;
      headers['set-cookie'] = `${SESSION_COOKIE}=${name}; Path=/; SameSite=Lax; HttpOnly`;
    }
    // Names only: who the visitor is at a service stays on the server, except for the public gamer number.
    return answerJson(
      { name, xuid: SESSIONS[name as keyof typeof SESSIONS].xuid, known: Object.keys(SESSIONS) },
      200,
      headers,
    );
  }

  async function control(room: Room, path: string, request: Request): Promise<Response> {
    if (path === '/demo/session') return session(request);
    if (path === '/demo/faults' && request.method === 'GET') return faultsOf(room);
    if (request.method !== 'POST') return emptyAnswer(405, { allow: 'POST' });
    if (path === '/demo/faults') return setFaults(room, request);
    const [, service, action] = /^\/demo\/(?:(xbox|talon-one|json|game)\/)?(play|reset)$/.exec(path) ?? [];
    if (action === 'play' && service !== undefined && service !== 'game') return play(room, service, request);
    if (action !== 'reset') return emptyAnswer(404);
    for (const [name, target] of [
      ['xbox', room.xbox],
      ['talon-one', room.talonOne],
      ['json', room.json],
      ['game', room.game],
    ] as const) {
      if (service === undefined || service === name) target.reset();
    }
    if (service === undefined) room.faults.clear();
    return answerJson({ reset: service ?? 'everything' });
  }

  return {
    async handle(request) {
      const url = new URL(request.url);
      const { pathname } = url;
      if (
        !/^\/(?:demo\/(?:xbox|talon-one|json|game|faults|session|reset)|xbox|xbox-360|talon-one|json|secure|overrides)(?:\/|$)/.test(
          pathname,
        )
      ) {
        return undefined;
      }
      const room = roomOf(url.searchParams.get('room') ?? '');
      const asked = url.searchParams.get('fault');
      url.searchParams.delete('room');
      url.searchParams.delete('fault');
      if (pathname.startsWith('/demo/')) return control(room, pathname, request);

      const service = serviceOf(pathname);
      const fault = isFault(asked) ? asked : service && room.faults.get(service);
      const attempt = (room.attempts.get(pathname) ?? 0) + 1;
      room.attempts.set(pathname, attempt);
      const broken = await breakLine(fault, attempt, clock, request.signal);
      if (broken) return broken;
      const { method, headers, signal } = request;
      const body = method === 'POST' ? await request.text() : null;
      return room.proxies(new Request(url, { method, headers, body, signal }), fault);
    },
  };
}
