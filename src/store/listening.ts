import type { Backend, Call, Change, ProgressUpdate } from '../model/index.js';
import { asTheOnlyPage, whereThereIsRoom } from './connections.js';
import type { Environment } from './environment.js';
import { GatheredHints } from './hints.js';

export interface ListeningOptions {
  readonly backend: Backend;
  readonly environment: Pick<Environment, 'clock' | 'locks' | 'openChannel' | 'createId'>;
  /** The lock of the one page that listens for all. Absent where no other page tells this one what it heard. */
  readonly lockName: string | undefined;
  readonly callFor: (signal: AbortSignal) => Call;
  readonly onChange: (updates: readonly ProgressUpdate[]) => void;
  /** There is no room for a connection: whoever wants to know of changes has to ask. */
  readonly onWait: () => void;
}

/**
 * Hears what the service pushes, while somebody looks: over one connection for all pages that know of each other, and only
 * where there is room for it beside everything else that pages ask of its origin.
 */
export class Listening {
  readonly #options: ListeningOptions;
  #present: AbortController | undefined;
  #hints: GatheredHints | undefined;
  /** How many connections wait for room. */
  #waiting = 0;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  /** It listens for this page, and perhaps for others, and not all that it would hear is heard. */
  get isWaiting(): boolean {
    return this.#waiting > 0;
  }

  /** Starts or stops. */
  want(isWanted: boolean): void {
    if (!this.#options.backend.listen || isWanted === (this.#present !== undefined)) return;
    this.#present?.abort();
    this.#present = undefined;
    this.#hints?.stop();
    this.#waiting = 0;
    if (isWanted) this.#start((this.#present = new AbortController()).signal);
  }

  #start(signal: AbortSignal): void {
    const { backend, environment, lockName } = this.#options;
    if (!backend.holdsConnection || lockName === undefined) {
      this.#listen(signal);
      return;
    }
    // It goes to another page when this one is hidden or closed.
    const held = () =>
      new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
        this.#listen(signal);
      });
    // Only where somebody steals the lock: then somebody listens.
    asTheOnlyPage({ ...environment, signal }, lockName, held).catch(() => undefined);
  }

  #listen(signal: AbortSignal): void {
    const { backend, environment, callFor, onChange } = this.#options;
    if (signal.aborted) return;
    const hints = (this.#hints = new GatheredHints(environment.clock, onChange));
    const hear = (hint?: Change) => {
      if (!signal.aborted) hints.add(hint);
    };
    backend.listen?.(hear, { ...callFor(signal), hold: (url, use) => this.#hold(signal, url, use) });
  }

  async #hold<T>(signal: AbortSignal, url: string, use: () => Promise<T>): Promise<T | undefined> {
    const { environment, onWait } = this.#options;
    let isWaiting = false;
    const count = (now: boolean) => {
      if (now === isWaiting || signal.aborted) return;
      isWaiting = now;
      this.#waiting += now ? 1 : -1;
      if (now) onWait();
    };
    const used = async () => {
      count(false);
      return use();
    };
    return whereThereIsRoom({ ...environment, signal }, url, used, () => count(true));
  }
}
