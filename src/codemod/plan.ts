import type { Analysis, Finding } from '../core/index.js';
import type { Codemod, CodemodId, Plan, Refusal, Repair, RepairValues } from './codemod.js';

/** What would be done about a finding and by which codemod, or why nothing is. */
export type RepairPlan = (Repair & { readonly codemod: CodemodId }) | (Refusal & { readonly codemod?: CodemodId });

/**
 * Asks the codemods of the finding's rule, in their order, after one that a
 * person has asked for; the first that knows a repair is taken. If none does, the
 * first refusal is the answer.
 */
export function planRepair(finding: Finding, analysis: Analysis, codemods: readonly Codemod[], values: RepairValues = {}): RepairPlan {
  let refusal: RepairPlan | undefined;
  const fitting = codemods.filter(({ rules }) => rules.includes(finding.rule));
  const isFirst = (codemod: Codemod): boolean => codemod.isAskedFor?.(finding, values) ?? false;
  for (const codemod of [...fitting.filter(isFirst), ...fitting.filter((one) => !isFirst(one))]) {
    const plan = planOf(codemod, finding, analysis, values);
    if (!('refused' in plan)) return { codemod: codemod.id, ...plan };
    refusal ??= { codemod: codemod.id, refused: plan.refused };
  }
  return refusal ?? { refused: `No codemod repairs ${finding.rule} yet.` };
}

/** A codemod that stumbles over odd code has no repair for it; that must not end a scan. */
function planOf(codemod: Codemod, finding: Finding, analysis: Analysis, values: RepairValues): Plan {
  try {
    return codemod.plan(finding, analysis, values);
  } catch (error) {
    return { refused: `${codemod.id} failed on this code: ${error instanceof Error ? error.message : String(error)}` };
  }
}
