import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isFunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { declareAt, nameAt, type Home } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { dependsOnCall, listenerText, listenerType, wishedListenerName } from './kept-listener.js';
import { callOf, type Removal } from './removal.js';

/**
 * Keeps a listener that is written in place, so that the same one can be taken
 * away, and answers the lines that do so.
 *
 * @param users where those lines will stand
 * @param known whether it is added once in the life of the home, for who knows better
 */
export function keepListener(registration: ListenerRegistration, removal: Removal, home: Home, users: readonly Node[], writer: CodeWriter, facts: Facts, known: { readonly isOnce?: boolean } = {}): Lines | Refusal {
  const { handler, fn, node } = registration;
  const { semicolon, indent, typed } = writer.style;
  const slot = findStatementSlot(node);
  if (!slot) return { refused: 'There is no place for a statement in front of the one that adds it.' };
  const isOnce = known.isOnce ?? runsOncePerHome(node, fn, home, facts);
  if (!isOnce && dependsOnCall(handler, fn, facts)) return { refused: 'Every call adds a listener of its own, and nothing shows when that one should go.' };
  const text = listenerText(handler, slot.node, writer, facts);
  if ('refused' in text) return text;
  if (text.length > 1 && slot.type !== 'listed') return { refused: 'It is added by a statement without braces.' };
  const isConstant = home.type === 'scope' && isOnce && slot.type === 'listed' && slot.node.parent === home.body;
  const isDefinite = isConstant || (home.type === 'member' && isOnce && fn.isConstructor && isFunctionNode(fn.node) && slot.node.parent === fn.node.body);
  const type = isConstant || !typed ? '' : listenerType(registration, writer);
  if (type === undefined) return { refused: 'The types of its parameters are known only where it is written.' };
  const { name, access } = nameAt(home, wishedListenerName(registration), facts);
  if (!isConstant && !declareAt(home, { name, type: isDefinite || home.type === 'member' ? type : `(${type})`, isDefinite }, [node, ...users], writer, facts)) return { refused: `There is no place to declare ${name}.` };

  const remove = `${callOf(removal, access)}${semicolon}`;
  const guarded = isDefinite ? [remove] : [`if (${access}) {`, `${indent}${remove}`, '}'];
  const [first = '', ...further] = text;
  writer.around(slot, [...(isOnce ? [] : guarded), `${isConstant ? `const ${name}` : access} = ${first}`, ...further].map((line, index, lines) => (index === lines.length - 1 ? `${line}${semicolon}` : line)), []);
  writer.replace({ start: handler.range[0], end: handler.range[1] }, access);
  return guarded;
}
