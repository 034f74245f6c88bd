import { codeFrameColumns } from '@babel/code-frame';
import type { Paint } from '../console.js';
import type { Report, ReportedFinding } from '../report.js';
import { visible } from '../visible.js';
import { count, wrap } from '../wrap.js';
import type { Details } from './details.js';
import { describeRelated } from './roles.js';
import { summaryOf } from './summary.js';

/** Spaces before what belongs to a finding. */
const INDENT = '      ';
/** Lines shown before and after the reported one. */
const AROUND = 2;

/** The report for a person: findings by file, then a summary; empty if there is nothing to say. */
export function stylish(report: Report, { sources }: Details, verbose: boolean, paint: Paint): string {
  const { findings, suppressed } = report;
  if (findings.length === 0 && suppressed.length === 0) return '';
  const blocks: string[] = [];
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const own = findings.filter((finding) => finding.file === file);
    blocks.push([paint('underline', visible(file)), ...own.map((finding) => block(finding, verbose ? { source: sources.get(file) } : undefined, paint))].join('\n'));
  }
  const hasError = findings.some(({ confidence }) => confidence === 'certain');
  const colour = hasError ? 'red' : 'yellow';
  blocks.push([paint(findings.length === 0 ? 'green' : [colour, 'bold'], summaryOf(report)), ...repairHint(findings)].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

/** What `leakproof fix` could do, as ESLint says it of `--fix`. */
function repairHint(findings: readonly ReportedFinding[]): string[] {
  const offers = findings.flatMap(({ repair }) => ('safety' in repair ? repair.safety : []));
  if (offers.length === 0) return [];
  const review = offers.filter((safety) => safety === 'review').length;
  return [wrap(`For ${count(offers.length, 'finding')} leakproof fix has a repair${review > 0 ? `; ${review === offers.length ? `${review === 1 ? 'it wants' : 'all want'} --review` : `${review} of them with --review`}` : ''}.`, '')];
}

/** @param details what is shown besides the message, if anything is */
function block(finding: ReportedFinding, details: { readonly source: string | undefined } | undefined, paint: Paint): string {
  const { line, column, rule, message, confidence } = finding;
  const severity = confidence === 'certain' ? paint('red', 'error') : paint('yellow', 'warning');
  const lines = [`  ${paint('dim', `${line}:${column}`)}  ${severity}  ${paint('dim', `leakproof/${rule}`)}`, wrap(visible(message), INDENT)];
  if (details) {
    if (details.source !== undefined) lines.push('', codeFrame(finding, details.source, paint), '');
    for (const [index, reason] of finding.reasons.entries()) {
      lines.push(wrap(`${index + 1}. ${visible(reason.text)} (line ${reason.line})`, INDENT, '   '));
    }
    for (const related of finding.related) lines.push(wrap(visible(`line ${related.line}: ${describeRelated(related)}`), INDENT, '   '));
    const { repair } = finding;
    const offer = 'refused' in repair ? `no repair: ${repair.refused}` : `repair: ${repair.codemod} (${repair.safety})`;
    lines.push(wrap(visible(offer), INDENT, '   '), '');
  }
  return lines.join('\n');
}

/** The reported lines with what stands around them. Only the first of several is marked: a class is no code frame. */
function codeFrame({ line, column, endLine, endColumn }: ReportedFinding, source: string, paint: Paint): string {
  const lines = source.split(/\r\n|[\r\n\u2028\u2029]/);
  const written = lines[line - 1] ?? '';
  // What is made visible gets longer, and the mark moves along.
  const shown = (text: string): string => text.split('\t').map(visible).join('\t');
  const columnOf = (at: number): number => shown(written.slice(0, at - 1)).length + 1;
  const last = endLine === line ? endColumn : written.length + 1;
  const frame = codeFrameColumns(
    // Only what can be seen is worth the work.
    lines.map((text, index) => (Math.abs(index + 1 - line) <= AROUND ? shown(text) : '')).join('\n'),
    { start: { line, column: columnOf(column) }, end: { line, column: Math.max(columnOf(last), columnOf(column) + 1) } },
    { forceColor: paint('red', 'x') !== 'x', linesAbove: AROUND, linesBelow: AROUND },
  );
  return frame.split('\n').map((row) => `${INDENT}${row}`.trimEnd()).join('\n');
}
