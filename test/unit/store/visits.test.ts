import { describe, expect, it, vi } from 'vitest';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { StoreOptions } from '../../../src/store/store.js';
import {
  achievement,
  deferred,
  device,
  failure,
  follow,
  fresh,
  rawContents,
  scriptedBackend,
  type Script,
  turns,
  until,
  world,
} from './support.js';
import type { Fresh } from '../../../src/model/index.js';

const first = [achievement('a'), achievement('b', { state: 'in-progress' })];

/** One device and one world; every visit is a store of its own, as after a reload. */
function home(options: Partial<StoreOptions> = {}) {
  const { factory, storage } = device();
  const here = world(() => storage);
  return {
    ...here,
    factory,
    storage,
    visit(script: Script, more: Partial<StoreOptions> = {}) {
      const backend = scriptedBackend(script);
      const store = createStore({ backend, player: 'p1', environment: here.environment, ...options, ...more });
      return { backend, store };
    },
  };
}

describe('three visits', () => {
  it('ask once, then once with the validator, then once with the validator', async () => {
    const { visit, clock } = home();

    const one = visit(fresh(first, { validator: { digest: 'one' } }));
    const logOne = follow(one.store);
    await until(() => one.store.snapshot.activity === 'idle');
    expect(one.backend.requests).toEqual([undefined]);
    expect(one.store.snapshot.library?.achievements).toEqual(first);
    expect(logOne.changes).toEqual([]);
    await turns();
    logOne.stop();

    await clock.advance(60_000);
    const next = [achievement('a', { state: 'unlocked' }), achievement('b', { state: 'in-progress' })];
    const answer = deferred<Fresh>();
    const two = visit(answer.promise);
    const logTwo = follow(two.store);
    await until(() => two.store.snapshot.library !== undefined);
    // Painted from the cache, with the time it is from, while the service is still asked.
    expect(two.store.snapshot).toMatchObject({ activity: 'syncing', checkedAt: clock.now() - 60_000 });
    await until(() => two.backend.requests.length > 0);
    expect(two.backend.requests).toEqual([{ digest: 'one' }]);
    answer.resolve(fresh(next, { validator: { digest: 'two' } }));
    await until(() => two.store.snapshot.activity === 'idle');
    expect(two.backend.requests).toHaveLength(1);
    expect(logTwo.changes).toEqual([{ unlocked: [next[0]], progressed: [], missed: true }]);
    await turns();
    logTwo.stop();

    await clock.advance(60_000);
    const three = visit('unchanged');
    const logThree = follow(three.store);
    await until(() => three.store.snapshot.checkedAt === clock.now());
    expect(three.backend.requests).toEqual([{ digest: 'two' }]);
    expect(three.store.snapshot.library?.achievements).toEqual(next);
    expect(three.store.snapshot.library?.fetchedAt).toBe(clock.now() - 60_000);
    expect(logThree.changes).toEqual([]);
    await turns();
    logThree.stop();

    // The confirmation was kept, without the library being written again.
    await clock.advance(60_000);
    const four = visit(new Promise<never>(() => undefined));
    four.store.subscribe(() => undefined);
    await until(() => four.store.snapshot.library !== undefined);
    expect(four.store.snapshot.checkedAt).toBe(clock.now() - 60_000);
  });

  it('read the cache at once, before anything else is done', () => {
    const get = vi.fn(() => new Promise<unknown>(() => undefined));
    const here = world(() => ({ ...memoryStorage(), get }));
    const store = createStore({ backend: scriptedBackend('unchanged'), player: 'p1', environment: here.environment });
    expect(get).not.toHaveBeenCalled();
    store.subscribe(() => undefined);
    expect(get).toHaveBeenCalled();
  });

  it('do not wait for a cache that hangs', async () => {
    const cached = deferred<unknown>();
    const here = world(() => ({ ...memoryStorage(), get: () => cached.promise }));
    const backend = scriptedBackend(fresh(first));
    const store = createStore({ backend, player: 'p1', environment: here.environment });
    store.subscribe(() => undefined);
    await here.clock.advance(499);
    expect(backend.requests).toHaveLength(0);
    await here.clock.advance(1);
    expect(backend.requests).toEqual([undefined]);
    expect(store.snapshot.library?.achievements).toEqual(first);
    // What the cache says afterwards is older than the answer.
    cached.resolve({ v: 1, startedAt: 1, checkedAt: 1, library: { achievements: [], fetchedAt: 1 } });
    await here.clock.advance(0);
    expect(store.snapshot.library?.achievements).toEqual(first);
  });

  it('use a late cache while there is no answer', async () => {
    const cached = deferred<unknown>();
    const here = world(() => ({ ...memoryStorage(), get: () => cached.promise }));
    const answer = deferred<Fresh>();
    const backend = scriptedBackend(answer.promise);
    const store = createStore({ backend, player: 'p1', environment: here.environment });
    const log = follow(store);
    await here.clock.advance(500);
    cached.resolve({ v: 1, startedAt: 1, checkedAt: 1, library: { achievements: first, fetchedAt: 1 } });
    await here.clock.advance(0);
    expect(store.snapshot.library?.achievements).toEqual(first);
    answer.resolve(fresh([achievement('a', { state: 'unlocked' })]));
    await here.clock.advance(0);
    expect(log.changes).toMatchObject([{ missed: true }]);
  });

  it('use a late cache also after a failure, and still say what failed', async () => {
    const cached = deferred<unknown>();
    const here = world(() => ({ ...memoryStorage(), get: () => cached.promise }));
    const store = createStore({
      backend: scriptedBackend(failure('forbidden')),
      player: 'p1',
      environment: here.environment,
    });
    follow(store);
    await here.clock.advance(500);
    cached.resolve({ v: 1, startedAt: 1, checkedAt: 1, library: { achievements: first, fetchedAt: 1 } });
    await here.clock.advance(0);
    expect(store.snapshot).toMatchObject({ library: { achievements: first }, problem: { code: 'forbidden' } });
  });

  it('write a library once, however often it is confirmed', async () => {
    const { factory, environment, storage, clock } = home();
    const written: string[] = [];
    const watching: KeyValueStorage = {
      ...storage,
      update: (key, next, options) => {
        written.push(key.at(-1)!);
        return storage.update(key, next, options);
      },
    };
    const backend = scriptedBackend([fresh(first), 'unchanged']);
    const store = createStore({ backend, player: 'p1', environment: { ...environment, openStorage: () => watching } });
    for (let count = 0; count < 3; count++) {
      await clock.advance(1000);
      await store.refresh();
      await turns();
    }
    expect(written.filter((part) => part === 'answer')).toHaveLength(1);
    expect(written.filter((part) => part === 'confirmation')).toHaveLength(3);
    expect(await rawContents(factory)).toContain(`"checkedAt":${clock.now()}`);
  });

  it('miss nothing that is seen happening after the first answer', async () => {
    const { visit } = home();
    const one = visit(fresh(first));
    await one.store.refresh();
    await turns();
    const two = visit(['unchanged', fresh([achievement('a', { state: 'unlocked' })])]);
    const log = follow(two.store);
    await until(() => two.store.snapshot.activity === 'idle');
    await two.store.refresh();
    expect(log.changes).toMatchObject([{ missed: false }]);
  });

  it('ask without a validator where the cache is gone', async () => {
    const { visit, clock } = home();
    const { backend, store } = visit(['unchanged', fresh(first)]);
    store.subscribe(() => undefined);
    await until(() => store.snapshot.library !== undefined);
    expect(backend.requests).toEqual([undefined, undefined]);
    expect(store.snapshot.problem).toBeUndefined();
    await clock.advance(0);
  });

  it('say so when a service insists that nothing changed since nothing', async () => {
    const { visit } = home();
    const { backend, store } = visit('unchanged');
    store.subscribe(() => undefined);
    await until(() => store.snapshot.problem !== undefined);
    expect(store.snapshot.problem?.code).toBe('bad-shape');
    expect(backend.requests).toHaveLength(2);
  });

  it('keep what is different apart: backend, scope, locale', async () => {
    const { visit, storage, environment } = home();
    const one = visit(fresh(first));
    one.store.subscribe(() => undefined);
    await until(() => one.store.snapshot.activity === 'idle');
    await turns();
    for (const [members, options] of [
      [{ id: 'other' }, {}],
      [{ scope: 'https://other.example/' }, {}],
      [{}, { locale: 'de' }],
      [{}, { player: 'p2' }],
    ] as const) {
      const backend = scriptedBackend(failure('offline'), members);
      const store = createStore({ backend, player: 'p1', environment, ...options });
      store.subscribe(() => undefined);
      await until(() => store.snapshot.problem !== undefined);
      expect(store.snapshot.library, JSON.stringify([members, options])).toBeUndefined();
      store.dispose();
    }
    expect(storage.volatile).toBeFalsy();
  });
});

describe('without a player', () => {
  it('nothing is kept, and the page author gets a hint', async () => {
    const { visit, factory, hints } = home();
    const { backend, store } = visit(fresh([achievement('canary-of-nobody')]), { player: undefined } as never);
    const log = follow(store);
    await until(() => store.snapshot.library !== undefined);
    await turns();
    expect(store.snapshot.storage).toBe('memory');
    expect(backend.requests).toEqual([undefined]);
    expect(await rawContents(factory)).not.toContain('canary');
    expect(hints).toHaveLength(1);
    expect(hints[0]).toContain('player');
    // The visit itself remembers.
    log.stop();
    store.subscribe(() => undefined);
    await until(() => backend.requests.length === 2);
    expect(backend.requests[1]).toEqual({ digest: 'digest of 1' });
  });

  it('`cache: memory` keeps nothing either, and needs no hint', async () => {
    const { visit, factory, hints } = home({ cache: 'memory' });
    const { store } = visit(fresh([achievement('canary')]));
    store.subscribe(() => undefined);
    await until(() => store.snapshot.library !== undefined);
    await turns();
    expect(store.snapshot.storage).toBe('memory');
    expect(await rawContents(factory)).not.toContain('canary');
    expect(hints).toEqual([]);
  });
});

describe('a call', () => {
  it('gets what the host gave, and nothing that it did not give', async () => {
    const { visit, clock, environment } = home();
    const plain = visit(fresh(first));
    plain.store.subscribe(() => undefined);
    await until(() => plain.backend.calls.length === 1);
    expect(plain.backend.calls[0]).toMatchObject({ clock, fetch: environment.fetch, player: 'p1' });
    expect(Object.keys(plain.backend.calls[0]!)).not.toEqual(expect.arrayContaining(['token']));
    expect(Object.keys(plain.backend.calls[0]!)).not.toEqual(expect.arrayContaining(['locale']));

    const token = () => 'canary-token';
    const fetch = () => Promise.reject(new Error());
    const full = visit(fresh(first), { token, fetch, locale: 'de' });
    full.store.subscribe(() => undefined);
    await until(() => full.backend.calls.length === 1);
    expect(full.backend.calls[0]).toMatchObject({ token, fetch, locale: 'de' });
  });

  it('never leaves the token on the device', async () => {
    const { visit, factory } = home();
    const { store } = visit(
      async (_, call) => {
        await call.token?.();
        return fresh(first);
      },
      { token: () => 'canary-token' },
    );
    store.subscribe(() => undefined);
    await until(() => store.snapshot.library !== undefined);
    await turns();
    const contents = await rawContents(factory);
    expect(contents).toContain('Name of a');
    expect(contents).not.toContain('canary-token');
    expect(JSON.stringify(store.snapshot)).not.toContain('canary-token');
  });
});
