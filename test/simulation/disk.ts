import { type KeyValueStorage, REMOVED } from '../../src/store/environment.js';
import type { Process, Scheduler } from './scheduler.js';

/**
 * What a device does with one call. `refused`: it fails before anything is done. `unanswered`: it is done, and the answer
 * is an error. `full`: no room. `silent`: nothing is done, and the error comes after the storage's time limit. `dead`:
 * nothing is done, and no answer ever comes. `repeated`: the first transaction fails after its function was called, and
 * the second does it. `slow`: it is done later.
 */
export type DiskFault = 'none' | 'refused' | 'unanswered' | 'full' | 'silent' | 'dead' | 'repeated' | 'slow';

export type DiskVerb = 'get' | 'update' | 'keys' | 'deleteWhere';

interface Entry {
  readonly key: readonly string[];
  readonly value: unknown;
}

/** How long the real storage waits, with its second try, in milliseconds. */
const TIME_LIMIT = 4000;

export function nameOf(key: readonly string[]): string {
  return key.join('\u0000');
}

/**
 * What a disk keeps of a value: nothing of it is shared with the code that wrote it, and whoever reads it cannot change
 * it. `structuredClone` does the same ten times slower, with every read.
 */
function keep(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new DOMException('Played: could not be cloned', 'DataCloneError');
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Set) return new Set([...(value as Set<unknown>)].map(keep));
  if (Array.isArray(value)) return Object.freeze(value.map(keep));
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value)) kept[name] = keep((value as Record<string, unknown>)[name]);
  return Object.freeze(kept);
}

/** The storage of one origin on one device, shared by all tabs. Every call is one step, and its answer is another. */
export class Disk {
  readonly entries = new Map<string, Entry>();
  /** Called after every change of an entry, with what is there now. */
  onChange: ((key: readonly string[], value: unknown) => void) | undefined;
  readonly #scheduler: Scheduler;
  readonly #faultOf: (verb: DiskVerb, process: Process) => DiskFault;

  constructor(scheduler: Scheduler, faultOf: (verb: DiskVerb, process: Process) => DiskFault = () => 'none') {
    this.#scheduler = scheduler;
    this.#faultOf = faultOf;
  }

  read(key: readonly string[]): unknown {
    return this.entries.get(nameOf(key))?.value;
  }

  write(key: readonly string[], value: unknown): void {
    this.entries.set(nameOf(key), { key: [...key], value: keep(value) });
    this.onChange?.(key, value);
  }

  remove(key: readonly string[]): void {
    this.entries.delete(nameOf(key));
    this.onChange?.(key, undefined);
  }

  /** The storage as one tab has it. */
  storageOf(process: Process): KeyValueStorage {
    const lane = {};
    const perform = <Result>(
      verb: DiskVerb,
      label: string,
      act: () => Result,
      rehearse?: () => void,
    ): Promise<Result> => {
      const fault = this.#faultOf(verb, process);
      return new Promise((resolve, reject) => {
        const answer = (settle: () => void) => this.#scheduler.soon(process, `answer to ${label}`, settle, lane);
        const fail = (name: string) => answer(() => reject(new DOMException(`Played: ${name}`, name)));
        const commit = () => {
          let result: Result;
          try {
            result = act();
          } catch (error) {
            answer(() => reject(error));
            return;
          }
          if (fault === 'unanswered') fail('AbortError');
          else answer(() => resolve(result));
        };
        const begin = () => {
          switch (fault) {
            case 'refused':
              return fail('UnknownError');
            case 'full':
              return fail('QuotaExceededError');
            case 'dead':
              return undefined;
            case 'silent':
              this.#scheduler.after(process, `${label} takes too long`, TIME_LIMIT, () =>
                reject(new DOMException('Played: no answer', 'TimeoutError')),
              );
              return undefined;
            case 'repeated':
              rehearse?.();
              return this.#scheduler.soon(process, `second try of ${label}`, commit, lane);
            default:
              return commit();
          }
        };
        if (fault === 'slow') this.#scheduler.after(process, `slow ${label}`, TIME_LIMIT - 500, begin);
        else this.#scheduler.soon(process, label, begin, lane);
      });
    };

    return {
      get: (key) => perform('get', `get ${key.at(-1)}`, () => this.read(key)),
      update: (key, next, { beside } = {}) => {
        const compute = () => next(this.read(key), beside && this.read(beside));
        return perform(
          'update',
          `update ${key.at(-1)}`,
          () => {
            const value = compute();
            if (value !== undefined) this.write(key, value);
          },
          compute,
        );
      },
      updateAll: (keys, next) => {
        const compute = () => next(keys.map((key) => this.read(key)));
        return perform(
          'update',
          `update ${keys.map((key) => key.at(-1)).join(', ')}`,
          () => {
            const values = compute() ?? [];
            for (const [index, key] of keys.entries()) {
              if (values[index] === REMOVED) this.remove(key);
              else if (values[index] !== undefined) this.write(key, values[index]);
            }
          },
          compute,
        );
      },
      keys: () => perform('keys', 'keys', () => [...this.entries.values()].map(({ key }) => key)),
      deleteWhere: (matches) =>
        perform('deleteWhere', 'deleteWhere', () => {
          const doomed = [...this.entries.values()].filter(({ key }) => matches([...key]));
          for (const { key } of doomed) this.remove(key);
        }),
    };
  }
}
