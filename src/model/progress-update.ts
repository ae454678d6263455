import type { AchievementState } from './achievement.js';

/** The present numbers of one requirement. */
export interface RequirementUpdate {
  /** Absent: the only one. */
  readonly id?: string;
  readonly current?: number;
  /** Absent: as before. */
  readonly target?: number;
}

/**
 * What a service pushed about one achievement: a game's event, a Talon.One effect, an Xbox real-time frame. It is shown
 * until the next pull tells the truth. What is absent stays as it was.
 */
export interface ProgressUpdate {
  /** The achievement's `key`, `id` or `apiName`. */
  readonly achievement: string;
  readonly state?: AchievementState;
  readonly requirements?: readonly RequirementUpdate[];
  /** Epoch milliseconds, as are the others. */
  readonly startedAt?: number;
  readonly unlockedAt?: number;
  readonly resetsAt?: number;
}
