import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, until } from '../support/chaos/browsers.js';
import { changedBundle } from '../support/chaos/bundles.js';
import { type GamesPage, type GamesSite, openGamesSite, pageOf } from '../support/chaos/games-site.js';
import { PATIENCE } from '../support/chaos/site.js';

const games = (count: number) => Array.from({ length: count }, (_, index) => `game-${index}`);

/** How long somebody waits before they say that a page hangs, in milliseconds. */
const HANGS = 5000;

/** How many lists of a page have so many cards. */
const withCards = (cards: number) =>
  `[...document.querySelectorAll('achievement-list')].filter((list) =>
    list.shadowRoot?.querySelectorAll('achievement-card').length === ${cards}).length`;

/** Whether a request beside the lists is answered before somebody gives up. */
const BESIDE = `fetch('/beside', { signal: AbortSignal.timeout(${HANGS}) }).then(({ ok }) => ok, () => false)`;

describe('lists with events, over HTTP/1.1', () => {
  let site: GamesSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await openGamesSite();
    browser = await launch();
    // The time between polls is held to by the tests with a clock of their own.
    const oftener = { file: 'store/create-store.ts', from: 'ASKING_INSTEAD = 40', to: 'ASKING_INSTEAD = 2' };
    site.bundles.set('built', await changedBundle([oftener], 'src/cdn.ts'));
    const lockless = {
      file: 'store/browser-environment.ts',
      from: 'const { locks } = (isPage() && globalThis.navigator) || {};',
      to: 'const locks = undefined as LockManager | undefined;',
    };
    site.bundles.set('without-locks', await changedBundle([oftener, lockless], 'src/cdn.ts'));
    site.bundles.set(
      'greedy',
      await changedBundle(
        [
          { file: 'store/create-store.ts', from: 'this.#isAwake && this.#isAnswered &&', to: 'this.#isAwake &&' },
          { file: 'backends/event-stream.ts', from: 'if (!call.hold) return attempt();', to: 'return attempt();' },
        ],
        'src/cdn.ts',
      ),
    );
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(() => site.restart());
  afterEach(async () => {
    for (const page of (await browser.pages()).slice(1)) await page.close();
  });

  /** A page that is seen, as in a window of its own. */
  async function open(page: GamesPage, limit = PATIENCE): Promise<Page> {
    const opened = await browser.newPage();
    await opened.emulateFocusedPage(true);
    await opened.goto(pageOf(site, page), { timeout: limit, waitUntil: 'domcontentloaded' });
    return opened;
  }

  async function expectAlive(pages: readonly Page[], lists: number, most = 2): Promise<void> {
    for (const page of pages) {
      await until(page, `${withCards(1)} === ${lists} || ${withCards(1)}`);
      expect(await page.evaluate(BESIDE)).toBe(true);
    }
    const another = await open({ bundle: 'built', games: ['another'] }, HANGS);
    await until(another, `${withCards(1)} === 1`);
    await another.close();
    expect(site.mostStreams).toBeLessThanOrEqual(most);
    site.change();
    for (const page of pages) await until(page, `${withCards(2)} === ${lists} || ${withCards(2)}`);
    expect(site.mostStreams).toBeLessThanOrEqual(most);
    expect(site.mostStreams, 'and not only polls').toBeGreaterThan(0);
  }

  it.each([
    ['a player', 'ada'],
    ['nobody in particular', ''],
  ])('of %s: twelve in a page are there, and lock up nothing', async (_, player) => {
    const began = Date.now();
    const page = await open({ bundle: 'built', games: games(12), player });
    await until(page, `${withCards(1)} === 12 || ${withCards(1)}`);
    console.log(`twelve lists have cards after ${Date.now() - began} ms`);
    await expectAlive([page], 12);
    console.log(`at most ${site.mostStreams} streams at once`);
  });

  it.each([
    ['a player', 'grace', 'built', 2],
    ['nobody in particular', '', 'built', 2],
    // A page that is too busy to answer is not counted.
    ['a player, without locks as over plain http', 'alan', 'without-locks', 4],
  ])('of %s: eight pages with a game each are there, and lock up nothing', async (_, player, bundle, most) => {
    const pages: Page[] = [];
    const began = Date.now();
    for (const game of games(8)) pages.push(await open({ bundle, games: [game], player }));
    for (const page of pages) await until(page, `${withCards(1)} === 1`);
    console.log(`eight pages have cards after ${Date.now() - began} ms`);
    await expectAlive(pages, 1, most);
    console.log(`at most ${site.mostStreams} streams at once`);
  });

  it('of one player and game: eight pages have one stream, and hear of a change from it', async () => {
    const pages: Page[] = [];
    while (pages.length < 8) pages.push(await open({ bundle: 'built', games: ['game'], player: 'eve' }));
    for (const page of pages) await until(page, `${withCards(1)} === 1`);
    await expectAlive(pages, 1);
    await pages.shift()!.close();
    site.change();
    for (const page of pages) await until(page, `${withCards(3)} === 1 || ${withCards(3)}`);
  });

  it('of one game: twelve in a page ask once and have one stream', async () => {
    const page = await open({ bundle: 'built', games: Array<string>(12).fill('game') });
    await until(page, `${withCards(1)} === 12`);
    expect(site.requestsOf('game')).toBe(1);
    site.change();
    await until(page, `${withCards(2)} === 12`);
    expect(site.mostStreams).toBe(1);
  });

  it('do not cost the page that listens its way back, when another one waits for its place', async () => {
    const page = await open({ bundle: 'built', games: ['game'], player: 'ada' });
    await until(page, `${withCards(1)} === 1`);
    while (site.streams === 0) await page.evaluate('0');
    const other = await open({ bundle: 'built', games: ['game'], player: 'ada' });
    await until(other, `${withCards(1)} === 1`);
    await page.evaluate('globalThis.marker = true');
    await page.goto(`${site.origin}/beside`);
    site.change();
    await until(other, `${withCards(2)} === 1`);
    await page.goBack();
    expect(await page.evaluate('globalThis.marker === true')).toBe(true);
    await until(page, `${withCards(2)} === 1`);
  });

  it('are found to lock up the site where they listen before they read, and as many as there are', async () => {
    const page = await open({ bundle: 'greedy', games: games(12) });
    const deadline = Date.now() + PATIENCE;
    while (site.streams < 6 && Date.now() < deadline) await page.evaluate('0');
    expect(site.streams).toBe(6);
    expect(await page.evaluate(BESIDE)).toBe(false);
    expect(await page.evaluate(withCards(1))).not.toBe(12);
  });
});
