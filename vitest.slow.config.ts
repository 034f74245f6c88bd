import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What takes too long to run at every change. */
export default defineConfig({
  test: {
    // The journal of repairs, which would else lie in the home of whoever runs the tests.
    env: { XDG_DATA_HOME: join(tmpdir(), 'leakproof-tests') },
    include: ['test/**/*.slow.test.ts'],
    passWithNoTests: true,
    globalSetup: 'test/support/own-cache.ts',
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
