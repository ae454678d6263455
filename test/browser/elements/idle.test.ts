import { expect, nextFrame } from '@open-wc/testing';
import '../../../src/define/achievement-gamepad.js';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-source.js';
import '../../../src/define/achievement-toasts.js';
import '../../../src/define/achievement-tracker.js';
import type { AchievementSource } from '../../../src/elements/achievement-source.js';
import {
  MINUTE,
  NOW,
  SECOND,
  achievement,
  achievements,
  progress,
  room,
  scripted,
  settled,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

/** What the page asks the browser for while `work` runs, and what it is still waiting for at its end. */
async function askedOfTheBrowser(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const counts = { timers: 0, intervals: 0, frames: 0, requests: 0 };
  const { setTimeout, setInterval, requestAnimationFrame, fetch } = globalThis;
  globalThis.setTimeout = ((...given: Parameters<typeof setTimeout>) => {
    // The microtask-like timers of the test's own waiting have no delay.
    if ((given[1] ?? 0) > 0 && (given[1] ?? 0) < MINUTE) counts.timers += 1;
    return setTimeout(...given);
  }) as typeof setTimeout;
  globalThis.setInterval = ((...given: Parameters<typeof setInterval>) => {
    counts.intervals += 1;
    return setInterval(...given);
  }) as typeof setInterval;
  globalThis.requestAnimationFrame = (callback) => {
    counts.frames += 1;
    return requestAnimationFrame(callback);
  };
  globalThis.fetch = (...given) => {
    counts.requests += 1;
    return fetch(...given);
  };
  try {
    await work();
  } finally {
    Object.assign(globalThis, { setTimeout, setInterval, requestAnimationFrame, fetch });
  }
  return counts;
}

const NOTHING = { timers: 0, intervals: 0, frames: 0, requests: 0 };

/** Everything that an overlay can have, with a player in the middle of something. */
async function overlay() {
  const stage = world();
  // How long each timer of the injected clock waits, as long as it does.
  const waits = new Map<number, number>();
  const clock = {
    now: () => stage.clock.now(),
    setTimeout(callback: () => void, milliseconds: number) {
      const handle = stage.clock.setTimeout(() => {
        waits.delete(handle);
        callback();
      }, milliseconds);
      waits.set(handle, milliseconds);
      return handle;
    },
    clearTimeout(handle: number) {
      waits.delete(handle);
      stage.clock.clearTimeout(handle);
    },
  };
  const library = [
    achievement('near', progress(8, 10)),
    achievement('done', { state: 'unlocked', unlockedAt: NOW }),
    ...achievements(6),
  ];
  const backend = scripted(library);
  let pulls = 0;
  const pull = backend.pull.bind(backend);
  backend.pull = (...given) => {
    pulls += 1;
    return pull(...given);
  };
  const source = document.createElement('achievement-source');
  Object.assign(source, { backend, environment: { ...stage.environment, clock } } satisfies Partial<AchievementSource>);
  const parts = (['list', 'tracker', 'toasts', 'gamepad'] as const).map((name) =>
    document.createElement(`achievement-${name}`),
  );
  source.append(...parts);
  (await room()).append(source);
  await until(() => source.store?.snapshot.library);
  await Promise.all(parts.map(settled));
  await nextFrame();
  await nextFrame();
  return { ...stage, source, parts, pulls: () => pulls, pending: () => [...waits.values()] };
}

describe('a list, a tracker, toasts and a gamepad, while nothing happens', () => {
  it('ask the browser for nothing in a minute: no timer under a minute, no frame, no request', async () => {
    const { clock, parts, pulls } = await overlay();
    const before = pulls();
    const counts = await askedOfTheBrowser(async () => {
      await clock.advance(MINUTE);
      await Promise.all(parts.map(settled));
    });
    expect(counts).to.deep.equal(NOTHING);
    expect(pulls()).to.equal(before);
  });

  it('have no timer of their own that comes sooner than a minute', async () => {
    const { pending, clock } = await overlay();
    // What follows an answer is over by then; what is said of the last minute is said anew after the rest of it.
    await clock.advance(SECOND);
    expect(pending().filter((milliseconds) => milliseconds < MINUTE - SECOND)).to.deep.equal([]);
  });

  it('are found out where something does happen (control)', async () => {
    const { parts, source } = await overlay();
    const counts = await askedOfTheBrowser(async () => {
      source.store!.apply([{ achievement: 'near', state: 'unlocked', unlockedAt: NOW }]);
      await Promise.all(parts.map(settled));
    });
    expect(counts['frames']).to.be.greaterThan(0);
  });
});
