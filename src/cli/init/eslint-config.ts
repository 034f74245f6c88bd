import type { TSESTree } from '@typescript-eslint/utils';
import { splitByteOrderMark } from '../../codemod/byte-order-mark.js';
import { dominantLineEnd, withLineEnds } from '../../codemod/line-ends.js';
import { codeStyleOf } from '../../codemod/writing/code-style.js';
import { EditList } from '../../codemod/writing/edit-list.js';
import { endOfLine, indentationAt, startOfLine } from '../../codemod/writing/indentation.js';
import { freeName } from '../../codemod/writing/names.js';
import { applyEdits, type SourceModel } from '../../core/index.js';
import { Tree } from '../../core/syntax/tree.js';
import { name as PACKAGE } from '../../plugin/package.js';
import { parse } from '../../project/parse.js';
import { settled, type Outcome } from './outcome.js';

/** Names that ESLint looks for, in its order. */
export const FLAT_CONFIGS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);

/**
 * Adds the preset to a flat config: an import, and a last entry in the list.
 * The config is read and never run.
 *
 * @param file its name, whose extension says which language it is
 */
export function withPreset(file: string, content: string): Outcome {
  return settled(addPreset(file, content), (edited) => addPreset(file, edited));
}

function addPreset(file: string, content: string): Outcome {
  const { mark, text } = splitByteOrderMark(content);
  const parsed = parse(file, text);
  if ('error' in parsed) return { refused: `It cannot be parsed: ${parsed.error.message} (line ${parsed.error.line}).` };
  const model = parsed.ok;
  const tree = new Tree(model);
  const loaded = loadedModules(model.ast);
  const own = [...loaded].find(([, { source }]) => source === PACKAGE)?.[0];
  const isNamed = tree.all('Literal').some(({ value }) => value === PACKAGE);
  if (own === undefined ? isNamed : isRead(own, model)) return 'there';

  const config = findExported(model.ast);
  if (!config) return { refused: 'It has no single `export default` or `module.exports`.' };
  const list = findList(config.value, model.ast, loaded);
  if (!list) return { refused: 'What it exports is neither an array nor a call of `defineConfig`.' };
  if (list.items.length > 0 && text.slice(list.items.at(-1)?.range[1], list.end).replace(/\/\/.*|\/\*[^]*?\*\//gu, '').includes(')')) return { refused: 'The last entry of its list stands in parentheses.' };

  const edits = new EditList();
  const name = own ?? freeName('leakproof', (wish) => isUsed(wish, model));
  if (own === undefined) addLoading(name, config.isModule, list.start, model, tree, edits);
  addLast(`${name}.configs.recommended`, list, text, edits);
  const lineEnd = dominantLineEnd(text);
  return { edited: mark + applyEdits(text, edits.all().map((edit) => ({ ...edit, text: withLineEnds(edit.text, lineEnd) }))) };
}

/** Where a local name comes from. */
interface Loaded {
  readonly source: string;
  /** The name that the module gives it; undefined for the module as a whole, or its default. */
  readonly member?: string | undefined;
  readonly statement: TSESTree.Statement;
}

/** What the top level imports and requires, by local name. */
function loadedModules({ body }: TSESTree.Program): ReadonlyMap<string, Loaded> {
  const loaded = new Map<string, Loaded>();
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) {
        const member = specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' && specifier.imported.name !== 'default' ? specifier.imported.name : undefined;
        loaded.set(specifier.local.name, { source: statement.source.value, member, statement });
      }
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        const source = requiredBy(init);
        if (source === undefined) continue;
        for (const [local, member] of namesOf(id)) loaded.set(local, { source, member, statement });
      }
    }
  }
  return loaded;
}

/** The module that `require('…')` loads. */
function requiredBy(init: TSESTree.Expression | null): string | undefined {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'require') return undefined;
  const [argument] = init.arguments;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : undefined;
}

function namesOf(id: TSESTree.DestructuringPattern): [local: string, member?: string][] {
  if (id.type === 'Identifier') return [[id.name]];
  if (id.type !== 'ObjectPattern') return [];
  return id.properties.flatMap((property): [string, string][] =>
    property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier' ? [[property.value.name, property.key.name]] : [],
  );
}

function isUsed(name: string, { scopes }: SourceModel): boolean {
  return scopes.scopes.some(({ set, references }) => set.has(name) || references.some(({ identifier }) => identifier.name === name));
}

function isRead(name: string, { scopes }: SourceModel): boolean {
  return scopes.scopes.some((scope) => scope.references.some((reference) => reference.identifier.name === name && reference.isRead()));
}

interface Exported {
  readonly statement: TSESTree.Statement;
  readonly value: TSESTree.Node;
  readonly isModule: boolean;
}

/** What the config file gives to ESLint, if it says so once. */
function findExported({ body }: TSESTree.Program): Exported | undefined {
  const [only, ...others] = body.flatMap((statement): Exported[] => {
    if (statement.type === 'ExportDefaultDeclaration') return [{ statement, value: statement.declaration, isModule: true }];
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return [];
    const { left, operator, right } = statement.expression;
    return operator === '=' && isModuleExports(left) ? [{ statement, value: right, isModule: false }] : [];
  });
  return others.length === 0 ? only : undefined;
}

function isModuleExports(node: TSESTree.Node): boolean {
  return (
    node.type === 'MemberExpression' && !node.computed && node.object.type === 'Identifier' && node.object.name === 'module' &&
    node.property.type === 'Identifier' && node.property.name === 'exports'
  );
}

/** A list of configs as it is written. */
interface List {
  readonly items: readonly TSESTree.Node[];
  /** Just behind its opening bracket. */
  readonly start: number;
  /** Just before its closing bracket. */
  readonly end: number;
}

/** The functions that take configs and give them back, with the modules that offer them. */
const HELPERS: readonly { readonly source: string; readonly member: string }[] = [
  { source: 'eslint/config', member: 'defineConfig' },
  { source: 'typescript-eslint', member: 'config' },
  { source: '@vue/eslint-config-typescript', member: 'defineConfigWithVueTs' },
];

function findList(value: TSESTree.Node, program: TSESTree.Program, loaded: ReadonlyMap<string, Loaded>): List | undefined {
  switch (value.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return findList(value.expression, program, loaded);
    case 'ArrayExpression': {
      const items = value.elements.filter((item) => item !== null);
      // Holes are no configs, and a place behind one is hard to find.
      return items.length === value.elements.length ? { items, start: value.range[0] + 1, end: value.range[1] - 1 } : undefined;
    }
    case 'CallExpression': {
      if (!isHelper(value.callee, loaded)) return undefined;
      const [first, ...others] = value.arguments;
      if (first?.type === 'ArrayExpression' && others.length === 0) return findList(first, program, loaded);
      return first ? { items: value.arguments, start: first.range[0], end: value.range[1] - 1 } : undefined;
    }
    case 'Identifier': {
      const init = findConstant(value.name, program);
      return init && init.type !== 'Identifier' ? findList(init, program, loaded) : undefined;
    }
    default:
      return undefined;
  }
}

function isHelper(callee: TSESTree.Node, loaded: ReadonlyMap<string, Loaded>): boolean {
  const [object, property] = callee.type === 'MemberExpression' && !callee.computed ? [callee.object, callee.property] : [callee, undefined];
  const origin = object.type === 'Identifier' ? loaded.get(object.name) : undefined;
  const member = property === undefined ? origin?.member : origin?.member === undefined && property.type === 'Identifier' ? property.name : undefined;
  return HELPERS.some((helper) => helper.source === origin?.source && helper.member === member);
}

/** The value of a `const` of the top level. */
function findConstant(name: string, { body }: TSESTree.Program): TSESTree.Expression | undefined {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    const declared = statement.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (declared?.init) return declared.init;
  }
  return undefined;
}

/**
 * Loads the plugin behind what is loaded already, written in the same way.
 *
 * @param before where the list is, in front of which it must be loaded
 */
function addLoading(name: string, isModule: boolean, before: number, model: SourceModel, tree: Tree, edits: EditList): void {
  const { text, ast } = model;
  const above = ast.body.filter(({ range }) => range[1] <= before);
  const last = above.filter((statement) => (isModule ? statement.type === 'ImportDeclaration' : isRequiring(statement))).at(-1);
  const like = last ?? ast.body.at(-1);
  const neighbour = like ? text.slice(...like.range) : '';
  const semicolon = neighbour.endsWith(';') ? ';' : '';
  const quote = (last && /["'](?=[^"']*$)/u.exec(neighbour)?.[0]) ?? codeStyleOf(model, tree).quote;
  const source = `${quote}${PACKAGE}${quote}`;
  const line = isModule ? `import ${name} from ${source}${semicolon}` : `const ${name} = require(${source})${semicolon}`;
  if (last) edits.insert(endOfStatementLine(text, last.range[1]), `\n${line}`);
  else edits.insert(startOfCode(model), `${line}\n\n`);
}

/** The end of the line of a statement, behind a comment to it; the statement's own end if another one follows there. */
function endOfStatementLine(text: string, end: number): number {
  const endOfIts = endOfLine(text, end);
  return /^\s*(?:\/\/.*)?$/u.test(text.slice(end, endOfIts)) ? endOfIts : end;
}

function isRequiring(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => requiredBy(init) !== undefined);
}

/** Where the first statement starts that is no directive, with the documentation that belongs to it. */
function startOfCode({ ast, comments, text }: SourceModel): number {
  const first = ast.body.find((statement) => !(statement.type === 'ExpressionStatement' && typeof statement.directive === 'string')) as TSESTree.Statement;
  const start = startOfLine(text, first.range[0]);
  const above = comments.find(({ range, type, value }) => type === 'Block' && value.startsWith('*') && range[1] <= start && /^[^\S\r\n]*\r?\n$/u.test(text.slice(range[1], start)));
  return above ? startOfLine(text, above.range[0]) : start;
}

/** Puts an entry behind the last one of a list: on a line of its own where the list is closed on one, else beside it. */
function addLast(entry: string, { items, start, end }: List, text: string, edits: EditList): void {
  const last = items.at(-1);
  if (!last) {
    edits.insert(start, entry);
    return;
  }
  const comma = endOfComma(text, last.range[1], end);
  const closing = startOfLine(text, end);
  if (text.slice(closing, end).trim() !== '' || closing < last.range[1]) {
    edits.insert(comma ?? last.range[1], comma === undefined ? `, ${entry}` : ` ${entry},`);
    return;
  }
  const ownLine = items.find(({ range }) => text.slice(startOfLine(text, range[0]), range[0]).trim() === '');
  const indent = indentationAt(text, (ownLine ?? last).range[0]);
  if (comma === undefined) edits.insert(last.range[1], ',');
  edits.insert(closing, `${indent}${entry}${comma === undefined ? '' : ','}\n`);
}

/** Behind the comma that follows the last item, if one does; comments may stand in between. */
function endOfComma(text: string, from: number, end: number): number | undefined {
  const found = /^(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*,/u.exec(text.slice(from, end));
  return found ? from + found[0].length : undefined;
}
