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

/** An update that was pushed, and when. */
interface PushedUpdate {
  readonly update: ProgressUpdate;
  readonly at: number;
}

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

/** What was pushed since the last answer: it lies over the answer and never becomes part of it. */
export class PushedProgress {
  #updates: readonly PushedUpdate[] = [];
  #achievements: ReadonlyMap<string, { readonly achievement: Achievement; readonly at: number }> = new Map();

  /**
   * @returns how many there were, and what of them could not be read
   * @throws {ProblemError} `bad-shape` where it is no update, and nothing the backend can translate
   */
  add(backend: Backend, changes: unknown, at: number): { readonly count: number; readonly problem?: Problem } {
    const read = readUpdates(changes) ?? translated(backend, changes);
    if (!read) {
      const message = `What was pushed is nothing that the backend "${backend.id}" knows. Nothing was changed.`;
      throw new ProblemError({ code: 'bad-shape', message });
    }
    const { updates, problem } = read;
    this.#push(updates, at);
    return { count: updates.length, ...(problem ? { problem } : {}) };
  }

  /** A game that tells each step of one thing keeps its last one, and pushes nothing else out. */
  #push(updates: readonly ProgressUpdate[], at: number): void {
    for (const update of updates) {
      const others = this.#updates.filter((each) => !supersedes(update, each.update));
      this.#updates = [...others, { update, at }].slice(-MOST_UPDATES);
    }
  }

  /** What the answers to reports tell of their achievements. Returns whether they told it of every accepted one. */
  learn(backend: Backend, answers: readonly ReportAnswer[], at: number): boolean {
    let isComplete = true;
    const achievements = new Map(this.#achievements);
    for (const { outcome, achievement: given, updates: told = [] } of answers) {
      const context = { form: 'either', backend: backend.id, base: '', now: at } as const;
      const read = given && readAchievement(given, context, () => undefined);
      const achievement = typeof read === 'string' ? undefined : read;
      const updates = readUpdates(told)?.updates ?? [];
      if (achievement) achievements.set(achievement.key, { achievement, at });
      this.#push(updates, at);
      if (['accepted', 'duplicate'].includes(outcome) && !achievement && updates.length === 0) isComplete = false;
    }
    this.#achievements = achievements;
    return isComplete;
  }

  /**
   * An answer has come that was asked for at this time: what was pushed before is in it. So is what was pushed at a time
   * to come, by a clock that was set back before it was asked for.
   */
  forget(before: number, now: number): void {
    const isNeeded = ({ at }: { readonly at: number }) => at >= before && (at <= now || before > now);
    this.#updates = this.#updates.filter(isNeeded);
    this.#achievements = new Map([...this.#achievements].filter(([, told]) => isNeeded(told)));
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
    const isMeant = ({ key, achievement: name }: ExpectedReport, achievement: Achievement) =>
      concerns(key ?? name, achievement);
    return achievements.map((achievement) => {
      const { key, id, apiName } = achievement;
      const isNamed = named.has(key) || named.has(id) || named.has(foldedKey(id));
      if (!isNamed && !(apiName !== undefined && named.has(apiName))) return achievement;
      let shown = achievement;
      const told = this.#achievements.get(key);
      if (told) shown = withValues(achievement, factsOf(told.achievement));
      for (const { update } of this.#updates) {
        if (concerns(update.achievement, achievement)) shown = withUpdate(shown, update);
      }
      for (const report of accepted) if (isMeant(report, achievement)) shown = withReport(shown, report);
      let isPending = false;
      for (const report of queued) {
        if (!isMeant(report, achievement)) continue;
        shown = withReport(shown, report);
        isPending = true;
      }
      return isPending ? withValues(shown, { pending: true }) : shown;
    });
  }
}
