import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { isParameter, onlyValue } from '../scope/bindings.js';
import { isFunctionNode, memberName, unwrap, type Node } from '../syntax/nodes.js';

/** A deletion under a part of the key under which entries are added. */
export interface OtherKey {
  readonly deletion: Effect;
  readonly added: Node;
  /** Whether the deletion has another part at hand, and so is not given the whole as if it were a part. */
  readonly isSure: boolean;
}

/**
 * Where every entry is added under a text that is put together,
 * `${guild}:${room}`, and every deletion takes one of its parts for the key:
 * `room`. The two are never equal, and nothing is taken out.
 */
export function findOtherKey(growth: readonly Effect[], removals: readonly Effect[], facts: Facts): OtherKey | undefined {
  const composed = growth.map(({ operation }) => partsOf(operation.key, facts));
  const [deletion] = removals;
  const added = growth[0]?.operation.key;
  if (!deletion || !added || composed.some((parts) => parts.size === 0)) return undefined;
  const isPart = ({ operation: { kind, key } }: Effect): boolean => {
    const name = kind === 'shrink' && key ? plainName(key, facts) : undefined;
    return name !== undefined && composed.every((parts) => parts.has(name));
  };
  if (!removals.every(isPart)) return undefined;
  const { node } = deletion.operation.fn;
  const given = isFunctionNode(node) ? node.params.filter((parameter) => parameter.type === 'Identifier' && composed[0]?.has(parameter.name)) : [];
  return { deletion, added, isSure: given.length > 1 };
}

/** The names of which a text is put together, where something stands between or beside them. */
function partsOf(key: Node | undefined, facts: Facts): ReadonlySet<string> {
  const inner = key && unwrap(key);
  const variable = inner?.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const text = variable ? onlyValue(variable) : inner;
  const none = new Set<string>();
  if (text?.type !== 'TemplateLiteral' || text.expressions.length < 2 || text.quasis.every(({ value }) => value.raw === '')) return none;
  const names = text.expressions.map((part) => nameOf(part));
  return names.every((name) => name !== undefined) ? new Set(names) : none;
}

/** The name of a key that stands for itself: a parameter, or a member of something. */
function plainName(key: Node, facts: Facts): string | undefined {
  const inner = unwrap(key);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return variable && !isParameter(variable) ? undefined : nameOf(inner);
}

function nameOf(node: Node): string | undefined {
  const inner = unwrap(node);
  return inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : undefined;
}
