import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import { ELEMENT } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { handsToReleaser, type Operation } from '../facts/operations.js';
import { isFunctionNode, memberName, parentOf, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { mentionsOf } from './mentions.js';
import { findNamesake } from './namesake.js';

/** Where a resource is told to end. */
export interface ResourceEnd {
  readonly node: Node;
  /** The method or callee that ends it, as written. */
  readonly how: string;
}

/** Callees that end a process by its id: `process.kill(pid)`, `treeKill(pid)`, `spawn('taskkill', ['/pid', pid])`. */
const KILLS_BY_ID = /kill|terminate|signal|stop|reap|clean|spawn|exec/i;

/** Every end that the file gives to what stands at some places: by a method, by its process id, or with the collection that it is in. */
export function endsOf(places: readonly Place[], resource: ResourceAcquisition, facts: Facts): ResourceEnd[] {
  const ends = new Map<Node, ResourceEnd>();
  const add = (node: Node, how: string): void => { if (!ends.has(node)) ends.set(node, { node, how }); };
  for (const place of places) {
    for (const mention of mentionsOf(place, facts)) {
      const end = namedEnd(mention, resource);
      if (end) add(end.node, end.how);
    }
    for (const { operation } of facts.effectsOn(place)) if (isEnd(operation)) add(operation.node, operation.how);
    for (const { operation } of holdersOf(place).flatMap((holder) => facts.effectsOn(holder))) if (operation.kind === 'end') add(operation.node, operation.how);
    for (const mention of mentionsOf({ root: place.root, path: [...place.path, 'pid'] }, facts)) {
      const call = callGivenTo(mention);
      const callee = call && pathText(call.callee);
      if (call && KILLS_BY_ID.test(callee ?? '')) add(call, callee ?? 'kill');
    }
  }
  return [...ends.values()];
}

/** Something of the same name that is ended, and that may be the same thing. */
export function findNamedEnd(places: readonly Place[], facts: Facts): Node | undefined {
  for (const place of places) {
    const found = findNamesake(place, isEnd, facts);
    if (found) return found.node;
  }
  return undefined;
}

/** `child.kill(…)`, and `child.kill` as a value that somebody will call. */
function namedEnd(mention: Node, { kind }: ResourceAcquisition): ResourceEnd | undefined {
  const member = parentOf(mention);
  if (member?.type !== 'MemberExpression' || unwrap(member.object) !== unwrap(mention)) return undefined;
  const name = memberName(member);
  if (name === undefined || !kind.release.includes(name)) return undefined;
  const call = parentOf(member);
  if (call?.type === 'AssignmentExpression' && unwrap(call.left) === member) return undefined;
  return { node: call?.type === 'CallExpression' && unwrap(call.callee) === member ? call : member, how: name };
}

function isEnd(operation: Operation): boolean {
  return (operation.kind === 'end' && operation.how !== 'removeAllListeners') || operation.kind === 'invoke' || handsToReleaser(operation);
}

/** The collections that a place is an entry of: `this.workers` of `this.workers.*.process`. */
function holdersOf({ root, path }: Place): Place[] {
  return path.flatMap((name, index) => (name === ELEMENT ? [{ root, path: path.slice(0, index) }] : []));
}

/** The call that is given a value, or something made of it: `process.kill(-child.pid)`. */
function callGivenTo(node: Node): Extract<Node, { type: 'CallExpression' }> | undefined {
  for (let child = node, current = node.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (current.type === 'CallExpression' && current.callee !== child && parseMethodCall(current)?.method !== 'toString') return current;
    if (/Statement$|^VariableDeclarator$|^MemberExpression$/.test(current.type)) return undefined;
  }
  return undefined;
}
