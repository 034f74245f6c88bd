import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Effect } from '../facts/summaries.js';
import { contains, type Node } from '../syntax/nodes.js';
import { runOf } from './keyed-runs.js';

/** A branch that loses a key from `loser` only, where the other branch loses it from the keeper, too. */
export interface BranchGap {
  readonly loser: Collection;
  readonly effect: Effect;
}

/** `if (keep) { a.delete(id); } else { cleanUp(id); }`: the branches of one run that end an entry, and do so apart. */
export function findBranchGaps(fn: FunctionFact, keeper: Collection, members: readonly Collection[], facts: Facts): BranchGap[] {
  const byPlace = new Map(members.map((member) => [facts.places.key(facts.functions.fieldOf(member.place)), member]));
  const find = (effect: Effect): Collection | undefined => byPlace.get(facts.places.key(facts.functions.fieldOf(effect.place)));
  const effects = facts.summaries.of(fn);
  const within = (nodes: readonly Node[]): Effect[] => effects.filter((effect) => nodes.some((node) => contains(node, effect.via[0]?.node ?? effect.operation.node)));
  return facts.tree.within('IfStatement', fn.node).flatMap((statement) => {
    if (facts.functions.around(statement) !== fn) return [];
    const branches = branchesOf(statement);
    if (!branches) return [];
    const [left, right] = branches.map((branch) => runOf(within(branch), find, facts)) as [ReturnType<typeof runOf>, ReturnType<typeof runOf>];
    const outside = effects.filter((effect) => !within(branches.flat()).includes(effect));
    if (runOf(outside, find, facts).relieved.has(keeper)) return [];
    return [[left, right] as const, [right, left] as const].flatMap(([full, part]) => {
      if (part.relieved.has(keeper)) return [];
      return [...part.lost].flatMap(([key, lost]) => [...lost].flatMap(([loser, effect]) => {
        const other = full.lost.get(key);
        return loser !== keeper && other?.has(loser) && other.has(keeper) && !part.filled.has(loser) ? [{ loser, effect }] : [];
      }));
    });
  });
}

/** Both ways through an `if`: what follows a branch that leaves is the other one. */
function branchesOf(statement: Node): [readonly Node[], readonly Node[]] | undefined {
  if (statement.type !== 'IfStatement') return undefined;
  if (statement.alternate) return [[statement.consequent], [statement.alternate]];
  const { parent, consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  if (parent.type !== 'BlockStatement' || (last?.type !== 'ReturnStatement' && last?.type !== 'ThrowStatement')) return undefined;
  return [[consequent], parent.body.slice(parent.body.indexOf(statement) + 1)];
}
