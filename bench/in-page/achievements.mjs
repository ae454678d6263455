// Achievements in the form of the model.

/** @import { Achievement } from '../../src/model/achievement.js' */

/** The words of the names; a search for eight letters finds one in twelve. */
const WORDS = [
  'Mountain',
  'Treasure',
  'Champion',
  'Explorer',
  'Guardian',
  'Survivor',
  'Marathon',
  'Midnight',
  'Merchant',
  'Labyrinth',
  'Lighthouse',
  'Thunder',
];

/**
 * New objects each time: nothing that was worked out for older ones helps.
 * @param {number} count
 * @returns {Achievement[]}
 */
export function makeAchievements(count) {
  return Array.from({ length: count }, (_, index) => {
    const unlocked = index % 3 === 0;
    return {
      key: `bench:${index}`,
      id: `${index}`,
      backend: 'bench',
      name: `${WORDS[index % WORDS.length]} ${index + 1}`,
      description: `Did the thing that number ${index + 1} asks for.`,
      lockedDescription: `Do the thing that number ${index + 1} asks for.`,
      secret: false,
      revoked: false,
      rewards: [{ kind: 'points', value: 5 + (index % 5) * 5 }],
      media: {},
      rarity: { percent: Math.round((index * 37) % 1000) / 10 },
      platforms: [],
      titles: [],
      campaigns: [],
      order: index,
      ...(unlocked
        ? { state: 'unlocked', requirements: [], unlockedAt: Date.UTC(2026, 0, 1 + (index % 28), 12) }
        : { state: 'in-progress', ...progress(1 + (index % 5000)) }),
    };
  });
}

/** @param {number} current */
function progress(current) {
  const target = 10_000;
  return {
    requirements: [{ id: '', current, target, unit: /** @type {const} */ ('count') }],
    progress: { current, target, ratio: current / target, unit: /** @type {const} */ ('count') },
  };
}

/** On screen, and in progress. */
export const CHANGED = 1;

/**
 * The same achievements in a new array, but for one that moved on by one.
 * @param {readonly Achievement[]} achievements
 */
export function moveOne(achievements) {
  const before = /** @type {Achievement} */ (achievements[CHANGED]);
  const changed = [...achievements];
  changed[CHANGED] = { ...before, ...progress((before.progress?.current ?? 0) + 1) };
  return changed;
}
