import { describe, expect, it } from 'vitest';
import type { Backend, ReportAnswer } from '../../../src/model/index.js';
import { VERSION } from '../../../src/store/cache.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { createOutbox } from '../../../src/store/outbox.js';
import { deferred, failure, fresh, scriptedBackend, world } from './support.js';

const address = { backend: 'test', scope: 'https://service.example/reports', player: 'ada', locale: '' };
const START = 1_700_000_000_000;

let ids = 0;

/** What one page has of an outbox that several share. */
function pageWith(storage: KeyValueStorage) {
  return createOutbox(
    { ...storage, volatile: false },
    address,
    () => `id-${++ids}`,
    () => START,
    () => undefined,
  );
}

const settled = (promises: readonly Promise<unknown>[]) =>
  Promise.all(
    promises.map((each) =>
      each.then(
        () => 'kept',
        () => 'refused',
      ),
    ),
  );

describe('an outbox that another page has filled', () => {
  it('refuses every report of a burst for which there is no room, and says of none that it is kept', async () => {
    const storage = memoryStorage();
    const other = pageWith(storage);
    await Promise.all(Array.from({ length: 999 }, () => other.add({ achievement: '1', add: 1 }, { at: START })));
    const here = pageWith(storage);
    const burst = Array.from({ length: 3 }, () => here.add({ achievement: '1', add: 1 }, { at: START }));
    expect(await settled(burst)).toEqual(['kept', 'refused', 'refused']);
    expect((await pageWith(storage).read()).queued).toHaveLength(1000);
  });
});

describe('a burst of reports', () => {
  it('comes onto the disk in one transaction, in the order in which it was made', async () => {
    const storage = memoryStorage();
    let transactions = 0;
    const counted: KeyValueStorage = {
      ...storage,
      update: (...all) => {
        transactions += 1;
        return storage.update(...all);
      },
      updateAll: async (...all) => {
        transactions += 1;
        await storage.updateAll?.(...all);
      },
    };
    const here = pageWith(counted);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => here.add({ achievement: '1', set: index }, { at: START })),
    );
    expect(here.contents.queued.map(({ set }) => set)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(transactions).toBe(1);
  });
});

describe('reports beside the record', () => {
  const recordKey = ['1', 'test', address.scope, 'ada', '', 'outbox'];
  const add = (page: ReturnType<typeof pageWith>, set: number) => page.add({ achievement: '1', set }, { at: START });

  it('rewrite none of those that are in it, and are folded into it by fifty', async () => {
    const storage = memoryStorage();
    const page = pageWith(storage);
    await add(page, 0);
    const rowsOf = async (key: readonly string[]) => ((await storage.get(key)) as { queued: unknown[] }).queued.length;
    const besideKey = [...recordKey.slice(0, -1), 'outbox-added'];
    for (let count = 1; count <= 50; count++) await add(page, count);
    expect([await rowsOf(recordKey), await rowsOf(besideKey)]).toEqual([1, 50]);
    await add(page, 51);
    expect([await rowsOf(recordKey), await rowsOf(besideKey)]).toEqual([52, 0]);
    const { queued } = await pageWith(storage).read();
    expect(queued.map(({ set, sequence }) => [set, sequence])).toEqual(
      Array.from({ length: 52 }, (_, index) => [index, index + 1]),
    );
  });

  it('count: with those beside the record there are never more than 1,000', async () => {
    const storage = memoryStorage();
    const page = pageWith(storage);
    await Promise.all(Array.from({ length: 998 }, (_, index) => add(page, index)));
    const other = pageWith(storage);
    await add(other, 998);
    await add(pageWith(storage), 999);
    await expect(add(pageWith(storage), 1000)).rejects.toMatchObject({ problem: { code: 'storage' } });
    expect((await pageWith(storage).read()).queued).toHaveLength(1000);
  });

  it('keep their order where older code, which knows nothing of them, has added to the record', async () => {
    const storage = memoryStorage();
    const page = pageWith(storage);
    await add(page, 1);
    await add(page, 2);
    const old = { id: 'old', sequence: 2, achievement: '1', set: 9, at: START, attempts: 0 };
    await storage.update(recordKey, (record) => {
      const { queued } = record as { queued: unknown[] };
      return { ...(record as object), sequence: 2, queued: [...queued, old] };
    });
    const { queued } = await pageWith(storage).read();
    expect(queued.map(({ set, sequence }) => [set, sequence])).toEqual([
      [1, 1],
      [9, 2],
      [2, 3],
    ]);
  });
});

describe('reports that another page has sent', () => {
  const storage = () => ({ ...memoryStorage(), volatile: false });
  const accepted = (ids: readonly string[]): ReportAnswer[] => ids.map((id) => ({ id, outcome: 'accepted' }));

  /** A page with a store that nobody is subscribed to, and how its pushes end. */
  function page(device: KeyValueStorage, push: NonNullable<Backend['push']>) {
    const around = world(() => device);
    const backend = scriptedBackend(fresh([]), { push });
    const environment = { ...around.environment, createId: () => `id-${++ids}` };
    const store = createStore({ backend, player: 'ada', environment });
    return { store, clock: around.clock };
  }

  /** Lets the fake clock run until something is so; nothing waits for the real one. */
  async function until(clock: { advance(milliseconds: number): Promise<void> }, isSo: () => boolean): Promise<void> {
    for (let steps = 0; !isSo(); steps++) {
      if (steps > 500) throw new Error('It never came to be so');
      await clock.advance(100);
    }
  }

  it('leave no problem behind in the page that could not send them, so that its next report goes out', async () => {
    const device = storage();
    let isDown = true;
    const sent: string[] = [];
    const here = page(device, async (reports) => {
      if (isDown) throw failure('offline');
      sent.push(...reports.map(({ achievement }) => achievement));
      return accepted(reports.map(({ id }) => id));
    });
    await here.store.report({ achievement: 'first', add: 1 });
    await until(here.clock, () => here.store.snapshot.problem !== undefined);
    const other = page(device, async (reports) => accepted(reports.map(({ id }) => id)));
    await other.store.report({ achievement: 'second', add: 1 });
    await until(other.clock, () => other.store.snapshot.pending === 0);
    isDown = false;
    await until(here.clock, () => here.store.snapshot.pending === 0 && here.store.snapshot.problem === undefined);
    await here.store.report({ achievement: 'third', add: 1 });
    await until(here.clock, () => sent.includes('third'));
    expect(sent).toEqual(['third']);
  });

  it('are no problem of the service when its answer comes after that of the other page', async () => {
    const device = storage();
    const answer = deferred<void>();
    const here = page(device, async (reports) => {
      await answer.promise;
      return accepted(reports.map(({ id }) => id));
    });
    await here.store.report({ achievement: 'first', add: 1 });
    const other = page(device, async (reports) => accepted(reports.map(({ id }) => id)));
    await other.store.refresh();
    expect(other.store.snapshot.pending).toBe(0);
    const problems: unknown[] = [];
    here.store.subscribe(({ problem }) => problem && problems.push(problem));
    answer.resolve();
    await until(here.clock, () => here.store.snapshot.pending === 0);
    expect(problems).toEqual([]);
  });
});

describe('an outbox that another version of the code has written', () => {
  const key = ['1', 'test', address.scope, 'ada', '', 'outbox'];
  const row = { id: 'old', sequence: 7, achievement: '1', add: 3, at: START, attempts: 1, sentAt: START };

  it('is sent by a newer one, row by row, and goes on in its order', async () => {
    const storage = memoryStorage();
    await storage.update(key, () => ({ v: VERSION - 1, sequence: 7, queued: [row], rejected: [], accepted: [] }));
    const here = pageWith(storage);
    expect((await here.read()).queued).toEqual([row]);
    await here.add({ achievement: '1', add: 1 }, { at: START });
    expect(here.contents.queued.map(({ sequence, add }) => [sequence, add])).toEqual([
      [7, 3],
      [8, 1],
    ]);
    expect(await storage.get(key)).toMatchObject({ v: VERSION, sequence: 8 });
  });

  it('is left as it is by an older one, which keeps nothing and says so', async () => {
    const storage = memoryStorage();
    const newer = { v: VERSION + 1, queued: [row] };
    await storage.update(key, () => newer);
    const here = pageWith(storage);
    await expect(here.add({ achievement: '1', add: 1 }, { at: START })).rejects.toThrow('newer version');
    await here.forgetAccepted(START);
    expect(await storage.get(key)).toBe(newer);
    expect(here.contents.queued).toEqual([]);
  });
});
