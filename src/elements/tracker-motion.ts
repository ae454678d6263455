import { MOVE, isMotionWelcome, moveFrom, stop } from './motion.js';

/** How long a line that comes or goes takes, in milliseconds. */
const FADE = 250;
/** How long a line that was just unlocked shines, in milliseconds. */
const SHINE = 1200;

/** A line as it is after an update. */
export interface MovingLine {
  readonly key: string;
  readonly element: HTMLElement;
  /** How far its bar is, 0 to 1; absent where it has none. */
  readonly ratio?: number;
  readonly isUnlocked: boolean;
  readonly isLeaving: boolean;
}

interface Place {
  readonly top: number;
  /** How far the bar is seen to be, 0 to 1. */
  readonly ratio: number | undefined;
  readonly isUnlocked: boolean;
}

const barOf = (line: Element) => line.querySelector<HTMLElement>('.fill');

/**
 * Moves the lines of a tracker from where they are seen to where they belong. Not by transitions: an element that changes
 * its place in the document loses them.
 */
export class TrackerMotion {
  #places = new Map<Element, Place>();
  #height: number | undefined;
  #unlocked = new WeakSet<Element>();
  #isFirst = true;

  /** Looks where everything is, before an update. */
  look(list: HTMLElement | null): void {
    this.#places = new Map();
    const { height, top } = list?.getBoundingClientRect() ?? { top: 0 };
    this.#height = height;
    // For when all lines leave it at once.
    list?.style.setProperty('--_height', `${height}px`);
    for (const line of list?.children ?? []) {
      const bar = barOf(line);
      const track = bar?.parentElement?.getBoundingClientRect().width ?? 0;
      this.#places.set(line, {
        top: line.getBoundingClientRect().top - top,
        ratio: bar && track > 0 ? bar.getBoundingClientRect().width / track : undefined,
        isUnlocked: this.#unlocked.has(line),
      });
    }
  }

  /**
   * Lets everything get to where it is after an update.
   * @param left called with the key of each line that has faded away
   */
  play(list: HTMLElement | null, lines: readonly MovingLine[], left: (key: string) => void): void {
    for (const { element, isUnlocked, ratio } of lines) {
      if (ratio !== undefined) barOf(element)?.style.setProperty('--_ratio', String(ratio));
      if (isUnlocked) this.#unlocked.add(element);
      else this.#unlocked.delete(element);
    }
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    // What is there from the start is simply there.
    if (!list || isFirst || !isMotionWelcome()) return;
    stop(list, 'leave');
    if (this.#height === undefined) {
      this.#fadeIn(list);
      return;
    }
    // The last ones go with the box around them.
    const isEnding = lines.every(({ isLeaving }) => isLeaving);
    if (isEnding) this.#fadeOut(list);
    else this.#resize(list, this.#height);
    const { top } = list.getBoundingClientRect();
    for (const line of lines) {
      const { element, isLeaving, key } = line;
      const place = this.#places.get(element);
      if (isLeaving) {
        // Out of the flow it stays where it was, and the others close up under it.
        element.style.setProperty('--_top', `${place?.top ?? 0}px`);
        this.#fadeOut(element)?.addEventListener('finish', () => left(key));
      } else if (place) this.#move(line, place, top);
      else this.#fadeIn(element);
    }
  }

  #resize(list: HTMLElement, before: number): void {
    stop(list, 'resize');
    const after = list.getBoundingClientRect().height;
    if (Math.abs(after - before) < 1) return;
    const height = [before, after].map((each) => `${each}px`);
    list.animate({ height }, { id: 'resize', duration: MOVE, easing: 'ease-out' });
  }

  #move({ element, ratio, isUnlocked }: MovingLine, place: Place, top: number): void {
    for (const id of ['leave', 'move']) stop(element, id);
    const distance = place.top - (element.getBoundingClientRect().top - top);
    moveFrom(element, distance);
    this.#moveBar(barOf(element), place.ratio, ratio);
    if (isUnlocked && !place.isUnlocked) {
      const backgroundColor = ['var(--_shine)', 'transparent'];
      element.animate({ backgroundColor }, { id: 'shine', duration: SHINE, easing: 'ease-out' });
    }
  }

  #moveBar(bar: HTMLElement | null, before: number | undefined, after: number | undefined): void {
    if (!bar || before === undefined || after === undefined) return;
    stop(bar, 'bar');
    if (Math.abs(after - before) < 0.001) return;
    const width = [before, after].map((each) => `${each * 100}%`);
    bar.animate({ width }, { id: 'bar', duration: MOVE, easing: 'ease-out' });
  }

  #fadeIn(element: HTMLElement): void {
    element.animate({ opacity: [0, 1] }, { duration: FADE });
  }

  /** Nothing where it fades already: once is enough. */
  #fadeOut(element: HTMLElement): Animation | undefined {
    if (element.getAnimations().some(({ id }) => id === 'leave')) return undefined;
    stop(element, 'move');
    return element.animate({ opacity: [1, 0] }, { id: 'leave', duration: FADE, fill: 'forwards' });
  }
}
