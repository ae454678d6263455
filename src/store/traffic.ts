import { parseUrl } from '../model/url.js';
import { QUIET, type Traffic, afterFailure, afterSuccess, claimTry } from './backoff.js';
import { SCHEMA, VERSION, isNewer, isNumber, isReadable, isTime } from './cache.js';
import type { Environment, KeyValueStorage } from './environment.js';

/** How the tries at one origin go, shared by all pages. Nothing here rejects: without storage this page counts alone. */
export interface TrafficControl {
  /** How long to wait before a try that nobody asked for, in milliseconds; 0 for now. */
  claim(): Promise<number>;
  /** @param delay until the next try, in milliseconds */
  failed(delay: number): void;
  succeeded(): void;
}

/** An hour that a service may ask for, and the half of it that is added at random, in milliseconds. */
const LONGEST_WAIT = 90 * 60_000;

function trafficOf(value: unknown, now: number): Traffic {
  if (!isReadable(value)) return QUIET;
  const { tokens, refilledAt, failures, notBefore } = value;
  if (!isNumber(tokens) || !isTime(refilledAt) || !isNumber(failures) || !isTime(notBefore)) return QUIET;
  // No service may be asked for longer than an hour and a half: whatever says more is a clock that was wrong, or worse.
  return { tokens: Math.max(0, tokens), refilledAt, failures, notBefore: Math.min(notBefore, now + LONGEST_WAIT) };
}

/**
 * @param openStorage gives the device's storage, and may throw; absent where nothing is kept
 * @param scope a URL, of which the origin counts, or anything else that names the service
 */
export function createTrafficControl(
  openStorage: (() => KeyValueStorage) | undefined,
  scope: string,
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
): TrafficControl {
  const origin = parseUrl(scope)?.origin ?? scope;
  // Not of any player: it stays when one signs out, and tells nothing of anybody.
  const key = [SCHEMA, '', origin, '', '', 'traffic'];
  let local = QUIET;
  let isDisturbed = false;

  async function change(next: (traffic: Traffic) => Traffic): Promise<void> {
    try {
      if (!openStorage) throw new DOMException('Nothing is kept', 'NotSupportedError');
      await openStorage().update(key, (present) => {
        if (isNewer(present)) return undefined;
        const before = trafficOf(present, clock.now());
        local = next(before);
        return local === before ? undefined : { v: VERSION, ...local };
      });
    } catch {
      local = next(local);
    }
  }

  return {
    async claim() {
      let wait = 0;
      await change((before) => {
        const claimed = claimTry(before, clock.now(), random());
        ({ wait } = claimed);
        return claimed.traffic;
      });
      isDisturbed = local.failures > 0;
      return wait;
    },
    failed(delay) {
      isDisturbed = true;
      const now = clock.now();
      void change((before) => afterFailure(before, now, delay));
    },
    succeeded() {
      // As good as always: nothing to be written.
      if (!isDisturbed) return;
      isDisturbed = false;
      void change(afterSuccess);
    },
  };
}
