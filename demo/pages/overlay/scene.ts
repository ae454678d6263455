import { type MemoryAchievement, memory } from '../../../src/backends/memory.js';
import { type Clock, pause } from '../../../src/model/clock.js';
import type { Store } from '../../../src/store/store.js';

const HOUR = 3_600_000;

/** What the scripted scene is about. The names are invented. */
export function sceneAchievements(now: number): MemoryAchievement[] {
  const ends = new Date(now + 3 * HOUR).toISOString();
  return [
    {
      id: 'light',
      name: 'First Light',
      description: 'Watched a star being born.',
      points: 10,
      icon: '/pictures/sun.svg',
      rarity: { percent: 61 },
    },
    {
      id: 'escape',
      name: 'Escape Velocity',
      description: 'Left ten different worlds.',
      points: 25,
      progress: { current: 4, target: 10 },
      icon: '/pictures/rocket-flight.svg',
      rarity: { percent: 34 },
    },
    {
      id: 'dragon',
      name: 'Dragonslayer',
      description: 'Defeated the ember dragon.',
      points: 80,
      icon: '/pictures/dragon-head.svg',
      rarity: { percent: 1.8, category: 'Rare' },
    },
    {
      id: 'race',
      name: 'Comet Week',
      description: 'Caught seven comets this week.',
      points: 30,
      progress: { current: 5, target: 7 },
      type: 'challenge',
      window: { endsAt: ends },
      icon: '/pictures/comet-spark.svg',
      rarity: { percent: 12 },
    },
    {
      id: 'door',
      name: 'The Door in the Lighthouse',
      description: 'Found what the keeper had been hiding.',
      secret: true,
      points: 40,
      icon: '/pictures/lighthouse.svg',
      rarity: { percent: 6 },
    },
    {
      id: 'crown',
      name: 'Crown of the North',
      description: 'Became queen of the north.',
      points: 50,
      icon: '/pictures/crown.svg',
      rarity: { percent: 9.4 },
    },
  ];
}

/** One act of the scene: what is reported, this many milliseconds after the one before. */
interface Act {
  readonly after: number;
  readonly report: { readonly achievement: string; readonly set?: number; readonly unlock?: true };
}

/** A first unlock, a bar that moves, three at once with a rare one, a secret and a challenge, and the last one of all. */
export const ACTS: readonly Act[] = [
  { after: 1000, report: { achievement: 'light', unlock: true } },
  { after: 3000, report: { achievement: 'escape', set: 8 } },
  { after: 1500, report: { achievement: 'escape', set: 9 } },
  { after: 4000, report: { achievement: 'dragon', unlock: true } },
  { after: 0, report: { achievement: 'door', unlock: true } },
  { after: 0, report: { achievement: 'race', set: 7 } },
  { after: 0, report: { achievement: 'escape', set: 10 } },
  { after: 9000, report: { achievement: 'crown', unlock: true } },
];

export const sceneBackend = (now: number) => memory({ achievements: sceneAchievements(now), scope: 'scene' });

/** Plays the scene once. @throws the reason of `signal` where that ends it */
export async function playScene(store: Store, clock: Clock, signal: AbortSignal): Promise<void> {
  for (const { after, report } of ACTS) {
    if (after > 0) await pause(clock, after, signal);
    await store.report(report);
  }
}
