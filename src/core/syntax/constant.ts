import { onlyValue, type Bindings } from '../scope/bindings.js';
import { memberName, unwrap, type Node } from './nodes.js';

/**
 * The number that an expression always is: literals, sums and products of them,
 * constants of this file and members of constant tables. A property of an object
 * made elsewhere (`this.config.delay`) is not constant.
 */
export function constantNumber(node: Node | undefined, bindings: Bindings, depth = 0): number | undefined {
  if (!node || depth > 8) return undefined;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'number' ? inner.value : undefined;
    case 'UnaryExpression': {
      const value = constantNumber(inner.argument, bindings, depth + 1);
      return value === undefined ? undefined : inner.operator === '-' ? -value : inner.operator === '+' ? value : undefined;
    }
    case 'BinaryExpression': {
      const left = constantNumber(inner.left, bindings, depth + 1);
      const right = constantNumber(inner.right, bindings, depth + 1);
      if (left === undefined || right === undefined) return undefined;
      return inner.operator === '*' ? left * right : inner.operator === '+' ? left + right : inner.operator === '-' ? left - right : inner.operator === '/' ? left / right : undefined;
    }
    case 'Identifier': {
      const variable = bindings.variableOf(inner);
      const value = variable && onlyValue(variable);
      return value && constantNumber(value, bindings, depth + 1);
    }
    case 'MemberExpression': {
      const object = unwrap(inner.object);
      const variable = object.type === 'Identifier' ? bindings.variableOf(object) : undefined;
      const table = variable && onlyValue(variable);
      if (table?.type !== 'ObjectExpression') return undefined;
      const name = memberName(inner);
      for (const property of table.properties) {
        if (property.type === 'Property' && !property.computed && property.key.type === 'Identifier' && property.key.name === name) return constantNumber(property.value, bindings, depth + 1);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
