import type { Operation } from '../../src/core/facts/operations.js';
import { unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { TimerEntry } from '../../src/core/questions/timer-entries.js';
import { collectionNode } from '../track-timers/sibling.js';

/** The expression by which an operation names the collection: `this.timers` of `this.timers.set(id, …)`, of `this.timers[id] = …` and of `delete this.timers[id]`. */
export function collectionOf(operation: Operation): Node | undefined {
  const found = collectionNode(operation);
  const inner = found && unwrap(found);
  if (operation.kind !== 'grow' || operation.node.type !== 'AssignmentExpression') return inner;
  return inner?.type === 'MemberExpression' ? unwrap(inner.object) : undefined;
}

/** The names that lead from an entry to its handle: none if it is the handle itself. */
export function pathToHandle({ handle, collection }: TimerEntry): readonly string[] {
  return handle.path.slice(collection.place.path.length + 1);
}
