import type { Backend, Call, Problem, Report, ReportAnswer } from '../model/index.js';
import { ProblemError, problemFrom } from '../model/index.js';
import { LONGEST_TIMEOUT } from '../model/clock.js';
import { LONGEST_BACKOFF, LONGEST_WATCHED_BACKOFF, isRetryable, retryDelay } from './backoff.js';
import type { Environment } from './environment.js';
import type { Outbox, QueuedReport } from './outbox.js';
import { alone } from './tabs.js';
import type { TrafficControl } from './traffic.js';

/** How many reports go in one push where the backend does not say. */
const PUSH_LIMIT = 50;

/** How long one push may take, in milliseconds. */
const PUSH_TIME = 10_000;

/** How long to wait for another page that sends, in milliseconds. */
const PATIENCE = 10_000;

/** After so long the lock is given to others, in milliseconds, even if there is more to send. */
const TURN = 5000;

/** The longest spread of what is sent when the connection or the page is back, in milliseconds. */
const RETURN_SPREAD = 1000;

/** What was taken longer ago, in milliseconds, is taken again before it is sent. */
const STALE = 60_000;

/** By how much devices correct their clocks every day, in milliseconds. */
const CLOCK_CORRECTION = 60_000;

/** Of a whole request: one of its reports is what the service cannot read. */
const POISONED: readonly unknown[] = [400, 413, 422];

/** Sends what is in the outbox, and nothing but that. */
export interface Delivery {
  /** Sends now what is there, or joins a sending that is under way. Resolves when that is over; never rejects. */
  send(): Promise<void>;
  /** The page or the connection is back: sends soon, unless that was refused for good. */
  nudge(): void;
  /** Ends a sending that is under way; the reports stay. Nothing more is sent before `send` or `nudge`. */
  stop(): void;
  /** What keeps the reports from being sent. */
  readonly problem: Problem | undefined;
}

export interface DeliveryOptions {
  readonly backend: Backend;
  readonly outbox: Outbox;
  readonly environment: Environment;
  readonly traffic: TrafficControl;
  /** Of the lock; absent where no other page can have the same reports. */
  readonly lockName: string | undefined;
  readonly callFor: (signal: AbortSignal) => Call;
  /** After answers have come: whether some were accepted whose effect is not known. */
  readonly onAnswers: (answers: readonly ReportAnswer[]) => void;
  readonly onProblem: () => void;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { backend, outbox, environment, traffic, lockName, callFor, onAnswers, onProblem } = options;
  const { clock, page, random } = environment;
  const limit = Math.max(1, backend.pushLimit ?? PUSH_LIMIT);

  let sending: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  let isWanted = false;
  let timer: number | undefined;
  let failures = 0;
  let problem: Problem | undefined;
  /** The service asked for silence until then, in epoch milliseconds. */
  let silentUntil = 0;
  /** Halved where a whole request was refused, until the report is found that it was refused for. */
  let size = limit;

  function say(next: Problem | undefined): void {
    if (problem?.code === next?.code && problem?.message === next?.message) return;
    problem = next;
    onProblem();
  }

  function cancelTimer(): void {
    if (timer !== undefined) clock.clearTimeout(timer);
    timer = undefined;
  }

  function plan(delay: number, isTry: boolean): void {
    cancelTimer();
    timer = clock.setTimeout(
      () => {
        timer = undefined;
        void (isTry ? attempt() : send());
      },
      Math.min(Math.max(0, delay), LONGEST_TIMEOUT),
    );
  }

  /** A try that nobody asked for, if the service had not too many of them. */
  async function attempt(): Promise<void> {
    const wait = await traffic.claim();
    if (timer !== undefined || sending) return;
    if (wait > 0) plan(wait, true);
    else await send();
  }

  /** One request; ended when it takes too long, since the lock is held. */
  async function request<T>(signal: AbortSignal, work: (call: Call) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const controller = new AbortController();
    const stop = () => controller.abort(signal.reason);
    signal.addEventListener('abort', stop);
    const late = clock.setTimeout(() => {
      const message = `The service did not answer within ${PUSH_TIME / 1000} s. The reports are kept and sent again.`;
      controller.abort(new ProblemError({ code: 'timeout', message }));
    }, PUSH_TIME);
    // A backend may ignore its signal.
    const aborted = new Promise<never>((_, reject) =>
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error)),
    );
    aborted.catch(() => undefined);
    const call = callFor(controller.signal);
    const begunAt = clock.now();
    /** Frozen while the token was awaited, perhaps for weeks: then it is no longer known whether this may be sent. */
    const fetch: Call['fetch'] = async (...request) => {
      if (Math.abs(clock.now() - begunAt) > STALE) {
        const message = 'The page slept while it was about to send. The reports are kept and sent again.';
        throw new ProblemError({ code: 'timeout', message });
      }
      return call.fetch(...request);
    };
    try {
      return await Promise.race([aborted, work({ ...call, fetch })]);
    } finally {
      clock.clearTimeout(late);
      signal.removeEventListener('abort', stop);
    }
  }

  /**
   * Reports that were sent so long ago that the service may have forgotten them are asked for. One that it does not know
   * is sent again where that does no harm; of an `add` nobody knows any more, so that the host has to decide.
   * @returns what may be sent
   */
  async function settleForgotten(
    batch: readonly QueuedReport[],
    signal: AbortSignal,
  ): Promise<readonly QueuedReport[]> {
    const { remembersFor } = backend;
    if (remembersFor === undefined) return batch;
    const now = clock.now();
    // A time to come is a clock that was set back: then nobody knows how long ago it was.
    const isForgotten = ({ sentAt, attempts }: QueuedReport) =>
      sentAt !== undefined && attempts > 1 && (now - sentAt > remembersFor || sentAt - now > CLOCK_CORRECTION);
    const forgotten = batch.filter(isForgotten);
    if (forgotten.length === 0) return batch;
    const ids = forgotten.map(({ id }) => id);
    const known = backend.recall
      ? await request(signal, (call) => backend.recall?.(ids, call) ?? Promise.resolve([]))
      : [];
    const answers: ReportAnswer[] = known.filter(({ id, outcome }) => ids.includes(id) && outcome !== 'retry');
    const answered = new Set(answers.map(({ id }) => id));
    for (const { id, add } of forgotten) {
      if (add === undefined || answered.has(id)) continue;
      answers.push({ id, outcome: 'rejected', code: 'uncertain' });
      answered.add(id);
    }
    if (answers.length > 0) await outbox.settle(answers, now);
    onAnswers(answers);
    return batch.filter(({ id }) => !answered.has(id));
  }

  /** Reads, sends, removes what was answered. Returns whether there may be more to send now. */
  async function sendBatch(signal: AbortSignal): Promise<boolean> {
    const takenAt = clock.now();
    const taken = await outbox.take(size, takenAt);
    signal.throwIfAborted();
    if (taken.length === 0) return false;
    const batch = await settleForgotten(taken, signal);
    // Frozen in between, perhaps for weeks: another page may have sent them, and the service has forgotten that.
    if (batch.length === 0 || Math.abs(clock.now() - takenAt) > STALE) return true;
    const reports = batch.map(
      ({ sequence: _sequence, expects: _expects, sentAt: _sentAt, attempts: _attempts, ...report }): Report => report,
    );
    let answers: readonly ReportAnswer[];
    try {
      answers = await request(signal, (call) => backend.push?.(reports, call) ?? Promise.resolve([]));
    } catch (error) {
      const refused = problemFrom(error);
      if (!POISONED.includes(refused.status)) throw error;
      if (batch.length > 1) {
        size = Math.max(1, Math.floor(batch.length / 2));
        return true;
      }
      answers = reports.map(({ id }) => ({ id, outcome: 'rejected', code: refused.message }));
    }
    const ids = new Set(reports.map(({ id }) => id));
    const given = answers.filter(({ id, outcome }) => ids.has(id) && outcome !== 'retry');
    await outbox.settle(given, clock.now());
    onAnswers(answers);
    // Not by what was removed: another page may have done that while this one was frozen.
    if (given.length === 0) {
      const message = 'The service asks to send the reports again later. They are kept.';
      throw new ProblemError({ code: 'server', message });
    }
    size = Math.min(limit, size * 2);
    return outbox.contents.queued.length > 0;
  }

  async function sendAll(signal: AbortSignal): Promise<void> {
    const until = clock.now() + TURN;
    while (await sendBatch(signal)) {
      if (clock.now() < until && clock.now() >= until - TURN) continue;
      isWanted = true;
      return;
    }
  }

  async function deliver(signal: AbortSignal): Promise<void> {
    try {
      await outbox.read().catch(() => undefined);
      if (outbox.contents.queued.length === 0) {
        // Another page has sent what this one could not.
        failures = 0;
        say(undefined);
        return;
      }
      const work = () => sendAll(signal);
      await (lockName === undefined ? work() : alone(environment.locks, clock, lockName, PATIENCE, signal, work));
      failures = silentUntil = 0;
      traffic.succeeded();
      say(undefined);
    } catch (error) {
      if (signal.aborted) return;
      const failure = problemFrom(error);
      say(failure);
      // A new token or a person can help with these, and time cannot.
      if (['unauthorized', 'forbidden'].includes(failure.code)) return;
      failures += isRetryable(failure.code) ? 1 : 5;
      const longest = page.isVisible() ? LONGEST_WATCHED_BACKOFF : LONGEST_BACKOFF;
      const delay = retryDelay(failures, random(), failure.retryAfter, longest);
      if (failure.retryAfter) silentUntil = clock.now() + delay;
      traffic.failed(delay);
      plan(delay, true);
    }
  }

  function send(): Promise<void> {
    if (sending) {
      isWanted = true;
      return sending.done;
    }
    if (!backend.push) return Promise.resolve();
    cancelTimer();
    isWanted = false;
    const controller = new AbortController();
    const done = deliver(controller.signal).finally(() => {
      if (sending?.controller !== controller) return;
      sending = undefined;
      // Made while the last ones were being sent.
      if (isWanted && timer === undefined && !problem) void send();
    });
    sending = { controller, done };
    return done;
  }

  return {
    send,
    nudge() {
      if (outbox.contents.queued.length === 0 || sending || problem?.code === 'forbidden') return;
      plan(Math.max(random() * RETURN_SPREAD, silentUntil - clock.now()), false);
    },
    stop() {
      cancelTimer();
      isWanted = false;
      sending?.controller.abort(new DOMException('The page was put away', 'AbortError'));
      sending = undefined;
    },
    get problem() {
      return problem;
    },
  };
}
