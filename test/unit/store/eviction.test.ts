import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/store/create-store.js';
import { type KeyValueStorage, REMOVED } from '../../../src/store/environment.js';
import { roomyStorage, sweep } from '../../../src/store/eviction.js';
import { achievement, countingClock, device, fresh, scriptedBackend, until, world } from './support.js';

const DAY = 86_400_000;
const SCOPE = 'https://service.example/achievements';
const present = { backend: 'test', scope: SCOPE, player: 'p1', locale: '' };

let storage: KeyValueStorage;
let clock: ReturnType<typeof countingClock>;
beforeEach(() => {
  clock = countingClock(1000 * DAY);
  ({ storage } = device(clock));
});

const keyOf = (player: string, part: string, scope = SCOPE, locale = '') => ['1', 'test', scope, player, locale, part];
const put = (key: readonly string[], value: unknown) => storage.update(key, () => value);

interface KeptOptions {
  readonly scope?: string;
  readonly locale?: string;
  /** Of one achievement. */
  readonly name?: string;
  readonly device?: KeyValueStorage;
}

/** An answer as a store keeps it, confirmed so many days ago. */
async function keepAnswer(player: string, days: number, options: KeptOptions = {}): Promise<void> {
  const { scope = SCOPE, locale = '', name = 'name', device = storage } = options;
  const at = clock.now() - days * DAY;
  const library = { achievements: [{ ...achievement('a'), name }], fetchedAt: at };
  const value = { v: 1, startedAt: at, checkedAt: at, library };
  await device.update(keyOf(player, 'answer', scope, locale), () => value);
  await device.update(keyOf(player, 'confirmation', scope, locale), () => ({ v: 1, startedAt: at, checkedAt: at }));
}

async function names(device = storage): Promise<readonly string[]> {
  const keys = (await device.keys?.()) ?? [];
  return keys.map(([, , scope = '', player = '', locale = '', part = '']) =>
    [player, scope === SCOPE ? '' : scope, locale, part].filter(Boolean).join(' '),
  );
}

const playersWithAnswers = async (device = storage) =>
  (await names(device)).filter((name) => name.endsWith('answer')).map((name) => name.split(' ')[0]);

const report = { id: 'r', achievement: 'a', sequence: 1, set: 1, at: 0, attempts: 0 };

describe('a sweep', () => {
  it('removes answers that no service confirmed for 60 days, and no other', async () => {
    await keepAnswer('ada', 61);
    await keepAnswer('lin', 59);
    await sweep(storage, present, clock);
    expect([...(await names())].sort()).toEqual(['lin answer', 'lin confirmation', 'reserve', 'sweep']);
  });

  it.each([
    ['a time to come', { v: 1, startedAt: 0, checkedAt: 1001 * DAY }],
    ['no time', { v: 1, startedAt: 0, checkedAt: 'yesterday' }],
    ['nothing that can be read', 'gibberish'],
    ['nothing at all', undefined],
  ])('takes an answer for old of which is known %s', async (_, confirmation) => {
    await keepAnswer('ada', 1);
    await storage.updateAll!([keyOf('ada', 'confirmation')], () => [confirmation ?? REMOVED]);
    await sweep(storage, present, clock);
    expect(await playersWithAnswers()).toEqual([]);
  });

  it('keeps what newer code keeps, whatever its age', async () => {
    await keepAnswer('ada', 300);
    await put(keyOf('ada', 'answer'), { v: 2, anything: true });
    await put(keyOf('ada', 'wishes'), { v: 2 });
    await put(keyOf('ada', 'visit'), { v: 2 });
    await put(['2', 'elsewhere', 'ada', 'answer'], { v: 2 });
    const before = await names();
    await sweep(storage, present, clock);
    expect(await names()).toEqual(expect.arrayContaining([...before]));
  });

  it('keeps the answers of 20 players, those who were here last and the present one', async () => {
    await keepAnswer('p1', 50);
    for (let player = 0; player < 200; player++)
      await keepAnswer(`player${String(player).padStart(3, '0')}`, player / 10);
    await sweep(storage, present, clock);
    const left = await playersWithAnswers();
    expect(left).toHaveLength(20);
    expect(left).toContain('p1');
    expect(left).toContain('player018');
    expect(left).not.toContain('player019');
  });

  it('keeps 100 answers, of all the addresses that one service ever had', async () => {
    for (let version = 0; version < 130; version++) {
      await keepAnswer('p1', version / 10, { scope: `${SCOPE}?v=${version}` });
    }
    await sweep(storage, { ...present, scope: `${SCOPE}?v=129` }, clock);
    const left = (await names()).filter((name) => name.endsWith('answer'));
    expect(left).toHaveLength(100);
    expect(left).toContain(`p1 ${SCOPE}?v=129 answer`);
    expect(left).toContain(`p1 ${SCOPE}?v=98 answer`);
    expect(left).not.toContain(`p1 ${SCOPE}?v=99 answer`);
  });

  it('forgets all of a player after 180 days, and not the present one', async () => {
    for (const player of ['p1', 'ada', 'lin']) {
      const at = clock.now() - (player === 'lin' ? 179 : 181) * DAY;
      await put(keyOf(player, 'visit'), { v: 1, at, known: new Set(), unlocked: new Set() });
      await put(keyOf(player, 'wishes'), { v: 1, pinned: new Set(['a']), choices: {} });
      await put(keyOf(player, 'outbox'), { v: 1, sequence: 4, queued: [], rejected: [], accepted: [] });
      await put(['1', '', '', player, '', 'session'], { v: 1, id: player });
    }
    await sweep(storage, present, clock);
    const left = await names();
    expect(left.filter((name) => name.startsWith('ada'))).toEqual([]);
    for (const player of ['p1', 'lin']) expect(left.filter((name) => name.startsWith(player))).toHaveLength(4);
  });

  it.each([
    ['waits', { queued: [report] }],
    ['was refused', { rejected: [report] }],
    ['was accepted lately', { accepted: [{ ...report, acceptedAt: 999 * DAY }] }],
    ['only newer code can read', { queued: { some: 'other way' } }],
  ])('never removes a report that %s', async (_, rows) => {
    await put(keyOf('ada', 'outbox'), { v: 1, sequence: 1, ...rows });
    await put(['1', '', '', 'ada', '', 'session'], { v: 1, id: 'ada' });
    await sweep(storage, present, clock);
    expect((await names()).filter((name) => name.startsWith('ada'))).toHaveLength(2);
  });

  it('is done once a day for a device, also where the note of the last one lies ahead', async () => {
    await sweep(storage, present, clock);
    await keepAnswer('ada', 100);
    await sweep(storage, present, clock);
    expect(await playersWithAnswers()).toEqual(['ada']);
    await clock.advance(DAY);
    await sweep(storage, present, clock);
    expect(await playersWithAnswers()).toEqual([]);
    await put(['1', '', '', '', '', 'sweep'], { v: 1, at: 5000 * DAY });
    await keepAnswer('ada', 100);
    await sweep(storage, present, clock);
    expect(await playersWithAnswers()).toEqual([]);
  });

  it('does not remove what another page has confirmed while it looked', async () => {
    await keepAnswer('ada', 100);
    const meddling: KeyValueStorage = {
      ...storage,
      async updateAll(...change) {
        await put(keyOf('ada', 'confirmation'), { v: 1, startedAt: 0, checkedAt: clock.now() });
        return storage.updateAll!(...change);
      },
    };
    await sweep(meddling, present, clock);
    expect(await playersWithAnswers()).toEqual(['ada']);
  });

  it('is left for later by a store, and done when the page has time, with the store’s own answer kept', async () => {
    await keepAnswer('ada', 100);
    const { environment } = world(() => storage, clock);
    const idle: (() => Promise<void>)[] = [];
    const store = createStore({
      backend: scriptedBackend(fresh([achievement('a')])),
      player: 'p1',
      environment: { ...environment, whenIdle: (work) => idle.push(work) },
    });
    await store.refresh();
    await until(() => idle.length > 0);
    expect(await playersWithAnswers()).toContain('ada');
    await idle[0]!();
    expect(await playersWithAnswers()).toEqual(['p1']);
  });
});

/** A device with room for so many characters; what is removed is free once the transaction is complete. */
function smallDevice(quota: number, { frees = true } = {}) {
  const { storage: whole } = device(clock);
  const sizes = new Map<string, number>();
  /** Of what was removed and is not free again. */
  let wasted = 0;
  const usage = () => [...sizes.values()].reduce((sum, size) => sum + size, wasted);
  let refusals = 0;
  const write = (key: readonly string[], value: unknown, pending: Map<string, number>) => {
    const name = JSON.stringify(key);
    const before = sizes.get(name) ?? 0;
    const size = value === REMOVED ? 0 : JSON.stringify(value).length;
    if (size > 0 && usage() - before + size > quota) {
      refusals += 1;
      throw new DOMException('No room', 'QuotaExceededError');
    }
    if (!frees) wasted += before;
    pending.set(name, size);
  };
  const complete = (pending: Map<string, number>) => pending.forEach((size, name) => sizes.set(name, size));
  const limited: KeyValueStorage = {
    ...whole,
    async update(key, next, options) {
      const pending = new Map<string, number>();
      await whole.update(
        key,
        (...given) => {
          const value = next(...given);
          if (value !== undefined) write(key, value, pending);
          return value;
        },
        options,
      );
      complete(pending);
    },
    async updateAll(keys, next, options) {
      const pending = new Map<string, number>();
      const change: typeof next = (values) => {
        const changed = next(values);
        for (const [index, key] of keys.entries()) {
          if (changed?.[index] !== undefined) write(key, changed[index], pending);
        }
        return changed;
      };
      await whole.updateAll!(keys, change, options);
      complete(pending);
    },
  };
  return {
    storage: limited,
    estimate: async () => ({ usage: usage(), quota }),
    get refusals() {
      return refusals;
    },
  };
}

const LONG = 'x'.repeat(1000);

describe('a device without room', () => {
  /** Answers of players until there is no room, from the one who was here last to the first. */
  async function fill(full: KeyValueStorage): Promise<number> {
    for (let player = 0; ; player++) {
      try {
        await keepAnswer(`player${player}`, 10 + player, { name: LONG, device: full });
      } catch {
        return player;
      }
    }
  }

  it('gets a report onto the disk, for which the oldest answers of other players go, and no more than needed', async () => {
    const { storage: full } = smallDevice(20_000);
    await keepAnswer('p1', 500, { name: LONG, device: full });
    const filled = await fill(full);
    expect(filled).toBeGreaterThan(5);
    const { environment } = world(() => full, clock);
    const store = createStore({
      backend: scriptedBackend(fresh([]), { push: () => new Promise(() => undefined) }),
      player: 'p1',
      environment,
    });
    for (let made = 0; made < 8; made++) {
      expect(await store.report({ achievement: 'a'.repeat(120), add: 1 })).toMatchObject({ storage: 'persistent' });
    }
    const rows = async (part: string) =>
      ((await full.get(keyOf('p1', part))) as { queued?: { id: string }[] } | undefined)?.queued ?? [];
    const kept = [...(await rows('outbox')), ...(await rows('outbox-added'))];
    expect(new Set(kept.map(({ id }) => id)).size).toBe(8);
    const left = await playersWithAnswers(full);
    expect(left).toContain('p1');
    expect(left).toContain('player0');
    expect(left.length).toBeGreaterThan(filled - 5);
    expect(left.length).toBeLessThan(filled + 1);
  });

  it('gives up a reserve for a report before any answer goes, and keeps one again with the next sweep', async () => {
    const full = smallDevice(700_000);
    const { storage: limited } = full;
    await limited.update(['1', '', '', '', '', 'reserve'], () => ({ v: 1, bytes: 'x'.repeat(500_000) }));
    const filled = await fill(limited);
    const roomy = roomyStorage(limited, { address: present, clock, estimate: undefined });
    await roomy.update(keyOf('p1', 'outbox'), () => ({ v: 1, rows: 'x'.repeat(5000) }));
    expect(await names(limited)).not.toContain('reserve');
    expect(await playersWithAnswers(limited)).toHaveLength(filled);
    await sweep(storage, present, clock);
    expect(((await storage.get(['1', '', '', '', '', 'reserve'])) as { bytes: Uint8Array }).bytes).toHaveLength(
      2 ** 19,
    );
  });

  it('takes the present player’s own answers last', async () => {
    const { storage: full } = smallDevice(8000);
    await keepAnswer('p1', 500, { name: LONG, device: full });
    await keepAnswer('p1', 1, { name: LONG, device: full, locale: 'de' });
    await fill(full);
    const roomy = roomyStorage(full, { address: present, clock, estimate: undefined });
    await roomy.update(keyOf('p1', 'outbox'), () => ({ v: 1, rows: 'x'.repeat(5700) }));
    expect(await names(full)).toContain('p1 answer');
    expect(await names(full)).not.toContain('p1 de answer');
    await roomy.update(keyOf('p1', 'outbox'), () => ({ v: 1, rows: 'x'.repeat(7500) }));
    expect(await playersWithAnswers(full)).toEqual([]);
    expect(await full.get(keyOf('p1', 'outbox'))).toBeDefined();
  });

  it('keeps the other answers where removing some gave no room, and tells that the report is in memory', async () => {
    const full = smallDevice(60_000, { frees: false });
    const filled = await fill(full.storage);
    expect(filled).toBeGreaterThan(40);
    const { environment } = world(() => full.storage, clock);
    const store = createStore({
      backend: scriptedBackend(fresh([]), { push: () => new Promise(() => undefined) }),
      player: 'p1',
      environment: { ...environment, estimate: full.estimate },
    });
    const { usage, quota } = await full.estimate();
    await full.storage.update(['1', 'host'], () => 'x'.repeat(quota - usage - 10));
    const receipt = await store.report({ achievement: 'a', add: 1 });
    expect(receipt).toMatchObject({ storage: 'memory' });
    expect((await playersWithAnswers(full.storage)).length).toBeGreaterThanOrEqual(filled - 31);
  });

  it('keeps room for reports: answers are not written where less than a tenth would be left', async () => {
    const full = smallDevice(20_000);
    const roomy = roomyStorage(full.storage, { address: present, clock, estimate: full.estimate });
    await full.storage.update(['1', 'host'], () => 'x'.repeat(17_900));
    const answer = roomy.update(keyOf('p1', 'answer'), () => ({ v: 1, text: LONG }), { evictableBytes: 1000 });
    await expect(answer).rejects.toMatchObject({ name: 'QuotaExceededError' });
    await roomy.update(keyOf('p1', 'outbox'), () => ({ v: 1, rows: LONG }));
    expect(full.refusals).toBe(0);
  });

  it('makes that room by removing older answers of others, never the one that is written', async () => {
    const full = smallDevice(20_000);
    await fill(full.storage);
    await full.storage.update(keyOf('p1', 'answer'), () => ({ v: 1, text: 'before' }));
    const roomy = roomyStorage(full.storage, { address: present, clock, estimate: full.estimate });
    await roomy.update(keyOf('p1', 'answer'), () => ({ v: 1, text: LONG }), { evictableBytes: 1000 });
    expect(await full.storage.get(keyOf('p1', 'answer'))).toEqual({ v: 1, text: LONG });
    const { usage } = await full.estimate();
    expect(usage).toBeLessThanOrEqual(18_100);
    expect((await playersWithAnswers(full.storage)).length).toBeGreaterThan(5);
  });

  it.each([
    ['says nothing', () => new Promise<never>(() => undefined)],
    ['fails', () => Promise.reject(new Error('Played'))],
    ['says nonsense', () => Promise.resolve({ usage: NaN, quota: 0 })],
  ])('that %s of its room keeps answers as before', async (_, estimate) => {
    const roomy = roomyStorage(storage, { address: present, clock, estimate });
    const written = roomy.update(keyOf('p1', 'answer'), () => ({ v: 1 }), { evictableBytes: 1000 });
    await clock.advance(1000);
    await written;
    expect(clock.waiting).toEqual([]);
    expect(await storage.get(keyOf('p1', 'answer'))).toEqual({ v: 1 });
  });
});
