import { type Clock, type ProgressUpdate, problemFrom, systemClock, visible } from '../model/index.js';
import { dropAbsent } from '../model/absent.js';
import type { Snapshot, Store } from '../store/store.js';
import {
  BRIDGE_VERSION,
  type BridgeState,
  type GameMessage,
  type PageMessage,
  REFUSED,
  type RefusedMessage,
  WELCOME,
  type WelcomeMessage,
  areUpdates,
  readGameMessage,
  readHello,
} from './messages.js';
import { checkOrigin } from './origins.js';

/** Milliseconds between two states. */
const STATE_INTERVAL = 100;
/** How many nonces are remembered, and with it how often a bridge takes a hello. */
const MOST_HELLOS = 1000;

export interface BridgeOptions {
  /** The origins a game may speak from, each exact: `https://game.example`. */
  readonly origins: readonly string[];
  /**
   * The window a game has to speak from, asked for with every message: `() => frame.contentWindow`. By default the window
   * this page is framed in, or where it is not, its own.
   */
  readonly source?: () => unknown;
  /** A game asks for something to be shown: what, in words that you and the game agree on, or nothing for everything. */
  readonly onShow?: (what?: string) => void;
  /** A game asks for it to be hidden. */
  readonly onHide?: () => void;
  /** The window that is spoken to; by default the page's own. */
  readonly page?: Pick<Window, 'addEventListener' | 'removeEventListener' | 'parent'>;
  /** For tests. */
  readonly clock?: Clock;
}

/** A store that a game can speak to. */
export interface Bridge {
  /** Whether a game was welcomed and neither side has closed since. */
  readonly connected: boolean;
  /** How many messages to the bridge were ignored: from others, in other shapes, over the limits, or a second time. */
  readonly refused: number;
  /** Ends it, and tells the game. */
  disconnect(): void;
}

/** What of a store a bridge uses. */
export type BridgedStore = Pick<Store, 'backend' | 'snapshot' | 'subscribe' | 'report' | 'apply'>;

function stateOf({ library, activity, pending, storage, checkedAt, problem }: Snapshot): BridgeState {
  const achievements = library?.achievements.map((achievement) => visible(achievement));
  return dropAbsent({ achievements, activity, pending, storage, checkedAt, problem: problem?.code });
}

/** What a connection knows of its game's window. */
interface GameWorld {
  readonly isThere: () => boolean;
  readonly refuse: () => void;
}

/** One welcomed game. */
class Connection {
  readonly #port: MessagePort;
  readonly #store: BridgedStore;
  readonly #options: BridgeOptions;
  readonly #clock: Clock;
  readonly #refuse: () => void;
  readonly #isThere: () => boolean;
  #lastSequence = 0;
  #unsubscribe: (() => void) | undefined;
  #timer: number | undefined;
  #isWaiting = false;
  isOpen = true;

  constructor(port: MessagePort, store: BridgedStore, options: BridgeOptions, world: GameWorld) {
    this.#port = port;
    this.#store = store;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#refuse = world.refuse;
    this.#isThere = world.isThere;
    port.onmessage = ({ data }) => this.#hear(data);
    port.onmessageerror = world.refuse;
  }

  close(): void {
    if (!this.isOpen) return;
    this.#say({ type: 'closed' });
    this.isOpen = false;
    this.#follow(false);
    this.#port.onmessage = null;
    this.#port.close();
  }

  #say(message: PageMessage): void {
    if (this.isOpen) this.#port.postMessage(message);
  }

  #hear(data: unknown): void {
    const message = readGameMessage(data);
    if (!message || message.sequence <= this.#lastSequence) {
      this.#refuse();
      return;
    }
    this.#lastSequence = message.sequence;
    this.#do(message);
  }

  #do(message: GameMessage): void {
    switch (message.type) {
      case 'report':
        void this.#report(message);
        return;
      case 'apply':
        this.#apply(message.changes);
        return;
      case 'show':
        this.#options.onShow?.(message.what);
        return;
      case 'hide':
        this.#options.onHide?.();
        return;
      case 'state':
        this.#follow(message.follow);
        return;
      case 'close':
        this.close();
    }
  }

  async #report({ sequence, report }: GameMessage & { readonly type: 'report' }): Promise<void> {
    try {
      const { id, storage } = await this.#store.report(report);
      this.#say({ type: 'reported', sequence, receipt: { id, storage } });
    } catch (error) {
      const { code, message } = problemFrom(error);
      this.#say({ type: 'problem', sequence, code, message });
    }
  }

  #apply(changes: readonly ProgressUpdate[] | object): void {
    const { backend } = this.#store;
    let updates: readonly ProgressUpdate[] | undefined;
    try {
      updates = areUpdates(changes) ? changes : backend.translate?.(changes);
    } catch {
      // Nothing that the backend knows.
    }
    if (updates) this.#store.apply(updates);
    else this.#refuse();
  }

  /** Tells the state now and with every change, as long as the game wants to know. */
  #follow(isWanted: boolean): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isWaiting = false;
    if (!isWanted) return;
    this.#unsubscribe = this.#store.subscribe(() => this.#tell());
    this.#tell();
  }

  #tell(): void {
    this.#isWaiting = this.#timer !== undefined;
    if (this.#isWaiting) return;
    // A frame that was removed said no goodbye.
    if (!this.#isThere()) {
      this.close();
      return;
    }
    this.#say({ type: 'state', state: stateOf(this.#store.snapshot) });
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWaiting) this.#tell();
    }, STATE_INTERVAL);
  }
}

/**
 * Lets a game in another window report to a store, and see its state: a game in a frame, a page around this one, an
 * Electron preload script. It listens until `disconnect()`. One game at a time: a new hello replaces the one before.
 * @throws {TypeError} where `origins` is empty, or has something in it that is not one exact origin
 */
export function connectBridge(store: BridgedStore, options: BridgeOptions): Bridge {
  const { origins, page = globalThis.window } = options;
  const { source = () => page.parent } = options;
  if (origins.length === 0) throw new TypeError('A bridge needs the origin of the game.');
  for (const origin of origins) checkOrigin(origin);

  const nonces = new Set<string>();
  let refused = 0;
  let connection: Connection | undefined;
  const refuse = () => void (refused += 1);

  const hear = ({ data, origin, source: sender }: MessageEvent) => {
    const hello = readHello(data);
    if (!hello) return;
    const isTrusted = origins.includes(origin) && isWindow(sender) && sender === source();
    if (!isTrusted || hello === 'malformed') {
      refuse();
      return;
    }
    const { version, nonce } = hello;
    if (nonces.has(nonce) || nonces.size >= MOST_HELLOS) {
      // A game says hello until it hears the welcome: the one it has already is not taken away.
      refuse();
      return;
    }
    nonces.add(nonce);
    if (version !== BRIDGE_VERSION) {
      refuse();
      const refusal: RefusedMessage = { type: REFUSED, versions: [BRIDGE_VERSION], nonce };
      sender.postMessage(refusal, origin);
      return;
    }
    connection?.close();
    const { port1, port2 } = new MessageChannel();
    connection = new Connection(port1, store, options, { refuse, isThere: () => sender === source() });
    const welcome: WelcomeMessage = { type: WELCOME, version: BRIDGE_VERSION, nonce };
    sender.postMessage(welcome, origin, [port2]);
  };

  page.addEventListener('message', hear);
  return {
    get connected() {
      return connection?.isOpen ?? false;
    },
    get refused() {
      return refused;
    },
    disconnect() {
      page.removeEventListener('message', hear);
      connection?.close();
    },
  };
}

/** Ports and workers speak too, and are no windows. */
function isWindow(source: MessageEventSource | null): source is Window {
  return source !== null && 'postMessage' in source && 'parent' in source;
}
