import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The fast suite: what `npm test` runs. */
export default defineConfig({
  test: {
    // The journal of repairs, which would else lie in the home of whoever runs the tests.
    env: { XDG_DATA_HOME: join(tmpdir(), 'leakproof-tests') },
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.slow.test.ts', 'test/**/fixtures/**'],
    testTimeout: 30_000,
    globalSetup: 'test/support/own-cache.ts',
  },
});
