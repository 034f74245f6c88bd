import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { contains, isFunctionNode, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter, type Lines } from '../../src/codemod/writing/code-writer.js';
import { indentationAt } from '../../src/codemod/writing/indentation.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import { listenerText, listenerType } from './kept-listener.js';
import { removalFor } from './removal.js';

/** Where the work is over that a signal could stop: when a promise settles, or in a `finally`. */
type End = { readonly type: 'settled'; readonly promise: TSESTree.NewExpression } | { readonly type: 'finally'; readonly statement: TSESTree.TryStatement; readonly block: TSESTree.BlockStatement };

/**
 * Takes a listener away from a signal when the work is done that the signal
 * could stop: a promise that is made around the listener, or the `try` behind it
 * with its `finally`.
 */
export function planForSignal(registration: ListenerRegistration, facts: Facts): Plan {
  const { node, handler, fn } = registration;
  const end = findEnd(registration, facts);
  const slot = findStatementSlot(node);
  if (!end || !slot) return { refused: 'It should go when the work is done that the signal could stop, and which statement that is, the file does not show.' };
  const outer = end.type === 'settled' ? findStatementSlot(end.promise) : undefined;
  if (end.type === 'settled' && outer?.type !== 'listed') return { refused: 'There is no place for a variable in front of the promise.' };
  const front = outer?.node ?? statementIn(end.type === 'finally' ? end.statement.parent : fn.node, node);
  const removal = removalFor(registration, front ?? node, facts);
  if ('refused' in removal) return removal;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { typed, indent, semicolon } = writer.style;
  const text = listenerText(handler, slot.node, writer, facts);
  if ('refused' in text) return text;
  if (!front || (text.length > 1 && slot.type !== 'listed')) return { refused: 'There is no place for a statement in front of the one that adds it.' };
  const type = isFunctionNode(handler) ? listenerType(registration, writer) : '() => void';
  if (typed && type === undefined) return { refused: 'The types of its parameters are known only where it is written.' };

  const taken = namesTakenAround(front, facts.model);
  const name = freeName('onAbort', (candidate) => taken.has(candidate));
  const optional = mayBeMissing(registration, facts) && (typed || facts.model.text.includes('?.')) ? '?.' : '.';
  const remove: Lines = [`if (${name}) {`, `${indent}${removal.target}${optional}${removal.method}(${removal.before}${name}${removal.after})${semicolon}`, '}'];
  const [first = '', ...further] = text;
  const promised = end.type === 'settled' && typed ? promisedType(end.promise, fn, facts) : '';
  if (promised === undefined) return { refused: 'The type of the promise is known only from where it goes.' };
  if (typed && isNarrowedByCall(registration, facts)) return { refused: 'The listener uses the signal, which is known to be there only where it is written.' };
  const { start } = spanWithComments(front, facts.model);
  writer.insert(start, `let ${name}${typed ? `: (${type ?? ''}) | undefined` : ''}${semicolon}\n${indentationAt(facts.model.text, start)}`);
  if (end.type === 'settled') writer.insert(end.promise.callee.range[1], promised);
  writer.around(slot, [`${name} = ${first}`, ...further].map((line, index, lines) => (index === lines.length - 1 ? `${line}${semicolon}` : line)), []);
  writer.replace({ start: handler.range[0], end: handler.range[1] }, name);
  if (end.type === 'finally') writer.atStartOf(end.block, remove);
  else writer.insertBlock(end.promise.range[1], '.finally(() => ', remove, ')', front);
  return { edits: writer.edits, safety: 'review', notes: ['the listener goes when the work is done'] };
}

function findEnd({ node, fn }: ListenerRegistration, facts: Facts): End | undefined {
  const made = isFunctionNode(fn.node) ? fn.node.parent : undefined;
  if (made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Promise' && made.arguments[0] === fn.node) {
    return /^(?:ReturnStatement|AwaitExpression)$/u.test(made.parent.type) ? { type: 'settled', promise: made } : undefined;
  }
  for (const statement of facts.tree.all('TryStatement')) {
    const { finalizer, parent } = statement;
    if (!finalizer || facts.functions.around(statement) !== fn || parent.type !== 'BlockStatement') continue;
    // The `try` follows in the list of statements in which the listener is added, and the rest of the function is within it.
    const own = parent.body.findIndex((one) => contains(one, node));
    if (own !== -1 && own < parent.body.indexOf(statement) && isFunctionNode(parent.parent) && isFunctionNode(fn.node) && fn.node.async) return { type: 'finally', statement, block: finalizer };
  }
  return undefined;
}

/** The statement of a list in which a node stands. */
function statementIn(list: Node, node: Node): Node | undefined {
  return list.type === 'BlockStatement' ? list.body.find((statement) => contains(statement, node)) : undefined;
}

/** What a promise must be told to give once its value does not go straight to where its type is written: `<Event>`; nothing if it is told already. */
function promisedType(promise: TSESTree.NewExpression, executor: FunctionFact, facts: Facts): string | undefined {
  if (promise.typeArguments) return '';
  if (promise.parent.type !== 'ReturnStatement') return promise.parent.parent?.type === 'ExpressionStatement' ? '' : undefined;
  const home = executor.parent?.node;
  const written = isFunctionNode(home) ? home.returnType?.typeAnnotation : undefined;
  if (!written) return '';
  const [only] = written.type === 'TSTypeReference' && facts.model.text.slice(...written.typeName.range) === 'Promise' ? (written.typeArguments?.params ?? []) : [];
  return only && `<${facts.model.text.slice(...only.range)}>`;
}

/** Whether the signal may not be there at the end: anything but a parameter that has to be given. */
function mayBeMissing({ target }: ListenerRegistration, facts: Facts): boolean {
  const inner = unwrap(target);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const [declared] = variable?.identifiers ?? [];
  if (declared?.type !== 'Identifier' || !declared.typeAnnotation || declared.optional) return true;
  return declared.typeAnnotation.typeAnnotation.type !== 'TSTypeReference';
}

/** Whether `signal?.` is what tells the listener that the signal is there. */
function isNarrowedByCall({ node, target, handler }: ListenerRegistration, facts: Facts): boolean {
  const callee = unwrap(node.callee);
  const inner = unwrap(target);
  const name = inner.type === 'Identifier' ? inner.name : undefined;
  return callee.type === 'MemberExpression' && callee.optional && facts.tree.some(handler, (part) => part.type === 'MemberExpression' && !part.optional && part.object.type === 'Identifier' && part.object.name === name);
}
