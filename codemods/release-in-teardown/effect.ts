import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isFunctionNode } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { listenerText, referenceSeenFrom, wishedListenerName } from './kept-listener.js';
import { callOf, removalFor } from './removal.js';

/** Returns from an effect the clean-up that takes its listener away. */
export function planInEffect(registration: ListenerRegistration, effect: FunctionFact, facts: Facts): Plan {
  const { node } = effect;
  const body = isFunctionNode(node) && node.body.type === 'BlockStatement' ? node.body : undefined;
  const slot = findStatementSlot(registration.node);
  const last = body?.body.at(-1);
  if (!body || !last || slot?.type !== 'listed' || slot.node.parent !== body) return { refused: 'The effect adds it on some of its ways only.' };
  if (facts.tree.some(body, (inner) => inner.type === 'ReturnStatement', isFunctionNode)) return { refused: 'The effect returns a clean-up already, which leaves this listener.' };
  const removal = removalFor(registration, body, facts);
  if ('refused' in removal) return removal;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, indent } = writer.style;
  let listener = referenceSeenFrom(registration.handler, body, facts);
  if (listener === undefined) {
    const text = listenerText(registration.handler, slot.node, writer, facts);
    if ('refused' in text) return text;
    const taken = namesTakenAround(slot.node, facts.model);
    const name = freeName(wishedListenerName(registration), (candidate) => taken.has(candidate));
    const [first = '', ...further] = text;
    writer.above(slot.node, [`const ${name} = ${first}`, ...further].map((line, index, lines) => (index === lines.length - 1 ? `${line}${semicolon}` : line)));
    writer.replace({ start: registration.handler.range[0], end: registration.handler.range[1] }, name);
    listener = name;
  }
  writer.under(last, ['return () => {', `${indent}${callOf(removal, listener)}${semicolon}`, `}${semicolon}`]);
  return { edits: writer.edits, safety: 'review', notes: ['the clean-up of the effect now takes the listener away'] };
}
