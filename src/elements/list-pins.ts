import type { Achievement, PlayerMemory } from '../model/index.js';
import type { Store } from '../store/store.js';

const NO_MEMORY: PlayerMemory = { pinned: new Set(), choices: {} };

/** A copy of a set with or without a member. */
export function toggled(set: ReadonlySet<string>, member: string, isIn: boolean): ReadonlySet<string> {
  const copy = new Set(set);
  if (isIn) copy.add(member);
  else copy.delete(member);
  return copy;
}

/** What a list has to do with pins. */
export interface PinnedList {
  /** Everything there is to pin. */
  readonly all: readonly Achievement[] | undefined;
  /** The store that keeps the pins, where there is one. */
  readonly store: Store | undefined;
  /** What the store remembers, once it has read it. */
  readonly memory: PlayerMemory | undefined;
}

/** Which achievements of a list are pinned: the store remembers it, or the list itself where there is no store. */
export class ListPins {
  readonly #list: () => PinnedList;
  readonly #changed: () => void;
  /** What is remembered where there is no store, or until it has read its own. */
  #own = NO_MEMORY;
  /** Ids that the host wants to be pinned, until there is something to pin. */
  #wanted: readonly string[] | undefined;

  /** @param changed called when something was pinned or is no longer */
  constructor(list: () => PinnedList, changed: () => void) {
    this.#list = list;
    this.#changed = changed;
  }

  get memory(): PlayerMemory {
    return this.#list().memory ?? this.#own;
  }

  /** The ids of what is pinned, in the order of the list. */
  get ids(): readonly string[] {
    const { pinned } = this.memory;
    return this.#wanted ?? (this.#list().all ?? []).filter(({ key }) => pinned.has(key)).map(({ id }) => id);
  }

  /** To be pinned, and nothing else, with the next `settle`. */
  want(ids: readonly string[]): void {
    this.#wanted = ids;
  }

  /** Pins what is wanted, once there is something to pin. */
  settle(): void {
    const { all } = this.#list();
    const ids = this.#wanted;
    if (!ids || !all?.length) return;
    this.#wanted = undefined;
    for (const { id, key } of all) this.set(key, ids.includes(id));
  }

  /** @returns whether that is new */
  set(key: string, pinned: boolean): boolean {
    if (this.memory.pinned.has(key) === pinned) return false;
    const { store } = this.#list();
    if (store) void store.pin(key, pinned);
    else this.#own = { ...this.#own, pinned: toggled(this.#own.pinned, key, pinned) };
    this.#changed();
    return true;
  }

  /** Somebody else looks at the list. */
  forget(): void {
    this.#own = NO_MEMORY;
  }
}
