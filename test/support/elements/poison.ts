// What a device, another window or a service can hold: data that Lit takes for one of its templates.

/** An element that asks for something, and that does something of its own once it is in a document. */
export const MARKUP = '<img class="poison" src="/README.md?poison" onerror="globalThis.poisoned = true">';

/** Plain data. A structured clone keeps the members of a list that are no entries, and so does IndexedDB. */
export function poison(markup = MARKUP): object {
  const strings: string[] & { raw?: string[] } = [markup];
  strings.raw = [markup];
  return { ['_$litType$']: 1, strings, values: [] };
}

/** In every text that a card, its details or its list shows, but for the name: that is what is left to be recognised. */
export const poisonedMembers = (): Readonly<Record<string, unknown>> => ({
  description: poison(),
  lockedDescription: poison(),
  category: poison(),
  rewards: [{ kind: 'item', name: poison(), description: poison(), unit: poison() }],
  requirements: [{ id: poison(), unit: 'count', current: 1, target: 2 }],
  titles: [{ id: poison(), name: poison() }],
  rarity: { percent: 5, category: poison() },
  platforms: [poison()],
  campaigns: [poison()],
  apiName: poison(),
  productId: poison(),
  serviceConfigId: poison(),
  deepLink: poison(),
});

/** How many foreign elements there are in something, its shadow roots included. */
export function foreignIn(root: ParentNode): number {
  const inner = [...root.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? foreignIn(shadowRoot) : 0));
  return inner.reduce((sum, count) => sum + count, root.querySelectorAll('.poison').length);
}

/** What a foreign element did in this window: it asked for its picture, and then did what it wanted. */
export function deedsOf(): { readonly asked: boolean; readonly acted: boolean } {
  const asked = performance.getEntriesByType('resource').some(({ name }) => name.endsWith('?poison'));
  return { asked, acted: 'poisoned' in globalThis };
}

export function wasAlive(): boolean {
  const { asked, acted } = deedsOf();
  return asked || acted;
}

/** Forgets that one was. */
export function forgetPoison(): void {
  performance.clearResourceTimings();
  delete (globalThis as { poisoned?: unknown }).poisoned;
}

function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The device refused'));
  });
}

interface Kept {
  readonly library: { readonly achievements: readonly object[] };
}

/**
 * The achievements that the device keeps of a player.
 * @param change what each becomes there; without it nothing is changed
 */
export async function keptOf(player: string, change?: (achievement: object) => object): Promise<readonly object[]> {
  const database = await requested(indexedDB.open('achievement-elements'));
  try {
    if (!database.objectStoreNames.contains('cache')) return [];
    const store = database.transaction('cache', 'readwrite').objectStore('cache');
    for (const key of await requested(store.getAllKeys())) {
      if (!Array.isArray(key) || key[3] !== player || key.at(-1) !== 'answer') continue;
      const record = (await requested(store.get(key))) as Kept;
      const { achievements } = record.library;
      if (!change) return achievements;
      const changed = achievements.map(change);
      await requested(store.put({ ...record, library: { ...record.library, achievements: changed } }, key));
      return changed;
    }
    return [];
  } finally {
    database.close();
  }
}
