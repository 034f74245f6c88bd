import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { onlyValue } from '../scope/bindings.js';
import { literalText, memberName, unwrap, type Node } from '../syntax/nodes.js';

/** Whether all keys come from a set that the program text limits: literals, enum members, classes, a modulus (BENIGN, C5). */
export function hasFiniteKeys(collection: Collection, growth: readonly Effect[], facts: Facts): boolean {
  const [keyType] = collection.typeArguments;
  if (keyType && isFiniteType(keyType, facts)) return true;
  if (collection.kind === 'array') return growth.every((effect) => effect.operation.key !== undefined && isModulo(effect.operation.key));
  return growth.length > 0 && growth.every((effect) => effect.operation.key !== undefined && isFiniteKey(effect.operation.key, facts));
}

/** Whether one key expression can only have values that the program text lists. */
export function isFiniteKey(key: Node, facts: Facts): boolean {
  const inner = unwrap(key);
  if (literalText(inner) !== undefined || isModulo(inner)) return true;
  switch (inner.type) {
    case 'UnaryExpression':
      return inner.operator === 'typeof' || inner.operator === '!';
    case 'LogicalExpression':
      return isFiniteKey(inner.left, facts) && isFiniteKey(inner.right, facts);
    case 'ConditionalExpression':
      return isFiniteKey(inner.consequent, facts) && isFiniteKey(inner.alternate, facts);
    case 'MemberExpression': {
      if (memberName(inner) === 'constructor') return true;
      const object = unwrap(inner.object);
      return object.type === 'Identifier' && !inner.computed && isEnumLike(object, facts);
    }
    case 'Identifier': {
      const variable = facts.bindings.variableOf(inner);
      const definition = variable?.defs[0];
      const annotation = (definition?.name as TSESTree.Identifier | undefined)?.typeAnnotation?.typeAnnotation;
      if (annotation) return isFiniteType(annotation, facts);
      const value = variable && onlyValue(variable);
      return value !== undefined && isFiniteKey(value, facts);
    }
    default:
      return false;
  }
}

/** `Kind.A`: a member of an enum, or of something written like one. */
function isEnumLike(object: TSESTree.Identifier, facts: Facts): boolean {
  const variable = facts.bindings.variableOf(object);
  const node = variable?.defs[0]?.node as Node | undefined;
  if (node?.type === 'TSEnumDeclaration') return true;
  return /^[A-Z]/.test(object.name) && node?.type !== 'ClassDeclaration';
}

function isModulo(key: Node): boolean {
  const inner = unwrap(key);
  return inner.type === 'BinaryExpression' && (inner.operator === '%' || inner.operator === '&');
}

function isFiniteType(type: TSESTree.TypeNode, facts: Facts): boolean {
  switch (type.type) {
    case 'TSLiteralType':
    case 'TSBooleanKeyword':
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
      return true;
    case 'TSUnionType':
      return type.types.every((member) => isFiniteType(member, facts));
    case 'TSTypeOperator':
      return type.operator === 'keyof';
    case 'TSTypeReference': {
      if (type.typeName.type !== 'Identifier') return false;
      const { name } = type.typeName;
      if (/^(?:Constructor|Type|Newable|ClassConstructor|Class)$/.test(name)) return true;
      const alias = facts.tree.all('TSTypeAliasDeclaration').find((node) => node.id.name === name);
      if (alias) return alias.typeAnnotation !== type && isFiniteType(alias.typeAnnotation, facts);
      return facts.tree.all('TSEnumDeclaration').some((node) => node.id.name === name);
    }
    default:
      return false;
  }
}
