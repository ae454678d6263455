import { describe, expect, it, vi } from 'vitest';
import type { Fresh } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { Store, StoreOptions } from '../../../src/store/store.js';
import { achievement, deferred, follow, fresh, scriptedBackend, type Script, world } from './support.js';

const first = [achievement('a')];
const second = [achievement('a', { state: 'unlocked' })];

function start(script: Script, options: Partial<StoreOptions> = {}, storage: KeyValueStorage = memoryStorage()) {
  const here = world(() => storage);
  const backend = scriptedBackend(script);
  const store = createStore({ backend, player: 'p1', environment: here.environment, ...options });
  return { ...here, storage, backend, store };
}

/** How many entries of a player a storage has. */
async function entriesOf(storage: KeyValueStorage, player: string): Promise<number> {
  let count = 0;
  await storage.deleteWhere((key) => {
    if (key[3] === player) count += 1;
    return false;
  });
  return count;
}

/** The most microtasks that lie between waking and having kept the answer. */
const STEPS = 40;

type Action = (store: Store, log: ReturnType<typeof follow>) => unknown;

const actions: Record<string, Action> = {
  unsubscribe: (_, log) => log.stop(),
  'unsubscribe and subscribe again': (store, log) => {
    log.stop();
    follow(store);
  },
  'subscribe twice': (store) => follow(store),
  refresh: (store) => store.refresh(),
  dispose: (store) => store.dispose(),
  'sign out': (store) => store.signOut(),
  pin: (store) => store.pin('test:a'),
  'pin and sign out': (store) => {
    void store.pin('test:a');
    return store.signOut();
  },
  'sign out and pin': (store) => {
    void store.signOut();
    return store.pin('test:a');
  },
  'sign out and refresh': (store) => {
    void store.signOut();
    void store.refresh();
  },
  'sign out and dispose': (store) => {
    void store.signOut();
    store.dispose();
  },
  'dispose and subscribe': (store) => {
    store.dispose();
    follow(store);
  },
};

describe.each(Object.keys(actions))('%s at any moment', (name) => {
  const answers: Record<string, Script> = {
    'an answer': fresh(second),
    'a failure': new TypeError('broken'),
    'an empty answer': fresh([]),
  };
  it.each(Object.keys(answers))('of a visit with %s leaves the store in order', async (answer) => {
    for (const isCached of [false, true]) {
      const storage = memoryStorage();
      if (isCached) {
        const before = start(fresh(first), {}, storage);
        await before.store.refresh();
      }
      for (let step = 0; step < STEPS; step++) {
        const { store, clock, page, backend, hints } = start(answers[answer]!, { refresh: 60 }, storage);
        const log = follow(store);
        for (let tick = 0; tick < step; tick++) await Promise.resolve();
        void actions[name]!(store, log);
        await clock.advance(0);
        const where = `${name}, ${answer}, cached ${isCached}, step ${step}`;
        if (page.listenerCount === 0) expect(clock.waiting, where).toEqual([]);
        await clock.advance(2000);
        expect(store.snapshot.activity, where).not.toBe('syncing');
        expect(log.snapshots.length, where).toBeLessThanOrEqual(8);
        expect(hints, where).toEqual([]);
        const isAwake = page.listenerCount > 0;
        expect(isAwake, where).toBe(
          ['subscribe twice', 'refresh', 'unsubscribe and subscribe again', 'pin'].includes(name) ||
            /sign out( and (refresh|pin))?$/.test(name),
        );
        const isSignedOut = name.includes('sign out') && name !== 'sign out and refresh';
        if (!isAwake || isSignedOut) expect(clock.waiting, where).toEqual([]);
        if (name === 'pin') expect(store.snapshot.memory?.pinned, where).toContain('test:a');
        if (isSignedOut) {
          expect(store.snapshot.memory, where).toBeUndefined();
          expect(store.snapshot.library, where).toBeUndefined();
          expect(store.snapshot.problem, where).toBeUndefined();
          expect(await entriesOf(storage, 'p1'), where).toBe(0);
          const requests = backend.requests.length;
          await clock.advance(600_000);
          expect(backend.requests.length, where).toBe(requests);
        }
        store.dispose();
        await clock.advance(0);
        if (isCached && name.includes('sign out')) await start(fresh(first), {}, storage).store.refresh();
      }
    }
  });
});

describe('a late answer', () => {
  const ends: Record<string, Action> = {
    'signing out': (store) => store.signOut(),
    disposing: (store) => store.dispose(),
    'the last one leaving': (_, log) => log.stop(),
  };
  it.each(Object.keys(ends))('after %s changes nothing, and nobody waits for it', async (end) => {
    const answer = deferred<Fresh>();
    const { store, backend, clock, storage } = start(answer.promise);
    const log = follow(store);
    await clock.advance(0);
    expect(backend.calls[0]!.signal.aborted).toBe(false);
    const refreshed = end === 'the last one leaving' ? undefined : store.refresh();
    void ends[end]!(store, log);
    await clock.advance(0);
    expect(backend.calls[0]!.signal.aborted).toBe(true);
    await refreshed;
    const before = store.snapshot;
    const count = log.snapshots.length;
    answer.resolve(fresh([achievement('canary')]));
    await clock.advance(0);
    expect(store.snapshot).toBe(before);
    expect(store.snapshot.library).toBeUndefined();
    expect(log.snapshots).toHaveLength(count);
    // Whoever did not sign out still has a session, with nothing in it.
    expect(await entriesOf(storage, 'p1')).toBe(end === 'signing out' ? 0 : 1);
  });

  it('of before does not spoil the one of after signing out', async () => {
    const one = deferred<Fresh>();
    const two = deferred<Fresh>();
    const { store, clock } = start([one.promise, two.promise]);
    follow(store);
    await clock.advance(0);
    await store.signOut();
    void store.refresh();
    await clock.advance(0);
    two.resolve(fresh(second));
    await clock.advance(0);
    one.resolve(fresh(first));
    await clock.advance(0);
    expect(store.snapshot.library?.achievements).toEqual(second);
  });

  it('of the cache after signing out is not shown', async () => {
    const cached = deferred<unknown>();
    const { store, clock } = start(
      new Promise<never>(() => undefined),
      {},
      {
        ...memoryStorage(),
        get: () => cached.promise,
      },
    );
    follow(store);
    await store.signOut();
    cached.resolve({ v: 1, startedAt: 1, checkedAt: 1, library: { achievements: first, fetchedAt: 1 } });
    await clock.advance(0);
    expect(store.snapshot.library).toBeUndefined();
  });
});

describe('a visitor who', () => {
  it('leaves and comes back within one task does not cost a second request', async () => {
    const answer = deferred<Fresh>();
    const { store, backend, clock } = start(answer.promise);
    const { stop } = follow(store);
    await clock.advance(0);
    stop();
    follow(store);
    await clock.advance(0);
    answer.resolve(fresh(first));
    await clock.advance(0);
    expect(backend.requests).toHaveLength(1);
    expect(store.snapshot.library).toBeDefined();
  });

  it('leaves for good ends the request, unless somebody asked for it', async () => {
    const answer = deferred<Fresh>();
    const { store, backend, clock } = start(answer.promise);
    const { stop } = follow(store);
    const refreshed = store.refresh();
    await clock.advance(0);
    stop();
    await clock.advance(0);
    expect(backend.calls[0]!.signal.aborted).toBe(false);
    answer.resolve(fresh(first));
    await refreshed;
    expect(store.snapshot.library).toBeDefined();
    expect(clock.waiting).toEqual([]);
  });

  it('comes back later is asked for anew, with what is still in memory', async () => {
    const { store, backend, clock } = start([fresh(first), 'unchanged']);
    const { stop } = follow(store);
    await clock.advance(0);
    stop();
    const { library } = store.snapshot;
    await clock.advance(60_000);
    follow(store);
    await clock.advance(0);
    expect(backend.requests).toEqual([undefined, { digest: 'digest of 1' }]);
    expect(store.snapshot.library).toBe(library);
  });
});

it('who signed out is asked for again by a new visitor, although another one stayed', async () => {
  const { store, backend, clock } = start(fresh(first));
  follow(store);
  await clock.advance(0);
  await store.signOut();
  await clock.advance(60_000);
  expect(backend.requests).toHaveLength(1);
  follow(store);
  await clock.advance(0);
  expect(backend.requests).toEqual([undefined, undefined]);
  expect(store.snapshot.library).toBeDefined();
});

it('a removal that failed is not told of once a later one succeeded', async () => {
  const one = deferred<void>();
  const removals = [one.promise, Promise.resolve()];
  const { store, clock } = start(fresh(first), {}, { ...memoryStorage(), deleteWhere: () => removals.shift()! });
  const signedOut = store.signOut();
  await store.signOut();
  one.reject(new Error('lost'));
  await signedOut;
  await clock.advance(0);
  expect(store.snapshot.problem).toBeUndefined();
});

describe('a listener', () => {
  it('that is removed by another one is not called any more', async () => {
    const { store, clock } = start(fresh(first));
    let count = 0;
    store.subscribe(() => stop());
    const stop = store.subscribe(() => (count += 1));
    await clock.advance(0);
    expect(count).toBe(0);
  });

  it('that leaves and comes back with every snapshot gets each of them once', async () => {
    const { store, clock } = start(fresh(first));
    let count = 0;
    let stop = () => {};
    const listen = () => {
      count += 1;
      if (count > 100) throw new Error('for ever');
      const leave = stop;
      stop = store.subscribe(listen);
      leave();
    };
    stop = store.subscribe(listen);
    await clock.advance(0);
    expect(store.snapshot.library).toBeDefined();
    expect(count).toBeLessThan(5);
  });
});

it('control: a store that accepts late answers shows them', async () => {
  // Without effect, aborting leaves every run as current as it was.
  const abort = vi.spyOn(AbortController.prototype, 'abort').mockImplementation(() => undefined);
  const answer = deferred<Fresh>();
  const { store, clock } = start(answer.promise);
  follow(store);
  await clock.advance(0);
  await store.signOut();
  answer.resolve(fresh(first));
  await clock.advance(0);
  abort.mockRestore();
  expect(store.snapshot.library).toBeDefined();
});

it('an answer that was asked for earlier does not replace a later one on the device', async () => {
  const storage = memoryStorage();
  const slow = deferred<Fresh>();
  const tab = start(slow.promise, {}, storage);
  void tab.store.refresh();
  await tab.clock.advance(0);
  const other = start(fresh(second), {}, storage);
  await other.clock.advance(10);
  await other.store.refresh();
  await other.clock.advance(0);
  await tab.clock.advance(20);
  slow.resolve(fresh(first));
  await tab.clock.advance(0);
  expect(tab.store.snapshot.library?.achievements).toEqual(first);

  const next = start(new Promise<never>(() => undefined), {}, storage);
  follow(next.store);
  await next.clock.advance(0);
  expect(next.store.snapshot.library?.achievements).toEqual(second);
});

it('a store that was disposed of does nothing any more', async () => {
  const { store, backend, clock, page } = start(fresh(first));
  store.dispose();
  store.dispose();
  follow(store).stop();
  await store.refresh();
  await store.signOut();
  await clock.advance(600_000);
  expect(backend.requests).toEqual([]);
  expect(page.listenerCount).toBe(0);
  expect(clock.waiting).toEqual([]);
});
