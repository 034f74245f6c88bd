import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyze, matricesOf } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Larger files are not worth their time in a test. */
const MAX_BYTES = 300_000;
/** For one file of at most that size, on a slow machine with other work. */
const MAX_MS = 2_000;
/** Files of other people: every kind of JavaScript that is published. */
const SAMPLE = 300;

function filesBelow(folder: string, pattern: RegExp, skip: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skip.test(entry.name) ? [] : filesBelow(path, pattern, skip);
      return entry.isFile() && pattern.test(entry.name) ? [path] : [];
    });
}

/** Analyses files; gives those that were too slow. Throws if one throws. */
function slowAmong(paths: readonly string[]): string[] {
  const slow: string[] = [];
  for (const path of paths) {
    const parsed = parse(path, readFileSync(join(ROOT, path), 'utf8'));
    if ('error' in parsed) continue;
    const started = performance.now();
    try {
      matricesOf(analyze(parsed.ok).facts);
    } catch (error) {
      throw new Error(`${path} cannot be analysed`, { cause: error });
    }
    const ms = performance.now() - started;
    if (ms > MAX_MS) slow.push(`${path}: ${Math.round(ms)} ms`);
  }
  return slow;
}

describe('the analysis is total', () => {
  it('on every file of this project', () => {
    const files = ['src', 'rules', 'codemods', 'test'].flatMap((folder) => filesBelow(folder, /\.[cm]?[jt]sx?$/, /^$/));
    expect(files.length).toBeGreaterThan(100);
    expect(slowAmong(files)).toEqual([]);
  }, 120_000);

  it('on published files of other people', () => {
    const all = filesBelow('node_modules', /(?<!\.d)\.[cm]?[jt]s$/, /^\.(?!pnpm)/).filter((path) => statSync(join(ROOT, path)).size <= MAX_BYTES);
    const step = Math.max(1, Math.floor(all.length / SAMPLE));
    const files = all.filter((_, index) => index % step === 0).slice(0, SAMPLE);
    expect(files.length).toBeGreaterThan(0);
    expect(slowAmong(files)).toEqual([]);
  }, 240_000);
});
