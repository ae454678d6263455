import { defineConfig } from 'vitest/config';
import { mutantPlugin } from './test/mutants/plugin.js';

/** What needs no browser. */
export default defineConfig(({ mode }) => ({
  plugins: [mutantPlugin()],
  test: {
    include: ['test/{unit,architecture,package,captures,simulation}/**/*.test.ts'],
    environment: 'node',
    // Vitest leaves two cores with one worker, and the tests of a file are short: the start of a process is what counts.
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
    // `npm run test:long`
    env: mode === 'long' ? { SCHEDULES: '1000000' } : {},
  },
}));
