import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isClassNode, unwrap } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { keepListener } from './keep-listener.js';
import { referenceSeenFrom } from './kept-listener.js';
import { findNewTeardown, writeNewTeardown } from './new-teardown.js';
import { callOf, removalFor } from './removal.js';

/**
 * Adds the teardown that a class lacks: the hook that its framework calls, or
 * `dispose()` and `[Symbol.dispose]()`, which whoever makes its objects has to
 * call.
 */
export function planWithAddedTeardown(registration: ListenerRegistration, hook: string | undefined, facts: Facts): Plan {
  const { fn, handler, node } = registration;
  const owner = fn.self && !fn.self.isStatic ? fn.self.owner : undefined;
  if (!owner || !isClassNode(owner.node)) return { refused: 'Nothing shows when the listener should go: no object that ends adds it.' };
  const teardown = findNewTeardown(owner, hook, fn.method?.member.node, facts);
  if ('refused' in teardown) return teardown;
  const removal = removalFor(registration, node, facts);
  if ('refused' in removal) return removal;
  const reference = unwrap(handler).type === 'MemberExpression' || isOfModule(handler, facts) ? referenceSeenFrom(handler, node, facts) : undefined;
  const outer = unwrap(registration.target);
  if (outer.type === 'Identifier' && facts.bindings.variableOf(outer)?.defs.length && !isOfModule(outer, facts)) return { refused: `An added teardown would not know ${writerText(outer, facts)}.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  const release = reference === undefined ? keepListener(registration, removal, { type: 'member', owner }, [], writer, facts) : [`${callOf(removal, reference)}${writer.style.semicolon}`];
  if ('refused' in release) return release;
  writeNewTeardown(teardown, release, writer);
  return { edits: writer.edits, safety: 'review', notes: [hook === undefined ? teardown.note : `${hook}() now takes the listener away`] };
}

/** A name that the whole module sees. */
function isOfModule(node: ListenerRegistration['handler'], facts: Facts): boolean {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return variable !== undefined && /^(?:module|global)$/u.test(variable.scope.type);
}

function writerText(node: ListenerRegistration['handler'], facts: Facts): string {
  return facts.model.text.slice(...node.range);
}
