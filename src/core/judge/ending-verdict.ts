import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Related, Verdict } from '../findings.js';
import { functionOwner } from '../questions/owner-name.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';
import type { Argument } from './argument.js';

/** A thing that an ending leaves out: what it is called, and where it stands. */
export interface LeftOut {
  readonly name: string;
  readonly node: Node;
}

/** The verdict on a function with which the program, or an object, ends. */
export function endingVerdict(kind: string, fn: FunctionFact, node: Node, symbol: string, skipped: readonly LeftOut[], argument: Argument, facts: Facts): Verdict {
  const related: Related[] = skipped.map((one) => ({ role: 'skipped', name: one.name, span: spanOf(one.node) }));
  return {
    rule: 'no-partial-exit-handler', kind, span: spanOf(node), symbol, owner: fn === facts.functions.module ? '' : functionOwner(fn),
    outcome: argument.outcome, reasons: argument.reasons, related, subject: { type: 'ending', node },
  };
}
