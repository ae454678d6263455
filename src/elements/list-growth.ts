import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isPageHidden } from './dom.js';

/** What is painted first of a list that is not short: about a screen. The rest follows after that paint. */
const FIRST_CARDS = 8;
/** So many are painted at once, where there are no more. */
const SHORT_LIST = 20;
/** The most cards added between two paints. */
const MOST_CARDS_AT_ONCE = 160;

/** Calls back after the next paint, or soon where nothing is painted. */
export function afterPaint(callback: () => void): void {
  if (isPageHidden()) setTimeout(callback);
  else requestAnimationFrame(() => setTimeout(callback));
}

/** A list that grows. */
export interface GrowingList extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

/** Adds the cards beyond the first screen, some after each paint. */
export class ListGrowth implements ReactiveController {
  readonly #list: GrowingList;
  readonly #wanted: () => number;
  readonly #updated: () => Promise<unknown>;
  /** How many cards may be in the document so far. */
  #count = FIRST_CARDS;
  #growing: Promise<void> | undefined;

  /**
   * @param wanted how many cards there will be
   * @param updated settles with the list's next update, whether or not it is still growing then
   */
  constructor(list: GrowingList, wanted: () => number, updated: () => Promise<unknown>) {
    this.#list = list;
    this.#wanted = wanted;
    this.#updated = updated;
    list.addController(this);
  }

  get count(): number {
    return this.#wanted() > SHORT_LIST ? this.#count : SHORT_LIST;
  }

  /** Settles when every card is in the document. */
  get complete(): Promise<void> | undefined {
    return this.#growing;
  }

  /** Another list begins with a first screen of its own. */
  restart(): void {
    this.#count = FIRST_CARDS;
  }

  hostUpdated(): void {
    // What is there stays there when more comes.
    if (this.#wanted() <= SHORT_LIST) this.#count = Math.max(this.#count, this.#wanted());
    if (this.#isTooShort) this.#growing ??= this.#grow();
  }

  get #isTooShort(): boolean {
    return this.#list.isConnected && this.#wanted() > this.count;
  }

  async #grow(): Promise<void> {
    do {
      await new Promise<void>(afterPaint);
      this.#count += Math.min(MOST_CARDS_AT_ONCE, this.#count * 2);
      this.#list.requestUpdate();
      await this.#updated();
    } while (this.#isTooShort);
    this.#growing = undefined;
  }
}
