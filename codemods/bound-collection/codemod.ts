import type { Analysis, Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { growsAtRunTime } from '../../src/core/judge/collection-doubts.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import type { Codemod, Plan, RepairValues } from '../../src/codemod/codemod.js';
import { growthsElsewhere } from '../../src/core/questions/elsewhere.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findCopiedLimit } from './copied-limit.js';
import { parseGrowth } from './growth-site.js';
import { findKeptPosition } from './kept-position.js';
import { DEFAULT_LIMIT, declareLimit, limitName } from './limit.js';
import { planLruCache } from './lru-cache.js';
import { findOtherUse } from './other-use.js';
import { planInAllFiles } from './spanning.js';
import { writeTrims } from './trim.js';
import { collectSiblings } from '../add-ttl-sweep/siblings.js';

/**
 * Gives a collection of what has been a limit with a name, and lets its oldest
 * entries go when it grows beyond. The forms and what is left alone are in
 * README.md beside this file.
 */
export const boundCollection: Codemod = {
  id: 'bound-collection',
  title: 'Bound a collection by the number of its entries',
  rules: ['no-unbounded-collection', 'no-copy-only-trim'],
  isAskedFor: ({ subject }, { lruCache }) => lruCache !== undefined && subject.type === 'collection' && subject.collection.kind === 'map',
  planSpanning: planInAllFiles,
  plan({ subject, rule }: Finding, { facts }: Analysis, values: RepairValues): Plan {
    if (subject.type !== 'collection') return { refused: 'This is not about a collection.' };
    const { collection } = subject;
    const { kind, name } = collection;
    if (kind === 'dictionary') return { refused: `${name} is an object, whose keys are not in the order in which they came.` };
    if (values.lruCache && kind === 'map') return planWithLruCache(subject, values, values.lruCache.objection, facts);
    const isForeign = collection.init === collection.declaration;
    const growth = subject.growth.filter((effect) => isForeign || growsAtRunTime(effect, collection, facts));
    const isOfModule = kind === 'array' && collection.place.root.type === 'variable' && collection.place.path.length === 0;
    if ((isOfModule || growth.length === 0) && growthsElsewhere(collection.place, facts).length > 0) return { refused: `Other files add to ${name}; only leakproof fix, which knows the project, may bound it in all of them.` };
    const sites = parseGrowth(collection, growth, facts);
    if ('refused' in sites) return sites;
    const copied = rule === 'no-copy-only-trim' ? findCopiedLimit(collection, sites, facts) : undefined;
    if (copied && 'refused' in copied) return copied;
    const oldest = copied?.oldest ?? sites.oldest;
    const why = (copied ? undefined : findOtherUse(collection, growth, facts)) ?? (kind === 'array' ? findKeptPosition(collection, oldest, sites.all, facts) : undefined)
      ?? (kind === 'array' ? undefined : findSibling(collection, facts));
    if (why !== undefined) return { refused: why };

    const writer = new CodeWriter(facts.model, facts.tree);
    const count = copied?.count ?? values.limit ?? DEFAULT_LIMIT;
    const limit = copied?.name ?? limitName(collection, count, facts);
    if (copied?.name === undefined) {
      if (!declareLimit(limit, count, collection, writer, facts)) return { refused: `There is no place to declare ${limit}.` };
      if (copied) writer.replace({ start: copied.node.range[0], end: copied.node.range[1] }, limit);
    }
    writeTrims({ ...sites, oldest }, limit, collection, writer, facts);
    return { edits: writer.edits, safety: 'review', notes: [noteOf(name, copied?.name ?? String(count), oldest === sites.oldest ? 'the oldest' : 'what comes later', copied === undefined && values.limit === undefined), ...(kind === 'map' ? ['an entry that is set again keeps its place in the order'] : [])] };
  },
};

/** A cache of the package that the user asked for, where the Map is one whose entries can be had again. */
function planWithLruCache({ collection, growth }: CollectionSubject, { limit }: RepairValues, objection: string | undefined, facts: Facts): Plan {
  const { name } = collection;
  const why = objection ?? findOtherUse(collection, growth, facts) ?? findSibling(collection, facts);
  if (why !== undefined) return { refused: why };
  const count = limit ?? DEFAULT_LIMIT;
  const plan = planLruCache(collection, limitName(collection, count, facts), count, facts);
  if ('refused' in plan) return plan;
  return { ...plan, notes: [noteOf(name, String(count), 'what was not used for the longest time', limit === undefined), 'a value of undefined is not kept'] };
}

/** A collection that gets the same keys, in words. */
function findSibling(collection: Collection, facts: Facts): string | undefined {
  const [beside] = collectSiblings(collection, facts);
  return beside && `${beside.name} gets the same keys, and would keep those that ${collection.name} forgets.`;
}

function noteOf(name: string, limit: string, forgotten: string, isDefault: boolean): string {
  return `${name} now keeps ${limit} entries and forgets ${forgotten}${isDefault ? '; --limit gives another number' : ''}`;
}
