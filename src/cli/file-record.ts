import { isFinding, outlineOf, stillHolds, type Analysis, type Outline, type Outside, type Testimony } from '../core/index.js';
import type { SourceFile } from '../project/discover.js';
import type { Files } from '../project/files.js';
import type { LineIndex } from '../project/line-index.js';
import type { Settings } from '../project/settings.js';
import { fingerprintsOf } from './fingerprint.js';
import { inspect, type Obstacle } from './inspect.js';
import { Reporter, type ReportedFinding } from './report.js';
import { answersOf, type Answer } from './verdict-filter.js';

/** All that a scan wants to know of one file: plain data, kept in the cache, sent between threads. */
export type FileRecord = JudgedRecord | { readonly kind: 'generated' } | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

export interface JudgedRecord {
  readonly kind: 'judged';
  readonly lines: number;
  readonly outline: Outline;
  /** The latest first; which of them holds depends on the other files. */
  readonly judgements: readonly Judgement[];
}

/** What a file is found to be when it is judged once more. */
export type JudgedAgain = { readonly kind: 'again'; readonly judgement: Judgement } | Exclude<FileRecord, JudgedRecord>;

/** What was found, and what the other files had to say for that. */
export interface Judgement {
  /** Whether there was nothing to judge: then the testimony is only of what would give it something. */
  readonly isIdle: boolean;
  readonly testimony: Testimony;
  /** Of any confidence, in source order. */
  readonly findings: readonly RecordedFinding[];
}

/** A finding, and the comment in its file that answers it. */
export interface RecordedFinding extends ReportedFinding {
  readonly answer?: Answer;
}

/** As many states of the other files as are gone back and forth between: now, before a change, and alone. */
const KEPT = 3;

/** Reads one file and judges it as if it were alone. */
export function recordOf(file: SourceFile, settings: Settings, files: Files): FileRecord {
  const inspection = inspect(file, settings, undefined, files);
  if (inspection === 'generated') return { kind: 'generated' };
  if ('obstacle' in inspection) return { kind: 'obstacle', obstacle: inspection.obstacle };
  const { analysis, lines } = inspection.inspected;
  return { kind: 'judged', lines: lines.lineCount, outline: outlineOf(analysis.facts), judgements: [judgementOf(file, analysis, lines)] };
}

/** The judgement that holds with these other files; undefined if none is known that does. */
export function findJudgement({ judgements }: JudgedRecord, outside: Outside | undefined): Judgement | undefined {
  return judgements.find(({ testimony }) => stillHolds(testimony, outside));
}

/** Judges a file again, now that others have more to say. */
export function judgeAgain(file: SourceFile, settings: Settings, files: Files, outside: Outside | undefined): JudgedAgain {
  const inspection = inspect(file, settings, outside, files);
  if (inspection === 'generated') return { kind: 'generated' };
  if ('obstacle' in inspection) return { kind: 'obstacle', obstacle: inspection.obstacle };
  const { analysis, lines } = inspection.inspected;
  return { kind: 'again', judgement: judgementOf(file, analysis, lines) };
}

/** The record of a file with one more judgement, and without those that have not held for long. */
export function withJudgement(record: JudgedRecord, judgement: Judgement): JudgedRecord {
  return { ...record, judgements: [judgement, ...record.judgements].slice(0, KEPT) };
}

function judgementOf(file: SourceFile, analysis: Analysis, lines: LineIndex): Judgement {
  const found = analysis.verdicts.filter(isFinding);
  const reporter = new Reporter(file.name, analysis, lines, fingerprintsOf(found, analysis.model));
  const answers = answersOf(found, analysis.model, lines);
  const findings = found.map((finding) => ({ ...reporter.report(finding), ...(answers.has(finding) ? { answer: answers.get(finding) as Answer } : {}) }));
  const { others } = analysis.facts;
  const isIdle = analysis.verdicts.length === 0;
  return { isIdle, testimony: isIdle ? others.testimonyOnCandidates() : others.testimony(), findings };
}
