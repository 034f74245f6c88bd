import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { declaringFunction, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, parentOf, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { endsOf } from './resource-ends.js';

/** Kinds of which a time limit is set for the beginning. */
const TAKES_TIME: ReadonlySet<string> = new Set(['socket', 'client', 'worker', 'process', 'pty', 'server', 'browser']);

/**
 * What gives up on a resource, and leaves it open: a time-out rejects the
 * promise that would have handed it over, and nobody else has it.
 */
export function findGivenUp(resource: ResourceAcquisition, facts: Facts): Node | undefined {
  const { fn, kind, destination } = resource;
  const made = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  if (!TAKES_TIME.has(kind.id) || destination.type !== 'place' || destination.place.root.type !== 'variable' || destination.place.path.length > 0) return undefined;
  if (!isFunctionNode(fn.node) || made?.type !== 'NewExpression' || !(pathText(made.callee) ?? '').endsWith('Promise')) return undefined;
  const { variable } = destination.place.root;
  const [resolve, reject] = fn.node.params.map((parameter) => (parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined));
  if (!resolve || !reject || declaringFunction(variable) !== fn.node || !isOnlyGivenBy(resolve, variable)) return undefined;
  const ends = endsOf([destination.place], resource, facts).map(({ node }) => node);
  const succeeds = facts.functions.all.filter((one) => contains(fn.node, one.node) && one !== fn && uses(one, resolve));
  // What opens after all may be asked whether anybody still waits for it.
  if (ends.some((end) => facts.functions.around(end) === fn || succeeds.some(({ node }) => contains(node, end)))) return undefined;
  const givesUp = (late: FunctionFact | undefined): boolean => {
    const reached = late ? [...facts.summaries.reach(late)].filter((one) => one !== fn) : [];
    return reached.some((one) => uses(one, reject)) && !reached.some((one) => uses(one, resolve) || ends.some((end) => contains(one.node, end)));
  };
  const timer = facts.timers.find(({ kind: { id }, node, callback }) => id === 'timeout' && contains(fn.node, node) && givesUp(callback));
  if (timer) return timer.node;
  const key = facts.places.key(destination.place);
  return facts.listeners.registrations.find(({ event, targetPlace, handlerFn }) => event === 'timeout' && targetPlace !== undefined && facts.places.key(targetPlace) === key && givesUp(handlerFn))?.node;
}

/** Whether a variable is only worked with, and handed over by one function: `resolve(socket)`. */
function isOnlyGivenBy(resolve: Variable, variable: Variable): boolean {
  const reads = variable.references.flatMap((reference) => (reference.isRead() ? [reference.identifier as Node] : []));
  const gives = reads.filter((node) => resolve.references.some(({ identifier }) => {
    const call = parentOf(identifier);
    return call?.type === 'CallExpression' && unwrap(call.callee) === identifier && call.arguments.some((argument) => contains(argument, node));
  }));
  const works = (node: Node): boolean => {
    const member = parentOf(wrapped(node));
    return member?.type === 'MemberExpression' && unwrap(member.object) === node && parentOf(member)?.type !== 'ReturnStatement';
  };
  return gives.length > 0 && reads.every((node) => gives.includes(node) || works(node));
}

/** Whether a function itself uses a variable. */
function uses({ node }: FunctionFact, variable: Variable): boolean {
  return variable.references.some(({ identifier }) => contains(node, identifier));
}
