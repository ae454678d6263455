import { withValues } from './reader/made.js';
import type { Achievement, AchievementState, Progress, TimeWindow } from './achievement.js';

/** What an achievement counts as: its state, unless it was taken back. Each one is counted, filtered and grouped as one thing. */
export type Standing = AchievementState | 'revoked';

/** What an achievement counts as. What is revoked is in no total, and therefore in no count of its state either. */
export function standingOf({ revoked, state }: Pick<Achievement, 'revoked' | 'state'>): Standing {
  return revoked ? 'revoked' : state;
}

/** What a state follows from. */
interface StateFacts {
  readonly state: AchievementState;
  readonly window?: TimeWindow;
  readonly progress?: Progress;
}

/**
 * The state at a moment. The service's word stands, except that time goes on while an answer is kept: before its window
 * an achievement is scheduled, after it expired, and a scheduled one whose window has opened can be earned. What is
 * unlocked stays unlocked, and what the service called expired stays expired.
 */
export function stateAt({ state, window, progress }: StateFacts, now: number): AchievementState {
  if (state === 'unlocked' || state === 'expired') return state;
  if (window?.endsAt !== undefined && window.endsAt <= now) return 'expired';
  if (window?.startsAt === undefined) return state;
  if (window.startsAt > now) return 'scheduled';
  if (state === 'scheduled') return progress && progress.ratio > 0 ? 'in-progress' : 'locked';
  return state;
}

/** The achievement as it stands at a moment: the same object where nothing changed. */
export function achievementAt(achievement: Achievement, now: number): Achievement {
  const state = stateAt(achievement, now);
  return state === achievement.state ? achievement : withValues(achievement, { state });
}

/** The next moment at which the state of any of these changes by itself, after `now`. */
export function nextStateChange(achievements: readonly Achievement[], now: number): number | undefined {
  let next: number | undefined;
  for (const { state, window } of achievements) {
    if (!window || state === 'unlocked' || state === 'expired') continue;
    for (const moment of [window.startsAt, window.endsAt]) {
      if (moment !== undefined && moment > now && (next === undefined || moment < next)) next = moment;
    }
  }
  return next;
}
