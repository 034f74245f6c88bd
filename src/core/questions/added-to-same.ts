import type { Facts } from '../facts/facts.js';
import type { Call, FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import type { Owner } from '../facts/owners.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { flowOf } from '../flow/flow.js';
import { isEndingEvent } from '../kinds/events.js';
import { comesOnce, isProgramPath, leadsToServer, mayNeverCome, opensTarget, startsTalk } from '../kinds/listener-targets.js';
import { declaringFunction, isParameter } from '../scope/bindings.js';
import { contains, isFunctionNode, isNothing, literalText, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { testsAround } from './endings.js';
import { takesItselfOff, takesListener, type AddedAgain } from './listener-span.js';
import { lifeOfTarget } from './listener-target.js';
import { isRunByInterval, isTeardown } from './teardowns.js';

/** A listener that each run of some code adds to one target, which is there before and after. */
export interface AddedToSame extends AddedAgain {
  /** What makes that less sure: a test that may let it come once only, a handler of requests that is one by the names of its parameters. */
  readonly doubts: readonly { readonly code: string; readonly node: Node }[];
}

/** Callers of callers that are followed. */
const MAX_CALLERS = 4;

/**
 * What makes a listener come again on the same target: an event, a request or
 * an interval leads to the code that adds it, nothing on the way lets it through
 * only once, and the target was there before that run began. Of a target that a
 * run makes, looks up or is given, each run has its own.
 */
export function findAddedToSame(registration: ListenerRegistration, facts: Facts): AddedToSame | undefined {
  const { style, once, event, target, fn, node } = registration;
  if ((style !== 'method' && style !== 'event') || (once && !mayNeverCome(event)) || (style === 'method' && registration.method.startsWith('add') && !registration.eventNode)) return undefined;
  // Of what the module has the file may not show whether it is an object.
  if (registration.targetPlace?.root.type === 'variable' && !declaringFunction(registration.targetPlace.root.variable) && lifeOfTarget(registration, facts) === 'unknown') return undefined;
  return search(node, target, fn, facts, []);
}

/** A step on the way from what runs again to a listener: a node, and the function in which it stands. */
interface Step {
  readonly node: Node;
  readonly fn: FunctionFact;
}

function search(node: Node, target: Node, fn: FunctionFact, facts: Facts, way: readonly Step[]): AddedToSame | undefined {
  let home = fn;
  for (;;) {
    const again = comesAgain(home, facts);
    if (again) return leadsThrough([...way, { node, fn: home }], target, home, again, facts);
    if (!home.inline || !home.parent) break;
    home = home.parent;
  }
  const second = findSecondRun(home, facts);
  const begun = second && leadsThrough([...way, { node, fn: home }, { node: second.node, fn: second.from }], target, second.from, { code: 'added-per-call', node: second.node, name: home.name, isByName: false }, facts);
  if (begun) return begun;
  if (way.length === MAX_CALLERS || home.isConstructor || home === facts.functions.module) return undefined;
  for (const call of facts.functions.callsOf(home)) {
    const given = contains(home.node, call.node) ? undefined : givenAs(target, home, call.node, facts);
    const found = given && search(call.node, given, call.from, facts, [...way, { node, fn: home }]);
    if (found) return found;
  }
  return undefined;
}

/** The event, request or interval that runs a function more than once. */
function comesAgain(fn: FunctionFact, facts: Facts): Again | undefined {
  if (takesItselfOff(fn, facts) || takesListener(fn)) return undefined;
  const registration = fn.registrations.find(({ event, node, emitter }) => emitter !== undefined && event !== '' && !comesOnce(event) && !isEndingEvent(event) && !opensTarget(event) && !mayNeverCome(event) && !/once/i.test(parseMethodCall(node)?.method ?? ''));
  if (registration) return { code: 'added-per-event', node: registration.node, name: registration.event, isByName: false, emitter: registration.emitter };
  if (fn.ownTriggers.has('request')) return { code: 'added-per-request', node: fn.node, name: fn.name, isByName: false };
  if (isRunByInterval(fn, facts)) return { code: 'added-per-call', node: fn.node, name: fn.name === '' ? 'setInterval' : fn.name, isByName: false };
  return handlesRequest(fn, facts) ? { code: 'added-per-request', node: fn.node, name: fn.name, isByName: true } : undefined;
}

/** `constructor() { this.begin(); } restart() { this.begin(); }`: whoever calls it later does so for the second time on one object. */
function findSecondRun(fn: FunctionFact, facts: Facts): Call | undefined {
  const owner = fn.method?.owner;
  if (!owner || owner.kind === 'object' || fn.isConstructor) return undefined;
  const calls = facts.functions.callsOf(fn).filter((call) => isOn(owner, call) && !contains(fn.node, call.node));
  return calls.some(({ from }) => from.isConstructor) ? calls.find(({ from }) => !from.isConstructor && !isTeardown(from.name, facts)) : undefined;
}

/** Whether a call is one on an object of a class from its own code: `this.begin()`, or `self.begin()` in a callback. */
function isOn(owner: Owner, { receiver, from }: Call): boolean {
  if (receiver) return receiver.path.length === 0 && receiver.root.type === 'owner' && receiver.root.owner === owner;
  for (let current: FunctionFact | undefined = from; current; current = current.parent) if (current.self) return current.self.owner === owner;
  return false;
}

interface Again extends AddedAgain {
  readonly isByName: boolean;
  /** What tells of the event. */
  readonly emitter?: Node | undefined;
}

/** `(request, response, next) => …`, which nothing here calls. */
function handlesRequest(fn: FunctionFact, facts: Facts): boolean {
  const [request, response] = isFunctionNode(fn.node) ? fn.node.params : [];
  return request?.type === 'Identifier' && response?.type === 'Identifier' && /^_?req(?:uest)?$/.test(request.name) && /^_?res(?:ponse)?$/.test(response.name) && facts.functions.callsOf(fn).length === 0;
}

/** Whether a run leads to the listener each time, and the target is older than the run. */
function leadsThrough(way: readonly Step[], target: Node, run: FunctionFact, again: Again, facts: Facts): AddedToSame | undefined {
  const tests = way.flatMap(({ node, fn }) => testsAround(node, fn.node));
  if (!isOlder(target, run, facts) || tests.some((test) => isLatch(test, run, facts))) return undefined;
  const asked = tests.flatMap((test) => subjectsAsked(test, facts));
  if (asked.some(({ text }) => startsTalk(text))) return undefined;
  const part = isPartOfAnother(target, facts);
  // What tells of an event may have a new part then: scene.on('enter', () => scene.session.on(…)).
  if (part && again.emitter && isPartOf(target, again.emitter, facts)) return undefined;
  const doubts = [...(part ? [{ code: 'may-be-another', node: target }] : []), ...asked.slice(0, 1).map(({ node }) => ({ code: 'may-come-once', node })), ...(again.isByName ? [{ code: 'request-by-name', node: again.node }] : [])];
  return { code: again.code, node: again.node, name: again.name, doubts };
}

/** `message.type === 'hail'`: what is asked of a message may be the case for few. */
function subjectsAsked(test: Node, facts: Facts): { node: Node; text: string }[] {
  const found: { node: Node; text: string }[] = [];
  facts.tree.some(test, (part) => {
    const isComparison = part.type === 'BinaryExpression' && /^[!=]==?$/.test(part.operator) && !isTypeOf(part.left) && !isTypeOf(part.right);
    const text = isComparison ? (literalText(unwrap(part.left)) ?? literalText(unwrap(part.right))) : undefined;
    if (text !== undefined) found.push({ node: part, text });
    return false;
  });
  return found;
}

function isTypeOf(node: Node): boolean {
  return node.type === 'UnaryExpression' && node.operator === 'typeof';
}

/** What a call gives as the target of the function it calls; undefined if that target is none of its parameters' and not seen from there. */
function givenAs(target: Node, home: FunctionFact, call: Node, facts: Facts): Node | undefined {
  const inner = unwrap(target);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  if (!variable || declaringFunction(variable) !== home.node || !isParameter(variable)) return target;
  if (!isFunctionNode(home.node) || (call.type !== 'CallExpression' && call.type !== 'NewExpression')) return undefined;
  const index = home.node.params.findIndex((parameter) => parameter.type === 'Identifier' && facts.bindings.variableOf(parameter) === variable);
  return index < 0 ? undefined : call.arguments[index];
}

/** Whether a target is a part of another object, whose own code may put something else there. */
function isPartOfAnother(target: Node, facts: Facts): boolean {
  const place = facts.places.resolve(unwrap(target));
  return place !== undefined && !place.path.includes(ELEMENT) && !leadsToServer(place.path) && place.root.type !== 'global' && place.path.length > (place.root.type === 'owner' ? 1 : 0);
}

function isPartOf(target: Node, whole: Node, facts: Facts): boolean {
  const [place, other] = [facts.places.resolve(unwrap(target)), facts.places.resolve(unwrap(whole))];
  return place !== undefined && other !== undefined && place.path.length > other.path.length && facts.places.key({ root: place.root, path: place.path.slice(0, other.path.length) }) === facts.places.key(other);
}

/** Whether what an expression means was there before a run began. */
export function isOlder(target: Node, run: FunctionFact, facts: Facts, depth = 0): boolean {
  const inner = unwrap(target);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const home = variable && declaringFunction(variable);
  if (variable && home && depth < MAX_CALLERS && !isParameter(variable) && (home === run.node || !contains(home, run.node))) {
    // A name that the code gives to what was there.
    const values = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr && !isNothing(unwrap(reference.writeExpr)) ? [reference.writeExpr] : []));
    return values.length > 0 && values.every((value) => isOlder(value, run, facts, depth + 1));
  }
  const call = parseMethodCall(inner);
  // this.cache.get('rows'): the same entry each time, unless another one is put there.
  if (call?.method === 'get' && call.args.length === 1 && literalText(call.args[0]) !== undefined) {
    const holder = facts.places.resolve(call.object);
    return holder !== undefined && isOlderPlace(holder, run, facts) && !facts.effectsOn(holder).some(({ operation }) => operation.kind === 'grow' && runsIn(operation.node, run, facts));
  }
  const place = facts.places.resolve(inner);
  return place !== undefined && isOlderPlace(place, run, facts);
}

function isOlderPlace(place: Place, run: FunctionFact, facts: Facts): boolean {
  const { root, path } = place;
  if (path.includes(ELEMENT)) return false;
  if (leadsToServer(path)) return true;
  if (root.type === 'global') return isProgramPath([root.name, ...path]);
  if (root.type === 'variable') {
    const home = declaringFunction(root.variable);
    if (home && (home === run.node || !contains(home, run.node))) return false;
    if (root.variable.references.some((reference) => reference.isWrite() && runsIn(reference.identifier, run, facts))) return false;
  }
  if (root.type === 'owner' && run.isConstructor) return false;
  // this.line and this.line.in: none of them is new.
  return path.every((_, index) => !assignmentsTo({ root, path: path.slice(0, index + 1) }, facts).some((write) => runsIn(write, run, facts)));
}

/** Whether a node is evaluated within a run, by it or by what it calls. */
function runsIn(node: Node, run: FunctionFact, facts: Facts): boolean {
  return contains(run.node, node) || [...facts.summaries.reach(run)].some((fn) => contains(fn.node, node));
}

/** Whether a test on the way asks for something that the run itself settles for good, so that only one run gets past. */
function isLatch(test: Node, run: FunctionFact, facts: Facts): boolean {
  return facts.tree.some(test, (part) => {
    const call = parseMethodCall(part);
    if (call && /^(?:has|includes|get|listenerCount|listeners|contains|indexOf|some|find)$/.test(call.method)) return true;
    const place = part.type === 'Identifier' || part.type === 'MemberExpression' ? facts.places.resolve(part) : undefined;
    if (!place || isCompared(part) || isWrittenBefore(place, part, facts)) return false;
    return assignmentsTo(place, facts).some((write) => !isNothing(unwrap(write.right)) && (runsIn(write, run, facts) || unwrap(write.right).type === 'Literal'));
  });
}

/** Whether the same run has given a place its value before it asks: then that tells nothing of the last run. */
function isWrittenBefore(place: Place, part: Node, facts: Facts): boolean {
  const fn = facts.functions.around(part);
  const flow = flowOf(fn.node, facts.tree);
  const at = flow.stepOf(part);
  const writes = assignmentsTo(place, facts).filter((write) => facts.functions.around(write) === fn).flatMap((write) => flow.stepOf(write) ?? []);
  return at !== undefined && writes.length > 0 && flow.isPrecededBy(at, writes);
}

/** `this.last === message`: compared with what differs each time. */
function isCompared(part: Node): boolean {
  const parent = part.parent;
  if (parent?.type !== 'BinaryExpression') return false;
  const other = unwrap(parent.left === part ? parent.right : parent.left);
  return other.type === 'Identifier' || other.type === 'MemberExpression';
}
