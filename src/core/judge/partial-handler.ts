import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import type { Related, Verdict } from '../findings.js';
import { endingsOf, endingsThatCome, handleHome, isNamedForEnd, isPeriodic, type Ending } from '../questions/ending-functions.js';
import { testsAround } from '../questions/endings.js';
import { subjectOfKey } from '../questions/key-names.js';
import { functionOwner } from '../questions/owner-name.js';
import { gapBetween } from '../questions/release-gap.js';
import { effectsIn, keyed, releasedBy, withoutElement, type Releases } from '../questions/released.js';
import { withTimers } from '../questions/run-later.js';
import { declarationOf, emittersOf, survivalOf, type Survival } from '../questions/survivors.js';
import { hasReleasingName } from '../kinds/releases.js';
import { declaringFunction } from '../scope/bindings.js';
import { spanOf } from '../source-model.js';
import type { Released } from '../subject.js';
import { contains, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { judgeAgainstOthers } from './elsewhere-handler.js';

/** `no-partial-exit-handler`: does every way an entry ends release what the fullest clean-up releases? */
export function judgeHandlers(facts: Facts): Verdict[] {
  const coming = endingsThatCome(facts);
  const handlers = onePerPart(coming.filter((one) => HEARD.has(one.how) && !isFollowedByEnd(one, coming, facts)));
  if (handlers.length === 0) return [];
  const endings = endingsOf(facts);
  const dispatchers = new Set(endings.filter(({ how }) => how === 'branch').map(({ fn }) => fn));
  const cleanups = endings.filter(({ fn, how }) => (how === 'teardown' || how === 'unmount') && releasedBy(fn, facts).size >= 2 && ![...facts.summaries.reach(fn)].some((one) => dispatchers.has(one)));
  return handlers.flatMap((handler) => {
    const verdict = judgeHandler(handler, cleanups, facts);
    // That it calls a clean-up says nothing of what its sibling releases besides.
    const isSettled = verdict && !verdict.reasons.some(({ code }) => code === 'calls-cleanup');
    const sibling = isSettled ? undefined : judgeSibling(handler, handlers, facts);
    const found = sibling ?? verdict;
    return (found && found.outcome !== 'silent' ? found : (judgeAgainstOthers(handler, facts) ?? found)) ?? [];
  });
}

/** The endings that come by themselves. What a signal leaves goes with the program. */
const HEARD: ReadonlySet<Ending['how']> = new Set(['event', 'branch', 'sweep', 'finally']);

/** Whether an error is heard beside the end of the same emitter, which comes after it. */
function isFollowedByEnd({ how, name, fn }: Ending, endings: readonly Ending[], facts: Facts): boolean {
  if (how !== 'event' || name !== 'error') return false;
  const emitters = emittersOf(fn, facts);
  return endings.some((other) => other.how === 'event' && other.name !== 'error' && emittersOf(other.fn, facts).some((emitter) => emitters.includes(emitter)));
}

/** One ending of those that a function, or a part of it, has by several events. */
function onePerPart(endings: readonly Ending[]): Ending[] {
  return endings.filter((one, index) => endings.findIndex((other) => other.fn === one.fn && other.within === one.within) === index);
}

function judgeHandler(handler: Ending, cleanups: readonly Ending[], facts: Facts): Verdict | undefined {
  const own = releasesOf(handler, facts);
  const reach = withTimers(reachOf(handler, facts), facts);
  const rivals = cleanups.filter(({ fn }) => !reach.has(fn) && fn !== handler.fn && !contains(fn.node, handler.node) && !contains(fn.node, handler.fn.node) && !runsPartOf(fn, handler, facts))
    .map((cleanup) => ({ cleanup, gap: gapBetween(own, releasedBy(cleanup.fn, facts)) }))
    .sort((left, right) => keyed(releasedBy(right.cleanup.fn, facts)).length - keyed(releasedBy(left.cleanup.fn, facts)).length || left.cleanup.fn.id - right.cleanup.fn.id);
  for (const { cleanup, gap } of rivals) {
    // A timer that moves an entry on, from those that wait to those that run, ends nothing.
    if (handler.how === 'sweep' && gap?.skipped.some((one) => isMovedTo(one, own, handler, facts))) continue;
    const skipped = gap?.skipped.filter((one) => isInSight(one, handler) && isItsBusiness(one, handler, own, facts)) ?? [];
    if (gap && skipped.length > 0) return weigh(handler, cleanup, own, skipped, gap.isSameEntry, facts);
  }
  const called = cleanups.find(({ fn }) => reach.has(fn));
  if (!called || own.size === 0) return undefined;
  return verdict(handler, called, own, [], [], new Argument().settle('release', 'calls-cleanup', handler.fn.node, { cleanup: called.name }), facts);
}

/** What an ending lets go of; that a timer drops its own handle when it has fired ends nothing. */
function releasesOf({ fn, how, node, within }: Ending, facts: Facts): Releases {
  const all = releasedBy(fn, facts, within);
  const timer = how === 'sweep' ? facts.timers.find((candidate) => candidate.node === node) : undefined;
  const home = timer && handleHome(timer.destination, facts);
  return home === undefined ? all : new Map([...all].filter(([key]) => key !== home));
}

/** Whether a clean-up calls an ending, or what registers it: then the two are one (BENIGN, S1). */
function runsPartOf(cleanup: FunctionFact, { fn, how, node }: Ending, facts: Facts): boolean {
  const reach = facts.summaries.reach(cleanup);
  const home = facts.functions.around(node);
  return reach.has(fn) || (how === 'event' && home !== facts.functions.module && reach.has(home));
}

/** The functions that an ending runs. */
function reachOf({ fn, within }: Ending, facts: Facts): ReadonlySet<FunctionFact> {
  if (!within) return facts.summaries.reach(fn);
  return new Set(facts.functions.all.flatMap((from) => from.calls).filter(({ node }) => contains(within, node)).flatMap(({ to }) => [...facts.summaries.reach(to)]));
}

/** Whether an ending can see something: not what is a local of a function that it does not stand in. */
function isInSight({ place: { root } }: Released, { fn, within }: Ending): boolean {
  const home = root.type === 'variable' ? declaringFunction(root.variable) : undefined;
  return home === undefined || contains(home, within ?? fn.node);
}

/** Whether an ending could be expected to release something. */
function isItsBusiness(one: Released, handler: Ending, own: Releases, facts: Facts): boolean {
  const deletions = keyed(own).flatMap(({ effects }) => effects.flatMap(({ operation }) => (operation.kind === 'shrink' ? [operation] : [])));
  if (deletions.length > 0 && deletions.every((deletion) => isKnownAbsent(one, deletion, facts))) return false;
  if (isArmedBy(one, handler, facts)) return false;
  if (isMovedTo(one, own, handler, facts)) return false;
  // A time-out and a `finally` take back what was added for them.
  if (handler.how === 'finally') return isAddedBefore(one, own, handler, facts);
  if (handler.how !== 'sweep' || isPeriodic(handler, facts)) return true;
  const timer = facts.timers.find(({ node }) => node === handler.node);
  return timer !== undefined && handleHome(timer.destination, facts) !== facts.places.key(one.place) && isAddedWith(one, own, timer.fn, facts);
}

/** Whether an ending adds to a collection what it deletes from another: `waiting.delete(job); running.add(job)`. */
function isMovedTo({ place }: Released, own: Releases, { fn, within }: Ending, facts: Facts): boolean {
  const home = facts.places.key(place);
  const keys = new Set(deletedKeys(own));
  return effectsIn(fn, within, facts).some(({ operation, place: grown, key }) => operation.kind === 'grow' && key !== undefined && keys.has(key) && facts.places.key(withoutElement(grown)) === home);
}

/** The keys by which an ending deletes. */
function deletedKeys(own: Releases): (string | undefined)[] {
  return keyed(own).flatMap(({ effects }) => effects.map(({ key }) => key));
}

/** Whether an ending sets the timer that it leaves: it comes back after a while. */
function isArmedBy({ place }: Released, handler: Ending, facts: Facts): boolean {
  const key = facts.places.key(place);
  const reach = reachOf(handler, facts);
  return facts.timers.some(({ fn, node, destination }) => (reach.has(fn) || (handler.within && contains(handler.within, node))) && handleHome(destination, facts) === key);
}

/** Whether the function of a `finally` has added to a collection before that which may fail, under the key that it then deletes elsewhere. */
function isAddedBefore(one: Released, own: Releases, { fn, node, within }: Ending, facts: Facts): boolean {
  const home = within ? fn : facts.functions.around(node);
  const start = (within ? within.parent?.range[0] : undefined) ?? node.range[0];
  return isAddedWith(one, own, home, facts) && facts.summaries.own(home).some(({ kind, place, node: added }) => kind === 'grow' && added.range[0] < start && facts.places.key(place) === facts.places.key(one.place));
}

/** Whether a deletion comes only for keys that a collection does not have: `if (!sessions.has(id)) titles.delete(id)`. */
function isKnownAbsent({ place }: Released, { node, fn }: Operation, facts: Facts): boolean {
  const key = facts.places.key(place);
  return testsAround(node, fn.node).some((test) => facts.tree.some(test, (one) => {
    const call = one.type === 'UnaryExpression' && one.operator === '!' ? parseMethodCall(unwrap(one.argument)) : undefined;
    const asked = call && /^(?:has|get|includes)$/.test(call.method) ? facts.places.resolve(call.object) : undefined;
    return asked !== undefined && facts.places.key(asked) === key;
  }));
}

/** What the same event of something else releases: handlers of one kind are meant to do the same. */
function judgeSibling(handler: Ending, handlers: readonly Ending[], facts: Facts): Verdict | undefined {
  const own = releasedBy(handler.fn, facts);
  if (handler.how !== 'event' || own.size === 0) return undefined;
  const home = facts.functions.around(handler.node);
  for (const sibling of handlers) {
    if (sibling.how !== 'event' || sibling.name !== handler.name || sibling.fn === handler.fn || facts.functions.around(sibling.node) === home) continue;
    const gap = gapBetween(own, releasedBy(sibling.fn, facts));
    const skipped = gap?.isSameEntry ? gap.skipped.filter((one) => isInSight(one, handler) && isAddedWith(one, own, home, facts)) : [];
    if (skipped.length > 0) return weigh(handler, sibling, own, skipped, true, facts);
  }
  return undefined;
}

/** Whether the function that registers a handler adds to a collection, under a key that the handler deletes elsewhere. */
function isAddedWith(one: Released, own: Releases, home: FunctionFact, facts: Facts): boolean {
  const keys = new Set(deletedKeys(own));
  const place = facts.places.key(one.place);
  return facts.summaries.of(home).some(({ operation, place: grown, key }) => operation.kind === 'grow' && key !== undefined && keys.has(key) && facts.places.key(grown) === place);
}

function weigh(handler: Ending, cleanup: Ending, own: Releases, gaps: readonly Released[], isSameEntry: boolean, facts: Facts): Verdict | undefined {
  const survivals = new Map<Released, Survival | undefined>(gaps.map((one) => [one, survivalOf(one, handler, facts)]));
  const survivors = gaps.filter((one) => survivals.get(one) === 'stated');
  const skipped = gaps.filter((one) => survivals.get(one) === undefined);
  const argument = new Argument();
  const settledBy = SETTLED_BY[survivals.get(gaps[0] as Released) ?? 'stated'];
  const evidence = cleanup.how === 'event' ? 'sibling-releases-more' : 'cleanup-releases-more';
  if (skipped.length === 0) argument.settle('bound', settledBy, handler.fn.node, { cleanup: cleanup.name });
  else {
    argument.evidence(evidence, cleanup.node, { cleanup: cleanup.name, count: String(skipped.length) }, 'strong');
    if (handler.name === 'error' && handler.how === 'event') argument.doubt('error-may-not-end', handler.node, { event: handler.name });
    if (handler.how === 'sweep' && !isPeriodic(handler, facts)) argument.doubt('timeout-may-not-end', handler.node);
    if (handler.how === 'sweep' && !keyed(own).some(({ effects }) => effects.some(({ via }) => via.length < 2))) argument.doubt('no-mere-sweep', handler.node);
    if (handler.how === 'finally') argument.doubt('run-may-not-be-all', handler.node);
    if (!isSameEntry) argument.doubt('no-common-key', handler.fn.node, {});
    const kinds = keptByAnotherKey(own, skipped, facts);
    if (kinds) argument.doubt('other-kind-of-key', handler.fn.node, kinds);
    if (undoesOnlyItsOwn(handler.fn, skipped, facts)) argument.doubt('undoes-what-was-added', handler.fn.node);
    // A handler shares a call with many functions, few of which are ends.
    if (cleanup.how === 'teardown' && !isNamedForEnd(cleanup.fn, facts) && (handler.how === 'sweep' || !hasReleasingName(cleanup.name))) argument.idiom('cleanup-by-content', cleanup.fn.node, { cleanup: cleanup.name });
    if (!handler.fn.self && !handler.fn.parent) argument.doubt('owner-unknown', handler.fn.node, {});
  }
  return verdict(handler, cleanup, own, skipped, survivors, argument, facts);
}

const SETTLED_BY: Readonly<Record<Survival, string>> = { stated: 'survivors-stated', swept: 'survivors-swept', 'other-handler': 'survivors-heard', owed: 'survivors-owed' };

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

function verdict(handler: Ending, cleanup: Ending, own: Releases, skipped: readonly Released[], survivors: readonly Released[], argument: Argument, facts: Facts): Verdict {
  const related: Related[] = [{ role: 'cleanup', name: cleanup.name, span: spanOf(cleanup.fn.node) }];
  const placeOf = (one: Released): number => declarationOf(one.place, facts)?.range[0] ?? 0;
  for (const one of [...skipped].sort((left, right) => placeOf(left) - placeOf(right))) related.push({ role: 'skipped', name: one.name, span: spanOf(declarationOf(one.place, facts) ?? one.effects[0]?.operation.node ?? handler.fn.node) });
  for (const one of survivors) related.push({ role: 'survivor', name: one.name, span: spanOf(declarationOf(one.place, facts) ?? handler.fn.node) });
  return {
    rule: 'no-partial-exit-handler', kind: 'handler', span: handlerSpan(handler), symbol: handler.name, owner: functionOwner(handler.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'handler', handler: handler.fn, within: handler.within, cleanup: cleanup.fn, released: [...own.values()], skipped, survivors },
  };
}

/** The first line of the handler: with its property, where it is written in a table; of a part, the test that leads to it. */
function handlerSpan({ fn, node, within, how }: Ending): { start: number; end: number } {
  if (within) return { start: Math.min(node.range[0], within.range[0]), end: within.range[1] };
  return { start: node.type === 'Property' || how === 'branch' ? node.range[0] : fn.node.range[0], end: fn.node.range[1] };
}
