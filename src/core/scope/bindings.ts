import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { addTo } from '../multimap.js';
import type { SourceModel } from '../source-model.js';
import { isClassNode, isFunctionNode, memberName, unwrap, type Node } from '../syntax/nodes.js';

export type Variable = Scope.Variable;

/** Which variable an identifier means, and what is known of its value. */
export class Bindings {
  readonly #byIdentifier = new Map<Node, Variable>();
  readonly #ids = new Map<Variable, number>();
  readonly #classNames = new Map<Node, Variable[]>();

  constructor(model: SourceModel) {
    for (const scope of model.scopes.scopes) {
      for (const reference of scope.references) if (reference.resolved) this.#byIdentifier.set(reference.identifier, reference.resolved);
      for (const variable of scope.variables) {
        const owner = variable.defs[0]?.node as Node | undefined;
        if (isClassNode(owner)) addTo<Node, Variable>(this.#classNames, owner, variable);
        for (const identifier of variable.identifiers) this.#byIdentifier.set(identifier, variable);
      }
    }
  }

  /** The variable that an identifier names, or undefined if nothing in the file declares it: a global. */
  variableOf(identifier: Node): Variable | undefined {
    const variable = this.#byIdentifier.get(identifier);
    // A linter may know globals as variables without a definition.
    return variable && variable.defs.length > 0 ? variable : undefined;
  }

  /** A number that stands for the variable, stable within one analysis. */
  idOf(variable: Variable): number {
    let id = this.#ids.get(variable);
    if (id === undefined) this.#ids.set(variable, (id = this.#ids.size));
    return id;
  }

  /** Inside a class its name is a variable of its own; these are all that a class declares for itself. */
  innerClassNames(node: Node): readonly Variable[] {
    return this.#classNames.get(node) ?? [];
  }

  /** Whether an identifier names a global: nothing in the file declares it. */
  isGlobal(identifier: Node): boolean {
    return identifier.type === 'Identifier' && !this.variableOf(identifier);
  }
}

/** The function in which a variable is declared, or undefined at module level. */
export function declaringFunction(variable: Variable): Node | undefined {
  for (let scope: Scope.Scope | null = variable.scope; scope; scope = scope.upper) {
    if (isFunctionNode(scope.block)) return scope.block;
  }
  return undefined;
}

/** The declarator `const x = …` of a variable that is defined by exactly one. */
export function declaratorOf(variable: Variable): Extract<Node, { type: 'VariableDeclarator' }> | undefined {
  const definition = variable.defs[0];
  return variable.defs.length === 1 && definition?.node.type === 'VariableDeclarator' ? definition.node : undefined;
}

/** The only value a variable ever has, if it is plainly declared and never written again. */
export function onlyValue(variable: Variable): Node | undefined {
  const declarator = declaratorOf(variable);
  if (declarator?.id.type !== 'Identifier') return undefined;
  const isWrittenOnce = variable.references.every((reference) => !reference.isWrite() || reference.init === true);
  return declarator.init && isWrittenOnce ? unwrap(declarator.init) : undefined;
}

/** Whether a variable is a parameter of a function. */
export function isParameter(variable: Variable): boolean {
  return String(variable.defs[0]?.type) === 'Parameter';
}

/** Where a variable is imported from, or undefined: `import x from 'm'`, `const x = require('m')`, `const { x } = require('m')`, `const x = require('m').x`. */
export function importOf(variable: Variable): { module: string; name: string } | undefined {
  const definition = variable.defs[0];
  if (!definition) return undefined;
  const node = definition.node as Node;
  const { parent } = node;
  if (parent?.type === 'ImportDeclaration') {
    const name = node.type === 'ImportSpecifier' ? (node.imported.type === 'Identifier' ? node.imported.name : node.imported.value) : node.type === 'ImportDefaultSpecifier' ? 'default' : '*';
    return { module: parent.source.value, name };
  }
  if (node.type === 'VariableDeclarator' && node.init) {
    const value = unwrap(node.init);
    const member = value.type === 'MemberExpression' ? memberName(value) : undefined;
    const init = member !== undefined && value.type === 'MemberExpression' ? unwrap(value.object) : value;
    const source = init.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require' ? init.arguments[0] : undefined;
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return undefined;
    if (node.id.type === 'Identifier') return { module: source.value, name: member ?? '*' };
    if (member !== undefined) return undefined;
    if (node.id.type === 'ObjectPattern') {
      for (const property of node.id.properties) {
        if (property.type === 'Property' && property.value.type === 'Identifier' && property.value.name === variable.name && property.key.type === 'Identifier') {
          return { module: source.value, name: property.key.name };
        }
      }
    }
  }
  return undefined;
}
