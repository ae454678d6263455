import {
  type Achievement,
  type Problem,
  type ReadContext,
  type ReadLibrary,
  type Tell,
  readAchievement,
  readAchievements,
} from '../model/index.js';

const NONE: readonly Achievement[] = [];

/**
 * The achievements that a page gave, as they were read: whatever the page got them from, they are from outside. What was
 * read once is not read again, so that one change in ten thousand costs one.
 */
export class GivenAchievements {
  #given: unknown;
  /** The entries as they were then: a page may change its list in place. */
  #entries: readonly unknown[] = [];
  #read: ReadLibrary = { achievements: NONE, unread: 0 };
  readonly #known = new WeakMap<object, Achievement>();

  /** What could not be read of those given last. */
  get problem(): Problem | undefined {
    return this.#read.problem;
  }

  /**
   * @param base what relative addresses of pictures are relative to
   * @param now epoch milliseconds
   * @returns `undefined` where what was given is no list, and `problem` says so
   */
  read(given: unknown, base: string, now: number): readonly Achievement[] | undefined {
    if (given !== this.#given) {
      const context = { form: 'either', backend: '', base, now } as const;
      this.#read =
        this.#patched(given, context) ??
        readAchievements(given, context, (entry, _index, tell) => this.#readOne(entry, context, tell));
      this.#given = given;
      this.#entries = Array.isArray(given) ? [...(given as unknown[])] : [];
    }
    return Array.isArray(given) ? this.#read.achievements : undefined;
  }

  /** An object that comes again gives the same achievement, so that its card has nothing to do. */
  #readOne(entry: unknown, context: ReadContext, tell: Tell): Achievement | string {
    const isObject = typeof entry === 'object' && entry !== null;
    const known = isObject ? this.#known.get(entry) : undefined;
    if (known) return known;
    let isWhole = true;
    // Without a place of its own: its place is the one in the list.
    const made = readAchievement(entry, context, (member, expected) => {
      isWhole = false;
      tell(member, expected);
    });
    if (isObject && isWhole && typeof made === 'object') this.#known.set(entry, made);
    return made;
  }

  /** The list with what is new in it; nothing where more is different than single entries. */
  #patched(given: unknown, context: ReadContext): ReadLibrary | undefined {
    const { achievements, problem } = this.#read;
    if (problem || !Array.isArray(given) || given.length !== this.#entries.length) return undefined;
    if (achievements.length !== given.length || given.length === 0) return undefined;
    let isClean = true;
    const next = [...achievements];
    for (let index = 0; index < given.length && isClean; index++) {
      if (given[index] === this.#entries[index]) continue;
      const fresh = this.#readOne(given[index], context, () => void (isClean = false));
      isClean &&= typeof fresh === 'object' && fresh.key === achievements[index]?.key;
      if (typeof fresh === 'object') next[index] = fresh;
    }
    return isClean ? { achievements: next, unread: 0 } : undefined;
  }
}
