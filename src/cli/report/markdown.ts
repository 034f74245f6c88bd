import { htmlText } from '../html-text.js';
import { code, plain } from '../matrix/markdown.js';
import type { Report, ReportedFinding } from '../report.js';
import { count } from '../wrap.js';
import { ruleCounts, summaryOf } from './summary.js';

/** Characters that a comment on GitHub may have, less some for what stands around it. */
const ROOM = 65_536 - 1_000;

/** The report as a comment on a pull request: a table by rule, then the findings by file, folded. */
export function markdown(report: Report): string {
  const { findings } = report;
  const head = ['## Leakproof', plain(summaryOf(report))];
  if (findings.length === 0) return `${head.join('\n\n')}\n`;
  head.push(table(report));
  let room = ROOM - head.join('\n\n').length;
  const blocks: string[] = [];
  const left: ReportedFinding[] = [];
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const own = findings.filter((finding) => finding.file === file);
    const block = section(file, own);
    if (block.length + 2 > room) {
      left.push(...own);
      continue;
    }
    blocks.push(block);
    room -= block.length + 2;
  }
  if (left.length > 0) blocks.push(`${count(left.length, 'finding')} in ${count(new Set(left.map(({ file }) => file)).size, 'file')} left out, since a comment holds 65,536 characters.`);
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

function table({ findings }: Report): string {
  const rows = ruleCounts(findings).map(({ rule, certain, likely }) => `| ${code(`leakproof/${rule}`)} | ${certain} | ${likely} |`);
  return ['| rule | certain | likely |', '| --- | ---: | ---: |', ...rows].join('\n');
}

function section(file: string, findings: readonly ReportedFinding[]): string {
  const items = findings.map((finding) => `- ${link(finding)} **${finding.confidence === 'certain' ? 'error' : 'warning'}** ${code(`leakproof/${finding.rule}`)}: ${plain(finding.message)}${repair(finding)}`);
  return [`<details>\n<summary>${htmlText(file).replaceAll('@', '@<!-- -->')} (${findings.length})</summary>`, items.join('\n'), '</details>'].join('\n\n');
}

function link({ file, line, endLine }: ReportedFinding): string {
  const path = file.replace(/\p{Surrogate}/gu, '\uFFFD').split('/').map(encodeURIComponent).join('/');
  return `[line ${line}](<${path}#L${line}${endLine > line ? `-L${endLine}` : ''}>)`;
}

function repair({ repair: offer }: ReportedFinding): string {
  if ('refused' in offer) return '';
  return ` Repaired by ${code(`leakproof fix --codemod ${offer.codemod}${offer.safety === 'review' ? ' --review' : ''}`)}.`;
}
