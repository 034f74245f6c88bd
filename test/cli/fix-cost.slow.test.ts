import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { measured } from './measured.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();
/** What a run of all codemods may take, as a multiple of the scan, the type gate left out. */
const BOUND = 1.3;
const RUNS = 3;

/** Processor time, and the least of several runs: what else the machine does slows some of them down. */
it(`costs at most ${BOUND} times the scan to plan all repairs of some two hundred files`, () => {
  cpSync(fileURLToPath(new URL('../../src/core', import.meta.url)), join(folder.path, 'src'), { recursive: true });
  folder.write(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`src/leaky-${index}.ts`, leakyClass(`Leaky${index}`)])));
  const scans: number[] = [];
  const fixes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    scans.push(measured(folder, 'scan', '--no-cache', '--confidence', 'likely').seconds);
    const { stderr, seconds } = measured(folder, 'fix', '--no-cache', '--confidence', 'likely', '--review');
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('not type-checked: no tsconfig.json');
    expect(stderr).toMatch(/1\d findings in 1\d files would be repaired/u);
    fixes.push(seconds);
  }
  console.log(`scan ${Math.min(...scans).toFixed(2)} s, fix ${Math.min(...fixes).toFixed(2)} s of processor time`);
  expect(Math.min(...fixes) / Math.min(...scans)).toBeLessThanOrEqual(BOUND);
});
