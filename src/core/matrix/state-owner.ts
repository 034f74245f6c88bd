import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import type { Place } from '../facts/places.js';
import { functionOwner, ownerName } from '../questions/owner-name.js';
import { declaringFunction } from '../scope/bindings.js';
import { spanOf, type Span } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';

/** Who has a piece of state: an object, a factory whose functions close over it, or the module. */
export interface MatrixOwner {
  readonly key: string;
  readonly name: string;
  readonly span: Span;
  /** The class, object or function; the program for a module. */
  readonly node: Node;
}

export function ownerOfPlace(place: Place, facts: Facts): MatrixOwner {
  const { root } = place;
  if (facts.stores.of(place)) return module(facts);
  if (root.type === 'owner') return ofObject(root.owner);
  const home = root.type === 'variable' ? declaringFunction(root.variable) : undefined;
  return home ? { key: keyOf(home), name: ownerName({ root, path: [] }, facts), node: home, span: spanOf(home) } : module(facts);
}

/** Who has what a function sets up and keeps nowhere. */
export function ownerOfFunction(fn: FunctionFact, facts: Facts): MatrixOwner {
  if (fn.self) return ofObject(fn.self.owner);
  if (fn === facts.functions.module) return module(facts);
  return { key: keyOf(fn.node), name: functionOwner(fn), node: fn.node, span: spanOf(fn.node) };
}

function ofObject({ name, node }: Owner): MatrixOwner {
  return { key: keyOf(node), name, node, span: spanOf(node) };
}

function module(facts: Facts): MatrixOwner {
  const node = facts.model.ast;
  return { key: keyOf(node), name: '', node, span: spanOf(node) };
}

function keyOf({ type, range }: Node): string {
  return `${type} ${String(range[0])}-${String(range[1])}`;
}
