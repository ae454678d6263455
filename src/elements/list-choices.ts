import { GROUP_KEYS, type GroupKey, type ViewChoices } from '../model/index.js';
import type { Layout } from './achievement-card.js';
import type { ListView } from './events.js';

export const LAYOUTS: readonly Layout[] = ['list', 'grid', 'compact'];

/** What a person may choose: properties of the list, which its host may set as well. */
export interface Choosable {
  sort: string;
  filter: string;
  query: string;
  groupBy: GroupKey;
  layout: Layout;
  collapsed: readonly string[];
}

/** What somebody chose in a list, with what the host had set before: it can be kept, and taken back. */
export class ListChoices {
  readonly #list: Choosable;
  readonly #chosen = new Map<keyof Choosable, { readonly value: unknown; readonly before: unknown }>();
  /** Whose kept choices were taken over. */
  #recalledFor: unknown;
  #isReset = false;

  constructor(list: Choosable) {
    this.#list = list;
  }

  /** Something was chosen that can be taken back. */
  get isChanged(): boolean {
    return this.#chosen.size > 0;
  }

  /** Everything was taken back on request, and nothing chosen since. */
  get isReset(): boolean {
    return this.#isReset;
  }

  /** What the list shows, and how, whoever chose it. */
  get view(): ListView {
    const { filter, groupBy, layout, query, sort } = this.#list;
    return { filter, groupBy, layout, query, sort };
  }

  /** What is worth keeping of what was chosen: what the host set may be another thing at the next visit. */
  get worthKeeping(): ViewChoices {
    const kept = [...this.#chosen].filter(([name, { value }]) => name !== 'query' && this.#list[name] === value);
    return Object.fromEntries(kept.map(([name, { value }]) => [name, value]));
  }

  choose(choices: Partial<Choosable>): void {
    const list = this.#list;
    this.#isReset = false;
    for (const name of Object.keys(choices) as (keyof Choosable)[]) {
      const known = this.#chosen.get(name);
      // What the host has set since is what a reset returns to.
      const before = known && known.value === list[name] ? known.before : list[name];
      this.#chosen.set(name, { value: choices[name], before });
    }
    Object.assign(list, choices);
  }

  /** Takes everything back, as somebody asked for. */
  reset(): void {
    this.#takeBack();
    this.#isReset = true;
  }

  #takeBack(): void {
    for (const [name, { value, before }] of this.#chosen) {
      if (this.#list[name] === value) Object.assign(this.#list, { [name]: before });
    }
    this.#chosen.clear();
  }

  /** Takes everything back, and is ready for the choices of whoever comes next. */
  forget(): void {
    this.#takeBack();
    this.#isReset = false;
    this.#recalledFor = undefined;
  }

  /**
   * Takes over what was kept at an earlier visit, the first time that it is known.
   * @param owner whose it is, such as a store
   */
  recall(owner: unknown, kept: ViewChoices | undefined): void {
    if (this.#recalledFor === owner) return;
    this.#recalledFor = owner;
    if (!kept) return;
    const { collapsed, filter, sort } = kept;
    const groupBy = GROUP_KEYS.find((known) => known === kept.groupBy);
    const layout = LAYOUTS.find((known) => known === kept.layout);
    this.choose({
      ...(collapsed ? { collapsed } : {}),
      ...(filter === undefined ? {} : { filter }),
      ...(sort === undefined ? {} : { sort }),
      ...(groupBy ? { groupBy } : {}),
      ...(layout ? { layout } : {}),
    });
  }
}
