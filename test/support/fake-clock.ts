import type { Clock } from '../../src/model/index.js';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Goes on by `milliseconds`, firing what falls due in order, and lets promises settle in between. */
  advance(milliseconds: number): Promise<void>;
}

/** Lets everything run that waits for promises only. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

/** @param start epoch milliseconds; the default is 2026-01-01T00:00:00Z */
export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let lastHandle = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  return {
    now: () => now,
    setTimeout(callback, milliseconds) {
      lastHandle += 1;
      timers.set(lastHandle, { at: now + Math.max(0, milliseconds), callback });
      return lastHandle;
    },
    clearTimeout(handle) {
      timers.delete(handle);
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        let next: number | undefined;
        for (const [handle, { at }] of timers) {
          if (at <= end && (next === undefined || at < timers.get(next)!.at)) next = handle;
        }
        if (next === undefined) break;
        const { at, callback } = timers.get(next)!;
        timers.delete(next);
        now = Math.max(now, at);
        callback();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
