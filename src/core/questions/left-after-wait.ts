import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isEndingEvent } from '../kinds/events.js';
import { comesOnce, opensTarget } from '../kinds/listener-targets.js';
import { declaringFunction, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, parentOf, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isOlder } from './added-to-same.js';
import { executorRole } from './settling.js';

/**
 * Where the listener settles the promise that waits for the event, in a function
 * that is called for each wait: `await new Promise((resolve) => this.line.on('data',
 * resolve))`. With `once` it would be over then; so it stays on a target that was
 * there before, one more for each wait. A promise that is kept is one wait.
 */
export function findLeftAfterWait(registration: ListenerRegistration, facts: Facts): Node | undefined {
  const { style, once, event, target, node, handler, handlerFn } = registration;
  if (style !== 'method' || once || comesOnce(event) || isEndingEvent(event)) return undefined;
  // `stream.on('error', reject)` is said of every stream, and of most of them once.
  const settled = settlerIn(handlerFn?.node, facts) ?? (opensTarget(event) ? undefined : settlerAt(handler, facts));
  const executor = settled && declaringFunction(settled.variable);
  if (!executor || !contains(executor, node)) return undefined;
  const created = parentOf(executor);
  const run = facts.functions.around(executor);
  const waiting = created && parentOf(wrapped(created));
  const isKept = waiting?.type === 'AssignmentExpression' && facts.places.resolve(waiting.left)?.root.type !== 'variable';
  return !isKept && run !== facts.functions.module && isOlder(target, run, facts) ? settled.node : undefined;
}

interface Settler {
  readonly variable: Variable;
  readonly node: Node;
}

/** The call by which a listener settles a promise, in its own code. */
function settlerIn(handler: Node | undefined, facts: Facts): Settler | undefined {
  let found: Settler | undefined;
  if (!isFunctionNode(handler)) return undefined;
  facts.tree.some(handler.body, (part) => {
    found ??= part.type === 'CallExpression' ? settlerAt(part.callee, facts) : undefined;
    return found !== undefined;
  }, isFunctionNode);
  return found;
}

/** What settles a promise, by its name. */
function settlerAt(node: Node, facts: Facts): Settler | undefined {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return variable && executorRole(variable) !== undefined ? { variable, node: inner } : undefined;
}
