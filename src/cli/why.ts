import { statSync } from 'node:fs';
import type { Verdict } from '../core/index.js';
import type { Console } from './console.js';
import { CannotRun } from './cannot-run.js';
import { eachFile, type JudgedFile } from './each-file.js';
import { Exit } from './exit.js';
import { Reporter } from './report.js';
import { sift, type Wanted } from './verdict-filter.js';
import { visible } from './visible.js';
import { count, wrap } from './wrap.js';

/** How far from the asked line a candidate may stand and still be meant. */
const NEAR = 2;

const EVERYTHING: Wanted = { confidence: 'likely', rules: undefined };

/**
 * Tells why something is reported at a line, or which release, bound or idiom silenced it.
 *
 * @param place `FILE:LINE`
 */
export async function why(place: string, output: Console): Promise<Exit> {
  const match = /^(.+?):(\d+)(?::\d+)?$/.exec(place);
  const [, path, digits] = match ?? [];
  const line = Number(digits);
  if (!path || !line) throw new CannotRun(`Where? Name a line, as in src/server.ts:42, not ${JSON.stringify(place)}.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CannotRun(`${path} is a folder; name a file and a line, as in src/server.ts:42.`);
  }
  const { skipped } = await eachFile([path], output, (judged) => output.result(explain(judged, line)));
  return skipped.length > 0 ? Exit.CouldNotRun : Exit.Fine;
}

function explain(judged: JudgedFile, line: number): string {
  const { file, source, analysis, lines } = judged;
  if (line > lines.lineCount) throw new CannotRun(`${file} has only ${count(lines.lineCount, 'line')}.`);
  const verdicts = verdictsAt(judged, line);
  if (verdicts.length === 0) {
    return `${wrap(visible(`${file}:${line}: nothing here is a candidate. No rule looks at what this line or its neighbours do.`), '', '  ')}\n`;
  }
  const reporter = new Reporter(file, analysis, lines, new Map(), file.slice(0, file.length - source.name.length));
  return verdicts.map((verdict) => trace(verdict, judged, reporter)).join('\n');
}

/** What stands on the line; else what the line belongs to; else what stands near it. */
function verdictsAt({ analysis, lines }: JudgedFile, line: number): readonly Verdict[] {
  const lineOf = (span: Verdict['span']) => lines.positionOf(span.start).line;
  const tests: ((verdict: Verdict) => boolean)[] = [
    ({ span }) => lineOf(span) === line,
    ({ related, reasons }) => [...related, ...reasons].some(({ span }) => lineOf(span) === line),
    ({ span }) => Math.abs(lineOf(span) - line) <= NEAR,
  ];
  for (const test of tests) {
    const found = analysis.verdicts.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

function trace(verdict: Verdict, judged: JudgedFile, reporter: Reporter): string {
  const { file, analysis, lines, settings, suppressions, source } = judged;
  const { line, column } = lines.positionOf(verdict.span.start);
  const name = verdict.owner ? `${verdict.symbol} in ${verdict.owner}` : verdict.symbol;
  const steps = reporter.reasons(verdict).map(({ text, line: at }, index) => {
    const effect = verdict.reasons[index]?.effect ?? 'evidence';
    return wrap(visible(`${index + 1}. ${effect}: ${text} (line ${at})`), '  ', '   ');
  });
  const { findings, suppressed } = sift(analysis, source.name, EVERYTHING, settings, suppressions);
  const answer = suppressed.find(({ finding }) => finding === verdict);
  const afterword = answer
    ? [visible(`  Suppressed by ${answer.by}${answer.reason ? `: ${answer.reason}` : ''}.`)]
    : verdict.outcome !== 'silent' && !findings.some((finding) => finding === verdict)
      ? ["  Not reported: the project's settings say so."]
      : [];
  return `${[visible(`${file}:${line}:${column}  ${name} (${verdict.kind})`), `  ${verdict.rule}: ${verdict.outcome}`, ...steps, ...afterword].join('\n')}\n`;
}
