import { defineConfig } from 'vitest/config';

const isOnGitHub = process.env['GITHUB_ACTIONS'] === 'true';

export default defineConfig({
  test: {
    // What act runs needs a network of its own: .ci/real-runner.mjs.
    include: [process.env['ACT'] === undefined ? '__tests__/**/*.test.ts' : '__tests__/real-runner/*.act.ts'],
    // Two cores on a small runner; many tests wait for a timer or a process most of the time.
    maxWorkers: 3,
    // A new process for each file would take a third of all CPU time. So nothing may outlive its test:
    isolate: false,
    unstubEnvs: true,
    restoreMocks: true,
    // Only a hang may reach these limits: no test may depend on how fast a machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A line for each file as it ends, and for each test that is slow, whatever runs the tests and wherever.
    reporters: isOnGitHub ? ['default', 'github-actions'] : ['default'],
    slowTestThreshold: 3000,
  },
});
