import fc from 'fast-check';
import { expect } from 'vitest';
import { codemods } from '../../codemods/index.js';
import { fingerprintsOf } from '../../src/cli/fingerprint.js';
import type { Codemod } from '../../src/codemod/codemod.js';
import { planRepair } from '../../src/codemod/plan.js';
import { repairFile, type FileRepair } from '../../src/codemod/run.js';
import { analyze, DEFAULT_SETTINGS, findOverlap, isFinding, type Analysis } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';
import { foundByCommand, foundByLinter } from '../plugin/two-doors.js';
import { NAMES, OTHER_NAMES, programs, textOf, type Names } from './programs.js';
import { FORMATS } from './spellings.js';

const PATH = 'src/sample.js';

/** What must be so for every program of the grammar. */
export const PROPERTIES: Readonly<Record<string, fc.IProperty<unknown>>> = {
  'a program parses, and is judged twice alike': property((text) => {
    expect(described(analysisOf(text))).toEqual(described(analysisOf(text)));
  }),

  'other names change no judgement': fc.property(programs, (program) => {
    const renamed = described(analysisOf(textOf(program, OTHER_NAMES))).map((finding) => translated(finding, OTHER_NAMES, NAMES)).sort();
    expect(renamed).toEqual(described(analysisOf(textOf(program))));
  }),

  'another format changes no judgement and no fingerprint': property((text) => {
    const before = fingerprinted(analysisOf(text));
    for (const [name, format] of Object.entries(FORMATS)) expect(fingerprinted(analysisOf(format(text))), name).toEqual(before);
  }),

  'the linter and the command find the same': property((text) => {
    for (const parser of ['espree', 'typescript-eslint'] as const) expect(foundByLinter(PATH, text, parser).sort()).toEqual(foundByCommand(PATH, text)?.sort());
  }),

  'planned edits lie within the text, and none touches another': property((text) => {
    const analysis = analysisOf(text);
    for (const finding of analysis.verdicts.filter(isFinding)) {
      for (const codemod of codemods) {
        const plan = planRepair(finding, analysis, [codemod]);
        if ('refused' in plan) continue;
        expect(findOverlap(plan.edits)).toBeUndefined();
        for (const { start, end } of plan.edits) expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }
    }
  }),

  'a repair repairs, brings no new finding, and has nothing left to do': property((text) => {
    const before = described(analysisOf(text));
    const repair = repaired(text, codemods);
    const after = described(analysisOf(repair.text));
    // That the finding is gone is for a gate to see; that edits apply and leave the rest alone is for the codemod.
    expect(repair.failed.filter(({ gate }) => gate !== 'finding-gone')).toEqual([]);
    expect(after.length).toBeLessThanOrEqual(before.length - repair.repaired.length);
    expect(repaired(repair.text, codemods)).toMatchObject({ text: repair.text, changed: false, repaired: [] });
  }),

  'codemods come to an end in whatever order they run': fc.property(programs, fc.shuffledSubarray([...codemods], { minLength: codemods.length }), (program, order) => {
    let text = textOf(program);
    // What one of them leaves may be for another that ran before it, so they run again; each round makes the findings fewer.
    for (let rounds = described(analysisOf(text)).length; ; rounds--) {
      const before = text;
      for (const codemod of order) text = repaired(text, [codemod]).text;
      if (text === before) return;
      expect(rounds, 'rounds that may still change something').toBeGreaterThan(0);
    }
  }),
};

/** A property of the text of a program. */
function property(check: (text: string) => void): fc.IProperty<unknown> {
  return fc.property(programs, (program) => { check(textOf(program)); });
}

function analysisOf(text: string): Analysis {
  const parsed = parse(PATH, text);
  if ('error' in parsed) throw new Error(`line ${parsed.error.line}: ${parsed.error.message}\n${text}`);
  return analyze(parsed.ok);
}

/** Everything that is reported, without places; sorted, since members may stand in another order. */
function described({ verdicts }: Analysis): string[] {
  return verdicts.filter(isFinding).map(({ rule, kind, owner, symbol, outcome, reasons }) => [outcome, rule, kind, owner, symbol, ...reasons.map(({ code }) => code)].join(' ')).sort();
}

function fingerprinted(analysis: Analysis): string[] {
  const findings = analysis.verdicts.filter(isFinding);
  const fingerprints = fingerprintsOf(findings, analysis.model);
  return findings.map((finding) => `${finding.outcome} ${finding.rule} ${finding.symbol} ${fingerprints.get(finding) ?? ''}`);
}

function repaired(text: string, some: readonly Codemod[]): FileRepair {
  return repairFile({ path: PATH, text }, { codemods: some, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS });
}

function translated(text: string, from: Names, to: Names): string {
  const words = new Map(namesIn(from).map((name, index) => [name, namesIn(to)[index] ?? name]));
  return text.replace(/[A-Za-z]+/g, (word) => words.get(word) ?? (word === `create${from.owner}` ? `create${to.owner}` : word));
}

function namesIn({ things, ...rest }: Names): string[] {
  return [...Object.values(rest), ...things];
}
