import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * jscodeshift has Babel compile every file that is required from then on, our
 * parser's among them, whose `import.meta` does not survive it. Ours are
 * compiled already, so the first thing that a transform does is to take that
 * hook off. Without it, as with `--no-babel`, there is nothing to do.
 */
const { cache } = createRequire(join(process.cwd(), 'any.js'));
for (const [path, loaded] of Object.entries(cache)) {
  if (!/[\\/]@babel[\\/]register[\\/]lib[\\/]index\.c?js$/u.test(path)) continue;
  const { revert } = (loaded?.exports ?? {}) as { revert?: () => void };
  revert?.();
}
