import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/all.js';
import { planRepair } from '../../src/codemod/plan.js';
import { analyze, isFinding } from '../../src/core/index.js';
import leakproof from '../../src/index.js';
import { parse } from '../../src/project/parse.js';

const CASES = fileURLToPath(new URL('../codemods', import.meta.url));

/** The rules of which the codemods' cases hold a finding with a safe repair of one edit. */
function rulesRepairedUnseen(): string[] {
  const texts = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((name) => /(?:^|[\\/])before\.\w+$/u.test(name));
  const repaired = texts.flatMap((name) => {
    const parsed = parse(name, readFileSync(`${CASES}/${name}`, 'utf8'));
    if ('error' in parsed) return [];
    const analysis = analyze(parsed.ok);
    return analysis.verdicts.filter(isFinding).filter((finding) => {
      const plan = planRepair(finding, analysis, codemods);
      return 'edits' in plan && plan.safety === 'safe' && plan.edits.length === 1;
    });
  });
  return [...new Set(repaired.map(({ rule }) => rule))].sort();
}

const saying = (says: (meta: (typeof leakproof.rules)[string]['meta']) => unknown) => Object.entries(leakproof.rules).filter(([, { meta }]) => says(meta)).map(([id]) => id);

describe('what the rules promise', () => {
  it('is a fix where a codemod has one, and nowhere else', () => {
    expect(saying(({ fixable }) => fixable).sort()).toEqual(rulesRepairedUnseen());
  });

  it('is a suggestion for findings that an editor can answer', () => {
    expect(saying(({ hasSuggestions }) => hasSuggestions)).toEqual(Object.keys(leakproof.rules));
  });
});
