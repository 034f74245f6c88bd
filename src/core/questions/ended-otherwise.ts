import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { handsToReleaser } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { flowOf } from '../flow/flow.js';
import { addTo } from '../multimap.js';
import { isEndingEvent } from '../kinds/events.js';
import { contains, hasPath, isFunctionNode, isMethodCall, keyName, literalText, memberName, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { hooksOfBase } from './base-hooks.js';
import { isEmptyFunction, isTimer } from './forgetting.js';
import { fieldOfObligation, type Obligation } from './obligations.js';
import { releasesIn, releasesOf } from './obligation-coverage.js';
import { releasingSteps } from './releasing-steps.js';
import { withTimers } from './run-later.js';
import { isTeardown } from './teardowns.js';

/** How a thing is ended although the teardown does not name it. */
export interface EndedOtherwise {
  readonly code: 'kept-in-bag' | 'never-filled' | 'other-teardown-ends' | 'ended-by-signal' | 'ended-by-handler' | 'ended-later' | 'ended-by-callers' | 'ended-with-peer' | 'sweeps-members' | 'emptied-there' | 'ended-by-setter' | 'ended-where-made';
  readonly node: Node;
  readonly name: string;
}

/** Methods that take a thing into a bag, or under another's care. */
const TAKES = /(?:^|\.)_?(?:push|pushAll|add\w*|register\w*|track\w*|own|use|manage\w*|adopt\w*|defer|from|create|append\w*|unshift|set|combinedDisposable|[cC]ompositeDisposable|\w*Disposable\w*)$/;

/** Who ends a thing, if the teardown of its holder leaves that to somebody else (BENIGN, D1, D3, S3, S4). */
export function findEndedOtherwise(obligation: Obligation, end: FunctionFact, facts: Facts): EndedOtherwise | undefined {
  const reach = facts.summaries.reach(end);
  const found = (how: EndedOtherwise['code'], node: Node | undefined, name = ''): EndedOtherwise | undefined => node && { code: how, node, name };
  const [later] = releasesIn(obligation, withTimers(reach, facts), facts);
  const [elsewhere] = obligation.place.root.type === 'variable' ? releasesOf(obligation, facts).filter(({ fn }) => isWithinTeardown(fn, facts)) : [];
  return found('ended-later', later?.node)
    ?? found('other-teardown-ends', elsewhere?.node, elsewhere?.fn.name)
    ?? found('never-filled', obligation.kind === 'bag' && !isFilled(obligation, facts) ? obligation.node : undefined)
    ?? found('ended-by-setter', endedBySetter(obligation, reach, facts))
    ?? found('kept-in-bag', keptInBag(obligation, reach, facts) ?? arrayGiven(obligation, reach, facts))
    ?? found('ended-by-signal', signalGiven(obligation.node, facts))
    ?? found('emptied-there', emptiedBy(obligation, end, facts))
    ?? found('sweeps-members', sweepOfMembers(reach, facts))
    ?? found('ended-where-made', endedWhereMade(obligation, facts))
    ?? found('ended-by-callers', endedByCallers(obligation, end, facts)?.node)
    ?? found('ended-with-peer', endedWithPeer(obligation, end, facts))
    ?? (isEmptyFunction(end) ? undefined : endedByHandler(obligation, end, reach, facts));
}

/** Where it is put into something else that may end it: `this.toDispose.push(this.child)`, `[this.first, this.second]`. */
function keptInBag(obligation: Obligation, reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  const assigned = parentOf(wrapped(obligation.node));
  // this._register(this.child = new Child())
  const taker = assigned?.type === 'AssignmentExpression' ? parentOf(wrapped(assigned)) : undefined;
  if (taker?.type === 'CallExpression' && hasPath(taker.callee, TAKES)) return taker;
  const slot = takenSlot(obligation.place, facts);
  if (slot) return slot;
  const places = [obligation.place, fieldOfObligation(obligation)];
  for (const place of places) {
    const given = facts.effectsOn(place).find(({ operation }) => operation.kind === 'hand-over' && TAKES.test(operation.how));
    if (given) return given.operation.node;
    const own = facts.places.key(place);
    const stored = usesOf(place, facts).find((node) => {
      const use = facts.places.destinationOf(node);
      if (use.type === 'argument') return hasPath(use.call.callee, TAKES);
      return use.type === 'place' && facts.places.key(use.place) !== own && (use.place.path.at(-1) === ELEMENT || use.place.root.type === 'owner');
    });
    if (stored) return stored;
  }
  // Disposable.create(() => this.child.dispose())
  const runs = new Set(releasesOf(obligation, facts).map(({ fn }) => fn));
  for (const fn of runs) {
    const taken = callTaking(fn) ?? compositeOf(fn, reach, facts) ?? givenToEnded(fn, obligation, reach, facts);
    if (taken) return taken;
    if (fn.inline && fn.parent) runs.add(fn.parent);
    if (runs.size < MAX_RUNS) for (const caller of facts.functions.callersOf(fn)) runs.add(caller);
  }
  return undefined;
}

/** `slot = this._register(new Slot())`, of which `slot.value` is a member: whoever took the slot under its care ends what is in it. */
function takenSlot({ root, path }: Place, facts: Facts): Node | undefined {
  if (path.length < 2) return undefined;
  const holder = facts.places.key({ root, path: path.slice(0, -1) });
  return facts.tree.all('NewExpression').map((node) => parentOf(wrapped(node))).find((taker) => {
    if (taker?.type !== 'CallExpression' || !hasPath(taker.callee, TAKES)) return false;
    const destination = facts.places.destinationOf(taker);
    return destination.type === 'place' && facts.places.key(destination.place) === holder;
  });
}

/** Functions that are followed back from a release. */
const MAX_RUNS = 24;

/** Whether a function is a teardown of some object, or stands in one. */
function isWithinTeardown(fn: FunctionFact, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (isTeardown(current.name, facts)) return true;
  return false;
}

/** Whether anything is put into a bag, or the bag is given to somebody who may. */
function isFilled(obligation: Obligation, facts: Facts): boolean {
  if (obligation.node.arguments.length > 0) return true;
  return usesOf(obligation.place, facts).some((node) => {
    const call = node.parent?.type === 'MemberExpression' && node.parent.object === node ? node.parent.parent : undefined;
    if (call?.type === 'CallExpression') return isMethodCall(call, /^(?:push\w*|add\w*|set|register|use|defer|adopt)$/);
    return facts.places.destinationOf(node).type === 'argument';
  });
}

/** Names of what runs a callback at the end: `onDispose(fn)`, `addCleanup(fn)`. */
const RUNS_AT_END = /(?:Dispose[dr]?|Destroy|[cC]lean[uU]p|Unmount|Teardown|Finalizer|Abort|Exit)$/;

/** The call that is given a function, to run it at the end. */
function callTaking(fn: FunctionFact): Node | undefined {
  const call = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  if (call?.type !== 'CallExpression' || unwrap(call.callee) === fn.node) return undefined;
  const name = pathText(call.callee) ?? parseMethodCall(call)?.method ?? '';
  return TAKES.test(name) || RUNS_AT_END.test(name) ? call : undefined;
}

/** `Disposable.from({ dispose: () => … })`: what holds an object with that function, unless it is a field that the teardown leaves as well. */
function compositeOf(fn: FunctionFact, reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  const property = fn.node.parent;
  const member = property?.type === 'Property' && isTeardown(keyName(property) ?? '', facts) ? parentOf(wrapped(property.parent)) : undefined;
  const call = member?.type === 'ArrayExpression' ? parentOf(wrapped(member)) : member;
  if (call?.type !== 'CallExpression' && call?.type !== 'NewExpression') return undefined;
  if (!hasPath(call.callee, TAKES)) return undefined;
  const destination = facts.places.destinationOf(call);
  return destination.type !== 'place' || destination.place.root.type !== 'owner' || isEndedIn(reach, destination.place, facts) ? call : undefined;
}

/** `this.link = new Link(() => this.stopPolling())`, where the teardown ends `this.link`: what it was made with, it runs when it ends. */
function givenToEnded(fn: FunctionFact, obligation: Obligation, reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  const made = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  if (made?.type !== 'NewExpression') return undefined;
  const destination = facts.places.destinationOf(made);
  const isOther = destination.type === 'place' && destination.place.root.type === 'owner' && facts.places.key(destination.place) !== facts.places.key(obligation.place);
  return isOther && isEndedIn(reach, destination.place, facts) ? made : undefined;
}

/** `onChange(listener, this, this.disposables)`: what ends the subscription is put into that array, too. */
function arrayGiven({ kind, node }: Obligation, reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  const array = kind === 'subscription' ? node.arguments[2] : undefined;
  const place = array && facts.places.resolve(array);
  return place && (place.root.type !== 'owner' || isEndedIn(reach, place, facts)) ? array : undefined;
}

/** Whether functions end a place, or each of its elements. */
function isEndedIn(reach: ReadonlySet<FunctionFact>, place: Place, facts: Facts): boolean {
  const nodes = [...reach].map(({ node }) => node);
  return [place, { root: place.root, path: [...place.path, ELEMENT] }].some((one) => facts.effectsOn(one).some(({ operation: { kind, node } }) => /^(?:end|invoke|hand-over)$/.test(kind) && nodes.some((outer) => contains(outer, node))));
}

/** `this.child = undefined`, where the setter of `child` ends what was there: an assignment to an accessor is a call. */
function endedBySetter(obligation: Obligation, reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  if (obligation.place.root.type !== 'owner') return undefined;
  const { owner } = obligation.place.root;
  const setters = facts.tree.all('MethodDefinition').filter((method) => method.kind === 'set' && method.parent.parent === owner.node);
  const ending = new Set(setters.filter(({ value }) => releasesIn(obligation, facts.summaries.reach(facts.functions.of(value) ?? facts.functions.around(value)), facts).length > 0).map((method) => keyName(method)));
  if (ending.size === 0) return undefined;
  const nodes = [...reach].map(({ node }) => node);
  return facts.tree.all('AssignmentExpression').find(({ left }) => {
    const target = unwrap(left);
    return target.type === 'MemberExpression' && unwrap(target.object).type === 'ThisExpression' && ending.has(memberName(target)) && nodes.some((outer) => contains(outer, target));
  });
}

/** Every mention of each place of a file; asked for once. */
const mentions = new WeakMap<Facts, Map<string, Node[]>>();

/** Where a file names a place of an object. */
function usesOf(place: Place, facts: Facts): readonly Node[] {
  if (place.root.type === 'variable' && place.path.length === 0) return place.root.variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
  let byKey = mentions.get(facts);
  if (!byKey) {
    mentions.set(facts, (byKey = new Map<string, Node[]>()));
    for (const node of facts.tree.all('MemberExpression')) {
      const found = facts.places.resolve(node);
      if (!found) continue;
      addTo(byKey, facts.places.key(found), node);
    }
    for (const node of facts.tree.all('Identifier')) {
      if (!/^(?:CallExpression|NewExpression|ArrayExpression|Property|SpreadElement|AssignmentExpression)$/.test(node.parent.type)) continue;
      const found = facts.bindings.isGlobal(node) ? undefined : facts.places.resolve(node);
      if (found && found.path.length > 0) addTo(byKey, facts.places.key(found), node);
    }
  }
  return byKey.get(facts.places.key(place)) ?? [];
}

/** `{ signal }` among the arguments: whoever aborts ends it. */
function signalGiven(call: Obligation['node'], facts: Facts): Node | undefined {
  return call.arguments.find((argument) => facts.tree.some(argument, (node) => (node.type === 'Identifier' && /signal$/i.test(node.name)), isFunctionNode));
}

/** An entry whose collection the teardown empties: what that leaves running is another rule's business. */
function emptiedBy(obligation: Obligation, end: FunctionFact, facts: Facts): Node | undefined {
  if (!obligation.place.path.includes(ELEMENT)) return undefined;
  const key = facts.places.key(fieldOfObligation(obligation));
  return facts.summaries.of(end).find(({ operation, place }) => (operation.kind === 'empty' || operation.kind === 'shrink') && facts.places.key(place) === key)?.operation.node;
}

/** `for (const key in this)`, `Object.values(this)`, `this[name].close()`: it may end all of them. */
function sweepOfMembers(reach: ReadonlySet<FunctionFact>, facts: Facts): Node | undefined {
  for (const { node: root } of reach) {
    const found = facts.tree.find(root, (node) => {
      if (node.type === 'ForInStatement') return unwrap(node.right).type === 'ThisExpression';
      if (node.type === 'CallExpression') return hasPath(node.callee, /^Object\.(?:keys|values|entries|getOwnPropertyNames)$/) && node.arguments[0]?.type === 'ThisExpression';
      return node.type === 'MemberExpression' && node.computed && unwrap(node.object).type === 'ThisExpression' && memberName(node) === undefined && isEnded(node);
    });
    if (found) return found;
  }
  return undefined;
}

function isEnded(node: Node): boolean {
  const callee = node.parent;
  return callee?.type === 'MemberExpression' && callee.object === node;
}

/** A thing for one run: the function that makes it ends it on every way that it returns. */
function endedWhereMade({ place, node, fn, isRelease }: Obligation, facts: Facts): Node | undefined {
  // `new Channel(this.socket)`: whoever gets it may end it, but hardly before this function is over.
  const steps = releasingSteps(place, fn, (operation) => isRelease(operation) && (operation.kind !== 'hand-over' || handsToReleaser(operation)), facts).filter((step) => step.range[0] > node.range[0]);
  const flow = flowOf(fn.node, facts.tree);
  const from = steps.length > 0 ? flow.stepOf(node) : undefined;
  return from && !flow.leavesWithout(from, steps, { byThrow: false }) ? steps[0] : undefined;
}

/** A teardown that only other functions of the file call, each of which ends it as well. */
function endedByCallers(obligation: Obligation, end: FunctionFact, facts: Facts): FunctionFact | undefined {
  const callers = facts.functions.callersOf(end).filter((caller) => caller !== end);
  const isHidden = end.method ? end.method.member.isPrivate || end.method.member.name.startsWith('_') : !end.escapes;
  const [first] = callers;
  return isHidden && first && callers.every((caller) => releasesIn(obligation, [...facts.summaries.reach(caller)], facts).length > 0) ? first : undefined;
}

/** Made from something that the teardown ends: `new Reader(this.socket)`, `this.socket.open()`. */
function endedWithPeer(obligation: Obligation, end: FunctionFact, facts: Facts): Node | undefined {
  // A timer is made of nothing: that its callback works on the peer does not end it.
  if (isTimer(obligation)) return undefined;
  const ended = new Set(facts.summaries.of(end).filter(({ operation }) => operation.kind === 'end').map(({ place }) => facts.places.key(place)));
  const own = facts.places.key(fieldOfObligation(obligation));
  ended.delete(own);
  const reach = facts.summaries.reach(end);
  const parts: Node[] = [...obligation.node.arguments];
  const object = parseMethodCall(obligation.node)?.object;
  if (object) parts.push(object);
  return parts.find((part) => facts.tree.some(part, (node) => {
    const place = node.type === 'MemberExpression' || node.type === 'Identifier' ? facts.places.resolve(node) : undefined;
    return place !== undefined && (ended.has(facts.places.key(place)) || isPartOfEnded(place, own, reach, facts));
  }, isFunctionNode));
}

/** Whether something stands in a composite field that the teardown ends: `this.all = Disposable.from(this.source)`. */
function isPartOfEnded(place: Place, own: string, reach: ReadonlySet<FunctionFact>, facts: Facts): boolean {
  return place.path.length > 0 && facts.places.key(place) !== own && facts.effectsOn(place).some(({ operation: { kind, how, node } }) => {
    const destination = kind === 'hand-over' && TAKES.test(how) ? facts.places.destinationOf(node) : undefined;
    return destination?.type === 'place' && destination.place.root.type === 'owner' && isEndedIn(reach, destination.place, facts);
  });
}

/** A handler that does the rest: of what the teardown closes or emits, or of whatever else ends with the holder. */
function endedByHandler(obligation: Obligation, end: FunctionFact, reach: ReadonlySet<FunctionFact>, facts: Facts): EndedOtherwise | undefined {
  const releases = releasesOf(obligation, facts);
  if (releases.length === 0) return undefined;
  const hook = hooksOfBase(end, facts).find((one) => releasesIn(obligation, facts.summaries.reach(one), facts).length > 0);
  if (hook) return { code: 'ended-by-handler', node: hook.node, name: hook.name };
  const within = [...reach].map(({ node }) => node);
  const emitted = new Set(facts.tree.all('CallExpression').flatMap((call) => {
    const method = parseMethodCall(call);
    return method && /^(?:emit|fire|dispatch|trigger)$/.test(method.method) && within.some((outer) => contains(outer, call)) ? [literalText(method.args[0]) ?? ''] : [];
  }));
  for (const handler of facts.functions.all) {
    for (const { event, node } of handler.registrations) {
      if (!(emitted.has(event) || isEndingEvent(event)) || isTakenAway(handler, within, facts) || contains(end.node, node)) continue;
      if (releasesIn(obligation, facts.summaries.reach(handler), facts).length > 0) return { code: 'ended-by-handler', node, name: event };
    }
  }
  return undefined;
}

/** Whether the teardown itself removes a listener, before what it ends could tell it. */
function isTakenAway(handler: FunctionFact, within: readonly Node[], facts: Facts): boolean {
  return facts.listeners.removals.some((removal) => within.some((outer) => contains(outer, removal.node)) && (removal.handler ? facts.functions.valueOf(removal.handler) === handler : handler.registrations.some(({ event, emitter }) => (removal.event === undefined || removal.event === event) && emitter !== undefined && samePlace(emitter, removal.target, facts))));
}

function samePlace(left: Node, right: Node, facts: Facts): boolean {
  const [one, other] = [facts.places.resolve(left), facts.places.resolve(right)];
  return one !== undefined && other !== undefined && facts.places.key(one) === facts.places.key(other);
}
