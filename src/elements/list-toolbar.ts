import { nothing, type TemplateResult } from 'lit';
import {
  GROUP_KEYS,
  SORT_KEYS,
  groupOf,
  isMasked,
  standingOf,
  type Achievement,
  type Arrangement,
  type GroupKey,
  type SortKey,
  type SortTerm,
  type Standing,
  type View,
} from '../model/index.js';
import type { Terms } from '../locales/terms.js';
import { glyph, icons } from '../styles/icons.js';
import type { Layout } from './achievement-card.js';
import { stateWords } from './card-words.js';
import { LAYOUTS } from './list-choices.js';
import type { LocaleController } from './locale-controller.js';
import { html } from './template.js';

/** What a toolbar shows and changes. */
export interface ToolbarState {
  readonly query: string;
  readonly filter: ReadonlySet<Standing>;
  readonly sort: readonly SortTerm[];
  readonly groupBy: GroupKey;
  readonly layout: Layout;
  /** What there is to group by: a heading over everything helps nobody. */
  readonly groupKeys: readonly GroupKey[];
  /** The states that occur. */
  readonly states: readonly Standing[];
  readonly arrangement: Arrangement;
  /** Of all achievements, whatever is looked for. */
  readonly total: number;
  readonly isArranging: boolean;
  /** Something was chosen that can be taken back. */
  readonly isChanged: boolean;
  /** It was taken back just now. */
  readonly isReset: boolean;
}

export interface ToolbarActions {
  /** Somebody is about to search. */
  readonly prepare: () => void;
  readonly search: (query: string) => void;
  readonly choose: (choices: { filter?: string; sort?: string; groupBy?: GroupKey; layout?: Layout }) => void;
  readonly toggleArranging: () => void;
  readonly reset: () => void;
}

/** In which direction people mean it when they choose a key. */
const DESCENDING_FIRST: readonly SortKey[] = ['progress', 'unlocked', 'points'];

const LAYOUT_ICONS = { list: icons.list, grid: icons.grid, compact: icons.rows };

function sortWords(key: SortKey, terms: Terms): string {
  switch (key) {
    case 'order':
      return terms.sortOrder;
    case 'state':
      return terms.sortState;
    case 'progress':
      return terms.progress;
    case 'remaining':
      return terms.sortRemaining;
    case 'unlocked':
      return terms.sortUnlocked;
    case 'rarity':
      return terms.detailRarity;
    case 'points':
      return terms.sortPoints;
    case 'name':
      return terms.sortName;
    case 'ends':
      return terms.sortEnds;
  }
}

function groupKeyWords(key: GroupKey, terms: Terms): string {
  switch (key) {
    case 'none':
      return terms.groupNone;
    case 'state':
      return terms.sortState;
    case 'title':
      return terms.detailTitles;
    case 'campaign':
      return terms.detailCampaigns;
    case 'type':
      return terms.detailKind;
    case 'category':
      return terms.detailCategory;
  }
}

function layoutWords(layout: Layout, terms: Terms): string {
  return layout === 'grid' ? terms.layoutGrid : layout === 'compact' ? terms.layoutCompact : terms.layoutList;
}

const sortText = (terms: readonly SortTerm[]) =>
  terms.map(({ key, descending }) => (descending ? `-${key}` : key)).join(' ');

const STATES: readonly Standing[] = ['in-progress', 'unlocked', 'locked', 'scheduled', 'expired', 'unknown', 'revoked'];

interface Facets {
  readonly revealed: ReadonlySet<string>;
  readonly states: ReadonlySet<Standing>;
  readonly keys: ReadonlySet<GroupKey>;
}

/** Each key that is typed asks again for the same achievements. */
const facets = new WeakMap<readonly Achievement[], Facets>();

function findFacets(achievements: readonly Achievement[], revealed: ReadonlySet<string>): Facets {
  const known = facets.get(achievements);
  if (known?.revealed === revealed) return known;
  const states = new Set<Standing>();
  const keys = new Set<GroupKey>(['none', 'state']);
  for (const achievement of achievements) {
    states.add(standingOf(achievement));
    const masked = isMasked(achievement, revealed.has(achievement.key));
    for (const key of GROUP_KEYS) {
      if (key !== 'none' && !keys.has(key) && groupOf(achievement, key, masked)) keys.add(key);
    }
  }
  const found = { revealed, states, keys };
  facets.set(achievements, found);
  return found;
}

/** What there is to choose from: nothing that would change nothing. */
export function facetsOf(
  achievements: readonly Achievement[],
  view: View,
): Pick<ToolbarState, 'groupKeys' | 'states' | 'total'> {
  const { keys, states } = findFacets(achievements, view.revealed);
  return {
    states: STATES.filter((state) => states.has(state) || view.states.has(state)),
    groupKeys: GROUP_KEYS.filter((key) => keys.has(key) || key === view.groupBy),
    total: achievements.length,
  };
}

interface Choice {
  readonly value: string;
  readonly words: string;
}

function select(label: string, chosen: string, choices: readonly Choice[], change: (value: string) => void) {
  return html`<label class="choice"
    ><span>${label}</span
    ><select @change=${({ target }: Event) => change((target as HTMLSelectElement).value)}>
      ${choices.map(({ value, words }) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
    </select></label
  >`;
}

/** Search, filters with counts, order, groups and layout of a list. */
export function renderToolbar(state: ToolbarState, actions: ToolbarActions, locale: LocaleController): TemplateResult {
  const { formats, terms } = locale;
  const { arrangement, filter, layout, sort } = state;

  const toggleState = (chosen: Standing) => {
    const states = filter.has(chosen) ? [...filter].filter((each) => each !== chosen) : [...filter, chosen];
    // All of them is what no filter says.
    actions.choose({ filter: states.length === state.states.length ? '' : states.join(' ') });
  };

  const filterButton = (words: string, count: number, isOn: boolean, click: () => void) =>
    html`<button type="button" class="segment" aria-pressed=${isOn} @click=${click}>
      ${words} <span class="count">${formats.number(count)}</span>
    </button>`;

  const found = [...arrangement.counts.values()].reduce((sum, count) => sum + count, 0);

  const changeSort = (index: number, term: SortTerm | undefined) => {
    const next = sort.slice(0, index);
    const rest = sort.slice(index + 1).filter(({ key }) => key !== term?.key);
    actions.choose({ sort: sortText(term ? [...next, term, ...rest] : next) });
  };

  /** A key and its direction; the second one breaks the ties of the first. */
  const sortChoice = (index: number, label: string) => {
    const term = sort[index];
    const others = SORT_KEYS.filter((key) => key !== 'order' && (index === 0 || key !== sort[0]?.key));
    const choices = [
      { value: '', words: index === 0 ? terms.sortOrder : '–' },
      ...others.map((key) => ({ value: key, words: sortWords(key, terms) })),
    ];
    const changeKey = (value: string) => {
      const key = SORT_KEYS.find((known) => known === value);
      changeSort(index, key && { key, descending: DESCENDING_FIRST.includes(key) });
    };
    return html`<div class="order">
      ${select(label, term?.key ?? '', choices, changeKey)}
      ${
        term
          ? html`<button
              type="button"
              class="button direction"
              aria-label=${term.descending ? terms.descending : terms.ascending}
              title=${term.descending ? terms.descending : terms.ascending}
              @click=${() => changeSort(index, { ...term, descending: !term.descending })}
            >
              ${glyph(term.descending ? icons.arrowDown : icons.arrowUp)}
            </button>`
          : nothing
      }
    </div>`;
  };

  const reset = ({ currentTarget }: Event) => {
    const button = currentTarget as HTMLElement;
    // The button goes with what there is to reset, and would take the focus with it. Not to the search: on a telephone
    // that is a keyboard over half the list.
    if (button.matches(':focus')) button.closest('.arranging')?.querySelector('select')?.focus();
    actions.reset();
  };

  const [first] = sort;
  return html`<div part="toolbar" class="toolbar" role="group" aria-label=${terms.toolbar}>
    <label class="search">
      ${glyph(icons.search)}<span class="spoken">${terms.search}</span>
      <input
        type="search"
        placeholder=${terms.search}
        autocomplete="off"
        spellcheck="false"
        .value=${state.query}
        @focus=${actions.prepare}
        @input=${({ target }: Event) => actions.search((target as HTMLInputElement).value)}
      />
    </label>
    <div class="bar">
      <div class="segments" role="group" aria-label=${terms.filter}>
        ${filterButton(terms.all, found, filter.size === 0, () => actions.choose({ filter: '' }))}
        ${state.states.map((each) =>
          filterButton(stateWords(each, terms), arrangement.counts.get(each) ?? 0, filter.has(each), () =>
            toggleState(each),
          ),
        )}
      </div>
      <button
        type="button"
        class="button"
        aria-label=${first ? `${terms.sortBy}: ${sortWords(first.key, terms)}` : nothing}
        aria-expanded=${state.isArranging}
        aria-controls="arranging"
        @click=${actions.toggleArranging}
      >
        ${glyph(icons.sort)}${first ? sortWords(first.key, terms) : terms.sortBy}
      </button>
      <div class="segments" role="group" aria-label=${terms.layout}>
        ${LAYOUTS.map(
          (each) =>
            html`<button
              type="button"
              class="segment"
              aria-pressed=${each === layout}
              aria-label=${layoutWords(each, terms)}
              title=${layoutWords(each, terms)}
              @click=${() => actions.choose({ layout: each })}
            >
              ${glyph(LAYOUT_ICONS[each])}
            </button>`,
        )}
      </div>
    </div>
    <div id="arranging" class="arranging" ?hidden=${!state.isArranging}>
      ${sortChoice(0, terms.sortBy)} ${first ? sortChoice(1, terms.thenBy) : nothing}
      ${
        state.groupKeys.length > 1
          ? select(
              terms.groupBy,
              state.groupBy,
              state.groupKeys.map((key) => ({ value: key, words: groupKeyWords(key, terms) })),
              (value) => actions.choose({ groupBy: GROUP_KEYS.find((known) => known === value) ?? 'none' }),
            )
          : nothing
      }
      ${
        state.isChanged
          ? html`<button type="button" class="button" @click=${reset}>${glyph(icons.reset)}${terms.reset}</button>`
          : nothing
      }
    </div>
    <div class="spoken" role="status">
      ${state.isReset ? `${terms.resetDone} · ` : ''}${terms.shownOf(formats.number(arrangement.shown), formats.number(state.total))}
    </div>
  </div>`;
}
