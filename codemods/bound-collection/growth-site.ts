import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import { findStatementSlot, type StatementSlot } from '../../src/codemod/writing/statement-slot.js';

/** At which end of a collection its oldest entries are. */
export type End = 'first' | 'last';

/** A call that adds to the collection, behind whose statement it can be trimmed. */
export interface CallSite {
  readonly type: 'call';
  readonly node: TSESTree.CallExpression;
  /** The collection as it is named there: `this.history`. */
  readonly object: Node;
  readonly slot: StatementSlot;
}

/** A list that takes the place of the old one: `[...state.items, item]`. */
export interface NewListSite {
  readonly type: 'new list';
  readonly node: Node;
}

export type GrowthSite = CallSite | NewListSite;

export interface Growth {
  readonly all: readonly GrowthSite[];
  readonly oldest: End;
}

/** Takes every place apart where a collection grows; says why if one of them has a form in which it cannot be trimmed. */
export function parseGrowth({ name, place }: Collection, growth: readonly Effect[], facts: Facts): Growth | Refusal {
  const found = new Map<Node, { site: GrowthSite; oldest: End }>();
  for (const { operation } of growth) {
    if (facts.places.key(facts.functions.fieldOf(operation.place)) !== facts.places.key(facts.functions.fieldOf(place))) return { refused: `${name} grows in a function that fills other collections, too.` };
    const parsed = operation.how === 'spread' ? parseNewList(operation.value) : parseCall(operation.node, facts);
    if (!parsed) return { refused: `${name} grows by ${operation.how}, where it cannot be trimmed.` };
    if ('refused' in parsed) return parsed;
    found.set(parsed.site.node, parsed);
  }
  const [first, ...others] = [...found.values()];
  if (!first) return { refused: `Nothing in this file adds to ${name}.` };
  if (others.some(({ oldest }) => oldest !== first.oldest)) return { refused: `${name} grows at both of its ends, so neither has its oldest entries.` };
  return { all: [...found.values()].map(({ site }) => site), oldest: first.oldest };
}

function parseCall(node: Node, facts: Facts): { site: CallSite; oldest: End } | Refusal | undefined {
  const call = parseMethodCall(node);
  if (node.type !== 'CallExpression' || !call || !/^(?:push|unshift|set|add)$/u.test(call.method)) return undefined;
  const text = facts.model.text.slice(...node.range);
  if (!isRepeatable(call.object)) return { refused: `In ${text.replace(/\s+/gu, ' ')} the collection has no name that could be written again.` };
  const callee = unwrap(node.callee);
  if (callee.type === 'MemberExpression' && callee.optional) return { refused: 'It grows by an optional call, and may not be there.' };
  const outer = parentOf(wrapped(node));
  const isStatement = outer?.type === 'ExpressionStatement' || (outer?.type === 'ArrowFunctionExpression' && returnsToNobody(outer, facts));
  const slot = isStatement ? findStatementSlot(wrapped(node)) : undefined;
  if (!slot) return { refused: 'It grows within a larger expression, behind which nothing can be written.' };
  return { site: { type: 'call', node, object: call.object, slot }, oldest: call.method === 'unshift' ? 'last' : 'first' };
}

/** Whether nobody takes what an arrow function gives: a listener, or what `forEach` calls. */
function returnsToNobody(fn: TSESTree.ArrowFunctionExpression, facts: Facts): boolean {
  const fact = facts.functions.of(fn);
  const call = parentOf(wrapped(fn));
  return (fact !== undefined && fact.registrations.length > 0) || (call !== undefined && parseMethodCall(call)?.method === 'forEach');
}

/** A path without calls and optional steps: naming it twice gives the same thing and does nothing. */
function isRepeatable(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Identifier' || inner.type === 'ThisExpression') return true;
  if (inner.type !== 'MemberExpression' || inner.optional) return false;
  return isRepeatable(inner.object) && (!inner.computed || inner.property.type === 'Literal' || inner.property.type === 'Identifier');
}

/** `[...old, item]`, `[item, ...old]`, `old.concat(item)`, told by what is added. */
function parseNewList(added: Node | undefined): { site: NewListSite; oldest: End } | undefined {
  const parent = added?.parent;
  const list = parent?.type === 'SpreadElement' ? parent.parent : parent;
  if (!added || !list) return undefined;
  if (list.type === 'CallExpression' && parseMethodCall(list)?.method === 'concat') return { site: { type: 'new list', node: list }, oldest: 'first' };
  if (list.type !== 'ArrayExpression') return undefined;
  const isFirst = list.elements[0] === added || list.elements[0] === parent;
  if (isFirst && list.elements.at(-1)?.type !== 'SpreadElement') return undefined;
  return { site: { type: 'new list', node: list }, oldest: isFirst ? 'last' : 'first' };
}
