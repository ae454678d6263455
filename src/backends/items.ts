import type * as z from 'zod/mini';
import type { Achievement } from '../model/achievement.js';
import { type SkippedItem, type Problem, ProblemError } from '../model/problem.js';

/** The entries of one page, not yet looked at. */
export interface Entries {
  readonly entries: readonly unknown[];
  /** What relative URLs are relative to. */
  readonly base: string;
  /** Which list of the backend it belongs to; in a later list stands what wins over the first. */
  readonly list: number;
}

/** Where an entry stood. */
export interface Place {
  /** Over all pages of its list, from 0. */
  readonly index: number;
  readonly base: string;
}

/** Turns a checked entry into an achievement, or says why it cannot be one, for instance `id: expected text`. */
export type Translate<Raw> = (raw: Raw, place: Place) => Achievement | string;

/** What a schema's Standard Schema interface says. It may be a promise by its type, which no schema of ours makes. */
type Checked<Raw> =
  { readonly value: Raw; readonly issues?: undefined } | { readonly issues: readonly z.core.$ZodIssue[] };

/** What could be used of an answer, and what could not. */
export interface Items {
  readonly achievements: readonly Achievement[];
  readonly problem?: Problem;
}

const LONGEST_ID = 64;
/** A list of thousands of bad ones helps nobody; the message has the count. */
const MOST_SKIPPED = 100;
const MOST_REASONS = 3;

/** What the schema expected, without what was there: that may be the text of a secret. */
function expectationsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(expectationsOf);
  return ['expected' in issue ? String(issue.expected) : 'something else'];
}

/** Checks one entry and makes something of it; a text says why that cannot be. */
export function readItem<Raw, Made>(
  entry: unknown,
  schema: z.core.$ZodType<Raw>,
  translate: (raw: Raw) => Made,
): Made | string {
  const checked = schema['~standard'].validate(entry) as Checked<Raw>;
  return checked.issues ? reasonOf(checked.issues) : translate(checked.value);
}

/** Tells what was left out, of `total` things; `undefined` where that is nothing. */
export function skippedProblem(skipped: readonly SkippedItem[], total: number, things: string): Problem | undefined {
  if (skipped.length === 0) return undefined;
  const reasons = skipped.slice(0, MOST_REASONS).map(({ index, reason }) => `[${index}] ${reason}`);
  const more = skipped.length > MOST_REASONS ? '; …' : '';
  return {
    code: 'bad-shape',
    message: `${skipped.length} of ${total} ${things} could not be read and were left out: ${reasons.join('; ')}${more}`,
    skipped: skipped.slice(0, MOST_SKIPPED),
  };
}

function reasonOf([issue]: readonly z.core.$ZodIssue[]): string {
  if (!issue) return 'unreadable';
  return `${issue.path.join('.') || 'item'}: expected ${[...new Set(expectationsOf(issue))].join(' or ')}`;
}

/** Only what can be an id: it is told to people. */
function idOf(entry: unknown): { id?: string } {
  const { id, achievementId } = Object(entry) as Record<string, unknown>;
  const told = id ?? achievementId;
  return typeof told === 'string' || typeof told === 'number' ? { id: String(told).trim().slice(0, LONGEST_ID) } : {};
}

/**
 * Checks every entry for itself: a bad one is left out and told in `problem`, the others stay. Where pages overlap and
 * something comes twice the first one counts, except that a later list wins over an earlier one and keeps its place.
 * @throws {ProblemError} `bad-shape` where there were entries and none could be read
 */
export function readItems<Raw>(
  pages: readonly Entries[],
  schema: z.core.$ZodType<Raw>,
  translate: Translate<Raw>,
): Items {
  const achievements = new Map<string, Achievement>();
  const seen = new Set<string>();
  const skipped: SkippedItem[] = [];
  const counts: number[] = [];
  let total = 0;
  for (const { entries, base, list } of pages) {
    for (const entry of entries) {
      const index = (counts[list] ??= 0);
      counts[list]++;
      total++;
      const made = readItem(entry, schema, (raw) => translate(raw, { index, base }));
      if (typeof made === 'string') {
        skipped.push({ index, ...idOf(entry), reason: made });
        continue;
      }
      const listKey = `${list} ${made.key}`;
      if (seen.has(listKey)) continue;
      seen.add(listKey);
      const order = achievements.get(made.key)?.order;
      achievements.set(made.key, order === undefined ? made : { ...made, order });
    }
  }
  const problem = skippedProblem(skipped, total, 'achievements');
  if (!problem) return { achievements: [...achievements.values()] };
  if (achievements.size === 0) throw new ProblemError(problem);
  return { achievements: [...achievements.values()], problem };
}
