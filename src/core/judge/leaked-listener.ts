import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import type { Related, Verdict } from '../findings.js';
import { comesOnce, isSharedName } from '../kinds/listener-targets.js';
import { findAddedBefore } from '../questions/added-by-teardown.js';
import { findListenerRelease, removedSiblings } from '../questions/listener-release.js';
import { findAddedAgain, isAddedOnce, isOnePerProgram, mountCallback } from '../questions/listener-span.js';
import { lifeOfTarget, nameOf, type TargetLife } from '../questions/listener-target.js';
import { findLostOutcome } from '../questions/lost-outcome.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { findOverwrittenRelease } from '../questions/overwritten-release.js';
import { functionOwner } from '../questions/owner-name.js';
import { isSingleton } from '../questions/runs-once.js';
import { settlesOtherwise, isOfRequest } from '../questions/signal-span.js';
import { isTeardown, teardownsAround } from '../questions/teardowns.js';
import { findUnmountOf } from '../questions/unmount.js';
import { spanOf } from '../source-model.js';
import { pathText } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** Whether a listener stays on something that outlives what it works for; undefined for targets that nobody knows to. */
export function judgeListener(registration: ListenerRegistration, facts: Facts): Verdict | undefined {
  if (registration.fn === facts.functions.module) return undefined;
  const argument = new Argument();
  const teardowns = teardownsAround(registration.fn, facts);
  if (weighHalfReleases(registration, facts, argument)) return verdictOf(registration, teardowns, argument);
  if (registration.style === 'listens-to' || registration.style === 'callback') return undefined;
  const life = lifeOfTarget(registration, facts);
  weighSiblings(registration, life, facts, argument);
  weigh(registration, life, teardowns, facts, argument);
  if (argument.reasons.length === 0) return undefined;
  const release = findListenerRelease(registration, life, facts);
  // Whoever takes the others away before the target ends means to be heard no more.
  if (release?.code === 'target-ended' && argument.has('sibling-removed')) argument.doubt(release.code, release.node);
  else if (release) argument.settle('release', release.code, release.node, { event: registration.event });
  else if (life !== 'signal' && life !== 'kept-alive' && isAddedOnce(registration, facts)) argument.settle('bound', 'added-once', registration.node);
  else weighDoubts(registration, life, facts, argument);
  return verdictOf(registration, teardowns, argument);
}

function verdictOf(registration: ListenerRegistration, teardowns: readonly FunctionFact[], argument: Argument): Verdict {
  const related: Related[] = teardowns.slice(0, 1).map(({ name, node }) => ({ role: 'teardown', name, span: spanOf(node) }));
  return {
    rule: 'no-leaked-listener', kind: 'listener', span: spanOf(registration.node), symbol: registration.callee, owner: functionOwner(registration.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'listener', registration, removal: undefined, teardowns },
  };
}

/** Releases that the file has, and that miss this listener: of the other outcome, of the next event, or one that adds it instead. */
function weighHalfReleases(registration: ListenerRegistration, facts: Facts, argument: Argument): boolean {
  const target = pathText(registration.target) ?? registration.callee;
  const before = findAddedBefore(registration, facts);
  if (before) argument.evidence('added-by-teardown', before.node, { teardown: registration.fn.name, event: registration.event });
  const overwritten = findOverwrittenRelease(registration, facts);
  if (overwritten) argument.evidence('release-overwritten', overwritten, { event: registration.event });
  const lost = argument.reasons.length === 0 && lifeOfTarget(registration, facts) === 'given' ? findLostOutcome(registration, facts) : undefined;
  if (lost) {
    argument.evidence('other-outcome', lost.node, { event: registration.event, other: lost.event });
    if (registration.style !== 'callback') argument.doubt('target-may-end-first', registration.target, { target });
  }
  return argument.reasons.length > 0;
}

/** Listeners that are added side by side to one target, of which the end takes away the others only. */
function weighSiblings(registration: ListenerRegistration, life: TargetLife, facts: Facts, argument: Argument): void {
  const siblings = removedSiblings(registration, facts).filter(({ removal }) => isTeardown(facts.functions.around(removal).name, facts));
  const [first] = siblings;
  if (!first || (life !== 'program' && life !== 'module' && siblings.length < 2)) return;
  argument.evidence('sibling-removed', first.removal, { sibling: first.sibling.event, event: registration.event, where: facts.functions.around(first.removal).name });
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
      return;
    case 'signal':
      weighSignal(registration, target, facts, argument);
      return;
    case 'given':
      weighGiven(registration, target, teardowns, argument);
      return;
    default:
  }
}

function weighLasting(registration: ListenerRegistration, target: string, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  if (comesOnce(registration.event)) return;
  const unmount = findUnmountOf(registration.fn, facts);
  if (unmount) argument.evidence(unmount.code, unmount.node, { hook: unmount.hook, handle: registration.callee });
  const mounted = mountCallback(registration.fn);
  if (mounted) argument.evidence('no-unmount-for-listener', mounted);
  const [teardown] = teardowns;
  if (teardown && !unmount) argument.evidence('teardown-leaves-listener', teardown.node, { teardown: teardown.name, target });
  const again = findAddedAgain(registration, facts);
  if (again) argument.evidence(again.code, again.node, { name: again.name, target }, again.code === 'added-per-event' ? 'strong' : 'supporting');
}

function weighSignal(registration: ListenerRegistration, target: string, facts: Facts, argument: Argument): void {
  argument.evidence('signal-outlives', registration.target, { target });
  if (!settlesOtherwise(registration, facts)) argument.doubt('signal-may-be-waited-for', registration.node);
}

function weighGiven(registration: ListenerRegistration, target: string, teardowns: readonly FunctionFact[], argument: Argument): void {
  const [teardown] = teardowns;
  if (!teardown || !registration.fn.self) return;
  argument.evidence('teardown-leaves-listener', teardown.node, { teardown: teardown.name, target }, 'strong');
  if (!registration.targetPlace || !isSharedName(nameOf(registration.targetPlace))) argument.doubt('target-may-end-first', registration.target, { target });
  argument.doubt('given-target', registration.target, { target });
}

function weighDoubts(registration: ListenerRegistration, life: TargetLife, facts: Facts, argument: Argument): void {
  const { fn, style } = registration;
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', registration.node);
  if (fn.self && (isSingleton(fn.self.owner.node) || isOnePerProgram(fn.self.owner.name))) argument.doubt('may-be-only-instance', fn.self.owner.node, { owner: fn.self.owner.name });
  if (style === 'helper') argument.doubt('helper-may-remove', registration.node, { helper: registration.callee });
  if (life === 'signal' && isOfRequest(registration)) argument.doubt('signal-of-request', registration.target);
}
