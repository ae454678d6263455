import type { Clock } from '../model/index.js';
import {
  type CacheAddress,
  type Fields,
  SCHEMA,
  VERSION,
  isNewer,
  isNumber,
  isReadable,
  isRecord,
  isTime,
  keyOf,
} from './cache.js';
import { type Environment, type KeyValueStorage, REMOVED, type UpdateOptions } from './environment.js';
import { nameOf } from './problems.js';

const DAY = 86_400_000;

/** Between two sweeps of a device, in milliseconds, whichever page does them. */
const SWEEP_INTERVAL = DAY;

/** An answer that no service has confirmed for so long is gone, in milliseconds: it costs one request. */
const ANSWER_AGE = 60 * DAY;

/** What else is known of a player at a service is gone after so long without a visit, in milliseconds: pins, what was seen. */
const PLACE_AGE = 180 * DAY;

/** How many answers a device keeps; one for each service, player and language. */
const MOST_ANSWERS = 100;

/** Of so many players, those who were here last. */
const MOST_PLAYERS = 20;

/** Of so many players at services is anything kept that is no answer. */
const MOST_PLACES = 500;

/** Left free for reports, in bytes: answers are not kept where less is free. Of a small quota it is a tenth. */
const REPORT_ROOM = 10 * 2 ** 20;
/** So many times as much is plenty for the visit. */
const PLENTY = 10;
const SMALL_SHARE = 0.1;

/** After so many answers that were removed without any more room, the rest stays: this device frees it later. */
const MOST_IN_VAIN = 15;

/** After that, room is made again so much later, in milliseconds. */
const VAIN_REST = 3_600_000;

/** How long the device has to say how much is free, in milliseconds. */
const ESTIMATE_TIME = 1000;

/** How many records are read at once. */
const READ_AT_ONCE = 20;

type Key = readonly string[];

/** The records of an outbox, which belong together. */
const OUTBOX = ['outbox', 'outbox-added'];

/** All else that is known of a player at a service, beside the answers. */
const PARTS = [...OUTBOX, 'visit', 'seen', 'wishes'];

/** The keys of the layout that this code knows. A later one has its own ideas of what is old. */
async function keysOf(storage: KeyValueStorage): Promise<readonly Key[]> {
  return ((await storage.keys?.()) ?? []).filter((key) => key[0] === SCHEMA && key.length === 6);
}

async function inGroups<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += READ_AT_ONCE) {
    await Promise.all(items.slice(from, from + READ_AT_ONCE).map(work));
  }
}

/** When something was used last; nothing and whatever lies ahead is as long ago as can be. */
const past = (time: unknown, now: number) => (isTime(time) && time <= now ? time : -Infinity);

/**
 * Removes records that belong together, unless one of them is newer code's or needed after all, which is looked at in the
 * same transaction. Returns whether anything was removed.
 */
async function remove(
  storage: KeyValueStorage,
  keys: readonly Key[],
  isDoomed: (records: readonly unknown[]) => boolean = () => true,
): Promise<boolean> {
  let isRemoved = false;
  await storage.updateAll?.(keys, (records) => {
    isRemoved = records.some((record) => record !== undefined) && !records.some(isNewer) && isDoomed(records);
    return isRemoved ? keys.map(() => REMOVED) : undefined;
  });
  return isRemoved;
}

/** An answer that is kept. */
interface KeptAnswer {
  readonly address: CacheAddress;
  readonly key: Key;
  readonly confirmationKey: Key;
  /** When the service last confirmed it, in epoch milliseconds. */
  readonly usedAt: number;
}

/** What belongs together: a player at a service. */
const placeOf = ({ backend, scope, player }: CacheAddress) =>
  keyOf({ backend, scope, player, locale: '' }, '').join('\n');

function addressOf([, backend = '', scope = '', player = '', locale = '']: Key): CacheAddress {
  return { backend, scope, player, locale };
}

const isSameAddress = (left: CacheAddress, right: CacheAddress) =>
  keyOf(left, '').every((part, index) => part === keyOf(right, '')[index]);

/** All answers, oldest first. Only the small records beside them are read. */
async function answersOf(storage: KeyValueStorage, keys: readonly Key[], now: number): Promise<readonly KeptAnswer[]> {
  const answers: KeptAnswer[] = [];
  await inGroups(
    keys.filter((key) => key.at(-1) === 'answer'),
    async (key) => {
      const address = addressOf(key);
      const confirmationKey = keyOf(address, 'confirmation');
      // Without it nobody knows how old the answer is.
      const confirmation = await storage.get(confirmationKey);
      const usedAt = isReadable(confirmation) ? past(confirmation['checkedAt'], now) : -Infinity;
      answers.push({ address, key, confirmationKey, usedAt });
    },
  );
  return answers.sort((left, right) => left.usedAt - right.usedAt || 0);
}

/** Removes an answer with what confirms it, unless another page has just confirmed it. Returns whether it was removed. */
function removeAnswer(storage: KeyValueStorage, { key, confirmationKey, usedAt }: KeptAnswer, now: number) {
  const isUnused = (confirmation: unknown) =>
    !isReadable(confirmation) || past(confirmation['checkedAt'], now) <= usedAt;
  return remove(storage, [confirmationKey, key], ([confirmation]) => isUnused(confirmation));
}

/** Whether reports, or what became of them, stand in the record of an outbox. */
function isOutboxNeeded(record: unknown, now: number): boolean {
  if (!isRecord(record)) return false;
  const { queued, rejected, accepted } = record;
  // What this code cannot read is needed by another one.
  const isEmpty = (rows: unknown) => rows === undefined || (Array.isArray(rows) && rows.length === 0);
  if (!isEmpty(queued) || !isEmpty(rejected)) return true;
  const isRecent = (row: unknown) => !isRecord(row) || now - past(row['acceptedAt'], now) <= PLACE_AGE;
  return !isEmpty(accepted) && (!Array.isArray(accepted) || accepted.some(isRecent));
}

/**
 * In bytes, to be given up for reports. Chromium keeps small records in a log: removing them gives no room for long, also
 * once the transaction is complete, and it tells pages that 10 GiB are left, however little it is. What is larger than
 * 64 KiB is a file, which is gone at once.
 */
const RESERVE = 2 ** 19;
const reserveKey: Key = [SCHEMA, '', '', '', '', 'reserve'];

/** Random, since engines compress what they keep. */
function reserveBytes(): Uint8Array {
  const bytes = new Uint8Array(RESERVE);
  const most = 2 ** 16;
  for (let from = 0; from < RESERVE; from += most) crypto.getRandomValues(bytes.subarray(from, from + most));
  return bytes;
}

async function keepReserve(storage: KeyValueStorage): Promise<void> {
  const next = (present: unknown) => (present === undefined ? { v: VERSION, bytes: reserveBytes() } : undefined);
  await storage.update(reserveKey, next, { evictableBytes: RESERVE });
}

const sweepKey: Key = [SCHEMA, '', '', '', '', 'sweep'];

/** Whether it is this page that sweeps, which is noted. */
async function claimSweep(storage: KeyValueStorage, now: number): Promise<boolean> {
  let isClaimed = false;
  await storage.update(sweepKey, (present) => {
    isClaimed =
      !isNewer(present) && now - (isReadable(present) ? past(present['at'], now) : -Infinity) >= SWEEP_INTERVAL;
    return isClaimed ? { v: VERSION, at: now } : undefined;
  });
  return isClaimed;
}

/**
 * Removes what nobody has used for long, and what is more than a device should keep, oldest first: answers after 60 days,
 * beyond 100 and of more than 20 players; the rest of a player at a service after 180 days. At most once a day for all
 * pages of a device. The present player's answer stays whatever its age, and so does every outbox with reports.
 * Rejects where the storage fails; then the rest is left for another day.
 */
export async function sweep(storage: KeyValueStorage, present: CacheAddress, clock: Clock): Promise<void> {
  const now = clock.now();
  if (!storage.keys || !storage.updateAll || !(await claimSweep(storage, now))) return;
  const keys = await keysOf(storage);
  const answers = await answersOf(storage, keys, now);

  /** When each player at a service was last seen. */
  const usedAt = new Map<string, number>();
  const noteUse = (address: CacheAddress, time: number) => {
    const place = placeOf(address);
    usedAt.set(place, Math.max(usedAt.get(place) ?? -Infinity, time));
  };
  for (const answer of answers) noteUse(answer.address, answer.usedAt);
  await inGroups(
    keys.filter((key) => ['visit', 'seen'].includes(key.at(-1) ?? '')),
    async (key) => {
      const record = await storage.get(key);
      // What newer code keeps is of use to it.
      noteUse(addressOf(key), isNewer(record) ? now : isReadable(record) ? past(record['at'], now) : -Infinity);
    },
  );

  const players = new Set([present.player]);
  let kept = 0;
  // The present player's first, then the latest.
  const latest = [...answers].reverse();
  const isPresent = ({ address }: KeptAnswer) => isSameAddress(address, present);
  const rank = (answer: KeptAnswer) => (isPresent(answer) ? 0 : answer.address.player === present.player ? 1 : 2);
  for (const answer of latest.sort((left, right) => rank(left) - rank(right))) {
    const { player } = answer.address;
    const isOld = now - answer.usedAt > ANSWER_AGE;
    const isTooMany = kept >= MOST_ANSWERS || (!players.has(player) && players.size >= MOST_PLAYERS);
    if (!isPresent(answer) && (isOld || isTooMany)) await removeAnswer(storage, answer, now);
    else {
      kept += 1;
      players.add(player);
    }
  }

  const places = new Map<string, Key[]>();
  // What this code does not know is not its to remove.
  for (const key of keys.filter(([, , , , , part = '']) => PARTS.includes(part))) {
    const place = placeOf(addressOf(key));
    places.set(place, [...(places.get(place) ?? []), key]);
  }
  const byUse = [...places].sort(
    ([left], [right]) => (usedAt.get(right) ?? -Infinity) - (usedAt.get(left) ?? -Infinity) || 0,
  );
  for (const [index, [place, records]] of byUse.entries()) {
    const isOfPresent = records.some((key) => key[3] === present.player);
    const isDoomed = now - (usedAt.get(place) ?? -Infinity) > PLACE_AGE || index >= MOST_PLACES;
    if (isOfPresent || !isDoomed) continue;
    const ofOutbox = records.filter(([, , , , , part]) => OUTBOX.includes(part ?? ''));
    if (ofOutbox.length > 0) await remove(storage, ofOutbox, (rows) => !rows.some((row) => isOutboxNeeded(row, now)));
    for (const key of records) if (!ofOutbox.includes(key)) await remove(storage, [key]);
  }
  await removeRemains(storage, present, now);
  await keepReserve(storage);
}

/** Sessions of players of whom nothing else is left, and how the tries at a service went that nobody asked for long. */
async function removeRemains(storage: KeyValueStorage, present: CacheAddress, now: number): Promise<void> {
  const keys = await keysOf(storage);
  const players = new Set([present.player]);
  for (const [, , , player = '', , part] of keys) if (part !== 'session') players.add(player);
  for (const key of keys) {
    const [, , , player = '', , part] = key;
    // Another page that is still open begins another one.
    if (part === 'session' && !players.has(player)) await remove(storage, [key]);
    if (part === 'traffic') {
      await remove(storage, [key], ([record]) => now - past((Object(record) as Fields)['refilledAt'], now) > PLACE_AGE);
    }
  }
}

export interface RoomOptions {
  readonly address: CacheAddress;
  readonly clock: Clock;
  readonly estimate: Environment['estimate'];
}

/** When removing gave no room, in epoch milliseconds; all stores of a page share a device. */
const triedInVain = new WeakMap<KeyValueStorage, number>();

const isFull = (error: unknown) => nameOf(error) === 'QuotaExceededError';

/**
 * The storage of a device that may be full. What cannot be written makes room: cached answers go, oldest first, other
 * players' before those of the present one, and each time it is tried again, until it is written or nothing is left to go.
 * Answers themselves are only written while room is left for reports, and before any of them goes a reserve that is kept
 * for nothing else.
 */
export function roomyStorage(storage: KeyValueStorage, { address, clock, estimate }: RoomOptions): KeyValueStorage {
  /** One after the other: two that find no room need not both make some. */
  let turn: Promise<unknown> = Promise.resolve();

  /** Used and allowed, in bytes; nothing where the device does not say. */
  async function measure(): Promise<{ readonly usage: number; readonly quota: number } | undefined> {
    if (!estimate) return undefined;
    let timer: number | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = clock.setTimeout(() => resolve(undefined), ESTIMATE_TIME);
    });
    try {
      const { usage, quota } = (await Promise.race([estimate(), late])) ?? {};
      return isNumber(usage) && isNumber(quota) && quota > 0 ? { usage, quota } : undefined;
    } catch {
      return undefined;
    } finally {
      if (timer !== undefined) clock.clearTimeout(timer);
    }
  }

  /** As it was when the device was first read: with plenty of room nothing has to be waited for. */
  let firstMeasure: Promise<void> | undefined;
  let hadPlenty = false;

  function measureFirst(): void {
    firstMeasure ??= measure().then((room) => {
      hadPlenty = !estimate || (room !== undefined && room.quota - room.usage >= PLENTY * REPORT_ROOM);
    });
  }

  async function hasRoomFor(bytes: number): Promise<boolean> {
    const room = await measure();
    hadPlenty &&= !room || room.quota - room.usage >= PLENTY * REPORT_ROOM;
    return !room || room.quota - room.usage - bytes >= Math.min(REPORT_ROOM, room.quota * SMALL_SHARE);
  }

  /**
   * Removes answers in steps that double, until `isDone`, which is asked once the removal is complete: only then is
   * anything free. Returns whether it was done.
   */
  async function free(isDone: () => Promise<boolean>, keep: Key | undefined): Promise<boolean> {
    const now = clock.now();
    const vainSince = triedInVain.get(storage) ?? -Infinity;
    if (now >= vainSince && now - vainSince < VAIN_REST) return false;
    const answers = (await answersOf(storage, await keysOf(storage), now)).filter(
      ({ address: other }) => !keep || !isSameAddress(other, addressOf(keep)),
    );
    const rank = ({ address: other }: KeptAnswer) =>
      isSameAddress(other, address) ? 2 : other.player === address.player ? 1 : 0;
    const doomed = [...answers].sort((left, right) => rank(left) - rank(right));
    const before = await measure();
    let removed = 0;
    for (let step = 1; doomed.length > 0; step *= 2) {
      // Not yet those of the present player because of many others.
      const rankOfAll = rank(doomed[0]!);
      const size = doomed.slice(0, step).filter((answer) => rank(answer) === rankOfAll).length;
      for (const answer of doomed.splice(0, size)) if (await removeAnswer(storage, answer, now)) removed += 1;
      if (await isDone()) return true;
      if (removed < MOST_IN_VAIN || !before) continue;
      // Some engines free what is small only much later: then whatever else would go, would go for nothing.
      const after = await measure();
      if (!after || after.usage < before.usage) continue;
      triedInVain.set(storage, now);
      return false;
    }
    return false;
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  /** @param key of an answer, which does not make room by removing itself */
  async function write(attempt: () => Promise<void>, key?: Key, { evictableBytes: bytes }: UpdateOptions = {}) {
    if (bytes !== undefined && !(hadPlenty && bytes < REPORT_ROOM) && !(await hasRoomFor(bytes))) {
      const isRoom = await inTurn(async () => {
        if (await hasRoomFor(bytes)) return true;
        return free(() => hasRoomFor(bytes), key);
      });
      if (!isRoom) throw new DOMException('What is left is kept for reports', 'QuotaExceededError');
    }
    let refusal: unknown;
    const isWritten = async () => {
      try {
        await attempt();
        return true;
      } catch (error) {
        if (!isFull(error)) throw error;
        refusal = error;
        return false;
      }
    };
    if (await isWritten()) return;
    const isDone = await inTurn(async () => {
      if (await isWritten()) return true;
      if (bytes === undefined && (await remove(storage, [reserveKey])) && (await isWritten())) return true;
      return free(isWritten, key);
    });
    if (!isDone) throw refusal;
  }

  return {
    get volatile() {
      return storage.volatile ?? false;
    },
    get: (key) => {
      measureFirst();
      return storage.get(key);
    },
    update: (key, next, options) =>
      write(() => storage.update(key, next, options), options?.evictableBytes === undefined ? undefined : key, options),
    ...(storage.updateAll && { updateAll: (...change) => write(async () => storage.updateAll?.(...change)) }),
    ...(storage.keys && { keys: async () => (await storage.keys?.()) ?? [] }),
    deleteWhere: (matches) => storage.deleteWhere(matches),
    rest: () => storage.rest?.(),
  };
}
