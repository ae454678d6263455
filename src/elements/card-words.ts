import {
  type AchievementState,
  isNearlyDone,
  isRare,
  partsMet,
  remainingProgress,
  requirementRatio,
  type Requirement,
  type Reward,
  type SectionKey,
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
export function stateWords(state: AchievementState, terms: Terms): string {
  switch (state) {
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

  /** The name as shown: a secret has a stand-in. */
  name({ name }: VisibleAchievement): string {
    return name ?? this.#terms.secretName;
  }

  state({ state, revoked }: Pick<VisibleAchievement, 'state' | 'revoked'>): string {
    return revoked ? this.#terms.revoked : stateWords(state, this.#terms);
  }

  /** "7 of 10", "33%", "13 of 15 parts"; empty where there is no bar. */
  progress({ progress, requirements }: VisibleAchievement): string {
    if (!progress) return '';
    const formats = this.#formats;
    const percent = () => formats.percent(Math.floor(progress.ratio * 100));
    if (progress.current === undefined || progress.target === undefined) {
      const { met, total } = partsMet(requirements);
      // While masked the parts are not told, only how far it is.
      return total < 2 ? percent() : this.#terms.partsOf(formats.number(met), formats.number(total));
    }
    if (progress.unit === 'percent') return percent();
    return this.#terms.progressOf(formats.number(progress.current), formats.number(progress.target));
  }

  /** The same for one requirement; a dash where the service does not tell. */
  requirement(requirement: Requirement): string {
    const { current, target, unit } = requirement;
    const formats = this.#formats;
    const ratio = requirementRatio(requirement);
    if (unit === 'percent' && ratio !== undefined) return formats.percent(Math.floor(ratio * 100));
    const now = current === undefined ? '–' : formats.number(current);
    return target === undefined ? now : this.#terms.progressOf(now, formats.number(target));
  }

  /** "25 G", "10 points", or the reward's own name. */
  reward({ kind, name, value, unit }: Reward): string {
    if (kind !== 'points' || typeof value !== 'number') return name || this.#terms.reward;
    const number = this.#formats.number(value);
    return unit ? `${number} ${unit}` : this.#terms.points(number, value);
  }

  /** "1.8% · Rare"; what is common needs no word for it. */
  rarity({ rarity }: VisibleAchievement): string {
    const percent = rarity?.percent === undefined ? '' : this.#formats.percent(rarity.percent);
    const category = rarity?.category && !/^common$/i.test(rarity.category) ? rarity.category : '';
    return [percent, category].filter(Boolean).join(' · ');
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
      if (estimatedSeconds !== undefined) {
        facts.push({
          field: 'estimate',
          text: this.#terms.about(formats.duration(estimatedSeconds)),
          icon: icons.clock,
        });
      }
    }
    if (timesEarned) {
      facts.push({
        field: 'time',
        text: this.#terms.timesEarned(formats.number(timesEarned), timesEarned),
        icon: icons.check,
      });
    }
    return facts;
  }

  /** What is missing, as a number a person would recognise: "2", "7%", "1" of several parts; empty where nothing is. */
  #left({ progress, requirements, state }: VisibleAchievement): string {
    const remaining = remainingProgress({ state, ...(progress ? { progress } : {}) });
    if (remaining !== undefined) {
      if (progress?.unit !== 'percent') return remaining > 0 ? this.#formats.number(remaining) : '';
      return progress.ratio < 1 ? this.#formats.percent(Math.ceil((1 - progress.ratio) * 100)) : '';
    }
    const { met, total } = partsMet(requirements);
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
    if (isOpen(achievement) && window?.endsAt !== undefined && window.endsAt > now) {
      facts.push({
        field: 'time',
        text: this.#terms.ends(this.#time.until(window.endsAt, this.#formats)),
        icon: icons.hourglass,
        part: 'time',
        ...(window.endsAt - now < ENDING_SOON ? { look: 'urgent' } : {}),
      });
    }
    if (state !== 'expired' && resetsAt !== undefined && resetsAt > now) {
      facts.push({
        field: 'time',
        text: this.#terms.resets(this.#time.until(resetsAt, this.#formats)),
        icon: icons.repeat,
        part: 'time',
      });
    }
    return facts;
  }

  #unlocked({ recurrence, unlockedAt }: VisibleAchievement): Fact {
    // A service that speaks of recurrence speaks of completing, not of unlocking.
    const term = recurrence ? 'completedOn' : 'unlockedOn';
    const text =
      unlockedAt === undefined ? this.#terms.stateUnlocked : this.#terms[term](this.#formats.date(unlockedAt));
    return { field: 'time', text, icon: icons.check, part: 'time' };
  }

  #scheduled({ window }: VisibleAchievement): Fact {
    const text =
      window?.startsAt === undefined
        ? this.#terms.stateScheduled
        : this.#terms.startsOn(this.#formats.date(window.startsAt));
    return { field: 'time', text, icon: icons.clock, part: 'time' };
  }

  #expired({ window, resetsAt }: VisibleAchievement): Fact {
    const ended = [window?.endsAt, resetsAt].find((moment) => moment !== undefined && moment <= this.#time.now);
    const text = ended === undefined ? this.#terms.stateExpired : this.#terms.ended(this.#formats.date(ended));
    return { field: 'time', text, icon: icons.hourglass, part: 'time' };
  }

  /** Everything a card says, its facts included, as one sentence for a screen reader. */
  sentence(achievement: VisibleAchievement, facts: readonly Fact[], hidden: ReadonlySet<Hideable> = new Set()): string {
    const { rarity, rewards, state } = achievement;
    const words = this.state(achievement);
    const percent = rarity?.percent === undefined ? '' : this.#formats.percent(rarity.percent);
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
