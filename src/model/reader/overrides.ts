import { dropAbsent } from '../absent.js';
import { foldedKey } from '../identity.js';
import type { AchievementOverride, Overrides, OverrideTexts } from '../overrides.js';
import { cut } from '../text.js';
import { readPicture, readRewards } from './achievement.js';
import { Omissions } from './library.js';
import { LONG, type Members, type Tell, membersOf, readNumber, readText } from './values.js';

/** In one file, with every language of each. */
const MOST_OVERRIDES = 50_000;

/** Overrides as they were read. */
export interface ReadOverrides extends Overrides {
  /** What could not be read. Its `id` may be the name of a secret. */
  readonly omissions: Omissions;
  /** How many were looked at, with every language of each. */
  readonly total: number;
}

function readTexts(members: Members, base: string, tell: Tell): OverrideTexts {
  const { name, description, lockedDescription, category, icon, art, rewards, points } = members;
  return dropAbsent({
    name: readText(name, 'name', tell),
    description: readText(description, 'description', tell, LONG),
    lockedDescription: readText(lockedDescription, 'lockedDescription', tell, LONG),
    icon: readPicture(icon, 'icon', base, tell)?.url,
    art: readPicture(art, 'art', base, tell)?.url,
    category: readText(category, 'category', tell),
    rewards: (rewards ?? points) == null ? undefined : readRewards(rewards, points, base, tell),
  });
}

/**
 * Reads overrides, each for itself, and every language of each: whatever cannot be used costs only itself.
 * @param base what relative URLs of pictures are relative to
 * @returns `undefined` where there are none to be read
 */
export function readOverrides(value: unknown, base: string): ReadOverrides | undefined {
  const achievements = membersOf(membersOf(value)?.['achievements']);
  if (!achievements) return undefined;
  const omissions = new Omissions();
  let total = 0;
  const read = (entry: unknown, id: string, index: number, place: string): OverrideTexts | undefined => {
    total += 1;
    const members = total > MOST_OVERRIDES ? undefined : membersOf(entry);
    if (!members) {
      const expected = total > MOST_OVERRIDES ? `at most ${MOST_OVERRIDES} overrides` : 'object';
      omissions.skip({ index, id, reason: `${place}item: expected ${expected}` });
      return undefined;
    }
    return readTexts(members, base, (member, expected) =>
      omissions.omit({ index, id, member: `${place}${member}`, expected }),
    );
  };
  const made = Object.entries(achievements).flatMap(([id, entry], index): [string, AchievementOverride][] => {
    const texts = read(entry, id, index, '');
    if (!texts) return [];
    const { languages, order: place } = entry as Members;
    const order = readNumber(place, 'order', (member, expected) => omissions.omit({ index, id, member, expected }));
    const spoken = Object.entries(membersOf(languages) ?? {}).flatMap(([tag, local]) => {
      const said = read(local, id, index, `languages ${cut(tag, 64)} `);
      return said ? [[tag, said] as const] : [];
    });
    const override = { ...texts, ...dropAbsent({ order }), languages: Object.fromEntries(spoken) };
    // A key is found as it is compared, an id as the service writes it.
    return [...new Set([id, foldedKey(id)])].map((name) => [name, override]);
  });
  return { achievements: Object.fromEntries(made), omissions, total };
}
