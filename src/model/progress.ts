import type { Achievement, AchievementState, Progress, Requirement } from './achievement.js';

/**
 * How far one requirement is, 0 to 1. `undefined` where no honest bar can be drawn: `current` not told, no target
 * above zero, or a `minimum` operation that is not there yet (services do not say what its numbers mean on the way).
 */
export function requirementRatio({ current, target, operation }: Requirement): number | undefined {
  if (current === undefined || target === undefined || target <= 0) return undefined;
  if (operation === 'minimum' && current > target) return undefined;
  return Math.min(1, Math.max(0, current / target));
}

/** How many requirements are met, of how many: "13 of 15 parts". */
export function partsMet(requirements: readonly Requirement[]): { met: number; total: number } {
  return {
    met: requirements.filter((requirement) => requirementRatio(requirement) === 1).length,
    total: requirements.length,
  };
}

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
  return { ratio: unlocked ? 1 : sum / requirements.length, unit: 'count' };
}

/** What is left to the target, in the progress's own unit; `undefined` where that is not a recognisable number. */
export function remainingProgress({ progress, state }: Pick<Achievement, 'state' | 'progress'>): number | undefined {
  if (state === 'unlocked' || progress?.current === undefined || progress.target === undefined) return undefined;
  return Math.max(0, progress.target - progress.current);
}
