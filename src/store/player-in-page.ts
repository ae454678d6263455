import type { PageLife } from './environment.js';

/** As many sign-outs are known again; more never are on their way at once. */
const MOST_SIGN_OUTS = 20;

/** A store, as far as the others of its player in this page have to do with it. */
export interface StoreOfPlayer {
  /** Says to other pages that the player signs out. */
  tellSignOut(id: string, session: string | undefined): void;
  /** Another page has signed the player out, of this session where it knew of one. */
  hearSignOut(signedOut?: string): void;
  /** The player has signed out, whichever store was asked to do it. */
  endStay(removed: Promise<void>): void;
}

/**
 * The stores of one player in one page, whatever their services. They sign out together and at once: a page may have no
 * channel, and a store that sleeps hears nothing.
 */
export class PlayerInPage {
  readonly #player: string;
  readonly #players: Map<string, PlayerInPage>;
  /** A store that nobody holds any more has nothing to forget. */
  readonly #stores = new Set<WeakRef<StoreOfPlayer>>();
  readonly #signOuts = new Set<string>();

  constructor(player: string, players: Map<string, PlayerInPage>) {
    this.#player = player;
    this.#players = players;
  }

  get stores(): readonly StoreOfPlayer[] {
    return [...this.#stores].flatMap((reference) => reference.deref() ?? []);
  }

  add(store: StoreOfPlayer): void {
    this.#remove(undefined);
    this.#stores.add(new WeakRef(store));
    this.#players.set(this.#player, this);
  }

  remove(store: StoreOfPlayer): void {
    this.#remove(store);
    if (this.#stores.size === 0) this.#players.delete(this.#player);
  }

  /** Whether this page has not heard of this sign-out, which comes over several channels; from now on it has. */
  learn(signOut: string): boolean {
    if (this.#signOuts.has(signOut)) return false;
    this.#signOuts.add(signOut);
    const [first] = this.#signOuts;
    if (this.#signOuts.size > MOST_SIGN_OUTS && first !== undefined) this.#signOuts.delete(first);
    return true;
  }

  #remove(store: StoreOfPlayer | undefined): void {
    for (const reference of this.#stores) {
      const present = reference.deref();
      if (!present || present === store) this.#stores.delete(reference);
    }
  }
}

const pages = new WeakMap<PageLife, Map<string, PlayerInPage>>();

/** The player in this page; the same object as long as there is a store. */
export function playerInPage(page: PageLife, player: string): PlayerInPage {
  const players = pages.get(page) ?? new Map<string, PlayerInPage>();
  pages.set(page, players);
  const present = players.get(player) ?? new PlayerInPage(player, players);
  players.set(player, present);
  return present;
}
