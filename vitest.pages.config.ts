import { defineConfig } from 'vitest/config';

/** The demo's pages, as a person opens them: one Chromium, one server. */
export default defineConfig({
  test: {
    include: ['test/pages/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/support/browser/demo-server.ts'],
    pool: 'threads',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    retry: 0,
  },
});
