import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { handsToReleaser } from '../facts/operations.js';
import { ELEMENT } from '../facts/places.js';
import { isExported } from '../facts/functions.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import type { Related, Verdict } from '../findings.js';
import { findAgeCheck } from '../questions/ageing.js';
import { weighArrival } from './arrival.js';
import { isOnlyEmptiedByHand } from '../questions/emptied-by-hand.js';
import { isFilledInOneGo } from '../questions/filled-in-one-go.js';
import { hasFiniteKeys, isFiniteKey } from '../questions/finite-keys.js';
import { endedButKept, isMemo, isRegistry, isWarnOnce, registersCode, releasedSibling, resourceInValue } from '../questions/growth-shape.js';
import { domainOfKey } from '../questions/key-names.js';
import { happensAtRunTime, lifetimeOf, type Lifetime } from '../questions/lifetime.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { registryAround } from '../questions/registry-entry.js';
import { findSizeBound } from '../questions/size-bound.js';
import type { KeyDomain } from '../kinds/keys.js';
import { isParameter } from '../scope/bindings.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** Owners whose names say that they live for one piece of work (BENIGN, C1). */
const SHORT_LIVED_OWNER = /(?:Builder|Result|Visitor|Transaction|Context|Collector|Scope|Node|Request|Response|Event|Parser|Lexer|Tokenizer|Printer|Walker|Query|Command|Compiler|Generator|Formatter|Error|Report|Reporter|Snapshot|Diff|Options|Config|Transformer|Serializer|Encoder|Decoder|Analyzer|Checker|Linter|Resolver|Iterator|Cursor|Operation|Session|Run|Turn|Task|Job|Process|Connection|Peer|Statement|Expression|Model|State|Message|Plan|Batch|Graph|Tree|Document|Spec|Test|Mock|Fixture|Stub)$/;
/** Names of collections of what was already said (BENIGN, C7). */
const REMEMBERS_REPORTS = /^[_#]*(?:already|has|have)?_?(?:warned|logged|reported|notified|deprecat)/i;
/** Owners that stand in for a database: what they keep is their purpose. */
const STANDS_IN_FOR_STORAGE = /^(?:In|_)?Memory|InMemory|^(?:Fake|Mock|Stub|Dummy|Test|Noop)(?=[A-Z])/;
/** Names too common to be told apart by themselves in another object. */
const GENERIC_NAME = /^(?:.{1,3}|map|items?|cache|data|list|entries|values|keys|store|state|queue|result|results|children|nodes)$/;

/** `no-unbounded-collection`: does anything take out again what is put in? */
export function judgeCollection(collection: Collection, facts: Facts): Verdict | undefined {
  const lifetime = lifetimeOf(collection.place, facts);
  if (lifetime === 'call' || lifetime === 'unknown') return undefined;
  const effects = facts.effectsOn(collection.place);
  const growth = effects.filter((effect) => effect.operation.kind === 'grow');
  const argument = new Argument();
  const statement = statementFor(facts.statements, facts.model, collection.declaration.range[0]);
  decideBound(collection, growth, effects, facts, argument);
  if (!argument.settled) {
    weighEvidence(collection, growth, effects, lifetime, facts, argument);
    if (argument.reasons.length === 0) sayThatNothingSpeaks(collection, growth, facts, argument);
    weighDoubts(collection, growth, effects, lifetime, facts, argument);
  }
  const related: Related[] = growth.map((effect) => ({ role: 'growth', name: effect.operation.how, span: spanOf(effect.operation.node) }));
  return {
    rule: 'no-unbounded-collection', kind: collection.kind, span: spanOf(collection.declaration), symbol: collection.name, owner: ownerName(collection.place, facts),
    outcome: argument.outcome, reasons: argument.reasons, related, subject: { type: 'collection', collection, growth },
    ...(statement && statement.says !== 'survives' ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
  };
}

function decideBound(collection: Collection, growth: readonly Effect[], effects: readonly Effect[], facts: Facts, argument: Argument): void {
  const { place, declaration } = collection;
  if (collection.kind === 'weak') { argument.settle('bound', 'weak-collection', collection.init); return; }
  if (growth.length === 0) { argument.settle('bound', 'never-grows', declaration); return; }
  const later = growth.filter((effect) => growsAtRunTime(effect, collection, facts));
  const [first] = growth;
  if (later.length === 0 && first) { argument.settle('bound', 'filled-once', first.operation.node); return; }
  if (isFilledInOneGo(place, growth, facts)) { argument.settle('bound', 'filled-once', first?.operation.node ?? declaration); return; }
  const removals = effects.filter((effect) => isRemoval(effect, collection, facts) || isFreshFill(effect, growth, facts));
  const [removal] = removals;
  if (removal && !isOnlyEmptiedByHand(collection, growth, removals, facts)) { argument.settle('release', 'shrinks', removal.operation.node, { how: removal.operation.how }); return; }
  const named = removalByName(collection, facts);
  if (named) { argument.settle('release', 'shrinks-by-name', named.operation.node); return; }
  const limit = findSizeBound(place, growth, facts);
  if (limit) { argument.settle('bound', 'size-checked', limit); return; }
  if (hasFiniteKeys(collection, growth, facts)) argument.settle('bound', 'finite-keys', first?.operation.key ?? declaration);
}

export function growsAtRunTime(effect: Effect, collection: Collection, facts: Facts): boolean {
  const outer = effect.via[0]?.from ?? effect.operation.fn;
  return happensAtRunTime(outer, collection.place, facts);
}

/** Something that takes entries out while the owner lives. */
export function isRemoval(effect: Effect, collection: Collection, facts: Facts): boolean {
  const { operation } = effect;
  switch (operation.kind) {
    case 'shrink':
      return true;
    case 'empty':
      // Its first value is no release; a new one given later is.
      return operation.value === undefined || (operation.value !== collection.init && happensAtRunTime(operation.fn, collection.place, facts));
    case 'end':
      return collection.kind !== 'map' && collection.kind !== 'set' ? operation.how !== 'end' : true;
    case 'hand-over':
      return handsToReleaser(operation);
    default:
      return false;
  }
}

/** `this.rows = []; for (…) this.rows.push(…)` in one run: what was there goes with every filling, the first one included. */
function isFreshFill({ operation }: Effect, growth: readonly Effect[], facts: Facts): boolean {
  if (operation.kind !== 'empty' || operation.how !== '=' || !happensAtRunTime(operation.fn, operation.place, facts)) return false;
  const reached = facts.summaries.reach(operation.fn);
  return growth.every((effect) => reached.has(effect.operation.fn) && (effect.operation.fn !== operation.fn || effect.operation.node.range[0] > operation.node.range[0]));
}

/** `state.sessions.delete(id)` on an object that the file does not make: the same property, as far as names tell. */
export function removalByName(collection: Collection, facts: Facts): Effect | undefined {
  if (GENERIC_NAME.test(collection.name)) return undefined;
  const key = facts.places.key(collection.place);
  for (const operation of facts.operations) {
    if (operation.kind !== 'shrink' && !(operation.kind === 'empty' && operation.value === undefined)) continue;
    if (operation.place.path.at(-1) !== collection.name || facts.places.key(operation.place) === key) continue;
    const { root } = operation.place;
    // Known roots with the same property name are other objects.
    if (root.type === 'owner' && operation.place.path.length === 1) continue;
    return { operation, place: operation.place, key: undefined, isKeyGiven: false, via: [] };
  }
  return undefined;
}

function weighEvidence(collection: Collection, growth: readonly Effect[], effects: readonly Effect[], lifetime: Lifetime, facts: Facts, argument: Argument): void {
  const { place } = collection;
  const sibling = releasedSibling(place, growth, facts);
  if (sibling) argument.evidence('sibling-released', sibling.node, { sibling: sibling.name, where: functionAround(sibling.node, facts) });
  const kept = endedButKept(place, facts);
  if (kept) argument.evidence('ended-but-kept', kept, { where: functionAround(kept, facts) });
  const aged = findAgeCheck(place, facts);
  if (aged) argument.evidence('aged-but-kept', aged, { where: functionAround(aged, facts) });
  const keyed = keyOf(growth, collection, facts);
  if (keyed?.domain === 'entity') argument.evidence('per-entity-key', keyed.key, { key: sourceOf(keyed.key, facts) });
  else if (keyed?.domain === 'identifier') argument.evidence('per-id-key', keyed.key, { key: sourceOf(keyed.key, facts) }, 'supporting');
  const resource = resourceInValue(growth, facts);
  if (resource) argument.evidence('holds-resource', growth[0]?.operation.node ?? collection.declaration, { resource }, 'supporting');
  const byEvent = growth.find((effect) => effect.operation.fn.triggers.has('event') || effect.operation.fn.triggers.has('timer'));
  if (byEvent) argument.evidence('grows-on-event', byEvent.operation.node, {}, 'supporting');
  weighArrival(collection, growth, effects.filter((effect) => isRemoval(effect, collection, facts)), facts, argument);
  const registry = collection.kind === 'array' ? registryAround(collection, facts) : undefined;
  if (registry) argument.evidence('entry-grows', growth[0]?.operation.node ?? collection.declaration, { registry: registry.name }, 'supporting');
  if (lifetime === 'process' && argument.reasons.length > 0) argument.evidence('lives-with-process', collection.declaration, {}, 'supporting');
}

/** Growth alone is no finding; `why` has to say so. */
function sayThatNothingSpeaks(collection: Collection, growth: readonly Effect[], facts: Facts, argument: Argument): void {
  const keyed = keyOf(growth, collection, facts);
  if (keyed) argument.doubt('key-may-be-limited', keyed.key, { key: sourceOf(keyed.key, facts) });
  else argument.doubt('growth-may-be-limited', growth[0]?.operation.node ?? collection.declaration);
}

export function weighDoubts(collection: Collection, growth: readonly Effect[], effects: readonly Effect[], lifetime: Lifetime, facts: Facts, argument: Argument): void {
  const { place, declaration } = collection;
  const keyed = keyOf(growth, collection, facts);
  // Sessions and requests are not registered at start-up; hooks and handlers are, whatever their key.
  if (isRegistry(growth, facts) && (keyed?.domain !== 'entity' || registersCode(growth))) argument.doubt('registration-api', growth[0]?.operation.node ?? declaration);
  // A state holds what was fetched last for each key.
  const memo = keyed && (isMemo(place, growth, facts) || facts.stores.of(place) !== undefined);
  if (keyed && memo && keyed.domain !== 'entity' && !argument.hasStrongEvidence) argument.doubt('memo', keyed.key, { key: sourceOf(keyed.key, facts) });
  if (keyed?.domain === 'static') argument.doubt('static-domain-key', keyed.key, { key: sourceOf(keyed.key, facts) });
  if (isWarnOnce(growth, facts) || REMEMBERS_REPORTS.test(collection.name)) argument.doubt('warn-once', growth[0]?.operation.node ?? declaration);
  const handed = effects.find((effect) => effect.operation.kind === 'hand-over' && !effect.place.path.includes(ELEMENT));
  if (handed) argument.doubt('handed-over', handed.operation.node, { to: handed.operation.how });
  // That its objects stand in a registry says more than their name.
  const isEntry = registryAround(collection, facts) !== undefined;
  if (!isEntry && place.root.type === 'owner' && SHORT_LIVED_OWNER.test(place.root.owner.name)) argument.doubt('short-lived-owner', declaration, { owner: place.root.owner.name });
  if (place.root.type === 'owner' && STANDS_IN_FOR_STORAGE.test(place.root.owner.name)) argument.doubt('stands-in-for-storage', declaration, { owner: place.root.owner.name });
  const store = facts.stores.of(place);
  if (place.path.at(-1) === 'current' || store?.holder === 'component') argument.doubt('component-lifetime', declaration);
  const shared = store ? store.variable : place.root.type === 'variable' ? place.root.variable : undefined;
  if (shared && !isParameter(shared) && isExported(shared)) argument.doubt('exported', declaration);
  if (lifetime === 'closure' || (lifetime === 'entry' && !isEntry)) argument.doubt('lifetime-unknown', declaration);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', declaration);
}

/** The most telling key with which it grows at run time, and what its names say of its domain; a value is the key of a Set. */
function keyOf(growth: readonly Effect[], collection: Collection, facts: Facts): { key: Node; domain: KeyDomain } | undefined {
  const keys = growth.flatMap((effect) => {
    const { key } = effect.operation;
    return key && growsAtRunTime(effect, collection, facts) && !isFiniteKey(key, facts) ? [{ key, domain: domainOfKey(key, facts) }] : [];
  });
  return keys.find((one) => one.domain === 'entity') ?? keys[0];
}

function sourceOf(node: Node, facts: Facts): string {
  return facts.model.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ');
}
