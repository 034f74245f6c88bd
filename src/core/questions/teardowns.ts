import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { keyDomain } from '../kinds/keys.js';
import { isTeardownName } from '../kinds/releases.js';
import { isFunctionNode, keyName, type Node } from '../syntax/nodes.js';

/**
 * The functions that end the object in which a function runs: methods of its
 * class, and functions that the factory around it returns. By name, since an
 * empty teardown is one, too; but not those that end one entry of many, nor the
 * function's own callers, which would end what they have just started.
 */
export function teardownsAround(fn: FunctionFact, facts: Facts): FunctionFact[] {
  const found = new Set<FunctionFact>();
  if (fn.self) for (const method of methodsOf(fn.self.owner, facts)) found.add(method);
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) {
    for (const method of returnedBy(current, facts)) found.add(method);
  }
  return [...found].filter((method) => isTeardown(method.name, facts) && !endsOneOfMany(method) && !facts.summaries.reach(method).has(fn));
}

/** Whether a name is that of a function that ends what it belongs to. */
export function isTeardown(name: string, facts: Facts): boolean {
  return isTeardownName(name) || facts.settings.cleanupFunctions.includes(name);
}

/** Callers that are asked whether they run at the end only. */
const MAX_CALLERS = 4;

/** Whether a function runs only when its owner ends: a hidden one when all its callers do, another by its name. */
export function runsAtEnd(fn: FunctionFact, facts: Facts, depth = 0): boolean {
  if (fn.inline && fn.parent) return runsAtEnd(fn.parent, facts, depth);
  const callers = facts.functions.callersOf(fn);
  const isHidden = fn.method ? fn.method.member.isPrivate || fn.method.member.name.startsWith('_') : !fn.escapes;
  if (isHidden && callers.length > 0) return depth < MAX_CALLERS && callers.every((caller) => runsAtEnd(caller, facts, depth + 1));
  // [kClose]() is a close(), too.
  const name = fn.name.replace(/^\[k?(\w)(\w*)\]$/, (_, first: string, rest: string) => first.toLowerCase() + rest);
  return name !== '' && isTeardown(name, facts) && !endsOneOfMany(fn);
}

/** `kill(sessionId)` ends a session, not the object that has the method. */
export function endsOneOfMany(fn: FunctionFact): boolean {
  const [first] = isFunctionNode(fn.node) ? fn.node.params : [];
  if (first?.type !== 'Identifier' || first.optional) return false;
  const domain = keyDomain([first.name]);
  return domain === 'entity' || domain === 'identifier';
}

/** The methods of an owner, those of its super classes in this file included. */
export function methodsOf(owner: Owner, facts: Facts): FunctionFact[] {
  const methods: FunctionFact[] = [];
  const seen = new Set<Owner>();
  for (let current: Owner | undefined = owner; current && !seen.has(current); current = facts.owners.superOf(current)) {
    seen.add(current);
    for (const member of current.members.values()) {
      const method = member.fn && facts.functions.of(member.fn);
      if (method) methods.push(method);
    }
  }
  return methods;
}

/** What each factory of a file hands out; asked for once per file. */
const handedOut = new WeakMap<Facts, ReadonlyMap<FunctionFact, FunctionFact[]>>();

/** The functions in an object that a factory returns: `return { quotes, close() {} }`. */
function returnedBy(fn: FunctionFact, facts: Facts): readonly FunctionFact[] {
  let byFactory = handedOut.get(facts);
  if (!byFactory) handedOut.set(facts, (byFactory = collectHandedOut(facts)));
  return byFactory.get(fn) ?? [];
}

function collectHandedOut(facts: Facts): Map<FunctionFact, FunctionFact[]> {
  const byFactory = new Map<FunctionFact, FunctionFact[]>();
  for (const object of facts.tree.all('ObjectExpression')) {
    const named = object.properties.some((property) => property.type === 'Property' && isTeardown(keyName(property) ?? '', facts));
    if (!named || !isReturned(object, facts)) continue;
    const factory = facts.functions.around(object);
    const functions = object.properties.flatMap((property) => (property.type === 'Property' ? (facts.functions.valueOf(property.value) ?? []) : []));
    byFactory.set(factory, [...(byFactory.get(factory) ?? []), ...functions]);
  }
  return byFactory;
}

function isReturned(object: Node, facts: Facts): boolean {
  const destination = facts.places.destinationOf(object);
  if (destination.type === 'returned') return true;
  const variable = facts.owners.ofNode(object)?.variable;
  return variable?.references.some((reference) => !reference.isWrite() && facts.places.destinationOf(reference.identifier).type === 'returned') ?? false;
}
