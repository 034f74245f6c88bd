import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { isMemo, resourceInValue } from '../../src/core/questions/growth-shape.js';
import { declaratorOf } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parseMethodCall, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';

/** Names of lists of what has been: nothing waits for an entry. */
const PAST = /(?:histor(?:y|ies)|logs?|errors?|warnings|events|messages|records|samples|metrics|traces?|snapshots|stats|lines|results|notifications|notices|toasts|breadcrumbs|timeline|transcript|conversation|turns|activit(?:y|ies)|points|readings|values|times(?:tamps)?|durations|latenc(?:y|ies)|reports|changes|failures|alerts|attempts|visits|searches|measurements|audit|trail|recent|outcomes)$/iu;
/** Names of Maps and Sets whose entries can be had again, or only say that something was seen. */
const CACHE = /(?:cache[ds]?|memo|histor(?:y|ies))$|^(?:cached|seen|recent|visited|processed|handled|probed|parsed|highlighted|computed|checked|already)/iu;
/** Names of what is still to be done or to be told. */
const STILL_NEEDED = /listener|handler|callback|subscri|observer|hook|queue|pending|waiting|waiter|dispos|cleanup|jobs?$|tasks?$|socket|connection|client|timer|interval|worker|unsent|outbox|backlog/iu;

/** Names of what is held open, in a cache as well as elsewhere. */
const HELD_OPEN = /socket|connection|client|worker|timer|interval|process|browser|stream|watcher|server|agent(?!t)/iu;

/** Why the oldest entries of a collection may still be needed, as one sentence; undefined if they are records of the past, or can be had again. */
export function findOtherUse(collection: Collection, growth: readonly Effect[], facts: Facts): string | undefined {
  const { kind, place, name } = collection;
  const bare = name.replace(/^[#_$]+/u, '');
  const resource = resourceInValue(growth, facts);
  if (resource !== undefined) return `Entries of ${name} hold a ${resource}, and no function of this file lets one of them go.`;
  const element = { root: place.root, path: [...place.path, ELEMENT] };
  const use = facts.effectsOn(element).find(({ operation }) => /^(?:end|invoke|clear)$/u.test(operation.kind));
  if (use || growth.some(({ operation }) => holdsCode(operation.value, facts))) return `Entries of ${name} are called or ended later, so none may be dropped.`;
  const isPast = kind === 'array' ? PAST.test(bare) : CACHE.test(bare);
  if (STILL_NEEDED.test(bare) && !isPast) return `By its name, ${name} holds what is still needed.`;
  if (kind !== 'array') return findLossOfEntry(collection, growth, isPast, facts);
  const whole = findPuttingTogether(collection, facts);
  if (whole) return `The entries of ${name} are put together to one whole.`;
  return isPast || growth.every(({ operation }) => isRecord(operation.value)) ? undefined : `Nothing shows that entries of ${name} are only records of what has been.`;
}

/** Whether a value is a function, or one by its name. */
function holdsCode(value: Node | undefined, facts: Facts): boolean {
  const inner = value && unwrap(value);
  return inner !== undefined && (isFunctionNode(inner) || facts.functions.valueOf(inner) !== undefined || /(?:listener|handler|callback|resolve|reject|^cb|^fn|observer|subscriber)$/iu.test(pathText(inner)?.split('.').at(-1) ?? ''));
}

/** What is made where it is put in, of plain data. */
function isRecord(value: Node | undefined): boolean {
  const inner = value && unwrap(value);
  if (inner?.type === 'ObjectExpression') return inner.properties.every((property) => property.type === 'Property' && !isFunctionNode(property.value));
  return inner?.type === 'Literal' || inner?.type === 'TemplateLiteral';
}

/** Why an entry of a Map or Set must not be gone when it is asked for. */
function findLossOfEntry({ kind, place, name }: Collection, growth: readonly Effect[], isPast: boolean, facts: Facts): string | undefined {
  if (HELD_OPEN.test(name)) return `By its name, ${name} holds what has to be closed when it is forgotten.`;
  const isAgain = isPast || (kind === 'map' && isMemo(place, growth, facts) && growth.every(({ operation }) => isComputed(operation.value, facts)));
  if (!isAgain) return `Nothing shows that an entry of ${name} can be had again once it is forgotten.`;
  const taken = facts.tree.all('CallExpression').find((node) => isTakenForGranted(node, place, facts));
  return taken && `${facts.model.text.slice(...taken.range).replace(/\s+/gu, ' ')} is read without asking whether it is still there.`;
}

/** Whether a value is what a call gives: it is computed again once it is forgotten, while an object that is filled bit by bit is not. */
function isComputed(value: Node | undefined, facts: Facts): boolean {
  const inner = value && unwrap(value);
  if (inner?.type === 'CallExpression') return parseMethodCall(inner)?.method !== 'get';
  if (inner?.type === 'AwaitExpression') return true;
  const variable = inner?.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const declarator = variable && declaratorOf(variable);
  return declarator?.init !== undefined && declarator.init !== null && declarator.parent.kind === 'const' && unwrap(declarator.init).type !== 'Identifier' && isComputed(declarator.init, facts);
}

/** `cache.get(key).size`, `cache.get(key)!`. */
function isTakenForGranted(node: Node, place: Collection['place'], facts: Facts): boolean {
  const call = parseMethodCall(node);
  const found = call?.method === 'get' ? facts.places.resolve(call.object) : undefined;
  if (!found || facts.places.key(facts.functions.fieldOf(found)) !== facts.places.key(facts.functions.fieldOf(place))) return false;
  return node.parent?.type === 'TSNonNullExpression' || (node.parent?.type === 'MemberExpression' && node.parent.object === node && !node.parent.optional);
}

/** `chunks.join('')`, `Buffer.concat(chunks)`. */
function findPuttingTogether({ place }: Collection, facts: Facts): Node | undefined {
  const key = facts.places.key(facts.functions.fieldOf(place));
  const isIt = (node: Node | undefined): boolean => {
    const found = node && facts.places.resolve(node);
    return found !== undefined && facts.places.key(facts.functions.fieldOf(found)) === key;
  };
  return facts.tree.all('CallExpression').find((node) => {
    const call = parseMethodCall(node);
    if (call?.method === 'concat' && pathText(call.object) === 'Buffer') return isIt(call.args[0]);
    const [separator] = call?.args ?? [];
    return call?.method === 'join' && separator?.type === 'Literal' && separator.value === '' && isIt(call.object);
  });
}
