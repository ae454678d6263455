import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBrowsers, isRoot } from '../../../scripts/browsers.mjs';
import { PATIENCE } from './site.js';

export interface LaunchOptions {
  readonly engine?: 'chromium' | 'firefox';
  /** A profile that is kept; by default a new one. */
  readonly profile?: string;
}

export function launch({ engine = 'chromium', profile }: LaunchOptions = {}): Promise<Browser> {
  const executablePath = ensureBrowsers([engine])[engine];
  if (!executablePath) throw new Error(`${engine} was not found`);
  return puppeteer.launch({
    browser: engine === 'chromium' ? 'chrome' : 'firefox',
    executablePath,
    // As root Chromium refuses its sandbox.
    args: engine === 'chromium' && isRoot ? ['--no-sandbox'] : [],
    timeout: PATIENCE,
    protocolTimeout: PATIENCE,
    ...(profile === undefined ? {} : { userDataDir: profile }),
  });
}

export interface PageOptions {
  readonly player: string;
  readonly tab: number;
  readonly bundle?: string;
  /** How many reports the page makes by itself. */
  readonly reports?: number;
  /** How many of them at once. */
  readonly burst?: number;
  /** Seconds between polls; 0 asks never. */
  readonly refresh?: number;
  /** Shows an `<achievement-list>`. */
  readonly list?: boolean;
}

/**
 * The address of a player's page. Each player has a host of their own, so that no two share a renderer process or a
 * storage.
 */
export function addressOf(port: number, { player, list, ...options }: PageOptions): string {
  const url = new URL(`http://${player}.localhost:${port}/player.html`);
  for (const [name, value] of Object.entries({ player, ...options })) url.searchParams.set(name, String(value));
  if (list) url.searchParams.set('list', 'yes');
  return url.href;
}

/** Looks until the expression is true in the page. */
export async function until(page: Page, expression: string, limit = PATIENCE): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    const value: unknown = await page.evaluate(expression);
    if (value === true) return;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after ${limit} ms: ${expression}`);
    await pause(50);
  }
}

/** Opens a page of the player and waits until it, and the device past it, have nothing left to send. */
export async function drain(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(address, { timeout: PATIENCE });
  await until(page, `'chaos' in globalThis`);
  await page.evaluate('void chaos.store.refresh()');
  await until(
    page,
    `chaos.rowsOnDevice().then((rows) => (rows + chaos.store.snapshot.pending === 0) || { rows, ...chaos.store.snapshot })`,
  );
  await page.close();
}
