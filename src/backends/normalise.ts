import type {
  Achievement,
  AchievementState,
  MediaItem,
  Progress,
  ProgressUnit,
  Requirement,
  Reward,
  RewardKind,
} from '../model/achievement.js';
import { dropAbsent } from '../model/absent.js';
import { aggregateProgress, areMet } from '../model/progress.js';
import { stateAt } from '../model/state.js';
import { parseTime } from '../model/time.js';
import { safeImage } from '../model/url.js';

// What the values of a checked answer mean, and how long a text may be, is decided once, here.

export type Loose = string | number | null | undefined;
type Nullish<T> = T | null | undefined;

/** The entries of a checked list. */
export function entriesOf<T>(values: Nullish<readonly T[]>): NonNullable<T>[] {
  return (values ?? []).filter((value) => value !== null && value !== undefined);
}

const LONGEST_TEXT = 256;
/** For descriptions and links. */
export const LONG = 2048;

/** A text that says something: trimmed and cut. */
export function words(value: Loose, longest = LONGEST_TEXT): string | undefined {
  return (
    String(value ?? '')
      .trim()
      .slice(0, longest) || undefined
  );
}

/** A finite number, also where it came as text. */
export function numeric(value: Loose): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const plain = (word: Loose) =>
  String(word ?? '')
    .toLowerCase()
    .replace(/[-_ ]/g, '');

/** The one of the words that is meant, whatever the case and the `_`, `-` or space. Services invent new words: none then. */
export function oneOf<Word extends string>(word: Loose, ...known: readonly Word[]): Word | undefined {
  return known.find((candidate) => plain(candidate) === plain(word));
}

/** Looks a word up in the same way; the table has the words in lower case and without `_`, `-` and space. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: Loose): T | undefined {
  return Object.hasOwn(table, plain(word)) ? table[plain(word)] : undefined;
}

type DraftPicture = Nullish<string | { readonly url?: Nullish<string>; readonly name?: Nullish<string> }>;

/**
 * An achievement in the words of the model with the values as they came: checked in kind, but neither cut nor filtered,
 * numbers perhaps as text, times in RFC 3339 or in milliseconds since 1970. It is also the JSON protocol.
 */
export interface Draft {
  readonly id?: Loose;
  readonly name?: Loose;
  readonly key?: Nullish<string>;
  readonly description?: Nullish<string>;
  readonly lockedDescription?: Nullish<string>;
  readonly state?: Nullish<string>;
  readonly secret?: Nullish<boolean>;
  readonly revoked?: Nullish<boolean>;
  readonly requirements?: Nullish<
    readonly Nullish<{
      readonly id?: Loose;
      readonly current?: Loose;
      readonly target?: Loose;
      readonly unit?: Nullish<string>;
      readonly participation?: Nullish<string>;
      readonly operation?: Nullish<string>;
    }>[]
  >;
  readonly progress?: Nullish<{
    readonly current?: Loose;
    readonly target?: Loose;
    readonly ratio?: Loose;
    readonly unit?: Nullish<string>;
  }>;
  readonly startedAt?: Loose;
  readonly unlockedAt?: Loose;
  readonly resetsAt?: Loose;
  readonly window?: Nullish<{ readonly startsAt?: Loose; readonly endsAt?: Loose }>;
  readonly recurrence?: Nullish<string>;
  readonly activation?: Nullish<string>;
  readonly timesEarned?: Loose;
  readonly rewards?: Nullish<
    readonly Nullish<{
      readonly kind?: Nullish<string>;
      readonly name?: Nullish<string>;
      readonly description?: Nullish<string>;
      readonly value?: Loose;
      readonly unit?: Nullish<string>;
      readonly image?: Nullish<string>;
    }>[]
  >;
  readonly points?: Loose;
  readonly media?: Nullish<{ readonly icon?: DraftPicture; readonly art?: DraftPicture }>;
  readonly icon?: DraftPicture;
  readonly rarity?: Nullish<{ readonly percent?: Loose; readonly category?: Nullish<string> }>;
  readonly type?: Loose;
  readonly participation?: Loose;
  readonly platforms?: Nullish<readonly Loose[]>;
  readonly titles?: Nullish<
    readonly Nullish<{ readonly id?: Loose; readonly name?: Nullish<string>; readonly version?: Loose }>[]
  >;
  readonly campaigns?: Nullish<readonly Loose[]>;
  readonly apiName?: Nullish<string>;
  readonly productId?: Nullish<string>;
  readonly serviceConfigId?: Nullish<string>;
  readonly estimatedSeconds?: Loose;
  readonly deepLink?: Nullish<string>;
  readonly category?: Nullish<string>;
  readonly order?: Loose;
}

function timeOf(value: Loose): number | undefined {
  if (typeof value !== 'number') return parseTime(value);
  return value > 0 ? value : undefined;
}

/** The object without what is absent, or nothing where nothing is left. */
function something<T extends object>(value: T) {
  const rest = dropAbsent(value);
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** A picture that may be shown; one that may not does not get past this. */
export function pictureOf(picture: DraftPicture, base: string): MediaItem | undefined {
  const { url, name } = typeof picture === 'string' ? { url: picture } : { name: undefined, ...picture };
  const safe: string | undefined = safeImage(url ?? undefined, { base });
  return safe ? dropAbsent({ url: safe, name: words(name) }) : undefined;
}

/** The rewards of a draft, `points` last. */
export function rewardsOf({ rewards, points }: Pick<Draft, 'rewards' | 'points'>, base: string): Reward[] {
  const value = numeric(points);
  return [
    ...entriesOf(rewards).map((raw) => {
      const kind = oneOf<RewardKind>(raw.kind, 'points', 'item', 'art') ?? 'other';
      return dropAbsent({
        kind,
        name: words(raw.name),
        description: words(raw.description, LONG),
        value: kind === 'points' || typeof raw.value === 'number' ? numeric(raw.value) : words(raw.value),
        unit: words(raw.unit),
        image: pictureOf(raw.image, base)?.url,
      });
    }),
    ...(value === undefined ? [] : [{ kind: 'points' as const, value }]),
  ];
}

const unitOf = (word: Loose) => oneOf<ProgressUnit>(word, 'count', 'percent', 'amount');
const participationOf = (word: Loose) => oneOf(word, 'individual', 'group');
const textsOf = (values: Nullish<readonly Loose[]>) => entriesOf(values).flatMap((value) => words(value) ?? []);

function requirementsOf({ requirements, progress }: Draft): Requirement[] {
  const short = !requirements?.length && (progress?.current ?? progress?.target) != null;
  const given: Draft['requirements'] = short ? [{ ...progress }] : requirements;
  return entriesOf(given).map((raw, index) => {
    const current = numeric(raw.current);
    const target = numeric(raw.target);
    const whole = [current, target].every((number) => Number.isInteger(number ?? 0));
    return dropAbsent({
      id: words(raw.id) ?? String(index),
      current,
      target,
      unit: unitOf(raw.unit) ?? (whole ? 'count' : 'amount'),
      participation: participationOf(raw.participation),
      operation: words(raw.operation)?.toLowerCase(),
    });
  });
}

/**
 * Makes an achievement of a draft as it stands at `now`; the text says why it cannot be one. Where `state` is absent it
 * follows from the unlock time and the progress; a state that is no word of the model is `unknown`. Without an index its
 * place is only known where the draft says it.
 */
export function normalise(
  draft: Draft,
  { index, base }: { readonly index?: number; readonly base: string },
  backend: string,
  now: number,
): Achievement | string {
  const id = words(draft.id);
  const name = words(draft.name);
  if (!id || name === undefined) return `${id ? 'name' : 'id'}: expected a text that is not empty`;

  const requirements = requirementsOf(draft);
  const unlockedAt = timeOf(draft.unlockedAt);
  const window = something({ startsAt: timeOf(draft.window?.startsAt), endsAt: timeOf(draft.window?.endsAt) });
  // A progress without numbers is taken as it is told; with numbers it follows from them.
  const told = requirements.length ? undefined : numeric(draft.progress?.ratio);
  const progressIn = (state: AchievementState): Progress | undefined =>
    told === undefined
      ? aggregateProgress(requirements, state)
      : {
          ratio: state === 'unlocked' ? 1 : Math.min(1, Math.max(0, told)),
          unit: unitOf(draft.progress?.unit) ?? 'percent',
        };
  const ratio = progressIn('locked')?.ratio ?? 0;
  const derived =
    unlockedAt !== undefined || ratio === 1 || areMet(requirements) ? 'unlocked' : ratio > 0 ? 'in-progress' : 'locked';
  const state: AchievementState = draft.state
    ? (oneOf(draft.state, 'locked', 'in-progress', 'unlocked', 'expired', 'scheduled') ?? 'unknown')
    : derived;
  const progress = progressIn(state);
  const percent = numeric(draft.rarity?.percent) ?? -1;
  const { deepLink } = draft;

  return dropAbsent({
    key: words(draft.key) ?? `${backend}:${id}`,
    id,
    backend,
    name,
    description: words(draft.description, LONG) ?? '',
    lockedDescription: words(draft.lockedDescription, LONG),
    state: stateAt(dropAbsent({ state, window, progress }), now),
    secret: !!draft.secret,
    revoked: !!draft.revoked,
    requirements,
    progress,
    startedAt: timeOf(draft.startedAt),
    unlockedAt: state === 'unlocked' ? unlockedAt : undefined,
    resetsAt: timeOf(draft.resetsAt),
    window,
    recurrence: oneOf(draft.recurrence, 'none', 'on-expiration', 'on-completion'),
    activation: oneOf(draft.activation, 'user-action', 'fixed-schedule'),
    timesEarned: numeric(draft.timesEarned),
    rewards: rewardsOf(draft, base),
    media: dropAbsent({
      icon: pictureOf(draft.media?.icon ?? draft.icon, base),
      art: pictureOf(draft.media?.art, base),
    }),
    rarity: something({
      percent: percent >= 0 && percent <= 100 ? percent : undefined,
      category: words(draft.rarity?.category),
    }),
    type: oneOf(draft.type, 'persistent', 'challenge'),
    participation: participationOf(draft.participation),
    platforms: textsOf(draft.platforms),
    titles: entriesOf(draft.titles).flatMap((raw) => {
      const label = words(raw.name) ?? words(raw.id);
      return label ? [dropAbsent({ id: words(raw.id) ?? label, name: label, version: words(raw.version) })] : [];
    }),
    campaigns: textsOf(draft.campaigns),
    apiName: words(draft.apiName),
    productId: words(draft.productId),
    serviceConfigId: words(draft.serviceConfigId),
    estimatedSeconds: numeric(draft.estimatedSeconds),
    // As it is, or not at all: a link that was cut leads nowhere.
    deepLink: deepLink && deepLink.length <= LONG ? deepLink : undefined,
    category: words(draft.category),
    order: numeric(draft.order) ?? index,
  });
}
