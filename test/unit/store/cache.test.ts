import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, type Cache, createCache, forgetPlayer } from '../../../src/store/cache.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { achievement, device, failure, follow, fresh, scriptedBackend, world } from './support.js';

const address = { backend: 'test', scope: 'https://service.example/achievements', player: 'p1', locale: '' };
const answerKey = ['1', 'test', 'https://service.example/achievements', 'p1', '', 'answer'];
const confirmationKey = [...answerKey.slice(0, 5), 'confirmation'];
const always = () => true;

const good: Answer = {
  library: { achievements: [achievement('a')], total: 3, fetchedAt: 1000 },
  validator: { digest: 'one', pages: [{ url: 'https://service.example/', etag: '"1"' }] },
  startedAt: 900,
  checkedAt: 1000,
};

let storage: KeyValueStorage;
let cache: Cache;
let now: number;
beforeEach(() => {
  now = 10_000;
  storage = memoryStorage();
  cache = createCache(storage, address, () => now);
});

const put = (key: readonly string[], value: unknown) => storage.update(key, () => value);

describe.each([
  ['in memory', () => memoryStorage()],
  ['in IndexedDB', () => device().storage],
])('a storage %s', (_, open) => {
  it('gives back what was put, changes in place, and deletes what is told', async () => {
    const storage = open();
    expect(await storage.get(['a', 'b'])).toBeUndefined();
    await storage.update(['a', 'b'], (present) => {
      expect(present).toBeUndefined();
      return { deep: [1, 2] };
    });
    await storage.update(['a', 'c'], () => 'c');
    await storage.update(['a', 'b'], () => undefined);
    await storage.update(['none'], () => undefined);
    expect(await storage.get(['a', 'b'])).toEqual({ deep: [1, 2] });
    await Promise.all(
      Array.from({ length: 10 }, () => storage.update(['count'], (present) => ((present as number) ?? 0) + 1)),
    );
    expect(await storage.get(['count'])).toBe(10);
    const seen: (readonly string[])[] = [];
    await storage.deleteWhere((key) => {
      seen.push(key);
      return key[1] === 'b';
    });
    expect(seen).toEqual(expect.arrayContaining([['a', 'b'], ['a', 'c'], ['count']]));
    expect(seen).toHaveLength(3);
    expect(await storage.get(['a', 'b'])).toBeUndefined();
    expect(await storage.get(['a', 'c'])).toBe('c');
  });

  it('rejects with what the function throws, and changes nothing', async () => {
    const storage = open();
    await storage.update(['a'], () => 1);
    await expect(
      storage.update(['a'], () => {
        throw new RangeError('mine');
      }),
    ).rejects.toThrow('mine');
    await storage.update(['b'], () => 2);
    let count = 0;
    await expect(
      storage.deleteWhere(() => {
        count += 1;
        if (count > 1) throw new RangeError('mine');
        return true;
      }),
    ).rejects.toThrow('mine');
    expect(await storage.get(['a'])).toBe(1);
    expect(await storage.get(['b'])).toBe(2);
  });
});

describe('the cache', () => {
  it('gives back an answer with its validator, or nothing', async () => {
    expect(await cache.read()).toBeUndefined();
    await cache.write(good, always);
    expect(await cache.read()).toMatchObject(good);
  });

  it('keeps one record for an answer: library and validator cannot come apart', async () => {
    const update = vi.spyOn(storage, 'update');
    await createCache(storage, address, () => now).write(good, always);
    expect(update.mock.calls.filter(([key]) => key.at(-1) === 'answer')).toHaveLength(1);
    expect(await storage.get(answerKey)).toEqual({ v: 1, ...good });
  });

  it('confirms without writing the library again', async () => {
    await cache.write(good, always);
    const written: unknown[] = [];
    const watching: KeyValueStorage = {
      ...storage,
      update: (key, next, options) =>
        storage.update(
          key,
          (present, beside) => {
            const value = next(present, beside);
            written.push(value);
            return value;
          },
          options,
        ),
    };
    await createCache(watching, address, () => now).confirm({ ...good, checkedAt: 5000 }, always);
    expect(JSON.stringify(written).length).toBeLessThan(100);
    expect(await cache.read()).toMatchObject({ ...good, checkedAt: 5000 });
  });

  it('confirms no other answer than the one that was meant', async () => {
    await cache.write(good, always);
    await cache.confirm({ ...good, checkedAt: 5000 }, always);
    await cache.write({ ...good, startedAt: 6000, checkedAt: 6100 }, always);
    expect((await cache.read())?.checkedAt).toBe(6100);
    await put(confirmationKey, { v: 1, startedAt: 6000, checkedAt: 'soon' });
    expect((await cache.read())?.checkedAt).toBe(6100);
  });

  it('reads the answer also where the confirmation cannot be read', async () => {
    await cache.write(good, always);
    const half: KeyValueStorage = {
      ...storage,
      get: (key) => (key.at(-1) === 'answer' ? storage.get(key) : Promise.reject(new Error('lost'))),
    };
    expect(await createCache(half, address, () => now).read()).toMatchObject(good);
  });

  it('lets the answer stand that was asked for last', async () => {
    await cache.write({ ...good, startedAt: 2000 }, always);
    await cache.write({ ...good, startedAt: 1500, validator: { digest: 'late' } }, always);
    expect((await cache.read())?.validator?.digest).toBe('one');
    await cache.write({ ...good, startedAt: 2000, validator: { digest: 'same time' } }, always);
    expect((await cache.read())?.validator?.digest).toBe('same time');
  });

  it('does not believe in answers from the future: the clock was wrong', async () => {
    await cache.write({ ...good, startedAt: 1e12 }, always);
    await cache.write({ ...good, validator: { digest: 'now' } }, always);
    expect((await cache.read())?.validator?.digest).toBe('now');
  });

  it('writes only what is wanted when the transaction is there', async () => {
    let isWanted = true;
    const slow: KeyValueStorage = {
      ...storage,
      async update(key, next, options) {
        await Promise.resolve();
        await storage.update(key, next, options);
      },
    };
    const cache = createCache(slow, address, () => now);
    const writes = [cache.write(good, () => isWanted), cache.confirm(good, () => isWanted)];
    isWanted = false;
    await Promise.all(writes);
    expect(await storage.get(answerKey)).toBeUndefined();
    expect(await storage.get(confirmationKey)).toBeUndefined();
  });

  it('leaves alone what newer code wrote, and replaces what older code wrote', async () => {
    const newer = { v: 2, secret: 'of the future' };
    await put(answerKey, newer);
    await put(confirmationKey, newer);
    expect(await cache.read()).toBeUndefined();
    await cache.write(good, always);
    await cache.confirm(good, always);
    expect(await storage.get(answerKey)).toBe(newer);
    expect(await storage.get(confirmationKey)).toBe(newer);

    for (const old of [{ v: 0, startedAt: 5000 }, { startedAt: 5000 }, { v: 'x' }, null, 5, 'text', [], NaN]) {
      storage = memoryStorage();
      cache = createCache(storage, address, () => now);
      await put(answerKey, old);
      expect(await cache.read()).toBeUndefined();
      await cache.write(good, always);
      expect(await cache.read()).toMatchObject(good);
    }
  });

  it('forgets a player wherever the player is, whoever wrote it, and nobody else', async () => {
    const keys = [
      answerKey,
      confirmationKey,
      ['2', 'test', 'scope', 'p1', '', 'answer', 'and more'],
      ['1', 'other', 'scope', 'p1', 'de', 'answer'],
    ];
    const others = [['1', 'p1', 'p1', 'p2', 'p1', 'p1'], ['1', 'test', 'scope', 'p11', '', 'answer'], ['p1']];
    for (const key of [...keys, ...others]) await put(key, { v: 2 });
    await forgetPlayer(storage, 'p1');
    for (const key of keys) expect(await storage.get(key), String(key)).toBeUndefined();
    for (const key of others) expect(await storage.get(key), String(key)).toBeDefined();
  });
});

describe('a poisoned record', () => {
  const record = { v: 1, ...good };
  const withAchievement = (members: object) => ({
    ...record,
    library: { ...good.library, achievements: [achievement('fine'), { ...achievement('a'), ...members }] },
  });
  const worthless: Record<string, unknown> = {
    'no library': { ...record, library: undefined },
    'a library that is a list': { ...record, library: [] },
    'no time': { ...record, library: { ...good.library, fetchedAt: undefined } },
    'a time that is no number': { ...record, checkedAt: NaN },
    'a time that no date can hold': { ...record, checkedAt: 9e15 },
    'a start that is a text': { ...record, startedAt: '900' },
    'achievements that are no list': { ...record, library: { ...good.library, achievements: { length: 1 } } },
  };
  // What is wrong in it, and how many achievements are left.
  const costly: Record<string, readonly [record: unknown, left: number]> = {
    'an achievement that is null': [{ ...record, library: { ...good.library, achievements: [null] } }, 0],
    'an achievement that is a text': [{ ...record, library: { ...good.library, achievements: ['a'] } }, 0],
    'a key that is a number': [withAchievement({ key: 5 }), 1],
    'a name that is an object': [withAchievement({ name: { toString: null } }), 1],
    'an id that is a template': [withAchievement({ id: { _$litType$: 1, strings: ['x'], values: [] } }), 1],
    'requirements that are missing': [withAchievement({ requirements: undefined }), 1],
    'a state from elsewhere': [withAchievement({ state: 'toString' }), 2],
    'a title that is an empty object in a list': [withAchievement({ titles: [7] }), 2],
    'a description that is a template': [
      withAchievement({ description: { _$litType$: 1, strings: ['x'], values: [] } }),
      2,
    ],
    'an unlock that no date can hold': [withAchievement({ state: 'unlocked', unlockedAt: 9e15 }), 2],
    'a validator that is a text': [{ ...record, validator: 'etag' }, 1],
    'a validator without digest': [{ ...record, validator: { pages: [] } }, 1],
    'pages that are no list': [{ ...record, validator: { digest: 'x', pages: 'x' } }, 1],
    'a page without address': [{ ...record, validator: { digest: 'x', pages: [{ etag: '"1"' }] } }, 1],
    'an ETag that no header takes': [
      { ...record, validator: { digest: 'x', pages: [{ url: 'https://service.example/', etag: '"1"\nX: y' }] } },
      1,
    ],
  };
  const harmless: Record<string, unknown> = {
    'a total that is a text': { ...record, library: { ...good.library, total: '3' } },
    'no description': withAchievement({ description: undefined }),
    'a requirement that is null': withAchievement({ requirements: [null] }),
    'a reward that is null': withAchievement({ rewards: [null] }),
    'a title that is a text': withAchievement({ titles: ['x'] }),
    'platforms that are a text': withAchievement({ platforms: 'x' }),
    'campaigns that are null': withAchievement({ campaigns: null }),
    'media that are null': withAchievement({ media: null }),
    'a problem that is a text': { ...record, problem: 'server' },
    'a problem with skipped items that are null': {
      ...record,
      problem: { code: 'bad-shape', message: '', skipped: [null] },
    },
  };

  it.each(Object.keys(worthless))('with %s is dropped', async (name) => {
    await put(answerKey, worthless[name]);
    expect(await cache.read()).toBeUndefined();
  });

  it.each(Object.keys(costly))('with %s shows the rest, and is never confirmed', async (name) => {
    const [poison, left] = costly[name]!;
    await put(answerKey, poison);
    const read = await cache.read();
    expect(read?.library.achievements).toHaveLength(left);
    expect(read).not.toHaveProperty('validator');
  });

  it.each(Object.keys(harmless))('with %s is read', async (name) => {
    await put(answerKey, harmless[name]);
    expect((await cache.read())?.validator).toEqual(good.validator);
  });

  const unconfirmed = {
    ...worthless,
    ...Object.fromEntries(Object.entries(costly).map(([name, [each]]) => [name, each])),
  };
  it.each(Object.keys(unconfirmed))('with %s is healed by the next answer', async (name) => {
    await put(answerKey, unconfirmed[name as keyof typeof unconfirmed]);
    const here = world(() => storage);
    const backend = scriptedBackend(fresh([achievement('new')]));
    const store = createStore({ backend, player: 'p1', environment: here.environment });
    follow(store);
    await here.clock.advance(0);
    expect(backend.requests).toEqual([undefined]);
    expect(store.snapshot.library?.achievements.map(({ id }) => id)).toEqual(['new']);
    await here.clock.advance(0);
    expect((await cache.read())?.library.achievements.map(({ id }) => id)).toEqual(['new']);
  });

  it('whatever it is', async () => {
    const place = fc.constantFrom('v', 'startedAt', 'checkedAt', 'library', 'validator', 'problem');
    await fc.assert(
      fc.asyncProperty(place, fc.anything({ withNullPrototype: true }), async (member, value) => {
        const storage = memoryStorage();
        await storage.update(answerKey, () => ({ ...record, [member]: value }));
        const here = world(() => storage);
        const store = createStore({
          backend: scriptedBackend(failure('forbidden')),
          player: 'p1',
          environment: here.environment,
        });
        follow(store);
        await here.clock.advance(0);
        expect(store.snapshot.problem?.code).toBe('forbidden');
        store.dispose();
      }),
      { numRuns: 300 },
    );
  });
});

it('a record of 200 achievements is checked in well under 2 ms', async () => {
  const achievements = Array.from({ length: 200 }, (_, index) =>
    achievement(`${index}`, {
      requirements: [{ id: 'r', current: 1, target: 2, unit: 'count' }],
      rewards: [{ kind: 'points', value: 5 }],
    }),
  );
  await cache.write({ ...good, library: { achievements, fetchedAt: 1 } }, always);
  const times: number[] = [];
  for (let round = 0; round < 50; round++) {
    const start = performance.now();
    await cache.read();
    times.push(performance.now() - start);
  }
  times.sort((left, right) => left - right);
  expect(times[25]).toBeLessThan(2);
});
