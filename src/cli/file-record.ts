import { isFinding, outlineOf, type Analysis, type Outside } from '../core/index.js';
import type { SourceFile } from '../project/discover.js';
import type { Files } from '../project/files.js';
import type * as known from '../project/file-record.js';
import { inspect } from '../project/inspect.js';
import type { LineIndex } from '../project/line-index.js';
import type { Settings } from '../project/settings.js';
import { fingerprintsOf } from './fingerprint.js';
import { Reporter, type ReportedFinding } from './report.js';
import { answersOf, type Answer } from './verdict-filter.js';

/** All that a scan wants to know of one file. */
export type FileRecord = known.FileRecord<RecordedFinding>;
export type JudgedRecord = known.JudgedRecord<RecordedFinding>;
export type Judgement = known.Judgement<RecordedFinding>;

/** What a file is found to be when it is judged once more. */
export type JudgedAgain = { readonly kind: 'again'; readonly judgement: Judgement } | Exclude<FileRecord, JudgedRecord>;

/** A finding, and the comment in its file that answers it. */
export interface RecordedFinding extends ReportedFinding {
  readonly answer?: Answer;
}

/**
 * Reads one file and judges it by itself.
 *
 * @param assumed what is taken for granted of the others, which are not known yet; without it, there are none
 */
export function recordOf(file: SourceFile, settings: Settings, files: Files, assumed?: Outside): FileRecord {
  const inspection = inspect(file, settings, assumed, files);
  if (inspection === 'generated') return { kind: 'generated' };
  if ('obstacle' in inspection) return { kind: 'obstacle', obstacle: inspection.obstacle };
  const { analysis, lines } = inspection.inspected;
  // What the outline asks is not what the judgement rests on.
  const judgement = judgementOf(file, analysis, lines);
  return { kind: 'judged', lines: lines.lineCount, outline: outlineOf(analysis.facts), judgements: [judgement] };
}

/** Judges a file again, now that others have more to say. */
export function judgeAgain(file: SourceFile, settings: Settings, files: Files, outside: Outside | undefined): JudgedAgain {
  const inspection = inspect(file, settings, outside, files);
  if (inspection === 'generated') return { kind: 'generated' };
  if ('obstacle' in inspection) return { kind: 'obstacle', obstacle: inspection.obstacle };
  const { analysis, lines } = inspection.inspected;
  return { kind: 'again', judgement: judgementOf(file, analysis, lines) };
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
