import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { memberName, parentOf, pathText, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { addImport, importedAs } from '../../src/codemod/writing/imports.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import { declareLimit } from './limit.js';

const PACKAGE = 'lru-cache';
const CLASS = 'LRUCache';
/** What a Map and an `LRUCache` do in the same way. */
const SHARED_METHODS = /^(?:get|set|has|delete|clear)$/u;
/** Types that may hold nothing, for which `LRUCache` has no place. */
const MAY_BE_NOTHING = new Set(['TSUndefinedKeyword', 'TSNullKeyword', 'TSUnknownKeyword', 'TSVoidKeyword', 'TSNeverKeyword']);

/** Makes a Map an `LRUCache` of a number of entries, where code of this file alone uses it, and by nothing that the two do differently. */
export function planLruCache(collection: Collection, limit: string, count: number, facts: Facts): Plan {
  const { name, init, annotation } = collection;
  const made = unwrap(init);
  if (made.type !== 'NewExpression' || pathText(made.callee) !== 'Map') return { refused: `${name} is not made by new Map().` };
  if (made.arguments.length > 0) return { refused: `${name} starts with entries, which lru-cache cannot be given.` };
  const why = findOtherUse(collection, facts) ?? findOtherType(collection, made, facts);
  if (why !== undefined) return { refused: why };

  const writer = new CodeWriter(facts.model, facts.tree);
  const local = importClass(writer, facts);
  if (typeof local !== 'string') return local;
  if (!declareLimit(limit, count, collection, writer, facts)) return { refused: `There is no place to declare ${limit}.` };
  if (annotation?.type === 'TSTypeReference') writer.replace({ start: annotation.typeName.range[0], end: annotation.typeName.range[1] }, local);
  const types = made.typeArguments ? writer.textOf(made.typeArguments) : '';
  writer.replace({ start: made.range[0], end: made.range[1] }, `new ${local}${types}({ max: ${limit} })`);
  return { edits: writer.edits, safety: 'review', notes: [] };
}

/** Where the Map is used by other code, or by something that an `LRUCache` does not do, or in another order. Answers one sentence. */
function findOtherUse(collection: Collection, facts: Facts): string | undefined {
  const { name, place: { root, path } } = collection;
  if (root.type === 'variable' && path.length === 0) {
    if (facts.exports.nameOf(root.variable) !== undefined) return `Other files can reach ${name}, and may do with it what lru-cache does not do.`;
    return firstObjection(root.variable.references.map(({ identifier }) => identifier), collection, facts);
  }
  if (root.type !== 'owner' || path.length !== 1) return `${name} is kept where other code can reach it.`;
  const field = facts.owners.member(root.owner, name)?.node;
  const isPrivate = name.startsWith('#') || (field?.type === 'PropertyDefinition' && field.accessibility === 'private');
  if (!isPrivate) return `Other code can reach ${name}, and may do with it what lru-cache does not do.`;
  const taken = facts.tree.all('Property').filter(({ parent, key }) => parent.type === 'ObjectPattern' && key.type === 'Identifier' && key.name === name);
  return firstObjection([...facts.tree.all('MemberExpression').filter((node) => memberName(node) === name), ...taken], collection, facts);
}

function firstObjection(mentions: readonly Node[], collection: Collection, facts: Facts): string | undefined {
  for (const mention of mentions) {
    const why = objectionTo(mention, collection, facts);
    if (why !== undefined) return why;
  }
  return undefined;
}

function objectionTo(mention: Node, { name, init, declaration }: Collection, facts: Facts): string | undefined {
  const parent = parentOf(wrapped(mention));
  if (parent?.type === 'VariableDeclarator' && parent === declaration && parent.id === mention) return undefined;
  if (parent?.type === 'AssignmentExpression' && parent.left === mention && unwrap(parent.right) === unwrap(init)) return undefined;
  const member = parent?.type === 'MemberExpression' && unwrap(parent.object) === mention ? parent : undefined;
  const method = member && memberName(member);
  const isCalled = member && isCallee(member);
  if (method === 'size' && !isCalled) return undefined;
  if (method !== undefined && isCalled && SHARED_METHODS.test(method)) return undefined;
  if (method !== undefined) return `The file uses ${name}.${method}, which lru-cache answers in another order, or not at all.`;
  const line = facts.model.text.slice(0, mention.range[0]).split('\n').length;
  return `${name} is used as a whole in line ${line}, where an order or a method may count that lru-cache does not have.`;
}

function isCallee(member: Node): boolean {
  const call = parentOf(wrapped(member));
  return call?.type === 'CallExpression' && unwrap(call.callee) === member;
}

/** Whether the written types are those of a Map whose keys and values are something. Answers one sentence. */
function findOtherType({ name, annotation, typeArguments, init, declaration }: Collection, made: Node, facts: Facts): string | undefined {
  if (init !== made || (made.parent?.type ?? '').startsWith("TS")) return `The type of ${name} is asserted, and not declared.`;
  if (annotation && !(annotation.type === 'TSTypeReference' && pathText(annotation.typeName) === 'Map')) return `The type of ${name} is ${facts.model.text.slice(...annotation.range)}, and not a plain Map.`;
  const statement = declaration.type === 'VariableDeclarator' ? declaration.parent : declaration;
  const { start } = spanWithComments(statement.parent?.type === 'ExportNamedDeclaration' ? statement.parent : statement, facts.model);
  if (/@type\b/u.test(facts.model.text.slice(start, statement.range[0]))) return `The type of ${name} stands in a comment.`;
  const unfit = typeArguments.find((type) => mayBeNothing(type, facts));
  return unfit && `By its type (${facts.model.text.slice(...unfit.range)}), an entry of ${name} may be nothing, which lru-cache does not keep.`;
}

/** Whether a type has, or may have, a value that is `undefined` or `null`. Of types of other files the type check knows more. */
function mayBeNothing(type: TSESTree.TypeNode, facts: Facts): boolean {
  if (MAY_BE_NOTHING.has(type.type)) return true;
  if (type.type === 'TSUnionType') return type.types.some((one) => mayBeNothing(one, facts));
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  const isParameter = facts.tree.all('TSTypeParameter').some((parameter) => parameter.name.name === name);
  const alias = facts.tree.all('TSTypeAliasDeclaration').find((declared) => declared.id.name === name);
  return isParameter || (alias !== undefined && alias.typeAnnotation !== type && alias.typeAnnotation.type === 'TSUnionType' && alias.typeAnnotation.types.some((one) => MAY_BE_NOTHING.has(one.type)));
}

/** The name that the class has in the file; it is imported where it has none. */
function importClass(writer: CodeWriter, facts: Facts): string | Refusal {
  const known = importedAs(CLASS, PACKAGE, facts);
  if (known !== undefined) return known;
  const isTaken = facts.model.scopes.scopes.some((scope) => scope.variables.some((variable) => variable.name === CLASS) || scope.references.some(({ identifier }) => identifier.name === CLASS));
  if (isTaken) return { refused: `${CLASS} is something else in this file.` };
  return addImport(CLASS, PACKAGE, writer, facts) ? CLASS : { refused: 'Nothing shows how this file imports.' };
}
