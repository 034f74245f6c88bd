import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { pathText, type Node } from '../syntax/nodes.js';

/** Where the process exits right after a function, if every call of it in the file is followed by that. */
export function exitAfter(fn: FunctionFact, facts: Facts): Node | undefined {
  const exits = facts.tree.all('CallExpression').filter((call) => pathText(call.callee) === 'process.exit');
  const after = facts.functions.callsOf(fn).map((call) => exits.find((exit) => exit.range[0] > call.node.range[1] && facts.functions.around(exit) === call.from));
  return after.every((exit) => exit !== undefined) ? after[0] : undefined;
}
