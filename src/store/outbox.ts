import {
  type Achievement,
  type Problem,
  type Report,
  type ReportAnswer,
  type ReportIntent,
  ProblemError,
  expectedCurrent,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import { wellFormed } from '../model/text.js';
import {
  type CacheAddress,
  type Fields,
  VERSION,
  isNewer,
  isNumber,
  isRecord,
  isString,
  isTime,
  keyOf,
} from './cache.js';
import { type KeyValueStorage, REMOVED } from './environment.js';
import { addressOf, reportScopeOf } from './report-scope.js';

/** How many reports wait at most. */
const CAPACITY = 1000;

/** How many dead letters are kept beside them: the newest ones. */
const REJECTED_CAPACITY = 1000;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a dead letter is kept, in milliseconds of `elapsed`. */
const REJECTED_FOR = 90 * DAY;

/** What one look counts for at most, in milliseconds: whatever a clock says, nothing becomes old at once. */
const LONGEST_AGING = 7 * DAY;
const LONGEST_REFUSAL = 6 * HOUR;

/** By how much devices correct their clocks every day, in milliseconds. */
export const CLOCK_CORRECTION = 60_000;

/** How many reports are kept beside the record before they are folded into it: adding one must not rewrite a thousand. */
const SEGMENT = 50;

/** A report that waits for its answer. */
export interface QueuedReport extends Report {
  /** Its place among all of the player at this service, over all pages; given in the transaction that keeps it. */
  readonly sequence: number;
  /** What `current` becomes with it, where that was known. */
  readonly expects?: number;
  /** When it was first sent, in epoch milliseconds; before that it cannot have arrived. */
  readonly sentAt?: number;
  readonly attempts: number;
  /** When the service last refused a whole request with nothing but this in it, in epoch milliseconds. */
  readonly refusedAt?: number;
  /** Since the first time, in milliseconds: the times between two refusals, of which each counts for six hours at most. */
  readonly refusedFor?: number;
}

/** A report that the service will never accept: kept until the host sends it again or drops it. */
export interface RejectedReport extends QueuedReport {
  /** Why, in the service's words; `uncertain` where nobody knows any more whether it had arrived. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly rejectedAt: number;
  /** How old it was when somebody looked last, in milliseconds, and when that was. */
  readonly age?: number;
  readonly agedAt?: number;
}

/** Reports of this player for this backend that wait for another address, which this page does not send to. */
export interface ReportsElsewhere {
  /** Without its query, which may hold names and keys. */
  readonly address: string;
  readonly pending: number;
}

/** Accepted, and not yet in any answer that was pulled: it is shown until then. */
export type AcceptedReport = QueuedReport & { readonly acceptedAt: number };

/** All reports of one player at one service. */
export interface OutboxContents {
  /** In the order they were made. */
  readonly queued: readonly QueuedReport[];
  readonly rejected: readonly RejectedReport[];
  readonly accepted: readonly AcceptedReport[];
}

const EMPTY: OutboxContents = { queued: [], rejected: [], accepted: [] };

export interface Outbox {
  /** As last read or written. */
  readonly contents: OutboxContents;
  /** Reads what the device has. Rejects where it fails; then what this page made is there all the same. */
  read(): Promise<OutboxContents>;
  /**
   * Keeps a report. Resolves with `true` once it is on disk, with `false` where it is in memory only.
   * @throws {ProblemError} `storage` where it is full, or where newer code keeps its reports in another way
   */
  add(intent: ReportIntent, facts: { at: number; achievement?: Achievement | undefined }): Promise<[Report, boolean]>;
  /** Of the reports that wait those that are chosen, in their order, noted as sent now. Choosing may happen twice. */
  take(
    choose: (queued: readonly QueuedReport[]) => readonly QueuedReport[],
    now: number,
  ): Promise<readonly QueuedReport[]>;
  /** Removes what was answered for good (anything but `retry`), and nothing else. Returns how many were. */
  settle(answers: readonly ReportAnswer[], now: number): Promise<number>;
  /** Notes that the service refused a request with this one alone. Resolves with its `refusedFor`. */
  noteRefused(id: string, now: number): Promise<number>;
  /** Puts dead letters back at the end, as new reports, as far as there is room. Resolves with how many. */
  retry(isWanted: (report: RejectedReport) => boolean): Promise<number>;
  drop(id: string): Promise<boolean>;
  /** What was accepted before this is in an answer by now. */
  forgetAccepted(before: number): Promise<void>;
  /**
   * Takes over what waits under another form of the same address; once. Rejects where the storage fails, unless nothing
   * can be kept there anyway.
   */
  takeOver(): Promise<void>;
  /** Takes over, lets go of dead letters that are old, and looks for what waits elsewhere. */
  tidy(): Promise<{ readonly elsewhere: readonly ReportsElsewhere[]; readonly dropped: number }>;
}

// One object for all of them: a loop that is refused ten thousand times tells it once.
const FULL: Problem = {
  code: 'storage',
  message: `${CAPACITY} reports wait already, so this one was not kept. Check the connection and the token.`,
};

/** How much time has passed, by a clock that may have been set: never less than nothing, nor more than `most`. */
function elapsed(since: number, now: number, most: number): number {
  return Math.min(Math.max(0, now - since), most);
}

/** Whether a row can be read at all: it names a report, an achievement, its place and what happened. */
function isQueued(value: unknown): value is Fields & { readonly id: string } {
  return (
    isRecord(value) &&
    isString(value.id) &&
    value.id !== '' &&
    isString(value.achievement) &&
    isNumber(value.sequence) &&
    [isAmount(value.set), isAmount(value.add), value.unlock === true].filter(Boolean).length === 1
  );
}

const isAmount = (value: unknown): value is number => isNumber(value) && value >= 0;

/**
 * A row as a report, member by member: one that holds something else must neither stop the others nor be shown. When it
 * happened cannot cost it: where that is no date it happened now.
 */
function readRow(row: Fields, now: number): QueuedReport {
  const { id, achievement, sequence, set, add, unlock, at, key, expects, sentAt, attempts } = row;
  const { refusedAt, refusedFor } = row;
  return dropAbsent({
    id: id as string,
    achievement: wellFormed(achievement as string),
    sequence: sequence as number,
    set: isAmount(set) ? set : undefined,
    add: isAmount(add) ? add : undefined,
    unlock: unlock === true ? (true as const) : undefined,
    at: isTime(at) ? at : now,
    key: isString(key) ? wellFormed(key) : undefined,
    expects: isNumber(expects) ? expects : undefined,
    sentAt: isTime(sentAt) ? sentAt : undefined,
    attempts: isNumber(attempts) ? attempts : 0,
    refusedAt: isTime(refusedAt) ? refusedAt : undefined,
    refusedFor: isAmount(refusedFor) ? refusedFor : undefined,
  });
}

/** What can be read of a list; what cannot stays where it is kept, for the code that wrote it. */
function readList(value: unknown, now: number): readonly (readonly [row: Fields, report: QueuedReport])[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isQueued).map((row) => {
    const report = reports.get(row) ?? readRow(row, now);
    reports.set(row, report);
    return [row, report] as const;
  });
}

/** What was read of a row: most rows of a record that is written were in the one that was read. */
const reports = new WeakMap<Fields, QueuedReport>();

/** Reports outlive the code that kept them: unlike an answer, nobody gives them again. */
function isKept(value: unknown): value is Fields {
  return isRecord(value) && !isNewer(value);
}

function contentsOf(record: unknown, now: number): OutboxContents {
  if (!isKept(record)) return EMPTY;
  const queued = readList(record.queued, now).map(([, report]) => report);
  return {
    queued: queued.sort((left, right) => left.sequence - right.sequence),
    rejected: readList(record.rejected, now).map(([{ code, rejectedAt, age, agedAt }, report]) =>
      dropAbsent({
        ...report,
        code: isString(code) ? code : 'rejected',
        rejectedAt: isTime(rejectedAt) ? rejectedAt : now,
        age: isAmount(age) ? age : undefined,
        agedAt: isTime(agedAt) ? agedAt : undefined,
      }),
    ),
    accepted: readList(record.accepted, now).map(([{ acceptedAt }, report]) => ({
      ...report,
      acceptedAt: isTime(acceptedAt) ? acceptedAt : 0,
    })),
  };
}

/** One for each achievement is enough to show what was reached. */
function mergeAccepted(accepted: readonly AcceptedReport[]): readonly AcceptedReport[] {
  const merged = new Map<string, AcceptedReport>();
  for (const report of accepted) {
    const before = merged.get(report.achievement);
    const expects = Math.max(before?.expects ?? before?.set ?? -Infinity, report.expects ?? report.set ?? -Infinity);
    merged.set(
      report.achievement,
      dropAbsent({
        ...report,
        unlock: report.unlock ?? before?.unlock,
        expects: expects === -Infinity ? undefined : expects,
      }),
    );
  }
  return [...merged.values()].slice(-CAPACITY);
}

/** A member of the record without some of it: what this code cannot read is not touched. */
function without(value: unknown, ids: ReadonlySet<string>): unknown[] {
  return Array.isArray(value) ? value.filter((each) => !(isQueued(each) && ids.has(each.id))) : [];
}

/** The ids of dead letters for which there is no place beside newer ones. */
function surplusOf(rejected: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rejected.slice(0, Math.max(0, rejected.length - REJECTED_CAPACITY)).map(({ id }) => id));
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

const sameIds = (left: readonly { readonly id: string }[], right: readonly { readonly id: string }[]) =>
  left.length === right.length && left.every(({ id }, place) => id === right[place]?.id);

/** The last number that was given, also by code that kept no count of it. */
function lastSequence(record: Fields): number {
  const rows = Array.isArray(record.queued) ? record.queued.filter(isQueued) : [];
  return rows.reduce(
    (last, { sequence }) => Math.max(last, sequence as number),
    isNumber(record.sequence) ? record.sequence : 0,
  );
}

/**
 * The record with what was added beside it. What older code added to the record meanwhile comes first, since it knows
 * nothing of the other rows: those are numbered anew where their places are taken.
 */
function folded(present: unknown, beside: unknown): Fields {
  const record: Fields = { ...(isKept(present) && present), v: VERSION };
  const added = isKept(beside) && Array.isArray(beside.queued) ? (beside.queued as unknown[]) : [];
  if (added.length === 0) return record;
  const lists = [record.queued, record.rejected].filter(Array.isArray).flat() as unknown[];
  const known = new Set(lists.filter(isQueued).map(({ id }) => id));
  let sequence = lastSequence(record);
  const rows: unknown[] = [];
  for (const row of added) {
    if (isQueued(row) && known.has(row.id)) continue;
    if (isQueued(row)) sequence = Math.max(sequence + 1, row.sequence as number);
    rows.push(isQueued(row) && row.sequence !== sequence ? { ...row, sequence } : row);
  }
  return { ...record, sequence, queued: [...without(record.queued, new Set()), ...rows] };
}

/** What stands beside a record that was just written: nothing yet, and what has to be known to add to it. */
function besideOf(record: Fields, beside: unknown): Fields {
  const count = Array.isArray(record.queued) ? record.queued.filter(isQueued).length : 0;
  return { ...(isKept(beside) && beside), v: VERSION, sequence: lastSequence(record), count, queued: [] };
}

/** What a record of this code has; anything beyond that is left where it is. */
const MEMBERS: readonly string[] = ['v', 'sequence', 'queued', 'rejected', 'accepted'];

/** A record without what this code can read of it. */
function emptied(record: Fields): Fields | typeof REMOVED {
  const unread = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? (value as unknown[]).filter((each) => !isQueued(each)) : [];
  const [queued, rejected] = [unread(record.queued), unread(record.rejected)];
  const isNothing =
    queued.length + rejected.length === 0 && Object.keys(record).every((name) => MEMBERS.includes(name));
  return isNothing ? REMOVED : { ...record, queued, rejected, accepted: [] };
}

/** The intent alone: whatever else the host's object has in it is not kept. */
function intentOf({ achievement, set, add, unlock }: ReportIntent): ReportIntent {
  return dropAbsent({ achievement, set, add, unlock });
}

/**
 * The reports of one player at one service, in one record: whatever is changed is changed in one transaction, together
 * with the sequence numbers, by whichever page comes first. What is added stands in a short record beside it until
 * anything else is changed, or until that one is full.
 *
 * The layout of the records stays as it is under its name. Members and rows that this code cannot read are kept, so that
 * an older and a newer version of this script can work side by side.
 * @param storage of the device; absent where nothing is kept
 */
export function createOutbox(
  storage: KeyValueStorage | undefined,
  address: CacheAddress,
  createId: () => string,
  now: () => number,
  onChange: (added?: QueuedReport) => void,
): Outbox {
  const place = { ...address, scope: reportScopeOf(address.scope), locale: '' };
  const key = keyOf(place, 'outbox');
  const besideKey = keyOf(place, 'outbox-added');

  let kept = EMPTY;
  let keptIds = new Set<string>();
  /** Made here, and not on disk: being written, or the device refused. */
  let unsaved: readonly QueuedReport[] = [];
  let rejectedUnsaved: readonly RejectedReport[] = [];
  let acceptedUnsaved: readonly AcceptedReport[] = [];
  let contents = EMPTY;
  /** The device refused the last time: what is unsaved is sent from memory, unless it is on disk after all. */
  let isRefused = false;
  let writing: Promise<void> = Promise.resolve();
  let takingOver: Promise<void> | undefined;
  /** Waits for its turn, and writes whatever is made until then. */
  let nextSave: Promise<ReadonlySet<string>> | undefined;

  function show(next?: OutboxContents): OutboxContents {
    if (next) {
      kept = next;
      keptIds = new Set(idsOf(kept.queued));
    }
    const combined: OutboxContents = {
      queued: [...kept.queued, ...unsaved.filter(({ id }) => !keptIds.has(id))],
      rejected: [...kept.rejected, ...rejectedUnsaved],
      accepted: [...kept.accepted, ...acceptedUnsaved],
    };
    // What a report says never changes. Its place and its tries do, and nothing of that is shown.
    const lists = ['queued', 'rejected', 'accepted'] as const;
    const isNews = lists.some((list) => !sameIds(combined[list], contents[list]));
    contents = isNews ? combined : { ...combined, rejected: contents.rejected };
    if (isNews) onChange();
    return contents;
  }

  /** In one transaction where the storage can; otherwise there is nothing beside the record. */
  async function updateBoth(
    next: (present: unknown, beside: unknown) => readonly unknown[] | undefined,
  ): Promise<void> {
    const options = { durability: 'strict' } as const;
    if (storage?.updateAll)
      await storage.updateAll([key, besideKey], ([present, beside]) => next(present, beside), options);
    else await storage?.update(key, (present) => next(present, undefined)?.[0], options);
  }

  function throwIfForeign(isForeign: boolean): void {
    if (!isForeign) return;
    const message = 'A newer version of this page keeps reports in a way that this one cannot read. Reload the page.';
    throw new ProblemError({ code: 'storage', message });
  }

  /** Changes the record in one transaction. `change` gets its raw members, and may be called twice. */
  async function transact(change: (record: Fields, present: OutboxContents) => Fields | undefined): Promise<void> {
    if (!storage) return;
    let next: unknown;
    let isForeign = false;
    await updateBoth((present, beside) => {
      isForeign = isNewer(present) || isNewer(beside);
      if (isForeign) return undefined;
      const record = folded(present, beside);
      const changed = change(record, contentsOf(record, now()));
      next = changed ?? record;
      return changed && [changed, besideOf(changed, beside)];
    });
    throwIfForeign(isForeign);
    show(contentsOf(next, now()));
  }

  /**
   * Adds to the short record alone. Returns whether that could be done: there has to be one, with room in it, and what is
   * added must not be on disk already.
   */
  async function saveBeside(taken: readonly QueuedReport[]): Promise<boolean> {
    if (!storage?.updateAll || isRefused || taken.length > SEGMENT) return false;
    let added: readonly QueuedReport[] | undefined;
    let isForeign = false;
    await storage.updateAll?.(
      [besideKey],
      ([beside]) => {
        added = undefined;
        isForeign = isNewer(beside);
        if (!isKept(beside) || !Array.isArray(beside.queued)) return undefined;
        const { sequence, count } = beside;
        const present: readonly unknown[] = beside.queued;
        const size = present.length + taken.length;
        if (!isNumber(sequence) || !isNumber(count) || size > SEGMENT || count + size > CAPACITY) return undefined;
        const rows = taken.map((row, index) => ({ ...row, sequence: sequence + index + 1 }));
        const queued = [...present, ...rows];
        added = readList(queued, now()).map(([, report]) => report);
        return [{ ...beside, sequence: sequence + rows.length, queued }];
      },
      { durability: 'strict' },
    );
    throwIfForeign(isForeign);
    if (!added) return false;
    const ids = new Set(idsOf(added));
    kept = { ...kept, queued: [...kept.queued.filter(({ id }) => !ids.has(id)), ...added] };
    for (const id of ids) keptIds.add(id);
    unsaved = unsaved.filter(({ id }) => !keptIds.has(id));
    show();
    return true;
  }

  /** Writes everything unsaved in one transaction, in order. Returns the ids for which there was no room. */
  async function save(): Promise<ReadonlySet<string>> {
    const taken = unsaved;
    const rejected = rejectedUnsaved;
    let refused = new Set<string>();
    if (taken.length > 0 && rejected.length === 0 && (await saveBeside(taken))) return refused;
    await transact((record, present) => {
      const known = new Set(idsOf([...present.queued, ...present.rejected]));
      let sequence = Math.max(
        isNumber(record.sequence) ? record.sequence : 0,
        ...present.queued.map((row) => row.sequence),
      );
      const missing = taken.filter(({ id }) => !known.has(id));
      const room = Math.max(0, CAPACITY - present.queued.length);
      refused = new Set(idsOf(missing.slice(room)));
      return {
        ...record,
        sequence: sequence + Math.min(room, missing.length),
        queued: [
          ...without(record.queued, new Set()),
          ...missing.slice(0, room).map((row) => ({ ...row, sequence: ++sequence })),
        ],
        rejected: [...without(record.rejected, new Set()), ...rejected.filter(({ id }) => !known.has(id))],
      };
    });
    // Another page may have sent it by now, and been told that it never will be done.
    const saved = new Set([...idsOf([...kept.queued, ...kept.rejected]), ...refused]);
    unsaved = unsaved.filter(({ id }) => !saved.has(id));
    rejectedUnsaved = rejectedUnsaved.filter((row) => !rejected.includes(row));
    show();
    return refused;
  }

  /**
   * One after the other, so that reports come onto the disk in the order in which they were made. Those that are made
   * while another one is written share the next transaction, and its outcome.
   */
  function saveInTurn(): Promise<ReadonlySet<string>> {
    if (nextSave) return nextSave;
    const done = writing.then(() => {
      nextSave = undefined;
      return save();
    });
    nextSave = done;
    writing = done.then(
      () => void (isRefused = false),
      () => void (isRefused = true),
    );
    return done;
  }

  async function change(
    apply: (record: Fields, present: OutboxContents) => Fields | undefined,
    inMemory: () => void,
    isInMemory = false,
  ): Promise<void> {
    inMemory();
    if (!isInMemory) await transact(apply);
    show();
  }

  /** Moves what waits in another record of the same address into this one: in one transaction, so that it is never in both. */
  async function takeOverFrom(other: readonly string[]): Promise<void> {
    let next: unknown;
    const otherBeside = [...other.slice(0, -1), 'outbox-added'];
    await storage?.updateAll?.(
      [key, besideKey, other, otherBeside],
      (values) => {
        next = undefined;
        if (values.some(isNewer)) return undefined;
        const [present, beside, otherPresent, otherAdded] = values;
        const record = folded(present, beside);
        const source = folded(otherPresent, otherAdded);
        const [ours, theirs] = [contentsOf(record, now()), contentsOf(source, now())];
        const known = new Set(idsOf([...ours.queued, ...ours.rejected]));
        const queued = theirs.queued.filter(({ id }) => !known.has(id));
        const rejected = theirs.rejected.filter(({ id }) => !known.has(id));
        // What waited under an earlier address came first.
        const first =
          Math.min(lastSequence(record) + 1, ...ours.queued.map(({ sequence }) => sequence)) - queued.length;
        const changed: Fields = {
          ...record,
          sequence: lastSequence(record),
          queued: [
            ...queued.map((row, index) => ({ ...row, sequence: first + index })),
            ...without(record.queued, new Set()),
          ],
          rejected: [...rejected, ...without(record.rejected, new Set())],
          accepted: mergeAccepted([...theirs.accepted, ...ours.accepted]),
        };
        next = changed;
        return [changed, besideOf(changed, beside), emptied(source), REMOVED];
      },
      { durability: 'strict' },
    );
    if (next) show(contentsOf(next, now()));
  }

  /** The keys of this player's other outboxes for this backend. */
  async function otherOutboxes(): Promise<readonly (readonly string[])[]> {
    const keys = (storage?.updateAll && (await storage.keys?.())) ?? [];
    return keys.filter(([schema, backend, scope, player, , part]) => {
      const isOfPlayer = schema === key[0] && backend === address.backend && player === address.player;
      return isOfPlayer && part === 'outbox' && scope !== place.scope;
    });
  }

  async function takeOver(): Promise<void> {
    takingOver ??= otherOutboxes().then(async (others) => {
      for (const other of others) if (reportScopeOf(other[2] ?? '') === place.scope) await takeOverFrom(other);
    });
    try {
      await takingOver;
    } catch (error) {
      takingOver = undefined;
      if (!isRefused) throw error;
    }
  }

  /** What waits in a record that nobody has touched for a day. One of a store that is in use is sent by that. */
  async function waitingIn(other: readonly string[]): Promise<number> {
    const [beside, present] = [await storage?.get([...other.slice(0, -1), 'outbox-added']), await storage?.get(other)];
    if (isNewer(present) || isNewer(beside)) return 0;
    const { queued } = contentsOf(folded(present, beside), now());
    const touched = Math.max(...queued.map(({ at, sentAt = at }) => Math.max(at, sentAt)));
    // A time to come is a clock that was wrong.
    return Math.abs(now() - touched) > DAY ? queued.length : 0;
  }

  /** Makes dead letters older by the time since the last look, and removes the oldest. Returns how many those were. */
  async function ageRejected(): Promise<number> {
    const isDue = ({ rejectedAt, agedAt = rejectedAt }: RejectedReport) => Math.abs(now() - agedAt) > DAY;
    if (!kept.rejected.some(isDue)) return 0;
    let dropped = 0;
    await transact((record, present) => {
      const aged = present.rejected.map((row) => ({
        ...row,
        age: (row.age ?? 0) + elapsed(row.agedAt ?? row.rejectedAt, now(), LONGEST_AGING),
        agedAt: now(),
      }));
      const left = aged.filter(({ age }) => age <= REJECTED_FOR);
      dropped = aged.length - left.length;
      return { ...record, rejected: [...without(record.rejected, new Set(idsOf(aged))), ...left] };
    });
    return dropped;
  }

  return {
    get contents() {
      return contents;
    },

    async read() {
      try {
        if (storage) {
          // In this order: what is folded in between is seen twice, and not never.
          const beside = storage.updateAll && storage.get(besideKey);
          const [added, present] = await Promise.all([beside, storage.get(key)]);
          show(isNewer(present) ? EMPTY : contentsOf(folded(present, added), now()));
        }
      } finally {
        show();
      }
      return contents;
    },

    async add(intent, { at, achievement }) {
      if (contents.queued.length >= CAPACITY) throw new ProblemError(FULL);
      const report: Report = dropAbsent({
        ...intentOf(intent),
        achievement: achievement?.id ?? intent.achievement,
        key: achievement?.key,
        id: createId(),
        at,
      });
      const last = contents.queued.at(-1)?.sequence ?? 0;
      const expects = achievement && expectedCurrent(achievement, report);
      const row = dropAbsent({ ...report, expects, sequence: last + 1, attempts: 0 });
      unsaved = [...unsaved, row];
      contents = { ...contents, queued: [...contents.queued, row] };
      onChange(row);
      if (!storage) return [report, false];
      let refused: ReadonlySet<string>;
      try {
        refused = await saveInTurn();
      } catch (error) {
        if (!(error instanceof ProblemError)) return [report, false];
        unsaved = unsaved.filter((each) => each !== row);
        show();
        throw error;
      }
      if (refused.has(report.id)) throw new ProblemError(FULL);
      return [report, !storage.volatile];
    },

    async take(choose, sentAt) {
      if (unsaved.length > 0) await saveInTurn().catch(() => undefined);
      const note = (row: QueuedReport) => ({ ...row, sentAt: row.sentAt ?? sentAt, attempts: (row.attempts ?? 0) + 1 });
      let taken: readonly QueuedReport[] = [];
      try {
        await transact((record, present) => {
          taken = choose(present.queued);
          if (taken.length === 0) return undefined;
          taken = taken.map(note);
          return { ...record, queued: [...without(record.queued, new Set(idsOf(taken))), ...taken] };
        });
      } catch (error) {
        // Where the device refuses everything, what is in memory is sent; not before what it holds, though.
        if (!isRefused || kept.queued.length > 0) throw error;
        taken = [];
      }
      const saved = new Set(idsOf(taken));
      const rest = unsaved.filter(({ id }) => !saved.has(id));
      // What is being written is sent from the disk, the next time.
      if (rest.length === 0 || kept.queued.length > taken.length || (storage && !isRefused)) return taken;
      const chosen = new Set(choose([...taken, ...rest]));
      const more = new Set(idsOf(rest.filter((row) => chosen.has(row))));
      unsaved = unsaved.map((row) => (more.has(row.id) ? note(row) : row));
      return [...taken, ...unsaved.filter(({ id }) => more.has(id))];
    },

    async settle(answers, at) {
      const outcomes = new Map(answers.map((each) => [each.id, each]));
      const ids = new Set(outcomes.keys());
      const plain = ({ refusedAt: _refusedAt, refusedFor: _refusedFor, ...row }: QueuedReport): QueuedReport => row;
      const accept = (rows: readonly QueuedReport[]) =>
        rows
          .filter(({ id }) => ['accepted', 'duplicate'].includes(outcomes.get(id)?.outcome ?? ''))
          .map((row) => ({ ...plain(row), acceptedAt: at }));
      const reject = (rows: readonly QueuedReport[]) =>
        rows
          .filter(({ id }) => outcomes.get(id)?.outcome === 'rejected')
          .map((row) => ({ ...plain(row), code: outcomes.get(row.id)?.code ?? 'rejected', rejectedAt: at }));
      let settled = 0;
      const fromMemory = unsaved.filter(({ id }) => ids.has(id));
      const isInMemory = fromMemory.length === ids.size && !kept.queued.some(({ id }) => ids.has(id));
      await change(
        (record, present) => {
          const rows = present.queued.filter(({ id }) => ids.has(id));
          settled = rows.length;
          if (settled === 0) return undefined;
          const rejected = reject(rows);
          const surplus = surplusOf([...present.rejected.filter(({ id }) => !ids.has(id)), ...rejected]);
          return {
            ...record,
            queued: without(record.queued, ids),
            rejected: [...without(record.rejected, new Set([...ids, ...surplus])), ...rejected],
            accepted: mergeAccepted([...present.accepted, ...accept(rows)]),
          };
        },
        () => {
          unsaved = unsaved.filter(({ id }) => !ids.has(id));
          rejectedUnsaved = [...rejectedUnsaved, ...reject(fromMemory)].slice(-REJECTED_CAPACITY);
          acceptedUnsaved = mergeAccepted([...acceptedUnsaved, ...accept(fromMemory)]);
        },
        isInMemory,
      );
      return settled + fromMemory.length;
    },

    async noteRefused(id, at) {
      let refusedFor = 0;
      const note = (row: QueuedReport): QueuedReport => {
        if (row.id !== id) return row;
        const since = row.refusedAt === undefined ? 0 : elapsed(row.refusedAt, at, LONGEST_REFUSAL);
        refusedFor = (row.refusedFor ?? 0) + since;
        return { ...row, refusedAt: at, refusedFor };
      };
      const isInMemory = !kept.queued.some((row) => row.id === id);
      await change(
        (record, present) => {
          const row = present.queued.find((each) => each.id === id);
          return row && { ...record, queued: [...without(record.queued, new Set([id])), note(row)] };
        },
        () => (unsaved = unsaved.map(note)),
        isInMemory,
      );
      return refusedFor;
    },

    async retry(isWanted) {
      // The service remembers what it said to the old ids. The function of a transaction may be called twice.
      const fresh = new Map<string, string>();
      const renew = (found: RejectedReport): QueuedReport => {
        const { code: _code, rejectedAt: _rejectedAt, age: _age, agedAt: _agedAt, sentAt: _sentAt, ...report } = found;
        const id = fresh.get(found.id) ?? createId();
        fresh.set(found.id, id);
        return { ...report, id, attempts: 0 };
      };
      const wanted = new Set(idsOf(contents.rejected.filter(isWanted)));
      const isMeant = ({ id }: RejectedReport) => wanted.has(id);
      const fromMemory = rejectedUnsaved.filter(isMeant);
      let count = 0;
      await change(
        (record, present) => {
          const found = present.rejected.filter(isMeant).slice(0, Math.max(0, CAPACITY - present.queued.length));
          count = found.length;
          // Another page was quicker.
          if (count === 0) return undefined;
          let sequence = lastSequence(record);
          const rows = found.map((row) => ({ ...renew(row), sequence: ++sequence }));
          return {
            ...record,
            sequence,
            rejected: without(record.rejected, new Set(idsOf(found))),
            queued: [...without(record.queued, new Set()), ...rows],
          };
        },
        () => {
          unsaved = [...unsaved, ...fromMemory.map(renew)];
          rejectedUnsaved = rejectedUnsaved.filter((row) => !fromMemory.includes(row));
        },
        wanted.size === fromMemory.length,
      );
      return count + fromMemory.length;
    },

    async drop(id) {
      const isThere = contents.rejected.some((row) => row.id === id);
      const ids = new Set([id]);
      await change(
        (record) => ({ ...record, rejected: without(record.rejected, ids) }),
        () => (rejectedUnsaved = rejectedUnsaved.filter((row) => row.id !== id)),
      );
      return isThere;
    },

    async forgetAccepted(before) {
      // A time to come is a clock that was set back since: the answer that was asked for after that has it, whatever it says.
      const latest = now() + CLOCK_CORRECTION;
      const isNeeded = ({ acceptedAt }: AcceptedReport) =>
        acceptedAt >= before && (acceptedAt <= latest || before > latest);
      if (contents.accepted.every(isNeeded)) return;
      await change(
        (record, present) => ({ ...record, accepted: present.accepted.filter(isNeeded) }),
        () => (acceptedUnsaved = acceptedUnsaved.filter(isNeeded)),
      );
    },

    takeOver,

    async tidy() {
      await takeOver();
      const elsewhere: ReportsElsewhere[] = [];
      for (const other of await otherOutboxes()) {
        const [, , scope = ''] = other;
        const pending = await waitingIn(other);
        if (pending > 0) elsewhere.push({ address: addressOf(scope), pending });
      }
      return { elsewhere, dropped: await ageRejected() };
    },
  };
}
