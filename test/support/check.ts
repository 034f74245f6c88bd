import { expect } from 'vitest';
import { analyze, isFinding, type AnalysisSettings, type Verdict } from '../../src/core/index.js';
import { lineAt } from '../../src/core/facts/statements.js';
import { parse } from '../../src/project/parse.js';
import type { SourceModel } from '../../src/core/index.js';

/**
 * A line of a sample that must be reported ends in `//! <outcome> <rule> <symbol>`, where the
 * outcome is `certain`, `likely`, or `reported` if either will do.
 */
const MARKER = /\/\/! (certain|likely|reported) ([\w-]+) (\S+)\s*$/;

/** A sample as the analysis sees it. The newline behind the opening backtick does not count as a line. */
export function modelOf(code: string, path = 'src/sample.ts'): SourceModel {
  const parsed = parse(path, code.replace(/^\n/, ''));
  if ('error' in parsed) throw new Error(`line ${parsed.error.line}: ${parsed.error.message}`);
  return parsed.ok;
}

/** Every verdict on a sample, the silent ones included. */
export function verdictsOf(code: string, path?: string, settings?: AnalysisSettings): readonly Verdict[] {
  return analyze(modelOf(code, path), settings).verdicts;
}

/** What is reported on a sample, as `certain no-untracked-timer setTimeout:4`; what a comment suppresses is left out. */
export function findingsOf(code: string, path?: string, settings?: AnalysisSettings): string[] {
  const { text } = modelOf(code, path);
  return verdictsOf(code, path, settings)
    .filter((verdict) => isFinding(verdict) && !verdict.suppressed)
    .map((verdict) => `${verdict.outcome} ${verdict.rule} ${verdict.symbol}:${lineAt(text, verdict.span.start)}`);
}

/** Which symbols are reported, by rule, without lines and confidence: what a rewriting must not change. */
export function reportedSymbols(code: string, path?: string): string[] {
  return findingsOf(code, path).map((finding) => finding.replace(/^\w+ /, '').replace(/:\d+$/, '')).sort();
}

/** The marked lines of a sample are reported as marked, and nothing else is. */
export function expectFindings(code: string, path?: string, settings?: AnalysisSettings): void {
  const expected = code.replace(/^\n/, '').split('\n').flatMap((line, index) => {
    const [, outcome = '', rule = '', symbol = ''] = MARKER.exec(line) ?? [];
    return outcome === '' ? [] : [{ outcome, text: `${rule} ${symbol}:${index + 1}` }];
  });
  if (expected.length === 0) throw new Error('the sample marks no finding');
  const either = new Set(expected.filter((one) => one.outcome === 'reported').map((one) => one.text));
  const actual = findingsOf(code, path, settings).map((finding) => {
    const text = finding.replace(/^\w+ /, '');
    return either.has(text) ? `reported ${text}` : finding;
  });
  expect(actual).toEqual(expected.map((one) => `${one.outcome} ${one.text}`));
}

/** Nothing is reported on a sample, whatever the confidence. */
export function expectSilent(code: string, path?: string, settings?: AnalysisSettings): void {
  if (MARKER.test(code)) throw new Error('the sample marks a finding');
  expect(findingsOf(code, path, settings)).toEqual([]);
}

/** Nothing is reported as certain on a sample: an idiom that only lowers the confidence. */
export function expectNothingCertain(code: string, path?: string): void {
  expect(findingsOf(code, path).filter((finding) => finding.startsWith('certain'))).toEqual([]);
}

/** The codes of the reasons for the only verdict of a rule on a sample. */
export function reasonsFor(rule: Verdict['rule'], code: string, path?: string): string[] {
  const verdicts = verdictsOf(code, path).filter((verdict) => verdict.rule === rule);
  expect(verdicts).toHaveLength(1);
  return verdicts.flatMap((verdict) => verdict.reasons.map((reason) => reason.code));
}
