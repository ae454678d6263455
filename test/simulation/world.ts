import type { Backend, Problem, ReportIntent } from '../../src/model/index.js';
import { createStore } from '../../src/store/create-store.js';
import type { Environment, KeyValueStorage } from '../../src/store/environment.js';
import type { Snapshot, Store, StoreOptions } from '../../src/store/store.js';
import { Channels } from './channels.js';
import { Disk, type DiskFault, type DiskVerb, nameOf } from './disk.js';
import { LockManager } from './locks.js';
import { SeededRandom } from './random.js';
import { ModelServer, type NetworkFault, type ServerOptions, type Verb, reportScopeAt, whatOf } from './server.js';
import { type Process, Scheduler } from './scheduler.js';

export const PLAYER = 'p1';

export interface WorldOptions extends Omit<ServerOptions, 'faultOf'> {
  readonly seed?: number;
  /** `false`: every step in its order. */
  readonly isRandom?: boolean;
  readonly hasLocks?: boolean;
  readonly hasChannels?: boolean;
  /** Seconds between polls of every tab. */
  readonly refresh?: number;
  readonly diskFault?: (verb: DiskVerb, process: Process) => DiskFault;
  readonly networkFault?: (verb: Verb) => NetworkFault;
  /** Whether a message between tabs gets lost. */
  readonly losesMessage?: () => boolean;
  readonly tokenFault?: () => 'none' | 'stale' | 'refused' | 'silent';
  /** The code under test; the default is the store itself. */
  readonly open?: (options: StoreOptions) => Client;
  /** Changes the environment of a tab before its store is opened. */
  readonly adapt?: (environment: Environment, tab: Tab) => Environment;
}

/** As much of a store as the simulation uses. */
export type Client = Pick<Store, 'snapshot' | 'subscribe' | 'refresh' | 'signOut' | 'report'>;

/** One call of `report()`. */
export interface ReportRecord {
  readonly tab: Tab;
  readonly intent: ReportIntent;
  /** What no other report says: how the service's effects are told apart without their ids. */
  readonly what: string;
  readonly startedAt: number;
  state: 'waiting' | 'kept' | 'refused';
  id?: string;
  storage?: 'persistent' | 'memory';
  error?: unknown;
  /** The player has signed out since: nothing is promised any more, but that it is not done twice. */
  isSignedOut: boolean;
}

/** A page with a store. */
export class Tab implements Process {
  readonly name: string;
  readonly number: number;
  life: Process['life'] = 'running';
  isVisible = true;
  /** What `navigator.onLine` says, which is not always so. */
  saysOnline = true;
  isPutAway = false;
  readonly environment: Environment;
  readonly store: Client;
  readonly problems: Problem[] = [];
  readonly #pageListeners = new Set<() => void>();
  readonly #world: World;
  readonly #storage: KeyValueStorage;
  #leave: (() => void) | undefined;
  #tokensGiven = 0;

  constructor(world: World, number: number) {
    this.#world = world;
    this.number = number;
    this.name = `tab ${number}`;
    const { scheduler, options, random } = world;
    let ids = 0;
    const environment: Environment = {
      clock: scheduler.clockOf(this),
      fetch: () => Promise.reject(new Error('Nothing here fetches by itself')),
      openStorage: () => this.#storage,
      page: {
        isVisible: () => this.isVisible,
        isOnline: () => this.saysOnline,
        isPutAway: () => this.isPutAway,
        subscribe: (listener) => {
          this.#pageListeners.add(listener);
          return () => void this.#pageListeners.delete(listener);
        },
      },
      locks: options.hasLocks === false ? undefined : world.locks.locksOf(this),
      openChannel: options.hasChannels === false ? undefined : world.channels.openerOf(this),
      createId: () => `${number}-${(ids += 1)}`,
      random: () => random.next(),
      hint: () => undefined,
    };
    this.#storage = world.disk.storageOf(this);
    this.environment = options.adapt?.(environment, this) ?? environment;
    this.store = (options.open ?? createStore)({
      backend: world.backendOf(this),
      player: PLAYER,
      refresh: options.refresh ?? 0,
      environment: this.environment,
      ...(options.needsToken && { token: () => this.#giveToken() }),
    });
  }

  get isSubscribed(): boolean {
    return this.#leave !== undefined;
  }

  subscribe(): void {
    this.#leave ??= this.store.subscribe((snapshot: Snapshot) => {
      if (snapshot.problem) this.problems.push(snapshot.problem);
    });
  }

  unsubscribe(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Sets what is given and tells the page's listeners. */
  change(facts: { isVisible?: boolean; saysOnline?: boolean }): void {
    Object.assign(this, facts);
    this.#tell();
  }

  /** Without a word, as a device that goes to sleep does it; or told, as the Page Lifecycle events do. */
  async freeze(isTold = false): Promise<void> {
    if (this.life !== 'running') return;
    if (isTold) {
      this.isPutAway = true;
      this.#tell();
      // What hangs on promises alone still runs.
      await this.#world.scheduler.run({ steps: 0 });
    }
    this.#world.scheduler.freeze(this);
  }

  thaw(): void {
    if (this.life !== 'frozen') return;
    this.#world.scheduler.thaw(this);
    if (!this.isPutAway) return;
    this.isPutAway = false;
    this.#tell();
  }

  kill(): void {
    if (this.life === 'dead') return;
    this.#world.scheduler.kill(this);
    this.#world.locks.releaseAll(this);
    this.#world.channels.closeAll(this);
  }

  #tell(): void {
    for (const listener of [...this.#pageListeners]) listener();
  }

  #giveToken(): Promise<string> {
    const { scheduler, server, options } = this.#world;
    const fault = this.#world.isHealed ? 'none' : (options.tokenFault?.() ?? 'none');
    return new Promise((resolve, reject) => {
      if (fault === 'silent') return;
      scheduler.soon(this, 'token', () => {
        this.#tokensGiven += 1;
        if (fault === 'refused') reject(new Error('Played: no token'));
        else resolve(fault === 'stale' ? `stale-${this.#tokensGiven}` : server.token);
      });
    });
  }
}

/** A device with tabs, a network and a service. */
export class World {
  readonly options: WorldOptions;
  readonly random: SeededRandom;
  readonly scheduler: Scheduler;
  readonly disk: Disk;
  readonly locks: LockManager;
  readonly channels: Channels;
  readonly server: ModelServer;
  readonly tabs: Tab[] = [];
  readonly reports: ReportRecord[] = [];
  /** No faults any more. */
  isHealed = false;
  #serial = 0;
  /** Sign-outs that are not over. */
  readonly #leaving = new Set<Tab>();

  constructor(options: WorldOptions = {}) {
    this.options = options;
    this.random = new SeededRandom(options.seed ?? 1);
    this.scheduler = new Scheduler(options.isRandom === false ? undefined : this.random);
    this.disk = new Disk(this.scheduler, (verb, process) =>
      this.isHealed ? 'none' : (options.diskFault?.(verb, process) ?? 'none'),
    );
    this.locks = new LockManager(this.scheduler);
    this.channels = new Channels(this.scheduler, () => !this.isHealed && (options.losesMessage?.() ?? false));
    this.server = new ModelServer(this.scheduler, this.random, {
      ...options,
      faultOf: (verb) => (this.isHealed ? 'none' : (options.networkFault?.(verb) ?? 'none')),
    });
  }

  backendOf(tab: Tab): Backend {
    return this.server.backendOf(tab);
  }

  openTab(isSubscribed = true): Tab {
    const tab = new Tab(this, this.tabs.length + 1);
    this.tabs.push(tab);
    if (isSubscribed) tab.subscribe();
    return tab;
  }

  get openTabs(): Tab[] {
    return this.tabs.filter((tab) => tab.life !== 'dead');
  }

  get runningTabs(): Tab[] {
    return this.tabs.filter((tab) => tab.life === 'running');
  }

  /** Reports something that no other report says. An achievement can be unlocked once. */
  report(tab: Tab, achievement: string, verb: 'set' | 'add' | 'unlock'): ReportRecord {
    const serial = (this.#serial += 1);
    const intent: ReportIntent = { achievement, ...(verb === 'unlock' ? { unlock: true } : { [verb]: serial }) };
    const record: ReportRecord = {
      tab,
      intent,
      what: `${achievement}: ${whatOf(intent)}`,
      startedAt: this.scheduler.time,
      state: 'waiting',
      isSignedOut: this.#leaving.size > 0,
    };
    this.reports.push(record);
    tab.store.report(intent).then(
      ({ id, storage }) => {
        record.state = 'kept';
        record.id = id;
        record.storage = storage;
      },
      (error: unknown) => {
        record.state = 'refused';
        record.error = error;
      },
    );
    return record;
  }

  signOut(tab: Tab): void {
    for (const report of this.reports) report.isSignedOut = true;
    this.#leaving.add(tab);
    void tab.store.signOut().then(() => this.#leaving.delete(tab));
  }

  kill(tab: Tab): void {
    tab.kill();
    this.#leaving.delete(tab);
  }

  /** Every tab is gone, and the next ones come with another address; what waits stands where older code has left it. */
  deploy(): void {
    for (const tab of this.openTabs) this.kill(tab);
    const { disk, server } = this;
    for (const { key, value } of [...disk.entries.values()].filter((entry) => isOfOutbox(entry.key))) {
      const older = key.map((part, place) => (place === 2 ? reportScopeAt(server.version) : part));
      if (nameOf(older) === nameOf(key)) continue;
      disk.write(older, value);
      disk.remove(key);
    }
    server.version += 1;
  }

  /** What the device keeps of the reports, under every address; `undefined` where nothing was ever kept. */
  get outbox(): OutboxRecord | undefined {
    const records = [...this.disk.entries.values()].filter(({ key }) => isOfOutbox(key));
    if (records.length === 0) return undefined;
    const values = records.map(({ value }) => value as OutboxRecord);
    return {
      queued: values.flatMap(({ queued }) => queued ?? []),
      rejected: values.flatMap(({ rejected }) => rejected ?? []),
    };
  }
}

/** The record, or what stands beside it. */
export function isOfOutbox(key: readonly string[]): boolean {
  return key.at(-1) === 'outbox' || key.at(-1) === 'outbox-added';
}

interface KeptReport {
  readonly id: string;
  readonly achievement: string;
  readonly sequence: number;
  readonly sentAt?: number;
  readonly set?: number;
  readonly add?: number;
}

/** The record of the outbox, as far as the simulation reads it. */
export interface OutboxRecord {
  readonly queued?: readonly KeptReport[];
  readonly rejected?: readonly (KeptReport & { readonly code: string })[];
}
