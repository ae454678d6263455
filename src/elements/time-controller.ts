import type { ReactiveController, ReactiveControllerHost, ReactiveElement } from 'lit';
import { LONGEST_TIMEOUT, systemClock, type Clock } from '../model/clock.js';
import type { Formats } from '../locales/formats.js';

/** Wakes hosts at a moment. However many there are, one timer runs, and none while the page is hidden. */
class Ticker {
  readonly #clock: Clock;
  readonly #moments = new Map<ReactiveControllerHost, number>();
  #timer: number | undefined;
  #timerAt = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wakeAt(host: ReactiveControllerHost, moment: number): void {
    this.#moments.set(host, moment);
    if (moment < this.#timerAt) this.#setTimer();
  }

  forget(host: ReactiveControllerHost): void {
    this.#moments.delete(host);
    if (this.#moments.size === 0) this.#stop();
  }

  #stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
    document.removeEventListener('visibilitychange', this.#wake);
  }

  #setTimer(): void {
    this.#stop();
    if (this.#moments.size === 0) return;
    if (document.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', this.#wake);
      return;
    }
    const now = this.#clock.now();
    this.#timerAt = Math.min(...this.#moments.values());
    this.#timer = this.#clock.setTimeout(this.#wake, Math.min(LONGEST_TIMEOUT, Math.max(0, this.#timerAt - now)));
  }

  readonly #wake = (): void => {
    this.#stop();
    if (document.visibilityState !== 'hidden') {
      const now = this.#clock.now();
      for (const [host, moment] of this.#moments) {
        if (moment > now) continue;
        this.#moments.delete(host);
        host.requestUpdate();
      }
    }
    this.#setTimer();
  };
}

const tickers = new WeakMap<Clock, Ticker>();

function tickerOf(clock: Clock): Ticker {
  let ticker = tickers.get(clock);
  if (!ticker) {
    ticker = new Ticker(clock);
    tickers.set(clock, ticker);
  }
  return ticker;
}

/** Gives an element the present, and renders it again when something it said about time is no longer right. */
export class TimeController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #clockOf: () => Clock | undefined;
  #ticker: Ticker | undefined;
  #next = Infinity;
  #now: number | undefined;

  constructor(host: ReactiveElement, clockOf: () => Clock | undefined) {
    this.#host = host;
    this.#clockOf = clockOf;
    host.addController(this);
  }

  /** The moment of the present update, in epoch milliseconds: one for all of it, `willUpdate` included. */
  get now(): number {
    this.#now ??= this.#clock.now();
    return this.#now;
  }

  get #clock(): Clock {
    return this.#clockOf() ?? systemClock;
  }

  /** "in 9 hours", or "in 9h" in the `narrow` style; registers when that has to be said again. */
  until(moment: number, formats: Formats, style?: 'long' | 'narrow'): string {
    const { text, changesIn } = formats.until(moment, this.now, style);
    this.changesAt(this.now + changesIn);
    return text;
  }

  /** Something this update shows is right until `moment` only. */
  changesAt(moment: number | undefined): void {
    if (moment !== undefined && moment > this.now) this.#next = Math.min(this.#next, moment);
  }

  hostUpdated(): void {
    const ticker = tickerOf(this.#clock);
    if (ticker !== this.#ticker) this.#ticker?.forget(this.#host);
    this.#ticker = ticker;
    // An update that was due when the element left comes after `hostDisconnected`.
    if (this.#next === Infinity || !this.#host.isConnected) ticker.forget(this.#host);
    else ticker.wakeAt(this.#host, this.#next);
    // Here and not in `hostUpdate`, which comes after the element's `willUpdate`.
    this.#now = undefined;
    this.#next = Infinity;
  }

  hostConnected(): void {
    // After a move the element may have slept through a change.
    if (this.#ticker) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#ticker?.forget(this.#host);
  }
}
