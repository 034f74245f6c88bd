import type { Confidence, RuleId } from '../core/index.js';
import { version } from '../plugin/package.js';
import { compareNames } from '../project/discover.js';
import type { Console } from './console.js';
import { Exit } from './exit.js';
import type { RecordedFinding } from './file-record.js';
import { judgeTargets, type JudgeOptions } from './judge-targets.js';
import { newOnes } from './new-ones.js';
import type { Report, ReportedFinding, SuppressedFinding } from './report.js';
import { stylish } from './stylish.js';
import { siftAnswered } from './verdict-filter.js';
import { count } from './wrap.js';

export const FORMATS = ['stylish', 'json'] as const;

export interface ScanOptions extends JudgeOptions {
  readonly format: (typeof FORMATS)[number];
  readonly rule?: readonly RuleId[];
  readonly confidence?: Confidence;
  /** How many likely findings are no failure; without it, any number. */
  readonly maxWarnings?: number;
  /** Whether each finding comes with its reasons. */
  readonly verbose?: boolean;
  readonly stats?: boolean;
}

/**
 * Reports what leaks in the files that the paths stand for.
 *
 * @param output takes the report
 * @param console takes all else
 */
export function scan(paths: readonly string[], options: ScanOptions, output: Console, console: Console): Exit {
  const start = performance.now();
  const findings: ReportedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const wanted = { confidence: options.confidence, rules: options.rule };
  const tally = judgeTargets(paths, options, console, ({ source, settings, suppressions, findings: found, before }) => {
    const sifted = siftAnswered(found, source.name, wanted, settings, suppressions);
    const old = before && siftAnswered(before, source.name, wanted, settings, suppressions);
    findings.push(...newOnes(sifted.findings, old?.findings ?? []).map(reportOf));
    const answered = sifted.suppressed.map(({ finding, by, reason }) => ({ ...reportOf(finding), by, reason }));
    suppressed.push(...newOnes(answered, old?.suppressed.map(({ finding }) => finding) ?? []));
  });
  const report: Report = {
    version,
    root: tally.root.replaceAll('\\', '/'),
    files: tally.judged,
    findings: findings.sort(byPlace),
    suppressed: suppressed.sort(byPlace),
    skipped: tally.skipped,
    durationMs: Math.round(performance.now() - start),
  };
  output.result(options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : stylish(report, options.verbose ?? false, output.paint));
  if (options.stats) {
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const seconds = (report.durationMs / 1000).toFixed(1);
    console.note([
      ...[count(tally.judged, 'file'), count(tally.lines, 'line'), `${count(tally.generated, 'generated file')} left out`],
      ...[`${seconds} s`, `${megabytes} MB at the peak.`],
    ].join(', '));
  }
  return exitOf(report, options.maxWarnings ?? Infinity);
}

/** Without its answer, which stands in the report as `by` and `reason`. */
function reportOf(finding: RecordedFinding): ReportedFinding {
  const { answer, ...reported } = finding;
  return answer ? reported : finding;
}

function exitOf({ findings, files, skipped }: Report, maxWarnings: number): Exit {
  if (files === 0 && skipped.length > 0) return Exit.CouldNotRun;
  const errors = findings.filter(({ confidence }) => confidence === 'certain').length;
  return errors > 0 || findings.length - errors > maxWarnings ? Exit.Found : Exit.Fine;
}

function byPlace(left: ReportedFinding, right: ReportedFinding): number {
  return (
    compareNames(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareNames(left.rule, right.rule) ||
    compareNames(left.symbol, right.symbol)
  );
}

