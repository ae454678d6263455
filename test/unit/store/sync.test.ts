import { describe, expect, it, vi } from 'vitest';
import { type Fresh, completenessOf } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import type { StoreOptions } from '../../../src/store/store.js';
import { achievement, deferred, failure, follow, fresh, scriptedBackend, type Script, world } from './support.js';

const first = [achievement('a'), achievement('b', { state: 'in-progress' })];

function start(script: Script, options: Partial<StoreOptions> = {}) {
  const here = world(memoryStorage);
  const backend = scriptedBackend(script);
  const store = createStore({ backend, player: 'p1', environment: here.environment, ...options });
  return { ...here, backend, store, world: here };
}

describe('a problem', () => {
  it('never takes the list away, and the next success clears it', async () => {
    const { store, backend, clock } = start([fresh(first), failure('unauthorized', { status: 401 }), 'unchanged']);
    follow(store);
    await clock.advance(0);
    const { library } = store.snapshot;
    await store.refresh();
    expect(store.snapshot).toMatchObject({ activity: 'idle', problem: { code: 'unauthorized', status: 401 } });
    expect(store.snapshot.library).toBe(library);
    await store.refresh();
    expect(store.snapshot.problem).toBeUndefined();
    expect('problem' in store.snapshot).toBe(false);
    expect(store.snapshot.library).toBe(library);
    expect(backend.requests).toHaveLength(3);
  });

  it('of an answer that could be used is shown beside it, as long as that answer is true', async () => {
    const problem = { code: 'bad-shape', message: 'One achievement was left out.' } as const;
    const { store, clock } = start([fresh(first, { problem }), 'unchanged', fresh(first)]);
    follow(store);
    await clock.advance(0);
    expect(store.snapshot).toMatchObject({ problem, library: { achievements: first } });
    await store.refresh();
    expect(store.snapshot.problem).toEqual(problem);
    await store.refresh();
    expect(store.snapshot.problem).toBeUndefined();
  });

  it('is not what makes a list whole: what was short stays short when the next question fails', async () => {
    const problem = { code: 'incomplete', message: 'Not all.' } as const;
    const { store, clock } = start([fresh(first, { problem }), failure('offline'), 'unchanged', fresh(first)]);
    const isWhole = () => completenessOf(store.snapshot.library!).isWhole;
    follow(store);
    await clock.advance(0);
    expect([store.snapshot.problem, isWhole()]).toEqual([problem, false]);
    await store.refresh();
    expect([store.snapshot.problem?.code, isWhole()]).toEqual(['offline', false]);
    await store.refresh();
    expect([store.snapshot.problem, isWhole()]).toEqual([problem, false]);
    await store.refresh();
    expect([store.snapshot.problem, isWhole()]).toEqual([undefined, true]);
  });

  it('of an empty answer that is doubted takes nothing away', async () => {
    const problem = { code: 'incomplete', message: 'Not with this contract.' } as const;
    const { store, clock, backend } = start([fresh(first), fresh([], { problem })]);
    follow(store);
    await clock.advance(0);
    await store.refresh();
    expect(store.snapshot).toMatchObject({ problem, library: { achievements: first } });
    expect(backend.requests).toHaveLength(2);
  });

  it('is what becomes of anything that a backend throws or returns', async () => {
    const broken: Script[] = [
      new TypeError('x is not a function'),
      () => {
        throw new RangeError('at once');
      },
      { achievements: undefined } as never,
      undefined as never,
      'nonsense' as never,
      Promise.reject(new Error('later')),
    ];
    for (const script of broken) {
      const { store, clock } = start(script);
      follow(store);
      await clock.advance(0);
      expect(store.snapshot.problem?.code).toMatch(/^(?:unknown|bad-shape)$/);
      expect(store.snapshot.activity).toBe('idle');
    }
  });
});

describe('an empty answer', () => {
  it('is checked once more before it replaces a list', async () => {
    const { store, backend, clock } = start([fresh(first), fresh([]), fresh([])]);
    follow(store);
    await clock.advance(0);
    const done = store.refresh();
    await clock.advance(1999);
    expect(store.snapshot.library?.achievements).toEqual(first);
    expect(store.snapshot.activity).toBe('syncing');
    await clock.advance(1);
    await done;
    expect(store.snapshot.library?.achievements).toEqual([]);
    expect(backend.requests).toEqual([undefined, { digest: 'digest of 2' }, undefined]);
  });

  it('that was a mistake is forgotten', async () => {
    const { store, clock } = start([fresh(first), fresh([]), fresh(first)]);
    const log = follow(store);
    await clock.advance(0);
    void store.refresh();
    await clock.advance(2000);
    expect(store.snapshot.library?.achievements).toEqual(first);
    expect(log.snapshots.every(({ library }) => !library || library.achievements.length === 2)).toBe(true);
  });

  it('that cannot be checked leaves the list', async () => {
    for (const second of [failure('server'), 'unchanged'] as const) {
      const { store, clock } = start([fresh(first), fresh([]), second]);
      follow(store);
      await clock.advance(0);
      void store.refresh();
      await clock.advance(2000);
      expect(store.snapshot.library?.achievements).toEqual(first);
      expect(store.snapshot.problem).toBeDefined();
    }
  });

  it('of which nothing could be read leaves the list, and is not asked for again', async () => {
    const problem = { code: 'bad-shape', message: 'No achievement could be read.' } as const;
    for (const answers of [[fresh([], { problem })], [fresh([]), fresh([], { problem })]]) {
      const { store, clock, backend } = start([fresh(first), ...answers]);
      follow(store);
      await clock.advance(0);
      void store.refresh();
      await clock.advance(2000);
      expect(store.snapshot).toMatchObject({ library: { achievements: first }, problem });
      expect(backend.requests).toHaveLength(1 + answers.length);
    }
  });

  it('is simply true where there was nothing', async () => {
    const { store, clock, backend } = start(fresh([]));
    follow(store);
    await clock.advance(0);
    expect(store.snapshot.library?.achievements).toEqual([]);
    expect(backend.requests).toHaveLength(1);
  });
});

describe('changes', () => {
  it('come with the snapshot that has them, and are not missed when seen happening', async () => {
    const unlocked = achievement('a', { state: 'unlocked' });
    const { store, clock } = start([fresh(first), fresh([unlocked, first[1]!])]);
    const log = follow(store);
    await clock.advance(0);
    await store.refresh();
    expect(log.changes).toEqual([{ unlocked: [unlocked], progressed: [], missed: false }]);
  });

  it('leave everything else the very same objects', async () => {
    const copy = (list: readonly object[]) => structuredClone(list) as typeof first;
    const { store, clock } = start([
      fresh(copy(first)),
      fresh(copy(first)),
      fresh(copy([achievement('a', { state: 'unlocked' }), first[1]!])),
    ]);
    follow(store);
    await clock.advance(0);
    const one = store.snapshot.library!;
    await store.refresh();
    const two = store.snapshot.library!;
    expect(two.achievements).toBe(one.achievements);
    await store.refresh();
    const three = store.snapshot.library!;
    expect(three.achievements[0]).not.toBe(one.achievements[0]);
    expect(three.achievements[1]).toBe(one.achievements[1]);
  });
});

describe('the snapshot', () => {
  it('is frozen, and a new object only when something is new', async () => {
    const { store, clock } = start([fresh(first), failure('forbidden')]);
    const log = follow(store);
    await clock.advance(0);
    expect(Object.isFrozen(store.snapshot)).toBe(true);
    expect(log.snapshots.at(-1)).toBe(store.snapshot);
    expect(new Set(log.snapshots).size).toBe(log.snapshots.length);
    const keys = log.snapshots.map((snapshot) => JSON.stringify(snapshot));
    expect(keys.every((key, index) => key !== keys[index - 1])).toBe(true);
  });

  it('reaches every listener in order, also when one of them causes the next', async () => {
    const { store, clock } = start([fresh(first), 'unchanged']);
    let hasAsked = false;
    store.subscribe(({ library }) => {
      if (library && !hasAsked) {
        hasAsked = true;
        void store.refresh();
      }
    });
    const { snapshots } = follow(store);
    await clock.advance(0);
    // The first with an empty memory, which is known before the answer.
    const activities = snapshots.map(({ activity, library }) => `${activity} ${library ? 'with' : 'without'}`);
    expect(activities).toEqual(['syncing without', 'syncing without', 'idle with', 'syncing with', 'idle with']);
    expect(snapshots.findIndex(({ memory }) => memory)).toBe(1);
    expect(snapshots.at(-1)).toBe(store.snapshot);
  });

  it('reaches the other listeners when one throws, and the page hears of the error', async () => {
    const { store, clock } = start(fresh(first));
    const queued = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
    store.subscribe(() => {
      throw new Error('mine');
    });
    const { snapshots } = follow(store);
    await clock.advance(0);
    expect(queued).toHaveBeenCalled();
    expect(() => queued.mock.calls[0]![0]()).toThrow('mine');
    queued.mockRestore();
    expect(snapshots.at(-1)?.library).toBeDefined();
  });
});

describe('a refresh', () => {
  it('joins what is under way', async () => {
    const answer = deferred<Fresh>();
    const { store, backend, clock } = start(answer.promise);
    follow(store);
    await clock.advance(0);
    const both = Promise.all([store.refresh(), store.refresh()]);
    await clock.advance(0);
    expect(backend.requests).toHaveLength(1);
    answer.resolve(fresh(first));
    await both;
    expect(store.snapshot.library).toBeDefined();
  });

  it('works while nobody is subscribed, and leaves no timer', async () => {
    const { store, clock, page } = start(failure('server'), { refresh: 60 });
    await store.refresh();
    expect(store.snapshot.problem?.code).toBe('server');
    expect(clock.waiting).toEqual([]);
    expect(page.listenerCount).toBe(0);
  });
});

describe('after a failure that may pass', () => {
  it.each(['offline', 'timeout', 'rate-limited', 'server'] as const)(
    '%s is tried 5 times more, ever later',
    async (code) => {
      const { store, backend, clock, page } = start(failure(code));
      follow(store);
      await clock.advance(0);
      // random is 0.5: half of 1, 2, 4, 8 and 16 s.
      for (const [index, delay] of [500, 1000, 2000, 4000, 8000].entries()) {
        expect(backend.requests).toHaveLength(index + 1);
        await clock.advance(delay - 1);
        expect(backend.requests).toHaveLength(index + 1);
        await clock.advance(1);
        expect(backend.requests).toHaveLength(index + 2);
      }
      await clock.advance(86_400_000);
      expect(backend.requests).toHaveLength(6);
      expect(clock.waiting).toEqual([]);
      // A page that comes back is a new chance.
      page.change({ visible: false });
      page.change({ visible: true });
      await clock.advance(1000);
      expect(backend.requests).toHaveLength(7);
    },
  );

  it('a first visit recovers', async () => {
    const { store, clock } = start([failure('offline'), failure('server'), fresh(first)]);
    follow(store);
    await clock.advance(1500);
    expect(store.snapshot).toMatchObject({ activity: 'idle', library: { achievements: first } });
    expect(clock.waiting).toEqual([]);
  });

  it('polls go on, never more than 5 minutes apart', async () => {
    const { store, backend, clock } = start(failure('server'), { refresh: 60 });
    follow(store);
    await clock.advance(3_600_000);
    // Ten tries at once, and twelve more in an hour: what all pages together may ask of a service that fails.
    expect(backend.requests.length).toBeGreaterThan(18);
    expect(backend.requests.length).toBeLessThan(25);
  });

  it.each([
    [30_000, 30_000 + 0.5 * 15_000],
    [1000, 1000 + 0.5 * 5000],
    [2_592_000_000, 3_600_000 * 1.25],
  ])('Retry-After of %s ms is kept', async (retryAfter, delay) => {
    const { store, backend, clock, page } = start([failure('rate-limited', { retryAfter }), fresh(first)]);
    follow(store);
    await clock.advance(delay / 2);
    // Coming back is no reason to come too early.
    page.change({ visible: false, online: false });
    page.change({ visible: true, online: true });
    await clock.advance(delay / 2 - 1);
    expect(backend.requests).toHaveLength(1);
    await clock.advance(1);
    expect(backend.requests).toHaveLength(2);
  });
});

describe('after a refusal', () => {
  it.each(['unauthorized', 'forbidden', 'not-found', 'bad-shape', 'too-large', 'unknown'] as const)(
    '%s is not tried again by itself',
    async (code) => {
      const { store, backend, clock } = start(failure(code));
      follow(store);
      await clock.advance(86_400_000);
      expect(backend.requests).toHaveLength(1);
      expect(clock.waiting).toEqual([]);
    },
  );

  it('polls go on at their own pace: what is refused today may be mended tomorrow', async () => {
    const { store, backend, clock } = start([failure('not-found'), failure('not-found'), fresh(first)], {
      refresh: 60,
    });
    follow(store);
    await clock.advance(2 * 63_000 - 1);
    expect(backend.requests).toHaveLength(2);
    await clock.advance(1);
    expect(store.snapshot).toMatchObject({ library: { achievements: first } });
  });
});

describe('polls', () => {
  it('come a little later than every `refresh` seconds', async () => {
    const { store, backend, clock } = start([fresh(first), 'unchanged'], { refresh: 60 });
    follow(store);
    await clock.advance(62_999);
    expect(backend.requests).toHaveLength(1);
    await clock.advance(1);
    expect(backend.requests).toHaveLength(2);
    await clock.advance(630_000);
    expect(backend.requests).toHaveLength(12);
  });

  it('never come without `refresh`', async () => {
    const { store, backend, clock } = start(fresh(first));
    follow(store);
    await clock.advance(864_000_000);
    expect(backend.requests).toHaveLength(1);
  });

  it('stop while the page is hidden, and come soon after it is shown', async () => {
    const { store, backend, clock, page } = start([fresh(first), 'unchanged'], { refresh: 60 });
    follow(store);
    await clock.advance(0);
    page.change({ visible: false });
    expect(store.snapshot.activity).toBe('paused');
    expect(clock.waiting).toEqual([]);
    await clock.advance(600_000);
    expect(backend.requests).toHaveLength(1);
    page.change({ visible: true });
    expect(clock.waiting).toEqual([500]);
    expect(store.snapshot.activity).toBe('idle');
    await clock.advance(500);
    expect(backend.requests).toHaveLength(2);
  });

  it('keep their time where the page was hidden for a moment', async () => {
    const { store, backend, clock, page } = start([fresh(first), 'unchanged'], { refresh: 60 });
    follow(store);
    await clock.advance(10_000);
    page.change({ visible: false });
    page.change({ visible: true });
    await clock.advance(52_999);
    expect(backend.requests).toHaveLength(1);
    await clock.advance(1);
    expect(backend.requests).toHaveLength(2);
  });

  it('survive a clock that is set back or forward', async () => {
    const here = world(memoryStorage);
    let shift = 0;
    const clock = { ...here.clock, now: () => here.clock.now() + shift };
    const backend = scriptedBackend([fresh(first), 'unchanged']);
    const store = createStore({ backend, player: 'p1', refresh: 60, environment: { ...here.environment, clock } });
    follow(store);
    await here.clock.advance(0);
    here.page.change({ visible: false });
    shift = -365 * 86_400_000;
    here.page.change({ visible: true });
    await here.clock.advance(63_000);
    expect(backend.requests).toHaveLength(2);
    shift = -2 * 365 * 86_400_000;
    await here.clock.advance(63_000);
    expect(backend.requests).toHaveLength(3);
    shift = 0;
    await here.clock.advance(63_000);
    expect(backend.requests).toHaveLength(4);
  });

  it('take no timer that fires at once because it is too long', async () => {
    const { store, backend, clock } = start(fresh(first), { refresh: 1e9 });
    follow(store);
    await clock.advance(1000);
    expect(backend.requests).toHaveLength(1);
    expect(Math.max(...clock.waiting)).toBeLessThanOrEqual(2 ** 31 - 1);
  });
});

describe('offline', () => {
  it('is paused, and asks again when the connection is back, spread over ten seconds', async () => {
    const { store, backend, clock, page } = start([failure('offline'), fresh(first)]);
    page.online = false;
    follow(store);
    await clock.advance(0);
    expect(store.snapshot).toMatchObject({ activity: 'paused', problem: { code: 'offline' } });
    page.change({ online: true });
    expect(backend.requests).toHaveLength(1);
    await clock.advance(500);
    expect(store.snapshot).toMatchObject({ activity: 'idle', library: { achievements: first } });
  });

  it('asks all the same, whatever the page believes', async () => {
    const { store, clock, page } = start([fresh(first)]);
    page.online = false;
    follow(store);
    await clock.advance(0);
    expect(store.snapshot.library).toBeDefined();
    expect(store.snapshot.problem).toBeUndefined();
  });

  it('is not stuck where the page never says that it is back', async () => {
    const { store, clock } = start([failure('offline'), failure('offline'), fresh(first)]);
    follow(store);
    await clock.advance(0);
    expect(store.snapshot.activity).toBe('paused');
    await clock.advance(1500);
    expect(store.snapshot).toMatchObject({ activity: 'idle', library: { achievements: first } });
  });

  it('that the page notices is said, and what was missed is asked for afterwards', async () => {
    const { store, backend, clock, page } = start([fresh(first), 'unchanged']);
    follow(store);
    await clock.advance(0);
    page.change({ online: false });
    expect(store.snapshot.activity).toBe('paused');
    page.change({ online: true });
    await clock.advance(10_000);
    expect(store.snapshot.activity).toBe('idle');
    expect(backend.requests).toHaveLength(2);
  });

  it('that ends while the page is hidden is over when it is shown', async () => {
    const { store, backend, clock, page } = start(failure('offline'), { refresh: 60 });
    page.online = false;
    follow(store);
    // By now it is minutes to the next try.
    await clock.advance(1_200_000);
    const count = backend.requests.length;
    page.change({ visible: false });
    page.change({ online: true });
    await clock.advance(500);
    expect(backend.requests).toHaveLength(count);
    page.change({ visible: true });
    await clock.advance(5000);
    expect(backend.requests).toHaveLength(count + 1);
  });
});

describe('time', () => {
  const now = Date.UTC(2026, 0, 1);

  it('changes states while the page is open', async () => {
    const ending = achievement('ending', { window: { endsAt: now + 60_000 } });
    const coming = achievement('coming', { state: 'scheduled', window: { startsAt: now + 120_000 } });
    const { store, clock, backend } = start(fresh([ending, coming, first[0]!]));
    const log = follow(store);
    await clock.advance(0);
    const before = store.snapshot.library!.achievements;
    await clock.advance(59_999);
    expect(store.snapshot.library!.achievements).toBe(before);
    await clock.advance(1);
    const after = store.snapshot.library!.achievements;
    expect(after.map(({ state }) => state)).toEqual(['expired', 'scheduled', 'locked']);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).toBe(before[2]);
    await clock.advance(60_000);
    expect(store.snapshot.library!.achievements.map(({ state }) => state)).toEqual(['expired', 'locked', 'locked']);
    expect(store.snapshot.library!.achievements[0]).toBe(after[0]);
    expect(clock.waiting).toEqual([]);
    expect(log.changes).toEqual([]);
    expect(backend.requests).toHaveLength(1);
  });

  it('is caught up with when a hidden page is shown', async () => {
    const { store, clock, page } = start(fresh([achievement('ending', { window: { endsAt: now + 60_000 } })]));
    follow(store);
    await clock.advance(0);
    page.change({ visible: false });
    expect(clock.waiting).toEqual([]);
    await clock.advance(120_000);
    expect(store.snapshot.library!.achievements[0]!.state).toBe('locked');
    page.change({ visible: true });
    expect(store.snapshot.library!.achievements[0]!.state).toBe('expired');
  });

  it('is caught up with when somebody comes back', async () => {
    const { store, clock } = start([
      fresh([achievement('ending', { window: { endsAt: now + 60_000 } })]),
      new Promise<never>(() => undefined),
    ]);
    const { stop } = follow(store);
    await clock.advance(0);
    stop();
    await clock.advance(120_000);
    follow(store);
    expect(store.snapshot.library!.achievements[0]!.state).toBe('expired');
  });

  it('may be far away, and needs no timer that fires at once', async () => {
    const far = 60 * 86_400_000;
    const { store, clock } = start(fresh([achievement('ending', { window: { endsAt: now + far } })]));
    const log = follow(store);
    await clock.advance(0);
    // A timer does not count while the device sleeps: it looks at the clock in between.
    expect(clock.waiting).toEqual([300_000]);
    const count = log.snapshots.length;
    await clock.advance(far - 1);
    expect(log.snapshots).toHaveLength(count);
    await clock.advance(1);
    expect(store.snapshot.library!.achievements[0]!.state).toBe('expired');
  });

  it('jumps over a sleep: states are right when the page tells anything, or within five minutes', async () => {
    for (const isTold of [true, false]) {
      const here = world(memoryStorage);
      let slept = 0;
      const clock = { ...here.clock, now: () => here.clock.now() + slept };
      const backend = scriptedBackend(fresh([achievement('ending', { window: { endsAt: now + 10 * 3_600_000 } })]));
      const store = createStore({ backend, player: 'p1', environment: { ...here.environment, clock } });
      follow(store);
      await here.clock.advance(0);
      slept = 11 * 3_600_000;
      expect(store.snapshot.library!.achievements[0]!.state).toBe('locked');
      if (isTold) here.page.change({});
      else await here.clock.advance(300_000);
      expect(store.snapshot.library!.achievements[0]!.state).toBe('expired');
      expect(here.clock.waiting).toEqual([]);
    }
  });

  it('that was wrong leaves nothing wrong behind', async () => {
    const here = world(memoryStorage);
    let shift = 0;
    const clock = { ...here.clock, now: () => here.clock.now() + shift };
    const backend = scriptedBackend([
      fresh([achievement('ending', { window: { endsAt: now + 60_000 } })]),
      'unchanged',
    ]);
    const store = createStore({ backend, player: 'p1', environment: { ...here.environment, clock } });
    follow(store);
    await here.clock.advance(0);
    shift = 86_400_000;
    await store.refresh();
    expect(store.snapshot.library!.achievements[0]!.state).toBe('expired');
    shift = 0;
    await store.refresh();
    expect(store.snapshot.library!.achievements[0]!.state).toBe('locked');
  });
});

describe('nothing is left', () => {
  it('of timers and listeners after the last one leaves', async () => {
    const scripts: Script[] = [
      fresh(first),
      failure('server'),
      failure('offline'),
      new Promise<never>(() => undefined),
    ];
    const ending = fresh([achievement('ending', { window: { endsAt: Date.UTC(2027, 0, 1) } })]);
    for (const script of [...scripts, ending, [fresh(first), fresh([])]]) {
      for (const refresh of [0, 60]) {
        const { store, clock, page } = start(script, { refresh });
        const one = follow(store);
        const two = follow(store);
        await clock.advance(0);
        if (Array.isArray(script)) void store.refresh();
        await clock.advance(0);
        one.stop();
        one.stop();
        expect(page.listenerCount).toBe(1);
        two.stop();
        if (!Array.isArray(script)) await clock.advance(0);
        else store.dispose();
        expect(clock.waiting).toEqual([]);
        expect(page.listenerCount).toBe(0);
        expect(store.snapshot.activity).toBe('idle');
      }
    }
  });

  it('after 1,000 times of waking and sleeping', async () => {
    const { store, clock, page } = start(fresh(first), { refresh: 60 });
    for (let round = 0; round < 1000; round++) {
      const { stop } = follow(store);
      if (round % 3 === 0) await clock.advance(round % 7);
      stop();
    }
    await clock.advance(0);
    expect(clock.waiting).toEqual([]);
    expect(page.listenerCount).toBe(0);
  });
});
