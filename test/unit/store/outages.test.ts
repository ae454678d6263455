import { describe, expect, it } from 'vitest';
import type { Backend, Report, ReportAnswer } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import type { KeyValueStorage } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { Store } from '../../../src/store/store.js';
import { achievement, countingClock, deferred, failure, fresh, scriptedBackend, world } from './support.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Answerer = (reports: readonly Report[]) => readonly ReportAnswer[];

const acceptAll: Answerer = (reports) => reports.map(({ id }) => ({ id, outcome: 'accepted' }));
const refuseAll: Answerer = () => {
  throw failure('unknown', { status: 400 });
};
/** Refuses every request in which this is said. */
const refuse =
  (isBad: (report: Report) => boolean): Answerer =>
  (reports) =>
    reports.some(isBad) ? refuseAll(reports) : acceptAll(reports);

function device(): KeyValueStorage {
  return { ...memoryStorage(), volatile: false };
}

/** A device with a clock, and pages that come to it one after the other. */
function start(answer: Answerer, storage = device()) {
  const clock = countingClock();
  const pushed: (readonly Report[])[] = [];
  const hints: string[] = [];
  let answerNow = answer;
  let pages = 0;
  const open = (members: Partial<Backend> = {}) => {
    const here = world(() => storage, clock);
    const page = (pages += 1);
    let ids = 0;
    const backend = scriptedBackend(fresh([achievement('a'), achievement('b'), achievement('c')]), {
      push: async (reports) => {
        pushed.push(reports);
        return answerNow(reports);
      },
      ...members,
    });
    const environment = {
      ...here.environment,
      createId: () => `${page}-${(ids += 1)}`,
      hint: (text: string) => hints.push(text),
    };
    return { store: createStore({ backend, player: 'p1', environment }), backend };
  };
  return { clock, pushed, hints, storage, open, answerWith: (next: Answerer) => (answerNow = next) };
}

const says = (reports: readonly Report[] = []) => reports.map(({ achievement: id, set, add }) => `${id} ${set ?? add}`);
const codes = ({ snapshot }: Store) => (snapshot.rejected ?? []).map(({ achievement: id }) => id);

describe('an outage that answers 400 to everything', () => {
  it('kills none of 101 reports, asks little meanwhile, and all are done afterwards', async () => {
    const { open, clock, pushed, answerWith } = start(refuseAll);
    const { store } = open();
    for (let count = 0; count < 101; count++) void store.report({ achievement: 'abc'[count % 3]!, add: 1 });
    await clock.advance(10 * 60_000);
    expect(store.snapshot).toMatchObject({ pending: 101, problem: { status: 400 } });
    expect(store.snapshot.rejected).toBeUndefined();
    expect(pushed.length).toBeLessThan(100);
    answerWith(acceptAll);
    await clock.advance(10 * 60_000);
    expect(store.snapshot.pending).toBe(0);
    expect(store.snapshot.rejected).toBeUndefined();
  });

  it('kills none where each report is a request of its own, and one that is refused beside others is', async () => {
    const refusals =
      (isBad: (report: Report) => boolean): Answerer =>
      (reports) =>
        reports.map((report) => ({
          id: report.id,
          ...(isBad(report) ? { outcome: 'rejected', code: 'no', status: 400 } : { outcome: 'accepted' }),
        }));
    const { open, clock, answerWith } = start(refusals(() => true));
    const { store } = open({ pushLimit: 10 });
    for (let count = 0; count < 31; count++) void store.report({ achievement: 'abc'[count % 3]!, add: 1 });
    await clock.advance(10 * 60_000);
    expect(store.snapshot).toMatchObject({ pending: 31 });
    answerWith(refusals(({ achievement: id }) => id === 'x'));
    void store.report({ achievement: 'x', add: 1 });
    await clock.advance(10 * 60_000);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ achievement: 'x', code: 'no' }] });
  });

  it('of three days kills nothing either, while more than one waits', async () => {
    const { open, clock } = start(refuseAll);
    const { store } = open();
    void store.report({ achievement: 'a', add: 1 });
    void store.report({ achievement: 'b', add: 1 });
    await clock.advance(3 * DAY);
    expect(store.snapshot).toMatchObject({ pending: 2 });
    expect(store.snapshot.rejected).toBeUndefined();
  });
});

describe('a report that the service cannot read', () => {
  it.each([
    ['first', ['x', 'a', 'b', 'c']],
    ['among others', ['a', 'b', 'x', 'c']],
    ['last', ['a', 'b', 'c', 'x']],
  ])('is found where it is %s, since its neighbours are accepted in the same turn', async (_, names) => {
    const { open, clock } = start(refuse(({ achievement: id }) => id === 'x'));
    const { store } = open();
    await Promise.all(names.map((name) => store.report({ achievement: name, set: 1 })));
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(codes(store)).toEqual(['x']);
  });

  it('is found among its like, of one achievement', async () => {
    const { open, clock } = start(refuse(({ add }) => add === 7));
    const { store } = open();
    await Promise.all([7, 1, 2, 3].map((add) => store.report({ achievement: 'a', add })));
    await clock.advance(0);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ add: 7 }] });
  });

  it('holds up what came after it of its achievement and says something else, until it is decided', async () => {
    const { open, clock, pushed } = start(refuse(({ add }) => add === 7));
    const { store } = open();
    await Promise.all([store.report({ achievement: 'a', add: 7 }), store.report({ achievement: 'a', set: 3 })]);
    await clock.advance(1000);
    expect(store.snapshot).toMatchObject({ pending: 2 });
    await store.report({ achievement: 'b', set: 1 });
    await clock.advance(0);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ add: 7 }] });
    expect(says(pushed.at(-1))).toEqual(['a 3']);
  });

  it('and stands alone is tried for a day before it counts as refused', async () => {
    const { open, clock } = start(refuseAll);
    const { store } = open();
    await store.report({ achievement: 'a', add: 1 });
    await clock.advance(23 * HOUR);
    expect(store.snapshot).toMatchObject({ pending: 1 });
    await clock.advance(2 * HOUR);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ achievement: 'a' }] });
  });

  it('and stands alone is not refused because a clock says that a year has passed', async () => {
    const { open, clock } = start(refuseAll);
    const first = open();
    await first.store.report({ achievement: 'a', add: 1 });
    await clock.advance(0);
    first.store.dispose();
    await clock.advance(365 * DAY);
    const { store } = open();
    await store.refresh();
    expect(store.snapshot).toMatchObject({ pending: 1 });
  });
});

describe('dead letters', () => {
  const rejectAll: Answerer = (reports) => reports.map(({ id }) => ({ id, outcome: 'rejected', code: 'no' }));

  it('take no room from reports, and are sent again all at once, in their order', async () => {
    const { open, clock, answerWith, pushed } = start(rejectAll);
    const { store } = open();
    await Promise.all(Array.from({ length: 1000 }, (_, index) => store.report({ achievement: 'a', set: index })));
    for (let turns = 0; store.snapshot.pending > 0 && turns < 100; turns++) await clock.advance(0);
    expect(store.snapshot.rejected).toHaveLength(1000);
    answerWith(() => {
      throw failure('offline');
    });
    await store.report({ achievement: 'b', set: 1 });
    answerWith(acceptAll);
    pushed.length = 0;
    expect(await store.retryReports()).toBe(999);
    for (let turns = 0; store.snapshot.pending > 0 && turns < 100; turns++) await clock.advance(1000);
    expect(await store.retryReports()).toBe(1);
    await clock.advance(0);
    expect(store.snapshot.pending).toBe(0);
    expect(store.snapshot.rejected).toBeUndefined();
    const sets = pushed.flat().filter(({ achievement: id }) => id === 'a');
    expect(sets.map(({ set }) => set)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });

  it('are sent again where they pass', async () => {
    const { open, clock, answerWith } = start(rejectAll);
    const { store } = open();
    for (const name of ['a', 'b']) await store.report({ achievement: name, set: 1 });
    await clock.advance(0);
    answerWith(acceptAll);
    expect(await store.retryReports(({ achievement: id }) => id === 'b')).toBe(1);
    await clock.advance(0);
    expect(codes(store)).toEqual(['a']);
  });

  it('are let go of after 90 days of visits, which is told; one visit of a wrong clock is no 90 days', async () => {
    const { open, clock, hints } = start(rejectAll);
    const first = open();
    await first.store.report({ achievement: 'a', set: 1 });
    await clock.advance(0);
    const visit = async (after: number) => {
      await clock.advance(after);
      const { store } = open();
      await store.refresh();
      await clock.advance(0);
      const { rejected = [] } = store.snapshot;
      store.dispose();
      return rejected.length;
    };
    first.store.dispose();
    expect(await visit(365 * DAY)).toBe(1);
    for (let week = 2; week <= 12; week++) expect(await visit(7 * DAY)).toBe(1);
    expect(await visit(7 * DAY)).toBe(0);
    expect(hints.filter((text) => text.includes('1 refused reports were dropped'))).toHaveLength(1);
  });
});

describe('another address', () => {
  const at = (query: string, path = '/a') => ({ reportScope: `https://service.example${path}/reports${query}` });
  const offline: Answerer = () => {
    throw failure('offline');
  };

  it.each([
    ['?v=1', '?v=2'],
    ['?player=nova&build=2026.11', '?build=2026.12-rc&player=nova'],
    ['?_=1700000000000', '?_=1800000000000'],
    ['', '?1700000000000'],
    ['?hash=9f3c', '?hash=77ab'],
  ])('with %s becomes %s: what waited is sent, before what was made since', async (before, after) => {
    const { open, clock, pushed, answerWith } = start(offline);
    const { store } = open(at(before));
    await store.report({ achievement: 'a', set: 1 });
    store.dispose();
    answerWith(acceptAll);
    pushed.length = 0;
    const next = open(at(after));
    await next.store.report({ achievement: 'a', set: 2 });
    await clock.advance(0);
    expect(says(pushed.flat())).toEqual(['a 1', 'a 2']);
    expect(next.store.snapshot.elsewhere).toBeUndefined();
  });

  it('is looked for before anything is sent, also on a device that takes its time', async () => {
    const quick = device();
    const gate = deferred<void>();
    let isSlow = false;
    const slow: KeyValueStorage = {
      ...quick,
      async keys() {
        if (isSlow) await gate.promise;
        return (await quick.keys?.()) ?? [];
      },
    };
    const { open, clock, pushed, answerWith } = start(offline, slow);
    const { store } = open(at('?v=1'));
    await store.report({ achievement: 'a', set: 1 });
    store.dispose();
    answerWith(acceptAll);
    pushed.length = 0;
    isSlow = true;
    await open(at('?v=2')).store.report({ achievement: 'a', set: 2 });
    for (let turns = 0; turns < 10; turns++) await clock.advance(0);
    expect(pushed).toEqual([]);
    gate.resolve();
    for (let turns = 0; turns < 10; turns++) await clock.advance(0);
    expect(says(pushed.flat())).toEqual(['a 1', 'a 2']);
  });

  it('under which older code kept reports: they are found, and are in one place only', async () => {
    const { open, clock, pushed, storage } = start(acceptAll);
    const row = { id: 'old', sequence: 7, achievement: 'a', add: 3, at: clock.now(), attempts: 0 };
    const scope = 'https://service.example/a/reports?v=1';
    const key = ['1', 'test', scope, 'p1', '', 'outbox'];
    await storage.update(key, () => ({ v: 1, sequence: 7, queued: [row], rejected: [], accepted: [] }));
    const { store } = open(at('?v=2'));
    await store.refresh();
    await clock.advance(0);
    expect(pushed.flat().map(({ id }) => id)).toEqual(['old']);
    expect(await storage.get(key)).toBeUndefined();
  });

  it.each([
    ['another path', at('', '/a'), at('', '/b')],
    ['a query that may mean another player', at('?player=nova'), at('?player=rigel')],
    ['a short number that may name a title', at('?t=1'), at('?t=2')],
  ])('that is %s gets nothing of it, and is told after a day, without the query', async (_, before, after) => {
    const { open, clock, pushed, answerWith, hints } = start(offline);
    const { store } = open(before);
    await store.report({ achievement: 'a', set: 1 });
    store.dispose();
    answerWith(acceptAll);
    pushed.length = 0;
    const soon = open(after);
    await soon.store.refresh();
    await clock.advance(0);
    // It may be in use.
    expect(soon.store.snapshot.elsewhere).toBeUndefined();
    soon.store.dispose();
    await clock.advance(DAY + 1);
    const late = open(after);
    await late.store.refresh();
    await clock.advance(0);
    expect(late.store.snapshot.elsewhere).toEqual([{ address: 'https://service.example/a/reports', pending: 1 }]);
    expect(hints).toContain('1 reports wait for https://service.example/a/reports, to which this page does not send.');
    expect(pushed).toEqual([]);
  });
});

describe('a clock that is wrong', () => {
  /** Its clock can be set. */
  function startWithClock(answer: Answerer) {
    const here = start(answer);
    let error = 0;
    const { clock } = here;
    const now = clock.now.bind(clock);
    Object.assign(clock, { now: () => now() + error });
    return { ...here, set: (by: number) => (error += by) };
  }

  it('and is set back an hour, with answers lost and no recall: only additions are uncertain, and nothing stands', async () => {
    const { open, clock, pushed, answerWith, set } = startWithClock(() => {
      throw failure('timeout');
    });
    const recall = async () => {
      throw failure('not-found', { status: 404 });
    };
    const members = { remembersFor: 30 * DAY, recall };
    const first = open(members);
    await Promise.all([
      first.store.report({ achievement: 'a', add: 1 }),
      first.store.report({ achievement: 'b', set: 4 }),
      first.store.report({ achievement: 'c', unlock: true }),
    ]);
    await clock.advance(0);
    first.store.dispose();
    set(-HOUR);
    answerWith(acceptAll);
    pushed.length = 0;
    const { store } = open(members);
    await store.refresh();
    await clock.advance(60_000);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ achievement: 'a', code: 'uncertain' }] });
    expect(pushed.flat().map(({ achievement: id }) => id)).toEqual(['b', 'c']);
  });

  it('and nobody answers what became of an addition: it waits, and the others go on in the same turn', async () => {
    const { open, clock, pushed, answerWith } = start(() => {
      throw failure('timeout');
    });
    let isDown = true;
    const recall = async () => {
      if (isDown) throw failure('server', { status: 503 });
      return [];
    };
    const members = { remembersFor: DAY, recall };
    const first = open(members);
    await first.store.report({ achievement: 'a', add: 1 });
    await clock.advance(0);
    first.store.dispose();
    await clock.advance(2 * DAY);
    answerWith(acceptAll);
    pushed.length = 0;
    const { store } = open(members);
    await store.report({ achievement: 'a', set: 9 });
    await store.report({ achievement: 'b', set: 4 });
    await store.refresh();
    expect(says(pushed.flat())).toEqual(['b 4']);
    expect(store.snapshot).toMatchObject({ pending: 2, problem: { status: 503 } });
    isDown = false;
    await clock.advance(10 * 60_000);
    expect(store.snapshot).toMatchObject({ pending: 0, rejected: [{ code: 'uncertain' }] });
    expect(says(pushed.at(-1))).toEqual(['a 9']);
  });

  it('and is set a year ahead while an unlock is accepted: after the correction the service’s word is shown', async () => {
    const { open, clock, set } = startWithClock((reports) =>
      reports.map(({ id }) => ({ id, outcome: 'accepted', achievement: achievement('a', { state: 'unlocked' }) })),
    );
    const { store, backend } = open();
    const stateOf = () => store.snapshot.library?.achievements[0]?.state;
    await store.refresh();
    set(365 * DAY);
    await store.report({ achievement: 'a', unlock: true });
    await clock.advance(0);
    expect(stateOf()).toBe('unlocked');
    set(-365 * DAY);
    await clock.advance(1000);
    backend.script = fresh([achievement('a'), achievement('b'), achievement('c')], { validator: { digest: 'now' } });
    await store.refresh();
    await clock.advance(0);
    expect(stateOf()).toBe('locked');
  });
});

describe('the device', () => {
  it('is asked to have each report on disk before it counts as kept', async () => {
    const storage = device();
    const durabilities: unknown[] = [];
    const watched: KeyValueStorage = {
      ...storage,
      update: (key, next, options) => {
        if (key.at(-1) === 'outbox') durabilities.push(options?.durability);
        return storage.update(key, next, options);
      },
      updateAll: async (keys, next, options) => {
        durabilities.push(options?.durability);
        await storage.updateAll?.(keys, next, options);
      },
    };
    const { open, clock } = start(acceptAll, watched);
    const { store } = open();
    // Into the record, then beside it.
    for (let count = 0; count < 3; count++) await store.report({ achievement: 'a', add: 1 });
    await clock.advance(0);
    expect(durabilities.length).toBeGreaterThan(3);
    expect(new Set(durabilities)).toEqual(new Set(['strict']));
  });

  it('may have reports in any order: they are sent in that of their numbers', async () => {
    const { open, clock, pushed, storage } = start(acceptAll);
    const row = (sequence: number) => ({
      id: `${sequence}`,
      sequence,
      achievement: 'a',
      set: sequence,
      at: 0,
      attempts: 0,
    });
    const key = ['1', 'test', 'https://service.example/achievements', 'p1', '', 'outbox'];
    await storage.update(key, () => ({ v: 1, sequence: 3, queued: [3, 1, 2].map(row) }));
    const { store } = open();
    await store.refresh();
    await clock.advance(0);
    expect(says(pushed.flat())).toEqual(['a 1', 'a 2', 'a 3']);
  });
});

describe('a thousand reports in a loop', () => {
  it('are told twice, and the snapshot is right after each', async () => {
    const { open, clock } = start(() => {
      throw failure('offline');
    });
    const { store } = open();
    await store.refresh();
    let told = 0;
    store.subscribe(() => (told += 1));
    await clock.advance(0);
    told = 0;
    const made: Promise<unknown>[] = [];
    for (let count = 1; count <= 1000; count++) {
      made.push(store.report({ achievement: 'a', set: count }));
      expect(store.snapshot.pending).toBe(count);
    }
    expect(told).toBe(1);
    await Promise.resolve();
    expect(told).toBe(2);
    await Promise.all(made);
  });
});
