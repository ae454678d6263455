// The toast of an overlay by hand: an event, an element, and its place.

import { framesUntil } from './frames.mjs';

const events = new EventTarget();
const stack = document.createElement('div');
stack.setAttribute('role', 'status');
document.body.append(stack);
events.addEventListener('unlock', ({ detail }) => {
  const toast = document.createElement('div');
  toast.className = 'toast';
  toast.append(detail);
  stack.append(toast);
});

globalThis.subject = {
  async open() {
    await Promise.resolve();
  },
  unlock() {
    stack.replaceChildren();
    return framesUntil(
      () => events.dispatchEvent(new CustomEvent('unlock', { detail: 'Achievement unlocked: Escape Velocity' })),
      () => stack.querySelector('.toast'),
    );
  },
};
