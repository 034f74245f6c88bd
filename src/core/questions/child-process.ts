import type { Facts } from '../facts/facts.js';
import { importOf, onlyValue, type Variable } from '../scope/bindings.js';
import { isFunctionNode, literalText, memberName, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';

/** A listener of an event: `child.once('error', reject)`. */
export interface Listening {
  readonly source: Variable;
  readonly event: string;
  readonly listener: Node;
}

/** What a call listens to, if it does; the source is a plain variable. */
function listeningOf(node: Node, facts: Facts): Listening | undefined {
  const call = parseMethodCall(node);
  const [event, listener] = call?.args ?? [];
  if (!call || !event || !listener || !/^(?:on|once|addListener|prependListener)$/.test(call.method)) return undefined;
  const object = unwrap(call.object);
  const source = object.type === 'Identifier' ? facts.bindings.variableOf(object) : undefined;
  const name = literalText(event);
  return source && name !== undefined ? { source, event: name, listener: unwrap(listener) } : undefined;
}

/** The child process of whose `error` event a node is a listener, or within which it stands. */
export function failingChildAround(node: Node, facts: Facts): Variable | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current !== node && !isFunctionNode(current)) continue;
    const call = parentOf(current);
    const listening = call && listeningOf(call, facts);
    if (listening?.listener === current) return listening.event === 'error' && isChildProcess(listening.source, facts) ? listening.source : undefined;
  }
  return undefined;
}

/** Whether a node waits for an event of a child process itself: it has failed with it. */
export function waitsForChild(node: Node, child: Variable, facts: Facts): boolean {
  return isChildProcess(child, facts) && facts.tree.some(node, (part) => listeningOf(part, facts)?.source === child);
}

/** The functions that listen to the `close` of a child process. Node emits it after `error`, too, even for a child that could not be spawned. */
export function closeListenersOf(child: Variable, facts: Facts): Node[] {
  return facts.tree.all('CallExpression').flatMap((call) => {
    const listening = listeningOf(call, facts);
    return listening?.source === child && listening.event === 'close' ? [listening.listener] : [];
  });
}

/** Whether a variable only ever holds what `spawn` and its kin of `node:child_process` return. */
function isChildProcess(variable: Variable, facts: Facts): boolean {
  const made = onlyValue(variable);
  return made?.type === 'CallExpression' && startsChild(made, facts);
}

/** `spawn(…)`, `childProcess.fork(…)`, by where the function comes from. */
function startsChild(made: Extract<Node, { type: 'CallExpression' }>, facts: Facts): boolean {
  const callee = unwrap(made.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const imported = root.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
  const origin = imported && importOf(imported);
  if (!origin) return false;
  if (origin.module === 'cross-spawn') return true;
  const name = callee.type === 'MemberExpression' ? memberName(callee) : origin.name;
  return /^(?:node:)?child_process$/.test(origin.module) && name !== undefined && /^(?:spawn|fork|exec|execFile)$/.test(name);
}

/** A child process that the file starts and keeps. */
export interface KeptChild {
  readonly node: Node;
  /** The places that hold it, by `Places.key`. */
  readonly keys: readonly string[];
  /** Whether it is meant to outlive its parent. */
  readonly isDetached: boolean;
}

/** The children that a file starts and keeps: in a variable, or a field. */
export function spawnedChildren(facts: Facts): KeptChild[] {
  return facts.tree.all('CallExpression').flatMap((node) => {
    const keys = startsChild(node, facts) ? placesFor(node, facts) : [];
    return keys.length > 0 ? [{ node, keys, isDetached: isDetached(node, keys, facts) }] : [];
  });
}

/** The place that a value is put into, and those of `a = b = value`. */
function placesFor(value: Node, facts: Facts): string[] {
  const destination = facts.places.destinationOf(value);
  if (destination.type !== 'place') return [];
  const outer = destination.node.type === 'AssignmentExpression' ? placesFor(destination.node, facts) : [];
  return [facts.places.key(destination.place), ...outer];
}

function isDetached(call: Extract<Node, { type: 'CallExpression' }>, keys: readonly string[], facts: Facts): boolean {
  return facts.operations.some(({ kind, place }) => kind === 'unref' && keys.includes(facts.places.key(place)))
    || facts.tree.some(call, (node) => node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'detached');
}
