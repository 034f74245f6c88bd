import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isFunctionNode, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { executorAround, isRaced } from './timer-shape.js';

/**
 * Whether a time-out settles a promise that outlives the call, in a field. Who
 * asks for it later waits for the timer: to clear it, and nothing else, would
 * leave them waiting for ever.
 */
export function settlesKeptPromise(timer: TimerAcquisition, facts: Facts): boolean {
  const executor = timer.kind.id === 'timeout' ? executorAround(timer) : undefined;
  if (!executor || !timer.callbackNode || isRaced(timer, facts)) return false;
  const kept = facts.places.destinationOf(executor.parent);
  if (kept.type !== 'place' || (kept.place.root.type === 'variable' && kept.place.path.length === 0)) return false;
  const settlers = new Set(executor.params.map((parameter) => (parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined)));
  const isSettler = (node: Node): boolean => {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
    return variable !== undefined && settlers.has(variable);
  };
  const calls = (fn: Node): boolean => facts.tree.some(fn, (node) => node.type === 'CallExpression' && isSettler(node.callee));
  if (isSettler(timer.callbackNode)) return true;
  // `this.markReady = () => { …; resolve(); }` in the executor: what the promise gives away to settle it.
  const given = new Set(facts.tree.all('AssignmentExpression').flatMap(({ left, right }) => {
    const place = facts.functions.around(left).node === executor && (isSettler(right) || (isFunctionNode(unwrap(right)) && calls(right))) ? pathText(left) : undefined;
    return place === undefined ? [] : [place];
  }));
  const settles = ({ node }: FunctionFact): boolean => isFunctionNode(node) && facts.tree.some(node.body, (part) => part.type === 'CallExpression' && (isSettler(part.callee) || given.has(pathText(part.callee) ?? '')));
  return given.has(pathText(timer.callbackNode) ?? '') || (timer.callback !== undefined && settles(timer.callback));
}
