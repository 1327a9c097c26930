import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // Two cores on the usual hosted runner; the end-to-end tests start processes of their own.
    maxWorkers: 2,
    // For what hangs, not for what is slow: no test may depend on how fast a machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
