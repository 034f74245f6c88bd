import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';

/** An expression that gives one entry by its key: `sessions.get(id)`, `sessions[id]`. */
export interface LookUp {
  readonly node: Node;
  /** The collection, as it is named there. */
  readonly holder: Node;
  readonly key: Node;
}

/** The look-ups of a Map or dictionary, in source order per form. */
export function lookUpsIn({ place, kind }: Collection, facts: Facts): LookUp[] {
  const wanted = facts.places.key(place);
  const isIt = (node: Node): boolean => {
    const found = facts.places.resolve(unwrap(node));
    return found !== undefined && facts.places.key(found) === wanted;
  };
  if (kind === 'dictionary') {
    return facts.tree.all('MemberExpression').flatMap((node) => (node.computed && !isTarget(node) && isIt(node.object) ? [{ node, holder: node.object, key: node.property }] : []));
  }
  return facts.tree.all('CallExpression').flatMap((node) => {
    const method = parseMethodCall(node);
    const key = method?.args[0];
    return method?.method === 'get' && key && isIt(method.object) ? [{ node, holder: method.object, key }] : [];
  });
}

/** What is assigned to, or deleted. */
function isTarget(node: Node): boolean {
  const user = parentOf(wrapped(node));
  return (user?.type === 'AssignmentExpression' && unwrap(user.left) === node) || (user?.type === 'UnaryExpression' && user.operator === 'delete');
}

/** The code that deletes the entry, without what ends a statement. */
export function deletionOf({ node, holder, key }: LookUp, writer: CodeWriter): string {
  return node.type === 'MemberExpression' ? `delete ${writer.textOf(holder)}[${writer.textOf(key)}]` : `${writer.textOf(holder)}.delete(${writer.textOf(key)})`;
}
