import { defineConfig } from 'vitest/config';

/** What needs no browser. */
export default defineConfig({
  test: {
    include: ['test/{unit,architecture,package,captures,simulation}/**/*.test.ts'],
    environment: 'node',
    // Vitest leaves two cores with one worker, and the tests of a file are short: the start of a process is what counts.
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
