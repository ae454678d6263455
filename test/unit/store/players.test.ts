import { describe, expect, it } from 'vitest';
import { combine } from '../../../src/backends/combine.js';
import type { Fresh } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import {
  achievement,
  contentsOfPlayers,
  deferred,
  device,
  failure,
  follow,
  fresh,
  rawContents,
  scriptedBackend,
  turns,
  until,
  world,
} from './support.js';

/** The device that two people share, and a store for one of them. */
function shared(adapt: (storage: KeyValueStorage) => KeyValueStorage = (storage) => storage) {
  const { factory, storage: real } = device();
  const storage = adapt(real);
  const here = world(() => storage);
  const open = (player: string, answer: Fresh | Promise<Fresh> | Error, options = {}, members = {}) =>
    createStore({ backend: scriptedBackend(answer, members), player, environment: here.environment, ...options });
  return { ...here, factory, storage, open };
}

const canary = (of: string) => fresh([achievement(`canary-${of}`, { name: `canary-${of}` })]);

/** What a store for B says of A on a device where A was, without any service. */
async function leaks(home: ReturnType<typeof shared>): Promise<boolean> {
  const store = home.open('B', failure('forbidden'));
  follow(store);
  await until(() => store.snapshot.problem !== undefined);
  store.dispose();
  return JSON.stringify(store.snapshot).includes('canary-A');
}

describe('two players on one device', () => {
  it('never see anything of each other', async () => {
    const home = shared();
    const a = home.open('A', canary('A'));
    follow(a);
    await until(() => a.snapshot.library !== undefined);
    await turns();
    expect(await rawContents(home.factory)).toContain('canary-A');
    expect(await leaks(home)).toBe(false);
  });

  it('leave nothing behind when they sign out: no service, no scope, no locale', async () => {
    const home = shared();
    const variants = [
      [{}, {}],
      [{ locale: 'de' }, {}],
      [{}, { id: 'other' }],
      [{}, { scope: 'https://other.example/' }],
    ] as const;
    const stores = variants.map(([options, members]) => home.open('A', canary('A'), options, members));
    const b = home.open('B', canary('B'));
    for (const store of [...stores, b]) {
      follow(store);
      await until(() => store.snapshot.library !== undefined);
    }
    await turns();
    const log = follow(stores[0]!);
    await stores[0]!.signOut();
    const contents = await rawContents(home.factory);
    expect(contents).not.toContain('canary-A');
    expect(contents).not.toContain('"A"');
    expect(contents).toContain('canary-B');
    expect(stores[0]!.snapshot).toEqual({ activity: 'idle', pending: 0, storage: 'persistent' });
    expect(log.snapshots.at(-1)).toBe(stores[0]!.snapshot);
  });

  it('are signed out although the answer comes at the worst moment', async () => {
    // The sign-out at every turn of the event loop from the request to the end of the write.
    for (let moment = 0; moment < 40; moment++) {
      const home = shared();
      const answer = deferred<Fresh>();
      const store = home.open('A', answer.promise);
      follow(store);
      await turns(10);
      answer.resolve(canary('A'));
      for (let turn = 0; turn < moment; turn++) {
        await (moment % 2 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
      }
      await store.signOut();
      await turns(10);
      expect(await rawContents(home.factory), `moment ${moment}`).not.toContain('canary-A');
      expect(store.snapshot.library).toBeUndefined();
    }
  });

  it('are signed out although a write was held up, and comes after the removal', async () => {
    const gate = deferred<void>();
    const home = shared((storage) => ({
      ...storage,
      async update(key, next, options) {
        await gate.promise;
        await storage.update(key, next, options);
      },
    }));
    const store = home.open('A', canary('A'));
    follow(store);
    await until(() => store.snapshot.library !== undefined);
    await store.signOut();
    gate.resolve();
    await turns();
    expect(await rawContents(home.factory)).not.toContain('canary-A');
  });

  it('do not see themselves again who sign out and come back at once', async () => {
    const gate = deferred<void>();
    const home = shared((storage) => ({
      ...storage,
      async deleteWhere(matches) {
        await gate.promise;
        await storage.deleteWhere(matches);
      },
    }));
    const before = home.open('A', canary('A'));
    follow(before);
    await until(() => before.snapshot.library !== undefined);
    await turns();

    const store = home.open('A', failure('forbidden'));
    const log = follow(store);
    void store.signOut();
    void store.refresh();
    await turns();
    gate.resolve();
    await until(() => store.snapshot.problem !== undefined);
    expect(log.snapshots.filter(({ library }) => library)).toEqual([]);
  });

  it('are not shown to the next listener by the one that signed them out', async () => {
    const home = shared();
    const store = home.open('A', canary('A'));
    store.subscribe(({ library }) => {
      if (library) void store.signOut();
    });
    const log = follow(store);
    await until(() => log.snapshots.some(({ activity }) => activity === 'idle'));
    await turns();
    expect(log.snapshots.filter(({ library }) => library)).toEqual([]);
  });

  it('are signed out of the device also by a store that keeps nothing itself', async () => {
    const home = shared();
    const a = home.open('A', canary('A'));
    follow(a);
    await until(() => a.snapshot.library !== undefined);
    await turns();
    await home.open('A', canary('A'), { cache: 'memory' }).signOut();
    expect(await rawContents(home.factory)).not.toContain('canary-A');
  });

  it('are told when the device does not let go of the data', async () => {
    const home = shared((storage) => ({
      ...storage,
      deleteWhere: () => Promise.reject(new DOMException('Full', 'QuotaExceededError')),
    }));
    const store = home.open('A', canary('A'));
    follow(store);
    await until(() => store.snapshot.library !== undefined);
    await store.signOut();
    expect(store.snapshot.library).toBeUndefined();
    expect(store.snapshot.problem).toMatchObject({ code: 'storage' });
    expect(store.snapshot.problem?.message).toContain('QuotaExceededError');
  });

  it('are not frightened where there is no device storage at all', async () => {
    for (const openStorage of [
      () => {
        throw new DOMException('Denied', 'SecurityError');
      },
      () => ({ ...shared().storage, deleteWhere: () => Promise.reject(new DOMException('Denied', 'SecurityError')) }),
    ]) {
      const here = world(openStorage);
      const store = createStore({ backend: scriptedBackend(canary('A')), player: 'A', environment: here.environment });
      await store.signOut();
      expect(store.snapshot.problem).toBeUndefined();
    }
  });
});

describe('a player with several services on one page', () => {
  /** Stores of one page for one player, and one that nobody looks at by now. */
  async function several() {
    const home = shared();
    const services = [{}, { id: 'other' }, { id: 'third', scope: 'https://third.example/' }];
    const stores = services.map((members) => home.open('A', canary('A'), {}, members));
    stores.push(home.open('A', canary('A'), { cache: 'memory' }, { id: 'in memory' }));
    const logs = stores.map((store) => follow(store));
    for (const store of stores) await until(() => store.snapshot.library !== undefined);
    await turns();
    return { ...home, stores, logs };
  }

  it('is signed out of all of them at once, also of those that are asleep and those that keep nothing', async () => {
    const { stores, logs, factory, clock } = await several();
    logs[1]!.stop();
    await turns();
    const removed = stores[0]!.signOut();
    expect(stores.map(({ snapshot }) => snapshot.library)).toEqual(stores.map(() => undefined));
    await removed;
    await clock.advance(10 * 60_000);
    await turns();
    expect(await contentsOfPlayers(factory)).toEqual([]);
    expect(JSON.stringify(stores.map(({ snapshot }) => snapshot))).not.toContain('canary');
  });

  it('and of a service that shows several as one', async () => {
    const home = shared();
    const parts = ['one', 'two'].map((id) => scriptedBackend(fresh([achievement(`canary-${id}`)]), { id }));
    const both = createStore({ backend: combine(...parts), player: 'A', environment: home.environment });
    const single = home.open('A', canary('A'));
    for (const store of [both, single]) {
      follow(store);
      await until(() => store.snapshot.library !== undefined);
    }
    await turns();
    await single.signOut();
    expect([both.snapshot.library, await contentsOfPlayers(home.factory)]).toEqual([undefined, []]);
  });

  it('is nobody else’s sign-out', async () => {
    const { stores, open } = await several();
    const other = open('B', canary('B'));
    follow(other);
    await until(() => other.snapshot.library !== undefined);
    await stores[0]!.signOut();
    expect(other.snapshot.library).toBeDefined();
  });

  it('does not see themselves again where a store slept while another page signed out', async () => {
    const { stores, logs, storage, factory } = await several();
    const [sleeper] = stores;
    for (const log of logs) log.stop();
    await turns();
    const elsewhere = world(() => storage);
    await createStore({
      backend: scriptedBackend(canary('A')),
      player: 'A',
      environment: elsewhere.environment,
    }).signOut();
    (sleeper!.backend as ReturnType<typeof scriptedBackend>).script = failure('forbidden');
    follow(sleeper!);
    await until(() => sleeper!.snapshot.problem?.code === 'forbidden' && sleeper!.snapshot.library === undefined);
    await turns();
    // A visitor who comes begins a session, as on a new page; nothing of before is in it.
    expect(JSON.stringify([sleeper!.snapshot, await rawContents(factory)])).not.toContain('canary');
  });
});

describe('controls: what the same checks catch', () => {
  const rekeyed =
    (change: (key: readonly string[]) => string[]) =>
    (storage: KeyValueStorage): KeyValueStorage => ({
      get: (key: readonly string[]) => storage.get(change(key)),
      update: (key, next, { beside, ...options } = {}) =>
        storage.update(change(key), next, { ...options, ...(beside && { beside: change(beside) }) }),
      deleteWhere: storage.deleteWhere,
    });

  it('a key without the player leaks', async () => {
    const home = shared(rekeyed((key) => key.filter((_, index) => index !== 3)));
    const a = home.open('A', canary('A'));
    follow(a);
    await until(() => a.snapshot.library !== undefined);
    await turns();
    expect(await leaks(home)).toBe(true);
    await a.signOut();
    expect(await rawContents(home.factory)).toContain('canary-A');
  });

  it('a write that asks nobody inside its transaction lands after the sign-out', async () => {
    // The storage's own copy of a careless cache: it decides before the transaction, and writes later.
    const home = shared((storage) => ({
      ...storage,
      async update(key, next, options) {
        if (key.at(-1) === 'session') return storage.update(key, next, options);
        const value = next(await storage.get(key), options?.beside && (await storage.get(options.beside)));
        await turns(20);
        await storage.update(key, () => value);
      },
    }));
    const store = home.open('A', canary('A'));
    follow(store);
    await until(() => store.snapshot.library !== undefined);
    await turns(10);
    await store.signOut();
    await turns(60);
    expect(await rawContents(home.factory)).toContain('canary-A');
  });
});
