import type { TSESTree } from '@typescript-eslint/utils';
import type { Edit, Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { growsAtRunTime } from '../../src/core/judge/collection-doubts.js';
import { givenElsewhere, growthsElsewhere } from '../../src/core/questions/elsewhere.js';
import { importOf, type Variable } from '../../src/core/scope/bindings.js';
import { literalText, parentOf, pathText, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal, RepairValues } from '../../src/codemod/codemod.js';
import type { ProjectView, SpanningRepair } from '../../src/codemod/spanning.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { addBeside, exportBeside } from '../../src/codemod/writing/imports.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { parseGrowth, type CallSite, type End, type GrowthSite } from './growth-site.js';
import { findKeptPosition } from './kept-position.js';
import { DEFAULT_LIMIT, declareLimit, limitName } from './limit.js';
import { findOtherUse } from './other-use.js';
import { trimLines } from './trim.js';

/** What one file does with the array. */
interface User {
  readonly file: string;
  readonly facts: Facts;
  /** The array as the file has it: declared there, or imported. */
  readonly collection: Collection;
  readonly sites: readonly CallSite[];
  readonly oldest: End | undefined;
}

/**
 * Bounds an array of a module that other files fill: the module gets the limit
 * and a function that trims, which every file calls where it adds an entry.
 */
export function planInAllFiles({ subject, rule }: Finding, file: string, project: ProjectView, values: RepairValues): SpanningRepair | Refusal | undefined {
  const analysis = project.analysisOf(file);
  if (!analysis || subject.type !== 'collection' || rule !== 'no-unbounded-collection') return undefined;
  const { collection } = subject;
  const { facts } = analysis;
  if (growthsElsewhere(collection.place, facts).length === 0) return undefined;
  const declared = parseDeclaration(collection, facts);
  if ('refused' in declared) return declared;
  const given = givenElsewhere(collection.place, facts);
  if (given) return { refused: `${given.file} gives ${collection.name} to code that may do with it what it likes.` };

  const own = parseUser(file, collection, subject.growth.filter((effect) => growsAtRunTime(effect, collection, facts)), facts);
  if ('refused' in own) return own;
  const others = collectUsers(declared.shown, file, collection, project);
  if ('refused' in others) return others;
  const users = [own, ...others];
  const unseen = growthsElsewhere(collection.place, facts).find((growth) => !others.some((user) => user.file === growth.file && user.sites.length > 0));
  if (unseen) return { refused: `${unseen.file} adds to ${collection.name} in a way that cannot be changed.` };
  const ends = new Set(users.flatMap(({ oldest }) => oldest ?? []));
  const [oldest] = ends;
  if (!oldest) return { refused: `Nothing shows where ${collection.name} grows.` };
  if (ends.size > 1) return { refused: `${collection.name} grows at both of its ends, so neither has its oldest entries.` };
  return write(own, others, declared.variable, oldest, values);
}

function parseDeclaration({ kind, name, place: { root, path }, declaration }: Collection, { exports }: Facts): { readonly shown: string; readonly variable: Variable } | Refusal {
  if (kind !== 'array') return { refused: `${name} is filled by other files, which only an array can be trimmed in.` };
  const isOfModule = root.type === 'variable' && path.length === 0 && declaration.type === 'VariableDeclarator' && declaration.parent.kind === 'const';
  const shown = isOfModule ? exports.entries.filter(({ local, from }) => local === root.variable.name && from === undefined) : [];
  const [only, ...more] = shown;
  if (!isOfModule || !only || more.length > 0) return { refused: `${name} is filled by other files, and is no constant that a module exports under one name.` };
  return { shown: only.name, variable: root.variable };
}

/** The other files that have the array, each with what it does with it; or why one of them cannot be left to. */
function collectUsers(shown: string, home: string, collection: Collection, project: ProjectView): User[] | Refusal {
  const { name } = collection;
  const [passing] = project.filesThatPassOn(home);
  if (passing !== undefined) return { refused: `${passing} passes ${name} on, and nobody sees to whom.` };
  const users: User[] = [];
  for (const file of project.filesWith(shown)) {
    const facts = file === home ? undefined : project.analysisOf(file)?.facts;
    if (!facts) continue;
    const variable = findImported(shown, home, file, facts, project);
    if (variable === undefined) continue;
    if (typeof variable === 'string') return { refused: variable.replaceAll('{it}', name) };
    const user = parseForeign(variable, file, collection, facts);
    if ('refused' in user) return user;
    users.push(user);
  }
  return users;
}

/** The variable by which a file has the array; undefined if it does not have it, a sentence if it has it in a way that shows too little. */
function findImported(shown: string, home: string, file: string, facts: Facts, project: ProjectView): Variable | string | undefined {
  let found: Variable | undefined;
  for (const variable of facts.model.scopes.scopes.flatMap(({ variables }) => variables)) {
    const source = importOf(variable);
    if (!source || project.resolve(file, source.module) !== home) continue;
    if (source.name === '*' || source.name === 'default') return `${file} takes the module of {it} as a whole, and not by its name.`;
    if (source.name !== shown || isOnlyType(variable)) continue;
    if (found) return `${file} imports {it} twice.`;
    found = variable;
  }
  const taken = [...facts.tree.all('ImportExpression').map(({ source }) => source), ...facts.tree.all('CallExpression').filter((call) => pathText(call.callee) === 'require' && parentOf(wrapped(call))?.type !== 'VariableDeclarator').flatMap((call) => call.arguments.slice(0, 1))];
  if (taken.some((source) => isModule(source, home, file, project))) return `${file} takes the module of {it} as a whole, and not by its name.`;
  if (found && facts.exports.nameOf(found) !== undefined) return `${file} passes {it} on, and nobody sees to whom.`;
  return found;
}

function isOnlyType({ defs: [definition] }: Variable): boolean {
  const node = definition?.node as Node | undefined;
  return node?.type === 'ImportSpecifier' && (node.importKind === 'type' || (node.parent.type === 'ImportDeclaration' && node.parent.importKind === 'type'));
}

function isModule(source: Node, home: string, file: string, project: ProjectView): boolean {
  const specifier = literalText(source);
  return specifier !== undefined && project.resolve(file, specifier) === home;
}

/** What a file does with an array that it imports. */
function parseForeign(variable: Variable, file: string, { kind, typeArguments }: Collection, facts: Facts): User | Refusal {
  const node = variable.defs[0]?.node as Node | undefined;
  if (!node) return { refused: `${file} does not show how it imports ${variable.name}.` };
  const collection: Collection = { kind, typeArguments, name: variable.name, place: { root: { type: 'variable', variable }, path: [] }, init: node, declaration: node, annotation: undefined };
  return parseUser(file, collection, facts.effectsOn(collection.place).filter(({ operation }) => operation.kind === 'grow'), facts);
}

function parseUser(file: string, collection: Collection, growth: ReturnType<Facts['effectsOn']>, facts: Facts): User | Refusal {
  const within = (why: string): Refusal => ({ refused: `${why.replace(/\.$/u, '')}, in ${file}.` });
  const sites = growth.length === 0 ? undefined : parseGrowth(collection, growth, facts);
  if (sites && 'refused' in sites) return within(sites.refused);
  const all = sites?.all ?? [];
  // Positions that one end keeps the other may lose: a file that adds nothing is asked about the end where a list usually loses its oldest entries.
  const why = findOtherUse(collection, growth, facts) ?? findKeptPosition(collection, sites?.oldest ?? 'first', all, facts);
  if (why !== undefined) return within(why);
  const calls = all.filter(isCall);
  if (calls.length < all.length) return within(`${collection.name} is made anew there`);
  return { file, facts, collection, sites: calls, oldest: sites?.oldest };
}

function isCall(site: GrowthSite): site is CallSite {
  return site.type === 'call';
}

function write(own: User, others: readonly User[], variable: Variable, oldest: End, values: RepairValues): SpanningRepair | Refusal {
  const { collection, facts } = own;
  const { name } = collection;
  const fillers = others.filter(({ sites }) => sites.length > 0);
  const taken = new Set([own, ...fillers].flatMap((user) => [...namesTakenAround(user.facts.model.ast.body[0] ?? user.facts.model.ast, user.facts.model)]));
  const trimmer = freeName(`trim${name.charAt(0).toUpperCase()}${name.slice(1)}`, (candidate) => taken.has(candidate));
  const writer = new CodeWriter(facts.model, facts.tree);
  const count = values.limit ?? DEFAULT_LIMIT;
  const limit = limitName(collection, count, facts);
  if (!declareLimit(limit, count, collection, writer, facts)) return { refused: `There is no place to declare ${limit}.` };
  const refusal = declareTrimmer(trimmer, limit, variable, collection, oldest, writer, facts);
  if (refusal) return refusal;
  callBehind(own.sites, trimmer, writer);

  const parts = new Map<string, readonly Edit[]>([[own.file, writer.edits]]);
  for (const user of fillers) {
    const edits = editsOf(user, trimmer);
    if (!edits) return { refused: `${user.file} imports ${name} in a form that nothing can be added to.` };
    parts.set(user.file, edits);
  }
  return { parts, safety: 'review', notes: [`${name} now keeps ${count} entries and forgets ${oldest === 'first' ? 'the oldest' : 'what comes later'}${values.limit === undefined ? '; --limit gives another number' : ''}`] };
}

/** Declares the function behind the array, and exports it as the array is exported. */
function declareTrimmer(trimmer: string, limit: string, variable: Variable, collection: Collection, oldest: End, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { declaration, name } = collection;
  const variables = declaration.parent as TSESTree.VariableDeclaration;
  const statement = variables.parent.type === 'ExportNamedDeclaration' ? variables.parent : variables;
  if (variables.declarations.length > 1 || statement.parent.type !== 'Program') return { refused: `There is no place for a function beside ${name}.` };
  const how = statement === variables ? (exportBeside(variable, trimmer, writer, facts) ? '' : undefined) : 'export ';
  if (how === undefined) return { refused: `${name} is exported in a form that nothing can be added to.` };
  const { indent, typed } = writer.style;
  writer.apart(statement, [
    `/** Lets the oldest ${name} go; called wherever one is added. */`,
    `${how}function ${trimmer}()${typed ? ': void' : ''} {`,
    ...trimLines(collection, variable.name, '', limit, oldest, writer).map((line) => `${indent}${line}`),
    '}',
  ]);
  return undefined;
}

function callBehind(sites: readonly CallSite[], trimmer: string, writer: CodeWriter): void {
  for (const { slot } of sites) writer.around(slot, [], [`${trimmer}()${writer.style.semicolon}`]);
}

function editsOf({ collection, sites, facts }: User, trimmer: string): readonly Edit[] | undefined {
  const writer = new CodeWriter(facts.model, facts.tree);
  if (!addBeside(collection.declaration, collection.name, trimmer, writer, facts)) return undefined;
  callBehind(sites, trimmer, writer);
  return writer.edits;
}

