import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { createStore as stockStore, get as stockGet } from 'idb-keyval';
import { describe, expect, it, vi } from 'vitest';
import { indexedDbStorage } from '../../../src/store/indexeddb.js';
import { countingClock, turns } from './support.js';

const DATABASE = 'achievement-elements';

function open(factory: IDBFactory, version?: number, upgrade?: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, version);
    request.onupgradeneeded = () => upgrade?.(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Counts the connections that are opened and closed. */
function watched() {
  const factory = new FakeFactory();
  const databases: IDBDatabase[] = [];
  const closed: IDBDatabase[] = [];
  const requests = vi.fn((...given: [string, number?]) => {
    const request = factory.open(...given);
    request.addEventListener('success', () => {
      const database = request.result;
      const close = database.close.bind(database);
      databases.push(database);
      Object.defineProperty(database, 'close', {
        value: () => {
          closed.push(database);
          close();
        },
      });
    });
    return request;
  });
  const clock = countingClock();
  const storage = indexedDbStorage(() => ({ open: requests }) as unknown as IDBFactory, clock);
  return { factory, databases, closed, requests, clock, storage };
}

describe('the connection', () => {
  it('is opened at the first use, and once', async () => {
    const { storage, requests } = watched();
    expect(requests).not.toHaveBeenCalled();
    const both = Promise.all([storage.get(['a']), storage.update(['a'], () => 1)]);
    expect(requests).toHaveBeenCalledTimes(1);
    await both;
    await storage.get(['a']);
    expect(requests).toHaveBeenCalledTimes(1);
  });

  it('gets out of the way of an upgrade, and works on afterwards', async () => {
    const { storage, factory, requests } = watched();
    await storage.update(['a'], () => 1);
    const foreign = await open(factory, 7);
    expect(foreign.version).toBe(7);
    expect(await storage.get(['a'])).toBe(1);
    expect(requests).toHaveBeenCalledTimes(2);
    foreign.close();
  });

  it('gets out of the way of a deletion, and starts again with nothing', async () => {
    const { storage, factory } = watched();
    await storage.update(['a'], () => 1);
    await new Promise((resolve) => (factory.deleteDatabase(DATABASE).onsuccess = resolve));
    expect(await storage.get(['a'])).toBeUndefined();
    await storage.update(['a'], () => 2);
    expect(await storage.get(['a'])).toBe(2);
  });

  it('is opened anew after it closed, with or without an event', async () => {
    const { storage, databases, requests } = watched();
    await storage.update(['a'], () => 1);
    databases[0]!.close();
    expect(await storage.get(['a'])).toBe(1);
    databases[1]!.close();
    databases[1]!.onclose!(new Event('close'));
    expect(await storage.get(['a'])).toBe(1);
    expect(requests).toHaveBeenCalledTimes(3);
  });

  it('is closed after a failure, and not used again', async () => {
    const { storage, databases, closed } = watched();
    await expect(storage.update(['a'], () => () => undefined)).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(closed).toEqual(databases);
    await storage.update(['a'], () => 1);
    expect(databases).toHaveLength(2);
    expect(closed).toHaveLength(1);
  });

  it('that fails twice tells why', async () => {
    const error = new DOMException('A mutation operation was attempted', 'InvalidStateError');
    const open = vi.fn(() => {
      throw error;
    });
    const storage = indexedDbStorage(() => ({ open }) as unknown as IDBFactory, countingClock());
    await expect(storage.get(['a'])).rejects.toBe(error);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('that comes too late is closed at once', async () => {
    const clock = countingClock();
    const real = new FakeFactory();
    const late: IDBOpenDBRequest[] = [];
    const closed = vi.fn();
    const factory = {
      open() {
        const request = Object.assign(new EventTarget(), { result: { close: closed } });
        late.push(request as unknown as IDBOpenDBRequest);
        return request;
      },
    };
    let present: unknown = factory;
    const storage = indexedDbStorage(() => present as IDBFactory, clock);
    const read = storage.get(['a']);
    read.catch(() => undefined);
    await clock.advance(1999);
    expect(late).toHaveLength(1);
    await clock.advance(1);
    await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(clock.waiting).toEqual([]);
    (late[0] as unknown as { onsuccess: () => void }).onsuccess();
    await turns(2);
    expect(closed).toHaveBeenCalledTimes(1);
    // The next call asks again, and does not remember the failure.
    present = real;
    await storage.update(['a'], () => 1);
    expect(await storage.get(['a'])).toBe(1);
  });
});

describe('a database without the object store', () => {
  it('gets it, and keeps what else is in it', async () => {
    const { storage, factory } = watched();
    (await open(factory, 3, (database) => database.createObjectStore('foreign'))).close();
    await storage.update(['a'], () => 1);
    expect(await storage.get(['a'])).toBe(1);
    const database = await open(factory);
    expect(database.version).toBe(4);
    expect([...database.objectStoreNames]).toEqual(['cache', 'foreign']);
    database.close();
  });

  it('control: idb-keyval as it comes never works on it', async () => {
    const factory = new FakeFactory();
    (await open(factory, 3, (database) => database.createObjectStore('foreign'))).close();
    vi.stubGlobal('indexedDB', factory);
    await expect(stockGet('a', stockStore(DATABASE, 'cache'))).rejects.toMatchObject({ name: 'NotFoundError' });
    vi.unstubAllGlobals();
  });
});

it('foreign keys are left alone', async () => {
  const { storage, factory } = watched();
  await storage.update(['mine'], () => 1);
  const database = await open(factory);
  const transaction = database.transaction('cache', 'readwrite');
  for (const key of [5, 'text', new Date(0)]) transaction.objectStore('cache').put('foreign', key);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  const seen: unknown[] = [];
  await storage.deleteWhere((key) => seen.push(key) > 0);
  expect(seen).toEqual([['mine']]);
  const count = database.transaction('cache').objectStore('cache').count();
  await new Promise((resolve) => (count.onsuccess = resolve));
  expect(count.result).toBe(3);
});
