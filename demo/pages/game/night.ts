// The rules of Firefly Minute, and nothing of how it looks: a light flies through one night of a minute, catches
// fireflies and keeps away from bats. Lengths are in units of the field, times in seconds.

export interface Point {
  x: number;
  y: number;
}

export interface Moving extends Point {
  /** Units in a second. */
  dx: number;
  dy: number;
}

export interface Firefly extends Moving {
  /** Seconds since it appeared. */
  age: number;
  /** Comes once a night, flies fast, and leaves. */
  readonly isGolden: boolean;
}

export interface Bat extends Moving {
  age: number;
  /** The height around which it flies in waves. */
  readonly lane: number;
}

/** What the rules have to tell: a picture, a sound or a report may follow. */
export type Happening =
  | { readonly type: 'caught'; readonly at: Point; readonly isGolden: boolean }
  | { readonly type: 'flash' }
  | { readonly type: 'bitten'; readonly at: Point }
  | { readonly type: 'rested' }
  | { readonly type: 'dawn'; readonly caught: number; readonly bites: number };

/** Where the player wants to go: a direction of a length of at most 1, or a place in the field. */
export interface Wish {
  readonly direction?: Point;
  readonly place?: Point;
}

export interface Night {
  readonly width: number;
  readonly height: number;
  /** The seconds that are over. */
  time: number;
  isOver: boolean;
  readonly light: Moving;
  fireflies: Firefly[];
  bats: Bat[];
  readonly moon: Point & { readonly radius: number };
  caught: number;
  bites: number;
  /** Until when no bat bites again, in seconds of the night. */
  safeUntil: number;
  /** The last times of a catch, for five in a flash. */
  catches: number[];
  /** Seconds on the moon. */
  rest: number;
  /** When the golden one comes; infinity once it came. */
  goldenAt: number;
  readonly random: () => number;
}

export const NIGHT_SECONDS = 60;
export const LIGHT_RADIUS = 15;
export const FIREFLY_RADIUS = 16;
export const BAT_RADIUS = 20;

const FASTEST = 430;
/** Units in a second, each second. */
const PUSH = 2100;
/** Of the speed, how much is lost in a second. */
const DRAG = 4.6;
const MOST_FIREFLIES = 9;
const FLASH_CATCHES = 5;
const FLASH_SECONDS = 4;
const SAFE_SECONDS = 1.6;
const REST_SECONDS = 3;
const GOLDEN_SECONDS = 7;
const GOLDEN_SPEED = 230;
const FIREFLY_SPEED = 42;
/** From which second there are one, two, three and four bats. */
const BATS_FROM = [4, 16, 30, 44];

/** @param random 0 to below 1 */
export function createNight(width: number, height: number, random: () => number): Night {
  const night: Night = {
    width,
    height,
    time: 0,
    isOver: false,
    light: { x: width / 2, y: height * 0.62, dx: 0, dy: 0 },
    fireflies: [],
    bats: [],
    moon: { x: width * 0.8, y: height * 0.22, radius: Math.min(width, height) * 0.085 },
    caught: 0,
    bites: 0,
    safeUntil: 0,
    catches: [],
    rest: 0,
    goldenAt: 14 + random() * 26,
    random,
  };
  // The first ones are there already when the night begins.
  for (let count = 0; count < MOST_FIREFLIES - 2; count++) {
    night.fireflies.push({ ...newFirefly(night, false), age: 1 });
  }
  return night;
}

function newFirefly({ width, height, random }: Night, isGolden: boolean): Firefly {
  const angle = random() * 2 * Math.PI;
  const speed = isGolden ? GOLDEN_SPEED : FIREFLY_SPEED * (0.6 + random() * 0.8);
  return {
    x: width * (0.06 + random() * 0.88),
    y: height * (0.1 + random() * 0.74),
    dx: Math.cos(angle) * speed,
    dy: Math.sin(angle) * speed,
    age: 0,
    isGolden,
  };
}

function newBat({ width, height, random, light }: Night): Bat {
  const isFromLeft = random() < 0.5;
  const lane = height * (0.14 + random() * 0.62);
  // Never out of nothing beside the player.
  const fromLeft = light.x < width * 0.2 ? false : light.x > width * 0.8 ? true : isFromLeft;
  return {
    x: fromLeft ? -40 : width + 40,
    y: lane,
    dx: (fromLeft ? 1 : -1) * (120 + random() * 90),
    dy: 0,
    age: 0,
    lane,
  };
}

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);

function moveLight({ light, width, height }: Night, { direction, place }: Wish, seconds: number): void {
  let [pushX, pushY] = [direction?.x ?? 0, direction?.y ?? 0];
  if (place) {
    const away = distance(place, light);
    // Slower near the place, so that the light comes to rest there.
    const strength = Math.min(1, away / 90) / Math.max(1, away);
    [pushX, pushY] = [(place.x - light.x) * strength, (place.y - light.y) * strength];
  }
  const length = Math.max(1, Math.hypot(pushX, pushY));
  const kept = Math.exp(-DRAG * seconds);
  light.dx = light.dx * kept + (pushX / length) * PUSH * seconds;
  light.dy = light.dy * kept + (pushY / length) * PUSH * seconds;
  const tooFast = Math.max(1, Math.hypot(light.dx, light.dy) / FASTEST);
  light.dx /= tooFast;
  light.dy /= tooFast;
  light.x = Math.min(width - LIGHT_RADIUS, Math.max(LIGHT_RADIUS, light.x + light.dx * seconds));
  light.y = Math.min(height - LIGHT_RADIUS, Math.max(LIGHT_RADIUS, light.y + light.dy * seconds));
}

function moveFireflies(night: Night, seconds: number): void {
  const { width, height, random } = night;
  for (const firefly of night.fireflies) {
    firefly.age += seconds;
    // They wander: a little turn now and then, and back from the edges.
    const turn = (random() - 0.5) * 5 * seconds;
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const { dx, dy } = firefly;
    firefly.dx = dx * cosine - dy * sine;
    firefly.dy = dx * sine + dy * cosine;
    firefly.x += firefly.dx * seconds;
    firefly.y += firefly.dy * seconds;
    if (firefly.x < width * 0.03) firefly.dx = Math.abs(firefly.dx);
    if (firefly.x > width * 0.97) firefly.dx = -Math.abs(firefly.dx);
    if (firefly.y < height * 0.06) firefly.dy = Math.abs(firefly.dy);
    if (firefly.y > height * 0.88) firefly.dy = -Math.abs(firefly.dy);
  }
  night.fireflies = night.fireflies.filter(({ isGolden, age }) => !isGolden || age < GOLDEN_SECONDS);
  const ordinary = night.fireflies.filter(({ isGolden }) => !isGolden).length;
  if (ordinary < MOST_FIREFLIES && random() < (MOST_FIREFLIES - ordinary) * 0.55 * seconds) {
    night.fireflies.push(newFirefly(night, false));
  }
  if (night.time >= night.goldenAt) {
    night.goldenAt = Number.POSITIVE_INFINITY;
    night.fireflies.push(newFirefly(night, true));
  }
}

function moveBats(night: Night, seconds: number): void {
  for (const bat of night.bats) {
    bat.age += seconds;
    bat.x += bat.dx * seconds;
    bat.y = bat.lane + Math.sin(bat.age * 2.1) * night.height * 0.1;
  }
  night.bats = night.bats.filter(({ x }) => x > -60 && x < night.width + 60);
  const wanted = BATS_FROM.filter((from) => night.time >= from).length;
  if (night.bats.length < wanted && night.random() < 1.4 * seconds) night.bats.push(newBat(night));
}

function catchFireflies(night: Night): Happening[] {
  const happened: Happening[] = [];
  night.fireflies = night.fireflies.filter((firefly) => {
    // Just born, it cannot be caught before it is seen.
    if (firefly.age < 0.25 || distance(firefly, night.light) > LIGHT_RADIUS + FIREFLY_RADIUS) return true;
    night.caught += 1;
    happened.push({ type: 'caught', at: { x: firefly.x, y: firefly.y }, isGolden: firefly.isGolden });
    night.catches = [...night.catches, night.time].slice(-FLASH_CATCHES);
    if (night.catches.length === FLASH_CATCHES && night.time - night.catches[0]! <= FLASH_SECONDS) {
      happened.push({ type: 'flash' });
    }
    return false;
  });
  return happened;
}

function meetBats(night: Night): Happening[] {
  const { light, time } = night;
  if (time < night.safeUntil) return [];
  const bat = night.bats.find((each) => distance(each, light) < LIGHT_RADIUS + BAT_RADIUS - 6);
  if (!bat) return [];
  night.bites += 1;
  night.safeUntil = time + SAFE_SECONDS;
  night.catches = [];
  // Thrown back, which costs time.
  const away = Math.max(1, distance(light, bat));
  light.dx = ((light.x - bat.x) / away) * FASTEST;
  light.dy = ((light.y - bat.y) / away) * FASTEST;
  return [{ type: 'bitten', at: { x: light.x, y: light.y } }];
}

function restOnMoon(night: Night, seconds: number): Happening[] {
  const isResting = distance(night.light, night.moon) < night.moon.radius;
  const before = night.rest;
  night.rest = isResting ? before + seconds : 0;
  return before < REST_SECONDS && night.rest >= REST_SECONDS ? [{ type: 'rested' }] : [];
}

/** Lets the night go on, and tells what happened. */
export function step(night: Night, wish: Wish, seconds: number): readonly Happening[] {
  if (night.isOver) return [];
  night.time = Math.min(NIGHT_SECONDS, night.time + seconds);
  moveLight(night, wish, seconds);
  moveFireflies(night, seconds);
  moveBats(night, seconds);
  const happened = [...catchFireflies(night), ...meetBats(night), ...restOnMoon(night, seconds)];
  if (night.time < NIGHT_SECONDS) return happened;
  night.isOver = true;
  night.bats = [];
  return [...happened, { type: 'dawn', caught: night.caught, bites: night.bites }];
}
