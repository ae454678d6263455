import type { Achievement } from './achievement.js';
import { remainingProgress } from './progress.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** From this much on, an achievement is nearly done. */
const NEARLY_DONE_RATIO = 0.8;
/** So few units left are near, whatever the ratio: 1 of 3 to go. */
const FEW_LEFT = 2;
/** What ends or resets within this is running out, in milliseconds. */
const SOON = 2 * DAY;
/** What was unlocked within this is recent, in milliseconds. */
const RECENT = 7 * DAY;

/** The sections of a list, in the order in which they stand. */
export const SECTION_KEYS = ['pinned', 'since-last-visit', 'nearly-done', 'running-out', 'recently-unlocked'] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

/** What a list knows of its player beside the achievements. */
export interface PlayerMemory {
  /** Keys of the achievements that the player pinned. */
  readonly pinned: ReadonlySet<string>;
  /** Keys of the achievements that were there at the end of the last visit; absent at the first one. */
  readonly known?: ReadonlySet<string>;
  /** When the last visit ended, in epoch milliseconds; absent at the first one. */
  readonly lastVisitAt?: number;
}

export interface Section {
  readonly key: SectionKey;
  readonly achievements: readonly Achievement[];
}

function isOpen({ revoked, state }: Achievement): boolean {
  return !revoked && (state === 'locked' || state === 'in-progress' || state === 'unknown');
}

/** Whether little is left: a high ratio, or few whole units to go. */
export function isNearlyDone(achievement: Achievement): boolean {
  const { progress } = achievement;
  if (!isOpen(achievement) || !progress || progress.ratio <= 0) return false;
  if (progress.ratio >= NEARLY_DONE_RATIO) return true;
  const remaining = remainingProgress(achievement);
  return progress.unit === 'count' && remaining !== undefined && remaining <= FEW_LEFT;
}

/** When an open achievement can no longer be got as it stands: its window closes or its period resets. */
function endOf({ resetsAt, window }: Achievement): number | undefined {
  const ends = [resetsAt, window?.endsAt].filter((end) => end !== undefined);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

function isRunningOut(achievement: Achievement, now: number): boolean {
  const end = endOf(achievement);
  // A period that resets without anything in it loses nothing.
  const isWorthIt = achievement.window?.endsAt !== undefined || (achievement.progress?.ratio ?? 0) > 0;
  return isOpen(achievement) && isWorthIt && end !== undefined && end > now && end - now <= SOON;
}

function isUnlockedSince({ revoked, state, unlockedAt }: Achievement, moment: number): boolean {
  return !revoked && state === 'unlocked' && unlockedAt !== undefined && unlockedAt > moment;
}

function belongs(key: SectionKey, achievement: Achievement, memory: PlayerMemory, now: number): boolean {
  const { known, lastVisitAt, pinned } = memory;
  switch (key) {
    case 'pinned':
      return pinned.has(achievement.key);
    case 'since-last-visit':
      return (
        (lastVisitAt !== undefined && isUnlockedSince(achievement, lastVisitAt)) ||
        (known !== undefined && !known.has(achievement.key))
      );
    case 'nearly-done':
      return isNearlyDone(achievement);
    case 'running-out':
      return isRunningOut(achievement, now);
    case 'recently-unlocked':
      return isUnlockedSince(achievement, now - RECENT);
  }
}

/** What is left counts first, then the ratio: 8 of 10 is nearer than 8,100 of 10,000. */
function compareNearness(left: Achievement, right: Achievement): number {
  const remaining = (achievement: Achievement) => remainingProgress(achievement) ?? Infinity;
  const order = remaining(left) - remaining(right);
  return Number.isNaN(order) || order === 0 ? (right.progress?.ratio ?? 0) - (left.progress?.ratio ?? 0) : order;
}

/**
 * What matters now, as sections without the empty ones. Each achievement stands in the first section it belongs to only.
 * Within a section the most pressing comes first; pinned ones keep the order of the list.
 */
export function sectionsOf(achievements: readonly Achievement[], memory: PlayerMemory, now: number): Section[] {
  const placed = new Set<Achievement>();
  const sections: Section[] = [];
  for (const key of SECTION_KEYS) {
    const members = achievements.filter(
      (achievement) => !placed.has(achievement) && belongs(key, achievement, memory, now),
    );
    if (members.length === 0) continue;
    members.forEach((achievement) => placed.add(achievement));
    if (key === 'nearly-done') members.sort(compareNearness);
    if (key === 'running-out') members.sort((left, right) => (endOf(left) ?? 0) - (endOf(right) ?? 0));
    if (key === 'recently-unlocked') members.sort((left, right) => (right.unlockedAt ?? 0) - (left.unlockedAt ?? 0));
    sections.push({ key, achievements: members });
  }
  return sections;
}
