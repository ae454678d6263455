import { systemClock } from '../model/index.js';
import type { Environment, KeyValueStorage, PageLife } from './environment.js';
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

const page: PageLife = {
  isVisible: () => typeof document === 'undefined' || document.visibilityState !== 'hidden',
  isOnline: () => globalThis.navigator?.onLine !== false,
  subscribe(listener) {
    const life = new AbortController();
    const { signal } = life;
    if (typeof document !== 'undefined') document.addEventListener('visibilitychange', () => listener(), { signal });
    for (const type of ['online', 'offline']) globalThis.addEventListener?.(type, () => listener(), { signal });
    return () => life.abort();
  },
};

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
    random: Math.random,
    hint,
  };
}
