import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import type { Verdict } from '../findings.js';
import { ENDS } from '../kinds/releases.js';
import { findAddedAgain, type AddedAgain } from '../questions/added-again.js';
import { findAgeCheck } from '../questions/ageing.js';
import { isInOtherHands, removalElsewhere } from '../questions/elsewhere.js';
import { findEndingLeavesEntries } from '../questions/ending-leaves-entries.js';
import { isFilledInOneGo } from '../questions/filled-in-one-go.js';
import { hasFiniteKeys } from '../questions/finite-keys.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { isMemo } from '../questions/growth-shape.js';
import { endingCallerOf } from '../questions/ending-caller.js';
import { findLeftInFlight, type LeftInFlight } from '../questions/left-in-flight.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { isOnlyCalledHere } from '../questions/only-called-here.js';
import { lifetimeOf, type Lifetime } from '../questions/lifetime.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { callsElsewhere, isCalledBy, releasePaths, type ReleasePath } from '../questions/release-paths.js';
import { findSizeBound } from '../questions/size-bound.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { growsAtRunTime, keyOf, sourceOf, weighDoubts } from './collection-doubts.js';
import { growthSite, keySite } from './growth-site.js';
import { weighKeyAlone } from './key-alone.js';
import { isRemoval } from './unbounded-collection.js';

/** `no-manual-only-release`: does anything take entries out without being asked? */
export function judgeManualRelease(collection: Collection, facts: Facts): Verdict | undefined {
  const { place, declaration } = collection;
  if (collection.kind === 'weak' || collection.kind === 'array') return undefined;
  const lifetime = lifetimeOf(place, facts);
  if (lifetime === 'call' || lifetime === 'unknown') return undefined;
  const effects = facts.effectsOn(place);
  const growth = effects.filter((effect) => effect.operation.kind === 'grow');
  const removals = effects.filter((effect) => isRemoval(effect, collection, facts));
  // What nothing takes out of at all is the business of no-unbounded-collection.
  if (removals.length === 0 || !growth.some((effect) => growsAtRunTime(effect, collection, facts))) return undefined;
  const paths = releasePaths(place, removals, growth, facts);
  if (paths.length === 0) return undefined;
  const argument = new Argument();
  const left = findLeftInFlight(place, growth, removals, facts);
  const again = left ? undefined : findAddedAgain(place, removals, facts);
  const deaf = left || again ? undefined : findEndingLeavesEntries(collection, growth, removals, facts);
  const others = left ? paths.filter(({ effect }) => !left.deletions.includes(effect)) : deaf ? [] : paths;
  decide(collection, others, growth, facts, argument);
  if (!argument.settled && left) weighLeft(left, others, lifetime, collection, facts, argument);
  else if (!argument.settled && again) weighAddedAgain(again, collection, facts, argument);
  else if (!argument.settled && deaf) {
    argument.evidence('ending-leaves-entries', deaf.node, { event: deaf.event, other: deaf.other });
    if (!deaf.isSure) argument.doubt('goes-with-its-owner', declaration);
    if (isInOtherHands(place, facts)) argument.doubt('exported', declaration);
  }
  else if (!argument.settled) {
    weighEvidence(collection, paths, growth, lifetime, facts, argument);
    if (argument.reasons.length === 0) return undefined;
    if (!declaredWeak(collection)) weighDoubts(collection, growth, effects, lifetime, facts, argument);
  }
  const statement = statementFor(facts.statements, facts.model, declaration.range[0]);
  return {
    rule: 'no-manual-only-release', kind: collection.kind, span: spanOf(declaration), symbol: collection.name, owner: ownerName(place, facts),
    outcome: argument.outcome, reasons: argument.reasons,
    related: [
      ...growth.map((effect) => ({ role: 'growth', name: effect.operation.how, span: spanOf(effect.operation.node) })),
      ...paths.map(({ effect, trigger }) => ({ role: 'release', name: trigger, span: spanOf(effect.operation.node) })),
    ],
    subject: { type: 'collection', collection, growth },
    ...(statement && statement.says !== 'survives' ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
  };
}

function decide(collection: Collection, paths: readonly ReleasePath[], growth: readonly Effect[], facts: Facts, argument: Argument): void {
  const elsewhere = removalElsewhere(collection.place, facts);
  if (elsewhere) { argument.settle('release', 'released-elsewhere', collection.declaration, { file: elsewhere.file, line: String(elsewhere.line) }, elsewhere); return; }
  const automatic = paths.find(({ trigger }) => trigger === 'automatic');
  if (automatic) { argument.settle('release', 'released-by-itself', automatic.effect.operation.node, { where: functionAround(automatic.effect.operation.node, facts) }); return; }
  if (isFilledInOneGo(collection.place, growth, facts)) { argument.settle('bound', 'filled-once', growthSite(growth, collection)); return; }
  const limit = findSizeBound(collection.place, growth, facts);
  if (limit) { argument.settle('bound', 'size-checked', limit); return; }
  if (hasFiniteKeys(collection, growth, facts)) argument.settle('bound', 'finite-keys', keySite(growth, collection));
}

function weighEvidence(collection: Collection, paths: readonly ReleasePath[], growth: readonly Effect[], lifetime: Lifetime, facts: Facts, argument: Argument): void {
  const { place, declaration } = collection;
  const of = (trigger: ReleasePath['trigger']): Node | undefined => paths.find((path) => path.trigger === trigger)?.effect.operation.node;
  const only = (...triggers: ReleasePath['trigger'][]): boolean => paths.every((path) => triggers.includes(path.trigger));
  const keyed = keyOf(growth, collection, facts);
  const fresh = growth.find(({ operation }) => operation.key && isFreshKey(operation.key, facts))?.operation.key;
  const isEntity = keyed?.domain === 'entity';
  const isPerEntity = fresh !== undefined || isEntity;
  const weak = declaredWeak(collection);
  if (weak) { argument.evidence('declared-weak', weak); return; }
  const aged = findAgeCheck(place, facts);
  // Where somebody's call ends the entry, its age is about something else: how often a thing may be done, say.
  if (aged && (of('same-key') || !of('call'))) argument.evidence('aged-but-kept', aged, { where: functionAround(aged, facts) }, isPerEntity ? 'strong' : 'supporting');
  const answered = answeredButKept(collection, facts);
  if (answered && fresh) {
    argument.evidence('answered-but-kept', answered, { where: functionAround(answered, facts) });
    // Whoever asked may take it out when the answer is there.
    const takenOut = paths.find(({ effect: { operation }, trigger }) => trigger === 'call' && operation.kind === 'shrink');
    if (takenOut) argument.doubt('callers-unknown', takenOut.effect.operation.node);
  }
  const resource = heldResource(collection, facts, ENDS_OUTSIDE);
  if (isPerEntity || resource) {
    const strength = isPerEntity ? 'strong' : 'supporting';
    const sameKey = of('same-key');
    const failure = of('error');
    const end = of('teardown');
    if (failure && only('error', 'teardown')) argument.evidence('released-on-failure', failure, { where: functionAround(failure, facts) }, strength);
    else if (sameKey && only('same-key', 'error', 'teardown')) argument.evidence('released-by-same-key', sameKey, { where: functionAround(sameKey, facts) }, strength);
    // What is looked up before it is set is replaced in place: a cache over what there is.
    else if (end && only('teardown')) argument.evidence('released-at-end', end, { where: functionAround(end, facts) }, isMemo(place, growth, facts) ? 'supporting' : strength);
  }
  if (keyed && !resource) weighKeyAlone(collection, keyed.key, facts, argument);
  const unheard = of('unheard');
  if (unheard) argument.evidence('closed-unheard', unheard);
  const called = of('call');
  const requested = paths.find(({ effect, trigger }) => trigger === 'call' && isRequested(effect.operation.fn, facts))?.effect.operation;
  if (requested && isPerEntity && growth.some(({ operation }) => isRequested(operation.fn, facts))) {
    // A client that goes away never asks for the end of what it began.
    argument.evidence('released-by-request', requested.node, { where: functionAround(requested.node, facts) });
    for (const { file, line, triggers } of callsElsewhere(requested.fn, facts)) {
      if (triggers.includes('request')) argument.evidence('request-elsewhere', declaration, { file, line: String(line) }, 'supporting', { file, line });
    }
    for (const { effect: { operation }, trigger } of paths) if (trigger === 'error' || trigger === 'teardown') sayWhoCalls(operation.fn, trigger, declaration, facts, argument);
    if (!heldResource(collection, facts, ENDS)) argument.doubt('may-be-a-store', declaration);
    const other = paths.find(({ effect, trigger }) => trigger === 'call' && !isRequested(effect.operation.fn, facts));
    if (other && facts.others.ask('isInProject')) argument.doubt('callers-unknown', other.effect.operation.node, { where: functionAround(other.effect.operation.node, facts) });
  }
  const unused = of('nobody');
  if (unused && only('nobody', 'teardown', 'error', 'same-key')) {
    argument.evidence('released-by-nobody', unused, { where: functionAround(unused, facts) }, isPerEntity || resource ? 'strong' : 'supporting');
    if (mayBeCalled(facts.functions.around(unused), facts)) argument.doubt('others-may-call', unused, { where: functionAround(unused, facts) });
  }
  if (called && resource && isPerEntity && lifetime === 'process' && !isInOtherHands(place, facts)) {
    argument.evidence('released-by-call', called, { where: functionAround(called, facts), resource: resource.name });
    argument.doubt('callers-unknown', called, { where: functionAround(called, facts) });
  }
  if (argument.reasons.length > 0 && keyed) argument.evidence(fresh ? 'new-key' : isEntity ? 'per-entity-key' : 'per-id-key', fresh ?? keyed.key, { key: sourceOf(fresh ?? keyed.key, facts) }, 'supporting');
}

/** An entry that is to go with the run that adds it, and stays where that fails. */
function weighLeft(left: LeftInFlight, others: readonly ReleasePath[], lifetime: Lifetime, collection: Collection, facts: Facts, argument: Argument): void {
  const names = { where: functionAround(left.by, facts) };
  argument.evidence(LEFT[left.how], left.by, names);
  if (left.how === 'returned') argument.doubt('may-be-meant-to-stay', left.by);
  else if (!left.isSure) argument.doubt('may-not-reject', left.by);
  if (left.setElsewhere) argument.idiom('set-elsewhere', left.setElsewhere, { where: functionAround(left.setElsewhere, facts) });
  const called = others.find(({ trigger }) => trigger === 'call' || trigger === 'same-key');
  if (called) argument.doubt('released-apart', called.effect.operation.node, { where: functionAround(called.effect.operation.node, facts) });
  const ending = endingCallerOf(facts.functions.around(left.by), facts);
  if (ending) argument.doubt('process-may-end', ending.node, { caller: ending.name });
  if (lifetime === 'closure' || lifetime === 'entry') argument.doubt('lifetime-unknown', collection.declaration);
  if (isInOtherHands(collection.place, facts)) argument.doubt('exported', collection.declaration);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', collection.declaration);
}

/** An end of an entry that puts its key in again; other functions may take it out for good. */
function weighAddedAgain({ fn, deletion, node }: AddedAgain, collection: Collection, facts: Facts, argument: Argument): void {
  argument.evidence('added-again', node, { where: functionAround(node, facts), end: fn.name });
  const { operation } = deletion;
  if (operation.fn !== fn && !isOnlyCalledHere(operation.fn, facts)) argument.doubt('callers-unknown', operation.node);
  if (isInOtherHands(collection.place, facts)) argument.doubt('exported', collection.declaration);
}

const LEFT = { rejected: 'kept-on-rejection', 'success-only': 'deleted-on-success', returned: 'kept-on-return' } as const;

/** Whether others than the project may call a function: a package publishes it, or something calls it that is itself called by nobody, as far as names tell. */
function mayBeCalled(fn: FunctionFact, facts: Facts): boolean {
  const shown = facts.functions.shownAs(fn);
  return (shown !== undefined && facts.others.ask('isPublished', shown)) || facts.functions.callsOf(fn).length > 0 || callsElsewhere(fn, facts).length > 0;
}

/** Whether requests set a function going, in this file or another. */
function isRequested(fn: FunctionFact, facts: Facts): boolean {
  return fn.triggers.has('request') || isCalledBy(fn, ['request'], facts);
}

/** The calls in other files by which a release comes on failure, or at the end of its owner. */
function sayWhoCalls(fn: FunctionFact, trigger: 'error' | 'teardown', declaration: Node, facts: Facts, argument: Argument): void {
  const code = trigger === 'error' ? 'failure-elsewhere' : 'end-elsewhere';
  for (const { file, line } of callsElsewhere(fn, facts)) {
    argument.evidence(code, declaration, { file, line: String(line) }, 'supporting', { file, line });
  }
}

/** `x: WeakMap<K, V> = new Map()`: what was meant is not what was made. */
function declaredWeak({ annotation }: Collection): Node | undefined {
  const name = annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' ? annotation.typeName.name : '';
  return /^Weak(?:Map|Set)$/.test(name) ? annotation : undefined;
}

/** Where an answer comes for the key of an entry, the entry is called or settled, and stays. */
function answeredButKept(collection: Collection, facts: Facts): Node | undefined {
  const { place } = collection;
  const element = { root: place.root, path: [...place.path, ELEMENT] };
  const key = facts.places.key(place);
  return facts.effectsOn(element).find(({ operation }) => operation.kind === 'invoke'
    && !facts.summaries.of(operation.fn).some((effect) => (effect.operation.kind === 'shrink' || effect.operation.kind === 'empty') && facts.places.key(effect.place) === key))?.operation.node;
}

/** Methods by which a process, a connection or a sandbox ends, which no garbage collector does. */
const ENDS_OUTSIDE = new Set(['kill', 'terminate', 'close', 'destroy', 'disconnect', 'end', 'quit', 'shutdown']);

/** The member of an entry that somebody has to end: the file itself ends it somewhere. */
function heldResource(collection: Collection, facts: Facts, ends: ReadonlySet<string>): { name: string; node: Node } | undefined {
  const prefix = `${facts.places.key(collection.place)}.${ELEMENT}`;
  for (const operation of facts.operations) {
    if (operation.kind !== 'end' || !ends.has(operation.how) || !facts.places.key(operation.place).startsWith(prefix)) continue;
    const name = operation.place.path.at(-1);
    return { name: name === undefined || name === ELEMENT ? 'entry' : name, node: operation.node };
  }
  return undefined;
}
