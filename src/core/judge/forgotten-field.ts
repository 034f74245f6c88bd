import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { letsGoOfPlace } from '../facts/operations.js';
import type { Owner } from '../facts/owners.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Related, Verdict } from '../findings.js';
import { isEmitterClass } from '../kinds/disposables.js';
import { isTeardownName } from '../kinds/releases.js';
import { findGuard } from '../questions/asked-first.js';
import { hooksOfBase } from '../questions/base-hooks.js';
import { asksFor, waitsForTimer } from '../questions/endings.js';
import { findEndedOtherwise } from '../questions/ended-otherwise.js';
import { exitAfter } from '../questions/exits-after.js';
import { areAlike, endedElsewhere, isEmptyFunction, isEndedOnEnding, isEntry, isTimer, timerOf } from '../questions/forgetting.js';
import { coverageOfObligation, releasesIn, releasesOf } from '../questions/obligation-coverage.js';
import { fieldOfObligation, obligationsOf, type Obligation } from '../questions/obligations.js';
import { endsOf, isFinalEnd, obligationsByEnd, overriddenBy } from '../questions/owner-ends.js';
import { bareName, functionOwner } from '../questions/owner-name.js';
import { leftBySweep, type Left } from '../questions/partial-sweep.js';
import { mayRefreshAtEnd } from '../questions/refreshed-timer.js';
import { findReplacedBeforeEnd } from '../questions/replaced-before-end.js';
import { runsAtExit } from '../questions/runs-at-exit.js';
import { asksForRestart } from '../questions/runs-again.js';
import { startsWithObject } from '../questions/second-start.js';
import { findExcuse } from '../questions/skipped-exit.js';
import { isUnrefed, mentionsOwner, NEXT_TICK_MS, rearms, SHORT_MS } from '../questions/timer-shape.js';
import { isTeardown } from '../questions/teardowns.js';
import { runsUnknownMember } from '../questions/unmount.js';
import { spanOf, type Span } from '../source-model.js';
import { contains, hasPath, isFieldNode, memberName, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** One thing that a teardown has to end, and the case about it. */
interface Charge {
  readonly obligation: Obligation;
  readonly argument: Argument;
}

/** `no-forgotten-field`: does the teardown of an object end, on every path, what the object has acquired? */
export function judgeTeardowns(facts: Facts): Verdict[] {
  const byEnd = obligationsByEnd(obligationsOf(facts), facts);
  const sweeps = new Map(facts.functions.all.flatMap((fn) => { const left = leftBySweep(fn, facts); return left.length > 0 ? [[fn, left] as const] : []; }));
  return [...new Set([...byEnd.keys(), ...sweeps.keys()])].map((end) => judgeTeardown(end, byEnd.get(end) ?? [], sweeps.get(end) ?? [], facts));
}

function judgeTeardown(end: FunctionFact, obligations: readonly Obligation[], left: readonly Left[], facts: Facts): Verdict {
  const coverages = new Map(obligations.map((obligation) => [obligation, coverageOfObligation(obligation, end, facts)]));
  const released = obligations.filter((obligation) => coverages.get(obligation)?.released !== 'never');
  const charges = onePerPlace(obligations, facts).map((obligation): Charge => {
    const argument = new Argument();
    const coverage = coverages.get(obligation);
    const replacing = coverage?.released === 'always' ? findReplacedBeforeEnd(obligation, end, facts) : undefined;
    if (replacing) argument.evidence('replaced-before-end', replacing, { name: nameOf(obligation), teardown: end.name });
    else if (coverage?.released === 'sometimes') weighSkipped(obligation, end, coverage.skipped, facts, argument);
    else if (coverage?.released === 'always') argument.settle('release', 'released-there', end.node, { name: nameOf(obligation), teardown: end.name });
    else weighForgotten(obligation, end, released, facts, argument);
    return { obligation, argument };
  });
  const others = left.filter(({ obligation }) => !charges.some((charge) => charge.argument.outcome !== 'silent' && facts.places.key(charge.obligation.place) === facts.places.key(obligation.place)));
  return verdictOf(end, [...charges, ...others.map((one) => chargeOfSweep(one, end, facts))], released, facts);
}

/** Teardowns that stand in for one of a base class in another file and do not call it: what the base releases stays. */
export function judgeOverrides(facts: Facts): Verdict[] {
  return facts.owners.all.flatMap((owner) => (owner.kind === 'class' && owner.superClass ? [...owner.members] : []).flatMap(([name, { fn, isStatic }]): Verdict[] => {
    const end = fn && !isStatic && isTeardown(name, facts) ? facts.functions.of(fn) : undefined;
    const base = end && !callsBase(end, name, facts) ? facts.others.ask('inherited', `${owner.name}.${name}`) : undefined;
    if (!end || !base || base.releases.every((field) => letsGoOf(end, field, facts)) || !(base.fills || base.releases.some((field) => mentions(owner, field, facts)))) return [];
    const argument = new Argument().evidence('leaves-to-base', end.node, { base: base.owner, teardown: name, file: base.file }, 'strong', base);
    // A body that does nothing may be meant to take the end away.
    if (isEmptyFunction(end)) argument.doubt('does-nothing', end.node, { teardown: name });
    return [{
      rule: 'no-forgotten-field', kind: 'teardown', span: spanOfEnd(end), symbol: end.name, owner: functionOwner(end), outcome: argument.outcome, reasons: argument.reasons,
      related: [{ role: 'forgotten', name: `super.${name}`, span: spanOf(end.node), at: { file: base.file, line: base.line } }],
      subject: { type: 'teardown', teardown: end, released: [], forgotten: [] },
    }];
  }));
}

/** Whether a teardown itself lets go of a field of its object. */
function letsGoOf(end: FunctionFact, field: string, facts: Facts): boolean {
  const isOfField = (root: Place['root'], path: Place['path']): boolean => root.type === 'owner' && path[0] === field;
  return facts.summaries.of(end).some(({ operation, place: { root, path } }) => letsGoOfPlace(operation) && isOfField(root, path))
    // `for (const step of [() => this.pool.close(), …]) await step();`
    || facts.operations.some((operation) => letsGoOfPlace(operation) && isOfField(operation.place.root, operation.place.path) && contains(end.node, operation.node));
}

/** Whether the code of a class speaks of a field. */
function mentions(owner: Owner, field: string, facts: Facts): boolean {
  return facts.tree.some(owner.node, (node) => node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && memberName(node) === field);
}

/** Whether a teardown, or what it calls, goes on to that of its base class: `super.close()`, `Base.prototype.close.call(this)`. */
function callsBase(end: FunctionFact, name: string, facts: Facts): boolean {
  const isOfBase = (node: Node): boolean => {
    if (node.type !== 'MemberExpression' || memberName(node) !== name) return false;
    const object = unwrap(node.object);
    return object.type === 'Super' || (object.type === 'MemberExpression' && memberName(object) === 'prototype');
  };
  return [...facts.summaries.reach(end)].some((fn) => facts.tree.some(fn.node, isOfBase));
}

function chargeOfSweep({ obligation, how, node }: Left, end: FunctionFact, facts: Facts): Charge {
  const argument = new Argument().evidence(how, node, { name: nameOf(obligation), noun: obligation.noun, teardown: end.name });
  // What has closed may have ended what it held.
  if (how === 'skips-removal') argument.doubt('perhaps-nothing-held', node, { name: nameOf(obligation) });
  if (how === 'drops-unended') argument.doubt('may-be-over', node, { name: nameOf(obligation) });
  if (how === 'clears-siblings' || how === 'empties-siblings') weighTimer(obligation, end, facts, argument);
  return { obligation, argument };
}

/** A field that is filled in several places is one thing to end. */
function onePerPlace(obligations: readonly Obligation[], facts: Facts): Obligation[] {
  const byPlace = new Map<string, Obligation>();
  for (const obligation of obligations) {
    const key = facts.places.key(obligation.place);
    if (!byPlace.has(key)) byPlace.set(key, obligation);
  }
  return [...byPlace.values()];
}

function weighForgotten(obligation: Obligation, end: FunctionFact, released: readonly Obligation[], facts: Facts, argument: Argument): void {
  const names = { name: nameOf(obligation), noun: obligation.noun, teardown: end.name };
  const otherwise = findEndedOtherwise(obligation, end, facts);
  if (otherwise) { argument.settle('release', otherwise.code, otherwise.node, { ...names, by: otherwise.name }); return; }
  const timer = timerOf(obligation, facts);
  if (timer && waitsForTimer(end, timer, facts)) { argument.settle('bound', 'waits-for-timer', timer.node, names); return; }
  const rivals = endsOf(obligation, facts).filter((other) => other !== end && releasesIn(obligation, facts.summaries.reach(other), facts).length > 0);
  const [rival] = rivals;
  const isEmpty = isEmptyFunction(end);
  const base = overriddenBy(end, rivals);
  if (base) { argument.evidence('overrides-without-super', base.node, { ...names, base: functionOwner(base) }); return; }
  if (rival && !isEmpty && (!isFinalEnd(end.name) || rivals.some((other) => isFinalEnd(other.name)))) { argument.settle('release', 'other-teardown-ends', rival.node, { ...names, other: rival.name }); return; }
  const sibling = released.find((other) => areAlike(other, obligation));
  const callback = timer?.kind.id === 'timeout' ? timer.callback : undefined;
  const isDeadline = timer !== undefined && isDeadlineOfOwner(timer, facts);
  const endsOwner = callback !== undefined && facts.summaries.reach(callback).has(end);
  // The teardown follows on the firing, and then nothing is pending; before a limit is over it may be called by others.
  if (endsOwner && !sibling && !isDeadline) { argument.settle('bound', 'waits-for-timer', obligation.node, names); return; }
  const elsewhere = endedElsewhere(obligation, end, facts);
  if (sibling) argument.evidence('ends-sibling', end.node, { ...names, sibling: nameOf(sibling) });
  else if (elsewhere) {
    const isRenewed = timer !== undefined && isOnlyRenewed(timer, obligation, facts);
    const isStrong = obligation.kind === 'interval' || isDeadline || isRenewed || (!isTimer(obligation) && (elsewhere.replaces || (obligation.kind !== 'disposable' && !isEntry(obligation))));
    argument.evidence('ended-elsewhere', elsewhere.operation.node, { ...names, where: elsewhere.operation.fn.name }, isStrong ? 'strong' : 'supporting');
    // What a change of state ends may be ended by one that every end of the owner brings about: a hook of its base, its own closing event.
    if (isRenewed) argument.idiom('limit-may-run-on', elsewhere.operation.node, names);
    else if (isStrong && !isDeadline && ((obligation.kind !== 'interval' && !elsewhere.renews) || isEndedOnEnding(obligation, facts))) argument.idiom('ended-on-change', elsewhere.operation.node, names);
  } else if (!isTimer(obligation)) {
    const isSlight = obligation.kind === 'observer' || obligation.kind === 'stream' || isEntry(obligation);
    argument.evidence('nothing-ends', obligation.node, names, isSlight ? 'supporting' : 'strong');
  }
  // What was asked of others may still come after the end, and be waited for.
  if (isDeadline && !sibling) argument.idiom(endsOwner ? 'ends-owner-again' : 'limit-may-run-on', obligation.node, names);
  if (rival) argument.doubt('other-teardown-ends', rival.node, { ...names, other: rival.name });
  weighDoubts(obligation, end, sibling !== undefined || rival !== undefined || isDeadline, released, facts, argument);
  if (obligation.kind === 'bag' && elsewhere && !elsewhere.replaces) argument.doubt('refilled', elsewhere.operation.node, names);
}

/** Whether a time-out starts with its object, once and for long: a limit on how long something may take to come, which the end of the object makes needless. */
function isDeadlineOfOwner(timer: TimerAcquisition, facts: Facts): boolean {
  return timer.kind.id === 'timeout' && (timer.delay === undefined || timer.delay > SHORT_MS) && startsWithObject(timer, facts) && rearms(timer, facts) === undefined;
}

/** Whether a long time-out is cleared only to be started anew: nothing ever stops it. */
function isOnlyRenewed({ kind, delay, fn, node }: TimerAcquisition, obligation: Obligation, facts: Facts): boolean {
  return kind.id === 'timeout' && delay !== undefined && delay > SHORT_MS && releasesOf(obligation, facts).every((release) => release.fn === fn && release.node.range[0] < node.range[0]);
}

function weighDoubts(obligation: Obligation, end: FunctionFact, hasSibling: boolean, released: readonly Obligation[], facts: Facts, argument: Argument): void {
  const { node, className } = obligation;
  if (!hasSibling && !isFinalEnd(end.name)) argument.doubt('may-start-again', end.node, { teardown: end.name });
  if (runsUnknownMember(end, facts) || handsOnItself(end, facts)) argument.doubt('runs-unknown', end.node, { teardown: end.name });
  const restart = asksForRestart(end, facts);
  if (obligation.kind !== 'process' && runsAtExit(end, facts)) argument.idiom('ends-with-program', end.node);
  if (restart) argument.doubt('may-start-again', restart, { teardown: end.name });
  if (!hasSibling && worksOnOwner(obligation)) argument.doubt('works-on-owner', node, { name: nameOf(obligation) });
  const [hook] = hooksOfBase(end, facts);
  if (hook && !isInherited(obligation, facts)) argument.doubt('base-may-run', hook.node, { hook: hook.name });
  if (isInherited(obligation, facts)) argument.doubt('may-be-inherited', node);
  if (className !== undefined && isEmitterClass(className) && !isRuleToEnd(obligation, released, facts)) argument.doubt('plain-emitter', node, { name: nameOf(obligation) });
  const given = hasSibling ? undefined : facts.effectsOn(obligation.place).find(({ operation }) => operation.kind === 'hand-over');
  if (given) argument.doubt('given-to', given.operation.node, { name: nameOf(obligation), to: given.operation.how });
  if (obligation.kind === 'process' && hasPath(node.callee, /(?:^|\.)exec/)) argument.doubt('ends-by-itself', node, { noun: obligation.noun });
  weighTimer(obligation, end, facts, argument);
}

/** `new Views(this)`: a part that was given nothing but its owner may hold nothing beyond it, and go with it. */
function worksOnOwner({ kind, node }: Obligation): boolean {
  return kind === 'disposable' && node.arguments.length > 0 && node.arguments.every((argument) => unwrap(argument).type === 'ThisExpression');
}

/** Whether the teardown ends most things of this kind: then it was meant to end this one. */
function isRuleToEnd(obligation: Obligation, released: readonly Obligation[], facts: Facts): boolean {
  const { root } = obligation.place;
  const all = obligationsOf(facts).filter(({ place }) => root.type === 'owner' && place.root.type === 'owner' && place.root.owner === root.owner).filter((other) => areAlike(other, obligation));
  const ended = released.filter((other) => areAlike(other, obligation));
  return ended.length >= 2 && ended.length > all.length - ended.length;
}

function weighTimer(obligation: Obligation, end: FunctionFact, facts: Facts, argument: Argument): void {
  const timer = timerOf(obligation, facts);
  if (!timer) return;
  if (isUnrefed(timer, facts)) argument.doubt('unrefed', timer.node);
  if (mayRefreshAtEnd(obligation.place, timer, end, facts)) argument.doubt('refreshed-by-state', timer.fn.node, { handle: nameOf(obligation) });
  if (timer.kind.id === 'interval') return;
  const { delay } = timer;
  const guard = findGuard(timer, facts);
  if (delay !== undefined && delay <= NEXT_TICK_MS) argument.settle('bound', 'next-tick', timer.node, { delay: String(delay) });
  else if (guard && asksFor(guard, [end], facts)) argument.settle('bound', 'guarded-callback', guard);
  else if (timer.callback && !mentionsOwner(timer, facts)) argument.doubt('leaves-owner-alone', timer.node);
  else if (guard) argument.doubt('guarded-callback', guard);
  if (delay !== undefined && delay <= SHORT_MS) argument.doubt('short-one-shot', timer.node, { delay: String(delay) });
}

/** A field that the class does not declare, while it extends one of another file: that one may declare and end it. */
function isInherited({ place: { root, path: [name] } }: Obligation, facts: Facts): boolean {
  return root.type === 'owner' && name !== undefined && root.owner.superClass !== undefined && !facts.owners.superOf(root.owner) && !root.owner.members.has(name);
}

/** `release(this)`: the teardown gives its object to code that may end anything in it. */
function handsOnItself(end: FunctionFact, facts: Facts): boolean {
  return facts.tree.some(end.node, (node) => node.type === 'CallExpression' && !facts.functions.valueOf(node.callee) && node.arguments.some((argument) => unwrap(argument).type === 'ThisExpression')
    && !hasPath(node.callee, /(?:^|\.)(?:delete|call|apply|bind|has|indexOf|filter|emit|fire|invoke|log|debug|removeListener|off|remove\w*)$/));
}

function weighSkipped(obligation: Obligation, end: FunctionFact, skipped: { readonly how: string; readonly node: Node }, facts: Facts, argument: Argument): void {
  const names = { name: nameOf(obligation), noun: obligation.noun, teardown: end.name };
  const excuse = findExcuse(obligation, end, skipped, facts);
  if (excuse) argument.settle('release', excuse, skipped.node, names);
  else if (skipped.how === 'throw') weighThrow(end, skipped.node, names, facts, argument);
  else argument.evidence('skipped-on-path', skipped.node, names, 'strong').doubt('perhaps-nothing-held', skipped.node, names);
}

/** An exception leaves something only where a step can plainly fail, and the program goes on. */
function weighThrow(end: FunctionFact, step: Node, names: Record<string, string>, facts: Facts, argument: Argument): void {
  argument.evidence('skipped-by-throw', step, names, 'supporting');
  const exit = exitAfter(end, facts);
  if (exit) argument.doubt('exits-after', exit, names);
  const ending = step.type === 'AwaitExpression' ? parseMethodCall(step.argument) : undefined;
  // What ends by its own `stop()` is believed to do so, unless the file shows that it may fail.
  if (ending && isTeardownName(ending.method) && !isShown(step, facts)) argument.doubt('may-not-fail', step, { step: ending.method });
}

/** Whether an awaited call is one of a function of this file. */
function isShown(step: Node, facts: Facts): boolean {
  const call = step.type === 'AwaitExpression' ? unwrap(step.argument) : step;
  return call.type === 'CallExpression' && facts.functions.valueOf(call.callee) !== undefined;
}

function nameOf(obligation: Obligation): string {
  return bareName(fieldOfObligation(obligation));
}

function verdictOf(end: FunctionFact, charges: readonly Charge[], released: readonly Obligation[], facts: Facts): Verdict {
  const upheld = charges.filter(({ argument }) => argument.outcome !== 'silent');
  const surest = upheld.filter(({ argument }) => argument.outcome === 'certain');
  const forgotten = [...surest, ...upheld.filter((charge) => !surest.includes(charge))];
  const named = forgotten.filter(({ obligation }, index) => forgotten.findIndex((other) => nameOf(other.obligation) === nameOf(obligation)) === index);
  const related: Related[] = named.map(({ obligation }) => ({ role: 'forgotten', name: nameOf(obligation), span: spanOf(obligation.node) }));
  for (const obligation of onePerPlace(released, facts)) related.push({ role: 'released', name: nameOf(obligation), span: spanOf(releasesIn(obligation, facts.summaries.reach(end), facts)[0]?.node ?? end.node) });
  return {
    rule: 'no-forgotten-field', kind: 'teardown', span: spanOfEnd(end), symbol: end.name, owner: functionOwner(end),
    outcome: surest.length > 0 ? 'certain' : upheld.length > 0 ? 'likely' : 'silent',
    reasons: (forgotten.length > 0 ? forgotten : charges).flatMap(({ argument }) => argument.reasons), related,
    subject: { type: 'teardown', teardown: end, released, forgotten: forgotten.map(({ obligation }) => obligation) },
  };
}

/** The first line of a teardown is the one with its name. */
function spanOfEnd({ node, method }: FunctionFact): Span {
  const holder = method?.member.node;
  const key = holder && (holder.type === 'MethodDefinition' || holder.type === 'Property' || isFieldNode(holder)) ? holder.key : undefined;
  return { start: Math.min(key?.range[0] ?? node.range[0], node.range[0]), end: node.range[1] };
}
