import type { Achievement } from './achievement.js';
import { exactPercent, sumOf } from './numbers.js';

/** What a player has of what there is; revoked achievements are in neither. */
export interface Totals {
  readonly unlocked: number;
  readonly total: number;
  /** 0 to 100, rounded down: 100 means all of them. Between 0 and 1 it has decimals: 0 means none. */
  readonly percent: number;
  readonly pointsEarned: number;
  readonly pointsTotal: number;
  /** Of the points, where all that have points agree: `G`. */
  readonly pointsUnit?: string;
}

/** The points of an achievement: the sum of its rewards of kind `points`. */
export function pointsOf({ rewards }: Pick<Achievement, 'rewards'>): number {
  return rewards.reduce(
    (sum, { kind, value }) => (kind === 'points' && typeof value === 'number' ? sumOf(sum, value) : sum),
    0,
  );
}

/** The different units of the points in a list; `undefined` among them where points have none. */
export function unitsOf(achievements: readonly Pick<Achievement, 'rewards'>[]): (string | undefined)[] {
  const rewards = achievements.flatMap((achievement) => achievement.rewards);
  return [...new Set(rewards.filter(({ kind }) => kind === 'points').map(({ unit }) => unit))];
}

/**
 * Adds up a list. An empty list has 0 percent.
 * @param all how many there are, with those that are missing from the list; their points are nobody's guess
 */
export function totalsOf(achievements: readonly Achievement[], all = achievements.length): Totals {
  const counted = achievements.filter(({ revoked }) => !revoked);
  const unlocked = counted.filter(({ state }) => state === 'unlocked');
  const sum = (list: readonly Achievement[]) =>
    list.reduce((points, achievement) => sumOf(points, pointsOf(achievement)), 0);
  const total = counted.length + all - achievements.length;
  const percent = exactPercent(unlocked.length, total);
  const units = unitsOf(counted);
  const [unit] = units;
  return {
    unlocked: unlocked.length,
    total,
    percent: percent < 1 ? percent : Math.floor(percent),
    pointsEarned: sum(unlocked),
    pointsTotal: sum(counted),
    ...(units.length === 1 && unit !== undefined ? { pointsUnit: unit } : {}),
  };
}
