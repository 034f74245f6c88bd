import { isFinding, type Confidence, type RuleId } from '../core/index.js';
import { version } from '../plugin/package.js';
import { compareNames } from '../project/discover.js';
import type { Console } from './console.js';
import { eachFile } from './each-file.js';
import { Exit } from './exit.js';
import { fingerprintsOf } from './fingerprint.js';
import { Reporter, type Report, type ReportedFinding, type SuppressedFinding } from './report.js';
import { stylish } from './stylish.js';
import { sift } from './verdict-filter.js';
import { count } from './wrap.js';

export const FORMATS = ['stylish', 'json'] as const;

export interface ScanOptions {
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
export async function scan(paths: readonly string[], options: ScanOptions, output: Console, console: Console): Promise<Exit> {
  const start = performance.now();
  const findings: ReportedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const wanted = { confidence: options.confidence, rules: options.rule };
  const tally = await eachFile(paths, console, ({ file, source, analysis, lines, settings, suppressions }) => {
    const sifted = sift(analysis, source.name, wanted, settings, suppressions);
    if (sifted.findings.length === 0 && sifted.suppressed.length === 0) return;
    // Over all findings, so that a fingerprint does not depend on the options.
    const fingerprints = fingerprintsOf(analysis.verdicts.filter(isFinding), analysis.model.text);
    const reporter = new Reporter(file, analysis, lines, fingerprints, file.slice(0, file.length - source.name.length));
    findings.push(...sifted.findings.map((finding) => reporter.report(finding)));
    suppressed.push(...sifted.suppressed.map(({ finding, by, reason }) => ({ ...reporter.report(finding), by, reason })));
  }, { skipsIdle: true });
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

