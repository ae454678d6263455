import type { Achievement } from './achievement.js';
import { isMasked } from './masking.js';
import { remainingProgress } from './progress.js';
import { standingOf, type Standing } from './state.js';
import { pointsOf } from './totals.js';

/** What a list can be sorted by. */
export const SORT_KEYS = [
  'order',
  'state',
  'progress',
  'remaining',
  'unlocked',
  'rarity',
  'points',
  'name',
  'ends',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SortTerm {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** What a player can still do comes first, then what is done, then what is not open. */
const STATE_ORDER: Readonly<Record<Standing, number>> = {
  'in-progress': 0,
  locked: 1,
  unlocked: 2,
  scheduled: 3,
  expired: 4,
  unknown: 5,
  revoked: 6,
};

/** Reads `"state -progress name"`; words that are no sort key are left out and returned apart, so a host can be told. */
export function parseSort(text: string): { terms: SortTerm[]; unknown: string[] } {
  const terms: SortTerm[] = [];
  const unknown: string[] = [];
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const descending = word.startsWith('-');
    const name = descending ? word.slice(1) : word;
    const key = SORT_KEYS.find((known) => known === name);
    if (key) terms.push({ key, descending });
    else unknown.push(word);
  }
  return { terms, unknown };
}

/** The value to sort by; `undefined` sorts last in both directions. */
function sortValue(achievement: Achievement, key: Exclude<SortKey, 'name'>): number | undefined {
  switch (key) {
    case 'order':
      return achievement.order;
    case 'state':
      return STATE_ORDER[standingOf(achievement)];
    case 'progress':
      return achievement.state === 'unlocked' ? 1 : achievement.progress?.ratio;
    case 'remaining':
      return remainingProgress(achievement);
    case 'unlocked':
      return achievement.unlockedAt;
    case 'rarity':
      return achievement.rarity?.percent;
    case 'points':
      return pointsOf(achievement);
    case 'ends':
      return achievement.state === 'unlocked' ? undefined : (achievement.resetsAt ?? achievement.window?.endsAt);
  }
}

/** A masked name has no place in the alphabet: it would tell where the name is. */
function sortName(achievement: Achievement, revealed: ReadonlySet<string>): string | undefined {
  return isMasked(achievement, revealed.has(achievement.key)) ? undefined : achievement.name;
}

function compareDefined<T>(
  left: T | undefined,
  right: T | undefined,
  descending: boolean,
  compare: (left: T, right: T) => number,
): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  const order = compare(left, right);
  return descending ? -order : order;
}

/** How to sort. */
export interface SortOptions {
  /** Keys of the secrets that are shown; the names of the others sort last. */
  readonly revealed?: ReadonlySet<string>;
  /** A BCP 47 tag for comparing names; the default is the runtime's. */
  readonly locale?: string;
}

/** How two achievements stand to each other; unknown values are last whichever the direction. */
export function compareAchievements(
  terms: readonly SortTerm[],
  { revealed = new Set<string>(), locale }: SortOptions = {},
): (left: Achievement, right: Achievement) => number {
  // Slow to make, and most orders have no use for it.
  const names = terms.some(({ key }) => key === 'name') ? new Intl.Collator(locale, { numeric: true }) : undefined;
  return (left, right) => {
    for (const { key, descending } of terms) {
      const order =
        key === 'name'
          ? compareDefined(sortName(left, revealed), sortName(right, revealed), descending, (a, b) =>
              names ? names.compare(a, b) : 0,
            )
          : compareDefined(sortValue(left, key), sortValue(right, key), descending, (a, b) => a - b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** A sorted copy. Without terms it is the backend's own order, and what compares equal keeps it. */
export function sortAchievements(
  achievements: readonly Achievement[],
  terms: readonly SortTerm[],
  options?: SortOptions,
): Achievement[] {
  return terms.length === 0 ? [...achievements] : [...achievements].sort(compareAchievements(terms, options));
}

/** Reads a list of states such as `"in-progress locked"`, or `revoked`; other words are returned apart. */
export function parseFilter(text: string): { states: Set<Standing>; unknown: string[] } {
  const states = new Set<Standing>();
  const unknown: string[] = [];
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    if (Object.hasOwn(STATE_ORDER, word)) states.add(word as Standing);
    else unknown.push(word);
  }
  return { states, unknown };
}
