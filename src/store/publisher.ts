import type { Snapshot, StoreChanges, StoreListener } from './store.js';

/** Members that are `undefined` are removed. */
export type SnapshotPatch = { readonly [Key in keyof Snapshot]?: Snapshot[Key] | undefined };

interface Delivery {
  readonly snapshot: Snapshot;
  readonly changes: StoreChanges | undefined;
  readonly epoch: number;
}

/** The snapshot, and everyone who is told of it. */
export class Publisher {
  #snapshot: Snapshot;
  /** Objects of their own: the same function may be added twice. */
  readonly #listeners = new Set<{ readonly listener: StoreListener }>();
  readonly #deliveries: Delivery[] = [];
  #isDelivering = false;
  #epoch = 0;

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
  }

  publish(patch: SnapshotPatch, changes?: StoreChanges): void {
    const next: Record<string, unknown> = { ...this.#snapshot };
    let isNew = changes !== undefined;
    for (const [name, value] of Object.entries(patch)) {
      if (next[name] === value) continue;
      isNew = true;
      if (value === undefined) delete next[name];
      else next[name] = value;
    }
    if (isNew) this.#tell(next as unknown as Snapshot, changes);
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
