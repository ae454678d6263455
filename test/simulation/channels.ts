import type { Channel, Environment } from '../../src/store/environment.js';
import type { Process, Scheduler } from './scheduler.js';

interface OpenChannel {
  readonly name: string;
  readonly process: Process;
  readonly listener: (message: unknown) => void;
}

/** The broadcast channels of one origin. */
export class Channels {
  readonly #scheduler: Scheduler;
  readonly #isLost: () => boolean;
  readonly #open = new Set<OpenChannel>();

  /** @param isLost asked for each delivery: a message may get lost, as it does for a tab that is about to listen */
  constructor(scheduler: Scheduler, isLost: () => boolean = () => false) {
    this.#scheduler = scheduler;
    this.#isLost = isLost;
  }

  /** Whether a tab has one open. */
  concerns(process: Process): boolean {
    return [...this.#open].some((channel) => channel.process === process);
  }

  openerOf(process: Process): NonNullable<Environment['openChannel']> {
    return (name, listener): Channel => {
      const own: OpenChannel = { name, process, listener };
      this.#open.add(own);
      return {
        post: (message) => {
          if (!this.#open.has(own)) throw new DOMException('Channel is closed', 'InvalidStateError');
          const copied: unknown = structuredClone(message);
          for (const other of this.#open) {
            if (other === own || other.name !== name || this.#isLost()) continue;
            const deliver = () => {
              if (this.#open.has(other)) other.listener(copied);
            };
            this.#scheduler.soon(other.process, `message on ${name}`, deliver, other);
          }
        },
        close: () => void this.#open.delete(own),
      };
    };
  }

  closeAll(process: Process): void {
    for (const channel of this.#open) if (channel.process === process) this.#open.delete(channel);
  }
}
