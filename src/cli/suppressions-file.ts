import { join } from 'node:path';
import type { Confidence } from '../core/index.js';
import { isObject } from '../project/data-shape.js';
import { DISK } from '../project/files.js';
import { CannotRun } from './cannot-run.js';

export const SUPPRESSIONS_FILE = 'eslint-suppressions.json';

/** How many findings of a rule in a file ESLint was told to live with. */
export type Suppressions = (file: string, rule: string) => number;

/** What the level of a list is told by. */
interface Counted {
  readonly confidence: Confidence;
}

/** Nobody was told to live with anything. */
export const NO_SUPPRESSIONS: Suppressions = () => 0;

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
    return NO_SUPPRESSIONS;
  }
  return suppressionsIn(text);
}

/**
 * @param text of the list
 * @throws CannotRun if it is not in ESLint's format
 */
export function suppressionsIn(text: string): Suppressions {
  const counts = countsIn(text);
  return (file, rule) => counts.get(`${file}\n${rule}`) ?? 0;
}

/**
 * Of the findings of a rule in a file, those that a count covers. One finding
 * more than counted brings all of them back, as in ESLint. A list made at
 * `certain` still covers the certain ones when likely ones are shown as well.
 */
export function coveredBy<Found extends Counted>(count: number, findings: readonly Found[]): readonly Found[] {
  return [findings, findings.filter(isCertain)].find((some) => some.length <= count) ?? [];
}

/**
 * What a count is once some findings are gone: as many less, unless more are
 * left than that. So nothing that is left comes back, and what else ESLint
 * finds in the file stays counted.
 *
 * @param before the findings of a rule in a file, and `after` those that are left
 */
export function countAfter(count: number, before: readonly Counted[], after: readonly Counted[]): number {
  const ofLevel = (findings: readonly Counted[]): number => (before.length <= count ? findings : findings.filter(isCertain)).length;
  const left = ofLevel(after);
  return Math.max(Math.min(count, left), count - Math.max(0, ofLevel(before) - left));
}

function isCertain({ confidence }: Counted): boolean {
  return confidence === 'certain';
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
