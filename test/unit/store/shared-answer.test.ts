import { expect, it } from 'vitest';
import { createStore } from '../../../src/store/create-store.js';
import type { Environment } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { achievement, countingClock, deferred, fresh, scriptedBackend, turns, world } from './support.js';

/** Seconds. */
const REFRESH = 60;

/** Channels and locks of all pages of one origin. */
function origin() {
  const channels = new Map<string, Set<(message: unknown) => void>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    openChannel(name, listener) {
      const listeners = channels.get(name) ?? new Set();
      channels.set(name, listeners.add(listener));
      return {
        post: (message) => [...listeners].filter((other) => other !== listener).forEach((other) => other(message)),
        close: () => void listeners.delete(listener),
      };
    },
    locks: {
      request(_name, _signal, work) {
        const done = last.then(work);
        last = done.catch(() => undefined);
        return done;
      },
    },
  } satisfies Pick<Environment, 'locks' | 'openChannel'>;
}

it('tells the other pages of a player which unlocks were shown, and no other player’s', async () => {
  const { openChannel } = origin();
  const channels: string[] = [];
  const open = (player: string) => {
    const around = world(memoryStorage, countingClock());
    const environment: Partial<Environment> = {
      ...around.environment,
      openChannel: (name, listener) => {
        // Sign-outs have one of their own.
        if (!name.includes('signed-out')) channels.push(name);
        return openChannel(name, listener);
      },
    };
    const store = createStore({ backend: scriptedBackend(fresh([achievement('1')])), player, environment });
    const heard: (readonly string[])[] = [];
    store.subscribe((_snapshot, changes) => {
      if (changes?.shownElsewhere) heard.push(changes.shownElsewhere);
    });
    return { heard, store };
  };
  const [here, there, other] = [open('ada'), open('ada'), open('grace')];
  await turns();
  here.store.markShown(['scripted:1']);
  await turns();
  expect(there.heard).toEqual([['scripted:1']]);
  expect(here.heard).toEqual([]);
  expect(new Set(channels).size).toBe(2);
  there.store.dispose();
  await other.store.signOut();
  other.store.markShown(['scripted:1']);
  here.store.markShown(['scripted:1']);
  await turns();
  expect([here.heard, there.heard, other.heard]).toEqual([[], [['scripted:1']], []]);
});

it('does not believe what no page of ours says', async () => {
  const listeners: ((message: unknown) => void)[] = [];
  const { environment } = world(memoryStorage, countingClock());
  const store = createStore({
    backend: scriptedBackend(fresh([achievement('1')])),
    player: 'ada',
    environment: {
      ...environment,
      openChannel: (_name, listener) => {
        listeners.push(listener);
        return { post: () => undefined, close: () => undefined };
      },
    },
  });
  const heard: unknown[] = [];
  store.subscribe((_snapshot, changes) => heard.push(changes?.shownElsewhere));
  await turns();
  const before = heard.length;
  for (const message of [
    { v: 1, about: 'shown', keys: [1] },
    { v: 1, about: 'shown', keys: 'scripted:1' },
    { v: 1, about: 'shown', keys: null },
    { v: 2, about: 'shown', keys: ['scripted:1'] },
    { v: 1, about: 'told', keys: ['scripted:1'] },
  ]) {
    for (const listener of listeners) listener(message);
  }
  expect(heard.slice(before)).toEqual([]);
  for (const listener of listeners) listener({ v: 1, about: 'shown', keys: ['scripted:1'] });
  expect(heard.slice(before), 'control').toEqual([['scripted:1']]);
});

it('asks no second time in an interval where the word of another page’s answer is quicker than the look at the device', async () => {
  const clock = countingClock();
  const device = { ...memoryStorage(), volatile: false };
  const { locks, openChannel } = origin();
  const open = () => {
    const around = world(() => device, clock);
    const backend = scriptedBackend(fresh([achievement('1')]));
    const environment = { ...around.environment, locks, openChannel };
    const store = createStore({ backend, player: 'ada', refresh: REFRESH, environment });
    store.subscribe(() => undefined);
    return { backend, store };
  };
  const first = open();
  await turns();
  const second = open();
  await turns();
  const answer = deferred<'unchanged'>();
  first.backend.script = answer.promise;
  second.backend.script = answer.promise;
  const before = first.backend.requests.length + second.backend.requests.length;
  await clock.advance(REFRESH * 1100);
  await turns();
  expect(first.backend.requests.length + second.backend.requests.length).toBe(before + 1);
  answer.resolve('unchanged');
  await turns();
  expect(first.backend.requests.length + second.backend.requests.length).toBe(before + 1);
  expect(first.store.snapshot.checkedAt).toBe(second.store.snapshot.checkedAt);
});
