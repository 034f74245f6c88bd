#!/usr/bin/env node
import { terminal } from './console.js';
import { Exit } from './exit.js';
import { run } from './program.js';

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(Exit.Fine);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), terminal);
