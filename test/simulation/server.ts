import {
  type Achievement,
  type Backend,
  type Call,
  type Fresh,
  type Problem,
  type ProblemCode,
  ProblemError,
  type Report,
  type ReportAnswer,
  aggregateProgress,
} from '../../src/model/index.js';
import { achievement } from '../support/achievement.js';
import type { SeededRandom } from './random.js';
import type { Process, Scheduler } from './scheduler.js';

/**
 * What becomes of one request. `unreachable`: an error at once. `request lost`, `answer lost`: silence, before or after
 * the service did its work. `answer broken`: an error after it did. `crash`: it does a part, then fails. `retry`: some
 * achievements cannot be reported now. `partial`: some answers are missing, the others are in any order. `slow`: it does
 * its work later, `late`: after the client has given up.
 */
export type NetworkFault =
  | 'none'
  | 'unreachable'
  | 'request lost'
  | 'answer lost'
  | 'answer broken'
  | 'server error'
  | 'unavailable'
  | 'rate limited'
  | 'unauthorized'
  | 'crash'
  | 'retry'
  | 'partial'
  | 'slow'
  | 'late';

export type Verb = 'pull' | 'push' | 'recall';

/** A request that left a tab. */
export interface SentRequest {
  readonly verb: Verb;
  readonly process: Process;
  /** On the scheduler's time. */
  readonly time: number;
  readonly ids: readonly string[];
}

/** Something that the service did, once for every time it did it. */
export interface Effect {
  readonly id: string;
  readonly achievement: string;
  /** `set 5`, `add 3`, `unlock`. */
  readonly what: string;
  readonly outcome: 'applied' | 'rejected';
  /** It was done before, so long ago that the service has forgotten it. */
  readonly isForgotten: boolean;
}

export interface ServerOptions {
  /** Ids of the achievements there are. */
  readonly achievements?: readonly string[];
  readonly faultOf?: (verb: Verb) => NetworkFault;
  /** `false`: a service that does not know a report again. */
  readonly isIdempotent?: boolean;
  /** Whether other requests get in between two reports of one. */
  readonly doesOneByOne?: boolean;
  readonly pushLimit?: number;
  /** What the backend promises, in milliseconds; absent: for ever. */
  readonly remembersFor?: number;
  readonly needsToken?: boolean;
  /** `false`: it answers 404 where it is asked what became of reports. */
  readonly hasRecall?: boolean;
}

/** A report for this makes the service answer 400 to the whole request. */
export const POISON = 'poison';

/** Where reports go, as an address of this version. */
export function reportScopeAt(version: number): string {
  return `https://service.example/achievements/reports?player=p1&v=${version}`;
}

type Serve<Result> = (fault: NetworkFault, answer: (result: Result | ProblemError) => void) => void;

/** As the shipped backends have it, in milliseconds. */
const TIMEOUT = 15_000;
const DAY = 86_400_000;

function failure(code: ProblemCode, members: Partial<Problem> = {}): ProblemError {
  return new ProblemError({ code, message: `Played: ${code}`, ...members });
}

export function whatOf({ set, add }: Pick<Report, 'set' | 'add'>): string {
  if (set !== undefined) return `set ${set}`;
  return add === undefined ? 'unlock' : `add ${add}`;
}

/** A service that keeps achievements of one player, and does what the contract of `Backend` asks of one. */
export class ModelServer {
  /** Everything it did to achievements, in order. */
  readonly effects: Effect[] = [];
  readonly requests: SentRequest[] = [];
  isReachable = true;
  /** An outage that answers 400 to everything. */
  isRefusing = false;
  /** Every report that was in a request which was answered 400. */
  readonly refusedIds = new Set<string>();
  /** What a deployment puts into the address. */
  version = 1;
  token = 'token-1';
  readonly achievements = new Map<string, { current: number; isUnlocked: boolean }>();

  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #options: ServerOptions;
  /** Its own clock is right: the time of the scheduler. */
  readonly #known = new Map<string, { readonly answer: ReportAnswer; readonly at: number }>();
  readonly #forgotten = new Set<string>();
  #revision = 1;

  constructor(scheduler: Scheduler, random: SeededRandom, options: ServerOptions = {}) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#options = options;
    for (const id of options.achievements ?? ['a', 'b', 'c'])
      this.achievements.set(id, { current: 0, isUnlocked: false });
  }

  count(verb: Verb): number {
    return this.requests.filter((request) => request.verb === verb).length;
  }

  /** The backend as a tab has it. */
  backendOf(process: Process): Backend {
    const { pushLimit, remembersFor } = this.#options;
    return {
      id: 'test',
      scope: 'https://service.example/achievements',
      reportScope: reportScopeAt(this.version),
      ...(pushLimit !== undefined && { pushLimit }),
      ...(remembersFor !== undefined && { remembersFor }),
      pull: (known, call) =>
        this.#ask<Fresh | 'unchanged'>(process, 'pull', [], call, (_, answer) =>
          answer(known?.digest === String(this.#revision) ? 'unchanged' : this.#everything()),
        ),
      push: (reports, call) => {
        const ids = reports.map(({ id }) => id);
        // What is on its way does not change any more.
        const copied = structuredClone(reports);
        return this.#ask<readonly ReportAnswer[]>(
          process,
          'push',
          ids,
          call,
          (fault, answer) => this.#work(copied, fault, answer),
          copied.some((report) => report.achievement === POISON),
        );
      },
      recall: (ids, call) =>
        this.#ask<readonly ReportAnswer[]>(process, 'recall', ids, call, (_, answer) =>
          answer(
            ids
              .map((id) => this.#remembered(id))
              .filter((known) => known !== undefined)
              .map((known) => (known.outcome === 'duplicate' ? { ...known, outcome: 'accepted' } : known)),
          ),
        ),
    };
  }

  /** One call, as the shipped backends do it: the time limit is for the token, the request and its repeat together. */
  #ask<Result>(
    process: Process,
    verb: Verb,
    ids: readonly string[],
    call: Call,
    serve: Serve<Result>,
    isPoisoned = false,
  ): Promise<Result> {
    const { signal, clock } = call;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const request = { isOver: false };
      const finish = (settle: () => void) => {
        if (request.isOver) return;
        request.isOver = true;
        clock.clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        settle();
      };
      const fail = (error: unknown) => finish(() => reject(error));
      const stop = () => fail(signal.reason);
      const timer = clock.setTimeout(() => fail(failure('timeout')), TIMEOUT);
      signal.addEventListener('abort', stop);

      const exchange = async (): Promise<Result> => {
        const token = await tokenOf(call);
        // Nothing answers here, but the store may not let it be sent any more.
        await call.fetch(call.player ?? '').catch((error: unknown) => {
          if (error instanceof ProblemError) throw error;
        });
        return new Promise((answer, refuse) => {
          this.#send(
            process,
            verb,
            ids,
            token,
            request,
            serve,
            (result) => (result instanceof ProblemError ? refuse(result) : answer(result)),
            isPoisoned,
          );
        });
      };
      exchange()
        .catch((error: unknown) => {
          // The host may have a newer token.
          const isRefused = error instanceof ProblemError && error.problem.code === 'unauthorized';
          if (!isRefused || !call.token) throw error;
          return exchange();
        })
        .then((result) => finish(() => resolve(result)), fail);
    });
  }

  /** The way of one request to the service and back. */
  #send<Result>(
    process: Process,
    verb: Verb,
    ids: readonly string[],
    token: string | undefined,
    request: { readonly isOver: boolean },
    serve: Serve<Result>,
    deliver: (result: Result | ProblemError) => void,
    isPoisoned: boolean,
  ): void {
    const scheduler = this.#scheduler;
    const answer = (result: Result | ProblemError) =>
      scheduler.soon(process, `answer to ${verb}`, () => deliver(result));

    const arrive = (fault: NetworkFault): void => {
      if (this.#options.needsToken && token !== this.token) return answer(failure('unauthorized', { status: 401 }));
      if (fault !== 'request lost' && (this.isRefusing || isPoisoned)) {
        for (const id of ids) this.refusedIds.add(id);
        return answer(failure('unknown', { status: 400 }));
      }
      if (verb === 'recall' && this.#options.hasRecall === false) return answer(failure('not-found', { status: 404 }));
      switch (fault) {
        case 'request lost':
          return undefined;
        case 'server error':
          return answer(failure('server', { status: 500 }));
        case 'unavailable':
          return answer(failure('server', { status: 503, retryAfter: this.#random.below(120) * 1000 }));
        case 'rate limited':
          return answer(failure('rate-limited', { status: 429, retryAfter: this.#random.below(30) * 1000 }));
        case 'unauthorized':
          return answer(failure('unauthorized', { status: 401 }));
        case 'answer lost':
          return serve(fault, () => undefined);
        case 'answer broken':
          return serve(fault, () => answer(failure('offline')));
        default:
          return serve(fault, answer);
      }
    };

    // The browser's network sends it, whether the tab is frozen by then or not.
    scheduler.soon(undefined, `send ${verb}`, () => {
      // Aborted, or the end of the tab, before it left.
      if (request.isOver || process.life === 'dead') return;
      this.requests.push({ verb, process, time: scheduler.time, ids });
      const fault = this.isReachable ? (this.#options.faultOf?.(verb) ?? 'none') : 'unreachable';
      if (fault === 'unreachable') answer(failure('offline'));
      else if (fault === 'slow' || fault === 'late') {
        const delay = fault === 'slow' ? this.#random.below(TIMEOUT) : TIMEOUT + this.#random.below(60_000);
        scheduler.after(undefined, `${verb} arrives late`, delay, () => arrive(fault));
      } else scheduler.soon(undefined, `${verb} arrives`, () => arrive(fault));
    });
  }

  /** Does the reports of one request in their order. */
  #work(
    reports: readonly Report[],
    fault: NetworkFault,
    answer: (result: readonly ReportAnswer[] | ProblemError) => void,
  ): void {
    const random = this.#random;
    const end = fault === 'crash' ? random.below(reports.length + 1) : reports.length;
    const postponed = new Set<string>();
    const answers: ReportAnswer[] = [];
    const doNext = (place: number) => {
      const report = reports[place];
      if (place === end || !report) {
        if (fault === 'crash') answer(failure('server', { status: 500 }));
        else if (fault === 'partial') answer(shuffled(answers, random).slice(random.below(answers.length + 1)));
        else answer(answers);
        return;
      }
      if (fault === 'retry' && random.chance(0.4)) postponed.add(report.achievement);
      answers.push(
        postponed.has(report.achievement)
          ? { id: report.id, outcome: 'retry', code: 'busy' }
          : this.#apply(report, random.chance(0.3)),
      );
      const goOn = () => doNext(place + 1);
      if (this.#options.doesOneByOne) this.#scheduler.soon(undefined, `report ${place + 2}`, goOn);
      else goOn();
    };
    doNext(0);
  }

  /** Effect and id are kept together. */
  #apply(report: Report, tellsAll: boolean): ReportAnswer {
    const { id, set, add } = report;
    const known = this.#options.isIdempotent === false ? undefined : this.#remembered(id);
    if (known) return known;
    const present = this.achievements.get(report.achievement);
    this.effects.push({
      id,
      achievement: report.achievement,
      what: whatOf(report),
      outcome: present ? 'applied' : 'rejected',
      isForgotten: this.#forgotten.has(id),
    });
    if (!present) {
      const rejected: ReportAnswer = { id, outcome: 'rejected', code: 'unknown-achievement' };
      this.#known.set(id, { answer: rejected, at: this.#scheduler.time });
      return rejected;
    }
    this.#revision += 1;
    if (set !== undefined) present.current = Math.max(present.current, set);
    else if (add !== undefined) present.current += add;
    else present.isUnlocked = true;
    this.#known.set(id, { answer: { id, outcome: 'duplicate' }, at: this.#scheduler.time });
    const whole = tellsAll ? { achievement: this.#achievement(report.achievement) } : {};
    return { id, outcome: 'accepted', ...whole };
  }

  /** It remembers for longer than it promises: two clocks are never the same. */
  #remembered(id: string): ReportAnswer | undefined {
    const known = this.#known.get(id);
    const { remembersFor = Infinity } = this.#options;
    if (!known || this.#scheduler.time - known.at <= remembersFor + DAY) return known?.answer;
    this.#known.delete(id);
    this.#forgotten.add(id);
    return undefined;
  }

  #everything(): Fresh {
    const achievements = [...this.achievements.keys()].map((id) => this.#achievement(id));
    return { achievements, validator: { digest: String(this.#revision) } };
  }

  #achievement(id: string): Achievement {
    const { current, isUnlocked } = this.achievements.get(id)!;
    const state = isUnlocked ? 'unlocked' : current > 0 ? 'in-progress' : 'locked';
    const requirements = [{ id: 'only', current, target: 1_000_000, unit: 'count' } as const];
    const progress = aggregateProgress(requirements, state);
    return achievement(id, { state, requirements, ...(progress && { progress }) });
  }
}

async function tokenOf({ token }: Call): Promise<string | undefined> {
  try {
    return await token?.();
  } catch {
    throw failure('unauthorized');
  }
}

function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const result = [...items];
  for (let end = result.length - 1; end > 0; end--) {
    const other = random.below(end + 1);
    [result[end], result[other]] = [result[other]!, result[end]!];
  }
  return result;
}
