import { visible } from '../visible.js';
import { LEGEND, noteOn, ownerTitle, summaryOf, WORDS } from './words.js';
import type { MatrixReport, ReportedMatrix } from './report.js';

/** The first line of a page, by which it is known. */
export const TITLE = '# What is kept, and what lets go of it';

/**
 * The page that a project commits. It has names and no lines, so that it changes
 * only when what is kept, or what lets go of it, changes.
 */
export function matrixMarkdown(report: MatrixReport): string {
  const { matrices } = report;
  const parts = [
    TITLE,
    'Made by `leakproof matrix --format markdown`; do not edit. Rows are what is kept, for each key or once; columns are what ends something.',
    LEGEND.map(([state, meaning]) => `- ${WORDS[state]}: ${meaning}`).join('\n'),
    matrices.length === 0 ? 'Nothing is kept that has to be let go of.' : summaryOf(report),
  ];
  for (const [index, matrix] of matrices.entries()) {
    if (matrices[index - 1]?.file !== matrix.file) parts.push(`## ${code(matrix.file)}`);
    parts.push(`### ${matrix.owner === '' ? ownerTitle(matrix) : code(matrix.owner)}`, table(matrix));
  }
  return `${parts.join('\n\n')}\n`;
}

function table({ columns, rows }: ReportedMatrix): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['state', 'kind', 'kept', ...columns.map(({ name }) => code(name)), 'note'];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) => line([code(row.name), plain(row.noun), row.per === 'key' ? 'per key' : 'once', ...row.cells.map(({ state }) => (state === 'skipped' ? `**${WORDS[state]}**` : WORDS[state])), row.release === 'nowhere' ? `**${plain(noteOn(row))}**` : plain(noteOn(row))])),
  ].join('\n');
}

/** A name as code, whatever is in it: backticks get a longer fence, and a bar would end the cell. */
export function code(name: string): string {
  const safe = visible(name).replaceAll('|', '\\|');
  const fence = '`'.repeat(1 + Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length === 1 ? `\`${safe}\`` : `${fence} ${safe} ${fence}`;
}

/** Plain text: nothing in it is markup, and nobody is mentioned by it. */
export function plain(words: string): string {
  return visible(words).replaceAll('&', '&amp;').replace(/[\\`*_[\]<>|#~]/g, '\\$&').replaceAll('@', '@<!-- -->');
}
