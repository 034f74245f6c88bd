import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { constantNumber } from '../../src/core/syntax/constant.js';
import { contains, keyName, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { RepairValues } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { endOfLine, indentationAt } from '../../src/codemod/writing/indentation.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import type { Age } from './age.js';
import type { SweepNames } from './names.js';
import type { Sweep } from './sweep.js';

/** Without `--ttl`: half an hour. */
const DEFAULT_TTL_MS = 30 * 60 * 1000;
/** Without `--sweep-every`: a minute. */
const DEFAULT_SWEEP_EVERY_MS = 60 * 1000;

/** How code refers to the two durations, and where they will be declared. */
export interface Durations {
  /** Undefined where the entries tell their end themselves, or the file has a limit of its own. */
  readonly ttl: Duration | undefined;
  readonly sweepEvery: Duration;
  readonly settings: Settings | undefined;
}

export interface Duration {
  readonly name: string;
  readonly access: string;
  readonly ms: number;
  readonly isDefault: boolean;
  readonly comment: string;
}

/** An object of the file that holds its durations. */
interface Settings {
  readonly name: string;
  readonly last: TSESTree.Property;
}

export function chooseDurations(collection: Collection, names: SweepNames, age: Age, values: RepairValues, facts: Facts, writer: CodeWriter): Durations {
  const settings = findSettings(collection, facts, writer);
  const isUpper = settings ? /^[A-Z][A-Z0-9_]*$/u.test(keyName(settings.last) ?? '') : namesConstantsInUpperCase(facts);
  const [first] = facts.model.ast.body;
  const taken = first ? namesTakenAround(first, facts.model) : new Set<string>();
  const duration = (wish: string, ms: number | undefined, fallback: number, comment: string): Duration => {
    const spelled = isUpper ? upperCase(wish) : wish;
    const name = settings ? spelled : freeName(spelled, (candidate) => taken.has(candidate));
    return { name, access: settings ? `${settings.name}.${name}` : name, ms: ms ?? fallback, isDefault: ms === undefined, comment };
  };
  const needsTtl = age.type === 'stamps' || (age.type === 'since' && age.limit === undefined);
  return {
    ttl: needsTtl ? duration(names.ttl, values.ttlMs, DEFAULT_TTL_MS, `How long an entry of ${collection.name} may go unused.`) : undefined,
    sweepEvery: duration(names.sweepEvery, values.sweepEveryMs, DEFAULT_SWEEP_EVERY_MS, `How often unused entries of ${collection.name} are looked for.`),
    settings,
  };
}

/** Declares the durations: in the settings of the file, or with its other constants; `more` are lines behind them. */
export function declareDurations({ durations, collection, facts, writer }: Sweep, more: Lines): void {
  const { ttl, sweepEvery, settings } = durations;
  const all = ttl ? [ttl, sweepEvery] : [sweepEvery];
  const { semicolon } = writer.style;
  const lines = settings ? [] : all.flatMap(({ name, ms, comment }) => [`/** ${comment} */`, `const ${name} = ${product(ms)}${semicolon}`]);
  if (settings) writeIntoSettings(settings, all, facts, writer);
  const rest = lines.length > 0 && more.length > 0 ? [...lines, '', ...more] : [...lines, ...more];
  if (rest.length === 0) return;
  const statements = facts.model.ast.body;
  const index = statements.findIndex((statement) => contains(statement, collection.declaration));
  const before = statements.slice(0, index);
  const constant = before.findLast((statement) => isConstant(statement, facts));
  const loading = before.findLast(isLoading);
  if (constant) writer.under(constant, rest);
  else if (loading) writer.apart(loading, rest);
  else insertAtTop(statements[0], rest, facts, writer);
}

/** What a person should know of the values, which were chosen by nobody. */
export function describeDurations({ durations: { ttl, sweepEvery }, age }: Sweep): string[] {
  const given = [ttl, sweepEvery].filter((one) => one?.isDefault === true);
  return [
    ...given.map((one) => `${one?.access ?? ''} is ${product(one?.ms ?? 0)} ms by default: choose what fits`),
    ...(ttl ? [] : [age.type === 'since' ? `${age.limit ?? ''} of the file is the time to live` : 'the entries say themselves when they end']),
  ];
}

/** `30 * 60 * 1000`: milliseconds as a product that shows hours, minutes and seconds. */
function product(ms: number): string {
  if (ms % 3_600_000 === 0) return `${String(ms / 3_600_000)} * 60 * 60 * 1000`;
  if (ms % 60_000 === 0) return ms === 60_000 ? '60 * 1000' : `${String(ms / 60_000)} * 60 * 1000`;
  return ms % 1000 === 0 ? `${String(ms / 1000)} * 1000` : String(ms);
}

/** `sessionTtlMs` → `SESSION_TTL_MS`. */
function upperCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/gu, '$1_$2').toUpperCase();
}

/** Whether the constants of a module are named in capitals: unless it has numbers that are not. */
function namesConstantsInUpperCase(facts: Facts): boolean {
  const names = facts.model.ast.body.flatMap((statement) => constantsOf(statement, facts)).flatMap(({ id, init }) => (id.type === 'Identifier' && constantNumber(init ?? undefined, facts.bindings) !== undefined ? [id.name] : []));
  return names.length === 0 || names.some((name) => /^[A-Z0-9_]+$/u.test(name));
}

function isConstant(statement: Node, facts: Facts): boolean {
  return constantsOf(statement, facts).length > 0;
}

/** The declarations of a statement, if it declares nothing but plain values. */
function constantsOf(statement: Node, facts: Facts): readonly TSESTree.VariableDeclarator[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return [];
  const isPlain = ({ init }: TSESTree.VariableDeclarator): boolean => {
    const value = init ? unwrap(init) : undefined;
    return value !== undefined && (value.type === 'Literal' || constantNumber(value, facts.bindings) !== undefined);
  };
  return declaration.declarations.every(isPlain) ? declaration.declarations : [];
}

function isLoading(statement: Node): boolean {
  if (statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration') return true;
  if (statement.type === 'ExpressionStatement') return statement.expression.type === 'Literal' || loads(statement.expression);
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => {
    return init ? loads(init) : false;
  });
}

/** `require('m')`, `require('m').x`, `require('m').config()`. */
function loads(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression') return loads(node.object);
  return node.type === 'CallExpression' && (pathText(node.callee) === 'require' || (node.callee.type === 'MemberExpression' && loads(node.callee.object)));
}

function insertAtTop(first: Node | undefined, lines: Lines, { model }: Facts, writer: CodeWriter): void {
  const start = first ? spanWithComments(first, model).start : 0;
  writer.insert(model.text.startsWith('#!') && start === 0 ? endOfLine(model.text, 0) + 1 : start, lines.map((line) => `${line}\n`).join('') + '\n');
}

const SETTINGS = /(?:config|settings|options|defaults|limits|timeouts)$/iu;
const DURATION = /(?:ms|millis|timeout|ttl|interval|seconds)$/iu;

/** A constant object of the module that holds numbers named as durations, declared before the collection. */
function findSettings(collection: Collection, facts: Facts, writer: CodeWriter): Settings | undefined {
  for (const statement of facts.model.ast.body) {
    if (contains(statement, collection.declaration)) return undefined;
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    for (const { id, init } of declaration.declarations) {
      const object = init ? unwrap(init) : undefined;
      if (id.type !== 'Identifier' || id.typeAnnotation || !SETTINGS.test(id.name) || object?.type !== 'ObjectExpression' || !writer.textOf(object).includes('\n')) continue;
      const last = object.properties.at(-1);
      const hasDurations = object.properties.some((property) => property.type === 'Property' && DURATION.test(keyName(property) ?? '') && constantNumber(property.value, facts.bindings) !== undefined);
      if (hasDurations && last?.type === 'Property') return { name: id.name, last };
    }
  }
  return undefined;
}

function writeIntoSettings({ last }: Settings, all: readonly Duration[], { model: { text } }: Facts, writer: CodeWriter): void {
  const [, end] = last.range;
  const comma = /^\s*,/u.exec(text.slice(end));
  const indentation = indentationAt(text, last.range[0]);
  const lines = all.map(({ name, ms, comment }, index) => `\n${indentation}/** ${comment} */\n${indentation}${name}: ${product(ms)}${comma || index < all.length - 1 ? ',' : ''}`);
  if (!comma) writer.insert(end, ',');
  writer.insert(comma ? endOfLine(text, end) : end, lines.join(''));
}
