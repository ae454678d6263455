import type { ReactiveController, ReactiveControllerHost, ReactiveElement } from 'lit';
import { LONGEST_TRUST, systemClock, type Clock } from '../model/clock.js';
import type { Formats } from '../locales/formats.js';
import { isPageHidden, listenToPage, unlistenToPage } from './dom.js';

/** What was said of time, and until when it is right. */
interface Said {
  readonly at: number;
  readonly until: number;
}

/** After these the clock may be anywhere: a device that slept, a page that was put away or throttled. */
const PAGE_EVENTS = ['visibilitychange', 'resume'];
const WINDOW_EVENTS = ['focus', 'pageshow', 'online'];

/**
 * Wakes hosts at a moment. However many there are, one timer runs, and none while the page is hidden; without any, nothing
 * is listened to. The timer looks at the clock every five minutes at least.
 */
class Ticker {
  readonly #clock: Clock;
  readonly #said = new Map<ReactiveControllerHost, Said>();
  #timer: number | undefined;
  #timerAt = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wakeAt(host: ReactiveControllerHost, said: Said): void {
    if (this.#said.size === 0) {
      for (const type of PAGE_EVENTS) listenToPage(type, this.#look);
      for (const type of WINDOW_EVENTS) globalThis.addEventListener(type, this.#look);
    }
    this.#said.set(host, said);
    if (said.until < this.#timerAt) this.#setTimer();
  }

  forget(host: ReactiveControllerHost): void {
    if (this.#said.delete(host) && this.#said.size === 0) this.#stop();
  }

  #stop(): void {
    this.#clearTimer();
    for (const type of PAGE_EVENTS) unlistenToPage(type, this.#look);
    for (const type of WINDOW_EVENTS) globalThis.removeEventListener(type, this.#look);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
  }

  #setTimer(): void {
    this.#clearTimer();
    if (isPageHidden()) return;
    this.#timerAt = Math.min(...Array.from(this.#said.values(), ({ until }) => until));
    const left = Math.max(0, this.#timerAt - this.#clock.now());
    this.#timer = this.#clock.setTimeout(this.#look, Math.min(LONGEST_TRUST, left));
  }

  readonly #look = (): void => {
    const now = this.#clock.now();
    if (!isPageHidden()) {
      for (const [host, { at, until }] of this.#said) {
        // A clock that was set back makes wrong what was said after that.
        if (at <= now && now < until) continue;
        this.#said.delete(host);
        host.requestUpdate();
      }
    }
    if (this.#said.size === 0) this.#stop();
    else this.#setTimer();
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
    else ticker.wakeAt(this.#host, { at: this.now, until: this.#next });
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
