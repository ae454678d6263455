import { pause } from '../model/clock.js';
import type { Clock } from '../model/index.js';
import { whereNobodySays } from './channel-lock.js';
import type { Environment } from './environment.js';
import { writeJson } from '../model/json.js';

/**
 * How many connections are held to one origin, over all pages. A browser opens six to a server that speaks HTTP/1.1, for
 * everything that all its pages ask: whoever holds them all locks up the site around.
 */
const MOST_HELD = 2;

/** The same for each page, where pages cannot even talk. */
const MOST_HELD_ALONE = 1;

/** How often whoever waits looks whether there is room, in milliseconds. */
const LOOK_AGAIN = 5000;

/** How many this page holds by itself, by origin. */
const heldAlone = new Map<string, number>();

/** What is needed to wait for a turn. */
export interface Turn extends Pick<Environment, 'locks' | 'openChannel' | 'createId'> {
  readonly clock: Clock;
  /** Aborted when it is no longer wanted. */
  readonly signal: AbortSignal;
}

type Outcome<T> = { readonly value: T } | 'taken' | 'nobody-to-ask';

/** Does the work under the lock of this name where nobody has it, or says that they have it. */
async function underLock<T>(turn: Turn, name: string, work: () => Promise<T>): Promise<Outcome<T>> {
  const { locks, openChannel } = turn;
  let begun: Promise<T> | undefined;
  const begin = () => (begun = work());
  if (locks?.requestIfFree) {
    try {
      await locks.requestIfFree(name, begin);
      return begun ? { value: await begun } : 'taken';
    } catch (error) {
      if (begun) throw error;
      // A page that may have no locks, as in a sandboxed frame.
    }
  }
  if (!openChannel) return 'nobody-to-ask';
  const isDone = await whereNobodySays({ ...turn, openChannel }, name, async () => void (await begin()));
  if (begun) return { value: await begun };
  return isDone === undefined ? 'nobody-to-ask' : 'taken';
}

/** Looks until the work was done, or is no longer wanted. It asks for no lock that another page has: see below. */
async function whenFree<T>(
  { clock, signal }: Turn,
  attempt: () => Promise<Outcome<T>>,
  onWait?: () => void,
): Promise<Outcome<T> | undefined> {
  while (!signal.aborted) {
    const outcome = await attempt();
    if (outcome !== 'taken') return outcome;
    onWait?.();
    // A request that waits for a lock can cost the page which has it its way back (back/forward cache).
    await pause(clock, LOOK_AGAIN, signal).catch(() => undefined);
  }
  return undefined;
}

/**
 * Does the work as the only page that does; where nobody can be asked, at once. Resolves when it was done, or is no longer wanted.
 * @param work must end with the signal
 */
export async function asTheOnlyPage(turn: Turn, name: string, work: () => Promise<void>): Promise<void> {
  const outcome = await whenFree(turn, () => underLock(turn, name, work));
  if (outcome === 'nobody-to-ask' && !turn.signal.aborted) await work();
}

/**
 * Holds a connection to the origin of `url` once there is room for it, for as long as `use` takes.
 * @param use must end with the signal
 * @param onWait called whenever there was no room
 * @returns what `use` gave; nothing where it is no longer wanted
 */
export async function whereThereIsRoom<T>(
  turn: Turn,
  url: string,
  use: () => Promise<T>,
  onWait: () => void,
): Promise<T | undefined> {
  const { origin } = new URL(url);
  const attempt = async (): Promise<Outcome<T>> => {
    for (let slot = 1; slot <= MOST_HELD; slot++) {
      const name = `achievement-elements ${writeJson(['connection', origin, slot])}`;
      const outcome = await underLock(turn, name, use);
      if (outcome === 'nobody-to-ask') return alone();
      if (outcome !== 'taken' || turn.signal.aborted) return outcome;
    }
    return 'taken';
  };
  const alone = async (): Promise<Outcome<T>> => {
    const held = heldAlone.get(origin) ?? 0;
    if (held >= MOST_HELD_ALONE) return 'taken';
    heldAlone.set(origin, held + 1);
    try {
      return { value: await use() };
    } finally {
      const left = (heldAlone.get(origin) ?? 1) - 1;
      if (left > 0) heldAlone.set(origin, left);
      else heldAlone.delete(origin);
    }
  };
  const outcome = await whenFree(turn, attempt, onWait);
  return typeof outcome === 'object' ? outcome.value : undefined;
}
