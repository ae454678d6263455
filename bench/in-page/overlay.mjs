// What a game and a stream do: an unlock is told, a thousand steps are told, and nothing happens for a minute.

import { framesUntil } from './frames.mjs';

/** The file as a page gets it, which a type-checker does not know here. */
const file = '/achievement-overlay.js';
const { createStore, memory } = await import(file);

const LOCKED = 60;
const STEPS = 1000;

/** Ids whose unlock was not told yet. */
const waiting = Array.from({ length: LOCKED }, (_, index) => `achievement-${index}`);
const told = memory({
  achievements: waiting.map((id) => ({ id, name: `Name of ${id}`, progress: { current: 0, target: STEPS } })),
});
/** A service that knows what it has told: its next answer takes nothing back. */
const service = {
  ...told,
  pull: (/** @type {unknown} */ known, /** @type {unknown} */ call) => {
    const { library } = store.snapshot;
    return library ? Promise.resolve({ achievements: library.achievements }) : told.pull(known, call);
  },
};
const store = createStore({ backend: service });
const toasts = /** @type {any} */ (document.createElement('achievement-toasts'));

/** @type {OverlaySubject} */
const subject = {
  async open() {
    const source = /** @type {any} */ (document.createElement('achievement-source'));
    source.store = store;
    const others = ['achievement-list', 'achievement-tracker', 'achievement-gamepad'];
    source.append(toasts, ...others.map((tag) => document.createElement(tag)));
    document.body.append(source);
    await store.refresh();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  },

  async unlock() {
    toasts.dismissAll();
    await toasts.updateComplete;
    const achievement = waiting.shift();
    return framesUntil(
      () => store.apply([{ achievement, state: 'unlocked', unlockedAt: Date.now() }]),
      () => toasts.shadowRoot.querySelector('[part~="toast"]') !== null,
    );
  },

  async steps() {
    const achievement = waiting.at(-1);
    const start = performance.now();
    for (let step = 1; step <= STEPS; step++) {
      while (performance.now() < start + step) await new Promise((resolve) => setTimeout(resolve));
      store.apply([{ achievement, state: 'in-progress', requirements: [{ current: step }] }]);
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { progress } = store.snapshot.library.achievements.find(
      (/** @type {{ id: string }} */ { id }) => id === achievement,
    );
    return { current: progress.current, took: performance.now() - start };
  },
};
Object.assign(globalThis, { subject });
