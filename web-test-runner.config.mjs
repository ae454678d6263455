// Tests of the elements, in one real engine: ENGINE=chromium|firefox|webkit npx web-test-runner

import { env, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { engines } from './scripts/browsers.mjs';
import { bundledPackagesPlugin } from './test/support/browser/bundled-packages.mjs';
import { commandsPlugin } from './test/support/browser/commands.mjs';
import { countReporter } from './test/support/browser/count-reporter.mjs';
import { launchers } from './test/support/browser/launchers.mjs';
import { builtFileMiddleware, strictPagesMiddleware } from './test/support/browser/pages.mjs';
import { servicesMiddleware } from './test/support/browser/services.mjs';
import { capturesMiddleware } from './test/support/elements/captures.mjs';

const rootFolder = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');

const engine = engines.find((name) => name === (env['ENGINE'] ?? 'chromium'));
if (!engine) throw new Error(`ENGINE=${env['ENGINE']} is not one of ${engines.join(', ')}`);

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
  middleware: [
    servicesMiddleware(rootFolder),
    strictPagesMiddleware(rootFolder),
    builtFileMiddleware(rootFolder),
    capturesMiddleware(rootFolder),
  ],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
    bundledPackagesPlugin(rootFolder, ['lucide', 'zod/mini', '@tanstack/virtual-core']),
    a11ySnapshotPlugin(),
    commandsPlugin(engine),
  ],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter(engine, `${rootFolder}/.cache/tests/${engine}.json`),
  ],
};
