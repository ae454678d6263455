import type { Clock, Problem } from '../model/index.js';
import { isRetryable, pollDelay, retryDelay } from './backoff.js';
import type { TrafficControl } from './traffic.js';

/** How often a failure is tried again where nothing is polled. */
const MOST_RETRIES = 5;

export interface ScheduleOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** 0 to below 1. */
  readonly random: () => number;
  /** Seconds between polls; 0 polls never. It may change. */
  readonly refresh: number;
  readonly traffic: TrafficControl;
}

/** When the service is asked next. It knows the time and sets no timer; all delays are in milliseconds. */
export class Schedule {
  readonly #options: ScheduleOptions;
  /** The delay bounds the moment where the clock is set back. */
  #due: { readonly at: number; readonly delay: number } | undefined;
  #failures = 0;
  /** Before this, in epoch milliseconds, nothing is asked without a person's wish: the service said so. */
  #notBefore = 0;

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** Something is planned. */
  get isPlanned(): boolean {
    return this.#due !== undefined;
  }

  /** Asking failed last. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  /** Until the next request; 0 where it is due, or nothing is planned. */
  get remaining(): number {
    if (!this.#due) return 0;
    return Math.max(0, Math.min(this.#due.at - this.#options.clock.now(), this.#due.delay));
  }

  /** Until the service may be asked. */
  get #silence(): number {
    return this.#notBefore - this.#options.clock.now();
  }

  /** Plans the next request, instead of what was planned. */
  plan(delay: number): void {
    this.#due = { at: this.#options.clock.now() + delay, delay };
  }

  /** Plans it soon, but not at once: everyone whose connection is back would ask in the same moment. */
  planSoon(spread: number, atLeast = 0): void {
    const delay = Math.max(this.#options.random() * spread, atLeast, this.#silence);
    // What was planned for sooner is spread out already, unless its time has passed.
    const planned = this.remaining;
    if (planned === 0 || planned > delay) this.plan(delay);
  }

  /** Plans it somewhere within so long, or leaves it where it is sooner; not before the service allows. */
  planWithin(spread: number): void {
    const delay = this.#options.random() * spread;
    if (this.#due && this.remaining <= delay) return;
    this.plan(Math.max(delay, this.#silence));
  }

  /**
   * Plans the next poll.
   * @param checkedAt when it was asked last, by whichever page, in epoch milliseconds
   */
  planPoll(checkedAt = this.#options.clock.now()): void {
    const { clock, random, refresh } = this.#options;
    const delay = pollDelay(refresh, random());
    if (delay !== undefined) this.plan(Math.max(0, delay - Math.max(0, clock.now() - checkedAt)));
  }

  /** Plans the next poll, or leaves what is planned for sooner. */
  planPollWithin(checkedAt?: number): void {
    const planned = this.#due;
    const { remaining } = this;
    this.planPoll(checkedAt);
    if (planned && remaining <= this.remaining) this.#due = planned;
  }

  cancel(): void {
    this.#due = undefined;
  }

  /** Starts counting failures anew. */
  forgive(): void {
    this.#failures = 0;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#notBefore = 0;
    this.planPoll();
    this.#options.traffic.succeeded();
  }

  failed({ code, retryAfter }: Problem): void {
    const { clock, random, refresh, traffic } = this.#options;
    if (!isRetryable(code)) {
      // Asking again sooner does not help; a host that wants polls still gets them.
      this.#failures = 0;
      this.planPoll();
      return;
    }
    this.#failures += 1;
    const delay = retryDelay(this.#failures, random(), retryAfter);
    if (retryAfter) this.#notBefore = clock.now() + delay;
    traffic.failed(delay);
    if (refresh > 0 || this.#failures <= MOST_RETRIES) this.plan(delay);
  }
}
