import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { isParameter, onlyValue } from '../scope/bindings.js';
import { contains, hasPath, isFunctionNode, isNamed, lastName, memberName, optionOf, parentOf, unwrap, type Node } from '../syntax/nodes.js';
import { emitterKey } from './endings.js';
import { mentionsOf } from './mentions.js';

/** Events with which a child process, a socket or a worker is over. */
const OVER = /^(?:exit|close|end|disconnect|finish|disconnected|error)$/;

/** The value of an option that a call is given, in an object that stands there or in a constant. */
export function optionGiven({ node }: ResourceAcquisition, name: string, facts: Facts): Node | undefined {
  for (const argument of node.arguments) {
    const inner = unwrap(argument);
    const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
    const found = optionOf((variable && onlyValue(variable)) ?? inner, name);
    if (found) return found;
  }
  return undefined;
}

/** A listener of the end of a resource. */
export interface EndingListener {
  readonly event: string;
  readonly node: Node;
  /** What is registered; a function, if the file shows it. */
  readonly handler: Node;
  readonly handlerFn: FunctionFact | undefined;
}

/** The listeners of the end of a resource: `child.on('exit', …)`, `socket.onclose = …`, `pty.onExit(…)`. */
export function endingListeners(resource: ResourceAcquisition, places: readonly Place[], facts: Facts): EndingListener[] {
  const keys = new Set([...places.map((place) => facts.places.key(place)), `at ${String(resource.node.range[0])}`]);
  const isOwn = (event: string, emitter: Node | undefined): boolean => {
    const key = emitter && OVER.test(event) ? emitterKey(emitter, facts) : undefined;
    return key !== undefined && keys.has(key);
  };
  const added = facts.listeners.registrations.filter(({ event, target }) => isOwn(event, target));
  const assigned = facts.functions.all.flatMap((fn) => fn.registrations.flatMap(({ event, emitter, node }) => (isOwn(event, emitter) ? [{ event, node, handler: fn.node, handlerFn: fn }] : [])));
  return [...added, ...assigned];
}

/** Where the end of a child starts the next one: it is never over. */
export function findRestart(resource: ResourceAcquisition, places: readonly Place[], facts: Facts): Node | undefined {
  if (resource.fn === facts.functions.module) return undefined;
  return endingListeners(resource, places, facts).find(({ event, handlerFn }) => event !== 'error' && handlerFn !== undefined && startsAgain(handlerFn, resource.fn, facts))?.node;
}

function startsAgain(handler: FunctionFact, start: FunctionFact, facts: Facts): boolean {
  const reached = [...facts.summaries.reach(handler)].filter((fn) => fn !== facts.functions.module && fn !== start && !contains(fn.node, start.node));
  return facts.functions.callsOf(start).some((call) => reached.some((fn) => contains(fn.node, call.node)));
}

/** Whether somebody waits for the end of a child: it runs to completion, and its result is what it was started for. */
export function runsToCompletion(resource: ResourceAcquisition, places: readonly Place[], facts: Facts): boolean {
  const { node } = resource;
  const last = node.arguments.at(-1);
  if (/(?:^|\.)exec(?:File)?$/.test(resource.callee) || (last && (isFunctionNode(unwrap(last)) || facts.functions.valueOf(last)))) return true;
  if (optionGiven(resource, 'timeout', facts) || parentOf(node)?.type === 'AwaitExpression') return true;
  if (places.some((place) => mentionsOf(place, facts).some((mention) => mention.parent?.type === 'AwaitExpression' || isThen(mention)))) return true;
  return endingListeners(resource, places, facts).some(({ handler, handlerFn }) => (handlerFn ? settles(handlerFn, facts) : isCallbackName(handler)));
}

function isThen(node: Node): boolean {
  const member = parentOf(node);
  return member?.type === 'MemberExpression' && member.object === node && isNamed(member, /^(?:then|finally)$/);
}

/** Whether a listener answers whoever started the child: it settles a promise, calls a callback, or ends the program. */
function settles(fn: FunctionFact, facts: Facts): boolean {
  return [...facts.summaries.reach(fn)].some((reached) => reached !== facts.functions.module && facts.tree.some(reached.node, (node) => {
    if (node.type !== 'CallExpression') return false;
    if (hasPath(node.callee, /^process\.exit$/)) return true;
    return isCallbackName(node.callee) || isParameterOfOuter(node.callee, reached.node, facts);
  }));
}

function isCallbackName(node: Node): boolean {
  return /^_?(?:resolve|reject|done|cb|callback|next|fulfil|settle|complete|finish|onExit|onClose|onDone|onEnd|onComplete|onFinish)\w*$/i.test(lastName(node));
}

/** The parameter of a function around the listener: a callback, or the `resolve` of a promise. */
function isParameterOfOuter(callee: Node, fn: Node, facts: Facts): boolean {
  const inner = unwrap(callee);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const declared = variable?.defs[0]?.name as Node | undefined;
  return variable !== undefined && isParameter(variable) && declared !== undefined && !contains(fn, declared);
}

/** What shows that a child is to run on: it is forked to be talked to, written to, or detached. */
export function findLongLife(resource: ResourceAcquisition, places: readonly Place[], facts: Facts): Node | undefined {
  if (!resource.acquire.mayComplete) return resource.node;
  if (/(?:^|\.)fork$/.test(resource.callee)) return resource.node;
  const detached = optionGiven(resource, 'detached', facts);
  if (detached?.type === 'Literal' && detached.value === true) return detached;
  for (const place of places) {
    for (const mention of mentionsOf(place, facts)) {
      const member = parentOf(mention);
      if (member?.type === 'MemberExpression' && memberName(member) === 'send') return member;
    }
    const stdin = { root: place.root, path: [...place.path, 'stdin'] };
    const written = mentionsOf(stdin, facts).map((mention) => parentOf(mention)).find((member) => member?.type === 'MemberExpression' && memberName(member) === 'write');
    if (written) return written;
  }
  return undefined;
}
