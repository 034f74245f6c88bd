import { readFileSync } from 'node:fs';
import { analyze, type Reference, type ScopeManager } from '@typescript-eslint/scope-manager';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/project/parse.js';
import { sourcesBelow } from '../plugin/two-doors.js';

type Scopes = Pick<ScopeManager, 'scopes'>;
type Spanned = { readonly type: string; readonly range: readonly [number, number] } | null | undefined;

/** Our scopes of a text, and the library's on the same tree, as lines of text. */
function both(path: string, text: string): { ours: string; theirs: string } {
  const parsed = parse(path, text);
  if ('error' in parsed) throw new Error(`${path}: ${parsed.error.message}`);
  const { ast, scopes } = parsed.ok;
  const isModule = ast.sourceType === 'module';
  return { ours: written(scopes), theirs: written(analyze(ast, { sourceType: isModule ? 'module' : 'script', globalReturn: !isModule, lib: [] })) };
}

/** Scopes, variables, definitions and uses, in their order. */
function written({ scopes }: Scopes): string {
  const variables = new Map(scopes.flatMap((scope) => scope.variables).map((variable, index) => [variable, index]));
  const places = new Map(scopes.map((scope, index) => [scope, index]));
  const use = (reference: Reference): string => [at(reference.identifier), reference.isRead(), reference.isWrite(), places.get(reference.from), reference.resolved ? variables.get(reference.resolved) : 'free', at(reference.writeExpr), reference.init].join(' ');
  return scopes.flatMap((scope) => [
    `${scope.type} ${at(scope.block)} in ${scope.upper ? places.get(scope.upper) : 'nothing'}, vars in ${places.get(scope.variableScope)}, names ${[...scope.set.keys()].join()}`,
    ...scope.references.map((reference) => `  ${use(reference)}`),
    ...scope.variables.flatMap((variable) => [
      `  ${variable.name} of ${places.get(variable.scope)}: ${variable.identifiers.map(at).join()}`,
      ...variable.defs.map((definition) => `    ${definition.type} ${at(definition.name)} ${at(definition.node)} ${at(definition.parent)}`),
      ...variable.references.map((reference) => `    ${use(reference)}`),
    ]),
  ]).join('\n');
}

function at(node: Spanned): string {
  return node ? `${node.type}@${node.range.join('-')}` : String(node);
}

const ODD: readonly (readonly [string, string, string])[] = [
  ['defaults of parameters do not see the body', 'a.js', 'const x = 1; function f(a = x, b = arguments, c = () => x) { var x = 2; return a + b + c; }'],
  ['a name that a function expression gives itself', 'a.js', 'const f = function g(n) { return n ? g(n - 1) : f; };'],
  ['var goes up to the function', 'a.js', 'function f() { if (a) { var b = 1; let c = b; } for (var d of b) { d; } return b + c + d; } var b;'],
  ['patterns', 'a.js', 'const { a, b: { c = a, ...d }, [e()]: f = 1 } = g, [h, , [i] = c, ...j] = k; [a.b, c[d], e = f] = g; ({ a, b: c = d, ...e.f } = g); for (const [k, v] of m) k(v); for (x.y in z); for ([p = q] of r);'],
  ['writes', 'a.js', 'let a = 1; a++; --a; a += b; a ||= c; a = b = c; delete a.b; ({ a } = b);'],
  ['catch, switch, labels and with', 'a.cjs', 'try { f(); } catch ({ message, a = message }) { let message; } switch (a) { case b: let c = 1; default: c; } l: for (;;) { let i; continue l; } with (a) { b(c); }'],
  ['classes', 'a.ts', '@deco(C) class C<T extends C<T>> extends D<T> implements I<T>, J.K { @m() a: T = this.b; static { let s = C; s; } [k]() {} constructor(private p = q, @Inject(r) readonly s: S) { super(p); } accessor x = () => C; declare y: Y; abstract z: Z; static n = class C {}; [index: string]: T; get g(): G { return h; } m(this: C, a?: A): asserts a is B; m() {} }'],
  ['types and values of one name', 'a.ts', 'interface A { b: A } const A = 1; type B = typeof A; function f<A>(a: A): A { return a as A; } enum E { a = 1, "b" = a, c = E.a } namespace N.M { export const n = A; } namespace O { type P = A; } declare module "m" { let x: A; } declare global { interface W {} }'],
  ['types within types', 'a.ts', 'type F<T> = T extends (a: infer U, b: infer V) => infer R ? { [K in keyof U as `${K & string}x`]: U[K] } | V | R : U; type G = { (a: A, { b }: B): typeof a; new (...c: C[]): D; m<T>(x: T): x is U; [s: string]: E; [k]: k }; type H = import("m").I<J>; type K = typeof import("m"); type L = [a: M, b?: N, ...c: O[]]; interface P<T = Q> extends R<T>, S.T {} let u: unique symbol, v: typeof w.x<Y>;'],
  ['exports and imports', 'a.ts', 'import a, { b as c, type d } from "m"; import * as e from "n"; import type f from "o"; import g = require("p"); import h = e.i.j; export { a, c as k, type d as l }; export type { f }; export * from "q"; export { z } from "r"; export default a;'],
  ['export =', 'a.cts', 'const a = 1; export = a;'],
  ['JSX', 'a.tsx', 'import React from "react"; import { A, b } from "c"; const d = (p: P) => <><A.B c={p} {...d}><b/><A<P>>{p}</A></A.B><this.x/><n:m/></>;'],
  ['casts on the left', 'a.ts', 'let a: any; (a as B) = c; (<B>a) = c; a! = c; (a as B)++; [a as B] = c; (a satisfies B).d = e;'],
  ['templates and the rest', 'a.ts', 'const a = f<T>`x${b}`; const g = h<T>; new K<L>(a); a?.[b]?.(c); import(d); import.meta.e; async function* i() { yield* j; await k; }'],
];

describe('scopes', () => {
  it.each(ODD)('are those of the library: %s', (_name, path, text) => {
    const { ours, theirs } = both(path, text);
    expect(ours).toBe(theirs);
  });

  it('are those of the library in many files of this project', { timeout: 120_000 }, () => {
    const different = sourcesBelow('src/core', 'rules', 'codemods').filter((path) => {
      const text = readFileSync(path, 'utf8');
      if ('error' in parse(path, text)) return false;
      const { ours, theirs } = both(path, text);
      return ours !== theirs;
    });
    expect(different).toEqual([]);
  });
});
