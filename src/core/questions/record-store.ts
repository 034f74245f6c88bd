import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Effect } from '../facts/summaries.js';
import { keyDomain } from '../kinds/keys.js';
import { declaringFunction, isParameter, onlyValue, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, isMethodCall, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { isFreshKey } from './fresh-key.js';
import { resourceInValue } from './growth-shape.js';

/** Words of what is under way and comes to an end: an entry of such a name is no record. */
const UNDER_WAY = /^(?:pending|active|open|live|running|current|inflight|in|waiting|temp|temporary|cache|cached|queue|queued|controller|abort|listener|timer|lock|registry)$/;
/** Properties by which an entry is to go some day. */
const DATED = /expir|ttl|last_?(?:seen|used|access|activ)|timeout|deadline/i;
const MUTATES = /^(?:push|unshift|splice|pop|shift|sort|set|add|delete|clear)$/;

/**
 * Where a Map of a module is the data store of a program: one function makes a
 * record under an id made there and gives it back, and others look it up by the
 * id that they are given, and change or list it. Its entries are its purpose.
 * What a name says is under way, or what holds a resource, is no such record.
 */
export function findRecordUpdate(collection: Collection, growth: readonly Effect[], facts: Facts): Node | undefined {
  const { place, kind, name } = collection;
  if (kind !== 'map' || place.root.type !== 'variable' || place.path.length > 0 || declaringFunction(place.root.variable)) return undefined;
  const creations = growth.filter(({ operation }) => operation.key && isFreshKey(operation.key, facts));
  if (creations.length === 0 || resourceInValue(growth, facts) || wordsOf(name).some(isUnderWay)) return undefined;
  if (!creations.every(({ operation }) => operation.value && givesBackRecord(operation.value, operation.key, operation.fn, facts))) return undefined;
  const creators = new Set(creations.map(({ operation }) => operation.fn));
  const uses = facts.tree.all('CallExpression').filter((call) => isCallOn(call, place.root.type === 'variable' ? place.root.variable : undefined, facts) && !creators.has(facts.functions.around(call)));
  const lookUps = uses.filter((call) => parseMethodCall(call)?.method === 'get' && isGivenKey(call.arguments[0], facts));
  if (lookUps.length === 0) return undefined;
  return lookUps.find((call) => changesWhatItFinds(call, facts)) ?? uses.find((call) => isMethodCall(call, /^(?:values|entries|forEach)$/));
}

/** `todoLists` → `todo`, `list`. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/).filter(Boolean).map((word) => word.toLowerCase().replace(/(?<=[^s])s$/, ''));
}

function isUnderWay(word: string): boolean {
  return UNDER_WAY.test(word) || keyDomain([word]) === 'entity';
}

/** Whether a value is an object of plain data, and its function returns it, or its id. */
function givesBackRecord(value: Node, key: Node | undefined, fn: FunctionFact, facts: Facts): boolean {
  const inner = unwrap(value);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const object = variable ? onlyValue(variable) : inner;
  const record = object && unwrap(object);
  if (record?.type !== 'ObjectExpression' || facts.tree.some(record, (node) => isFunctionNode(node) || (node.type === 'Property' && node.key.type === 'Identifier' && DATED.test(node.key.name)))) return false;
  const id = key && unwrap(key);
  const names = [variable, id?.type === 'Identifier' ? facts.bindings.variableOf(id) : undefined].filter((one) => one !== undefined);
  return facts.tree.all('ReturnStatement').some((statement) => statement.argument && facts.functions.around(statement) === fn
    && facts.tree.some(statement.argument, (node) => node.type === 'Identifier' && names.includes(facts.bindings.variableOf(node) as Variable)));
}

function isCallOn(call: Node, variable: Variable | undefined, facts: Facts): boolean {
  const object = parseMethodCall(call)?.object;
  const inner = object && unwrap(object);
  return variable !== undefined && inner?.type === 'Identifier' && facts.bindings.variableOf(inner) === variable;
}

/** Whether a key comes in as a parameter, or in one. */
function isGivenKey(key: Node | undefined, facts: Facts): boolean {
  let root = key && unwrap(key);
  while (root?.type === 'MemberExpression') root = unwrap(root.object);
  const variable = root?.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
  return variable !== undefined && isParameter(variable);
}

/** `const list = lists.get(id); … list.items.push(item); list.name = name`: what is found is changed in place. */
function changesWhatItFinds(call: Node, facts: Facts): boolean {
  const declarator = facts.tree.all('VariableDeclarator').find(({ init }) => init && unwrap(init) === call);
  const variable = declarator?.id.type === 'Identifier' ? facts.bindings.variableOf(declarator.id) : undefined;
  const home = facts.functions.around(call).node;
  return variable !== undefined && facts.tree.some(home, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'CallExpression' && isMethodCall(node, MUTATES) ? node.callee : undefined;
    return target?.type === 'MemberExpression' && contains(home, target) && isWithin(target, variable, facts);
  });
}

function isWithin(member: Node, variable: Variable, facts: Facts): boolean {
  let root = unwrap(member);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  return root.type === 'Identifier' && facts.bindings.variableOf(root) === variable;
}
