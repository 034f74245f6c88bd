import type { Analysis, Finding } from '../../src/core/index.js';
import { growsAtRunTime } from '../../src/core/judge/collection-doubts.js';
import type { Codemod, Plan, RepairValues } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findCopiedLimit } from './copied-limit.js';
import { parseGrowth } from './growth-site.js';
import { findKeptPosition } from './kept-position.js';
import { declareLimit, limitName } from './limit.js';
import { findOtherUse } from './other-use.js';
import { writeTrims } from './trim.js';
import { collectSiblings } from '../add-ttl-sweep/siblings.js';

/** How many entries are kept where nobody says a number. */
const DEFAULT_LIMIT = 1000;

/**
 * Gives a collection of what has been a limit with a name, and lets its oldest
 * entries go when it grows beyond. The forms and what is left alone are in
 * README.md beside this file.
 */
export const boundCollection: Codemod = {
  id: 'bound-collection',
  title: 'Bound a collection by the number of its entries',
  rules: ['no-unbounded-collection', 'no-copy-only-trim'],
  plan({ subject, rule }: Finding, { facts }: Analysis, values: RepairValues): Plan {
    if (subject.type !== 'collection') return { refused: 'This is not about a collection.' };
    const { collection } = subject;
    const { kind, name } = collection;
    if (kind === 'dictionary') return { refused: `${name} is an object, whose keys are not in the order in which they came.` };
    const isForeign = collection.init === collection.declaration;
    const growth = subject.growth.filter((effect) => isForeign || growsAtRunTime(effect, collection, facts));
    const sites = parseGrowth(collection, growth, facts);
    if ('refused' in sites) return sites;
    const copied = rule === 'no-copy-only-trim' ? findCopiedLimit(collection, sites, facts) : undefined;
    if (copied && 'refused' in copied) return copied;
    const oldest = copied?.oldest ?? sites.oldest;
    const why = (copied ? undefined : findOtherUse(collection, growth, facts)) ?? (kind === 'array' ? findKeptPosition(collection, oldest, sites.all, facts) : undefined);
    if (why !== undefined) return { refused: why };
    const [beside] = kind === 'array' ? [] : collectSiblings(collection, facts);
    if (beside) return { refused: `${beside.name} gets the same keys, and would keep those that ${name} forgets.` };

    const writer = new CodeWriter(facts.model, facts.tree);
    const count = copied?.count ?? values.limit ?? DEFAULT_LIMIT;
    const limit = copied?.name ?? limitName(collection, count, facts);
    if (copied?.name === undefined) {
      if (!declareLimit(limit, count, collection, writer, facts)) return { refused: `There is no place to declare ${limit}.` };
      if (copied) writer.replace({ start: copied.node.range[0], end: copied.node.range[1] }, limit);
    }
    writeTrims({ ...sites, oldest }, limit, collection, writer, facts);
    return { edits: writer.edits, safety: 'review', notes: [noteOf(name, copied?.name ?? String(count), oldest === sites.oldest, copied === undefined && values.limit === undefined), ...(kind === 'map' ? ['an entry that is set again keeps its place in the order'] : [])] };
  },
};

function noteOf(name: string, limit: string, keepsNewest: boolean, isDefault: boolean): string {
  return `${name} now keeps ${limit} entries and forgets ${keepsNewest ? 'the oldest' : 'what comes later'}${isDefault ? '; --limit gives another number' : ''}`;
}
