import type { ReactiveController, ReactiveElement } from 'lit';
import type { Clock } from '../model/index.js';
import type { Store } from '../store/store.js';
import { AchievementSyncEvent } from './events.js';
import type { SourceElement } from './source-element.js';

/** Gives an element the store of a list or source that stands beside it, by the id in its `for`. */
export class LinkedStore implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #idOf: () => string;
  #root: Node | undefined;
  #known: Store | undefined;

  constructor(host: ReactiveElement, idOf: () => string) {
    this.#host = host;
    this.#idOf = idOf;
    host.addController(this);
  }

  get #element(): Partial<SourceElement> | undefined {
    const root = this.#host.getRootNode() as Partial<Document>;
    const id = this.#idOf();
    return (id && root.getElementById?.(id)) || undefined;
  }

  get store(): Store | undefined {
    return (this.#known = this.#element?.store);
  }

  /** The language that it was told; empty where it was told none. */
  get locale(): string | undefined {
    return this.#element?.locale;
  }

  get clock(): Clock | undefined {
    return this.#element?.environment?.clock;
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  /** Whatever it shows, it tells of each store it comes to have, and of itself when it comes later than the host. */
  #follow(): void {
    const root = this.#idOf() && this.#host.isConnected ? this.#host.getRootNode() : undefined;
    if (root === this.#root) return;
    this.#leave();
    this.#root = root;
    root?.addEventListener(AchievementSyncEvent.type, this.#look);
    const tag = (this.#element as Element | undefined)?.localName;
    if (tag && !customElements.get(tag)) void customElements.whenDefined(tag).then(this.#look);
  }

  #leave(): void {
    this.#root?.removeEventListener(AchievementSyncEvent.type, this.#look);
    this.#root = undefined;
  }

  readonly #look = (): void => {
    if (this.#element?.store !== this.#known) this.#host.requestUpdate();
  };
}
