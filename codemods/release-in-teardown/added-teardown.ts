import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isSingleton } from '../../src/core/questions/runs-once.js';
import { isClassNode, unwrap, type ClassNode } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { keepListener } from './keep-listener.js';
import { referenceSeenFrom } from './kept-listener.js';
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
  const { superClass } = owner.node;
  if (hook === undefined && superClass) return { refused: `${owner.name} extends another class, which may have a teardown of its own.` };
  if (hook === undefined && isSingleton(owner.node)) return { refused: `There is one ${owner.name} for the whole program, and nobody would end it.` };
  const taken = [hook ?? 'dispose', '[Symbol.dispose]'].find((name) => owner.members.has(name));
  if (taken !== undefined) return { refused: `${owner.name} has a member ${taken} already, which is no plain teardown of its own.` };
  const removal = removalFor(registration, node, facts);
  if ('refused' in removal) return removal;
  const reference = unwrap(handler).type === 'MemberExpression' || isOfModule(handler, facts) ? referenceSeenFrom(handler, node, facts) : undefined;
  const outer = unwrap(registration.target);
  if (outer.type === 'Identifier' && facts.bindings.variableOf(outer)?.defs.length && !isOfModule(outer, facts)) return { refused: `An added teardown would not know ${writerText(outer, facts)}.` };

  const writer = new CodeWriter(facts.model, facts.tree);
  const { indent, semicolon, typed } = writer.style;
  const name = hook ?? 'dispose';
  const returns = typed && hook === undefined ? ': void' : '';
  const release = reference === undefined ? keepListener(registration, removal, { type: 'member', owner }, [], writer, facts) : [`${callOf(removal, reference)}${semicolon}`];
  if ('refused' in release) return release;
  const lines = [`${name}()${returns} {`, ...release.map((line) => `${indent}${line}`), '}'];
  const companion = hook === undefined && (typed || facts.model.text.includes('Symbol.dispose')) ? ['', `[Symbol.dispose]()${returns} {`, `${indent}this.dispose()${semicolon}`, '}'] : [];
  const member = hook === undefined ? lastMember(owner.node) : fn.method?.member.node;
  if (!member || !isClassNode(member.parent?.parent)) return { refused: `There is no place for a ${name}() in ${owner.name}.` };
  writer.under(member, ['', ...lines, ...companion]);
  return { edits: writer.edits, safety: 'review', notes: [hook === undefined ? `whoever makes a ${owner.name} must call its new dispose()` : `${hook}() now takes the listener away`] };
}

function lastMember(node: ClassNode) {
  return node.body.body.at(-1);
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
