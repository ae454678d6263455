export type * from './achievement.js';
export type * from './backend.js';
export { type ArrangedGroup, type Arrangement, type View, arrange, keepsPlace } from './arrangement.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
export { type Changes, type ProgressChange, ToldUnlocks, changesBetween, keepUnchanged } from './changes.js';
export { type Completeness, completenessOf, isPartial } from './completeness.js';
export { type AchievementGroup, GROUP_KEYS, type GroupKey, groupAchievements, groupOf } from './group.js';
export { type MaskedAchievement, type VisibleAchievement, descriptionFor, isMasked, mask, visible } from './masking.js';
export {
  SORT_KEYS,
  type SortKey,
  type SortOptions,
  type SortTerm,
  parseFilter,
  parseSort,
  sortAchievements,
} from './order.js';
export {
  type AchievementNotice,
  type CompleteNotice,
  type Notice,
  type NoticeKind,
  type NoticeRules,
  type SummaryNotice,
  NoticeBook,
  achievementsOf,
  commonTitle,
  completeNotice,
  countOf,
  mergeNotices,
  noticeNow,
  noticeWithout,
  parseMilestones,
  progressNotice,
  rankNotices,
  soundOf,
  unlockNotice,
  unlockedIn,
} from './notices.js';
export { type PlayerMemory, type ViewChoices, type VisitState, isNewlyAdded } from './player-memory.js';
export { type AchievementOverride, type Overrides, type OverrideTexts, applyOverrides } from './overrides.js';
export {
  type OmittedValue,
  type Problem,
  PROBLEM_CODES,
  type ProblemCode,
  ProblemError,
  type SkippedItem,
  isForHostOnly,
  problemFrom,
} from './problem.js';
export {
  type ExpectedReport,
  type ProgressUpdate,
  type RequirementUpdate,
  expectedCurrent,
  supersedes,
  withReport,
  withUpdate,
  isAsFarAs,
} from './progress-update.js';
export {
  type ShownNumber,
  isTellable,
  percentLeft,
  percentOf,
  reaches,
  settled,
  shownLeft,
  shownNumber,
  shownRarity,
} from './numbers.js';
export { aggregateProgress, areMet, partsMet, remainingProgress, requirementRatio } from './progress.js';
export { isRare } from './rarity.js';
export {
  type AchievementForm,
  type Draft,
  type GivenAchievement,
  type ReadContext,
  readAchievement,
  readPicture,
  readRewards,
} from './reader/achievement.js';
export { withValues } from './reader/made.js';
export { readFresh, readProblem, readTotal, readValidator } from './reader/answer.js';
export { type ReadLibrary, LibraryReader, Omissions, readAchievements } from './reader/library.js';
export { type ReadUpdates, readUpdate, readUpdates } from './reader/update.js';
export { LAST_MOMENT, type Tell } from './reader/values.js';
export { type Search, parseSearch } from './search.js';
export {
  SECTION_KEYS,
  type Section,
  type SectionKey,
  isNearlyDone,
  nextSectionChange,
  runsOutAt,
  sectionOf,
  sectionsOf,
} from './sections.js';
export { type Standing, achievementAt, nextStateChange, standingOf, stateAt } from './state.js';
export { parseTime, parseTimeSpan } from './time.js';
export { TRACKER_KEYS, type Tracked, type TrackedAchievement, type TrackerKey, trackedOf } from './tracked.js';
export { type Totals, pointsOf, totalsOf } from './totals.js';
export { concerns } from './identity.js';
export { type SafeUrl, type UrlPolicy, isDangerousLink, safeFile, safeImage, safeLink } from './url.js';
