import { describe, expect, it } from 'vitest';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { createOutbox } from '../../../src/store/outbox.js';

const address = { backend: 'test', scope: 'https://service.example/reports', player: 'ada', locale: '' };
const START = 1_700_000_000_000;

let ids = 0;

/** What one page has of an outbox that several share. */
function pageWith(storage: KeyValueStorage) {
  return createOutbox(
    { ...storage, volatile: false },
    address,
    () => `id-${++ids}`,
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
    };
    const here = pageWith(counted);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => here.add({ achievement: '1', set: index }, { at: START })),
    );
    expect(here.contents.queued.map(({ set }) => set)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(transactions).toBe(1);
  });
});
