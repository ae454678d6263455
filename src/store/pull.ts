import {
  type Backend,
  type Call,
  type Clock,
  type Fresh,
  type Validator,
  ProblemError,
  readFresh,
} from '../model/index.js';
import { wait } from './wait.js';

/** How long before a service that suddenly has no achievements is asked again, in milliseconds. */
const EMPTY_CHECK_DELAY = 2000;

export interface PullOptions {
  readonly backend: Backend;
  readonly callFor: (signal: AbortSignal) => Call;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** By which the service can tell whether anything changed. */
  readonly known: Validator | undefined;
  /** Something is shown: an empty answer would take it away. */
  readonly isShown: () => boolean;
}

export interface PullAnswer {
  readonly answer: Fresh | 'unchanged';
  /** When the request that was answered began, in epoch milliseconds. */
  readonly startedAt: number;
}

/** Makes work end with the signal, also where what it waits for does not listen to one. */
export function unlessAborted(signal: AbortSignal): <T>(work: T | Promise<T>) => Promise<T> {
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  aborted.catch(() => undefined);
  return (work) => Promise.race([aborted, work]);
}

/**
 * Asks a service for a player's achievements, and once more where the answer cannot be meant.
 * @throws {ProblemError} what the backend throws; `bad-shape` where nothing changed although nothing is known
 * @throws the reason of the signal once that is aborted
 */
export async function pullAnswer(options: PullOptions): Promise<PullAnswer> {
  const { backend, callFor, clock, signal, known, isShown } = options;
  const inTime = unlessAborted(signal);
  let startedAt = 0;
  const pull = async (validator?: Validator): Promise<Fresh | 'unchanged'> => {
    signal.throwIfAborted();
    startedAt = clock.now();
    const answer: unknown = await inTime(backend.pull(validator, callFor(signal)));
    if (answer === 'unchanged') return answer;
    const fresh = readFresh(answer, backend.id, clock.now());
    if ('code' in fresh) throw new ProblemError(fresh);
    return fresh;
  };
  const pullAnew = async (): Promise<Fresh> => {
    const answer = await pull();
    if (answer !== 'unchanged') return answer;
    const message = 'The service says that nothing changed, but nothing is known yet. Try again later.';
    throw new ProblemError({ code: 'bad-shape', message });
  };
  /** Takes away everything that is shown, and not only because nothing of the answer could be read. */
  const wouldEmpty = (answer: Fresh | 'unchanged') => {
    if (answer === 'unchanged' || answer.achievements.length > 0 || !isShown()) return false;
    if (answer.problem) throw new ProblemError(answer.problem);
    return true;
  };

  let answer = await pull(known);
  if (answer === 'unchanged' && !known) answer = await pullAnew();
  if (wouldEmpty(answer)) {
    // Services have been seen to answer a moment's trouble with an empty list.
    await inTime(wait(clock, EMPTY_CHECK_DELAY, signal));
    answer = await pullAnew();
    wouldEmpty(answer);
  }
  return { answer, startedAt };
}
