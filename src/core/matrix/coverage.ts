import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { flowOf, type Exit } from '../flow/flow.js';
import { testsAround } from '../questions/endings.js';
import { rejectionOf } from '../questions/rejection.js';
import { contains, isFunctionNode, isNothing, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import type { Column } from './columns.js';

/** The steps of a column that let go of one row. */
export type Steps = readonly Node[];

/**
 * A way out of a column that has let go of something and not of this row. Who
 * leaves before anything is done has found nothing to do: the entry is not
 * there, or another run is at it.
 */
export function findLeavingWithout(steps: Steps, others: Steps, column: Column, isState: (node: Node) => boolean, facts: Facts): Exit | undefined {
  const { fn, within } = column;
  if (column.how === 'sweep') return undefined; // It takes what is due; that it leaves the rest is its purpose.
  if (within) return leavesPart(steps, within);
  const flow = flowOf(fn.node, facts.tree);
  const mayThrow = (node: Node): boolean => node.type === 'ThrowStatement' || (node.type === 'AwaitExpression' && rejectionOf(node.argument, facts) !== 'no');
  const leaving = { byThrow: true, mayThrow };
  const rest = others.filter((other) => !steps.includes(other));
  for (const other of rest) {
    const late = flow.isPrecededBy(other, steps) ? undefined : flow.leavesWithout(other, steps, leaving);
    if (late) return late;
  }
  if (rest.length > 0) return undefined;
  // Nothing else tells whether there was something to do: a return behind a look at the state has found that there was not.
  const idle: Node[] = [];
  for (;;) {
    const exit = flow.leavesWithout(undefined, [...steps, ...idle], leaving);
    const isIdle = exit?.how === 'return' && !idle.includes(exit.node) && testsAround(exit.node, fn.node).some((test) => asksForState(test, isState, facts));
    if (!exit || !isIdle) return exit;
    idle.push(exit.node);
  }
}

/** Whether a test asks for what the owner keeps: `if (this.closed) return;`. */
function asksForState(test: Node, isState: (node: Node) => boolean, facts: Facts): boolean {
  return facts.tree.some(test, (node) => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const place = facts.places.resolve(node);
    return isState(node) || (place !== undefined && place.path.length > 0 && place.root.type === 'owner');
  });
}

/** A part has no graph of its own: its release counts if it stands in the part itself, behind no jump. */
function leavesPart(steps: Steps, within: Node): Exit | undefined {
  const isSure = steps.some((step) => {
    for (let current: Node | undefined = step; current && current !== within; current = current.parent) {
      if (!/^(?:BlockStatement|ExpressionStatement|SwitchCase|ChainExpression|AwaitExpression|UnaryExpression|TryStatement)$/.test(current.type) && current !== step) return false;
    }
    return true;
  });
  return isSure ? undefined : { how: 'end', node: within };
}

/** Whether a node names one of some places, or an entry there. */
export function namesOneOf(places: readonly Place[], facts: Facts): (node: Node) => boolean {
  const known = new Set(places.map((place) => facts.places.key(place)));
  return (node) => {
    const place = facts.places.resolve(node);
    if (!place) return false;
    const field = facts.functions.fieldOf(place);
    const path = field.path.at(-1) === ELEMENT ? field.path.slice(0, -1) : field.path;
    return known.has(facts.places.key({ root: field.root, path }));
  };
}

/**
 * A step with the tests around it that only ask whether there is anything: of
 * the entry that ends, in whichever collection it is looked for, or a loop over
 * such entries.
 */
export function pastTestsOf(step: Node, isKnown: (node: Node) => boolean, facts: Facts): Node {
  let found = step;
  for (let current = step.parent, child = step; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (/^(?:ExpressionStatement|BlockStatement|ChainExpression|AwaitExpression)$/.test(current.type)) {
      if (current.type === 'BlockStatement' && mayLeaveBefore(child, current, facts)) return found;
      continue;
    }
    const isPassed = current.type === 'IfStatement' ? contains(current.consequent, child) && isExistenceTest(current.test, isKnown)
      : current.type === 'ForOfStatement' || current.type === 'ForInStatement' ? contains(current.body, child) && facts.tree.some(current.right, isKnownNode(isKnown))
        : current.type === 'ForStatement' || current.type === 'WhileStatement';
    if (!isPassed) return found;
    found = current;
  }
  return found;
}

function isKnownNode(isKnown: (node: Node) => boolean): (node: Node) => boolean {
  return (node) => (node.type === 'Identifier' || node.type === 'MemberExpression') && isKnown(node);
}

function mayLeaveBefore(child: Node, block: Node, facts: Facts): boolean {
  return facts.tree.some(block, (node) => (/^(?:Return|Throw|Continue|Break)Statement$|^AwaitExpression$/.test(node.type)) && node.range[1] <= child.range[0], isFunctionNode);
}

/** `session`, `session !== undefined`, `sessions.has(id)`, and several of them: nothing else is asked. */
function isExistenceTest(test: Node, isKnown: (node: Node) => boolean): boolean {
  const inner = unwrap(test);
  switch (inner.type) {
    case 'LogicalExpression':
      return isExistenceTest(inner.left, isKnown) && isExistenceTest(inner.right, isKnown);
    case 'BinaryExpression':
      return /^!==?$/.test(inner.operator) && isNothing(unwrap(inner.right)) && isKnown(inner.left);
    case 'CallExpression': {
      const call = parseMethodCall(inner);
      return call !== undefined && (call.method === 'has' ? isKnown(call.object) : isKnown(inner));
    }
    case 'Identifier':
    case 'MemberExpression':
      return isKnown(inner);
    default:
      return false;
  }
}
