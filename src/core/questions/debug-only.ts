import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { declaringFunction, isParameter, type Variable } from '../scope/bindings.js';
import type { Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';

const DEBUG = /^_?(?:is|do|has|enable|use)?_?debug(?:ging|_?mode|_?flag|_?enabled)?_?$/i;

/** The flag for debugging under which alone a collection grows: a constant of the module, which nobody sets in a normal run. */
export function findDebugFlag(growth: readonly Effect[], facts: Facts): Node | undefined {
  const flags = growth.map(({ operation }) => testsAround(operation.node, operation.fn.node).find((test) => isDebugFlag(test, facts)));
  return flags.every((flag) => flag !== undefined) ? flags[0] : undefined;
}

function isDebugFlag(test: Node, facts: Facts): boolean {
  if (test.type === 'LogicalExpression' && test.operator === '&&') return isDebugFlag(test.left, facts) || isDebugFlag(test.right, facts);
  const variable = test.type === 'Identifier' && DEBUG.test(test.name) ? facts.bindings.variableOf(test) : undefined;
  return variable !== undefined && isModuleConstant(variable);
}

function isModuleConstant(variable: Variable): boolean {
  return !isParameter(variable) && declaringFunction(variable) === undefined && variable.references.filter((reference) => reference.isWrite()).length <= 1;
}
