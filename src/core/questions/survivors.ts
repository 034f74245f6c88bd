import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import { importOf } from '../scope/bindings.js';
import type { Released } from '../subject.js';
import { isFunctionNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { emitterKey } from './endings.js';
import { endingsOf, isPeriodic, type Ending } from './ending-functions.js';
import { keyed, releasedBy } from './released.js';

/** Why something that an ending skips need not be released by it: a person says so, a sweep or another ending does it, or its owner's teardown still goes by it. */
export type Survival = 'stated' | 'swept' | 'other-handler' | 'owed';

/** Why what an ending skips survives it rightly; undefined if nothing speaks for it. */
export function survivalOf(one: Released, ending: Ending, facts: Facts): Survival | undefined {
  if (isStated(one, facts)) return 'stated';
  const key = facts.places.key(one.place);
  const others = endingsOf(facts).filter(({ fn, how }) => fn !== ending.fn && (how === 'sweep' || how === 'event'));
  if (others.some((other) => isPeriodic(other, facts) && releasedBy(other.fn, facts, other.within).has(key))) return 'swept';
  const emitters = ending.how === 'event' ? emittersOf(ending.fn, facts) : [];
  if (others.some((other) => other.how === 'event' && [...emittersOf(other.fn, facts), ...(other.name === ending.name ? givenEmitters(other.fn, facts) : [])].some((emitter) => emitters.includes(emitter)) && releasedBy(other.fn, facts, other.within).has(key))) return 'other-handler';
  return isOwed(one, facts) ? 'owed' : undefined;
}

/** The emitters that a function listens to; those of a collection are told apart by the function that registers it. */
export function emittersOf({ registrations }: FunctionFact, facts: Facts): readonly string[] {
  return registrations.flatMap(({ emitter, node }) => {
    const key = emitter && emitterKey(emitter, facts);
    return key === undefined ? [] : key.includes(ELEMENT) ? `${key} in ${String(facts.functions.around(node).id)}` : key;
  });
}

/** Calls in a row by which an emitter is handed on. */
const MAX_CALLS = 3;

/** What callers give as the emitter that a function listens to: one that registers a listener, and calls what registers the next, has both. */
function givenEmitters({ registrations }: FunctionFact, facts: Facts): readonly string[] {
  return registrations.flatMap(({ emitter, node }) => {
    const place = emitter && facts.places.resolve(emitter);
    return place ? givenFor(place, facts.functions.around(node), facts, MAX_CALLS) : [];
  });
}

function givenFor({ root, path }: Place, fn: FunctionFact, facts: Facts, depth: number): readonly string[] {
  if (depth === 0 || root.type !== 'variable' || !isFunctionNode(fn.node)) return [];
  const index = fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && facts.bindings.variableOf(parameter) === root.variable);
  if (index < 0) return [];
  return facts.functions.callersOf(fn).flatMap((caller) => caller.calls.filter(({ to }) => to === fn).flatMap(({ node }) => {
    const argument = node.type === 'CallExpression' ? node.arguments[index] : undefined;
    return (argument ? placesOf(argument, facts) : []).flatMap((given) => {
      const place = { root: given.root, path: [...given.path, ...path] };
      return [facts.places.key(place), ...givenFor(place, caller, facts, depth - 1)];
    });
  }));
}

/** The place of a value; of what a variable holds, the variable, too, even if it is kept in a field besides. */
function placesOf(node: Node, facts: Facts): readonly Place[] {
  const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  const place = facts.places.resolve(node);
  return [...(place ? [place] : []), ...(variable && place?.root.type !== 'variable' ? [{ root: { type: 'variable' as const, variable }, path: [] }] : [])];
}

function isStated(one: Released, facts: Facts): boolean {
  const node = declarationOf(one.place, facts);
  return node !== undefined && statementFor(facts.statements, facts.model, node.range[0])?.says === 'survives';
}

/** Where a collection, field or variable is declared. */
export function declarationOf(place: Place, facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  const collection = facts.collections.find((one) => facts.places.key(one.place) === key);
  if (collection) return collection.declaration;
  const [name] = place.path;
  if (place.root.type === 'owner' && name !== undefined) return facts.owners.member(place.root.owner, name)?.node;
  return place.root.type === 'variable' ? (place.root.variable.defs[0]?.node) : undefined;
}

/**
 * Whether a set of ids is the list of what a teardown has still to end: it goes
 * through them and gives each to a function of elsewhere. What is named there
 * outlives the thing that has ended.
 */
function isOwed(one: Released, facts: Facts): boolean {
  const collection = facts.collections.find(({ place }) => facts.places.key(place) === facts.places.key(one.place));
  if (collection?.kind !== 'set') return false;
  return endingsOf(facts).some((other) => other.how === 'teardown' && !keyed(releasedBy(other.fn, facts)).includes(one) && goesThrough(one.place, other, facts));
}

/** Whether an ending visits the elements of a collection, or of a copy of it, and gives them to a function of another file. */
function goesThrough(place: Place, { fn }: Ending, facts: Facts): boolean {
  if (!isFunctionNode(fn.node)) return false;
  const key = facts.places.key(place);
  const copies = facts.tree.all('VariableDeclarator').filter(({ id, init }) => id.type === 'Identifier' && init && isCopyOf(init, key, facts)).map(({ id }) => facts.bindings.variableOf(id));
  const isList = (node: Node): boolean => isCopyOf(node, key, facts) || (unwrap(node).type === 'Identifier' && copies.includes(facts.bindings.variableOf(unwrap(node))));
  return facts.tree.some(fn.node, (node) => {
    if (node.type === 'ForOfStatement') return isList(node.right) && handsOn(node.body, facts);
    const call = parseMethodCall(node);
    const [visit] = call?.args ?? [];
    return call !== undefined && visit !== undefined && /^(?:map|forEach)$/.test(call.method) && isList(call.object) && handsOn(visit, facts);
  });
}

/** Whether something within a node calls an imported function. */
function handsOn(node: Node, facts: Facts): boolean {
  return facts.tree.some(node, (call) => {
    const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
    const variable = callee?.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
    return variable !== undefined && importOf(variable) !== undefined;
  });
}

/** The collection itself, `[...set]`, `Array.from(set)`, `set.values()`. */
function isCopyOf(node: Node, key: string, facts: Facts): boolean {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') return inner.elements.length === 1 && inner.elements[0]?.type === 'SpreadElement' && isCopyOf(inner.elements[0].argument, key, facts);
  const call = parseMethodCall(inner);
  if (call && /^(?:values|keys)$/.test(call.method)) return isCopyOf(call.object, key, facts);
  if (call?.method === 'from' && call.args[0]) return isCopyOf(call.args[0], key, facts);
  const place = inner.type === 'Identifier' || inner.type === 'MemberExpression' ? facts.places.resolve(inner) : undefined;
  return place !== undefined && facts.places.key(place) === key;
}
