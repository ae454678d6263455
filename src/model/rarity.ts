import type { Achievement } from './achievement.js';

/** Whether a service calls an achievement rare, in whatever degree. */
export function isRare({ rarity }: Pick<Achievement, 'rarity'>): boolean {
  return /rare|legendary|epic/i.test(rarity?.category ?? '');
}
