import puppeteer from 'puppeteer-core';
import { remote } from 'webdriverio';
import { ensureBrowsers, isRoot, type Engine } from '../../../scripts/browsers.mjs';
import { startWebKit } from '../../../scripts/webkit.mjs';

/** As WebDriver names them; the page's names for all but the space bar are the same as ours. */
const KEYS = {
  Tab: '\uE004',
  Enter: '\uE007',
  Space: ' ',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
type Key = keyof typeof KEYS;

/** One page of a real browser, driven from outside, with the same few verbs in every engine. */
export interface DrivenPage {
  goto(url: string): Promise<void>;
  /** The value of an expression in the page, as JSON can carry it. */
  evaluate<T>(expression: string): Promise<T>;
  press(key: Key): Promise<void>;
  /** Holds a key for as long as this takes. */
  hold(key: Key, during: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** How long a condition may take to come true, in milliseconds: far longer than it ever takes. */
const PATIENCE = 20_000;

/** Looks until an expression is true; what it was at last is in the error. */
export async function until(page: DrivenPage, expression: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await page.evaluate<unknown>(expression);
    if (value) return;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after ${PATIENCE} ms: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function openWithPuppeteer(browser: 'chrome' | 'firefox', executablePath: string): Promise<DrivenPage> {
  const launched = await puppeteer.launch({
    browser,
    executablePath,
    args: browser === 'chrome' ? [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'] : [],
  });
  const page = await launched.newPage();
  return {
    goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
    async hold(key, during) {
      await page.keyboard.down(key);
      await during();
      await page.keyboard.up(key);
    },
    close: () => launched.close(),
  };
}

async function openWebKit(): Promise<DrivenPage> {
  const { webkit } = ensureBrowsers(['webkit']);
  if (!webkit) throw new Error('WebKit was not found');
  const server = await startWebKit(webkit);
  const driver = await remote({
    logLevel: 'error',
    hostname: '127.0.0.1',
    port: server.port,
    path: '/',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      // @ts-expect-error WebKitGTK's own, which the types do not know
      'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] },
    },
  });
  return {
    goto: async (url) => void (await driver.url(url)),
    evaluate: <T>(expression: string) => driver.execute(`return (${expression})`) as Promise<T>,
    press: (key) => driver.keys([KEYS[key]]),
    async hold(key, during) {
      const act = (type: 'keyDown' | 'keyUp') =>
        driver.performActions([{ type: 'key', id: 'keyboard', actions: [{ type, value: KEYS[key] }] }]);
      await act('keyDown');
      await during();
      await act('keyUp');
    },
    close: async () => {
      await driver.deleteSession();
      server.stop();
    },
  };
}

/** A fresh browser with an empty profile. The caller closes it. */
export function openPage(engine: Engine): Promise<DrivenPage> {
  if (engine === 'webkit') return openWebKit();
  const program = ensureBrowsers([engine])[engine];
  if (!program) throw new Error(`${engine} was not found`);
  return openWithPuppeteer(engine === 'chromium' ? 'chrome' : 'firefox', program);
}
