import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAIN } from './leakproof.js';

const PROBE = fileURLToPath(new URL('cpu-time.cjs', import.meta.url));

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of processor time, all threads together. */
  readonly seconds: number;
  readonly hasTsMorph: boolean;
}

/** Runs the built command as its users do, and tells what it took. */
export function measured(folder: { readonly path: string }, ...args: string[]): Measured {
  const notes = join(tmpdir(), `leakproof-measured-${process.pid}.json`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', PROBE, MAIN, ...args], { cwd: folder.path, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, MEASURED: notes } });
  return { status, stdout, stderr, ...(JSON.parse(readFileSync(notes, 'utf8')) as Pick<Measured, 'seconds' | 'hasTsMorph'>) };
}
