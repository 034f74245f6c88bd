import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Place } from '../../src/core/facts/places.js';
import type { HandlerSubject } from '../../src/core/subject.js';
import { isClassNode, isFunctionNode, type FunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import { findReleasedKey } from './key.js';
import { PureReleases } from './pure-release.js';

/** A clean-up, taken apart into what only releases and what does other work. */
export interface Cleanup {
  readonly name: string;
  readonly fn: FunctionNode;
  readonly body: TSESTree.BlockStatement;
  /** What it is a member of a list as: a method, a function declaration, or a variable declaration. */
  readonly statement: Node;
  readonly style: 'method' | 'function';
  /** The expression for the key, as it writes it. */
  readonly key: Node;
  readonly releases: PureReleases;
  /** The statements that only release. */
  readonly moved: readonly TSESTree.Statement[];
  /** The places of which they release the key's entry, by `Places.key`. */
  readonly places: ReadonlyMap<string, Place>;
  /** Whether all it does is release what the handler should, too. */
  readonly isPure: boolean;
}

/** Takes the clean-up apart; if it leaves the work to another function, as a guard against re-entry does, that one. */
export function parseCleanup(subject: HandlerSubject, facts: Facts): Cleanup | Refusal {
  const cleanup = parseFunction(subject.cleanup, subject, facts);
  if (!('refused' in cleanup)) return cleanup;
  for (const { to } of subject.cleanup.calls) {
    const inner = parseFunction(to, subject, facts);
    if (!('refused' in inner)) return inner;
  }
  return cleanup;
}

function parseFunction(candidate: FunctionFact, subject: HandlerSubject, facts: Facts): Cleanup | Refusal {
  const { node: fn, name } = candidate;
  if (!isFunctionNode(fn) || fn.body.type !== 'BlockStatement' || fn.generator) return { refused: `${name}() has no plain body to take releases from.` };
  const { body } = fn;
  const home = homeOf(fn);
  if (!home) return { refused: `There is no place for another function beside ${name}().` };
  const common = new Set(subject.released.map((released) => facts.places.key(released.place)));
  const key = findReleasedKey(candidate, body, common, facts);
  if (!key) return { refused: `Nothing that both release shows that the handler and ${name}() end the same entry.` };

  const spared = new Set(subject.survivors.map((survivor) => facts.places.key(survivor.place)));
  const releases = new PureReleases(facts, key.text, spared);
  const moved = releases.among(body.body);
  const places = new Map(moved.flatMap((statement) => releases.placesIn(statement)).map((place) => [facts.places.key(place), place]));
  const mixed = subject.skipped.find((skipped) => !places.has(facts.places.key(skipped.place)));
  if (mixed) return { refused: `${name}() releases ${mixed.name} together with other work.` };
  const rest = body.body.filter((statement) => !moved.includes(statement));
  return { name, fn, body, ...home, key: key.node, releases, moved, places, isPure: rest.every(isHarmless) };
}

/** Where another function can stand beside a clean-up. */
function homeOf(fn: FunctionNode): { statement: Node; style: Cleanup['style'] } | undefined {
  if (fn.type === 'FunctionDeclaration') {
    const exported = fn.parent.type === 'ExportNamedDeclaration' || fn.parent.type === 'ExportDefaultDeclaration';
    return { statement: exported ? fn.parent : fn, style: 'function' };
  }
  const { parent } = fn;
  if (parent.type === 'MethodDefinition' && isClassNode(parent.parent.parent)) return { statement: parent, style: 'method' };
  if (parent.type !== 'VariableDeclarator' || parent.parent.declarations.length !== 1) return undefined;
  const statement = parent.parent.parent.type === 'ExportNamedDeclaration' ? parent.parent.parent : parent.parent;
  return { statement, style: 'function' };
}

/** `return;`, `return true;`, and `if (!this.sessions.has(id)) return false;`: not releasing, but no work either. */
function isHarmless(statement: Node): boolean {
  if (statement.type === 'ReturnStatement') return !statement.argument || statement.argument.type === 'Literal';
  if (statement.type === 'BlockStatement') return statement.body.every(isHarmless);
  if (statement.type !== 'IfStatement' || statement.alternate || !isHarmless(statement.consequent)) return false;
  const { test } = statement;
  const call = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : undefined;
  const callee = call?.type === 'CallExpression' ? call.callee : undefined;
  return callee?.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'has';
}
