import type { Clock } from '../model/index.js';

/** Resolves after `milliseconds`, or with `sooner`; never once the signal is aborted. Leaves no timer behind. */
export function wait(clock: Clock, milliseconds: number, signal: AbortSignal, sooner?: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return;
    const timer = clock.setTimeout(resolve, milliseconds);
    const stop = () => clock.clearTimeout(timer);
    signal.addEventListener('abort', stop, { once: true });
    void sooner?.then(stop).then(resolve);
  });
}
