// The toast of an overlay by hand: an event, an element, and its place.

import { framesUntil } from './frames.mjs';

const events = new EventTarget();
const stack = document.createElement('div');
stack.setAttribute('role', 'status');
document.body.append(stack);
events.addEventListener('unlock', (event) => {
  const toast = document.createElement('div');
  toast.className = 'toast';
  toast.append(/** @type {CustomEvent<string>} */ (event).detail);
  stack.append(toast);
});

/** @type {Pick<OverlaySubject, 'open' | 'unlock'>} */
const subject = {
  open: () => Promise.resolve(),
  unlock() {
    stack.replaceChildren();
    return framesUntil(
      () => events.dispatchEvent(new CustomEvent('unlock', { detail: 'Achievement unlocked: Escape Velocity' })),
      () => stack.firstElementChild !== null,
    );
  },
};
Object.assign(globalThis, { subject });
