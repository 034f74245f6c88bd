import type { RuleId } from '../core/index.js';
import type { Console } from './console.js';
import { CannotRun } from './cannot-run.js';
import { Exit } from './exit.js';
import { pageOfRule } from './page-of-rule.js';

/** Prints the page of a rule. */
export function explain(rule: RuleId, output: Console): Exit {
  const page = pageOfRule(rule);
  if (page === undefined) throw new CannotRun(`The page of ${rule} is missing from this installation.`);
  output.result(page);
  return Exit.Fine;
}
