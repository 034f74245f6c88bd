import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Related, Verdict } from '../findings.js';
import { keyDomain } from '../kinds/keys.js';
import { isParameter } from '../scope/bindings.js';
import { findCopiedBound, findFullRead } from '../questions/copied-bound.js';
import { isOnlyEmptiedByHand } from '../questions/emptied-by-hand.js';
import { isFilledInOneGo } from '../questions/filled-in-one-go.js';
import { lifetimeOf } from '../questions/lifetime.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { spanOf } from '../source-model.js';
import { Argument } from './argument.js';
import { growsAtRunTime, weighDoubts } from './collection-doubts.js';
import { isRemoval, removalByName } from './unbounded-collection.js';

/** `no-copy-only-trim`: is the bound applied to the collection, or to a copy of it? */
export function judgeCopyOnlyTrims(facts: Facts): Verdict[] {
  const arrays = facts.collections.filter(({ kind }) => kind === 'array');
  return [...arrays, ...collectForeignArrays(facts)].flatMap((collection) => judgeArray(collection, facts) ?? []);
}

function judgeArray(collection: Collection, facts: Facts): Verdict | undefined {
  const { place } = collection;
  const isForeign = collection.init === collection.declaration;
  const lifetime = lifetimeOf(place, facts);
  if (!isForeign && (lifetime === 'call' || lifetime === 'unknown')) return undefined;
  const effects = facts.effectsOn(place);
  const growth = effects.filter(({ operation }) => operation.kind === 'grow');
  if (!growth.some((effect) => isForeign || growsAtRunTime(effect, collection, facts)) || isFilledInOneGo(place, growth, facts)) return undefined;
  const bound = findCopiedBound(place, effects, facts);
  if (!bound) return undefined;
  const argument = new Argument();
  const removals = effects.filter((effect) => isRemoval(effect, collection, facts));
  const removal = removals[0] ?? removalByName(collection, facts);
  if (removal && !isOnlyEmptiedByHand(collection, growth, removals, facts)) argument.settle('release', 'shrinks', removal.operation.node, { how: removal.operation.how });
  else {
    const where = functionAround(bound.node, facts);
    if (bound.by === 'dropped') argument.evidence('copy-dropped', bound.node, { how: bound.limit, where });
    else if (bound.by === 'aged') argument.evidence('copy-aged', bound.node, { where });
    else argument.evidence('copy-trimmed', bound.node, { limit: bound.limit, where }, bound.by === 'literal' ? 'supporting' : 'strong');
    if (removal) argument.doubt('emptied-on-request', removal.operation.node, { where: functionAround(removal.operation.node, facts) });
    const read = bound.by === 'dropped' ? undefined : findFullRead(place, bound, facts);
    if (read) argument.doubt('read-in-full', read, { where: functionAround(read, facts) });
    else if (bound.by === 'literal') argument.evidence('rest-never-read', bound.node, {}, 'supporting');
    weighDoubts(collection, growth, effects, isForeign ? 'closure' : lifetime, facts, argument);
  }
  const statement = statementFor(facts.statements, facts.model, collection.declaration.range[0]);
  const related: Related[] = [
    ...growth.map((effect) => ({ role: 'growth', name: effect.operation.how, span: spanOf(effect.operation.node) })),
    { role: 'copy', name: bound.limit, span: spanOf(bound.node) },
  ];
  return {
    rule: 'no-copy-only-trim', kind: 'array', span: spanOf(collection.declaration), symbol: collection.name, owner: ownerName(place, facts),
    outcome: argument.outcome, reasons: argument.reasons, related, subject: { type: 'collection', collection, growth },
    ...(statement && statement.says !== 'survives' ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
  };
}

/**
 * Arrays that another file makes, as members of something that stands for one of
 * many sessions, users or rooms: `session.history.push(…)`. They are as old as
 * it is. Reported where they grow first, since no declaration is in sight.
 */
function collectForeignArrays(facts: Facts): Collection[] {
  const known = new Set(facts.collections.map(({ place }) => facts.places.key(place)));
  const found = new Map<string, Collection>();
  for (const { kind, how, place: grown, node } of facts.operations) {
    if (kind !== 'grow' || (how !== 'push' && how !== 'unshift')) continue;
    const place = facts.functions.fieldOf(grown);
    const key = facts.places.key(place);
    const name = place.path.at(-1);
    if (known.has(key) || found.has(key) || name === undefined || name === ELEMENT || !belongsToEntity(place)) continue;
    found.set(key, { kind: 'array', init: node, place, declaration: node, name, annotation: undefined, typeArguments: [] });
  }
  return [...found.values()];
}

function belongsToEntity({ root, path }: Place): boolean {
  if (root.type !== 'variable' || !isParameter(root.variable)) return false;
  const holder = path.at(-2) ?? root.variable.name;
  return keyDomain([holder]) === 'entity';
}
