import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import { contains, type Node } from '../../src/core/syntax/nodes.js';

/** The first place that some statements look at, themselves or through functions of this file that they call. */
export function findReadPlace(statements: readonly Node[], places: ReadonlyMap<string, Place>, facts: Facts): Place | undefined {
  const called = facts.functions.all.flatMap((fn) => fn.calls).filter((call) => statements.some((statement) => contains(statement, call.node)));
  const reached = called.flatMap((call) => [...facts.summaries.reach(call.to)]).map((fn) => fn.node);
  const roots: Node[] = [...statements, ...reached];
  const mentions = [...facts.tree.all('MemberExpression'), ...facts.tree.all('Identifier')];
  for (const mention of mentions) {
    if (!roots.some((root) => contains(root, mention))) continue;
    const place = facts.places.resolve(mention);
    const found = place && places.get(facts.places.key(place));
    if (found) return found;
  }
  return undefined;
}
