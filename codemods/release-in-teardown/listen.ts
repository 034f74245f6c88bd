import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { contains, isFunctionNode, type FunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter, type Lines } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { findHome } from '../track-timers/home.js';
import { referenceSeenFrom } from './kept-listener.js';
import { keepListener } from './keep-listener.js';
import { callOf, counterpartOf, type Removal } from './removal.js';

/**
 * Takes the callback of `server.listen(port, fn)` away where the server tells
 * that it cannot listen: in the listener of `error` that the same function adds.
 * The callback is a listener of `listening` for once, and a later `listen()`
 * would call it for this one.
 */
export function planListenCallback(registration: ListenerRegistration, facts: Facts): Plan {
  const { target, targetPlace, handler, fn, node } = registration;
  const around = [fn, ...(fn.inline && fn.parent ? [fn.parent] : [])];
  const failed = facts.listeners.registrations.find((other) => other.style === 'method' && other.event === 'error' && other.handlerFn !== undefined && targetPlace !== undefined && other.targetPlace !== undefined
    && facts.places.key(other.targetPlace) === facts.places.key(targetPlace) && around.some((one) => one === other.fn || one === other.fn.parent));
  const body = failed?.handlerFn && isFunctionNode(failed.handlerFn.node) ? bodyOf(failed.handlerFn.node) : undefined;
  if (!failed?.handlerFn || !body) return { refused: 'The function that listens for the start does not listen for an error of the same thing, where the callback could be taken away.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  const { quote, semicolon } = writer.style;
  const removal: Removal = { target: writer.textOf(target), method: counterpartOf('once', facts) ?? 'off', before: `${quote}listening${quote}, `, after: '' };
  const reference = referenceSeenFrom(handler, body, facts);
  const home = reference === undefined ? findHome(fn, node, failed.handlerFn, facts) : undefined;
  if (reference === undefined && !home) return { refused: 'No variable is seen both where the callback is given and where the error is heard.' };
  const lines = home ? keepListener(registration, removal, home, [failed.handlerFn.node], writer, facts, { isOnce: true }) : [`${callOf(removal, reference ?? '')}${semicolon}`];
  if ('refused' in lines) return lines;
  writeBesideRemoval(failed, body, lines, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: ['an error of the server now takes the callback away'] };
}

/** Under the statement by which the listener of the error takes itself away, else at its start. */
function writeBesideRemoval({ handlerFn, target }: ListenerRegistration, body: Node, lines: Lines, writer: CodeWriter, facts: Facts): void {
  const own = facts.listeners.removals.find((removal) => removal.fn === handlerFn && removal.event === 'error' && writer.textOf(removal.target) === writer.textOf(target));
  const slot = own && findStatementSlot(own.node);
  if (slot?.type === 'listed' && contains(body, slot.node)) writer.under(slot.node, lines);
  else writer.atStartOf(body, lines);
}

function bodyOf({ body }: FunctionNode): Node | undefined {
  return body.type === 'BlockStatement' ? body : undefined;
}
