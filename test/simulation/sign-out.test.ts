import { describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/store/create-store.js';
import type { Store } from '../../src/store/store.js';
import { PLAYER, type Tab, World, type WorldOptions } from './world.js';

// Seconds on a machine that does nothing else; a bound, and not an expectation.
vi.setConfig({ testTimeout: 180_000 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Seconds between polls. */
const REFRESH = 60;

/** A store for another service, in the page of a tab. */
function beside(world: World, tab: Tab, service: string): Store {
  const backend = { ...world.backendOf(tab), id: service, scope: `https://${service}.example/` };
  const store = createStore({ backend, player: PLAYER, refresh: REFRESH, environment: tab.environment });
  store.subscribe(() => undefined);
  return store;
}

/** Two pages of one player, with two services each, of which they have none or one in common. */
function open(options: WorldOptions = {}, hasCommon = false) {
  let pages = 0;
  const world = new World({
    refresh: REFRESH,
    ...options,
    open: ({ backend, ...others }) => {
      pages += 1;
      return createStore({ ...others, backend: { ...backend, id: hasCommon ? 'test' : `test ${pages}` } });
    },
  });
  const [first, second] = [world.openTab(), world.openTab()];
  const stores = [
    { page: first, store: first.store },
    { page: first, store: beside(world, first, 'xbox') },
    { page: second, store: second.store },
    { page: second, store: beside(world, second, 'talon') },
  ];
  return { world, first, second, stores };
}

type Stage = ReturnType<typeof open>;

/** What is left of the player, on the device and in the pages. */
function leftovers({ world, stores }: Stage): string[] {
  const kept = [...world.disk.entries.values()].filter(({ key }) => key.includes(PLAYER));
  return [
    ...kept.map(({ key }) => `the device has ${key.join(' ')}`),
    ...stores.flatMap(({ page, store }, index) =>
      Object.keys(store.snapshot)
        .filter((member) => ['library', 'memory', 'rejected'].includes(member) || store.snapshot.pending > 0)
        .map((member) => `${page.name} has the ${member} of store ${index + 1}`),
    ),
  ];
}

/** What each page still has of the player at once, a second later and ten minutes later; and what is asked by then. */
async function signOut(
  stage: Stage,
  patience = 15 * SECOND,
): Promise<{ here: string[]; soon: string[]; later: string[]; asked: number }> {
  const { world, first } = stage;
  world.signOut(first);
  const here = leftovers(stage).filter((text) => text.startsWith(first.name));
  await world.scheduler.run({ milliseconds: SECOND });
  const soon = leftovers(stage);
  // What had left is answered by then.
  await world.scheduler.run({ milliseconds: patience });
  const before = world.server.requests.length;
  await world.scheduler.run({ milliseconds: 10 * MINUTE });
  return { here, soon, later: leftovers(stage), asked: world.server.requests.length - before };
}

const NOTHING = { here: [], soon: [], later: [], asked: 0 };

describe('a player with several services in several pages, who signs out in one of them', () => {
  it('is gone from all of them within a second, and stays away, at whichever step it happens', async () => {
    let steps = 0;
    for (let isReached = true; isReached;) {
      steps += 1;
      const stage = open({ isRandom: false });
      const { world, first, second } = stage;
      world.report(first, 'a', 'add');
      world.report(second, 'b', 'unlock');
      await world.scheduler.run({ milliseconds: 30 * SECOND, isOver: () => world.scheduler.steps >= steps });
      isReached = world.scheduler.steps >= steps;
      expect(await signOut(stage), `step ${steps}`).toEqual(NOTHING);
    }
    // Otherwise nothing was going on.
    expect(steps).toBeGreaterThan(100);
  });

  it('the same in whatever order things happen', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const stage = open({ seed }, seed % 2 === 0);
      const { world, first, second } = stage;
      world.report(first, 'a', 'add');
      world.report(second, 'b', 'unlock');
      await world.scheduler.run({ steps: seed * 2, milliseconds: 10 * SECOND });
      expect(await signOut(stage), `seed ${seed}`).toEqual(NOTHING);
    }
  });

  it('where pages cannot speak with each other, with the next that the other one asks or writes', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const stage = open({ seed, hasChannels: false });
      const { world } = stage;
      await world.scheduler.run({ milliseconds: 5 * SECOND + seed * 2 * SECOND });
      const { here, later, asked } = await signOut(stage, 1.5 * MINUTE);
      expect({ here, later, asked }, `seed ${seed}`).toEqual({ here: [], later: [], asked: 0 });
    }
  });

  it('comes back where somebody asks again, and what was said of the sign-out before does not end that', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const stage = open({ seed });
      const { world, stores } = stage;
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.signOut(stage.first);
      void stores[1]!.store.refresh();
      await world.scheduler.run({ milliseconds: MINUTE });
      expect(stores.map(({ store }) => store.snapshot.library !== undefined)).toEqual([false, true, false, false]);
    }
  });
});

describe('what was cleared by the browser and not by signing out', () => {
  it('is asked for and kept again', async () => {
    for (const hasChannels of [true, false]) {
      const stage = open({ hasChannels, isRandom: false });
      const { world, stores } = stage;
      await world.scheduler.run({ milliseconds: 5 * SECOND });
      world.disk.entries.clear();
      await world.scheduler.run({ milliseconds: 5 * MINUTE });
      expect(stores.every(({ store }) => store.snapshot.library !== undefined)).toBe(true);
      const answers = [...world.disk.entries.values()].filter(({ key }) => key.at(-1) === 'answer');
      expect(answers).toHaveLength(4);
    }
  });
});
