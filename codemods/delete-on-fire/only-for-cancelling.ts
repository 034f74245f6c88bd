import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { isExported } from '../../src/core/facts/functions.js';
import { timerCallee } from '../../src/core/facts/timer-names.js';
import { contains, isFunctionNode, isNothing, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';

/**
 * Whether a collection serves nothing but the cancelling of its timers, and no
 * other file sees it: then nobody can tell whether the entry of a timer that has
 * ended is still there. Unsure means no.
 */
export function isOnlyForCancelling(collection: Collection, facts: Facts): boolean {
  return isHidden(collection, facts) && mentionsOf(collection, facts).every((mention) => contains(collection.declaration, mention) || isCancelling(mention, facts));
}

/** Every expression of the file that names a collection. */
export function mentionsOf({ place }: Collection, facts: Facts): Node[] {
  const key = facts.places.key(place);
  const names = (node: Node): boolean => {
    const found = facts.places.resolve(node);
    return found !== undefined && facts.places.key(found) === key;
  };
  const members = facts.tree.all('MemberExpression').filter(names);
  const parts = new Set(members.flatMap((member) => [member.object, member.property]));
  return [...members, ...facts.tree.all('Identifier').filter((node) => !parts.has(node) && facts.bindings.variableOf(node) !== undefined && names(node))];
}

/** Whether a mention only puts a timer in, takes one out, or finds one to clear it. */
export function isCancelling(mention: Node, facts: Facts): boolean {
  const parent = parentOf(mention);
  if (parent?.type === 'AssignmentExpression') return unwrap(parent.left) === mention && isStatement(parent);
  if (parent?.type === 'ForOfStatement') return isUsedForCancelling(mention, facts);
  if (parent?.type === 'CallExpression') return isValuesOf(parent) && isUsedForCancelling(parent, facts);
  if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== mention) return false;
  const around = parentOf(parent);
  if (parent.computed) {
    if (around?.type === 'AssignmentExpression' && unwrap(around.left) === parent) return isStatement(around);
    if (around?.type === 'UnaryExpression' && around.operator === 'delete') return isStatement(around);
    return isUsedForCancelling(parent, facts);
  }
  const call = around?.type === 'CallExpression' && unwrap(around.callee) === parent ? around : undefined;
  const method = call && parseMethodCall(call);
  if (!call || !method) return false;
  if (/^(?:set|add|delete|clear|push)$/u.test(method.method)) return isStatement(call);
  if (method.method === 'forEach') return method.args.length === 1 && isClearing(method.args[0], facts);
  return /^(?:get|has|values)$/u.test(method.method) && isUsedForCancelling(call, facts);
}

/** What was found is given to a clear function, asked for before that, or kept in a constant that is. */
function isUsedForCancelling(found: Node, facts: Facts): boolean {
  const node = wrapped(found);
  const parent = node.parent;
  switch (parent?.type) {
    case 'CallExpression':
      return timerCallee(parent.callee, facts.timerNames)?.role === 'release' && parent.arguments[0] === node;
    case 'MemberExpression':
      // watches.get(path)?.timer
      return parent.object === node && !parent.computed && isUsedForCancelling(parent, facts);
    case 'BinaryExpression':
      return isNothing(unwrap(parent.right)) && isTest(parent, facts);
    case 'IfStatement':
      return isTest(node, facts);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && parent.parent.kind === 'const' && isVariableForCancelling(parent.id, facts);
    case 'ForOfStatement': {
      const left = parent.left.type === 'VariableDeclaration' ? parent.left.declarations[0].id : undefined;
      return parent.right === node && left?.type === 'Identifier' && isVariableForCancelling(left, facts);
    }
    default:
      return false;
  }
}

function isVariableForCancelling(identifier: Node, facts: Facts): boolean {
  const variable = facts.bindings.variableOf(identifier);
  return variable?.references.every((reference) => reference.init === true || reference.identifier === identifier || reference.isWrite() || isUsedForCancelling(reference.identifier, facts)) ?? false;
}

/** The test of an `if` under which nothing but a clear and a removal stands. */
function isTest(node: Node, facts: Facts): boolean {
  const statement = wrapped(node).parent;
  return statement?.type === 'IfStatement' && statement.test === wrapped(node) && !statement.alternate && onlyCancels(statement.consequent, facts);
}

function onlyCancels(statement: Node, facts: Facts): boolean {
  if (statement.type === 'BlockStatement') return statement.body.every((inner) => onlyCancels(inner, facts));
  if (statement.type !== 'ExpressionStatement') return false;
  const expression = unwrap(statement.expression);
  if (expression.type === 'UnaryExpression') return expression.operator === 'delete';
  if (expression.type !== 'CallExpression') return false;
  return timerCallee(expression.callee, facts.timerNames)?.role === 'release' || parseMethodCall(expression)?.method === 'delete';
}

/** `clearTimeout`, `(timer) => clearTimeout(timer)`. */
function isClearing(callback: Node | undefined, facts: Facts): boolean {
  if (!callback) return false;
  const inner = unwrap(callback);
  if (!isFunctionNode(inner)) return timerCallee(inner, facts.timerNames)?.role === 'release';
  const [parameter, ...others] = inner.params;
  return parameter?.type === 'Identifier' && others.length === 0 && isVariableForCancelling(parameter, facts);
}

/** `Object.values(timers)`. */
function isValuesOf(call: Extract<Node, { type: 'CallExpression' }>): boolean {
  const method = parseMethodCall(call);
  const object = method && unwrap(method.object);
  return method?.method === 'values' && object?.type === 'Identifier' && object.name === 'Object';
}

function isStatement(expression: Node): boolean {
  return wrapped(expression).parent?.type === 'ExpressionStatement';
}

/** Whether no other file can name a collection: a private field, or a variable that is not exported. */
function isHidden({ place }: Collection, facts: Facts): boolean {
  const { root, path } = place;
  const [name] = path;
  if (root.type === 'variable') return path.length === 0 && !isExported(root.variable);
  if (root.type !== 'owner' || name === undefined || path.length > 1) return false;
  const member = facts.owners.member(root.owner, name);
  const isProtected = member && 'accessibility' in member.node && member.node.accessibility === 'protected';
  return member?.isPrivate === true && isProtected !== true;
}
