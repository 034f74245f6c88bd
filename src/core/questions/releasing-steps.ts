import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { flowOf } from '../flow/flow.js';
import { onlyValue } from '../scope/bindings.js';
import { contains, isFunctionNode, type Node } from '../syntax/nodes.js';

/** Which operations on a place let go of what stands there. */
export type IsRelease = (operation: Operation) => boolean;

/**
 * The steps of a function after which nothing is held at a place: its release,
 * a call that releases it, or the test of the place under which it is released
 * (`if (this.timer) clearTimeout(this.timer)`), since otherwise there is
 * nothing to release. A release under any other condition stays one.
 */
export function releasingSteps(place: Place, fn: FunctionFact, isRelease: IsRelease, facts: Facts): Node[] {
  const key = facts.places.key(place);
  const releases = ({ operation, place: released }: { operation: Operation; place: Place }): boolean => isRelease(operation) && facts.places.key(released) === key;
  // Most functions do not release it at all.
  if (!facts.summaries.of(fn).some(releases)) return [];
  const flow = flowOf(fn.node, facts.tree);
  const steps: Node[] = [];
  const note = (node: Node): void => {
    const step = flow.stepOf(node);
    if (step) steps.push(pastOwnTest(step, place, facts));
  };
  const pending = [fn];
  for (const part of pending) {
    for (const operation of facts.summaries.own(part)) if (releases({ operation, place: operation.place })) note(operation.node);
    for (const call of part.calls) if (facts.summaries.ofCall(call).some(releases)) note(call.node);
    pending.push(...facts.summaries.inlineOf(part));
  }
  return steps;
}

/** Whether a test asks about a place, or about the collection that it is an entry of; `const isRunning = this.timer !== null` asks for it. */
export function asksAbout(place: Place, test: Node, facts: Facts, depth = 0): boolean {
  const names = new Set([facts.places.key(place)]);
  if (place.path.at(-1) === ELEMENT) names.add(facts.places.key({ root: place.root, path: place.path.slice(0, -1) }));
  return facts.tree.some(test, (node) => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const found = facts.places.resolve(node);
    if (found && names.has(facts.places.key(found))) return true;
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    const value = variable && onlyValue(variable);
    return depth < 2 && value !== undefined && !isFunctionNode(value) && asksAbout(place, value, facts, depth + 1);
  });
}

/** The outermost statement that runs the step unless there is nothing to release: a test of the place, a loop over its elements. */
function pastOwnTest(step: Node, place: Place, facts: Facts): Node {
  let found = step;
  for (let current = step.parent, child = step; current && !isFunctionNode(current); child = current, current = current.parent) {
    switch (current.type) {
      // `this.watcher?.close()`: where the chain ends early, there is nothing to release.
      case 'ChainExpression':
        break;
      case 'ExpressionStatement':
      case 'BlockStatement':
      case 'UnaryExpression':
      case 'SequenceExpression':
      case 'AwaitExpression':
        continue;
      // `file?.close().catch(report)`: what is chained on runs with the release, and is skipped with it.
      case 'MemberExpression':
        if (current.object !== child) return found;
        continue;
      case 'CallExpression':
        if (current.callee !== child) return found;
        continue;
      case 'IfStatement':
        if (!contains(current.consequent, child) || !asksAbout(place, current.test, facts)) return found;
        break;
      case 'ConditionalExpression':
        if (!asksAbout(place, current.test, facts)) return found;
        break;
      case 'LogicalExpression':
        if (current.right !== child || !asksAbout(place, current.left, facts)) return found;
        break;
      case 'WhileStatement':
        if (!asksAbout(place, current.test, facts)) return found;
        break;
      case 'ForOfStatement':
      case 'ForInStatement':
        if (!place.path.includes(ELEMENT)) return found;
        break;
      default:
        return found;
    }
    found = current;
  }
  return found;
}
