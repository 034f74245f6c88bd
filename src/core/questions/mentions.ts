import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import { addTo } from '../multimap.js';
import { isFunctionNode, parentOf, wrapped, type Node } from '../syntax/nodes.js';

/** The expressions of each file by the place that they name; asked for once per file. */
const mentionsOfFile = new WeakMap<Facts, ReadonlyMap<string, readonly Node[]>>();

/** Every expression that reads a place, under whatever name; declarations and targets of assignments are none. */
export function mentionsOf(place: Place, facts: Facts): readonly Node[] {
  let all = mentionsOfFile.get(facts);
  if (!all) mentionsOfFile.set(facts, (all = collectMentions(facts)));
  return all.get(facts.places.key(place)) ?? [];
}

function collectMentions(facts: Facts): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of [...facts.tree.all('Identifier'), ...facts.tree.all('MemberExpression'), ...facts.tree.all('CallExpression')]) {
    if (!isRead(node)) continue;
    for (const place of facts.places.resolveAll(node)) addTo(found, facts.places.key(place), node);
  }
  return found;
}

function isRead(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node && parent.parent.type === 'ObjectExpression';
    case 'VariableDeclarator':
      return parent.init === node;
    case 'AssignmentExpression':
      return parent.right === node || parent.operator !== '=';
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent.value === node;
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'TSTypeReference':
    case 'TSTypeQuery':
    case 'TSQualifiedName':
    case 'LabeledStatement':
      return false;
    default:
      return !(isFunctionNode(parent) && parent.body !== node) && parentOf(wrapped(node)) !== undefined;
  }
}
