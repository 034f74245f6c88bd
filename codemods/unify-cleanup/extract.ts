import type { Facts } from '../../src/core/facts/facts.js';
import { contains, isFunctionNode, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { isolate } from '../../src/codemod/writing/isolated.js';
import { prefersHashNames } from '../../src/codemod/writing/member-names.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { widenToLines } from '../../src/codemod/writing/whole-lines.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import type { Cleanup } from './cleanup.js';
import { nameExtracted } from './extracted-name.js';
import { nameOfPlace } from './place-name.js';
import { findReadPlace } from './readers.js';

/**
 * Moves the pure releases of a clean-up into a function of their own directly
 * behind it, which the clean-up calls where the first of them stood.
 */
export function extractReleases(cleanup: Cleanup, writer: CodeWriter, facts: Facts): { readonly name: string } | Refusal {
  const { moved, body, key, statement, style } = cleanup;
  const [first, ...others] = moved;
  if (!first) return { refused: `Nothing that ${cleanup.name}() does is only a release.` };
  const objection = objectionToMoving(cleanup, facts);
  if (objection !== undefined) return { refused: objection };

  const keyName = writer.textOf(key);
  const wish = nameExtracted(cleanup.name, keyName);
  const name = nameBeside(cleanup, wish.name, facts);
  const spanOf = (one: Node) => spanWithComments(one, facts.model);
  writer.replace(spanOf(first), `${style === 'method' ? 'this.' : ''}${name}(${keyName})${writer.style.semicolon}`);
  const emptied = widenToLines(facts.model.text, others.map(spanOf), { start: body.range[0], end: body.range[1] });
  for (const span of emptied) writer.replace(span, '');
  writer.under(statement, [
    '',
    `/** Lets go of everything kept for one ${wish.subject}; safe to call more than once. */`,
    `${headOf(cleanup, name, keyName, writer, facts)} {`,
    ...moved.map((one) => `${writer.style.indent}${isolate(spanOf(one), throwing(one, cleanup, facts), cleanup.name, writer.style, facts.model, facts.tree)}`),
    '}',
  ]);
  return { name };
}

/** Why the releases of a clean-up cannot be made all at once, where the first of them stands. */
function objectionToMoving({ name, body, moved, key, places }: Cleanup, facts: Facts): string | undefined {
  const keyVariable = unwrap(key).type === 'Identifier' ? facts.bindings.variableOf(unwrap(key)) : undefined;
  if (!keyVariable) return `${name}() has no variable for the key.`;
  const firstIndex = body.body.indexOf(moved[0] as (typeof body.body)[number]);
  const lastIndex = body.body.indexOf(moved.at(-1) as (typeof body.body)[number]);
  const between = body.body.slice(firstIndex, lastIndex).filter((statement) => !moved.includes(statement));
  const leaving = between.find((statement) => facts.tree.some(statement, isInterruption, isFunctionNode));
  if (leaving) return `${name}() may stop or wait between its releases.`;

  for (const identifier of facts.tree.all('Identifier')) {
    if (!moved.some((statement) => contains(statement, identifier))) continue;
    const variable = facts.bindings.variableOf(identifier);
    if (!variable || variable === keyVariable) continue;
    const isLocal = variable.identifiers.every((declared) => contains(body.parent, declared));
    const moves = variable.identifiers.every((declared) => moved.some((statement) => contains(statement, declared)));
    if (isLocal && !moves) return `A release of ${name}() needs its ${identifier.name}.`;
  }

  const behind = body.body.slice(firstIndex).filter((statement) => !moved.includes(statement));
  const read = findReadPlace(behind, places, facts);
  return read && `${name}() still looks at ${nameOfPlace(read)} after its first release.`;
}

function isInterruption(node: Node): boolean {
  return /^(?:ReturnStatement|ThrowStatement|BreakStatement|ContinueStatement|AwaitExpression|YieldExpression)$/u.test(node.type) || (node.type === 'ForOfStatement' && node.await);
}

function nameBeside({ style, statement, fn }: Cleanup, wish: string, facts: Facts): string {
  const owner = facts.functions.of(fn)?.method?.owner;
  if (style === 'method' && owner) {
    const spelled = prefersHashNames(owner) ? wish.replace(/^#?/u, '#') : wish;
    return freeName(spelled, (candidate) => owner.members.has(candidate));
  }
  const taken = namesTakenAround(statement, facts.model);
  return freeName(wish, (candidate) => taken.has(candidate));
}

/** `private releaseSession(sessionId: string): void` */
function headOf({ style, statement, key, places }: Cleanup, name: string, keyName: string, writer: CodeWriter, facts: Facts): string {
  const { typed } = writer.style;
  const parameter = typed ? `${keyName}: ${keyType(key, places, writer, facts)}` : keyName;
  const signature = `${name}(${parameter})${typed ? ': void' : ''}`;
  if (style === 'function') return `function ${signature}`;
  const isStatic = statement.type === 'MethodDefinition' && statement.static;
  return `${typed && !name.startsWith('#') ? 'private ' : ''}${isStatic ? 'static ' : ''}${signature}`;
}

/** The type of the key: as the clean-up's parameter has it, else as a collection's keys have it. */
function keyType(key: Node, places: Cleanup['places'], writer: CodeWriter, facts: Facts): string {
  const declared = facts.bindings.variableOf(unwrap(key))?.identifiers[0] as Node | undefined;
  if (declared?.type === 'Identifier' && declared.typeAnnotation) return writer.textOf(declared.typeAnnotation.typeAnnotation);
  const collection = facts.collections.find((one) => places.has(facts.places.key(one.place)) && one.typeArguments.length > 0);
  return collection?.typeArguments[0] ? writer.textOf(collection.typeArguments[0]) : 'string';
}

/** The innermost statements of a moved one that may throw. What the clean-up isolates already stays as it is. */
function throwing(moved: Node, { releases }: Cleanup, facts: Facts) {
  return facts.tree.all('ExpressionStatement').filter((statement) => contains(moved, statement) && !isInTry(statement, moved) && releases.canThrow(statement));
}

function isInTry(statement: Node, within: Node): boolean {
  for (let current: Node | undefined = statement; current && current !== within.parent; current = current.parent) {
    if (current.type === 'TryStatement') return true;
  }
  return false;
}
