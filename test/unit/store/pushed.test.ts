import { describe, expect, it, vi } from 'vitest';
import { type Achievement, type Fresh, NoticeBook, type ProgressUpdate, isAsFarAs } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { achievement, countingClock, follow, fresh, scriptedBackend, turns, world } from './support.js';

// Seconds on a machine that does nothing else; a bound, and not an expectation.
vi.setConfig({ testTimeout: 180_000 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const numbers = (current: number) => ({
  requirements: [{ id: 'only', current, target: 10, unit: 'count' as const }],
  progress: { current, target: 10, ratio: current / 10, unit: 'count' as const },
});
const locked = achievement('a', { state: 'in-progress', ...numbers(9) });
const unlocked = achievement('a', { state: 'unlocked', unlockedAt: 1, ...numbers(10) });
const others = [achievement('b'), achievement('c')];

const RULES = { milestones: [50, 90], muted: new Set<string>(), missed: false, max: 3 };

/** A store whose service answers as the test says, with everything that a player is told in it. */
function stage(members: Partial<Achievement> = {}) {
  const clock = countingClock();
  const device = { ...memoryStorage(), volatile: false };
  const listeners = new Set<(message: unknown) => void>();
  const listen: { hint?: (hint?: { updates: ProgressUpdate[] }) => void } = {};
  const lagging = fresh([{ ...locked, ...members }, ...others], { validator: { digest: 'before' } });
  const right = fresh([{ ...unlocked, ...members }, ...others], { validator: { digest: 'after' } });
  const open = (answer: Fresh, isFirst = true) => {
    const backend = scriptedBackend(answer, {
      push: (reports) =>
        Promise.resolve(reports.map(({ id }) => ({ id, outcome: 'accepted' as const, achievement: unlocked }))),
      ...(isFirst && {
        listen: (onChange: NonNullable<typeof listen.hint>) => void (listen.hint = onChange),
      }),
    });
    const environment = {
      ...world(() => device, clock).environment,
      openChannel: (_name: string, listener: (message: unknown) => void) => {
        listeners.add(listener);
        return {
          post: (message: unknown) => [...listeners].forEach((other) => other !== listener && other(message)),
          close: () => void listeners.delete(listener),
        };
      },
    };
    const store = createStore({ backend, player: 'ada', environment });
    return { backend, store, log: follow(store) };
  };
  const first = open(lagging);
  const book = new NoticeBook();
  const notices: string[] = [];
  first.store.subscribe(({ library }, changes) => {
    if (!changes || !library) return;
    notices.push(...book.noticesOf(changes, library.achievements, RULES).map(({ kind }) => kind));
  });
  const isShown = () => first.store.snapshot.library?.achievements[0]?.state === 'unlocked';
  const events = () => first.log.changes.flatMap(({ unlocked: told }) => told.map(({ id }) => id));
  const pull = async (answer: Fresh) => {
    first.backend.script = answer;
    await clock.advance(1);
    await first.store.refresh();
  };
  return { ...first, clock, open, lagging, right, isShown, events, notices, pull, listen };
}

type Stage = ReturnType<typeof stage>;

const STEPS: Readonly<Record<string, (stage: Stage) => Promise<unknown> | void>> = {
  apply: ({ store }) => store.apply([{ achievement: 'a', state: 'unlocked', unlockedAt: 1 }]),
  lagging: ({ pull, lagging }) => pull(lagging),
  right: ({ pull, right }) => pull(right),
  report: ({ store }) => store.report({ achievement: 'a', unlock: true }),
  stream: ({ listen }) => listen.hint?.({ updates: [{ achievement: 'a', state: 'unlocked' }] }),
  'second tab': async ({ open, right }) => {
    const { store, log } = open(right, false);
    await store.refresh();
    log.stop();
  },
};

/** Whoever tells it as done. */
const TELLERS = ['apply', 'report', 'stream', 'right', 'second tab'];

function* orders(names: readonly string[]): Iterable<string[]> {
  if (names.length === 0) yield [];
  for (const name of names) for (const rest of orders(names.filter((other) => other !== name))) yield [name, ...rest];
}

describe('an unlock that is told in several ways', () => {
  it('is one event and one notice, and is not taken back by an older read, in each order', async () => {
    let count = 0;
    for (const order of orders(Object.keys(STEPS))) {
      count += 1;
      const here = stage();
      await here.clock.advance(3 * SECOND);
      const said = order.join(', ');
      let isTold = false;
      for (const name of order) {
        // The service's copies may lag behind what it answered itself; that is not held against what is pushed.
        const isAnswered = order.slice(0, order.indexOf(name)).some((each) => ['right', 'second tab'].includes(each));
        await STEPS[name]!(here);
        await here.clock.advance(1);
        isTold ||= TELLERS.includes(name);
        if (!isAnswered) expect(here.isShown(), `${said}: after ${name}`).toBe(isTold);
      }
      await here.pull(here.right);
      await here.clock.advance(5 * MINUTE);
      expect([here.isShown(), here.events(), here.notices], said).toEqual([true, ['a'], ['unlock']]);
      here.store.dispose();
    }
    expect(count).toBe(720);
  });

  it('is asked for once more after two minutes, and then the service’s word stands', async () => {
    const { store, clock, backend, isShown, events } = stage();
    await clock.advance(3 * SECOND);
    store.apply([{ achievement: 'a', state: 'unlocked' }]);
    await clock.advance(119 * SECOND);
    expect([isShown(), backend.requests.length]).toEqual([true, 2]);
    await clock.advance(5 * SECOND);
    expect([isShown(), backend.requests.length]).toEqual([false, 3]);
    await clock.advance(60 * MINUTE);
    expect([events(), backend.requests.length]).toEqual([['a'], 3]);
  });

  it('is an event of its own in each period of one that begins again', async () => {
    const { pull, events, notices, clock } = stage({ recurrence: 'on-expiration', resetsAt: 10 });
    await clock.advance(3 * SECOND);
    const period = (state: 'locked' | 'unlocked', resetsAt: number) =>
      pull(fresh([achievement('a', { state, recurrence: 'on-expiration', resetsAt }), ...others]));
    await period('unlocked', 10);
    await period('locked', 10);
    await period('unlocked', 10);
    expect(events()).toEqual(['a']);
    await period('locked', 20);
    await period('unlocked', 20);
    expect([events(), notices]).toEqual([
      ['a', 'a'],
      ['unlock', 'unlock'],
    ]);
  });

  it('is none where it was there from the beginning, and an older read lost it for a moment', async () => {
    const { open, right, lagging } = stage();
    const { backend, store, log } = open(right, false);
    await turns();
    for (const answer of [lagging, right]) {
      backend.script = answer;
      await store.refresh();
    }
    expect(log.changes.flatMap((changes) => changes.unlocked)).toEqual([]);
  });

  it('goes at once where the clock has jumped since', async () => {
    for (const jump of [8 * 60 * MINUTE, -8 * 60 * MINUTE]) {
      let now = Date.UTC(2026, 0, 1);
      const clock = { ...countingClock(), now: () => now };
      const backend = scriptedBackend(fresh([locked, ...others]));
      const environment = { ...world(memoryStorage).environment, clock };
      const store = createStore({ backend, player: 'ada', environment });
      await store.refresh();
      store.apply([{ achievement: 'a', state: 'unlocked' }]);
      now += jump;
      await store.refresh();
      now += 1;
      await store.refresh();
      expect(store.snapshot.library?.achievements[0]?.state, `${jump}`).toBe('in-progress');
    }
  });
});

describe('an answer has what was pushed', () => {
  const of = (state: Achievement['state'], current: number, members: Partial<Achievement> = {}) =>
    achievement('a', { state, ...numbers(current), ...members });
  const push = (members: Partial<ProgressUpdate>, current?: number): ProgressUpdate => ({
    achievement: 'a',
    ...(current !== undefined && { requirements: [{ current }] }),
    ...members,
  });

  it.each<[what: string, isIn: boolean, answer: Achievement, update: ProgressUpdate, before?: Achievement]>([
    ['the same number', true, of('in-progress', 5), push({}, 5)],
    ['a higher number', true, of('in-progress', 6), push({}, 5)],
    ['a lower number', false, of('in-progress', 4), push({}, 5)],
    ['the unlock, whatever its numbers', true, of('unlocked', 0), push({ state: 'unlocked' }, 10)],
    ['all of the numbers without the unlock', false, of('in-progress', 10), push({ state: 'unlocked' }, 10)],
    ['a state that is further', true, of('unlocked', 10), push({ state: 'in-progress' })],
    ['another target', false, of('in-progress', 5), push({ requirements: [{ current: 5, target: 20 }] })],
    ['a lower number after it was told to be lower', true, of('in-progress', 3), push({}, 2), of('in-progress', 8)],
    ['the number of before it was told to be lower', false, of('in-progress', 8), push({}, 2), of('in-progress', 8)],
    ['less than it was told to be lowered to', false, of('in-progress', 1), push({}, 2), of('in-progress', 8)],
    [
      'the unlock of before it was taken back',
      false,
      of('unlocked', 10),
      push({ state: 'locked' }),
      of('unlocked', 10),
    ],
    ['that it was taken back', true, of('locked', 0), push({ state: 'locked' }, 0), of('unlocked', 10)],
    ['a period that is older', false, of('unlocked', 10, { resetsAt: 1 }), push({ state: 'locked', resetsAt: 2 })],
    ['a period that is newer', true, of('locked', 0, { resetsAt: 3 }), push({ state: 'unlocked', resetsAt: 2 })],
    [
      'a newer one than was shown',
      true,
      of('locked', 0, { resetsAt: 3 }),
      push({}, 9),
      of('locked', 8, { resetsAt: 2 }),
    ],
    ['that it was revoked', true, of('locked', 0, { revoked: true }), push({ state: 'unlocked' }), of('locked', 0)],
    ['no such requirement', true, of('locked', 0), push({ requirements: [{ id: 'other', current: 5 }] })],
  ])('with %s: %s', (_what, isIn, answer, update, before) => {
    expect(isAsFarAs(answer, update, before)).toBe(isIn);
  });
});
