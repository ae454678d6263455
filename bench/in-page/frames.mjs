/**
 * How many frames come from an act to the one that paints what it led to; 1 is the very next one. The act is done in a
 * task of its own, between two frames.
 */
export async function framesUntil(act, isThere) {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  act();
  for (let frames = 1; frames < 600; frames++) {
    // What stands in the document when the callbacks of a frame are over is painted in it.
    const found = await new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(Boolean(isThere()));
        port2.postMessage(undefined);
      }),
    );
    if (found) return frames;
  }
  throw new Error('What was waited for did not come in 600 frames.');
}
