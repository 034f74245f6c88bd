#!/usr/bin/env node
import { version } from '../plugin/package.js';
import { optimiseLess } from './engine.js';
import { Exit } from './exit.js';

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(Exit.Fine);
  throw error;
});

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
  // To load what understands command lines takes longer than this answer.
  process.stdout.write(`${version}\n`);
} else {
  optimiseLess();
  const [{ terminal }, { run }] = await Promise.all([import('./console.js'), import('./program.js')]);
  process.exitCode = await run(args, terminal);
}
