import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { hasReleasingName, isEntryEndName } from '../../src/core/kinds/releases.js';
import { resourceInValue } from '../../src/core/questions/growth-shape.js';
import { releasePaths } from '../../src/core/questions/release-paths.js';
import { contains, isFunctionNode, parseMethodCall, type FunctionNode } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { SweepHome } from './home.js';

/** What ends one entry: a function that is told its key, or a method of the entry itself. */
export interface Release {
  readonly name: string;
  /** How code of the home calls it, given the names of the key and of the entry: `this.endSession(sessionId)`. */
  readonly call: (key: string, entry: string) => string;
  /** What a function calls the key; undefined for a method of the entry. */
  readonly keyName: string | undefined;
  readonly isAsync: boolean;
  /** The function itself; undefined for a method of the entry. */
  readonly fact: FunctionFact | undefined;
}

const LETS_GO: ReadonlySet<string> = new Set(['shrink', 'empty', 'clear', 'end', 'invoke']);

/**
 * The fullest function that ends an entry: of those that are given a key and
 * delete its entry, the one that releases the most. Without one, an entry may be
 * deleted just so, unless it holds something that has to be ended.
 *
 * @param closesItself whether an entry takes itself out when its own `close()` is called
 */
export function findRelease(collection: Collection, home: SweepHome, closesItself: boolean, facts: Facts, writer: CodeWriter): { readonly fn: Release | undefined } | Refusal {
  const effects = facts.effectsOn(collection.place);
  const growth = effects.filter(({ operation }) => operation.kind === 'grow');
  const removals = effects.filter(({ operation }) => operation.kind === 'shrink');
  const kept = new Set(releasePaths(collection.place, removals, growth, facts).filter(({ trigger }) => trigger === 'same-key' || trigger === 'error').map(({ effect }) => effect.operation));
  const filling = new Set(growth.map(({ operation }) => operation.fn));
  const found = facts.functions.all.flatMap((fact): (Release & { readonly fact: FunctionFact; readonly weight: number })[] => {
    const { node, name } = fact;
    if (!isFunctionNode(node) || name === '' || filling.has(fact) || !(isEntryEndName(name) || hasReleasingName(name))) return [];
    const keyName = onlyNeededParameter(node);
    const access = keyName === undefined ? undefined : accessFrom(home, fact, facts);
    if (keyName === undefined || access === undefined || !deletesKey(fact, collection, kept, facts)) return [];
    return [{ name, call: (key) => `${access}(${key})`, keyName, isAsync: isAsync(node, facts, writer), fact, weight: facts.summaries.of(fact).filter(({ operation }) => LETS_GO.has(operation.kind)).length }];
  });
  const [fullest] = found.sort((left, right) => right.weight - left.weight || Number(facts.summaries.reach(right.fact).has(left.fact)) - Number(facts.summaries.reach(left.fact).has(right.fact)));
  if (fullest) return { fn: fullest };
  if (closesItself) return { fn: { name: 'close', call: (_, entry) => `${entry}.close()`, keyName: undefined, isAsync: true, fact: undefined } };
  const resource = heldResource(collection, growth, facts);
  return resource === undefined ? { fn: undefined } : { refused: `An entry of ${collection.name} holds something that has to be ended (${resource}), and no function of the file ends one by its key.` };
}

/** The name of the parameter that is the key: the first, if all others may be left out. */
function onlyNeededParameter({ params }: FunctionNode): string | undefined {
  const [first, ...others] = params;
  const mayBeLeftOut = others.every((parameter) => parameter.type === 'AssignmentPattern' || (parameter.type === 'Identifier' && parameter.optional));
  return first?.type === 'Identifier' && mayBeLeftOut ? first.name : undefined;
}

/** Whether a function deletes the entry of the key that it is given, itself or through what it calls. */
function deletesKey(fact: FunctionFact, collection: Collection, kept: ReadonlySet<Effect['operation']>, facts: Facts): boolean {
  const [first] = isFunctionNode(fact.node) ? fact.node.params : [];
  const key = facts.summaries.keyText(first);
  const place = facts.places.key(collection.place);
  return facts.summaries.of(fact).some((effect) => effect.operation.kind === 'shrink' && effect.key === key && !kept.has(effect.operation) && facts.places.key(facts.functions.fieldOf(effect.place)) === place);
}

function accessFrom(home: SweepHome, fact: FunctionFact, facts: Facts): string | undefined {
  if (home.type !== 'scope') return fact.method && fact.self?.isStatic === false && facts.owners.declaring(home.owner, fact.name) === fact.method.owner ? `this.${fact.name}` : undefined;
  if (fact.method || fact.parent === undefined) return undefined;
  const isVisible = fact.parent === home.fn || contains(fact.parent.node, home.fn.node);
  // A function that only its own expression names is none that others can call.
  const isNamed = fact.node.type === 'FunctionDeclaration' || fact.node.parent?.type === 'VariableDeclarator';
  return isVisible && isNamed && !fact.inline ? fact.name : undefined;
}

/** Whether a call has to be awaited. */
function isAsync(node: FunctionNode, facts: Facts, writer: CodeWriter): boolean {
  if (node.async) return true;
  if (node.returnType) return /^:\s*Promise\b/u.test(writer.textOf(node.returnType));
  return facts.tree.some(node.body, (part) => part.type === 'ReturnStatement' && part.argument !== null && /^(?:then|catch|finally)$/u.test(parseMethodCall(part.argument)?.method ?? ''), isFunctionNode);
}

/** What the file ends of an entry somewhere, or what its value is by its name. */
function heldResource(collection: Collection, growth: readonly Effect[], facts: Facts): string | undefined {
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  const isOfEntry = (key: string): boolean => key === entry || key.startsWith(`${entry}.`);
  const ended = facts.operations.find(({ kind, place }) => /^(?:end|clear|invoke)$/u.test(kind) && isOfEntry(facts.places.key(place)));
  return ended ? `${ended.how}()` : resourceInValue(growth, facts);
}
