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

type Losses = ReturnType<typeof runOf>;

/** What the two ways through an `if` do to collections, and what is done around it. */
export interface ForkedRun {
  readonly ways: readonly [Losses, Losses];
  readonly outside: Losses;
}

/** The `if`s of a function both of whose branches take keys out. */
export function collectForkedRuns(fn: FunctionFact, members: readonly Collection[], facts: Facts): ForkedRun[] {
  const byPlace = new Map(members.map((member) => [facts.places.key(facts.functions.fieldOf(member.place)), member]));
  const find = (effect: Effect): Collection | undefined => byPlace.get(facts.places.key(facts.functions.fieldOf(effect.place)));
  const effects = facts.summaries.of(fn).filter(find);
  const isWithin = (nodes: readonly Node[]) => (effect: Effect): boolean => nodes.some((node) => contains(node, effect.via[0]?.node ?? effect.operation.node));
  return facts.tree.within('IfStatement', fn.node).flatMap((statement) => {
    const branches = facts.functions.around(statement) === fn ? branchesOf(statement) : undefined;
    const parts = branches?.map((branch) => effects.filter(isWithin(branch)));
    if (!branches || !parts?.every((part) => part.some(({ operation }) => operation.kind === 'shrink'))) return [];
    const isInside = isWithin(branches.flat());
    return [{ ways: parts.map((part) => runOf(part, find, facts)) as [Losses, Losses], outside: runOf(effects.filter((effect) => !isInside(effect)), find, facts) }];
  });
}

/** `if (keep) { a.delete(id); } else { cleanUp(id); }`: the branches of one run that end an entry, and do so apart. */
export function branchGapsOf(keeper: Collection, forks: readonly ForkedRun[]): BranchGap[] {
  return forks.flatMap(({ ways: [left, right], outside }) => {
    if (outside.relieved.has(keeper)) return [];
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
