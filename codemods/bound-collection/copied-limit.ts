import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { findCopiedBound, findFullRead } from '../../src/core/questions/copied-bound.js';
import { constantNumber } from '../../src/core/syntax/constant.js';
import { memberName, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { End, Growth } from './growth-site.js';

/** The limit that code sets to a copy, and to which the collection itself can be held. */
export interface CopiedLimit {
  /** How it is named wherever the collection grows; undefined if it is a bare number. */
  readonly name: string | undefined;
  readonly count: number | undefined;
  readonly node: Node;
  /** The end that the copy leaves out. */
  readonly oldest: End;
}

/** Finds the limit of the copy, if what the copy leaves out is read by nobody. */
export function findCopiedLimit({ place, name }: Collection, growth: Growth, facts: Facts): CopiedLimit | Refusal {
  const bound = findCopiedBound(place, facts.effectsOn(place), facts);
  const call = bound && parseMethodCall(bound.node);
  const parsed = call?.method === 'slice' ? parseSlice(call.args) : undefined;
  if (!bound || !parsed) return { refused: `The copy of ${name} is not made by a slice of so many entries.` };
  if (findFullRead(place, bound, facts)) return { refused: `${name} is also read in full, so the limit of the copy is not its own.` };
  // slice(0, N) of a list that grows at its end takes the first ones, and what comes later is never read.
  const { limit, oldest } = parsed;
  const count = constantNumber(limit, facts.bindings);
  const inner = unwrap(limit);
  if (inner.type === 'Literal') return { name: undefined, count, node: limit, oldest };
  if (!growth.all.every(({ node }) => meansTheSame(inner, node, facts))) return { refused: `The limit of the copy cannot be seen where ${name} grows.` };
  return { name: facts.model.text.slice(...inner.range), count, node: limit, oldest };
}

function parseSlice([start, end]: readonly Node[]): { limit: Node; oldest: End } | undefined {
  if (!start) return undefined;
  const from = unwrap(start);
  if (end) return from.type === 'Literal' && from.value === 0 ? { limit: unwrap(end), oldest: 'last' } : undefined;
  if (from.type === 'UnaryExpression' && from.operator === '-') return { limit: unwrap(from.argument), oldest: 'first' };
  return undefined;
}

/** Whether a limit is a variable, or a field of `this`, that another node sees as well. */
function meansTheSame(limit: Node, at: Node, facts: Facts): boolean {
  if (limit.type === 'Identifier') {
    const { block } = facts.bindings.variableOf(limit)?.scope ?? {};
    return block !== undefined && block.range[0] <= at.range[0] && at.range[1] <= block.range[1];
  }
  if (limit.type !== 'MemberExpression' || memberName(limit) === undefined) return false;
  if (limit.object.type === 'ThisExpression') {
    const self = facts.owners.thisAt(limit);
    const other = facts.owners.thisAt(at);
    return self !== undefined && self.owner === other?.owner && self.isStatic === other.isStatic;
  }
  return meansTheSame(unwrap(limit.object), at, facts);
}
