import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import type { Place } from '../../src/core/facts/places.js';
import { contains, isFunctionNode, isNothing, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';

/** How the file itself clears a handle: at once, or if there is one, on one line or with braces. */
export type Guard = 'none' | 'line' | 'block';

/** Where the file clears the timers of a place. */
export function clearsOf(place: Place, facts: Facts): readonly Operation[] {
  const key = facts.places.key(place);
  return facts.operations.filter((operation) => operation.kind === 'clear' && facts.places.key(operation.place) === key);
}

/** The guard of the first clear of a place, as its neighbours would write it. */
export function guardOf(place: Place, facts: Facts): Guard {
  const [first] = clearsOf(place, facts);
  for (let node = first?.node.parent; node && !isFunctionNode(node); node = node.parent) {
    if (node.type !== 'IfStatement' || !first || !contains(node.consequent, first.node)) continue;
    if (asksFor(node.test, place, facts)) return node.consequent.type === 'BlockStatement' ? 'block' : 'line';
  }
  return 'none';
}

/** `this.timer`, `this.timer !== null`. */
function asksFor(test: Node, place: Place, facts: Facts): boolean {
  const inner = unwrap(test);
  if (inner.type === 'BinaryExpression') return /^!==?$/u.test(inner.operator) && isNothing(inner.right) && asksFor(inner.left, place, facts);
  const found = parseMethodCall(inner) ? undefined : facts.places.resolve(inner);
  return found !== undefined && facts.places.key(found) === facts.places.key(place);
}
