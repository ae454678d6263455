import type { DiskFault } from './disk.js';
import { Oracle } from './oracle.js';
import { SeededRandom } from './random.js';
import { type NetworkFault, POISON } from './server.js';
import { type Tab, World, type WorldOptions } from './world.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** How long the service promises to remember ids here, in milliseconds. */
const REMEMBERS_FOR = 30 * DAY;

/** What is over by then, in milliseconds after everything is healed: the longest delays of the store are an hour and a half. */
const PATIENCE = 3 * 60 * MINUTE;

const DISK_FAULTS: Readonly<Record<Exclude<DiskFault, 'none'>, number>> = {
  refused: 3,
  unanswered: 4,
  full: 1,
  silent: 1,
  dead: 0.5,
  repeated: 3,
  slow: 2,
};

const NETWORK_FAULTS: Readonly<Record<Exclude<NetworkFault, 'none'>, number>> = {
  unreachable: 3,
  'request lost': 2,
  'answer lost': 4,
  'answer broken': 3,
  'server error': 2,
  unavailable: 1,
  'rate limited': 1,
  unauthorized: 1,
  crash: 3,
  retry: 3,
  partial: 3,
  slow: 3,
  late: 2,
};

const ACTIONS = {
  report: 40,
  'time goes by': 10,
  'kill and open': 7,
  open: 4,
  freeze: 4,
  thaw: 5,
  'put away': 2,
  hide: 2,
  show: 3,
  'lie about the connection': 3,
  'network down': 3,
  'network up': 5,
  refresh: 3,
  unsubscribe: 1,
  subscribe: 2,
  'set the clock': 2,
  'set the clock a year ahead': 0.6,
  'begin to answer 400': 1.5,
  'end to answer 400': 2,
  deploy: 0.5,
  'new token': 1,
  'sign out': 0.4,
  'long absence': 0.4,
} as const;

export interface PlayOptions {
  readonly open?: WorldOptions['open'];
  readonly isIdempotent?: boolean;
  /** Called before anything happens. */
  readonly onWorld?: (world: World) => void;
  /** Keeps what was done, for a person to read. */
  readonly isTraced?: boolean;
}

export interface Played {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly world: World;
}

/** Plays one random schedule from beginning to quiet, and says what was promised and is not so. */
export async function play(seed: number, options: PlayOptions = {}): Promise<Played> {
  // Chance of its own: what the world draws does not change what is planned.
  const random = new SeededRandom(seed ^ 0x5bd1e995);
  const diskRate = random.pick([0, 0, 0.03, 0.15]);
  const networkRate = random.pick([0.05, 0.2, 0.5, 0.7]);
  const losesMessages = random.chance(0.3);
  const tokenRate = random.pick([0, 0.3]);
  const needsToken = random.chance(0.4);
  const pushLimit = random.pick([undefined, undefined, 1, 2, 3]);
  const world: World = new World({
    seed,
    hasLocks: random.chance(0.8),
    hasChannels: random.chance(0.8),
    refresh: random.pick([0, 0, 0, 60]),
    doesOneByOne: random.chance(0.3),
    remembersFor: REMEMBERS_FOR,
    needsToken,
    hasRecall: random.chance(0.7),
    ...(pushLimit !== undefined && { pushLimit }),
    diskFault: (_, process) => {
      if (!world.random.chance(diskRate)) return 'none';
      const fault = world.random.weighted(DISK_FAULTS);
      if (fault === 'dead') oracle.stuck.add(process);
      return fault;
    },
    networkFault: () => (world.random.chance(networkRate) ? world.random.weighted(NETWORK_FAULTS) : 'none'),
    losesMessage: () => losesMessages && world.random.chance(0.3),
    tokenFault: () => (world.random.chance(tokenRate) ? world.random.pick(['stale', 'refused', 'silent']) : 'none'),
    ...(options.open && { open: options.open }),
    ...(options.isIdempotent !== undefined && { isIdempotent: options.isIdempotent }),
  });
  const { scheduler, server } = world;
  if (options.isTraced) scheduler.trace = [];
  const oracle: Oracle = new Oracle(world);
  options.onWorld?.(world);
  // A clock that was set back hides how long something is ago; nobody can know then.
  const goesAway = random.chance(0.5);
  const unlocked = new Set<string>();
  let wasRefusing = false;
  const tabCount = random.pick([1, 1, 2, 2, 3, 5]);
  for (let number = 0; number < tabCount; number++) world.openTab(random.chance(0.9));

  const anyTab = (tabs: readonly Tab[]) => (tabs.length > 0 ? random.pick(tabs) : undefined);
  const report = (tab: Tab) => {
    const odd = random.pick(['no such achievement', 'no such achievement', POISON]);
    const achievement = random.chance(0.08) ? odd : random.pick(['a', 'a', 'b', 'c']);
    const verb = random.pick(['set', 'add', 'add', 'unlock'] as const);
    const isAgain = verb === 'unlock' && unlocked.has(achievement);
    if (verb === 'unlock') unlocked.add(achievement);
    world.report(tab, achievement, isAgain ? 'set' : verb);
  };

  const act: Readonly<Record<keyof typeof ACTIONS, () => unknown>> = {
    report() {
      const tab = anyTab(world.runningTabs);
      if (!tab) return;
      // Often one after the other, without waiting.
      for (let count = random.pick([1, 1, 1, 2, 4]); count > 0; count--) report(tab);
    },
    'time goes by': () => scheduler.run({ milliseconds: random.pick([50, SECOND, 12 * SECOND, MINUTE, 10 * MINUTE]) }),
    'kill and open'() {
      const tab = anyTab(world.openTabs);
      if (tab) world.kill(tab);
      if (random.chance(0.7)) world.openTab(random.chance(0.9));
    },
    open: () => world.openTabs.length < 5 && world.openTab(random.chance(0.9)),
    freeze: () => anyTab(world.runningTabs)?.freeze(),
    thaw: () => anyTab(world.openTabs.filter(({ life }) => life === 'frozen'))?.thaw(),
    'put away': () => anyTab(world.runningTabs)?.freeze(true),
    hide: () => anyTab(world.runningTabs)?.change({ isVisible: false }),
    show: () => anyTab(world.runningTabs)?.change({ isVisible: true }),
    'lie about the connection'() {
      const tab = anyTab(world.runningTabs);
      tab?.change({ saysOnline: !tab.saysOnline });
    },
    'network down'() {
      server.isReachable = false;
      for (const tab of world.runningTabs) if (random.chance(0.7)) tab.change({ saysOnline: false });
    },
    'network up'() {
      server.isReachable = true;
      for (const tab of world.runningTabs) if (random.chance(0.7)) tab.change({ saysOnline: true });
    },
    refresh: () => void anyTab(world.runningTabs)?.store.refresh(),
    unsubscribe: () => anyTab(world.runningTabs)?.unsubscribe(),
    subscribe: () => anyTab(world.runningTabs)?.subscribe(),
    'set the clock'() {
      const isForwards = random.chance(0.5);
      const most = !isForwards && goesAway ? MINUTE : 60 * DAY;
      oracle.mayBeUncertain = true;
      if (!isForwards) oracle.wasSetBack = true;
      scheduler.clockError += (isForwards ? 1 : -1) * random.below(most);
    },
    'set the clock a year ahead'() {
      const isAhead = scheduler.clockError >= YEAR;
      oracle.mayBeUncertain = true;
      scheduler.clockError += isAhead ? -YEAR : YEAR;
    },
    // Once: a service that flaps within one turn cannot be told from one that cannot read a report.
    'begin to answer 400'() {
      if (!wasRefusing) server.isRefusing = true;
      wasRefusing = true;
    },
    'end to answer 400': () => (server.isRefusing = false),
    deploy() {
      world.deploy();
      world.openTab(random.chance(0.9));
    },
    'new token': () => void (server.token = `token of ${scheduler.time}`),
    'sign out'() {
      const tab = anyTab(world.runningTabs);
      if (tab) world.signOut(tab);
    },
    async 'long absence'() {
      if (!goesAway) return;
      await leave(world, random);
      oracle.mayBeUncertain = true;
      world.openTab();
    },
  };

  for (let actions = 6 + random.below(16); actions > 0; actions--) {
    const action = random.weighted(ACTIONS);
    scheduler.trace?.push(`-- ${action}`);
    await act[action]();
    await scheduler.run({
      steps: random.pick([0, 1, 2, 3, 5, 8, 13, 30]),
      milliseconds: random.chance(0.4) ? random.below(20 * SECOND) : 0,
    });
  }

  scheduler.trace?.push('-- heal');
  const { last, late } = await heal(world);
  return { seed, violations: [...late, ...oracle.violations(last)], world };
}

const isPoison = ({ achievement }: { readonly achievement: string }) => achievement === POISON;

/** What the service cannot read is told from an outage by others that it reads. */
async function giveNeighbours(world: World, tab: Tab): Promise<void> {
  for (let neighbours = 0; neighbours < 3 && world.outbox?.queued?.some(isPoison); neighbours++) {
    world.report(tab, 'b', 'set');
    await world.scheduler.run({ milliseconds: 10 * MINUTE });
  }
}

/** Everything is closed or frozen, and the device is not used for longer than the service remembers. */
async function leave(world: World, random: SeededRandom): Promise<void> {
  for (const tab of world.runningTabs) {
    if (random.chance(0.3)) await tab.freeze(random.chance(0.5));
    else world.kill(tab);
  }
  // What is on its way arrives.
  await world.scheduler.run({ milliseconds: 5 * MINUTE });
  world.scheduler.sleep(REMEMBERS_FOR + 5 * DAY);
}

/**
 * No faults any more: a fresh tab comes, and has to deliver what there is, whatever the others are doing. Then the others
 * are woken, and must not break it.
 * @returns a tab that has looked once more since then, and what took too long
 */
export async function heal(world: World): Promise<{ last: Tab; late: string[] }> {
  const { scheduler, server, random } = world;
  world.isHealed = true;
  server.isReachable = true;
  server.isRefusing = false;
  const fresh = world.openTab();
  const late: string[] = [];
  const count = () => (world.outbox?.queued ?? []).filter((report) => !isPoison(report)).length;
  const isQuiet = () => scheduler.readyCount === 0 && count() === 0;
  await giveNeighbours(world, fresh);
  await scheduler.run({ milliseconds: PATIENCE, isOver: isQuiet });
  // What was kept after it had looked, by a tab that waits for a token, is for the next one.
  if (count() > 0) world.openTab();
  await scheduler.run({ milliseconds: PATIENCE, isOver: isQuiet });
  if (count() > 0) late.push(`${count()} reports are still there, and a fresh tab does not send them`);
  for (const tab of world.openTabs) {
    tab.thaw();
    if (!tab.isVisible || !tab.saysOnline) tab.change({ isVisible: true, saysOnline: true });
    tab.subscribe();
  }
  // The last requests that were on their way have arrived by then.
  await scheduler.run({ milliseconds: 90 * SECOND });
  await scheduler.run({ milliseconds: PATIENCE, isOver: isQuiet });
  await giveNeighbours(world, world.runningTabs.at(-1)!);
  // A tab that missed a message, or waits for a token, goes on when somebody asks it to.
  const last = random.pick(world.runningTabs);
  void last.store.refresh();
  await scheduler.run({ milliseconds: 15 * SECOND });
  return { last, late };
}
