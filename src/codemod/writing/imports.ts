import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../core/facts/facts.js';
import { pathText, unwrap, type Node } from '../../core/syntax/nodes.js';
import { importOf, type Variable } from '../../core/scope/bindings.js';
import type { CodeWriter } from './code-writer.js';
import { spanWithComments } from './with-comments.js';

/** The statements at the top of a module, up to the last import: imports, `require`, directives, and what is passed on among them. */
export function headOf({ ast: { body } }: Facts['model']): readonly TSESTree.ProgramStatement[] {
  const firstOther = body.findIndex((statement) => !isHead(statement) && !isReExport(statement));
  const atTop = firstOther === -1 ? body : body.slice(0, firstOther);
  return atTop.slice(0, atTop.findLastIndex(isHead) + 1);
}

/** The name by which a file has something of a package; undefined if it imports only its type, or nothing. */
export function importedAs(name: string, from: string, { model }: Facts): string | undefined {
  for (const variable of model.scopes.scopes.flatMap((scope) => scope.variables)) {
    const source = importOf(variable);
    if (source?.module === from && source.name === name && !isTypeOnly(variable.defs[0]?.node)) return variable.name;
  }
  return undefined;
}

/**
 * Imports a name under the other imports, in the module system that the file is
 * written in; false where nothing shows which that is.
 */
export function addImport(name: string, from: string, writer: CodeWriter, facts: Facts): boolean {
  const system = moduleSystemOf(facts);
  if (!system) return false;
  const { quote, semicolon } = writer.style;
  const source = `${quote}${from}${quote}`;
  const line = system === 'esm' ? `import { ${name} } from ${source}${semicolon}` : `const { ${name} } = require(${source})${semicolon}`;
  const last = headOf(facts.model).findLast((statement) => !isDirective(statement));
  const first = facts.model.ast.body.find((statement) => !isDirective(statement));
  if (last) writer.under(last, [line]);
  else if (first) writer.insert(spanWithComments(first, facts.model).start, `${line}\n\n`);
  return last !== undefined || first !== undefined;
}

/**
 * Imports one more name from where another one comes from: beside it, in its own list.
 *
 * @param declaration of the imported name: a specifier, or what is destructured from `require`
 */
export function addBeside(declaration: Node, name: string, added: string, writer: CodeWriter, facts: Facts): boolean {
  if (declaration.type === 'ImportSpecifier') {
    addToList(declaration, added, writer, facts);
    return true;
  }
  const pattern = declaration.type === 'VariableDeclarator' && declaration.id.type === 'ObjectPattern' ? declaration.id : undefined;
  const property = pattern?.properties.find((one) => one.type === 'Property' && one.value.type === 'Identifier' && one.value.name === name);
  if (property) addToList(property, added, writer, facts);
  return property !== undefined;
}

/** Exports one more name where a variable is exported in a list: `export { failures }`, `module.exports = { failures }`, `exports.failures = failures`. */
export function exportBeside(variable: Variable, added: string, writer: CodeWriter, facts: Facts): boolean {
  for (const { identifier } of variable.references) {
    const parent = identifier.parent as Node | undefined;
    const isListed = parent?.type === 'ExportSpecifier' || (parent?.type === 'Property' && parent.shorthand && isModuleExports(parent.parent.parent));
    if (parent && isListed) {
      addToList(parent, added, writer, facts);
      return true;
    }
    const left = parent?.type === 'AssignmentExpression' ? writer.textOf(parent.left) : '';
    if (parent?.type === 'AssignmentExpression' && parent.right === identifier && /^(?:module\.)?exports\./u.test(left) && parent.parent.type === 'ExpressionStatement') {
      writer.under(parent.parent, [`${left.slice(0, left.lastIndexOf('.'))}.${added} = ${added}${writer.style.semicolon}`]);
      return true;
    }
  }
  return false;
}

/** `module.exports = { … }` around its object. */
function isModuleExports(node: Node | undefined): boolean {
  return node?.type === 'AssignmentExpression' && pathText(node.left) === 'module.exports';
}

/** Puts a name behind an item of a list, on a line of its own where the item has one. */
function addToList(item: Node, added: string, writer: CodeWriter, { tree, model }: Pick<Facts, 'tree' | 'model'>): void {
  const items = tree.childrenOf(item.parent as Node);
  const before = items[items.indexOf(item) - 1];
  const between = model.text.slice(before?.range[1] ?? item.parent?.range[0], item.range[0]);
  const line = /\n[^\S\n]*$/u.exec(between)?.[0];
  writer.insert(item.range[1], `,${line ?? ' '}${added}`);
}

function moduleSystemOf({ tree, model, exports }: Facts): 'esm' | 'commonjs' | undefined {
  if (tree.all('ImportDeclaration').length > 0 || model.ast.body.some(({ type }) => type.startsWith('Export')) || /\.(?:m[jt]s|tsx?)$/u.test(model.path)) return 'esm';
  return exports.entries.length > 0 || /\.c[jt]s$/u.test(model.path) || tree.all('CallExpression').some(isRequire) ? 'commonjs' : undefined;
}

function isTypeOnly(node: Node | undefined): boolean {
  if (node?.type !== 'ImportSpecifier') return false;
  return node.importKind === 'type' || (node.parent.type === 'ImportDeclaration' && node.parent.importKind === 'type');
}

function isHead(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration' || isDirective(statement)) return true;
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => init !== null && isRequire(unwrap(init)));
}

function isDirective(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === 'ExpressionStatement' && statement.expression.type === 'Literal' && typeof statement.expression.value === 'string';
}

function isRequire(node: Node): boolean {
  if (node.type === 'MemberExpression') return isRequire(node.object);
  return node.type === 'CallExpression' && (node.callee.type === 'Identifier' ? node.callee.name === 'require' : isRequire(node.callee));
}

/** `export { parse } from './parse.js'` among the imports. */
function isReExport(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === 'ExportAllDeclaration' || (statement.type === 'ExportNamedDeclaration' && !statement.declaration);
}
