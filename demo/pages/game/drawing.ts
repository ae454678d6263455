import { type Bat, type Firefly, type Happening, type Night, type Point, NIGHT_SECONDS } from './night.js';

/** A spot of light that was drawn once and is only copied afterwards. */
type Glow = HTMLCanvasElement;

const STARS = 90;
const TRAIL_SECONDS = 0.45;
const SPARK_SECONDS = 0.7;

interface Spark extends Point {
  readonly colour: 'warm' | 'golden' | 'cold';
  age: number;
}

function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas');
  return [canvas, context];
}

function glow(radius: number, stops: readonly (readonly [at: number, colour: string])[]): Glow {
  const [canvas, context] = canvasOf(radius * 2, radius * 2);
  const gradient = context.createRadialGradient(radius, radius, 0, radius, radius, radius);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  context.fillStyle = gradient;
  context.fillRect(0, 0, radius * 2, radius * 2);
  return canvas;
}

/** The same picture every time: stars and hills must not jump when the window changes its size. */
function sameEveryTime(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Scene {
  readonly sky: readonly string[];
  readonly hills: readonly string[];
  readonly water: readonly string[];
  readonly moon: string;
  readonly stars: number;
}

const MIDNIGHT: Scene = {
  sky: ['#070b1f', '#111a3f', '#23386b', '#3b5a86'],
  hills: ['#182550', '#101a3c', '#0a1128'],
  water: ['#14234a', '#070d21'],
  moon: '#f4ecd2',
  stars: 1,
};

const DAWN: Scene = {
  sky: ['#2a2f6b', '#6d4f8c', '#d9808a', '#ffd09a'],
  hills: ['#5a4a80', '#3a3362', '#221f45'],
  water: ['#b9788f', '#3a3362'],
  moon: '#fff6e2',
  stars: 0.25,
};

function hill(
  context: CanvasRenderingContext2D,
  width: number,
  bottom: number,
  heights: { readonly base: number; readonly waves: number; readonly phase: number },
): void {
  const { base, waves, phase } = heights;
  context.beginPath();
  context.moveTo(0, bottom);
  for (let x = 0; x < width + 8; x += 8) {
    const at = (x / width) * Math.PI * 2;
    const rise = Math.sin(at * 1.3 + phase) * waves + Math.sin(at * 3.1 + phase * 2) * waves * 0.35;
    context.lineTo(x, base - rise);
  }
  context.lineTo(width, bottom);
  context.fill();
}

/** Trees on a far shore: small and irregular, so that the eye reads a forest. */
function forest(context: CanvasRenderingContext2D, width: number, shore: number, size: number): void {
  const random = sameEveryTime(11);
  for (let x = -size; x < width + size; x += size * (0.3 + random() * 0.5)) {
    const height = size * (0.7 + random() * 1.3);
    const half = height * 0.24;
    context.beginPath();
    context.moveTo(x, shore - height);
    context.lineTo(x + half, shore + 2);
    context.lineTo(x - half, shore + 2);
    context.fill();
  }
}

function reeds(context: CanvasRenderingContext2D, width: number, height: number): void {
  const random = sameEveryTime(5);
  context.lineCap = 'round';
  for (const [from, to] of [
    [0, 0.2],
    [0.62, 1],
  ] as const) {
    for (let x = from * width; x < to * width; x += 7 + random() * 16) {
      const length = height * (0.06 + random() * 0.15);
      const lean = (random() - 0.5) * 26;
      context.lineWidth = 1.4 + random() * 1.6;
      context.beginPath();
      context.moveTo(x, height + 4);
      context.quadraticCurveTo(x, height - length * 0.6, x + lean, height - length);
      context.stroke();
      if (random() < 0.3) {
        context.beginPath();
        context.ellipse(x + lean, height - length, 3.2, 10, lean / 60, 0, Math.PI * 2);
        context.fill();
      }
    }
  }
}

/** Everything that does not move, at one time of the night. */
function paintScene({ width, height, moon }: Night, scene: Scene, scale: number): HTMLCanvasElement {
  const [canvas, context] = canvasOf(width * scale, height * scale);
  context.scale(scale, scale);
  const shore = height * 0.8;
  const sky = context.createLinearGradient(0, 0, 0, shore);
  scene.sky.forEach((colour, index) => sky.addColorStop(index / (scene.sky.length - 1), colour));
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);

  const random = sameEveryTime(3);
  for (let star = 0; star < STARS; star++) {
    context.globalAlpha = scene.stars * (0.25 + random() * 0.65);
    context.fillStyle = '#dfe7ff';
    context.beginPath();
    context.arc(random() * width, random() * shore * 0.75, 0.5 + random() * 1.1, 0, Math.PI * 2);
    context.fill();
  }
  context.globalAlpha = 1;

  const halo = glow(moon.radius * 3.6, [
    [0, 'rgb(255 244 214 / 0.5)'],
    [0.28, 'rgb(255 240 205 / 0.22)'],
    [1, 'rgb(255 240 205 / 0)'],
  ]);
  context.drawImage(halo, moon.x - halo.width / 2, moon.y - halo.height / 2);
  const disc = context.createRadialGradient(
    moon.x - moon.radius * 0.35,
    moon.y - moon.radius * 0.35,
    moon.radius * 0.2,
    moon.x,
    moon.y,
    moon.radius,
  );
  disc.addColorStop(0, '#fffaf0');
  disc.addColorStop(1, scene.moon);
  context.fillStyle = disc;
  context.beginPath();
  context.arc(moon.x, moon.y, moon.radius, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = 'rgb(170 150 120 / 0.22)';
  for (const [x, y, size] of [
    [-0.3, -0.1, 0.24],
    [0.25, 0.3, 0.18],
    [0.3, -0.35, 0.13],
    [-0.1, 0.5, 0.12],
  ] as const) {
    context.beginPath();
    context.arc(moon.x + x * moon.radius, moon.y + y * moon.radius, size * moon.radius, 0, Math.PI * 2);
    context.fill();
  }

  const [far, middle, near] = scene.hills;
  context.fillStyle = far!;
  hill(context, width, shore, { base: height * 0.66, waves: height * 0.07, phase: 0.7 });
  context.fillStyle = middle!;
  hill(context, width, shore, { base: height * 0.73, waves: height * 0.045, phase: 2.6 });
  context.fillStyle = near!;
  forest(context, width, shore, height * 0.06);

  const water = context.createLinearGradient(0, shore, 0, height);
  scene.water.forEach((colour, index) => water.addColorStop(index / (scene.water.length - 1), colour));
  context.fillStyle = water;
  context.fillRect(0, shore, width, height - shore);
  // The moon in the water, broken by its ripples.
  context.fillStyle = scene.moon;
  for (let ripple = 0; ripple < 11; ripple++) {
    const y = shore + 5 + ripple * ((height - shore) / 12);
    const half = moon.radius * (0.95 - ripple * 0.05) * (0.5 + random() * 0.6);
    context.globalAlpha = 0.3 - ripple * 0.02;
    context.fillRect(moon.x - half + (random() - 0.5) * 14, y, half * 2, 1.6);
  }
  context.globalAlpha = 1;
  context.fillStyle = context.strokeStyle = near!;
  reeds(context, width, height);
  return canvas;
}

const createGlows = () => ({
  warm: glow(46, [
    [0, 'rgb(255 250 205 / 1)'],
    [0.09, 'rgb(240 255 150 / 0.95)'],
    [0.2, 'rgb(200 245 100 / 0.42)'],
    [0.45, 'rgb(170 235 85 / 0.12)'],
    [0.75, 'rgb(160 230 80 / 0.03)'],
    [1, 'rgb(160 230 80 / 0)'],
  ]),
  golden: glow(64, [
    [0, 'rgb(255 255 240 / 1)'],
    [0.12, 'rgb(255 214 90 / 1)'],
    [0.28, 'rgb(255 184 50 / 0.5)'],
    [0.6, 'rgb(255 170 30 / 0.12)'],
    [1, 'rgb(255 160 20 / 0)'],
  ]),
  cold: glow(60, [
    [0, 'rgb(200 190 255 / 0.8)'],
    [0.4, 'rgb(130 110 255 / 0.25)'],
    [1, 'rgb(130 110 255 / 0)'],
  ]),
  light: glow(190, [
    [0, 'rgb(255 238 200 / 0.5)'],
    [0.15, 'rgb(255 220 160 / 0.26)'],
    [0.35, 'rgb(255 200 130 / 0.11)'],
    [0.65, 'rgb(255 190 120 / 0.03)'],
    [1, 'rgb(255 190 120 / 0)'],
  ]),
  core: glow(30, [
    [0, 'rgb(255 255 255 / 1)'],
    [0.3, 'rgb(255 248 226 / 1)'],
    [0.44, 'rgb(255 214 140 / 0.8)'],
    [0.66, 'rgb(255 185 105 / 0.25)'],
    [1, 'rgb(255 170 90 / 0)'],
  ]),
});

/** Draws a night; what shall not move for the player, does not. */
export class Drawing {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #isStill: () => boolean;
  #scale = 1;
  #scenes: readonly [midnight: HTMLCanvasElement, dawn: HTMLCanvasElement] | undefined;
  #trail: (Point & { age: number })[] = [];
  #sparks: Spark[] = [];
  readonly #glows = createGlows();

  /** @param isStill whether the player wants as little movement as can be */
  constructor(canvas: HTMLCanvasElement, isStill: () => boolean) {
    this.#canvas = canvas;
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser has no canvas');
    this.#context = context;
    this.#isStill = isStill;
  }

  /** Fits the picture to the canvas as it is on the screen. */
  fit(night: Night): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    // Two pixels for one are as sharp as anybody sees on something that glows.
    const density = Math.min(2, devicePixelRatio);
    this.#canvas.width = Math.round(width * density);
    this.#canvas.height = Math.round(height * density);
    this.#scale = Math.max(this.#canvas.width / night.width, this.#canvas.height / night.height);
    this.#scenes = [paintScene(night, MIDNIGHT, this.#scale), paintScene(night, DAWN, this.#scale)];
  }

  /** The place in the field under a place on the screen. */
  fieldPoint({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const { left, top, width } = this.#canvas.getBoundingClientRect();
    const scale = this.#canvas.width / width / this.#scale;
    return { x: (clientX - left) * scale, y: (clientY - top) * scale };
  }

  clear(): void {
    this.#trail = [];
    this.#sparks = [];
  }

  happened(happening: Happening): void {
    if (happening.type === 'caught') {
      this.#sparks.push({ ...happening.at, colour: happening.isGolden ? 'golden' : 'warm', age: 0 });
    } else if (happening.type === 'bitten') this.#sparks.push({ ...happening.at, colour: 'cold', age: 0 });
  }

  /** @param seconds since the last picture */
  draw(night: Night, seconds: number): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const [midnight, dawn] = this.#scenes ?? [];
    if (!midnight || !dawn) return;
    context.drawImage(midnight, 0, 0);
    // It dawns in the last third.
    const daylight = Math.max(0, night.time / NIGHT_SECONDS - 0.62) / 0.38;
    context.globalAlpha = daylight * daylight * (3 - 2 * daylight);
    context.drawImage(dawn, 0, 0);
    context.globalAlpha = 1;
    context.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);

    context.globalCompositeOperation = 'lighter';
    this.#drawRest(night);
    this.#glow('light', night.light);
    for (const firefly of night.fireflies) this.#drawFirefly(firefly, night.time);
    context.globalCompositeOperation = 'source-over';
    for (const bat of night.bats) this.#drawBat(bat);
    context.globalCompositeOperation = 'lighter';
    this.#drawLight(night, seconds);
    this.#drawSparks(seconds);
    context.globalCompositeOperation = 'source-over';
  }

  #glow(name: keyof ReturnType<typeof createGlows>, { x, y }: Point, size = 1): void {
    const image = this.#glows[name];
    const side = image.width * size;
    this.#context.drawImage(image, x - side / 2, y - side / 2, side, side);
  }

  #drawFirefly(firefly: Firefly, time: number): void {
    const born = Math.min(1, firefly.age / 0.5);
    const pulse = this.#isStill() ? 0.9 : 0.75 + 0.25 * Math.sin(time * 4 + firefly.x * 0.05);
    this.#context.globalAlpha = born * pulse;
    this.#glow(firefly.isGolden ? 'golden' : 'warm', firefly);
    this.#context.globalAlpha = 1;
  }

  #drawLight({ light, time, safeUntil }: Night, seconds: number): void {
    const context = this.#context;
    if (!this.#isStill()) {
      this.#trail.push({ x: light.x, y: light.y, age: 0 });
      for (const spot of this.#trail) spot.age += seconds;
      this.#trail = this.#trail.filter(({ age }) => age < TRAIL_SECONDS);
      for (const spot of this.#trail) {
        const left = 1 - spot.age / TRAIL_SECONDS;
        context.globalAlpha = left * 0.12;
        this.#glow('core', spot, 0.4 + left * 0.6);
      }
    }
    // Bitten, it is dim until it can be bitten again.
    context.globalAlpha = time < safeUntil ? 0.45 : 1;
    this.#glow('core', light, 1.15);
    context.globalAlpha = 1;
  }

  #drawBat({ x, y, dx, age }: Bat): void {
    const context = this.#context;
    const flap = this.#isStill() ? 0.35 : Math.sin(age * 15);
    context.save();
    context.translate(x, y);
    context.scale(Math.sign(dx) * 1.15, 1.15);
    context.fillStyle = '#05060f';
    context.strokeStyle = 'rgb(150 150 220 / 0.55)';
    context.lineWidth = 1;
    context.beginPath();
    const tip = -13 * flap;
    context.moveTo(0, -7);
    context.quadraticCurveTo(14, -13 + tip * 0.4, 30, tip - 3);
    context.quadraticCurveTo(25, tip * 0.5 + 6, 20, tip * 0.4 + 5);
    context.quadraticCurveTo(14, 2, 9, 7);
    context.quadraticCurveTo(4, 4, 0, 11);
    context.quadraticCurveTo(-4, 4, -9, 7);
    context.quadraticCurveTo(-14, 2, -20, tip * 0.4 + 5);
    context.quadraticCurveTo(-25, tip * 0.5 + 6, -30, tip - 3);
    context.quadraticCurveTo(-14, -13 + tip * 0.4, 0, -7);
    context.closePath();
    context.moveTo(-5, -6);
    context.lineTo(-4, -14);
    context.lineTo(0, -8);
    context.lineTo(4, -14);
    context.lineTo(5, -6);
    context.fill();
    context.stroke();
    context.fillStyle = '#ffd27d';
    for (const side of [-2.6, 2.6]) {
      context.beginPath();
      context.arc(side, -4, 1.3, 0, Math.PI * 2);
      context.fill();
    }
    context.restore();
  }

  /** Who rests on the moon sees that something comes of it. */
  #drawRest({ rest, moon }: Night): void {
    if (rest <= 0) return;
    const context = this.#context;
    context.strokeStyle = 'rgb(255 240 200 / 0.75)';
    context.lineWidth = 3;
    context.lineCap = 'round';
    context.beginPath();
    context.arc(moon.x, moon.y, moon.radius + 8, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * Math.min(1, rest / 3));
    context.stroke();
  }

  #drawSparks(seconds: number): void {
    const context = this.#context;
    for (const spark of this.#sparks) {
      spark.age += seconds;
      const part = Math.min(1, spark.age / SPARK_SECONDS);
      context.globalAlpha = 1 - part;
      if (this.#isStill()) {
        this.#glow(spark.colour, spark, 1.4);
        continue;
      }
      this.#glow(spark.colour, spark, 1 + part * 1.4);
      for (let ray = 0; ray < 8; ray++) {
        const angle = (ray / 8) * Math.PI * 2 + spark.x;
        const way = 18 + 46 * (1 - (1 - part) ** 2);
        this.#glow(spark.colour, { x: spark.x + Math.cos(angle) * way, y: spark.y + Math.sin(angle) * way }, 0.22);
      }
    }
    context.globalAlpha = 1;
    this.#sparks = this.#sparks.filter(({ age }) => age < SPARK_SECONDS);
  }
}
