import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launch, until } from '../support/chaos/browsers.js';
import { builtFile, changedBundle } from '../support/chaos/bundles.js';
import { isLong } from '../support/chaos/random.js';
import { type Player, type Site, PATIENCE, openSite } from '../support/chaos/site.js';
import { FLAWLESS, verdictOn } from '../support/chaos/verdict.js';

const TABS = 5;
const REPORTS_EACH = 100;
/** In one request: `pushLimit` of the JSON backend. */
const BATCH = 50;

/** Seconds between polls. */
const REFRESH = 2;

/** In requests that are full. */
const LEAST = Math.ceil((TABS * REPORTS_EACH) / BATCH);

/** The goal, and one: the very first goes out at once, with whatever there is by then. */
const MOST = Math.floor(1.1 * LEAST) + 1;

/** How often each of these was sent. */
function timesSent({ pushes }: Player): Map<string, number> {
  const times = new Map<string, number>();
  for (const id of pushes.flatMap(({ ids }) => ids)) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

async function openTabs(browser: Browser, site: Site, player: string, options: { bundle: string; refresh?: number }) {
  const pages: Page[] = [];
  for (let tab = 1; tab <= TABS; tab++) {
    const page = await browser.newPage();
    // A tab behind another one is hidden, and does not poll.
    if (options.refresh) await page.emulateFocusedPage(true);
    await page.goto(addressOf(site.port, { player, tab, ...options }), { timeout: PATIENCE });
    await until(page, `'chaos' in globalThis`);
    if (options.refresh) await until(page, `document.visibilityState === 'visible'`);
    pages.push(page);
  }
  return pages;
}

/** Five tabs report at once, while the service takes until all have reported to answer the first push. */
async function reportTogether(browser: Browser, site: Site, name: string, bundle: string): Promise<Player> {
  const player = site.player(name);
  const pages = await openTabs(browser, site, name, { bundle });
  let left = TABS * REPORTS_EACH;
  const allMade = site.moment('every report on disk', ({ kind, player: whose }) => {
    if (whose === name && kind === 'acknowledged') left -= 1;
    return left === 0;
  });
  player.beforeAnswer = async () => {
    await allMade;
  };
  for (const page of pages) await page.evaluate(`void chaos.reportMany(${REPORTS_EACH}, 20)`);
  await allMade;
  for (const page of pages) {
    await until(
      page,
      `chaos.rowsOnDevice().then((rows) => (rows + chaos.store.snapshot.pending === 0) || { rows, ...chaos.store.snapshot })`,
    );
  }
  await Promise.all(pages.map((page) => page.close()));
  return player;
}

describe('five tabs of one player', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', builtFile());
    site.bundles.set(
      'without-locks',
      await changedBundle([
        {
          file: 'store/browser-environment.ts',
          from: 'const { locks } = (isPage() && globalThis.navigator) || {};',
          to: 'const locks = undefined as LockManager | undefined;',
        },
      ]),
    );
    site.bundles.set(
      'each-for-itself',
      await changedBundle([
        {
          file: 'store/create-store.ts',
          from: 'async #adoptKept(since: number): Promise<boolean> {',
          to: 'async #adoptKept(since: number): Promise<boolean> { if (since >= 0) return false;',
        },
      ]),
    );
  });
  afterAll(() => site.close());

  describe.each([
    ['chromium', 3, 50],
    ['firefox', 1, 50],
  ] as const)('in %s', (engine, few, many) => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await launch({ engine });
    });
    afterAll(() => browser.close());

    it(`send each of their reports once, in requests that are full`, async () => {
      for (let run = 1; run <= (isLong ? many : few); run++) {
        const player = await reportTogether(browser, site, `${engine}-${run}`, 'built');
        const { acknowledged, ...wrong } = verdictOn(player);
        console.log(`${engine}: ${player.pushes.length} requests for ${acknowledged} reports, ${LEAST} at least`);
        expect(wrong).toEqual(FLAWLESS);
        expect(acknowledged).toBe(TABS * REPORTS_EACH);
        expect(player.effects).toHaveLength(TABS * REPORTS_EACH);
        expect([...timesSent(player).values()].filter((times) => times > 1)).toEqual([]);
        expect(player.pushes.length).toBeLessThanOrEqual(MOST);
      }
    });
  });

  describe('in Chromium', () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser.close());

    it('are found to send more often, and the same again, where they have no locks', async () => {
      const player = await reportTogether(browser, site, 'no-locks', 'without-locks');
      const { lost, doubled } = verdictOn(player);
      // The service knows an id that it has seen.
      expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
      expect(player.pushes.length).toBeGreaterThan(MOST);
      expect([...timesSent(player).values()].filter((times) => times > 1)).not.toEqual([]);
    });

    /** Counts the requests of all tabs from one to a few intervals later. */
    async function gaps(name: string, bundle: string, wanted: number): Promise<number[]> {
      const player = site.player(name);
      const pages = await openTabs(browser, site, name, { bundle, refresh: REFRESH });
      for (const page of pages) await until(page, 'chaos.store.snapshot.checkedAt !== undefined');
      const first = player.pulls.length;
      let left = wanted + 1;
      await site.moment(`${wanted + 1} more requests`, ({ kind, player: whose }) => {
        if (whose === name && kind === 'pulled') left -= 1;
        return left === 0;
      });
      await Promise.all(pages.map((page) => page.close()));
      const times = player.pulls.slice(first).map(({ at }) => at);
      return times.slice(1).map((at, index) => at - (times[index] ?? 0));
    }

    it('ask the service once in an interval, all together', async () => {
      const between = await gaps('together', 'built', isLong ? 50 : 4);
      console.log(`milliseconds between requests: ${between.join(', ')}`);
      // Both ends are times of the same clock in whole milliseconds.
      expect(between.filter((gap) => gap < REFRESH * 1000 - 2)).toEqual([]);
    });

    it('are found to ask more often where none takes over what another was told', async () => {
      const between = await gaps('alone', 'each-for-itself', 6);
      expect(between.filter((gap) => gap < REFRESH * 1000 - 2)).not.toEqual([]);
    });
  });
});
