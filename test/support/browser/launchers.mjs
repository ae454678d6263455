import { chromeLauncher } from '@web/test-runner-chrome';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { ensureBrowsers, isRoot } from '../../../scripts/browsers.mjs';
import { startWebKit } from '../../../scripts/webkit.mjs';

/** @import { BrowserLauncher } from '@web/test-runner' */
/** @import { Engine } from '../../../scripts/browsers.mjs' */

/**
 * @typedef {object} Size
 * @property {number} width
 * @property {number} height
 */

/**
 * The parts of webdriverio that are used here.
 * @typedef {object} Driver
 * @property {(x: null, y: null, width: number, height: number) => Promise<unknown>} setWindowRect
 * @property {(script: string) => Promise<Size>} execute
 * @property {(keys: readonly string[]) => Promise<unknown>} keys presses them together
 */

/**
 * @typedef {object} Keyboard
 * @property {(key: string) => Promise<void>} down
 * @property {(key: string) => Promise<void>} press
 * @property {(key: string) => Promise<void>} up
 */

/**
 * The parts of puppeteer that are used here; the protocol is Chromium's alone.
 * @typedef {object} Page
 * @property {(size: Size) => Promise<void>} setViewport
 * @property {Keyboard} keyboard
 * @property {() => Promise<{ send(method: string, parameters: object): Promise<unknown> }>} [createCDPSession]
 * @property {{ snapshot(options: { interestingOnly: boolean }): Promise<object | null> }} [accessibility]
 */

/**
 * What the launchers have and do not declare.
 * @typedef {object} Opened
 * @property {Driver} [driver]
 * @property {() => Promise<void>} [ensureManagerInitialized]
 * @property {{ close(): Promise<void> }[]} [inactivePages]
 * @property {(sessionId: string) => Page} [getPage]
 */

/** @typedef {BrowserLauncher & Opened} OpenedLauncher */

/**
 * Their declarations keep some of that private, and some types are not exact enough for our compiler's settings.
 * @param {object} launcher
 */
const opened = (launcher) => /** @type {OpenedLauncher} */ (launcher);

/** The size that the test runner gives a page of Chromium and of Firefox. */
const usualSize = { width: 800, height: 600 };

/**
 * Gives the page this size: WebDriver knows only windows, and a window has a frame.
 * @param {Driver} driver
 * @param {Size} size
 * @returns {Promise<Size>} what it got
 */
export async function resizeWindow(driver, { width, height }) {
  const read = () => driver.execute('return { width: innerWidth, height: innerHeight }');
  const before = await read();
  if (before.width === width && before.height === height) return before;
  await driver.setWindowRect(null, null, width, height);
  const inner = await read();
  await driver.setWindowRect(null, null, 2 * width - inner.width, 2 * height - inner.height);
  return read();
}

/**
 * Every test file gets a page of its own: an emulated colour scheme, or a focus that a Tab moved into the browser's
 * own controls, would stay for the files after it.
 * @param {object} puppeteer
 */
function withFreshPages(puppeteer) {
  const launcher = opened(puppeteer);
  const stopSession = launcher.stopSession.bind(launcher);
  launcher.stopSession = async (sessionId) => {
    const page = /** @type {{ close(): Promise<void> } | undefined} */ (launcher.getPage?.(sessionId));
    const result = await stopSession(sessionId);
    launcher.inactivePages?.splice(0);
    await page?.close();
    return result;
  };
  return launcher;
}

/**
 * Every test file starts with the usual size.
 * @param {object} webdriver
 */
function withUsualSize(webdriver) {
  const launcher = opened(webdriver);
  const startSession = launcher.startSession.bind(launcher);
  launcher.startSession = async (sessionId, url) => {
    await launcher.ensureManagerInitialized?.();
    if (launcher.driver) await resizeWindow(launcher.driver, usualSize);
    return startSession(sessionId, url);
  };
  return launcher;
}

/** @type {Record<Engine, () => Promise<BrowserLauncher>>} */
export const launchers = {
  async chromium() {
    const { chromium } = ensureBrowsers(['chromium']);
    return withFreshPages(
      chromeLauncher({
        launchOptions: {
          executablePath: /** @type {string} */ (chromium),
          // As root Chromium refuses its sandbox; /dev/shm of a container is too small for it.
          args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
        },
      }),
    );
  },

  async firefox() {
    const { firefox } = ensureBrowsers(['firefox']);
    return withFreshPages(
      puppeteerLauncher({
        launchOptions: { browser: 'firefox', executablePath: /** @type {string} */ (firefox) },
      }),
    );
  },

  async webkit() {
    const { webkit } = ensureBrowsers(['webkit']);
    if (!webkit) throw new Error('WebKit was not found');
    const { port } = await startWebKit(webkit);
    return withUsualSize(
      webdriverLauncher({
        automationProtocol: 'webdriver',
        hostname: '127.0.0.1',
        port,
        path: '/',
        capabilities: {
          browserName: 'MiniBrowser',
          // Without it webdriverio asks for BiDi, and WebKitGTK refuses the session.
          'wdio:enforceWebDriverClassic': true,
          ...{ 'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] } },
        },
      }),
    );
  },
};
