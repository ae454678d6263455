import type { Achievement, Reward } from './achievement.js';
import { dropAbsent } from './absent.js';

/**
 * What may be shown of an achievement. Nothing is copied that is not named here, so a new field of the model stays
 * hidden while masked until somebody decides otherwise.
 */
export type MaskedAchievement = Omit<Achievement, 'name' | 'description'>;

/** The achievement as it may be shown: with `masked` true its texts and URLs are absent, not hidden. */
export type VisibleAchievement =
  | (Achievement & { readonly masked?: never })
  | (MaskedAchievement & { readonly masked: true; readonly name?: never; readonly description?: never });

/** Whether an achievement must be masked: secret, not unlocked and not revealed. */
export function isMasked(achievement: Achievement, revealed = false): boolean {
  return achievement.secret && achievement.state !== 'unlocked' && !revealed;
}

/** Rewards without what could tell the secret: points stay whole, of the others only that there is one. */
function maskReward({ kind, value, unit }: Reward): Reward {
  if (kind !== 'points') return { kind };
  return { kind, ...(value === undefined ? {} : { value }), ...(unit === undefined ? {} : { unit }) };
}

/** The masked view of an achievement: its state, numbers, points, rarity and dates, and no text or URL of its own. */
export function mask(achievement: Achievement): MaskedAchievement & { readonly masked: true } {
  const { key, id, backend, state, secret, revoked, progress, startedAt, unlockedAt, resetsAt, window } = achievement;
  const { recurrence, activation, timesEarned, rarity, type, participation, estimatedSeconds, order, pending } =
    achievement;
  return dropAbsent({
    masked: true as const,
    key,
    id,
    backend,
    state,
    secret,
    revoked,
    requirements: [],
    progress,
    startedAt,
    unlockedAt,
    resetsAt,
    window,
    recurrence,
    activation,
    timesEarned,
    rewards: achievement.rewards.map(maskReward),
    media: {},
    rarity,
    type,
    participation,
    platforms: [],
    titles: [],
    campaigns: [],
    estimatedSeconds,
    order,
    pending,
  });
}

/** What may be shown of an achievement, masked where it must be. */
export function visible(achievement: Achievement, revealed = false): VisibleAchievement {
  return isMasked(achievement, revealed) ? mask(achievement) : achievement;
}

/**
 * The text that fits the state: `description` once unlocked, otherwise `lockedDescription`. Where the service has only
 * one text it serves both, except for a secret: its unlocked text is never shown before the unlock.
 */
export function descriptionFor(achievement: VisibleAchievement): string {
  if (achievement.masked) return '';
  if (achievement.state === 'unlocked') return achievement.description || (achievement.lockedDescription ?? '');
  if (achievement.lockedDescription) return achievement.lockedDescription;
  return achievement.secret ? '' : achievement.description;
}
