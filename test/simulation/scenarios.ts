import type { DiskFault, DiskVerb } from './disk.js';
import { Oracle } from './oracle.js';
import { heal } from './schedule.js';
import { type NetworkFault, POISON, type Verb } from './server.js';
import { type Tab, World, type WorldOptions } from './world.js';

const SECOND = 1000;
const DAY = 86_400_000;

/** A short story, in which a tab may end at any step. Every step of it comes in its order. */
export interface Scenario {
  readonly options?: () => WorldOptions;
  readonly play: (world: World) => Promise<void>;
}

/** These faults first, then none. */
function inTurn<Fault extends string>(...faults: Fault[]): () => Fault | 'none' {
  return () => faults.shift() ?? 'none';
}

function pushFaults(...faults: NetworkFault[]): (verb: Verb) => NetworkFault {
  const next = inTurn(...faults);
  return (verb) => (verb === 'push' ? next() : 'none');
}

function writeFaults(...faults: DiskFault[]): (verb: DiskVerb) => DiskFault {
  const next = inTurn(...faults);
  return (verb) => (verb === 'update' ? next() : 'none');
}

/** A tab may be dead already. */
function ifAlive(tab: Tab | undefined, act: (tab: Tab) => unknown): void {
  if (tab && tab.life !== 'dead') act(tab);
}

/** Something of everything that can be reported, by one tab. */
function reportAll(world: World, tab: Tab): void {
  ifAlive(tab, () => {
    world.report(tab, 'a', 'set');
    world.report(tab, 'a', 'add');
    world.report(tab, 'b', 'unlock');
  });
}

function reportAgain(world: World, tab: Tab): void {
  ifAlive(tab, () => {
    world.report(tab, 'a', 'add');
    world.report(tab, 'c', 'unlock');
  });
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  'three reports and their answers': {
    async play(world) {
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 5 * SECOND });
    },
  },
  'an answer that gets lost': {
    options: () => ({ networkFault: pushFaults('answer lost') }),
    async play(world) {
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a service that fails in the middle of a request': {
    options: () => ({ networkFault: pushFaults('crash', 'crash'), doesOneByOne: true }),
    async play(world) {
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a disk that answers with an error after it has written': {
    options: () => ({ diskFault: writeFaults('unanswered', 'none', 'unanswered', 'unanswered', 'unanswered') }),
    async play(world) {
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a full disk': {
    options: () => ({ diskFault: writeFaults('full', 'full', 'none', 'full') }),
    async play(world) {
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'one report at a time, and one that is refused': {
    options: () => ({ pushLimit: 1 }),
    async play(world) {
      const tab = world.openTab();
      world.report(tab, 'no such achievement', 'add');
      reportAll(world, tab);
      await world.scheduler.run({ milliseconds: 10 * SECOND });
    },
  },
  'two tabs': {
    async play(world) {
      const first = world.openTab();
      const second = world.openTab();
      reportAll(world, first);
      ifAlive(second, () => world.report(second, 'a', 'add'));
      await world.scheduler.run({ milliseconds: 30 * SECOND });
      ifAlive(first, () => world.report(first, 'c', 'add'));
      await world.scheduler.run({ milliseconds: 30 * SECOND });
    },
  },
  'two tabs without locks and channels': {
    options: () => ({ hasLocks: false, hasChannels: false, networkFault: pushFaults('answer broken') }),
    async play(world) {
      const first = world.openTab();
      const second = world.openTab();
      reportAll(world, first);
      reportAgain(world, second);
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'reports without a connection': {
    async play(world) {
      world.server.isReachable = false;
      const tab = world.openTab();
      tab.change({ saysOnline: false });
      reportAll(world, tab);
      await world.scheduler.run({ milliseconds: 10 * SECOND });
      world.server.isReachable = true;
      ifAlive(tab, () => tab.change({ saysOnline: true }));
      await world.scheduler.run({ milliseconds: 10 * SECOND });
    },
  },
  'a token that is refused': {
    options: () => ({ needsToken: true, tokenFault: inTurn('stale', 'refused', 'stale', 'stale') }),
    async play(world) {
      const tab = world.openTab();
      reportAll(world, tab);
      await world.scheduler.run({ milliseconds: 10 * SECOND });
      ifAlive(tab, () => tab.change({ isVisible: false }));
      ifAlive(tab, () => tab.change({ isVisible: true }));
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a tab that freezes while it sends': {
    async play(world) {
      const first = world.openTab();
      reportAll(world, first);
      await world.scheduler.run({ steps: 25 });
      ifAlive(first, () => world.scheduler.freeze(first));
      const second = world.openTab();
      reportAgain(world, second);
      await world.scheduler.run({ milliseconds: 30 * SECOND });
      ifAlive(first, () => first.thaw());
      await world.scheduler.run({ milliseconds: 10 * SECOND });
    },
  },
  'an outage that answers 400': {
    async play(world) {
      const tab = world.openTab();
      world.server.isRefusing = true;
      reportAll(world, tab);
      reportAgain(world, tab);
      await world.scheduler.run({ milliseconds: 20 * SECOND });
      world.server.isRefusing = false;
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a report that the service cannot read': {
    async play(world) {
      const tab = world.openTab();
      world.report(tab, POISON, 'add');
      reportAll(world, tab);
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'another address': {
    async play(world) {
      world.server.isReachable = false;
      reportAll(world, world.openTab());
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.deploy();
      world.server.isReachable = true;
      reportAgain(world, world.openTab());
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
  'a long absence': {
    options: () => ({ remembersFor: 30 * DAY, networkFault: pushFaults('answer lost') }),
    async play(world) {
      const tab = world.openTab();
      reportAll(world, tab);
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.kill(tab);
      world.scheduler.sleep(40 * DAY);
      world.openTab();
      await world.scheduler.run({ milliseconds: 60 * SECOND });
    },
  },
};

/**
 * Plays a scenario in which a tab ends right before a step.
 * @param victim number of the tab, from 1; absent: the one whose step it is
 * @returns what was promised and is not so, and whether there was such a step
 */
export async function playUntil(
  scenario: Scenario,
  step: number,
  victim?: number,
): Promise<{ violations: string[]; isReached: boolean }> {
  let isReached = false;
  const world = new World({ isRandom: false, ...scenario.options?.() });
  const oracle = new Oracle(world);
  oracle.mayBeUncertain = scenario === scenarios['a long absence'];
  const { scheduler, tabs } = world;
  scheduler.beforeStep = (number, { process }) => {
    if (number !== step) return;
    isReached = true;
    const tab = victim === undefined ? tabs.find((each) => each === process) : tabs[victim - 1];
    if (tab && tab.life !== 'dead') world.kill(tab);
  };
  await scenario.play(world);
  scheduler.beforeStep = undefined;
  const { last, late } = await heal(world);
  return { violations: [...late, ...oracle.violations(last)], isReached };
}

/**
 * A tab freezes right before a step, and thaws after so long that the service has forgotten what it did for another one.
 * @returns as `playUntil`
 */
export async function playFrozen(step: number): Promise<{ violations: string[]; isReached: boolean }> {
  let isReached = false;
  const world = new World({ isRandom: false, remembersFor: 30 * DAY });
  const oracle = new Oracle(world);
  oracle.mayBeUncertain = true;
  const { scheduler } = world;
  const tab = world.openTab();
  reportAll(world, tab);
  scheduler.beforeStep = (number) => void (isReached ||= number === step);
  await scheduler.run({ milliseconds: 30 * SECOND, isOver: () => isReached });
  scheduler.freeze(tab);
  scheduler.beforeStep = undefined;
  const second = world.openTab();
  reportAgain(world, second);
  await scheduler.run({ milliseconds: 60 * SECOND });
  world.kill(second);
  scheduler.sleep(40 * DAY);
  tab.thaw();
  await scheduler.run({ milliseconds: 60 * SECOND });
  const { last, late } = await heal(world);
  return { violations: [...late, ...oracle.violations(last)], isReached };
}
