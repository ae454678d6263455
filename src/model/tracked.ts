import type { Achievement } from './achievement.js';
import { isMasked } from './masking.js';
import type { PlayerMemory } from './player-memory.js';
import { nextSectionChange, sectionsOf } from './sections.js';
import { nextStateChange } from './state.js';

/** What was unlocked within this is still told, in milliseconds. */
const JUST_NOW = 10 * 60_000;

/** What a tracker can show, in the order in which it does where nobody says otherwise. */
export const TRACKER_KEYS = ['pinned', 'nearly-done', 'running-out', 'unlocked'] as const;
export type TrackerKey = (typeof TRACKER_KEYS)[number];

/** One line of a tracker. */
export interface TrackedAchievement {
  readonly achievement: Achievement;
  /** The first of the wanted reasons that it is shown for. */
  readonly reason: TrackerKey;
}

/** What a tracker shows at a moment. */
export interface Tracked {
  readonly lines: readonly TrackedAchievement[];
  /** When time alone next changes that, in epoch milliseconds; absent where it never does. */
  readonly until?: number;
}

/** How a tracker is to be filled. */
export interface TrackerView {
  /** Which reasons count, the first ones first. */
  readonly keys: readonly TrackerKey[];
  /** At most so many lines. */
  readonly limit: number;
  readonly memory: PlayerMemory;
  /** When the player was seen unlocking, in epoch milliseconds by key: some services give an old date, or none. */
  readonly seenUnlocked: ReadonlyMap<string, number>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** When an achievement was unlocked, as far as anybody can tell. */
function unlockOf({ key, state, unlockedAt }: Achievement, { seenUnlocked }: TrackerView): number | undefined {
  return state === 'unlocked' ? (seenUnlocked.get(key) ?? unlockedAt) : undefined;
}

/** A date that is still to come is a wrong one, and tells nothing yet. */
const isJustNow = (moment: number, now: number) => moment <= now && now < moment + JUST_NOW;

/** Pinned, and still of use to somebody who plays: a line that can never move again is none. */
function isPursued({ key, state }: Achievement, { memory }: TrackerView): boolean {
  return memory.pinned.has(key) && state !== 'unlocked' && state !== 'expired';
}

/**
 * What a player wants to see while playing. Each achievement has one line, in the first of the wanted reasons it is shown
 * for: `pinned` in the order of the list, what is nearly done or running out with the most pressing first, and what was
 * unlocked within ten minutes with the latest first. A pinned one that was just unlocked keeps its place until then.
 * Masked secrets and revoked achievements are never there.
 */
export function trackedOf(achievements: readonly Achievement[], view: TrackerView): Tracked {
  const { keys, limit, memory, now } = view;
  const shown = achievements.filter((achievement) => !achievement.revoked && !isMasked(achievement));
  const unlocks = new Map<Achievement, number>();
  for (const achievement of shown) {
    const moment = unlockOf(achievement, view);
    if (moment !== undefined) unlocks.set(achievement, moment);
  }
  const recent = [...unlocks].filter(([, moment]) => isJustNow(moment, now));
  const latest = recent.sort(([, left], [, right]) => right - left).map(([achievement]) => achievement);
  const isPinned = (achievement: Achievement) =>
    isPursued(achievement, view) || (memory.pinned.has(achievement.key) && latest.includes(achievement));

  const lines = new Map<string, TrackedAchievement>();
  const add = (reason: TrackerKey, found: readonly Achievement[]) => {
    for (const achievement of found) {
      if (lines.size < limit && !lines.has(achievement.key)) lines.set(achievement.key, { achievement, reason });
    }
  };
  for (const key of keys) {
    if (key === 'pinned') add(key, shown.filter(isPinned));
    else if (key === 'unlocked') add(key, latest);
    else {
      // What has its line already must not take the place of another one among the few of a section.
      const others = shown.filter((achievement) => !lines.has(achievement.key));
      add(
        key,
        sectionsOf(others, memory, now, [key]).flatMap((section) => section.achievements),
      );
    }
  }

  let until = Math.min(nextSectionChange(shown, now) ?? Infinity, nextStateChange(achievements, now) ?? Infinity);
  for (const unlock of unlocks.values()) {
    for (const moment of [unlock, unlock + JUST_NOW]) if (moment > now && moment < until) until = moment;
  }
  return { lines: [...lines.values()], ...(until === Infinity ? {} : { until }) };
}
