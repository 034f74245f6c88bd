import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isEndingEvent } from '../kinds/events.js';
import { contains, hasPath, memberName, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { KeptChild } from './child-process.js';
import { emittersOf } from './survivors.js';

/**
 * Whether a program may end while a child runs that nothing has killed: other
 * files may end it, it exits without the kill, or something in it may fail. A
 * script that exits only behind the kill, or when the child has ended, and that
 * throws and waits for nothing, has no such end.
 */
export function mayEndBeside(child: KeptChild, facts: Facts): boolean {
  return isImported(facts) || facts.tree.all('CallExpression').some((call) => isOpenExit(call, child, facts) || listens(call)) || mayFailAfter(child, facts);
}

/** Whether other files may use this one, and end the program as they like. */
function isImported(facts: Facts): boolean {
  return facts.tree.all('ExportNamedDeclaration').length > 0 || facts.tree.all('ExportDefaultDeclaration').length > 0 || facts.tree.all('ExportAllDeclaration').length > 0
    || facts.tree.all('AssignmentExpression').some(({ left }) => hasPath(left, /^(?:module\.)?exports(?:\.|$)/));
}

/** `process.exit()` that comes while the child may run. */
function isOpenExit(call: Node, child: KeptChild, facts: Facts): boolean {
  if (call.type !== 'CallExpression' || pathText(call.callee) !== 'process.exit') return false;
  const fn = facts.functions.around(call);
  if (fn === facts.functions.module) return call.range[0] > child.node.range[1];
  return !isKilledBefore(call, fn, child, facts) && !hearsEnd(fn, child, facts);
}

/** Whether the function of an exit kills the child above it. */
function isKilledBefore(exit: Node, fn: FunctionFact, { keys }: KeptChild, facts: Facts): boolean {
  return facts.summaries.of(fn).some(({ operation, place, via }) => operation.kind === 'end' && keys.includes(facts.places.key(place)) && (via[0]?.node ?? operation.node).range[0] < exit.range[0]);
}

/** Whether a function runs when the child itself has ended. */
function hearsEnd(fn: FunctionFact, { keys }: KeptChild, facts: Facts): boolean {
  return fn.registrations.some(({ event }) => isEndingEvent(event) || event === 'error') && emittersOf(fn, facts).some((emitter) => keys.includes(emitter));
}

/** `server.listen(port)`: an address that is in use ends the program. */
function listens(call: Node): boolean {
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  return callee?.type === 'MemberExpression' && memberName(callee) === 'listen';
}

/** Whether something throws, or is awaited, that runs when the child does. */
function mayFailAfter({ node }: KeptChild, facts: Facts): boolean {
  const start = facts.functions.around(node);
  return [...facts.tree.all('ThrowStatement'), ...facts.tree.all('AwaitExpression')].some((one) => {
    const fn = facts.functions.around(one);
    return (fn === start || fn === facts.functions.module ? one.range[0] > node.range[1] : true) && !contains(one, node);
  });
}
