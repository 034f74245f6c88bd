import type { ReportedFinding } from '../report.js';
import { describeRelated, markOfFinding, markOfRelated, type Mark } from './roles.js';

/** A line of the source that a finding shows. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  /** What it has to do with the finding; undefined for a line that is only near. */
  readonly mark?: Mark;
  /** What is to be said of it, each a clause. */
  readonly notes: readonly string[];
  /** Whether lines are left out before it. */
  readonly isAfterGap: boolean;
}

/** Lines shown before and after each line that a finding names. */
const AROUND = 2;
/** Of a finding that spans many lines, as a class does, so many are marked. */
const MARKED = 3;

/** The lines that a finding names, with a few around each. */
export function excerptOf(finding: ReportedFinding, source: string): ExcerptLine[] {
  const lines = source.split(/\r\n|[\r\n\u2028\u2029]/);
  const marks = marksOf(finding);
  const shown = [...marks.keys()]
    .flatMap((line) => Array.from({ length: 2 * AROUND + 1 }, (_, index) => line - AROUND + index))
    .filter((line) => line >= 1 && line <= lines.length);
  let last = 0;
  return [...new Set(shown)].sort((left, right) => left - right).map((number) => {
    const isAfterGap = number > last + 1;
    last = number;
    const { mark, notes } = marks.get(number) ?? {};
    return { number, text: lines[number - 1] ?? '', ...(mark ? { mark } : {}), notes: notes ?? [], isAfterGap };
  });
}

interface LineMark {
  mark: Mark;
  readonly notes: string[];
}

/** The lines that a finding names, the strongest mark of each: what is missing before what is acquired. */
function marksOf(finding: ReportedFinding): Map<number, LineMark> {
  const marks = new Map<number, LineMark>();
  const add = (line: number, mark: Mark, note?: string): void => {
    const known = marks.get(line) ?? { mark, notes: [] };
    if (mark === 'missing' || known.mark === 'other') known.mark = mark;
    if (note !== undefined && !known.notes.includes(note)) known.notes.push(note);
    marks.set(line, known);
  };
  const own = markOfFinding(finding);
  const note = own === 'missing' ? 'the release is missing here' : 'acquired here, and not let go of';
  for (let line = finding.line; line <= Math.min(finding.endLine, finding.line + MARKED - 1); line++) add(line, own, line === finding.line ? note : undefined);
  for (const related of finding.related) add(related.line, markOfRelated(finding, related), describeRelated(related));
  for (const reason of finding.reasons) add(reason.line, 'other');
  return marks;
}
