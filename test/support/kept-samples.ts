import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Code that a test judges, with the path that it gives it. */
export interface Sample {
  readonly path: string;
  readonly text: string;
}

/** Names the folder where the samples of a test run are kept for the test that gives them to other linters; unset in all other runs. */
export const SAMPLES_FOLDER = 'LEAKPROOF_KEEP_SAMPLES';

/** Keeps a sample, if that is wanted. Each process of the runner has a file of its own. */
export function keepSample(sample: Sample): void {
  const folder = process.env[SAMPLES_FOLDER];
  if (folder !== undefined) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(sample)}\n`);
}

/** The samples that a run kept, each once, in an order that does not depend on the run. */
export function keptSamples(folder: string): Sample[] {
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'));
  return [...new Set(lines)].sort().map((line) => JSON.parse(line) as Sample);
}
