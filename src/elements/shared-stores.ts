import { systemClock, type Clock } from '../model/index.js';
import type { Store } from '../store/store.js';

/** What is shown is asked for again where somebody joins who would have asked, and it is older than this, in milliseconds. */
const STILL_NEW = 10_000;

/** A store, and the elements of this page that are made of the same: they have it together. */
export interface SharedStore {
  readonly store: Store;
  readonly madeOf: readonly unknown[];
  /** In a document; only these give it to others. */
  readonly present: Set<Element>;
  /** How many elements have it, wherever they are. */
  holders: number;
}

/** Those that somebody in a document has. */
const shared = new Set<SharedStore>();

/**
 * The one that elements in a document have who are made of the same. Not one of whoever has just left it: that may have
 * been another person, who is not named where there is no `player`.
 */
function find(madeOf: readonly unknown[]): SharedStore | undefined {
  return [...shared].find(
    (each) =>
      each.madeOf.every((value, index) => Object.is(value, madeOf[index])) &&
      [...each.present].some(({ isConnected }) => isConnected),
  );
}

/**
 * Gives an element the store that others have, else a new one.
 * @param madeOf everything that decides what a store is
 */
export function takeStore(element: Element, madeOf: readonly unknown[], make: () => Store): SharedStore {
  const found = element.isConnected ? find(madeOf) : undefined;
  const taken = found ?? { store: make(), madeOf, present: new Set<Element>(), holders: 0 };
  taken.holders += 1;
  if (element.isConnected) arrive(element, taken);
  return taken;
}

/** The element is in a document. Returns the store that it has from now on: that of others, where there is one. */
export function joinOthers(element: Element, held: SharedStore): SharedStore {
  const found = find(held.madeOf);
  // What was reported to it and is nowhere else must be sent.
  const stays = !found || found === held || held.store.snapshot.pending > 0;
  const taken = stays ? held : found;
  if (!stays) {
    held.holders -= 1;
    taken.holders += 1;
  }
  // Two at once only where the one that stays has something to send.
  if (!found || taken === found) arrive(element, taken);
  return taken;
}

function arrive(element: Element, taken: SharedStore): void {
  taken.present.add(element);
  shared.add(taken);
}

/** The element is in no document any more, and may come back. */
export function leaveStore(element: Element, held: SharedStore): void {
  held.present.delete(element);
  if (held.present.size === 0) shared.delete(held);
}

/** The element is made of something else now: the last one ends the store. */
export function giveUpStore(element: Element, held: SharedStore): void {
  leaveStore(element, held);
  held.holders -= 1;
  if (held.holders === 0) held.store.dispose();
}

/** Whoever joins would have asked, had there been no other. */
export function askUnlessNew(store: Store, clock: Clock = systemClock): void {
  const { activity, checkedAt } = store.snapshot;
  const isNew = checkedAt !== undefined && Math.abs(clock.now() - checkedAt) < STILL_NEW;
  if (!isNew && activity !== 'syncing') void store.refresh();
}
