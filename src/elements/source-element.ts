import type { PropertyDeclarations, PropertyValues } from 'lit';
import { createBackend, overrideBackend } from '../backends/registry.js';
import {
  isMasked,
  mask,
  problemFrom,
  visible,
  type Backend,
  type Overrides,
  type Problem,
  type TokenProvider,
} from '../model/index.js';
import { createStore } from '../store/create-store.js';
import type { Environment } from '../store/environment.js';
import type { Snapshot, Store, StoreChanges, StoreOptions } from '../store/store.js';
import { BaseElement } from './base-element.js';
import {
  AchievementProblemEvent,
  AchievementProgressEvent,
  AchievementSyncEvent,
  AchievementUnlockEvent,
} from './events.js';
import { languageOf } from './locale-controller.js';
import { type SharedStore, askUnlessNew, giveUpStore, joinOthers, leaveStore, takeStore } from './shared-stores.js';
import { StoreController } from './store-controller.js';

/** What decides which store an element has. Those with the same have the same store. */
const STORE_PROPERTIES = [
  'backend',
  'src',
  'reports',
  'events',
  'overrides',
  'player',
  'locale',
  'cache',
  'token',
  'fetch',
  'environment',
] as const;

/** The URL that an address means in this document; the address itself where it means none. */
function absolute(src: string): string {
  try {
    return src && new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
}

/**
 * The half of an element that gets achievements from somewhere: it makes a store out of its attributes, follows it, and
 * raises its events. `<achievement-source>` and a stand-alone `<achievement-list>` are such elements.
 */
export abstract class SourceElement extends BaseElement {
  static override properties: PropertyDeclarations = {
    backend: {},
    src: {},
    reports: { type: Boolean },
    events: { type: Boolean },
    overrides: {},
    player: {},
    locale: {},
    refresh: { type: Number },
    cache: {},
    linkSchemes: { attribute: 'link-schemes' },
    token: { attribute: false },
    fetch: { attribute: false },
    environment: { attribute: false },
    store: { attribute: false },
  };

  /** The service: a registered name (`xbox`, `talon-one`, `json`), or a backend object. With only `src` it is `json`. */
  backend: string | Backend = '';

  /** Where the achievements are: a URL of your own server, or of a JSON file. */
  src = '';

  /** The service takes reports, so `store.report()` can be used. A static file does not. Only the `json` backend asks. */
  reports = false;

  /** The service tells of changes by an event stream, which is followed while the page is visible. As `reports`. */
  events = false;

  /**
   * Pictures, texts, categories, rewards and places instead of the service's: the URL of a JSON file, or an object. They
   * are in the element's language as it is when it starts to ask.
   */
  overrides: string | Overrides = '';

  /** Who they belong to. Without it nothing is kept on the device. */
  player = '';

  /** The language asked of the service and shown, as a BCP 47 tag. Without it, the nearest `lang` is shown. */
  locale = '';

  /** Seconds between polls while the page is visible; 0 polls never. */
  refresh = 0;

  /** `memory` keeps nothing on the device. */
  cache: 'persistent' | 'memory' = 'persistent';

  /** Schemes beside `https:` that a deep link may open, separated by spaces, such as `ms-xbl-7972ac43 steam`. */
  linkSchemes = '';

  /** Gives a token for each call to the service. It is never kept, and there is no attribute for it. */
  token?: TokenProvider;

  /** Used instead of the page's `fetch`. */
  fetch?: typeof globalThis.fetch;

  /** Clock, storage and page life, for tests and unusual hosts. */
  environment?: Partial<Environment>;

  /** Kept from the outside, so not this element's to end. */
  #givenStore: Store | undefined;
  /** Of this element, and of others that are made of the same. */
  #own: SharedStore | undefined;
  #lastProblem: Problem | undefined;
  /** The ids of the rejected reports that were told. */
  #toldRejected: ReadonlySet<string> = new Set();

  /** What the present store was made of, in the order of `STORE_PROPERTIES`. */
  #madeOf: readonly unknown[] = [];

  /** What kept a store from being made, such as a backend name that nobody registered. */
  protected setupProblem: Problem | undefined;

  protected readonly ownSource = new StoreController(
    this,
    () => (this.needsStore ? (this.#givenStore ?? this.#own?.store) : undefined),
    (snapshot, changes) => this.#announce(snapshot, changes),
    () => (this.#givenStore ? 0 : this.#refresh),
  );

  /** Whether anybody has to be asked. */
  protected get needsStore(): boolean {
    return true;
  }

  /**
   * The store this element shows, which other elements with the same attributes show too. Setting one shares that, and its
   * owner keeps the right to end it.
   */
  get store(): Store | undefined {
    return this.#givenStore ?? this.#own?.store;
  }

  set store(store: Store | undefined) {
    this.#givenStore = store;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    // Before the first update, so that the cache is being read while the first frame is prepared.
    if (!this.hasUpdated) this.#makeStore();
    else this.#joinOthers();
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved leaves and comes back within one task.
    queueMicrotask(() => {
      if (!this.isConnected && this.#own) leaveStore(this, this.#own);
    });
  }

  override willUpdate(_changed: PropertyValues): void {
    // Also before the first update: what was set after `connectedCallback` has to count.
    if (STORE_PROPERTIES.some((name, index) => !Object.is(this[name], this.#madeOf[index]))) this.#makeStore();
  }

  #makeStore(): void {
    this.#madeOf = STORE_PROPERTIES.map((name) => this[name]);
    if (this.#own) giveUpStore(this, this.#own);
    this.#own = undefined;
    this.setupProblem = undefined;
    this.#lastProblem = undefined;
    if (this.#givenStore || (!this.backend && !this.src)) return;
    try {
      const { reports, events, overrides, player, locale, cache, token, fetch, environment } = this;
      // Overrides are made for one language.
      const language = overrides ? languageOf(this, locale) : '';
      const address = [this.backend || 'json', absolute(this.src), reports, events, overrides, language];
      const madeOf = [...address, player, locale, cache === 'memory', token, fetch, environment];
      let isNew = false;
      const make = () => {
        isNew = true;
        return createStore(this.#storeOptions());
      };
      this.#own = takeStore(this, madeOf, make);
      if (!isNew) this.#greet(this.#own.store);
    } catch (error) {
      this.setupProblem = problemFrom(error);
      this.dispatchEvent(new AchievementProblemEvent(this.setupProblem));
    }
  }

  /** Comes back into a document, where others may have begun to show the same in the meantime. */
  #joinOthers(): void {
    const before = this.#own;
    if (!before) return;
    this.#own = joinOthers(this, before);
    if (this.#own === before) return;
    this.#greet(this.#own.store);
    this.requestUpdate();
  }

  /** Joins a store that may have told everybody else all there is to tell. */
  #greet(store: Store): void {
    askUnlessNew(store, this.environment?.clock);
    queueMicrotask(() => {
      if (this.isConnected && this.needsStore && !this.#givenStore && this.#own?.store === store)
        this.#announce(store.snapshot, undefined);
    });
  }

  /** Frameworks set what stands in their templates: a text. */
  get #refresh(): number {
    const refresh = Number(this.refresh);
    return Number.isFinite(refresh) && refresh > 0 ? refresh : 0;
  }

  #storeOptions(): StoreOptions {
    const { src, reports, events, overrides, player, locale, cache, token, fetch, environment } = this;
    const backend =
      typeof this.backend === 'string' ? createBackend(this.backend || 'json', { src, reports, events }) : this.backend;
    return {
      backend: overrides ? overrideBackend(backend, overrides, languageOf(this, locale)) : backend,
      cache: cache === 'memory' ? 'memory' : 'persistent',
      ...(player ? { player } : {}),
      ...(locale ? { locale } : {}),
      ...(token ? { token } : {}),
      ...(fetch ? { fetch } : {}),
      ...(environment ? { environment } : {}),
    };
  }

  /** One problem for each report that the service will never accept: its host decides what becomes of it. */
  #announceRejected({ rejected = [] }: Snapshot): void {
    const told = this.#toldRejected;
    this.#toldRejected = new Set(rejected.map(({ id }) => id));
    for (const { id, achievement, code } of rejected) {
      if (told.has(id)) continue;
      const message =
        `The service refused a report for the achievement "${achievement}" (${code}). It is kept: ` +
        `store.retryReport("${id}") sends it again, store.dropReport("${id}") drops it.`;
      this.dispatchEvent(new AchievementProblemEvent({ code: 'forbidden', message }));
    }
  }

  #announce(snapshot: Snapshot, changes: StoreChanges | undefined): void {
    const { library: _library, ...status } = snapshot;
    this.dispatchEvent(new AchievementSyncEvent(status));
    if (snapshot.problem && snapshot.problem !== this.#lastProblem) {
      this.dispatchEvent(new AchievementProblemEvent(snapshot.problem));
    }
    this.#lastProblem = snapshot.problem;
    this.#announceRejected(snapshot);
    if (!changes) return;
    if (changes.unlocked.length > 0) {
      this.dispatchEvent(new AchievementUnlockEvent(changes.unlocked, changes.missed));
    }
    for (const { achievement, previous } of changes.progressed) {
      // One that was unlocked and is a secret again tells its name no more.
      const before = isMasked(achievement) ? mask(previous) : previous;
      this.dispatchEvent(new AchievementProgressEvent(visible(achievement), before));
    }
  }
}
