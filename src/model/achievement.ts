/** What an achievement is to the player now. */
export type AchievementState = 'locked' | 'in-progress' | 'unlocked' | 'expired' | 'scheduled' | 'unknown';

/** What the numbers of a requirement count: things, hundredths, or a quantity with decimals such as money. */
export type ProgressUnit = 'count' | 'percent' | 'amount';

/** One condition of an achievement; each has a bar of its own in the details. */
export interface Requirement {
  readonly id: string;
  /** Absent: the service does not tell, which is not the same as 0. */
  readonly current?: number;
  readonly target?: number;
  readonly unit: ProgressUnit;
  readonly participation?: Participation;
  /** How the service folds events into `current`, in lower case: `sum`, `minimum`, `maximum`. */
  readonly operation?: string;
}

/** How far the whole achievement is; no progress means no bar. */
export interface Progress {
  /** Only where the whole is a number a person would recognise: an achievement with one requirement. */
  readonly current?: number;
  readonly target?: number;
  /** 0 to 1. */
  readonly ratio: number;
  readonly unit: ProgressUnit;
}

/** When an achievement can be earned; both ends in epoch milliseconds. */
export interface TimeWindow {
  readonly startsAt?: number;
  readonly endsAt?: number;
}

export type RewardKind = 'points' | 'item' | 'art' | 'other';

/** Something earned with the unlock. */
export interface Reward {
  readonly kind: RewardKind;
  readonly name?: string;
  readonly description?: string;
  /** A number for points; otherwise what the service says, for instance a code. */
  readonly value?: number | string;
  /** Of the value, as shown after it: `G` for gamerscore. */
  readonly unit?: string;
  readonly image?: string;
}

export interface MediaItem {
  readonly url: string;
  readonly name?: string;
}

/** Pictures: `icon` on the card, `art` large. */
export interface Media {
  readonly icon?: MediaItem;
  readonly art?: MediaItem;
}

/** How rare the unlock is among players, in the service's own words; never recomputed. */
export interface Rarity {
  /** 0 to 100. */
  readonly percent?: number;
  /** As the service names it, for instance `Rare` or `Common`. */
  readonly category?: string;
}

export type Recurrence = 'none' | 'on-expiration' | 'on-completion';
export type Activation = 'user-action' | 'fixed-schedule';
export type AchievementType = 'persistent' | 'challenge';
export type Participation = 'individual' | 'group';

/** A game or application that an achievement belongs to. */
export interface Title {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
}

/**
 * One achievement of one player, whichever service keeps it: readonly, plain and structured-cloneable.
 * Times are epoch milliseconds. Absent means absent: never 0, never a sentinel date.
 */
export interface Achievement {
  /** Unique over all backends: `xbox:{serviceConfigId}/{id}`, `talon-one:{id}`, `json:{id}`. */
  readonly key: string;
  /** As the service names it; unique within a service configuration or backend only. */
  readonly id: string;
  /** The `id` of the backend it came from. */
  readonly backend: string;
  readonly name: string;
  /** For when it is unlocked. */
  readonly description: string;
  readonly lockedDescription?: string;
  readonly state: AchievementState;
  readonly secret: boolean;
  /** Taken back by enforcement: shown as such, and out of all totals. */
  readonly revoked: boolean;
  readonly requirements: readonly Requirement[];
  readonly progress?: Progress;
  readonly startedAt?: number;
  /** May be absent on an unlocked one: the date is not known. */
  readonly unlockedAt?: number;
  /** When the player's present period ends and the progress starts again. */
  readonly resetsAt?: number;
  readonly window?: TimeWindow;
  readonly recurrence?: Recurrence;
  readonly activation?: Activation;
  /** How often a repeating one was completed, where the service tells. */
  readonly timesEarned?: number;
  readonly rewards: readonly Reward[];
  readonly media: Media;
  readonly rarity?: Rarity;
  readonly type?: AchievementType;
  readonly participation?: Participation;
  readonly platforms: readonly string[];
  readonly titles: readonly Title[];
  readonly campaigns: readonly string[];
  /** The name used in the service's API (Talon.One `name`), which is not what people read. */
  readonly apiName?: string;
  readonly productId?: string;
  readonly serviceConfigId?: string;
  readonly estimatedSeconds?: number;
  /** As the service gave it: any scheme, or no URL at all. Elements navigate only where the host allows the scheme. */
  readonly deepLink?: string;
  readonly category?: string;
  /** The place in the backend's own order, from 0. */
  readonly order?: number;
  /** What is shown has reports in it that the service has not answered yet. */
  readonly pending?: true;
}

/** What a store knows of one player: the last good answer. */
export interface Library {
  readonly achievements: readonly Achievement[];
  /** How many the service says there are, where it tells; `completenessOf` compares. */
  readonly total?: number;
  /** Some are missing, whether or not `total` tells how many. */
  readonly isPart?: true;
  /** When the answer came, in epoch milliseconds. */
  readonly fetchedAt: number;
}
