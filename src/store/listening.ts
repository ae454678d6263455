import type { Backend, Call, ProgressUpdate } from '../model/index.js';
import type { Locks } from './environment.js';

export interface ListeningOptions {
  readonly backend: Backend;
  /** Absent where no other page can listen for this one. */
  readonly locks: Locks | undefined;
  readonly lockName: string;
  readonly callFor: (signal: AbortSignal) => Call;
  readonly onChange: (updates: readonly ProgressUpdate[]) => void;
}

/** Hears what the service pushes, while somebody looks: over one connection for all pages, where it takes one. */
export class Listening {
  readonly #options: ListeningOptions;
  #present: AbortController | undefined;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  /** Starts or stops. */
  want(isWanted: boolean): void {
    if (!this.#options.backend.listen || isWanted === (this.#present !== undefined)) return;
    this.#present?.abort();
    this.#present = undefined;
    if (isWanted) this.#start((this.#present = new AbortController()).signal);
  }

  #start(signal: AbortSignal): void {
    const { backend, locks, lockName, callFor, onChange } = this.#options;
    const listen = () => {
      if (signal.aborted) return;
      backend.listen?.((hint) => {
        if (!signal.aborted) onChange(hint?.updates ?? []);
      }, callFor(signal));
    };
    if (!backend.holdsConnection || !locks) {
      listen();
      return;
    }
    // It goes to another page when this one is hidden or closed.
    const held = () =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        listen();
      });
    // A page that may have no locks, as in a sandboxed frame, listens for itself.
    locks.request(lockName, signal, held).catch(listen);
  }
}
