import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RuleId } from '../core/index.js';
import type { Console } from './console.js';
import { CannotRun } from './cannot-run.js';
import { Exit } from './exit.js';

/** Prints the page of a rule. */
export function explain(rule: RuleId, output: Console): Exit {
  const home = dirname(createRequire(import.meta.url).resolve('eslint-plugin-leakproof/package.json'));
  try {
    output.result(readFileSync(join(home, 'docs', 'rules', `${rule}.md`), 'utf8'));
  } catch {
    throw new CannotRun(`The page of ${rule} is missing from this installation.`);
  }
  return Exit.Fine;
}
