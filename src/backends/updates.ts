import { dropAbsent } from '../model/absent.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { parseJson } from './http.js';
import { type Draft, normalise, words } from './normalise.js';

/** What was pushed to the host: a text holds it as JSON. */
export function pushedValue(pushed: unknown): unknown {
  return typeof pushed === 'string' ? parseJson(pushed) : pushed;
}

/**
 * What a draft says of an achievement's progress; a text says why it says nothing of any. A state that is no word of the
 * model is no news, and neither is one that would follow from numbers that were not told.
 */
export function updateOf(draft: Draft, backend: string): ProgressUpdate | string {
  // Neither a name nor the window matters here: whoever shows the update knows both, and the time.
  const known = { ...draft, name: words(draft.name) ?? words(draft.id), window: undefined };
  const made = normalise(known, { base: 'about:blank' }, backend, 0);
  if (typeof made === 'string') return made;
  const { key, state, progress, requirements, startedAt, unlockedAt, resetsAt } = made;
  const told = draft.state || unlockedAt !== undefined || progress;
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
