import { get, promisifyRequest } from 'idb-keyval';
import type { Clock } from '../model/index.js';
import { type KeyValueStorage, REMOVED, type UpdateOptions } from './environment.js';

/** The number of the storage's layout is in the keys, so that the database itself never needs an upgrade. */
const DATABASE = 'achievement-elements';
const OBJECT_STORE = 'cache';

/** In milliseconds. Opening, and each transaction, has this long: some engines never answer (https://bugs.webkit.org/show_bug.cgi?id=226547). */
const TIME_LIMIT = 2000;

/**
 * What a second try on a new connection cures: "The database connection is closing", "Connection to Indexed Database
 * server lost" (https://bugs.webkit.org/show_bug.cgi?id=197050), a database that another tab replaced or upgraded, and
 * a transaction that was aborted for no reason of its own.
 */
const TRANSIENT = new Set([
  'AbortError',
  'InvalidStateError',
  'NotFoundError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
]);

function isTransient(error: unknown): boolean {
  // A transaction that the browser aborts has `null` for its error.
  return error === null || (error instanceof Error && TRANSIENT.has(error.name));
}

type Durability = NonNullable<UpdateOptions['durability']>;

interface ResilientStore {
  readonly use: <T>(
    mode: IDBTransactionMode,
    callback: (store: IDBObjectStore) => T | PromiseLike<T>,
    durability?: Durability,
  ) => Promise<T>;
  /** Closes the connection, once its transactions are complete; the next use opens another. */
  readonly rest: () => void;
}

/**
 * idb-keyval's `createStore` with the faults of real devices in mind: a connection that closed, failed or hangs is
 * never used twice, no foreign upgrade waits for us, and nothing takes longer than two time limits.
 * @param factory gives the page's `indexedDB`; may throw, as the getter does where storage is blocked
 */
function resilientStore(factory: () => IDBFactory | null | undefined, clock: Clock): ResilientStore {
  let connection: Promise<IDBDatabase> | undefined;

  function inTime<T>(work: T | PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = clock.setTimeout(
        () => reject(new DOMException('The storage of this device does not answer', 'TimeoutError')),
        TIME_LIMIT,
      );
      void Promise.resolve(work)
        .then(resolve, reject)
        .finally(() => clock.clearTimeout(timer));
    });
  }

  async function open(version?: number): Promise<IDBDatabase> {
    const indexedDB = factory();
    if (!indexedDB) throw new DOMException('There is no IndexedDB', 'NotSupportedError');
    const request = indexedDB.open(DATABASE, version);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains(OBJECT_STORE)) request.result.createObjectStore(OBJECT_STORE);
    };
    // Otherwise Firefox reports the failure as an uncaught error of the page as well.
    request.addEventListener('error', (event) => event.preventDefault());
    const opened = promisifyRequest<IDBDatabase>(request);
    try {
      // There is nothing to do about `blocked`: the other tab closes in time, or the time is up.
      return await inTime(opened);
    } catch (error) {
      opened.then(
        (late) => late.close(),
        () => undefined,
      );
      throw error;
    }
  }

  async function openComplete(): Promise<IDBDatabase> {
    const database = await open();
    if (database.objectStoreNames.contains(OBJECT_STORE)) return database;
    // An upgrade that was cut short, or foreign code, left the database without the object store.
    database.close();
    return open(database.version + 1);
  }

  function connect(): Promise<IDBDatabase> {
    if (connection) return connection;
    const opening = openComplete();
    const drop = () => {
      if (connection === opening) connection = undefined;
    };
    connection = opening;
    opening.then((database) => {
      database.onclose = drop;
      // Whoever wants to upgrade or delete the database, and everyone who opens it after them, waits until we let go.
      database.onversionchange = () => {
        drop();
        database.close();
      };
    }, drop);
    return opening;
  }

  const attempt: ResilientStore['use'] = async (mode, callback, durability = 'relaxed') => {
    const opening = connect();
    const database = await opening;
    let transaction: IDBTransaction | undefined;
    try {
      transaction = database.transaction(OBJECT_STORE, mode, { durability });
      return await inTime(callback(transaction.objectStore(OBJECT_STORE)));
    } catch (error) {
      // After a failure some connections never work again, and nothing tells which.
      if (connection === opening) connection = undefined;
      try {
        transaction?.abort();
      } catch {
        // It is over already.
      }
      database.close();
      throw error;
    }
  };

  return {
    async use(mode, callback, durability) {
      try {
        return await attempt(mode, callback, durability);
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
      try {
        return await attempt(mode, callback, durability);
      } catch (error) {
        throw error instanceof Error ? error : new DOMException('The transaction was aborted', 'AbortError');
      }
    },
    rest() {
      const opened = connection;
      connection = undefined;
      opened?.then(
        (database) => database.close(),
        () => undefined,
      );
    },
  };
}

/** Goes on with the result of `request` in its transaction, and resolves when that is complete. */
function afterwards<T>(store: IDBObjectStore, request: IDBRequest<T>, work: (result: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      try {
        work(request.result);
        resolve(promisifyRequest(store.transaction));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => {
      const { error } = request;
      reject(error ?? new DOMException('The request failed', 'UnknownError'));
    };
  });
}

/**
 * The device's storage. Every call rejects where the device refuses or takes longer than a few seconds; the next call
 * tries anew. The functions given to it may be called twice.
 * @param factory gives the page's `indexedDB`; may throw, as the getter does where storage is blocked
 */
export function indexedDbStorage(factory: () => IDBFactory | null | undefined, clock: Clock): KeyValueStorage {
  const { use: useStore, rest } = resilientStore(factory, clock);
  return {
    get: (key) => get([...key], useStore),
    update: (key, next, { beside, durability = 'relaxed' } = {}) =>
      useStore(
        'readwrite',
        (store) => {
          let other: unknown;
          if (beside) {
            const reading = store.get([...beside]) as IDBRequest<unknown>;
            reading.onsuccess = () => (other = reading.result);
          }
          // Requests of one transaction are answered in their order.
          return afterwards(store, store.get([...key]), (present) => {
            const value = next(present, other);
            if (value !== undefined) store.put(value, [...key]);
          });
        },
        durability,
      ),
    updateAll: (keys, next, { durability = 'relaxed' } = {}) =>
      useStore(
        'readwrite',
        (store) => {
          const present = new Array<unknown>(keys.length);
          const readings = keys.map((key) => store.get([...key]) as IDBRequest<unknown>);
          for (const [index, reading] of readings.slice(0, -1).entries()) {
            reading.onsuccess = () => (present[index] = reading.result);
          }
          // Requests of one transaction are answered in their order.
          return afterwards(store, readings.at(-1)!, (last) => {
            present[keys.length - 1] = last;
            const values = next(present) ?? [];
            for (const [index, key] of keys.entries()) {
              if (values[index] === REMOVED) store.delete([...key]);
              else if (values[index] !== undefined) store.put(values[index], [...key]);
            }
          });
        },
        durability,
      ),
    keys: async () => {
      const keys = await useStore('readonly', (store) => promisifyRequest(store.getAllKeys()));
      return keys.filter((key): key is string[] => Array.isArray(key) && key.every((part) => typeof part === 'string'));
    },
    deleteWhere: (matches) =>
      useStore('readwrite', (store) =>
        afterwards(store, store.getAllKeys(), (keys) => {
          for (const key of keys) if (Array.isArray(key) && matches(key as string[])) store.delete(key);
        }),
      ),
    rest,
  };
}
