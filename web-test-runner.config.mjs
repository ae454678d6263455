// Tests of the elements, in one real engine: ENGINE=chromium|firefox|webkit npx web-test-runner

import { env, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { engines, ensureBrowsers, isRoot } from './scripts/browsers.mjs';
import { startWebKit } from './scripts/webkit.mjs';
import { commandsPlugin } from './test/support/browser/commands.mjs';
import { countReporter } from './test/support/browser/count-reporter.mjs';
import { builtFileMiddleware, strictPagesMiddleware } from './test/support/browser/pages.mjs';
import { servicesMiddleware } from './test/support/browser/services.mjs';

const rootFolder = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');

const engine = engines.find((name) => name === (env['ENGINE'] ?? 'chromium'));
if (!engine) throw new Error(`ENGINE=${env['ENGINE']} is not one of ${engines.join(', ')}`);

/** @type {Record<import('./scripts/browsers.mjs').Engine, () => Promise<import('@web/test-runner').BrowserLauncher>>} */
const launchers = {
  async chromium() {
    const { chromium } = ensureBrowsers(['chromium']);
    return chromeLauncher({
      launchOptions: {
        executablePath: /** @type {string} */ (chromium),
        // As root Chromium refuses its sandbox; /dev/shm of a container is too small for it.
        args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
      },
    });
  },
  async firefox() {
    const { firefox } = ensureBrowsers(['firefox']);
    return puppeteerLauncher({
      launchOptions: { browser: 'firefox', executablePath: /** @type {string} */ (firefox) },
    });
  },
  async webkit() {
    const { webkit } = ensureBrowsers(['webkit']);
    if (!webkit) throw new Error('WebKit is not here');
    const { port } = await startWebKit(webkit);
    return webdriverLauncher({
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
    });
  },
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir: rootFolder,
  files: ['test/browser/**/*.test.ts'],
  browsers: [await launchers[engine]()],
  // One page at a time: focus, key strokes and visibility are those of the front page only.
  concurrency: 1,
  staticLogging: !stdout.isTTY,
  browserStartTimeout: 90_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: '15000', retries: 0 } },
  // Lit as people get it. Its development mode answers with one warning per page, which hides the warnings that matter.
  nodeResolve: { exportConditions: ['production', 'browser'] },
  middleware: [servicesMiddleware(rootFolder), strictPagesMiddleware(rootFolder), builtFileMiddleware(rootFolder)],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
    a11ySnapshotPlugin(),
    commandsPlugin(engine),
  ],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter(engine, `${rootFolder}/.cache/tests/${engine}.json`),
  ],
};
