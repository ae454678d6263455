import {
  GROUP_KEYS,
  SECTION_KEYS,
  achievementAt,
  arrange,
  keepsPlace,
  nextSectionChange,
  nextStateChange,
  parseFilter,
  parseSearch,
  parseSort,
  sortAchievements,
  type Achievement,
  type Arrangement,
  type GroupKey,
  type PlayerMemory,
  type SectionKey,
  type View,
} from '../model/index.js';

/** Up to so many changed achievements are looked at one by one before a list is arranged anew. */
const FEW_CHANGES = 8;

/** What a list shows, and how, as its properties say it. */
export interface ArrangerInput {
  readonly all: readonly Achievement[];
  /** The states have to be derived here: a store does it for its own library. */
  readonly isStateless: boolean;
  readonly sort: string;
  readonly filter: string;
  readonly query: string;
  readonly groupBy: GroupKey;
  readonly sections: string;
  readonly limit: number;
  readonly reveal: string;
  readonly revealed: ReadonlySet<string>;
  readonly memory: PlayerMemory;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const same = (left: readonly unknown[], right: readonly unknown[]) =>
  left.length === right.length && left.every((each, index) => each === right[index]);

/** Arranges what a list shows, and does again only what something changed for. */
export class ListArranger {
  /** Everything there is, with the states of now. */
  present: readonly Achievement[] = [];
  view: View | undefined;
  arrangement: Arrangement | undefined;
  /** Until when the arrangement is right if nothing else changes, in epoch milliseconds. */
  until = Infinity;

  #all: readonly Achievement[] | undefined;
  #isStateless = false;
  #statesUntil = Infinity;
  #sectionsUntil = Infinity;
  #sorted: readonly Achievement[] = [];
  #sortedBy: readonly unknown[] = [];
  #arrangedBy: readonly unknown[] = [];
  readonly #warned = new Set<string>();

  /** Forgets everything: there is nothing to show. */
  clear(): void {
    this.present = this.#sorted = [];
    this.view = this.arrangement = this.#all = undefined;
    this.#sortedBy = this.#arrangedBy = [];
  }

  arrange(input: ArrangerInput): Arrangement {
    const { all, filter, groupBy, language, limit, memory, now, query, reveal, revealed, sections, sort } = input;
    this.#derive(input);
    const sortedBy = [this.present, sort, reveal, revealed, language];
    const arrangedBy = [...sortedBy, filter, query, groupBy, sections, limit, memory];
    if (!this.arrangement || !same(arrangedBy, this.#arrangedBy) || now >= this.#sectionsUntil) {
      const view = this.#viewOf(input);
      if (!same(sortedBy, this.#sortedBy)) {
        this.#sorted = view.sort.length > 0 ? sortAchievements(this.present, view.sort, view) : this.present;
        this.#sortedBy = sortedBy;
      }
      this.view = view;
      this.arrangement = arrange(this.#sorted, view);
      this.#arrangedBy = arrangedBy;
      this.#sectionsUntil = view.sections.length > 0 ? (nextSectionChange(this.present, now) ?? Infinity) : Infinity;
    }
    this.#all = all;
    this.until = Math.min(this.#statesUntil, this.#sectionsUntil);
    return this.arrangement;
  }

  #derive({ all, isStateless, now }: ArrangerInput): void {
    const isDue = now >= this.#statesUntil;
    if (all === this.#all && isStateless === this.#isStateless && !isDue) return;
    const next = isStateless ? all.map((achievement) => achievementAt(achievement, now)) : all;
    // A list of its own, to be patched.
    if (!same(next, this.present)) this.present = next === all ? [...all] : next;
    this.#isStateless = isStateless;
    this.#statesUntil = isStateless ? (nextStateChange(next, now) ?? Infinity) : Infinity;
  }

  #viewOf({
    filter,
    groupBy,
    language,
    limit,
    memory,
    now,
    query,
    reveal,
    revealed,
    sections,
    sort,
  }: ArrangerInput): View {
    const { states, unknown: unknownStates } = parseFilter(filter);
    const { terms, unknown: unknownKeys } = parseSort(sort);
    const group = GROUP_KEYS.find((known) => known === groupBy);
    const wanted = sections.split(/[\s,]+/).filter(Boolean);
    const isWanted = (key: SectionKey) => wanted.includes(key) || wanted.includes('all');
    const known: readonly string[] = ['all', ...SECTION_KEYS];
    this.#warn('filter', unknownStates);
    this.#warn('sort', unknownKeys);
    this.#warn(
      'sections',
      wanted.filter((word) => !known.includes(word)),
    );
    this.#warn('group-by', group || !groupBy ? [] : [groupBy]);
    return {
      sort: terms,
      states,
      search: parseSearch(query),
      isSearching: query.trim() !== '',
      groupBy: group ?? 'none',
      sections: SECTION_KEYS.filter(isWanted),
      limit,
      revealed: reveal === 'always' ? new Set(this.present.map(({ key }) => key)) : revealed,
      locale: language,
      memory,
      now,
    };
  }

  /** Tells once of each word that means nothing. */
  #warn(attribute: string, words: readonly string[]): void {
    for (const word of words) {
      const message = `<achievement-list ${attribute}>: “${word}” is not known and was left out.`;
      if (this.#warned.has(message)) continue;
      this.#warned.add(message);
      console.warn(message);
    }
  }

  /**
   * Takes over a list in which a few achievements only moved on: all of them stay where they are, and no number changes.
   * @returns what is new; nothing where the list has to be arranged
   */
  patch(next: readonly Achievement[], now: number): readonly Achievement[] | undefined {
    const { arrangement, view } = this;
    const before = this.#all;
    if (!before || !arrangement || !view || next.length !== before.length || now >= this.until) return undefined;
    const replaced: { readonly index: number; readonly old: Achievement; readonly fresh: Achievement }[] = [];
    for (let index = 0; index < next.length; index++) {
      const fresh = next[index];
      if (fresh === before[index]) continue;
      const old = this.present[index];
      if (!old || !fresh || replaced.length === FEW_CHANGES) return undefined;
      if (nextStateChange([old, fresh], now) !== undefined || !keepsPlace(old, fresh, view)) return undefined;
      replaced.push({ index, old, fresh });
    }
    // In place: copies of lists this long would take longer than everything else.
    const lists = new Set([this.present, this.#sorted, ...arrangement.groups.map(({ achievements }) => achievements)]);
    for (const list of lists) {
      for (const { index, old, fresh } of replaced) {
        const place = list[index] === old ? index : list.indexOf(old);
        if (place >= 0) (list as Achievement[])[place] = fresh;
      }
    }
    this.#all = next;
    return replaced.map(({ fresh }) => fresh);
  }
}
