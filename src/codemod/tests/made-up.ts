import type { TSESTree } from '@typescript-eslint/utils';
import { isFunctionNode } from '../../core/syntax/nodes.js';
import type { FunctionFact } from '../../core/facts/functions.js';
import { CYCLE } from './scenario.js';

/**
 * Arguments that a test can make up for a call: a text or number that differs
 * from cycle to cycle, a function that does nothing. Parameters that may be left
 * out are left out.
 *
 * @returns undefined if a parameter wants more than that
 */
export function madeUpArguments({ node }: FunctionFact): string[] | undefined {
  if (!isFunctionNode(node)) return [];
  const needed = node.params.slice(0, node.params.findLastIndex(isNeeded) + 1);
  const values = needed.map(valueFor);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function isNeeded(parameter: TSESTree.Parameter): boolean {
  if (parameter.type === 'TSParameterProperty') return isNeeded(parameter.parameter);
  return parameter.type !== 'AssignmentPattern' && parameter.type !== 'RestElement' && !(parameter.type === 'Identifier' && (parameter.optional || parameter.name === 'this'));
}

function valueFor(parameter: TSESTree.Parameter): string | undefined {
  if (!isNeeded(parameter)) return 'undefined';
  if (parameter.type !== 'Identifier') return undefined;
  const type = parameter.typeAnnotation?.typeAnnotation;
  return type ? valueOfType(type) : valueByName(parameter.name);
}

const TEXT = `\`key \${${CYCLE}}\``;

function valueOfType(type: TSESTree.TypeNode): string | undefined {
  switch (type.type) {
    case 'TSStringKeyword':
      return TEXT;
    case 'TSNumberKeyword':
      return CYCLE;
    case 'TSBooleanKeyword':
      return 'true';
    case 'TSFunctionType':
      return '() => undefined';
    case 'TSUnionType':
      return type.types.map(valueOfType).find((value) => value !== undefined);
    case 'TSUndefinedKeyword':
    case 'TSUnknownKeyword':
    case 'TSAnyKeyword':
      return 'undefined';
    default:
      return undefined;
  }
}

/** Where no type is written, only a name that says that it identifies something, or is called. */
function valueByName(name: string): string | undefined {
  if (/(?:^|[a-z_])(?:id|key|name|path|url|topic|channel)$/iu.test(name)) return TEXT;
  return /^(?:cb|callback|done|next|fn|handler|listener|on[A-Z]\w*)$/u.test(name) ? '() => undefined' : undefined;
}
