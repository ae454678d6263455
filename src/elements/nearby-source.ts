import type { ReactiveController, ReactiveElement } from 'lit';
import type { Clock } from '../model/index.js';
import type { Store } from '../store/store.js';
import { AchievementSyncEvent } from './events.js';
import { SourceConsumer } from './source-context.js';
import type { SourceElement } from './source-element.js';

/**
 * Where an element has its achievements from: a store that it was given, else the list or source that stands beside it,
 * by the id in its `for`, else the source around it.
 */
export class NearbySource implements ReactiveController {
  /** A store that the element was given. */
  given: Store | undefined;
  readonly #host: ReactiveElement;
  readonly #idOf: () => string;
  readonly #around: SourceConsumer;
  #root: Node | undefined;
  #known: Store | undefined;

  constructor(host: ReactiveElement, idOf: () => string) {
    this.#host = host;
    this.#idOf = idOf;
    this.#around = new SourceConsumer(host);
    host.addController(this);
  }

  get #beside(): Partial<SourceElement> | undefined {
    const root = this.#host.getRootNode() as Partial<Document>;
    const id = this.#idOf();
    return (id && root.getElementById?.(id)) || undefined;
  }

  get store(): Store | undefined {
    this.#known = this.#beside?.store;
    return this.given ?? (this.#idOf() ? this.#known : this.#around.value.store);
  }

  /** The language that it was told; absent or empty where it was told none. */
  get locale(): string | undefined {
    return this.#beside?.locale || this.#around.value.locale;
  }

  get clock(): Clock | undefined {
    return this.#beside?.environment?.clock ?? this.#around.value.clock;
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

  /** Whatever stands beside it tells of each store it comes to have, and of itself when it comes later than the host. */
  #follow(): void {
    const root = this.#idOf() && this.#host.isConnected ? this.#host.getRootNode() : undefined;
    if (root === this.#root) return;
    this.#leave();
    this.#root = root;
    root?.addEventListener(AchievementSyncEvent.type, this.#look);
    const tag = (this.#beside as Element | undefined)?.localName;
    if (tag && !customElements.get(tag)) void customElements.whenDefined(tag).then(this.#look);
  }

  #leave(): void {
    this.#root?.removeEventListener(AchievementSyncEvent.type, this.#look);
    this.#root = undefined;
  }

  readonly #look = (): void => {
    if (this.#beside?.store !== this.#known) this.#host.requestUpdate();
  };
}
