import { expect } from '@open-wc/testing';
import type { Achievement, Backend, Fresh } from '../../../src/model/index.js';
import { ProblemError, systemClock } from '../../../src/model/index.js';
import { indexedDbStorage } from '../../../src/store/indexeddb.js';
import { createStore, type Snapshot, type Store, type StoreOptions } from '../../../src/store/index.js';

const DATABASE = 'achievement-elements';

const achievement = (id: string, state: Achievement['state'] = 'locked'): Achievement => ({
  key: `test:${id}`,
  id,
  backend: 'test',
  name: id,
  description: '',
  state,
  secret: false,
  revoked: false,
  requirements: [],
  rewards: [],
  media: {},
  platforms: [],
  titles: [],
  campaigns: [],
});

const answer = (state: Achievement['state'] = 'locked'): Fresh => ({
  achievements: [achievement('a', state)],
  validator: { digest: state },
});

const offline = new ProblemError({ code: 'forbidden', message: 'Played.' });

function backend(answers: Fresh | ProblemError): Backend {
  return {
    id: 'test',
    scope: 'https://service.example/',
    async pull() {
      if (answers instanceof ProblemError) throw answers;
      return answers;
    },
  };
}

const stores: Store[] = [];

/** A visit of the player: a new store, as after a reload. */
function visit(answers: Fresh | ProblemError, options: Partial<StoreOptions> = {}): Store {
  const store = createStore({ backend: backend(answers), player: 'p1', ...options });
  stores.push(store);
  return store;
}

function when(store: Store, isTrue: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve) => {
    const stop = store.subscribe((snapshot) => {
      if (!isTrue(snapshot)) return;
      queueMicrotask(() => stop());
      resolve(snapshot);
    });
  });
}

function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** How long something takes, in milliseconds. */
async function timed(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

/** What is on the device, once the last write has ended: writes are not waited for, but transactions have an order. */
async function contents(): Promise<string> {
  const database = await requested(indexedDB.open(DATABASE));
  try {
    if (!database.objectStoreNames.contains('cache')) return '';
    const objectStore = database.transaction('cache', 'readwrite').objectStore('cache');
    return JSON.stringify(await Promise.all([requested(objectStore.getAllKeys()), requested(objectStore.getAll())]));
  } finally {
    database.close();
  }
}

/** What a later visit without a service shows. */
async function kept(): Promise<Achievement['state'] | undefined> {
  const store = visit(offline);
  const { library } = await when(store, ({ problem }) => problem !== undefined);
  return library?.achievements[0]?.state;
}

describe('a store on a real device', () => {
  beforeEach(async () => {
    // The connection of the page gets out of the way, or this never ends.
    await requested(indexedDB.deleteDatabase(DATABASE));
  });

  afterEach(() => {
    for (const store of stores.splice(0)) store.dispose();
  });

  it('keeps an answer for the next visit, and paints from it before the service answers', async () => {
    const store = visit(answer('unlocked'));
    await store.refresh();
    expect(store.snapshot.storage).to.equal('persistent');
    await contents();
    const next = createStore({
      backend: { ...backend(offline), pull: () => new Promise(() => undefined) },
      player: 'p1',
    });
    stores.push(next);
    let painted: Snapshot | undefined;
    const took = await timed(
      when(next, ({ library }) => library !== undefined).then((snapshot) => (painted = snapshot)),
    );
    expect(took).to.be.below(500);
    expect(painted?.activity).to.equal('syncing');
    expect(painted?.library?.achievements[0]?.state).to.equal('unlocked');
  });

  it('does not hold up another version of the page that upgrades the database', async () => {
    await visit(answer()).refresh();
    let upgraded!: IDBDatabase;
    const took = await timed(
      requested(indexedDB.open(DATABASE, 5)).then((database) => {
        upgraded = database;
      }),
    );
    expect(took).to.be.below(1000);
    expect(upgraded.version).to.equal(5);

    // While the other has the database open, and after it.
    const store = visit(answer('unlocked'));
    await store.refresh();
    await contents();
    expect(store.snapshot.storage).to.equal('persistent');
    expect(await kept()).to.equal('unlocked');
    upgraded.close();
  });

  it('gets on with a database that is deleted in the middle of everything', async () => {
    const store = visit(answer());
    await store.refresh();
    const took = await timed(
      Promise.all([store.refresh(), requested(indexedDB.deleteDatabase(DATABASE)), store.refresh()]),
    );
    expect(took).to.be.below(1000);
    expect(store.snapshot.problem).to.equal(undefined);
    await visit(answer('unlocked')).refresh();
    await contents();
    expect(await kept()).to.equal('unlocked');
  });

  it('opens a connection anew that closed, whoever closed it', async () => {
    const opened: IDBDatabase[] = [];
    const factory = {
      open(name: string, version?: number) {
        const request = indexedDB.open(name, version);
        request.addEventListener('success', () => opened.push(request.result));
        return request;
      },
    } as IDBFactory;
    const storage = indexedDbStorage(() => factory, systemClock);
    await storage.update(['a'], () => 1);
    opened[0]!.close();
    expect(await storage.get(['a'])).to.equal(1);
    opened[1]!.close();
    opened[1]!.dispatchEvent(new Event('close'));
    await storage.update(['a'], (present) => (present as number) + 1);
    expect(await storage.get(['a'])).to.equal(2);
    expect(opened).to.have.length(3);
    opened[2]!.close();
  });

  it('completes a database that lacks the object store', async () => {
    const request = indexedDB.open(DATABASE, 3);
    request.onupgradeneeded = () => void request.result.createObjectStore('foreign');
    (await requested(request)).close();
    await visit(answer('unlocked')).refresh();
    await contents();
    expect(await kept()).to.equal('unlocked');
  });

  it('leaves nothing of a player who signs out, and everything of the other', async () => {
    const a = visit(answer(), { player: 'canary-A' });
    const b = visit(answer(), { player: 'canary-B' });
    await Promise.all([a.refresh(), b.refresh()]);
    expect(await contents()).to.contain('canary-A');
    await a.signOut();
    const left = await contents();
    expect(left).not.to.contain('canary-A');
    expect(left).to.contain('canary-B');
    expect(a.snapshot.problem).to.equal(undefined);
  });

  it('keeps an answer with something in it that no device takes: only what is read of it is kept', async () => {
    const odd = { ...answer('unlocked'), validator: { digest: 'x', remind: () => undefined } };
    const hints: string[] = [];
    const store = visit(odd, { environment: { hint: (message) => hints.push(message) } });
    await when(store, ({ library }) => library !== undefined);
    await store.refresh();
    const { library } = await when(visit(offline), ({ library }) => library !== undefined);
    expect(library?.achievements[0]?.state).to.equal('unlocked');
    expect([store.snapshot.storage, hints]).to.deep.equal(['persistent', []]);
  });

  it('hears of the connection, and no more once nobody is subscribed', async () => {
    let requests = 0;
    const offlineBackend: Backend = {
      ...backend(offline),
      async pull() {
        requests += 1;
        throw new ProblemError({ code: 'offline', message: 'Played.', retryAfter: 60_000 });
      },
    };
    const store = createStore({ backend: offlineBackend, player: 'p1', environment: { random: () => 0 } });
    stores.push(store);
    const stop = store.subscribe(() => undefined);
    await store.refresh();
    expect(store.snapshot.activity).to.equal('paused');
    stop();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requests).to.equal(1);
    expect(store.snapshot.activity).to.equal('idle');
  });
});
