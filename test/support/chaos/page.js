// The page of a player, as the site serves it; everything comes with the address.
// It is no module of the tests: it is read as a text.

const {
  player = '',
  tab = '0',
  bundle = 'built',
  reports = '0',
  burst = '1',
  refresh = '0',
  list,
} = Object.fromEntries(new URLSearchParams(location.search));

/**
 * Tells the test. A request with `keepalive` is the browser's, not the page's, once it is made; Firefox makes nine of
 * them at once.
 * @param {object} facts
 */
async function tell(facts) {
  const body = JSON.stringify({ player, tab: Number(tab), ...facts });
  try {
    await fetch('/note', { method: 'POST', keepalive: true, body });
  } catch {
    await fetch('/note', { method: 'POST', body }).catch(() => undefined);
  }
}

addEventListener('pageshow', ({ persisted }) => void tell({ shown: persisted ? 'again' : 'anew' }));

const { createStore, json } = await import(`/bundles/${bundle}.js`);

const store = createStore({
  backend: json({ src: `/service?player=${player}`, reports: true, events: false }),
  player,
  refresh: Number(refresh),
  /** @type {typeof fetch} */
  fetch: (input, options) => {
    const headers = new Headers(options?.headers);
    headers.set('x-tab', tab);
    return fetch(input, { ...options, headers });
  },
});

let made = 0;
let acknowledged = 0;
const achievements = ['jumps', 'runs', 'finds'];

/** One report, which adds what no other one of this player adds. */
async function report() {
  made += 1;
  const achievement = achievements[made % achievements.length];
  const value = Number(tab) * 1000 + made;
  const receipt = await store.report({ achievement, add: value });
  void tell({ receipt: { ...receipt, achievement, value, order: acknowledged++ } });
}

/**
 * @param {number} count
 * @param {number} together how many at once
 */
async function reportMany(count, together) {
  for (let left = count; left > 0; left -= together) {
    await Promise.all(Array.from({ length: Math.min(left, together) }, report));
  }
  void tell({ made: count });
}

/** Everything that the device has, past the store. */
async function recordsOnDevice() {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('achievement-elements');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('Not opened'));
  });
  try {
    const cache = database.transaction('cache').objectStore('cache');
    const [keys = [], values = []] = await Promise.all(
      [cache.getAllKeys(), cache.getAll()].map(
        (request) =>
          /** @type {Promise<any[]>} */ (
            new Promise((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error ?? new Error('Not read'));
            })
          ),
      ),
    );
    return keys.map((key, index) => ({ key: JSON.stringify(key), value: values[index] }));
  } finally {
    database.close();
  }
}

/** How many rows are in its outboxes. */
async function rowsOnDevice() {
  const outboxes = (await recordsOnDevice()).filter(({ key }) => key.endsWith('"outbox"]'));
  return outboxes.reduce((sum, { value }) => sum + value.queued.length, 0);
}

Object.assign(globalThis, { chaos: { store, report, reportMany, recordsOnDevice, rowsOnDevice } });

if (list) {
  const element = document.createElement('achievement-list');
  Object.assign(element, { store });
  document.body.append(element);
} else if (refresh !== '0') store.subscribe(() => undefined);

if (reports !== '0') await reportMany(Number(reports), Number(burst));

void tell({ ready: true });

export {};
