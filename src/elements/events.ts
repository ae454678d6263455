import type { Achievement, GroupKey, NoticeKind, Problem, VisibleAchievement } from '../model/index.js';
import type { Snapshot } from '../store/store.js';

const everywhere = { bubbles: true, composed: true } as const;

/** Achievements were unlocked. Raised for what an answer brought, never for the first data seen. */
export class AchievementUnlockEvent extends Event {
  static readonly type = 'achievement-unlock';
  readonly achievements: readonly Achievement[];
  /** True where it happened since the last visit, not while the page was looking. */
  readonly missed: boolean;

  constructor(achievements: readonly Achievement[], missed: boolean) {
    super(AchievementUnlockEvent.type, everywhere);
    this.achievements = achievements;
    this.missed = missed;
  }
}

/** An achievement moved on without being unlocked. A secret one is masked here too. */
export class AchievementProgressEvent extends Event {
  static readonly type = 'achievement-progress';
  readonly achievement: VisibleAchievement;
  readonly previous: VisibleAchievement;

  constructor(achievement: VisibleAchievement, previous: VisibleAchievement) {
    super(AchievementProgressEvent.type, everywhere);
    this.achievement = achievement;
    this.previous = previous;
  }
}

/** A person asked to see a secret achievement; `preventDefault()` keeps it masked. */
export class AchievementRevealEvent extends Event {
  static readonly type = 'achievement-reveal';
  /** Still masked. */
  readonly achievement: VisibleAchievement;

  constructor(achievement: VisibleAchievement) {
    super(AchievementRevealEvent.type, { ...everywhere, cancelable: true });
    this.achievement = achievement;
  }
}

/** A person asked to open an achievement in its game; `preventDefault()` leaves the opening to the host. */
export class AchievementOpenEvent extends Event {
  static readonly type = 'achievement-open';
  /** As the service gave it: not necessarily a URL. */
  readonly deepLink: string;

  constructor(deepLink: string) {
    super(AchievementOpenEvent.type, { ...everywhere, cancelable: true });
    this.deepLink = deepLink;
  }
}

/** A snapshot without its library, so that no masked text travels. */
export type SyncStatus = Omit<Snapshot, 'library'>;

/** The store has something new to say about its work. */
export class AchievementSyncEvent extends Event {
  static readonly type = 'achievement-sync';
  readonly status: SyncStatus;

  constructor(status: SyncStatus) {
    super(AchievementSyncEvent.type, everywhere);
    this.status = status;
  }
}

/** Something went wrong that a host may want to know. */
export class AchievementProblemEvent extends Event {
  static readonly type = 'achievement-problem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(AchievementProblemEvent.type, everywhere);
    this.problem = problem;
  }
}

/** What a list shows, and how: as in its attributes. */
export interface ListView {
  readonly query: string;
  readonly sort: string;
  readonly filter: string;
  readonly groupBy: GroupKey;
  readonly layout: string;
}

/**
 * A person searched, filtered, sorted, grouped or chose a layout. Raised too when what the player chose at an earlier visit
 * comes back, and when it is taken back because somebody else looks at the list.
 */
export class AchievementViewEvent extends Event {
  static readonly type = 'achievement-view';
  readonly view: ListView;

  constructor(view: ListView) {
    super(AchievementViewEvent.type, everywhere);
    this.view = view;
  }
}

/** An achievement was pinned to the top of its list, or is no longer. A secret one is masked here too. */
export class AchievementPinEvent extends Event {
  static readonly type = 'achievement-pin';
  readonly achievement: VisibleAchievement;
  readonly pinned: boolean;

  constructor(achievement: VisibleAchievement, pinned: boolean) {
    super(AchievementPinEvent.type, everywhere);
    this.achievement = achievement;
    this.pinned = pinned;
  }
}

/** A notice is shown. */
export class AchievementToastEvent extends Event {
  static readonly type = 'achievement-toast';
  /** What it is about; never a secret that is masked. */
  readonly achievements: readonly Achievement[];
  readonly kind: NoticeKind;

  constructor(achievements: readonly Achievement[], kind: NoticeKind) {
    super(AchievementToastEvent.type, everywhere);
    this.achievements = achievements;
    this.kind = kind;
  }
}

/** The events of all elements by name, for `addEventListener`. */
export interface AchievementEventMap {
  'achievement-unlock': AchievementUnlockEvent;
  'achievement-progress': AchievementProgressEvent;
  'achievement-reveal': AchievementRevealEvent;
  'achievement-open': AchievementOpenEvent;
  'achievement-sync': AchievementSyncEvent;
  'achievement-problem': AchievementProblemEvent;
  'achievement-view': AchievementViewEvent;
  'achievement-pin': AchievementPinEvent;
  'achievement-toast': AchievementToastEvent;
}

declare global {
  // So that a listener on any element around gets its type.
  interface HTMLElementEventMap extends AchievementEventMap {}
}
