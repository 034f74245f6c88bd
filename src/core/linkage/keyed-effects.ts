import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { runnersOf } from '../questions/keyed-runs.js';
import { declaringFunction, importOf } from '../scope/bindings.js';
import { isFunctionNode, keyName, type Node } from '../syntax/nodes.js';
import type { KeyedEffect } from './outline.js';

/** What the functions that others may call do, by a key that they are given, to collections that only their module holds. */
export function keyedEffects(facts: Facts, lineOf: (node: Node) => number): Record<string, KeyedEffect[]> {
  const found = Object.create(null) as Record<string, KeyedEffect[]>;
  const working = new Set(facts.operations.filter(({ kind, key, place }) => (kind === 'grow' || kind === 'shrink') && key && isOfModule(place)).map(({ fn }) => fn));
  if (working.size === 0) return found;
  // Who runs one that does, does too.
  for (const fn of working) for (const runner of runnersOf(fn, facts)) working.add(runner);
  for (const fn of facts.functions.all) {
    const shown = working.has(fn) && !fn.isConstructor ? facts.functions.shownAs(fn) : undefined;
    if (shown === undefined) continue;
    const keys = keysGivenTo(fn, facts);
    const effects = facts.summaries.of(fn).flatMap(({ operation: { kind, node }, place, key }) => {
      const given = key !== undefined && (kind === 'grow' || kind === 'shrink') && isOfModule(place) ? partOf(key, keys) : undefined;
      return given && place.root.type === 'variable' ? [{ does: kind as KeyedEffect['does'], collection: [place.root.variable.name, ...place.path].join('.'), ...given, line: lineOf(node) }] : [];
    });
    if (effects.length > 0) found[shown] = effects;
  }
  return found;
}

function isOfModule({ root, path }: Place): boolean {
  return root.type === 'variable' && declaringFunction(root.variable) === undefined && !importOf(root.variable) && !path.includes(ELEMENT);
}

interface Given {
  readonly argument: number;
  readonly path: readonly string[];
}

/** The texts by which a function knows its parameters as keys. */
function keysGivenTo({ node }: FunctionFact, facts: Facts): Map<string, Given> {
  const keys = new Map<string, Given>();
  const note = (name: Node, given: Given): void => {
    const text = name.type === 'Identifier' ? facts.summaries.keyText(name) : undefined;
    if (text !== undefined) keys.set(text, given);
  };
  if (!isFunctionNode(node)) return keys;
  for (const [argument, parameter] of node.params.entries()) {
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type !== 'ObjectPattern') { note(pattern, { argument, path: [] }); continue; }
    for (const property of pattern.properties) {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      if (property.type === 'Property' && name !== undefined) note(property.value.type === 'AssignmentPattern' ? property.value.left : property.value, { argument, path: [name] });
    }
  }
  return keys;
}

/** Which part of which argument a key is. */
function partOf(key: string, given: ReadonlyMap<string, Given>): Given | undefined {
  for (const [text, { argument, path }] of given) {
    if (key === text) return { argument, path };
    if (key.startsWith(`${text}.`)) return { argument, path: [...path, ...key.slice(text.length + 1).split('.')] };
  }
  return undefined;
}
