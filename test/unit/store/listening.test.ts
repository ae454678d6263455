import { beforeEach, describe, expect, it } from 'vitest';
import { combine } from '../../../src/backends/combine.js';
import type { Backend, Change, ProgressUpdate } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { Environment, KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { Store, StoreOptions } from '../../../src/store/store.js';
import { achievement, countingClock, deferred, follow, fresh, scriptedBackend, turns, world } from './support.js';

const SECOND = 1000;
const ORIGIN = 'https://service.example';
/** The longest that a page without a connection takes to ask, with what its timers are spread by, and a look for room. */
const WITHIN = 50 * SECOND;

/** Locks and channels of all pages of an origin, as browsers keep them. */
function origin() {
  const held = new Set<string>();
  const channels = new Map<string, Set<(message: unknown) => void>>();
  const queues = new Map<string, Promise<unknown>>();
  return {
    held,
    names: () => [...channels.keys()],
    listeners: () => [...channels.values()].reduce((sum, { size }) => sum + size, 0),
    openChannel(name, listener) {
      const listeners = channels.get(name) ?? new Set();
      channels.set(name, listeners.add(listener));
      return {
        post: (message) => [...listeners].filter((other) => other !== listener).forEach((other) => other(message)),
        close: () => void listeners.delete(listener),
      };
    },
    locks: {
      request(name, _signal, work) {
        const done = (queues.get(name) ?? Promise.resolve()).then(work);
        queues.set(
          name,
          done.catch(() => undefined),
        );
        return done;
      },
      async requestIfFree(name, work) {
        await Promise.resolve();
        if (held.has(name)) return undefined;
        held.add(name);
        try {
          return await work();
        } finally {
          held.delete(name);
        }
      },
    },
  } satisfies Pick<Environment, 'locks' | 'openChannel'> & {
    held: Set<string>;
    names: () => string[];
    listeners: () => number;
  };
}

/** A service that pushes, and counts who is connected. */
function service() {
  const open = new Set<{ readonly changed: (hint?: Change) => void }>();
  let most = 0;
  return {
    open,
    get most() {
      return most;
    },
    tell: (hint?: Change) => [...open].forEach(({ changed }) => changed(hint)),
    listen: (at: string): Pick<Backend, 'listen' | 'holdsConnection'> => ({
      holdsConnection: true,
      listen(changed, call) {
        const connect = () =>
          new Promise<void>((resolve) => {
            const connection = { changed };
            open.add(connection);
            most = Math.max(most, open.size);
            const end = () => {
              open.delete(connection);
              resolve();
            };
            if (call.signal.aborted) end();
            else call.signal.addEventListener('abort', end);
          });
        void call.hold!(at, connect);
      },
    }),
  };
}

const clock = countingClock();
let around: ReturnType<typeof origin>;
let events: ReturnType<typeof service>;
const stores: Store[] = [];
let ids = 0;

beforeEach(async () => {
  // The connections of a page without locks are counted for the whole page.
  for (const store of stores.splice(0)) store.dispose();
  await turns();
  around = origin();
  events = service();
});

interface PageOptions extends Partial<Omit<StoreOptions, 'environment'>> {
  readonly device?: KeyValueStorage;
  readonly environment?: Partial<Environment>;
}

/** Opens one page with one list of a game. */
function openPage(game: string, { device = memoryStorage(), environment = {}, ...options }: PageOptions = {}) {
  const { page, environment: own } = world(() => device, clock);
  // Unlike everywhere else, ids of several pages meet here.
  const createId = () => `${(ids += 1)}`.padStart(6, '0');
  const backend = scriptedBackend(fresh([achievement('a')]), {
    scope: `${ORIGIN}/${game}`,
    ...events.listen(`${ORIGIN}/${game}/events`),
  });
  const { locks, openChannel } = around;
  const store = createStore({
    backend,
    environment: { ...own, createId, locks, openChannel, ...environment },
    ...options,
  });
  stores.push(store);
  return { backend, page, store, ...follow(store) };
}

const games = (count: number) => Array.from({ length: count }, (_, index) => `game-${index}`);

async function advance(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= SECOND) {
    await clock.advance(Math.min(left, SECOND));
    await turns(2);
  }
}

describe('the connections of all pages to one origin', () => {
  it('begin after the first answer, so that no list waits for one', async () => {
    const answer = deferred<ReturnType<typeof fresh>>();
    const { backend } = openPage('game');
    backend.script = answer.promise;
    await advance(10 * SECOND);
    expect(backend.requests).toHaveLength(1);
    expect(events.open.size).toBe(0);
    answer.resolve(fresh([achievement('a')]));
    await advance(SECOND);
    expect(events.open.size).toBe(1);
  });

  it.each([
    ['of players', { player: 'ada' }],
    ['without a player', {}],
    ['that keep nothing', { player: 'ada', cache: 'memory' as const }],
  ])('are two, %s; everybody else asks, and takes the place of whoever leaves', async (_, options) => {
    const pages = games(12).map((game) => openPage(game, options));
    await advance(10 * SECOND);
    expect(pages.map(({ store }) => store.snapshot.library?.achievements.length)).toEqual(pages.map(() => 1));
    expect([events.open.size, events.most]).toEqual([2, 2]);
    const before = pages.map(({ backend }) => backend.requests.length);
    await advance(WITHIN);
    const asked = pages.map(({ backend }, index) => backend.requests.length - before[index]!);
    expect(asked.filter((times) => times === 0)).toHaveLength(2);
    expect(asked.filter((times) => times === 1 || times === 2)).toHaveLength(10);
    // Hidden, closed and gone.
    const [first, second, ...others] = [...pages].sort(
      (one, other) => asked[pages.indexOf(one)]! - asked[pages.indexOf(other)]!,
    );
    first!.page.change({ visible: false });
    second!.store.dispose();
    await advance(1);
    expect(events.open.size).toBe(0);
    await advance(10 * SECOND);
    expect([events.open.size, events.most]).toEqual([2, 2]);
    for (const { stop } of others) stop();
    await advance(SECOND);
    expect([events.open.size, around.held.size]).toEqual([0, 0]);
    first!.stop();
    await advance(SECOND);
    expect(clock.waiting).toEqual([]);
  });

  it.each([
    ['have no locks', undefined],
    ['may not have locks', { requestIfFree: () => Promise.reject(new DOMException('', 'SecurityError')) }],
    ['have only locks to wait for', {}],
  ])('are two as well where pages %s, and ask each other', async (_, none) => {
    const locks = none && { request: around.locks.request, ...none };
    const pages = games(8).map((game) => openPage(game, { player: 'ada', environment: { locks } }));
    await advance(20 * SECOND);
    expect([events.open.size, events.most]).toEqual([2, 2]);
    for (const page of pages.slice(0, 6)) page.stop();
    await advance(10 * SECOND);
    expect([events.open.size, events.most]).toEqual([2, 2]);
    for (const page of pages) page.stop();
    await advance(SECOND);
    expect([events.open.size, around.listeners(), clock.waiting.length]).toEqual([0, 0, 0]);
  });

  it('are one for the pages of one player and game without locks, too', async () => {
    const device = { ...memoryStorage(), volatile: false };
    const environment = { locks: undefined };
    games(4).forEach(() => openPage('game', { player: 'ada', device, environment }));
    await advance(10 * SECOND);
    expect([events.open.size, events.most]).toEqual([1, 1]);
  });

  it('are one in a page, where pages cannot talk', async () => {
    const refusing = () => {
      throw new DOMException('', 'SecurityError');
    };
    for (const openChannel of [undefined, refusing]) {
      const environment = { locks: undefined, openChannel };
      const pages = games(5).map((game) => openPage(game, { player: 'ada', environment }));
      await advance(10 * SECOND);
      expect(events.open.size).toBe(1);
      for (const { stop } of pages) stop();
      await advance(SECOND);
      expect(events.open.size).toBe(0);
    }
  });

  it('are not given away to whoever says something else', async () => {
    const post = (message: unknown) => {
      for (const name of around.names()) around.openChannel(name, () => undefined).post(message);
    };
    openPage('game', { environment: { locks: undefined } });
    await clock.advance(100);
    for (const message of [null, 'refused', { v: 2, ask: '' }, { v: 1, refused: 'x' }, { v: 1, ask: 7 }]) post(message);
    await advance(SECOND);
    expect(events.open.size).toBe(1);
  });

  it('are of each origin their own, also of the parts of one library', async () => {
    const other = 'https://other.example';
    for (const game of games(4)) {
      const { environment } = world(memoryStorage, clock);
      const part = (at: string) =>
        scriptedBackend(fresh([achievement('a')]), {
          scope: `${at}/${game}`,
          ...events.listen(`${at}/${game}/events`),
        });
      const store = createStore({
        backend: combine(part(ORIGIN), part(other)),
        environment: { ...environment, locks: around.locks, openChannel: around.openChannel },
      });
      stores.push(store);
      follow(store);
    }
    await advance(10 * SECOND);
    expect(events.open.size).toBe(4);
    const of = (at: string) => [...around.held].filter((name) => name.includes(`"${at}"`)).length;
    expect([of(ORIGIN), of(other)]).toEqual([2, 2]);
  });

  it('are one for the pages of one player and game, and the others hear of changes from it', async () => {
    const device = { ...memoryStorage(), volatile: false };
    const pages = [1, 2, 3, 4].map(() => openPage('game', { player: 'ada', device }));
    await advance(10 * SECOND);
    expect(events.open.size).toBe(1);
    const asked = () => pages.reduce((sum, { backend }) => sum + backend.requests.length, 0);
    const before = asked();
    await advance(3 * WITHIN);
    expect(asked(), 'nothing changed').toBe(before);
    for (const { backend } of pages) backend.script = fresh([achievement('a'), achievement('b')]);
    events.tell();
    await advance(3 * SECOND);
    expect(asked()).toBe(before + 1);
    for (const { store } of pages) expect(store.snapshot.library?.achievements).toHaveLength(2);
  });
});

describe('a service that floods a page', () => {
  const step = (current: number): ProgressUpdate => ({ achievement: 'a', requirements: [{ id: '0', current }] });

  async function flooded(hints: readonly (Change | undefined)[], milliseconds: number) {
    const page = openPage('game');
    page.backend.script = fresh([
      achievement('a', { requirements: [{ id: '0', current: 0, target: 100_000, unit: 'count' }] }),
      achievement('b', { requirements: [{ id: '0', current: 0, target: 100_000, unit: 'count' }] }),
    ]);
    await advance(5 * SECOND);
    const before = [page.snapshots.length, page.backend.requests.length];
    for (let sent = 0; sent < milliseconds; sent += 10) {
      const from = (hints.length * sent) / milliseconds;
      for (const hint of hints.slice(from, from + (hints.length * 10) / milliseconds)) events.tell(hint);
      await clock.advance(10);
    }
    await clock.advance(400);
    return { ...page, shown: page.snapshots.length - before[0]!, asked: page.backend.requests.length - before[1]! };
  }

  const currents = ({ snapshot }: Store) =>
    snapshot.library?.achievements.map(({ requirements }) => requirements[0]?.current);

  it('costs a few snapshots and not one for each of 10,000 events, and the last one counts', async () => {
    const steps = Array.from({ length: 10_000 }, (_, index) => ({ updates: [step(index + 1)] }));
    const { store, shown, asked } = await flooded(steps, SECOND);
    expect(shown).toBeGreaterThan(3);
    expect(shown).toBeLessThan(12);
    expect(asked).toBeLessThan(3);
    expect(currents(store)).toEqual([10_000, 0]);
  });

  it('is not even read but for the latest of its events', async () => {
    let read = 0;
    const steps = Array.from({ length: 10_000 }, (_, index) => ({
      get updates() {
        read += 1;
        return [step(index + 1)];
      },
    }));
    const { store } = await flooded(steps, SECOND);
    expect(read).toBeLessThan(1500);
    expect(currents(store)).toEqual([10_000, 0]);
  });

  it('shows one event at once, and what two of them tell together', async () => {
    const { store } = await flooded([{ updates: [step(5)] }], 10);
    expect(currents(store)).toEqual([5, 0]);
    events.tell({ updates: [step(6)] });
    expect(currents(store)).toEqual([6, 0]);
    events.tell({ updates: [{ ...step(3), achievement: 'b' }] });
    events.tell({ updates: [step(7)] });
    expect(currents(store)).toEqual([6, 0]);
    await clock.advance(100);
    expect(currents(store)).toEqual([7, 3]);
  });

  it('asks all the same where what it says cannot be read', async () => {
    const broken = {
      get updates(): readonly ProgressUpdate[] {
        throw new Error('Played');
      },
    };
    const nonsense = { updates: [null] as unknown as readonly ProgressUpdate[] };
    const { backend } = await flooded([nonsense, nonsense, broken, nonsense], 10);
    const before = backend.requests.length;
    await advance(3 * SECOND);
    expect(backend.requests.length).toBe(before + 1);
  });
});

describe('a store that several have', () => {
  it('asks as often as the one that wants it most, as long as it is there', async () => {
    const { backend, store } = openPage('game');
    await advance(SECOND);
    const asked = async (seconds: number) => {
      const before = backend.requests.length;
      await advance(seconds * SECOND);
      return backend.requests.length - before;
    };
    const slow = store.subscribe(() => undefined, { refresh: 60 });
    // The one after the connection stood is over.
    await advance(130 * SECOND);
    expect(await asked(130)).toBe(2);
    const quick = store.subscribe(() => undefined, { refresh: 10 });
    // The last time was longer ago than that.
    expect(await asked(55)).toBe(6);
    quick();
    // One more is planned already.
    await advance(11 * SECOND);
    expect(await asked(130)).toBe(2);
    slow();
    await advance(70 * SECOND);
    expect(await asked(130)).toBe(0);
  });
});
