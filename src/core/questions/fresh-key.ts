import type { Facts } from '../facts/facts.js';
import type { Owner } from '../facts/owners.js';
import { isGeneratedId } from '../kinds/keys.js';
import { onlyValue } from '../scope/bindings.js';
import { hasPath, isFunctionNode, keyName, lastName, memberName, unwrap, type Node } from '../syntax/nodes.js';
import { lifetimeOf } from './lifetime.js';

/** Steps from a name to where its value comes from. */
const MAX_DEPTH = 6;

/** The places that a file counts up, by key; asked for once per file. */
const counters = new WeakMap<Facts, ReadonlySet<string>>();

/**
 * Whether an expression has another value each time it is evaluated: a counter,
 * a generator of ids, the clock. Whatever is stored under such a key is never
 * overwritten by a later one.
 */
export function isFreshKey(key: Node, facts: Facts, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const inner = unwrap(key);
  const again = (node: Node | null | undefined): boolean => node !== null && node !== undefined && isFreshKey(node, facts, depth + 1);
  switch (inner.type) {
    case 'UpdateExpression':
      return isCounter(inner.argument, facts);
    case 'TemplateLiteral':
      return inner.expressions.some(again);
    case 'BinaryExpression':
      return inner.operator === '+' && (again(inner.left) || again(inner.right));
    case 'Identifier': {
      const variable = facts.bindings.variableOf(inner);
      const value = variable && onlyValue(variable);
      return value ? again(value) : isCounter(inner, facts);
    }
    case 'MemberExpression': {
      const value = propertyValue(inner, facts, depth);
      return value ? again(value) : isCounter(inner, facts);
    }
    case 'AwaitExpression':
      return again(inner.argument);
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      const name = lastName(callee);
      if (name === 'toString' || name === 'String' || name === 'slice') return again(callee.type === 'MemberExpression' ? callee.object : inner.arguments[0]);
      if (hasPath(callee, /^(?:Date|performance)\.now$/)) return true;
      const value = returnedBy(callee, facts);
      return value ? again(value) : isGeneratedId(name, inner.arguments.length);
    }
    default:
      return false;
  }
}

/** The value of `request.id`, where `request` is an object literal, or what a function of the file makes of one. */
function propertyValue(member: Extract<Node, { type: 'MemberExpression' }>, facts: Facts, depth: number): Node | undefined {
  const name = memberName(member);
  const object = objectBehind(member.object, facts, depth);
  if (name === undefined || !object) return undefined;
  if (object.type === 'NewExpression') return constructorArgument(object, name, facts);
  for (const property of object.properties) if (property.type === 'Property' && keyName(property) === name) return property.value;
  return undefined;
}

/** `new Order(id)` gives its `id` on, where the constructor keeps that parameter under the name that is asked for. */
function constructorArgument(created: Extract<Node, { type: 'NewExpression' }>, name: string, facts: Facts): Node | undefined {
  const variable = created.callee.type === 'Identifier' ? facts.bindings.variableOf(created.callee) : undefined;
  const owner = variable && facts.owners.ofVariable(variable);
  const fn = owner && facts.functions.constructorOf(owner)?.node;
  if (!owner || !isFunctionNode(fn)) return undefined;
  const field = fieldBehind(owner, name, facts);
  const index = fn.params.findIndex((parameter) => {
    if (parameter.type === 'TSParameterProperty') return parameter.parameter.type === 'Identifier' && parameter.parameter.name === field;
    const given = parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined;
    return given?.references.some((reference) => {
      const use = facts.places.destinationOf(reference.identifier);
      return use.type === 'place' && use.place.root.type === 'owner' && use.place.root.owner === owner && use.place.path.join('.') === field;
    });
  });
  return index < 0 ? undefined : created.arguments[index];
}

/** The field that a getter gives: `get id() { return this._id; }`. */
function fieldBehind(owner: Owner, name: string, facts: Facts): string {
  const member = owner.members.get(name);
  if (member?.node.type !== 'MethodDefinition' || member.node.kind !== 'get' || !member.fn) return name;
  const value = returnedBy(member.fn, facts);
  const place = value && facts.places.resolve(value);
  return place?.root.type === 'owner' && place.root.owner === owner ? place.path.join('.') : name;
}

function objectBehind(node: Node, facts: Facts, depth: number): Extract<Node, { type: 'ObjectExpression' | 'NewExpression' }> | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inner = unwrap(node);
  if (inner.type === 'ObjectExpression' || inner.type === 'NewExpression') return inner;
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const value = variable ? onlyValue(variable) : inner.type === 'CallExpression' ? returnedBy(inner.callee, facts) : undefined;
  return value && objectBehind(value, facts, depth + 1);
}

/** What a function of the file returns, if it is one expression. */
function returnedBy(callee: Node, facts: Facts): Node | undefined {
  const fn = facts.functions.valueOf(callee)?.node;
  if (!isFunctionNode(fn)) return undefined;
  if (fn.body.type !== 'BlockStatement') return fn.body;
  const values: Node[] = [];
  facts.tree.some(fn.body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument) values.push(node.argument);
    return false;
  }, isFunctionNode);
  return values.length === 1 ? values[0] : undefined;
}

/** A number that outlives the call and is counted up without being compared with anything: it neither wraps nor ends. */
function isCounter(node: Node, facts: Facts): boolean {
  const place = facts.places.resolve(node);
  return place !== undefined && lifetimeOf(place, facts) !== 'call' && countersOf(facts).has(facts.places.key(place));
}

function countersOf(facts: Facts): ReadonlySet<string> {
  let found = counters.get(facts);
  if (!found) counters.set(facts, (found = collectCounters(facts)));
  return found;
}

function collectCounters(facts: Facts): Set<string> {
  const keyOf = (node: Node): string | undefined => {
    const inner = unwrap(node);
    const place = inner.type === 'Identifier' || inner.type === 'MemberExpression' ? facts.places.resolve(inner) : undefined;
    return place && facts.places.key(place);
  };
  const found = new Set<string>();
  for (const update of facts.tree.all('UpdateExpression')) {
    const key = update.operator === '++' ? keyOf(update.argument) : undefined;
    if (key !== undefined) found.add(key);
  }
  for (const assignment of facts.tree.all('AssignmentExpression')) {
    const key = assignment.operator === '+=' ? keyOf(assignment.left) : undefined;
    if (key !== undefined) found.add(key);
  }
  for (const assignment of facts.tree.all('AssignmentExpression')) {
    const wraps = facts.tree.some(assignment.right, (part) => part.type === 'BinaryExpression' && part.operator === '%');
    const key = wraps ? keyOf(assignment.left) : undefined;
    if (key !== undefined) found.delete(key);
  }
  // What is set to a number where it is counted up counts within one run.
  for (const update of facts.tree.all('UpdateExpression')) {
    const key = keyOf(update.argument);
    const home = facts.functions.around(update);
    if (key !== undefined && home !== facts.functions.module && facts.tree.some(home.node, (node) => node.type === 'AssignmentExpression' && node.operator === '=' && node.right.type === 'Literal' && keyOf(node.left) === key)) found.delete(key);
  }
  // A counter that is compared wraps around or has an end.
  for (const test of facts.tree.all('BinaryExpression')) {
    if (!/^(?:[<>]=?|[=!]==?|%)$/.test(test.operator)) continue;
    for (const side of [test.left, test.right]) {
      const key = keyOf(side);
      if (key !== undefined) found.delete(key);
    }
  }
  return found;
}
