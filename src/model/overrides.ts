import { dropAbsent } from './absent.js';
import type { Achievement, Reward } from './achievement.js';
import { writingOf } from './language.js';
import { withValues } from './reader/made.js';

/** What can be said in each language. Every member stands in place of the service's own; what is absent leaves it. */
export interface OverrideTexts {
  readonly name?: string;
  readonly description?: string;
  readonly lockedDescription?: string;
  readonly category?: string;
  /** All of them: they replace the service's. */
  readonly rewards?: readonly Reward[];
  /** The URL of the picture on the card. */
  readonly icon?: string;
  /** The URL of the large picture. */
  readonly art?: string;
}

/** What is said of one achievement instead of what its service says. */
export interface AchievementOverride extends OverrideTexts {
  /** Those that have one come first, the lowest at the top; the others follow in the service's own order. */
  readonly order?: number;
  /** By BCP 47 tag. */
  readonly languages?: Readonly<Record<string, OverrideTexts>>;
}

/** What a service lacks or says wrong. */
export interface Overrides {
  /** By the achievement's `key`, `apiName` (the `name` in Talon.One's API), `id`, or `name`: the first that is there. */
  readonly achievements: Readonly<Record<string, AchievementOverride>>;
}

function overrideFor(
  { key, apiName, id, name }: Achievement,
  { achievements }: Overrides,
): AchievementOverride | undefined {
  // Names come from a service, and may be those that every object has, such as `constructor`.
  const found = [key, apiName, id, name].find((each) => each !== undefined && Object.hasOwn(achievements, each));
  return found === undefined ? undefined : achievements[found];
}

/** How well a tag serves who wants a language: the tag itself best, then shorter ones, then what else they can read. */
function fitness(tag: string, wanted: string): number {
  if (`${wanted}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase())) return tag.length;
  try {
    return writingOf(tag) === writingOf(wanted) ? 0 : -1;
  } catch {
    return -1;
  }
}

function textsFor({ languages = {}, ...texts }: AchievementOverride, wanted: string): OverrideTexts {
  const fitting = Object.keys(languages)
    .filter((tag) => fitness(tag, wanted) >= 0)
    .sort((left, right) => fitness(right, wanted) - fitness(left, wanted));
  return Object.assign({}, texts, ...fitting.reverse().map((tag) => languages[tag])) as OverrideTexts;
}

/**
 * The achievements with their overrides. What no override is for stays the same object.
 *
 * Of a language, each member is the first of: the tag itself, shorter tags (`pt` for `pt-BR`), any tag of the same
 * language and writing, no tag. Achievements with `order` come first, by it; the others follow in the order given, and
 * all are numbered anew.
 * @param language a BCP 47 tag; without it, what has no tag
 */
export function applyOverrides(
  achievements: readonly Achievement[],
  overrides: Overrides,
  language = '',
): readonly Achievement[] {
  const orders = new Map<Achievement, number>();
  const orderOf = (achievement: Achievement) => orders.get(achievement) ?? Number.MAX_VALUE;
  const list = achievements.map((achievement) => {
    const override = overrideFor(achievement, overrides);
    if (!override) return achievement;
    // Nothing is taken that is not named here: no override makes a secret one public.
    const { name, description, lockedDescription, category, rewards, icon, art } = textsFor(override, language);
    const changed = withValues(achievement, {
      ...dropAbsent({ name, description, lockedDescription, category, rewards }),
      media: { ...achievement.media, ...dropAbsent({ icon: icon && { url: icon }, art: art && { url: art } }) },
    } as Partial<Achievement>);
    if (override.order !== undefined) orders.set(changed, override.order);
    return changed;
  });
  if (orders.size === 0) return list;
  return list
    .sort((left, right) => orderOf(left) - orderOf(right))
    .map((achievement, order) => (achievement.order === order ? achievement : withValues(achievement, { order })));
}
