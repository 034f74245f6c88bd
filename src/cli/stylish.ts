import type { Paint } from './console.js';
import type { Report, ReportedFinding } from './report.js';
import { count, wrap } from './wrap.js';

/** The report for a person: findings by file, then a summary; empty if there is nothing to say. */
export function stylish({ findings, suppressed, skipped, files }: Report, verbose: boolean, paint: Paint): string {
  if (findings.length === 0 && suppressed.length === 0) return '';
  const blocks: string[] = [];
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const own = findings.filter((finding) => finding.file === file);
    blocks.push([paint('underline', file), ...own.map((finding) => block(finding, verbose, paint))].join('\n'));
  }
  const certain = findings.filter(({ confidence }) => confidence === 'certain').length;
  const summary = [
    `${count(findings.length, 'finding')} (${certain} certain, ${findings.length - certain} likely) in ${count(files, 'file')}`,
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(skipped.length > 0 ? [`${count(skipped.length, 'file')} skipped`] : []),
  ].join(', ');
  blocks.push(paint(certain > 0 ? 'red' : 'yellow', `${summary}.`));
  return `${blocks.join('\n\n')}\n`;
}

function block(finding: ReportedFinding, verbose: boolean, paint: Paint): string {
  const { line, column, rule, message, confidence } = finding;
  const severity = confidence === 'certain' ? paint('red', 'error') : paint('yellow', 'warning');
  const lines = [`  ${line}:${column}  ${severity}  leakproof/${rule}`, wrap(message, '      ')];
  if (verbose) {
    for (const [index, reason] of finding.reasons.entries()) {
      lines.push(wrap(`${index + 1}. ${reason.text} (line ${reason.line})`, '      ', '   '));
    }
    for (const { role, name, line: at } of finding.related) lines.push(wrap(`${role}: ${name} (line ${at})`, '      ', '   '));
    const { repair } = finding;
    const offer = 'refused' in repair ? `no repair: ${repair.refused}` : `repair: ${repair.codemod} (${repair.safety})`;
    lines.push(wrap(offer, '      ', '   '));
  }
  return lines.join('\n');
}
