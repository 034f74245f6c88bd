import { defineConfig } from 'vitest/config';

/** The fast suite: what `npm test` runs. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.slow.test.ts', 'test/**/fixtures/**'],
    testTimeout: 30_000,
    globalSetup: 'test/support/own-folders.ts',
  },
});
