import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Confidence, RuleId } from '../core/index.js';
import { version } from '../plugin/package.js';
import { compareNames } from '../project/discover.js';
import type { Settings } from '../project/settings.js';
import { BASELINE, BASELINE_FILE, compare, entryOf, readBaseline, writeBaseline, type BaselineEntry, type PresentFinding } from './baseline.js';
import type { Console } from './console.js';
import { Exit } from './exit.js';
import type { RecordedFinding } from './file-record.js';
import { judgeTargets, type JudgeOptions } from './judge-targets.js';
import type { Format } from './formats.js';
import { newOnes } from './new-ones.js';
import type { Store } from './project-records.js';
import { detailsFor, render } from './report/formats.js';
import type { Report, ReportedFinding, SuppressedFinding } from './report.js';
import type { Tally } from './tally.js';
import { siftAnswered } from './verdict-filter.js';
import { visible } from './visible.js';
import { count, wrap } from './wrap.js';

export interface ScanOptions extends JudgeOptions {
  readonly format: Format;
  readonly rule?: readonly RuleId[];
  readonly confidence?: Confidence;
  /** How many likely findings are no failure; without it, any number. */
  readonly maxWarnings?: number;
  /** Whether each finding comes with its reasons. */
  readonly verbose?: boolean;
  readonly stats?: boolean;
  /** A file of findings that the project lives with. */
  readonly baseline?: string;
  /** Whether that file is to hold the findings of now. */
  readonly updateBaseline?: boolean;
}

/**
 * Reports what leaks in the files that the paths stand for.
 *
 * @param output takes the report
 * @param console takes all else
 */
export async function scan(
  paths: readonly string[],
  options: ScanOptions,
  output: Console,
  console: Console,
  /** Where what is known of a root is kept; without it, in the cache. */
  storeOf?: (root: string, settings: Settings) => Store,
): Promise<Exit> {
  const start = performance.now();
  const path = options.baseline ?? (options.updateBaseline ? BASELINE_FILE : undefined);
  // An unreadable baseline is known before the work.
  const baseline = path === undefined ? undefined : readBaseline(path, options.updateBaseline ?? false);
  const details = detailsFor(options.format, options.verbose ?? false);
  const findings: ReportedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const present: PresentFinding[] = [];
  const wanted = { confidence: options.confidence, rules: options.rule };
  const tally = await judgeTargets(paths, options, console, (judged) => {
    const { source, settings, suppressions, findings: all, before } = judged;
    const sifted = siftAnswered(all, source.name, wanted, settings, suppressions);
    const old = before && siftAnswered(before, source.name, wanted, settings, suppressions);
    const reported = new Map(newOnes(sifted.findings, old?.findings ?? []).map((finding) => [finding, reportOf(finding)]));
    findings.push(...reported.values());
    const answered = sifted.suppressed.map(({ finding, by, reason }) => ({ ...reportOf(finding), by, reason }));
    suppressed.push(...newOnes(answered, old?.suppressed.map(({ finding }) => finding) ?? []));
    details.add(judged, reported);
    const silenced = new Set(sifted.suppressed.map(({ finding }) => finding));
    present.push(...all.filter((finding) => !silenced.has(finding)).map((finding) => ({ ...entryOf(finding), reported: reported.get(finding) })));
  }, storeOf);
  const known = path !== undefined && baseline ? applyBaseline(path, baseline, present, tally, options.updateBaseline ?? false, console) : NONE;
  const report: Report = {
    version,
    root: tally.root.replaceAll('\\', '/'),
    files: tally.judged,
    findings: findings.filter((finding) => !known.has(finding)).sort(byPlace),
    suppressed: [...suppressed, ...[...known].map((finding) => ({ ...finding, by: BASELINE, reason: `listed in ${path ?? ''}` }))].sort(byPlace),
    skipped: tally.skipped,
    durationMs: Math.round(performance.now() - start),
  };
  output.result(await render(report, options.format, details, options.verbose ?? false, output));
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

const NONE: ReadonlySet<ReportedFinding> = new Set();

/** The findings that the baseline answers, which is written anew if asked for; else its needless entries are told. */
function applyBaseline(path: string, baseline: readonly BaselineEntry[], present: readonly PresentFinding[], { names, root }: Tally, isUpdated: boolean, console: Console): ReadonlySet<ReportedFinding> {
  const sorted = [...present].sort((left, right) => compareNames(left.file, right.file));
  const { known, stale, updated } = compare(baseline, sorted, (file) => names.has(file) || !existsSync(join(root, file)));
  if (isUpdated) {
    writeBaseline(path, updated);
    const added = updated.length - (baseline.length - stale.length);
    console.note(`${path} now lists ${count(updated.length, 'finding')}: ${added} added, ${stale.length} gone.`);
    return new Set(present.flatMap(({ reported }) => reported ?? []));
  }
  if (stale.length > 0) {
    const places = stale.map(({ file, rule, symbol }) => `${file} ${rule} ${symbol}`).join(', ');
    console.note(wrap(visible(`${count(stale.length, 'finding')} of ${path} ${stale.length === 1 ? 'is' : 'are'} gone (${places}). --update-baseline takes ${stale.length === 1 ? 'it' : 'them'} out.`), '', '  '));
  }
  return known;
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

