import type { AchievementState, Library, Problem, Validator } from '../model/index.js';
import type { KeyValueStorage } from './environment.js';

/** The layout of the keys. Whatever a later one looks like, the player stays in its place: `signOut` of older code relies on it. */
export const SCHEMA = '1';
const PLAYER_PLACE = 3;

/** The shape of the values. Code reads its own only; what newer code wrote stays as it is. */
export const VERSION = 1;

/** A service's last good answer, and what is needed to ask whether it is still true: kept together or not at all. */
export interface Answer {
  readonly library: Library;
  readonly validator?: Validator;
  /** What was wrong with it, although it could be used. */
  readonly problem?: Problem;
  /** When it was asked for, in epoch milliseconds. */
  readonly startedAt: number;
  /** When the service last said that it is true, in epoch milliseconds. */
  readonly checkedAt: number;
}

/** Everything that makes one answer different from another. */
export interface CacheAddress {
  readonly backend: string;
  readonly scope: string;
  readonly player: string;
  readonly locale: string;
}

/** The kept answer of one address. Everything rejects where the storage fails. */
export interface Cache {
  /** The kept answer; nothing where there is none that this code can read. */
  read(): Promise<Answer | undefined>;
  /** When the kept answer was last known to be true, in epoch milliseconds, without reading it. */
  checkedAt(): Promise<number | undefined>;
  /** Keeps an answer, unless a later one is kept. `isWanted` is asked inside the transaction. */
  write(answer: Answer, isWanted: () => boolean): Promise<void>;
  /** Keeps `checkedAt` alone, without writing a long library once more. */
  confirm(answer: Answer, isWanted: () => boolean): Promise<void>;
}

export type Fields = Readonly<Record<string, unknown>>;

const STATES: readonly unknown[] = [
  'locked',
  'in-progress',
  'unlocked',
  'expired',
  'scheduled',
  'unknown',
] satisfies AchievementState[];

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

export function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function areStrings(...values: unknown[]): boolean {
  return values.every(isString);
}

export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/** As much as is needed to show it without a crash; backends check thoroughly, and nobody else writes here. */
function isAchievement(value: unknown): boolean {
  return (
    isRecord(value) &&
    areStrings(value.key, value.id, value.backend, value.name, value.description) &&
    STATES.includes(value.state) &&
    isListOf(value.requirements, isRecord) &&
    isListOf(value.rewards, isRecord) &&
    isListOf(value.titles, isRecord) &&
    Array.isArray(value.platforms) &&
    Array.isArray(value.campaigns) &&
    isRecord(value.media)
  );
}

function isLibrary(value: unknown): boolean {
  return (
    isRecord(value) &&
    isTime(value.fetchedAt) &&
    (value.total === undefined || isTime(value.total)) &&
    isListOf(value.achievements, isAchievement)
  );
}

function isValidator(value: unknown): boolean {
  return (
    isRecord(value) &&
    areStrings(value.digest) &&
    (value.pages === undefined || isListOf(value.pages, (page) => isRecord(page) && areStrings(page.url, page.etag)))
  );
}

function isProblem(value: unknown): boolean {
  return (
    isRecord(value) &&
    areStrings(value.code, value.message) &&
    (value.skipped === undefined || isListOf(value.skipped, isRecord))
  );
}

/** Anything wrong makes the whole record worthless: it costs one request. */
function isAnswer(value: Fields): value is Fields & Answer {
  return (
    isTime(value.startedAt) &&
    isTime(value.checkedAt) &&
    isLibrary(value.library) &&
    (value.validator === undefined || isValidator(value.validator)) &&
    (value.problem === undefined || isProblem(value.problem))
  );
}

export function isReadable(value: unknown): value is Fields {
  return isRecord(value) && value.v === VERSION;
}

export function isNewer(value: unknown): boolean {
  return isRecord(value) && typeof value.v === 'number' && value.v > VERSION;
}

export function keyOf({ backend, scope, player, locale }: CacheAddress, part: string): string[] {
  return [SCHEMA, backend, scope, player, locale, part];
}

/** The cache of one address in a storage that many share. */
export function createCache(storage: KeyValueStorage, address: CacheAddress, now: () => number): Cache {
  const answerKey = keyOf(address, 'answer');
  const confirmationKey = keyOf(address, 'confirmation');
  const confirm: Cache['confirm'] = ({ startedAt, checkedAt }, isWanted) =>
    storage.update(confirmationKey, (present) =>
      isWanted() && !isNewer(present) ? { v: VERSION, startedAt, checkedAt } : undefined,
    );

  return {
    async read() {
      const [record, confirmation] = await Promise.all([
        storage.get(answerKey),
        // Without it the answer is as good as before, only older.
        storage.get(confirmationKey).catch(() => undefined),
      ]);
      if (!isReadable(record) || !isAnswer(record)) return undefined;
      const confirms = isReadable(confirmation) && confirmation.startedAt === record.startedAt;
      return confirms && isTime(confirmation.checkedAt) ? { ...record, checkedAt: confirmation.checkedAt } : record;
    },

    async checkedAt() {
      const confirmation = await storage.get(confirmationKey);
      return isReadable(confirmation) && isTime(confirmation.checkedAt) ? confirmation.checkedAt : undefined;
    },

    async write(answer, isWanted) {
      await storage.update(answerKey, (present) => {
        if (!isWanted() || isNewer(present)) return undefined;
        // Another tab asked later and was answered sooner. A time to come is a clock that was wrong, not a later one.
        const isLate =
          isReadable(present) &&
          isTime(present.startedAt) &&
          present.startedAt > answer.startedAt &&
          present.startedAt <= now();
        return isLate ? undefined : { v: VERSION, ...answer };
      });
      await confirm(answer, isWanted);
    },

    confirm,
  };
}

/** Removes everything of a player, whatever the service, the locale and the version of the code that wrote it. */
export function forgetPlayer(storage: KeyValueStorage, player: string): Promise<void> {
  return storage.deleteWhere((key) => key[PLAYER_PLACE] === player);
}
