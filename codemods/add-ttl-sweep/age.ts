import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { findAgeCheck } from '../../src/core/questions/ageing.js';
import { isParameter, onlyValue } from '../../src/core/scope/bindings.js';
import { contains, isFunctionNode, keyName, memberName, parseMethodCall, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal, RepairValues } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { SweepHome } from './home.js';

/**
 * How the sweep tells the age of an entry. `stamps`: by a Map beside the
 * collection that notes when each was used. `until` and `since`: by a time that
 * the entry has already, at which it ends or from which on it is unused.
 */
export type Age =
  | { readonly type: 'stamps' }
  | { readonly type: 'until'; /** What follows the entry's name: `.expiresAt`, or nothing. */ readonly member: string }
  | { readonly type: 'since'; readonly member: string; readonly operator: '>' | '>='; /** What the file itself takes for too long; without it, our own constant. */ readonly limit: string | undefined; /** Whether the time is written as a text: `2026-01-31T12:00:00.000Z`. */ readonly isText?: boolean };

/** Names of times at which something ends, was last used, or began. */
const ENDS_AT = /^(?:(?:expires?|expiry|expiration|valid|reset|blocked|locked)(?:_?(?:at|on|time|until|date|ms))*|(?:until|deadline))$/iu;
const USED_AT = /^_?(?:last_?(?:activity|active|use|used|access|accessed|seen|touch|touched|request|message|heartbeat|ping)(?:_?(?:at|time|ms|timestamp))?|(?:accessed|touched|used|active|activity)_?at|atime)$/iu;

/** The age that an entry tells itself, if the file shows how; else stamps. Refuses where an entry has an end of its own that cannot be read. */
export function findAge(collection: Collection, growth: readonly Effect[], home: SweepHome, values: RepairValues, facts: Facts, writer: CodeWriter): Age | Refusal {
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  for (const check of clockChecks(facts)) {
    const member = memberOf(check.time, entry, facts);
    if (member === undefined || !isAlwaysGiven(member, collection, growth, facts)) continue;
    if (check.type === 'until') return { type: 'until', member };
    const isTouched = isSetAgain(`${entry}${member}`, facts);
    if (!isTouched && !decides(check.node, facts)) continue;
    if (values.ttlMs !== undefined) return { type: 'since', member, operator: '>=', limit: undefined };
    if (isKnownAt(check.limit, home, facts)) return { type: 'since', member, operator: check.operator, limit: writer.textOf(check.limit) };
    return { refused: `How long an entry of ${collection.name} counts is known only in the call that asks for it: ${writer.textOf(check.limit)}.` };
  }
  const given = givenTimes(collection, growth, facts);
  const used = given.find((name) => USED_AT.test(name) && isSetAgain(`${entry}.${name}`, facts));
  if (used !== undefined) return { type: 'since', member: `.${used}`, operator: '>=', limit: undefined };
  const written = givenTexts(growth, facts).find((name) => USED_AT.test(name) && isSetAgain(`${entry}.${name}`, facts, isTimeText));
  if (written !== undefined) return { type: 'since', member: `.${written}`, operator: '>=', limit: undefined, isText: true };
  const end = given.find((name) => ENDS_AT.test(name));
  if (end !== undefined) return { type: 'until', member: `.${end}` };
  const aged = findAgeCheck(collection.place, facts);
  if (aged && decides(aged, facts)) return { refused: `The entries of ${collection.name} have an end of their own, and how it is told cannot be carried over to a sweep: ${writer.textOf(aged)}.` };
  return { type: 'stamps' };
}

/** A comparison of a time with the clock, in terms of which it is out of date. */
type ClockCheck =
  | { readonly type: 'until'; readonly node: Node; readonly time: Node }
  | { readonly type: 'since'; readonly node: Node; readonly time: Node; readonly limit: Node; readonly operator: '>' | '>=' };

/** `x.expiresAt < Date.now()`, `now - x.seenAt > LIMIT`, `x.seenAt + LIMIT <= now`, each also turned around or asked the other way. */
function clockChecks(facts: Facts): ClockCheck[] {
  return facts.tree.all('BinaryExpression').flatMap((node): ClockCheck[] => {
    if (!/^[<>]=?$/u.test(node.operator) || node.left.type === 'PrivateIdentifier') return [];
    const [left, right] = [unwrap(node.left), unwrap(node.right)];
    // `now - x < LIMIT` asks whether it is still good: out of date is the opposite.
    const operator = (isLarger: boolean): '>' | '>=' => (node.operator.startsWith(isLarger ? '>' : '<') === node.operator.endsWith('=') ? '>=' : '>');
    for (const [one, other, isLarger] of [[left, right, true], [right, left, false]] as const) {
      if (isNow(one, facts)) {
        if (other.type === 'BinaryExpression' && other.operator === '+') return [{ type: 'since', node, time: unwrap(other.left), limit: other.right, operator: operator(isLarger) }];
        return [{ type: 'until', node, time: other }];
      }
      if (one.type === 'BinaryExpression' && one.operator === '-' && isNow(unwrap(one.left), facts)) return [{ type: 'since', node, time: unwrap(one.right), limit: other, operator: operator(isLarger) }];
    }
    return [];
  });
}

/** `Date.now()`, or a local that was given just that. */
function isNow(node: Node, facts: Facts): boolean {
  if (node.type === 'CallExpression') return pathText(node.callee) === 'Date.now';
  const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  const value = variable && onlyValue(variable);
  return value?.type === 'CallExpression' && isNow(value, facts);
}

/** What follows an entry's name in an expression for it or a member of it: `.expiresAt`, or nothing. */
function memberOf(time: Node, entry: string, facts: Facts): string | undefined {
  if (time.type !== 'Identifier' && time.type !== 'MemberExpression' && time.type !== 'CallExpression') return undefined;
  const place = facts.places.resolve(time);
  const key = place && facts.places.key(place);
  if (place && time.type === 'MemberExpression' && isPassedBy(place, time, facts)) return `.${memberName(time) ?? ''}`;
  return key === undefined || (key !== entry && !key.startsWith(`${entry}.`)) || key.slice(entry.length).includes(ELEMENT) ? undefined : key.slice(entry.length);
}

/** Whether a member is one of a parameter of an iteration: `[...sessions].map(([, session]) => now - session.lastUsedAt)`. It is taken for an entry by the member's name. */
function isPassedBy({ root, path }: Place, time: Node, facts: Facts): boolean {
  return root.type === 'variable' && path.length === 1 && isParameter(root.variable) && facts.functions.around(time).inline;
}

/** Whether every entry has the member as a number: its type says so, or all growth gives it one. */
function isAlwaysGiven(member: string, collection: Collection, growth: readonly Effect[], facts: Facts): boolean {
  if (member === '') return growth.every(({ operation }) => operation.value !== undefined && isTime(operation.value, facts));
  const name = member.slice(1);
  if (name.includes('.')) return false;
  return isDeclaredNumber(name, collection.typeArguments.at(-1), facts) || growth.every(({ operation }) => operation.value !== undefined && propertiesOf(operation.value, facts).some((property) => keyName(property) === name && isTime(property.value, facts)));
}

/** The members of a literal entry to which all growth gives a time. */
function givenTimes(collection: Collection, growth: readonly Effect[], facts: Facts): string[] {
  const [first] = growth;
  const names = first?.operation.value ? propertiesOf(first.operation.value, facts).flatMap((property) => (isTime(property.value, facts) ? [keyName(property) ?? ''] : [])) : [];
  return names.filter((name) => isAlwaysGiven(`.${name}`, collection, growth, facts));
}

/** The members of a literal entry to which all growth gives the text of a time. */
function givenTexts(growth: readonly Effect[], facts: Facts): string[] {
  const [first = [], ...others] = growth.map(({ operation: { value } }) => (value ? propertiesOf(value, facts).flatMap((property) => (isTimeText(property.value) ? [keyName(property) ?? ''] : [])) : []));
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** `new Date().toISOString()`, and the same of the time of a file. */
function isTimeText(value: Node): boolean {
  return parseMethodCall(unwrap(value))?.method === 'toISOString';
}

/** The clock, or a sum with it. */
function isTime(value: Node, facts: Facts): boolean {
  const node = unwrap(value);
  if (isNow(node, facts)) return true;
  if (node.type === 'BinaryExpression') return node.operator === '+' && (isTime(node.left, facts) || isTime(node.right, facts));
  const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  const given = variable && onlyValue(variable);
  return given?.type === 'BinaryExpression' && isTime(given, facts);
}

/** The properties of an object that is written out, here or where its only name is declared. */
function propertiesOf(value: Node, facts: Facts): TSESTree.Property[] {
  const node = unwrap(value);
  const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  const object = variable ? onlyValue(variable) : node;
  return object?.type === 'ObjectExpression' ? object.properties.filter((property) => property.type === 'Property') : [];
}

/** Whether a type of this file has a member that is always a number. */
function isDeclaredNumber(name: string, type: TSESTree.TypeNode | undefined, facts: Facts): boolean {
  const typeName = type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
  const declared = facts.tree.all('TSInterfaceDeclaration').find(({ id }) => id.name === typeName)?.body.body ?? facts.tree.all('TSTypeAliasDeclaration').find(({ id }) => id.name === typeName)?.typeAnnotation;
  const literal = declared ?? type;
  const members = Array.isArray(literal) ? literal : literal?.type === 'TSTypeLiteral' ? literal.members : [];
  return members.some((member) => member.type === 'TSPropertySignature' && keyName(member) === name && !member.optional && member.typeAnnotation?.typeAnnotation.type === 'TSNumberKeyword');
}

/** Whether a member of an entry is set to the clock later on: then it tells when it was used, not when it began. */
function isSetAgain(key: string, facts: Facts, isGiven: (value: Node, facts: Facts) => boolean = isNow): boolean {
  return facts.tree.all('AssignmentExpression').some(({ left, right }) => {
    const target = unwrap(left);
    const place = target.type === 'MemberExpression' && isGiven(unwrap(right), facts) ? facts.places.resolve(target) : undefined;
    return place !== undefined && facts.places.key(place) === key;
  });
}

/** Whether something is done because of a comparison: a branch is taken. What is only shown ends nothing. */
function decides(check: Node, facts: Facts): boolean {
  for (let node = check.parent; node && !isFunctionNode(node); node = node.parent) {
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return contains(node.test, check);
  }
  return facts.functions.around(check).inline;
}

/** Whether an expression means the same where the sweep stands: it is made of constants of the module, members of `this`, and what is declared beside the collection. */
function isKnownAt(limit: Node, home: SweepHome, facts: Facts): boolean {
  const node = unwrap(limit);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number';
    case 'ThisExpression':
      return home.type !== 'scope' && facts.owners.thisAt(node)?.owner === home.owner;
    case 'MemberExpression':
      return !node.computed && isKnownAt(node.object, home, facts);
    case 'BinaryExpression':
      return node.left.type !== 'PrivateIdentifier' && isKnownAt(node.left, home, facts) && isKnownAt(node.right, home, facts);
    case 'Identifier': {
      const block = facts.bindings.variableOf(node)?.scope.block as Node | undefined;
      return block !== undefined && (block.type === 'Program' || (home.type === 'scope' && block === home.fn.node));
    }
    default:
      return false;
  }
}
