import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { bodyNodes, isFunctionNode, lastName, literalText, unwrap, type Node } from '../syntax/nodes.js';

/** Names that are given to what tidies up now and then, and to what ends an object. */
const TIDIES = /^[_#]*clean[uU]p$/;
/** What is to begin again. */
const RESTARTS = /^_?re_?(?:start|load|connect|open|launch|spawn|init)/i;

/** `cleanup()` that an interval calls, or that only resets those elements of a collection that meet a test: it tidies up, and ends nothing. */
export function tidiesUp(fn: FunctionFact, facts: Facts): boolean {
  if (!TIDIES.test(fn.name) || !isFunctionNode(fn.node)) return false;
  if (facts.timers.some(({ kind, callback }) => kind.id === 'interval' && callback !== undefined && facts.summaries.reach(callback).has(fn))) return true;
  const [only, ...others] = bodyNodes(fn.node);
  if (others.length > 0 || only?.type !== 'ForOfStatement') return false;
  const statements = only.body.type === 'BlockStatement' ? only.body.body : [only.body];
  return statements.length > 0 && statements.every(({ type }) => type === 'IfStatement');
}

/** Where a teardown asks whether all is to begin again: `if (mode === Mode.Restart)`. */
export function asksForRestart(end: FunctionFact, facts: Facts): Node | undefined {
  for (const { node } of facts.summaries.reach(end)) {
    const found = facts.tree.find(node, (one) => one.type === 'BinaryExpression' && /^[!=]==?$/.test(one.operator) && [one.left, one.right].some((side) => RESTARTS.test(nameOf(side))));
    if (found) return found;
  }
  return undefined;
}

function nameOf(node: Node): string {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' ? lastName(inner) : (literalText(inner) ?? '');
}
