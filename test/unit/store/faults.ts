/** Where in the life of an operation a fault strikes. */
type Place = 'factory' | 'open' | 'transaction' | 'request' | 'put' | 'commit' | 'value';

/** What a device can do to us. */
export interface Fault {
  readonly name: string;
  readonly place: Place;
  /** A second try cures it: nobody has to notice. */
  readonly isTransient: boolean;
  /** What happens instead of, or with, the operation. Returns a request that replaces the real one. */
  readonly strike: (victim: Victim) => IDBRequest | void;
}

interface Victim {
  readonly factory: IDBFactory;
  readonly database?: IDBDatabase;
  readonly transaction?: IDBTransaction;
}

/** A request that does what it is told. */
class PlayedRequest extends EventTarget {
  onsuccess: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onblocked: (() => void) | null = null;
  onupgradeneeded: (() => void) | null = null;
  result: unknown = undefined;
  error: unknown = null;

  play(type: 'success' | 'error' | 'blocked'): this {
    setImmediate(() => {
      this.dispatchEvent(new Event(type, { cancelable: true }));
      this[`on${type}`]?.();
    });
    return this;
  }

  get asRequest(): IDBRequest {
    return this as unknown as IDBRequest;
  }
}

const named = (name: string, message: string) => new DOMException(message, name);

function throws(error: Error): Fault['strike'] {
  return () => {
    throw error;
  };
}

function rejects(error: Error): Fault['strike'] {
  return ({ transaction }) => {
    const request = new PlayedRequest();
    request.error = error;
    if (transaction) setImmediate(() => abort(transaction));
    return request.play('error').asRequest;
  };
}

function answers(result: unknown): Fault['strike'] {
  return () => {
    const request = new PlayedRequest();
    request.result = result;
    return request.play('success').asRequest;
  };
}

/** Nothing is heard of the transaction any more. */
function silence(transaction: IDBTransaction): void {
  for (const name of ['oncomplete', 'onabort', 'onerror']) {
    Object.defineProperty(transaction, name, { get: () => null, set: () => undefined, configurable: true });
  }
}

/** A transaction with a request that never settles never completes, and has no effect. */
const hangs: Fault['strike'] = ({ transaction }) => {
  if (transaction) {
    silence(transaction);
    setImmediate(() => abort(transaction));
  }
  return new PlayedRequest().asRequest;
};

function abort(transaction: IDBTransaction, error: Error | null = null): void {
  Object.defineProperty(transaction, 'error', { value: error, configurable: true });
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

const CLOSING = "Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.";
const LOST = 'Connection to Indexed Database server lost. Refresh the page to try again';
const BACKING = 'Internal error opening backing store for indexedDB.open.';
const MUTATIONS = 'A mutation operation was attempted on a database that did not allow mutations.';

function fault(place: Place, name: string, strike: Fault['strike']): Fault {
  const isTransient = /InvalidState|Unknown|NotFound|Version|Abort|Inactive|without an error|connection/.test(name);
  return { name: `${place}: ${name}`, place, isTransient, strike };
}

/** The faults seen in the field, with the names and messages that browsers give them. */
export const FAULTS: readonly Fault[] = [
  fault('factory', 'undefined', () => undefined),
  fault('factory', 'getter throws SecurityError', throws(named('SecurityError', 'The operation is insecure.'))),
  fault('open', 'throws SecurityError', throws(named('SecurityError', 'access to the Indexed Database API is denied'))),
  fault('open', 'throws TypeError', throws(new TypeError("Cannot read properties of null (reading 'open')"))),
  fault('open', 'UnknownError, backing store', rejects(named('UnknownError', BACKING))),
  fault('open', 'UnknownError, server lost', rejects(named('UnknownError', LOST))),
  fault('open', 'InvalidStateError, private mode', rejects(named('InvalidStateError', MUTATIONS))),
  fault('open', 'SecurityError', rejects(named('SecurityError', 'denied'))),
  fault('open', 'QuotaExceededError', rejects(named('QuotaExceededError', 'Encountered full disk'))),
  fault('open', 'VersionError', rejects(named('VersionError', 'The requested version is less than the existing one'))),
  fault('open', 'AbortError', rejects(named('AbortError', 'The connection was closed.'))),
  fault('open', 'never settles', hangs),
  fault('open', 'blocked for ever', () => new PlayedRequest().play('blocked').asRequest),
  fault('transaction', 'InvalidStateError, closing', throws(named('InvalidStateError', CLOSING))),
  fault(
    'transaction',
    'NotFoundError',
    throws(named('NotFoundError', 'One of the specified object stores was not found')),
  ),
  fault('transaction', 'UnknownError, server lost', throws(named('UnknownError', LOST))),
  fault('transaction', 'the connection was closed, and nothing told', ({ database }) => database!.close()),
  fault('transaction', 'the connection closes with an event', ({ database }) => {
    database!.close();
    database!.onclose?.(new Event('close'));
  }),
  fault('transaction', 'the database is deleted meanwhile', ({ factory }) => {
    factory.deleteDatabase('achievement-elements');
  }),
  fault('transaction', 'the database is upgraded meanwhile', ({ factory, database }) => {
    const request = factory.open('achievement-elements', database!.version + 1);
    request.onsuccess = () => request.result.close();
  }),
  fault(
    'request',
    'TransactionInactiveError',
    throws(named('TransactionInactiveError', 'The transaction is not active.')),
  ),
  fault(
    'request',
    'UnknownError',
    rejects(named('UnknownError', 'Error looking up record in object store by key range')),
  ),
  fault('request', 'never settles', hangs),
  fault('put', 'DataCloneError', throws(named('DataCloneError', '() => {} could not be cloned.'))),
  fault('put', 'QuotaExceededError', throws(named('QuotaExceededError', 'The quota has been exceeded.'))),
  fault('commit', 'aborts without an error', ({ transaction }) => abort(transaction!)),
  fault('commit', 'aborts with QuotaExceededError', ({ transaction }) =>
    abort(transaction!, named('QuotaExceededError', 'The quota has been exceeded.')),
  ),
  fault('commit', 'never completes', ({ transaction }) => silence(transaction!)),
  fault('value', 'wrong shape', answers({ v: 1, library: 'all of them' })),
  fault('value', 'NaN', answers(NaN)),
  fault('value', 'older', answers({ v: 0, achievements: [] })),
  fault('value', 'newer', answers({ v: 2, items: new Map() })),
  fault('value', 'huge', answers('x'.repeat(1_000_000))),
];

/** A factory on which a fault strikes the k-th operation at its place, or that and every later one. */
export interface FaultyFactory {
  /** As the page's `indexedDB` is reached; may throw. */
  readonly get: () => IDBFactory | undefined;
  /** How many operations there were at the place of the fault. */
  readonly count: number;
  readonly hasStruck: boolean;
  /** From now on the device is fine. */
  heal(): void;
}

export function faultyFactory(real: IDBFactory, fault: Fault, from: number, isLasting: boolean): FaultyFactory {
  let count = 0;
  let hasStruck = false;
  let isHealed = false;

  /** Strikes, if it is time. `true` stands for a fault that replaces the operation by nothing. */
  function strike(place: Place, victim: Omit<Victim, 'factory'>): IDBRequest | void {
    if (isHealed || place !== fault.place) return;
    count += 1;
    if (count !== from && !(isLasting && count > from)) return;
    hasStruck = true;
    return fault.strike({ factory: real, ...victim });
  }

  function adoptStore(store: IDBObjectStore, database: IDBDatabase, transaction: IDBTransaction): IDBObjectStore {
    const victim = { database, transaction };
    for (const method of ['get', 'getAllKeys', 'put', 'delete'] as const) {
      const original = (store[method] as (...given: unknown[]) => IDBRequest).bind(store);
      const played = (...given: unknown[]): IDBRequest => {
        let request = strike('request', victim);
        if (method === 'get') request ??= strike('value', victim);
        if (method === 'put') request ??= strike('put', victim);
        if (request) return request;
        const sent = original(...given);
        if (method === 'put' || method === 'delete') sent.addEventListener('success', () => strike('commit', victim));
        return sent;
      };
      Object.defineProperty(store, method, { value: played });
    }
    return store;
  }

  function adopt(database: IDBDatabase): void {
    const original = database.transaction.bind(database);
    const transaction: IDBDatabase['transaction'] = (...given) => {
      strike('transaction', { database });
      const real = original(...given);
      const objectStore = real.objectStore.bind(real);
      Object.defineProperty(real, 'objectStore', {
        value: (name: string) => adoptStore(objectStore(name), database, real),
      });
      return real;
    };
    Object.defineProperty(database, 'transaction', { value: transaction });
  }

  const factory = {
    open(name: string, version?: number) {
      const played = strike('open', {});
      if (played) return played;
      const request = real.open(name, version);
      request.addEventListener('success', () => adopt(request.result));
      return request;
    },
  } as unknown as IDBFactory;

  return {
    get() {
      const before = count;
      strike('factory', {});
      const isGone = fault.place === 'factory' && count > before && (count === from || (isLasting && count > from));
      return isGone ? undefined : factory;
    },
    get count() {
      return count;
    },
    get hasStruck() {
      return hasStruck;
    },
    heal() {
      isHealed = true;
    },
  };
}
