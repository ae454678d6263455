import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launch, until } from '../support/chaos/browsers.js';
import { changedBundle } from '../support/chaos/bundles.js';
import { type Site, PATIENCE, openSite } from '../support/chaos/site.js';

const MIB = 2 ** 20;

/** Runs in the page: stores of its own, of services that answer at once and never take a report. */
const TOOLS = `(bundle) => import('/bundles/' + bundle + '.js').then(({ createStore }) => {
  const text = (size) => String.fromCharCode(...Array.from(crypto.getRandomValues(new Uint8Array(size)), (byte) => (byte % 190 < 94 ? 33 : 67) + (byte % 190)));
  const open = (player, count, size, environment = {}) => createStore({
    environment,
    player,
    backend: {
      id: 'room',
      scope: 'https://service.example/',
      pull: async () => ({
        achievements: Array.from({ length: count }, (_, index) => ({ id: String(index), name: text(size) })),
      }),
      push: () => new Promise(() => undefined),
    },
  });
  globalThis.room = {
    /** What a page does once it has time. */
    async prepare() {
      const works = [];
      const store = open('first', 1, 10, { whenIdle: (work) => works.push(work) });
      await store.refresh();
      while (works.length === 0) await new Promise(requestAnimationFrame);
      await works[0]();
    },
    /** Where so many reports are. */
    async reports(player, count) {
      const store = open(player, 1, 10);
      const places = [];
      for (let made = 0; made < count; made++) {
        places.push((await store.report({ achievement: '0', add: 1 })).storage);
      }
      return places;
    },
    async keys(part) {
      const records = await chaos.recordsOnDevice();
      return records.map(({ key }) => JSON.parse(key)).filter((key) => key.at(-1) === part).map((key) => key[3]);
    },
    /** Past the store, until nothing more fits. */
    async fill(size) {
      const request = indexedDB.open('achievement-elements');
      await new Promise((resolve) => (request.onsuccess = resolve));
      const library = (count) => Array.from({ length: count }, (_, index) => ({ id: String(index), name: text(1000) }));
      const put = (key, value) => new Promise((resolve, reject) => {
        const transaction = request.result.transaction('cache', 'readwrite');
        transaction.objectStore('cache').put(value, key);
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      for (let player = 0; ; player++) {
        const at = Date.now() - (player + 1) * 1000;
        const key = (part) => ['1', 'room', 'https://service.example/', 'player' + player, '', part];
        try {
          await put(key('confirmation'), { v: 1, startedAt: at, checkedAt: at });
          await put(key('answer'), { v: 1, startedAt: at, checkedAt: at, library: { achievements: library(size / 1000), fetchedAt: at } });
        } catch (error) {
          // What is left over, with records of the page's own.
          for (const size of [50_000, 10_000, 1000, 100]) {
            try {
              for (let more = 0; ; more++) await put(['host', String(size), String(more)], text(size));
            } catch {
              // Full.
            }
          }
          request.result.close();
          return [player, error.name];
        }
      }
    },
  };
})`;

describe('a device without room, in Chromium', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', await changedBundle([]));
    site.bundles.set(
      'hoarding',
      await changedBundle([
        { file: 'store/eviction.ts', from: '      return free(isWritten, key);', to: '      return false;' },
      ]),
    );
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function open(player: string, bundle: string, quotaSize: number): Promise<Page> {
    const page = await browser.newPage();
    const address = addressOf(site.port, { player, tab: 0, bundle });
    const session = await page.createCDPSession();
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize });
    await page.goto(address, { timeout: PATIENCE });
    await until(page, `'chaos' in globalThis`);
    // So that there is a database.
    await page.evaluate('chaos.store.refresh()');
    await page.evaluate(`(${TOOLS})(${JSON.stringify(bundle)})`);
    return page;
  }

  const read = async <T>(page: Page, expression: string) => (await page.evaluate(expression)) as T;

  it('a report is on disk although answers fill it, for which only the oldest of them go', async () => {
    const page = await open('ada', 'built', 20 * MIB);
    const [filled, error] = await read<[number, string]>(page, `room.fill(500_000)`);
    expect(error).toBe('QuotaExceededError');
    expect(filled).toBeGreaterThan(12);
    expect(new Set(await read<string[]>(page, `room.reports('lin', 20)`))).toEqual(new Set(['persistent']));
    const left = await read<string[]>(page, `room.keys('answer')`);
    expect(left.length).toBeGreaterThan(filled - 10);
    expect(left).toContain('player0');
    expect(left).not.toContain(`player${filled - 1}`);
    await page.close();
  });

  it('control: where nothing goes, it is in memory', async () => {
    const page = await open('grace', 'hoarding', 20 * MIB);
    await read(page, `room.fill(500_000)`);
    expect(await read<string[]>(page, `room.reports('lin', 1)`)).toEqual(['memory']);
    await page.close();
  });

  it('a report is on disk although small answers fill it, of which none that goes gives room for long', async () => {
    const page = await open('mary', 'hoarding', 6 * MIB);
    await read(page, `room.prepare()`);
    const [filled] = await read<[number, string]>(page, `room.fill(10_000)`);
    const places = await read<string[]>(page, `room.reports('lin', 20)`);
    expect(places).toEqual(places.map(() => 'persistent'));
    expect(await read<string[]>(page, `room.keys('answer')`)).toHaveLength(filled + 2);
    await page.close();
  });

  it('control: without a reserve it is in memory', async () => {
    const page = await open('hedy', 'hoarding', 6 * MIB);
    await read(page, `room.fill(10_000)`);
    expect(await read<string[]>(page, `room.reports('lin', 20)`)).toContain('memory');
    await page.close();
  });
});
