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
  readonly #listener: (snapshot: Snapshot, changes?: StoreChanges) => void;
  #store: Store | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param onSnapshot called with what the store tells, before the element renders */
  constructor(
    host: BaseElement,
    storeOf: () => Store | undefined,
    onSnapshot?: (snapshot: Snapshot, changes?: StoreChanges) => void,
  ) {
    this.#host = host;
    this.#storeOf = storeOf;
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
    if (store === this.#store && this.#unsubscribe) return;
    this.#leave();
    this.#store = store;
    this.#unsubscribe = store?.subscribe(this.#listener);
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#store = undefined;
  }
}
