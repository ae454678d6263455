import { describe, expect, it } from 'vitest';
import type { Achievement, Fresh, PlayerMemory } from '../../../src/model/index.js';
import { sectionsOf } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { Store, StoreOptions } from '../../../src/store/store.js';
import {
  achievement,
  deferred,
  device,
  failure,
  follow,
  fresh,
  contentsOfPlayers,
  rawContents,
  scriptedBackend,
  type Script,
  turns,
  until,
  world,
} from './support.js';

const MINUTE = 60_000;
const GAP = 30 * MINUTE;
const EMPTY: PlayerMemory = { pinned: new Set(), choices: {} };
const keyFor = (part: string, player = 'p1') => ['1', 'test', 'https://service.example/achievements', player, '', part];

const locked = [achievement('a'), achievement('b')];
const unlocked = [achievement('a', { state: 'unlocked' }), achievement('b')];

/** One device and one clock; every store is a page of its own. */
function home(adapt: (storage: KeyValueStorage) => KeyValueStorage = (storage) => storage) {
  const { factory, storage: real } = device();
  const storage = adapt(real);
  const here = world(() => storage);
  const open = (script: Script = fresh(locked), options: Partial<StoreOptions> = {}, members = {}): Store => {
    const backend = scriptedBackend(script, members);
    return createStore({ backend, player: 'p1', environment: here.environment, ...options });
  };
  /** A page that is opened, has its answer and what follows of it, and is closed. */
  const visit = async (script?: Script): Promise<PlayerMemory> => {
    const store = open(script);
    await store.refresh();
    await turns();
    store.dispose();
    return store.snapshot.memory!;
  };
  return { ...here, factory, storage: real, open, visit };
}

const pinsOf = ({ snapshot }: Store) => [...(snapshot.memory?.pinned ?? [])];

describe('pins and choices', () => {
  it('are in the snapshot at once, and there again after a reload, in the order of pinning', async () => {
    const { open, visit } = home();
    const store = open();
    await store.refresh();
    expect(store.snapshot.memory).toEqual(EMPTY);
    const kept = [store.pin('test:b'), store.pin('test:a'), store.choose('main', { sort: 'name', collapsed: ['x'] })];
    const memory = { pinned: new Set(['test:b', 'test:a']), choices: { main: { sort: 'name', collapsed: ['x'] } } };
    expect(store.snapshot.memory).toEqual(memory);
    expect(pinsOf(store)).toEqual(['test:b', 'test:a']);
    await Promise.all(kept);
    expect(store.snapshot.storage).toBe('persistent');
    const again = await visit();
    expect(again).toEqual(memory);
    expect([...again.pinned]).toEqual(['test:b', 'test:a']);
  });

  it('are taken back', async () => {
    const { open, visit } = home();
    const store = open();
    await store.refresh();
    await store.pin('test:a');
    await store.choose('main', { layout: 'grid' });
    await store.choose('other', { filter: 'locked' });
    void store.pin('test:a', false);
    const forgotten = store.choose('main', undefined);
    const memory = { pinned: new Set(), choices: { other: { filter: 'locked' } } };
    expect(store.snapshot.memory).toEqual(memory);
    await forgotten;
    expect(await visit()).toEqual(memory);
  });

  it('make a new object only where they change something', async () => {
    const { open } = home();
    const store = open([fresh(locked), 'unchanged']);
    await store.refresh();
    const { memory: empty } = store.snapshot;
    await store.pin('test:a');
    const { memory } = store.snapshot;
    expect(memory).not.toBe(empty);
    expect(empty).toEqual(EMPTY);
    const log = follow(store);
    await store.pin('test:a');
    await store.pin('test:b', false);
    await store.choose('main', undefined);
    await store.refresh();
    await turns();
    expect(store.snapshot.memory).toBe(memory);
    expect(log.snapshots.every((snapshot) => snapshot.memory === memory)).toBe(true);
  });

  it.each([['__proto__'], ['constructor'], ['']])('of a list with the name “%s” are that list’s', async (name) => {
    const { open, visit } = home();
    const store = open();
    await store.choose(name, { sort: 'name' });
    await turns();
    expect(Object.entries((await visit()).choices)).toEqual([[name, { sort: 'name' }]]);
  });

  it('of two tabs stay both, and each sees the other’s with its next change', async () => {
    const { open, visit } = home();
    const one = open();
    const two = open();
    await Promise.all([one.refresh(), two.refresh()]);
    await Promise.all([
      one.pin('test:a'),
      two.pin('test:b'),
      one.choose('main', { sort: 'name' }),
      two.choose('other', { layout: 'grid' }),
    ]);
    const { pinned, choices } = await visit();
    expect([...pinned].sort()).toEqual(['test:a', 'test:b']);
    expect(choices).toEqual({ main: { sort: 'name' }, other: { layout: 'grid' } });
    await two.pin('test:a', false);
    expect(pinsOf(two)).toEqual(['test:b']);
    await one.pin('test:c');
    expect(pinsOf(one)).toEqual(['test:b', 'test:c']);
  });

  it('control: of two tabs that write what they know, the last one wins', async () => {
    // A storage whose transactions do not see what is there: what a plain `put` would be.
    const { open, visit } = home((storage) => ({
      ...storage,
      update: (key, next, options) =>
        storage.update(key, (present, beside) => next(key.at(-1) === 'session' ? present : undefined, beside), options),
    }));
    const one = open();
    const two = open();
    await Promise.all([one.refresh(), two.refresh()]);
    await one.pin('test:a');
    await two.pin('test:b');
    expect([...(await visit()).pinned]).toEqual(['test:b']);
  });

  it('are kept before anything is read, and come together with what is there', async () => {
    const { open } = home();
    await open().pin('test:a');
    const asleep = open();
    expect(asleep.snapshot.memory).toBeUndefined();
    const kept = asleep.pin('test:b');
    expect(pinsOf(asleep)).toEqual(['test:b']);
    await kept;
    expect(pinsOf(asleep)).toEqual(['test:a', 'test:b']);
  });

  it('do not go away where the device reads slowly what was there before', async () => {
    const gate = deferred<void>();
    const { open } = home((storage) => ({
      ...storage,
      async get(key) {
        const value = await storage.get(key);
        if (key.at(-1) !== 'session') await gate.promise;
        return value;
      },
    }));
    const store = open();
    follow(store);
    await turns();
    await store.pin('test:a');
    gate.resolve();
    await until(() => store.snapshot.library !== undefined);
    expect(pinsOf(store)).toEqual(['test:a']);
  });

  it('do not depend on the language, but on the player, the service and its address', async () => {
    const { open } = home();
    await open().pin('test:a');
    for (const [expected, options, members] of [
      [['test:a'], { locale: 'de' }, {}],
      [[], { player: 'p2' }, {}],
      [[], {}, { id: 'other' }],
      [[], {}, { scope: 'https://other.example/' }],
    ] as const) {
      const store = open(fresh(locked), options, members);
      await store.refresh();
      expect(pinsOf(store), JSON.stringify([options, members])).toEqual(expected);
    }
  });
});

describe('the memory', () => {
  it('comes with the library of an earlier visit, and no listener sees the one without the other', async () => {
    const { open, visit } = home();
    await open().pin('test:a');
    await visit();
    const store = open(new Promise<never>(() => undefined));
    const log = follow(store);
    await until(() => store.snapshot.library !== undefined);
    for (const { library, memory } of log.snapshots) expect(library === undefined).toBe(memory === undefined);
    expect(pinsOf(store)).toEqual(['test:a']);
  });

  it('is empty, and there, where nothing is kept', async () => {
    for (const options of [{ player: undefined }, { cache: 'memory' }] as const) {
      const { open, factory } = home();
      const store = open(fresh(locked), options as Partial<StoreOptions>);
      await store.refresh();
      expect(store.snapshot.memory).toEqual(EMPTY);
      await store.pin('test:canary');
      await store.choose('canary', { sort: 'name' });
      await turns();
      expect(store.snapshot.memory).toEqual({
        pinned: new Set(['test:canary']),
        choices: { canary: { sort: 'name' } },
      });
      expect(store.snapshot.storage).toBe('memory');
      expect(await rawContents(factory)).toBe('[]');
    }
  });

  it('goes on in memory where the device refuses, and is kept when it does no more', async () => {
    let isRefusing = true;
    const { open, visit, hints } = home((storage) => {
      const or = <T>(work: () => Promise<T>) =>
        isRefusing ? Promise.reject(new DOMException('Full', 'QuotaExceededError')) : work();
      return {
        ...storage,
        get: (key) => or(() => storage.get(key)),
        update: (key, next, options) => or(() => storage.update(key, next, options)),
      };
    });
    const store = open();
    await store.refresh();
    await store.pin('test:a');
    await store.choose('main', { sort: 'name' });
    expect(store.snapshot).toMatchObject({ storage: 'memory' });
    expect(pinsOf(store)).toEqual(['test:a']);
    expect(hints).toHaveLength(1);
    isRefusing = false;
    await store.pin('test:b');
    expect(store.snapshot.storage).toBe('persistent');
    expect(await visit()).toEqual({ pinned: new Set(['test:a', 'test:b']), choices: { main: { sort: 'name' } } });
  });

  it('that the device did not tell comes with the next answer', async () => {
    let isRefusing = true;
    const { open, visit } = home((storage) => ({
      ...storage,
      get: (key) => (isRefusing ? Promise.reject(new Error('lost')) : storage.get(key)),
    }));
    await open().pin('test:a');
    const store = open([fresh(locked), 'unchanged']);
    await store.refresh();
    await turns();
    expect(store.snapshot.memory).toEqual(EMPTY);
    isRefusing = false;
    await store.refresh();
    await turns();
    expect(pinsOf(store)).toEqual(['test:a']);
    expect([...(await visit()).pinned]).toEqual(['test:a']);
  });
});

describe('signing out', () => {
  it('takes everything from the snapshot and the device', async () => {
    const { open, visit, factory, clock } = home();
    await visit();
    await clock.advance(GAP + 1);
    const store = open(fresh(unlocked));
    await store.refresh();
    await store.pin('test:a');
    await store.choose('canary', { sort: 'name' });
    await turns();
    expect(await rawContents(factory)).toContain('canary');
    expect(store.snapshot.memory?.lastVisit).toBeDefined();
    const log = follow(store);
    const removed = store.signOut();
    expect(store.snapshot.memory).toBeUndefined();
    await removed;
    expect(log.snapshots.filter(({ memory }) => memory).every(({ library }) => library)).toBe(true);
    expect(await contentsOfPlayers(factory)).toEqual([]);
    await store.pin('test:late');
    await store.choose('late', {});
    expect(store.snapshot.memory).toBeUndefined();
    expect(await contentsOfPlayers(factory)).toEqual([]);
    // Whoever comes back has a first visit.
    await store.refresh();
    expect(store.snapshot.memory).toEqual(EMPTY);
  });

  it.each(['pin', 'choose', 'note'])('wins against a %s at any moment', async (what) => {
    for (let moment = 0; moment < 16; moment++) {
      const { open, factory } = home();
      const store = open();
      follow(store);
      if (what !== 'note') await until(() => store.snapshot.memory !== undefined);
      if (what === 'pin') void store.pin('test:canary');
      if (what === 'choose') void store.choose('canary', {});
      await turns(moment);
      await store.signOut();
      await turns(10);
      expect(await contentsOfPlayers(factory), `moment ${moment}`).toEqual([]);
      expect(store.snapshot.memory).toBeUndefined();
    }
  });

  /** What is left of a pin whose write was held up until after the removal. */
  async function leftOver(hold: (storage: KeyValueStorage, gate: Promise<void>) => KeyValueStorage['update']) {
    const gate = deferred<void>();
    const { open, factory } = home((storage) => {
      const held = hold(storage, gate.promise);
      const update: KeyValueStorage['update'] = (key, ...rest) =>
        (key.at(-1) === 'session' ? storage.update : held)(key, ...rest);
      return { ...storage, update };
    });
    const store = open(failure('forbidden'));
    await store.refresh();
    const kept = store.pin('test:canary');
    await turns();
    await store.signOut();
    gate.resolve();
    await kept;
    await turns();
    expect(store.snapshot.memory).toBeUndefined();
    return rawContents(factory);
  }

  it('wins against a write that was held up, and comes after the removal', async () => {
    const contents = await leftOver((storage, gate) => async (key, next, options) => {
      await gate;
      await storage.update(key, next, options);
    });
    expect(contents).not.toContain('canary');
  });

  it('control: loses against a write that asks nobody inside its transaction', async () => {
    const contents = await leftOver((storage, gate) => async (key, next, options) => {
      const value = next(await storage.get(key), options?.beside && (await storage.get(options.beside)));
      await gate;
      await storage.update(key, () => value);
    });
    expect(contents).toContain('canary');
  });
});

it('control: a key without the player shows one player’s pins to another', async () => {
  const leaks = async (change: (key: readonly string[]) => readonly string[]) => {
    const { open } = home((storage) => ({
      ...storage,
      get: (key) => storage.get(change(key)),
      update: (key, next, { beside, ...options } = {}) =>
        storage.update(change(key), next, { ...options, ...(beside && { beside: change(beside) }) }),
    }));
    await open().pin('test:a');
    const store = open(fresh(locked), { player: 'p2' });
    await store.refresh();
    return pinsOf(store).length > 0;
  };
  expect(await leaks((key) => key)).toBe(false);
  expect(await leaks((key) => key.filter((_, index) => index !== 3))).toBe(true);
});

describe('a visit', () => {
  const since = (list: readonly Achievement[], memory: PlayerMemory) =>
    sectionsOf(list, memory, 0, ['since-last-visit']).flatMap(({ achievements }) => achievements.map(({ id }) => id));

  it('that is the first has none before it, however often the page is loaded', async () => {
    const { visit, clock } = home();
    for (let load = 0; load < 3; load++) {
      expect((await visit(fresh(load ? unlocked : locked))).lastVisit).toBeUndefined();
      await clock.advance(10 * MINUTE);
    }
  });

  it.each([
    ['30 minutes', GAP, false],
    ['a millisecond more', GAP + 1, true],
    ['a week', 7 * 24 * 60 * MINUTE, true],
  ])('that comes after %s is another one: %s', async (_, pause, isAnother) => {
    const { visit, clock } = home();
    await visit();
    const at = clock.now();
    await clock.advance(pause);
    const { lastVisit } = await visit(fresh(unlocked));
    const before = { at, known: new Set(['test:a', 'test:b']), unlocked: new Set() };
    expect(lastVisit).toEqual(isAnother ? before : undefined);
  });

  it('keeps what it is compared with through reloads, until it ends', async () => {
    const { visit, clock } = home();
    await visit();
    const firstEnd = clock.now();
    await clock.advance(GAP + 1);
    const more = [...unlocked, achievement('new')];
    for (let load = 0; load < 5; load++) {
      const memory = await visit(fresh(more));
      expect(memory.lastVisit?.at).toBe(firstEnd);
      expect(since(more, memory)).toEqual(['a', 'new']);
      await clock.advance(GAP);
    }
    const secondEnd = clock.now() - GAP;
    await clock.advance(1);
    const memory = await visit('unchanged');
    expect(memory.lastVisit?.at).toBe(secondEnd);
    expect(since(more, memory)).toEqual([]);
  });

  it('that no answer came to is none: what it is compared with waits', async () => {
    const { open, visit, clock } = home();
    await visit();
    const end = clock.now();
    for (let load = 0; load < 2; load++) {
      await clock.advance(GAP + 1);
      const store = open(failure('forbidden'));
      await store.refresh();
      await turns();
      expect(store.snapshot.memory?.lastVisit?.at).toBe(end);
      store.dispose();
    }
    expect((await visit(fresh(unlocked))).lastVisit?.at).toBe(end);
  });

  it('lasts as long as answers come, unchanged ones too', async () => {
    const { open, visit, clock } = home();
    const store = open([fresh(locked), 'unchanged']);
    for (let poll = 0; poll < 4; poll++) {
      await store.refresh();
      await turns();
      await clock.advance(20 * MINUTE);
    }
    expect(store.snapshot.memory?.lastVisit).toBeUndefined();
    expect((await visit()).lastVisit).toBeUndefined();
  });

  it('begins without a reload too, where a page comes back after long enough', async () => {
    const { open, visit, clock } = home();
    const store = open([fresh(locked), fresh(unlocked, { validator: { digest: 'two' } })]);
    await store.refresh();
    await turns();
    const end = clock.now();
    await clock.advance(GAP + 1);
    await store.refresh();
    const { library, memory } = store.snapshot;
    expect(memory?.lastVisit?.at).toBe(end);
    expect(since(library!.achievements, memory!)).toEqual(['a']);
    await turns();
    expect((await visit()).lastVisit?.at).toBe(end);
  });

  it('forgets what is gone, and not what a service that failed did not say', async () => {
    const omitted = [{ index: 0, member: 'icon', expected: 'a URL' }];
    for (const [members, expected] of [
      [{}, ['a', 'b']],
      [{ problem: failure('server').problem }, ['b']],
      [{ problem: failure('incomplete').problem }, ['b']],
      [{ total: 9 }, ['b']],
      // Every achievement is there, only single values are not.
      [{ problem: failure('bad-shape', { omitted }).problem }, ['a', 'b']],
    ] as readonly (readonly [Partial<Fresh>, readonly string[]])[]) {
      const { visit, clock } = home();
      await visit(fresh(unlocked));
      await visit(fresh([achievement('other')], members));
      await clock.advance(GAP + 1);
      const list = [unlocked[0]!, achievement('b', { state: 'unlocked' }), achievement('other')];
      expect(since(list, await visit(fresh(list)))).toEqual(expected);
    }
  });

  it('does not count what is revoked as unlocked', async () => {
    const { visit, clock } = home();
    await visit(fresh([achievement('a', { state: 'unlocked', revoked: true })]));
    await clock.advance(GAP + 1);
    expect(since(unlocked, await visit(fresh(unlocked)))).toEqual(['a', 'b']);
  });

  it('is written in full only where something changed', async () => {
    const written: string[] = [];
    const { open, visit, clock } = home((storage) => ({
      ...storage,
      update(key, next, options) {
        if (['visit', 'seen'].includes(key.at(-1)!)) written.push(key.at(-1)!);
        return storage.update(key, next, options);
      },
    }));
    const store = open([
      fresh(locked),
      'unchanged',
      fresh([...locked].reverse(), { validator: { digest: 'order' } }),
      fresh(unlocked, { validator: { digest: 'two' } }),
      'unchanged',
    ]);
    for (let load = 0; load < 5; load++) {
      await clock.advance(1000);
      await store.refresh();
      await turns();
    }
    expect(written).toEqual(['visit', 'seen', 'seen', 'visit', 'seen']);
    await visit(fresh(unlocked));
    expect(written.splice(0).at(-1)).toBe('seen');
    await clock.advance(GAP + 1);
    await visit(fresh(unlocked));
    await visit(fresh(unlocked));
    expect(written).toEqual(['visit', 'seen']);
  });

  it('of 10,000 achievements costs a few bytes where nothing changed', async () => {
    const sizes: number[] = [];
    const { open } = home((storage) => ({
      ...storage,
      update: (key, next, options) =>
        storage.update(
          key,
          (present, beside) => {
            const value = next(present, beside) as { known?: Set<string> };
            if (!['answer', 'confirmation', 'session'].includes(key.at(-1)!))
              sizes.push(value.known?.size ?? JSON.stringify(value).length);
            return value;
          },
          options,
        ),
    }));
    const store = open([fresh(Array.from({ length: 10_000 }, (_, index) => achievement(`${index}`))), 'unchanged']);
    await store.refresh();
    await turns();
    expect(sizes.splice(0)).toEqual([10_000]);
    await store.refresh();
    await turns();
    expect(Math.max(...sizes)).toBeLessThan(100);
  });

  it('of two tabs at once is compared with the same one before', async () => {
    const { open, visit, clock } = home();
    await visit();
    const end = clock.now();
    await clock.advance(GAP + 1);
    const one = open([fresh(unlocked), 'unchanged']);
    const two = open([fresh([...unlocked, achievement('c')]), 'unchanged']);
    await Promise.all([one.refresh(), two.refresh()]);
    await turns();
    expect([one.snapshot.memory?.lastVisit?.at, two.snapshot.memory?.lastVisit?.at]).toEqual([end, end]);
    await clock.advance(1000);
    await one.refresh();
    await turns();
    expect((await visit()).lastVisit?.at).toBe(end);
  });

  it('of an old tab does not bring back what an older one was compared with', async () => {
    const { open, visit, clock } = home();
    const old = open([fresh(locked), fresh([...unlocked, achievement('c')], { validator: { digest: 'two' } })]);
    await old.refresh();
    await turns();
    await clock.advance(GAP + 1);
    // A new visit in another tab, and a minute later the old tab has something new.
    const end = (await visit(fresh(unlocked))).lastVisit?.at;
    expect(end).toBeDefined();
    await clock.advance(MINUTE);
    await old.refresh();
    await turns();
    expect((await visit()).lastVisit?.at).toBe(end);
  });

  it.each([
    ['the visit', 'visit'],
    ['when the player was seen', 'seen'],
  ])('does not believe a clock that was wrong about %s', async (_, part) => {
    const { visit, clock, storage } = home();
    await visit();
    await visit();
    const end = clock.now();
    await storage.update(keyFor(part), (present) => ({ ...(present as object), at: end + 1e12 }));
    await clock.advance(GAP + 1);
    expect((await visit(fresh(unlocked))).lastVisit?.at).toBe(end);
  });

  it('where every clock was wrong goes on, and ends as others do', async () => {
    const { visit, clock, storage } = home();
    await visit();
    await storage.update(keyFor('visit'), (present) => ({ ...(present as object), at: 1e15 }));
    expect((await visit()).lastVisit).toBeUndefined();
    const end = clock.now();
    await clock.advance(GAP + 1);
    expect((await visit()).lastVisit?.at).toBe(end);
  });

  it('control: where only the first moment counts, a long visit ends in the middle', async () => {
    const { open, visit, clock } = home((storage) => ({
      ...storage,
      update: (key, next, options) => (key.at(-1) === 'seen' ? Promise.resolve() : storage.update(key, next, options)),
    }));
    const store = open([fresh(locked), 'unchanged']);
    for (let poll = 0; poll < 4; poll++) {
      await store.refresh();
      await turns();
      await clock.advance(20 * MINUTE);
    }
    expect((await visit()).lastVisit).toBeDefined();
  });
});

describe('what cannot be read', () => {
  const good = { v: 1, at: 5, known: new Set(['test:a']), unlocked: new Set<string>() };
  const poisons: Record<string, readonly [part: string, value: unknown]> = {
    'wishes that are a text': ['wishes', 'pinned'],
    'wishes that are null': ['wishes', null],
    'wishes without a version': ['wishes', { pinned: new Set(['x']), choices: {} }],
    'older wishes': ['wishes', { v: 0, pinned: new Set(['x']), choices: {} }],
    'pins that are a list': ['wishes', { v: 1, pinned: ['x'], choices: {} }],
    'pins that are numbers': ['wishes', { v: 1, pinned: new Set([1]), choices: {} }],
    'no pins': ['wishes', { v: 1 }],
    'choices that are null': ['wishes', { v: 1, pinned: new Set(), choices: null }],
    'choices of a list that are a text': ['wishes', { v: 1, pinned: new Set(), choices: { main: 'name' } }],
    'a sort that is a number': ['wishes', { v: 1, pinned: new Set(), choices: { main: { sort: 5 } } }],
    'groups that are a text': ['wishes', { v: 1, pinned: new Set(), choices: { main: { collapsed: 'x' } } }],
    'groups that are objects': ['wishes', { v: 1, pinned: new Set(), choices: { main: { collapsed: [{}] } } }],
    'a visit that is a number': ['visit', NaN],
    'an older visit': ['visit', { ...good, v: 0 }],
    'a visit without a time': ['visit', { ...good, at: undefined }],
    'a visit with a list': ['visit', { ...good, known: ['x'] }],
    'a visit without the unlocked': ['visit', { ...good, unlocked: undefined }],
    'a visit with numbers': ['visit', { ...good, unlocked: new Set([1]) }],
    'a visit before that is a text': ['visit', { ...good, last: 'x' }],
    'a visit before without a time': ['visit', { ...good, last: { ...good, at: 'x' } }],
  };

  it.each(Object.keys(poisons))('%s is as if it were not there, and replaced', async (name) => {
    const [part, value] = poisons[name]!;
    const { storage, open, visit, clock, hints } = home();
    await storage.update(keyFor(part), () => value);
    const store = open();
    await store.refresh();
    await turns();
    expect(store.snapshot.problem).toBeUndefined();
    expect(store.snapshot.memory).toEqual(EMPTY);
    await store.pin('test:b');
    await clock.advance(GAP + 1);
    const { pinned, lastVisit } = await visit();
    expect([...pinned]).toEqual(['test:b']);
    expect(lastVisit?.known).toEqual(new Set(['test:a', 'test:b']));
    expect(hints).toEqual([]);
  });

  it.each([
    ['pins', { v: 1, pinned: new Set(['test:a']), choices: { main: 5 } }, { ...EMPTY, pinned: new Set(['test:a']) }],
    ['choices', { v: 1, pinned: 5, choices: { main: {} } }, { ...EMPTY, choices: { main: {} } }],
  ])('takes nothing else with it: the %s stay', async (_, value, expected) => {
    const { storage, visit } = home();
    await storage.update(keyFor('wishes'), () => value);
    expect(await visit()).toEqual(expected);
  });

  it.each([undefined, null, 5, { v: 1 }, { v: 1, at: 'x' }, { v: 2, at: 5 }])(
    'as a moment, such as %j, leaves the one of the visit',
    async (seen) => {
      const { storage, visit, clock } = home();
      await storage.update(keyFor('visit'), () => good);
      await storage.update(keyFor('seen'), () => seen);
      expect((await visit()).lastVisit?.at).toBe(5);
      expect(clock.now()).toBeGreaterThan(GAP);
    },
  );

  it('because newer code wrote it stays as it is, and this visit goes on in memory', async () => {
    const { storage, open } = home();
    const newer = { v: 2, secret: 'of the future' };
    for (const part of ['wishes', 'visit', 'seen']) await storage.update(keyFor(part), () => newer);
    const store = open([fresh(locked), 'unchanged']);
    await store.refresh();
    await store.pin('test:a');
    await store.pin('test:b');
    await store.refresh();
    await turns();
    expect(pinsOf(store)).toEqual(['test:a', 'test:b']);
    for (const part of ['wishes', 'visit', 'seen']) expect(await storage.get(keyFor(part))).toEqual(newer);
  });
});

it('a pin and its unpinning end as they were meant, also when the first is written twice', async () => {
  // The transaction of the first pin comes once more after everything else, as a second try does.
  const storage = memoryStorage();
  let late: (() => Promise<void>) | undefined;
  const here = world(() => ({
    ...storage,
    async update(key, next, options) {
      if (key.at(-1) === 'wishes') late ??= () => storage.update(key, next, options);
      await storage.update(key, next, options);
    },
  }));
  const store = createStore({ backend: scriptedBackend('unchanged'), player: 'p1', environment: here.environment });
  await Promise.all([store.pin('test:a'), store.pin('test:a', false)]);
  await late!();
  expect(await storage.get(keyFor('wishes'))).toMatchObject({ pinned: new Set() });
});

it('a store that was disposed of pins nothing', async () => {
  const { open, factory } = home();
  const store = open();
  store.dispose();
  await store.pin('test:canary');
  await store.choose('canary', {});
  expect(store.snapshot.memory).toBeUndefined();
  expect(await rawContents(factory)).toBe('[]');
});
