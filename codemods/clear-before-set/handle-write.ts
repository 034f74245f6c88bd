import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunctionNode, keyName, memberName, parseMethodCall, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import { findStatementSlot, type StatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { isRepeatable } from '../track-timers/key.js';

/** Where a new handle takes the place of the old one. */
export interface HandleWrite {
  /** The statement that starts the new timer: the old one is cleared in front of it. */
  readonly slot: StatementSlot;
  /** What is written to: `this.timer`, or the Map of `timers.set(id, …)`. */
  readonly target: Node;
  /** The key of an entry of a Map. */
  readonly key: Node | undefined;
  /** The names that lead from the target to the handle, where that is part of a new object. */
  readonly path: readonly string[];
}

/** Finds the write by which a timer's handle is kept, and a place for a statement in front of it. */
export function findHandleWrite({ node, destination }: TimerAcquisition, facts: Facts): HandleWrite | Refusal {
  const kept = climb(node);
  if (kept.type === 'declared') return destination.type === 'place' ? findLaterWrite(kept, node, destination.place, facts) : LARGER;
  if (kept.type === 'other') return LARGER;
  const slot = isWholeStatement(kept.node) ? findStatementSlot(node) : undefined;
  return slot ? repeatable(slot, kept) : LARGER;
}

const LARGER: Refusal = { refused: 'The timer is started within a larger expression.' };

type Kept =
  | { readonly type: 'written'; readonly node: Node; readonly target: Node; readonly key: Node | undefined; readonly path: readonly string[] }
  | { readonly type: 'declared'; readonly declarator: TSESTree.VariableDeclarator }
  | { readonly type: 'other' };

/** From a value outwards to what keeps it: `x = value`, `map.set(key, value)`, `const x = value`, each perhaps of an object that has the value. */
function climb(value: Node): Kept {
  const path: string[] = [];
  let node = wrapped(value);
  for (;;) {
    const { parent } = node;
    switch (parent?.type) {
      case 'MemberExpression': {
        // setTimeout(…).unref()
        const call = wrapped(parent).parent;
        if (parent.object !== node || call?.type !== 'CallExpression' || !/^(?:unref|ref)$/u.test(memberName(parent) ?? '')) return { type: 'other' };
        node = wrapped(call);
        continue;
      }
      case 'ConditionalExpression':
        if (parent.test === node) return { type: 'other' };
        node = wrapped(parent);
        continue;
      case 'Property': {
        const name = keyName(parent);
        if (name === undefined || parent.computed || parent.value !== node || parent.parent.type !== 'ObjectExpression') return { type: 'other' };
        path.unshift(name);
        node = wrapped(parent.parent);
        continue;
      }
      case 'AssignmentExpression':
        return parent.right === node && parent.operator === '=' ? { type: 'written', node: parent, target: parent.left, key: undefined, path } : { type: 'other' };
      case 'CallExpression': {
        const call = parseMethodCall(parent);
        return call?.method === 'set' && call.args[0] && call.args[1] === node ? { type: 'written', node: parent, target: call.object, key: call.args[0], path } : { type: 'other' };
      }
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' && path.length === 0 ? { type: 'declared', declarator: parent } : { type: 'other' };
      default:
        return { type: 'other' };
    }
  }
}

/** `const timer = setInterval(…); this.timers.set(id, timer);`: both statements stand in one list, and none between them waits or leaves. */
function findLaterWrite({ declarator }: { readonly declarator: TSESTree.VariableDeclarator }, timer: Node, place: Place, facts: Facts): HandleWrite | Refusal {
  const variable = facts.bindings.variableOf(declarator.id);
  const slot = findStatementSlot(timer);
  const writes = variable?.references.flatMap((reference) => {
    const kept = climb(reference.identifier);
    return kept.type === 'written' && keeps(kept, place, facts) ? [kept] : [];
  });
  const [kept] = writes ?? [];
  if (!kept || slot?.type !== 'listed' || declarator.parent !== slot.node || declarator.parent.declarations.length > 1 || !isWholeStatement(kept.node)) return LARGER;
  const list = facts.tree.childrenOf(slot.node.parent);
  const start = list.indexOf(slot.node);
  const end = list.findIndex((statement) => contains(statement, kept.node));
  const isBefore = end > start && list[end] === wrapped(kept.node).parent;
  if (!isBefore || list.slice(start + 1, end).some((statement) => mayLeave(statement, facts))) return { refused: 'Its handle is kept only further on, and not on every path.' };
  if ([kept.target, kept.key].some((part) => part && mentionsLater(part, slot.node, facts))) return { refused: 'Where the timer is started, the place that will keep its handle is not known yet.' };
  return repeatable(slot, kept);
}

/** Whether a write is to the place itself, or to the collection that has it as an element. */
function keeps({ target, key, path }: Extract<Kept, { type: 'written' }>, place: Place, facts: Facts): boolean {
  const found = facts.places.resolve(target);
  return found !== undefined && facts.places.key({ root: found.root, path: [...found.path, ...(key ? ['*'] : []), ...path] }) === facts.places.key(place);
}

function mayLeave(statement: Node, facts: Facts): boolean {
  return facts.tree.some(statement, (node) => /^(?:Await|Yield)Expression$|^(?:Return|Throw|Break|Continue)Statement$/u.test(node.type), isFunctionNode);
}

function mentionsLater(part: Node, statement: Node, facts: Facts): boolean {
  return facts.tree.some(part, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    return variable?.identifiers.some((name) => name.range[0] >= statement.range[0] && contains(statement.parent as Node, name)) ?? false;
  });
}

function repeatable(slot: StatementSlot, { target, key, path }: Extract<Kept, { type: 'written' }>): HandleWrite | Refusal {
  const isPlain = isRepeatable(target) && (!key || isRepeatable(key));
  return isPlain ? { slot, target: unwrap(target), key, path } : { refused: 'The place that keeps its handle cannot be written twice without evaluating it twice.' };
}

/** Whether an expression is all that its statement does, so that nothing else runs between a statement in front and it. */
function isWholeStatement(expression: Node): boolean {
  let node = wrapped(expression);
  while (node.parent?.type === 'AssignmentExpression' && node.parent.right === node && node.parent.operator === '=') node = wrapped(node.parent);
  const { parent } = node;
  return parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === node);
}
