import type { Clock } from '../model/index.js';

/** What a cache keeps entries in. Keys are arrays of strings; values are structured-cloneable. */
export interface KeyValueStorage {
  /** `true` where nothing outlives the visit; a snapshot says so. */
  readonly volatile?: boolean;
  get(key: readonly string[]): Promise<unknown>;
  /** Writes `next(present)` at `key` in one transaction; `undefined` leaves the present value. May call `next` twice. */
  update(key: readonly string[], next: (present: unknown) => unknown): Promise<void>;
  /** Deletes every entry whose key passes, in one transaction. */
  deleteWhere(matches: (key: readonly string[]) => boolean): Promise<void>;
}

/** The life of the page, as far as a store cares. */
export interface PageLife {
  isVisible(): boolean;
  /** `false` can be trusted, `true` cannot: a hint, never a gate. */
  isOnline(): boolean;
  /** Calls the listener when visibility or the connection changes; returns the unsubscribe function. */
  subscribe(listener: () => void): () => void;
}

/** Everything of the world that a store uses, so that a test can play any fault. */
export interface Environment {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** Gives the device's storage; a rejection or a throw means there is none. */
  readonly openStorage: () => KeyValueStorage;
  readonly page: PageLife;
  /** 0 to below 1. */
  readonly random: () => number;
  /** For hints to the page's author; one call for each kind of hint. */
  readonly hint: (message: string) => void;
}
