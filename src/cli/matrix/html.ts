import type { CellState } from '../../core/index.js';
import { htmlText } from '../html-text.js';
import { LEGEND, noteOn, ownerTitle, summaryOf, WORDS } from './words.js';
import type { MatrixReport, ReportedMatrix, ReportedRow } from './report.js';
import { STYLE } from './style.js';

/** What a narrow cell shows; the word is there for those who do not see it. */
const MARKS: Readonly<Record<CellState, string>> = { released: '✓', sometimes: '◐', skipped: '✗', survives: '◇', none: '·' };
/** Lines of the source that are shown around each line that a cell leads to. */
const CONTEXT = 4;

/**
 * One page with everything in it: no script, no network. Each cell leads to its
 * line, the tables can be walked by the keyboard, and colours follow the reader's.
 *
 * @param sources the texts of the files, by name
 */
export function matrixHtml(report: MatrixReport, sources: ReadonlyMap<string, string>): string {
  const files = [...new Set(report.matrices.map(({ file }) => file))];
  const anchors = new Map(files.map((file, index) => [file, `f${String(index + 1)}`]));
  const anchorOf = (file: string): string => anchors.get(file) ?? '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What is kept, and what lets go of it</title>
<style>
${STYLE}</style>
</head>
<body>
<header>
<h1>What is kept, and what lets go of it</h1>
<p>${htmlText(report.matrices.length === 0 ? 'Nothing is kept that has to be let go of.' : summaryOf(report))}</p>
<dl class="legend">${LEGEND.map(([state, meaning]) => `<div><dt class="${state}"><span aria-hidden="true">${MARKS[state]}</span> ${state === 'none' ? '<span class="sr">nothing</span>' : WORDS[state]}</dt><dd>${htmlText(meaning)}</dd></div>`).join('')}</dl>
</header>
<main>
${files.map((file) => section(file, report.matrices.filter((one) => one.file === file), anchorOf(file))).join('\n')}
</main>
<h2 id="sources">Sources</h2>
${files.map((file) => matrixSource(file, sources.get(file) ?? '', report.matrices.filter((one) => one.file === file), anchorOf(file))).join('\n')}
</body>
</html>
`;
}

function section(file: string, matrices: readonly ReportedMatrix[], anchor: string): string {
  return `<section aria-labelledby="${anchor}">
<h2 id="${anchor}"><code>${htmlText(file)}</code></h2>
${matrices.map((matrix, index) => matrixTable(matrix, anchor, `${anchor}-t${String(index + 1)}`)).join('\n')}
</section>`;
}

/** @param anchor what the lines of the source are named after */
export function matrixTable(matrix: ReportedMatrix, anchor: string, id: string): string {
  const { columns, rows } = matrix;
  const lineLink = (line: number, text: string, label?: string): string => `<a href="#${anchor}-L${String(line)}"${label === undefined ? '' : ` aria-label="${htmlText(label)}" title="${htmlText(label)}"`}>${text}</a>`;
  const groups = [['key', 'For each key'], ['object', 'Once']] as const;
  const hasNotes = rows.some((row) => noteOn(row) !== '');
  const note = (row: ReportedRow): string => `<td class="note${row.release === 'nowhere' ? ' skipped' : ''}">${row.elsewhere ? lineLink(row.elsewhere.line, htmlText(noteOn(row))) : htmlText(noteOn(row))}</td>`;
  const cell = (row: ReportedRow, index: number): string => {
    const found = row.cells[index];
    const state = found?.state ?? 'none';
    if (!found?.line) return `<td class="${state}"><span aria-hidden="true">${MARKS[state]}</span><span class="sr">not its job</span></td>`;
    return `<td class="${state}">${lineLink(found.line, MARKS[state], `${row.name}, ${columns[index]?.name ?? ''}: ${WORDS[state]}, line ${String(found.line)}`)}</td>`;
  };
  const body = groups.flatMap(([per, title]) => {
    const own = rows.filter((row) => row.per === per);
    if (own.length === 0) return [];
    return [`<tbody>
<tr class="group"><th scope="rowgroup" colspan="${String(columns.length + (hasNotes ? 2 : 1))}"><span>${title}</span></th></tr>
${own.map((row) => `<tr><th scope="row">${lineLink(row.line, `<code>${htmlText(row.name)}</code>`)} <span class="kind">${htmlText(row.noun)}</span></th>${columns.map((_, index) => cell(row, index)).join('')}${hasNotes ? note(row) : ''}</tr>`).join('\n')}
</tbody>`];
  });
  return `<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table>
<caption id="${id}">${lineLink(matrix.line, `<code>${htmlText(ownerTitle(matrix))}</code>`)}</caption>
<thead><tr><td></td>${columns.map(({ name, line, how }) => `<th scope="col"><div>${lineLink(line, htmlText(name))} <span class="kind">${how}</span></div></th>`).join('')}${hasNotes ? '<th scope="col" class="note">note</th>' : ''}</tr></thead>
${body.join('\n')}
</table>
</div>`;
}

/** The lines of a file that some cell leads to, with a few around each. */
export function matrixSource(file: string, text: string, matrices: readonly ReportedMatrix[], anchor: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n\u2028\u2029]/);
  const named = new Set(matrices.flatMap((matrix) => [matrix.line, ...matrix.columns.map(({ line }) => line), ...matrix.rows.flatMap((row) => [row.line, ...(row.elsewhere ? [row.elsewhere.line] : []), ...row.cells.flatMap(({ line }) => line ?? [])])]));
  const shown = new Set([...named].flatMap((line) => Array.from({ length: 2 * CONTEXT + 1 }, (_, index) => line - CONTEXT + index)).filter((line) => line >= 1 && line <= lines.length));
  let last = 0;
  const rows = [...shown].sort((left, right) => left - right).map((line) => {
    const gap = line > last + 1 ? '<span class="gap">⋯</span>' : '';
    last = line;
    return `${gap}<span class="line" id="${anchor}-L${String(line)}"${named.has(line) ? ' tabindex="-1"' : ''}><span class="number">${String(line)}</span>${htmlText(lines[line - 1] ?? '', '\t')}</span>`;
  });
  return `<section aria-labelledby="${anchor}-source">
<h3 id="${anchor}-source"><code>${htmlText(file)}</code> <a class="back" href="#${anchor}">to its tables</a></h3>
<pre tabindex="0">${rows.join('\n')}</pre>
</section>`;
}
