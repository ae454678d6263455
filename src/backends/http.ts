import type { Call } from '../model/backend.js';
import { parseJson, writeJson } from '../model/json.js';
import { type ProblemCode, ProblemError } from '../model/problem.js';
import { cut } from '../model/text.js';
import { parseTime } from '../model/time.js';
import { askThroughRedirects } from './redirects.js';

/** How a service is asked. Every member has a default. */
export interface RequestOptions {
  /** Milliseconds for one request with its token, its body and the repeat after a 401. The default is 15,000. */
  readonly timeout?: number;
  /** The longest body of one answer in bytes, after decompression. The default is 4,194,304 (4 MiB). */
  readonly maxBytes?: number;
  /** Whether cookies go along; the default is `same-origin`. */
  readonly credentials?: RequestCredentials;
  /** Further request headers; they win over our own. A header of your own makes browsers send a preflight. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Other origins that a redirect may lead to, such as `https://cdn.example`: they get the token, the headers and the
   * reports, and what they answer is shown. The default is none.
   */
  readonly allowedOrigins?: readonly string[];
}

/** One request: a GET, or a POST where it has a body. */
export interface JsonRequest extends RequestOptions {
  readonly url: string;
  /** Sent as JSON with POST. */
  readonly body?: unknown;
  /** Request headers that those of the page do not win over. */
  readonly fixedHeaders?: Readonly<Record<string, string>>;
  /** How the browser's own cache is used; the default is `no-store`: what belongs to a player is not left there. */
  readonly cache?: RequestCache;
  /** The ETag of what is already known. */
  readonly etag?: string | undefined;
  /**
   * Gives the body to use instead of an error, for answers that mean something else than they say. `says` is what the
   * service says about it, safe to be shown.
   */
  readonly instead?: ((status: number, body: unknown, says: string) => unknown) | undefined;
  /** Whether an answer without a body is one; its `body` is `undefined`. */
  readonly mayBeEmpty?: boolean;
}

/** A body that was JSON. */
export interface JsonAnswer {
  /** Where it came from at last; what relative URLs in it are relative to. */
  readonly url: string;
  readonly text: string;
  readonly body: unknown;
  readonly etag: string | undefined;
}

const TIMEOUT = 15_000;
const MAX_BYTES = 4 * 2 ** 20;
/** Enough for any error body that is worth reading. */
const MAX_ERROR_BYTES = 2 ** 16;
const LONGEST_DETAIL = 200;
const LONGEST_RETRY_AFTER = 3_600_000;
/** What is not JSON by its name, but is sent for it by file servers. Anything else, above all HTML, is a mistake. */
const JSON_TYPE = /^$|[/+]json$|^text\/plain$|^application\/octet-stream$/i;

const CODES: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  410: 'not-found',
  429: 'rate-limited',
};

/** What a person can do; for the others: try again later. */
const ADVICE: Readonly<Partial<Record<ProblemCode, string>>> = {
  unauthorized: 'Sign in again, or check the token.',
  forbidden: 'Check what the token and the player allow.',
  'not-found': 'Check the address and the player.',
  unknown: 'Check the address.',
};

/**
 * Reads `Retry-After`: seconds (RFC 9110 section 10.2.3; decimals are seen too) or a date, also in the two old forms
 * that a recipient has to accept.
 * @returns milliseconds from now, 0 to 1 hour; `undefined` for anything else, negative numbers included
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  let wait: number | undefined;
  if (/^\d+(\.\d+)?$/.test(text)) wait = Math.ceil(Number(text) * 1000);
  else {
    // Date.parse() makes a date of nearly anything, so the form is checked before. The oldest form names no zone.
    const dated = /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,? .*\d\d:\d\d:\d\d( GMT| \d{4})$/.exec(text);
    const isDate = dated || /^\d{4}-\d\d-\d\d[Tt ]/.test(text);
    const date = dated ? Date.parse(dated[2] === ' GMT' ? text : `${text} GMT`) : isDate ? parseTime(text) : undefined;
    if (date !== undefined) wait = date - now;
  }
  return wait === undefined || Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER);
}

/** The path alone: queries carry keys. */
function pathOf(url: string): string {
  return new URL(url).pathname.slice(0, LONGEST_DETAIL);
}

/** A foreign text as one short line without control or direction characters, and without the pieces of the token. */
function tame(text: string, token = ''): string {
  const clean = token
    .split(/[\s;=]+/)
    .filter((piece) => piece.length > 7)
    .reduce((rest, piece) => rest.replaceAll(piece, '…'), text);
  return cut(clean.replace(/[\p{C}\s]+/gu, ' ').trim(), LONGEST_DETAIL);
}

/**
 * What the service says about an error. Xbox: `errorMessage` or `description` (ServiceErrorResponse, ServiceError);
 * Talon.One: `message` and `errors[].details`; RFC 9457: `detail`.
 */
function explanationOf(body: unknown): string {
  const { errorMessage, description, message, detail, errors } = Object(body) as Record<string, unknown>;
  const details = Array.isArray(errors)
    ? errors.map((error) => (Object(error) as Record<string, unknown>)['details'])
    : [];
  return [errorMessage ?? description ?? message ?? detail, ...details]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** Reads a body as it comes; `undefined` as soon as it is longer than allowed. */
async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function offline(url: string): ProblemError {
  const message = `${pathOf(url)} could not be reached. Check the connection, and whether the server allows this page (CORS).`;
  return new ProblemError({ code: 'offline', message });
}

function headersFor({ etag, headers, body, fixedHeaders }: JsonRequest, { locale }: Call, token: string): Headers {
  try {
    const all = new Headers({
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(locale ? { 'Accept-Language': locale } : {}),
      ...(token ? { Authorization: /\s/.test(token.trim()) ? token : `Bearer ${token}` } : {}),
      ...(etag ? { 'If-None-Match': etag } : {}),
      ...headers,
    });
    for (const [name, value] of Object.entries(fixedHeaders ?? {})) all.set(name, value);
    return all;
  } catch {
    // The engine's own message quotes the value, which may be the token.
    const message = 'A header cannot be sent. Check the token, the locale and the headers.';
    throw new ProblemError({ code: 'unknown', message });
  }
}

async function tokenFor({ token }: Call): Promise<string> {
  try {
    return (await token?.()) ?? '';
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({ code: 'unauthorized', message: 'The page gave no token. Sign in again.' });
  }
}

/**
 * Sends a request with a token, and once more with a new one after a 401.
 * @throws {ProblemError} `offline`, `forbidden` for a redirect to an origin that is not allowed, or what kept it from a
 * token
 */
export async function send(
  request: JsonRequest,
  call: Call,
  signal: AbortSignal,
): Promise<{ readonly response: Response; readonly token: string; readonly url: string }> {
  const { body } = request;
  let again = Boolean(call.token);
  for (;;) {
    const token = await tokenFor(call);
    const headers = headersFor(request, call, token);
    const ask = async (url: string): Promise<Response> => {
      try {
        return await call.fetch(url, {
          headers,
          signal,
          ...(body === undefined ? {} : { method: 'POST', body: writeJson(body) }),
          cache: request.cache ?? 'no-store',
          credentials: request.credentials ?? 'same-origin',
          redirect: 'manual',
          // The page's path and query may name the player, so they stay here. Not `no-referrer`: proxies that check
          // where a request comes from still see the origin.
          referrerPolicy: 'strict-origin',
        });
      } catch (error) {
        if (signal.aborted || error instanceof ProblemError) throw error;
        throw offline(url);
      }
    };
    const { response, url } = await askThroughRedirects(request, ask, call, signal);
    // Tokens run out: one new one, one more try (Xbox Live best practices, "Calling Xbox Live").
    if (response.status !== 401 || !again) return { response, token, url };
    again = false;
  }
}

async function exchange(request: JsonRequest, call: Call, signal: AbortSignal): Promise<JsonAnswer | 'not-modified'> {
  const { url, etag, maxBytes = MAX_BYTES } = request;
  const path = pathOf(url);
  const fail = (code: ProblemCode, message: string, facts = {}): never => {
    throw new ProblemError({ code, message, ...facts });
  };
  const { response, token, url: answered } = await send(request, call, signal);

  const { status } = response;
  if (status === 304 && etag) return 'not-modified';
  if (!response.ok) {
    const body = parseJson((await readText(response, MAX_ERROR_BYTES).catch(() => '')) ?? '');
    const says = tame(explanationOf(body), token);
    const meant = request.instead?.(status, body, says);
    if (meant !== undefined) return { url, text: '', body: meant, etag: undefined };
    // On writes a conflict is one with a write that is still going on (Talon.One: "Too many requests are updating this
    // profile at the same time").
    const busy = status === 409 && request.body !== undefined;
    const code = CODES[status] ?? (busy ? 'rate-limited' : status >= 500 ? 'server' : 'unknown');
    // Xbox Live names the period in the body too, and a cross-origin header may be hidden from the page.
    const { periodInSeconds } = Object(body) as Record<string, unknown>;
    const retryAfter =
      parseRetryAfter(response.headers.get('retry-after'), call.clock.now()) ??
      (status === 429 ? parseRetryAfter(String(periodInSeconds), 0) : undefined);
    return fail(
      code,
      `${path} answered ${status}. ${ADVICE[code] ?? 'Try again later.'}${says && ` The service says: ${says}`}`,
      {
        status,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      },
    );
  }

  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const shape = (what: string) =>
    fail('bad-shape', `${path} answered ${what}, not JSON. Check the address.`, { status });
  if (!JSON_TYPE.test(type)) return shape(tame(type));
  const text = await readText(response, maxBytes).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw offline(url);
  });
  if (text === undefined) {
    return fail('too-large', `${path} answered more than ${maxBytes} bytes. Ask for fewer achievements.`, { status });
  }
  const body = parseJson(text);
  if (body === undefined && !(request.mayBeEmpty && !text.trim()))
    return shape(text.trim() ? 'something else' : 'nothing');
  return { url: response.url || answered, text, body, etag: response.headers.get('etag') ?? undefined };
}

/**
 * Asks for JSON once; with a body, sends it. A token with a space in it is sent as it is (`XBL3.0 x=…;…`), any other as `Bearer`.
 * @throws {ProblemError} `offline`, `timeout`, `too-large`, `bad-shape`, or what the status says
 * @throws the reason of `call.signal` once that is aborted
 */
export async function requestJson(request: JsonRequest, call: Call): Promise<JsonAnswer | 'not-modified'> {
  call.signal.throwIfAborted();
  const { timeout = TIMEOUT } = request;
  // Not AbortSignal.any() and AbortSignal.timeout(): too new, and the time has to come from the call's own clock.
  const stop = new AbortController();
  const follow = () => stop.abort(call.signal.reason);
  call.signal.addEventListener('abort', follow);
  const timer = call.clock.setTimeout(() => {
    const message = `${pathOf(request.url)} did not answer within ${timeout / 1000} s. Try again later.`;
    stop.abort(new ProblemError({ code: 'timeout', message }));
  }, timeout);
  // Also for a fetch or a token that does not listen to the signal.
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
  });
  stopped.catch(() => undefined);
  try {
    return await Promise.race([stopped, exchange(request, call, stop.signal)]);
  } finally {
    call.clock.clearTimeout(timer);
    call.signal.removeEventListener('abort', follow);
    // Ends a body that nobody reads any more.
    stop.abort();
  }
}
