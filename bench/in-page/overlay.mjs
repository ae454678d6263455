// What a game and a stream do: an unlock is told, a thousand steps are told, and nothing happens for a minute.

import { createStore, memory } from '/achievement-overlay.js';
import { achievements } from './achievements.mjs';
import { framesUntil } from './frames.mjs';

const LOCKED = 60;
const STEPS = 1000;

/** Ids whose unlock was not told yet. */
let waiting = [];
let source;

globalThis.subject = {
  /** Everything that an overlay can have, with a player who has unlocked nothing. */
  async open() {
    const backend = memory({
      achievements: achievements(LOCKED).map(({ id, name }) => ({ id, name, progress: { current: 0, target: STEPS } })),
    });
    waiting = (await backend.pull(undefined, {})).achievements.map(({ id }) => id);
    source = document.createElement('achievement-source');
    source.store = createStore({ backend });
    for (const tag of ['achievement-list', 'achievement-tracker', 'achievement-toasts', 'achievement-gamepad']) {
      source.append(document.createElement(tag));
    }
    document.body.append(source);
    await source.store.refresh();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  },

  /** Frames from an unlock to the one that has its toast. */
  async unlock() {
    const toasts = document.querySelector('achievement-toasts');
    toasts.dismissAll();
    await toasts.updateComplete;
    const achievement = waiting.shift();
    return framesUntil(
      () => source.store.apply([{ achievement, state: 'unlocked', unlockedAt: Date.now() }]),
      () => toasts.shadowRoot.querySelector('[part~="toast"]'),
    );
  },

  /** A thousand steps of one achievement within a second, each told in a task of its own. */
  async steps() {
    const achievement = waiting.at(-1);
    const start = performance.now();
    for (let step = 1; step <= STEPS; step++) {
      const due = start + step;
      while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve));
      source.store.apply([{ achievement, state: 'in-progress', requirements: [{ current: step }] }]);
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { progress } = source.store.snapshot.library.achievements.find(({ id }) => id === achievement);
    return { current: progress.current, took: performance.now() - start };
  },
};
