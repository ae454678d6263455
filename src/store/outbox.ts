import {
  type Achievement,
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
import type { KeyValueStorage } from './environment.js';

/** How many reports are kept at most, dead letters included. */
const CAPACITY = 1000;

/** A report that waits for its answer. */
export interface QueuedReport extends Report {
  /** Its place among all of the player at this service, over all pages; given in the transaction that keeps it. */
  readonly sequence: number;
  /** What `current` becomes with it, where that was known. */
  readonly expects?: number;
  /** When it was first sent, in epoch milliseconds; before that it cannot have arrived. */
  readonly sentAt?: number;
  readonly attempts: number;
}

/** A report that the service will never accept: kept until the host sends it again or drops it. */
export interface RejectedReport extends QueuedReport {
  /** Why, in the service's words; `uncertain` where nobody knows any more whether it had arrived. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly rejectedAt: number;
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
  /** As last read or written. The same object as long as nothing changed. */
  readonly contents: OutboxContents;
  /** Reads what the device has. Rejects where it fails; then what this page made is there all the same. */
  read(): Promise<OutboxContents>;
  /**
   * Keeps a report. Resolves with `true` once it is on disk, with `false` where it is in memory only.
   * @throws {ProblemError} `storage` where it is full, or where newer code keeps its reports in another way
   */
  add(intent: ReportIntent, facts: { at: number; achievement?: Achievement | undefined }): Promise<[Report, boolean]>;
  /** The first reports in their order, noted as sent now. */
  take(limit: number, now: number): Promise<readonly QueuedReport[]>;
  /** Removes what was answered for good (anything but `retry`), and nothing else. Returns how many were. */
  settle(answers: readonly ReportAnswer[], now: number): Promise<number>;
  /** Puts a dead letter back at the end, as a new report. Resolves with whether it was there. */
  retry(id: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
  /** What was accepted before this is in an answer by now. */
  forgetAccepted(before: number): Promise<void>;
}

function full(): ProblemError {
  const message =
    `${CAPACITY} reports wait already, so this one was not kept. Check the connection and the token, ` +
    'and send or drop the rejected ones.';
  return new ProblemError({ code: 'storage', message });
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
  });
}

/** What can be read of a list; what cannot stays where it is kept, for the code that wrote it. */
function readList(value: unknown, now: number): readonly (readonly [row: Fields, report: QueuedReport])[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isQueued).map((row) => [row, readRow(row, now)] as const);
}

/** Reports outlive the code that kept them: unlike an answer, nobody gives them again. */
function isKept(value: unknown): value is Fields {
  return isRecord(value) && !isNewer(value);
}

function contentsOf(record: unknown, now: number): OutboxContents {
  if (!isKept(record)) return EMPTY;
  const queued = readList(record.queued, now).map(([, report]) => report);
  return {
    queued: queued.sort((left, right) => left.sequence - right.sequence),
    rejected: readList(record.rejected, now).map(([{ code, rejectedAt }, report]) => ({
      ...report,
      code: isString(code) ? code : 'rejected',
      rejectedAt: isTime(rejectedAt) ? rejectedAt : now,
    })),
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

/** The intent alone: whatever else the host's object has in it is not kept. */
function intentOf({ achievement, set, add, unlock }: ReportIntent): ReportIntent {
  return dropAbsent({ achievement, set, add, unlock });
}

/**
 * The reports of one player at one service, in one record: whatever is changed is changed in one transaction, together
 * with the sequence numbers, by whichever page comes first.
 *
 * The layout of the record stays as it is under its name. Members and rows that this code cannot read are kept, so that
 * an older and a newer version of this script can work side by side.
 * @param storage of the device; absent where nothing is kept
 */
export function createOutbox(
  storage: KeyValueStorage | undefined,
  address: CacheAddress,
  createId: () => string,
  now: () => number,
  onChange: () => void,
): Outbox {
  const key = keyOf({ ...address, locale: '' }, 'outbox');

  let kept = EMPTY;
  /** Made here, and not on disk: being written, or the device refused. */
  let unsaved: readonly QueuedReport[] = [];
  let rejectedUnsaved: readonly RejectedReport[] = [];
  let acceptedUnsaved: readonly AcceptedReport[] = [];
  let contents = EMPTY;
  let contentsText = JSON.stringify(EMPTY);
  /** The device refused the last time: what is unsaved is sent from memory. */
  let isRefused = false;
  let writing: Promise<void> = Promise.resolve();
  /** Waits for its turn, and writes whatever is made until then. */
  let nextSave: Promise<ReadonlySet<string>> | undefined;

  function show(next = kept): OutboxContents {
    kept = next;
    const saved = new Set(kept.queued.map(({ id }) => id));
    const combined: OutboxContents = {
      queued: [...kept.queued, ...unsaved.filter(({ id }) => !saved.has(id))],
      rejected: [...kept.rejected, ...rejectedUnsaved],
      accepted: [...kept.accepted, ...acceptedUnsaved],
    };
    const text = JSON.stringify(combined);
    if (text !== contentsText) {
      contentsText = text;
      contents = combined;
      onChange();
    }
    return contents;
  }

  /** Changes the record in one transaction. `change` gets its raw members, and may be called twice. */
  async function transact(change: (record: Fields, present: OutboxContents) => Fields | undefined): Promise<void> {
    if (!storage) return;
    let next: unknown;
    let isForeign = false;
    const update = () =>
      storage.update(
        key,
        (present) => {
          isForeign = isNewer(present);
          if (isForeign) return undefined;
          const record = { ...(isKept(present) && present), v: VERSION };
          const changed = change(record, contentsOf(record, now()));
          next = changed ?? record;
          return changed;
        },
        { durability: 'strict' },
      );
    try {
      await update();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'QuotaExceededError') throw error;
      // What the service can tell again makes room for what only this device knows.
      await storage.deleteWhere((other) => other.at(-1) === 'answer');
      await update();
    }
    if (isForeign) {
      const message = 'A newer version of this page keeps reports in a way that this one cannot read. Reload the page.';
      throw new ProblemError({ code: 'storage', message });
    }
    show(contentsOf(next, now()));
  }

  /** Writes everything unsaved in one transaction, in order. Returns the ids for which there was no room. */
  async function save(): Promise<ReadonlySet<string>> {
    const taken = unsaved;
    const rejected = rejectedUnsaved;
    let refused = new Set<string>();
    await transact((record, present) => {
      const known = new Set([...present.queued, ...present.rejected].map(({ id }) => id));
      let sequence = Math.max(
        isNumber(record.sequence) ? record.sequence : 0,
        ...present.queued.map((row) => row.sequence),
      );
      const missing = taken.filter(({ id }) => !known.has(id));
      const room = Math.max(0, CAPACITY - known.size);
      refused = new Set(missing.slice(room).map(({ id }) => id));
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
    const saved = new Set([...[...kept.queued, ...kept.rejected].map(({ id }) => id), ...refused]);
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

  return {
    get contents() {
      return contents;
    },

    async read() {
      try {
        if (storage) kept = contentsOf(await storage.get(key), now());
      } finally {
        show();
      }
      return contents;
    },

    async add(intent, { at, achievement }) {
      if (contents.queued.length + contents.rejected.length >= CAPACITY) throw full();
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
      show();
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
      if (refused.has(report.id)) throw full();
      return [report, !storage.volatile];
    },

    async take(limit, sentAt) {
      if (unsaved.length > 0) await saveInTurn().catch(() => undefined);
      const note = (row: QueuedReport) => ({ ...row, sentAt: row.sentAt ?? sentAt, attempts: (row.attempts ?? 0) + 1 });
      let taken: readonly QueuedReport[] = [];
      try {
        await transact((record, present) => {
          taken = present.queued.slice(0, limit);
          if (taken.length === 0) return undefined;
          const ids = new Set(taken.map(({ id }) => id));
          taken = taken.map(note);
          return { ...record, queued: [...taken, ...without(record.queued, ids)] };
        });
      } catch (error) {
        // Where the device refuses everything, what is in memory is sent; not before what it holds, though.
        if (!isRefused || kept.queued.length > 0) throw error;
        taken = [];
      }
      const saved = new Set(taken.map(({ id }) => id));
      const rest = unsaved.filter(({ id }) => !saved.has(id)).slice(0, Math.max(0, limit - taken.length));
      // What is being written is sent from the disk, the next time.
      if (rest.length === 0 || kept.queued.length > taken.length || (storage && !isRefused)) return taken;
      unsaved = unsaved.map((row) => (rest.includes(row) ? note(row) : row));
      const ids = new Set(rest.map(({ id }) => id));
      return [...taken, ...unsaved.filter(({ id }) => ids.has(id))];
    },

    async settle(answers, at) {
      const outcomes = new Map(answers.map((each) => [each.id, each]));
      const ids = new Set(outcomes.keys());
      const accept = (rows: readonly QueuedReport[]) =>
        rows
          .filter(({ id }) => ['accepted', 'duplicate'].includes(outcomes.get(id)?.outcome ?? ''))
          .map((row) => ({ ...row, acceptedAt: at }));
      const reject = (rows: readonly QueuedReport[]) =>
        rows
          .filter(({ id }) => outcomes.get(id)?.outcome === 'rejected')
          .map((row) => ({ ...row, code: outcomes.get(row.id)?.code ?? 'rejected', rejectedAt: at }));
      let settled = 0;
      const fromMemory = unsaved.filter(({ id }) => ids.has(id));
      const isInMemory = fromMemory.length === ids.size && !kept.queued.some(({ id }) => ids.has(id));
      await change(
        (record, present) => {
          const rows = present.queued.filter(({ id }) => ids.has(id));
          settled = rows.length;
          if (settled === 0) return undefined;
          return {
            ...record,
            queued: without(record.queued, ids),
            rejected: [...without(record.rejected, ids), ...reject(rows)],
            accepted: mergeAccepted([...present.accepted, ...accept(rows)]),
          };
        },
        () => {
          unsaved = unsaved.filter(({ id }) => !ids.has(id));
          rejectedUnsaved = [...rejectedUnsaved, ...reject(fromMemory)];
          acceptedUnsaved = mergeAccepted([...acceptedUnsaved, ...accept(fromMemory)]);
        },
        isInMemory,
      );
      return settled + fromMemory.length;
    },

    async retry(id) {
      const found = contents.rejected.find((row) => row.id === id);
      if (!found) return false;
      const { code: _code, rejectedAt: _rejectedAt, sentAt: _sentAt, ...report } = found;
      // The service remembers what it said to the old id.
      const row: QueuedReport = { ...report, id: createId(), attempts: 0 };
      const ids = new Set([id]);
      await change(
        (record, present) => {
          // Another page was quicker.
          if (!present.rejected.some((row) => ids.has(row.id))) return undefined;
          const sequence = (isNumber(record.sequence) ? record.sequence : 0) + 1;
          return {
            ...record,
            sequence,
            rejected: without(record.rejected, ids),
            queued: [...without(record.queued, ids), { ...row, sequence }],
          };
        },
        () => {
          if (!storage || rejectedUnsaved.includes(found)) unsaved = [...unsaved, row];
          rejectedUnsaved = rejectedUnsaved.filter((each) => each !== found);
        },
      );
      return true;
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
      if (contents.accepted.every(({ acceptedAt }) => acceptedAt >= before)) return;
      const isNeeded = ({ acceptedAt }: AcceptedReport) => acceptedAt >= before;
      await change(
        (record, present) => ({ ...record, accepted: present.accepted.filter(isNeeded) }),
        () => (acceptedUnsaved = acceptedUnsaved.filter(isNeeded)),
      );
    },
  };
}
