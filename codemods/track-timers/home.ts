import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Owner } from '../../src/core/facts/owners.js';
import { contains, isClassNode, isFunctionNode, type ClassNode, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { memberNamesTaken, prefersHashNames } from '../../src/codemod/writing/member-names.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';

/** Where a handle can live so that both the start of the timer and the teardown reach it: a member of `this`, or a variable around both. */
export type Home = MemberHome | ScopeHome;

export interface MemberHome {
  readonly type: 'member';
  readonly owner: Owner;
}

export interface ScopeHome {
  readonly type: 'scope';
  /** The body of the function around both, or the program. */
  readonly body: Node;
}

export function findHome(start: FunctionFact, at: Node, teardown: FunctionFact, facts: Facts): Home | undefined {
  const ended = teardown.method?.owner;
  if (ended && ended.kind !== 'object' && teardown.self?.isStatic === false) {
    const self = facts.owners.thisAt(at);
    return self && !self.isStatic && facts.owners.declaring(self.owner, teardown.name) === ended ? { type: 'member', owner: self.owner } : undefined;
  }
  for (let around: FunctionFact | undefined = start; around; around = around.parent) {
    const { node } = around;
    if (!contains(node, teardown.node) || node === teardown.node) continue;
    if (node.type === 'Program') return { type: 'scope', body: node };
    return isFunctionNode(node) && node.body.type === 'BlockStatement' ? { type: 'scope', body: node.body } : undefined;
  }
  return undefined;
}

/** A free name at a home, as its neighbours are spelled, and the expression for it. */
export function nameAt(home: Home, wish: string, facts: Facts): { readonly name: string; readonly access: string } {
  if (home.type === 'member') {
    const taken = memberNamesTaken(home.owner, facts);
    const name = freeName(prefersHashNames(home.owner) ? `#${wish}` : wish, (candidate) => taken.has(candidate));
    return { name, access: `this.${name}` };
  }
  const first = facts.tree.childrenOf(home.body)[0];
  const taken = first ? namesTakenAround(first, facts.model) : new Set<string>();
  const name = freeName(wish, (candidate) => taken.has(candidate));
  return { name, access: name };
}

/** What is to be declared: a variable or member that is given its value later, or has it from the start. */
export interface Declaration {
  readonly name: string;
  readonly type: string;
  /** Without it, the name is assigned later. */
  readonly value?: string;
  /** What the teardown sets it to; then the type has it, too. */
  readonly blank?: 'undefined' | 'null';
  /** Whether its value does not show its type, as `[]`. */
  readonly isTypeWritten?: boolean;
  /** Whether the constructor gives it its value. */
  readonly isDefinite?: boolean;
}

/**
 * Declares a name at a home; false where the home has no place for it.
 *
 * @param user a node that uses the name: a variable is declared in front of the statement around it
 */
export function declareAt(home: Home, declaration: Declaration, users: readonly Node[], writer: CodeWriter, facts: Facts): boolean {
  if (home.type === 'scope') return declareVariable(home, declaration, users, writer, facts);
  const { node } = home.owner;
  return isClassNode(node) ? declareField(node, declaration, writer) : assignInConstructor(node, declaration, writer);
}

function declareVariable({ body }: ScopeHome, { name, type, value, blank, isTypeWritten }: Declaration, users: readonly Node[], writer: CodeWriter, facts: Facts): boolean {
  const { typed, semicolon } = writer.style;
  const line = value === undefined ? `let ${name}${typed ? `: ${type} | ${blank ?? 'undefined'}` : ''}${blank === 'null' ? ' = null' : ''}${semicolon}` : `const ${name}${typed && isTypeWritten ? `: ${type}` : ''} = ${value}${semicolon}`;
  const statements = facts.tree.childrenOf(body);
  const index = statements.findIndex((statement) => users.some((user) => contains(statement, user)));
  const before = statements.slice(0, index);
  // A module has its variables at its head, above its functions.
  const previous = (body.type === 'Program' ? (before.findLast((statement) => isPlainVariable(statement, 'let')) ?? before.findLast((statement) => isPlainVariable(statement))) : undefined) ?? before.at(-1);
  if (previous) writer.under(previous, previous.type === 'VariableDeclaration' || body.type !== 'Program' ? [line] : ['', line]);
  else if (body.type === 'BlockStatement') writer.atStartOf(body, [line, '']);
  else return false;
  return true;
}

/** A variable of a module that holds a value, and not a function. */
function isPlainVariable(statement: Node, kind?: 'let'): boolean {
  return statement.type === 'VariableDeclaration' && (kind === undefined || statement.kind === kind) && statement.declarations.every(({ init }) => !isFunctionNode(init));
}

function declareField(node: ClassNode, { name, type, value, blank, isDefinite, isTypeWritten }: Declaration, writer: CodeWriter): boolean {
  const { typed, semicolon } = writer.style;
  const members = node.body.body;
  const fields = members.filter((member) => member.type === 'PropertyDefinition');
  // Without declared fields, JavaScript assigns where the value comes from.
  if (!typed && fields.length === 0) return value === undefined || assignInConstructor(node, { name, type, value }, writer);
  const access = typed && !name.startsWith('#') ? 'private ' : '';
  const line = ((): string => {
    if (value !== undefined) return `${access}${typed ? 'readonly ' : ''}${name}${typed && isTypeWritten ? `: ${type}` : ''} = ${value}`;
    if (typed && isDefinite) return `${access}readonly ${name}: ${type}`;
    if (!typed) return blank === 'null' ? `${name} = null` : name;
    return blank === undefined ? `${access}${name}?: ${type}` : `${access}${name}: ${type} | ${blank}${blank === 'null' ? ' = null' : ''}`;
  })();
  const last = lastPlainField(members) ?? fields.at(-1);
  if (last) writer.under(last, [`${line}${semicolon}`]);
  else writer.atStartOf(node.body, members.length > 0 ? [`${line}${semicolon}`, ''] : [`${line}${semicolon}`]);
  return true;
}

/** The last field that holds a value, before the first method: fields further down are no company for others. */
function lastPlainField(members: ClassNode['body']['body']): Node | undefined {
  const firstOther = members.findIndex((member) => member.type !== 'PropertyDefinition');
  const leading = firstOther === -1 ? members : members.slice(0, firstOther);
  return leading.findLast((member) => member.type === 'PropertyDefinition' && !isFunctionNode(member.value)) ?? leading.at(-1);
}

/** `this.x = …` at the start of a constructor, where the language allows it: behind `super()`. */
function assignInConstructor(node: Node, { name, value }: Declaration, writer: CodeWriter): boolean {
  if (value === undefined) return true;
  const constructor = isClassNode(node) ? node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor') : undefined;
  const fn = constructor?.type === 'MethodDefinition' ? constructor.value : node;
  const line = `this.${name} = ${value}${writer.style.semicolon}`;
  if (!isFunctionNode(fn)) {
    if (!isClassNode(node)) return false;
    writer.atStartOf(node.body, [`${name} = ${value}${writer.style.semicolon}`, '']);
    return true;
  }
  if (fn.body.type !== 'BlockStatement') return false;
  const superCall = fn.body.body.find((statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' && statement.expression.callee.type === 'Super');
  if (superCall) writer.under(superCall, [line]);
  else if (isClassNode(node) && node.superClass) return false;
  else writer.atStartOf(fn.body, [line]);
  return true;
}
