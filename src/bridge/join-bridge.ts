import {
  type Clock,
  type Problem,
  ProblemError,
  type ProgressUpdate,
  type ReportIntent,
  systemClock,
} from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import type { ReportReceipt } from '../store/store.js';
import {
  BRIDGE_VERSION,
  type BridgeState,
  type GameMessage,
  HELLO,
  type HelloMessage,
  WELCOME,
  readAnswer,
  readPageMessage,
} from './messages.js';
import { checkOrigin } from './origins.js';

/** Milliseconds between two hellos: the page may load later than the game. */
const HELLO_INTERVAL = 1000;

export interface JoinOptions {
  /** The origin of the page with the store, exact: `https://site.example`. */
  readonly origin: string;
  /** Its window; by default the one this game is framed in, or where it is not, its own. */
  readonly target?: Pick<Window, 'postMessage'>;
  /** Gives up. */
  readonly signal?: AbortSignal;
  /** The window that is answered to; by default the game's own. */
  readonly page?: Pick<Window, 'addEventListener' | 'removeEventListener' | 'parent'>;
  /** For tests. */
  readonly clock?: Clock;
}

/** A store in another window, as a game has it. */
export interface JoinedBridge {
  /**
   * Reports what the player did, as `store.report()` does. A rejection that nobody handles is no uncaught error.
   * @throws {ProblemError} what the store says; `unknown` where the bridge was closed before the answer came
   */
  report(intent: ReportIntent): Promise<ReportReceipt>;
  /** Shows what a service pushed to the game, as `store.apply()` does. */
  apply(changes: readonly ProgressUpdate[] | object): void;
  /** Asks the page to show something: what, in words that you and the page agree on. */
  show(what?: string): void;
  hide(): void;
  /** Calls the listener with the state now and with every change, at most every 100 milliseconds. Returns the unsubscribe function. */
  state(listener: (state: BridgeState) => void): () => void;
  close(): void;
  /** Resolves when the bridge is closed, by whichever side: join again to go on. */
  readonly closed: Promise<void>;
}

/** What is left of a message when its number is taken away, for each kind of message. */
type Unnumbered<Message> = Message extends unknown ? Omit<Message, 'sequence'> : never;

interface WaitingReport {
  readonly resolve: (receipt: ReportReceipt) => void;
  readonly reject: (problem: ProblemError) => void;
}

function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function overPort(port: MessagePort, clock: Clock): JoinedBridge {
  const listeners = new Set<{ readonly listener: (state: BridgeState) => void }>();
  const waiting = new Map<number, WaitingReport>();
  let lastSequence = 0;
  let lastState: BridgeState | undefined;
  let isOpen = true;
  let end = () => {};
  const closed = new Promise<void>((resolve) => (end = resolve));

  const say = (message: Unnumbered<GameMessage>): number => {
    lastSequence += 1;
    if (isOpen) port.postMessage({ ...message, sequence: lastSequence });
    return lastSequence;
  };
  const settle = (sequence: number, settling: (report: WaitingReport) => void) => {
    const report = waiting.get(sequence);
    waiting.delete(sequence);
    if (report) settling(report);
  };
  const closedProblem = () =>
    new ProblemError({ code: 'unknown', message: 'The bridge to the page is closed. Join it again.' });
  const stop = () => {
    if (!isOpen) return;
    isOpen = false;
    port.close();
    listeners.clear();
    for (const sequence of [...waiting.keys()]) settle(sequence, ({ reject }) => reject(closedProblem()));
    end();
  };

  port.onmessage = ({ data }) => {
    const message = readPageMessage(data, clock.now());
    switch (message?.type) {
      case 'reported':
        return settle(message.sequence, ({ resolve }) => resolve(message.receipt));
      case 'problem': {
        const problem: Problem = { code: message.code, message: message.message };
        return settle(message.sequence, ({ reject }) => reject(new ProblemError(problem)));
      }
      case 'state':
        lastState = message.state;
        for (const { listener } of [...listeners]) listener(lastState);
        return;
      case 'closed':
        return stop();
      case undefined:
    }
  };

  return {
    closed,
    report(intent) {
      const done = new Promise<ReportReceipt>((resolve, reject) => {
        if (!isOpen) throw closedProblem();
        waiting.set(say({ type: 'report', report: intent }), { resolve, reject });
      });
      // Games report from their loops and wait for nothing.
      done.catch(() => undefined);
      return done;
    },
    apply: (changes) => void say({ type: 'apply', changes }),
    show: (what) => void say({ type: 'show', ...dropAbsent({ what }) }),
    hide: () => void say({ type: 'hide' }),
    state(listener) {
      const entry = { listener };
      listeners.add(entry);
      if (listeners.size === 1) say({ type: 'state', follow: true });
      else if (lastState) listener(lastState);
      return () => {
        if (!listeners.delete(entry) || listeners.size > 0) return;
        lastState = undefined;
        say({ type: 'state', follow: false });
      };
    },
    close() {
      say({ type: 'close' });
      stop();
    },
  };
}

/**
 * Finds the page that has called `connectBridge` for this game. Says hello once a second until it is welcomed.
 * @throws {TypeError} where `origin` is not one exact origin
 * @throws {ProblemError} `bad-shape` where the page speaks other versions only
 * @throws the reason of `signal` once that is aborted
 */
export async function joinBridge(options: JoinOptions): Promise<JoinedBridge> {
  const { origin, signal, page = globalThis.window, clock = systemClock } = options;
  const { target = page.parent } = options;
  checkOrigin(origin);
  signal?.throwIfAborted();
  const hello: HelloMessage = { type: HELLO, version: BRIDGE_VERSION, nonce: createNonce() };
  let timer: number | undefined;
  let hear: (event: MessageEvent) => void = () => {};
  let giveUp = () => {};
  const port = new Promise<MessagePort>((resolve, reject) => {
    hear = ({ data, origin: from, source, ports }) => {
      if (from !== origin || source !== target) return;
      const answer = readAnswer(data);
      if (answer?.nonce !== hello.nonce) return;
      if (answer.type === WELCOME) {
        if (ports[0]) resolve(ports[0]);
        return;
      }
      const message = `The page speaks version ${answer.versions.join(', ')} of the bridge, this game ${BRIDGE_VERSION}. Update the older one.`;
      reject(new ProblemError({ code: 'bad-shape', message }));
    };
    giveUp = () => reject(signal?.reason as Error);
    page.addEventListener('message', hear);
    signal?.addEventListener('abort', giveUp, { once: true });
    const ask = () => {
      target.postMessage(hello, origin);
      timer = clock.setTimeout(ask, HELLO_INTERVAL);
    };
    ask();
  });
  try {
    return overPort(await port, clock);
  } finally {
    if (timer !== undefined) clock.clearTimeout(timer);
    page.removeEventListener('message', hear);
    signal?.removeEventListener('abort', giveUp);
  }
}
