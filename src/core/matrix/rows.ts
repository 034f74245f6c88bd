import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { handsToReleaser, type Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import { growsAtRunTime } from '../judge/collection-doubts.js';
import { isRemoval, removalByName } from '../judge/unbounded-collection.js';
import { livesWithHost } from '../questions/closure-host.js';
import { isFilledInOneGo } from '../questions/filled-in-one-go.js';
import { hasFiniteKeys } from '../questions/finite-keys.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { domainOfKey } from '../questions/key-names.js';
import { lifetimeOf } from '../questions/lifetime.js';
import { obligationsOf, type Obligation } from '../questions/obligations.js';
import { keyed, releasedBy } from '../questions/released.js';
import { registryAround } from '../questions/registry-entry.js';
import { findSizeBound } from '../questions/size-bound.js';
import { timerEntriesOf } from '../questions/timer-entries.js';
import type { Node } from '../syntax/nodes.js';
import type { Column } from './columns.js';
import { listenerRows } from './listener-rows.js';
import { ownerOfPlace, type MatrixOwner } from './state-owner.js';

/** A piece of state that somebody has to let go of. */
export interface Row {
  /** `map`, `set`, `array`, `dictionary`, `collection`, `listener`, or the kind of an obligation. */
  readonly kind: string;
  /** What a sentence calls it: `Map`, `interval`, `child process`. */
  readonly noun: string;
  /** `sessions`, `sessions[].timer`. */
  readonly name: string;
  readonly per: 'key' | 'object';
  readonly owner: MatrixOwner;
  /** Where it is kept; listeners are kept by what they listen to. */
  readonly place: Place | undefined;
  readonly node: Node;
  /** What its entries hold, which has to be ended besides. */
  readonly held: readonly Obligation[];
  readonly growth: readonly Effect[];
  /** Why a person says that it survives. */
  readonly survives: string | undefined;
  /** Whether it need not be released by anything, and is shown only if it is. */
  readonly isOptional: boolean;
  /** Whether it outlives its owner, or its owner many calls, so that it matters even where nothing ends. */
  readonly isLasting: boolean;
  /** Whether an operation on its place lets go of it. */
  readonly isRelease: (operation: Operation) => boolean;
  /** The calls that let go of it where no operation does: those that take away listeners. */
  readonly parts: readonly (readonly Node[])[] | undefined;
  /** Some code that lets go of it, whether it runs at an end or not. */
  readonly findRelease: () => Node | undefined;
}

const NOUNS: Readonly<Record<string, string>> = { map: 'Map', set: 'Set', array: 'array', dictionary: 'object' };

/** Every row of a file: first what there is for each key, then what there is once, each in source order. */
export function collectRows(columns: readonly Column[], facts: Facts): Row[] {
  const rows = new Map<string, Row>();
  const add = (place: Place, row: Row): void => {
    const key = facts.places.key(place);
    if (!rows.has(key)) rows.set(key, row);
  };
  const known = new Set(facts.collections.map(({ place }) => facts.places.key(place)));
  for (const collection of facts.collections) if (isKept(collection, facts)) add(collection.place, collectionRow(collection, facts));
  for (const { place, effects } of columns.flatMap(({ fn, within }) => keyed(releasedBy(fn, facts, within)))) {
    const field = facts.functions.fieldOf(place);
    if (!known.has(facts.places.key(field)) && isOwned(field) && growthOf(field, facts).length > 0) add(field, otherRow(field, effects, facts));
  }
  const held = new Set([...rows.values()].flatMap((row) => row.held.map(({ node }) => node)));
  for (const obligation of obligationsOf(facts)) {
    if (!held.has(obligation.node) && !known.has(facts.places.key(obligation.place))) add(obligation.place, obligationRow(obligation, facts));
  }
  return [...rows.values(), ...listenerRows(facts)].sort((left, right) => (left.per === right.per ? left.node.range[0] - right.node.range[0] : left.per === 'key' ? -1 : 1));
}

/** Whether a collection keeps entries beyond the call: it grows at run time, and nothing limits it. */
function isKept(collection: Collection, facts: Facts): boolean {
  const { place, kind, declaration } = collection;
  if (kind === 'weak' || place.path.includes(ELEMENT) || facts.stores.of(place)?.holder === 'component') return false;
  const lifetime = lifetimeOf(place, facts);
  if (lifetime === 'call' || lifetime === 'unknown' || lifetime === 'entry') return false;
  const statement = statementFor(facts.statements, facts.model, declaration.range[0]);
  if (statement && statement.says !== 'survives') return false;
  const growth = growthOf(place, facts);
  if (!growth.some((effect) => growsAtRunTime(effect, collection, facts)) || isFilledInOneGo(place, growth, facts)) return false;
  return heldIn(collection, facts).length > 0 || (findSizeBound(place, growth, facts) === undefined && !hasFiniteKeys(collection, growth, facts));
}

function growthOf(place: Place, facts: Facts): Effect[] {
  return facts.effectsOn(place).filter(({ operation }) => operation.kind === 'grow');
}

/** What must be ended and is kept as an entry of a collection. */
function heldIn(collection: Collection, facts: Facts): Obligation[] {
  const element = `${facts.places.key(collection.place)}.${ELEMENT}`;
  // An object that has a timer among other things is more than that: its timer is state of its own.
  const timers = new Set<Node>(timerEntriesOf(collection, facts).filter(({ form }) => form === 'handle' || form === 'record' || form === 'request').map(({ timer }) => timer.node));
  return obligationsOf(facts).filter(({ node, place }) => timers.has(node) || facts.places.key(place) === element);
}

function collectionRow(collection: Collection, facts: Facts): Row {
  const { place, declaration, kind } = collection;
  const held = heldIn(collection, facts);
  const lifetime = lifetimeOf(place, facts);
  return {
    kind, noun: nounOf(NOUNS[kind] ?? kind, held), name: nameOf(place), per: 'key', owner: ownerOfPlace(place, facts), place, node: declaration, held, growth: growthOf(place, facts),
    survives: survivesAt(declaration, facts),
    isOptional: lifetime === 'closure' && !livesWithHost(place, facts),
    // Data of an object goes with the object, unless there are ever more of it.
    isLasting: lifetime === 'process' || held.length > 0 || registryAround(collection, facts) !== undefined || growthOf(place, facts).some(({ operation: { key } }) => key && (isFreshKey(key, facts) || domainOfKey(key, facts) === 'entity')),
    isRelease: (operation) => isRemoval({ operation, place, key: undefined, isKeyGiven: false, via: [] }, collection, facts), parts: undefined,
    findRelease: () => (facts.effectsOn(place).find((effect) => isRemoval(effect, collection, facts)) ?? removalByName(collection, facts))?.operation.node,
  };
}

/** `Map of child processes`. */
function nounOf(collection: string, held: readonly Obligation[]): string {
  const [first] = held;
  // What is only known to be a member has no name that tells more.
  return first && first.noun !== 'member' ? `${collection} of ${/[sxz]$|ch$/.test(first.noun) ? `${first.noun}es` : `${first.noun}s`}` : collection;
}

function obligationRow(obligation: Obligation, facts: Facts): Row {
  const { place, kind, noun, node } = obligation;
  const declaration = declarationOf(place, facts) ?? node;
  return {
    kind, noun: noun === 'member' ? 'disposable' : noun, name: nameOf(place), per: place.path.includes(ELEMENT) ? 'key' : 'object', owner: ownerOfPlace(place, facts), place, node: declaration, held: [], growth: [], survives: survivesAt(declaration, facts),
    // What a module sets up while it is loaded lives with the program; what a call closes over is over with it.
    isOptional: place.root.type === 'variable', isLasting: true,
    isRelease: (operation) => isEnd(operation, obligation), parts: undefined,
    findRelease: () => facts.effectsOn(place).find(({ operation }) => obligation.isRelease(operation))?.operation.node,
  };
}

/** Whether an operation ends what was acquired; who is only given it need not end it. */
export function isEnd(operation: Operation, { isRelease }: Obligation): boolean {
  return operation.kind === 'hand-over' ? handsToReleaser(operation) : isRelease(operation);
}

/** A collection whose class the file does not show, known by what is deleted from it. */
function otherRow(place: Place, effects: readonly Effect[], facts: Facts): Row {
  const declaration = declarationOf(place, facts) ?? effects[0]?.operation.node ?? facts.model.ast;
  const releases = ({ kind, how }: Operation): boolean => kind === 'shrink' || (kind === 'empty' && how === 'clear') || kind === 'end';
  return {
    kind: 'collection', noun: 'collection', name: nameOf(place), per: 'key', owner: ownerOfPlace(place, facts), place, node: declaration, held: [], growth: growthOf(place, facts), survives: survivesAt(declaration, facts), isOptional: false, isLasting: true,
    isRelease: releases, parts: undefined,
    findRelease: () => facts.effectsOn(place).find(({ operation }) => releases(operation))?.operation.node,
  };
}

/** A field, or a variable of the module; a parameter is somebody else's. */
function isOwned({ root, path }: Place): boolean {
  if (root.type === 'owner') return path.length === 1;
  return path.length === 0 && root.type === 'variable' && root.variable.defs.some(({ node }) => (node as Node).type === 'VariableDeclarator');
}

function declarationOf({ root, path }: Place, facts: Facts): Node | undefined {
  const [name] = path;
  if (root.type === 'owner' && name !== undefined) return path.length === 1 ? facts.owners.member(root.owner, name)?.node : undefined;
  return root.type === 'variable' && path.length === 0 ? root.variable.defs[0]?.node : undefined;
}

function survivesAt(declaration: Node, facts: Facts): string | undefined {
  const statement = statementFor(facts.statements, facts.model, declaration.range[0]);
  return statement?.says === 'survives' ? statement.why : undefined;
}

/** `sessions`, `sessions[].timer`, `state.timer`. */
function nameOf({ root, path }: Place): string {
  const names = root.type === 'variable' ? [root.variable.name, ...path] : path;
  return names.join('.').replaceAll(`.${ELEMENT}`, '[]') || 'this';
}
