import { IDBFactory } from 'fake-indexeddb';
import type { Achievement, Backend, Call, Clock, Fresh, Validator } from '../../../src/model/index.js';
import { ProblemError, type Problem, type ProblemCode } from '../../../src/model/index.js';
import type { Environment, KeyValueStorage } from '../../../src/store/environment.js';
import { indexedDbStorage } from '../../../src/store/indexeddb.js';
import type { Snapshot, Store, StoreChanges } from '../../../src/store/store.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';

export { achievement } from '../../support/achievement.js';

export function fresh(achievements: readonly Achievement[], members: Partial<Fresh> = {}): Fresh {
  return { achievements, validator: { digest: `digest of ${achievements.length}` }, ...members };
}

export function failure(code: ProblemCode, members: Partial<Problem> = {}): ProblemError {
  return new ProblemError({ code, message: `Played: ${code}`, ...members });
}

type Answer = Fresh | 'unchanged' | Error | Promise<Fresh | 'unchanged'>;
/** What a backend answers: the same every time, in turn (the last one stays), or as a function says. */
export type Script = Answer | Answer[] | ((known: Validator | undefined, call: Call) => Answer);

export interface ScriptedBackend extends Backend {
  /** What it was asked with, one for each request. */
  readonly requests: (Validator | undefined)[];
  readonly calls: Call[];
  script: Script;
}

export function scriptedBackend(script: Script, members: Partial<Backend> = {}): ScriptedBackend {
  const requests: (Validator | undefined)[] = [];
  const calls: Call[] = [];
  return {
    id: 'test',
    scope: 'https://service.example/achievements',
    requests,
    calls,
    script,
    async pull(known, call) {
      requests.push(known);
      calls.push(call);
      const { script } = this;
      const answer = await (typeof script === 'function'
        ? script(known, call)
        : Array.isArray(script)
          ? script[Math.min(requests.length, script.length) - 1]!
          : script);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...members,
  };
}

/** A promise to be settled by the test. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((keep, refuse) => {
    resolve = keep;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** A clock that knows how many timers wait. */
export interface CountingClock extends FakeClock {
  /** The delays of the timers that wait, in milliseconds as they were asked for. */
  readonly waiting: readonly number[];
}

export function countingClock(start?: number): CountingClock {
  const clock = fakeClock(start);
  const waiting = new Map<number, number>();
  return {
    now: () => clock.now(),
    advance: (milliseconds) => clock.advance(milliseconds),
    setTimeout(callback, milliseconds) {
      const handle = clock.setTimeout(() => {
        waiting.delete(handle);
        callback();
      }, milliseconds);
      waiting.set(handle, milliseconds);
      return handle;
    },
    clearTimeout(handle) {
      waiting.delete(handle);
      clock.clearTimeout(handle);
    },
    get waiting() {
      return [...waiting.values()];
    },
  };
}

export interface FakePage {
  visible: boolean;
  online: boolean;
  readonly listenerCount: number;
  /** Sets both and tells. */
  change(state: { visible?: boolean; online?: boolean }): void;
}

export interface World {
  readonly clock: CountingClock;
  readonly page: FakePage;
  readonly hints: string[];
  readonly environment: Environment;
  random: number;
}

/** Everything that a store uses of the world, under the test's control. */
export function world(openStorage: () => KeyValueStorage, clock = countingClock()): World {
  const listeners = new Set<() => void>();
  const hints: string[] = [];
  let ids = 0;
  const page: FakePage = {
    visible: true,
    online: true,
    get listenerCount() {
      return listeners.size;
    },
    change(state) {
      Object.assign(page, state);
      for (const listener of [...listeners]) listener();
    },
  };
  const result: World = {
    clock,
    page,
    hints,
    random: 0.5,
    environment: {
      clock,
      fetch: () => Promise.reject(new Error('No test fetches')),
      openStorage,
      page: {
        isVisible: () => page.visible,
        isOnline: () => page.online,
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      locks: undefined,
      openChannel: undefined,
      createId: () => `id-${(ids += 1)}`,
      random: () => result.random,
      hint: (message) => hints.push(message),
    },
  };
  return result;
}

/** A device with an IndexedDB of its own. */
export function device(clock: Clock = countingClock()): { factory: IDBFactory; storage: KeyValueStorage } {
  const factory = new IDBFactory();
  return { factory, storage: indexedDbStorage(() => factory, clock) };
}

/** Lets the event loop turn: fake-indexeddb works in macrotasks. */
export async function turns(count = 30): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits, in turns of the event loop and not in time, until something is true. */
export async function until(isTrue: () => boolean, what = isTrue.toString()): Promise<void> {
  for (let turn = 0; turn < 2000; turn++) {
    if (isTrue()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`Never came true: ${what}`);
}

/** Everything a listener was told. */
export interface Log {
  readonly snapshots: Snapshot[];
  readonly changes: StoreChanges[];
  readonly stop: () => void;
}

export function follow(store: Store): Log {
  const snapshots: Snapshot[] = [];
  const changes: StoreChanges[] = [];
  const stop = store.subscribe((snapshot, change) => {
    snapshots.push(snapshot);
    if (change) changes.push(change);
  });
  return { snapshots, changes, stop };
}

/** Every key and value of every object store of every database, as one text. */
export async function rawContents(factory: IDBFactory): Promise<string> {
  const contents: unknown[] = [];
  for (const { name } of await factory.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name!);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const objectStore of [...database.objectStoreNames]) {
      const store = database.transaction(objectStore).objectStore(objectStore);
      const all = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      contents.push(await Promise.all([all(store.getAllKeys()), all(store.getAll())]));
    }
    database.close();
  }
  return JSON.stringify(contents, (_, value: unknown) => (value instanceof Set ? [...(value as Set<unknown>)] : value));
}

/** Every key and value that is of some player. The rest of a device is of nobody. */
export async function contentsOfPlayers(factory: IDBFactory): Promise<unknown[]> {
  const databases = JSON.parse(await rawContents(factory)) as [keys: string[][], values: unknown[]][];
  return databases.flatMap(([keys, values]) =>
    keys.flatMap((key, index) => (key[3] === '' ? [] : [[key, values[index]]])),
  );
}
