import { readFileSync, writeFileSync } from 'node:fs';
import { isObject } from '../project/data-shape.js';
import { compareNames } from '../project/discover.js';
import { systemReason } from '../project/read.js';
import { CannotRun } from './cannot-run.js';
import type { ReportedFinding } from './report.js';

/** What `suppressed` names as the one who answered a finding of the baseline. */
export const BASELINE = 'baseline';

/** The file that `--update-baseline` writes if none is named. */
export const BASELINE_FILE = 'leakproof-baseline.json';

const VERSION = 1;

/** A finding that a project lives with; the file is where it was seen last. */
export interface BaselineEntry {
  readonly file: string;
  readonly rule: string;
  readonly owner: string;
  readonly symbol: string;
  readonly fingerprint: string;
}

/** A finding that the code has, whether or not it was asked for. */
export interface PresentFinding extends BaselineEntry {
  /** The finding as reported; undefined if the options of this run leave it out. */
  readonly reported?: ReportedFinding | undefined;
}

/** A baseline held against the code. */
export interface Comparison {
  /** The reported findings that the baseline lists. */
  readonly known: ReadonlySet<ReportedFinding>;
  /** The entries whose findings are gone. */
  readonly stale: readonly BaselineEntry[];
  /** What the baseline would be now. */
  readonly updated: readonly BaselineEntry[];
}

/**
 * Matches the entries of a baseline with findings, one with one: first those of
 * the same file, then those that may have moved. An entry may have moved, or be
 * gone, only if its file was judged or is not there any more: of other files
 * this run knows nothing.
 *
 * @param present the findings of the judged files, in order
 * @param isSettled whether this run knows all findings of a file
 */
export function compare(baseline: readonly BaselineEntry[], present: readonly PresentFinding[], isSettled: (file: string) => boolean): Comparison {
  const open = new Set(baseline);
  const matched = new Set<PresentFinding>();
  const match = (key: (entry: BaselineEntry) => string, canMatch: (entry: BaselineEntry) => boolean): void => {
    const candidates = new Map<string, BaselineEntry[]>();
    for (const entry of open) if (canMatch(entry)) candidates.set(key(entry), [...(candidates.get(key(entry)) ?? []), entry]);
    for (const finding of present) {
      const entry = matched.has(finding) ? undefined : candidates.get(key(finding))?.shift();
      if (!entry) continue;
      open.delete(entry);
      matched.add(finding);
    }
  };
  match(({ file, fingerprint }) => `${fingerprint} ${file}`, () => true);
  match(({ fingerprint }) => fingerprint, ({ file }) => isSettled(file));
  const stale = [...open].filter(({ file }) => isSettled(file));
  const unseen = [...open].filter(({ file }) => !isSettled(file));
  const kept = present.filter((finding) => finding.reported !== undefined || matched.has(finding));
  return {
    known: new Set([...matched].flatMap(({ reported }) => reported ?? [])),
    stale,
    updated: [...kept.map(entryOf), ...unseen].sort(inOrder),
  };
}

export function entryOf({ file, rule, owner, symbol, fingerprint }: BaselineEntry): BaselineEntry {
  return { file, rule, owner, symbol, fingerprint };
}

function inOrder(left: BaselineEntry, right: BaselineEntry): number {
  return (
    compareNames(left.file, right.file) ||
    compareNames(left.rule, right.rule) ||
    compareNames(left.owner, right.owner) ||
    compareNames(left.symbol, right.symbol) ||
    compareNames(left.fingerprint, right.fingerprint)
  );
}

/**
 * Reads a baseline.
 *
 * @throws CannotRun if it is not there, unless that is allowed, or is no baseline
 */
export function readBaseline(path: string, mayBeAbsent: boolean): readonly BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (mayBeAbsent && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CannotRun(`Cannot read the baseline ${path}: ${systemReason(error)}.`);
  }
  const value = parseJson(text);
  if (!isObject(value) || typeof value['version'] !== 'number' || !Array.isArray(value['findings'])) throw notBaseline(path);
  if (value['version'] !== VERSION) throw new CannotRun(`${path} is a baseline of version ${value['version']}, and only version ${VERSION} can be read.`);
  return value['findings'].map((entry: unknown) => {
    if (!isEntry(entry)) throw notBaseline(path);
    return entryOf(entry);
  });
}

/** Writes a baseline, an entry a line so that two branches merge; the same entries give the same bytes. */
export function writeBaseline(path: string, entries: readonly BaselineEntry[]): void {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  try {
    writeFileSync(path, `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`);
  } catch (error) {
    throw new CannotRun(`Cannot write the baseline ${path}: ${systemReason(error)}.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is BaselineEntry {
  return isObject(value) && ['file', 'rule', 'owner', 'symbol', 'fingerprint'].every((key) => typeof value[key] === 'string');
}

function notBaseline(path: string): CannotRun {
  return new CannotRun(`${path} is not a baseline as leakproof scan --update-baseline writes it.`);
}
