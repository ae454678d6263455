import { dropAbsent } from './absent.js';
import type { Achievement, AchievementState, Requirement } from './achievement.js';
import { reaches, sumOf } from './numbers.js';
import { aggregateProgress } from './progress.js';

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
 * until an answer has it. What is absent stays as it was.
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

/** The states from which an achievement can still be earned. */
const EARNABLE: readonly AchievementState[] = ['locked', 'in-progress', 'unknown'];

/** The achievement with other numbers: its bar and, where nobody says otherwise, its state follow from them. */
function withNumbers(
  achievement: Achievement,
  requirements: readonly Requirement[],
  facts: Pick<ProgressUpdate, 'state' | 'startedAt' | 'unlockedAt' | 'resetsAt'>,
): Achievement {
  let { state } = facts;
  if (!state) {
    state = achievement.state;
    const ratio = aggregateProgress(requirements, 'locked')?.ratio ?? 0;
    if (state === 'locked' && ratio > 0) state = 'in-progress';
  }
  const { progress: before, unlockedAt: unlockedBefore, ...rest } = achievement;
  // A bar that was told without numbers has only its two ends.
  const told =
    before && requirements.length === 0 ? { ...before, ratio: state === 'unlocked' ? 1 : before.ratio } : before;
  return {
    ...rest,
    ...dropAbsent({
      requirements,
      state,
      progress: requirements.length > 0 ? aggregateProgress(requirements, state) : told,
      startedAt: facts.startedAt ?? achievement.startedAt,
      unlockedAt: state === 'unlocked' ? (facts.unlockedAt ?? unlockedBefore) : undefined,
      resetsAt: facts.resetsAt ?? achievement.resetsAt,
    }),
  };
}

/** The achievement with what a service pushed about it. Requirements that it does not have are left out. */
export function withUpdate(achievement: Achievement, update: ProgressUpdate): Achievement {
  const { requirements: present } = achievement;
  const requirements = present.map((requirement) => {
    const news = update.requirements?.find(({ id }) =>
      id === undefined ? present.length === 1 : id === requirement.id,
    );
    return news ? { ...requirement, ...dropAbsent({ current: news.current, target: news.target }) } : requirement;
  });
  return withNumbers(achievement, requirements, update);
}

/** Whether the later of two updates says everything that the earlier one said, so that the earlier one can be forgotten. */
export function supersedes(later: ProgressUpdate, earlier: ProgressUpdate): boolean {
  if (later.achievement !== earlier.achievement) return false;
  const facts = ['state', 'startedAt', 'unlockedAt', 'resetsAt'] as const;
  if (facts.some((fact) => earlier[fact] !== undefined && later[fact] === undefined)) return false;
  return (earlier.requirements ?? []).every(({ id, current, target }) => {
    const now = later.requirements?.find((each) => each.id === id);
    return (
      now && (current === undefined || now.current !== undefined) && (target === undefined || now.target !== undefined)
    );
  });
}

const RANK: Readonly<Record<AchievementState, number>> = {
  scheduled: 0,
  locked: 1,
  unknown: 1,
  'in-progress': 2,
  unlocked: 3,
  expired: 3,
};

function hasState(answer: Achievement, state: AchievementState | undefined, before: Achievement | undefined): boolean {
  if (state === undefined || answer.state === state) return true;
  if (state === 'unlocked') return false;
  // Taken back, or begun again: what is unlocked is an older read, unless it was unlocked once more.
  if (before?.state === 'unlocked') return (answer.unlockedAt ?? 0) > (before.unlockedAt ?? Infinity);
  return RANK[answer.state] >= RANK[state];
}

/**
 * Whether an answer has at least what was pushed: the state reached, and numbers at least as far. What was pushed to be
 * less than it had been shown is in an answer that is less too; what begins later than it is, has it in any case.
 * @param before the achievement as it was shown before the update; absent where it was not known
 */
export function isAsFarAs(answer: Achievement, update: ProgressUpdate, before?: Achievement): boolean {
  const resetsAt = update.resetsAt ?? before?.resetsAt;
  if (answer.resetsAt !== undefined && resetsAt !== undefined && answer.resetsAt !== resetsAt) {
    return answer.resetsAt > resetsAt;
  }
  if (update.resetsAt !== undefined && answer.resetsAt === undefined) return false;
  // The service took it away in so many words.
  if (answer.revoked && !before?.revoked) return true;
  if (!hasState(answer, update.state, before)) return false;
  const named = (requirements: readonly Requirement[], id: string | undefined) =>
    requirements.find((each) => (id === undefined ? requirements.length === 1 : each.id === id));
  return (update.requirements ?? []).every(({ id, current, target }) => {
    const now = named(answer.requirements, id);
    const past = before && named(before.requirements, id)?.current;
    const isLess = current !== undefined && past !== undefined && current < past;
    // Where there is no such requirement nothing can be shown; services count no further once it is unlocked.
    if (!now || (answer.state === 'unlocked' && !isLess)) return true;
    if (target !== undefined && now.target !== target) return false;
    if (current === undefined) return true;
    if (now.current === undefined) return false;
    return reaches(now.current, current) && !(isLess && now.current >= past);
  });
}

/** A report as it is shown: what the achievement is expected to be once the service has it. */
export interface ExpectedReport {
  readonly achievement: string;
  readonly key?: string;
  readonly set?: number;
  readonly add?: number;
  readonly unlock?: true;
  /** What `current` is expected to become at least; absent where nothing was known when it was reported. */
  readonly expects?: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * What `current` becomes with a report, for an achievement with one requirement. It is kept with the report, so that a
 * report which the service has already counted is not counted once more in what is shown.
 */
export function expectedCurrent(achievement: Achievement, { set, add }: ExpectedReport): number | undefined {
  const [requirement, ...others] = achievement.requirements;
  if (!requirement || others.length > 0) return undefined;
  if (set !== undefined) return set;
  // Not told is not 0, but a player who is told that it was 0 and is 1 now is told nothing wrong.
  return add === undefined ? undefined : sumOf(requirement.current ?? 0, add);
}

/**
 * The achievement as it is once the service has a report: never less far than without it. One that cannot be earned any
 * more, or not yet, stays as it is.
 */
export function withReport(achievement: Achievement, report: ExpectedReport): Achievement {
  if (achievement.revoked || !EARNABLE.includes(achievement.state)) return achievement;
  const { requirements } = achievement;
  const [requirement] = requirements;
  const unlocked = { state: 'unlocked', unlockedAt: report.at } as const;
  if (report.unlock) return withNumbers(achievement, requirements, unlocked);
  const expected = report.expects ?? report.set;
  if (!requirement || requirements.length > 1 || expected === undefined) return achievement;
  const current = Math.max(requirement.current ?? Number.NEGATIVE_INFINITY, expected);
  if (current === requirement.current) return achievement;
  const isDone = requirement.target !== undefined && requirement.target > 0 && reaches(current, requirement.target);
  return withNumbers(achievement, [{ ...requirement, current }], isDone ? unlocked : {});
}
