import type { Clock } from '../../src/model/index.js';
import { LONGEST_TIMEOUT } from '../../src/model/clock.js';
import type { SeededRandom } from './random.js';

/** Something that runs code, and may be stopped: a tab. */
export interface Process {
  readonly name: string;
  life: 'running' | 'frozen' | 'dead';
}

/** One asynchronous act of the world. Between two of them nothing happens but promises that settle. */
export interface Step {
  /** Whose act it is: it waits while the process is frozen and never happens once it is dead. Absent: the network's, the browser's. */
  readonly process: Process | undefined;
  readonly label: string;
  readonly perform: () => void;
  /** Steps of one lane are performed in the order in which they were added. */
  readonly lane: object | undefined;
}

interface Timer extends Step {
  readonly at: number;
  readonly number: number;
  isCancelled: boolean;
}

/** 2026-01-01T00:00:00Z. */
const START = Date.UTC(2026, 0, 1);

/** Lets everything run that waits for promises only: ticks come after the last microtask, however many there are. */
function settle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/**
 * Performs the asynchronous acts of a simulated world one at a time: at random, or in the order in which they were added.
 * Time stands still as long as there is anything else to do.
 */
export class Scheduler {
  /** Milliseconds since the beginning. It never goes back, whatever is done to the clock. */
  time = 0;
  /** How many steps were performed. */
  steps = 0;
  /** How far the clock on the wall is off, in milliseconds. */
  clockError = 0;
  /** Called with the number of each step, from 1, before it is performed. It may end the process whose step it is. */
  beforeStep: ((number: number, step: Step) => void) | undefined;
  /** What was done, where somebody wants to know. */
  trace: string[] | undefined;

  readonly #random: SeededRandom | undefined;
  #ready: Step[] = [];
  /** Steps of frozen processes. */
  #parked: Step[] = [];
  /** A heap: the earliest is first. */
  #timers: Timer[] = [];
  readonly #timersByNumber = new Map<number, Timer>();
  #timerCount = 0;

  /** @param random absent: the steps are performed in their order */
  constructor(random?: SeededRandom) {
    this.#random = random;
  }

  /** How many steps could be performed now. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /** Epoch milliseconds, as the device's clock tells them. */
  now(): number {
    return START + this.time + this.clockError;
  }

  /** Adds a step that can be performed at once. */
  soon(process: Process | undefined, label: string, perform: () => void, lane?: object): void {
    this.#add({ process, label, perform, lane });
  }

  /** Adds a step that can be performed after some milliseconds. Returns what `cancel` takes. */
  after(process: Process | undefined, label: string, milliseconds: number, perform: () => void): number {
    const number = ++this.#timerCount;
    const timer: Timer = {
      process,
      label,
      // A process's own timers fire in their order.
      lane: process,
      at: this.time + Math.max(0, milliseconds || 0),
      number,
      isCancelled: false,
      perform: () => {
        this.#timersByNumber.delete(number);
        if (!timer.isCancelled) perform();
      },
    };
    this.#timersByNumber.set(number, timer);
    this.#pushTimer(timer);
    return number;
  }

  cancel(number: number): void {
    const timer = this.#timersByNumber.get(number);
    if (timer) timer.isCancelled = true;
    this.#timersByNumber.delete(number);
  }

  /** The clock as code in a process sees it. */
  clockOf(process: Process): Clock {
    return {
      now: () => this.now(),
      // As browsers do it: what is too long fires at once.
      setTimeout: (callback, milliseconds) =>
        this.after(process, 'timer', milliseconds > LONGEST_TIMEOUT ? 0 : milliseconds, callback),
      clearTimeout: (handle) => this.cancel(handle),
    };
  }

  freeze(process: Process): void {
    if (process.life !== 'running') return;
    process.life = 'frozen';
    this.#parked.push(...this.#ready.filter((step) => step.process === process));
    this.#ready = this.#ready.filter((step) => step.process !== process);
  }

  thaw(process: Process): void {
    if (process.life !== 'frozen') return;
    process.life = 'running';
    this.#ready.push(...this.#parked.filter((step) => step.process === process));
    this.#parked = this.#parked.filter((step) => step.process !== process);
  }

  /** Nothing of the process happens any more. */
  kill(process: Process): void {
    process.life = 'dead';
    this.#ready = this.#ready.filter((step) => step.process !== process);
    this.#parked = this.#parked.filter((step) => step.process !== process);
  }

  /**
   * Performs steps until there were `steps` of them, or nothing can be done before `milliseconds` have passed. With
   * `isOver` it ends as soon as that is true between two steps.
   * @param milliseconds with 0, the default, time stands still
   */
  async run({
    steps = Infinity,
    milliseconds = 0,
    isOver,
  }: {
    readonly steps?: number;
    readonly milliseconds?: number;
    readonly isOver?: () => boolean;
  } = {}): Promise<void> {
    const end = this.time + milliseconds;
    let remaining = steps;
    await settle();
    while (remaining > 0 && !isOver?.()) {
      const step = this.#take();
      if (!step) {
        if (this.#moveOn(end)) continue;
        if (Number.isFinite(end)) this.time = Math.max(this.time, end);
        return;
      }
      remaining -= 1;
      this.steps += 1;
      this.beforeStep?.(this.steps, step);
      if (step.process?.life === 'dead') continue;
      this.trace?.push(`${this.steps} at ${this.time} ms: ${step.process?.name ?? 'world'}: ${step.label}`);
      step.perform();
      await settle();
    }
  }

  /** Time goes by without anything happening, as on a device that sleeps. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }

  #add(step: Step): void {
    if (step.process?.life === 'dead') return;
    if (step.process?.life === 'frozen') this.#parked.push(step);
    else this.#ready.push(step);
  }

  #take(): Step | undefined {
    const ready = this.#ready;
    if (ready.length === 0) return undefined;
    let place = this.#random && ready.length > 1 ? this.#random.below(ready.length) : 0;
    const { lane } = ready[place]!;
    if (lane) place = ready.findIndex((step) => step.lane === lane);
    const [step] = ready.splice(place, 1);
    return step;
  }

  /** Goes on to the next timer, unless it is later than `end`. */
  #moveOn(end: number): boolean {
    const next = this.#timers[0];
    if (!next || next.at > end) return false;
    this.time = Math.max(this.time, next.at);
    for (let timer: Timer | undefined = next; timer && timer.at <= this.time; timer = this.#timers[0]) {
      this.#popTimer();
      if (!timer.isCancelled) this.#add(timer);
    }
    return true;
  }

  #pushTimer(timer: Timer): void {
    const heap = this.#timers;
    let place = heap.length;
    heap.push(timer);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isEarlier(timer, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = timer;
  }

  #popTimer(): void {
    const heap = this.#timers;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isEarlier(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isEarlier(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
  }
}

function isEarlier(left: Timer, right: Timer): boolean {
  return left.at < right.at || (left.at === right.at && left.number < right.number);
}
