import type { TSESTree } from '@typescript-eslint/utils';
import { onlyValue, type Bindings } from '../scope/bindings.js';
import { memberName, unwrap, type Node } from './nodes.js';

/** What a member always holds, where the file shows that; `this.DELAY` of a class. */
export type ValueOfField = (member: TSESTree.MemberExpression) => Node | undefined;

/**
 * The number that an expression always is: literals, sums and products of them,
 * constants of this file, members of constant tables, and the fields that are
 * told to be constant. A property of an object made elsewhere
 * (`this.config.delay`) is not.
 */
export function constantNumber(node: Node | undefined, bindings: Bindings, valueOfField?: ValueOfField, depth = 0): number | undefined {
  if (!node || depth > 8) return undefined;
  const inner = unwrap(node);
  const numberOf = (part: Node | undefined): number | undefined => constantNumber(part, bindings, valueOfField, depth + 1);
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'number' ? inner.value : undefined;
    case 'UnaryExpression': {
      const value = numberOf(inner.argument);
      return value === undefined ? undefined : inner.operator === '-' ? -value : inner.operator === '+' ? value : undefined;
    }
    case 'BinaryExpression': {
      const left = numberOf(inner.left);
      const right = numberOf(inner.right);
      if (left === undefined || right === undefined) return undefined;
      return inner.operator === '*' ? left * right : inner.operator === '+' ? left + right : inner.operator === '-' ? left - right : inner.operator === '/' ? left / right : undefined;
    }
    case 'Identifier': {
      const variable = bindings.variableOf(inner);
      return numberOf(variable && onlyValue(variable));
    }
    case 'MemberExpression': {
      const object = unwrap(inner.object);
      const variable = object.type === 'Identifier' ? bindings.variableOf(object) : undefined;
      const table = variable && onlyValue(variable);
      if (table?.type !== 'ObjectExpression') return numberOf(valueOfField?.(inner));
      const name = memberName(inner);
      for (const property of table.properties) {
        if (property.type === 'Property' && !property.computed && property.key.type === 'Identifier' && property.key.name === name) return numberOf(property.value);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
