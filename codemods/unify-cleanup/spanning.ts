import { posix } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Edit, Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { contains, isFunctionNode, memberName, parseMethodCall, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { ProjectView, SpanningRepair } from '../../src/codemod/spanning.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { addImport, importedAs } from '../../src/codemod/writing/imports.js';

/** A function of another file that takes one key out of several members of what it is given, and does nothing else. */
interface Cleanup {
  readonly name: string;
  readonly node: TSESTree.FunctionDeclaration;
  /** The order of its two parameters. */
  readonly takes: readonly ('whole' | 'key')[];
  readonly members: readonly string[];
}

/** The deletions of a handler that the clean-up stands for: statements that follow each other. */
interface Deletions {
  readonly statements: readonly TSESTree.Statement[];
  /** `parts` */
  readonly whole: string;
  readonly key: string;
}

/**
 * Lets a handler call the clean-up of another file in place of the deletions that
 * it has written out, which are some of those that the clean-up makes. Where the
 * clean-up is not exported yet, its file is changed, too.
 */
export function planWithOtherFile({ subject, reasons, related }: Finding, file: string, project: ProjectView): SpanningRepair | Refusal | undefined {
  if (subject.type !== 'ending' || !reasons.some(({ code }) => code === 'elsewhere-releases-more')) return undefined;
  const at = related.find(({ role }) => role === 'cleanup');
  const facts = project.analysisOf(file)?.facts;
  const other = at?.at && project.analysisOf(at.at.file)?.facts;
  if (!at?.at || !facts || !other) return { refused: 'The clean-up that releases more cannot be read.' };
  const { file: from } = at.at;

  const cleanup = parseCleanup(at.name, other);
  if (!cleanup) return { refused: `${at.name}() in ${from} does more than let go of what is kept for one key, or is no function of the module.` };
  const deletions = parseDeletions(subject.node, cleanup, facts);
  if ('refused' in deletions) return deletions;
  if (project.importedBy(from).has(file)) return { refused: `${from} imports ${file}, which would import it in turn.` };

  const shown = showCleanup(cleanup, from, other);
  if ('refused' in shown) return shown;
  const writer = new CodeWriter(facts.model, facts.tree);
  const local = importCleanup(shown.name, from, file, writer, facts, project);
  if (typeof local !== 'string') return local;
  const [first] = deletions.statements;
  const last = deletions.statements.at(-1);
  if (!first || !last) return { refused: 'The handler deletes nothing by a statement of its own.' };
  const passed = cleanup.takes.map((one) => deletions[one]).join(', ');
  writer.replace({ start: first.range[0], end: last.range[1] }, `${local}(${passed})${writer.style.semicolon}`);
  const parts = new Map<string, readonly Edit[]>([[file, writer.edits], ...(shown.edits.length > 0 ? [[from, shown.edits] as const] : [])]);
  const skipped = related.filter(({ role }) => role === 'skipped').map(({ name }) => name);
  return { parts, safety: 'review', notes: [`the handler now also releases ${skipped.join(', ')}, by ${cleanup.name}() of ${from}`] };
}

/** A function of a module with two parameters, of which all statements are `whole.member.delete(key)`. */
function parseCleanup(name: string, { functions, model }: Facts): Cleanup | undefined {
  const [only, ...more] = functions.all.filter((fn) => fn.name === name);
  const node = only?.node;
  if (more.length > 0 || node?.type !== 'FunctionDeclaration' || node.async || node.generator) return undefined;
  if (!model.ast.body.some((statement) => statement === node || statement === node.parent)) return undefined;
  const [first, second, ...others] = node.params;
  if (first?.type !== 'Identifier' || second?.type !== 'Identifier' || others.length > 0) return undefined;
  const deletions = node.body.body.map(deletionIn);
  const wholes = new Set(deletions.map((one) => one?.whole));
  const keys = new Set(deletions.map((one) => one?.key));
  const [whole] = wholes;
  const [key] = keys;
  if (wholes.size !== 1 || keys.size !== 1 || whole === undefined || key === undefined) return undefined;
  const takes = [first, second].map((parameter) => (parameter.name === whole ? 'whole' : parameter.name === key ? 'key' : undefined));
  if (takes.some((one) => one === undefined) || takes[0] === takes[1]) return undefined;
  return { name, node, takes: takes.flatMap((one) => one ?? []), members: deletions.flatMap((one) => one?.member ?? []) };
}

/** `parts.titles.delete(id);` */
function deletionIn(statement: Node): { readonly whole: string; readonly member: string; readonly key: string } | undefined {
  const call = statement.type === 'ExpressionStatement' ? parseMethodCall(unwrap(statement.expression)) : undefined;
  const object = call && unwrap(call.object);
  const [key, ...others] = call?.args ?? [];
  if (call?.method !== 'delete' || object?.type !== 'MemberExpression' || object.optional || !key || others.length > 0) return undefined;
  const [member, whole, keyText] = [memberName(object), pathText(object.object), pathText(key)];
  return member === undefined || whole === undefined || keyText === undefined ? undefined : { whole, member, key: keyText };
}

function parseDeletions(node: Node, { members }: Cleanup, facts: Facts): Deletions | Refusal {
  if (!isFunctionNode(node) || node.body.type !== 'BlockStatement') return { refused: 'The handler has no body that a call could be put into.' };
  const { body } = node.body;
  const found = body.flatMap((statement) => {
    const deletion = deletionIn(statement);
    return deletion && members.includes(deletion.member) ? [{ statement, ...deletion }] : [];
  });
  const [first] = found;
  if (!first) return { refused: 'The handler deletes nothing by a statement of its own.' };
  const { whole, key } = first;
  if (found.some((one) => one.whole !== whole || one.key !== key)) return { refused: 'The handler deletes more than one key, or from more than one object.' };
  const start = body.indexOf(first.statement);
  const isInOneGo = found.every(({ statement }, index) => body[start + index] === statement);
  const hasComment = facts.model.comments.some(({ range }) => range[0] > first.statement.range[0] && range[1] < (found.at(-1)?.statement.range[1] ?? 0));
  if (!isInOneGo || hasComment) return { refused: 'Something stands between the deletions of the handler.' };
  const root = whole.split('.')[0] ?? whole;
  const behind = body.slice(start + found.length);
  const isUsed = [...facts.tree.all('Identifier'), ...facts.tree.all('ThisExpression')].some((mention) => (mention.type === 'Identifier' ? mention.name : 'this') === root && behind.some((statement) => contains(statement, mention)));
  if (isUsed) return { refused: `${whole} is still used behind the deletions of the handler.` };
  return { statements: found.map(({ statement }) => statement), whole, key };
}

/** The name under which the clean-up leaves its file, and what has to be done for that. */
function showCleanup({ name, node }: Cleanup, from: string, { exports, model, functions }: Facts): { readonly name: string; readonly edits: readonly Edit[] } | Refusal {
  const variable = functions.of(node)?.node === node ? model.scopes.scopes.flatMap(({ variables }) => variables).find((one) => one.defs.some((definition) => (definition.node as Node) === node)) : undefined;
  const shown = variable && exports.nameOf(variable);
  if (shown !== undefined) return shown === 'default' ? { refused: `${name}() is what ${from} exports by default.` } : { name: shown, edits: [] };
  const isModule = model.ast.body.some(({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'));
  if (!isModule || node.parent.type !== 'Program') return { refused: `${name}() is not exported by ${from}, and nothing shows how it would be.` };
  return { name, edits: [{ start: node.range[0], end: node.range[0], text: 'export ' }] };
}

/** The name of the clean-up in the handler's file; it is imported where it has none. */
function importCleanup(name: string, from: string, file: string, writer: CodeWriter, facts: Facts, project: ProjectView): string | Refusal {
  const specifier = specifierFor(from, file, facts, project);
  const sources = facts.tree.all('ImportDeclaration').map(({ source }) => source.value).filter((source) => project.resolve(file, source) === from);
  for (const source of sources) {
    const known = importedAs(name, source, facts);
    if (known !== undefined) return known;
  }
  const isTaken = facts.model.scopes.scopes.some((scope) => scope.variables.some((variable) => variable.name === name) || scope.references.some(({ identifier }) => identifier.name === name));
  if (isTaken) return { refused: `${name} is something else in ${file}.` };
  const source = sources[0] ?? specifier;
  return source !== undefined && addImport(name, source, writer, facts) ? name : { refused: `Nothing shows how ${file} would import ${from}.` };
}

/** How a file would import another: by a relative path, with an extension as its other imports have one. */
function specifierFor(from: string, file: string, { tree }: Facts, project: ProjectView): string | undefined {
  const path = posix.relative(posix.dirname(file), from);
  const stem = (path.startsWith('.') ? path : `./${path}`).slice(0, -posix.extname(path).length);
  const used = tree.all('ImportDeclaration').map(({ source }) => source.value).filter((source) => /^\.\.?\//u.test(source) && project.resolve(file, source) !== undefined);
  const extensions = new Set(used.map((source) => /\.[cm]?[jt]sx?$/u.exec(source)?.[0] ?? ''));
  const [extension, ...others] = extensions;
  if (extension === undefined || others.length > 0) return undefined;
  return project.resolve(file, stem + extension) === from ? stem + extension : undefined;
}
