import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import type { Related, Verdict } from '../findings.js';
import { isEndingEvent } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { testsAround } from '../questions/endings.js';
import { subjectOfKey } from '../questions/key-names.js';
import { functionOwner } from '../questions/owner-name.js';
import { clearsField, keyed, releasedBy, withoutElement, type Releases } from '../questions/released.js';
import { isTeardown } from '../questions/teardowns.js';
import { spanOf } from '../source-model.js';
import { contains, type Node } from '../syntax/nodes.js';
import type { Released } from '../subject.js';
import { Argument } from './argument.js';

/** `no-partial-exit-handler`: does every way an entry ends release what the fullest clean-up releases? */
export function judgeHandlers(facts: Facts): Verdict[] {
  const verdicts: Verdict[] = [];
  const releasesOf = (fn: FunctionFact): Releases => releasedBy(fn, facts);
  const handlers = facts.functions.all.filter((fn) => fn.registrations.some((one) => isEndingEvent(one.event)));
  if (handlers.length === 0) return [];
  const cleanups = facts.functions.all.filter((fn) => mayCleanUp(fn, facts) && isCleanup(fn, releasesOf(fn), facts));
  for (const handler of handlers) {
    const registration = handler.registrations.find((one) => isEndingEvent(one.event));
    if (!registration) continue;
    const verdict = judgeHandler(handler, registration, cleanups, releasesOf, facts);
    if (verdict) verdicts.push(verdict);
  }
  return verdicts;
}

/** Whether it is worth asking what a function releases: it has the name, or deletes or clears something itself. */
function mayCleanUp(fn: FunctionFact, facts: Facts): boolean {
  return hasCleanupName(fn, facts) || [fn, ...facts.summaries.inlineOf(fn)].some((one) => facts.summaries.own(one).some(({ kind }) => kind === 'shrink' || kind === 'clear'));
}

function hasCleanupName(fn: FunctionFact, facts: Facts): boolean {
  return isTeardown(fn.name, facts) || isEntryEndName(fn.name);
}

/** A function that ends an entry, or its owner: it releases two things or more, or is called for it. */
function isCleanup(fn: FunctionFact, released: ReadonlyMap<string, Released>, facts: Facts): boolean {
  if (released.size < 2 || fn === facts.functions.module || fn.isConstructor || fn.name === '') return false;
  if (fn.registrations.some((one) => isEndingEvent(one.event))) return false;
  return hasCleanupName(fn, facts) || keyed(released).length >= 2;
}

function judgeHandler(handler: FunctionFact, registration: Registration, cleanups: readonly FunctionFact[], releasesOf: (fn: FunctionFact) => ReadonlyMap<string, Released>, facts: Facts): Verdict | undefined {
  const own = releasesOf(handler);
  const reach = facts.summaries.reach(handler);
  const calledCleanup = cleanups.find((cleanup) => reach.has(cleanup));
  const rivals = cleanups.filter((cleanup) => !reach.has(cleanup) && !contains(cleanup.node, handler.node) && !facts.summaries.reach(cleanup).has(handler) && shares(releasesOf(cleanup), own))
    .sort((left, right) => keyed(releasesOf(right)).length - keyed(releasesOf(left)).length || left.id - right.id);
  const cleanup = rivals.find((rival) => missing(own, releasesOf(rival)).length > 0);
  if (!cleanup) {
    if (!calledCleanup || own.size === 0) return undefined;
    const argument = new Argument().settle('release', 'calls-cleanup', handler.node, { cleanup: calledCleanup.name });
    return verdict(handler, registration, calledCleanup, own, [], [], argument, facts);
  }
  const gaps = missing(own, releasesOf(cleanup));
  const survivors = gaps.filter((one) => declaredSurvivor(one, facts));
  const skipped = gaps.filter((one) => !survivors.includes(one));
  const argument = new Argument();
  if (skipped.length === 0) argument.settle('bound', 'survivors-stated', handler.node, { cleanup: cleanup.name });
  else {
    argument.evidence('cleanup-releases-more', cleanup.node, { cleanup: cleanup.name, count: String(skipped.length) }, 'strong');
    if (registration.event === 'error') argument.doubt('error-may-not-end', registration.node, { event: registration.event });
    if (!sharedByKey(own, releasesOf(cleanup))) argument.doubt('no-common-key', handler.node, {});
    const kinds = keptByAnotherKey(own, skipped, facts);
    if (kinds) argument.doubt('other-kind-of-key', handler.node, kinds);
    if (undoesOnlyItsOwn(handler, skipped, facts)) argument.doubt('undoes-what-was-added', handler.node);
    if (!handler.self && !handler.parent) argument.doubt('owner-unknown', handler.node, {});
  }
  return verdict(handler, registration, cleanup, own, skipped, survivors, argument, facts);
}

/** The two kinds of things by whose ids handler and skipped collections have their keys, if the names tell them apart: the end of a server is not that of a view. */
function keptByAnotherKey(own: ReadonlyMap<string, Released>, skipped: readonly Released[], facts: Facts): { ended: string; kept: string } | undefined {
  const subjects = (effects: readonly Effect[], kind: 'grow' | 'shrink'): (string | undefined)[] => effects.flatMap(({ operation }) => (operation.kind === kind && operation.key ? [subjectOfKey(operation.key, facts)] : []));
  const ended = onlyOne(keyed(own).flatMap(({ effects }) => subjects(effects, 'shrink')));
  // What fills a collection and what empties it must agree on what it is about.
  const kept = onlyOne(skipped.flatMap(({ place, effects }) => {
    const added = subjects(facts.effectsOn(place), 'grow');
    return [...(added.length > 0 ? added : [undefined]), ...subjects(effects, 'shrink')];
  }));
  return ended !== undefined && kept !== undefined && ended !== kept ? { ended, kept } : undefined;
}

function onlyOne(names: readonly (string | undefined)[]): string | undefined {
  return new Set(names).size === 1 ? names[0] : undefined;
}

/**
 * Whether a handler takes back what the function that registers it has added,
 * and asks first whether that is still in place: `if (links.get(id) === link)`.
 * It then ends that one value, which another may have replaced, and not its key.
 */
function undoesOnlyItsOwn(handler: FunctionFact, skipped: readonly Released[], facts: Facts): boolean {
  const { parent } = handler;
  if (!parent) return false;
  const added = new Set([parent, ...facts.summaries.inlineOf(parent)].flatMap((fn) => facts.summaries.own(fn)).flatMap(({ kind, place }) => (kind === 'grow' ? [facts.places.key(withoutElement(place))] : [])));
  const deletions = facts.summaries.own(handler).filter(({ kind }) => kind === 'shrink');
  return deletions.length > 0 && deletions.every(({ node, place }) => added.has(facts.places.key(place)) && testsAround(node, handler.node).some((test) => comparesEntry(test, facts, added)))
    && !skipped.some(({ place }) => added.has(facts.places.key(place)));
}

/** `map.get(key) === value`, for a collection that is among some. */
function comparesEntry(test: Node, facts: Facts, collections: ReadonlySet<string>): boolean {
  return facts.tree.some(test, (node) => node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && [node.left, node.right].some((side) => {
    const place = facts.places.resolve(side);
    return place?.path.at(-1) === ELEMENT && collections.has(facts.places.key({ root: place.root, path: place.path.slice(0, -1) }));
  }));
}

/** Whether handler and clean-up end the same thing: they delete their keys from one collection, or clear one timer. */
function shares(own: ReadonlyMap<string, Released>, full: ReadonlyMap<string, Released>): boolean {
  return sharedByKey(own, full) || [...full].some(([key, one]) => clearsField(one) && own.has(key));
}

/** Whether handler and clean-up both delete a key from one collection: then they end the same entry. */
function sharedByKey(own: ReadonlyMap<string, Released>, full: ReadonlyMap<string, Released>): boolean {
  const mine = new Set(keyed(own));
  const theirs = new Set(keyed(full));
  for (const [key, one] of own) if (mine.has(one) && theirs.has(full.get(key) as Released)) return true;
  return false;
}

/** What the clean-up releases per key, or clears as a timer, and the handler does not. */
function missing(own: ReadonlyMap<string, Released>, full: ReadonlyMap<string, Released>): Released[] {
  const perKey = sharedByKey(own, full);
  const entries = new Set(keyed(full));
  // Whoever ends one entry does not empty a whole collection (BENIGN, S2).
  return [...full].flatMap(([key, one]) => (!own.has(key) && (perKey ? entries.has(one) : clearsField(one)) ? [one] : []));
}

function declaredSurvivor(one: Released, facts: Facts): boolean {
  const node = declarationNode(one.place, facts);
  const statement = node && statementFor(facts.statements, facts.model, node.range[0]);
  return statement?.says === 'survives';
}

function declarationNode(place: Place, facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  const collection = facts.collections.find((one) => facts.places.key(one.place) === key);
  if (collection) return collection.declaration;
  const [name] = place.path;
  if (place.root.type === 'owner' && name !== undefined) return facts.owners.member(place.root.owner, name)?.node;
  return place.root.type === 'variable' ? (place.root.variable.defs[0]?.node) : undefined;
}

function verdict(handler: FunctionFact, registration: Registration, cleanup: FunctionFact, own: ReadonlyMap<string, Released>, skipped: Released[], survivors: Released[], argument: Argument, facts: Facts): Verdict {
  const related: Related[] = [{ role: 'cleanup', name: cleanup.name, span: spanOf(cleanup.node) }];
  const placeOf = (one: Released): number => declarationNode(one.place, facts)?.range[0] ?? 0;
  for (const one of [...skipped].sort((left, right) => placeOf(left) - placeOf(right))) related.push({ role: 'skipped', name: one.name, span: spanOf(declarationNode(one.place, facts) ?? one.effects[0]?.operation.node ?? handler.node) });
  for (const one of survivors) related.push({ role: 'survivor', name: one.name, span: spanOf(declarationNode(one.place, facts) ?? handler.node) });
  return {
    rule: 'no-partial-exit-handler', kind: 'handler', span: handlerSpan(handler, registration), symbol: registration.event, owner: functionOwner(handler),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'handler', handler, cleanup, released: [...own.values()], skipped, survivors },
  };
}

/** The first line of the handler: with its property or registration, where it is written in place. */
function handlerSpan(handler: FunctionFact, registration: Registration): { start: number; end: number } {
  const start = registration.node.type === 'Property' ? registration.node.range[0] : handler.node.range[0];
  return { start, end: handler.node.range[1] };
}
