import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { installed, leakproof, MAIN } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('the built command', () => {
  it('does what the tests see', async () => {
    folder.write({ 'a.ts': leakyClass() });
    for (const args of [['scan'], ['fix'], ['why', 'a.ts:3'], ['--version'], ['scan', 'nowhere'], ['scan', '--frobnicate'], ['--help']]) {
      expect(installed(folder, ...args)).toEqual(await leakproof(folder, ...args));
    }
  });

  it('loads neither the analysis nor a library of a command to tell its version or its options', () => {
    expect(packagesOf(loadedBy('--version'))).toEqual([]);
    for (const args of [['scan', '--help'], ['fix', '--codemod', 'unknown']]) {
      const loaded = loadedBy(...args);
      expect(packagesOf(loaded)).toEqual(['commander']);
      expect(loaded.filter(isOfAnalysis)).toEqual([]);
    }
    const loaded = loadedBy('scan', '--no-cache');
    expect(packagesOf(loaded)).toContain('oxc-parser');
    expect(loaded.filter(isOfAnalysis)).not.toEqual([]);
  });

  it('survives a file that would kill the parser', () => {
    folder.write({ 'a.ts': `x = ${'['.repeat(50_000)}${']'.repeat(50_000)};`, 'b.ts': CLEAN });
    expect(installed(folder, 'scan')).toMatchObject({ status: 0, stdout: '' });
  });

  it('does not mind a reader that stops early', () => {
    const files = Array.from({ length: 40 }, (_, index) => [`src/${index}.ts`, leakyClass(`A${index}`).repeat(20)]);
    folder.write(Object.fromEntries(files) as Record<string, string>);
    const shell = spawnSync('sh', ['-c', `"${process.execPath}" "${MAIN}" scan --format json | head -c 10`], { cwd: folder.path, encoding: 'utf8' });
    expect(shell).toMatchObject({ stdout: '{\n  "versi', stderr: '' });
  });
});

/** The modules that the built command loads, as V8's coverage lists them. */
function loadedBy(...args: string[]): string[] {
  folder.write({ 'a.ts': leakyClass() });
  const NODE_V8_COVERAGE = join(folder.path, `coverage of ${args.join(' ')}`);
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder.path, env: { ...process.env, NODE_V8_COVERAGE } });
  return readdirSync(NODE_V8_COVERAGE).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(NODE_V8_COVERAGE, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
}

/** Whether a file of the built command has a part of the analysis, of a rule's words, or of a repair. */
function isOfAnalysis(url: string): boolean {
  return /\/dist\/.*\.js$/.test(url) && /\bfunction (?:collectFacts|because|planRepair)\b/.test(readFileSync(fileURLToPath(url), 'utf8'));
}

function packagesOf(urls: readonly string[]): string[] {
  const names = urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1] ?? []);
  return [...new Set(names)].sort();
}
