import { describe, expect, it } from 'vitest';
import { Flow } from '../../../src/core/flow/flow.js';
import type { Node } from '../../../src/core/syntax/nodes.js';
import { factsOf } from '../../support/facts.js';

/** The flow of the function `run` in a sample, and the calls in it by the name of the callee. */
function flowIn(code: string): { flow: Flow; calls: (name: string) => Node[]; call: (name: string) => Node } {
  const { tree } = factsOf(code);
  const root = tree.all('FunctionDeclaration').find((fn) => fn.id?.name === 'run');
  if (!root) throw new Error('the sample has no run()');
  const calls = (name: string): Node[] => tree.all('CallExpression').filter((one) => one.callee.type === 'Identifier' && one.callee.name === name);
  const call = (name: string): Node => {
    const [found] = calls(name);
    if (!found) throw new Error(`the sample does not call ${name}()`);
    return found;
  };
  return { flow: new Flow(root, (node) => tree.childrenOf(node)), calls, call };
}

describe('what comes before on every path', () => {
  const isPreceded = (code: string): boolean => {
    const { flow, call, calls } = flowIn(code);
    return flow.isPrecededBy(call('target'), calls('through'));
  };

  it.each([
    ['a statement above', 'function run() { through(); target(); }'],
    ['an argument', 'function run() { target(through()); }'],
    ['a test', 'function run() { if (through()) target(); }'],
    ['the first round of a do loop', 'function run() { do { through(); } while (x); target(); }'],
    ['both ways around an early return', 'function run() { if (x) return; through(); target(); }'],
    ['a finally', 'function run() { try { y(); } finally { through(); } target(); }'],
    ['the left of a logical expression', 'function run() { through() && target(); }'],
    ['an endless loop that is left behind it', 'function run() { while (true) { through(); if (x) break; } target(); }'],
    ['a parameter default', 'function run(x = target(through())) {}'],
    ['what an outer loop goes on with', 'function run() { outer: for (const a of x) { through(); for (const b of a) { if (b) continue outer; target(); } } }'],
    ['what an endless loop with a name is left behind', 'function run() { outer: while (true) { through(); for (;;) { if (x) break outer; } } target(); }'],
    ['the first round of a do loop with a name', 'function run() { outer: do { through(); if (x) continue outer; } while (y); target(); }'],
    ['every case of a switch', 'function run() { switch (x) { case 1: through(); break; default: through(); } target(); }'],
    ['a default that others fall into', 'function run() { switch (x) { default: through(); break; case 1: case 2: through(); } target(); }'],
    ['the key of a computed field', 'function run() { class C { [through()] = 1; } target(); }'],
    ['a static field', 'function run() { class C { static a = through(); } target(); }'],
    ['an import', 'async function run() { await import(through()); target(); }'],
  ])('sees %s', (_, code) => { expect(isPreceded(code)).toBe(true); });

  it.each([
    ['one branch', 'function run() { if (x) through(); target(); }'],
    ['the right of a logical expression', 'function run() { x && through(); target(); }'],
    ['a loop that may have no round', 'function run() { for (const y of x) through(); target(); }'],
    ['a case that may be skipped', 'function run() { switch (x) { case 1: through(); } target(); }'],
    ['a try that may end before it', 'function run() { try { y(); through(); } catch {} target(); }'],
    ['an optional chain', 'function run() { x?.f(through()); target(); }'],
    ['a labelled break past it', 'function run() { here: { if (x) break here; through(); } target(); }'],
    ['a callback', 'function run() { const later = () => { through(); }; target(); }'],
    ['a logical assignment', 'function run() { x ??= through(); target(); }'],
    ['a round of a loop with a name', 'function run() { outer: for (const key in x) { if (key) continue outer; through(); } target(); }'],
    ['what stands behind a continue of an outer loop', 'function run() { outer: for (let i = 0; i < 9; i++) { for (;;) { if (x) continue outer; through(); } } target(); }'],
    ['a case before a default', 'function run() { switch (x) { case 1: through(); break; default: y(); } target(); }'],
    ['a switch without a default', 'function run() { switch (x) { case 1: through(); break; case 2: through(); } target(); }'],
    ['a field of each object', 'function run() { class C { a = through(); } target(); }'],
  ])('does not count %s', (_, code) => { expect(isPreceded(code)).toBe(false); });
});

describe('leaving without', () => {
  const exitOf = (code: string, byThrow = true): string | undefined => {
    const { flow, calls, call } = flowIn(code);
    const exit = flow.leavesWithout(call('from'), calls('through'), { byThrow });
    return exit && `${exit.how} ${exit.node.type} ${String(code.slice(0, exit.node.range[0]).split('\n').length)}`;
  };

  it.each([
    ['an exception', 'async function run() {\n from();\n await work();\n through();\n}', 'throw CallExpression 3'],
    ['a return', 'async function run() {\n from();\n if (x) return;\n through();\n}', 'return ReturnStatement 3'],
    ['the end', 'async function run() {\n from();\n if (x) through();\n}', 'end FunctionDeclaration 1'],
    ['a catch that returns', 'async function run() {\n from();\n try { await work(); } catch { return; }\n through();\n}', 'return ReturnStatement 3'],
    ['an exception that a finally lets pass', 'async function run() {\n from();\n try { work(); } finally { x = 1; }\n through();\n}', 'throw CallExpression 3'],
    ['a catch that throws anew', 'async function run() {\n from();\n try { work(); } catch (e) {\n throw e;\n }\n through();\n}', 'throw ThrowStatement 4'],
  ])('finds %s', (_, code, exit) => { expect(exitOf(code)).toBe(exit); });

  it.each([
    ['a finally', 'async function run() { from(); try { await work(); return; } finally { through(); } }'],
    ['a finally around a loop with jumps', 'async function run() { from(); try { for (const x of y) { if (x) continue; if (z) break; if (q) return; work(); } } finally { through(); } }'],
    ['a catch that swallows', 'async function run() { from(); try { await work(); } catch {} through(); }'],
    ['nothing that can throw', 'async function run() { from(); x.y.z = 1; through(); }'],
  ])('does not find an exit past %s', (_, code) => { expect(exitOf(code)).toBeUndefined(); });

  it('does not take the way of a return for that of an exception', () => {
    expect(exitOf('function run() { from(); try { if (x) { through(); return; } } finally { log(); } through(); }', false)).toBeUndefined();
  });

  it('leaves exceptions out where nobody asks for them', () => {
    expect(exitOf('async function run() { from(); await work(); through(); }', false)).toBeUndefined();
  });

  it('believes who says that a step does not throw', () => {
    const { flow, call } = flowIn('async function run() { from(); await work(); through(); }');
    expect(flow.leavesWithout(call('from'), [call('through')], { byThrow: true, mayThrow: () => false })).toBeUndefined();
  });
});

describe('an await between', () => {
  it.each([
    ['between statements', 'async function run() { a(); await x; b(); }', true],
    ['in a branch', 'async function run() { a(); if (x) await y; b(); }', true],
    ['before both', 'async function run() { await x; a(); b(); }', false],
    ['behind both', 'async function run() { a(); b(); await x; }', false],
    ['around a loop', 'async function run() { for (;;) { b(); a(); await x; } }', true],
    ['in another function', 'async function run() { a(); const f = async () => { await x; }; b(); }', false],
    ['a for await', 'async function run() { a(); for await (const x of y) b(); }', true],
    ['on a path that leaves', 'async function run() { a(); if (x) { await y; return; } b(); }', false],
  ])('%s', (_, code, expected) => {
    const { flow, call } = flowIn(code);
    expect(flow.findAwaitBetween(call('a'), call('b')) !== undefined).toBe(expected);
  });
});

describe('odd code', () => {
  it('has an answer for a node that is not there', () => {
    const { flow } = flowIn('function run() {} outside(); here();');
    const { call } = flowIn('function run() {} outside(); here();');
    expect(flow.isPrecededBy(call('outside'), [])).toBe(true);
    expect(flow.leavesWithout(call('outside'), [], { byThrow: true })).toBeUndefined();
    expect(flow.stepOf(call('here'))).toBeUndefined();
  });

  it('takes deep nesting as one step', () => {
    const { flow, call } = flowIn(`function run() { through(); ${'if (x) {'.repeat(900)} target(); ${'}'.repeat(900)} }`);
    expect(flow.isPrecededBy(call('target'), [call('through')])).toBe(true);
  });

  it('ends on nested finally blocks, which multiply', () => {
    const { flow, call } = flowIn(`function run() { from(); ${'try { work(); } finally {'.repeat(40)} through(); ${'}'.repeat(40)} }`);
    expect(typeof flow.isPrecededBy(call('through'), [call('from')])).toBe('boolean');
  });
});
