import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { contains, isFunctionNode, literalText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';

/** What a listener that is written in place is called once it is kept: `onResize` for `resize`. */
export function wishedListenerName({ event, handler }: ListenerRegistration): string {
  const words = (literalText(unwrap(handler)) ?? event).split(/[^A-Za-z\d]+/u).filter(Boolean);
  return words.length === 0 ? 'onEvent' : `on${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`;
}

/** Whether a listener is a name that means the same function at another place; that is what it is called there. */
export function referenceSeenFrom(handler: Node, at: Node, facts: Facts): string | undefined {
  const inner = unwrap(handler);
  const text = facts.model.text.slice(...inner.range);
  if (inner.type === 'Identifier') {
    const variable = facts.bindings.variableOf(inner);
    return variable && variable.defs.length > 0 && contains(variable.scope.block, at) ? text : undefined;
  }
  if (inner.type !== 'MemberExpression' || inner.computed || unwrap(inner.object).type !== 'ThisExpression') return undefined;
  const self = facts.owners.thisAt(inner);
  const other = facts.owners.thisAt(at);
  return self !== undefined && self.owner === other?.owner && self.isStatic === other.isStatic ? text : undefined;
}

/** The text of a listener as the right side of an assignment, its further lines relative to the statement in which it stands. */
export function listenerText(handler: Node, statement: Node, writer: CodeWriter, facts: Facts): Lines | Refusal {
  const { text } = facts.model;
  const [first = '', ...further] = writer.textOf(handler).split(/\r?\n/u);
  const hasTemplate = facts.tree.some(handler, (node) => node.type === 'TemplateElement' && writer.textOf(node).includes('\n'));
  const lineStart = text.lastIndexOf('\n', handler.range[0] - 1) + 1;
  const base = /^[^\S\r\n]*/u.exec(text.slice(lineStart))?.[0] ?? '';
  const outer = /^[^\S\r\n]*/u.exec(text.slice(text.lastIndexOf('\n', statement.range[0] - 1) + 1))?.[0] ?? '';
  if (hasTemplate && (further.length > 0 || base !== outer)) return { refused: 'The listener has a text of several lines, which moving it could change.' };
  return [first, ...further.map((line) => (line.startsWith(base) ? line.slice(base.length) : line.trimStart()))];
}

/** The type of a listener as a field, where its parameters need no context; undefined if they do. */
export function listenerType({ handler, target, method, event, eventNode }: ListenerRegistration, writer: CodeWriter): string | undefined {
  const inner = unwrap(handler);
  if (!isFunctionNode(inner)) return undefined;
  const { quote } = writer.style;
  const parameters = inner.params.map((parameter, index): string | undefined => {
    if (parameter.type !== 'Identifier') return undefined;
    if (parameter.typeAnnotation) return `${parameter.name}: ${writer.textOf(parameter.typeAnnotation.typeAnnotation)}`;
    const map = index === 0 && method === 'addEventListener' && eventNode ? eventMapOf(target, writer) : undefined;
    if (map === undefined) return undefined;
    // Events of the platform are spelled in small letters; others are those of the program.
    return `${parameter.name}: ${/^[a-z]+$/u.test(event) ? `${map}[${quote}${event}${quote}]` : 'Event'}`;
  });
  return parameters.every((parameter) => parameter !== undefined) ? `(${parameters.join(', ')}) => void` : undefined;
}

function eventMapOf(target: Node, writer: CodeWriter): string | undefined {
  const maps: Readonly<Record<string, string>> = { window: 'WindowEventMap', document: 'DocumentEventMap', 'document.body': 'HTMLElementEventMap' };
  return maps[writer.textOf(target)];
}

/** Whether a listener depends on what the call was given in which it is added: then each call has one of its own. */
export function dependsOnCall(handler: Node, { node: start }: { readonly node: Node }, facts: Facts): boolean {
  return facts.tree.some(handler, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    const declared = variable?.identifiers[0] as TSESTree.Node | undefined;
    return declared !== undefined && !contains(handler, declared) && contains(start, declared) && start.type !== 'Program';
  });
}
