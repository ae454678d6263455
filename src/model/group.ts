import type { Achievement } from './achievement.js';
import { isMasked } from './masking.js';
import { standingOf } from './state.js';
import { totalsOf, type Totals } from './totals.js';

/** What a list can be grouped by. */
export const GROUP_KEYS = ['none', 'state', 'title', 'campaign', 'type', 'category'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** Achievements under one heading. */
export interface AchievementGroup {
  /** The state (or `revoked`), title, campaign, type or category; empty for those that have none or may not tell. */
  readonly name: string;
  readonly achievements: readonly Achievement[];
  readonly totals: Totals;
}

/** Where an achievement belongs. A masked one tells its state and type only. */
export function groupOf(achievement: Achievement, key: Exclude<GroupKey, 'none'>, masked: boolean): string {
  if (key === 'state') return standingOf(achievement);
  if (key === 'type') return achievement.type ?? '';
  if (masked) return '';
  switch (key) {
    case 'title':
      return achievement.titles[0]?.name ?? '';
    case 'campaign':
      return achievement.campaigns[0] ?? '';
    case 'category':
      return achievement.category ?? '';
  }
}

/**
 * Puts a sorted list under headings, in the order in which the headings first occur; what belongs nowhere comes last.
 * Within a group the order stays.
 */
export function groupAchievements(
  achievements: readonly Achievement[],
  key: Exclude<GroupKey, 'none'>,
  revealed: ReadonlySet<string> = new Set(),
): AchievementGroup[] {
  const groups = new Map<string, Achievement[]>();
  for (const achievement of achievements) {
    const name = groupOf(achievement, key, isMasked(achievement, revealed.has(achievement.key)));
    const group = groups.get(name);
    if (group) group.push(achievement);
    else groups.set(name, [achievement]);
  }
  const named = [...groups].filter(([name]) => name !== '');
  const rest = groups.get('');
  return [...named, ...(rest ? [['', rest] as const] : [])].map(([name, members]) => ({
    name,
    achievements: members,
    totals: totalsOf(members),
  }));
}
