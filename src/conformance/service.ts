import { withQuery } from '../backends/source.js';
import { parseRetryAfter } from '../backends/http.js';
import { type Clock, pause } from '../model/clock.js';
import { type EventReader, readEvents } from './event-reader.js';

/** An answer with its body read. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` where the text is no JSON. */
  readonly body: unknown;
}

export interface ServiceOptions {
  /** The URL of the list, as it stands in `src`. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: string | undefined;
}

/** One exchange, kept for the cases that look at all of them. */
export interface Exchange {
  readonly what: string;
  readonly status: number;
  /** Whether the token stood in the answer. */
  readonly echoed: boolean;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Instead of the one that was given; `null` sends none. */
  readonly token?: string | null;
}

const SECOND = 1000;
const TIMEOUT = 15 * SECOND;
const LONGEST_WAIT = 60 * SECOND;
const MOST_TRIES = 4;
const LONGEST_EXCERPT = 160;

/** A request that had no answer; the message says why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** A foreign text as one short line, safe for a terminal. */
export function excerpt(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT)}…` : line;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The service that is tested, and everything it has answered. */
export class Service {
  readonly log: Exchange[] = [];
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  get token(): string | undefined {
    return this.#options.token;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** `{src path}/reports` or `/events`, with the query of `src`. */
  endpoint(name: 'reports' | 'events'): string {
    const url = new URL(this.url);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${name}`;
    return url.href;
  }

  recallUrl(ids: readonly string[]): string {
    const [url = '', query] = this.endpoint('reports').split('?');
    return `${url}?${query ? `${query}&` : ''}ids=${ids.map(encodeURIComponent).join(',')}`;
  }

  pageUrl(cursor: string): string {
    return withQuery(this.url, 'cursor', cursor);
  }

  wait(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#options;
    return pause(clock, milliseconds, signal);
  }

  /**
   * Asks, and asks again where the service says that it was asked too often.
   * @throws {NoAnswer} where the connection broke, or nothing came in 15 s
   */
  async ask(url: string, ask: Ask = {}): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#once(url, ask);
      if (answer.status !== 429 || tries === MOST_TRIES) return answer;
      const asked = parseRetryAfter(answer.headers.get('retry-after'), this.clock.now()) ?? SECOND;
      await this.wait(Math.min(Math.max(asked, SECOND), LONGEST_WAIT));
    }
  }

  post(reports: readonly unknown[], ask: Ask = {}): Promise<Answer> {
    return this.postBody(JSON.stringify({ reports }), ask);
  }

  postBody(body: string, ask: Ask = {}): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...ask.headers };
    return this.ask(this.endpoint('reports'), { ...ask, method: 'POST', headers, body });
  }

  /** Opens the stream of events; an answer where it is none. */
  async openEvents(seen?: string): Promise<EventReader | Answer> {
    const stop = new AbortController();
    const ask = { headers: { accept: 'text/event-stream', ...(seen === undefined ? {} : { 'last-event-id': seen }) } };
    const url = this.endpoint('events');
    const response = await this.#fetch(url, ask, stop);
    if (response.status === 200 && response.body) {
      this.#keep('GET', url, response, '');
      const reader = readEvents(response, this.clock);
      const end = () => stop.abort();
      this.#options.signal.addEventListener('abort', end, { once: true });
      return {
        ...reader,
        close: async () => {
          this.#options.signal.removeEventListener('abort', end);
          await reader.close();
          stop.abort();
        },
      };
    }
    return this.#read('GET', url, response);
  }

  async #once(url: string, ask: Ask): Promise<Answer> {
    const stop = new AbortController();
    const response = await this.#fetch(url, ask, stop);
    return this.#timed(this.#read(ask.method ?? 'GET', url, response), url, stop);
  }

  async #read(method: string, url: string, response: Response): Promise<Answer> {
    const text = await response.text();
    this.#keep(method, url, response, text);
    const { status, headers } = response;
    return { url: response.url || url, status, headers, text: this.#withoutToken(text), body: parseJson(text) };
  }

  #keep(method: string, url: string, { status, headers }: Response, text: string): void {
    const { token } = this;
    const echoed = token !== undefined && [text, JSON.stringify([...headers])].some((each) => each.includes(token));
    this.log.push({ what: `${method} ${new URL(url).pathname}`, status, echoed });
  }

  #withoutToken(text: string): string {
    return this.token ? text.replaceAll(this.token, '…') : text;
  }

  #fetch(url: string, ask: Ask, stop: AbortController): Promise<Response> {
    const token = ask.token === undefined ? this.token : ask.token;
    const headers = new Headers({
      accept: 'application/json',
      // As the backend sends it: with a space it names its own scheme.
      ...(token ? { authorization: /\s/.test(token.trim()) ? token : `Bearer ${token}` } : {}),
      ...ask.headers,
      // What somebody wrote by hand is meant.
      ...this.#options.headers,
    });
    const { method = 'GET', body = null } = ask;
    // Beside the URL and not in a Request: Node forgets a Request's signal when its garbage is collected
    // (https://github.com/nodejs/undici/issues/3644), and a stopped run would wait for its open connection.
    const answer = this.#options.fetch(url, { method, headers, body, signal: stop.signal });
    return this.#timed(answer, url, stop);
  }

  /** What a promise gives, unless nothing comes or everything is stopped. */
  async #timed<Value>(promise: Promise<Value>, url: string, stop: AbortController): Promise<Value> {
    const { clock, signal } = this.#options;
    signal.throwIfAborted();
    const path = new URL(url).pathname;
    let late = false;
    const timer = clock.setTimeout(() => {
      late = true;
      stop.abort();
    }, TIMEOUT);
    const follow = () => stop.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    const stopped = new Promise<never>((_resolve, reject) => {
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
    });
    try {
      return await Promise.race([promise, stopped]);
    } catch (error) {
      signal.throwIfAborted();
      if (late) throw new NoAnswer(`${path} did not answer within ${TIMEOUT / SECOND} s`);
      const { message, cause } = error instanceof Error ? error : new Error(String(error));
      const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
      throw new NoAnswer(this.#withoutToken(`${path} gave no answer (${excerpt(reason)})`));
    } finally {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', follow);
    }
  }
}
