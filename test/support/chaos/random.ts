import { env } from 'node:process';

/** Counts as released, or the many of the goals: `npm run test:long`. */
export const isLong = env['LONG'] === '1';

/** Of everything random here. What a browser does with it differs all the same, from run to run. */
export const seed = env['SEED'] ? Number(env['SEED']) : isLong ? Date.now() % 2 ** 31 : 20_261_125;

/** Random numbers that a seed gives again: mulberry32. */
export interface Random {
  /** 0 to below 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** @param place what it is for, so that two places do not get the same numbers */
export function randomFor(place: string): Random {
  let state = [...place].reduce((hash, character) => Math.imul(hash ^ character.charCodeAt(0), 0x01000193), seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    oneOf: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}
