import type { Clock } from '../model/index.js';

/** In what `updateAll` is to write: nothing is to be there. */
export const REMOVED: unique symbol = Symbol('removed');

/** What a cache keeps entries in. Keys are arrays of strings; values are structured-cloneable. */
export interface KeyValueStorage {
  /** `true` where nothing outlives the visit; a snapshot says so. */
  readonly volatile?: boolean;
  get(key: readonly string[]): Promise<unknown>;
  /**
   * Writes `next(present)` at `key` in one transaction, and resolves when that is complete; `undefined` leaves the present
   * value. May call `next` twice.
   */
  update(
    key: readonly string[],
    next: (present: unknown, beside?: unknown) => unknown,
    options?: UpdateOptions,
  ): Promise<void>;
  /**
   * `update` of several keys in one transaction: `next` gets what is at each of them and gives what is to be there, in
   * their order. `undefined` leaves a value, `REMOVED` removes it; nothing at all leaves everything. May call `next`
   * twice. Absent: each of them is changed by itself.
   */
  readonly updateAll?:
    | ((
        keys: readonly (readonly string[])[],
        next: (present: readonly unknown[]) => readonly unknown[] | undefined,
        options?: Pick<UpdateOptions, 'durability'>,
      ) => Promise<void>)
    | undefined;
  /** Every key there is. Absent: nobody can look for what was kept under another one. */
  readonly keys?: (() => Promise<readonly (readonly string[])[]>) | undefined;
  /** Deletes every entry whose key passes, in one transaction. */
  deleteWhere(matches: (key: readonly string[]) => boolean): Promise<void>;
  /** Lets go of the device until the next call, for a page that is put away. */
  rest?(): void;
}

/** Locks over all pages of an origin, as the Web Locks API has them. */
export interface Locks {
  /**
   * Waits for the lock, holds it during `work`, and gives it back.
   * @throws the reason of `signal` where that is aborted while it waits
   */
  request<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /**
   * Holds the lock during `work` where nobody has it; resolves with nothing where somebody has. Where it is absent, pages
   * ask each other by a channel who holds a connection.
   */
  requestIfFree?<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
}

/** What all pages of an origin hear, except the one that speaks. */
export interface Channel {
  post(message: unknown): void;
  close(): void;
}

/** How an update is done. */
export interface UpdateOptions {
  /** A second key, which is read in the same transaction. */
  readonly beside?: readonly string[];
  /** `strict`: complete means that the device has it on disk. The default is `relaxed`. */
  readonly durability?: 'strict' | 'relaxed';
  /**
   * About how many bytes it takes, of something that the service gives again: it is written only while room is left for
   * what only this device knows.
   */
  readonly evictableBytes?: number;
}

/** The life of the page, as far as a store cares. */
export interface PageLife {
  isVisible(): boolean;
  /** `false` can be trusted, `true` cannot: a hint, never a gate. */
  isOnline(): boolean;
  /** It was put away: frozen, or kept for the way back. Nothing runs then, and nothing may be held. */
  isPutAway?(): boolean;
  /** Calls the listener when one of these changes; returns the unsubscribe function. */
  subscribe(listener: () => void): () => void;
}

/** Everything of the world that a store uses, so that a test can play any fault. */
export interface Environment {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** Gives the device's storage; a rejection or a throw means there is none. */
  readonly openStorage: () => KeyValueStorage;
  readonly page: PageLife;
  /** Absent where pages have none, as over plain http; then everything is still right, with more requests. */
  readonly locks?: Locks | undefined;
  /** How many bytes this origin uses and may use; absent where the device does not say. */
  readonly estimate?: (() => Promise<{ readonly usage?: number; readonly quota?: number }>) | undefined;
  /** Does something that has time, once for the page, long after it was shown; absent where nothing has. */
  readonly whenIdle?: ((work: () => Promise<void>) => void) | undefined;
  /** Opens the channel of a name; absent where pages have none. */
  readonly openChannel?: ((name: string, listener: (message: unknown) => void) => Channel) | undefined;
  /** An id that nobody else has. */
  readonly createId: () => string;
  /** 0 to below 1. */
  readonly random: () => number;
  /** For hints to the page's author; one call for each kind of hint. */
  readonly hint: (message: string) => void;
}
