import type { Clock } from '../model/index.js';
import type { Locks } from './environment.js';

/**
 * Does `work` while no other page of this player does the same. It never waits longer than `patience`: a page that was
 * frozen with the lock in its hands keeps it until it thaws. What is done under the lock is therefore right without it
 * too, and only costs more requests.
 * @param patience in milliseconds
 * @param signal aborted when the work is no longer wanted
 */
export async function alone<T>(
  locks: Locks | undefined,
  clock: Clock,
  name: string,
  patience: number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  if (!locks) return work();
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  const timer = clock.setTimeout(stop, patience);
  signal.addEventListener('abort', stop);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  aborted.catch(() => undefined);
  let begun = false;
  try {
    return await locks.request(name, waiting.signal, () => {
      begun = true;
      clock.clearTimeout(timer);
      // Given back as soon as the work is not wanted any more: a page that is put away must not hold it.
      return Promise.race([work(), aborted]);
    });
  } catch (error) {
    if (begun) throw error;
    signal.throwIfAborted();
    // Nobody gave it in time, or this page may have no locks at all, as in a sandboxed frame.
    return await work();
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
