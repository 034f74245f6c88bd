import { isFinding, type Analysis, type Edit, type Finding } from '../../core/index.js';
import type { Codemod, RepairValues } from '../../codemod/codemod.js';
import { editsApply } from '../../codemod/gates/edits-apply.js';
import type { Gate } from '../../codemod/gates/pass-gates.js';
import { restUntouched } from '../../codemod/gates/rest-untouched.js';
import { planRepair } from '../../codemod/plan.js';
import { keyOfFinding, type ProjectState } from '../project-state.js';

/** Edits of several files that wait for their judgement. */
export interface SpanningTrial {
  readonly finding: Finding;
  /** The file with the finding, by its name from the root, as all files here. */
  readonly file: string;
  readonly parts: ReadonlyMap<string, readonly Edit[]>;
  readonly codemods: readonly Codemod[];
  readonly values: RepairValues;
}

type Passage = { readonly after: ProjectState } | { readonly gate: Gate; readonly why: string };

/**
 * Makes the edits in memory, links the project with the new texts, and asks every
 * gate that one file has to pass of all of them: findings are compared in the
 * whole project.
 *
 * @param textsWith the texts of the files with the edits, byte order marks included
 */
export function passSpanningGates(trial: SpanningTrial, before: ProjectState, textsWith: () => ReadonlyMap<string, string>): Passage {
  for (const [file, edits] of trial.parts) {
    const analysis = before.analysisOf(file);
    const unfit = analysis ? editsApply(analysis.model.text, edits) : 'it cannot be read.';
    if (unfit !== undefined) return { gate: 'edits-apply', why: `In ${file}: ${unfit}` };
  }
  // Counted first: what is found out for it, the other state need not find out again.
  const had = before.countFindings();
  const after = before.with(textsWith());
  if ('unreadable' in after) return { gate: 'result-parses', why: `The repaired ${after.file} ${after.unreadable}.` };
  const why = findingGone(trial, had, after.countFindings());
  if (why !== undefined) return { gate: 'finding-gone', why };
  if (isRepairedAgain(trial, after)) return { gate: 'second-run-empty', why: 'A second run would change the repaired code again.' };
  const touched = findTouched(trial, before, after);
  return touched === undefined ? { after } : { gate: 'rest-untouched', why: touched };
}

function findingGone({ finding: { rule, symbol, owner }, file }: SpanningTrial, had: ReadonlyMap<string, number>, has: ReadonlyMap<string, number>): string | undefined {
  const key = keyOfFinding({ file, rule, symbol, owner });
  if ((has.get(key) ?? 0) >= (had.get(key) ?? 0)) return `The repaired code still has the finding (${describe(key)}).`;
  for (const [other, count] of has) if (count > (had.get(other) ?? 0)) return `The repaired code has a finding that was not there (${describe(other)}).`;
  return undefined;
}

function describe(key: string): string {
  const [file, rule, symbol, owner] = JSON.parse(key) as [string, string, string, string];
  return `${rule}: ${owner === '' ? symbol : `${owner}.${symbol}`} in ${file}`;
}

/** Whether one of the written files has a finding about the same thing that could be repaired. */
function isRepairedAgain({ finding, parts, codemods, values }: SpanningTrial, after: ProjectState): boolean {
  return [...parts.keys()].some((file) => {
    const analysis = after.analysisOf(file) as Analysis;
    return analysis.verdicts.filter(isFinding).some((other) => {
      if (other.rule !== finding.rule || other.symbol !== finding.symbol || other.owner !== finding.owner) return false;
      if (!('refused' in planRepair(other, analysis, codemods, values))) return true;
      return codemods.some((codemod) => {
        const plan = codemod.rules.includes(other.rule) ? codemod.planSpanning?.(other, file, after, values) : undefined;
        return plan !== undefined && !('refused' in plan);
      });
    });
  });
}

function findTouched({ finding, parts, codemods, values }: SpanningTrial, before: ProjectState, after: ProjectState): string | undefined {
  for (const [file, edits] of parts) {
    const why = restUntouched({ finding, edits, before: before.analysisOf(file) as Analysis, after: after.analysisOf(file) as Analysis, codemods, values });
    if (why !== undefined) return `In ${file}: ${why}`;
  }
  return undefined;
}
