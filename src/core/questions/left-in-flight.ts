import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { flowOf, type Exit } from '../flow/flow.js';
import { endingMethod } from '../kinds/releases.js';
import { contains, isFunctionNode, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isMemo } from './growth-shape.js';
import { rejectionOf, type Rejection } from './rejection.js';
import { releasingSteps } from './releasing-steps.js';
import { rewritesOwnKey } from './rewritten-keys.js';

/** A way past the deletion with which the run that adds an entry takes it out again. */
export interface LeftInFlight {
  /** `rejected`: an exception leads past it; `success-only`: it is a `then` without its counterpart; `returned`: a return comes before it. */
  readonly how: 'rejected' | 'success-only' | 'returned';
  /** What leads past it. */
  readonly by: Node;
  /** The deletions of those runs. */
  readonly deletions: readonly Effect[];
  /** Whether the file shows that this can happen. */
  readonly isSure: boolean;
  /** Where another run sets a key that it has looked up: it may add an entry, too. */
  readonly setElsewhere: Node | undefined;
}

/** Where a deletion stands: in the course of the run, in an asynchronous part of it, or in a continuation of a promise there. */
interface Site {
  readonly slot: 'course' | 'success' | 'failure' | 'always';
  /** The `then` of a continuation. */
  readonly chain: Node | undefined;
  /** The asynchronous function in which it stands, if that is not the one of the run. */
  readonly part: FunctionFact | undefined;
}

type Passage = Pick<LeftInFlight, 'how' | 'by' | 'isSure'>;

/**
 * How an entry that stands for work in progress stays behind: each run that
 * adds one takes it out again, but not where the work fails, or where the run
 * returns early. Nothing is said of entries that any run leaves on purpose.
 */
export function findLeftInFlight(place: Place, growth: readonly Effect[], removals: readonly Effect[], facts: Facts): LeftInFlight | undefined {
  const runs = growth.filter(({ via }) => via.length === 0).map((grown) => ({ grown, ...runOf(grown, removals, facts) }));
  const own = runs.filter(({ home, sites }) => home !== facts.functions.module && sites.size > 0);
  const others = runs.filter((run) => !own.includes(run) && !rewritesOwnKey(run.grown, facts));
  // What is added and left is no work in progress; what was looked up before may be the same entry.
  if (others.some(({ grown }) => !isMemo(place, [grown], facts))) return undefined;
  const deletions = [...new Set(own.flatMap(({ sites }) => [...sites.keys()]))];
  for (const { grown, home, sites } of own) {
    const passage = pastSites(place, grown, home, sites, facts);
    if (passage) return { ...passage, deletions, setElsewhere: others[0]?.grown.operation.node };
  }
  return undefined;
}

/** The function in whose run an entry is added, and where that run takes its key out again. */
function runOf({ operation, key }: Effect, removals: readonly Effect[], facts: Facts): { home: FunctionFact; sites: ReadonlyMap<Effect, Site> } {
  let home = operation.fn;
  while (home.inline && home.parent && !isAsync(home)) home = home.parent;
  const sites = new Map<Effect, Site>();
  for (const removal of removals) {
    const site = key !== undefined && removal.key === key && removal.operation.kind === 'shrink' ? siteIn(home, removal.operation.node, facts) : undefined;
    if (site && (site.part ?? site.chain ?? isBehind(removal.operation.node, operation.node))) sites.set(removal, site);
  }
  return { home, sites };
}

function isBehind(later: Node, earlier: Node): boolean {
  return later.range[0] > earlier.range[0];
}

function isAsync({ node }: FunctionFact): boolean {
  return isFunctionNode(node) && node.async;
}

/** Where in the run of a function something stands; undefined if it stands in a function that others call, too. */
function siteIn(home: FunctionFact, node: Node, facts: Facts): Site | undefined {
  let slot: Site['slot'] = 'course';
  let chain: Node | undefined;
  let part: FunctionFact | undefined;
  for (let fn: FunctionFact | undefined = facts.functions.around(node); fn !== home; fn = fn.parent) {
    if (!fn) return undefined;
    const continued = continuationOf(fn);
    if (continued) ({ slot, chain } = continued);
    else if (isAsync(fn) && isCalledAtOnce(fn)) part ??= fn;
    else if (!fn.inline) return undefined;
  }
  return { slot, chain, part };
}

/** `work.then(fn)`, `work.then(null, fn)`, `work.catch(fn)`, `work.finally(fn)`. */
function continuationOf({ node }: FunctionFact): Pick<Site, 'slot'> & { chain: Node } | undefined {
  const call = isFunctionNode(node) ? parentOf(wrapped(node)) : undefined;
  const method = call && parseMethodCall(call);
  if (!method || !/^(?:then|catch|finally)$/.test(method.method)) return undefined;
  const isSuccess = method.method === 'then' && method.args[0] !== undefined && unwrap(method.args[0]) === node;
  return { chain: call, slot: method.method === 'finally' ? 'always' : isSuccess ? 'success' : 'failure' };
}

/** `(async () => { … })()` */
function isCalledAtOnce({ node }: FunctionFact): boolean {
  const call = isFunctionNode(node) ? parentOf(wrapped(node)) : undefined;
  return call?.type === 'CallExpression' && unwrap(call.callee) === node;
}

/** A way past all deletions of one run. */
function pastSites(place: Place, { operation }: Effect, home: FunctionFact, sites: ReadonlyMap<Effect, Site>, facts: Facts): Passage | undefined {
  const all = [...sites.values()];
  if (all.some(({ slot }) => slot === 'always' || slot === 'failure')) return undefined;
  const parts = new Set(all.flatMap(({ part }) => part ?? []));
  const [part, otherPart] = parts;
  if (part) return !otherPart && all.every((site) => site.part === part && site.slot === 'course') ? pastCourse(place, undefined, part, [...sites.keys()], facts) : undefined;
  const continued = all.filter(({ slot }) => slot === 'success');
  if (continued.length === 0) return pastCourse(place, operation.node, home, [...sites.keys()], facts);
  if (continued.length < all.length) return undefined;
  for (const { chain } of continued) {
    const object = chain && parseMethodCall(chain)?.object;
    const rejection: Rejection = object ? rejectionOf(object, facts) : 'no';
    if (chain && rejection !== 'no') return { how: 'success-only', by: chain, isSure: rejection === 'yes' };
  }
  return undefined;
}

/** A way from the growth, or from the start of a part of the run, out of a function past the deletions in it. */
function pastCourse(place: Place, grown: Node | undefined, fn: FunctionFact, deletions: readonly Effect[], facts: Facts): Passage | undefined {
  const flow = flowOf(fn.node, facts.tree);
  const from = grown && flow.stepOf(grown);
  if (grown && !from) return undefined;
  // A test of the collection around the whole run says nothing of what happens in it.
  const own = deletions.flatMap(({ operation }) => flow.stepOf(operation.node) ?? []);
  const through = [...own, ...releasingSteps(place, fn, ({ kind }) => kind === 'shrink' || kind === 'empty', facts), ...endsOfProcess(fn, facts)];
  const leaves = (how: boolean | 'only', mayThrow: (node: Node) => boolean): Exit | undefined => flow.leavesWithout(from, through, { byThrow: how, mayThrow });
  const early = leaves(false, () => false);
  if (early) return early.how === 'return' && isOwed(grown, fn, deletions) ? { how: 'returned', by: early.node, isSure: false } : undefined;
  for (const least of ['yes', 'perhaps'] as const) {
    const mayThrow = throwsAt(least, facts);
    const exit = leaves('only', mayThrow) ?? leaves(false, mayThrow);
    if (!exit) continue;
    // What a handler catches ends the function in its usual way: the step that throws tells more.
    const [step] = own;
    const waited = exit.how !== 'throw' && step && from ? flow.findAwaitBetween(from, step, through) : undefined;
    return { how: 'rejected', by: waited && mayThrow(waited) ? waited : exit.node, isSure: least === 'yes' };
  }
  return undefined;
}

/** Which steps are believed to throw: those that can be seen to, or all that may. */
function throwsAt(least: Rejection, facts: Facts): (node: Node) => boolean {
  return (node) => {
    if (node.type === 'ThrowStatement') return true;
    if (node.type === 'ForOfStatement') return node.await;
    if (node.type === 'YieldExpression') return least === 'perhaps';
    if (node.type !== 'AwaitExpression') return false;
    // What ends by its own `stop()` is believed to do so.
    const rejection = endingMethod(parseMethodCall(node.argument)?.method ?? '') === undefined ? rejectionOf(node.argument, facts) : 'perhaps';
    return rejection === 'yes' || rejection === least;
  };
}

/** Whether a deletion stands under no condition under which the growth does not: then every run owes it. */
function isOwed(grown: Node | undefined, { node: home }: FunctionFact, deletions: readonly Effect[]): boolean {
  return deletions.some(({ operation }) => {
    for (let child = operation.node, current = child.parent; current && current !== home; child = current, current = current.parent) {
      if (grown && contains(child, grown)) return true;
      if (/^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase|CatchClause|For\w*|While\w*|DoWhile\w*)$/.test(current.type)) return false;
    }
    return true;
  });
}

/** Where the process ends, and all that it keeps with it. */
function endsOfProcess(home: FunctionFact, facts: Facts): Node[] {
  return facts.tree.all('CallExpression').filter((call) => pathText(call.callee) === 'process.exit' && facts.functions.around(call) === home);
}
