import { declaringFunction, onlyValue, type Variable } from '../scope/bindings.js';
import { isExported, type FunctionFact } from '../facts/functions.js';
import type { Facts } from '../facts/facts.js';
import type { Maker } from '../linkage/others.js';
import type { Owner } from '../facts/owners.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { hasPath, isFunctionNode, type Node } from '../syntax/nodes.js';

/**
 * How long a place lives: one call, as long as the functions that close over
 * it, as long as an object, an entry of a collection, or the process. Unsure
 * means `unknown`, which nobody reports.
 */
export type Lifetime = 'call' | 'closure' | 'entry' | 'instance' | 'process' | 'unknown';

export function lifetimeOf(place: Place, facts: Facts): Lifetime {
  const { root, path } = place;
  const store = facts.stores.of(place);
  if (store) return store.holder === 'component' ? 'instance' : 'process';
  if (path.slice(0, -1).includes(ELEMENT)) return lifetimeOf({ root, path: path.slice(0, path.indexOf(ELEMENT)) }, facts) === 'call' ? 'call' : 'entry';
  switch (root.type) {
    case 'global':
      return /^(?:window|globalThis|global|self)$/.test(root.name) && path.length > 0 ? 'process' : 'unknown';
    case 'module':
      return 'process';
    case 'owner':
      return root.isStatic ? 'process' : lifetimeOfOwner(root.owner, facts);
    case 'variable': {
      const fn = declaringFunction(root.variable);
      if (!fn) return 'process';
      const value = onlyValue(root.variable);
      if (value?.type === 'CallExpression' && hasPath(value.callee, /(?:^|\.)useRef$/)) return 'instance';
      return isCaptured(root.variable, facts) ? 'closure' : 'call';
    }
  }
}

/** Whether a function closes over a local variable and runs when the call that made it is over. */
function isCaptured(variable: Variable, facts: Facts): boolean {
  const home = facts.functions.of(declaringFunction(variable) as Node);
  // A component's body runs anew for each render, and so do the functions in it.
  if (!home || (/^(?:use[A-Z]|[A-Z])/.test(home.name) && !home.isConstructor && facts.tree.all('JSXElement').length > 0)) return false;
  const parts = new Set<FunctionFact>([home]);
  // The first one decides: a variable may have thousands of references.
  return variable.references.some(({ identifier }) => {
    const fn = facts.functions.around(identifier);
    if (parts.has(fn)) return false;
    parts.add(fn);
    return !isPartOf(fn, home, facts, new Set());
  });
}

function lifetimeOfOwner(owner: Owner, facts: Facts): Lifetime {
  if (owner.kind === 'object') {
    const fn = enclosing(owner.node, facts);
    if (fn === facts.functions.module) return 'process';
    return facts.functions.within(owner).some((method) => method.escapes) || facts.places.destinationOf(owner.node).type === 'returned' ? 'closure' : 'call';
  }
  const made = facts.functions.constructionsOf(owner);
  const shown = owner.variable && facts.exports.nameOf(owner.variable);
  if (shown !== undefined) {
    if (facts.others.ask('isMadeForGood', shown)) return 'process';
    if (made.every((node) => staysLocal(node, facts)) && (facts.others.ask('isMadeForCalls', shown) || (made.length > 0 && facts.others.ask('isMadeNowhere', shown)))) return 'call';
  }
  if (made.some((node) => enclosing(node, facts) === facts.functions.module)) return 'process';
  if (made.length > 0 && owner.variable && !isExported(owner.variable) && made.every((node) => staysLocal(node, facts))) return 'call';
  return 'instance';
}

/** Where other files make an object, keep it to themselves, and call none of some methods; empty unless that is so wherever it is made. */
export function makersWithout(owner: Owner, methods: readonly string[], facts: Facts): readonly Maker[] {
  const shown = owner.variable && facts.exports.nameOf(owner.variable);
  const made = shown === undefined ? [] : facts.others.ask('makers', shown);
  return made.some(({ calls }) => methods.some((method) => calls.includes(method))) ? [] : made;
}

/** Whether a new object never leaves the call that makes it: a local that nothing closes over, or a passing value. */
export function staysLocal(node: Node, facts: Facts): boolean {
  const destination = facts.places.destinationOf(node);
  if (destination.type !== 'place') return destination.type === 'used' || destination.type === 'dropped';
  if (destination.place.root.type !== 'variable' || destination.place.path.length > 0) return false;
  const { variable } = destination.place.root;
  if (lifetimeOf(destination.place, facts) !== 'call') return false;
  // Returned, stored or handed on: somebody else keeps it.
  return variable.references.every((reference) => {
    const use = facts.places.destinationOf(reference.identifier);
    return reference.isWrite() || use.type === 'used' || use.type === 'dropped';
  });
}

function enclosing(node: Node, facts: Facts): FunctionFact {
  return facts.functions.around(node);
}

/** Whether an effect on a place happens while the place's owner lives on, not while it is set up. */
export function happensAtRunTime(fn: FunctionFact, place: Place, facts: Facts): boolean {
  if (place.root.type === 'variable') {
    const homeNode = declaringFunction(place.root.variable);
    const home = homeNode && isFunctionNode(homeNode) ? facts.functions.of(homeNode) : undefined;
    if (home) return !isPartOf(fn, home, facts, new Set());
  }
  return !fn.triggers.areAmong('load', 'construct');
}

/** Whether a function runs only as a part of one run of `home`. */
function isPartOf(fn: FunctionFact, home: FunctionFact, facts: Facts, seen: Set<FunctionFact>): boolean {
  if (fn === home) return true;
  if (seen.has(fn)) return true;
  seen.add(fn);
  if (fn.inline && fn.parent) return isPartOf(fn.parent, home, facts, seen);
  if (fn.escapes || fn.registrations.length > 0) return false;
  const callers = facts.functions.callersOf(fn);
  return callers.length > 0 && callers.every((caller) => isPartOf(caller, home, facts, seen));
}
