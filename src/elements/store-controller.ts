import type { ReactiveController } from 'lit';
import type { Snapshot, Store, StoreChanges } from '../store/store.js';
import type { BaseElement } from './base-element.js';

/**
 * Keeps an element subscribed to its store while it is in a document, and renders it with each new snapshot. A move
 * within the document does not unsubscribe: the store would go to sleep and wake again for nothing.
 */
export class StoreController implements ReactiveController {
  readonly #host: BaseElement;
  readonly #storeOf: () => Store | undefined;
  readonly #refreshOf: () => number;
  readonly #listener: (snapshot: Snapshot, changes?: StoreChanges) => void;
  #store: Store | undefined;
  #unsubscribe: (() => void) | undefined;
  /** What it was subscribed with. */
  #refresh = 0;

  /**
   * @param onSnapshot called with what the store tells, before the element renders
   * @param refreshOf how often the host wants the store to ask, in seconds; 0 where it does not mind
   */
  constructor(
    host: BaseElement,
    storeOf: () => Store | undefined,
    onSnapshot?: (snapshot: Snapshot, changes?: StoreChanges) => void,
    refreshOf = () => 0,
  ) {
    this.#host = host;
    this.#storeOf = storeOf;
    this.#refreshOf = refreshOf;
    this.#listener = (snapshot, changes) => {
      onSnapshot?.(snapshot, changes);
      host.requestStoreUpdate();
    };
    host.addController(this);
  }

  /** Of the store as it is by now: `willUpdate` may just have made another. */
  get snapshot(): Snapshot | undefined {
    this.#follow();
    return this.#store?.snapshot;
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#leave();
    });
  }

  #follow(): void {
    const store = this.#host.isConnected ? this.#storeOf() : undefined;
    const refresh = this.#refreshOf();
    if (store === this.#store && refresh === this.#refresh && this.#unsubscribe) return;
    const leave = this.#unsubscribe;
    const isSame = store === this.#store;
    if (!isSame) this.#leave();
    this.#store = store;
    this.#refresh = refresh;
    this.#unsubscribe = store?.subscribe(this.#listener, { refresh });
    // Only now, so that the store does not go to sleep in between.
    if (isSame) leave?.();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#store = undefined;
  }
}
