import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import type { Related, Verdict } from '../findings.js';
import { comesOnce, isSharedName, opensTarget } from '../kinds/listener-targets.js';
import { isNamedForOneWork } from '../kinds/owner-names.js';
import { findAddedBefore } from '../questions/added-by-teardown.js';
import { removalsOf } from '../questions/listener-pairs.js';
import { findAddedToSame } from '../questions/added-to-same.js';
import { findListenerRelease, removedSiblings } from '../questions/listener-release.js';
import { findAddedAgain, isAddedOnce, isCountedByTarget, isOnePerProgram, mountCallback } from '../questions/listener-span.js';
import { isTargetInjected, lifeOfTarget, nameOf, type TargetLife } from '../questions/listener-target.js';
import { findFreshStart, findRunAgain } from '../questions/effect-runs-again.js';
import { findFurtherLife } from '../questions/further-life.js';
import { findLeftAfterWait } from '../questions/left-after-wait.js';
import { findLostOutcome } from '../questions/lost-outcome.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { findOtherEnd } from '../questions/other-end.js';
import { findOverwrittenRelease } from '../questions/overwritten-release.js';
import { functionAround, functionOwner } from '../questions/owner-name.js';
import { isDroppedWithTarget } from '../questions/own-target.js';
import { removesItself } from '../questions/patterns.js';
import { findEndOfProcess } from '../questions/process-end.js';
import { isInternal, recurrenceOfMaking } from '../questions/recurrence.js';
import { isSingleton } from '../questions/runs-once.js';
import { isSameEachTime } from '../questions/same-listener.js';
import { endWithoutSignal, isOfOperation, isOfRequest } from '../questions/signal-span.js';
import { isTeardown, teardownsAround } from '../questions/teardowns.js';
import { endsProcess } from '../questions/process-exits.js';
import { findUnmountOf } from '../questions/unmount.js';
import { spanOf } from '../source-model.js';
import { contains, isFunctionNode, literalText, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** Whether a listener stays on something that outlives what it works for; undefined for targets that nobody knows to. */
export function judgeListener(registration: ListenerRegistration, facts: Facts): Verdict | undefined {
  if (registration.fn === facts.functions.module) return undefined;
  const argument = new Argument();
  const teardowns = teardownsAround(registration.fn, facts).filter((teardown) => !takesListener(teardown));
  if (weighHalfReleases(registration, facts, argument)) return verdictOf(registration, teardowns, argument);
  if (registration.style === 'listens-to' || registration.style === 'callback') return undefined;
  const life = lifeOfTarget(registration, facts);
  weighSiblings(registration, life, facts, argument);
  const rerun = registration.once ? undefined : findRunAgain(registration, facts);
  if (rerun) argument.evidence('effect-runs-again', rerun, { target: pathText(registration.target) ?? registration.callee });
  const fresh = rerun && findFreshStart(registration, facts);
  if (fresh) argument.idiom('starts-afresh', fresh);
  weigh(registration, life, teardowns, facts, argument);
  const settled = life === 'signal' ? undefined : findLeftAfterWait(registration, facts);
  if (settled) weighWait(registration, settled, facts, argument);
  const same = weighSame(registration, facts, argument);
  if (argument.reasons.length === 0) return undefined;
  const release = findListenerRelease(registration, life, facts);
  // Whoever takes the others away before the target ends means to be heard no more.
  const isBeside = release?.code === 'target-ended' || (release?.code === 'listener-handed-on' && !runsWith(registration, release.node, facts));
  const isMissed = isBeside && (same || (release.code === 'target-ended' && argument.has('sibling-removed')));
  if (isMissed && release.code === 'target-ended') argument.doubt(release.code, release.node);
  else if (isMissed) argument.idiom(release.code, release.node);
  else if (release && !weighOtherEnd(registration, life, release.code, facts, argument)) argument.settle('release', release.code, release.node, { event: registration.event });
  else if (release) return verdictOf(registration, teardowns, argument);
  else if (life === 'signal' && isOfRequest(registration)) argument.settle('bound', 'signal-of-request', registration.target);
  else if (life === 'signal' && isOfOperation(registration, facts)) argument.settle('bound', 'signal-of-operation', registration.target);
  else if (isCountedByTarget(registration, facts) || (life !== 'signal' && life !== 'kept-alive' && !(life === 'given' && isEndedByContainer(registration, teardowns)) && !same && !argument.has('class-shares-target') && isAddedOnce(registration, facts))) argument.settle('bound', 'added-once', registration.node);
  else weighDoubts(registration, life, teardowns, facts, argument);
  return verdictOf(registration, teardowns, argument);
}

function verdictOf(registration: ListenerRegistration, teardowns: readonly FunctionFact[], argument: Argument): Verdict {
  const overwritten = argument.reasons.find(({ code }) => code === 'release-overwritten');
  const related: Related[] = teardowns.slice(0, 1).map(({ name, node }) => ({ role: 'teardown', name, span: spanOf(node) }));
  return {
    rule: 'no-leaked-listener', kind: 'listener', span: overwritten?.span ?? spanOf(registration.node), symbol: overwritten?.names['handle'] ?? registration.callee, owner: functionOwner(registration.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'listener', registration, removal: undefined, teardowns },
  };
}

/** A container makes one object of a class, but for a while only, if that has an end: one for each connection, say. */
function isEndedByContainer({ fn: { self } }: ListenerRegistration, teardowns: readonly FunctionFact[]): boolean {
  return self !== undefined && isSingleton(self.owner.node) && teardowns.some((teardown) => teardown.self?.owner === self.owner);
}

/** `onClose(listener)` adds a listener of its own, and `get onClose()` gives an event; they end nothing. */
function takesListener({ name, node, method }: FunctionFact): boolean {
  if (method?.member.node.type === 'MethodDefinition' && method.member.node.kind === 'get') return true;
  return /^on[A-Z]/.test(name) && isFunctionNode(node) && node.params.length > 0;
}

/** Releases that the file has, and that miss this listener: of the other outcome, of the next event, or one that adds it instead. */
function weighHalfReleases(registration: ListenerRegistration, facts: Facts, argument: Argument): boolean {
  const target = pathText(registration.target) ?? registration.callee;
  const before = findAddedBefore(registration, facts);
  if (before) argument.evidence('added-by-teardown', before.node, { teardown: registration.fn.name, event: registration.event });
  const overwritten = findOverwrittenRelease(registration, facts);
  if (overwritten) argument.evidence('release-overwritten', overwritten, { event: registration.event, handle: pathText(overwritten.left)?.split('.').at(-1) ?? registration.callee });
  const lost = argument.reasons.length === 0 && lifeOfTarget(registration, facts) === 'given' ? findLostOutcome(registration, facts) : undefined;
  if (lost) {
    argument.evidence('other-outcome', lost.node, { event: registration.event, other: lost.event });
    if (registration.style !== 'callback') argument.doubt('target-may-end-first', registration.target, { target });
    else if (!lost.isTriedAgain) argument.idiom('tried-once', registration.node, { target });
  }
  return argument.reasons.length > 0;
}

/** Code that runs again and again and adds one more to a target that stays the same. */
function weighSame(registration: ListenerRegistration, facts: Facts, argument: Argument): boolean {
  if (argument.has('added-per-event') || argument.has('added-per-request') || argument.has('effect-runs-again')) return false;
  const same = findAddedToSame(registration, facts);
  if (!same || isSameEachTime(registration, facts)) return false;
  argument.evidence(same.code, same.node, { name: same.name, target: pathText(registration.target) ?? registration.callee });
  for (const { code, node } of same.doubts) argument.idiom(code, node, { name: same.name });
  return true;
}

/** A listener that the object's own end takes away, and the end of what it works with does not. */
function weighOtherEnd(registration: ListenerRegistration, life: TargetLife, release: string, facts: Facts, argument: Argument): boolean {
  const other = release === 'listener-removed' && (life === 'given' || life === 'program' || life === 'module') ? findOtherEnd(registration, facts) : undefined;
  if (!other) return false;
  argument.evidence('other-end-leaves-it', other.node, { event: other.event, teardown: other.teardown.name }).idiom('may-end-it-then', other.teardown.node, { teardown: other.teardown.name });
  return true;
}

/** Whether a listener is handed on by the code that adds it, each time, and not once before. */
function runsWith({ fn }: ListenerRegistration, node: Node, facts: Facts): boolean {
  return [fn, ...facts.functions.callersOf(fn)].some((one) => one !== facts.functions.module && contains(one.node, node));
}

/** Whether each object of a class listens to what the class keeps for all its objects: then there are several, each for a part of the time. */
function isSharedByClass({ fn, targetPlace, handlerFn }: ListenerRegistration): boolean {
  return fn.isConstructor && handlerFn?.self !== undefined && targetPlace?.root.type === 'owner' && targetPlace.root.isStatic && targetPlace.path.length > 0 && targetPlace.root.owner === fn.self?.owner;
}

/** A listener whose only work, to settle a promise, is done by the first event. */
function weighWait(registration: ListenerRegistration, settled: Node, facts: Facts, argument: Argument): void {
  const { event, target } = registration;
  argument.evidence('left-after-wait', settled, { event, target: pathText(target) ?? registration.callee });
  if (opensTarget(event)) argument.doubt('may-come-once', registration.node);
  // Of itself an object may hear such a thing once.
  if (lifeOfTarget(registration, facts) === 'own' && unwrap(target).type === 'ThisExpression') argument.doubt('may-be-only-event', target);
}

/** Whether a function ends its owner, or all listening: `removeEventListeners() { … }`. */
function endsListening(fn: FunctionFact, facts: Facts): boolean {
  return isTeardown(fn.name, facts) || removesItself(fn, facts) || /^_?(?:remove|detach|unbind|off|clear|clean(?:Up|up)?)_?(?:All)?(?:[A-Z]\w*)?(?:Listeners|Events|Handlers)$/.test(fn.name);
}

/** Listeners that are added side by side to one target, of which the end takes away the others only. */
function weighSiblings(registration: ListenerRegistration, life: TargetLife, facts: Facts, argument: Argument): void {
  const siblings = removedSiblings(registration, facts).filter(({ removal }) => endsListening(facts.functions.around(removal), facts));
  const [first] = siblings;
  if (!first || (life !== 'program' && life !== 'module' && siblings.length < 2)) return;
  if (isDroppedWithTarget(registration, first.removal, facts)) return;
  argument.evidence('sibling-removed', first.removal, { sibling: first.sibling.event, event: registration.event, teardown: facts.functions.around(first.removal).name });
  if (registration.event === 'error') argument.doubt('error-may-come-late', registration.node);
}

function weigh(registration: ListenerRegistration, life: TargetLife, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const target = pathText(registration.target) ?? registration.callee;
  switch (life) {
    case 'program':
    case 'module':
      weighLasting(registration, target, teardowns, facts, argument);
      return;
    case 'kept-alive':
      argument.evidence('socket-outlives-request', registration.target, { target });
      weighCallers(registration, target, facts, argument);
      return;
    case 'signal':
      weighSignal(registration, target, facts, argument);
      return;
    case 'given':
      weighGiven(registration, target, teardowns, facts, argument);
      return;
    default:
  }
}

/** Who calls the function may take away all listeners of that event first: then at most one stays. */
function weighCallers({ fn, event }: ListenerRegistration, target: string, facts: Facts, argument: Argument): void {
  const isSweep = (node: Node): boolean => {
    const method = parseMethodCall(node);
    return method?.method === 'removeAllListeners' && pathText(method.object) === target && (method.args.length === 0 || literalText(method.args[0]) === event);
  };
  for (const { from } of facts.functions.callsOf(fn)) {
    const sweep = facts.tree.find(from.node, isSweep);
    if (sweep) argument.doubt('all-taken-away', sweep, { where: functionAround(sweep, facts) });
  }
}

function weighLasting(registration: ListenerRegistration, target: string, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  if (comesOnce(registration.event)) return;
  const shared = isSharedByClass(registration);
  if (shared) argument.evidence('class-shares-target', registration.target, { owner: registration.fn.self?.owner.name ?? '', target });
  const unmount = findUnmountOf(registration.fn, facts);
  if (unmount) argument.evidence(unmount.code, unmount.node, { hook: unmount.hook, handle: registration.callee });
  const mounted = mountCallback(registration.fn);
  if (mounted) argument.evidence('no-unmount-for-listener', mounted);
  const [teardown] = teardowns;
  if (teardown && !unmount) {
    argument.evidence('teardown-leaves-listener', teardown.node, { teardown: teardown.name, target });
    if (endsProcess(teardown, facts)) argument.doubt('process-ends-with-owner', teardown.node, { teardown: teardown.name });
    const life = findFurtherLife(teardown, registration.fn, facts);
    if (life) argument.doubt('may-start-again', life, { teardown: teardown.name });
  }
  const again = findAddedAgain(registration, facts);
  if (isSameEachTime(registration, facts)) argument.idiom('same-each-time', registration.handler);
  else if (again && !shared) argument.evidence(again.code, again.node, { name: again.name, target }, again.code === 'added-per-event' || again.code === 'added-per-request' ? 'strong' : 'supporting');
}

function weighSignal(registration: ListenerRegistration, target: string, facts: Facts, argument: Argument): void {
  const end = endWithoutSignal(registration, facts);
  if (end === 'waits' || end === 'unknown') return;
  argument.evidence('signal-outlives', registration.target, { target });
  if (end === 'perhaps') argument.doubt('signal-may-be-waited-for', registration.node);
}

function weighGiven(registration: ListenerRegistration, target: string, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const [teardown] = teardowns;
  const left = leavesInFinally(registration);
  if (left) argument.evidence('finally-leaves-listener', left, { target }).idiom('given-target', registration.target, { target });
  // What a method is given it serves; what the object is built with is there before and after it.
  const isHeld = registration.targetPlace?.root.type === 'owner' || registration.fn.isConstructor;
  const isShared = registration.targetPlace !== undefined && isSharedName(nameOf(registration.targetPlace));
  if (!left && !teardown && isShared) weighEndless(registration, target, facts, argument);
  if (left || !teardown || !registration.fn.self || !isHeld || (!isShared && registration.method === 'addEventListener')) return;
  argument.evidence('teardown-leaves-listener', teardown.node, { teardown: teardown.name, target }, 'strong');
  const isInjected = isTargetInjected(registration, facts);
  if (!isShared && !isInjected) argument.doubt('target-may-end-first', registration.target, { target });
  // What an event of a shared service gives back is there to be kept.
  if (isInjected || registration.style !== 'event' || !/^on(?:Did|Will)/.test(registration.method)) argument.idiom('given-target', registration.target, { target });
}

/** An object that has no end, and that hears of what others share for as long as those live: it goes with them, or never. */
function weighEndless(registration: ListenerRegistration, target: string, facts: Facts, argument: Argument): void {
  const { fn, handlerFn, handler, style } = registration;
  const owner = fn.self && !fn.self.isStatic && fn.isConstructor ? fn.self.owner : undefined;
  // Of a container's services there is one; of the work that is done with what they share there is ever more.
  if (!owner || style !== 'method' || isSingleton(owner.node) || !(isNamedForOneWork(owner.name) || recurrenceOfMaking(owner, facts) === 'again')) return;
  const place = (node: Node): boolean => (node.type === 'ThisExpression' || node.type === 'Identifier') && facts.places.resolve(node)?.root.type === 'owner';
  if (!facts.tree.some(handlerFn?.node ?? handler, place)) return;
  argument.evidence('object-has-no-end', fn.node, { owner: owner.name, target }).idiom('given-target', registration.target, { target });
}

/** The `finally` of an async function that adds a listener to what a parameter has, and does not take it away at its end. */
function leavesInFinally({ fn, node, targetPlace, once }: ListenerRegistration): Node | undefined {
  if (once || !isFunctionNode(fn.node) || !fn.node.async || targetPlace?.root.type !== 'variable' || targetPlace.path.length === 0) return undefined;
  for (let current: Node | undefined = node.parent; current && current !== fn.node; current = current.parent) {
    if (current.type === 'TryStatement' && current.finalizer && contains(current.block, node)) return current.finalizer;
  }
  return undefined;
}

/** What comes before the page or the program is gone: who ends its owner then ends it with them. */
const END_OF_PAGE = /^(?:beforeunload|unload|pagehide|before-quit|will-quit|window-all-closed)$/;

function weighDoubts(registration: ListenerRegistration, life: TargetLife, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const { fn, style } = registration;
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', registration.node);
  if (fn.self && (isSingleton(fn.self.owner.node) || isOnePerProgram(fn.self.owner.name))) argument.doubt('may-be-only-instance', fn.self.owner.node, { owner: fn.self.owner.name });
  // Whoever takes a sibling away goes on without it.
  const end = argument.has('sibling-removed') ? undefined : findEndOfProcess(registration, facts);
  if (end) argument.doubt('process-ends-with-listener', end);
  const reached = END_OF_PAGE.test(registration.event) && teardowns.find((teardown) => registration.handlerFn && facts.summaries.reach(registration.handlerFn).has(teardown));
  if (reached) argument.idiom('calls-teardown', registration.node, { teardown: reached.name });
  if (isOnlySeenOnce(registration, life, facts)) argument.idiom('second-object-unseen', fn.node, { owner: fn.self?.owner.name ?? '' });
  if (life === 'signal' && isInternal(registration.fn, facts)) argument.idiom('callers-may-end-signal', registration.target);
  if (style === 'helper') argument.idiom('helper-may-remove', registration.node, { helper: registration.callee });
  if (life === 'kept-alive' && removalsOf(registration, facts).length > 0) argument.doubt('response-may-end-it', registration.node);
}

/** Whether a listener on what lasts as long as the program is added by an object of which the project, which alone makes it, is not seen to make another. */
function isOnlySeenOnce({ fn }: ListenerRegistration, life: TargetLife, facts: Facts): boolean {
  const owner = fn.self && !fn.self.isStatic ? fn.self.owner : undefined;
  if (!owner || (life !== 'program' && life !== 'module') || fn.registrations.length > 0) return false;
  const making = recurrenceOfMaking(owner, facts);
  return making === 'once' || (making === 'unknown' && isInternal(fn, facts));
}
