import { LONGEST_TIMEOUT } from '../model/clock.js';
import {
  type Achievement,
  type Backend,
  type Call,
  type Clock,
  type Fresh,
  type Library,
  type Problem,
  type Validator,
  type ViewChoices,
  ProblemError,
  achievementAt,
  changesBetween,
  keepUnchanged,
  nextStateChange,
  problemFrom,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import { isRetryable, pollDelay, retryDelay } from './backoff.js';
import { browserEnvironment } from './browser-environment.js';
import { type Answer, type Cache, type CacheAddress, createCache, forgetPlayer } from './cache.js';
import type { Environment, KeyValueStorage } from './environment.js';
import { type Memory, createMemory } from './player-memory.js';
import type { Snapshot, Store, StoreChanges, StoreListener, StoreOptions } from './store.js';

/** How long the network waits for the cache, in milliseconds: a device that hangs must not hold up the first paint. */
const CACHE_PATIENCE = 500;

/** How long before a service that suddenly has no achievements is asked again, in milliseconds. */
const EMPTY_CHECK_DELAY = 2000;

/** How often a failure is tried again where nothing is polled. */
const MOST_RETRIES = 5;

/** The longest spread of what asks again when the connection or the page is back, in milliseconds. */
const RETURN_SPREAD = 1000;

/** The errors of a page that has no storage at all, such as a sandboxed frame. */
const ABSENT_STORAGE = ['SecurityError', 'NotSupportedError'];

/** Members that are `undefined` are removed. */
type SnapshotPatch = { readonly [Key in keyof Snapshot]?: Snapshot[Key] | undefined };

/** One synchronisation, from the cache to the answer. */
interface Run {
  readonly controller: AbortController;
  /** Somebody called `refresh()`: it goes on although nobody is subscribed any more. */
  isAskedFor: boolean;
  done: Promise<void>;
}

interface Delivery {
  readonly snapshot: Snapshot;
  readonly changes: StoreChanges | undefined;
  readonly epoch: number;
}

class PlayerStore implements Store {
  readonly backend: Backend;
  readonly player: string | undefined;
  readonly #options: StoreOptions;
  readonly #environment: Environment;
  readonly #isKept: boolean;

  #snapshot: Snapshot;
  readonly #listeners = new Set<{ readonly listener: StoreListener }>();
  readonly #deliveries: Delivery[] = [];
  #isDelivering = false;

  #storage: KeyValueStorage | undefined;
  #hasHinted = false;
  #cache: Cache | undefined;
  /** One for each epoch. */
  #memory: Memory;
  /** The one read of the cache, or after signing out the removal that a read must not overtake. */
  #loading: Promise<void> | undefined;
  /** As the service gave it; the snapshot has its states as they are by now. */
  #answer: Answer | undefined;
  #isAnswerKept = false;
  /** The answer is from an earlier visit, and the service has not said anything in this one. */
  #isFromEarlierVisit = false;

  /** A new one begins when the player signs out: what belongs to an earlier one changes nothing. */
  #epoch = 0;
  #isSignedOut = false;
  #isDisposed = false;

  #run: Run | undefined;
  #failures = 0;
  /** Before this, in epoch milliseconds, nothing is asked without a person's wish: the service said so. */
  #notBefore = 0;
  /** When to ask next. The delay bounds it where the clock is set back. */
  #due: { readonly at: number; readonly delay: number } | undefined;
  #pullTimer: number | undefined;
  #stateTimer: number | undefined;

  /** Set while somebody is subscribed. */
  #leavePage: (() => void) | undefined;
  #wasVisible = true;
  #wasOnline = true;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#environment = { ...browserEnvironment(), ...options.environment };
    this.backend = options.backend;
    this.player = options.player;
    this.#isKept = options.player !== undefined && options.cache !== 'memory';
    this.#snapshot = Object.freeze({ activity: 'idle', pending: 0, storage: this.#isKept ? 'persistent' : 'memory' });
    this.#memory = this.#openMemory(false);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  subscribe(listener: StoreListener): () => void {
    if (this.#isDisposed) return () => undefined;
    // Before the listener is added: it must not be called before it has what this returns.
    if (!this.#leavePage) this.#wake();
    else if (this.#isSignedOut) void this.#sync();
    const entry = { listener };
    this.#listeners.add(entry);
    return () => {
      if (this.#listeners.delete(entry) && this.#listeners.size === 0) this.#sleep();
    };
  }

  refresh(): Promise<void> {
    return this.#isDisposed ? Promise.resolve() : this.#sync(true);
  }

  pin(key: string, pinned = true): Promise<void> {
    return this.#remember((memory) => memory.pin(key, pinned));
  }

  choose(list: string, choices: ViewChoices | undefined): Promise<void> {
    return this.#remember((memory) => memory.choose(list, choices));
  }

  async signOut(): Promise<void> {
    const epoch = ++this.#epoch;
    this.#isSignedOut = true;
    this.#memory = this.#openMemory(true);
    this.#stopRun();
    this.#answer = undefined;
    this.#isAnswerKept = false;
    this.#failures = 0;
    this.#due = undefined;
    this.#setTimers();
    const removed = this.#removePlayer();
    this.#loading = removed.catch(() => undefined);
    this.#publish({
      activity: 'idle',
      library: undefined,
      memory: undefined,
      problem: undefined,
      checkedAt: undefined,
    });
    try {
      await removed;
    } catch (error) {
      if (epoch === this.#epoch) this.#publish({ problem: removalProblem(error) });
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
    this.#stopRun();
    this.#sleep();
  }

  // Waking and sleeping

  #wake(): void {
    const { page } = this.#environment;
    this.#wasVisible = page.isVisible();
    this.#wasOnline = page.isOnline();
    this.#leavePage = page.subscribe(() => this.#pageChanged());
    this.#failures = 0;
    this.#deriveStates();
    void this.#sync();
  }

  #sleep(): void {
    this.#leavePage?.();
    this.#leavePage = undefined;
    this.#due = undefined;
    this.#setTimers();
    this.#publish({ activity: this.#activity(this.#snapshot.problem) });
    // An element that is only moved leaves and comes back within one task.
    queueMicrotask(() => {
      if (this.#leavePage || !this.#run || this.#run.isAskedFor) return;
      this.#stopRun();
      this.#publish({ activity: 'idle' });
    });
  }

  #pageChanged(): void {
    const { page, random } = this.#environment;
    const isVisible = page.isVisible();
    const isOnline = page.isOnline();
    const isBackOnline = isOnline && !this.#wasOnline;
    const isBack = isVisible && (isBackOnline || !this.#wasVisible);
    // What comes back online while hidden is asked for when it is shown.
    if (isVisible || !isOnline) this.#wasOnline = isOnline;
    this.#wasVisible = isVisible;
    if (isVisible) this.#deriveStates();
    if (isBack && !this.#run && (this.#failures > 0 || this.#snapshot.activity === 'paused')) {
      // Not at once: everyone whose connection is back would ask in the same moment.
      const spread = random() * RETURN_SPREAD;
      const remaining = isBackOnline ? 0 : this.#remaining();
      this.#ask(Math.max(spread, remaining, this.#notBefore - this.#environment.clock.now()));
    }
    if (!this.#run) this.#publish({ activity: this.#activity(this.#snapshot.problem) });
    this.#setTimers();
  }

  // Asking the service

  #sync(isAskedFor = false): Promise<void> {
    this.#isSignedOut = false;
    if (this.#run) {
      this.#run.isAskedFor ||= isAskedFor;
      return this.#run.done;
    }
    const controller = new AbortController();
    this.#due = undefined;
    this.#run = { controller, isAskedFor, done: this.#synchronise(controller.signal) };
    const { done } = this.#run;
    this.#setTimers();
    this.#publish({ activity: 'syncing' });
    return done;
  }

  /** Never rejects. Nothing is published before the first `await`: the caller has not noted the run yet. */
  async #synchronise(signal: AbortSignal): Promise<void> {
    const { clock } = this.#environment;
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
    );
    aborted.catch(() => undefined);
    // A backend may ignore the signal: whoever waits for this must not wait for it.
    const unlessAborted = <T>(work: T | Promise<T>): Promise<T> => Promise.race([aborted, work]);
    let startedAt = 0;
    const pull = (known?: Validator) => {
      signal.throwIfAborted();
      startedAt = clock.now();
      return unlessAborted(this.backend.pull(known, this.#call(signal)));
    };
    const pullAnew = async (): Promise<Fresh> => {
      const answer = await pull();
      if (answer !== 'unchanged') return answer;
      const message = 'The service says that nothing changed, but nothing is known yet. Try again later.';
      throw new ProblemError({ code: 'bad-shape', message });
    };

    try {
      this.#loading ??= this.#load();
      await unlessAborted(wait(clock, CACHE_PATIENCE, signal, this.#loading));
      const known = this.#answer?.validator;
      let answer = await pull(known);
      if (answer === 'unchanged' && !known) answer = await pullAnew();
      if (this.#wouldEmpty(answer)) {
        // Services have been seen to answer a moment's trouble with an empty list.
        await unlessAborted(wait(clock, EMPTY_CHECK_DELAY, signal));
        answer = await pullAnew();
        this.#wouldEmpty(answer);
      }
      if (!signal.aborted) this.#accept(answer, startedAt);
    } catch (thrown) {
      if (!signal.aborted) this.#fail(problemFrom(thrown));
    }
  }

  /**
   * Whether an answer takes away everything that is shown.
   * @throws {ProblemError} where it is only that nothing of the answer could be read
   */
  #wouldEmpty(answer: Fresh | 'unchanged'): boolean {
    if (answer === 'unchanged' || answer.achievements.length > 0 || !this.#answer?.library.achievements.length)
      return false;
    if (answer.problem) throw new ProblemError(answer.problem);
    return true;
  }

  #call(signal: AbortSignal): Call {
    const { player, locale, token, fetch = this.#environment.fetch } = this.#options;
    return dropAbsent({ fetch, clock: this.#environment.clock, signal, player, locale, token });
  }

  #accept(answer: Fresh | 'unchanged', startedAt: number): void {
    const checkedAt = this.#environment.clock.now();
    const before = this.#answer;
    const shown = this.#snapshot.library;
    if (answer !== 'unchanged') {
      const { achievements, total, validator, problem } = answer;
      // The old objects, so that deriving their states finds at a glance what is the same.
      const kept = before ? keepUnchanged(before.library.achievements, achievements) : achievements;
      const library = dropAbsent({ achievements: kept, total, fetchedAt: checkedAt });
      this.#answer = dropAbsent({ library, validator, problem, startedAt, checkedAt });
      this.#isAnswerKept = false;
    } else if (before) {
      this.#answer = { ...before, checkedAt };
    }
    this.#keep();

    const library = this.#libraryNow();
    const changes = shown && library && this.#changes(shown.achievements, library.achievements);
    this.#isFromEarlierVisit = false;
    this.#failures = 0;
    this.#notBefore = 0;
    this.#planPoll();
    const problem = this.#answer?.problem;
    if (library) void this.#remember((memory) => memory.note(library.achievements, problem !== undefined));
    this.#finish({ library, checkedAt, problem }, changes);
  }

  #fail(problem: Problem): void {
    const { clock, random } = this.#environment;
    if (isRetryable(problem.code)) {
      this.#failures += 1;
      const delay = retryDelay(this.#failures, random(), problem.retryAfter);
      if (problem.retryAfter) this.#notBefore = clock.now() + delay;
      if (this.#refresh > 0 || this.#failures <= MOST_RETRIES) this.#ask(delay);
    } else {
      // Asking again sooner does not help; a host that wants polls still gets them.
      this.#failures = 0;
      this.#planPoll();
    }
    this.#finish({ problem });
  }

  #finish(patch: SnapshotPatch, changes?: StoreChanges): void {
    this.#run = undefined;
    this.#publish({ ...patch, activity: this.#activity(patch.problem) }, changes);
    this.#setTimers();
  }

  #stopRun(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
  }

  get #refresh(): number {
    return this.#options.refresh ?? 0;
  }

  #planPoll(): void {
    const delay = pollDelay(this.#refresh, this.#environment.random());
    if (delay !== undefined) this.#ask(delay);
  }

  /** Plans the next request, in milliseconds from now; it takes place only while the page is visible. */
  #ask(delay: number): void {
    this.#due = { at: this.#environment.clock.now() + delay, delay };
  }

  #remaining(): number {
    if (!this.#due) return 0;
    return Math.max(0, Math.min(this.#due.at - this.#environment.clock.now(), this.#due.delay));
  }

  #activity(problem: Problem | undefined): Snapshot['activity'] {
    const { page } = this.#environment;
    if (this.#run) return 'syncing';
    if (!this.#leavePage || this.#isSignedOut) return 'idle';
    const isWaiting = !page.isOnline() || problem?.code === 'offline' || (!page.isVisible() && this.#due !== undefined);
    return isWaiting ? 'paused' : 'idle';
  }

  // Time

  /** Sets both timers to what is due next, or clears them. */
  #setTimers(): void {
    const { clock, page } = this.#environment;
    if (this.#pullTimer !== undefined) clock.clearTimeout(this.#pullTimer);
    if (this.#stateTimer !== undefined) clock.clearTimeout(this.#stateTimer);
    this.#pullTimer = this.#stateTimer = undefined;
    if (!this.#leavePage || !page.isVisible()) return;
    const after = (delay: number, callback: () => void) =>
      clock.setTimeout(callback, Math.min(Math.max(0, delay), LONGEST_TIMEOUT));
    if (this.#due && !this.#run) {
      this.#pullTimer = after(this.#remaining(), () => {
        void this.#sync();
      });
    }
    const now = clock.now();
    const change = this.#answer && nextStateChange(this.#answer.library.achievements, now);
    if (change !== undefined) {
      this.#stateTimer = after(change - now, () => {
        this.#deriveStates();
        this.#setTimers();
      });
    }
  }

  #deriveStates(): void {
    if (this.#answer) this.#publish({ library: this.#libraryNow() });
  }

  /** The library with its states as they are by now: the present one where nothing changed. */
  #libraryNow(): Library | undefined {
    const library = this.#answer?.library;
    if (!library) return undefined;
    const now = this.#environment.clock.now();
    const shown = this.#snapshot.library;
    const achievements = keepUnchanged(
      shown?.achievements ?? [],
      library.achievements.map((achievement) => achievementAt(achievement, now)),
    );
    const isSame =
      shown?.achievements === achievements && shown.fetchedAt === library.fetchedAt && shown.total === library.total;
    return isSame ? shown : { ...library, achievements };
  }

  // The device

  #openStorage(): KeyValueStorage {
    return (this.#storage ??= this.#environment.openStorage());
  }

  get #address(): CacheAddress {
    const { backend, player = '', locale = '' } = this.#options;
    return { backend: backend.id, scope: backend.scope, player, locale };
  }

  #openCache(): Cache {
    return (this.#cache ??= createCache(this.#openStorage(), this.#address, () => this.#environment.clock.now()));
  }

  #openMemory(isNew: boolean): Memory {
    const epoch = this.#epoch;
    return createMemory(
      this.#isKept ? () => this.#openStorage() : undefined,
      this.#address,
      () => this.#environment.clock.now(),
      () => epoch === this.#epoch,
      isNew,
    );
  }

  /** Never rejects. */
  async #load(): Promise<void> {
    const epoch = this.#epoch;
    if (this.player === undefined && this.#options.cache !== 'memory') {
      this.#environment.hint('without a player nothing is kept on the device; set `player` to keep achievements.');
    }
    const memory = this.#memory;
    const [answer] = await Promise.all([
      this.#isKept ? this.#tryStorage(async () => this.#openCache().read()) : undefined,
      this.#tryStorage(() => memory.read()),
    ]);
    if (epoch !== this.#epoch || this.#isDisposed) return;
    // Otherwise the network was quicker.
    if (answer && !this.#answer) {
      this.#answer = answer;
      this.#isAnswerKept = true;
      this.#isFromEarlierVisit = true;
      const { checkedAt, problem } = answer;
      const library = this.#libraryNow();
      this.#publish({ library, memory: memory.value, checkedAt, problem: this.#snapshot.problem ?? problem });
      this.#setTimers();
    } else {
      this.#publish({ memory: memory.value });
    }
  }

  /** Writes what changed, without anyone waiting for it. */
  #keep(): void {
    const answer = this.#answer;
    if (!answer || !this.#isKept) return;
    const epoch = this.#epoch;
    const isWanted = () => epoch === this.#epoch;
    void this.#tryStorage(async () => {
      const cache = this.#openCache();
      if (this.#isAnswerKept) return cache.confirm(answer, isWanted);
      await cache.write(answer, isWanted);
      if (this.#answer?.startedAt === answer.startedAt) this.#isAnswerKept = true;
    });
  }

  /** Changes the memory: the snapshot at once, the device without anyone having to wait. Never rejects. */
  async #remember(change: (memory: Memory) => Promise<void>): Promise<void> {
    if (this.#isSignedOut || this.#isDisposed) return;
    const memory = this.#memory;
    const kept = this.#tryStorage(() => change(memory));
    this.#publish({ memory: memory.value });
    await kept;
    if (memory === this.#memory) this.#publish({ memory: memory.value });
  }

  /** Never rejects: storage is a convenience, and without it everything goes on in memory. */
  async #tryStorage<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      if (this.#isKept) this.#publish({ storage: this.#storage?.volatile ? 'memory' : 'persistent' });
      return result;
    } catch (error) {
      this.#publish({ storage: 'memory' });
      if (!this.#hasHinted)
        this.#environment.hint(
          `the storage of this device could not be used (${nameOf(error)}); achievements are kept for this visit only.`,
        );
      this.#hasHinted = true;
      return undefined;
    }
  }

  async #removePlayer(): Promise<void> {
    const { player } = this;
    if (player === undefined) return;
    let storage: KeyValueStorage;
    try {
      // A store that keeps nothing removes what others kept.
      storage = this.#openStorage();
    } catch {
      return;
    }
    try {
      await forgetPlayer(storage, player);
    } catch (error) {
      // Where pages may not keep anything, nothing is kept.
      if (!ABSENT_STORAGE.includes(nameOf(error))) throw error;
    }
  }

  // The snapshot

  #changes(before: readonly Achievement[], now: readonly Achievement[]): StoreChanges | undefined {
    const changes = changesBetween(before, now);
    if (changes.unlocked.length === 0 && changes.progressed.length === 0) return undefined;
    return { ...changes, missed: this.#isFromEarlierVisit };
  }

  #publish(patch: SnapshotPatch, changes?: StoreChanges): void {
    const next: Record<string, unknown> = { ...this.#snapshot };
    let isNew = changes !== undefined;
    for (const [name, value] of Object.entries(patch)) {
      if (next[name] === value) continue;
      isNew = true;
      if (value === undefined) delete next[name];
      else next[name] = value;
    }
    if (isNew) this.#setSnapshot(next as unknown as Snapshot, changes);
  }

  /** Every listener gets every snapshot, in order, also when one of them causes the next. */
  #setSnapshot(snapshot: Snapshot, changes?: StoreChanges): void {
    this.#snapshot = Object.freeze(snapshot);
    this.#deliveries.push({ snapshot, changes, epoch: this.#epoch });
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let delivery = this.#deliveries.shift(); delivery; delivery = this.#deliveries.shift()) {
      for (const entry of [...this.#listeners]) {
        // It was removed, or the player signed out, in an earlier listener.
        if (!this.#listeners.has(entry) || delivery.epoch !== this.#epoch) continue;
        try {
          entry.listener(delivery.snapshot, delivery.changes);
        } catch (error) {
          // One listener's error is neither ours nor the others'; the page's error handling gets to know it.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    }
    this.#isDelivering = false;
  }
}

/** Resolves after `milliseconds`, or with `sooner`; never once the signal is aborted. Leaves no timer behind. */
function wait(clock: Clock, milliseconds: number, signal: AbortSignal, sooner?: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return;
    const timer = clock.setTimeout(resolve, milliseconds);
    const stop = () => clock.clearTimeout(timer);
    signal.addEventListener('abort', stop, { once: true });
    void sooner?.then(stop).then(resolve);
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

function removalProblem(error: unknown): Problem {
  return {
    code: 'storage',
    message:
      `The achievements of this player could not be removed from this device (${nameOf(error)}). ` +
      'Close other pages of this site and sign out again, or clear the data of this site in the browser.',
  };
}

/** A store for one player at one backend. It reads and asks nothing before somebody subscribes or calls `refresh()`. */
export function createStore(options: StoreOptions): Store {
  return new PlayerStore(options);
}
