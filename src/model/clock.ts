/**
 * Time as a port: everything that reads the time or waits takes one, so that a test can play any day and any delay.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls `callback` once after `milliseconds` (0 to 2^31 - 1); returns what `clearTimeout` takes. */
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(handle: number): void;
}

/**
 * How long a timer for a moment waits before it looks at the clock again, in milliseconds. A timer counts the time that the
 * device was awake: after eight hours of sleep, or where the clock was set, the moment is nearer than what is left of it.
 */
export const LONGEST_TRUST = 300_000;

/** The longest delay a browser timer takes; a longer one fires at once. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) =>
    // Node's types give an object, browsers a number: both are opaque to the callers.
    setTimeout(callback, Math.min(milliseconds, LONGEST_TIMEOUT)) as unknown as number,
  clearTimeout: (handle) => clearTimeout(handle),
};

/**
 * Resolves after `milliseconds`; leaves neither timer nor listener behind.
 * @throws the reason of `signal` once that is aborted
 */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clock.clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = clock.setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(milliseconds, LONGEST_TIMEOUT),
    );
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
