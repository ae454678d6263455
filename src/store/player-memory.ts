import { dropAbsent } from '../model/absent.js';
import type { Achievement, PlayerMemory, ViewChoices, VisitState } from '../model/index.js';
import {
  type CacheAddress,
  VERSION,
  isListOf,
  isNewer,
  isReadable,
  isRecord,
  isString,
  isTime,
  keyOf,
} from './cache.js';
import type { KeyValueStorage, UpdateOptions } from './environment.js';
import { writeJson } from '../model/json.js';

/** A player who was not seen for longer, in milliseconds, has left: what comes then is another visit. */
const VISIT_GAP = 30 * 60_000;

/** About what one achievement takes in a visit. */
const BYTES_OF_KEY = 100;

/** What the player said. */
type Wishes = Pick<PlayerMemory, 'pinned' | 'choices'>;

type Change = (wishes: Wishes) => Wishes;

const NO_WISHES: Wishes = { pinned: new Set(), choices: {} };

/** A visit as it is kept, with the one before it: one record, so that they cannot come apart. */
interface Visit extends VisitState {
  readonly last?: VisitState;
}

/** What is known of one player beside the achievements. What fails is the storage; then everything goes on in memory. */
export interface Memory {
  /** What is known by now; nothing before anything is. The same object as long as nothing changed. */
  readonly value: PlayerMemory | undefined;
  /** Reads what the device has. Rejects where it fails; then nothing is known of earlier visits. */
  read(): Promise<void>;
  /** Reads what another page changed. Rejects as `read`. */
  reread(): Promise<void>;
  /** Changes the value at once. Resolves when it is kept, and the value has what other tabs kept. */
  pin(key: string, pinned: boolean): Promise<void>;
  /** As `pin`. */
  choose(list: string, choices: ViewChoices | undefined): Promise<void>;
  /**
   * Notes that the player is here, and sees these. Of a part of them, as where a service failed, nothing follows for
   * the others.
   */
  note(achievements: readonly Achievement[], isPart: boolean): Promise<void>;
}

function isKeys(value: unknown): value is ReadonlySet<string> {
  return value instanceof Set && isListOf([...(value as Set<unknown>)], isString);
}

function isVisitState(value: unknown): value is VisitState {
  return isRecord(value) && isTime(value.at) && isKeys(value.known) && isKeys(value.unlocked);
}

function isVisit(value: unknown): value is Visit {
  return isReadable(value) && isVisitState(value) && (value.last === undefined || isVisitState(value.last));
}

function isChoices(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { collapsed = [], ...texts } = value;
  return isListOf(collapsed, isString) && isListOf(Object.values(texts), isString);
}

/** What cannot be read is as if it were not there, pins and choices each for themselves. */
function wishesOf(value: unknown): Wishes {
  if (!isReadable(value)) return NO_WISHES;
  const { pinned, choices } = value;
  const areChoices = isRecord(choices) && isListOf(Object.values(choices), isChoices);
  return {
    pinned: isKeys(pinned) ? pinned : NO_WISHES.pinned,
    choices: areChoices ? (choices as Wishes['choices']) : NO_WISHES.choices,
  };
}

/**
 * The memory of one player, which does not depend on the language.
 * @param openStorage gives the device's storage, and may throw; absent where nothing is kept
 * @param isWanted is asked inside each transaction
 * @param isNew nothing is there to be read
 */
export function createMemory(
  openStorage: (() => KeyValueStorage) | undefined,
  address: CacheAddress,
  now: () => number,
  isWanted: () => boolean,
  isNew: boolean,
): Memory {
  const keyFor = (part: string) => keyOf({ ...address, locale: '' }, part);
  const get = async (part: string) => openStorage?.().get(keyFor(part));
  const update = async (part: string, next: (present: unknown) => object, options?: UpdateOptions) =>
    openStorage?.().update(
      keyFor(part),
      (present) => (isWanted() && !isNewer(present) ? { v: VERSION, ...next(present) } : undefined),
      options,
    );

  let isKnown = isNew;
  let hasRead = isNew;
  let reading: Promise<void> | undefined;

  /** As the device has them. */
  let kept = NO_WISHES;
  /** What was changed and is not kept yet: applied to whatever the device has. */
  let changes: readonly Change[] = [];
  let value: PlayerMemory | undefined;
  let valueText: string | undefined;

  /** As it is seen now. */
  let noted: VisitState | undefined;
  let lastVisit: VisitState | undefined;
  /** What was read or written of it. */
  let keptVisit: { at: number; known: ReadonlySet<string>; last?: VisitState | undefined } | undefined;

  const changed = (wishes: Wishes) => changes.reduce((result, change) => change(result), wishes);

  async function change(wish: Change): Promise<void> {
    isKnown = true;
    changes = [...changes, wish];
    let sent: typeof changes = [];
    await update('wishes', (present) => {
      // Not those of the call: a second try of the transaction may come after a later change was kept.
      sent = changes;
      return (kept = changed(wishesOf(present)));
    });
    changes = changes.filter((each) => !sent.includes(each));
  }

  /** After long enough another visit begins, and what was noted last is the one before. */
  function beginVisit(): void {
    if (noted && now() - noted.at > VISIT_GAP) lastVisit = noted;
  }

  async function readAll(): Promise<void> {
    const [wishes, visit, seen] = await Promise.all(['wishes', 'visit', 'seen'].map(get));
    isKnown = hasRead = true;
    if (kept === NO_WISHES) kept = wishesOf(wishes);
    if (!isVisit(visit)) return;
    // A time to come is a clock that was wrong.
    const past = (time: unknown) => (isTime(time) && time <= now() ? time : 0);
    const at = Math.max(past(visit.at), isReadable(seen) ? past(seen.at) : 0) || now();
    keptVisit = visit;
    lastVisit = visit.last;
    noted = { at, known: visit.known, unlocked: visit.unlocked };
    beginVisit();
  }

  const read = () =>
    (reading ??= readAll().catch((error: unknown) => {
      isKnown = true;
      reading = undefined;
      throw error;
    }));

  return {
    get value() {
      if (!isKnown) return undefined;
      const { pinned, choices } = changed(kept);
      const text = writeJson([[...pinned], choices]);
      if (!value || valueText !== text || value.lastVisit !== lastVisit) {
        value = dropAbsent({ pinned, choices, lastVisit });
        valueText = text;
      }
      return value;
    },

    read,

    async reread() {
      if (isKnown) kept = wishesOf(await get('wishes'));
    },

    pin: (key, isPinned) =>
      change(({ pinned, choices }) => {
        const others = [...pinned].filter((other) => other !== key);
        return { pinned: new Set(isPinned ? [...pinned, key] : others), choices };
      }),

    choose: (list, chosen) =>
      change(({ pinned, choices }) => ({
        pinned,
        choices: dropAbsent({ ...choices, [list]: chosen && dropAbsent(chosen) }) as Wishes['choices'],
      })),

    async note(achievements, isPart) {
      if (!hasRead) await read();
      beginVisit();
      const before = noted;
      const states = new Map<string, boolean>();
      if (isPart) before?.known.forEach((key) => states.set(key, before.unlocked.has(key)));
      for (const { key, revoked, state } of achievements) states.set(key, !revoked && state === 'unlocked');
      const isSame =
        before?.known.size === states.size &&
        [...states].every(([key, isUnlocked]) => before.known.has(key) && before.unlocked.has(key) === isUnlocked);
      const known = isSame ? before.known : new Set(states.keys());
      const unlocked = isSame ? before.unlocked : new Set([...known].filter((key) => states.get(key)));
      const at = now();
      noted = { at, known, unlocked };

      const last = lastVisit;
      if (keptVisit?.known === known && keptVisit.last === last) return update('seen', () => ({ at }));
      const next = (present: unknown) => {
        // Another tab wrote since: its visit before is this one's too, or a later one.
        const isOthers = isVisit(present) && present.at !== keptVisit?.at;
        return dropAbsent({ at, known, unlocked, last: isOthers ? present.last : last });
      };
      await update('visit', next, { evictableBytes: known.size * BYTES_OF_KEY });
      keptVisit = { at, known, last };
    },
  };
}
