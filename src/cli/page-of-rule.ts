import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RuleId } from '../core/index.js';

/** What eslint-doc-generator writes at the top of a page; its first sentence is for every reader, the rest for those of ESLint's. */
const HEADER = /^(# .*\n\n)📝 (.*\n)[^]*?<!-- end auto-generated rule header -->\n/u;

/** The page of a rule in Markdown, without what only concerns ESLint, as installed with this version; undefined if it is missing. */
export function pageOfRule(rule: RuleId): string | undefined {
  const home = dirname(createRequire(import.meta.url).resolve('eslint-plugin-leakproof/package.json'));
  try {
    return readFileSync(join(home, 'docs', 'rules', `${rule}.md`), 'utf8').replace(HEADER, '$1$2');
  } catch {
    return undefined;
  }
}
