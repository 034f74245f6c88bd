import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithEslint } from './eslint-paths.js';

/** Packages that are installed anyway: written by hand, bundled, compiled, old and new. */
const PACKAGES = [
  'acorn', 'ajv', 'argparse', 'ast-types', 'cacheable', 'commander', 'debug', 'diff', 'eslint/lib', 'eslint-scope', 'espree', 'esquery', 'estraverse', 'flatted', 'graceful-fs', 'ignore',
  'js-yaml', 'jscodeshift', 'json5', 'keyv', 'levn', 'lru-cache', 'magic-string', 'minimatch', 'nanoid', 'neo-async', 'optionator', 'picomatch', 'pirates', 'postcss', 'recast', 'semver',
  'source-map', 'source-map-support', 'tmp', 'vite', 'vitest', 'rolldown', 'write-file-atomic', '@babel/core', '@babel/traverse', '@typescript-eslint/typescript-estree',
];
const FILES = 1_000;
const MAX_BYTES = 150_000;

/**
 * ESLint's code paths know the same constructs, but only those exceptions that a
 * `try` in the same function takes, and let other nodes throw than we do (a
 * member access, a name). So reachability is compared everywhere, and which
 * statement always comes before which in functions without a `try`.
 */
describe('the flow of real files', () => {
  const files = PACKAGES.flatMap((name) => sourcesBelow(`node_modules/${name}`)).slice(0, FILES);

  it('is that of ESLint', () => {
    const differences: string[] = [];
    let compared = 0;
    let statements = 0;
    let pairs = 0;
    for (const path of files) {
      const comparison = compareWithEslint(path, readFileSync(path, 'utf8'));
      if (!comparison) continue;
      compared++;
      statements += comparison.statements;
      pairs += comparison.pairs;
      differences.push(...comparison.differences);
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0.95 * FILES);
    expect(statements).toBeGreaterThan(50_000);
    expect(pairs).toBeGreaterThan(200_000);
  });
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
    .filter((name) => /\.[cm]?js$/.test(name) && !/\.min\.|(?:^|\/)node_modules\//.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= MAX_BYTES);
}
