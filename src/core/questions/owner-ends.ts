import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { addTo } from '../multimap.js';
import { declaringFunction } from '../scope/bindings.js';
import { contains, isFunctionNode } from '../syntax/nodes.js';
import type { Obligation } from './obligations.js';
import { tidiesUp } from './runs-again.js';
import { endsOneOfMany, isTeardown, methodsOf, onlyAsserts, teardownsAround } from './teardowns.js';

/** What a file acquires, by the functions that end its holder. */
export function obligationsByEnd(obligations: readonly Obligation[], facts: Facts): Map<FunctionFact, Obligation[]> {
  const byEnd = new Map<FunctionFact, Obligation[]>();
  for (const obligation of obligations) for (const end of endsOf(obligation, facts)) addTo(byEnd, end, obligation);
  return byEnd;
}

/**
 * The functions that end whoever holds an obligation: teardowns of its class,
 * or of the factory that made its variable. A teardown that another one calls
 * is a step of that (BENIGN, S1).
 */
export function endsOf({ place, fn }: Obligation, facts: Facts): FunctionFact[] {
  const { root } = place;
  if (root.type === 'global' || root.type === 'module' || (root.type === 'owner' && root.isStatic)) return [];
  const methods = root.type === 'owner' ? methodsOf(root.owner, facts).filter((method) => isTeardown(method.name, facts) && !endsOneOfMany(method) && !onlyAsserts(method) && !facts.summaries.reach(method).has(fn)) : [];
  const home = root.type === 'variable' ? declaringFunction(root.variable) : undefined;
  const belongs = (end: FunctionFact): boolean => (root.type === 'owner' ? end.method !== undefined && isKindOf(end.method.owner, root.owner, facts) : home !== undefined && end.node !== home && contains(home, end.node) && end.node.range[0] > (root.variable.identifiers[0]?.range[0] ?? 0));
  const overrides = root.type === 'owner' ? methods.flatMap((method) => overridesOf(method, facts)) : [];
  const ends = [...new Set([...teardownsAround(fn, facts), ...methods, ...overrides])].filter((end) => belongs(end) && hasBody(end) && !end.method?.member.isStatic && !tidiesUp(end, facts));
  return ends.filter((end) => !ends.some((other) => other !== end && facts.summaries.reach(other).has(end) && !facts.summaries.reach(end).has(other)));
}

function hasBody({ node }: FunctionFact): boolean {
  return isFunctionNode(node) && (node as { body?: unknown }).body !== null;
}

/** The methods of subclasses in this file that stand for a method of their base. */
function overridesOf({ method, name }: FunctionFact, facts: Facts): FunctionFact[] {
  if (!method) return [];
  return facts.owners.all.flatMap((owner) => {
    const fn = owner !== method.owner && isKindOf(owner, method.owner, facts) ? owner.members.get(name)?.fn : undefined;
    return (fn && facts.functions.of(fn)) ?? [];
  });
}

/** The teardown of a base class that one of a subclass stands for, and does not call. */
export function overriddenBy(end: FunctionFact, others: readonly FunctionFact[]): FunctionFact | undefined {
  return others.find((other) => other.name === end.name && other.method !== undefined && other.method.owner !== end.method?.owner);
}

/** Whether an owner is another, or extends it in this file. */
function isKindOf(owner: Owner, base: Owner, facts: Facts): boolean {
  const seen = new Set<Owner>();
  for (let current: Owner | undefined = owner; current && !seen.has(current); current = facts.owners.superOf(current)) {
    if (current === base) return true;
    seen.add(current);
  }
  return false;
}

/** Names after which an object is over for good; `stop` and `disconnect` may be followed by another start, and what is closed may be a window. */
const FINAL = /^[_#]*(?:dispose\w*|asyncDispose|destroy\w*|shutdown|shutDown|unmount|teardown|tearDown|onModuleDestroy|onApplicationShutdown|ngOnDestroy|componentWillUnmount|disconnectedCallback|preDestroy|finalize|beforeDestroy|beforeUnmount|unmounted|destroyed|_final|\[Symbol\.(?:asyncDispose|dispose)\])$/;

export function isFinalEnd(name: string): boolean {
  return FINAL.test(name);
}
