import { dropAbsent } from '../model/absent.js';
import {
  LAST_MOMENT,
  type Library,
  type Problem,
  type Validator,
  readAchievements,
  readProblem,
  readTotal,
  readValidator,
} from '../model/index.js';
import type { KeyValueStorage } from './environment.js';

/** The layout of the keys. Whatever a later one looks like, the player stays in its place: `signOut` of older code relies on it. */
export const SCHEMA = '1';
const PLAYER_PLACE = 3;

/** The shape of the values. Code reads its own only; what newer code wrote stays as it is. */
export const VERSION = 1;

/** About what one achievement takes on a device. */
const BYTES_OF_ONE = 500;

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

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** A moment that a date can hold, in epoch milliseconds. */
export function isTime(value: unknown): value is number {
  return isNumber(value) && Math.abs(value) <= LAST_MOMENT;
}

export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/**
 * An answer as it was kept, read as whatever comes from outside. Without its times or its list it is worth nothing, which
 * costs one request. Where anything else was wrong it has no validator: the service is asked for all of it.
 */
function readAnswer(record: Fields, backend: string, now: number): Answer | undefined {
  const { startedAt, checkedAt, library, validator, problem } = record;
  if (!isTime(startedAt) || !isTime(checkedAt) || !isRecord(library)) return undefined;
  const { achievements, total, isPart, fetchedAt } = library;
  if (!isTime(fetchedAt) || !Array.isArray(achievements)) return undefined;
  const read = readAchievements(achievements, { form: 'model', backend, base: '', now });
  const isWhole = read.problem === undefined;
  return dropAbsent({
    library: dropAbsent({
      achievements: read.achievements,
      total: readTotal(total),
      isPart: isPart === true || read.unread > 0 ? (true as const) : undefined,
      fetchedAt,
    }),
    validator: isWhole ? readValidator(validator) : undefined,
    problem: problem === undefined ? read.problem : readProblem(problem),
    startedAt,
    checkedAt,
  });
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
      const answer = isReadable(record) ? readAnswer(record, address.backend, now()) : undefined;
      const confirms = isReadable(confirmation) && confirmation.startedAt === answer?.startedAt;
      if (!answer || !confirms || !isTime(confirmation.checkedAt)) return answer;
      return { ...answer, checkedAt: confirmation.checkedAt };
    },

    async checkedAt() {
      const confirmation = await storage.get(confirmationKey);
      return isReadable(confirmation) && isTime(confirmation.checkedAt) ? confirmation.checkedAt : undefined;
    },

    async write(answer, isWanted) {
      const next = (present: unknown) => {
        if (!isWanted() || isNewer(present)) return undefined;
        // Another tab asked later and was answered sooner. A time to come is a clock that was wrong, not a later one.
        const isLate =
          isReadable(present) &&
          isTime(present.startedAt) &&
          present.startedAt > answer.startedAt &&
          present.startedAt <= now();
        return isLate ? undefined : { v: VERSION, ...answer };
      };
      await storage.update(answerKey, next, { evictableBytes: answer.library.achievements.length * BYTES_OF_ONE });
      await confirm(answer, isWanted);
    },

    confirm,
  };
}

/** Removes everything of a player, whatever the service, the locale and the version of the code that wrote it. */
export function forgetPlayer(storage: KeyValueStorage, player: string): Promise<void> {
  return storage.deleteWhere((key) => key[PLAYER_PLACE] === player);
}
