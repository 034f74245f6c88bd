import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { ELEMENT } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import type { KeyDomain } from '../kinds/keys.js';
import { isNamedForOneWork } from '../kinds/owner-names.js';
import { findDebugFlag } from '../questions/debug-only.js';
import { livesWithHost } from '../questions/closure-host.js';
import { isInOtherHands } from '../questions/elsewhere.js';
import { isFiniteKey } from '../questions/finite-keys.js';
import { findBackReference, findEntryAround, findRefusal, isDeclaredPublic, isOnlyFilledHere } from '../questions/inventory.js';
import { isMemo, isRegistry, isWarnOnce, registersCode } from '../questions/growth-shape.js';
import { domainOfKey } from '../questions/key-names.js';
import { happensAtRunTime, type Lifetime } from '../questions/lifetime.js';
import { findList } from '../questions/listed-key.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { findRecordUpdate } from '../questions/record-store.js';
import { registryAround } from '../questions/registry-entry.js';
import { addsItself } from '../questions/self-added.js';
import type { Node } from '../syntax/nodes.js';
import type { Argument } from './argument.js';
import { growthSite } from './growth-site.js';

/** Names of collections of what was already said (BENIGN, C7). */
const REMEMBERS_REPORTS = /^[_#]*(?:already|has|have)?_?(?:warned|logged|reported|notified|deprecat)/i;
/** Names of what is to be refused for as long as the program runs: an entry that went would be let in again. */
const REFUSES = /^[_#]*(?:ignor|banned|block(?:ed|list)|den(?:ied|y)|black_?list|muted|rejected)/i;
/** Owners that stand in for a database: what they keep is their purpose. */
const STANDS_IN_FOR_STORAGE = /^(?:In|_)?Memory|InMemory|(?:Database|Repository)$|^(?:Fake|Mock|Stub|Dummy|Test|Noop)(?=[A-Z])/;

/** What lowers a report about a collection: idioms of BENIGN, names and escapes. */
export function weighDoubts(collection: Collection, growth: readonly Effect[], effects: readonly Effect[], lifetime: Lifetime, facts: Facts, argument: Argument): void {
  const { place, declaration } = collection;
  const keyed = keyOf(growth, collection, facts);
  // Sessions and requests are not registered at start-up; hooks and handlers are, whatever their key.
  if (isRegistry(growth, facts) && ((keyed?.domain !== 'entity' && !argument.has('new-key')) || registersCode(growth))) argument.doubt('registration-api', growthSite(growth, collection));
  // A state holds what was fetched last for each key.
  const memo = keyed && (isMemo(place, growth, facts) || facts.stores.of(place) !== undefined);
  if (keyed && memo && keyed.domain !== 'entity' && !argument.hasStrongEvidence) argument.doubt('memo', keyed.key, { key: sourceOf(keyed.key, facts) });
  // A key that is new each time ranges over no fixed set, whatever it is called.
  if (keyed?.domain === 'static' && !argument.has('new-key')) argument.doubt('static-domain-key', keyed.key, { key: sourceOf(keyed.key, facts) });
  if (isWarnOnce(growth, facts) || REMEMBERS_REPORTS.test(collection.name)) argument.doubt('warn-once', growthSite(growth, collection));
  if (collection.kind === 'set' && REFUSES.test(collection.name)) argument.doubt('refuses', declaration);
  const handed = effects.find((effect) => effect.operation.kind === 'hand-over' && !effect.place.path.includes(ELEMENT));
  if (handed) argument.doubt('handed-over', handed.operation.node, { to: handed.operation.how });
  // That its objects stand in a registry says more than their name.
  const isEntry = registryAround(collection, facts) !== undefined;
  if (!isEntry && place.root.type === 'owner' && isNamedForOneWork(place.root.owner.name)) argument.doubt('short-lived-owner', declaration, { owner: place.root.owner.name });
  // A stand-in for a database that dates its rows lets the old ones go.
  if (place.root.type === 'owner' && STANDS_IN_FOR_STORAGE.test(place.root.owner.name) && !argument.has('aged-but-kept')) argument.doubt('stands-in-for-storage', declaration, { owner: place.root.owner.name });
  // What is dated, or ended and kept, has an end that is missed here.
  const update = findRecordUpdate(collection, growth, facts);
  if (update && !['aged-but-kept', 'ended-but-kept', 'sibling-released'].some((code) => argument.has(code))) argument.doubt('store-of-records', update);
  const refusal = findRefusal(place, growth, facts);
  if (refusal) argument.doubt('duplicate-refused', refusal);
  const backReference = findBackReference(growth, facts);
  if (backReference) argument.doubt('entry-knows-owner', backReference);
  // A list of a long-lived entry grows until then; keys go with what they belong to.
  const around = collection.kind === 'array' ? undefined : findEntryAround(place, facts);
  if (around) argument.doubt('goes-with-entry', around);
  if (isDeclaredPublic(declaration)) argument.doubt('public', declaration);
  else if (isOnlyFilledHere(collection, growth, facts)) argument.doubt('read-elsewhere', declaration);
  const store = facts.stores.of(place);
  const flag = findDebugFlag(growth, facts);
  if (growth.length > 0 && flag) argument.doubt('debug-only', flag);
  const list = findList(growth, facts);
  if (growth.length > 0 && list) argument.doubt('listed-key', list, { list: sourceOf(list, facts) });
  if (place.path.at(-1) === 'current' || store?.holder === 'component') argument.doubt('component-lifetime', declaration);
  if (isInOtherHands(place, facts)) argument.doubt('exported', declaration);
  if ((lifetime === 'closure' && !livesWithHost(place, facts)) || (lifetime === 'entry' && !isEntry)) argument.doubt('lifetime-unknown', declaration);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', declaration);
}

/** The most telling key with which it grows at run time, and what its names say of its domain; a value is the key of a Set. */
export function keyOf(growth: readonly Effect[], collection: Collection, facts: Facts): { key: Node; domain: KeyDomain } | undefined {
  const keys = growth.flatMap((effect) => {
    const { key } = effect.operation;
    return key && growsAtRunTime(effect, collection, facts) && !isFiniteKey(key, facts) ? [{ key, domain: domainOfKey(key, facts) }] : [];
  });
  return keys.find((one) => one.domain === 'entity') ?? keys[0];
}

/** An expression as it is written, on one line. */
export function sourceOf(node: Node, facts: Facts): string {
  return facts.model.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ');
}

/** Whether growth happens while the owner lives, not while it is set up. */
export function growsAtRunTime(effect: Effect, collection: Collection, facts: Facts): boolean {
  const outer = effect.via[0]?.from ?? effect.operation.fn;
  // Set up is the object that is added, not the collection that it is added to.
  return happensAtRunTime(outer, collection.place, facts) || addsItself(effect, facts);
}
