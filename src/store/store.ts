import type {
  Backend,
  Library,
  PlayerMemory,
  Problem,
  ProgressUpdate,
  ReportIntent,
  TokenProvider,
  ViewChoices,
} from '../model/index.js';
import type { Changes } from '../model/index.js';
import type { Environment } from './environment.js';
import type { RejectedReport, ReportsElsewhere } from './outbox.js';

/** Everything a page can show of a player, as one immutable object; a new object comes with every change. */
export interface Snapshot {
  /**
   * The last good answer, with what was pushed or reported since; an error never erases it. An achievement with reports
   * that the service has not answered is `pending`.
   */
  readonly library?: Library;
  /** Pins, choices and the last visit. It comes with the library of an earlier visit, never after it. */
  readonly memory?: PlayerMemory;
  /** `paused`: offline or hidden, and asking again when that is over. */
  readonly activity: 'idle' | 'syncing' | 'paused';
  /** What went wrong last; cleared by the next success. */
  readonly problem?: Problem;
  /** How many reports the service has not answered yet, of all pages of this player. */
  readonly pending: number;
  /**
   * Reports that the service will never accept, oldest first: send them again or drop them. The newest 1,000 are kept, for
   * 90 days; they count apart from those that wait. Absent where there are none.
   */
  readonly rejected?: readonly RejectedReport[];
  /**
   * Reports of this player that wait on this device for another address of the service, and that nobody has sent for a
   * day: a page that has moved. They stay until a page with that address sends them. Absent where there are none.
   */
  readonly elsewhere?: readonly ReportsElsewhere[];
  /** `memory`: nothing outlives the visit, because there is no player, or the device refused. */
  readonly storage: 'persistent' | 'memory';
  /** When the service last said what is true, in epoch milliseconds; a library from an earlier visit keeps its time. */
  readonly checkedAt?: number;
}

/** What came with a new snapshot; `missed` is true where it happened since the last visit. */
export interface StoreChanges extends Changes {
  readonly missed: boolean;
  /** Keys of achievements whose unlock another page of this player has shown just now; this page may not know of it yet. */
  readonly shownElsewhere?: readonly string[];
}

/** Called with every new snapshot, and with what changed where an answer brought changes. */
export type StoreListener = (snapshot: Snapshot, changes?: StoreChanges) => void;

/** What one subscriber wants of a store that several have. */
export interface SubscribeOptions {
  /** Seconds between polls while this one is subscribed; the shortest that anybody wants counts. 0, the default, asks none. */
  readonly refresh?: number;
}

/** What became of a report when it was made. */
export interface ReportReceipt {
  /** Its idempotency key at the service. */
  readonly id: string;
  /** `persistent`: it is on disk and outlives this page. `memory`: it is sent as long as this page lives. */
  readonly storage: 'persistent' | 'memory';
}

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
  subscribe(listener: StoreListener, options?: SubscribeOptions): () => void;
  /**
   * Sends what waits, and asks the service now, or joins a request that is under way. Resolves when both answers, or the
   * problem, are in the snapshot; never rejects.
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
   * Reports what the player did. It shows at once, as pending, and is sent until the service has answered it, in this
   * visit or a later one, in the order of the calls. Resolves once it is safe on disk (`storage: 'persistent'`), or, where
   * nothing can be kept, at once. A rejection that nobody handles is no uncaught error; the snapshot has the problem too.
   * @throws {ProblemError} before anything is kept: `forbidden` where the backend cannot write or refuses the intent,
   * `bad-shape` where the intent is none, `storage` where 1,000 reports wait already, `unauthorized` after `signOut`
   */
  report(intent: ReportIntent): Promise<ReportReceipt>;
  /**
   * Puts a rejected report back into the queue, as a new one. Resolves with whether it was there, and there was room;
   * never rejects.
   */
  retryReport(id: string): Promise<boolean>;
  /**
   * Puts all rejected reports back into the queue in their order, as new ones, or those that pass; as many as there is room
   * for. One with the code `uncertain` has perhaps been done, and is done once more. Resolves with how many.
   */
  retryReports(isWanted?: (report: RejectedReport) => boolean): Promise<number>;
  /** Drops a rejected report for good, and with it what it had shown. As `retryReport`. */
  dropReport(id: string): Promise<boolean>;
  /**
   * Shows progress that the service pushed to the host: updates, or what the backend can translate (Talon.One effects, an
   * Xbox real-time frame). It holds until an answer has at least that, or for two minutes: services
   * answer from copies that lag behind. Achievements that are not known
   * are left out; what is no update at all becomes a `bad-shape` problem.
   */
  apply(changes: readonly ProgressUpdate[] | object): void;
  /**
   * Says to the other pages of this player that the unlock of these achievements, by key, was shown here: what nobody could
   * see there need not be shown again.
   */
  markShown(keys: readonly string[]): void;
  /**
   * Removes everything of this player from this device, of all backends and locales, also reports that were not sent, and
   * empties the snapshots of all stores of this player, whatever their backends: at once in this page, and soon in all
   * others. They then ask nothing until `refresh()` or a new `subscribe()`. Resolves with the number of this store's unsent
   * reports that are gone: `refresh()` first, to have them sent. Never rejects: where the device did not let go of the
   * data, the snapshot has a `storage` problem.
   */
  signOut(): Promise<number>;
  /** Ends everything for good: requests are aborted, listeners are dropped. */
  dispose(): void;
}
