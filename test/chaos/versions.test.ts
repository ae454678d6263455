import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launch, until } from '../support/chaos/browsers.js';
import { type Change, builtFile, changedBundle } from '../support/chaos/bundles.js';
import { type Site, PATIENCE, openSite } from '../support/chaos/site.js';
import { FLAWLESS, verdictOn } from '../support/chaos/verdict.js';

/** A version to come: it writes values of another shape, and upgrades the database, which this one never does. */
const NEWER: readonly Change[] = [
  { file: 'store/cache.ts', from: 'export const VERSION = 1;', to: 'export const VERSION = 2;' },
  {
    file: 'store/indexeddb.ts',
    from: 'indexedDB.open(DATABASE, version)',
    to: 'indexedDB.open(DATABASE, version ?? 7)',
  },
];

/** Notes how long each opening of a database took and whether it was blocked; runs before everything else in the page. */
const WATCH = `
  globalThis.openings = [];
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...all) {
    const opening = { start: performance.now(), blocked: false };
    openings.push(opening);
    const request = open.apply(this, all);
    request.addEventListener('blocked', () => (opening.blocked = true));
    for (const end of ['success', 'error']) {
      request.addEventListener(end, () => (opening.took = performance.now() - opening.start));
    }
    return request;
  };
`;

interface Opening {
  readonly blocked: boolean;
  /** In milliseconds; absent while it waits. */
  readonly took?: number;
}

/** In milliseconds. */
const LONGEST_BLOCK = 1000;

describe('this version beside a newer one, on one device', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', builtFile());
    site.bundles.set('newer', await changedBundle(NEWER));
    site.bundles.set(
      'ruthless',
      await changedBundle([
        {
          file: 'store/cache.ts',
          from: "return isRecord(value) && typeof value.v === 'number' && value.v > VERSION;",
          to: 'return isRecord(value) && false;',
        },
        {
          file: 'store/outbox.ts',
          from: 'return isRecord(value) && !isNewer(value);',
          to: 'return isRecord(value) && value.v === VERSION;',
        },
      ]),
    );
    site.bundles.set(
      'stubborn',
      await changedBundle([{ file: 'store/indexeddb.ts', from: 'drop();\n        database.close();', to: '' }]),
    );
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function open(player: string, tab: number, bundle: string): Promise<Page> {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(addressOf(site.port, { player, tab, bundle }), { timeout: PATIENCE });
    await until(page, `'chaos' in globalThis`);
    return page;
  }

  /** The key and the version of every record of the newer version. */
  async function newerRecords(page: Page): Promise<string[]> {
    const records = (await page.evaluate('chaos.recordsOnDevice()')) as { key: string; value: { v: number } }[];
    return records.filter(({ value }) => value.v === 2).map(({ key }) => key);
  }

  const report = (page: Page) =>
    page.evaluate(`chaos.report().then(() => 'kept', ({ code, problem }) => code ?? problem?.code)`);

  /** The older tab has reports that wait, then a newer one comes, then both go on. */
  async function liveTogether(player: string, older: string) {
    const model = site.player(player);
    model.faults = { delay: () => 0, refuses: () => true, losesAnswer: () => false };
    const old = await open(player, 1, older);
    await old.evaluate('chaos.reportMany(5, 2)');
    await old.evaluate('chaos.store.refresh()');
    const young = await open(player, 2, 'newer');
    await young.evaluate('chaos.reportMany(3, 1)');
    await young.evaluate('chaos.store.refresh()');
    const before = await newerRecords(young);
    const answerOfOld = await report(old);
    await old.evaluate('Promise.all([chaos.store.refresh(), chaos.store.pin("json:jumps")])');
    const after = await newerRecords(young);
    model.faults = undefined;
    return { model, old, young, before, after, answerOfOld };
  }

  it('waits no second for it, loses no report, and leaves its data as they are', async () => {
    const { model, old, young, before, after, answerOfOld } = await liveTogether('versions', 'built');
    const openings = (await young.evaluate('openings')) as Opening[];
    console.log(
      `openings of the newer one: ${openings.map(({ took }) => Math.round(took ?? Number.NaN)).join(', ')} ms`,
    );
    expect(openings.filter(({ blocked, took = Infinity }) => blocked && took > LONGEST_BLOCK)).toEqual([]);
    expect(before.length).toBeGreaterThan(1);
    expect(after).toEqual(expect.arrayContaining(before));
    // It says so instead of keeping what nobody would read.
    expect(answerOfOld).toBe('storage');
    await young.evaluate('void chaos.store.refresh()');
    await until(young, 'chaos.rowsOnDevice().then((rows) => rows + chaos.store.snapshot.pending === 0)');
    const { acknowledged, ...wrong } = verdictOn(model);
    expect({ acknowledged, ...wrong }).toEqual({ acknowledged: 8, ...FLAWLESS });
    await Promise.all([old.close(), young.close()]);
  });

  it('is found to take data away where it does not know what is newer', async () => {
    const { model, old, young, before, after } = await liveTogether('ruthless', 'ruthless');
    expect(before.filter((key) => !after.includes(key))).not.toEqual([]);
    await young.evaluate('chaos.store.refresh()');
    expect(verdictOn(model).lost).not.toEqual([]);
    await Promise.all([old.close(), young.close()]);
  });

  it('is found to stand in its way where it does not let go of the database', async () => {
    const old = await open('stubborn', 1, 'stubborn');
    await old.evaluate('chaos.store.refresh()');
    const young = await open('stubborn', 2, 'newer');
    await young.evaluate('void chaos.store.refresh()');
    await until(
      young,
      `openings.some(({ blocked, start, took = performance.now() - start }) => blocked && took > ${LONGEST_BLOCK})`,
    );
    await Promise.all([old.close(), young.close()]);
  });
});
