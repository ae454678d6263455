import type { Achievement, Title } from './achievement.js';
import { type Changes, ToldUnlocks, chanceOf } from './changes.js';
import { isMasked } from './masking.js';
import { concerns } from './identity.js';
import { exactPercent } from './numbers.js';
import { isRare } from './rarity.js';
import { pointsOf } from './totals.js';

/** What a player can be told. */
export type NoticeKind = 'unlock' | 'rare' | 'challenge' | 'complete' | 'progress' | 'summary';

interface NoticeMembers {
  /** Two notices with the same one are about the same thing: the later takes the place of the earlier. */
  readonly id: string;
  /** Shown without a sound. */
  readonly isSilent?: true;
  /** It happened since the last visit, not while anybody was looking. */
  readonly isMissed?: true;
  /** A host asked for it: what the store says of the achievement does not change it. */
  readonly isGiven?: true;
}

/** One achievement that was unlocked or moved on. Never one that is masked. */
export interface AchievementNotice extends NoticeMembers {
  readonly kind: 'unlock' | 'rare' | 'challenge' | 'progress';
  readonly achievement: Achievement;
}

/** Everything that counts is unlocked: of one title, or of all there is. */
export interface CompleteNotice extends NoticeMembers {
  readonly kind: 'complete';
  readonly achievements: readonly Achievement[];
  /** Absent where they are of several titles, or of none. */
  readonly title?: Title;
}

/** What would take too long to be told one by one, the rarest first. */
export interface SummaryNotice extends NoticeMembers {
  readonly kind: 'summary';
  readonly unlocked: readonly Achievement[];
  readonly progressed: readonly Achievement[];
  /** What the first of them would have been told as. */
  readonly lead: AchievementNotice['kind'];
}

export type Notice = AchievementNotice | CompleteNotice | SummaryNotice;

/** What is told, and how. */
export interface NoticeRules {
  /** Percentages, in rising order, at which progress is told. */
  readonly milestones: readonly number[];
  /** Below this percentage of players an unlock is rare; absent: what the service calls rare. */
  readonly rareBelow?: number;
  /** Keys, ids and API names of achievements, and ids of titles. */
  readonly muted: ReadonlySet<string>;
  /** Whether what happened since the last visit is told too. */
  readonly missed: boolean;
  /** With more than this, what was missed is one notice. */
  readonly max: number;
}

/** Reads `"50 90"`; what is no number above 0 and up to 100 is left out, so `"none"` is no milestone at all. */
export function parseMilestones(text: string): number[] {
  const numbers = text.split(/[\s,]+/).map(Number);
  return [...new Set(numbers.filter((number) => number > 0 && number <= 100))].sort((left, right) => left - right);
}

/** Whether an unlock counts as rare; where the service tells no percentage, its word decides. */
export function isRareUnlock(achievement: Achievement, rareBelow: number | undefined): boolean {
  const percent = achievement.rarity?.percent;
  return rareBelow === undefined || percent === undefined ? isRare(achievement) : percent < rareBelow;
}

function isMuted(achievement: Achievement, muted: ReadonlySet<string>): boolean {
  if (muted.size === 0) return false;
  return [...muted].some((name) => concerns(name, achievement)) || achievement.titles.some(({ id }) => muted.has(id));
}

/** What a notice of an achievement is known by: its progress and its unlock are one thing that goes on. */
const idOf = ({ key }: Achievement) => `achievement ${key}`;

/** The notice of an unlock. */
export function unlockNotice(
  achievement: Achievement,
  { muted, rareBelow }: Pick<NoticeRules, 'muted' | 'rareBelow'>,
): AchievementNotice {
  const kind = isRareUnlock(achievement, rareBelow)
    ? 'rare'
    : achievement.type === 'challenge'
      ? 'challenge'
      : 'unlock';
  return { id: idOf(achievement), kind, achievement, ...(isMuted(achievement, muted) ? { isSilent: true } : {}) };
}

/** The notice of progress. */
export function progressNotice(achievement: Achievement): AchievementNotice {
  return { id: idOf(achievement), kind: 'progress', achievement };
}

/** The notice that all of these are unlocked. */
export function completeNotice(achievements: readonly Achievement[], title?: Title): CompleteNotice {
  const id = `complete ${title?.id ?? ''}`;
  return title ? { id, kind: 'complete', achievements, title } : { id, kind: 'complete', achievements };
}

/** All of what there is that counts, where it is more than one and all of it is unlocked. */
function allUnlocked(achievements: readonly Achievement[]): readonly Achievement[] | undefined {
  const counted = achievements.filter(({ revoked }) => !revoked);
  return counted.length > 1 && counted.every(({ state }) => state === 'unlocked') ? counted : undefined;
}

/** The one title that all are of. */
export function commonTitle([first, ...others]: readonly Achievement[]): Title | undefined {
  return first?.titles.find(({ id }) => others.every(({ titles }) => titles.some((title) => title.id === id)));
}

/** What the unlocks made complete: each title with several achievements, and the whole library. */
function completions(unlocked: readonly Achievement[], library: readonly Achievement[]): CompleteNotice[] {
  const whole = allUnlocked(library);
  const wholeTitle = whole && commonTitle(whole);
  const titles = new Map(unlocked.flatMap((achievement) => achievement.titles.map((title) => [title.id, title])));
  const notices: CompleteNotice[] = [];
  for (const title of titles.values()) {
    if (title.id === wholeTitle?.id) continue;
    const all = allUnlocked(library.filter((each) => each.titles.some(({ id }) => id === title.id)));
    if (all) notices.push(completeNotice(all, title));
  }
  if (whole) notices.push(completeNotice(whole, wholeTitle));
  return notices;
}

/** The last milestone that lies on the way up from one ratio to another. */
function milestoneBetween(before: number, now: number, milestones: readonly number[]): number | undefined {
  const reached = (ratio: number, percent: number) => exactPercent(ratio, 1) >= percent;
  return milestones.filter((percent) => reached(now, percent) && !reached(before, percent)).at(-1);
}

/** What one player is told in one visit, each thing once. */
export class NoticeBook {
  readonly #unlocked = new ToldUnlocks();
  /** The highest milestone that was told, by chance. */
  readonly #milestones = new Map<string, number>();
  /** What was told to be complete, with how many there were. */
  readonly #complete = new Set<string>();

  /**
   * What is to be told of changes.
   * @param library everything there is, with the changes in it
   * @param isWhole whether that is really everything; otherwise nothing is called complete
   */
  noticesOf(
    { unlocked, progressed, missed }: Changes & { readonly missed: boolean },
    library: readonly Achievement[],
    rules: NoticeRules,
    isWhole = true,
  ): Notice[] {
    const news = unlocked.filter((achievement) => this.#unlocked.tell(achievement));
    const complete = isWhole && news.length > 0 ? completions(news, library) : [];
    const finished = complete.filter(({ id, achievements }) => {
      const name = `${id} ${achievements.length}`;
      const isNew = !this.#complete.has(name);
      this.#complete.add(name);
      return isNew;
    });
    const moved = progressed.flatMap(({ achievement, previous }) => this.#milestone(achievement, previous, rules));
    if (!missed) return [...news.map((achievement) => unlockNotice(achievement, rules)), ...finished, ...moved];
    if (!rules.missed) return [];
    const notices = news.map((achievement): Notice => ({ ...unlockNotice(achievement, rules), isMissed: true }));
    const told = notices.length > rules.max ? mergeNotices(notices) : notices;
    return [...told, ...finished];
  }

  /** Remembers an unlock that was told by other means. */
  noteUnlock(achievement: Achievement): void {
    this.#unlocked.note(achievement);
  }

  #milestone(achievement: Achievement, previous: Achievement, { milestones, muted }: NoticeRules): Notice[] {
    const { progress, revoked, state } = achievement;
    const isOpen = state === 'locked' || state === 'in-progress' || state === 'unknown';
    if (!progress || revoked || !isOpen || isMasked(achievement)) return [];
    const crossed = milestoneBetween(previous.progress?.ratio ?? 0, progress.ratio, milestones);
    const chance = chanceOf(achievement);
    if (crossed === undefined || crossed <= (this.#milestones.get(chance) ?? 0)) return [];
    this.#milestones.set(chance, crossed);
    return isMuted(achievement, muted) ? [] : [progressNotice(achievement)];
  }
}

/** A notice as it is by now: the same where nothing is different, `undefined` where it is no longer so. */
export function noticeNow<Kind extends Notice>(
  notice: Kind,
  library: ReadonlyMap<string, Achievement>,
): Kind | undefined {
  if (notice.isGiven) return notice;
  const isUnlocked = ({ key, state }: Achievement) => (library.get(key)?.state ?? state) === 'unlocked';
  switch (notice.kind) {
    case 'complete':
      return notice.achievements.every(isUnlocked) ? notice : undefined;
    case 'summary':
      return summaryOf(notice, isUnlocked) as Kind | undefined;
    default: {
      const now = library.get(notice.achievement.key);
      if (!now || now === notice.achievement) return notice;
      if (notice.kind !== 'progress') return isUnlocked(now) ? { ...notice, achievement: now } : undefined;
      const isGoingOn = now.progress && now.state !== 'unlocked' && !now.revoked && !isMasked(now);
      return isGoingOn ? { ...notice, achievement: now } : undefined;
    }
  }
}

/** What is left of a notice once the unlock of these achievements, by key, was told elsewhere. */
export function noticeWithout(notice: Notice, keys: ReadonlySet<string>): Notice | undefined {
  const isAbout = ({ key }: Achievement) => keys.has(key);
  if (notice.kind !== 'summary') return achievementsOf(notice).some(isAbout) ? undefined : notice;
  return summaryOf(notice, (achievement) => !isAbout(achievement));
}

/** The same where all unlocks stay in it, `undefined` where nothing does. */
function summaryOf(notice: SummaryNotice, isKept: (achievement: Achievement) => boolean): SummaryNotice | undefined {
  const unlocked = notice.unlocked.filter(isKept);
  if (unlocked.length === notice.unlocked.length) return notice;
  return unlocked.length + notice.progressed.length > 0 ? { ...notice, unlocked } : undefined;
}

/** The more a service makes of an achievement, the higher; 0 where it does not call it rare. */
function degreeOf({ rarity }: Achievement): number {
  const category = rarity?.category ?? '';
  const degrees = [/rare|epic|legendary/i, /(?:very|super|ultra).*rare|epic|legendary/i, /legendary/i];
  return degrees.filter((words) => words.test(category)).length;
}

/** The lower percentage first, then the rarer category, then the more points. */
function compareRarity(left: Achievement, right: Achievement): number {
  return (
    (left.rarity?.percent ?? 101) - (right.rarity?.percent ?? 101) ||
    degreeOf(right) - degreeOf(left) ||
    pointsOf(right) - pointsOf(left)
  );
}

const KIND_ORDER: Readonly<Record<NoticeKind, number>> = {
  complete: 0,
  rare: 1,
  challenge: 2,
  unlock: 2,
  summary: 3,
  progress: 4,
};

/** The one that leads first: what is complete, then unlocks by rarity, then what moved on. What is equal keeps its place. */
export function rankNotices<Kind extends Notice>(notices: readonly Kind[]): Kind[] {
  return [...notices].sort((left, right) => {
    const order = KIND_ORDER[left.kind] - KIND_ORDER[right.kind];
    if (order !== 0 || !('achievement' in left) || !('achievement' in right)) return order;
    return compareRarity(left.achievement, right.achievement);
  });
}

/** What a notice is about, the one that leads first. */
export function achievementsOf(notice: Notice): readonly Achievement[] {
  if (notice.kind === 'complete') return notice.achievements;
  return notice.kind === 'summary' ? [...notice.unlocked, ...notice.progressed] : [notice.achievement];
}

/** Whose unlock a notice tells; that everything is unlocked is told beside it. */
export function unlockedIn(notice: Notice): readonly Achievement[] {
  if (notice.kind === 'summary') return notice.unlocked;
  return notice.kind === 'progress' || notice.kind === 'complete' ? [] : [notice.achievement];
}

/** How many achievements a notice is about; being complete is about one thing more. */
export function countOf(notice: Notice): number {
  return notice.kind === 'summary' ? notice.unlocked.length + notice.progressed.length : 1;
}

/** Makes one notice of many; what is complete stays as it is. */
export function mergeNotices(notices: readonly Notice[]): Notice[] {
  const ranked = rankNotices(notices);
  const complete = ranked.filter(({ kind }) => kind === 'complete');
  const unlocked: Achievement[] = [];
  const progressed: Achievement[] = [];
  const leads: SummaryNotice['lead'][] = [];
  for (const notice of ranked) {
    if (notice.kind !== 'complete') leads.push(notice.kind === 'summary' ? notice.lead : notice.kind);
    if (notice.kind === 'summary') {
      unlocked.push(...notice.unlocked);
      progressed.push(...notice.progressed);
    } else if (notice.kind === 'progress') progressed.push(notice.achievement);
    else if (notice.kind !== 'complete') unlocked.push(notice.achievement);
  }
  const [first] = [...unlocked, ...progressed];
  const [lead] = leads.sort((left, right) => KIND_ORDER[left] - KIND_ORDER[right]);
  if (!first || !lead) return complete;
  const isOf = (mark: 'isMissed' | 'isSilent') => ranked.every((each) => each.kind === 'complete' || each[mark]);
  const summary: SummaryNotice = {
    id: `summary ${first.key}`,
    kind: 'summary',
    unlocked: unlocked.sort(compareRarity),
    progressed,
    lead,
    ...(isOf('isMissed') ? { isMissed: true } : {}),
    ...(isOf('isSilent') ? { isSilent: true } : {}),
  };
  return [...complete, summary];
}

/** The kind whose sound stands for all that came together; `undefined` where all are silent. */
export function soundOf(notices: readonly Notice[]): Exclude<NoticeKind, 'summary'> | undefined {
  const [lead] = rankNotices(notices.filter(({ isSilent }) => !isSilent));
  return lead?.kind === 'summary' ? lead.lead : lead?.kind;
}
