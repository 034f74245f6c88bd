import { defineConfig } from 'vitest/config';

/** The tests of the analysis alone: for its coverage, and for the mutants of Stryker. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/rules/**/*.test.ts', 'test/cases/**/*.test.ts', 'test/project/**/*.test.ts'],
    // They look at many files, to see that none is too slow: with every line counted they would be.
    exclude: ['test/**/*.slow.test.ts', 'test/core/total.test.ts', 'test/core/flow/flow.slow.test.ts'],
    // The modules are loaded once and not for each file: nothing in the core outlives the facts of a file, and a mutant costs a fraction of the time.
    isolate: false,
    testTimeout: 120_000,
    globalSetup: 'test/support/own-folders.ts',
    coverage: { provider: 'v8', include: ['src/core/**/*.ts'], reporter: ['text-summary', 'json'], reportsDirectory: 'coverage' },
  },
});
