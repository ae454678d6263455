import type { Achievement } from '../achievement.js';
import { sameData } from '../changes.js';
import { identityOf, ownKeysOf } from '../identity.js';
import type { OmittedValue, Problem, SkippedItem } from '../problem.js';
import { type ReadContext, readAchievement } from './achievement.js';
import { withValues } from './made.js';
import { cut, wellFormed } from '../text.js';
import type { Tell } from './values.js';

/** A list of thousands of bad ones helps nobody; the message has the count. */
const MOST_TOLD = 100;
const MOST_REASONS = 3;
/** In one library. */
const MOST_ACHIEVEMENTS = 50_000;

/** Where an achievement stood in what was read. */
export interface EntryPlace {
  /** Over all pages of its list, from 0. */
  readonly index: number;
  /** In a later list stands what wins over the first. */
  readonly list: number;
  /** Pages may overlap; what stands twice on one page is two things, or a mistake. */
  readonly page: number;
}

interface Found extends EntryPlace {
  readonly achievement: Achievement;
}

/** What could be used of a list, and what could not. */
export interface ReadLibrary {
  readonly achievements: readonly Achievement[];
  /** How many entries could not be read; `problem` tells only the first of them. */
  readonly unread: number;
  readonly problem?: Problem;
}

/** An id as it may be told to people: only what can be one. */
export function idToTell(entry: unknown): { id?: string } {
  try {
    const { id, achievementId } = Object(entry) as Record<string, unknown>;
    const told = id ?? achievementId;
    return typeof told === 'string' || typeof told === 'number' ? { id: cut(wellFormed(String(told).trim()), 64) } : {};
  } catch {
    return {};
  }
}

/** Gathers what was left out while something is read. */
export class Omissions {
  readonly skipped: SkippedItem[] = [];
  readonly omitted: OmittedValue[] = [];
  #skipped = 0;
  #omitted = 0;

  get skippedCount(): number {
    return this.#skipped;
  }

  skip(item: SkippedItem): void {
    this.#skipped += 1;
    if (this.skipped.length < MOST_TOLD) this.skipped.push(item);
  }

  omit(value: OmittedValue): void {
    this.#omitted += 1;
    if (this.omitted.length < MOST_TOLD) this.omitted.push(value);
  }

  /**
   * Tells what was left out; `undefined` where that is nothing.
   * @param total how many things were looked at
   * @param things what they are, in the plural
   */
  problem(total: number, things: string): Problem | undefined {
    const listed = (texts: readonly string[], count: number) =>
      texts.slice(0, MOST_REASONS).join('; ') + (count > MOST_REASONS ? '; …' : '');
    const messages: string[] = [];
    if (this.#skipped > 0) {
      const reasons = this.skipped.map(({ index, reason }) => `[${index}] ${reason}`);
      messages.push(
        `${this.#skipped} of ${total} ${things} could not be read and were left out: ${listed(reasons, this.#skipped)}`,
      );
    }
    if (this.#omitted > 0) {
      const reasons = this.omitted.map(({ index, member, expected }) => `[${index}] ${member}: expected ${expected}`);
      const values = this.#omitted === 1 ? '1 value' : `${this.#omitted} values`;
      messages.push(`${values} of the ${things} could not be read and left out: ${listed(reasons, this.#omitted)}`);
    }
    if (messages.length === 0) return undefined;
    return {
      code: 'bad-shape',
      message: messages.join('. '),
      ...(this.#skipped > 0 ? { skipped: this.skipped } : {}),
      ...(this.#omitted > 0 ? { omitted: this.omitted } : {}),
    };
  }
}

/** Gathers the achievements of a library, so that two are never silently one. */
export class LibraryReader {
  readonly #omissions = new Omissions();
  readonly #found: Found[] = [];
  #total = 0;

  /** @param make the achievement of an entry, or why it cannot be one */
  add(entry: unknown, place: EntryPlace, make: (tell: Tell) => Achievement | string): void {
    const { index } = place;
    this.#total += 1;
    if (this.#found.length === MOST_ACHIEVEMENTS) {
      this.#omissions.skip({ index, reason: `expected at most ${MOST_ACHIEVEMENTS} achievements` });
      return;
    }
    const tell: Tell = (member, expected) =>
      this.#omissions.omit({ index, ...idToTell(entry), member, expected } satisfies OmittedValue);
    const achievement = make(tell);
    if (typeof achievement === 'string') this.#omissions.skip({ index, ...idToTell(entry), reason: achievement });
    else this.#found.push({ ...place, achievement });
  }

  result(): ReadLibrary {
    const lists: Found[][] = [];
    for (const found of this.#found) (lists[found.list] ??= []).push(found);
    const achievements = new Map<string, Achievement>();
    for (const all of lists) {
      for (const achievement of this.#apart(all ?? [])) {
        const order = achievements.get(achievement.key)?.order;
        achievements.set(achievement.key, order === undefined ? achievement : withValues(achievement, { order }));
      }
    }
    const problem = this.#omissions.problem(this.#total, 'achievements');
    const unread = this.#omissions.skippedCount;
    return { achievements: [...achievements.values()], unread, ...(problem ? { problem } : {}) };
  }

  /** The achievements of one list, each with a key that no other has, in their order. */
  #apart(all: readonly Found[]): readonly Achievement[] {
    const byKey = new Map<string, Found[]>();
    let isUnique = true;
    for (const found of all) {
      const others = byKey.get(found.achievement.key);
      if (others) {
        others.push(found);
        isUnique = false;
      } else byKey.set(found.achievement.key, [found]);
    }
    if (isUnique) return all.map(({ achievement }) => achievement);
    const chosen = new Map<Found, Achievement>();
    for (const group of byKey.values()) {
      const different = group.length === 1 ? group : this.#different(group);
      const keys = different.length === 1 ? [] : ownKeysOf(different.map(({ achievement }) => achievement));
      for (const [index, found] of different.entries()) {
        const key = keys[index];
        const { achievement } = found;
        chosen.set(found, key === undefined ? achievement : withValues(achievement, { key }));
      }
    }
    return all.flatMap((found) => chosen.get(found) ?? []);
  }

  /**
   * Those with one key that can be told apart. What pages have in common counts once, the first time: a name alone tells
   * nothing apart there, since it may have been changed in between. Two that nothing tells apart are one, unlocked where
   * one of them is, and that is told.
   */
  #different(group: readonly Found[]): readonly Found[] {
    const different: Found[] = [];
    const byIdentity = new Map<string, number>();
    const byName = new Map<string, number>();
    for (const found of group) {
      const { achievement, index, page } = found;
      const { id, name, state } = achievement;
      const identity = identityOf(achievement);
      const first = byIdentity.get(identity);
      const named = byName.get(`${identity} ${name}`);
      if (named === undefined && (first === undefined || different[first]?.page === page)) {
        if (first === undefined) byIdentity.set(identity, different.length);
        byName.set(`${identity} ${name}`, different.length);
        different.push(found);
        continue;
      }
      const place = named ?? first ?? 0;
      const other = different[place];
      if (!other || (named !== undefined && (page !== other.page || isSame(achievement, other.achievement)))) continue;
      this.#omissions.omit({ index, id, member: 'id', expected: 'an id that no other achievement has' });
      if (named !== undefined && state === 'unlocked' && other.achievement.state !== 'unlocked')
        different[place] = found;
    }
    return different;
  }
}

/** Whether two entries say the same, wherever they stand. */
function isSame({ order: _left, ...left }: Achievement, { order: _right, ...right }: Achievement): boolean {
  return sameData(left, right);
}

/** What is read where nobody gave a list. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The achievement of an entry, or why it cannot be one. */
export type ReadOne = (entry: unknown, index: number, tell: Tell) => Achievement | string;

/** Reads entries that came in one piece, with whatever reads one. */
function readEach(entries: readonly unknown[], read: ReadOne): ReadLibrary {
  // Nearly always every one is good and has a key of its own: then nothing is noted of any.
  const achievements: Achievement[] = [];
  const keys = new Set<string>();
  let isClean = entries.length <= MOST_ACHIEVEMENTS;
  const tell = () => void (isClean = false);
  for (let index = 0; index < entries.length && isClean; index++) {
    const achievement = read(entries[index], index, tell);
    if (typeof achievement === 'string' || keys.has(achievement.key)) isClean = false;
    else {
      achievements.push(achievement);
      keys.add(achievement.key);
    }
  }
  if (isClean) return { achievements, unread: 0 };
  const reader = new LibraryReader();
  for (const [index, entry] of entries.entries()) {
    reader.add(entry, { index, list: 0, page: 0 }, (telling) => read(entry, index, telling));
  }
  return reader.result();
}

/**
 * Reads achievements that came in one piece: from the page, from the device, from another window.
 * @returns the problem `bad-shape` alone where they are no list
 */
export function readAchievements(
  value: unknown,
  context: Omit<ReadContext, 'index'>,
  read: ReadOne = (entry, index, tell) => readAchievement(entry, { ...context, index }, tell),
): ReadLibrary {
  if (isList(value)) return readEach(value, read);
  const message =
    'Achievements have to be an array, each in the form of the JSON protocol, such as { "id": "5", "name": "…" }, or in that of the model.';
  return { achievements: [], unread: 0, problem: { code: 'bad-shape', message } };
}
