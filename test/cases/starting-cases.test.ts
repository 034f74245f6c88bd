import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze, isFinding, type Finding } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';
import { expectedFiles } from './expected-findings.js';

/** The findings of one file of the starting cases, in source order. */
function findingsIn(file: string): { findings: Finding[]; lineOf: (finding: Finding) => number } {
  const parsed = parse(file, readFileSync(new URL(file, import.meta.url), 'utf8'));
  if ('error' in parsed) throw new Error(`${file}: ${parsed.error.message}`);
  const { model, verdicts } = analyze(parsed.ok);
  return {
    findings: verdicts.filter(isFinding).filter((finding) => !finding.suppressed),
    lineOf: (finding) => model.text.slice(0, finding.span.start).split('\n').length,
  };
}

for (const { starting, file, findings: expected, silent } of expectedFiles) {
  describe(`case ${starting}, ${file}`, () => {
    const { findings, lineOf } = findingsIn(file);

    it('has exactly the findings that were expected', () => {
      expect(findings.map((finding) => `${finding.rule} ${finding.symbol} in line ${String(lineOf(finding))}`))
        .toEqual(expected.map(({ rule, symbol, line }) => `${rule} ${symbol} in line ${String(line)}`));
    });

    for (const { symbol, skips } of expected) {
      if (!skips) continue;
      it(`says of '${symbol}' all that it skips`, () => {
        const related = findings.find((finding) => finding.symbol === symbol)?.related ?? [];
        expect(related.filter((place) => place.role === 'skipped').map((place) => place.name).sort()).toEqual([...skips].sort());
      });
    }

    for (const symbol of silent) {
      it(`is silent about '${symbol}'`, () => {
        expect(findings.map((finding) => finding.symbol)).not.toContain(symbol);
      });
    }
  });
}
