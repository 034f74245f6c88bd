import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { cancelsOneRun, endsMember, getsFromOthers, isBagClass } from '../kinds/disposables.js';
import { isTeardownName } from '../kinds/releases.js';
import { declaringFunction } from '../scope/bindings.js';
import { lastOfPath, pathText, unwrap, type CallLike, type Node } from '../syntax/nodes.js';
import { timerEntriesOf } from './timer-entries.js';
import type { IsRelease } from './releasing-steps.js';

/**
 * What must be ended once it was acquired: a timer, a resource, something that
 * disposes of itself, a bag of such things, what ends a subscription. By the
 * place where it is kept, so that whoever ends that place is found.
 */
export interface Obligation {
  /** Where it is kept: a field, a variable that functions close over, or an entry of such a collection. */
  readonly place: Place;
  /** A timer or resource kind, `disposable`, `bag`, or `subscription`. */
  readonly kind: string;
  /** What a sentence calls it: `interval`, `child process`. */
  readonly noun: string;
  /** The call or `new` that acquires it. */
  readonly node: CallLike;
  readonly fn: FunctionFact;
  /** The class of which it was made, as written. */
  readonly className: string | undefined;
  /** Whether an operation on the place ends it. */
  readonly isRelease: IsRelease;
}

/** The obligations of each file; asked for once. */
const known = new WeakMap<Facts, readonly Obligation[]>();

/** Everything that a file acquires and keeps longer than one call, in source order. */
export function obligationsOf(facts: Facts): readonly Obligation[] {
  let found = known.get(facts);
  if (!found) known.set(facts, (found = collect(facts)));
  return found;
}

function collect(facts: Facts): Obligation[] {
  const found = new Map<Node, Obligation>();
  const add = (obligation: Obligation): void => {
    if (isKept(obligation.place, facts) && !found.has(obligation.node)) found.set(obligation.node, obligation);
  };
  for (const timer of facts.timers) {
    if (timer.destination.type === 'place') add({ place: timer.destination.place, kind: timer.kind.id, noun: nounOfTimer(timer.kind.id), node: timer.node, fn: timer.fn, className: undefined, isRelease: stopsTimer });
  }
  for (const collection of facts.collections) for (const { timer, handle } of timerEntriesOf(collection, facts)) {
    add({ place: handle, kind: timer.kind.id, noun: nounOfTimer(timer.kind.id), node: timer.node, fn: timer.fn, className: undefined, isRelease: stopsTimer });
  }
  for (const { kind, node, fn, destination } of facts.resources) {
    if (destination.type === 'place') add({ place: destination.place, kind: kind.id, noun: kind.noun, node, fn, className: classOf(node), isRelease: (operation) => isHandedOn(operation) || (operation.kind === 'end' && (kind.release.includes(operation.how) || endsMember(operation.how))) });
  }
  for (const { node, style, fn, destination } of facts.listeners.registrations) {
    if (destination.type === 'place' && (style === 'event' || style === 'subscribe') && !isInBag(destination.place, facts)) add({ place: destination.place, kind: 'subscription', noun: 'subscription', node, fn, className: undefined, isRelease: endsAnything });
  }
  for (const node of [...facts.tree.all('NewExpression'), ...facts.tree.all('CallExpression')]) {
    const member = memberMadeBy(node, facts);
    if (member) add(member);
  }
  for (const twin of twinsOf([...found.values()], facts)) add(twin);
  return [...found.values()].sort((left, right) => left.node.range[0] - right.node.range[0]);
}

/** Added to something other than a plain collection: that ends what it is given. */
function isInBag({ root, path }: Place, facts: Facts): boolean {
  if (path.at(-1) !== ELEMENT) return false;
  const holder = facts.places.key({ root, path: path.slice(0, -1) });
  return !facts.collections.some((collection) => facts.places.key(collection.place) === holder);
}

/** A field of an object, or a variable that outlives the call by the functions that close over it; entries of such. */
function isKept({ root }: Place, facts: Facts): boolean {
  if (root.type === 'owner') return true;
  if (root.type !== 'variable') return false;
  const home = declaringFunction(root.variable);
  return root.variable.references.some((reference) => facts.functions.around(reference.identifier).node !== (home ?? facts.model.ast));
}

function nounOfTimer(id: string): string {
  return id === 'interval' ? 'interval' : 'time-out';
}

/** Whoever has it can end it. */
function isHandedOn({ kind }: Operation): boolean {
  return kind === 'hand-over';
}

function stopsTimer(operation: Operation): boolean {
  return operation.kind === 'clear' || operation.kind === 'end' || isHandedOn(operation);
}

function endsAnything(operation: Operation): boolean {
  return operation.kind === 'invoke' || (operation.kind === 'end' && operation.how !== 'removeAllListeners') || isHandedOn(operation);
}

/** A bag is ended, emptied, or replaced by an empty one after its parts were ended. */
function endsBag(operation: Operation): boolean {
  return (operation.kind === 'empty' && operation.how === 'clear') || endsAnything(operation);
}

/** A member that the file shows to be disposable: its class is here and has a teardown, it is a bag, or some code of the file ends it. */
function memberMadeBy(node: CallLike, facts: Facts): Obligation | undefined {
  const destination = facts.places.destinationOf(node);
  if (destination.type !== 'place') return undefined;
  const { place } = destination;
  if (place.root.type !== 'owner' || place.path.length === 0) return undefined;
  const className = classOf(node);
  const made = { place, node, fn: facts.functions.around(node), className };
  if (className !== undefined && isBagClass(lastOfPath(className))) return { ...made, kind: 'bag', noun: 'bag of disposables', isRelease: endsBag };
  if (className === undefined ? getsFromOthers(pathText(node.callee) ?? '') : cancelsOneRun(className)) return undefined;
  // `tasks.terminate(id)` ends one of many, and not the thing itself.
  const isEnded = facts.effectsOn(place).some(({ operation }) => operation.kind === 'end' && endsMember(operation.how) && operation.node.type === 'CallExpression' && operation.node.arguments.length === 0);
  if (isEnded || (className !== undefined && hasTeardown(node, facts))) return { ...made, kind: 'disposable', noun: className ?? 'member', isRelease: endsAnything };
  return undefined;
}

/** Members of a class of which the same object has another that some code ends. */
function twinsOf(found: readonly Obligation[], facts: Facts): Obligation[] {
  const ended = found.filter(({ kind, className, place }) => kind === 'disposable' && className !== undefined && place.root.type === 'owner');
  if (ended.length === 0) return [];
  return facts.tree.all('NewExpression').flatMap((node) => {
    const destination = facts.places.destinationOf(node);
    const className = classOf(node);
    if (destination.type !== 'place' || destination.place.path.length !== 1) return [];
    const { place } = destination;
    const { root } = place;
    const twin = ended.find((one) => one.className === className && one.place.root.type === 'owner' && root.type === 'owner' && one.place.root.owner === root.owner);
    return twin ? [{ ...twin, place, node, fn: facts.functions.around(node) }] : [];
  });
}

/** Whether the class of a new object is in the file and has a method that ends something. */
function hasTeardown(node: CallLike, facts: Facts): boolean {
  const callee = unwrap(node.callee);
  const variable = callee.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
  const owner = variable && facts.owners.ofVariable(variable);
  return owner !== undefined && [...owner.members.keys()].some((name) => {
    const method = isTeardownName(name) ? facts.functions.method(owner, name) : undefined;
    return method !== undefined && facts.summaries.of(method).some(({ operation }) => operation.kind === 'clear' || operation.kind === 'end');
  });
}

/** The class of a new object, as written; undefined for the value of a call. */
function classOf(node: CallLike): string | undefined {
  return node.type === 'NewExpression' ? pathText(node.callee) : undefined;
}

/** The place of the collection or field by which an obligation is known: without the way through its entries. */
export function fieldOfObligation({ place: { root, path } }: Obligation): Place {
  const index = path.indexOf(ELEMENT);
  return index < 0 ? { root, path } : { root, path: path.slice(0, index) };
}
