import type { Achievement } from './achievement.js';
import { digestOf } from './digest.js';
import { writeJson } from './json.js';

// Who is who: two achievements are never silently one.

const GUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** A key or a part of one as it is compared. GUIDs name the same whatever their case (RFC 9562, section 4). */
export function foldedKey(key: string): string {
  return key.length < 36 ? key : key.replace(GUIDS, (guid) => guid.toLowerCase());
}

/** Whether an update or a report means this achievement, by its key, its id or its name in the service's API. */
export function concerns(named: string, { key, id, apiName }: Pick<Achievement, 'key' | 'id' | 'apiName'>): boolean {
  if (named === key || named === id || named === apiName) return true;
  const folded = foldedKey(named);
  // Nothing that is shorter has a GUID in it.
  return folded.length >= 36 && (folded === key || folded === foldedKey(id));
}

/** What tells achievements with the same id apart, what is surest first. */
const TELL_APART: readonly ((achievement: Achievement) => string)[] = [
  ({ titles }) => writeJson(titles.map(({ id }) => id)),
  ({ serviceConfigId = '' }) => serviceConfigId,
  ({ productId = '' }) => productId,
  ({ apiName = '' }) => apiName,
  ({ name }) => name,
];

/** Everything by which achievements with the same key can be told apart, but for their names. */
export function identityOf(achievement: Achievement): string {
  return writeJson(TELL_APART.slice(0, -1).map((tell) => tell(achievement)));
}

/**
 * Keys for achievements that share one and differ in what they are, one for each: with a digest of the first things that tell them all apart,
 * so that the keys stay the same in whatever order they come, and tell nothing of a secret.
 */
export function ownKeysOf(achievements: readonly Achievement[]): readonly string[] {
  for (let depth = 1; depth <= TELL_APART.length; depth++) {
    const signs = achievements.map((each) => writeJson(TELL_APART.slice(0, depth).map((tell) => tell(each))));
    if (new Set(signs).size < signs.length && depth < TELL_APART.length) continue;
    return achievements.map(({ key }, index) => `${key}@${digestOf(signs[index] ?? '')}`);
  }
  return [];
}
