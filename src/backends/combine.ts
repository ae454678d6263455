import type { Achievement } from '../model/achievement.js';
import type { Backend, Fresh, Validator } from '../model/backend.js';
import { type Problem, ProblemError, problemFrom } from '../model/problem.js';

/** What the caller holds of one part: its validator, `{}` where it has none, `null` where nothing of it is shown. */
type Held = Partial<Validator> | null;

/** The last good answer of one part. */
interface Part {
  readonly fresh: Fresh;
  readonly held: Held;
}

/** A combined validator is the list of the parts' own, as JSON. */
function heldOf(known: Validator | undefined, count: number): Held[] {
  try {
    const held: unknown = JSON.parse(known?.digest ?? '');
    if (Array.isArray(held) && held.length === count) return held as Held[];
  } catch {
    // Nothing known, or not of this combination.
  }
  // Whoever knows something may show something of every part.
  return Array<Held>(count).fill(known ? {} : null);
}

/** One problem that says all of them. */
export function together(problems: readonly Problem[]): Problem {
  const skipped = problems.flatMap((problem) => problem.skipped ?? []);
  const waits = problems.flatMap(({ retryAfter }) => retryAfter ?? []);
  return {
    ...(problems[0] as Problem),
    message: problems.map(({ message }) => message).join(' '),
    ...(waits.length > 0 ? { retryAfter: Math.max(...waits) } : {}),
    ...(skipped.length > 0 ? { skipped } : {}),
  };
}

/**
 * Several services as one library, in the order given. Read-only.
 *
 * A service that fails costs only its own news. Its achievements stay as they were last read through this object, and
 * `problem` names it. Where that is not remembered, as after a reload, and the caller still shows some of them, nothing
 * is replaced at all: the problem is thrown, so that the caller keeps its whole library. Only where the caller has
 * nothing of the failing service are the others shown without it, with the problem and without a total. Keys that come
 * from more than one service are shown once, from the first.
 *
 * Remembered is one player's last answer at a time, in memory only, and nothing once it is asked without a validator.
 */
export function combine(...backends: readonly Backend[]): Backend {
  const listening = backends.filter(({ listen }) => listen);
  let memory: { readonly owner: string; readonly parts: (Part | undefined)[] } | undefined;
  return {
    id: 'combined',
    scope: JSON.stringify(backends.map(({ id, scope }) => [id, scope])),
    pull: async (known, call) => {
      const owner = JSON.stringify([call.player, call.locale]);
      if (!memory || !known || memory.owner !== owner) memory = { owner, parts: [] };
      // An answer that comes late, for another player by then, writes into its own list.
      const { parts } = memory;
      const held = heldOf(known, backends.length);
      const pullPart = async (backend: Backend, validator?: Validator): Promise<Fresh | 'unchanged' | Problem> => {
        try {
          return await backend.pull(validator, call);
        } catch (error) {
          const problem = problemFrom(error);
          return { ...problem, message: `${backend.id}: ${problem.message}` };
        }
      };

      const answers = await Promise.all(
        backends.map((backend, index) => {
          const before = held[index];
          return pullPart(backend, before?.digest === undefined ? undefined : (before as Validator));
        }),
      );
      call.signal.throwIfAborted();
      const failed = answers.filter((answer): answer is Problem => typeof answer === 'object' && 'code' in answer);
      if (answers.every((answer) => answer === 'unchanged' || 'code' in answer) && backends.length > 0) {
        if (failed.length > 0) throw new ProblemError(together(failed));
        return 'unchanged';
      }

      const problems: Problem[] = [];
      const achievements = new Map<string, Achievement>();
      let total: number | undefined = 0;
      let told = false;
      const nextHeld: Held[] = [];
      for (const [index, backend] of backends.entries()) {
        let answer = answers[index] as Fresh | 'unchanged' | Problem;
        // The caller's list has every part in it; without a memory of this one it has to be read again.
        if (answer === 'unchanged' && !parts[index]) {
          answer = await pullPart(backend);
          call.signal.throwIfAborted();
        }
        if (typeof answer === 'object' && 'code' in answer) {
          problems.push(answer);
          if (!parts[index] && held[index]) throw new ProblemError(answer);
        } else if (answer !== 'unchanged') {
          parts[index] = { fresh: answer, held: answer.validator ?? {} };
          if (answer.problem) {
            problems.push({ ...answer.problem, message: `${backend.id}: ${answer.problem.message}` });
          }
        }
        const part = parts[index];
        nextHeld.push(part?.held ?? null);
        if (!part) total = undefined;
        else if (total !== undefined) total += part.fresh.total ?? part.fresh.achievements.length;
        told ||= part?.fresh.total !== undefined;
        for (const achievement of part?.fresh.achievements ?? []) {
          if (!achievements.has(achievement.key)) {
            achievements.set(achievement.key, { ...achievement, order: achievements.size });
          }
        }
      }
      return {
        achievements: [...achievements.values()],
        ...(told && total !== undefined ? { total } : {}),
        validator: { digest: JSON.stringify(nextHeld) },
        ...(problems.length > 0 ? { problem: together(problems) } : {}),
      };
    },
    ...(listening.length > 0
      ? {
          listen: (changed, call) => {
            for (const backend of listening) backend.listen?.(changed, call);
          },
        }
      : {}),
  };
}
