import type { ProblemCode } from '../model/index.js';

/**
 * Every word the elements say. Numbers, dates and durations come in already formatted for the language; `count` is the
 * bare number, for choosing a plural form.
 */
export interface Terms {
  achievements: string;
  loading: string;
  empty: string;
  /** Where there are achievements, but none that was looked for. */
  noMatch: string;
  /** The heading of what belongs to no group. */
  otherGroup: string;
  /** The heading of what stands below the sections. */
  everythingElse: string;

  sectionPinned: string;
  sectionSinceLastVisit: string;
  sectionNearlyDone: string;
  sectionRunningOut: string;
  sectionRecentlyUnlocked: string;
  /** The mark of what was added since the last visit. */
  isNew: string;
  pin: string;
  pinLabel: (name: string) => string;

  /** The name of the toolbar for assistive technology. */
  toolbar: string;
  search: string;
  filter: string;
  /** The filter that lets everything through. */
  all: string;
  layout: string;
  layoutList: string;
  layoutGrid: string;
  layoutCompact: string;
  sortBy: string;
  thenBy: string;
  /** The service's own order. */
  sortOrder: string;
  sortState: string;
  sortRemaining: string;
  sortUnlocked: string;
  sortPoints: string;
  sortName: string;
  sortEnds: string;
  ascending: string;
  descending: string;
  groupBy: string;
  groupNone: string;
  reset: string;
  resetDone: string;
  shownOf: (shown: string, total: string) => string;

  stateLocked: string;
  stateInProgress: string;
  stateUnlocked: string;
  stateExpired: string;
  stateScheduled: string;
  stateUnknown: string;
  revoked: string;
  revokedDescription: string;
  /** Done, and the service does not know yet. */
  pending: string;

  /** The name of the place where notices appear, for assistive technology. */
  toasts: string;
  toastUnlocked: string;
  toastChallenge: string;
  /** Everything there is was unlocked. */
  toastAll: (count: string) => string;
  /** So many were unlocked together, or of nobody knows how many. */
  toastMany: (count: string) => string;
  /** So many wait to be shown. */
  toastMore: (count: string) => string;
  toastDismiss: (name: string) => string;

  secretName: string;
  secretDescription: string;
  reveal: string;
  revealLabel: string;
  mask: string;
  maskLabel: (name: string) => string;

  progress: string;
  progressOf: (current: string, target: string) => string;
  partsOf: (met: string, total: string) => string;
  part: (number: string) => string;
  left: (remaining: string) => string;

  unlockedOn: (date: string) => string;
  completedOn: (date: string) => string;
  startsOn: (date: string) => string;
  ends: (relative: string) => string;
  ended: (date: string) => string;
  resets: (relative: string) => string;
  repeats: string;
  timesEarned: (times: string, count: number) => string;
  challenge: string;
  group: string;
  about: (duration: string) => string;

  points: (value: string, count: number) => string;
  reward: string;
  rarityLabel: (percent: string) => string;

  openInGame: string;
  openLabel: (name: string) => string;
  details: string;
  detailsLabel: (name: string) => string;

  /** What the controls of a gamepad do, beside their glyphs: a word or two. */
  gamepadMove: string;
  gamepadSelect: string;
  gamepadBack: string;
  gamepadPage: string;
  gamepadRegion: string;
  gamepadDismiss: string;

  detailDescription: string;
  detailHowTo: string;
  detailUnlocked: string;
  detailStarted: string;
  detailStarts: string;
  detailEnds: string;
  detailResets: string;
  detailRepeats: string;
  detailTimesEarned: string;
  detailStart: string;
  detailRarity: string;
  detailRewards: string;
  detailTime: string;
  detailKind: string;
  detailParticipation: string;
  detailTitles: string;
  detailPlatforms: string;
  detailCategory: string;
  detailCampaigns: string;
  detailId: string;
  detailApiName: string;
  detailServiceConfiguration: string;
  detailProduct: string;

  recurrenceOnExpiration: string;
  recurrenceOnCompletion: string;
  activationUserAction: string;
  activationFixedSchedule: string;
  typePersistent: string;
  participationIndividual: string;

  unlockedOf: (unlocked: string, total: string) => string;
  pointsOf: (earned: string, total: string, count: number) => string;

  upToDate: (time: string) => string;
  justNow: string;
  asOf: (time: string) => string;
  checking: string;
  offline: string;
  couldNotCheck: (problem: string) => string;
  tryAgain: string;
  skipped: (skipped: string, count: number) => string;
  /** Less came than there is; `count` is the total. */
  incomplete: (shown: string, total: string, count: number) => string;
  /** The name of the tracker for assistive technology. */
  tracker: string;
  unpinLabel: (name: string) => string;
  problem: (code: ProblemCode) => string;
}
