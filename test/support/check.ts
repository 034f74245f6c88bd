import { expect } from 'vitest';
import { lineAt } from '../../src/core/facts/statements.js';
import { analyze, isFinding, type AnalysisSettings, type RuleId, type SourceModel, type Verdict } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';
import { keepSample } from './kept-samples.js';

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

/** What the tests of some rules ask of a sample; what other rules say of it is their own tests' business. */
export interface Checks {
  /** Every verdict, the silent ones included. */
  verdictsOf(code: string, path?: string, settings?: AnalysisSettings): readonly Verdict[];
  /** What is reported, as `certain no-untracked-timer setTimeout:4`; what a comment suppresses is left out. */
  findingsOf(code: string, path?: string, settings?: AnalysisSettings): string[];
  /** The marked lines are reported as marked, and nothing else is. */
  expectFindings(code: string, path?: string, settings?: AnalysisSettings): void;
  /** Nothing is reported, whatever the confidence. */
  expectSilent(code: string, path?: string, settings?: AnalysisSettings): void;
  /** Nothing is reported as certain: an idiom that only lowers the confidence. */
  expectNothingCertain(code: string, path?: string): void;
  /** Every verdict with the codes of its reasons: `silent timers: fired-and-kept goes-with-its-owner`. */
  argumentsOf(code: string, path?: string): string[];
  /** The codes of the reasons for the only verdict. */
  reasonsFor(code: string, path?: string): string[];
}

export function checksFor(...rules: readonly RuleId[]): Checks {
  const verdictsOf: Checks['verdictsOf'] = (code, path, settings) => {
    const model = modelOf(code, path);
    // The settings of a project are files, which the other linters of samples have none of.
    if (!settings) keepSample({ path: model.path, text: model.text });
    return analyze(model, settings).verdicts.filter((verdict) => rules.includes(verdict.rule));
  };

  const findingsOf: Checks['findingsOf'] = (code, path, settings) => {
    const { text } = modelOf(code, path);
    return verdictsOf(code, path, settings)
      .filter((verdict) => isFinding(verdict) && !verdict.suppressed)
      .map((verdict) => `${verdict.outcome} ${verdict.rule} ${verdict.symbol}:${lineAt(text, verdict.span.start)}`);
  };

  return {
    verdictsOf,
    findingsOf,
    expectFindings(code, path, settings) {
      const expected = markedIn(code);
      if (expected.length === 0) throw new Error('the sample marks no finding');
      const either = new Set(expected.filter((one) => one.startsWith('reported ')));
      const actual = findingsOf(code, path, settings).map((finding) => {
        const loose = finding.replace(/^\w+/, 'reported');
        return either.has(loose) ? loose : finding;
      });
      expect(actual).toEqual(expected);
    },
    expectSilent(code, path, settings) {
      if (markedIn(code).length > 0) throw new Error('the sample marks a finding');
      expect(findingsOf(code, path, settings)).toEqual([]);
    },
    expectNothingCertain(code, path) {
      expect(findingsOf(code, path).filter((finding) => finding.startsWith('certain'))).toEqual([]);
    },
    argumentsOf(code, path) {
      return verdictsOf(code, path).map(({ outcome, symbol, reasons, suppressed }) => `${outcome} ${symbol}: ${reasons.map((reason) => reason.code).join(' ')}${suppressed ? ' (suppressed)' : ''}`);
    },
    reasonsFor(code, path) {
      const verdicts = verdictsOf(code, path);
      expect(verdicts).toHaveLength(1);
      return verdicts.flatMap((verdict) => verdict.reasons.map((reason) => reason.code));
    },
  };
}

function markedIn(code: string): string[] {
  return code.replace(/^\n/, '').split('\n').flatMap((line, index) => {
    const [, outcome = '', rule = '', symbol = ''] = MARKER.exec(line) ?? [];
    return outcome === '' ? [] : [`${outcome} ${rule} ${symbol}:${index + 1}`];
  });
}
