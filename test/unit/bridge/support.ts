import type { BridgedStore } from '../../../src/bridge/index.js';
import type { ProgressUpdate, ReportIntent } from '../../../src/model/index.js';
import type { Snapshot, StoreListener } from '../../../src/store/index.js';

export const PAGE_ORIGIN = 'https://site.example';
export const GAME_ORIGIN = 'https://game.example';

type Hear = (event: MessageEvent) => void;

/** A window as a bridge sees its own. */
export interface FakeWindow {
  /** What is listened to on it; with nothing to type, since it is no window. */
  readonly page: Window;
  readonly listenerCount: number;
  /** Lets the window hear something, and collects what its listeners throw. */
  hear(event: Partial<MessageEvent>): void;
  readonly errors: unknown[];
}

/** @param parent what the window is framed in; itself where there is none */
export function fakeWindow(parent?: object): FakeWindow {
  const listeners = new Set<Hear>();
  const errors: unknown[] = [];
  const page = {
    addEventListener: (_: string, listener: Hear) => void listeners.add(listener),
    removeEventListener: (_: string, listener: Hear) => void listeners.delete(listener),
    parent,
  };
  page.parent ??= page;
  return {
    page: page as unknown as Window,
    errors,
    get listenerCount() {
      return listeners.size;
    },
    hear(event) {
      for (const listener of [...listeners]) {
        try {
          listener({ ports: [], ...event } as unknown as MessageEvent);
        } catch (error) {
          errors.push(error);
        }
      }
    },
  };
}

/** What was said to a window. */
export interface Said {
  readonly message: Readonly<Record<string, unknown>>;
  readonly origin: string;
  readonly ports: readonly MessagePort[];
}

/** Another window, as the one that speaks to it has it. */
export interface OtherWindow {
  /** To be the source of an event, or the target of a message. */
  readonly window: Window;
  readonly said: Said[];
  /** Called with everything that is said to it. */
  onSaid: (said: Said) => void;
}

export function otherWindow(): OtherWindow {
  const said: Said[] = [];
  const other: OtherWindow = { window: undefined as unknown as Window, said, onSaid: () => undefined };
  const window = {
    parent: undefined,
    postMessage(message: unknown, origin: string, ports: readonly MessagePort[] = []) {
      const heard = { message: structuredClone(message) as Said['message'], origin, ports };
      said.push(heard);
      other.onSaid(heard);
    },
  };
  return Object.assign(other, { window: window as unknown as Window });
}

/** A page and a game in a frame of it, each with the other's window. */
export function pageAndGame() {
  const [pageForGame, gameForPage] = [otherWindow(), otherWindow()];
  const [page, game] = [fakeWindow(), fakeWindow(pageForGame.window)];
  pageForGame.onSaid = ({ message, origin, ports }) => {
    if (origin === PAGE_ORIGIN) page.hear({ data: message, origin: GAME_ORIGIN, source: gameForPage.window, ports });
  };
  gameForPage.onSaid = ({ message, origin, ports }) => {
    if (origin === GAME_ORIGIN) game.hear({ data: message, origin: PAGE_ORIGIN, source: pageForGame.window, ports });
  };
  return { page, game, pageForGame, gameForPage };
}

/** A port that delivers at once, so that a test knows what became of a message when `postMessage` returns. */
class DirectPort {
  static readonly errors: unknown[] = [];
  other: DirectPort | undefined;
  isClosed = false;
  onmessage: Hear | null = null;
  onmessageerror: Hear | null = null;

  postMessage(data: unknown): void {
    const heard = structuredClone(data);
    if (this.isClosed || this.other?.isClosed) return;
    try {
      this.other?.onmessage?.({ data: heard } as MessageEvent);
    } catch (error) {
      DirectPort.errors.push(error);
    }
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Stands in for `MessageChannel`. What listeners throw is in `DirectChannel.errors`. */
export class DirectChannel {
  static readonly errors: readonly unknown[] = DirectPort.errors;
  readonly port1 = new DirectPort();
  readonly port2 = new DirectPort();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

export interface FakeStore extends BridgedStore {
  snapshot: Snapshot;
  /** Every call that changes something or asks for something. */
  readonly calls: (readonly [verb: string, what?: unknown])[];
  readonly listeners: Set<StoreListener>;
  /** Publishes a snapshot. */
  publish(snapshot: Partial<Snapshot>): void;
  /** What becomes of reports. */
  answer: (intent: ReportIntent) => Promise<{ id: string; storage: 'persistent' | 'memory' }>;
}

/** A store that keeps nothing and remembers what it was asked. */
export function fakeStore(): FakeStore {
  const listeners = new Set<StoreListener>();
  const store: FakeStore = {
    calls: [],
    listeners,
    snapshot: { activity: 'idle', pending: 0, storage: 'persistent' },
    answer: () => Promise.resolve({ id: `id-${store.calls.length}`, storage: 'persistent' }),
    backend: {
      id: 'test',
      scope: '',
      pull: () => Promise.reject(new Error('No test pulls')),
      translate: (pushed) => (pushed as { effects?: readonly ProgressUpdate[] }).effects,
    },
    publish(snapshot) {
      store.snapshot = { ...store.snapshot, ...snapshot };
      for (const listener of [...listeners]) listener(store.snapshot);
    },
    subscribe(listener) {
      store.calls.push(['subscribe']);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    report(intent) {
      store.calls.push(['report', intent]);
      return store.answer(intent);
    },
    apply: (changes) => void store.calls.push(['apply', changes]),
  };
  return store;
}
