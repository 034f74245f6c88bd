import { join } from 'node:path';
import { isObject } from '../project/data-shape.js';
import { DISK } from '../project/files.js';
import { CannotRun } from './cannot-run.js';

export const SUPPRESSIONS_FILE = 'eslint-suppressions.json';

/** How many findings of a rule in a file ESLint was told to live with. */
export type Suppressions = (file: string, rule: string) => number;

/**
 * Reads ESLint's list of suppressed violations of a root; an absent one is empty.
 *
 * @throws CannotRun if it is there and not in ESLint's format
 */
export function readSuppressions(root: string, files = DISK): Suppressions {
  let text: string;
  try {
    text = files.read(join(root, SUPPRESSIONS_FILE)).toString('utf8');
  } catch {
    return () => 0;
  }
  const counts = countsIn(text);
  return (file, rule) => counts.get(`${file}\n${rule}`) ?? 0;
}

function countsIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [file, rules] of entriesOf(parseJson(text))) {
    for (const [rule, entry] of entriesOf(rules)) {
      if (!isObject(entry) || typeof entry['count'] !== 'number') throw notSuppressions();
      counts.set(`${file}\n${rule}`, entry['count']);
    }
  }
  return counts;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notSuppressions();
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  if (!isObject(value)) throw notSuppressions();
  return Object.entries(value);
}

function notSuppressions(): CannotRun {
  return new CannotRun(`${SUPPRESSIONS_FILE} is not a list of suppressions as ESLint writes it.`);
}
