import type { Backend, Call, Problem, Report, ReportAnswer } from '../model/index.js';
import { ProblemError, problemFrom } from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import { LONGEST_TIMEOUT } from '../model/clock.js';
import { LONGEST_BACKOFF, LONGEST_WATCHED_BACKOFF, isRetryable, retryDelay } from './backoff.js';
import type { Environment } from './environment.js';
import { CLOCK_CORRECTION, type Outbox, type QueuedReport } from './outbox.js';
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

/** The longest silence that a service can ask for, with what is added at random, in milliseconds. */
const LONGEST_SILENCE = 90 * 60_000;

/** Of a whole request: one of its reports is what the service cannot read, or the service reads nothing at all. */
const REFUSED: readonly unknown[] = [400, 413, 422];

/** So many reports are tried alone in a turn in which nothing is accepted: then it is the service, and not they. */
const PROBES = 3;

/**
 * How long a report that has no neighbour is tried, in milliseconds: a deployment that answers 400 is mended within a
 * day. Between two tries six hours count at most, so that it takes five tries at least.
 */
const LONGEST_DOUBT = 24 * 3_600_000;

/** What the service does not have: it cannot know what became of a report. */
const UNKNOWN: readonly unknown[] = [404, 405, 501];

/** What is known within one turn, which is as long as the lock is held. */
interface Turn {
  /** The service has accepted something, so it reads what is sent to it. */
  isProven: boolean;
  /** Refused before that: refused alone once more, they are what the service cannot read. */
  readonly suspects: Set<string>;
  /** Of each request that was refused what has not been accepted since. */
  readonly refused: Set<string>[];
  /** Refused alone since something was accepted: they need not be tried again before anything else is known. */
  readonly tried: Set<string>;
  /** Nobody could say what became of them: they wait, and what came after them of the same achievement. */
  readonly unsure: Set<string>;
  /** Why something stays although there is nothing more to send. */
  problem: unknown;
}

type Verb = 'set' | 'add' | 'unlock';

function verbOf({ set, add }: QueuedReport): Verb {
  if (set !== undefined) return 'set';
  return add === undefined ? 'unlock' : 'add';
}

/**
 * What may be sent next. A report that was refused alone lets those of other achievements go first, and those of its own
 * that say the same kind of thing, since two additions, or two of `set`, do the same in any order.
 */
function choose(queued: readonly QueuedReport[], size: number, turn: Turn): readonly QueuedReport[] {
  const stopped = new Map<string, Verb | 'all'>();
  const fresh: QueuedReport[] = [];
  const refused: QueuedReport[] = [];
  for (const row of queued) {
    const { achievement } = row;
    const verb = verbOf(row);
    const before = stopped.get(achievement);
    if (turn.unsure.has(row.id) || (before !== undefined && before !== verb)) stopped.set(achievement, 'all');
    else if (row.refusedFor === undefined) fresh.push(row);
    else {
      stopped.set(achievement, verb);
      refused.push(row);
    }
  }
  if (fresh.length > 0) {
    // Whatever is wrong with a report may be wrong with its like.
    const isLike = ({ achievement }: QueuedReport) => stopped.has(achievement);
    const first = turn.isProven || !fresh.some((row) => !isLike(row)) ? fresh : fresh.filter((row) => !isLike(row));
    return first.slice(0, size);
  }
  const left = refused.filter(({ id }) => !turn.tried.has(id));
  if (turn.isProven) return left.slice(0, size);
  return left.sort((one, other) => (one.refusedAt ?? 0) - (other.refusedAt ?? 0)).slice(0, 1);
}

/** What of a report is the service's business. */
function sentOf({ id, achievement, key, set, add, unlock, at }: QueuedReport): Report {
  return dropAbsent({ id, achievement, key, set, add, unlock, at });
}

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
  /** One report was refused, and there is no other that would tell whether it is that one or the service. */
  readonly needsNeighbour: boolean;
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
  let needsNeighbour = false;
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
   * is sent again where that does no harm; of an `add` nobody knows any more, so that the host has to decide. Where the
   * service does not answer the question, an `add` waits, and nothing else but what came after it.
   * @returns what may be sent
   */
  async function settleForgotten(
    batch: readonly QueuedReport[],
    signal: AbortSignal,
    turn: Turn,
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
    let known: readonly ReportAnswer[] = [];
    let isAnswered = true;
    try {
      if (backend.recall) known = await request(signal, (call) => backend.recall?.(ids, call) ?? Promise.resolve([]));
    } catch (error) {
      signal.throwIfAborted();
      if (!UNKNOWN.includes(problemFrom(error).status)) {
        isAnswered = false;
        turn.problem = error;
      }
    }
    const answers: ReportAnswer[] = known.filter(({ id, outcome }) => ids.includes(id) && outcome !== 'retry');
    const answered = new Set(answers.map(({ id }) => id));
    for (const { id, add } of forgotten) {
      if (add === undefined || answered.has(id)) continue;
      if (isAnswered) {
        answers.push({ id, outcome: 'rejected', code: 'uncertain' });
        answered.add(id);
      } else turn.unsure.add(id);
    }
    if (answers.length > 0) await outbox.settle(answers, now);
    onAnswers(answers);
    const held = new Set(batch.filter(({ id }) => turn.unsure.has(id)).map(({ achievement }) => achievement));
    const isHeld = ({ id, achievement }: QueuedReport, place: number) =>
      held.has(achievement) &&
      (turn.unsure.has(id) ||
        batch.some((each, at) => at < place && each.achievement === achievement && turn.unsure.has(each.id)));
    return batch.filter((row, place) => !answered.has(row.id) && !isHeld(row, place));
  }

  /** After a request that was refused as a whole. Returns what of it the service will never read. */
  async function narrowDown(batch: readonly QueuedReport[], error: unknown, turn: Turn): Promise<ReportAnswer[]> {
    const [{ id } = { id: '' }, ...others] = batch;
    turn.problem = error;
    turn.refused.push(new Set(batch.map((row) => row.id)));
    if (others.length > 0) {
      size = Math.max(1, Math.floor(batch.length / 2));
      return [];
    }
    // A report was refused alone.
    const isSuspect = batch[0]?.refusedFor !== undefined || turn.suspects.has(id);
    const code = problemFrom(error).message;
    if (turn.isProven && isSuspect) return [{ id, outcome: 'rejected', code }];
    turn.tried.add(id);
    const refusedFor = await outbox.noteRefused(id, clock.now());
    // Whatever else waits, waits behind it.
    const isAlone = choose(outbox.contents.queued, 1, turn).length === 0 && turn.tried.size === 1;
    return isAlone && refusedFor >= LONGEST_DOUBT ? [{ id, outcome: 'rejected', code }] : [];
  }

  /** Reads, sends, removes what was answered. Returns whether there may be more to send now. */
  async function sendBatch(signal: AbortSignal, turn: Turn): Promise<boolean> {
    const takenAt = clock.now();
    const taken = await outbox.take((queued) => choose(queued, size, turn), takenAt);
    signal.throwIfAborted();
    if (taken.length === 0) return false;
    const batch = await settleForgotten(taken, signal, turn);
    // Frozen in between, perhaps for weeks: another page may have sent them, and the service has forgotten that.
    if (batch.length === 0 || Math.abs(clock.now() - takenAt) > STALE) return true;
    let answers: readonly ReportAnswer[];
    try {
      answers = await request(signal, (call) => backend.push?.(batch.map(sentOf), call) ?? Promise.resolve([]));
    } catch (error) {
      if (!REFUSED.includes(problemFrom(error).status)) throw error;
      signal.throwIfAborted();
      const rejected = await narrowDown(batch, error, turn);
      if (rejected.length > 0) {
        await outbox.settle(rejected, clock.now());
        onAnswers(rejected);
      } else if (!turn.isProven && turn.tried.size >= PROBES) throw error;
      return true;
    }
    const ids = new Set(batch.map(({ id }) => id));
    const isAccepted = ({ outcome }: ReportAnswer) => outcome === 'accepted' || outcome === 'duplicate';
    const all = answers.filter(({ id, outcome }) => ids.has(id) && outcome !== 'retry');
    // Services to which each report is a request of its own say it of each.
    const doubtful = turn.isProven || all.some(isAccepted) ? [] : all.filter(({ status }) => REFUSED.includes(status));
    const given = all.filter((answer) => !doubtful.includes(answer));
    for (const { id, code = 'rejected', status } of doubtful) {
      const error = new ProblemError(dropAbsent({ code: 'unknown' as const, message: code, status }));
      given.push(
        ...(await narrowDown(
          batch.filter((row) => row.id === id),
          error,
          turn,
        )),
      );
    }
    await outbox.settle(given, clock.now());
    onAnswers(answers.filter((answer) => !doubtful.includes(answer)));
    if (doubtful.length > 0) {
      if (turn.tried.size >= PROBES) throw turn.problem as Error;
      return true;
    }
    // Not by what was removed: another page may have done that while this one was frozen.
    if (given.length === 0) {
      const message = 'The service asks to send the reports again later. They are kept.';
      throw new ProblemError({ code: 'server', message });
    }
    const accepted = given.filter(isAccepted);
    if (accepted.length > 0) {
      turn.isProven = true;
      turn.tried.clear();
      for (const some of turn.refused) {
        for (const { id } of accepted) some.delete(id);
        // With the others it was not they, or the service could not read anything then.
        if (some.size === 1) for (const id of some) turn.suspects.add(id);
      }
    }
    size = Math.min(limit, size * 2);
    return outbox.contents.queued.length > 0;
  }

  async function sendAll(signal: AbortSignal): Promise<void> {
    const until = clock.now() + TURN;
    const turn: Turn = {
      isProven: false,
      suspects: new Set(),
      refused: [],
      tried: new Set(),
      unsure: new Set(),
      problem: undefined,
    };
    needsNeighbour = false;
    while (await sendBatch(signal, turn)) {
      if (turn.isProven) failures = 0;
      if (clock.now() < until && clock.now() >= until - TURN) continue;
      // Otherwise a service that takes its time to refuse would be asked again without a pause.
      if (!turn.isProven && turn.problem !== undefined) throw turn.problem as Error;
      isWanted = true;
      return;
    }
    const { queued } = outbox.contents;
    if (turn.problem === undefined || !queued.some(({ id }) => turn.tried.has(id) || turn.unsure.has(id))) return;
    needsNeighbour = turn.tried.size === 1;
    throw turn.problem as Error;
  }

  async function deliver(signal: AbortSignal): Promise<void> {
    try {
      await outbox.read().catch(() => undefined);
      // What waited under an earlier form of the address comes before what was made since.
      await outbox.takeOver();
      signal.throwIfAborted();
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
      failures += isRetryable(failure.code) || REFUSED.includes(failure.status) ? 1 : 5;
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
      // A silence that lasts for longer is a clock that was set back.
      const silence = Math.min(silentUntil - clock.now(), LONGEST_SILENCE);
      plan(Math.max(random() * RETURN_SPREAD, silence), false);
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
    get needsNeighbour() {
      return needsNeighbour;
    },
  };
}
