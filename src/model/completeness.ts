import type { Library } from './achievement.js';
import type { Fresh } from './backend.js';

/** How much of what there is is known: the one answer to "is this everything", for whoever tells a player. */
export interface Completeness {
  readonly isWhole: boolean;
  /** How many are there to be shown. */
  readonly known: number;
  /** How many there are; absent where some are missing, and nobody says how many. */
  readonly total?: number;
}

/**
 * Counts what is there against what there is. It is said of the library and not of the last problem, which is about the
 * last question: a list that was short stays short when the connection goes.
 */
export function completenessOf({
  achievements,
  total = 0,
  isPart,
}: Pick<Library, 'achievements' | 'total' | 'isPart'>): Completeness {
  const known = achievements.length;
  // A service that says less than it gave has counted wrong.
  if (total > known) return { isWhole: false, known, total };
  return isPart ? { isWhole: false, known } : { isWhole: true, known, total: known };
}

/** Whether achievements are missing from an answer, also from one of a backend that tells only the problem. */
export function isPartial(answer: Fresh): boolean {
  return !completenessOf(answer).isWhole || answer.problem?.code === 'incomplete';
}
