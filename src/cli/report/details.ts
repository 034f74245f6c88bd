import { readWith } from '../../codemod/read-text.js';
import { isFinding, matricesOf } from '../../core/index.js';
import type { RecordedFinding } from '../file-record.js';
import type { JudgedFindings } from '../judge-targets.js';
import { reportMatrix, type ReportedMatrix } from '../matrix/report.js';
import { Reporter, type PlacedEdit, type ReportedFinding } from '../report.js';

/** What a format wants to know besides the report. */
export interface Wants {
  readonly sources?: boolean;
  readonly edits?: boolean;
  readonly matrices?: boolean;
}

/**
 * What some formats show besides the report. It is not kept with the findings,
 * so the files that have any are read again, for the formats that want it.
 */
export class Details {
  /** Texts of the files with findings, by name. */
  readonly sources = new Map<string, string>();
  /** What the repairs would change. */
  readonly edits = new Map<ReportedFinding, readonly PlacedEdit[]>();
  /** The tables of the files with findings. */
  readonly matrices: ReportedMatrix[] = [];

  constructor(private readonly wants: Wants) {}

  /** @param reported what is reported of the findings of the file */
  add({ file, settings, findings, reread }: JudgedFindings, reported: ReadonlyMap<RecordedFinding, ReportedFinding>): void {
    const { sources, edits, matrices } = this.wants;
    const again = reported.size > 0 && (sources || edits || matrices) ? reread() : undefined;
    if (!again) return;
    const { analysis, lines, outside } = again;
    if (sources) this.sources.set(file, analysis.model.text);
    if (matrices) this.matrices.push(...matricesOf(analysis.facts).map((one) => reportMatrix(file, one, lines)));
    if (!edits) return;
    const read = readWith(settings, outside);
    const reporter = new Reporter(file, analysis, lines, new Map());
    const verdicts = analysis.verdicts.filter(isFinding);
    for (const [index, finding] of findings.entries()) {
      const shown = reported.get(finding);
      const verdict = verdicts[index];
      const planned = shown && verdict ? reporter.edits(verdict, read) : [];
      if (shown && planned.length > 0) this.edits.set(shown, planned);
    }
  }
}
