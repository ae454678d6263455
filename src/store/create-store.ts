import { LONGEST_TIMEOUT, LONGEST_TRUST } from '../model/clock.js';
import {
  type Achievement,
  type Backend,
  type Call,
  type Fresh,
  type Library,
  type Problem,
  type ProgressUpdate,
  type ReportAnswer,
  type ReportIntent,
  type ViewChoices,
  ToldUnlocks,
  achievementAt,
  changesBetween,
  completenessOf,
  isForHostOnly,
  isPartial,
  keepUnchanged,
  nextStateChange,
  problemFrom,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import { writeJson } from '../model/json.js';
import { browserEnvironment } from './browser-environment.js';
import { type Answer, type Cache, type CacheAddress, createCache, forgetPlayer } from './cache.js';
import { type Delivery, createDelivery } from './delivery.js';
import type { Environment, KeyValueStorage } from './environment.js';
import { roomyStorage, sweep } from './eviction.js';
import { Listening } from './listening.js';
import { type Outbox, type QueuedReport, type RejectedReport, createOutbox } from './outbox.js';
import { nameOf, removalProblem, signedOutError } from './problems.js';
import { type PlayerInPage, type StoreOfPlayer, playerInPage } from './player-in-page.js';
import { type Memory, createMemory } from './player-memory.js';
import { Publisher, type SnapshotPatch } from './publisher.js';
import { pullAnswer, unlessAborted } from './pull.js';
import { PushedProgress, checkBackend, checkIntent, meantBy, withAdded } from './reports.js';
import { reportScopeOf } from './report-scope.js';
import { Schedule } from './schedule.js';
import { type Session, type SessionState, createSession, noteSignOut } from './session.js';
import type {
  ReportReceipt,
  Snapshot,
  Store,
  StoreChanges,
  StoreListener,
  StoreOptions,
  SubscribeOptions,
} from './store.js';
import { NEWS, type News, type NewsDetails, OtherPages, alone } from './tabs.js';
import { wait } from './wait.js';
import { type TrafficControl, createTrafficControl } from './traffic.js';

/** How long the network waits for the cache, in milliseconds: a device that hangs must not hold up the first paint. */
const CACHE_PATIENCE = 500;

/** The longest spread of what asks again when the page is shown again, in milliseconds. */
const SHOW_SPREAD = 1000;

/** The same when the connection is back, which it is for everybody at once. */
const ONLINE_SPREAD = 10_000;

/** The longest spread of what asks because the service, or an answer to a report, said that something changed. */
const HINT_SPREAD = 2000;

/** How often it asks where the service would tell of changes, and there is no room for a connection, in seconds. */
const ASKING_INSTEAD = 40;

/** How long to wait for another page that asks, in milliseconds; a player who sees nothing yet waits less. */
const PATIENCE = 10_000;
const IMPATIENCE = 500;

/** The errors of a page that has no storage at all, such as a sandboxed frame. */
const ABSENT_STORAGE = ['SecurityError', 'NotSupportedError'];

/** One synchronisation, from the cache to the answer. */
interface Run {
  readonly controller: AbortController;
  /** Somebody called `refresh()`: it goes on although nobody is subscribed any more. */
  isAskedFor: boolean;
  readonly done: Promise<void>;
  /** Resolves `done`, before the answer is kept on the device. */
  readonly finish: () => void;
}

/** What belongs to a player who is signed in; another one begins after signing out. */
interface Stay {
  /** Absent where nothing is kept. */
  readonly session: Session | undefined;
  readonly memory: Memory;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  cache: Cache | undefined;
  /** How often everything that was kept went away. */
  losses: number;
  /** What was left from other visits has been looked for. */
  isTidy: boolean;
  /** It is the present one: what belongs to an earlier one changes nothing. */
  isOver: boolean;
}

class PlayerStore implements Store, StoreOfPlayer {
  readonly backend: Backend;
  readonly player: string | undefined;
  readonly #options: StoreOptions;
  readonly #environment: Environment;
  readonly #isKept: boolean;

  readonly #publisher: Publisher;

  #storage: KeyValueStorage | undefined;
  #hasHinted = false;
  readonly #traffic: TrafficControl;
  #stay: Stay;
  readonly #pushed = new PushedProgress();
  /** What this visit was told, or saw from the beginning. */
  #told = new ToldUnlocks();
  /** The other pages of this player at this service. */
  readonly #others: OtherPages;
  /** The other pages of this player at any service, who are told of a sign-out only. */
  readonly #othersOfPlayer: OtherPages;
  /** Absent where there is no player. */
  readonly #inPage: PlayerInPage | undefined;
  readonly #listening: Listening;
  /** The one read of the cache, or after signing out the removal that a read must not overtake. */
  #loading: Promise<void> | undefined;
  /** The device has answered. */
  #hasLoaded = false;
  /** As the service gave it; the snapshot has its states as they are by now. */
  #answer: Answer | undefined;
  #isAnswerKept = false;
  /** The answer is from an earlier visit, and the service has not said anything in this one. */
  #isFromEarlierVisit = false;
  /** It has said something in this one: nothing is listened to before, so that no stream takes a list's connection. */
  #isAnswered = false;

  #isSignedOut = false;
  #isDisposed = false;
  /** How often each subscriber wants it to ask, in seconds. */
  readonly #intervals = new Map<object, number>();

  #run: Run | undefined;
  /** Something changed while it was being asked: the answer may be from before. */
  #isStale = false;
  #pullProblem: Problem | undefined;
  readonly #schedule: Schedule;
  #pullTimer: number | undefined;
  #stateTimer: number | undefined;

  /** Somebody is subscribed. */
  #isAwake = false;
  #leavePage: (() => void) | undefined;
  #wasVisible = true;
  #wasOnline = true;
  #wasPutAway = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#environment = { ...browserEnvironment(), ...options.environment };
    this.backend = options.backend;
    this.player = options.player;
    this.#isKept = options.player !== undefined && options.cache !== 'memory';
    this.#publisher = new Publisher({
      activity: 'idle',
      pending: 0,
      storage: this.#isKept ? 'persistent' : 'memory',
    });
    this.#traffic = createTrafficControl(
      this.#isKept ? () => this.#openStorage() : undefined,
      this.backend.scope,
      this.#environment,
    );
    const { clock, random } = this.#environment;
    const refreshNow = () => this.#refresh;
    this.#schedule = new Schedule({
      clock,
      random,
      get refresh() {
        return refreshNow();
      },
      traffic: this.#traffic,
    });
    const { player } = this;
    const channelOf = (...names: (string | undefined)[]) => `achievement-elements ${writeJson(names)}`;
    const pages = { environment: this.#environment, onNews: this.#hearPage.bind(this) };
    const name = this.#isKept ? channelOf(this.backend.id, player) : undefined;
    this.#others = new OtherPages({ ...pages, about: NEWS, name });
    // Older code says it on the channel above only.
    const nameOfPlayer = player === undefined ? undefined : channelOf('signed-out', '', player);
    this.#othersOfPlayer = new OtherPages({ ...pages, about: ['signed-out'], name: nameOfPlayer });
    if (player !== undefined) {
      this.#inPage = playerInPage(this.#environment.page, player);
      this.#inPage.add(this);
    }
    this.#listening = new Listening({
      backend: this.backend,
      environment: this.#environment,
      // What one page hears the others have from the device.
      lockName: this.#isKept && this.#environment.openChannel ? this.#lockName('listen') : undefined,
      callFor: (signal) => ({ ...this.#call(signal), random: this.#environment.random }),
      onChange: (updates) => {
        try {
          this.#hear(updates);
        } catch {
          // A hint that cannot be read is still one: the pull tells.
        }
      },
      onWait: () => this.#planPoll(),
    });
    this.#stay = this.#openStay(false);
  }

  get snapshot(): Snapshot {
    return this.#publisher.snapshot;
  }

  subscribe(listener: StoreListener, { refresh = 0 }: SubscribeOptions = {}): () => void {
    if (this.#isDisposed) return () => undefined;
    const subscriber = {};
    this.#intervals.set(subscriber, refresh);
    // Before the listener is added: it must not be called before it has what this returns.
    if (this.#publisher.listenerCount === 0) this.#wake();
    else if (this.#isSignedOut) void this.#sync();
    else if (refresh > 0) this.#planPoll();
    const remove = this.#publisher.add(listener);
    return () => {
      this.#intervals.delete(subscriber);
      if (remove() && this.#publisher.listenerCount === 0) this.#sleep();
    };
  }

  async refresh(): Promise<void> {
    if (this.#isDisposed) return;
    this.#begin();
    await Promise.all([this.#stay.delivery.send(), this.#sync(true)]);
  }

  report(intent: ReportIntent): Promise<ReportReceipt> {
    const done = this.#report(intent);
    // Games report from their loops and wait for nothing; whoever does wait still gets the rejection.
    done.catch((error: unknown) => this.#publish({ problem: problemFrom(error) }));
    return done;
  }

  async #report(intent: ReportIntent): Promise<ReportReceipt> {
    checkIntent(intent);
    const achievement = meantBy(intent, this.snapshot.library?.achievements ?? []);
    checkBackend(this.backend, intent, achievement);
    const stay = this.#stay;
    if (this.#isSignedOut || this.#isDisposed) throw signedOutError();
    const prefix = `${this.backend.id}:`;
    const { achievement: name } = intent;
    // A key by which nothing is known yet.
    const named =
      !achievement && name.startsWith(prefix) ? { ...intent, achievement: name.slice(prefix.length) } : intent;
    const [report, isSafe] = await stay.outbox.add(named, { at: this.#environment.clock.now(), achievement });
    if (stay.isOver) throw signedOutError();
    if (!isSafe && this.#isKept) this.#noteStorageFailure('the report could not be written');
    this.#watchPage();
    this.#others.tell('outbox', this.#isAwake);
    void this.#tidy(stay);
    // A report that stood alone is decided by the next one.
    if (!stay.delivery.problem || stay.delivery.needsNeighbour) void stay.delivery.send();
    return { id: report.id, storage: isSafe ? 'persistent' : 'memory' };
  }

  async retryReport(id: string): Promise<boolean> {
    return (await this.retryReports((report) => report.id === id)) > 0;
  }

  async retryReports(isWanted: (report: RejectedReport) => boolean = () => true): Promise<number> {
    return (await this.#changeRejected((outbox) => outbox.retry(isWanted))) ?? 0;
  }

  async dropReport(id: string): Promise<boolean> {
    return (await this.#changeRejected((outbox) => outbox.drop(id))) ?? false;
  }

  async #changeRejected<T>(change: (outbox: Outbox) => Promise<T>): Promise<T | undefined> {
    if (this.#isSignedOut || this.#isDisposed) return undefined;
    const { outbox, delivery } = this.#stay;
    const isDone = await this.#tryStorage(() => change(outbox));
    this.#others.tell('outbox', this.#isAwake);
    this.#watchPage();
    void delivery.send();
    return isDone;
  }

  apply(changes: readonly ProgressUpdate[] | object): void {
    if (this.#isDisposed || this.#isSignedOut) return;
    try {
      this.#hear(changes);
    } catch (error) {
      this.#publish({ problem: problemFrom(error) });
    }
  }

  pin(key: string, pinned = true): Promise<void> {
    return this.#remember(async (memory) => {
      await memory.pin(key, pinned);
      this.#others.tell('wishes', this.#isAwake);
    });
  }

  choose(list: string, choices: ViewChoices | undefined): Promise<void> {
    return this.#remember((memory) => memory.choose(list, choices));
  }

  markShown(keys: readonly string[]): void {
    if (!this.#isSignedOut && !this.#isDisposed) this.#others.tell('shown', this.#isAwake, { keys });
  }

  async signOut(): Promise<number> {
    const { outbox } = this.#stay;
    const id = this.#environment.createId();
    const session = this.#stay.session?.id;
    this.#inPage?.learn(id);
    const stores: readonly StoreOfPlayer[] = this.#inPage?.stores ?? [this];
    // Before the removal, so that no other page keeps anything after it.
    this.#othersOfPlayer.tell('signed-out', this.#isAwake, { id, session });
    for (const store of stores) store.tellSignOut(id, session);
    // Asked before the removal, so answered before it.
    let unsent = outbox.contents.queued.length;
    outbox.read().then(
      ({ queued }) => (unsent = queued.length),
      () => undefined,
    );
    const removed = this.#removePlayer();
    for (const store of stores) store.endStay(removed);
    const stay = this.#stay;
    try {
      await removed;
    } catch (error) {
      if (!stay.isOver) this.#publish({ problem: removalProblem(error) });
    }
    return unsent;
  }

  /** Says to other pages, of older code too, that this player signs out. For the stores of this page, and nobody else. */
  tellSignOut(id: string, session: string | undefined): void {
    this.#others.tell('signed-out', this.#isAwake, { id, session });
  }

  /**
   * The player is gone, here or in another page, at this service or at another: everything is as if there had been nobody.
   * For the stores of this page, and nobody else.
   */
  endStay(removed: Promise<void>): void {
    if (this.#isDisposed) return;
    this.#stay.isOver = true;
    this.#stay.delivery.stop();
    this.#isSignedOut = true;
    this.#stopRun();
    this.#stay = this.#openStay(true);
    this.#answer = undefined;
    this.#isAnswerKept = false;
    this.#isAnswered = false;
    this.#pushed.clear();
    this.#told = new ToldUnlocks();
    this.#schedule.forgive();
    this.#schedule.cancel();
    this.#setTimers();
    this.#listen();
    this.#loading = removed.catch(() => undefined);
    this.#publisher.forget();
    this.#pullProblem = undefined;
    this.#publish({
      activity: 'idle',
      library: undefined,
      memory: undefined,
      problem: undefined,
      checkedAt: undefined,
      pending: 0,
      rejected: undefined,
      elsewhere: undefined,
    });
  }

  /** Whoever asks again after signing out begins another stay. */
  #begin(): void {
    this.#isSignedOut = false;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#inPage?.remove(this);
    this.#publisher.clear();
    this.#stopRun();
    this.#stay.delivery.stop();
    this.#sleep();
    this.#leavePage?.();
    this.#leavePage = undefined;
  }

  // Waking and sleeping

  #wake(): void {
    this.#isAwake = true;
    this.#watchPage();
    this.#schedule.forgive();
    this.#deriveStates();
    const hasSlept = this.#hasLoaded;
    void this.#sync();
    if (!hasSlept) return;
    void this.#noticeSignOut().then((isSignedOut) => {
      // Whoever has come since begins another stay.
      if (isSignedOut && this.#isAwake) void this.#sync();
    });
  }

  #sleep(): void {
    this.#isAwake = false;
    this.#watchPage();
    this.#schedule.cancel();
    this.#setTimers();
    this.#publish({ activity: this.#activity(this.#pullProblem) });
    // An element that is only moved leaves and comes back within one task.
    queueMicrotask(() => {
      if (this.#isAwake) return;
      this.#listen();
      this.#closeChannels();
      if (!this.#run || this.#run.isAskedFor) return;
      this.#stopRun();
      this.#publish({ activity: 'idle' });
    });
  }

  /** Follows the life of the page as long as there is anything to do or to be shown. */
  #watchPage(): void {
    const { page } = this.#environment;
    const isNeeded = !this.#isDisposed && (this.#isAwake || this.snapshot.pending > 0);
    if (isNeeded === (this.#leavePage !== undefined)) return;
    this.#leavePage?.();
    this.#leavePage = undefined;
    if (!isNeeded) return;
    this.#wasVisible = page.isVisible();
    this.#wasOnline = page.isOnline();
    this.#wasPutAway = page.isPutAway?.() ?? false;
    this.#leavePage = page.subscribe(() => this.#pageChanged());
  }

  #pageChanged(): void {
    const { page } = this.#environment;
    const isPutAway = page.isPutAway?.() ?? false;
    if (isPutAway !== this.#wasPutAway) {
      this.#wasPutAway = isPutAway;
      if (isPutAway) this.#putAway();
      else this.#comeBack();
    }
    if (isPutAway) return;
    const isVisible = page.isVisible();
    const isOnline = page.isOnline();
    const isBackOnline = isOnline && !this.#wasOnline;
    const isBack = isVisible && (isBackOnline || !this.#wasVisible);
    if (isVisible && !this.#wasVisible && !this.#environment.openChannel) void this.#noticeSignOut();
    if (isBackOnline || (isVisible && !this.#wasVisible)) this.#stay.delivery.nudge();
    // What comes back online while hidden is asked for when it is shown.
    if (isVisible || !isOnline) this.#wasOnline = isOnline;
    this.#wasVisible = isVisible;
    if (isVisible) this.#deriveStates();
    if (this.#isAwake && isBack && !this.#run && (this.#schedule.hasFailed || this.snapshot.activity === 'paused')) {
      if (isBackOnline) this.#schedule.planSoon(ONLINE_SPREAD);
      else this.#schedule.planSoon(SHOW_SPREAD, this.#schedule.remaining);
    }
    if (!this.#run) this.#publish({ activity: this.#activity(this.#pullProblem) });
    this.#setTimers();
    this.#listen();
  }

  /** Frozen, or kept for the way back: nothing may run, nothing may be held, and it may be the end. */
  #putAway(): void {
    const wasAsking = this.#run !== undefined;
    this.#stopRun();
    this.#stay.delivery.stop();
    this.#closeChannels();
    this.#listen();
    this.#setTimers();
    if (wasAsking) this.#schedule.plan(0);
    this.#publish({ activity: this.#activity(this.#pullProblem) });
  }

  /** Other pages may have gone on, and the player may have signed out in one of them. */
  #comeBack(): void {
    if (this.#isSignedOut || this.#isDisposed) return;
    if (this.#isAwake) this.#openChannels();
    void this.#catchUp();
    if (this.#isAwake && this.#schedule.isPlanned) this.#schedule.planSoon(SHOW_SPREAD);
    this.#stay.delivery.nudge();
  }

  // Other pages

  #lockName(work: 'ask' | 'send' | 'listen'): string {
    const scope = work === 'send' ? reportScopeOf(this.backend.reportScope ?? this.backend.scope) : this.#address;
    return `achievement-elements ${writeJson([work, this.backend.id, scope, this.player])}`;
  }

  #openChannels(): void {
    this.#others.open();
    this.#othersOfPlayer.open();
  }

  #closeChannels(): void {
    this.#others.close();
    this.#othersOfPlayer.close();
  }

  #hearPage(about: News, { keys = [], id, session }: NewsDetails): void {
    if (about === 'signed-out' && id !== undefined) {
      // Also stores that are asleep, and those that keep nothing, of which no channel was open.
      if (this.#inPage?.learn(id)) for (const store of this.#inPage.stores) store.hearSignOut(session);
      return;
    }
    if (this.#isSignedOut || this.#isDisposed) return;
    if (about === 'answer') void this.#adoptKept(0);
    else if (about === 'outbox') void this.#tryStorage(() => this.#stay.outbox.read());
    else if (about === 'wishes') void this.#remember((memory) => memory.reread());
    else if (about === 'shown')
      this.#publish({}, { unlocked: [], progressed: [], missed: false, shownElsewhere: keys });
    else this.hearSignOut();
  }

  /** Another page has signed the player out. For the stores of this page, and nobody else. */
  hearSignOut(signedOut?: string): void {
    const { session } = this.#stay;
    const removing = async () => session?.removeBegun(signedOut);
    if (!this.#isSignedOut && !this.#isDisposed) this.endStay(removing());
  }

  /** Reads what other pages did while this one heard nothing. */
  async #catchUp(): Promise<void> {
    if ((await this.#sessionState()) !== 'lasts') return this.endStay(Promise.resolve());
    await Promise.all([this.#adoptKept(0), this.#tryStorage(() => this.#stay.outbox.read())]);
  }

  /** What became of the session of the present stay; `lasts` where nobody knows, or another stay has begun. */
  async #sessionState(): Promise<SessionState> {
    const stay = this.#stay;
    const state = await this.#tryStorage(async () => stay.session?.state());
    return stay.isOver ? 'lasts' : (state ?? 'lasts');
  }

  /** Whoever heard nothing for a while looks whether the player was signed out meanwhile. */
  async #noticeSignOut(): Promise<boolean> {
    if (this.#isSignedOut || this.#isDisposed || !this.#hasLoaded) return false;
    if ((await this.#sessionState()) !== 'ended') return false;
    this.endStay(Promise.resolve());
    return true;
  }

  /** Takes over an answer that another page has kept, if it was checked later than this page's own. */
  async #adoptKept(since: number): Promise<boolean> {
    const stay = this.#stay;
    if (!this.#isKept) return false;
    const adopted = await this.#tryStorage(async () => {
      const cache = this.#openCache(stay);
      const checkedAt = (await cache.checkedAt()) ?? -1;
      if (checkedAt < since || checkedAt <= (this.#answer?.checkedAt ?? -1)) return undefined;
      return cache.read();
    });
    if (!adopted || stay.isOver || this.#isDisposed || adopted.checkedAt < since) return false;
    const before = this.#answer;
    // An older answer that was read later must not take anything back.
    if (before && (adopted.startedAt < before.startedAt || adopted.checkedAt <= before.checkedAt)) return false;
    const shown = this.snapshot.library;
    const achievements = keepUnchanged(before?.library.achievements ?? [], adopted.library.achievements);
    this.#answer = { ...adopted, library: { ...adopted.library, achievements } };
    this.#isAnswerKept = true;
    this.#isFromEarlierVisit = false;
    this.#isAnswered = true;
    this.#schedule.forgive();
    this.#schedule.planPoll(adopted.checkedAt);
    this.#forgetPushed(adopted.startedAt);
    const library = this.#libraryNow();
    const changes = shown && library && this.#changes(shown.achievements, library.achievements);
    if (library) this.#noteUnlocks(library);
    this.#publish({ library, checkedAt: adopted.checkedAt, problem: adopted.problem }, changes);
    this.#setTimers();
    this.#listen();
    return true;
  }

  // What the service pushes

  /** Starts or stops to listen, as the page is shown or not. */
  #listen(): void {
    const { page } = this.#environment;
    const isWanted = this.#isAwake && this.#isAnswered && !this.#isSignedOut && !this.#isDisposed;
    this.#listening.want(isWanted && page.isVisible() && !page.isPutAway?.());
  }

  /** Plans a poll where none is planned, or a sooner one, as when there is a reason to poll more often than before. */
  #planPoll(): void {
    if (this.#run || this.#isSignedOut) return;
    this.#schedule.planPollWithin(this.#answer?.checkedAt);
    this.#setTimers();
  }

  /**
   * Shows what was pushed, and asks soon: it is only a hint.
   * @throws {ProblemError} `bad-shape`
   */
  #hear(changes: readonly ProgressUpdate[] | object): void {
    const { count, problem } = this.#pushed.add(this.backend, changes, this.#environment.clock.now(), this.#answered);
    if (count > 0) this.#showLibrary();
    if (problem) this.#publish({ problem });
    this.#askBecauseOfHint();
  }

  /** The last answer, without what was pushed or reported since. */
  get #answered(): readonly Achievement[] {
    return this.#answer?.library.achievements ?? [];
  }

  /**
   * An answer has come, which may be from before what was pushed: then that stays, and the service is asked once more when
   * its word stands whatever it is.
   */
  #forgetPushed(startedAt: number): void {
    const { clock, random } = this.#environment;
    this.#pushed.hold(this.#stay.outbox.contents.accepted, startedAt, this.#answered);
    const wait = this.#pushed.forget(startedAt, clock.now(), this.#answered);
    if (wait !== undefined && this.#isAwake) this.#schedule.planSoon(0, wait + random() * HINT_SPREAD);
  }

  /** What is unlocked by now is no news when it is unlocked once more. */
  #noteUnlocks({ achievements }: Library): void {
    for (const each of achievements) if (each.state === 'unlocked' && !each.revoked) this.#told.note(each);
  }

  /** Something changed at the service: what is being asked may be from before. */
  #askBecauseOfHint(): void {
    if (!this.#isAwake) return;
    if (this.#run) this.#isStale = true;
    else {
      this.#schedule.planWithin(HINT_SPREAD);
      this.#setTimers();
    }
  }

  /** Shows the answer with what was pushed and reported since. What changes by that has happened just now. */
  #showLibrary(patch: SnapshotPatch = {}): void {
    const shown = this.snapshot.library;
    const library = this.#libraryNow();
    const changes = shown && library && this.#changes(shown.achievements, library.achievements, false);
    this.#publish({ ...patch, library }, changes);
    this.#setTimers();
  }

  // Asking the service

  #sync(isAskedFor = false): Promise<void> {
    this.#begin();
    if (this.#run) {
      this.#run.isAskedFor ||= isAskedFor;
      return this.#run.done;
    }
    const controller = new AbortController();
    const wasPlanned = this.#schedule.isPlanned;
    this.#schedule.cancel();
    this.#isStale = false;
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const done = Promise.race([finished, this.#synchronise(controller.signal, wasPlanned)]);
    this.#run = { controller, isAskedFor, done, finish };
    this.#setTimers();
    this.#openChannels();
    this.#publish({ activity: 'syncing' });
    this.#listen();
    return done;
  }

  /** Never rejects. Nothing is published before the first `await`: the caller has not noted the run yet. */
  async #synchronise(signal: AbortSignal, wasPlanned: boolean): Promise<void> {
    const { clock, locks } = this.#environment;
    const askedAt = clock.now();
    const inTime = unlessAborted(signal);
    try {
      this.#loading ??= this.#load();
      await inTime(wait(clock, CACHE_PATIENCE, signal, this.#loading));
      const answerBefore = this.#answer;
      const ask = async (): Promise<void> => {
        // Another page has asked while this one waited, or within this interval.
        const since = wasPlanned && this.#refresh > 0 ? askedAt - this.#refresh * 1000 : askedAt;
        if (this.#isKept && this.#hasLoaded && !this.#run?.isAskedFor) {
          const adopting = this.#adoptKept(since).then(() => undefined);
          await inTime(wait(clock, CACHE_PATIENCE, signal, adopting));
          // Also where the other page's word of it was quicker than this. Whoever asked in the meantime wants to know more.
          const isAdopted = this.#answer !== answerBefore && (this.#answer?.checkedAt ?? -1) >= since;
          if (isAdopted && !this.#run?.isAskedFor) {
            if (this.#stay.outbox.contents.queued.length > 0) void this.#stay.delivery.send();
            this.#finish({});
            return;
          }
        }
        const { answer, startedAt } = await pullAnswer({
          backend: this.backend,
          callFor: (each) => this.#call(each),
          clock,
          signal,
          known: this.#answer?.validator,
          isShown: () => Boolean(this.#answer?.library.achievements.length),
        });
        if (!signal.aborted) await this.#accept(answer, startedAt);
      };
      const patience = this.#answer ? PATIENCE : IMPATIENCE;
      await (this.#isKept && locks ? alone(locks, clock, this.#lockName('ask'), patience, signal, ask) : ask());
    } catch (thrown) {
      if (!signal.aborted) this.#fail(problemFrom(thrown));
    }
  }

  #call(signal: AbortSignal): Call {
    const { player, locale, token, fetch = this.#environment.fetch } = this.#options;
    return dropAbsent({ fetch, clock: this.#environment.clock, signal, player, locale, token });
  }

  /** Resolves when it is kept, which nobody but other pages waits for. */
  #accept(answer: Fresh | 'unchanged', startedAt: number): Promise<void> {
    const checkedAt = this.#environment.clock.now();
    const before = this.#answer;
    const shown = this.snapshot.library;
    if (answer !== 'unchanged') {
      const { achievements, total, validator, problem } = answer;
      // The old objects, so that deriving their states finds at a glance what is the same.
      const kept = before ? keepUnchanged(before.library.achievements, achievements) : achievements;
      const isPart = isPartial(answer) || undefined;
      const library: Library = dropAbsent({ achievements: kept, total, isPart, fetchedAt: checkedAt });
      this.#answer = dropAbsent({ library, validator, problem, startedAt, checkedAt });
      this.#isAnswerKept = false;
    } else if (before) {
      this.#answer = { ...before, checkedAt };
    }
    const kept = this.#keep();
    const { outbox } = this.#stay;
    void this.#tryStorage(() => outbox.forgetAccepted(startedAt));

    this.#schedule.succeeded();
    this.#forgetPushed(startedAt);
    const library = this.#libraryNow();
    const changes = shown && library && this.#changes(shown.achievements, library.achievements);
    this.#isFromEarlierVisit = false;
    this.#isAnswered = true;
    if (library) this.#noteUnlocks(library);
    const problem = this.#answer?.problem;
    // Also of a service that failed beside others.
    const isPart = !library || !completenessOf(library).isWhole || (problem !== undefined && !isForHostOnly(problem));
    if (library) void this.#remember((memory) => memory.note(library.achievements, isPart));
    this.#finish({ library, checkedAt, problem }, changes);
    // What stands in the outbox of an earlier visit, and what was refused for want of a token.
    if (this.#stay.outbox.contents.queued.length > 0) void this.#stay.delivery.send();
    return kept;
  }

  #fail(problem: Problem): void {
    this.#schedule.failed(problem);
    this.#finish({ problem });
  }

  #finish(patch: SnapshotPatch, changes?: StoreChanges): void {
    this.#run?.finish();
    this.#run = undefined;
    if (this.#isStale && this.#isAwake) this.#schedule.planWithin(HINT_SPREAD);
    const problem = 'problem' in patch ? patch.problem : this.#pullProblem;
    this.#publish({ ...patch, activity: this.#activity(problem) }, changes);
    this.#setTimers();
    this.#listen();
  }

  #stopRun(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
  }

  /** The shortest that anybody wants. */
  get #refresh(): number {
    const wanted = [this.#options.refresh ?? 0, ...this.#intervals.values()].filter((each) => each > 0);
    if (wanted.length > 0) return Math.min(...wanted);
    return this.#listening.isWaiting ? ASKING_INSTEAD : 0;
  }

  #activity(problem: Problem | undefined): Snapshot['activity'] {
    const { page } = this.#environment;
    if (this.#run) return 'syncing';
    if (!this.#isAwake || this.#isSignedOut) return 'idle';
    const isWaiting =
      !page.isOnline() || problem?.code === 'offline' || (!page.isVisible() && this.#schedule.isPlanned);
    return isWaiting ? 'paused' : 'idle';
  }

  // Time

  /** Sets both timers to what is due next, or clears them. */
  #setTimers(): void {
    const { clock, page } = this.#environment;
    if (this.#pullTimer !== undefined) clock.clearTimeout(this.#pullTimer);
    if (this.#stateTimer !== undefined) clock.clearTimeout(this.#stateTimer);
    this.#pullTimer = this.#stateTimer = undefined;
    if (!this.#isAwake || !page.isVisible() || page.isPutAway?.()) return;
    const after = (delay: number, callback: () => void) =>
      clock.setTimeout(callback, Math.min(Math.max(0, delay), LONGEST_TIMEOUT));
    if (this.#schedule.isPlanned && !this.#run) {
      this.#pullTimer = after(this.#schedule.remaining, () => {
        void this.#askUnasked();
      });
    }
    const now = clock.now();
    const change = this.#answer && nextStateChange(this.#answer.library.achievements, now);
    if (change !== undefined) {
      this.#stateTimer = after(Math.min(change - now, LONGEST_TRUST), () => {
        this.#deriveStates();
        this.#setTimers();
      });
    }
  }

  /** Asks without anybody's wish: after failures only as often as all pages together may. */
  async #askUnasked(): Promise<void> {
    const wait = this.#schedule.hasFailed ? await this.#traffic.claim() : 0;
    // Somebody has asked, or left, in the meantime.
    if (this.#run || !this.#schedule.isPlanned) return;
    if (wait === 0) void this.#sync();
    else {
      this.#schedule.plan(wait);
      this.#setTimers();
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
    const shown = this.snapshot.library;
    const achievements = keepUnchanged(
      shown?.achievements ?? [],
      this.#pushed.over(
        library.achievements.map((achievement) => achievementAt(achievement, now)),
        this.#stay.outbox.contents,
      ),
    );
    const isSame =
      shown?.achievements === achievements &&
      shown.fetchedAt === library.fetchedAt &&
      shown.total === library.total &&
      shown.isPart === library.isPart;
    return isSame ? shown : { ...library, achievements };
  }

  // The device

  #openStorage(): KeyValueStorage {
    if (this.#storage) return this.#storage;
    const { clock, estimate, openStorage } = this.#environment;
    return (this.#storage = roomyStorage(openStorage(), { address: this.#address, clock, estimate }));
  }

  get #address(): CacheAddress {
    const { backend, player = '', locale = '' } = this.#options;
    return { backend: backend.id, scope: backend.scope, player, locale };
  }

  #openCache(stay: Stay): Cache {
    const storage = stay.session?.storage ?? this.#openStorage();
    return (stay.cache ??= createCache(storage, this.#address, () => this.#environment.clock.now()));
  }

  /** @param isNew nothing is there to be read */
  #openStay(isNew: boolean): Stay {
    const { createId, clock } = this.#environment;
    const { backend, player } = this;
    const address = this.#address;
    const stay: Partial<Stay> = { cache: undefined, losses: 0, isTidy: false, isOver: false };
    const session =
      this.#isKept && player !== undefined
        ? createSession({
            openStorage: () => this.#openStorage(),
            player,
            createId,
            clock,
            isWanted: () => !stay.isOver,
            onLoss: () => {
              stay.losses = (stay.losses ?? 0) + 1;
              this.#isAnswerKept = false;
            },
            onEnd: () => {
              if (!stay.isOver) this.endStay(Promise.resolve());
            },
          })
        : undefined;
    const outbox = createOutbox(
      session?.storage,
      { ...address, scope: backend.reportScope ?? backend.scope },
      createId,
      () => clock.now(),
      (added) => {
        if (!stay.isOver) this.#showReports(added);
      },
    );
    const delivery = createDelivery({
      backend,
      outbox,
      environment: this.#environment,
      traffic: this.#traffic,
      lockName: this.#isKept ? this.#lockName('send') : undefined,
      callFor: (signal) => this.#call(signal),
      onAnswers: (answers) => {
        if (!stay.isOver) this.#hearAnswers(answers);
      },
      onProblem: () => {
        if (!stay.isOver) this.#publish({ problem: this.#pullProblem });
      },
    });
    const memory = createMemory(
      session && (() => session.storage),
      address,
      () => clock.now(),
      () => !stay.isOver,
      isNew,
    );
    return Object.assign(stay, { session, memory, outbox, delivery }) as Stay;
  }

  /** @param added all that is new, where that is one report */
  #showReports(added?: QueuedReport): void {
    const { queued, rejected } = this.#stay.outbox.contents;
    const { library } = this.snapshot;
    if (added) {
      const achievements = library && withAdded(library.achievements, added);
      const isNew = library !== undefined && achievements !== undefined && achievements !== library.achievements;
      const patch = { pending: queued.length, ...(isNew ? { library: { ...library, achievements } } : {}) };
      this.#publisher.publishGathered(patch, (before, { library: now }) =>
        before.library && now ? this.#changes(before.library.achievements, now.achievements, false) : undefined,
      );
    } else this.#showLibrary({ pending: queued.length, rejected: rejected.length > 0 ? rejected : undefined });
    this.#watchPage();
  }

  #hearAnswers(answers: readonly ReportAnswer[]): void {
    const isKnown = this.#pushed.learn(this.backend, answers, this.#environment.clock.now(), this.#answered);
    this.#showLibrary();
    this.#others.tell('outbox', this.#isAwake);
    if (!isKnown) this.#askBecauseOfHint();
  }

  /** What waited under an earlier form of the address is sent, and what waits for another one is told; once. */
  async #tidy(stay: Stay): Promise<void> {
    if (stay.isTidy) return;
    stay.isTidy = true;
    const found = await this.#tryStorage(() => stay.outbox.tidy());
    if (!found || stay.isOver || this.#isDisposed) return;
    const { elsewhere, dropped } = found;
    if (dropped > 0)
      this.#environment.hint(`${dropped} refused reports were dropped: nobody sent them again in 90 days.`);
    for (const { address, pending } of elsewhere) {
      this.#environment.hint(`${pending} reports wait for ${address}, to which this page does not send.`);
    }
    this.#publish({ elsewhere: elsewhere.length > 0 ? elsewhere : undefined });
    if (stay.outbox.contents.queued.length > 0 && !stay.delivery.problem) void stay.delivery.send();
  }

  /** Never rejects. */
  async #load(): Promise<void> {
    const stay = this.#stay;
    if (this.player === undefined && this.#options.cache !== 'memory') {
      this.#environment.hint('without a player nothing is kept on the device; set `player` to keep achievements.');
    }
    const { memory, outbox, session } = stay;
    void this.#tryStorage(async () => session?.begin());
    const [answer] = await Promise.all([
      this.#isKept ? this.#tryStorage(async () => this.#openCache(stay).read()) : undefined,
      this.#tryStorage(() => memory.read()),
      this.#tryStorage(() => outbox.read()),
    ]);
    if (stay.isOver || this.#isDisposed) return;
    this.#hasLoaded = true;
    void this.#tidy(stay);
    // Otherwise the network was quicker.
    if (answer && !this.#answer) {
      this.#answer = answer;
      this.#isAnswerKept = true;
      this.#isFromEarlierVisit = true;
      const { checkedAt, problem } = answer;
      const library = this.#libraryNow();
      if (library) this.#noteUnlocks(library);
      this.#publish({ library, memory: memory.value, checkedAt, problem: this.#pullProblem ?? problem });
      this.#setTimers();
    } else {
      this.#publish({ memory: memory.value });
    }
  }

  /** Writes what changed, and then tells the other pages. */
  async #keep(): Promise<void> {
    const answer = this.#answer;
    if (!answer || !this.#isKept) return;
    const stay = this.#stay;
    const isWanted = () => !stay.isOver;
    await this.#tryStorage(async () => {
      const cache = this.#openCache(stay);
      const { losses } = stay;
      if (this.#isAnswerKept) await cache.confirm(answer, isWanted);
      // Also where the device lost what it had.
      if (!this.#isAnswerKept) {
        await cache.write(answer, isWanted);
        if (this.#answer?.startedAt === answer.startedAt && stay.losses === losses) this.#isAnswerKept = true;
      }
      if (!stay.isOver) this.#others.tell('answer', this.#isAwake);
    });
    this.#environment.whenIdle?.(async () => {
      if (!stay.isOver) await sweep(this.#openStorage(), this.#address, this.#environment.clock);
    });
  }

  /** Changes the memory: the snapshot at once, the device without anyone having to wait. Never rejects. */
  async #remember(change: (memory: Memory) => Promise<void>): Promise<void> {
    if (this.#isSignedOut || this.#isDisposed) return;
    const stay = this.#stay;
    const { memory } = stay;
    const kept = this.#tryStorage(() => change(memory));
    this.#publish({ memory: memory.value });
    await kept;
    if (!stay.isOver) this.#publish({ memory: memory.value });
  }

  /** Never rejects: storage is a convenience, and without it everything goes on in memory. */
  async #tryStorage<T>(work: () => Promise<T>): Promise<T | undefined> {
    const stay = this.#stay;
    try {
      const result = await work();
      if (this.#isKept) this.#publish({ storage: this.#storage?.volatile ? 'memory' : 'persistent' });
      return result;
    } catch (error) {
      // That of a player who was signed out in another page is no failure of the device.
      if (this.#stay !== stay && nameOf(error) === 'AbortError') return undefined;
      this.#noteStorageFailure(nameOf(error));
      return undefined;
    }
  }

  #noteStorageFailure(reason: string): void {
    this.#publish({ storage: 'memory' });
    if (!this.#hasHinted) {
      this.#environment.hint(
        `the storage of this device could not be used (${reason}); achievements are kept for this visit only.`,
      );
    }
    this.#hasHinted = true;
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
    const { session } = this.#stay;
    try {
      // Asked before the removal, so done before it: a page that finds nothing has to find why. Where it fails, there are
      // still the channels.
      noteSignOut(storage, player, session?.id).catch(() => undefined);
      await forgetPlayer(storage, player);
    } catch (error) {
      // Where pages may not keep anything, nothing is kept.
      if (!ABSENT_STORAGE.includes(nameOf(error))) throw error;
    }
  }

  // The snapshot

  #changes(
    before: readonly Achievement[],
    now: readonly Achievement[],
    missed = this.#isFromEarlierVisit,
  ): StoreChanges | undefined {
    const { unlocked, progressed } = changesBetween(before, now);
    const changes = { unlocked: unlocked.filter((each) => this.#told.tell(each)), progressed };
    if (changes.unlocked.length === 0 && changes.progressed.length === 0) return undefined;
    return { ...changes, missed };
  }

  /** The problem of asking comes before that of sending, which is often the same. */
  #publish(patch: SnapshotPatch, changes?: StoreChanges): void {
    if (!('problem' in patch)) {
      this.#publisher.publish(patch, changes);
      return;
    }
    this.#pullProblem = patch.problem;
    this.#publisher.publish({ ...patch, problem: patch.problem ?? this.#stay.delivery.problem }, changes);
  }
}

/** A store for one player at one backend. It reads and asks nothing before somebody subscribes or calls `refresh()`. */
export function createStore(options: StoreOptions): Store {
  return new PlayerStore(options);
}
