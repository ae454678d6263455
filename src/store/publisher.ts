import type { Snapshot, StoreChanges, StoreListener } from './store.js';

/** Members that are `undefined` are removed. */
export type SnapshotPatch = { readonly [Key in keyof Snapshot]?: Snapshot[Key] | undefined };

interface Delivery {
  readonly snapshot: Snapshot;
  readonly changes: StoreChanges | undefined;
  readonly epoch: number;
}

/** What changed between two snapshots. */
type ChangesOf = (before: Snapshot, now: Snapshot) => StoreChanges | undefined;

/** The snapshot, and everyone who is told of it. */
export class Publisher {
  #snapshot: Snapshot;
  /** Objects of their own: the same function may be added twice. */
  readonly #listeners = new Set<{ readonly listener: StoreListener }>();
  readonly #deliveries: Delivery[] = [];
  #isDelivering = false;
  #epoch = 0;
  /** What is in the snapshot and has not been told: the one before, and what tells the changes between the two. */
  #untold: { readonly before: Snapshot; readonly changesOf: ChangesOf } | undefined;
  #isGathering = false;

  constructor(snapshot: Snapshot) {
    this.#snapshot = Object.freeze(snapshot);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** @returns the function that removes it, which tells whether it was there */
  add(listener: StoreListener): () => boolean {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** What has not been told yet is of a player who is gone, and is told to nobody. */
  forget(): void {
    this.#epoch += 1;
    this.#untold = undefined;
  }

  publish(patch: SnapshotPatch, changes?: StoreChanges): void {
    this.#tellGathered();
    const next = this.#patched(patch);
    if (next || changes) this.#tell(next ?? { ...this.#snapshot }, changes);
  }

  /**
   * For what comes by the thousand: the snapshot is right at once, the first one of a task is told at once, and the others
   * of that task together, after it.
   */
  publishGathered(patch: SnapshotPatch, changesOf: ChangesOf): void {
    const before = this.#snapshot;
    const next = this.#patched(patch);
    if (!next) return;
    if (this.#isGathering) {
      this.#untold ??= { before, changesOf };
      this.#snapshot = Object.freeze(next);
      return;
    }
    this.#isGathering = true;
    queueMicrotask(() => {
      this.#isGathering = false;
      this.#tellGathered();
    });
    this.publish(patch, changesOf(before, next));
  }

  #tellGathered(): void {
    const untold = this.#untold;
    this.#untold = undefined;
    if (untold) this.#tell(this.#snapshot, untold.changesOf(untold.before, this.#snapshot));
  }

  /** The snapshot with a patch; nothing where that is the same. */
  #patched(patch: SnapshotPatch): Snapshot | undefined {
    const entries = Object.entries(patch);
    const present = this.#snapshot as unknown as Record<string, unknown>;
    if (entries.every(([name, value]) => present[name] === value)) return undefined;
    const next: Record<string, unknown> = { ...present };
    for (const [name, value] of entries) {
      if (value === undefined) delete next[name];
      else next[name] = value;
    }
    return next as unknown as Snapshot;
  }

  /** Every listener gets every snapshot, in order, also when one of them causes the next. */
  #tell(snapshot: Snapshot, changes?: StoreChanges): void {
    this.#snapshot = Object.freeze(snapshot);
    this.#deliveries.push({ snapshot, changes, epoch: this.#epoch });
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let delivery = this.#deliveries.shift(); delivery; delivery = this.#deliveries.shift()) {
      for (const entry of [...this.#listeners]) {
        // It was removed, or the player signed out, in an earlier listener.
        if (!this.#listeners.has(entry) || delivery.epoch !== this.#epoch) continue;
        try {
          entry.listener(delivery.snapshot, delivery.changes);
        } catch (error) {
          // One listener's error is neither ours nor the others'; the page's error handling gets to know it.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    }
    this.#isDelivering = false;
  }
}
