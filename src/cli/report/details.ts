import { readWith } from '../../codemod/read-text.js';
import { matricesOf, type Finding } from '../../core/index.js';
import type { JudgedFile } from '../each-file.js';
import { reportMatrix, type ReportedMatrix } from '../matrix/report.js';
import type { PlacedEdit, ReportedFinding, Reporter } from '../report.js';

/** What a format wants to know besides the report. */
export interface Wants {
  readonly sources?: boolean;
  readonly edits?: boolean;
  readonly matrices?: boolean;
}

/** What some formats show besides the report; gathered file by file, and only for those that want it. */
export class Details {
  /** Texts of the files with findings, by name. */
  readonly sources = new Map<string, string>();
  /** What the repairs would change. */
  readonly edits = new Map<ReportedFinding, readonly PlacedEdit[]>();
  /** The tables of the files with findings. */
  readonly matrices: ReportedMatrix[] = [];

  constructor(private readonly wants: Wants) {}

  /** @param reported the findings of the file, each with what is reported of it */
  add(judged: JudgedFile, reporter: Reporter, reported: ReadonlyMap<Finding, ReportedFinding>): void {
    const { file, analysis, lines, settings, outside } = judged;
    if (reported.size === 0) return;
    if (this.wants.sources) this.sources.set(file, analysis.model.text);
    if (this.wants.matrices) this.matrices.push(...matricesOf(analysis.facts).map((one) => reportMatrix(file, one, lines)));
    if (this.wants.edits) {
      const read = readWith(settings, outside);
      for (const [finding, shown] of reported) {
        const edits = reporter.edits(finding, read);
        if (edits.length > 0) this.edits.set(shown, edits);
      }
    }
  }
}
