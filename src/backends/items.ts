import * as z from 'zod/mini';
import type { Achievement } from '../model/achievement.js';
import type { Call } from '../model/backend.js';
import { pause } from '../model/clock.js';
import { ProblemError } from '../model/problem.js';
import { LibraryReader, type ReadLibrary } from '../model/reader/library.js';
import type { Tell } from '../model/reader/values.js';
import { tellingOf } from './schema.js';

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

/** Turns an entry into an achievement, or says why it cannot be one, for instance `id: expected text`. */
export type ReadEntry = (entry: unknown, place: Place, tell: Tell) => Achievement | string;

/** What the schema expected, without what was there: that may be the text of a secret. */
function expectationsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(expectationsOf);
  return ['expected' in issue ? String(issue.expected) : 'something else'];
}

function reasonOf([issue]: readonly z.core.$ZodIssue[]): string {
  if (!issue) return 'unreadable';
  return `${issue.path.join('.') || 'item'}: expected ${[...new Set(expectationsOf(issue))].join(' or ')}`;
}

/** Checks one entry and makes something of it; a text says why that cannot be. */
export function readItem<Raw, Made>(
  entry: unknown,
  schema: z.core.$ZodType<Raw>,
  translate: (raw: Raw) => Made,
  tell: Tell = () => undefined,
): Made | string {
  try {
    // Not the interface of Standard Schema, which makes a rejected promise of what throws.
    const checked = tellingOf(tell, () => z.core.safeParse(schema, entry));
    return checked.success ? translate(checked.data) : reasonOf(checked.error.issues);
  } catch {
    // What throws when it is looked at; its words may quote a secret.
    return 'item: expected plain data';
  }
}

/** After so many entries the thread is given back for a moment: a page of 50,000 must not freeze the one around it. */
const AT_ONCE = 2000;

/** Reads one entry with each step. */
function* reading(pages: readonly Entries[], read: ReadEntry): Generator<undefined, ReadLibrary, undefined> {
  const reader = new LibraryReader();
  const counts: number[] = [];
  for (const [page, { entries, base, list }] of pages.entries()) {
    for (const entry of entries) {
      const index = (counts[list] ??= 0);
      counts[list]++;
      reader.add(entry, { index, list, page }, (tell) => read(entry, { index, base }, tell));
      yield;
    }
  }
  const library = reader.result();
  const { achievements, problem } = library;
  if (achievements.length === 0 && problem) throw new ProblemError(problem);
  return library;
}

/**
 * Reads every entry for itself: a bad one is left out and told in `problem`, the others stay. What pages have in common
 * counts once, and a later list wins over an earlier one and keeps its place.
 * @throws {ProblemError} `bad-shape` where there were entries and none could be read
 */
export function readItems(pages: readonly Entries[], read: ReadEntry): ReadLibrary {
  const steps = reading(pages, read);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, a few thousand at once.
 * @throws the reason of the call's signal once that is aborted
 */
export async function readItemsInSlices(
  pages: readonly Entries[],
  read: ReadEntry,
  { clock, signal }: Call,
): Promise<ReadLibrary> {
  const steps = reading(pages, read);
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done) return step.value;
    if (count % AT_ONCE === 0) await pause(clock, 0, signal);
  }
}
