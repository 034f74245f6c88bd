import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { bodyStatements, contains, isFunctionNode, isNothing, unwrap, type Node } from '../syntax/nodes.js';
import { endingListeners } from './child-life.js';
import { testsAround } from './endings.js';
import { bareName, functionAround } from './owner-name.js';
import type { ResourceEnd } from './resource-ends.js';

/** A place where the state that keeps a second resource from being acquired is taken back. */
export interface Reset {
  readonly node: Node;
  readonly name: string;
  readonly where: string;
}

/**
 * Where the next one is acquired over a live one: the handle itself, or a state
 * that is asked for before it is acquired (`if (this.connected) return`), is
 * reset in a function that does not end the old one.
 */
export function findReset(resource: ResourceAcquisition, place: Place, ends: readonly ResourceEnd[], facts: Facts): Reset | undefined {
  if (place.root.type !== 'owner' || place.path.length !== 1) return undefined;
  const guards = guardsOf(resource, place, facts);
  if (guards.size === 0) return undefined;
  for (const { kind, node, fn, place: written, value } of facts.operations) {
    if (kind !== 'empty' || !value || !isFalse(unwrap(value)) || !guards.has(facts.places.key(written))) continue;
    if (fn.isConstructor || acquires(fn, place, facts) || letsGoIn(fn, resource, place, ends, facts)) continue;
    if (isOver(resource, place, fn.node, facts)) continue;
    return { node, name: bareName(place), where: functionAround(node, facts) };
  }
  return undefined;
}

/** The fields that keep it from being acquired: the handle itself, if it is asked for, else what an early return asks for. */
function guardsOf(resource: ResourceAcquisition, place: Place, facts: Facts): ReadonlySet<string> {
  const own = facts.places.key(place);
  if (!isFunctionNode(resource.fn.node)) return new Set();
  if (fieldsIn(testsAround(resource.node, resource.fn.node), facts).has(own)) return new Set([own]);
  return fieldsIn(bodyStatements(resource.fn.node).flatMap((statement) => (statement.type === 'IfStatement' && statement.range[1] <= resource.node.range[0] && returns(statement.consequent) ? [statement.test] : [])), facts);
}

function fieldsIn(tests: readonly Node[], facts: Facts): ReadonlySet<string> {
  const found = new Set<string>();
  for (const test of tests) facts.tree.some(test, (node) => {
    const place = node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    if (place?.root.type === 'owner') found.add(facts.places.key(place));
    return false;
  });
  return found;
}

function returns(node: Node): boolean {
  return node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ReturnStatement');
}

function isFalse(node: Node): boolean {
  return isNothing(node) || (node.type === 'Literal' && node.value === false);
}

/** Whether a function acquires what stands at a place itself: what it resets before is its own start. */
function acquires(fn: FunctionFact, place: Place, facts: Facts): boolean {
  return facts.resources.some((resource) => resource.fn === fn && resource.destination.type === 'place' && facts.places.key(resource.destination.place) === facts.places.key(place));
}

/** Whether a function ends the resource, itself or by what it calls, or gives it to somebody. */
function letsGoIn(fn: FunctionFact, resource: ResourceAcquisition, place: Place, ends: readonly ResourceEnd[], facts: Facts): boolean {
  const reached = [...facts.summaries.reach(fn)].filter((one) => one !== resource.fn);
  return reached.some((one) => one !== facts.functions.module && ends.some(({ node }) => contains(one.node, node)))
    || facts.summaries.own(fn).some((operation) => operation.kind === 'hand-over' && facts.places.key(operation.place) === facts.places.key(place));
}

/** Whether a function listens to the end of the resource itself. */
function isOver(resource: ResourceAcquisition, place: Place, fn: Node, facts: Facts): boolean {
  return endingListeners(resource, [place], facts).some(({ handler, handlerFn }) => contains(handler, fn) || (handlerFn !== undefined && [...facts.summaries.reach(handlerFn)].some((reached) => reached.node === fn)));
}
