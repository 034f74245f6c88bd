import { isAbsolute, relative } from 'node:path';
import type { Report, ReportedFinding } from '../report.js';
import { visible } from '../visible.js';
import { count } from '../wrap.js';

/** GitHub shows at most as many annotations of a kind for each step, and drops the others without a word. */
const LIMIT = 10;

/**
 * The findings as workflow commands, which GitHub Actions shows beside the
 * lines of a pull request: as many as it takes, and one that says how many
 * more there are.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * @param workspace absolute path of the checked-out repository, which annotations are relative to; without it, the root of the report
 */
export function github(report: Report, workspace: string | undefined): string {
  const prefix = prefixOf(report.root, workspace);
  const shown = (['certain', 'likely'] as const).flatMap((level) => report.findings.filter(({ confidence }) => confidence === level).slice(0, LIMIT));
  const lines = shown.map((finding) => annotation(finding, prefix));
  const rest = report.findings.length - shown.length;
  if (rest > 0) lines.push(command('notice', { title: 'leakproof' }, `${count(rest, 'more finding')} ${rest === 1 ? 'is' : 'are'} not shown here: GitHub takes ${LIMIT} errors and ${LIMIT} warnings of a step. The log of leakproof scan without --format github has them all.`));
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ file, line, endLine, column, rule, confidence, message }: ReportedFinding, prefix: string): string {
  const properties = { file: `${prefix}${file}`, line, endLine, col: column, title: `leakproof/${rule}` };
  return command(confidence === 'certain' ? 'error' : 'warning', properties, message);
}

/** Where the root lies in the workspace, as `packages/a/`; empty if it is the workspace or lies elsewhere. */
function prefixOf(root: string, workspace: string | undefined): string {
  const path = workspace ? relative(workspace, root) : '';
  return path === '' || path.startsWith('..') || isAbsolute(path) ? '' : `${path.replaceAll('\\', '/')}/`;
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${encode(visible(String(value)), /[%\r\n:,]/g)}`);
  return `::${name} ${pairs.join(',')}::${encode(visible(message), /[%\r\n]/g)}`;
}

/** As `@actions/core` does it: what would end a value is given by its code. */
function encode(text: string, reserved: RegExp): string {
  return text.replace(reserved, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
