import {
  type Achievement,
  type Backend,
  type ExpectedReport,
  type Problem,
  type ProgressUpdate,
  type ReportAnswer,
  type ReportIntent,
  type ReadUpdates,
  ProblemError,
  concerns,
  isAsFarAs,
  readAchievement,
  readUpdates,
  supersedes,
  withReport,
  withUpdate,
  withValues,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import { foldedKey } from '../model/identity.js';
import type { OutboxContents } from './outbox.js';

/** The longest name of an achievement in a report. */
const LONGEST_NAME = 512;

/** A page that pushes and never pulls must not fill the memory. */
const MOST_UPDATES = 1000;

/**
 * Checks what a host reports.
 * @throws {ProblemError} `bad-shape`, with what was wrong
 */
export function checkIntent(intent: ReportIntent): void {
  const refuse = (what: string): never => {
    const message = `A report needs ${what}, for instance { achievement: "5", set: 7 }.`;
    throw new ProblemError({ code: 'bad-shape', message });
  };
  const { achievement, set, add, unlock } = Object(intent) as Partial<ReportIntent>;
  if (typeof achievement !== 'string' || achievement.trim() === '' || achievement.length > LONGEST_NAME) {
    refuse('the id of an achievement as a text');
  }
  if ([set, add, unlock].filter((each) => each !== undefined).length !== 1) refuse('one of "set", "add" and "unlock"');
  if (set !== undefined && !(Number.isFinite(set) && set >= 0)) refuse('a "set" of 0 or more');
  if (add !== undefined && !(Number.isFinite(add) && add > 0)) refuse('an "add" above 0');
  if (unlock !== undefined && unlock !== true) refuse('"unlock: true"');
}

/**
 * The achievement that a report means; nothing where none is known.
 * @throws {ProblemError} `bad-shape` where an id means several: they are not silently one
 */
export function meantBy(intent: ReportIntent, achievements: readonly Achievement[]): Achievement | undefined {
  const meant = achievements.filter((each) => concerns(intent.achievement, each));
  const exact = meant.find(({ key }) => key === intent.achievement);
  if (exact || meant.length < 2) return exact ?? meant[0];
  const keys = meant.map(({ key }) => `"${key}"`).join(' or ');
  const message = `More than one achievement is called "${intent.achievement}": report it by its key, ${keys}.`;
  throw new ProblemError({ code: 'bad-shape', message });
}

/** @throws {ProblemError} `forbidden` where nothing can be reported, or not this */
export function checkBackend(backend: Backend, intent: ReportIntent, achievement: Achievement | undefined): void {
  const refusal = backend.push
    ? backend.refuses?.(intent, achievement)
    : `The backend "${backend.id}" is read-only as it is set up, so nothing can be reported to it.`;
  if (refusal) throw new ProblemError({ code: 'forbidden', message: refusal });
}

/**
 * How long what was pushed is held against answers that do not have it yet, in milliseconds, by a clock that may jump.
 * Then the service's word stands.
 */
const HOLDS = 120_000;

/** When something was told, and what was shown of its achievement before. */
interface Told {
  readonly at: number;
  readonly before: Achievement | undefined;
}

/** An update that was pushed. */
interface PushedUpdate extends Told {
  readonly update: ProgressUpdate;
}

/** An achievement that an answer to a report had. */
interface ToldAchievement extends Told {
  readonly achievement: Achievement;
}

/** What an achievement tells, as an update. */
function updateOf({ key, state, requirements, resetsAt }: Achievement): ProgressUpdate {
  const numbers = requirements.map(({ id, current, target }) => dropAbsent({ id, current, target }));
  return dropAbsent({ achievement: key, state, requirements: numbers, resetsAt });
}

// Answers to reports overtake each other: one that tells less than was shown before is an older one, and is not held.
const isTold = (answer: Achievement, { achievement }: ToldAchievement) =>
  Boolean(answer.revoked) === Boolean(achievement.revoked) && isAsFarAs(answer, updateOf(achievement));

/** What an answer to a report can have changed; texts and pictures may be overridden. */
function factsOf(achievement: Achievement): Partial<Achievement> {
  const { state, requirements, progress, startedAt, unlockedAt, resetsAt, timesEarned, revoked } = achievement;
  return dropAbsent({ state, requirements, progress, startedAt, unlockedAt, resetsAt, timesEarned, revoked });
}

/** What the backend makes of something that was pushed; nothing where it knows it not, or throws at it. */
function translated(backend: Backend, changes: unknown): ReadUpdates | undefined {
  try {
    return readUpdates(backend.translate?.(changes));
  } catch {
    return undefined;
  }
}

/** What is shown, with one more report that waits: what the whole derivation would give, at the cost of one report. */
export function withAdded(achievements: readonly Achievement[], report: ExpectedReport): readonly Achievement[] {
  const name = report.key ?? report.achievement;
  let changed: Achievement[] | undefined;
  for (const [place, achievement] of achievements.entries()) {
    if (!concerns(name, achievement)) continue;
    const shown = withReport(achievement, report);
    if (shown !== achievement || !shown.pending) {
      (changed ??= [...achievements])[place] = withValues(shown, { pending: true });
    }
  }
  return changed ?? achievements;
}

/** Reports by the names that they say, in their order. */
function byName<Row extends ExpectedReport>(reports: readonly Row[]): (achievement: Achievement) => readonly Row[] {
  const named = new Map<string, (readonly [place: number, report: Row])[]>();
  const add = (name: string, entry: readonly [number, Row]) => {
    const known = named.get(name);
    if (known) known.push(entry);
    else named.set(name, [entry]);
  };
  for (const [place, report] of reports.entries()) {
    const name = report.key ?? report.achievement;
    add(name, [place, report]);
    const folded = foldedKey(name);
    if (folded !== name) add(folded, [place, report]);
  }
  return ({ key, id, apiName }) => {
    const names = [...new Set(apiName === undefined ? [key, id] : [key, id, apiName])];
    const lists = names.flatMap((name) => named.get(name) ?? []);
    if (lists.length === 0) return [];
    const meant = new Map(lists.sort(([left], [right]) => left - right));
    return [...meant.values()];
  };
}

/** What was pushed and no answer has yet: it lies over the answer and never becomes part of it. */
export class PushedProgress {
  #updates: readonly PushedUpdate[] = [];
  #achievements: ReadonlyMap<string, ToldAchievement> = new Map();

  /**
   * @param answer the last one, over which it lies
   * @returns how many there were, and what of them could not be read
   * @throws {ProblemError} `bad-shape` where it is no update, and nothing the backend can translate
   */
  add(
    backend: Backend,
    changes: unknown,
    at: number,
    answer: readonly Achievement[] = [],
  ): { readonly count: number; readonly problem?: Problem } {
    const read = readUpdates(changes) ?? translated(backend, changes);
    if (!read) {
      const message = `What was pushed is nothing that the backend "${backend.id}" knows. Nothing was changed.`;
      throw new ProblemError({ code: 'bad-shape', message });
    }
    const { updates, problem } = read;
    this.#push(updates, at, answer);
    return { count: updates.length, ...(problem ? { problem } : {}) };
  }

  /** A game that tells each step of one thing keeps its last one, and pushes nothing else out. */
  #push(updates: readonly ProgressUpdate[], at: number, answer: readonly Achievement[]): void {
    for (const update of updates) {
      const before = this.#now(answer, update.achievement);
      const others = this.#updates.filter((each) => !supersedes(update, each.update));
      this.#updates = [...others, { update, at, before }].slice(-MOST_UPDATES);
    }
  }

  /** As it is shown, with what was pushed since. */
  #now(answer: readonly Achievement[], name: string): Achievement | undefined {
    const achievement = answer.find((each) => concerns(name, each));
    return achievement && this.#over(achievement);
  }

  /** What the answers to reports tell of their achievements. Returns whether they told it of every accepted one. */
  learn(backend: Backend, answers: readonly ReportAnswer[], at: number, answer: readonly Achievement[] = []): boolean {
    let isComplete = true;
    const achievements = new Map(this.#achievements);
    for (const { outcome, achievement: given, updates: told = [] } of answers) {
      const context = { form: 'either', backend: backend.id, base: '', now: at } as const;
      const read = given && readAchievement(given, context, () => undefined);
      const achievement = typeof read === 'string' ? undefined : read;
      const updates = readUpdates(told)?.updates ?? [];
      if (achievement)
        achievements.set(achievement.key, { achievement, at, before: this.#now(answer, achievement.key) });
      this.#push(updates, at, answer);
      if (['accepted', 'duplicate'].includes(outcome) && !achievement && updates.length === 0) isComplete = false;
    }
    this.#achievements = achievements;
    return isComplete;
  }

  /**
   * An answer has come. What the service accepted before it was asked for, and it lacks, is held as if it had been pushed.
   * Of an `add` nobody knows for sure what it came to.
   */
  hold(accepted: OutboxContents['accepted'], startedAt: number, answer: readonly Achievement[]): void {
    for (const report of accepted) {
      const { acceptedAt: at, add, key, achievement: name } = report;
      const before = add === undefined && at < startedAt && answer.find((each) => concerns(key ?? name, each));
      const expected = before && withReport(before, report);
      if (!expected || expected === before) continue;
      const update = { ...updateOf(expected), ...dropAbsent({ unlockedAt: expected.unlockedAt }) };
      this.#push([update], at, answer);
    }
  }

  /**
   * An answer has come. What was pushed before it was asked for goes once it is in the answer: services answer from copies
   * that lag behind.
   * @param startedAt when it was asked for
   * @returns in how many milliseconds the rest goes too, whatever the answer is; nothing where there is no rest
   */
  forget(startedAt: number, now: number, answer: readonly Achievement[]): number | undefined {
    let wait: number | undefined;
    const named = (name: string) => answer.find((each) => concerns(name, each));
    const isNeeded = ({ at }: Told, isIn: (achievement: Achievement) => boolean, name: string): boolean => {
      // What was pushed at a time to come was pushed by a clock that was set back since.
      const isAskedLater = at < startedAt || (at > now && startedAt <= now);
      if (!isAskedLater) return true;
      const achievement = named(name);
      if (Math.abs(now - at) > HOLDS || (achievement && isIn(achievement))) return false;
      wait = Math.max(wait ?? 0, Math.min(at - now, 0) + HOLDS + 1);
      return true;
    };
    this.#updates = this.#updates.filter((each) =>
      isNeeded(each, (achievement) => isAsFarAs(achievement, each.update, each.before), each.update.achievement),
    );
    this.#achievements = new Map(
      [...this.#achievements].filter(([key, each]) => isNeeded(each, (achievement) => isTold(achievement, each), key)),
    );
    return wait;
  }

  clear(): void {
    this.#updates = [];
    this.#achievements = new Map();
  }

  /** The achievements with what was pushed, then with what was reported: `pending` where that has no answer yet. */
  over(achievements: readonly Achievement[], { accepted, queued }: OutboxContents): readonly Achievement[] {
    const isNothing = this.#updates.length + this.#achievements.size + accepted.length + queued.length === 0;
    if (isNothing) return achievements;
    const named = new Set([
      ...this.#achievements.keys(),
      ...this.#updates.map(({ update }) => update.achievement),
      ...[...accepted, ...queued].map((report) => report.key ?? report.achievement),
    ]);
    for (const name of [...named]) named.add(foldedKey(name));
    const [acceptedOf, queuedOf] = [byName(accepted), byName(queued)];
    const isMeant = ({ key, achievement: name }: ExpectedReport, achievement: Achievement) =>
      concerns(key ?? name, achievement);
    return achievements.map((achievement) => {
      const { key, id, apiName } = achievement;
      const isNamed = named.has(key) || named.has(id) || named.has(foldedKey(id));
      if (!isNamed && !(apiName !== undefined && named.has(apiName))) return achievement;
      let shown = this.#over(achievement);
      for (const report of acceptedOf(achievement)) if (isMeant(report, achievement)) shown = withReport(shown, report);
      let isPending = false;
      for (const report of queuedOf(achievement)) {
        if (!isMeant(report, achievement)) continue;
        shown = withReport(shown, report);
        isPending = true;
      }
      return isPending ? withValues(shown, { pending: true }) : shown;
    });
  }

  #over(achievement: Achievement): Achievement {
    const told = this.#achievements.get(achievement.key);
    let shown = told ? withValues(achievement, factsOf(told.achievement)) : achievement;
    for (const { update } of this.#updates) {
      if (concerns(update.achievement, achievement)) shown = withUpdate(shown, update);
    }
    return shown;
  }
}
