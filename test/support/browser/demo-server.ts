import { createServer } from 'vite';
import type { TestProject } from 'vitest/node';
import { ensureBrowsers } from '../../../scripts/browsers.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demo is served; ends with a slash. */
    demoUrl: string;
    chromiumPath: string;
  }
}

/** Serves the demo as `npm start` does, on a port that is free, for as long as the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { chromium } = ensureBrowsers(['chromium']);
  if (!chromium) throw new Error('Chromium was not found');
  const server = await createServer({
    logLevel: 'warn',
    // Port 0 takes any free one. Nothing changes while the tests run, and a reload in the middle of one would fail it.
    server: { host: '127.0.0.1', port: 0, strictPort: false, hmr: false, open: false },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The demo server has no address');
  // The first page finds the packages to bundle, and is reloaded when it finds more.
  await fetch(url);
  await server.environments.client.depsOptimizer?.scanProcessing;
  project.provide('demoUrl', url);
  project.provide('chromiumPath', chromium);
  return () => server.close();
}
