import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT } from '../facts/places.js';
import { isParameter } from '../scope/bindings.js';
import { isFunctionNode, isNothing, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { testsAround } from './endings.js';
import { isTeardown, runsAtEnd } from './teardowns.js';

/**
 * Where a method of the same object calls a teardown and the object goes on:
 * `restart() { this.stop(); this.start(); }`, or under a flag that turns it off
 * and on again: `if (!this.enabled) this.dispose()`. What is there for all of
 * its lives need not go with one of them, unless each life adds it anew.
 */
export function findFurtherLife(teardown: FunctionFact, adds: FunctionFact, facts: Facts): Node | undefined {
  // `stop()` undoes `start()`, and not what the constructor did for all lives to come.
  const start = adds.isConstructor && /^[_#]*stop$/.test(teardown.name) ? teardown.method?.owner.members.get('start') : undefined;
  if (start?.fn) return start.fn;
  return facts.functions.callsOf(teardown).find(({ node, from }) => isOwnMethod(from, teardown, facts) && !facts.summaries.reach(from).has(adds) && (startsAfter(node, from, teardown, facts) || testsAround(node, from.node).some((test) => isToggle(test, facts))))?.node;
}

/** Another method of the same object, that is no end itself. */
function isOwnMethod(fn: FunctionFact, teardown: FunctionFact, facts: Facts): boolean {
  return fn.method !== undefined && fn.method.owner === teardown.method?.owner && !fn.isConstructor && !isTeardown(fn.name, facts) && !runsAtEnd(fn, facts);
}

const STARTS = /^_?#?(?:re)?(?:try|start|connect|open|listen|launch|spawn|init|mount|begin|run|setup)(?:[A-Z]\w*)?$/i;

/** Whether a method starts its object again behind a call, the call being no part of the start itself. */
function startsAfter(call: Node, from: FunctionFact, teardown: FunctionFact, facts: Facts): boolean {
  return from.calls.some(({ node, to }) => to !== teardown && to.method?.owner === teardown.method?.owner && node.range[0] > call.range[1] && STARTS.test(to.name) && !facts.summaries.reach(to).has(from));
}

/** `!this.enabled`: a flag of the object that is given a value which may be either. */
function isToggle(test: Node, facts: Facts): boolean {
  const inner = unwrap(test);
  const flag = inner.type === 'UnaryExpression' && inner.operator === '!' ? unwrap(inner.argument) : inner;
  const place = flag.type === 'MemberExpression' ? facts.places.resolve(flag) : undefined;
  if (place?.root.type !== 'owner' || place.path.includes(ELEMENT)) return false;
  return assignmentsTo(place, facts).some(({ right }) => isEither(unwrap(right), facts));
}

/** A value that may turn out to be true or false: no constant, and nothing that is made. */
function isEither(value: Node, facts: Facts): boolean {
  if (isNothing(value) || isFunctionNode(value)) return false;
  const variable = value.type === 'Identifier' ? facts.bindings.variableOf(value) : undefined;
  if (variable) return isParameter(variable);
  return value.type === 'MemberExpression' || value.type === 'CallExpression' || value.type === 'LogicalExpression' || value.type === 'BinaryExpression' || (value.type === 'UnaryExpression' && value.operator === '!');
}
