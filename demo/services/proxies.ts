import { type Fault, FAULT_HEADER } from './faults.js';
import { type Handler, answerJson, decoded, emptyAnswer } from './http.js';
import { JSON_PLAYER } from './json-service.js';
import { TALON_ONE_KEYS } from './talon-one.js';
import { TALON_ONE_ACHIEVEMENTS, TALON_ONE_PROFILES } from './talon-one-data.js';
import { pictureUrl } from './pictures.js';
import { DEMO_TOKEN } from './token.js';
import { XBOX_PLAYERS } from './xbox-data.js';
import { XBOX_KEYS } from './xbox-live.js';

/** What a signed-in visitor is called at each service. Known to the server only. */
interface Session {
  readonly xuid: string;
  readonly xboxKey: string;
  /** Absent: no customer profile yet. */
  readonly integrationId?: string;
  readonly player: string;
}

/** The visitors that the demo knows; the cookie `demo-session` names one, and without it everybody is `nova`. */
export const SESSIONS = {
  nova: {
    xuid: XBOX_PLAYERS.nova.xuid,
    xboxKey: XBOX_KEYS.full,
    integrationId: TALON_ONE_PROFILES.nova.integrationId,
    player: JSON_PLAYER,
  },
  wren: {
    xuid: XBOX_PLAYERS.wren.xuid,
    xboxKey: XBOX_KEYS.full,
    integrationId: TALON_ONE_PROFILES.wren.integrationId,
    player: 'wren',
  },
  // A visitor whose key says nothing about progress, and who never was a customer.
  guest: { xuid: XBOX_PLAYERS.nova.xuid, xboxKey: XBOX_KEYS.limited, player: 'guest' },
  // A visitor who has to sign in again.
  expired: {
    xuid: XBOX_PLAYERS.nova.xuid,
    xboxKey: XBOX_KEYS.expired,
    integrationId: TALON_ONE_PROFILES.nova.integrationId,
    player: JSON_PLAYER,
  },
} as const satisfies Record<string, Session>;
export type SessionName = keyof typeof SESSIONS;

export const SESSION_COOKIE = 'demo-session';

export interface Services {
  readonly xbox: Handler;
  readonly talonOne: Handler;
  readonly json: Handler;
  /** Of the demo's game: the same protocol. */
  readonly game: Handler;
}

/** The only parameters that reach Talon.One: never the customer, who comes from the session. */
const TALON_ONE_PARAMETERS = new Set([
  'campaignIds',
  'achievementIds',
  'achievementStatus',
  'currentProgressStatus',
  'progressStatus',
  'startDate',
  'endDate',
  'pageSize',
  'skip',
]);

/** What an answer may bring back to a page. */
const PASSED_HEADERS = [
  'content-type',
  'cache-control',
  'etag',
  'retry-after',
  'vary',
  'www-authenticate',
  'x-accel-buffering',
];

export function sessionName(request: Request): SessionName {
  const [, name = ''] = /(?:^|;\s*)demo-session=([a-z]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  return Object.hasOwn(SESSIONS, name) ? (name as SessionName) : 'nova';
}

async function passed(answer: Promise<Response>): Promise<Response> {
  const { status, headers, body } = await answer;
  const kept = PASSED_HEADERS.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const passedOn = new Headers(kept);
  if (!passedOn.has('cache-control')) passedOn.set('cache-control', 'private, no-cache');
  return new Response(body, { status, headers: passedOn });
}

/** Only these of the page's headers reach a service; its cookies and its `Authorization` never do. */
function forwardedHeaders(request: Request, fault: Fault | undefined, own: Record<string, string>): Headers {
  const headers = new Headers({ accept: 'application/json', ...own });
  for (const name of ['accept-language', 'if-none-match']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (fault) headers.set(FAULT_HEADER, fault);
  return headers;
}

function xboxRequest(request: Request, path: string, fault: Fault | undefined, contract: string): Request {
  const url = new URL(request.url);
  const { xuid, xboxKey } = SESSIONS[sessionName(request)];
  url.pathname = path.replace(/^\/users\/me\//, `/users/xuid(${xuid})/`);
  return new Request(url, {
    headers: forwardedHeaders(request, fault, { authorization: xboxKey, 'x-xbl-contract-version': contract }),
    signal: request.signal,
  });
}

function talonOneRequest(request: Request, rest: string, fault: Fault | undefined): Request | undefined {
  const session: Session = SESSIONS[sessionName(request)];
  if (session.integrationId === undefined) return undefined;
  const url = new URL(request.url);
  for (const name of [...url.searchParams.keys()]) {
    if (!TALON_ONE_PARAMETERS.has(name)) url.searchParams.delete(name);
  }
  if (rest === '/inventory') url.searchParams.set('achievements', 'true');
  url.pathname = `/v1/customer_profiles/${encodeURIComponent(session.integrationId)}${rest}`;
  return new Request(url, {
    headers: forwardedHeaders(request, fault, { authorization: TALON_ONE_KEYS.full }),
    signal: request.signal,
  });
}

/** Also reports, and what is told of changes: who it is about is never for the page to say. */
async function jsonRequest(request: Request, path: string, fault: Fault | undefined): Promise<Request> {
  const url = new URL(request.url);
  url.pathname = path;
  url.searchParams.set('player', SESSIONS[sessionName(request)].player);
  const { method, signal } = request;
  const own: Record<string, string> = {};
  if (path.endsWith('/events')) {
    own['accept'] = 'text/event-stream';
    const seen = request.headers.get('last-event-id');
    if (seen !== null) own['last-event-id'] = seen;
  }
  if (method === 'POST') own['content-type'] = 'application/json';
  const body = method === 'POST' ? await request.text() : null;
  return new Request(url, { method, headers: forwardedHeaders(request, fault, own), body, signal });
}

/** Pictures for Talon.One, which keeps none, keyed by the achievements' API names. */
function talonOneOverrides(request: Request): Response {
  const base = new URL('/pictures/', request.url).href;
  return answerJson(
    {
      achievements: Object.fromEntries(
        TALON_ONE_ACHIEVEMENTS.map(({ name, picture }) => [name, { icon: pictureUrl(picture, { base }) }]),
      ),
    },
    200,
    { 'cache-control': 'max-age=60' },
  );
}

/**
 * What a real site runs beside its pages: the only place that holds the services' keys. It knows who is signed in, adds
 * key and identity, lets through what a page needs and nothing else.
 *
 * - `/xbox/users/…` with contract 4, or the one in `x-xbl-contract-version`; `/xbox-360/users/…` with contract 3
 * - `/talon-one/achievements`, `/talon-one/achievements/{id}` and `/talon-one/inventory`
 * - `/json/achievements`, `/json/achievements/reports` (also POST) and `/json/achievements/events`, and the same under
 *   `/json/game/`
 * - `/secure/…`: the same again, for `Authorization: Bearer demo-token` only
 * - `/overrides/talon-one.json`
 *
 * @returns nothing where the path is none of these
 */
export function createProxies(services: Services) {
  return async function handle(request: Request, fault?: Fault): Promise<Response | undefined> {
    const url = new URL(request.url);
    let path = decoded(url.pathname);
    if (path === '/overrides/talon-one.json') return talonOneOverrides(request);
    const secure = path.startsWith('/secure/');
    if (secure) path = path.slice('/secure'.length);
    const [, service, rest = ''] = /^\/(xbox|xbox-360|talon-one|json)(\/.*)$/.exec(path) ?? [];
    if (service === undefined) return secure ? emptyAnswer(404) : undefined;
    if (secure && request.headers.get('authorization') !== `Bearer ${DEMO_TOKEN}`) {
      return answerJson({ message: 'The token is missing, wrong or expired.' }, 401, {
        'www-authenticate': 'Bearer error="invalid_token"',
        'cache-control': 'no-store',
      });
    }
    const reports = service === 'json' && /^(?:\/game)?\/achievements\/reports$/.test(rest);
    const allowed = reports ? ['GET', 'POST'] : ['GET', 'HEAD'];
    if (!allowed.includes(request.method)) return emptyAnswer(405, { allow: allowed.join(', ') });

    if (service.startsWith('xbox')) {
      if (!/^\/users\/(?:xuid\(\d+\)|me)\/(?:title)?achievements(?:\/|$)/.test(rest)) return emptyAnswer(404);
      const contract = service === 'xbox-360' ? '3' : (request.headers.get('x-xbl-contract-version') ?? '4');
      return passed(services.xbox(xboxRequest(request, rest, fault, contract)));
    }
    if (service === 'talon-one') {
      if (!/^\/(?:achievements(?:\/\d+)?|inventory)$/.test(rest)) return emptyAnswer(404);
      const forwarded = talonOneRequest(request, rest, fault);
      // Somebody who never was a customer has no progress, which is no error.
      if (!forwarded)
        return answerJson({ totalResultSize: 0, data: [] }, 200, { 'cache-control': 'private, no-cache' });
      return passed(services.talonOne(forwarded));
    }
    if (!/^(?:\/game)?\/achievements(?:\/(?:reports|events))?$/.test(rest)) return emptyAnswer(404);
    const answering = rest.startsWith('/game/') ? services.game : services.json;
    return passed(answering(await jsonRequest(request, rest, fault)));
  };
}
