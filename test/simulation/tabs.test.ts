import { describe, expect, it, vi } from 'vitest';
import { heal } from './schedule.js';
import { Oracle } from './oracle.js';
import { SeededRandom } from './random.js';
import { PLAYER, type Tab, World, type WorldOptions } from './world.js';

// Seconds on a machine that does nothing else; a bound, and not an expectation.
vi.setConfig({ testTimeout: 180_000 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Tabs that have asked once, and a service that knows nothing yet. */
async function openWorld(tabs: number, options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  for (let number = 0; number < tabs; number++) world.openTab();
  await world.scheduler.run({ milliseconds: 5 * SECOND });
  return world;
}

async function violationsOf(world: World, oracle: Oracle): Promise<string[]> {
  const { last, late } = await heal(world);
  return [...late, ...oracle.violations(last)];
}

/** How often an id was sent. */
function timesSent(world: World): number[] {
  const times = new Map<string, number>();
  for (const { verb, ids } of world.server.requests) {
    if (verb === 'push') for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return [...times.values()];
}

describe('five tabs', () => {
  const TABS = 5;

  async function reportALot(each: number, options: WorldOptions): Promise<{ world: World; violations: string[] }> {
    const world = await openWorld(TABS, options);
    const oracle = new Oracle(world);
    for (const tab of world.tabs) for (let count = 0; count < each; count++) world.report(tab, 'a', 'add');
    await world.scheduler.run({ milliseconds: 30 * SECOND });
    // Counted before everything is healed, which opens another tab.
    const sent = [...world.server.requests];
    const violations = await violationsOf(world, oracle);
    world.server.requests.splice(0, Infinity, ...sent);
    return { world, violations };
  }

  it.each([
    // reports of each tab, reports in a request, runs
    [100, 50, 3],
    [20, 10, 25],
  ])(
    'have %s reports each, sent %s at a time: every one once, in hardly more requests than it takes, in %s runs',
    async (each, limit, runs) => {
      for (let seed = 1; seed <= runs; seed++) {
        const { world, violations } = await reportALot(each, { seed, pushLimit: limit });
        expect(violations).toEqual([]);
        expect(timesSent(world).every((times) => times === 1)).toBe(true);
        expect(world.server.count('push')).toBeLessThanOrEqual(1.1 * Math.ceil((TABS * each) / limit));
      }
    },
  );

  it('are right without locks too, in more requests', async () => {
    const RUNS = 10;
    let requests = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const options = { seed, pushLimit: 10, hasLocks: false, hasChannels: false };
      const { world, violations } = await reportALot(20, options);
      expect(violations).toEqual([]);
      requests += world.server.count('push');
    }
    // It is the locks that keep the count above.
    expect(requests).toBeGreaterThan(RUNS * 11);
  });

  it.each([
    ['with channels', true],
    ['without channels', false],
  ])('ask once in an interval, all together, %s', async (_, hasChannels) => {
    for (let seed = 1; seed <= 5; seed++) {
      const world = await openWorld(TABS, { seed, refresh: 60, hasChannels });
      const before = world.server.count('pull');
      await world.scheduler.run({ milliseconds: HOUR });
      expect(world.server.count('pull') - before).toBeLessThanOrEqual(60);
      expect(world.server.count('pull') - before).toBeGreaterThanOrEqual(50);
    }
  });
});

describe('a tab that freezes with the lock in its hands', () => {
  const RUNS = 100;

  /** Two tabs, of which the first is frozen at some step of its sending. */
  async function freezeHolder(seed: number): Promise<{ world: World; oracle: Oracle; first: Tab; second: Tab }> {
    const world = await openWorld(2, { seed });
    const oracle = new Oracle(world);
    const [first, second] = world.tabs as [Tab, Tab];
    world.report(first, 'a', 'add');
    world.report(first, 'b', 'add');
    const isHolder = () => world.locks.holder() === first;
    await world.scheduler.run({ milliseconds: MINUTE, isOver: isHolder });
    await world.scheduler.run({ steps: new SeededRandom(seed).below(6), isOver: () => !isHolder() });
    world.scheduler.freeze(first);
    return { world, oracle, first, second };
  }

  it(`does not stop the others for longer than ten seconds, and its late writes change nothing, in ${RUNS} runs`, async () => {
    let held = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { world, oracle, first, second } = await freezeHolder(seed);
      if (world.locks.holder() === first) held += 1;
      world.report(second, 'a', 'add');
      const at = world.scheduler.time;
      const isSent = () => world.server.requests.some(({ verb, process }) => verb === 'push' && process === second);
      await world.scheduler.run({ milliseconds: MINUTE, isOver: isSent });
      expect(isSent()).toBe(true);
      expect(world.scheduler.time - at).toBeLessThanOrEqual(10 * SECOND);
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      const effects = [...world.server.effects];
      expect(effects).toHaveLength(3);

      first.thaw();
      await world.scheduler.run({ milliseconds: MINUTE });
      expect(world.server.effects).toEqual(effects);
      expect(await violationsOf(world, oracle)).toEqual([]);
    }
    // Otherwise nothing was tried.
    expect(held).toBeGreaterThan(RUNS / 2);
  });
});

describe('a tab that has just been opened', () => {
  it('sends what another one left, also where it need not ask because a third one just did', async () => {
    const world = new World({ isRandom: false, hasChannels: false });
    const { scheduler, server } = world;
    const first = world.openTab();
    await scheduler.run({ isOver: () => server.count('pull') > 0 });
    scheduler.freeze(first);
    const closed = world.openTab(false);
    world.report(closed, 'a', 'add');
    await scheduler.run({ isOver: () => world.outbox?.queued?.length === 1 });
    world.kill(closed);
    const last = world.openTab();
    // By now it has looked at the device, and waits for the first one's answer.
    await scheduler.run();
    first.thaw();
    await scheduler.run();
    expect(server.requests.filter(({ verb, process }) => verb === 'pull' && process === last)).toEqual([]);
    await scheduler.run({ milliseconds: MINUTE });
    expect(server.effects).toHaveLength(1);
  });
});

describe('a page that is put away', () => {
  it('holds no lock and no channel, whatever it was doing, and goes on when it is back', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const world = await openWorld(2, { seed, refresh: 60 });
      const oracle = new Oracle(world);
      const [first] = world.tabs as [Tab, Tab];
      world.report(first, 'a', 'add');
      world.report(first, 'b', 'set');
      await world.scheduler.run({ steps: new SeededRandom(seed).below(30) });
      await first.freeze(true);
      expect(world.locks.concerns(first)).toBe(false);
      expect(world.channels.concerns(first)).toBe(false);
      await world.scheduler.run({ milliseconds: 5 * MINUTE });
      first.thaw();
      await world.scheduler.run({ milliseconds: 10 * SECOND });
      expect(world.channels.concerns(first)).toBe(true);
      expect(await violationsOf(world, oracle)).toEqual([]);
    }
  });
});

describe('a player who has signed out', () => {
  it('has nothing on the device any more, whatever other tabs were doing', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const world = await openWorld(3, { seed });
      const [first, second, third] = world.tabs as [Tab, Tab, Tab];
      world.report(second, 'a', 'add');
      world.report(third, 'b', 'add');
      await world.scheduler.run({ steps: new SeededRandom(seed).below(30) });
      world.scheduler.freeze(third);
      world.signOut(first);
      await world.scheduler.run({ milliseconds: MINUTE });
      const count = world.server.effects.length;
      third.thaw();
      await world.scheduler.run({ milliseconds: MINUTE });
      const left = [...world.disk.entries.values()].filter(({ key }) => key.includes(PLAYER));
      expect(left.map(({ key }) => key.at(-1))).toEqual([]);
      // A request that had left is done; nothing more is sent in the name of who has left.
      expect(world.server.effects.length).toBeLessThanOrEqual(count + 2);
    }
  });
});

describe('a browser that does not know whether it is online', () => {
  const RUNS = 200;

  it(`says no all the time: everything is sent and asked as ever, in ${RUNS} runs`, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const world = new World({ seed, refresh: 60 });
      const tab = world.openTab();
      tab.change({ saysOnline: false });
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.report(tab, 'a', 'add');
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      expect(world.server.effects).toHaveLength(1);
      const pulls = world.server.count('pull');
      await world.scheduler.run({ milliseconds: 10 * MINUTE });
      expect(world.server.count('pull') - pulls).toBeGreaterThanOrEqual(9);
    }
  });

  it(`says yes all the time: one back-off after the service is back everything is sent, in ${RUNS} runs`, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = new SeededRandom(seed);
      const world = await openWorld(1, { seed, refresh: random.pick([0, 60]) });
      const [tab] = world.tabs as [Tab];
      world.server.isReachable = false;
      world.report(tab, 'a', 'add');
      await world.scheduler.run({ milliseconds: random.below(10 * MINUTE) });
      expect(world.server.effects).toHaveLength(0);
      world.server.isReachable = true;
      const at = world.scheduler.time;
      await world.scheduler.run({ milliseconds: HOUR, isOver: () => world.server.effects.length > 0 });
      expect(world.server.effects).toHaveLength(1);
      // The longest back-off while the page is seen is a minute; after ten tries in a row there is one in five minutes.
      expect(world.scheduler.time - at).toBeLessThanOrEqual(6 * MINUTE);
    }
  });
});

describe('an older and a newer version of this script side by side', () => {
  /** Where the reports are kept; found out from the code itself. */
  async function outboxKey(): Promise<readonly string[]> {
    const world = await openWorld(1);
    world.report(world.tabs[0]!, 'a', 'add');
    await world.scheduler.run({ milliseconds: SECOND });
    return [...world.disk.entries.values()].find(({ key }) => key.at(-1) === 'outbox')!.key;
  }

  const known = (id: string, sequence: number) => ({
    id,
    sequence,
    achievement: 'a',
    add: sequence,
    at: 0,
    attempts: 0,
  });

  it('what the newer one keeps in its own way stays as it is, and a report is refused aloud', async () => {
    const key = await outboxKey();
    for (let seed = 1; seed <= 20; seed++) {
      const world = new World({ seed, refresh: 60 });
      const newer = { v: 2, lanes: { a: [known('newer-1', 1)] }, queued: 'elsewhere' };
      world.disk.write(key, newer);
      for (let count = 0; count < 2; count++) world.openTab();
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      const records = world.tabs.map((tab) => world.report(tab, 'a', 'add'));
      await world.scheduler.run({ milliseconds: 10 * MINUTE });
      for (const record of records) {
        expect(record.state).toBe('refused');
        expect(record.error).toMatchObject({ problem: { code: 'storage' } });
      }
      expect(world.disk.read(key)).toEqual(newer);
      expect(world.server.effects).toEqual([]);
    }
  });

  it('what the newer one took over while the older one was sending is left to it', async () => {
    const key = await outboxKey();
    for (let seed = 1; seed <= 100; seed++) {
      const world = await openWorld(1, { seed });
      const [tab] = world.tabs as [Tab];
      for (let count = 0; count < 3; count++) world.report(tab, 'a', 'add');
      await world.scheduler.run({ steps: new SeededRandom(seed).below(16) });
      const newer = { v: 2, taken: world.disk.read(key) ?? null };
      world.disk.write(key, newer);
      await world.scheduler.run({ milliseconds: 10 * MINUTE });
      expect(world.disk.read(key)).toEqual(newer);
      // Whatever was promised is with the service, or with the newer version.
      const text = JSON.stringify(newer);
      for (const { state, id, storage } of world.reports) {
        if (state !== 'kept' || storage !== 'persistent') continue;
        const isDone = world.server.effects.some((effect) => effect.id === id);
        expect(isDone || text.includes(`"${id}"`)).toBe(true);
      }
    }
  });

  it('rows and members that the older one does not know stay, and the others are sent', async () => {
    const key = await outboxKey();
    for (let seed = 1; seed <= 20; seed++) {
      const world = new World({ seed });
      const unknown = { id: 'newer-2', kind: 'streak', sequence: 2 };
      world.disk.write(key, {
        v: 1,
        sequence: 3,
        queued: [known('old-1', 1), unknown, known('old-3', 3)],
        priorities: { 'newer-2': 7 },
      });
      const tab = world.openTab();
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.report(tab, 'a', 'add');
      await world.scheduler.run({ milliseconds: 10 * SECOND });
      expect(world.server.effects.map(({ what }) => what)).toEqual(['add 1', 'add 3', 'add 1']);
      expect(world.disk.read(key)).toMatchObject({ queued: [unknown], priorities: { 'newer-2': 7 }, sequence: 4 });
    }
  });
});
