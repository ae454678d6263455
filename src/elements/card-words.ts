import {
  type AchievementState,
  type Progress,
  isNearlyDone,
  isRare,
  isTellable,
  partsMet,
  percentLeft,
  percentOf,
  reaches,
  remainingProgress,
  requirementRatio,
  shownLeft,
  shownNumber,
  shownRarity,
  standingOf,
  type Requirement,
  type Reward,
  type SectionKey,
  type Standing,
  type VisibleAchievement,
} from '../model/index.js';
import type { Formats } from '../locales/formats.js';
import type { Terms } from '../locales/terms.js';
import { icons } from '../styles/icons.js';
import type { LocaleController } from './locale-controller.js';
import type { TimeController } from './time-controller.js';

/** An end is pressing from two days before, in milliseconds. */
const ENDING_SOON = 2 * 24 * 60 * 60 * 1000;

/** What a card can do without. */
export type Hideable =
  | 'icon'
  | 'state'
  | 'description'
  | 'progress'
  | 'points'
  | 'rewards'
  | 'rarity'
  | 'time'
  | 'marks'
  | 'estimate'
  | 'details'
  | 'action';

/** One of the small things said below the bar. */
export interface Fact {
  /** The name it can be hidden by. */
  readonly field: Hideable;
  readonly text: string;
  /** Path data of its glyph. */
  readonly icon: string;
  readonly look?: 'chip' | 'urgent' | 'gold' | 'danger';
  readonly part?: 'time' | 'rarity';
}

const STATE_ICONS: Readonly<Record<AchievementState, string>> = {
  locked: icons.lock,
  'in-progress': '',
  unlocked: icons.check,
  expired: icons.hourglass,
  scheduled: icons.clock,
  unknown: icons.question,
};

/**
 * The glyph of its state as path data; empty while it is in progress, which the bar shows, unless the service does not know
 * yet: the compact layout has no other place for that.
 */
export function stateIcon({
  pending,
  revoked,
  state,
}: Pick<VisibleAchievement, 'pending' | 'revoked' | 'state'>): string {
  if (revoked) return icons.ban;
  return STATE_ICONS[state] || (pending ? icons.clock : '');
}

/** A state in words. */
export function stateWords(state: Standing, terms: Terms): string {
  switch (state) {
    case 'revoked':
      return terms.revoked;
    case 'locked':
      return terms.stateLocked;
    case 'in-progress':
      return terms.stateInProgress;
    case 'unlocked':
      return terms.stateUnlocked;
    case 'expired':
      return terms.stateExpired;
    case 'scheduled':
      return terms.stateScheduled;
    case 'unknown':
      return terms.stateUnknown;
  }
}

/** All that break a line, of which browsers break at one. */
const LINE_BREAKS = /\r\n?|[\x85\u2028\u2029]/g;

/** A text of several lines without the empty ones around it; nothing where it is none. */
export function linesOf(text: unknown): string {
  return typeof text === 'string' ? text.trim().replace(LINE_BREAKS, '\n') : '';
}

/** The first letter of a name, whole even where it takes several code units. */
export function initialOf(name: string | undefined): string {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(name ?? '')?.[0];
  return letter?.toLocaleUpperCase() ?? '?';
}

/** The name that a reward can be hidden by. */
export function rewardField({ kind }: Pick<Reward, 'kind'>): Hideable {
  return kind === 'points' ? 'points' : 'rewards';
}

/** The heading of a section. */
export function sectionWords(section: string, terms: Terms): string {
  switch (section as SectionKey) {
    case 'pinned':
      return terms.sectionPinned;
    case 'since-last-visit':
      return terms.sectionSinceLastVisit;
    case 'nearly-done':
      return terms.sectionNearlyDone;
    case 'running-out':
      return terms.sectionRunningOut;
    case 'recently-unlocked':
      return terms.sectionRecentlyUnlocked;
  }
}

/** Whether there is still something to do for it now. */
function isOpen({ state, revoked }: VisibleAchievement): boolean {
  return !revoked && (state === 'locked' || state === 'in-progress' || state === 'unknown');
}

/** Everything a card says, in its language and at its moment. */
export class CardWords {
  readonly #locale: LocaleController;
  readonly #time: TimeController;

  constructor(locale: LocaleController, time: TimeController) {
    this.#locale = locale;
    this.#time = time;
  }

  get #terms(): Terms {
    return this.#locale.terms;
  }

  get #formats(): Formats {
    return this.#locale.formats;
  }

  /** The name as shown: a secret has a stand-in, also where it is revealed and has no name. */
  name({ masked, name, secret }: VisibleAchievement): string {
    const text = typeof name === 'string' ? name : '';
    return text || (masked || secret ? this.#terms.secretName : '');
  }

  state(achievement: Pick<VisibleAchievement, 'state' | 'revoked'>): string {
    return stateWords(standingOf(achievement), this.#terms);
  }

  /** "7 of 10", "33%", "13 of 15 parts"; empty where there is no bar. */
  progress({ progress, requirements }: VisibleAchievement): string {
    if (!progress) return '';
    const { current, ratio, target, unit } = progress;
    if (current === undefined || target === undefined) {
      const formats = this.#formats;
      const { met, total } = this.#parts(progress, requirements);
      // While masked the parts are not told, only how far it is.
      if (total > 1) return this.#terms.partsOf(formats.number(met), formats.number(total));
    } else if (unit !== 'percent' && isTellable(target)) return this.#amountOf(current, target);
    return this.#formats.percent(percentOf(ratio, 1));
  }

  /** "7 of 10"; a dash for what is no number. */
  #amountOf(current: number | undefined, target: number): string {
    const formats = this.#formats;
    const now = current === undefined ? '' : formats.number(shownNumber(current, target));
    return this.#terms.progressOf(now || '–', formats.number(target));
  }

  /** The parts that are met: not all of them while the service says that there is something to do. */
  #parts({ ratio }: Progress, requirements: readonly Requirement[]): { met: number; total: number } {
    const { met, total } = partsMet(requirements);
    return { met: ratio < 1 ? Math.min(met, total - 1) : met, total };
  }

  /**
   * The same for one requirement; a dash where the service does not tell.
   * @param isDone of an achievement that is unlocked: what is as good as there, is there
   */
  requirement(requirement: Requirement, isDone = false): string {
    const { target, unit } = requirement;
    let { current } = requirement;
    const ratio = requirementRatio(requirement);
    if (current !== undefined && target !== undefined && isDone && reaches(current, target)) {
      current = Math.max(current, target);
    }
    if (ratio !== undefined && (unit === 'percent' || !isTellable(target!))) {
      return this.#formats.percent(percentOf(current! >= target! ? 1 : ratio, 1));
    }
    if (target !== undefined) return this.#amountOf(current, target);
    return (current === undefined ? '' : this.#formats.number(current)) || '–';
  }

  /** "25 G", "10 points", or the reward's own name. */
  reward({ kind, name, value, unit }: Reward): string {
    const number = kind === 'points' && typeof value === 'number' ? this.#formats.number(value) : '';
    if (!number || typeof value !== 'number') return name || this.#terms.reward;
    return unit ? `${number} ${unit}` : this.#terms.points(number, value);
  }

  /** "1.8% · Rare"; what is common needs no word for it. */
  rarity(achievement: VisibleAchievement): string {
    const { rarity } = achievement;
    const percent = this.rarityPercent(achievement);
    const category = rarity?.category && !/^common$/i.test(rarity.category) ? rarity.category : '';
    return [percent, category].filter(Boolean).join(' · ');
  }

  /** "1.8%"; on the card of one who has it never "0%", which the service may say of the others. Empty where nobody tells. */
  rarityPercent({ rarity, revoked, state }: VisibleAchievement): string {
    const percent = rarity?.percent;
    const isUnlocked = state === 'unlocked' && !revoked;
    return percent === undefined ? '' : this.#formats.percent(shownRarity(percent, isUnlocked));
  }

  /** Everything below the bar, what matters most first. */
  facts(achievement: VisibleAchievement, isNew = false): Fact[] {
    const rarity = this.rarity(achievement);
    const news: Fact[] = isNew ? [{ field: 'marks', text: this.#terms.isNew, icon: icons.plus, look: 'gold' }] : [];
    return [
      ...news,
      ...this.#standing(achievement),
      ...this.#marks(achievement),
      ...this.#effort(achievement),
      ...this.#times(achievement),
      ...(rarity
        ? [
            {
              field: 'rarity' as const,
              text: rarity,
              icon: icons.gem,
              part: 'rarity' as const,
              ...(isRare(achievement) ? { look: 'gold' as const } : {}),
            },
          ]
        : []),
    ];
  }

  /** What it is, where neither a bar nor a date says so. */
  #standing(achievement: VisibleAchievement): Fact[] {
    const { progress, revoked, state } = achievement;
    if (revoked) return [{ field: 'state', text: this.state(achievement), icon: icons.ban, look: 'danger' }];
    const unsaid = state === 'locked' || state === 'unknown' || (state === 'in-progress' && !progress);
    return unsaid
      ? [{ field: 'state', text: this.state(achievement), icon: stateIcon(achievement) || icons.target }]
      : [];
  }

  #marks({ participation, pending, recurrence, type }: VisibleAchievement): Fact[] {
    const marks: Fact[] = [];
    if (pending) marks.push({ field: 'state', text: this.#terms.pending, icon: icons.clock, look: 'chip' });
    if (type === 'challenge')
      marks.push({ field: 'marks', text: this.#terms.challenge, icon: icons.target, look: 'chip' });
    if (participation === 'group')
      marks.push({ field: 'marks', text: this.#terms.group, icon: icons.users, look: 'chip' });
    if (recurrence && recurrence !== 'none') {
      marks.push({ field: 'marks', text: this.#terms.repeats, icon: icons.repeat, look: 'chip' });
    }
    return marks;
  }

  #effort(achievement: VisibleAchievement): Fact[] {
    const { estimatedSeconds, timesEarned } = achievement;
    const formats = this.#formats;
    const facts: Fact[] = [];
    if (isNearlyDone(achievement)) {
      const left = this.#left(achievement);
      if (left) facts.push({ field: 'progress', text: this.#terms.left(left), icon: icons.target, look: 'urgent' });
    }
    if (isOpen(achievement)) {
      const duration = estimatedSeconds === undefined ? '' : formats.duration(estimatedSeconds);
      if (duration) facts.push({ field: 'estimate', text: this.#terms.about(duration), icon: icons.clock });
    }
    const times = timesEarned ? formats.number(timesEarned) : '';
    if (timesEarned && times) {
      facts.push({ field: 'time', text: this.#terms.timesEarned(times, timesEarned), icon: icons.check });
    }
    return facts;
  }

  /** What is missing, as a number a person would recognise: "2", "7%", "1" of several parts; empty where nothing is. */
  #left({ progress, requirements, state }: VisibleAchievement): string {
    if (!progress) return '';
    const remaining = remainingProgress({ state, progress });
    if (remaining !== undefined) {
      if (!(remaining > 0)) return '';
      const isPercent = progress.unit === 'percent' || !isTellable(progress.target!);
      return isPercent
        ? this.#formats.percent(percentLeft(progress.ratio, 1))
        : this.#formats.number(shownLeft(remaining));
    }
    const { met, total } = this.#parts(progress, requirements);
    // As the bar says it: without parts it tells only how far it is.
    if (total < 2) return progress.ratio < 1 ? this.#formats.percent(percentLeft(progress.ratio, 1)) : '';
    return total > met ? this.#formats.number(total - met) : '';
  }

  /** When it was unlocked, starts, ends and resets. */
  #times(achievement: VisibleAchievement): Fact[] {
    const { state, window, resetsAt } = achievement;
    const now = this.#time.now;
    const facts: Fact[] = [];
    if (state === 'unlocked') facts.push(this.#unlocked(achievement));
    if (state === 'scheduled') facts.push(this.#scheduled(achievement));
    if (state === 'expired') facts.push(this.#expired(achievement));
    const end = window?.endsAt;
    const untilEnd = isOpen(achievement) && end !== undefined && end > now ? this.#time.until(end, this.#formats) : '';
    if (end !== undefined && untilEnd) {
      facts.push({
        field: 'time',
        text: this.#terms.ends(untilEnd),
        icon: icons.hourglass,
        part: 'time',
        ...(end - now < ENDING_SOON ? { look: 'urgent' } : {}),
      });
    }
    const untilReset =
      state !== 'expired' && resetsAt !== undefined && resetsAt > now ? this.#time.until(resetsAt, this.#formats) : '';
    if (untilReset) {
      facts.push({ field: 'time', text: this.#terms.resets(untilReset), icon: icons.repeat, part: 'time' });
    }
    return facts;
  }

  /** Empty where there is none, or none that a calendar has. */
  #date(moment: number | undefined): string {
    return moment === undefined ? '' : this.#formats.date(moment);
  }

  #unlocked({ recurrence, unlockedAt }: VisibleAchievement): Fact {
    // A service that speaks of recurrence speaks of completing, not of unlocking.
    const term = recurrence ? 'completedOn' : 'unlockedOn';
    const date = unlockedAt === undefined ? '' : this.#formats.day(unlockedAt);
    const text = date ? this.#terms[term](date) : this.#terms.stateUnlocked;
    return { field: 'time', text, icon: icons.check, part: 'time' };
  }

  #scheduled({ window }: VisibleAchievement): Fact {
    const date = this.#date(window?.startsAt);
    const text = date ? this.#terms.startsOn(date) : this.#terms.stateScheduled;
    return { field: 'time', text, icon: icons.clock, part: 'time' };
  }

  #expired({ window, resetsAt }: VisibleAchievement): Fact {
    const ended = [window?.endsAt, resetsAt].find((moment) => moment !== undefined && moment <= this.#time.now);
    const date = this.#date(ended);
    const text = date ? this.#terms.ended(date) : this.#terms.stateExpired;
    return { field: 'time', text, icon: icons.hourglass, part: 'time' };
  }

  /** Everything a card says, its facts included, as one sentence for a screen reader. */
  sentence(achievement: VisibleAchievement, facts: readonly Fact[], hidden: ReadonlySet<Hideable> = new Set()): string {
    const { rarity, rewards, state } = achievement;
    const words = this.state(achievement);
    const percent = this.rarityPercent(achievement);
    const parts = [
      this.name(achievement),
      // "Unlocked 17 January" says it already.
      hidden.has('state') || facts.some(({ text }) => text.startsWith(words)) ? '' : words,
      state === 'unlocked' || hidden.has('progress') ? '' : this.progress(achievement),
      ...facts.filter(({ part }) => part !== 'rarity').map(({ text }) => text),
      ...rewards.filter((reward) => !hidden.has(rewardField(reward))).map((reward) => this.reward(reward)),
      ...(hidden.has('rarity')
        ? []
        : [percent && this.#terms.rarityLabel(percent), isRare(achievement) ? (rarity?.category ?? '') : '']),
    ];
    return [...new Set(parts.filter(Boolean))].join(', ');
  }
}
