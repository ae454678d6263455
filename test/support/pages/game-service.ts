import { inject } from 'vitest';

interface Known {
  readonly id: string;
  readonly state: string;
  readonly requirements?: readonly { readonly current: number }[];
}

/**
 * What the demo's service knows of an achievement of the game.
 * @param room a copy of the services that nobody else plays with
 */
export async function knownToService(room: string, id: string): Promise<{ state: string; current: number }> {
  const url = new URL(`/json/game/achievements?limit=50&room=${room}`, inject('demoUrl'));
  const { achievements } = (await (await fetch(url)).json()) as { readonly achievements: readonly Known[] };
  const found = achievements.find((achievement) => achievement.id === id)!;
  return { state: found.state, current: found.requirements?.[0]?.current ?? 0 };
}
