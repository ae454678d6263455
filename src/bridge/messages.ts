import {
  type AchievementState,
  PROBLEM_CODES,
  type ProblemCode,
  type ProgressUpdate,
  type ReportIntent,
  type VisibleAchievement,
  mask,
  readAchievement,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import type { ReportReceipt, Snapshot } from '../store/store.js';

// Everything that is said between a game and the page with the store. A message has the members that are named here and
// no others: what a later version adds comes with another number.

/** The version of these messages. */
export const BRIDGE_VERSION = 1;

export const HELLO = 'achievement-elements:hello';
export const WELCOME = 'achievement-elements:welcome';
export const REFUSED = 'achievement-elements:refused';

/** The longest id of an achievement, and the longest word for what to show, in characters. */
const LONGEST_NAME = 512;
/** The most updates in one message, and the most requirements in one update. */
const MOST_UPDATES = 100;
/** The most values and characters in what the service pushed to the game, in its own form. */
const MOST_VALUES = 5000;
const MOST_CHARACTERS = 65_536;
/** The furthest moment from 1970 that a date can have, in milliseconds. */
const LAST_TIME = 8.64e15;

/** Said by a game to the page's window, again and again until it is welcomed. */
export interface HelloMessage {
  readonly type: typeof HELLO;
  readonly version: number;
  /** 16 to 64 letters, digits, `-` and `_` that were never used before. */
  readonly nonce: string;
}

/** Answered by the page, with a `MessagePort` over which everything else is said. */
export interface WelcomeMessage {
  readonly type: typeof WELCOME;
  readonly version: typeof BRIDGE_VERSION;
  readonly nonce: string;
}

/** Answered by the page to a version that it does not know. */
export interface RefusedMessage {
  readonly type: typeof REFUSED;
  readonly versions: readonly number[];
  readonly nonce: string;
}

/** What a game says over the port; each message has a higher `sequence` than the one before, a whole number from 1. */
export type GameMessage = { readonly sequence: number } & (
  | { readonly type: 'report'; readonly report: ReportIntent }
  | { readonly type: 'apply'; readonly changes: readonly ProgressUpdate[] | object }
  | { readonly type: 'show'; readonly what?: string }
  | { readonly type: 'hide' }
  | { readonly type: 'state'; readonly follow: boolean }
  | { readonly type: 'close' }
);

/** What the page says over the port; `sequence` is that of the report which is answered. */
export type PageMessage =
  | { readonly type: 'reported'; readonly sequence: number; readonly receipt: ReportReceipt }
  | { readonly type: 'problem'; readonly sequence: number; readonly code: ProblemCode; readonly message: string }
  | { readonly type: 'state'; readonly state: BridgeState }
  | { readonly type: 'closed' };

/** What a game gets to know of a player. Secrets that are not unlocked are masked, whatever was revealed in the page. */
export interface BridgeState extends Pick<Snapshot, 'activity' | 'pending' | 'storage' | 'checkedAt'> {
  /** Absent until something is known. */
  readonly achievements?: readonly VisibleAchievement[];
  /** The code of what went wrong last. */
  readonly problem?: ProblemCode;
}

/** What was said to the page's window: nothing where it was not meant for a bridge, `malformed` where it is no hello. */
export type HeardHello = HelloMessage | 'malformed' | undefined;

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

/** Own members only: nothing is read that came with a prototype. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return isObject(value) && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** An object with these members, and at most those. */
function shape(required: Checks, optional: Checks = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  return (value) => {
    const members = membersOf(value);
    if (!members || members.size > checks.size) return false;
    for (const name of Object.keys(required)) if (!members.has(name)) return false;
    for (const [name, member] of members) {
      const isFitting = checks.get(name);
      // `undefined` is what stands where a caller has nothing to say.
      if (!isFitting || !(isFitting(member) || (member === undefined && name in optional))) return false;
    }
    return true;
  };
}

/** A list of at most 100. */
const list =
  (isItem: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_UPDATES && Array.from(value).every(isItem);

const just =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);

const isName: Check = (value) => typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME;
const isNumber: Check = (value) => Number.isFinite(value) && Math.abs(value as number) <= Number.MAX_SAFE_INTEGER;
const isTime: Check = (value) => Number.isFinite(value) && Math.abs(value as number) <= LAST_TIME;
const isSequence: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isNonce: Check = (value) => typeof value === 'string' && /^[\w-]{16,64}$/.test(value);
const isVersion: Check = isSequence;
const isFlag: Check = (value) => typeof value === 'boolean';

const STATES: readonly AchievementState[] = ['locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'];

const isIntent: Check = (value) =>
  shape(
    { achievement: isName },
    {
      set: (amount) => isNumber(amount) && (amount as number) >= 0,
      add: (amount) => isNumber(amount) && (amount as number) > 0,
      unlock: just(true),
    },
  )(value) &&
  ['set', 'add', 'unlock'].filter((name) => (value as Record<string, unknown>)[name] !== undefined).length === 1;

const isUpdate = shape(
  { achievement: isName },
  {
    state: just(...STATES),
    requirements: list(shape({}, { id: isName, current: isNumber, target: isNumber })),
    startedAt: isTime,
    unlockedAt: isTime,
    resetsAt: isTime,
  },
);

/** Whether these are updates in the model's own form. */
export const areUpdates = list(isUpdate) as (value: unknown) => value is readonly ProgressUpdate[];

/** Plain data of a size that a service would push: what the store's backend translates reads no more than that. */
function isPushed(value: unknown): boolean {
  if (!isObject(value)) return false;
  const waiting: unknown[] = [value];
  let values = 0;
  let characters = 0;
  while (waiting.length > 0) {
    const item = waiting.pop();
    values += 1;
    if (typeof item === 'string') characters += item.length;
    else if (isObject(item)) {
      const isPlain = Array.isArray(item) || Object.getPrototypeOf(item) === Object.prototype;
      const keys = Object.keys(item);
      if (!isPlain || keys.includes('__proto__') || keys.length > MOST_VALUES) return false;
      for (const key of keys) {
        characters += key.length;
        waiting.push((item as Record<string, unknown>)[key]);
      }
    } else if (typeof item === 'bigint') return false;
    if (values + waiting.length > MOST_VALUES || characters > MOST_CHARACTERS) return false;
  }
  return true;
}

const sequence = isSequence;

const GAME_MESSAGES: ReadonlyMap<unknown, Check> = new Map([
  ['report', shape({ type: just('report'), sequence, report: isIntent })],
  ['apply', shape({ type: just('apply'), sequence, changes: (value) => areUpdates(value) || isPushed(value) })],
  ['show', shape({ type: just('show'), sequence }, { what: isName })],
  ['hide', shape({ type: just('hide'), sequence })],
  ['state', shape({ type: just('state'), sequence, follow: isFlag })],
  ['close', shape({ type: just('close'), sequence })],
]);

const isText: Check = (value) => typeof value === 'string';
const isReceipt = shape({ id: isText, storage: just('persistent', 'memory') });

const PAGE_MESSAGES: ReadonlyMap<unknown, Check> = new Map([
  ['reported', shape({ type: just('reported'), sequence, receipt: isReceipt })],
  ['problem', shape({ type: just('problem'), sequence, code: isText, message: isText })],
  ['state', shape({ type: just('state'), state: isObject })],
  ['closed', shape({ type: just('closed') })],
]);

const typeOf = (data: unknown) => membersOf(data)?.get('type');

/** A message of a game as it came over the port; nothing where it is none, or over the limits. */
export function readGameMessage(data: unknown): GameMessage | undefined {
  return GAME_MESSAGES.get(typeOf(data))?.(data) ? (data as GameMessage) : undefined;
}

const ACTIVITIES = ['idle', 'syncing', 'paused'] as const;
const STORAGES = ['persistent', 'memory'] as const;
const silent = () => undefined;

/** A later version may know of more. */
const codeOf = (code: unknown): ProblemCode => PROBLEM_CODES.find((known) => known === code) ?? 'unknown';

/** A masked one has no name; what is told of it beside that is masked again here. */
function readVisible(value: unknown, now: number): VisibleAchievement[] {
  const made = readAchievement(value, { form: 'model', backend: '', base: '', now }, silent);
  if (typeof made === 'string') return [];
  return [membersOf(value)?.get('masked') === true ? mask(made) : made];
}

/** What the page says of a player, member by member: a game chose its origin, and not what it has read. */
function readState(value: object, now: number): BridgeState {
  const { achievements, activity, pending, storage, checkedAt, problem } = value as Record<string, unknown>;
  return dropAbsent({
    achievements: Array.isArray(achievements) ? achievements.flatMap((each) => readVisible(each, now)) : undefined,
    activity: ACTIVITIES.find((known) => known === activity) ?? 'idle',
    pending: isNumber(pending) && (pending as number) >= 0 ? (pending as number) : 0,
    storage: STORAGES.find((known) => known === storage) ?? 'memory',
    checkedAt: isTime(checkedAt) ? (checkedAt as number) : undefined,
    problem: problem === undefined ? undefined : codeOf(problem),
  });
}

/** A message of the page as it came over the port; nothing where it is none. */
export function readPageMessage(data: unknown, now: number): PageMessage | undefined {
  if (!PAGE_MESSAGES.get(typeOf(data))?.(data)) return undefined;
  const message = data as PageMessage;
  if (message.type === 'state') return { type: 'state', state: readState(message.state, now) };
  return message.type === 'problem' ? { ...message, code: codeOf(message.code) } : message;
}

const isHello = shape({ type: just(HELLO), version: isVersion, nonce: isNonce });

/** What came to the page's window. Of an unknown version no more is read than that it is one. */
export function readHello(data: unknown): HeardHello {
  const members = membersOf(data);
  if (members?.get('type') !== HELLO) return undefined;
  const [version, nonce] = [members.get('version'), members.get('nonce')];
  if (isHello(data)) return data as HelloMessage;
  const isLater = isVersion(version) && version !== BRIDGE_VERSION && isNonce(nonce);
  return isLater ? { type: HELLO, version: version as number, nonce: nonce as string } : 'malformed';
}

const isWelcome = shape({ type: just(WELCOME), version: just(BRIDGE_VERSION), nonce: isNonce });
const isRefusal = shape({ type: just(REFUSED), versions: list(isVersion), nonce: isNonce });

/** What came to the game's window; nothing where it is no answer to a hello. */
export function readAnswer(data: unknown): WelcomeMessage | RefusedMessage | undefined {
  return isWelcome(data) || isRefusal(data) ? (data as WelcomeMessage | RefusedMessage) : undefined;
}
