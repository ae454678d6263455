import type { Clock } from '../model/index.js';
import { isListOf, isString } from './cache.js';
import type { Channel, Environment, Locks } from './environment.js';

/**
 * Does `work` while no other page of this player does the same. It never waits longer than `patience`: a page that was
 * frozen with the lock in its hands keeps it until it thaws. What is done under the lock is therefore right without it
 * too, and only costs more requests.
 * @param patience in milliseconds
 * @param signal aborted when the work is no longer wanted
 */
export async function alone<T>(
  locks: Locks | undefined,
  clock: Clock,
  name: string,
  patience: number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  if (!locks) return work();
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  const timer = clock.setTimeout(stop, patience);
  signal.addEventListener('abort', stop);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  aborted.catch(() => undefined);
  let begun = false;
  try {
    return await locks.request(name, waiting.signal, () => {
      begun = true;
      clock.clearTimeout(timer);
      // Given back as soon as the work is not wanted any more: a page that is put away must not hold it.
      return Promise.race([work(), aborted]);
    });
  } catch (error) {
    if (begun) throw error;
    signal.throwIfAborted();
    // Nobody gave it in time, or this page may have no locks at all, as in a sandboxed frame.
    return await work();
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** What pages of one player tell each other; the rest is read from the device. */
export const NEWS = ['answer', 'outbox', 'wishes', 'shown', 'signed-out'] as const;

export type News = (typeof NEWS)[number];

interface Message {
  readonly v: 1;
  readonly about: News;
  /** Of achievements, where it is about some. */
  readonly keys?: readonly string[];
  /** Of a sign-out, which is told on two channels. Older code gives it none. */
  readonly id?: string;
  /** The session that is signed out of, where it is known. */
  readonly session?: string | undefined;
}

/** What a message tells beside what it is about. */
export type NewsDetails = Pick<Message, 'keys' | 'id' | 'session'>;

export interface OtherPagesOptions {
  readonly environment: Environment;
  readonly about: readonly News[];
  /** Of the channel; absent where no other page has anything to do with this one. */
  readonly name: string | undefined;
  readonly onNews: (about: News, details: NewsDetails) => void;
}

/** The other pages of a player. Without a channel nothing is heard, and they find it with their next look at the device. */
export class OtherPages {
  readonly #options: OtherPagesOptions;
  #channel: Channel | undefined;

  constructor(options: OtherPagesOptions) {
    this.#options = options;
  }

  /** Begins to hear. Never while the page is put away: a message would cost it the way back. */
  open(): void {
    const { environment, name, about: wanted, onNews } = this.#options;
    const { openChannel, page } = environment;
    if (this.#channel || !openChannel || name === undefined || page.isPutAway?.()) return;
    try {
      this.#channel = openChannel(name, (message) => {
        const { v, about, keys, id, session } = Object(message) as Partial<Message>;
        if (v !== 1 || !about || !wanted.includes(about) || (keys !== undefined && !isListOf(keys, isString))) return;
        onNews(about, { ...(keys && { keys }), ...(isString(id) && { id }), ...(isString(session) && { session }) });
      });
    } catch {
      // A page that may have none, as in a sandboxed frame.
    }
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** @param staysOpen somebody goes on hearing */
  tell(about: News, staysOpen: boolean, details: NewsDetails = {}): void {
    const wasOpen = this.#channel !== undefined;
    this.open();
    try {
      this.#channel?.post({ v: 1, about, ...details } satisfies Message);
    } catch {
      // They find it by themselves.
    }
    if (!wasOpen && !staysOpen) this.close();
  }
}
