import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { ELEMENT } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { keyDomain } from '../kinds/keys.js';
import { unwrap, type Node } from '../syntax/nodes.js';
import { domainOfKey } from './key-names.js';

/**
 * Where an entry that is itself a collection loses what was put into it, one
 * by one, and stays behind empty under its key: `rooms[name].delete(member)`.
 * What is taken out in the order in which it came is a queue.
 */
export function emptiedButKept({ place, name }: Collection, growth: readonly Effect[], facts: Facts): Node | undefined {
  const made = growth.filter(({ operation }) => operation.value && isEmptyContainer(operation.value));
  const [first] = made;
  if (!first || made.length < growth.length) return undefined;
  // Servers, channels and topics are as many as there are; what comes and goes leaves ever more keys.
  if (!growth.some(({ operation: { key } }) => key !== undefined && isOfEntity(key, name, facts))) return undefined;
  const home = facts.places.key(place);
  const inner = facts.effectsOn({ root: place.root, path: [...place.path, ELEMENT] }).filter(({ operation }) => operation.kind === 'shrink' && /^(?:delete|splice)$/.test(operation.how));
  return inner.find(({ operation: { fn } }) => !growth.some(({ operation }) => operation.fn === fn) && !facts.summaries.of(fn).some((effect) => effect.operation.kind === 'shrink' && facts.places.key(effect.place) === home))?.operation.node;
}

/** Whether a key stands for one of ever more things, by its own names, or, where they do not tell, by that of the collection: `rooms[name]`. */
function isOfEntity(key: Node, collection: string, facts: Facts): boolean {
  const domain = domainOfKey(key, facts);
  return domain === 'entity' || (domain === 'identifier' && keyDomain([collection.replace(/e?s$/, '')]) === 'entity');
}

/** `[]`, `{}`, `new Set()`, also behind `this.rooms[name] || []`. */
function isEmptyContainer(value: Node): boolean {
  const inner = unwrap(value);
  switch (inner.type) {
    case 'ArrayExpression':
      return inner.elements.length === 0;
    case 'ObjectExpression':
      return inner.properties.length === 0;
    case 'LogicalExpression':
      return isEmptyContainer(inner.right);
    case 'NewExpression':
      return inner.callee.type === 'Identifier' && /^(?:Map|Set|Array)$/.test(inner.callee.name) && inner.arguments.length === 0;
    default:
      return false;
  }
}
