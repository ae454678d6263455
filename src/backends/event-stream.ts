import { createParser } from 'eventsource-parser';
import type { Call } from '../model/backend.js';
import { pause } from '../model/clock.js';
import { LONGEST_BACKOFF, isRetryable, retryDelay } from '../model/retry.js';
import { ProblemError } from '../model/problem.js';
import { type RequestOptions, parseRetryAfter, send } from './http.js';

/** One event of a stream. */
export interface StreamEvent {
  readonly event?: string | undefined;
  /** The id that a new connection goes on from. */
  readonly id?: string | undefined;
  readonly data: string;
}

/** What is heard of a stream. */
export interface StreamListener {
  event(event: StreamEvent): void;
  /**
   * There is a connection, again or after waiting for one; something may have been missed in between. Not told of the
   * first one where nobody waits.
   */
  connected(): void;
}

// All in milliseconds. A service sends at least a comment every 20 s, so after this there is nobody any more.
const SILENCE = 45_000;
const FIRST_WAIT = 1000;
/** A connection that stood for so long was a good one: the next wait is a short one again. */
const STOOD = 10_000;
/** After so many characters in one moment it reads on in the next: what floods a page must not freeze it. */
const MOST_AT_ONCE = 2 ** 17;
/** A moment, in milliseconds: as long as a picture is on a screen. */
const MOMENT = 16;
/** Characters. */
const LONGEST_EVENT = 2 ** 16;
const LONGEST_ID = 256;
/** Refusals that pass. All others in the 400s mean that waiting does not help. */
const PASSING = [408, 409, 425, 429];

/** How a connection ended: never to be opened again, or with the wait that the service asked for. */
type End = 'stop' | { readonly retryAfter?: number | undefined };

/**
 * Listens to an event stream until `call.signal` is aborted, with one connection at a time. Where it breaks off or says
 * nothing for 45 s it is opened again, after a random wait of up to 1 s, which doubles up to 5 min, or after as long as
 * the service asks for. It ends for good where the service has no events (204, 404, 405, 501, anything that is no event
 * stream) and where it refuses this page, also with a new token. It never throws nor rejects.
 */
export function listenToStream(
  request: RequestOptions & { url(): string },
  listener: StreamListener,
  call: Call,
): void {
  // eslint-disable-next-line no-restricted-syntax -- for whoever calls without a chance of their own
  const { signal, clock, random = Math.random } = call;
  let attempts = 0;
  let failures = 0;
  let firstWait = FIRST_WAIT;
  let lastId = '';

  const tell = (say: () => void) => {
    try {
      if (!signal.aborted) say();
    } catch {
      // What a listener cannot use is not the connection's fault.
    }
  };

  const connect = async (stopping: AbortSignal, heard: () => void): Promise<End> => {
    const { url, ...options } = request;
    const fixedHeaders = { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) };
    const { response } = await send({ ...options, url: url(), fixedHeaders }, call, stopping);
    const { status, headers, body } = response;
    if (stopping.aborted) return {};
    if (PASSING.includes(status) || (status >= 500 && status !== 501)) {
      return { retryAfter: parseRetryAfter(headers.get('retry-after'), clock.now()) };
    }
    if (status !== 200 || !body || !/^\s*text\/event-stream\b/i.test(headers.get('content-type') ?? '')) return 'stop';

    const openedAt = clock.now();
    const proven = () => {
      if (clock.now() - openedAt >= STOOD) failures = 0;
    };
    heard();
    if (attempts > 1 || call.hold) tell(() => listener.connected());
    let broken = false;
    const parser = createParser({
      maxBufferSize: LONGEST_EVENT,
      onEvent: ({ event, id, data }) => {
        broken ||= data.length > LONGEST_EVENT;
        if (broken || stopping.aborted) return;
        // An id that cannot be a header, or would be too long for one, is none.
        if (id !== undefined) lastId = id.length <= LONGEST_ID && /^[ -~]*$/.test(id) ? id : '';
        tell(() => listener.event({ event, id, data: data.replace(/\n$/, '') }));
      },
      onRetry: (milliseconds) => {
        firstWait = Math.min(Math.max(milliseconds, FIRST_WAIT), LONGEST_BACKOFF);
      },
      onError: ({ type }) => {
        broken ||= type === 'max-buffer-size-exceeded';
      },
    });
    const reader = body.getReader();
    const cancel = () => void reader.cancel().catch(() => undefined);
    stopping.addEventListener('abort', cancel);
    const decoder = new TextDecoder();
    let carried = '';
    let lineEnded = true;
    let momentBegan = openedAt;
    let readInMoment = 0;
    while (!broken) {
      if (readInMoment > MOST_AT_ONCE) await pause(clock, MOMENT, stopping);
      const { done, value } = await reader.read();
      if (stopping.aborted) return {};
      proven();
      if (done) break;
      heard();
      // A clock that was set back begins another one, too.
      if (Math.abs(clock.now() - momentBegan) >= MOMENT) {
        momentBegan = clock.now();
        readInMoment = 0;
      }
      readInMoment += value.length;
      const text = carried + decoder.decode(value, { stream: true });
      // Perhaps one half of a line's end.
      carried = text.endsWith('\r') ? '\r' : '';
      const lines = text.slice(0, text.length - carried.length).replace(/\r\n?/g, '\n');
      if (!lines) continue;
      // The format drops an event that has no data, and ours needs none: every event gets one more line of it.
      parser.feed((lineEnded && lines.startsWith('\n') ? 'data\n' : '') + lines.replace(/\n(?=\n)/g, '\ndata\n'));
      lineEnded = lines.endsWith('\n');
    }
    return {};
  };

  /** One connection, with its silence and its end. */
  const attempt = async (): Promise<End> => {
    attempts++;
    const stop = new AbortController();
    const halt = () => stop.abort();
    signal.addEventListener('abort', halt);
    let timer: number | undefined;
    const heard = () => {
      if (timer !== undefined) clock.clearTimeout(timer);
      timer = clock.setTimeout(halt, SILENCE);
    };
    // Also for a fetch, a token or a body that does not listen to the signal.
    const stopped = new Promise<End>((resolve) => {
      stop.signal.addEventListener('abort', () => resolve({}));
    });
    heard();
    try {
      return await Promise.race([stopped, connect(stop.signal, heard)]);
    } catch (error) {
      if (!(error instanceof ProblemError)) return {};
      const { code, retryAfter } = error.problem;
      // No address, no token, or none that can be sent: the host has to mend it.
      return isRetryable(code) ? { retryAfter } : 'stop';
    } finally {
      if (timer !== undefined) clock.clearTimeout(timer);
      signal.removeEventListener('abort', halt);
      stop.abort();
    }
  };

  /** One connection once there is room for one. It is let go while it waits for another. */
  const attemptInTurn = (): Promise<End | undefined> => {
    if (!call.hold) return attempt();
    let url: string;
    try {
      url = request.url();
    } catch {
      // The attempt says what is wrong with it.
      return attempt();
    }
    return call.hold(url, attempt);
  };

  const run = async () => {
    while (!signal.aborted) {
      const end = await attemptInTurn();
      if (!end || end === 'stop' || signal.aborted) return;
      failures++;
      await pause(clock, retryDelay(failures, random(), end.retryAfter, LONGEST_BACKOFF, firstWait), signal);
    }
  };
  run().catch(() => undefined);
}
