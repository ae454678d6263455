import { describe, expect, it } from 'vitest';
import type { Achievement, Backend, Report, ReportAnswer, ReportIntent } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { PushedProgress, meantBy } from '../../../src/store/reports.js';
import type { Store, StoreOptions } from '../../../src/store/store.js';
import { achievement, device, failure, follow, fresh, scriptedBackend, turns, until, world } from './support.js';

const counted = (id: string, current: number, target = 10, facts: Partial<Achievement> = {}) =>
  achievement(id, {
    state: current > 0 ? 'in-progress' : 'locked',
    requirements: [{ id: 'main', current, target, unit: 'count' }],
    progress: { current, target, ratio: current / target, unit: 'count' },
    ...facts,
  });

type Answerer = (reports: readonly Report[]) => readonly ReportAnswer[] | Promise<readonly ReportAnswer[]>;

const acceptAll = (reports: readonly Report[]): readonly ReportAnswer[] =>
  reports.map(({ id }) => ({ id, outcome: 'accepted' }));
const never: Answerer = () => new Promise(() => undefined);

/** Storage that says it lasts, as a device does. */
function lasting(storage = memoryStorage()): KeyValueStorage {
  return { ...storage, volatile: false };
}

function start(
  answer: Answerer,
  members: Partial<Backend> = {},
  options: Partial<StoreOptions> = {},
  storage = lasting(),
) {
  const here = world(() => storage);
  const pushed: (readonly Report[])[] = [];
  let answerNow = answer;
  const library = [counted('a', 2), counted('b', 0), counted('c', 9), achievement('d')];
  const backend = scriptedBackend(fresh(library), {
    push: async (reports) => {
      pushed.push(reports);
      return answerNow(reports);
    },
    ...members,
  });
  const open = (more: Partial<StoreOptions> = {}) =>
    createStore({ backend, player: 'p1', environment: here.environment, ...options, ...more });
  return { ...here, backend, pushed, open, storage, answerWith: (next: Answerer) => (answerNow = next) };
}

const shown = (store: Store, id: string) => store.snapshot.library?.achievements.find((each) => each.id === id);
const currentOf = (store: Store, id: string) => shown(store, id)?.progress?.current;

describe('a report that is none', () => {
  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /id of an achievement/],
    ['without an achievement', { set: 1 }, /id of an achievement/],
    ['with an empty achievement', { achievement: ' ', set: 1 }, /id of an achievement/],
    ['with a number for an achievement', { achievement: 5, set: 1 }, /as a text/],
    ['with a name of 513 letters', { achievement: 'x'.repeat(513), set: 1 }, /id of an achievement/],
    ['that says nothing', { achievement: 'a' }, /one of "set", "add" and "unlock"/],
    ['that says two things', { achievement: 'a', set: 1, add: 1 }, /one of "set", "add" and "unlock"/],
    ['of a set that is no number', { achievement: 'a', set: NaN }, /"set" of 0 or more/],
    ['of a set below 0', { achievement: 'a', set: -1 }, /"set" of 0 or more/],
    ['of an endless set', { achievement: 'a', set: Infinity }, /"set" of 0 or more/],
    ['of a set as a text', { achievement: 'a', set: '7' }, /"set" of 0 or more/],
    ['of an add of 0', { achievement: 'a', add: 0 }, /"add" above 0/],
    ['of an add below 0', { achievement: 'a', add: -2 }, /"add" above 0/],
    ['of an unlock that is false', { achievement: 'a', unlock: false }, /"unlock: true"/],
  ])('%s is refused in words, and nothing is kept', async (_, intent, message) => {
    const { open, pushed } = start(acceptAll);
    const store = open();
    await expect(store.report(intent as ReportIntent)).rejects.toMatchObject({
      problem: { code: 'bad-shape', message: expect.stringMatching(message) as string },
    });
    expect(store.snapshot).toMatchObject({ pending: 0, problem: { code: 'bad-shape' } });
    expect(pushed).toEqual([]);
  });
});

describe('a backend', () => {
  it('that cannot write says so before anything is queued', async () => {
    const here = world(() => lasting());
    const store = createStore({ backend: scriptedBackend(fresh([])), player: 'p1', environment: here.environment });
    await expect(store.report({ achievement: 'a', set: 1 })).rejects.toMatchObject({
      problem: { code: 'forbidden', message: expect.stringContaining('read-only') as string },
    });
    expect(store.snapshot.pending).toBe(0);
  });

  it('that refuses an intent says why, with the achievement in view', async () => {
    const seen: (Achievement | undefined)[] = [];
    const { open } = start(acceptAll, {
      refuses: ({ add }, known) => {
        seen.push(known);
        return add === undefined ? undefined : 'No "add" here.';
      },
    });
    const store = open();
    await store.refresh();
    await expect(store.report({ achievement: 'a', add: 1 })).rejects.toThrow('No "add" here.');
    expect(seen.map((each) => each?.key)).toEqual(['test:a']);
    await store.report({ achievement: 'a', set: 3 });
  });
});

describe('a report', () => {
  it('that nobody waits for is no uncaught error when it is refused', async () => {
    const uncaught: unknown[] = [];
    const listener = (reason: unknown) => uncaught.push(reason);
    process.on('unhandledRejection', listener);
    const { open } = start(acceptAll);
    void open().report({ achievement: '' });
    await turns();
    process.off('unhandledRejection', listener);
    expect(uncaught).toEqual([]);
  });

  it('resolves once it is on disk, with the id that the service gets', async () => {
    const { factory, storage } = device();
    const { open, pushed } = start(never, {}, {}, storage);
    const store = open();
    const { id, storage: kept } = await store.report({ achievement: 'a', set: 3 });
    expect(kept).toBe('persistent');
    const rows = await storage.get(['1', 'test', 'https://service.example/achievements', 'p1', '', 'outbox']);
    expect(rows).toMatchObject({ queued: [{ id, achievement: 'a', set: 3, sequence: 1 }] });
    await until(() => pushed.length === 1);
    expect(pushed[0]).toMatchObject([{ id, achievement: 'a', set: 3 }]);
    expect(factory).toBeDefined();
  });

  it('carries the intent alone: nothing else of the object is kept or sent', async () => {
    const { open, pushed, clock, storage } = start(acceptAll);
    await open().report({ achievement: 'a', set: 3, token: 'canary' } as ReportIntent);
    await clock.advance(0);
    const all = JSON.stringify([
      pushed,
      await storage.get(['1', 'test', 'https://service.example/achievements', 'p1', '', 'outbox']),
    ]);
    expect(all).not.toContain('canary');
    expect(Object.keys(pushed[0]![0]!).sort()).toEqual(['achievement', 'at', 'id', 'set']);
  });

  it.each<[string, ReportIntent, string, Partial<Achievement>]>([
    ['set', { achievement: 'a', set: 5 }, 'a', { state: 'in-progress', pending: true }],
    ['add', { achievement: 'a', add: 4 }, 'a', { state: 'in-progress', pending: true }],
    ['the last one missing', { achievement: 'c', add: 1 }, 'c', { state: 'unlocked', pending: true }],
    ['unlock', { achievement: 'd', unlock: true }, 'd', { state: 'unlocked', pending: true }],
    ['by its key', { achievement: 'test:b', set: 1 }, 'b', { state: 'in-progress', pending: true }],
  ])('shows at once as pending: %s', async (_, intent, id, expected) => {
    const { open } = start(never);
    const store = open();
    await store.refresh();
    const log = follow(store);
    void store.report(intent);
    expect(shown(store, id)).toMatchObject(expected);
    expect(store.snapshot.pending).toBe(1);
    expect(log.changes.flatMap(({ unlocked }) => unlocked.map((each) => each.id))).toEqual(
      expected.state === 'unlocked' ? [id] : [],
    );
    // What is confirmed stays apart: nobody else is pending.
    expect(store.snapshot.library!.achievements.filter(({ pending }) => pending)).toHaveLength(1);
  });

  it('never takes anything back: a lower set, or one of what is unlocked or expired, changes nothing shown', async () => {
    const { open, backend } = start(never);
    backend.script = fresh([
      counted('a', 5),
      counted('u', 10, 10, { state: 'unlocked' }),
      counted('x', 1, 10, { state: 'expired' }),
    ]);
    const store = open();
    await store.refresh();
    for (const [id, current, state] of [
      ['a', 5, 'in-progress'],
      ['u', 10, 'unlocked'],
      ['x', 1, 'expired'],
    ] as const) {
      void store.report({ achievement: id, set: 3 });
      expect(shown(store, id)).toMatchObject({ state, progress: { current } });
    }
  });

  it('that the service has counted already is not counted once more in what is shown', async () => {
    const { open, backend, clock } = start(never);
    const store = open();
    await store.refresh();
    await store.report({ achievement: 'a', add: 3 });
    expect(currentOf(store, 'a')).toBe(5);
    // The service did it, and its answer got lost.
    backend.script = fresh([counted('a', 5)], { validator: { digest: 'later' } });
    await clock.advance(20_000);
    void store.refresh();
    await clock.advance(20_000);
    expect(shown(store, 'a')).toMatchObject({ pending: true, progress: { current: 5 } });
  });

  it('is shown after a reload too, until a pull that began after its acceptance has it', async () => {
    const { open, backend, clock } = start(acceptAll);
    const store = open();
    await store.refresh();
    await clock.advance(1000);
    await store.report({ achievement: 'a', set: 7 });
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(currentOf(store, 'a')).toBe(7);
    store.dispose();
    backend.script = failure('offline');
    const after = open();
    follow(after);
    await clock.advance(0);
    expect(shown(after, 'a')).toMatchObject({ progress: { current: 7 } });
    expect(shown(after, 'a')?.pending).toBeUndefined();
    backend.script = fresh([counted('a', 8)], { validator: { digest: 'later' } });
    await after.refresh();
    expect(currentOf(after, 'a')).toBe(8);
  });

  it('in memory is honest about it: no player, or a device that refuses', async () => {
    const { open } = start(never, {}, { cache: 'memory' });
    expect(await open().report({ achievement: 'a', set: 3 })).toMatchObject({ storage: 'memory' });
    const broken = lasting();
    const refusing = { ...broken, update: () => Promise.reject(new DOMException('no', 'UnknownError')) };
    const other = start(acceptAll, {}, {}, refusing);
    const store = other.open();
    expect(await store.report({ achievement: 'a', set: 3 })).toMatchObject({ storage: 'memory' });
    expect(store.snapshot.storage).toBe('memory');
    await other.clock.advance(0);
    expect(other.pushed).toHaveLength(1);
    expect(store.snapshot.pending).toBe(0);
  });

  it('is refused loudly where 1,000 wait, and those stay', async () => {
    const { open, clock } = start(() => {
      throw failure('offline');
    });
    const store = open();
    const made = Array.from({ length: 1000 }, () => store.report({ achievement: 'a', add: 1 }));
    await Promise.all(made);
    await expect(store.report({ achievement: 'a', add: 1 })).rejects.toMatchObject({ problem: { code: 'storage' } });
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(1000);
  });

  it('after signing out is refused, and what was not sent is gone with the player, counted', async () => {
    const { open, pushed, storage, clock } = start(never);
    const store = open();
    await store.report({ achievement: 'a', set: 3 });
    await store.report({ achievement: 'b', set: 3 });
    await clock.advance(0);
    expect(await store.signOut()).toBe(2);
    await expect(store.report({ achievement: 'a', set: 4 })).rejects.toMatchObject({
      problem: { code: 'unauthorized' },
    });
    let left = 0;
    await storage.deleteWhere((key) => {
      if (key[3] === 'p1') left += 1;
      return false;
    });
    expect(left).toBe(0);
    await clock.advance(600_000);
    expect(pushed).toHaveLength(1);
  });
});

describe('a rejected report', () => {
  const reject: Answerer = (reports) => reports.map(({ id }) => ({ id, outcome: 'rejected', code: 'not-open' }));

  it('is taken back visibly, kept for the host, and does not hold up the others', async () => {
    const { open, clock } = start((reports) =>
      reports.map(({ id, achievement }) =>
        achievement === 'a' ? { id, outcome: 'rejected', code: 'not-open' } : { id, outcome: 'accepted' },
      ),
    );
    const store = open();
    await store.refresh();
    await clock.advance(1000);
    const log = follow(store);
    await Promise.all([store.report({ achievement: 'a', set: 5 }), store.report({ achievement: 'b', set: 1 })]);
    await clock.advance(0);
    expect(currentOf(store, 'a')).toBe(2);
    expect(currentOf(store, 'b')).toBe(1);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ achievement: 'a', set: 5, code: 'not-open' }] });
    expect(log.changes.at(-1)?.progressed.map(({ previous }) => previous.progress?.current)).toContain(5);
  });

  it('is sent again as a new one, or dropped, as the host says', async () => {
    const { open, clock, pushed, answerWith } = start(reject);
    const store = open();
    await store.report({ achievement: 'a', set: 5 });
    await store.report({ achievement: 'b', set: 5 });
    await clock.advance(0);
    const [first, second] = store.snapshot.rejected!;
    answerWith(acceptAll);
    expect(await store.retryReport(first!.id)).toBe(true);
    expect(await store.dropReport(second!.id)).toBe(true);
    expect(await store.dropReport(second!.id)).toBe(false);
    expect(await store.retryReport('nobody')).toBe(false);
    await clock.advance(0);
    expect(store.snapshot.rejected).toBeUndefined();
    expect(pushed.at(-1)).toMatchObject([{ achievement: 'a', set: 5 }]);
    expect(pushed.at(-1)![0]!.id).not.toBe(first!.id);
  });

  it('for which a whole request was refused is found, and the others are sent', async () => {
    const { open, clock } = start((reports) => {
      if (reports.some(({ achievement }) => achievement === 'd')) throw failure('unknown', { status: 400 });
      return acceptAll(reports);
    });
    const store = open();
    await Promise.all(['a', 'b', 'd', 'c'].map((id) => store.report({ achievement: id, set: 1 })));
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(store.snapshot.rejected?.map((each) => each.achievement)).toEqual(['d']);
  });
});

describe('a service', () => {
  it('that wants a token is asked again only when the host asks', async () => {
    const { open, clock, pushed, answerWith } = start(() => {
      throw failure('unauthorized', { status: 401 });
    });
    const store = open();
    await store.report({ achievement: 'a', set: 5 });
    await clock.advance(3_600_000);
    expect(pushed).toHaveLength(1);
    expect(store.snapshot).toMatchObject({ pending: 1, problem: { code: 'unauthorized' } });
    await store.report({ achievement: 'a', set: 6 });
    await clock.advance(0);
    expect(pushed).toHaveLength(1);
    answerWith(acceptAll);
    await store.refresh();
    expect(store.snapshot.pending).toBe(0);
    expect(store.snapshot.problem).toBeUndefined();
  });

  it('that answers some is sent the others, and only them', async () => {
    const { open, clock, pushed } = start((reports) => acceptAll(reports.slice(0, 1)));
    const store = open();
    await Promise.all(['a', 'b', 'c'].map((id) => store.report({ achievement: id, set: 1 })));
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    const sent = pushed.flat().map(({ achievement: id }) => id);
    expect(sent.filter((id) => id === 'c').length).toBeGreaterThan(0);
    expect(pushed.at(-1)!.map(({ achievement: id }) => id)).toEqual(['c']);
  });

  it('that answers for reports it was not sent changes nothing', async () => {
    const { open, clock } = start((reports) => [{ id: 'foreign', outcome: 'rejected' }, ...acceptAll(reports)]);
    const store = open();
    await store.report({ achievement: 'a', set: 1 });
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(store.snapshot.rejected).toBeUndefined();
  });

  it('may have forgotten an add of long ago: it is asked, and where it does not know the host decides', async () => {
    const recalled: (readonly string[])[] = [];
    const { open, clock, pushed, answerWith } = start(
      () => {
        throw failure('timeout');
      },
      {
        remembersFor: 60_000,
        recall: async (ids) => {
          recalled.push(ids);
          return [];
        },
      },
    );
    const store = open();
    await store.refresh();
    const [add, set] = await Promise.all([
      store.report({ achievement: 'a', add: 1 }),
      store.report({ achievement: 'b', set: 4 }),
    ]);
    await clock.advance(0);
    store.dispose();
    await clock.advance(120_000);
    answerWith(acceptAll);
    const sentBefore = pushed.length;
    const after = open();
    await after.refresh();
    await clock.advance(60_000);
    expect(recalled[0]).toEqual([add.id, set.id]);
    expect(after.snapshot.rejected).toMatchObject([{ id: add.id, code: 'uncertain' }]);
    expect(pushed.slice(sentBefore).flat()).toMatchObject([{ id: set.id }]);
  });
});

describe('pushed progress', () => {
  it('shows at once and holds until a pull that began later has it, or two minutes are over', async () => {
    const { open, backend, clock } = start(acceptAll);
    const store = open();
    const log = follow(store);
    await clock.advance(0);
    await clock.advance(1000);
    store.apply([{ achievement: 'a', requirements: [{ current: 10 }], state: 'unlocked', unlockedAt: 5 }]);
    expect(shown(store, 'a')).toMatchObject({ state: 'unlocked', unlockedAt: 5, progress: { ratio: 1 } });
    expect(log.changes.at(-1)).toMatchObject({ missed: false, unlocked: [{ id: 'a' }] });
    backend.script = fresh([counted('a', 3)], { validator: { digest: 'truth' } });
    await clock.advance(3000);
    expect([currentOf(store, 'a'), shown(store, 'a')?.state]).toEqual([10, 'unlocked']);
    await clock.advance(120_000);
    expect([currentOf(store, 'a'), shown(store, 'a')?.state]).toEqual([3, 'in-progress']);
  });

  it('of a game that tells every step keeps the last one, and pushes nothing else out', async () => {
    const { open, clock } = start(acceptAll);
    const store = open();
    await clock.advance(0);
    await store.refresh();
    store.apply([{ achievement: 'b', requirements: [{ current: 4 }] }]);
    for (let step = 1; step <= 1500; step++) {
      store.apply([{ achievement: 'a', requirements: [{ current: step, target: 2000 }] }]);
    }
    expect(currentOf(store, 'a')).toBe(1500);
    expect(currentOf(store, 'b')).toBe(4);
  });

  it('that nobody knows is left out; what is none is told, and what is shown stays', async () => {
    const { open, clock } = start(acceptAll);
    const store = open();
    follow(store);
    await clock.advance(0);
    store.apply([{ achievement: 'nobody', state: 'unlocked' }]);
    expect(store.snapshot.library!.achievements.every(({ state }) => state !== 'unlocked')).toBe(true);
    for (const garbage of [{ hello: 1 }, 'text', 7, null, [null], [{ achievement: 5 }]] as object[]) {
      store.apply(garbage);
      expect(store.snapshot.problem).toMatchObject({ code: 'bad-shape' });
    }
    expect(store.snapshot.library!.achievements).toHaveLength(4);
  });

  it('is translated by the backend', async () => {
    const { open, clock } = start(acceptAll, {
      translate: (pushed) => (pushed === 'frame' ? [{ achievement: 'b', requirements: [{ current: 4 }] }] : undefined),
    });
    const store = open();
    follow(store);
    await clock.advance(0);
    store.apply('frame' as unknown as object);
    expect(currentOf(store, 'b')).toBe(4);
  });

  it('that a backend hears of is a hint: it is asked soon, and once for many', async () => {
    let tell: (() => void) | undefined;
    const { open, backend, clock, page } = start(acceptAll, {
      listen: (changed, { signal }) => {
        tell = changed;
        signal.addEventListener('abort', () => (tell = undefined));
      },
    });
    const store = open();
    const log = follow(store);
    await clock.advance(0);
    expect(backend.requests).toHaveLength(1);
    for (let event = 0; event < 100; event++) tell!();
    await clock.advance(2000);
    expect(backend.requests).toHaveLength(2);
    page.change({ visible: false });
    expect(tell).toBeUndefined();
    page.change({ visible: true });
    expect(tell).toBeDefined();
    log.stop();
    await clock.advance(0);
    expect(tell).toBeUndefined();
    expect(clock.waiting).toEqual([]);
  });
});

describe('when everything is answered', () => {
  it('nothing runs and nothing is listened to', async () => {
    const { open, clock, page } = start(acceptAll);
    const store = open();
    await store.report({ achievement: 'a', set: 5 });
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(clock.waiting).toEqual([]);
    expect(page.listenerCount).toBe(0);
  });
});

describe('what a report means', () => {
  const GUID = 'ABCDEF01-2345-6789-ABCD-EF0123456789';
  const twins = ['x', 'y'].map((end) => achievement('5', { key: `test:5@${end}` }));
  const guided = achievement('6', { key: `test:${GUID.toLowerCase()}/6`, apiName: 'Six' });
  const named = achievement('7', { key: 'test:7', apiName: '8' });
  const library = [...twins, guided, named, achievement('9')];
  const meant = (name: string) => meantBy({ achievement: name, unlock: true }, library)?.key;

  it.each([
    ['9', 'test:9'],
    ['test:9', 'test:9'],
    ['Six', guided.key],
    [`test:${GUID}/6`, guided.key],
    ['8', 'test:7'],
    ['test:5@x', 'test:5@x'],
    ['test:5@y', 'test:5@y'],
    ['test:5', undefined],
    ['10', undefined],
    ['', undefined],
  ])('by %j is %j', (name, key) => {
    expect(meant(name)).toBe(key);
  });

  it('is refused where it means several, with words that name the keys', async () => {
    const words = 'More than one achievement is called "5": report it by its key, "test:5@x" or "test:5@y".';
    expect(() => meant('5')).toThrow(words);
    const { open, backend } = start(acceptAll);
    backend.script = fresh(library);
    const store = open();
    await store.refresh();
    await expect(store.report({ achievement: '5', unlock: true })).rejects.toMatchObject({
      problem: { code: 'bad-shape', message: words },
    });
    expect(store.snapshot.pending).toBe(0);
  });

  it('is its exact key before anything else that it could be', () => {
    const exact = achievement('a', { key: 'b' });
    const other = achievement('b', { key: 'c' });
    expect(meantBy({ achievement: 'b', unlock: true }, [other, exact])).toBe(exact);
  });

  it('is shown on an achievement that a frame names by its GUID in another case', () => {
    const byId = achievement(GUID, { key: `test:${GUID.toLowerCase()}` });
    for (const name of [`test:${GUID}/6`, guided.key, guided.id]) {
      const pushed = new PushedProgress();
      pushed.add(scriptedBackend(fresh([])), [{ achievement: name, state: 'unlocked' }], 0);
      const over = pushed.over([guided, named], { queued: [], accepted: [], rejected: [] });
      expect(
        over.map(({ state }) => state),
        name,
      ).toEqual(['unlocked', 'locked']);
    }
    for (const name of [GUID, GUID.toLowerCase()]) {
      const pushed = new PushedProgress();
      pushed.add(scriptedBackend(fresh([])), [{ achievement: name, state: 'unlocked' }], 0);
      expect(pushed.over([byId], { queued: [], accepted: [], rejected: [] })[0]?.state, name).toBe('unlocked');
    }
  });
});
