import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { declaratorOf } from '../scope/bindings.js';
import { hasPath, isFunctionNode, pathText, unwrap, type Node } from '../syntax/nodes.js';

/** The comparisons with the clock of a file, each with the places that it reads; asked for once per file. */
const comparisons = new WeakMap<Facts, readonly { readonly node: Node; readonly reads: readonly string[] }[]>();

/**
 * Where the age of an entry is compared with the clock: `now - entry.start > window`.
 * The entry is known to become worthless; a comparison is no eviction.
 */
export function findAgeCheck(place: Place, facts: Facts): Node | undefined {
  const entry = `${facts.places.key(place)}.${ELEMENT}`;
  return clockComparisons(facts).find(({ reads }) => reads.some((key) => key === entry || (key.startsWith(`${entry}.`) && !key.slice(entry.length).includes(ELEMENT))))?.node;
}

function clockComparisons(facts: Facts): readonly { readonly node: Node; readonly reads: readonly string[] }[] {
  let found = comparisons.get(facts);
  if (!found) {
    const dated = facts.tree.all('BinaryExpression').filter(({ operator, left, right }) => (/^[<>]=?$/.test(operator) ? [left, right].some((side) => saysTime(side, facts)) : /^[!=]==$/.test(operator) && [left, right].some((side) => isWindow(side, facts))));
    found = dated.map((node) => ({ node, reads: readsOf(node, facts) }));
    comparisons.set(facts, found);
  }
  return found;
}

/** Locals that are followed back to the clock. */
const MAX_LOCALS = 4;

/** Whether an expression is made of the time that it is now: `Date.now() - start`, `(input.now ?? new Date()).getTime()`, or a local that was. */
function saysTime(root: Node, facts: Facts, depth = 0): boolean {
  return facts.tree.some(root, (node) => {
    if (isClock(node, facts) || (node.type === 'NewExpression' && node.arguments.length === 0 && pathText(node.callee) === 'Date')) return true;
    const init = depth < MAX_LOCALS && node.type === 'Identifier' ? initOf(node, facts) : undefined;
    return init !== undefined && saysTime(init, facts, depth + 1);
  }, isFunctionNode);
}

/** A local that stands for a stretch of time, as it is computed from the clock: an entry of another stretch is out of date. */
function isWindow(side: Node, facts: Facts): boolean {
  const inner = unwrap(side);
  const init = inner.type === 'Identifier' ? initOf(inner, facts) : undefined;
  return init?.type === 'CallExpression' ? init.arguments.some((argument) => saysTime(argument, facts)) : init?.type === 'BinaryExpression' && saysTime(init, facts);
}

function initOf(identifier: Node, facts: Facts): Node | undefined {
  const variable = facts.bindings.variableOf(identifier);
  const init = variable && declaratorOf(variable)?.init;
  return init ? unwrap(init) : undefined;
}

/** The places that an expression reads. */
function readsOf(root: Node, facts: Facts): string[] {
  const keys: string[] = [];
  facts.tree.some(root, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    if (place) keys.push(facts.places.key(place));
    return false;
  });
  return keys;
}

/** `Date.now()`, `performance.now()`, or a local that was given one of them. */
export function isClock(node: Node, facts: Facts): boolean {
  if (node.type === 'CallExpression') return hasPath(node.callee, /^(?:Date|performance|clock|process\.hrtime)\.(?:now|bigint)$/);
  if (node.type !== 'Identifier') return false;
  const variable = facts.bindings.variableOf(node);
  const init = variable && declaratorOf(variable)?.init;
  const value = init ? unwrap(init) : undefined;
  return value !== undefined && facts.tree.some(value, (part) => part.type === 'CallExpression' && isClock(part, facts));
}

/** Whether code within `root` compares something with the clock. */
export function isDated(root: Node, facts: Facts): boolean {
  return facts.tree.some(root, (node) => node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator) && facts.tree.some(node, (part) => isClock(part, facts)));
}
