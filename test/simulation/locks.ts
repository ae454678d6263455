import type { Locks } from '../../src/store/environment.js';
import type { Process, Scheduler } from './scheduler.js';

interface Claim {
  readonly process: Process;
  /** The tab knows that it has it. */
  hasBegun: boolean;
  /** Runs the work in its tab. */
  readonly begin: () => void;
}

/**
 * The locks of one origin, as browsers keep them: outside of the tabs. A frozen tab keeps what it has, and may be given
 * what it waited for; a tab that ends loses everything.
 */
export class LockManager {
  readonly #scheduler: Scheduler;
  readonly #held = new Map<string, Claim>();
  readonly #waiting = new Map<string, Claim[]>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Which tab has the lock of this name; of any name where none is given. */
  holder(name?: string): Process | undefined {
    if (name === undefined) return [...this.#held.values()][0]?.process;
    return this.#held.get(name)?.process;
  }

  /** Whether a tab has a lock and knows it, or waits for one. */
  concerns(process: Process): boolean {
    const held = [...this.#held.values()].filter(({ hasBegun }) => hasBegun);
    return [...held, ...[...this.#waiting.values()].flat()].some((claim) => claim.process === process);
  }

  locksOf(process: Process): Locks {
    return {
      request: <Result>(name: string, signal: AbortSignal, work: () => Promise<Result>) =>
        new Promise<Result>((resolve, reject) => {
          if (signal.aborted) {
            reject(signal.reason);
            return;
          }
          const giveUp = () => {
            const queue = this.#waiting.get(name);
            const place = queue?.indexOf(claim) ?? -1;
            // Granted, and not yet told: then the claim itself finds out.
            if (place < 0) return;
            queue!.splice(place, 1);
            reject(signal.reason);
          };
          const claim: Claim = {
            process,
            hasBegun: false,
            begin: () => {
              claim.hasBegun = true;
              signal.removeEventListener('abort', giveUp);
              if (signal.aborted) {
                this.#release(name, claim);
                reject(signal.reason);
                return;
              }
              const done = (settle: () => void) => {
                this.#release(name, claim);
                settle();
              };
              Promise.resolve()
                .then(work)
                .then(
                  (result) => done(() => resolve(result)),
                  (error: unknown) => done(() => reject(error)),
                );
            },
          };
          signal.addEventListener('abort', giveUp, { once: true });
          let queue = this.#waiting.get(name);
          if (!queue) this.#waiting.set(name, (queue = []));
          queue.push(claim);
          this.#grantNext(name);
        }),
    };
  }

  /** The tab has ended. */
  releaseAll(process: Process): void {
    for (const queue of this.#waiting.values()) {
      const others = queue.filter((claim) => claim.process !== process);
      queue.splice(0, queue.length, ...others);
    }
    for (const [name, claim] of this.#held) if (claim.process === process) this.#release(name, claim);
  }

  #release(name: string, claim: Claim): void {
    if (this.#held.get(name) !== claim) return;
    this.#held.delete(name);
    this.#grantNext(name);
  }

  #grantNext(name: string): void {
    if (this.#held.has(name) || !this.#waiting.get(name)?.length) return;
    this.#scheduler.soon(undefined, `grant ${name}`, () => {
      const next = this.#held.has(name) ? undefined : this.#waiting.get(name)?.shift();
      if (!next) return;
      this.#held.set(name, next);
      this.#scheduler.soon(next.process, `lock ${name}`, next.begin);
    });
  }
}
