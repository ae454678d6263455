import { dropAbsent } from '../model/absent.js';
import type { Achievement } from '../model/achievement.js';
import { completenessOf, isPartial } from '../model/completeness.js';
import { concerns } from '../model/identity.js';
import { withValues } from '../model/reader/made.js';
import type { Backend, Call, Fresh, Report, ReportAnswer, ReportIntent, Validator } from '../model/backend.js';
import { type Problem, ProblemError, isForHostOnly, problemFrom } from '../model/problem.js';
import { writeJson } from '../model/json.js';

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

/** How much a problem says of what is missing: only values, single achievements, or more than is counted. */
function weightOf(problem: Problem): number {
  if (isForHostOnly(problem)) return 0;
  return problem.code === 'bad-shape' && problem.skipped ? 1 : 2;
}

/** One problem that says all of them, by the first of those that say most. */
export function together(problems: readonly Problem[]): Problem {
  const skipped = problems.flatMap((problem) => problem.skipped ?? []);
  const omitted = problems.flatMap((problem) => problem.omitted ?? []);
  const waits = problems.flatMap(({ retryAfter }) => retryAfter ?? []);
  const most = Math.max(...problems.map(weightOf));
  const first = problems.find((problem) => weightOf(problem) === most) as Problem;
  const all: Problem = {
    ...first,
    message: problems.map(({ message }) => message).join(' '),
    ...(waits.length > 0 ? { retryAfter: Math.max(...waits) } : {}),
    ...(skipped.length > 0 ? { skipped } : {}),
  };
  const told = omitted.length > 0 ? { ...all, omitted } : all;
  // A bad answer with single values beside it would read as if those were all.
  return weightOf(told) < most ? all : told;
}

/** The problem with the name of the service in front. */
function named({ id }: Backend, error: unknown): Problem {
  const problem = problemFrom(error);
  return { ...problem, message: `${id}: ${problem.message}` };
}

/** What is known of where a report belongs: a service, none at all, one of several, or nothing yet. */
type Route = Backend | 'nowhere' | 'ambiguous' | 'unread';

/** Whether an achievement is meant by any of its names. */
const isMeant = (achievement: Achievement, intent: ReportIntent) => concerns(intent.achievement, achievement);

/**
 * The service that a report belongs to: the one that gave the achievement, else the only one with such keys, else, where
 * nobody gave it, the only one that takes reports, since services know more than they list.
 */
function routeOf(
  report: ReportIntent & { readonly key?: string | undefined },
  backends: readonly Backend[],
  parts: readonly (Part | undefined)[],
): Route {
  const [first, ...others] = backends;
  if (first && others.length === 0) return first;
  const key = report.key ?? report.achievement;
  const having = (has: (achievement: Achievement) => boolean) =>
    backends.filter((_, index) => parts[index]?.fresh.achievements.some(has));
  // A key that two services have is shown once, from the first.
  const [owner] = having((achievement) => achievement.key === key);
  if (owner) return owner;
  const ofItsKind = backends.filter(({ id }) => key.startsWith(`${id}:`));
  if (ofItsKind.length === 1) return ofItsKind[0]!;
  const meant = having((achievement) => isMeant(achievement, report));
  if (meant.length > 1) return 'ambiguous';
  if (!backends.every((_, index) => parts[index])) return 'unread';
  const writable = backends.filter(({ push }) => push);
  return meant[0] ?? (writable.length === 1 ? writable[0]! : 'nowhere');
}

/** What a combination passes on to those of its services that take reports. */
function writing(
  backends: readonly Backend[],
  partsFor: (call?: Call) => (Part | undefined)[],
): Partial<Backend> | undefined {
  const writable = backends.filter(({ push }) => push);
  if (writable.length === 0) return undefined;
  const smallest = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  };
  const remembering = writable.filter(({ recall }) => recall);

  /** Reads what was not read yet, as after a reload that found nothing new; a failure leaves it unread. */
  const read = (parts: (Part | undefined)[], call: Call) =>
    Promise.all(
      backends.map(async (backend, index) => {
        if (parts[index]) return;
        const answer = await backend.pull(undefined, call).catch(() => 'unchanged' as const);
        if (answer !== 'unchanged') parts[index] = { fresh: answer, held: answer.validator ?? {} };
      }),
    );

  return dropAbsent({
    reportScope: writeJson(writable.map(({ id, scope, reportScope = scope }) => [id, reportScope])),
    pushLimit: smallest(writable.map(({ pushLimit }) => pushLimit)),
    remembersFor: smallest(writable.map(({ remembersFor }) => remembersFor)),
    refuses: (intent: ReportIntent, achievement?: Achievement) => {
      const route = routeOf({ ...intent, key: achievement?.key }, backends, partsFor());
      if (route === 'unread') return undefined;
      if (route === 'nowhere') return 'No service has this achievement.';
      if (route === 'ambiguous') return 'More than one service has such an achievement: report it by its key.';
      return route.push ? route.refuses?.(intent, achievement) : `Nothing can be reported to ${route.id}.`;
    },
    push: async (reports: readonly Report[], call: Call) => {
      const parts = partsFor(call);
      if (reports.some((report) => routeOf(report, backends, parts) === 'unread')) await read(parts, call);
      call.signal.throwIfAborted();
      const answers: ReportAnswer[] = [];
      const shares = new Map<Backend, Report[]>();
      for (const report of reports) {
        const route = routeOf(report, backends, parts);
        if (route === 'unread' || route === 'ambiguous') continue;
        if (route === 'nowhere' || !route.push) {
          const code = route === 'nowhere' ? 'unknown-achievement' : 'read-only';
          answers.push({ id: report.id, outcome: 'rejected', code });
        } else shares.set(route, [...(shares.get(route) ?? []), report]);
      }
      const problems: Problem[] = [];
      await Promise.all(
        [...shares].map(async ([backend, share]) => {
          try {
            for (const { achievement, ...answer } of await backend.push!(share, call)) {
              // The place is the one in its own list.
              const { order: _place, ...placeless } = achievement ?? {};
              answers.push(achievement ? { ...answer, achievement: placeless as Achievement } : answer);
            }
          } catch (error) {
            problems.push(named(backend, error));
          }
        }),
      );
      call.signal.throwIfAborted();
      if (answers.length === 0 && problems.length > 0) throw new ProblemError(together(problems));
      return answers;
    },
    // Whose a report was is not remembered, so all are asked; where one cannot answer nobody knows.
    recall:
      remembering.length > 0
        ? async (ids: readonly string[], call: Call) =>
            (await Promise.all(remembering.map((backend) => backend.recall!(ids, call)))).flat()
        : undefined,
  });
}

/**
 * Several services as one library, in the order given. A report goes to the service that its achievement belongs to; one
 * for a service that takes none is rejected.
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
  const translating = backends.filter(({ translate }) => translate);
  let memory: { readonly owner: string; readonly parts: (Part | undefined)[] } | undefined;
  const ownerOf = ({ player, locale }: Call) => writeJson([player, locale]);
  const partsFor = (call?: Call) => {
    if (call && memory?.owner !== ownerOf(call)) memory = { owner: ownerOf(call), parts: [] };
    return memory?.parts ?? [];
  };
  return {
    id: 'combined',
    scope: writeJson(backends.map(({ id, scope }) => [id, scope])),
    pull: async (known, call) => {
      const owner = ownerOf(call);
      if (!memory || !known || memory.owner !== owner) memory = { owner, parts: [] };
      // An answer that comes late, for another player by then, writes into its own list.
      const { parts } = memory;
      const held = heldOf(known, backends.length);
      const pullPart = async (backend: Backend, validator?: Validator): Promise<Fresh | 'unchanged' | Problem> => {
        try {
          return await backend.pull(validator, call);
        } catch (error) {
          return named(backend, error);
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
      // How many of the parts' own achievements are missing, where that is known of each.
      let missing: number | undefined = 0;
      let told = false;
      let isPart = false;
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
        const { known = 0, total } = part ? completenessOf(part.fresh) : {};
        missing = missing === undefined || total === undefined ? undefined : missing + total - known;
        isPart ||= !part || isPartial(part.fresh);
        told ||= part?.fresh.total !== undefined;
        for (const achievement of part?.fresh.achievements ?? []) {
          if (!achievements.has(achievement.key)) {
            achievements.set(achievement.key, withValues(achievement, { order: achievements.size }));
          }
        }
      }
      return {
        achievements: [...achievements.values()],
        // Not the sum of the totals: what comes from more than one is there once.
        ...(told && missing !== undefined ? { total: achievements.size + missing } : {}),
        ...(isPart ? { isPart: true as const } : {}),
        validator: { digest: writeJson(nextHeld) },
        ...(problems.length > 0 ? { problem: together(problems) } : {}),
      };
    },
    ...(translating.length > 0
      ? {
          translate: (pushed) => {
            const understood = translating.flatMap(({ translate }) => translate?.(pushed) ?? []);
            return understood.length > 0 ? understood : undefined;
          },
        }
      : {}),
    ...writing(backends, partsFor),
    ...(listening.length > 0
      ? {
          listen: (changed, call) => {
            for (const backend of listening) backend.listen?.(changed, call);
          },
          ...(listening.some(({ holdsConnection }) => holdsConnection) ? { holdsConnection: true as const } : {}),
        }
      : {}),
  };
}
