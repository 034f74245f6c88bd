import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { handsToReleaser, type Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import type { Related, Verdict } from '../findings.js';
import type { Growth } from '../linkage/others.js';
import { findAgeCheck } from '../questions/ageing.js';
import { assignmentsTo } from '../questions/assignments.js';
import { weighArrival } from './arrival.js';
import { growthSite, keySite } from './growth-site.js';
import { weighKeyAlone } from './key-alone.js';
import { givenElsewhere, growthsElsewhere, removalElsewhere } from '../questions/elsewhere.js';
import { emptiedButKept } from '../questions/emptied-but-kept.js';
import { isOnlyEmptiedByHand } from '../questions/emptied-by-hand.js';
import { isFilledInOneGo } from '../questions/filled-in-one-go.js';
import { hasFiniteKeys } from '../questions/finite-keys.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { endedButKept, namedAround, releasedSibling, resourceInValue } from '../questions/growth-shape.js';
import { happensAtRunTime, lifetimeOf, type Lifetime } from '../questions/lifetime.js';
import { findOtherKey } from '../questions/other-key.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { rewritesOwnKey } from '../questions/rewritten-keys.js';
import { isSingleton } from '../questions/runs-once.js';
import { registryAround } from '../questions/registry-entry.js';
import { endOfAdded } from '../questions/self-added.js';
import { findSizeBound } from '../questions/size-bound.js';
import { declaringFunction, isParameter, onlyValue } from '../scope/bindings.js';
import { spanOf } from '../source-model.js';
import { standsInLoop } from '../syntax/loops.js';
import { contains, hasPath, isNothing, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { growsAtRunTime, keyOf, sourceOf, weighDoubts } from './collection-doubts.js';

/** Owners whose names say that a program has one of them. */
const LONG_LIVED_OWNER = /(?:Service|Manager|Server|Gateway|Hub|Broker|Limiter|Daemon)(?:Impl)?$/;
/** Names too common to be told apart by themselves in another object. */
const GENERIC_NAME = /^(?:.{1,3}|map|items?|cache|data|list|entries|values|keys|store|state|queue|result|results|children|nodes)$/;

/** `no-unbounded-collection`: does anything take out again what is put in? */
export function judgeCollection(collection: Collection, facts: Facts): Verdict | undefined {
  const lifetime = lifetimeOf(collection.place, facts);
  if (lifetime === 'call' || lifetime === 'unknown') return undefined;
  const effects = facts.effectsOn(collection.place);
  const growth = effects.filter((effect) => effect.operation.kind === 'grow' && !rewritesOwnKey(effect, facts));
  const argument = new Argument();
  const statement = statementFor(facts.statements, facts.model, collection.declaration.range[0]);
  decideBound(collection, growth, effects, facts, argument);
  if (!argument.settled) {
    weighEvidence(collection, growth, effects, lifetime, facts, argument);
    if (argument.reasons.length === 0) sayThatNothingSpeaks(collection, growth, facts, argument);
    weighDoubts(collection, growth, effects, lifetime, facts, argument);
  }
  const related: Related[] = [
    ...growth.map((effect) => ({ role: 'growth', name: effect.operation.how, span: spanOf(effect.operation.node) })),
    ...growthsElsewhere(collection.place, facts).map(({ file, line }) => ({ role: 'growth', name: collection.name, span: spanOf(collection.declaration), at: { file, line } })),
  ];
  return {
    rule: 'no-unbounded-collection', kind: collection.kind, span: spanOf(collection.declaration), symbol: collection.name, owner: ownerName(collection.place, facts),
    outcome: argument.outcome, reasons: argument.reasons, related, subject: { type: 'collection', collection, growth },
    ...(statement && statement.says !== 'survives' ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
  };
}

function decideBound(collection: Collection, growth: readonly Effect[], effects: readonly Effect[], facts: Facts, argument: Argument): void {
  const { place, declaration } = collection;
  if (collection.kind === 'weak') { argument.settle('bound', 'weak-collection', collection.init); return; }
  const elsewhere = removalElsewhere(place, facts);
  if (elsewhere) { argument.settle('release', 'released-elsewhere', declaration, { file: elsewhere.file, line: String(elsewhere.line) }, elsewhere); return; }
  if (growth.length === 0) {
    const given = givenElsewhere(place, facts);
    if (growthsElsewhere(place, facts).length === 0) { argument.settle('bound', 'never-grows', declaration); return; }
    if (given) { argument.settle('release', 'given-elsewhere', declaration, { file: given.file, line: String(given.line) }, given); return; }
  }
  const later = growth.filter((effect) => growsAtRunTime(effect, collection, facts));
  const [first] = growth;
  if (later.length === 0 && first) { argument.settle('bound', 'filled-once', first.operation.node); return; }
  if (first && isFilledInOneGo(place, growth, facts)) { argument.settle('bound', 'filled-once', first.operation.node); return; }
  const removals = effects.filter((effect) => isRemoval(effect, collection, facts) || isFreshFill(effect, growth, facts));
  const [removal] = removals;
  const other = findOtherKey(growth, removals, facts);
  if (other) {
    argument.evidence('deleted-under-other-key', other.deletion.operation.node, { key: sourceOf(other.deletion.operation.key ?? declaration, facts), added: sourceOf(other.added, facts) });
    if (!other.isSure) argument.doubt('callers-unknown', other.deletion.operation.node);
    return;
  }
  if (removal && !isOnlyEmptiedByHand(collection, growth, removals, facts)) { argument.settle('release', 'shrinks', removal.operation.node, { how: removal.operation.how }); return; }
  const dropped = findHolderDropped(collection, facts);
  if (dropped && !removal) { argument.settle('release', 'shrinks', dropped, { how: '=' }); return; }
  const named = removalByName(collection, facts);
  if (named) { argument.settle('release', 'shrinks-by-name', named.operation.node); return; }
  if (!first) return;
  const limit = findSizeBound(place, growth, facts);
  if (limit) { argument.settle('bound', 'size-checked', limit); return; }
  if (hasFiniteKeys(collection, growth, facts)) argument.settle('bound', 'finite-keys', keySite(growth, collection));
}

/** Something that takes entries out while the owner lives. */
export function isRemoval(effect: Effect, collection: Collection, facts: Facts): boolean {
  const { operation } = effect;
  switch (operation.kind) {
    case 'shrink':
      return true;
    case 'empty':
      // Its first value is no release; a new one given later is.
      return operation.value === undefined || ((operation.value !== collection.init || followsEnd(operation, collection, facts)) && happensAtRunTime(operation.fn, collection.place, facts));
    case 'end':
      return collection.kind !== 'map' && collection.kind !== 'set' ? operation.how !== 'end' : true;
    case 'hand-over':
      return handsToReleaser(operation);
    default:
      return false;
  }
}

/** `for (const one of this.streams) one.end(); this.streams = [];`: a new start behind the end of the old, though it is the only one that the file writes. */
function followsEnd({ node, fn }: Operation, { place }: Collection, facts: Facts): boolean {
  const element = { root: place.root, path: [...place.path, ELEMENT] };
  return facts.effectsOn(element).some(({ operation }) => operation.kind === 'end' && operation.node.range[0] < node.range[0] && contains(fn.node, operation.node));
}

/** `batch = undefined`, `this.batch = null`: what holds the collection is dropped, and made anew the next time. */
function findHolderDropped({ place: { root, path } }: Collection, facts: Facts): Node | undefined {
  const first = root.type === 'variable' ? 0 : 1;
  for (let length = first; length < path.length; length++) {
    const holder: Place = { root, path: path.slice(0, length) };
    if (holder.path.includes(ELEMENT)) return undefined;
    const dropped = assignmentsTo(holder, facts).find(({ right }) => isNothing(unwrap(right)));
    if (dropped && happensAtRunTime(facts.functions.around(dropped), holder, facts)) return dropped;
  }
  return undefined;
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
  if (growth.length === 0) weighGrowthElsewhere(collection, facts, argument);
  weighComponents(collection, growth, facts, argument);
  const sibling = releasedSibling(place, growth, facts);
  // What the file is given, as the page's `window`, may lose its keys for reasons of its own.
  if (sibling) argument.evidence('sibling-released', sibling.node, { sibling: sibling.name, where: functionAround(sibling.node, facts) }, sibling.isMade ? 'strong' : 'supporting');
  const kept = endedButKept(place, growth, facts);
  if (kept) argument.evidence('ended-but-kept', kept, { where: functionAround(kept, facts) });
  const added = endOfAdded(growth, facts);
  if (added) {
    argument.evidence('object-stays-in-it', added.fn.node, { teardown: added.fn.name, object: added.owner.name });
    if (!added.isSure) argument.doubt('perhaps-no-cleanup', added.fn.node, { cleanup: added.fn.name });
  }
  const emptied = emptiedButKept(collection, growth, facts);
  if (emptied) argument.evidence('emptied-but-kept', emptied, { where: functionAround(emptied, facts) });
  const aged = findAgeCheck(place, facts);
  const keyed = keyOf(growth, collection, facts);
  if (aged && !argument.hasStrongEvidence && keyed?.domain !== 'entity' && !(keyed && isFreshKey(keyed.key, facts))) {
    if (isRenewed(aged, collection, growth, facts)) argument.idiom('renewed', aged);
    // What is asked for its age is to be known as old, which takes no more than one entry for each of a few things.
    else if (keyed && growth.every(({ operation }) => isMoment(operation.value, facts))) argument.idiom('keys-may-be-few', keyed.key, { key: sourceOf(keyed.key, facts) });
  }
  if (aged) argument.evidence('aged-but-kept', aged, { where: functionAround(aged, facts) });
  const hasPath = argument.hasStrongEvidence;
  if (keyed && isFreshKey(keyed.key, facts)) argument.evidence('new-key', keyed.key, { key: sourceOf(keyed.key, facts) });
  else if (keyed?.domain === 'entity') argument.evidence('per-entity-key', keyed.key, { key: sourceOf(keyed.key, facts) });
  else if (keyed?.domain === 'identifier') argument.evidence('per-id-key', keyed.key, { key: sourceOf(keyed.key, facts) }, 'supporting');
  const resource = resourceInValue(growth, facts);
  if (resource) argument.evidence('holds-resource', growthSite(growth, collection), { resource }, 'supporting');
  const byEvent = growth.find((effect) => effect.operation.fn.triggers.has('event', 'timer'));
  if (byEvent) argument.evidence('grows-on-event', byEvent.operation.node, {}, 'supporting');
  // The name of a key says how many there may be; how many this object sees is decided by whoever makes it.
  else if (!hasPath && !resource && argument.has('per-entity-key') && lifetime === 'instance' && place.root.type === 'owner' && !isSingleton(place.root.owner.node) && !LONG_LIVED_OWNER.test(place.root.owner.name)) argument.idiom('owner-may-be-one-of-many', collection.declaration);
  weighArrival(collection, growth, effects.filter((effect) => isRemoval(effect, collection, facts)), facts, argument);
  if (keyed) weighKeyAlone(collection, keyed.key, facts, argument);
  const registry = collection.kind === 'array' ? registryAround(collection, facts) : undefined;
  if (registry) argument.evidence('entry-grows', growthSite(growth, collection), { registry: registry.name }, 'supporting');
  // Where only others say when its entries are ended, the whole may be at its end.
  const isOfAll = kept !== undefined && standsInLoop(kept, namedAround(facts.functions.around(kept)).node);
  if (kept && facts.functions.callersOf(facts.functions.around(kept)).length === 0 && argument.reasons.every(({ code }) => code === 'ended-but-kept' || (isOfAll && SAYS_WHAT_IT_HOLDS.has(code)))) argument.idiom('ended-with-owner', kept, { where: functionAround(kept, facts) });
  if (lifetime === 'process' && argument.reasons.length > 0) argument.evidence('lives-with-process', collection.declaration, {}, 'supporting');
}

/** Whether one function gives back what is young enough, and gets anew under its key what is not: a cache grows with its keys only, and of those there may be few. */
function isRenewed(aged: Node, { place }: Collection, growth: readonly Effect[], facts: Facts): boolean {
  const reader = facts.functions.around(aged);
  const entry = facts.places.key({ root: place.root, path: [...place.path, ELEMENT] });
  return growth.every(({ operation }) => operation.fn === reader) && facts.tree.some(reader.node, (node) => {
    const given = node.type === 'ReturnStatement' && node.argument ? facts.places.resolve(unwrap(node.argument)) : undefined;
    return given !== undefined && facts.places.key(given).startsWith(entry);
  });
}

/** `Date.now()`: an entry that is nothing but a moment, and that the next one replaces. */
function isMoment(value: Node | undefined, facts: Facts): boolean {
  const given = value && unwrap(value);
  const variable = given?.type === 'Identifier' ? facts.bindings.variableOf(given) : undefined;
  const inner = variable ? onlyValue(variable) : given;
  return inner?.type === 'CallExpression' && hasPath(inner.callee, /^(?:Date|performance)\.now$/);
}

/** Reasons that say what an entry is, and not that it stays. */
const SAYS_WHAT_IT_HOLDS: ReadonlySet<string> = new Set(['holds-resource', 'grows-on-event', 'per-id-key']);

/** A list of what it was given by components, which are taken away and leave it there. */
function weighComponents({ kind, declaration }: Collection, growth: readonly Effect[], facts: Facts, argument: Argument): void {
  if (kind !== 'array' && kind !== 'set') return;
  for (const { operation: { fn, value } } of growth) {
    const given = value && unwrap(value);
    const variable = given?.type === 'Identifier' ? facts.bindings.variableOf(given) : undefined;
    const shown = variable && isParameter(variable) && declaringFunction(variable) === fn.node ? facts.functions.shownAs(fn) : undefined;
    const [call] = shown === undefined ? [] : facts.others.ask('componentCalls', shown);
    // Some stay as long as the page.
    if (call) argument.evidence('components-come-and-go', declaration, { function: fn.name, file: call.file, line: String(call.line) }, 'strong', call).idiom('component-may-stay', declaration);
  }
}

/** A collection that only other files fill: one reason per file, the most telling of each. */
function weighGrowthElsewhere({ place, kind, declaration }: Collection, facts: Facts, argument: Argument): void {
  const perFile = new Map<string, Growth>();
  const isTelling = ({ key, arrives }: Growth): boolean => (kind === 'array' ? arrives === true : key === 'new' || key === 'entity');
  for (const use of growthsElsewhere(place, facts)) {
    const known = perFile.get(use.file);
    if (!known || (isTelling(use) && !isTelling(known))) perFile.set(use.file, use);
  }
  for (const use of perFile.values()) {
    const code = kind !== 'array' ? 'grows-elsewhere' : use.arrives ? 'arrives-elsewhere' : 'listed-elsewhere';
    argument.evidence(code, declaration, { file: use.file, line: String(use.line) }, isTelling(use) ? 'strong' : 'supporting', use);
  }
}

/** Growth alone is no finding; `why` has to say so. */
function sayThatNothingSpeaks(collection: Collection, growth: readonly Effect[], facts: Facts, argument: Argument): void {
  const keyed = keyOf(growth, collection, facts);
  if (keyed) argument.doubt('key-may-be-limited', keyed.key, { key: sourceOf(keyed.key, facts) });
  else argument.doubt('growth-may-be-limited', growthSite(growth, collection));
}
