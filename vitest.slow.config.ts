import { defineConfig } from 'vitest/config';

/** What takes too long to run at every change. */
export default defineConfig({
  test: {
    include: ['test/**/*.slow.test.ts'],
    passWithNoTests: true,
    globalSetup: 'test/support/own-folders.ts',
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
