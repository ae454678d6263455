import { dropAbsent } from '../model/absent.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { parseJson } from '../model/json.js';
import { readAchievement } from '../model/reader/achievement.js';
import { membersOf, textOf } from '../model/reader/values.js';

/** What was pushed to the host: a text holds it as JSON. */
export function pushedValue(pushed: unknown): unknown {
  return typeof pushed === 'string' ? parseJson(pushed) : pushed;
}

/**
 * What an achievement in the JSON form says of its progress; a text says why it says nothing of any. A state that is no
 * word of the model is no news, and neither is one that would follow from numbers that were not told.
 */
export function updateOf(draft: unknown, backend: string): ProgressUpdate | string {
  const members = membersOf(draft);
  if (!members) return 'item: expected object';
  // Neither a name nor the window matters here: whoever shows the update knows both, and the time.
  const known = { ...members, name: textOf(members['name']) ?? '-', window: undefined };
  const context = { form: 'json', backend, base: 'about:blank', now: 0 } as const;
  const made = readAchievement(known, context, () => undefined);
  if (typeof made === 'string') return made;
  const { key, state, progress, requirements, startedAt, unlockedAt, resetsAt } = made;
  const told = members['state'] || unlockedAt !== undefined || state === 'unlocked' || progress;
  return dropAbsent({
    achievement: key,
    state: told && state !== 'unknown' ? state : undefined,
    requirements:
      requirements.length > 0
        ? requirements.map(({ id, current, target }) => dropAbsent({ id, current, target }))
        : undefined,
    startedAt,
    unlockedAt,
    resetsAt,
  });
}
