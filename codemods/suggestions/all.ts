import type { Plan } from '../../src/codemod/codemod.js';
import type { Analysis, Finding } from '../../src/core/index.js';
import { releaseInFinally } from './release-in-finally.js';
import { samePhase } from './same-phase.js';
import type { Suggestion } from './suggestion.js';

/** Every suggestion; a rule has one at most. */
const suggestions: readonly Suggestion[] = [releaseInFinally, samePhase];

/** What an editor would do about a finding of a rule that no codemod repairs; undefined if nothing is known of that rule. */
export function planSuggestion(finding: Finding, analysis: Analysis): { readonly title: string; readonly plan: Plan } | undefined {
  const suggestion = suggestions.find(({ rule }) => rule === finding.rule);
  return suggestion && { title: suggestion.title, plan: suggestion.plan(finding, analysis) };
}
