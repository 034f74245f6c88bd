import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isEndingHandlerName, REGISTERS_LISTENER } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { contains, isMethodCall, isNothing, lastName, unwrap, type CallLike, type Node } from '../syntax/nodes.js';
import { isTimer } from './forgetting.js';
import { subjectOfKey } from './key-names.js';
import { releasesIn } from './obligation-coverage.js';
import { fieldOfObligation, obligationsOf, type Obligation } from './obligations.js';
import { asObligation, findSkippedRemovals } from './skipped-removal.js';
import { isTeardown } from './teardowns.js';

/** Something that a clean-up leaves, though it does to others of the same object what this one needs. */
export interface Left {
  readonly obligation: Obligation;
  readonly how: 'empties-siblings' | 'clears-siblings' | 'drops-unended' | 'registers-again' | 'skips-removal';
  readonly node: Node;
}

/** What a function leaves that ends the object, one entry of it, or all entries, besides what it would have to end by its name. */
export function leftBySweep(fn: FunctionFact, facts: Facts): Left[] {
  if (!fn.method || fn.isConstructor || !(isTeardown(fn.name, facts) || isEntryEndName(fn.name.replace(/^[_#]*(?:do|perform|run)(?=[A-Z])/, '').replace(/^[A-Z]/, (first) => first.toLowerCase())) || isEndingHandlerName(fn.name))) return [];
  return [...leftByBulk(fn, facts), ...leftByKey(fn, facts), ...dropped(fn, facts), ...registeredAgain(fn, facts), ...findSkippedRemovals(fn, facts).map(({ registration, target, node }): Left => ({ obligation: asObligation(registration, target), how: 'skips-removal', node }))];
}

/** The collections of the object that a function empties. */
function emptiedIn(fn: FunctionFact, facts: Facts): Place[] {
  const found = new Map<string, Place>();
  for (const { kind, value, place } of ownOperations(fn, facts)) {
    if (kind === 'empty' && value?.type !== 'Identifier' && isCollection(place, facts) && place.root.type === 'owner' && !place.path.includes(ELEMENT)) found.set(facts.places.key(place), place);
  }
  return [...found.values()];
}

/** What a function does itself, in its inline callbacks as well. */
function ownOperations(fn: FunctionFact, facts: Facts): Operation[] {
  return [fn, ...facts.summaries.inlineOf(fn)].flatMap((one) => facts.summaries.own(one));
}

function isCollection(place: Place, facts: Facts): boolean {
  const key = facts.places.key(place);
  return facts.collections.some((collection) => facts.places.key(collection.place) === key);
}

/** Timers and the like in the entries of a collection, where the others of the object are emptied: `_onclose() { this.first.clear(); this.second.clear(); }`. */
function leftByBulk(fn: FunctionFact, facts: Facts): Left[] {
  const emptied = emptiedIn(fn, facts);
  if (emptied.length < 2) return [];
  const touched = new Set(facts.summaries.of(fn).map(({ place }) => facts.places.key(wholeOf(place))));
  const timers = obligationsOf(facts).filter((obligation) => isTimer(obligation) && obligation.place.path.includes(ELEMENT) && isOf(fn, obligation.place) && !touched.has(facts.places.key(fieldOfObligation(obligation))) && releasesIn(obligation, facts.summaries.reach(fn), facts).length === 0 && isFilledWith(obligation, emptied, facts));
  const entries = entriesEndedAlike(fn, emptied, touched, facts);
  return [...timers, ...entries].map((obligation) => ({ obligation, how: 'empties-siblings', node: fn.node }));
}

/** Whether one run puts the same key into the collection of a timer and into one of some others: then they hold parts of one thing. */
function isFilledWith(obligation: Obligation, others: readonly Place[], facts: Facts): boolean {
  const own = facts.places.key(fieldOfObligation(obligation));
  const keys = new Set(others.map((place) => facts.places.key(place)));
  return facts.functions.all.some((fn) => {
    if (fn.self?.owner !== (obligation.place.root.type === 'owner' ? obligation.place.root.owner : undefined)) return false;
    const growth = facts.summaries.of(fn).filter(({ operation, key }) => operation.kind === 'grow' && key !== undefined);
    const filled = new Set(growth.filter(({ place }) => facts.places.key(place) === own).map(({ key }) => key));
    return filled.size > 0 && growth.some(({ place, key }) => filled.has(key) && keys.has(facts.places.key(place)));
  });
}

function wholeOf({ root, path }: Place): Place {
  const index = path.indexOf(ELEMENT);
  return index < 0 ? { root, path } : { root, path: path.slice(0, index) };
}

function isOf(fn: FunctionFact, { root }: Place): boolean {
  return root.type === 'owner' && !root.isStatic && fn.self?.owner === root.owner;
}

/** Entries of a collection that a function of their own ends part by part, as the sweep does with those of the others. */
function entriesEndedAlike(fn: FunctionFact, emptied: readonly Place[], touched: ReadonlySet<string>, facts: Facts): Obligation[] {
  const swept = new Set(emptied.map((place) => facts.places.key(place)));
  const parts = new Map<string, Set<string>>();
  for (const effect of facts.summaries.of(fn)) {
    const part = partOf(effect);
    const whole = facts.places.key(wholeOf(effect.place));
    if (part !== undefined && swept.has(whole)) parts.set(part, (parts.get(part) ?? new Set()).add(whole));
  }
  const shared = new Set([...parts].flatMap(([part, wholes]) => (wholes.size > 1 ? [part] : [])));
  if (shared.size === 0) return [];
  return facts.collections.flatMap((collection): Obligation[] => {
    const { place } = collection;
    if (place.path.length !== 1 || !isOf(fn, place) || touched.has(facts.places.key(place))) return [];
    const ender = facts.functions.all.filter((one) => one.self?.owner === fn.self?.owner).find((one) => {
      const effects = facts.summaries.of(one);
      return effects.some((effect) => shared.has(partOf(effect) ?? '') && facts.places.key(wholeOf(effect.place)) === facts.places.key(place)) && effects.some((effect) => effect.operation.kind === 'shrink' && facts.places.key(effect.place) === facts.places.key(place));
    });
    const growth = ender && facts.effectsOn(place).find(({ operation }) => operation.kind === 'grow')?.operation;
    return growth?.node.type === 'CallExpression' ? [{ place: { root: place.root, path: [...place.path, ELEMENT] }, kind: 'entry', noun: 'entry', node: growth.node, fn: growth.fn, className: undefined, isRelease: ({ kind }) => kind === 'end' }] : [];
  });
}

/** By which name an effect ends a part of an entry: `dragListeners.move` of `this.windows.*.dragListeners.move`. */
function partOf({ operation, place: { path } }: Effect): string | undefined {
  const index = path.indexOf(ELEMENT);
  return index >= 0 && index < path.length - 1 && /^(?:end|hand-over|clear)$/.test(operation.kind) ? path.slice(index + 1).join('.') : undefined;
}

/** Collections that lose one key: fewer may have been meant. */
const LEAST_OF_ONE_KEY = 3;

/** A timer of the same key, where a function that ends one entry clears another timer of it and deletes its keys. */
function leftByKey(fn: FunctionFact, facts: Facts): Left[] {
  const effects = facts.summaries.of(fn);
  // What only calls such a function ends the entry by that.
  const shrunk = ownOperations(fn, facts).filter(({ kind, key }) => kind === 'shrink' && key !== undefined);
  const bySubject = new Map<string, Set<string>>();
  for (const { key, place } of shrunk) {
    const subject = key && subjectOfKey(key, facts);
    if (subject !== undefined) bySubject.set(subject, (bySubject.get(subject) ?? new Set()).add(facts.places.key(place)));
  }
  const [main] = [...bySubject].sort((left, right) => right[1].size - left[1].size);
  if (!main || main[1].size < LEAST_OF_ONE_KEY) return [];
  const [subject] = main;
  const cleared = effects.filter(({ operation, place }) => operation.kind === 'clear' && place.path.includes(ELEMENT));
  if (cleared.length === 0) return [];
  const touched = new Set(effects.map(({ place }) => facts.places.key(wholeOf(place))));
  return obligationsOf(facts).filter((obligation) => {
    const whole = fieldOfObligation(obligation);
    const key = facts.effectsOn(whole).find(({ operation }) => operation.kind === 'grow')?.operation.key;
    return isTimer(obligation) && obligation.place.path.includes(ELEMENT) && isOf(fn, obligation.place) && !touched.has(facts.places.key(whole)) && key !== undefined && subjectOfKey(key, facts) === subject
      && releasesIn(obligation, facts.summaries.reach(fn), facts).length === 0;
  }).map((obligation) => ({ obligation, how: 'clears-siblings', node: cleared[0]?.operation.node ?? fn.node }));
}

/** `this.connection = undefined` where the connection closes, while other code disposes of it. */
function dropped(fn: FunctionFact, facts: Facts): Left[] {
  if (!isEndingHandlerName(fn.name)) return [];
  return facts.summaries.own(fn).flatMap((operation): Left[] => {
    const { kind, place, node, value } = operation;
    if (kind !== 'empty' || !value || !isNothing(unwrap(value)) || place.path.length !== 1 || !isOf(fn, place)) return [];
    const disposed = facts.effectsOn(place).find((effect) => effect.operation.kind === 'end' && effect.operation.how === 'dispose');
    if (disposed?.operation.node.type !== 'CallExpression') return [];
    const obligation: Obligation = { place, kind: 'disposable', noun: 'member', node: disposed.operation.node, fn, className: undefined, isRelease: (one) => one.kind === 'end' || one.kind === 'hand-over' };
    return releasesIn(obligation, facts.summaries.reach(fn), facts).length > 0 ? [] : [{ obligation, how: 'drops-unended', node }];
  });
}

/** The listener of the set-up, added once more where it should be removed: `on` for `off`. */
function registeredAgain(fn: FunctionFact, facts: Facts): Left[] {
  if (!isTeardown(fn.name, facts)) return [];
  const textOf = (call: CallLike): string => facts.model.text.slice(call.range[0], call.range[1]).replace(/\s+/g, '');
  const registers = (call: CallLike): boolean => REGISTERS_LISTENER.has(lastName(call.callee)) && !isMethodCall(call, /once/i);
  return facts.tree.within('CallExpression', fn.node).filter(registers).flatMap((call): Left[] => {
    const first = facts.tree.all('CallExpression').find((other) => !contains(fn.node, other) && registers(other) && facts.functions.around(other).self?.owner === fn.self?.owner && textOf(other) === textOf(call));
    const handler = first && [...first.arguments].reverse().find((argument) => argument.type === 'MemberExpression');
    const place = handler && facts.places.resolve(handler);
    return first && place ? [{ obligation: { place, kind: 'listener', noun: 'listener', node: first, fn, className: undefined, isRelease: () => false }, how: 'registers-again', node: call }] : [];
  });
}
