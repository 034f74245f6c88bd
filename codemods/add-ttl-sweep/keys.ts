import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { isFunctionNode, parseMethodCall, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { isRepeatable } from '../track-timers/key.js';

export interface Keys {
  /** A name for a key, as growth calls it. */
  readonly name: string;
  /** Its type as written; undefined in JavaScript. */
  readonly type: string | undefined;
}

/** What the keys of a collection are called, and their type; refuses where types are written, and this one is not. */
export function parseKeys(collection: Collection, growth: readonly Effect[], facts: Facts, writer: CodeWriter): Keys | Refusal {
  const name = growth.map(({ operation }) => operation.key && unwrap(operation.key)).find((key) => key?.type === 'Identifier');
  const keys = { name: name?.type === 'Identifier' && name.name !== collection.name && !/^(?:this|undefined)$/u.test(name.name) && !isConstant(name, facts) ? name.name : 'key' };
  if (!writer.style.typed) return { ...keys, type: undefined };
  const [type] = collection.typeArguments;
  if (!type || type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword') return { refused: `The type of the keys of ${collection.name} is not written, so nothing can be said of when each was used.` };
  if (collection.kind === 'dictionary' && type.type !== 'TSStringKeyword') return { refused: `${collection.name} is an object with keys that are no plain strings, which come out of it as other values than they went in.` };
  return { ...keys, type: writer.textOf(type) };
}

function isConstant(key: Node, facts: Facts): boolean {
  const variable = facts.bindings.variableOf(key);
  return variable?.scope.type === 'module' || variable?.scope.type === 'global';
}

/** Methods of texts and numbers that change nothing. */
const PURE = /^(?:toLowerCase|toUpperCase|trim|toString|slice|normalize|padStart)$/u;

/** Whether a key may be written twice: evaluating it again gives the same and does nothing else. */
export function mayBeRepeated(key: Node, facts: Facts): boolean {
  const node = unwrap(key);
  if (isRepeatable(node)) return true;
  if (node.type === 'TemplateLiteral') return node.expressions.every((part) => mayBeRepeated(part, facts));
  if (node.type === 'BinaryExpression') return node.left.type !== 'PrivateIdentifier' && mayBeRepeated(node.left, facts) && mayBeRepeated(node.right, facts);
  if (node.type === 'LogicalExpression') return mayBeRepeated(node.left, facts) && mayBeRepeated(node.right, facts);
  if (node.type !== 'CallExpression' || !node.arguments.every((argument) => argument.type !== 'SpreadElement' && mayBeRepeated(argument, facts))) return false;
  const method = parseMethodCall(node);
  if (method && PURE.test(method.method)) return mayBeRepeated(method.object, facts);
  if (pathText(node.callee) === 'String') return true;
  const fn = facts.functions.valueOf(node.callee);
  if (!fn || !isFunctionNode(fn.node) || fn.node.async || fn.node.generator || facts.summaries.of(fn).length > 0 || facts.summaries.reach(fn).size > 1) return false;
  // A function of this file that only puts a text together.
  return !facts.tree.some(fn.node.body, (part) => /^(?:NewExpression|UpdateExpression|AssignmentExpression|AwaitExpression)$/u.test(part.type) || (part.type === 'CallExpression' && !PURE.test(parseMethodCall(part)?.method ?? '') && pathText(part.callee) !== 'String'));
}
