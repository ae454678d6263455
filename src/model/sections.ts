import type { Achievement } from './achievement.js';
import { settled } from './numbers.js';
import { type PlayerMemory, isNewlyAdded } from './player-memory.js';
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
/** The sections that say where to look show so many; the rest stays in the list below, where everything is. */
const MOST_SHOWN = 6;

/** The sections of a list, in the order in which they stand. */
export const SECTION_KEYS = ['pinned', 'since-last-visit', 'nearly-done', 'running-out', 'recently-unlocked'] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

export interface Section {
  readonly key: SectionKey;
  readonly achievements: readonly Achievement[];
}

function isOpen({ revoked, state }: Pick<Achievement, 'revoked' | 'state'>): boolean {
  return !revoked && (state === 'locked' || state === 'in-progress' || state === 'unknown');
}

/** Whether little is left: a high ratio, or few whole units to go. */
export function isNearlyDone(achievement: Pick<Achievement, 'progress' | 'revoked' | 'state'>): boolean {
  const { progress } = achievement;
  if (!isOpen(achievement) || !progress || progress.ratio <= 0) return false;
  if (settled(progress.ratio) >= NEARLY_DONE_RATIO) return true;
  const remaining = remainingProgress(achievement);
  return progress.unit === 'count' && remaining !== undefined && remaining <= FEW_LEFT;
}

/** When an open achievement can no longer be got as it stands: its window closes, or its period resets. */
function endsOf({ progress, resetsAt, window }: Achievement): number[] {
  // A period that resets without anything in it loses nothing.
  const loss = progress && progress.ratio > 0 ? resetsAt : undefined;
  return [loss, window?.endsAt].filter((end) => end !== undefined);
}

/** The first end to come; infinite where there is none. */
function nextEnd(achievement: Achievement, now: number): number {
  return Math.min(...endsOf(achievement).filter((end) => end > now));
}

/** When an open achievement runs out, where that is soon: within two days. In epoch milliseconds. */
export function runsOutAt(achievement: Achievement, now: number): number | undefined {
  const end = nextEnd(achievement, now);
  return isOpen(achievement) && end - now <= SOON ? end : undefined;
}

function isRunningOut(achievement: Achievement, now: number): boolean {
  return runsOutAt(achievement, now) !== undefined;
}

function isUnlocked({ revoked, state }: Achievement): boolean {
  return !revoked && state === 'unlocked';
}

/** What was known and not unlocked counts whatever date the service gives: some give an old one, or none. */
function isUnlockedSinceLastVisit(achievement: Achievement, { lastVisit }: PlayerMemory): boolean {
  return lastVisit !== undefined && isUnlocked(achievement) && !lastVisit.unlocked.has(achievement.key);
}

function belongs(key: SectionKey, achievement: Achievement, memory: PlayerMemory, now: number): boolean {
  switch (key) {
    case 'pinned':
      return memory.pinned.has(achievement.key);
    case 'since-last-visit':
      return isUnlockedSinceLastVisit(achievement, memory) || isNewlyAdded(achievement, memory);
    case 'nearly-done':
      return isNearlyDone(achievement);
    case 'running-out':
      return isRunningOut(achievement, now);
    case 'recently-unlocked':
      return isUnlocked(achievement) && achievement.unlockedAt !== undefined && achievement.unlockedAt > now - RECENT;
  }
}

/** What is left counts first, then the ratio: 8 of 10 is nearer than 8,100 of 10,000. */
function compareNearness(left: Achievement, right: Achievement): number {
  const remaining = (achievement: Achievement) => remainingProgress(achievement) ?? Infinity;
  const order = remaining(left) - remaining(right);
  return Number.isNaN(order) || order === 0 ? (right.progress?.ratio ?? 0) - (left.progress?.ratio ?? 0) : order;
}

/** What comes first in the sections that do not keep the order of the list. */
const ORDERS: Readonly<Partial<Record<SectionKey, (left: Achievement, right: Achievement, now: number) => number>>> = {
  'nearly-done': compareNearness,
  'running-out': (left, right, now) => nextEnd(left, now) - nextEnd(right, now),
  'recently-unlocked': (left, right) => (right.unlockedAt ?? 0) - (left.unlockedAt ?? 0),
};

/** Puts an achievement in its place among the first few; what came earlier stays before its equals. */
function place(
  achievement: Achievement,
  members: Achievement[],
  compare: (left: Achievement, right: Achievement) => number,
): void {
  const isBefore = (other: Achievement | undefined) => other !== undefined && compare(achievement, other) < 0;
  let index = members.length;
  while (isBefore(members[index - 1])) index -= 1;
  members.splice(index, 0, achievement);
  members.splice(MOST_SHOWN);
}

/** The first of the wanted sections that an achievement belongs to, whether or not it is among those shown there. */
export function sectionOf(
  achievement: Achievement,
  memory: PlayerMemory,
  now: number,
  keys: readonly SectionKey[] = SECTION_KEYS,
): SectionKey | undefined {
  return keys.find((key) => belongs(key, achievement, memory, now));
}

/**
 * What matters now, as the wanted sections in the order of `keys`, without the empty ones. Each achievement stands in
 * the first section it belongs to only. `pinned` and `since-last-visit` are whole and keep the order of the list; of the
 * others the six most pressing are shown, the most pressing first.
 */
export function sectionsOf(
  achievements: readonly Achievement[],
  memory: PlayerMemory,
  now: number,
  keys: readonly SectionKey[] = SECTION_KEYS,
): Section[] {
  const sections = new Map<SectionKey, Achievement[]>(keys.map((key) => [key, []]));
  for (const achievement of achievements) {
    const key = sectionOf(achievement, memory, now, keys);
    const members = key && sections.get(key);
    if (!members) continue;
    const compare = ORDERS[key];
    if (compare) place(achievement, members, (left, right) => compare(left, right, now));
    else members.push(achievement);
  }
  return [...sections]
    .filter(([, members]) => members.length > 0)
    .map(([key, members]) => ({ key, achievements: members }));
}

/** When time alone next moves an achievement into a section or out of one, in epoch milliseconds. */
export function nextSectionChange(achievements: readonly Achievement[], now: number): number | undefined {
  let next = Infinity;
  for (const achievement of achievements) {
    const { unlockedAt = -Infinity } = achievement;
    const moments = [...endsOf(achievement).flatMap((end) => [end - SOON, end]), unlockedAt + RECENT];
    for (const moment of moments) if (moment > now && moment < next) next = moment;
  }
  return next === Infinity ? undefined : next;
}
