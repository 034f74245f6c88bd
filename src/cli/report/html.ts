import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { htmlText } from '../html-text.js';
import { matrixSource, matrixTable } from '../matrix/html.js';
import type { ReportedMatrix } from '../matrix/report.js';
import { STYLE } from '../matrix/style.js';
import type { Report, ReportedFinding, SkippedFile, SuppressedFinding } from '../report.js';
import type { Details } from './details.js';
import { excerptOf, type ExcerptLine } from './excerpt.js';
import { FILTER } from './html-filter.js';
import { REPORT_STYLE } from './html-style.js';
import { describeRelated } from './roles.js';
import { folderCounts, ruleCounts, summaryOf, type Counts } from './summary.js';

/** So many findings are shown open; more would bury the list. */
const OPEN = 10;

/**
 * The report as one page with everything in it and no network. It can be read
 * without its script, which only filters; colours follow the reader's.
 */
export function html(report: Report, { sources, matrices }: Details): string {
  const { findings, suppressed, skipped } = report;
  const files = [...new Set(findings.map(({ file }) => file))];
  const numbers = new Map(findings.map((finding, index) => [finding, index + 1]));
  const isOpen = findings.length <= OPEN;
  const sections = files.map((file, index) => {
    const own = findings.filter((finding) => finding.file === file);
    const source = sources.get(file) ?? '';
    return section(file, `f${index + 1}`, [
      ...own.map((finding) => article(finding, `x${numbers.get(finding) ?? 0}`, source, isOpen)),
      matrixOf(file, `f${index + 1}`, source, matrices.filter((one) => one.file === file)),
    ]);
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(FILTER).digest('base64')}'">
<title>Leakproof: ${summaryOf(report)}</title>
<style>
${STYLE}${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>What leaks</h1>
<p>${summaryOf(report)}</p>
${findings.length === 0 ? '' : overview(findings)}
</header>
<main>
${sections.join('\n')}
</main>
${suppressed.length === 0 ? '' : suppressedList(suppressed)}
${skipped.length === 0 ? '' : skippedList(skipped)}
<footer>Made by leakproof ${htmlText(report.version)}.</footer>
<script>${FILTER}</script>
</body>
</html>
`;
}

function overview(findings: readonly ReportedFinding[]): string {
  const rules = ruleCounts(findings).map(({ rule, ...counts }) => ({ key: rule, ...counts }));
  const folders = folderCounts(findings).map(({ folder, ...counts }) => ({ key: folder, ...counts }));
  const options = (names: readonly string[]): string => names.map((name) => `<option value="${htmlText(name)}">${htmlText(name)}</option>`).join('');
  const keys = (rows: readonly { readonly key: string }[]): string[] => rows.map(({ key }) => key).sort();
  return `<div class="overview">
${countTable('rule', rules)}
${countTable('folder', folders)}
</div>
<form id="filter" role="search" aria-label="Filter the findings" hidden>
<label>Rule <select name="rule"><option value="">all</option>${options(keys(rules))}</select></label>
<label>Folder <select name="folder"><option value="">all</option>${options(keys(folders))}</select></label>
<label>Confidence <select name="confidence"><option value="">all</option>${options(['certain', 'likely'])}</select></label>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="name, file, message"></label>
<button type="reset">Show all</button>
<output id="count" aria-live="polite"></output>
</form>`;
}

/** Numbers of findings; each name leads to its findings alone. */
function countTable(what: 'rule' | 'folder', rows: readonly (Counts & { readonly key: string })[]): string {
  const body = rows.map(({ key, certain, likely }) => `<tr><th scope="row"><a href="#${what}=${encodeURIComponent(key.replace(/\p{Surrogate}/gu, '\uFFFD'))}"><code>${htmlText(key)}</code></a></th><td>${certain}</td><td>${likely}</td></tr>`);
  return `<div class="scroll" role="region" aria-labelledby="by-${what}" tabindex="0">
<table>
<caption id="by-${what}">By ${what}</caption>
<thead><tr><th scope="col">${what}</th><th scope="col">certain</th><th scope="col">likely</th></tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>`;
}

function section(file: string, anchor: string, parts: readonly string[]): string {
  return `<section class="file" aria-labelledby="${anchor}">
<h2 id="${anchor}"><code>${htmlText(file)}</code></h2>
${parts.filter((part) => part !== '').join('\n')}
</section>`;
}

function article(finding: ReportedFinding, anchor: string, source: string, isOpen: boolean): string {
  const { rule, file, line, column, confidence, message, reasons, related, repair } = finding;
  const lines = excerptOf(finding, source);
  const named = new Set(lines.map(({ number }) => number));
  const link = (at: number): string => (named.has(at) ? `<a href="#${anchor}-L${at}">line ${at}</a>` : `line ${at}`);
  const steps = reasons.map((reason) => `<li>${htmlText(reason.text)} (${link(reason.line)})</li>`);
  const places = related.map((place) => `<li>${link(place.line)}: ${htmlText(describeRelated(place))}</li>`);
  const offer = 'refused' in repair ? `No repair: ${htmlText(repair.refused)}` : `Repaired by <code>leakproof fix --codemod ${htmlText(repair.codemod)}${repair.safety === 'review' ? ' --review' : ''}</code>, ${repair.safety === 'review' ? 'which wants a look' : 'which is safe'}.`;
  return `<details class="finding" id="${anchor}" data-rule="${htmlText(rule)}" data-folder="${htmlText(dirname(file))}" data-confidence="${confidence}"${isOpen ? ' open' : ''}>
<summary><span class="place">${line}:${column}</span> <span class="${confidence}">${confidence}</span> <code>${htmlText(rule)}</code> <span class="message">${htmlText(message)}</span></summary>
${lines.length === 0 ? '' : `<pre tabindex="0">${lines.map((one) => excerptLine(one, anchor)).join('\n')}</pre>`}
${steps.length === 0 ? '' : `<h3>Why</h3>\n<ol>${steps.join('')}</ol>`}
${places.length === 0 ? '' : `<h3>Where</h3>\n<ul>${places.join('')}</ul>`}
<p>${offer}</p>
</details>`;
}

function excerptLine({ number, text, mark, notes, isAfterGap }: ExcerptLine, anchor: string): string {
  const gap = isAfterGap ? '<span class="gap">⋯</span>' : '';
  const note = notes.length === 0 ? '' : ` <span class="tag">${htmlText(notes.join('; '))}</span>`;
  return `${gap}<span class="line${mark ? ` ${mark}` : ''}" id="${anchor}-L${number}"><span class="number">${number}</span>${htmlText(text, '\t')}${note}</span>`;
}

function matrixOf(file: string, anchor: string, source: string, matrices: readonly ReportedMatrix[]): string {
  if (matrices.length === 0) return '';
  return `<details class="matrix">
<summary>What is kept there, and what lets go of it</summary>
${matrices.map((matrix, index) => matrixTable(matrix, anchor, `${anchor}-t${index + 1}`)).join('\n')}
${matrixSource(file, source, matrices, anchor)}
</details>`;
}

function suppressedList(suppressed: readonly SuppressedFinding[]): string {
  const items = suppressed.map(({ file, line, rule, symbol, by, reason }) => `<li><code>${htmlText(`${file}:${line}`)}</code> ${htmlText(rule)} <code>${htmlText(symbol)}</code>, by ${htmlText(by)}${reason === '' ? '' : `: ${htmlText(reason)}`}</li>`);
  return `<details class="aside"><summary>${suppressed.length} suppressed</summary><ul>${items.join('')}</ul></details>`;
}

function skippedList(skipped: readonly SkippedFile[]): string {
  const items = skipped.map(({ file, line, column, reason }) => `<li><code>${htmlText([file, line, column].filter((part) => part !== undefined).join(':'))}</code> ${htmlText(reason)}</li>`);
  return `<details class="aside"><summary>${skipped.length} skipped</summary><ul>${items.join('')}</ul></details>`;
}
