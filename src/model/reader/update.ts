import type { AchievementState } from '../achievement.js';
import type { ProgressUpdate, RequirementUpdate } from '../progress-update.js';
import { Omissions, idToTell } from './library.js';
import type { Problem } from '../problem.js';
import {
  type Tell,
  membersOf,
  oneOf,
  readIdentifier,
  readList,
  readMembers,
  readMilliseconds,
  readNumber,
} from './values.js';

const STATES: readonly AchievementState[] = ['locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'];

/** A page that pushes and never pulls must not fill the memory. */
const MOST_UPDATES = 1000;

type Make<T> = { -readonly [Key in keyof T]: T[Key] };

function readRequirement(value: unknown, tell: Tell): RequirementUpdate | undefined {
  const members = readMembers(value, 'requirements', tell);
  if (!members) return undefined;
  const update: Make<RequirementUpdate> = {};
  const id = readIdentifier(members['id'], 'requirements.id', tell);
  const current = readNumber(members['current'], 'requirements.current', tell);
  const target = readNumber(members['target'], 'requirements.target', tell);
  if (id !== undefined) update.id = id;
  if (current !== undefined) update.current = current;
  if (target !== undefined) update.target = target;
  return update;
}

/**
 * Makes an update of whatever was pushed in the model's own form, member by member; times are epoch milliseconds.
 * @returns why it is none, where it names no achievement
 */
export function readUpdate(value: unknown, tell: Tell): ProgressUpdate | string {
  const members = membersOf(value);
  if (!members) return 'item: expected object';
  const achievement = readIdentifier(members['achievement'], 'achievement', tell);
  if (achievement === undefined) return 'achievement: expected a text that is not empty';
  const update: Make<ProgressUpdate> = { achievement };
  const { state: given } = members;
  const state = oneOf(given, STATES);
  if (state !== undefined) update.state = state;
  else if (given !== undefined && given !== null) tell('state', 'one of its words');
  const requirements = readList(members['requirements'], 'requirements', tell).flatMap(
    (entry) => readRequirement(entry, tell) ?? [],
  );
  if (requirements.length > 0) update.requirements = requirements;
  for (const member of ['startedAt', 'unlockedAt', 'resetsAt'] as const) {
    const moment = readMilliseconds(members[member], member, tell);
    if (moment !== undefined) update[member] = moment;
  }
  return update;
}

/** What could be used of a list of updates, and what could not. */
export interface ReadUpdates {
  readonly updates: readonly ProgressUpdate[];
  readonly problem?: Problem;
}

/** @returns `undefined` where it is no list of updates at all */
export function readUpdates(value: unknown): ReadUpdates | undefined {
  if (!Array.isArray(value)) return undefined;
  const omissions = new Omissions();
  const updates: ProgressUpdate[] = [];
  for (const [index, entry] of value.slice(0, MOST_UPDATES).entries()) {
    const made = readUpdate(entry, (member, expected) =>
      omissions.omit({ index, ...idToTell(entry), member, expected }),
    );
    if (typeof made !== 'string') updates.push(made);
    // No achievement is missing for it, so that it is nothing for a player.
    else omissions.omit({ index, member: 'achievement', expected: 'a text that is not empty' });
  }
  if (value.length > MOST_UPDATES) {
    omissions.omit({ index: MOST_UPDATES, member: 'item', expected: `at most ${MOST_UPDATES} updates` });
  }
  if (value.length > 0 && updates.length === 0) return undefined;
  const problem = omissions.problem(value.length, 'updates');
  return { updates, ...(problem ? { problem } : {}) };
}
