import { readFileSync } from 'node:fs';
import { matricesOf } from '../core/index.js';
import { version } from '../plugin/package.js';
import { compareNames } from '../project/discover.js';
import { systemReason } from '../project/read.js';
import { CannotRun } from './cannot-run.js';
import type { Console } from './console.js';
import { eachFile } from './each-file.js';
import { Exit } from './exit.js';
import type { MatrixFormat } from './formats.js';
import { differences } from './matrix/check.js';
import { matrixHtml } from './matrix/html.js';
import { matrixJson } from './matrix/json.js';
import { matrixMarkdown } from './matrix/markdown.js';
import { reportMatrix, type MatrixReport, type ReportedMatrix } from './matrix/report.js';
import { matrixText } from './matrix/text.js';
import { visible } from './visible.js';
import { wrap } from './wrap.js';

export interface MatrixOptions {
  readonly format: MatrixFormat;
  /** A committed page that must be what would be made now. */
  readonly check?: string;
  /** Whether what earlier runs found out is used and kept. */
  readonly cache?: boolean;
}

/**
 * Tables of what the files keep against all that ends something.
 *
 * @param output takes the tables
 * @param console takes all else
 */
export async function matrix(paths: readonly string[], options: MatrixOptions, output: Console, console: Console): Promise<Exit> {
  // An unreadable page is known before the work.
  const committed = options.check === undefined ? undefined : readPage(options.check);
  const matrices: ReportedMatrix[] = [];
  const sources = new Map<string, string>();
  const tally = await eachFile(paths, console, ({ file, text, analysis, lines }) => {
    const own = matricesOf(analysis.facts).map((one) => reportMatrix(file, one, lines));
    matrices.push(...own);
    if (own.length > 0 && options.format === 'html') sources.set(file, text);
  }, { cache: options.cache ?? true });
  const report: MatrixReport = {
    version,
    root: tally.root.replaceAll('\\', '/'),
    files: tally.judged,
    matrices: matrices.sort((left, right) => compareNames(left.file, right.file) || left.line - right.line),
    skipped: tally.skipped,
  };
  if (tally.judged === 0 && tally.skipped.length > 0) return Exit.CouldNotRun;
  if (options.check !== undefined && committed !== undefined) return compare(committed, options.check, report, paths, output, console);
  if (matrices.length === 0 && tally.judged > 0) console.note('Nothing is kept there that has to be let go of.');
  output.result(render(report, options.format, sources, output));
  return Exit.Fine;
}

function render(report: MatrixReport, format: MatrixFormat, sources: ReadonlyMap<string, string>, output: Console): string {
  switch (format) {
    case 'text':
      return matrixText(report, output.width ?? 80, output.paint);
    case 'markdown':
      return matrixMarkdown(report);
    case 'json':
      return matrixJson(report);
    case 'html':
      return matrixHtml(report, sources);
  }
}

/** Says in which way a committed page is out of date. */
function compare(committed: string, page: string, report: MatrixReport, paths: readonly string[], output: Console, console: Console): Exit {
  const found = differences(committed, matrixMarkdown(report));
  if (found.length === 0) return Exit.Fine;
  output.result(`${[`${page} is out of date:`, ...found.map((sentence) => wrap(visible(sentence), '  - ', '').replace(/\n {2}- /g, '\n    '))].join('\n')}\n`);
  console.note(`Look at the differences, then update it: leakproof matrix ${[...paths, '--format markdown --output-file', page].join(' ')}`);
  return Exit.Found;
}

function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun(`Cannot read ${path}: ${systemReason(error)}.`);
  }
}
