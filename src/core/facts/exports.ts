import type { TSESTree } from '@typescript-eslint/utils';
import type { ExportEntry } from '../linkage/outline.js';
import { addTo } from '../multimap.js';
import { importOf, type Bindings, type Variable } from '../scope/bindings.js';
import { isClassNode, keyName, literalText, memberName, unwrap, type Node } from '../syntax/nodes.js';
import { chainedValue, nameGivenTo } from '../syntax/chained-values.js';
import type { Tree } from '../syntax/tree.js';

/** What leaves a file, in either module system, and under which names. */
export class Exports {
  readonly entries: ExportEntry[] = [];
  readonly stars: string[] = [];
  readonly #ofVariable = new Map<Variable, string[]>();
  readonly #ofNode = new Map<Node, string>();

  constructor(tree: Tree, private readonly bindings: Bindings) {
    for (const node of tree.all('ExportNamedDeclaration')) this.#addNamed(node);
    for (const node of tree.all('ExportDefaultDeclaration')) this.#add('default', node.declaration);
    for (const node of tree.all('ExportAllDeclaration')) {
      if (node.exported) this.entries.push({ name: nameOf(node.exported), local: '*', from: node.source.value });
      else this.stars.push(node.source.value);
    }
    for (const node of tree.all('TSExportAssignment')) this.#add('default', node.expression);
    for (const node of tree.all('AssignmentExpression')) this.#addAssigned(unwrap(node.left), nameGivenTo(node) ?? chainedValue(node.right));
  }

  /** The first name under which a variable of the file leaves it. */
  nameOf(variable: Variable): string | undefined {
    return this.#ofVariable.get(variable)?.[0];
  }

  /** The variable behind a name that leaves the file. */
  variableOf(name: string): Variable | undefined {
    for (const [variable, names] of this.#ofVariable) if (names.includes(name)) return variable;
    return undefined;
  }

  /** The name under which a function or class that has no variable leaves the file: `exports.stop = function () {}`. */
  nameOfNode(node: Node): string | undefined {
    return this.#ofNode.get(node);
  }

  #addNamed(node: TSESTree.ExportNamedDeclaration): void {
    const from = node.source?.value;
    for (const specifier of node.specifiers) {
      const name = nameOf(specifier.exported);
      if (from === undefined) this.#add(name, specifier.local);
      else this.entries.push({ name, local: nameOf(specifier.local), from });
    }
    const { declaration } = node;
    if (declaration?.type === 'VariableDeclaration') for (const { id } of declaration.declarations) for (const name of namesIn(id)) this.#add(name.name, name);
    else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') this.#add(declaration.id.name, declaration.id);
  }

  #addAssigned(left: Node, value: Node): void {
    if (left.type !== 'MemberExpression') return;
    const base = unwrap(left.object);
    const name = memberName(left);
    const isModule = base.type === 'Identifier' && base.name === 'module' && name === 'exports' && this.bindings.isGlobal(base);
    if (isModule && value.type === 'ObjectExpression') {
      for (const property of value.properties) {
        const key = property.type === 'Property' ? keyName(property) : undefined;
        if (property.type === 'Property' && key !== undefined) this.#add(key, property.value);
      }
    } else if (isModule) this.#add('default', value);
    else if (name !== undefined && isExportsObject(base, this.bindings)) this.#add(name, value);
  }

  #add(name: string, value: Node): void {
    const inner = unwrap(value);
    const variable = inner.type === 'Identifier' ? this.bindings.variableOf(inner) : 'id' in inner && inner.id?.type === 'Identifier' ? this.bindings.variableOf(inner.id) : undefined;
    if (variable) for (const one of this.#namesOf(variable)) addTo(this.#ofVariable, one, name);
    else this.#ofNode.set(inner, name);
    // What is imported only to be exported is passed on, as with `export … from`.
    const passed = variable && importOf(variable);
    this.entries.push(passed ? { name, local: passed.name, from: passed.module } : { name, local: (variable && this.#ofVariable.get(variable)?.[0]) ?? name });
  }

  /** All variables that name the same thing: inside a class its name is a second one. */
  #namesOf(variable: Variable): readonly Variable[] {
    const declared = variable.defs[0]?.node as Node | undefined;
    return isClassNode(declared) ? this.bindings.innerClassNames(declared) : [variable];
  }
}

function isExportsObject(node: Node, bindings: Bindings): boolean {
  if (node.type === 'Identifier') return node.name === 'exports' && bindings.isGlobal(node);
  return node.type === 'MemberExpression' && memberName(node) === 'exports' && node.object.type === 'Identifier' && node.object.name === 'module' && bindings.isGlobal(node.object);
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral | TSESTree.Expression): string {
  return node.type === 'Identifier' ? node.name : (literalText(node) ?? '');
}

function namesIn(pattern: Node): TSESTree.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesIn(property.type === 'Property' ? property.value : property));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}
