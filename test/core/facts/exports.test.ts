import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

/** What leaves a sample: `name`, `name = local`, `name = local from module`, `* from module`. */
function exportsIn(code: string, path?: string): string[] {
  const { entries, stars } = factsOf(code, path).exports;
  return [...entries.map(({ name, local, from }) => `${name}${local === name && from === undefined ? '' : ` = ${local}`}${from === undefined ? '' : ` from ${from}`}`), ...stars.map((from) => `* from ${from}`)];
}

describe('what leaves a file', () => {
  it.each([
    ['export const a = 1, b = 2;', ['a', 'b']],
    ['export function f() {}', ['f']],
    ['export class C {}', ['C']],
    ['export const { a, b: c, ...d } = make();', ['a', 'c', 'd']],
    ['export const [a, , b = 1, ...c] = make();', ['a', 'b', 'c']],
    ['export const { a = 1, b: { c } } = make();', ['a', 'c']],
    ['const a = 1; export { a, a as b };', ['a', 'b = a']],
    ["const a = 1; export { a as 'a b' };", ['a b']],
    ['export default function f() {}', ['default']],
    ['const a = 1; export default a;', ['default']],
    ['export default { a: 1 };', ['default']],
    ["export { a, b as c } from './m.js';", ['a = a from ./m.js', 'c = b from ./m.js']],
    ["export * from './m.js';", ['* from ./m.js']],
    ["export * as m from './m.js';", ['m = * from ./m.js']],
    ["import { a } from './m.js'; export { a as b };", ['b = a from ./m.js']],
    ["import m from './m.js'; export default m;", ['default = default from ./m.js']],
    ['export type T = string; export interface I {}', ['T', 'I']],
    ['export enum E { A }', ['E']],
  ])('of modules: %s', (code, expected) => {
    expect(exportsIn(code)).toEqual(expected);
  });

  it.each([
    ['exports.stop = function () {};', ['stop']],
    ['module.exports.stop = () => {};', ['stop']],
    ['function stop() {} module.exports = { stop, start: stop };', ['stop', 'start = stop']],
    ['function stop() {} module.exports = { stop, ...others };', ['stop']],
    ['class Stop {} module.exports = Stop;', ['default']],
    ["module.exports = { ['stop']: () => {} };", ['stop']],
    ["exports['stop'] = 1;", ['stop']],
  ])('of CommonJS: %s', (code, expected) => {
    expect(exportsIn(code, 'src/sample.cjs')).toEqual(expected);
  });

  it.each([
    ['function f(exports) { exports.stop = 1; }'],
    ['const module = {}; module.exports = { stop: 1 };'],
    ['other.exports = 1;'],
    ['exports[name] = 1;'],
    ['stop = 1;'],
    ['module.exports.parts.stop = 1;'],
  ])('nothing does with %s', (code) => {
    expect(exportsIn(code, 'src/sample.cjs')).toEqual([]);
  });

  it('is found again by its names', () => {
    const { exports } = factsOf('class Inner {} export { Inner as Outer, Inner as Other };');
    const variable = exports.variableOf('Other');
    expect(variable?.name).toBe('Inner');
    expect(variable && exports.nameOf(variable)).toBe('Outer');
    expect(exports.variableOf('Inner')).toBeUndefined();
  });
});
