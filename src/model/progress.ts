import type { Achievement, AchievementState, Progress, Requirement } from './achievement.js';
import { differenceOf, reaches } from './numbers.js';

/**
 * How far one requirement is, 0 to 1; 1 only where nothing at all is missing. `undefined` where no honest bar can be
 * drawn: `current` not told, no target above zero, or a `minimum` operation that is not there yet (services do not say what
 * its numbers mean on the way).
 */
export function requirementRatio({ current, target, operation }: Requirement): number | undefined {
  if (current === undefined || target === undefined || target <= 0) return undefined;
  if (operation === 'minimum' && current > target) return undefined;
  const ratio = current / target;
  return Number.isNaN(ratio) ? undefined : Math.min(1, Math.max(0, ratio));
}

/** Whether a requirement is met, where a service says no more of it than its numbers: ten times 0.1 is 1. */
function isMet(requirement: Requirement): boolean {
  const { current, target } = requirement;
  return requirementRatio(requirement) !== undefined && reaches(current!, target!);
}

/** Whether all there is to do is done: what the state follows from where a service does not tell it. */
export function areMet(requirements: readonly Requirement[]): boolean {
  return requirements.length > 0 && requirements.every(isMet);
}

/** How many requirements are met, of how many: "13 of 15 parts". */
export function partsMet(requirements: readonly Requirement[]): { met: number; total: number } {
  return {
    met: requirements.filter(isMet).length,
    total: requirements.length,
  };
}

/** The highest ratio that is not all of it. */
const ALMOST_ALL = 1 - Number.EPSILON / 2;

/**
 * The one bar of an achievement. One requirement: its own numbers. Several: the mean of their ratios, an untold part
 * counting as not begun, and no numbers, since their sum would mean nothing. Unlocked is always full, whatever the
 * numbers say: services count on after the unlock. No progress where nothing is known.
 */
export function aggregateProgress(requirements: readonly Requirement[], state: AchievementState): Progress | undefined {
  const [first] = requirements;
  if (!first) return undefined;
  const unlocked = state === 'unlocked';
  if (requirements.length === 1) {
    const ratio = requirementRatio(first);
    if (ratio === undefined && !(unlocked && first.target !== undefined && first.target > 0)) return undefined;
    return {
      ...(first.current === undefined ? {} : { current: first.current }),
      ...(first.target === undefined ? {} : { target: first.target }),
      ratio: unlocked ? 1 : (ratio ?? 0),
      unit: first.unit,
    };
  }
  const ratios = requirements.map(requirementRatio);
  if (ratios.every((ratio) => ratio === undefined) && !unlocked) return undefined;
  const sum = ratios.reduce<number>((total, ratio) => total + (ratio ?? 0), 0);
  // A hair that is missing from one part is lost in a sum.
  const most = ratios.every((ratio) => ratio === 1) ? 1 : ALMOST_ALL;
  return { ratio: unlocked ? 1 : Math.min(most, sum / requirements.length), unit: 'count' };
}

/** What is left to the target, in the progress's own unit; `undefined` where that is not a recognisable number. */
export function remainingProgress({ progress, state }: Pick<Achievement, 'state' | 'progress'>): number | undefined {
  if (state === 'unlocked' || progress?.current === undefined || progress.target === undefined) return undefined;
  return Math.max(0, differenceOf(progress.target, progress.current));
}
