import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Variable } from '../scope/bindings.js';
import { isFunctionNode, isNamed, keyName, memberName, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { settlesWith } from './settling.js';
import { lifetimeOf } from './lifetime.js';

/**
 * What an entry is to its timer. A `handle` is nothing else, a `record` adds
 * data about it, a `request` is what the timer settles, an `instance` starts its
 * timer itself; an `object` has a timer among other things, and lives on without it.
 */
export type EntryForm = 'handle' | 'record' | 'request' | 'instance' | 'object';

/** A timer that is kept in the entries of a long-lived collection. */
export interface TimerEntry {
  readonly collection: Collection;
  readonly timer: TimerAcquisition;
  /** Where the entry is put in. */
  readonly growth: Operation;
  readonly form: EntryForm;
  /** Where those who have the collection find the handle. */
  readonly handle: Place;
  /** The local that holds the handle, too. */
  readonly local: Variable | undefined;
}

/** What the entries of each collection track; asked for once per collection. */
const tracked = new WeakMap<Collection, readonly TimerEntry[]>();

/** Every timer that some entry of a collection tracks. */
export function timerEntriesOf(collection: Collection, facts: Facts): readonly TimerEntry[] {
  let entries = tracked.get(collection);
  if (!entries) tracked.set(collection, (entries = collectEntries(collection, facts)));
  return entries;
}

function collectEntries(collection: Collection, facts: Facts): TimerEntry[] {
  if (collection.kind === 'weak' || facts.timers.length === 0) return [];
  const lifetime = lifetimeOf(collection.place, facts);
  if (lifetime === 'call' || lifetime === 'unknown') return [];
  const entries: TimerEntry[] = [];
  for (const { operation: growth } of facts.effectsOn(collection.place)) {
    if (growth.kind !== 'grow' || !growth.value) continue;
    for (const carried of carriedBy(growth.value, facts, 0)) {
      if (entries.some((entry) => entry.timer === carried.timer && entry.growth === growth)) continue;
      const { root, path } = collection.place;
      const handle = carried.owned ?? { root, path: [...path, ELEMENT, ...carried.path] };
      entries.push({ collection, timer: carried.timer, growth, form: formOf(carried, facts), handle, local: localOf(carried.timer, facts) });
    }
  }
  return entries;
}

interface Carried {
  readonly timer: TimerAcquisition;
  /** The names that lead from the value to the handle. */
  readonly path: readonly string[];
  /** The object in which the handle stands. */
  readonly record?: Node;
  /** The field of its own class in which an instance keeps it. */
  readonly owned?: Place;
}

const MAX_DEPTH = 4;

/** The timers whose handles a value is, or holds. */
function carriedBy(value: Node, facts: Facts, depth: number): Carried[] {
  if (depth > MAX_DEPTH) return [];
  const inner = unwrap(value);
  switch (inner.type) {
    case 'CallExpression': {
      const timer = facts.timers.find((one) => one.node === inner);
      if (timer) return [{ timer, path: [] }];
      const call = parseMethodCall(inner);
      if (call && /^(?:unref|ref)$/.test(call.method)) return carriedBy(call.object, facts, depth + 1);
      const maker = facts.functions.valueOf(inner.callee);
      return maker ? facts.timers.filter((one) => one.fn === maker && one.destination.type === 'returned').map((one) => ({ timer: one, path: [] })) : [];
    }
    case 'Identifier': {
      const variable = facts.bindings.variableOf(inner);
      if (!variable) return [];
      const written = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr ? carriedBy(reference.writeExpr, facts, depth + 1) : []));
      return [...written, ...assignedTo(variable, facts)];
    }
    case 'ObjectExpression':
      return inner.properties.flatMap((property) => {
        const name = property.type === 'Property' ? keyName(property) : undefined;
        if (property.type !== 'Property' || name === undefined || isFunctionNode(property.value)) return [];
        return carriedBy(property.value, facts, depth + 1).map((carried) => ({ ...carried, path: [name, ...carried.path], record: inner }));
      });
    case 'NewExpression': {
      const callee = unwrap(inner.callee);
      const variable = callee.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
      const owner = variable && facts.owners.ofVariable(variable);
      const made = owner && facts.functions.constructorOf(owner);
      if (!made) return [];
      const started = facts.summaries.reach(made);
      return facts.timers.flatMap((timer) => {
        if (timer.destination.type !== 'place' || !started.has(timer.fn)) return [];
        const { place } = timer.destination;
        return place.root.type === 'owner' && place.path.length === 1 && place.root.owner === facts.owners.declaring(owner, place.path[0] ?? '') ? [{ timer, path: [], owned: place }] : [];
      });
    }
    default:
      return [];
  }
}

/** `entry.timer = setTimeout(…)` on a local object. */
function assignedTo(variable: Variable, facts: Facts): Carried[] {
  return facts.timers.flatMap((timer) => {
    const assignment = timer.destination.type === 'place' ? timer.destination.node : undefined;
    const left = assignment?.type === 'AssignmentExpression' ? unwrap(assignment.left) : undefined;
    const name = left?.type === 'MemberExpression' ? memberName(left) : undefined;
    const object = left?.type === 'MemberExpression' ? unwrap(left.object) : undefined;
    if (name === undefined || object?.type !== 'Identifier' || facts.bindings.variableOf(object) !== variable) return [];
    const made = variable.references.find((reference) => reference.writeExpr)?.writeExpr;
    const record = made && unwrap(made);
    return record?.type === 'ObjectExpression' ? [{ timer, path: [name], record }] : [];
  });
}

function formOf({ timer, path, record, owned }: Carried, facts: Facts): EntryForm {
  if (owned) return 'instance';
  if (!record) return 'handle';
  if (record.type !== 'ObjectExpression' || path.length !== 1) return 'object';
  const settled = settlesWith(timer, facts);
  const others = record.properties.filter((property) => property.type !== 'Property' || keyName(property) !== path[0]);
  if (settled.some((variable) => others.some((property) => mentions(property, variable, facts)))) return 'request';
  return others.every((property) => property.type === 'Property' && isData(property.value, facts)) ? 'record' : 'object';
}

function mentions(node: Node, variable: Variable, facts: Facts): boolean {
  return facts.tree.some(node, (part) => part.type === 'Identifier' && facts.bindings.variableOf(part) === variable);
}

/** Names of plain facts: when, how long, how often, whose. */
const DATA_NAME = /(?:id|at|time|timestamp|ms|seconds|minutes|delay|duration|deadline|start|end|started|ended|expires|expiry|key|name|count|attempts?|retries|now|kind|type|reason|label|message|method|url|path|version|size|index)$/i;

/** Whether a member is only a fact about the timer, and nothing that lives on without it. */
function isData(value: Node, facts: Facts): boolean {
  const inner = unwrap(value);
  switch (inner.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
      return true;
    case 'Identifier':
      return DATA_NAME.test(inner.name);
    case 'MemberExpression':
      return isNamed(inner, DATA_NAME);
    case 'CallExpression':
      return /^(?:Date\.now|performance\.now|String|Number)$/.test(facts.model.text.slice(inner.callee.range[0], inner.callee.range[1]));
    default:
      return false;
  }
}

/** The local that was given the handle when the timer was started. */
function localOf(timer: TimerAcquisition, facts: Facts): Variable | undefined {
  let node = wrapped(timer.node);
  if (node.parent?.type === 'MemberExpression' && node.parent.parent.type === 'CallExpression') node = wrapped(node.parent.parent);
  const { parent } = node;
  const name = parent?.type === 'VariableDeclarator' ? parent.id : parent?.type === 'AssignmentExpression' && parent.right === node ? parent.left : undefined;
  return name?.type === 'Identifier' ? facts.bindings.variableOf(name) : undefined;
}
