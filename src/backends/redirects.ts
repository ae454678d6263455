import type { Call } from '../model/backend.js';
import { ProblemError } from '../model/problem.js';
import { parseUrl } from '../model/url.js';

// A browser follows redirects with our own headers, and with the body where the status is 307 or 308, to whatever origin
// they name, and it does not say which before it has done so. So none is followed here: where one leads is found out with
// a request that has nothing in it, and only an origin that may have it is asked for what was meant.

const REDIRECTS: readonly unknown[] = [301, 302, 303, 307, 308];

/** One after the other, for one request. */
const MOST_REDIRECTS = 3;

/** How long a redirect is remembered, in milliseconds, and how many are. */
const REMEMBERED_FOR = 600_000;
const MOST_REMEMBERED = 100;

/** What is asked, as far as it matters here. */
export interface Asked {
  readonly url: string;
  readonly credentials?: RequestCredentials | undefined;
  readonly cache?: RequestCache | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** Only those that lead everybody to the same: another one may lead each player to their own. */
const remembered = new Map<string, { readonly target: string; readonly until: number }>();

function pathOf(url: string): string {
  return new URL(url).pathname.slice(0, 200);
}

/** The same path and query, but for a slash at the end, at whatever host. */
function isForEverybody(from: string, to: string): boolean {
  const [left, right] = [new URL(from), new URL(to)];
  const path = ({ pathname }: URL) => pathname.replace(/\/$/, '');
  return path(left) === path(right) && left.search === right.search;
}

function refused(message: string): ProblemError {
  return new ProblemError({ code: 'forbidden', message });
}

/** @throws {ProblemError} `forbidden` where what was asked of one origin must not go to, or come from, the other */
function checkOrigin({ url, allowedOrigins }: Asked, target: string): void {
  const { origin } = new URL(target);
  const isSame = url === target || (origin !== 'null' && origin === new URL(url).origin);
  const isAllowed = isSame || (Array.isArray(allowedOrigins) && isListed(allowedOrigins as unknown[], origin));
  if (isAllowed) return;
  throw refused(
    `${pathOf(url)} redirects to ${origin}, which is neither asked nor believed. Give the address there, or allow it ` +
      `with allowedOrigins: ["${origin}"].`,
  );
}

function isListed(origins: readonly unknown[], origin: string): boolean {
  return origins.some((each) => origin !== 'null' && parseUrl(String(each))?.origin === origin);
}

/** Where a redirect leads of which the browser tells nothing: a request without headers, token and body. */
async function probe({ url, credentials, cache }: Asked, call: Call, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    response = await call.fetch(url, {
      signal,
      cache: cache ?? 'no-store',
      // Never those of another origin.
      credentials: credentials === 'omit' ? 'omit' : 'same-origin',
      referrerPolicy: 'strict-origin',
    });
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError) throw error;
    const message =
      `${pathOf(url)} redirects to an address that could not be reached. Check the connection, and give the address ` +
      'there as src: whatever server has it must allow this page (CORS).';
    throw new ProblemError({ code: 'offline', message });
  }
  response.body?.cancel().catch(() => undefined);
  if (response.url && response.url !== url) return response.url;
  throw refused(`${pathOf(url)} redirects to an address that this page cannot know. Give the address there.`);
}

/** Where a response redirects to; nothing where it is an answer. */
async function targetOf(
  response: Response,
  asked: Asked,
  call: Call,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (response.type === 'opaqueredirect') return probe(asked, call, signal);
  if (!REDIRECTS.includes(response.status)) return undefined;
  // Where pages do not run, it can be read.
  const location = response.headers.get('location');
  const target = parseUrl(location ?? undefined, asked.url);
  response.body?.cancel().catch(() => undefined);
  if (target) return target.href;
  throw refused(`${pathOf(asked.url)} redirects to no address. Check the server.`);
}

/**
 * Asks an address, and where it redirects to if that is of the same origin or of one that is allowed. What is asked stays
 * the same there, also after a 303.
 * @param ask sends the request to this address, with `redirect: 'manual'`
 * @returns the answer, and the address that gave it
 * @throws {ProblemError} `forbidden` where an origin that is not allowed would be asked, or has answered
 */
export async function askThroughRedirects(
  asked: Asked,
  ask: (url: string) => Promise<Response>,
  call: Call,
  signal: AbortSignal,
): Promise<{ readonly response: Response; readonly url: string }> {
  const { url: first } = asked;
  const known = remembered.get(first);
  remembered.delete(first);
  let url = first;
  if (known && known.until > call.clock.now() && known.until - call.clock.now() <= REMEMBERED_FOR) {
    // What is allowed may differ from one backend to the other.
    checkOrigin(asked, known.target);
    url = known.target;
  }
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url);
    const target = await targetOf(response, { ...asked, url }, call, signal);
    if (target === undefined) {
      // The page's own `fetch`, or its service worker, may have followed one.
      if (response.url) checkOrigin(asked, response.url);
      if (url !== first && response.ok && isForEverybody(first, url)) {
        if (remembered.size >= MOST_REMEMBERED) remembered.clear();
        const until = known?.target === url ? known.until : call.clock.now() + REMEMBERED_FOR;
        remembered.set(first, { target: url, until });
      }
      return { response, url };
    }
    checkOrigin(asked, target);
    url = target.split('#', 1)[0] ?? target;
  }
  throw refused(`${pathOf(first)} redirects again and again. Check the address and the server.`);
}
