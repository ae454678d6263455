// How many frames something takes.

/** The most that are waited for. */
const LIMIT = 600;

/**
 * How many frames come from an act to the one that paints what it led to; 1 is the very next one. The act is done in a
 * task of its own, between two frames.
 * @param {() => void} act
 * @param {() => boolean} isThere
 * @returns {Promise<number>}
 */
export async function framesUntil(act, isThere) {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  act();
  for (let frames = 1; frames < LIMIT; frames++) {
    // A message posted in the callbacks of a frame comes when that frame is painted.
    await new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      }),
    );
    if (isThere()) return frames;
  }
  throw new Error(`What was waited for did not come in ${LIMIT} frames.`);
}
