import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/core/findings.js';
import { keptSamples, SAMPLES_FOLDER, type Sample } from '../support/kept-samples.js';
import { findNode, NODES } from '../package/packed.js';
import { LINTERS } from './all-linters.js';
import { commandFindings } from './two-doors.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
/** Far below what the tests of the rules judge, far above what any one of them does. */
const AT_LEAST = 1500;
/** To run all tests of the rules takes minutes, on a busy machine a quarter of an hour. */
const SAMPLES_TIMEOUT_MS = 1_200_000;
/** Nested deeper than a parser goes, or with a private name that nothing declares: not every parser reads such code. */
const UNREADABLE_AT_MOST = 3;

/**
 * The tests of the rules ask the analysis itself. Here they are run once more
 * to collect the code that they judge, valid and invalid, and every linter that
 * loads the plugin lints all of it.
 */
describe('the samples of the rule tests, in every linter', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'leakproof-linters-'));
  const folder = join(scratch, 'samples');
  let samples: readonly (Sample & { readonly file: string })[] = [];
  let expected: string[] = [];

  beforeAll(() => {
    const kept = join(scratch, 'kept');
    mkdirSync(kept);
    const run = spawnSync(process.execPath, [vitest, 'run', 'test/rules'], { cwd: root, encoding: 'utf8', env: { ...process.env, [SAMPLES_FOLDER]: kept } });
    if (run.status !== 0) throw new Error(run.stdout);
    samples = keptSamples(kept).map((sample, index) => ({ ...sample, file: `${index}/${sample.path}` }));
    for (const { file, text } of samples) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    expected = samples.flatMap(({ file, text }) => commandFindings(file, text)?.map((finding) => `${file}:${finding}`) ?? []).sort();
  }, SAMPLES_TIMEOUT_MS);
  afterAll(() => { rmSync(scratch, { recursive: true, force: true }); });

  it('are many, and of every rule', () => {
    expect(samples.length).toBeGreaterThan(AT_LEAST);
    expect(RULE_IDS.filter((id) => !expected.some((finding) => finding.includes(` leakproof/${id}: `)))).toEqual([]);
  });

  const nodes = ['this', ...NODES];
  it.each(nodes.flatMap((version) => (Object.keys(LINTERS) as (keyof typeof LINTERS)[]).map((linter) => [linter, version] as const)))('are judged by %s as by the command, on Node %s', (linter, version) => {
    const node = version === 'this' ? process.execPath : findNode(version);
    if (node === undefined) {
      console.warn(`Skipped: Node ${version} cannot be had here.`);
      return;
    }
    const { findings, unreadable } = LINTERS[linter](folder, node);
    expect(unreadable.length).toBeLessThanOrEqual(UNREADABLE_AT_MOST);
    expect(findings).toEqual(expected.filter((finding) => !unreadable.some((file) => finding.startsWith(`${file}:`))));
  });
});
