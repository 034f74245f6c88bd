import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { contains, type Node } from '../../src/core/syntax/nodes.js';

/** The key of the entry that a function ends. */
export interface ReleasedKey {
  /** As `Summaries.keyText` writes it. */
  readonly text: string;
  /** The first expression for it in the function. */
  readonly node: Node;
}

/** The key by which a function deletes from one of some places, itself or through functions that it calls. */
export function findReleasedKey(fn: FunctionFact, body: Node, places: ReadonlySet<string>, facts: Facts): ReleasedKey | undefined {
  for (const { operation, place, key } of facts.summaries.of(fn)) {
    if (operation.kind !== 'shrink' || key === undefined || !places.has(facts.places.key(place))) continue;
    const node = [...facts.tree.all('Identifier'), ...facts.tree.all('MemberExpression')].find((one) => contains(body, one) && facts.summaries.keyText(one) === key);
    if (node) return { text: key, node };
  }
  return undefined;
}
