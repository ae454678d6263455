import { expect, it } from 'vitest';
import { createStore } from '../../../src/store/create-store.js';
import type { Environment } from '../../../src/store/environment.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { achievement, countingClock, deferred, fresh, scriptedBackend, turns, world } from './support.js';

/** Seconds. */
const REFRESH = 60;

/** Channels and locks of all pages of one origin. */
function origin(): Pick<Environment, 'locks' | 'openChannel'> {
  const listeners = new Set<(message: unknown) => void>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    openChannel(_name, listener) {
      listeners.add(listener);
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
  };
}

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
