import type { ReactiveController, ReactiveControllerHost } from 'lit';

const HASH = '#achievement=';

/** The list whose details stand in the address. */
export interface LinkedList extends ReactiveControllerHost {
  /** Whether they do. */
  readonly hash: boolean;
  readonly isConnected: boolean;
  open(id: string): Promise<boolean>;
}

/** Keeps the details that are open in the page's address, and opens those that an address names. */
export class ListHash implements ReactiveController {
  readonly #list: LinkedList;
  readonly #has: (id: string) => boolean;
  /** What the address said when it was last followed or written; `undefined` while what it names is not there. */
  #known: string | undefined;

  /** @param has whether an achievement is there by now */
  constructor(list: LinkedList, has: (id: string) => boolean) {
    this.#list = list;
    this.#has = has;
    list.addController(this);
  }

  hostUpdated(): void {
    window.removeEventListener('hashchange', this.#follow);
    if (!this.#list.hash || !this.#list.isConnected) return;
    window.addEventListener('hashchange', this.#follow);
    if (this.#known === undefined) this.#follow();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#follow);
  }

  /** To be called when details were opened or closed. */
  write(id: string, open: boolean): void {
    if (!this.#list.hash) return;
    const hash = HASH + encodeURIComponent(id);
    this.#known = open ? hash : '';
    // The whole address: a page may have another base.
    const [page] = location.href.split('#');
    if (open || location.hash === hash) history.replaceState(history.state, '', `${page}${this.#known}`);
  }

  readonly #follow = (): void => {
    const { hash } = location;
    if (!hash.startsWith(HASH) || hash === this.#known) return;
    let id = hash.slice(HASH.length);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Somebody typed it: a text with a stray % is an id as it stands.
    }
    // What is not there yet may come with the next answer.
    this.#known = this.#has(id) ? hash : undefined;
    if (this.#known) void this.#list.open(id);
  };
}
