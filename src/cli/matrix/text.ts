import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { CellState } from '../../core/index.js';
import type { Paint } from '../console.js';
import { wrap } from '../wrap.js';
import { visible } from '../visible.js';
import { LEGEND, noteOn, ownerTitle, summaryOf, WORDS } from './words.js';
import type { MatrixReport, ReportedMatrix, ReportedRow } from './report.js';

/** The widest name of a piece of state, and of an ending, before it is broken. */
const MAX_NAME = 26;
const MAX_HEAD = 14;
/** The longest word of a cell. */
const MIN_HEAD = 8;
/** A border and a space on each side. */
const PADDING = 3;

const STYLES: Readonly<Record<CellState, Parameters<Paint>[0] | undefined>> = { released: 'green', sometimes: 'yellow', skipped: 'red', survives: 'cyan', none: 'dim' };

/** The tables for a terminal of some width; an owner with more endings than fit has several. */
export function matrixText(report: MatrixReport, width: number, paint: Paint): string {
  const { matrices } = report;
  if (matrices.length === 0) return '';
  const blocks: string[] = [];
  for (const [index, matrix] of matrices.entries()) {
    if (matrices[index - 1]?.file !== matrix.file) blocks.push(paint('underline', visible(matrix.file)));
    blocks.push(paint('bold', visible(ownerTitle(matrix))));
    blocks.push(...tablesOf(matrix, width, paint));
  }
  blocks.push([...LEGEND.map(([state, meaning]) => `${painted(state, paint)}${' '.repeat(MIN_HEAD - WORDS[state].length)}  ${meaning}`)].join('\n'));
  blocks.push(wrap(summaryOf(report), ''));
  return `${blocks.join('\n\n')}\n`;
}

function tablesOf(matrix: ReportedMatrix, width: number, paint: Paint): string[] {
  const labels = matrix.rows.map((row) => labelOf(row, paint));
  const heads = matrix.columns.map(({ name }) => fold(visible(name), MAX_HEAD));
  const nameWidth = Math.max(...labels.flat().map(({ text }) => stringWidth(text)));
  const widths = heads.map((head) => Math.max(MIN_HEAD, ...head.map((line) => stringWidth(line))));
  return inBlocks(widths, width - nameWidth - PADDING - 1).map((columns) => {
    const table = new Table({ head: ['', ...columns.map((index) => (heads[index] ?? []).join('\n'))], style: { head: [], border: [], compact: true } });
    let section: ReportedRow['per'] | undefined;
    for (const [index, row] of matrix.rows.entries()) {
      if (!belongsTo(row, columns)) continue;
      if (row.per !== section) table.push([{ content: paint('dim', row.per === 'key' ? 'for each key' : 'once'), colSpan: columns.length + 1 }]);
      section = row.per;
      table.push([(labels[index] ?? []).map(({ shown }) => shown).join('\n'), ...columns.map((column) => painted(row.cells[column]?.state ?? 'none', paint))]);
    }
    return table.toString();
  });
}

/** Whether a row is worth a line beside some columns: of what none of them is about, the other tables tell; what none at all is about stands in the first. */
function belongsTo({ cells }: ReportedRow, columns: readonly number[]): boolean {
  const isAbout = ({ state }: ReportedRow['cells'][number]): boolean => state !== 'none';
  return columns.some((index) => cells[index] && isAbout(cells[index])) || (!cells.some(isAbout) && (columns.length === 0 || columns[0] === 0));
}

function painted(state: CellState, paint: Paint): string {
  const style = STYLES[state];
  return style ? paint(style, WORDS[state]) : WORDS[state];
}

/** The lines of a row's name, with what is to be said of it. */
function labelOf(row: ReportedRow, paint: Paint): { text: string; shown: string }[] {
  const note = noteOn(row);
  const plain = (text: string): { text: string; shown: string } => ({ text, shown: text });
  const [name, kind] = [visible(row.name), `(${visible(row.noun)})`];
  const isOneLine = stringWidth(`${name} ${kind}`) <= MAX_NAME;
  return [
    ...(isOneLine ? [`${name} ${kind}`] : [...fold(name, MAX_NAME), ...fold(kind, MAX_NAME - 2).map((line) => `  ${line}`)]).map(plain),
    ...(note === '' ? [] : fold(visible(note), MAX_NAME - 2).map((line) => ({ text: `  ${line}`, shown: `  ${paint(row.release === 'nowhere' ? 'red' : 'dim', line)}` }))),
  ];
}

/** The columns of each table: as many as fit beside the names, and at least one. */
function inBlocks(widths: readonly number[], room: number): number[][] {
  const blocks: number[][] = [[]];
  let left = room;
  for (const [index, width] of widths.entries()) {
    const block = blocks.at(-1);
    if (block && (block.length === 0 || width + PADDING <= left)) block.push(index);
    else {
      blocks.push([index]);
      left = room;
    }
    left -= width + PADDING;
  }
  return blocks;
}

/** Breaks a name into lines: between words, else between the parts of a name, else anywhere. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\s)|(?<=[a-z\d])(?=[A-Z])|(?<=[.,/\]])(?=\w)/).flatMap((one) => pieces(one, width))) {
    if (line !== '' && stringWidth((line + part).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

function pieces(part: string, width: number): string[] {
  const found: string[] = [];
  let piece = '';
  for (const character of part) {
    if (stringWidth(piece + character) > width) {
      found.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...found, piece];
}
