import type { Achievement, AchievementState } from './achievement.js';
import { GROUP_KEYS, groupAchievements, groupOf, type GroupKey } from './group.js';
import { isMasked } from './masking.js';
import { compareAchievements, type SortTerm } from './order.js';
import type { PlayerMemory } from './player-memory.js';
import type { Search } from './search.js';
import { nextSectionChange, sectionOf, sectionsOf, type SectionKey } from './sections.js';
import { pointsOf, unitsOf, type Totals } from './totals.js';

/** How a list is to be shown. */
export interface View {
  /** Empty: the backend's own order. */
  readonly sort: readonly SortTerm[];
  /** Only these; empty: all. */
  readonly states: ReadonlySet<AchievementState>;
  readonly search: Search;
  /** Somebody looks for something: what matters now is that, and no section stands above it. */
  readonly isSearching: boolean;
  readonly groupBy: GroupKey;
  readonly sections: readonly SectionKey[];
  /** At most so many; 0: all. */
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
  /** How many were found in each state, whatever the filter. */
  readonly counts: ReadonlyMap<AchievementState, number>;
}

/** Puts sorted achievements where a view wants them: found, filtered, cut, in sections and under headings. */
export function arrange(sorted: readonly Achievement[], view: View): Arrangement {
  const { groupBy, isSearching, limit, memory, now, revealed, search, states } = view;
  const counts = new Map<AchievementState, number>();
  const found: Achievement[] = [];
  for (const achievement of sorted) {
    if (!search(achievement, revealed.has(achievement.key))) continue;
    counts.set(achievement.state, (counts.get(achievement.state) ?? 0) + 1);
    if (states.size === 0 || states.has(achievement.state)) found.push(achievement);
  }
  const shown = limit > 0 ? found.slice(0, limit) : found;
  const sections = isSearching || view.sections.length === 0 ? [] : sectionsOf(shown, memory, now, view.sections);
  const placed = new Set(sections.flatMap(({ achievements }) => achievements));
  const rest = placed.size > 0 ? shown.filter((achievement) => !placed.has(achievement)) : shown;
  const below: ArrangedGroup[] =
    groupBy === 'none'
      ? [{ id: 'rest', kind: 'rest', name: '', achievements: rest }]
      : groupAchievements(rest, groupBy, revealed).map((group) => ({
          id: `${groupBy}:${group.name}`,
          kind: 'group',
          ...group,
        }));
  const above = sections.map(({ key, achievements }) => ({
    id: `section:${key}`,
    kind: 'section' as const,
    name: key,
    achievements,
  }));
  const groups = [...above, ...below].filter(({ achievements }) => achievements.length > 0);
  return { groups, shown: shown.length, counts };
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
