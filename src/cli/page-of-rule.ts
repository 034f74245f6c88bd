import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RuleId } from '../core/index.js';

/** The page of a rule in Markdown, as installed with this version; undefined if it is missing. */
export function pageOfRule(rule: RuleId): string | undefined {
  const home = dirname(createRequire(import.meta.url).resolve('eslint-plugin-leakproof/package.json'));
  try {
    return readFileSync(join(home, 'docs', 'rules', `${rule}.md`), 'utf8');
  } catch {
    return undefined;
  }
}
