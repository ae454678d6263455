import type { Change, Clock, ProgressUpdate } from '../model/index.js';
import { supersedes } from '../model/index.js';

/** How long hints are gathered before they are handed on, in milliseconds: never more often than a screen shows pictures. */
const GATHERED_FOR = 100;

/** The same for a service that does not stop: it doubles up to this. Whoever shows it has more to do than whoever reads it. */
const LONGEST_GATHERED = 400;

/** How many are kept meanwhile, the latest ones. */
const MOST_HINTS = 100;

/** So many updates are handed on at once, and no more hints are read. The pull that follows tells the rest. */
const MOST_UPDATES = 200;

/**
 * Gathers what a service pushes: the first hint is handed on at once, what comes after it together, a moment later. A
 * service that tells ten thousand steps in a second costs ten looks at them, and not ten thousand.
 */
export class GatheredHints {
  readonly #clock: Clock;
  readonly #handOn: (updates: readonly ProgressUpdate[]) => void;
  #hints: (Change | undefined)[] = [];
  #timer: number | undefined;
  #delay = GATHERED_FOR;
  /** There were more than are kept. */
  #isFlooded = false;

  constructor(clock: Clock, handOn: (updates: readonly ProgressUpdate[]) => void) {
    this.#clock = clock;
    this.#handOn = handOn;
  }

  add(hint: Change | undefined): void {
    this.#hints.push(hint);
    if (this.#hints.length > MOST_HINTS) {
      this.#isFlooded = true;
      this.#hints.shift();
    }
    if (this.#timer === undefined) this.#next();
  }

  /** What was not handed on is forgotten. */
  stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hints = [];
  }

  #next(): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#delay = this.#isFlooded ? Math.min(2 * this.#delay, LONGEST_GATHERED) : GATHERED_FOR;
      this.#isFlooded = false;
      if (this.#hints.length > 0) this.#next();
    }, this.#delay);
    const hints = this.#hints;
    this.#hints = [];
    let updates: readonly ProgressUpdate[] = [];
    try {
      updates = merged(hints);
    } catch {
      // What cannot be read is still a hint: the pull tells.
    }
    this.#handOn(updates);
  }
}

/** The updates of the latest hints, in their order, without those of which a later one says everything. */
function merged(hints: readonly (Change | undefined)[]): readonly ProgressUpdate[] {
  // Nothing to be merged; whoever is handed it looks for what is wrong with it.
  if (hints.length === 1) return hints[0]?.updates ?? [];
  /** The latest first. */
  const kept: ProgressUpdate[] = [];
  const later = new Map<string, ProgressUpdate[]>();
  for (const hint of [...hints].reverse()) {
    if (kept.length >= MOST_UPDATES) break;
    for (const update of [...(hint?.updates ?? [])].reverse()) {
      const others = later.get(update.achievement) ?? [];
      if (others.some((other) => supersedes(other, update))) continue;
      later.set(update.achievement, [...others, update]);
      kept.push(update);
    }
  }
  return kept.slice(0, MOST_UPDATES).reverse();
}
