// Main's end of the bridge: numbers what is said to the overlay's page, and keeps it until there is a page.

/** What is kept while the page loads; the store of the page keeps far more. */
const MOST_WAITING = 500;

/**
 * @typedef {object} Port as Electron's `MessagePortMain`
 * @property {(message: unknown) => void} postMessage
 * @property {(event: 'message' | 'close', listener: (event: { data: unknown }) => void) => unknown} on
 * @property {() => void} start
 * @property {() => void} close
 */

/** @typedef {Record<string, unknown> & { type: string }} Message without its number */

/** @typedef {{ readonly type?: string, readonly code?: string } | null} Heard `reported`, `problem` or `state` */

/** @param {(message: Heard) => void} hear what the page says */
export function createOverlayPort(hear) {
  /** @type {Port | undefined} */
  let present;
  let sequence = 0;
  /** @type {Message[]} */
  let waiting = [];

  /** @param {Message} message */
  function say(message) {
    if (present) present.postMessage({ ...message, sequence: ++sequence });
    else if (waiting.length < MOST_WAITING) waiting.push(message);
  }

  return {
    say,
    /**
     * The page was welcomed, for the first time or after it was loaded anew.
     * @param {Port} port
     */
    use(port) {
      present?.close();
      present = port;
      sequence = 0;
      const leave = () => {
        if (present === port) present = undefined;
      };
      port.on('message', ({ data }) => {
        const message = /** @type {Heard} */ (data);
        if (message?.type === 'closed') leave();
        else hear(message);
      });
      port.on('close', leave);
      port.start();
      const held = waiting;
      waiting = [];
      held.forEach(say);
    },
  };
}
