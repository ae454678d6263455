import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/index.js';
import { VERSION } from '../../../src/store/cache.js';
import { createStore } from '../../../src/store/create-store.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { createOutbox } from '../../../src/store/outbox.js';
import { fresh, scriptedBackend, until, world } from './support.js';

const SCOPE = 'https://service.example/reports';
const KEY = ['1', 'test', SCOPE, 'ada', '', 'outbox'];
const MADE = Date.UTC(2026, 0, 18);

const good = { id: 'good', sequence: 9, achievement: '1', set: 3, at: MADE, attempts: 0 };
const bad = { id: 'bad', sequence: 1, achievement: 'a', add: 1, at: MADE, attempts: 0 };
/** What a row can hold, and Lit takes for one of its templates. */
const template = { ['_$litType$']: 1, strings: ['<b>'], values: [] };

/** A device that holds these rows, and what a page with a store sends of them. */
async function sentOf(rows: readonly unknown[]) {
  const device = { ...memoryStorage(), volatile: false };
  await device.update(KEY, () => ({ v: VERSION, sequence: 9, queued: rows, rejected: [], accepted: [] }));
  const { environment, clock } = world(() => device);
  const began = clock.now();
  const sent: Report[] = [];
  const backend = scriptedBackend(fresh([]), {
    reportScope: SCOPE,
    push: (reports) => {
      sent.push(...reports);
      return Promise.resolve(reports.map(({ id }) => ({ id, outcome: 'accepted' as const })));
    },
  });
  const store = createStore({ backend, player: 'ada', environment });
  await store.refresh();
  await until(() => store.snapshot.pending === 0 && sent.some(({ id }) => id === 'good'));
  return { device, sent, isNow: (time: number) => time >= began && time <= clock.now() };
}

describe('a row of the outbox that holds what it should not', () => {
  it.each<[string, object, object, 'now'?]>([
    ['a time that no date holds', { at: 1e300 }, {}, 'now'],
    ['a time that is not a number', { at: NaN }, {}, 'now'],
    ['no time', { at: undefined }, {}, 'now'],
    ['a time as text', { at: '2026-01-01' }, {}, 'now'],
    ['the first moment after the last', { at: 8.64e15 + 2 }, {}, 'now'],
    ['the last moment', { at: 8.64e15 }, { at: 8.64e15 }],
    ['half a character in its achievement', { achievement: 'a\uD800' }, { achievement: 'a\uFFFD' }],
    ['half a character in its key', { key: '\uDC00b' }, { key: '\uFFFDb' }],
    ['a key that is a template', { key: template }, {}],
    ['what it expects without end', { expects: Infinity }, {}],
    ['when it was sent, at no time', { sentAt: 1e300 }, {}],
    ['attempts that are none', { attempts: 'many' }, {}],
    ['members that nobody knows', { frob: template, unlock: 'yes' }, {}],
  ])(
    'is sent all the same, with values that are right, and holds up nothing: %s',
    async (_name, members, repaired, when) => {
      const { device, sent, isNow } = await sentOf([good, { ...bad, ...members }]);
      expect(sent.map(({ id }) => id)).toEqual(['bad', 'good']);
      const { at, achievement, key, add, set, unlock } = sent[0]!;
      const wanted = { achievement: 'a', add: 1, at: when ? at : MADE, ...repaired };
      expect({ achievement, key, add, set, unlock, at }).toEqual({
        key: undefined,
        set: undefined,
        unlock: undefined,
        ...wanted,
      });
      if (when) expect(isNow(at)).toBe(true);
      expect(() => new Date(at).toISOString()).not.toThrow();
      expect(JSON.stringify(await device.get(KEY)) ?? '').not.toContain('_$litType$');
    },
  );

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['no id', { ...bad, id: '' }],
    ['an id that is a template', { ...bad, id: template }],
    ['no achievement', { ...bad, achievement: undefined }],
    ['an achievement that is a template', { ...bad, achievement: template }],
    ['no place', { ...bad, sequence: NaN }],
    ['no deed', { ...bad, add: undefined }],
    ['two deeds', { ...bad, set: 1 }],
    ['a deed without end', { ...bad, add: Infinity }],
    ['a deed below nothing', { ...bad, add: -1 }],
  ])('is left where it is, and the others are sent, where it is no report: %s', async (_name, row) => {
    const { device, sent } = await sentOf([row, good]);
    expect(sent.map(({ id }) => id)).toEqual(['good']);
    expect(await device.get(KEY)).toMatchObject({ queued: [row] });
  });

  it('is shown with a time and a code of its own where it was rejected, or accepted', async () => {
    const storage = { ...memoryStorage(), volatile: false };
    const rejected = [{ ...bad, code: template, rejectedAt: 1e300, at: 1e300 }];
    await storage.update(KEY, () => ({ v: VERSION, queued: 'x', rejected, accepted: [{ ...good, acceptedAt: NaN }] }));
    const address = { backend: 'test', scope: SCOPE, player: 'ada', locale: '' };
    const outbox = createOutbox(
      storage,
      address,
      () => 'id',
      () => MADE,
      () => undefined,
    );
    expect(await outbox.read()).toEqual({
      queued: [],
      rejected: [{ ...bad, code: 'rejected', rejectedAt: MADE }],
      accepted: [{ ...good, acceptedAt: 0 }],
    });
  });
});
