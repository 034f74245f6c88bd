import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import { declaratorOf } from '../scope/bindings.js';
import { pathText, unwrap, type Node } from '../syntax/nodes.js';

/**
 * Where the age of an entry is compared with the clock: `now - entry.start > window`.
 * The entry is known to become worthless; a comparison is no eviction.
 */
export function findAgeCheck(place: Place, facts: Facts): Node | undefined {
  const prefix = `${facts.places.key(place)}.*`;
  const isEntry = (node: Node): boolean => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const found = facts.places.resolve(node);
    const key = found && facts.places.key(found);
    return key !== undefined && (key === prefix || key.startsWith(`${prefix}.`));
  };
  return facts.tree.all('BinaryExpression').find((node) => /^[<>]=?$/.test(node.operator) && facts.tree.some(node, isEntry) && facts.tree.some(node, (part) => isClock(part, facts)));
}

/** `Date.now()`, `performance.now()`, or a local that was given one of them. */
function isClock(node: Node, facts: Facts): boolean {
  if (node.type === 'CallExpression') return /^(?:Date|performance|clock|process\.hrtime)\.(?:now|bigint)$/.test(pathText(node.callee) ?? '');
  if (node.type !== 'Identifier') return false;
  const variable = facts.bindings.variableOf(node);
  const init = variable && declaratorOf(variable)?.init;
  const value = init ? unwrap(init) : undefined;
  return value !== undefined && facts.tree.some(value, (part) => part.type === 'CallExpression' && isClock(part, facts));
}
