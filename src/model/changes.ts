import type { Achievement } from './achievement.js';

/** An achievement whose progress moved. */
export interface ProgressChange {
  readonly achievement: Achievement;
  readonly previous: Achievement;
}

/** What became different between two answers. */
export interface Changes {
  /** Not unlocked before and unlocked now. */
  readonly unlocked: readonly Achievement[];
  /** Further or less far than before, and not newly unlocked. */
  readonly progressed: readonly ProgressChange[];
}

/** Whether two plain values say the same. Members that are `undefined` count as absent. */
export function sameData(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [ours, theirs] = [left as Record<string, unknown>, right as Record<string, unknown>];
  for (const key in ours) if (!sameData(ours[key], theirs[key])) return false;
  // What the other one has beyond that must be nothing.
  for (const key in theirs) if (!(key in ours) && theirs[key] !== undefined) return false;
  return true;
}

/**
 * The new list with the old objects wherever nothing changed, so that what shows an achievement can tell by identity
 * whether it has anything to do. The same list is returned where everything is the same.
 */
export function keepUnchanged(previous: readonly Achievement[], next: readonly Achievement[]): readonly Achievement[] {
  const known = new Map(previous.map((achievement) => [achievement.key, achievement]));
  const merged = next.map((achievement) => {
    const before = known.get(achievement.key);
    return before && sameData(before, achievement) ? before : achievement;
  });
  const identical = merged.length === previous.length && merged.every((item, index) => item === previous[index]);
  return identical ? previous : merged;
}

/** Compares two answers of one player. What is new in the second has changed nothing: the first data raises no unlock. */
export function changesBetween(previous: readonly Achievement[], next: readonly Achievement[]): Changes {
  const known = new Map(previous.map((achievement) => [achievement.key, achievement]));
  const unlocked: Achievement[] = [];
  const progressed: ProgressChange[] = [];
  for (const achievement of next) {
    const before = known.get(achievement.key);
    if (!before || before === achievement) continue;
    if (achievement.state === 'unlocked' && before.state !== 'unlocked') {
      if (!achievement.revoked) unlocked.push(achievement);
    } else if (!sameData(before.progress, achievement.progress) && achievement.state !== 'unlocked') {
      progressed.push({ achievement, previous: before });
    }
  }
  return { unlocked, progressed };
}

/** What can be unlocked once: an achievement, and of one that begins again each of its periods. */
export function chanceOf({ key, recurrence, resetsAt }: Achievement): string {
  return recurrence && recurrence !== 'none' && resetsAt !== undefined ? `${key} ${resetsAt}` : key;
}

/** The unlocks that were told in one visit. Each is told once, also where it was taken back in between. */
export class ToldUnlocks {
  readonly #chances = new Set<string>();

  /** Remembers an unlock that was seen or told by other means. */
  note(achievement: Achievement): void {
    this.#chances.add(chanceOf(achievement));
  }

  /** Whether this unlock was not told yet; from now on it was. */
  tell(achievement: Achievement): boolean {
    const isNews = !this.#chances.has(chanceOf(achievement));
    this.note(achievement);
    return isNews;
  }
}
