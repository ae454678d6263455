import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import * as idbKeyval from 'idb-keyval';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { indexedDbStorage } from '../../../src/store/indexeddb.js';
import { FAULTS, type Fault, type FaultyFactory, faultyFactory } from './faults.js';
import {
  achievement,
  countingClock,
  failure,
  follow,
  fresh,
  rawContents,
  scriptedBackend,
  turns,
  world,
  type Script,
  type World,
} from './support.js';

const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);
beforeAll(() => void process.on('unhandledRejection', note).on('uncaughtException', note));
afterAll(() => void process.off('unhandledRejection', note).off('uncaughtException', note));

let livesLived = 0;

/** The longest that anything may take, in milliseconds of the played clock: two tries of opening, healing and working. */
const LONGEST = 12_000;

type OpenStorage = (factory: FaultyFactory, world: World) => KeyValueStorage;

const ours: OpenStorage = (factory, { clock }) => indexedDbStorage(factory.get, clock);

/** idb-keyval as it comes, with what it has for the same jobs. */
const stock: OpenStorage = (factory) => {
  Object.defineProperty(globalThis, 'indexedDB', { get: factory.get, configurable: true });
  let useStore: idbKeyval.UseStore | undefined;
  const store = () => (useStore ??= idbKeyval.createStore('achievement-elements', 'cache'));
  return {
    get: (key) => idbKeyval.get([...key], store()),
    update: (key, next) => idbKeyval.update([...key], (present) => next(present) ?? present, store()),
    async deleteWhere(matches) {
      const keys = await idbKeyval.keys<string[]>(store());
      await idbKeyval.delMany(keys.filter(matches), store());
    },
  };
};

const old = fresh([achievement('a', { name: 'canary' })], { validator: { digest: 'old' } });
const now = fresh([achievement('a', { name: 'canary', state: 'unlocked' })], { validator: { digest: 'new' } });

/** Lets the played time pass in which something has to come true; says whether it did. */
async function within(limit: number, { clock }: World, isTrue: () => boolean): Promise<boolean> {
  await turns(12);
  for (let passed = 0; !isTrue() && passed < limit; passed += 500) {
    await clock.advance(500);
    await turns(12);
  }
  return isTrue();
}

const operations = ['read', 'write', 'pin', 'delete'] as const;

/** One life with a fault: what went wrong of what is promised. */
async function live(
  fault: Fault,
  operation: (typeof operations)[number],
  from: number,
  isLasting: boolean,
  openStorage: OpenStorage,
): Promise<{ hasStruck: boolean; broken: string[] }> {
  const broken: string[] = [];
  const factory = new FakeFactory();
  const clock = countingClock();
  const visit = (storage: KeyValueStorage, script: Script) => {
    const here = world(() => storage, clock);
    const backend = scriptedBackend(script);
    return { ...here, backend, store: createStore({ backend, player: 'A', environment: here.environment }) };
  };

  // An earlier visit, on a device without faults.
  if (operation !== 'write') {
    const before = visit(
      indexedDbStorage(() => factory, clock),
      old,
    );
    follow(before.store);
    void before.store.pin('test:before');
    void before.store.choose('canary', { sort: 'name' });
    await turns(40);
    before.store.dispose();
    // Long enough ago: this is another visit.
    await clock.advance(1_800_001);
  }

  const faulty = faultyFactory(factory, fault, from, isLasting);
  let unfinished = 0;
  const counted = <T>(work: Promise<T>): Promise<T> => {
    unfinished += 1;
    return work.finally(() => (unfinished -= 1));
  };
  const device = openStorage(
    faulty,
    world(() => device, clock),
  );
  const storage: KeyValueStorage = {
    get: (key) => counted(device.get(key)),
    update: (key, next, options) => counted(device.update(key, next, options)),
    deleteWhere: (matches) => counted(device.deleteWhere(matches)),
  };
  const { store, backend, ...here } = visit(storage, now);
  follow(store);
  const isShown = () => store.snapshot.library?.achievements[0]?.state === 'unlocked';
  if (!(await within(500, here, isShown))) broken.push('the list is not shown within 500 ms');
  if (store.snapshot.problem) broken.push(`a problem is shown: ${store.snapshot.problem.code}`);
  if (operation === 'pin') {
    let isOver = false;
    void Promise.all([store.pin('test:a'), store.choose('main', { layout: 'grid' })]).then(() => (isOver = true));
    const isThere = () => store.snapshot.memory?.pinned.has('test:a') && store.snapshot.memory.choices.main;
    if (!isThere()) broken.push('a pin is not shown at once');
    if (!(await within(LONGEST, here, () => isOver))) broken.push('pinning never ends');
    if (!isThere()) broken.push('a pin goes away');
  }
  if (operation === 'delete') {
    let isOver = false;
    void store.signOut().then(() => (isOver = true));
    if (store.snapshot.library || store.snapshot.memory) broken.push('something is shown after signing out');
    if (!(await within(LONGEST, here, () => isOver))) broken.push('signing out never ends');
    const isGone = !(await rawContents(factory)).includes('canary');
    const isAbsent = /SecurityError|undefined/.test(fault.name);
    if (!isGone && !store.snapshot.problem && !isAbsent) broken.push('data is left, and nobody is told');
    const places: Fault['place'][] = ['open', 'transaction'];
    if (!isLasting && isGone && store.snapshot.problem && !places.includes(fault.place) && fault.place !== 'commit')
      broken.push('a problem that is none');
  }
  // Whatever hangs comes to an end.
  if (!(await within(LONGEST, here, () => clock.waiting.length === 0))) broken.push('a timer is left');
  if (!(await within(LONGEST, here, () => unfinished === 0))) broken.push('a call of the storage never ends');
  if (fault.isTransient && !isLasting) {
    if (here.hints.length > 0) broken.push('a passing fault was noticed');
    if (operation !== 'write' && backend.requests[0]?.digest !== 'old') broken.push('the cache was not read');
    if (operation !== 'write' && operation !== 'delete' && !store.snapshot.memory?.pinned.has('test:before'))
      broken.push('the pins were not read');
  }
  const { hasStruck } = faulty;
  livesLived += 1;
  if (here.hints.length > 1) broken.push(`${here.hints.length} hints`);
  const isRefused = isLasting && ['factory', 'open'].includes(fault.place);
  if (hasStruck && isRefused && store.snapshot.storage !== 'memory') broken.push('storage is not what is said');
  if (store.snapshot.storage === 'memory' && here.hints.length === 0) broken.push('no hint about the storage');

  // The device is fine again: without a reload, so is the store.
  faulty.heal();
  if (operation === 'delete') {
    let isOver = false;
    void store.signOut().then(() => (isOver = true));
    await within(LONGEST, here, () => isOver);
    if ((await rawContents(factory)).includes('canary')) broken.push('data is left when the device is fine again');
  }
  void store.refresh();
  await within(1000, here, () => store.snapshot.activity !== 'syncing');
  await turns(40);
  // What was removed under its feet it writes again, once nobody has said that the player signed out.
  await clock.advance(500);
  await turns(40);
  if (store.snapshot.storage !== 'persistent') broken.push('the storage is not used again');
  if (operation === 'pin') {
    void store.pin('test:more');
    await turns(40);
  }
  store.dispose();
  const after = visit(
    indexedDbStorage(() => factory, clock),
    failure('forbidden'),
  );
  follow(after.store);
  await within(500, after, () => after.store.snapshot.problem !== undefined);
  if (after.store.snapshot.library?.achievements[0]?.state !== 'unlocked') broken.push('the next visit has no list');
  const { memory } = after.store.snapshot;
  const wasDeleted = fault.name.includes('deleted');
  const hasPin = (id: string) => memory?.pinned.has(`test:${id}`);
  if (operation === 'pin') {
    if (!hasPin('more') || !(hasPin('a') || wasDeleted)) broken.push('the next visit has not the new pins');
  }
  if (operation === 'pin' || operation === 'read') {
    // A device that gives something else for what it had can only be believed.
    const isOver = wasDeleted || fault.place === 'value';
    if (!isOver && !hasPin('before')) broken.push('the next visit has not the old pins');
    if (!isOver && !memory?.lastVisit) broken.push('the visit before is lost');
  }
  after.store.dispose();
  return { hasStruck, broken };
}

/** Strikes the first operation, the second, … until there is none left to strike. */
async function allLives(fault: Fault, operation: (typeof operations)[number], openStorage: OpenStorage) {
  const broken: string[] = [];
  let count = 0;
  for (const isLasting of [false, true]) {
    for (let from = 1; ; from++) {
      expect(from).toBeLessThan(40);
      const life = await live(fault, operation, from, isLasting, openStorage);
      if (!life.hasStruck) break;
      count += 1;
      broken.push(...life.broken.map((what) => `${isLasting ? 'from' : 'at'} ${from}: ${what}`));
    }
  }
  return { count, broken };
}

describe.each(operations)('a fault at every step of a %s', (operation) => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    uncaught.length = 0;
    const { count, broken } = await allLives(fault, operation, ours);
    expect(broken).toEqual([]);
    expect(uncaught).toEqual([]);
    if (operation === 'read' && fault.place !== 'value') expect(count).toBeGreaterThan(0);
  });
});

it('there were many', () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(30);
  expect(livesLived).toBeGreaterThan(400);
});

describe('control: idb-keyval as it comes', () => {
  afterEach(() => void delete (globalThis as { indexedDB?: unknown }).indexedDB);

  it.each([
    'open: never settles',
    'open: blocked for ever',
    'open: UnknownError, server lost',
    'transaction: InvalidStateError, closing',
    'transaction: the connection was closed, and nothing told',
    'request: never settles',
    'commit: aborts without an error',
    'commit: never completes',
  ])('breaks the promises with %s', async (name) => {
    const fault = FAULTS.find((candidate) => candidate.name === name)!;
    const broken: string[] = [];
    for (const operation of operations) {
      for (const from of [1, 2, 3]) broken.push(...(await live(fault, operation, from, false, stock)).broken);
    }
    expect(broken).not.toEqual([]);
  });
});
