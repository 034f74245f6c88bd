import type { CellState } from '../../core/index.js';
import { count } from '../wrap.js';
import type { MatrixReport, ReportedMatrix, ReportedRow } from './report.js';

/** What a cell says. */
export const WORDS: Readonly<Record<CellState, string>> = { released: 'released', sometimes: 'in part', skipped: 'skipped', survives: 'survives', none: '·' };

/** What the words of the cells mean. */
export const LEGEND: readonly (readonly [CellState, string])[] = [
  ['released', 'on every way out'],
  ['sometimes', 'on some ways out, or the entry without what it holds'],
  ['skipped', 'on none, though it ends what this belongs to'],
  ['survives', 'on none, and a comment says that this is meant'],
  ['none', 'not its job'],
];

/** `WebServer`, or what stands for the module. */
export function ownerTitle({ owner }: ReportedMatrix): string {
  return owner === '' ? 'module' : owner;
}

/** What is to be said of a row besides its cells; empty if nothing is. */
export function noteOn({ release, elsewhere, survives }: ReportedRow): string {
  const notes = [];
  if (release === 'nowhere') notes.push('no release');
  if (elsewhere) notes.push(elsewhere.name === '' ? 'released elsewhere' : `released only in ${elsewhere.name}()`);
  if (survives) notes.push(`survives: ${survives}`);
  return notes.join('; ');
}

/** `38 pieces of state of 2 owners in 1 file; 12 cells are skipped, 1 piece of state has no release.` */
export function summaryOf({ matrices }: MatrixReport): string {
  const rows = matrices.flatMap((matrix) => matrix.rows);
  const skipped = rows.flatMap(({ cells }) => cells).filter(({ state }) => state === 'skipped').length;
  const unreleased = rows.filter(({ release }) => release === 'nowhere').length;
  const files = new Set(matrices.map(({ file }) => file)).size;
  const pieces = (number: number): string => (number === 1 ? '1 piece of state' : `${String(number)} pieces of state`);
  return `${pieces(rows.length)} of ${count(matrices.length, 'owner')} in ${count(files, 'file')}: ${count(skipped, 'release')} skipped, ${pieces(unreleased)} without any release in its file.`;
}
