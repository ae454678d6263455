import { defineConfig } from 'vitest/config';

/** What becomes of reports when real browsers kill, crash, freeze and put away the pages that made them. */
export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    // Each file starts browsers of its own, and some of them only wait.
    maxWorkers: 2,
    testTimeout: process.env['LONG'] === '1' ? 3_600_000 : 300_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
