// When something is painted.

/** The longest that is waited for a paint, in milliseconds. */
const LIMIT = 20_000;

export function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * Resolves with the time of the first paint at which `isThere`. Asks after paints only: a message posted in a frame's
 * callbacks comes when that frame is painted.
 * @param {() => boolean} isThere
 * @returns {Promise<number>} of the clock of `performance`
 */
export function paintOf(isThere) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const painted = performance.now();
      if (isThere()) resolve(painted);
      else if (painted - begin > LIMIT) reject(new Error(`Nothing was painted within ${LIMIT} ms.`));
      else requestAnimationFrame(post);
    };
    const post = () => port2.postMessage(undefined);
    requestAnimationFrame(post);
  });
}

/**
 * How long after `action` it is painted, in milliseconds. The action is at the beginning of a frame, so that what is
 * measured is work and not the wait for a frame.
 * @param {() => void} action
 * @param {() => boolean} isThere
 * @returns {Promise<number>}
 */
export function timeToPaint(action, isThere) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    requestAnimationFrame(() => {
      const begin = performance.now();
      action();
      port1.onmessage = () => {
        const painted = performance.now();
        if (isThere()) resolve(painted - begin);
        else paintOf(isThere).then((later) => resolve(later - begin), reject);
      };
      port2.postMessage(undefined);
    });
  });
}

/** What is at a point of the screen, through all shadow roots. */
function deepElementAt(/** @type {number} */ x, /** @type {number} */ y) {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === found) return found;
    found = inner;
  }
}

/**
 * Whether the screen is full of cards: there is one at its lower end, or at most the gap of two.
 * @param {string} selector of what is inside a card
 */
export function isScreenFull(selector) {
  return [2, 24].some((distance) => deepElementAt(innerWidth / 3, innerHeight - distance)?.closest(selector) != null);
}
