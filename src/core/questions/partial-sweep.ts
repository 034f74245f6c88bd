import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isEndingHandlerName, REGISTERS_LISTENER } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { contains, isNothing, parseMethodCall, unwrap, type CallLike, type Node } from '../syntax/nodes.js';
import { isTimer } from './forgetting.js';
import { subjectOfKey } from './key-names.js';
import { releasesIn } from './obligation-coverage.js';
import { fieldOfObligation, obligationsOf, type Obligation } from './obligations.js';
import { isTeardown } from './teardowns.js';

/** Something that a clean-up leaves, though it does to others of the same object what this one needs. */
export interface Left {
  readonly obligation: Obligation;
  readonly how: 'empties-siblings' | 'clears-siblings' | 'drops-unended' | 'registers-again';
  readonly node: Node;
}

/** What a function leaves that ends the object, one entry of it, or all entries, besides what it would have to end by its name. */
export function leftBySweep(fn: FunctionFact, facts: Facts): Left[] {
  if (!fn.method || fn.isConstructor || !(isTeardown(fn.name, facts) || isEntryEndName(fn.name) || isEndingHandlerName(fn.name))) return [];
  return [...leftByBulk(fn, facts), ...leftByKey(fn, facts), ...dropped(fn, facts), ...registeredAgain(fn, facts)];
}

/** The collections of the object that one run empties, or whose keys it deletes. */
function emptiedIn(fn: FunctionFact, kind: 'empty' | 'shrink', facts: Facts): Place[] {
  const found = new Map<string, Place>();
  for (const { operation, place } of facts.summaries.of(fn)) {
    const isWhole = kind === 'empty' ? operation.kind === 'empty' && operation.value?.type !== 'Identifier' && isCollection(place, facts) : operation.kind === 'shrink' && operation.key !== undefined;
    if (isWhole && place.root.type === 'owner' && !place.path.includes(ELEMENT)) found.set(facts.places.key(place), place);
  }
  return [...found.values()];
}

function isCollection(place: Place, facts: Facts): boolean {
  const key = facts.places.key(place);
  return facts.collections.some((collection) => facts.places.key(collection.place) === key);
}

/** Timers and the like in the entries of a collection, where the others of the object are emptied: `_onclose() { this.first.clear(); this.second.clear(); }`. */
function leftByBulk(fn: FunctionFact, facts: Facts): Left[] {
  const emptied = emptiedIn(fn, 'empty', facts);
  if (emptied.length < 2) return [];
  const touched = new Set(facts.summaries.of(fn).map(({ place }) => facts.places.key(wholeOf(place))));
  const timers = obligationsOf(facts).filter((obligation) => isTimer(obligation) && obligation.place.path.includes(ELEMENT) && isOf(fn, obligation.place) && !touched.has(facts.places.key(fieldOfObligation(obligation))) && releasesIn(obligation, facts.summaries.reach(fn), facts).length === 0);
  const entries = entriesEndedAlike(fn, emptied, touched, facts);
  return [...timers, ...entries].map((obligation) => ({ obligation, how: 'empties-siblings', node: fn.node }));
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

/** A timer of the same key, where a function that ends one entry clears another timer of it and deletes its keys. */
function leftByKey(fn: FunctionFact, facts: Facts): Left[] {
  const effects = facts.summaries.of(fn);
  const shrunk = effects.filter(({ operation }) => operation.kind === 'shrink' && operation.key !== undefined);
  const subjects = new Set(shrunk.flatMap(({ operation }) => (operation.key ? (subjectOfKey(operation.key, facts) ?? []) : [])));
  const [subject] = subjects;
  if (subject === undefined || subjects.size !== 1 || emptiedIn(fn, 'shrink', facts).length < 3) return [];
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
    if (!disposed || disposed.operation.node.type !== 'CallExpression') return [];
    const obligation: Obligation = { place, kind: 'disposable', noun: 'member', node: disposed.operation.node, fn, className: undefined, isRelease: (one) => one.kind === 'end' || one.kind === 'hand-over' };
    return releasesIn(obligation, facts.summaries.reach(fn), facts).length > 0 ? [] : [{ obligation, how: 'drops-unended', node }];
  });
}

/** The listener of the set-up, added once more where it should be removed: `on` for `off`. */
function registeredAgain(fn: FunctionFact, facts: Facts): Left[] {
  if (!isTeardown(fn.name, facts)) return [];
  const textOf = (call: CallLike): string => facts.model.text.slice(call.range[0], call.range[1]).replace(/\s+/g, '');
  const calls = facts.tree.all('CallExpression').filter((call) => REGISTERS_LISTENER.has(parseMethodCall(call)?.method ?? '') && !/once/i.test(parseMethodCall(call)?.method ?? ''));
  return calls.filter((call) => contains(fn.node, call)).flatMap((call): Left[] => {
    const first = calls.find((other) => !contains(fn.node, other) && facts.functions.around(other).self?.owner === fn.self?.owner && textOf(other) === textOf(call));
    const handler = first && [...first.arguments].reverse().find((argument) => argument.type === 'MemberExpression');
    const place = handler && facts.places.resolve(handler);
    return first && place ? [{ obligation: { place, kind: 'listener', noun: 'listener', node: first, fn, className: undefined, isRelease: () => false }, how: 'registers-again', node: call }] : [];
  });
}
