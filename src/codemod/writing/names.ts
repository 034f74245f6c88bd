import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModel } from '../../core/index.js';

/** `wish`, or `wish2`, `wish3`, … if it is taken. */
export function freeName(wish: string, isTaken: (name: string) => boolean): string {
  let name = wish;
  for (let number = 2; isTaken(name); number++) name = `${wish}${number}`;
  return name;
}

/** The first of some wishes that is free; a number behind the first of them where none is. */
export function firstFreeName(wishes: readonly [string, ...string[]], isTaken: (name: string) => boolean): string {
  return wishes.find((wish) => !isTaken(wish)) ?? freeName(wishes[0], isTaken);
}

/**
 * The names that a declaration at a node must not have, if it is used anywhere
 * in its scope: all that are declared around it, and all that are declared or
 * used within.
 */
export function namesTakenAround(node: TSESTree.Node, model: SourceModel): ReadonlySet<string> {
  const { around, innermost } = scopesAt(node, model);
  const within = model.scopes.scopes.filter((scope) => spans(innermost.block, scope.block));
  return new Set([
    ...[...around, ...within].flatMap((scope) => scope.variables.map((variable) => variable.name)),
    ...within.flatMap((scope) => scope.references.map((reference) => reference.identifier.name)),
  ]);
}

/**
 * The names that a declaration beside a statement must not have, if it is used
 * only there and within that statement: blocks beside it may have them, too.
 */
export function namesTakenAt(statement: TSESTree.Node, model: SourceModel): ReadonlySet<string> {
  const { around, innermost } = scopesAt(statement, model);
  const names = new Set(around.flatMap((scope) => scope.variables.map((variable) => variable.name)));
  for (const scope of model.scopes.scopes) {
    if (spans(statement, scope.block)) for (const variable of scope.variables) names.add(variable.name);
    if (!spans(innermost.block, scope.block)) continue;
    for (const { identifier, resolved } of scope.references) {
      if (!resolved || around.includes(resolved.scope)) names.add(identifier.name);
    }
  }
  return names;
}

/** The scopes that a node stands in, and the innermost of them. */
function scopesAt(node: TSESTree.Node, model: SourceModel) {
  const around = model.scopes.scopes.filter((scope) => scope.block !== node && spans(scope.block, node));
  return { around, innermost: around.reduce((inner, scope) => (spans(inner.block, scope.block) ? scope : inner)) };
}

function spans(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
