import { make } from '../playground/dom.js';
import { type Controls, listenToPlayer } from './controls.js';
import { Drawing } from './drawing.js';
import { type Happening, type Night, NIGHT_SECONDS, createNight, step } from './night.js';

/** Units of the field, whatever its shape. */
const FIELD_AREA = 960 * 540;
/** Seconds that one picture may stand for at most: who comes back from elsewhere is not thrown across the field. */
const LONGEST_STEP = 0.05;
/** Seconds between two changes of the words and numbers around the picture. */
const WORDS_INTERVAL = 0.2;

type Phase = 'title' | 'playing' | 'paused' | 'over';

/** A game in a page: draws while somebody plays, and does nothing at all otherwise. */
class Game {
  readonly #host: HTMLElement;
  readonly #happened: (happening: Happening) => void;
  readonly #canvas = make('canvas', {
    tabIndex: 0,
    role: 'application',
    ariaLabel: 'The night. Arrow keys or W A S D fly, P pauses.',
  });
  readonly #count = make('span', { className: 'count', textContent: '0' });
  readonly #left = make('span', { className: 'left', textContent: `${NIGHT_SECONDS} s` });
  readonly #heading = make('h2', { textContent: 'Firefly Minute' });
  readonly #words = make('p', {
    textContent: 'You are a small light with one night to fill a jar. Catch fireflies, keep away from bats.',
  });
  readonly #keys = make('p', { className: 'keys' });
  readonly #start = make('button', { type: 'button', textContent: 'Play' });
  readonly #pause = make('button', { type: 'button', className: 'pause', textContent: 'Pause' });
  readonly #panel = make('div', { className: 'panel' }, this.#heading, this.#words, this.#keys, this.#start);
  readonly #spoken = make('p', { className: 'spoken', role: 'status' });
  readonly #drawing: Drawing;
  readonly #controls: Controls;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #phase: Phase = 'title';
  #night: Night;
  #best = 0;
  #frame: number | undefined;
  #lastTime = 0;
  #wordsAt = 0;

  constructor(host: HTMLElement, happened: (happening: Happening) => void) {
    this.#host = host;
    this.#happened = happened;
    for (const [key, does] of [
      ['Arrows', 'or W A S D'],
      ['Pointer', 'or a finger'],
      ['Gamepad', 'stick or D-pad'],
    ] as const) {
      this.#keys.append(make('span', {}, make('kbd', { textContent: key }), ` ${does}`));
    }
    const jar = make('span', { className: 'jar' }, this.#count, make('span', { textContent: ' caught' }));
    const hud = make('div', { className: 'hud' }, jar, this.#left, this.#pause);
    host.append(this.#canvas, hud, this.#panel, this.#spoken);
    this.#drawing = new Drawing(this.#canvas, () => this.#calm.matches);
    this.#night = this.#newNight();
    this.#controls = listenToPlayer(this.#canvas, (event) => this.#drawing.fieldPoint(event));

    this.#start.addEventListener('click', () => this.#go());
    this.#pause.addEventListener('click', () => this.#stop());
    host.addEventListener('keydown', (event) => {
      if (event.code !== 'KeyP' && event.code !== 'Escape') return;
      if (this.#phase === 'playing') this.#stop();
      else if (this.#phase === 'paused' && event.code === 'KeyP') this.#go();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#stop();
      this.#watch();
    });
    addEventListener('gamepadconnected', () => this.#watch());
    addEventListener('gamepaddisconnected', () => this.#watch());
    new ResizeObserver(() => {
      if (this.#phase === 'title') this.#night = this.#newNight();
      this.#drawing.fit(this.#night);
      this.#drawing.draw(this.#night, 0);
    }).observe(this.#canvas);
    this.#become('title');
  }

  #newNight(): Night {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const aspect = width > 0 && height > 0 ? Math.min(2.2, Math.max(0.6, width / height)) : 16 / 9;
    const fieldHeight = Math.sqrt(FIELD_AREA / aspect);
    return createNight(fieldHeight * aspect, fieldHeight, Math.random);
  }

  #become(phase: Phase): void {
    this.#phase = phase;
    this.#host.dataset['phase'] = phase;
    this.#panel.hidden = phase === 'playing';
    this.#pause.hidden = phase !== 'playing';
    this.#watch();
  }

  #go(): void {
    if (this.#phase !== 'paused') {
      this.#night = this.#newNight();
      this.#drawing.clear();
      this.#drawing.fit(this.#night);
      this.#showNumbers();
    }
    this.#controls.release();
    this.#spoken.textContent = this.#phase === 'paused' ? 'On again.' : 'The night begins.';
    this.#become('playing');
    this.#canvas.focus({ preventScroll: true });
  }

  #stop(): void {
    if (this.#phase !== 'playing') return;
    this.#say('Paused', `${this.#night.caught} in the jar, ${this.#secondsLeft()} seconds to go.`, 'Go on');
    this.#become('paused');
  }

  #end(): void {
    this.#showNumbers();
    const { caught, bites } = this.#night;
    const isBest = caught > this.#best && this.#best > 0;
    this.#best = Math.max(this.#best, caught);
    const bats = bites === 0 ? 'and no bat noticed you' : bites === 1 ? 'and met one bat' : `and met ${bites} bats`;
    const record = isBest ? ' Your best night so far.' : this.#best > caught ? ` Your best night: ${this.#best}.` : '';
    this.#say(
      'Dawn',
      `You caught ${caught} ${caught === 1 ? 'firefly' : 'fireflies'} ${bats}.${record}`,
      'Another night',
    );
    this.#become('over');
  }

  /** In the panel, and to those who do not see it. */
  #say(heading: string, words: string, next: string): void {
    this.#heading.textContent = heading;
    this.#words.textContent = words;
    this.#start.textContent = next;
    this.#spoken.textContent = `${heading}. ${words}`;
    const hadFocus = this.#host.contains(document.activeElement);
    this.#panel.hidden = false;
    if (hadFocus) this.#start.focus({ preventScroll: true });
  }

  readonly #secondsLeft = () => Math.ceil(NIGHT_SECONDS - this.#night.time);

  #showNumbers(): void {
    this.#count.textContent = String(this.#night.caught);
    this.#left.textContent = `${this.#secondsLeft()} s`;
    this.#host.style.setProperty('--night', String(this.#night.time / NIGHT_SECONDS));
  }

  /** Frames are asked for while somebody plays, and where a gamepad could start it: nobody else needs them. */
  #watch(): void {
    const isWanted = !document.hidden && (this.#phase === 'playing' || this.#controls.hasPad());
    if (isWanted && this.#frame === undefined) {
      this.#lastTime = performance.now();
      this.#frame = requestAnimationFrame(this.#next);
    } else if (!isWanted && this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
      this.#frame = undefined;
    }
  }

  readonly #next = (time: number) => {
    this.#frame = requestAnimationFrame(this.#next);
    const seconds = Math.min(LONGEST_STEP, Math.max(0, (time - this.#lastTime) / 1000));
    this.#lastTime = time;
    const pressed = this.#controls.pressed();
    if (this.#phase !== 'playing') {
      if (pressed) this.#go();
      return;
    }
    if (pressed === 'pause') {
      this.#stop();
      return;
    }
    for (const happening of step(this.#night, this.#controls.wish(), seconds)) {
      this.#drawing.happened(happening);
      this.#happened(happening);
      if (happening.type === 'caught') this.#count.textContent = String(this.#night.caught);
    }
    this.#drawing.draw(this.#night, seconds);
    if (Math.abs(this.#night.time - this.#wordsAt) >= WORDS_INTERVAL) {
      this.#wordsAt = this.#night.time;
      this.#showNumbers();
    }
    if (this.#night.isOver) this.#end();
  };
}

/**
 * Puts the game into an element.
 * @param happened is told what the player did
 */
export function createGame(host: HTMLElement, happened: (happening: Happening) => void): void {
  new Game(host, happened);
}
