import { describe, expect, it } from 'vitest';
import { reportsOf } from '../../../../demo/pages/game/deeds.js';
import {
  type Firefly,
  type Happening,
  type Night,
  type Wish,
  LIGHT_RADIUS,
  NIGHT_SECONDS,
  createNight,
  step,
} from '../../../../demo/pages/game/night.js';
import { GAME_ACHIEVEMENTS } from '../../../../demo/services/game-data.js';

/** Chance that a seed decides. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const night = (seed = 1): Night => createNight(960, 540, chance(seed));

/** Plays so many seconds, in steps of a display's length. */
function play(game: Night, seconds: number, wish: (game: Night) => Wish = () => ({})): Happening[] {
  const happened: Happening[] = [];
  for (let frame = 0; frame < seconds * 60; frame++) happened.push(...step(game, wish(game), 1 / 60));
  return happened;
}

/** A player who goes to the nearest firefly. */
function keen({ fireflies, light }: Night): Wish {
  const near = (firefly: Firefly) => Math.hypot(firefly.x - light.x, firefly.y - light.y);
  const [nearest] = [...fireflies].sort((one, other) => near(one) - near(other));
  return nearest ? { place: nearest } : {};
}

const firefly = (game: Night, members: Partial<Firefly> = {}): Firefly => ({
  x: game.light.x,
  y: game.light.y,
  dx: 0,
  dy: 0,
  age: 1,
  isGolden: false,
  ...members,
});

describe('a night', () => {
  it('is a minute, ends once, and then nothing happens any more', () => {
    const game = night();
    const happened = play(game, NIGHT_SECONDS + 5);
    expect(happened.filter(({ type }) => type === 'dawn')).toHaveLength(1);
    expect(game.time).toBe(NIGHT_SECONDS);
    expect(play(game, 5, keen)).toEqual([]);
  });

  it('keeps the light in the field, whatever is wished', () => {
    for (const direction of [
      { x: 1, y: 0 },
      { x: -1, y: -1 },
      { x: 0, y: 1e9 },
      { x: Number.MIN_VALUE, y: 0 },
    ]) {
      const game = night();
      play(game, 4, () => ({ direction }));
      expect(game.light.x).toBeGreaterThanOrEqual(LIGHT_RADIUS);
      expect(game.light.x).toBeLessThanOrEqual(960 - LIGHT_RADIUS);
      expect(game.light.y).toBeGreaterThanOrEqual(LIGHT_RADIUS);
      expect(game.light.y).toBeLessThanOrEqual(540 - LIGHT_RADIUS);
    }
  });

  it('lets the light come to rest where it is sent', () => {
    const game = night();
    play(game, 3, () => ({ place: { x: 200, y: 150 } }));
    expect(Math.hypot(game.light.x - 200, game.light.y - 150)).toBeLessThan(20);
  });

  it('can be played: who goes for the nearest catches plenty, in every one of fifty nights', () => {
    const counts = Array.from({ length: 50 }, (_, seed) => {
      const game = night(seed + 1);
      play(game, NIGHT_SECONDS, keen);
      return game.caught;
    });
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(20);
  });

  it('has one golden one, in every one of fifty nights, and it does not stay', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const game = night(seed);
      let seen = 0;
      play(game, NIGHT_SECONDS, ({ fireflies }) => {
        if (fireflies.some(({ isGolden }) => isGolden)) seen += 1;
        return { place: { x: 0, y: 540 } };
      });
      expect(seen).toBeGreaterThan(60);
      expect(seen).toBeLessThanOrEqual(7 * 60 + 1);
    }
  });

  it('tells of five within four seconds, and not of five in a longer time', () => {
    const game = night();
    game.fireflies = [];
    const happened: Happening[] = [];
    for (let count = 0; count < 5; count++) {
      game.fireflies = [firefly(game)];
      happened.push(...play(game, 0.9));
    }
    expect(happened.filter(({ type }) => type === 'flash')).toHaveLength(1);
    const slow = night();
    const none: Happening[] = [];
    for (let count = 0; count < 5; count++) {
      slow.fireflies = [firefly(slow)];
      none.push(...step(slow, {}, 1 / 60));
      slow.fireflies = [];
      slow.time += 1.1;
    }
    expect(none.filter(({ type }) => type === 'caught')).toHaveLength(5);
    expect(none.filter(({ type }) => type === 'flash')).toHaveLength(0);
  });

  it('has bats that bite once and not again at once', () => {
    const game = night();
    game.fireflies = [];
    game.bats = [{ x: game.light.x, y: game.light.y, dx: 0, dy: 0, age: 0, lane: game.light.y }];
    expect(step(game, {}, 1 / 60)).toContainEqual(expect.objectContaining({ type: 'bitten' }));
    expect(play(game, 0.5, ({ bats: [bat] }) => (bat ? { place: bat } : {})).map(({ type }) => type)).not.toContain(
      'bitten',
    );
    expect(game.bites).toBe(1);
  });

  it('tells of three seconds on the moon, in one go', () => {
    const game = night();
    const types = (happened: readonly Happening[]) => happened.map(({ type }) => type);
    const rest = () => Object.assign(game.light, { x: game.moon.x, y: game.moon.y, dx: 0, dy: 0 });
    rest();
    expect(types(play(game, 2))).not.toContain('rested');
    Object.assign(game.light, { x: 100, y: 400 });
    step(game, {}, 1 / 60);
    rest();
    expect(types(play(game, 2))).not.toContain('rested');
    expect(types(play(game, 1.5)).filter((type) => type === 'rested')).toHaveLength(1);
  });
});

describe('what is reported', () => {
  const nothingYet = () => false;
  const at = { x: 0, y: 0 };

  it.each<[string, Happening, string[]]>([
    ['a firefly', { type: 'caught', at, isGolden: false }, ['first-spark', 'full-jar +1', 'lamplighter +1']],
    [
      'the golden one',
      { type: 'caught', at, isGolden: true },
      ['first-spark', 'full-jar +1', 'lamplighter +1', 'golden-one'],
    ],
    ['five in a flash', { type: 'flash' }, ['five-in-a-flash']],
    ['a rest', { type: 'rested' }, ['moonlit-nap']],
    ['a bite', { type: 'bitten', at }, []],
    ['a night', { type: 'dawn', caught: 30, bites: 1 }, ['until-dawn']],
    ['a night without a bite and with little', { type: 'dawn', caught: 14, bites: 0 }, ['until-dawn']],
    ['a night without a bite', { type: 'dawn', caught: 15, bites: 0 }, ['until-dawn', 'light-as-a-feather']],
  ])('of %s', (_, happening, expected) => {
    const told = reportsOf(happening, nothingYet).map(({ achievement, add }) => achievement + (add ? ` +${add}` : ''));
    expect(told).toEqual(expected);
  });

  it('is nothing of what is unlocked already', () => {
    const reports = reportsOf({ type: 'caught', at, isGolden: true }, (id) => id !== 'lamplighter');
    expect(reports).toEqual([{ achievement: 'lamplighter', add: 1 }]);
  });

  it('is of every achievement that the service has, and of no other', () => {
    const all: readonly Happening[] = [
      { type: 'caught', at, isGolden: true },
      { type: 'flash' },
      { type: 'rested' },
      { type: 'dawn', caught: 15, bites: 0 },
    ];
    const reported = new Set(all.flatMap((each) => reportsOf(each, nothingYet)).map(({ achievement }) => achievement));
    expect([...reported].sort()).toEqual(GAME_ACHIEVEMENTS.map(({ id }) => id).sort());
  });
});
