import type { Backend, Library, PlayerMemory, Problem, TokenProvider, ViewChoices } from '../model/index.js';
import type { Changes } from '../model/index.js';
import type { Environment } from './environment.js';

/** Everything a page can show of a player, as one immutable object; a new object comes with every change. */
export interface Snapshot {
  /** The last good answer; an error never erases it. */
  readonly library?: Library;
  /** Pins, choices and the last visit. It comes with the library of an earlier visit, never after it. */
  readonly memory?: PlayerMemory;
  /** `paused`: offline or hidden, and asking again when that is over. */
  readonly activity: 'idle' | 'syncing' | 'paused';
  /** What went wrong last; cleared by the next success. */
  readonly problem?: Problem;
  /** Reports that the service has not answered yet. */
  readonly pending: number;
  /** `memory`: nothing outlives the visit, because there is no player, or the device refused. */
  readonly storage: 'persistent' | 'memory';
  /** When the service last said what is true, in epoch milliseconds; a library from an earlier visit keeps its time. */
  readonly checkedAt?: number;
}

/** What came with a new snapshot; `missed` is true where it happened since the last visit. */
export interface StoreChanges extends Changes {
  readonly missed: boolean;
}

/** Called with every new snapshot, and with what changed where an answer brought changes. */
export type StoreListener = (snapshot: Snapshot, changes?: StoreChanges) => void;

export interface StoreOptions {
  readonly backend: Backend;
  /** Who the achievements belong to. Without it nothing is kept on the device. */
  readonly player?: string;
  /** A BCP 47 tag: what is asked of the service, and part of the cache key. */
  readonly locale?: string;
  /** Seconds between polls while the page is visible and somebody is subscribed; 0, the default, polls never. */
  readonly refresh?: number;
  /** `memory` keeps nothing on the device. The default is `persistent`. */
  readonly cache?: 'persistent' | 'memory';
  /** Gives a token for each call; it is never kept. */
  readonly token?: TokenProvider;
  /** Instead of the page's own. */
  readonly fetch?: typeof fetch;
  /** Clock, storage and page life, for tests and unusual hosts. */
  readonly environment?: Partial<Environment>;
}

/** One player's achievements at one service: cached, and kept true while somebody is subscribed. */
export interface Store {
  readonly backend: Backend;
  readonly player: string | undefined;
  readonly snapshot: Snapshot;
  /** The first subscriber wakes the store, the last to leave lets it sleep. Returns the unsubscribe function. */
  subscribe(listener: StoreListener): () => void;
  /**
   * Asks the service now, or joins a request that is under way. Resolves when the answer, or the problem, is in the
   * snapshot; never rejects.
   */
  refresh(): Promise<void>;
  /**
   * Pins an achievement by its key, or with `false` unpins it: at once in the snapshot, then on the device together with
   * what other tabs pinned. Resolves when that is over; never rejects. After `signOut` it does nothing until the store
   * asks again.
   */
  pin(key: string, pinned?: boolean): Promise<void>;
  /** Remembers, as `pin` does, what was chosen in the toolbar of the list of this name; `undefined` forgets it. */
  choose(list: string, choices: ViewChoices | undefined): Promise<void>;
  /**
   * Removes everything of this player from this device, of all backends and locales, and empties the snapshot at once.
   * The store then asks nothing until `refresh()` or a new `subscribe()`. Never rejects: where the device did not let go
   * of the data, the snapshot has a `storage` problem.
   */
  signOut(): Promise<void>;
  /** Ends everything for good: requests are aborted, listeners are dropped. */
  dispose(): void;
}
