import type { Clock } from '../../src/model/clock.js';
import { parseTime } from '../../src/model/time.js';
import { DAY } from './http.js';

/** How long an id is remembered: as long as a page may send its report again. */
const REMEMBERED = 30 * DAY;
const MOST_REMEMBERED = 10_000;
export const MOST_REPORTS = 50;

/** What a player did, checked: exactly one of `set`, `add` and `unlock`. */
export interface Deed {
  readonly achievement: string;
  readonly set?: number;
  readonly add?: number;
  readonly unlock?: true;
  /** When it happened, in epoch milliseconds; never later than now. */
  readonly at: number;
}

/** `achievement` is its id, where a report named one. */
export interface ReportResult {
  readonly id: string;
  readonly outcome: 'accepted' | 'duplicate' | 'rejected' | 'retry';
  readonly code?: string;
  readonly achievement?: string;
}

interface Remembered {
  readonly outcome: 'accepted' | 'rejected';
  readonly code?: string;
  readonly achievement?: string;
  readonly at: number;
}

interface Item {
  readonly id: string;
  readonly achievement?: string;
  /** Absent: it is not valid. */
  readonly deed?: Deed;
}

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;

/** What can be read of an item; nothing where it has no id to answer for. */
function readItem(raw: unknown, now: number): Item | undefined {
  const { id, achievement, set, add, unlock, at } = Object(raw) as Record<string, unknown>;
  // Visible characters without the comma, which parts the ids of a recall.
  if (typeof id !== 'string' || !/^[!-+\--~]{1,128}$/.test(id)) return undefined;
  if (typeof achievement !== 'string' && typeof achievement !== 'number') return { id };
  const named = { id, achievement: String(achievement) };
  const happened = at == null ? now : typeof at === 'string' ? parseTime(at) : undefined;
  const given = [set, add, unlock].filter((value) => value != null);
  if (given.length !== 1 || happened === undefined) return named;
  const deed = { achievement: named.achievement, at: Math.min(happened, now) };
  if (isAmount(set)) return { ...named, deed: { ...deed, set } };
  if (isAmount(add) && add > 0) return { ...named, deed: { ...deed, add } };
  return unlock === true ? { ...named, deed: { ...deed, unlock } } : named;
}

export interface ReportsOptions {
  readonly clock: Clock;
  /** How many ids are remembered at most; by default 10,000. */
  readonly mostRemembered?: number | undefined;
  /** Does what a player did, at once; gives the code of the reason where it cannot be done. */
  readonly apply: (player: string, deed: Deed) => string | undefined;
}

/** Takes reports: each is done once, whatever is sent how often. */
export function createReports({ clock, apply, mostRemembered = MOST_REMEMBERED }: ReportsOptions) {
  /** By player and id, the oldest first. */
  const remembered = new Map<string, Remembered>();
  const keyOf = (player: string, id: string) => JSON.stringify([player, id]);

  function forget(now: number): void {
    for (const [key, { at }] of remembered) {
      if (at > now - REMEMBERED) return;
      remembered.delete(key);
    }
  }

  return {
    /**
     * Does reports in their order. Nothing waits between the effect and the id, so that there is never one without the other.
     * @param putOff answers `retry` to whatever is new
     */
    take(player: string, reports: readonly unknown[], putOff = false): ReportResult[] {
      const now = clock.now();
      forget(now);
      const results = new Map<string, ReportResult>();
      /** Nothing of these is done any more in this request, or it would be done out of order. */
      const waiting = new Set<string | undefined>();
      for (const raw of reports) {
        const item = readItem(raw, now);
        // The second of two with the same id is the same report again.
        if (!item || results.has(item.id)) continue;
        const { id, deed } = item;
        const about = item.achievement === undefined ? {} : { achievement: item.achievement };
        const known = remembered.get(keyOf(player, id));
        if (known) {
          const { at: _, ...told } = known;
          results.set(id, { id, ...told, outcome: known.outcome === 'accepted' ? 'duplicate' : known.outcome });
        } else if (putOff || remembered.size >= mostRemembered || waiting.has(item.achievement)) {
          // An id that was forgotten too early would break the promise, so a full memory takes nothing new.
          waiting.add(item.achievement);
          results.set(id, { id, outcome: 'retry', code: putOff ? 'busy' : 'full', ...about });
        } else {
          const code = deed ? apply(player, deed) : 'invalid';
          const told = code === undefined ? { outcome: 'accepted' as const } : { outcome: 'rejected' as const, code };
          remembered.set(keyOf(player, id), { ...told, ...about, at: now });
          results.set(id, { id, ...told, ...about });
        }
      }
      return [...results.values()];
    },

    /** What became of those that are known. */
    recall(player: string, ids: readonly string[]): ReportResult[] {
      forget(clock.now());
      return [...new Set(ids)].flatMap((id) => {
        const known = remembered.get(keyOf(player, id));
        if (!known) return [];
        const { at: _, ...told } = known;
        return [{ id, ...told }];
      });
    },

    reset: () => remembered.clear(),
  };
}
