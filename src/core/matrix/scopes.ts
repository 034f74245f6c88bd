import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Effect } from '../facts/summaries.js';
import { isEntryEndName } from '../kinds/releases.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { subjectOfKey } from '../questions/key-names.js';
import { effectsIn, keyed, releasedBy } from '../questions/released.js';
import type { IsRelease } from '../questions/releasing-steps.js';
import { isTeardown } from '../questions/teardowns.js';
import { standsInLoop } from '../syntax/loops.js';
import { contains, type Node } from '../syntax/nodes.js';
import type { Column } from './columns.js';
import type { Row } from './rows.js';
import type { MatrixOwner } from './state-owner.js';

/**
 * What an ending ends: one `entry` of many, the `owner` of them all, the
 * `program`, or no more than it releases (`part`).
 */
export type Scope = 'entry' | 'owner' | 'program' | 'part';

export interface ScopedColumn extends Column {
  readonly scope: Scope;
  /** The rows that it has to let go of. */
  readonly job: ReadonlySet<Row>;
}

/** A column with what it does to the rows of one owner. */
interface Candidate {
  readonly column: Column;
  /** The rows of which it releases something, in whatever way. */
  readonly touched: ReadonlySet<Row>;
  /** The rows from which it deletes the key of the entry that it ends. */
  readonly entries: ReadonlySet<Row>;
  readonly keys: readonly Node[];
}

/** The columns of one owner, each with its job. */
export function withScopes(columns: readonly Column[], rows: readonly Row[], owner: MatrixOwner, facts: Facts): ScopedColumn[] {
  const candidates = columns.map((column) => candidateOf(column, rows, facts)).filter(({ column, touched }) => touched.size > 0 || contains(owner.node, column.node));
  const scopes = new Map(candidates.map((candidate) => [candidate, scopeOf(candidate, candidates, rows, owner, facts)]));
  return candidates.map((candidate) => {
    const scope = scopes.get(candidate) ?? 'part';
    return { ...candidate.column, scope, job: jobOf(candidate, scope, candidates.filter((one) => scopes.get(one) === 'entry'), rows, owner, facts) };
  });
}

function candidateOf(column: Column, rows: readonly Row[], facts: Facts): Candidate {
  const releases = releasedBy(column.fn, facts, column.within);
  const own = new Map(rows.flatMap((row) => (row.place ? [[facts.places.key(row.place), row] as const] : [])));
  const rowOf = (one: { place: Effect['place'] }): Row | undefined => own.get(facts.places.key(facts.functions.fieldOf(one.place)));
  const touched = new Set(rows.filter((row) => [row, ...row.held].some(({ place, isRelease }) => place && releasesAt(place, isRelease, column, facts).length > 0)));
  const reach = facts.summaries.reach(column.fn);
  for (const row of rows) if (row.parts?.flat().some((node) => (column.within ? contains(column.within, node) : reach.has(facts.functions.around(node))))) touched.add(row);
  const ended = keyed(releases).flatMap((one) => {
    const row = rowOf(one);
    const effects = one.effects.filter((effect) => effect.operation.kind === 'shrink' && row && rowOf(effect) === row && endsOneEntry(effect, column));
    return row && effects.length > 0 ? [{ row, effects }] : [];
  });
  return { column, touched, entries: new Set(ended.map(({ row }) => row)), keys: ended.flatMap(({ effects }) => effects.flatMap(({ operation }) => operation.key ?? [])) };
}

/**
 * What a column does to let go of what stands at a place, in the terms of its
 * own function. What it fills again is not let go of, and what something that it
 * calls drops on its own account, as where a broadcast finds a dead listener, is not its doing.
 */
export function releasesAt(place: Place, isRelease: IsRelease, { fn, within, how }: Column, facts: Facts): readonly Effect[] {
  const key = facts.places.key(place);
  const holder = place.path.at(-1) === ELEMENT ? key.slice(0, -ELEMENT.length - 1) : key;
  const isAt = (effect: Effect, wanted: string): boolean => facts.places.key(facts.functions.fieldOf(effect.place)) === wanted;
  const effects = effectsIn(fn, within, facts);
  const found = effects.filter((effect) => isAt(effect, key) && isRelease(effect.operation) && isOwnDoing(effect) && (how !== 'teardown' || isForThis(effect, fn, effects.find((one) => one.via[0] === effect.via[0] && one.operation.kind === 'shrink' && isAt(one, holder)))));
  const filled = effects.filter((effect) => effect.operation.kind === 'grow' && isAt(effect, holder));
  return filled.length === 0 ? found : found.filter(({ operation: { kind }, key: taken }) => kind === 'empty' || !filled.some((one) => taken === undefined || one.key === taken));
}

function isOwnDoing({ operation: { kind, key }, via, isKeyGiven }: Effect): boolean {
  return kind !== 'shrink' || via.length === 0 || key?.type !== 'Identifier' || isKeyGiven;
}

/**
 * Whether a deletion in a loop takes the entries that are gone through, and not
 * what they name: `this.end(run.sessionId)` ends no run. What is ended on the way to a
 * deletion is what is deleted.
 */
function isForThis({ operation, via, key }: Effect, fn: FunctionFact, deletion: Effect | undefined): boolean {
  if (!standsInLoop(via[0]?.node ?? operation.node, fn.node)) return true;
  const deleted = operation.kind === 'shrink' ? key : via.length > 0 ? deletion?.key : undefined;
  return deleted === undefined || /^v\d+(?:\.(?:id|key|name))?$|\*(?:\.(?:id|key|name))?$/.test(deleted);
}

/** Whether a deletion is of the one key that a run is about: not for key after key, nor for the object's own. */
function endsOneEntry(effect: Effect, { fn, how }: Column): boolean {
  if (how === 'sweep') return true;
  if (/^o\d+(?:\.[^*]*)?$/.test(effect.key ?? '') && fn.method) return false;
  return !standsInLoop(effect.via[0]?.node ?? effect.operation.node, fn.node);
}

function scopeOf(candidate: Candidate, all: readonly Candidate[], rows: readonly Row[], owner: MatrixOwner, facts: Facts): Scope {
  const { column, entries, touched } = candidate;
  switch (column.how) {
    case 'signal':
      return 'program';
    case 'finally':
      return 'part';
    case 'sweep':
      return endsWholeEntry(candidate, all, facts) ? 'entry' : 'part';
    case 'event':
    case 'branch':
      if (entries.size > 0 || addedAround(column, rows, facts).size > 0) return 'entry';
      return touched.size > 0 ? 'owner' : 'part';
    case 'unmount':
      return 'owner';
    case 'teardown':
      // The smaller function is a step of the bigger one (BENIGN, S1).
      if (all.some((other) => other !== candidate && other.column.how === 'teardown' && !other.column.within && facts.summaries.reach(other.column.fn).has(column.fn) && (entries.size > 0 ? entries.size * 2 <= other.entries.size : other.touched.size > touched.size))) return 'part';
      if (entries.size > 0) return isTeardown(column.fn.name, facts) || isEntryEndName(column.fn.name) || endsWholeEntry(candidate, all, facts) ? 'entry' : 'part';
      return isTeardown(column.fn.name, facts) && (touched.size > 0 || isOwnTeardown(column, owner)) ? 'owner' : 'part';
  }
}

/** A method of the owner itself, not of what is nested in it. */
function isOwnTeardown({ fn }: Column, owner: MatrixOwner): boolean {
  return fn.self?.owner.node === owner.node || fn.parent?.node === owner.node;
}

/** Whether a function deletes what stands for the whole entry: the collection that gets a new key, or most of those that lose it together. */
function endsWholeEntry({ entries }: Candidate, all: readonly Candidate[], facts: Facts): boolean {
  if ([...entries].some(({ growth }) => growth.some(({ operation }) => operation.key && isFreshKey(operation.key, facts)))) return true;
  const sharing = all.filter((one) => [...entries].some((row) => one.entries.has(row)));
  const largest = Math.max(0, ...sharing.map((one) => one.entries.size));
  return entries.size * 2 > largest;
}

function jobOf(candidate: Candidate, scope: Scope, enders: readonly Candidate[], rows: readonly Row[], owner: MatrixOwner, facts: Facts): ReadonlySet<Row> {
  switch (scope) {
    case 'part':
      return new Set();
    case 'program':
      // Memory, timers and listeners go with the program; what runs outside it does not.
      return new Set(candidate.touched.size > 0 ? rows.filter(({ kind, held }) => [kind, ...held.map((one) => one.kind)].some((one) => OUTLIVES_PROGRAM.has(one))) : []);
    case 'entry':
      return entryJob(candidate, enders, rows, facts);
    case 'owner':
      return ownerJob(candidate, rows, owner, facts);
  }
}

/** Resources that go on when the program has ended. */
const OUTLIVES_PROGRAM = new Set(['process', 'pty', 'browser', 'sandbox']);

/** What the ends of the same entry release, taken together, and what gets its key where they do. */
function entryJob(candidate: Candidate, enders: readonly Candidate[], rows: readonly Row[], facts: Facts): ReadonlySet<Row> {
  const own = new Set([...candidate.entries, ...addedAround(candidate.column, rows, facts)]);
  const job = new Set(own);
  for (const ender of enders) if ([...ender.entries].some((row) => own.has(row))) for (const row of ender.entries) job.add(row);
  for (const row of rows) if (!job.has(row) && [...job].some((member) => growTogether(member, row))) job.add(row);
  // The end of a server is not that of a view.
  const ended = onlyOne(candidate.keys.map((key) => subjectOfKey(key, facts)));
  return new Set([...job].filter((row) => {
    const kept = onlyOne(row.growth.map(({ operation }) => operation.key && subjectOfKey(operation.key, facts)));
    return candidate.entries.has(row) || ended === undefined || kept === undefined || ended === kept;
  }));
}

function onlyOne(names: readonly (string | undefined)[]): string | undefined {
  return new Set(names).size === 1 ? names[0] : undefined;
}

/** Whether some run puts the same key into both. */
function growTogether(left: Row, right: Row): boolean {
  return left.growth.some((one) => one.key !== undefined && right.growth.some((other) => other.key === one.key && other.operation.fn === one.operation.fn));
}

/** The rows to which the function adds an entry that registers a handler: the handler is about that entry. */
function addedAround({ how, node, fn }: Column, rows: readonly Row[], facts: Facts): ReadonlySet<Row> {
  const around = facts.functions.around(node);
  if (how !== 'event' || around === fn || around === facts.functions.module || around.isConstructor) return new Set();
  return new Set(rows.filter((row) => row.growth.some(({ operation }) => operation.key !== undefined && operation.fn === around && !standsInLoop(operation.node, around.node))));
}

/** What the end of an object has to let go of: what is there once, and entries that must be ended; mere data goes with the object, unless other data is emptied. */
function ownerJob({ column, touched }: Candidate, rows: readonly Row[], owner: MatrixOwner, facts: Facts): ReadonlySet<Row> {
  const isWhole = column.how === 'teardown' || column.how === 'unmount' || [...touched].some(({ per }) => per === 'object');
  if (!isWhole || (touched.size === 0 && !isOwnTeardown(column, owner))) return new Set();
  const emptiesData = [...touched].some((row) => row.per === 'key' && row.held.length === 0 && row.place !== undefined);
  return new Set(rows.filter((row) => row.per === 'object' || row.held.length > 0 || emptiesData || endsEntries(row, facts)));
}

/** Whether some code ends the entries of a collection before it lets go of them. */
function endsEntries({ place }: Row, facts: Facts): boolean {
  return place !== undefined && facts.effectsOn({ root: place.root, path: [...place.path, ELEMENT] }).some(({ operation }) => /^(?:end|clear|invoke)$/.test(operation.kind));
}
