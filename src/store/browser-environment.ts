import { systemClock } from '../model/index.js';
import type { Environment, KeyValueStorage, Locks, PageLife } from './environment.js';
import { indexedDbStorage } from './indexeddb.js';
import { memoryStorage } from './memory-storage.js';

/** One connection for all stores of a page. */
let storage: KeyValueStorage | undefined;
const hintsGiven = new Set<string>();

function openStorage(): KeyValueStorage {
  // Not shared: a server works for many players.
  if (!('indexedDB' in globalThis)) return memoryStorage();
  return (storage ??= indexedDbStorage(() => globalThis.indexedDB, systemClock));
}

/** Asked anew each time: importing this touches nothing of the page. */
const isPage = () => typeof document !== 'undefined';
let isPutAway = false;

/** The host may have an element of that name, which is no text. */
function visibilityState(): unknown {
  const said: unknown = document.visibilityState;
  return typeof said === 'string' || typeof Document === 'undefined'
    ? said
    : Reflect.get(Document.prototype, 'visibilityState', document);
}

const page: PageLife = {
  isVisible: () => !isPage() || visibilityState() !== 'hidden',
  isOnline: () => globalThis.navigator?.onLine !== false,
  isPutAway: () => isPutAway,
  subscribe(listener) {
    const life = new AbortController();
    const { signal } = life;
    const become = (putAway: boolean) => () => {
      isPutAway = putAway;
      listener();
      // After the listeners: an open database keeps a page from being kept for the way back, once another tab deletes it.
      if (putAway) storage?.rest?.();
    };
    if (isPage()) {
      const listen = EventTarget.prototype.addEventListener.bind(document);
      listen('visibilitychange', () => listener(), { signal });
      // Page Lifecycle, and what the back/forward cache calls its two ends. There is no event before a page is discarded.
      listen('freeze', become(true), { signal });
      listen('resume', become(false), { signal });
      globalThis.addEventListener('pagehide', become(true), { signal });
      globalThis.addEventListener('pageshow', become(false), { signal });
    }
    // After `focus` the clock may be anywhere: a device that slept tells no page of it.
    for (const type of ['online', 'offline', 'focus'])
      globalThis.addEventListener?.(type, () => listener(), { signal });
    return () => life.abort();
  },
};

/** Absent over plain http and in old browsers. Where there are no pages, there is nobody to agree with. */
function webLocks(): Locks | undefined {
  const { locks } = (isPage() && globalThis.navigator) || {};
  return (
    locks && {
      request: (name, signal, work) => locks.request(name, { signal }, work),
      requestIfFree: async (name, work) =>
        locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
    }
  );
}

function broadcast(): Environment['openChannel'] {
  if (!isPage() || !('BroadcastChannel' in globalThis)) return undefined;
  return (name, listener) => {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => listener(data);
    return { post: (message) => channel.postMessage(message), close: () => channel.close() };
  };
}

/** Both in milliseconds: long after a page is shown, and at most so much later where it is never idle. */
const IDLE_AFTER = 15_000;
const IDLE_WITHIN = 60_000;
let isWorkPlanned = false;

/** Never on a server, where a timer would keep the process alive. */
function whenIdle(work: () => Promise<void>): void {
  if (isWorkPlanned || !isPage()) return;
  isWorkPlanned = true;
  const begin = () => void work().catch(() => undefined);
  systemClock.setTimeout(() => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(begin, { timeout: IDLE_WITHIN });
    else begin();
  }, IDLE_AFTER);
}

/** Absent over plain http and in old browsers. */
function storageEstimate(): Environment['estimate'] {
  const { storage: manager } = globalThis.navigator ?? {};
  return manager?.estimate && (() => manager.estimate());
}

/** 128 bits. Not `randomUUID()`, which plain http lacks. */
function createId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function hint(message: string): void {
  if (hintsGiven.has(message)) return;
  hintsGiven.add(message);
  console.warn(`achievement-elements: ${message}`);
}

/**
 * The browser's own clock, network, storage and page. In a worker or on a server the page counts as visible; without
 * IndexedDB nothing outlives the visit.
 */
export function browserEnvironment(): Environment {
  return {
    clock: systemClock,
    // Asked for with every call: pages and tests replace it.
    fetch: (...request) => globalThis.fetch(...request),
    openStorage,
    page,
    locks: webLocks(),
    openChannel: broadcast(),
    estimate: storageEstimate(),
    whenIdle,
    createId,
    random: Math.random,
    hint,
  };
}
