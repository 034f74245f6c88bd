import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { isOfPassing } from '../questions/key-names.js';
import type { Node } from '../syntax/nodes.js';
import type { Argument } from './argument.js';

/** Evidence that weighs only as much as the key does. */
const RESTS_ON_KEY = new Set(['new-key', 'per-entity-key', 'per-id-key', 'lives-with-process', 'released-at-end', 'released-on-failure', 'released-by-same-key']);

/**
 * A key's name or its newness tells that entries differ, not how many this
 * collection sees: results of one piece of work have fresh ids, too, and the
 * accounts of one wallet are few. Only what comes and goes is endless by itself.
 */
export function weighKeyAlone(collection: Collection, key: Node, facts: Facts, argument: Argument): void {
  const isAlone = argument.reasons.every(({ code, effect }) => effect !== 'evidence' || RESTS_ON_KEY.has(code));
  if (isAlone && argument.hasStrongEvidence && !isOfPassing(key, collection.name, facts)) argument.idiom('only-the-key-speaks', collection.declaration);
}
