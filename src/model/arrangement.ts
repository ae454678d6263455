import type { Achievement } from './achievement.js';
import { GROUP_KEYS, groupAchievements, groupOf, type GroupKey } from './group.js';
import { isMasked } from './masking.js';
import { compareAchievements, type SortTerm } from './order.js';
import type { PlayerMemory } from './player-memory.js';
import type { Search } from './search.js';
import { nextSectionChange, sectionOf, sectionsOf, type SectionKey } from './sections.js';
import { standingOf, type Standing } from './state.js';
import { pointsOf, unitsOf, type Totals } from './totals.js';

/** How a list is to be shown. */
export interface View {
  /** Empty: the backend's own order. */
  readonly sort: readonly SortTerm[];
  /** Only these; empty: all. What is revoked is in none of the states. */
  readonly states: ReadonlySet<Standing>;
  readonly search: Search;
  /** Somebody looks for something: what matters now is that, and no section stands above it. */
  readonly isSearching: boolean;
  readonly groupBy: GroupKey;
  readonly sections: readonly SectionKey[];
  /** At most so many, of which the sections come first; 0: all. */
  readonly limit: number;
  /** Keys of the secrets that are shown. */
  readonly revealed: ReadonlySet<string>;
  /** A BCP 47 tag for comparing names. */
  readonly locale: string;
  readonly memory: PlayerMemory;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What stands under one heading. */
export interface ArrangedGroup {
  /** Unique in its list. */
  readonly id: string;
  readonly kind: 'section' | 'group' | 'rest';
  /** The section's key, or the group's name as `groupAchievements` gives it. */
  readonly name: string;
  readonly achievements: readonly Achievement[];
  /** Of groups. */
  readonly totals?: Totals;
}

/** A list as it is shown. */
export interface Arrangement {
  readonly groups: readonly ArrangedGroup[];
  /** How many achievements stand in the groups. */
  readonly shown: number;
  /** How many were found in each state, whatever the filter; revoked ones apart, as in totals. */
  readonly counts: ReadonlyMap<Standing, number>;
}

/**
 * Puts sorted achievements where a view wants them: found, filtered, in sections, cut, and under headings. The sections
 * come first in what a limit leaves: they hold what matters most, wherever it stands in the list. What room is left goes
 * to the first of the rest as it is sorted, so that headings do not change which are shown.
 */
export function arrange(sorted: readonly Achievement[], view: View): Arrangement {
  const { groupBy, isSearching, limit, memory, now, revealed, search, states } = view;
  const counts = new Map<Standing, number>();
  const found: Achievement[] = [];
  for (const achievement of sorted) {
    if (!search(achievement, revealed.has(achievement.key))) continue;
    const standing = standingOf(achievement);
    counts.set(standing, (counts.get(standing) ?? 0) + 1);
    if (states.size === 0 || states.has(standing)) found.push(achievement);
  }
  let room = limit > 0 ? limit : Infinity;
  const upTo = (achievements: readonly Achievement[]) => {
    const fitting = achievements.length > room ? achievements.slice(0, room) : achievements;
    room -= fitting.length;
    return fitting;
  };
  const sections = isSearching || view.sections.length === 0 ? [] : sectionsOf(found, memory, now, view.sections);
  const placed = new Set(sections.flatMap(({ achievements }) => achievements));
  const above = sections.map(({ key, achievements }) => ({
    id: `section:${key}`,
    kind: 'section' as const,
    name: key,
    achievements: upTo(achievements),
  }));
  const rest = upTo(placed.size > 0 ? found.filter((achievement) => !placed.has(achievement)) : found);
  const below: ArrangedGroup[] =
    groupBy === 'none'
      ? [{ id: 'rest', kind: 'rest', name: '', achievements: rest }]
      : groupAchievements(rest, groupBy, revealed).map((group) => ({
          id: `${groupBy}:${group.name}`,
          kind: 'group',
          ...group,
        }));
  const groups = [...above, ...below].filter(({ achievements }) => achievements.length > 0);
  const shown = groups.reduce((sum, { achievements }) => sum + achievements.length, 0);
  return { groups, shown, counts };
}

/**
 * Whether a changed achievement stays exactly where it is in an arrangement, and changes no number in it, nor what there
 * is to group by: then whoever shows it need not arrange again before time moves something.
 */
export function keepsPlace(before: Achievement, after: Achievement, view: View): boolean {
  const { isSearching, memory, now, revealed, search, sections, sort } = view;
  const isRevealed = revealed.has(after.key);
  const hasSections = !isSearching && sections.length > 0;
  const section = (achievement: Achievement) =>
    hasSections ? sectionOf(achievement, memory, now, sections) : undefined;
  const nextSection = (achievement: Achievement) => (hasSections ? nextSectionChange([achievement], now) : undefined);
  const group = (achievement: Achievement, key: GroupKey) =>
    key === 'none' ? '' : groupOf(achievement, key, isMasked(achievement, isRevealed));
  return (
    before.key === after.key &&
    before.state === after.state &&
    before.secret === after.secret &&
    before.revoked === after.revoked &&
    pointsOf(before) === pointsOf(after) &&
    unitsOf([before]).join() === unitsOf([after]).join() &&
    search(before, isRevealed) === search(after, isRevealed) &&
    GROUP_KEYS.every((key) => group(before, key) === group(after, key)) &&
    // Within a section the order depends on more than this knows.
    section(before) === undefined &&
    section(after) === undefined &&
    nextSection(before) === nextSection(after) &&
    compareAchievements(sort, view)(before, after) === 0
  );
}
