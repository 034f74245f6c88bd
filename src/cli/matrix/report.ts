import type { CellState, Matrix, MatrixRow, Span } from '../../core/index.js';
import type { LineIndex } from '../../project/line-index.js';
import type { SkippedFile } from '../report.js';

/** A cell with its line; none where it is not the column's job. */
export interface ReportedCell {
  readonly state: CellState;
  /** Of the release, of the way out that skips it, or of the ending. */
  readonly line?: number;
}

/** A piece of state, as `--format json` shows it. */
export interface ReportedRow {
  readonly name: string;
  readonly kind: string;
  readonly noun: string;
  readonly per: MatrixRow['per'];
  readonly line: number;
  readonly release: MatrixRow['release'];
  /** Where it is let go of, if no ending does it. */
  readonly elsewhere?: { readonly name: string; readonly line: number };
  /** What a person states. */
  readonly survives?: string;
  /** One for each column. */
  readonly cells: readonly ReportedCell[];
}

export interface ReportedColumn {
  readonly name: string;
  readonly how: Matrix['columns'][number]['how'];
  readonly line: number;
}

/** The state of one owner of one file. */
export interface ReportedMatrix {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** Empty for the module. */
  readonly owner: string;
  readonly line: number;
  readonly columns: readonly ReportedColumn[];
  readonly rows: readonly ReportedRow[];
}

/** The result of `leakproof matrix`; the shape of `--format json`. */
export interface MatrixReport {
  readonly version: string;
  /** Absolute path of the folder that all paths are relative to. */
  readonly root: string;
  /** How many files were read. */
  readonly files: number;
  readonly matrices: readonly ReportedMatrix[];
  readonly skipped: readonly SkippedFile[];
}

/** Puts the matrix of a file into names and lines. */
export function reportMatrix(file: string, { owner, span, columns, rows }: Matrix, lines: LineIndex): ReportedMatrix {
  const lineOf = ({ start }: Span): number => lines.positionOf(start).line;
  return {
    file, owner, line: lineOf(span),
    columns: columns.map((column) => ({ name: column.name, how: column.how, line: lineOf(column.span) })),
    rows: rows.map((row) => ({
      name: row.name, kind: row.kind, noun: row.noun, per: row.per, line: lineOf(row.span), release: row.release,
      ...(row.release === 'elsewhere' && row.elsewhere ? { elsewhere: { name: row.elsewhere.name, line: lineOf(row.elsewhere.span) } } : {}),
      ...(row.survives === undefined ? {} : { survives: row.survives }),
      cells: row.cells.map(({ state, span: at }) => ({ state, ...(at ? { line: lineOf(at) } : {}) })),
    })),
  };
}
