import { expect, it, vi } from 'vitest';
import { Places } from '../../src/core/facts/places.js';
import { analyze, DEFAULT_SETTINGS, outlineAlone, type SourceModel } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';

/** How often the analysis looks at a node's children, in walks through parts of the tree. */
function visits(text: string): number {
  const parsed = parse('a.js', text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  let count = 0;
  const visitorKeys = new Proxy(parsed.ok.visitorKeys, {
    get: (keys, type) => {
      count++;
      return keys[String(type)];
    },
  });
  analyze({ ...parsed.ok, visitorKeys });
  return count;
}

/** Time grows as what is visited does, and a count is the same on every machine. */
const TEXTS: readonly (readonly [string, (index: number) => string])[] = [
  ['timers in functions that call each other, and fields that are given functions', (index) => `
    this.step${index} = function () { this.begin${index} = function () { work(); }; this.begin${index}(); this.step${index - 1}(); };
    function start${index}() { start${index - 1}(); setTimeout(function () { jobs.begin(${index}); start${index}(); }, 60000); }`],
  ['a program that may exit', (index) => `
    this.stop${index} = function () { if (failed) process.exit(${index}); };
    function start${index}() { start${index - 1}(); setTimeout(function () { begin(${index}); }, 60000); }`],
];

it.each(TEXTS)('twice the code costs about twice the visits: %s', (_name, piece) => {
  const text = (count: number): string => `(function () {\n${Array.from({ length: count }, (_, index) => piece(index)).join('\n')}\n}).call(this);`;
  expect(visits(text(80)) / visits(text(40))).toBeLessThan(2.6);
});

/** How often something that is done with a file asks for the name of a place. */
function namings(text: string, work: (model: SourceModel) => unknown): number {
  const parsed = parse('a.js', text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const key = vi.spyOn(Places.prototype, 'key');
  try {
    work(parsed.ok);
    return key.mock.calls.length;
  } finally {
    key.mockRestore();
  }
}

it('twice as many functions that call each other in circles, and add to a collection, are named about twice as often', () => {
  const calls = (index: number, count: number): string => [1, 7].map((step) => `step${(index + step) % count}(id, value);`).join(' ');
  const text = (count: number): string => `const entries = new Map();\n${Array.from({ length: count }, (_, index) => `export function step${index}(id, value) { if (value) entries.set(id, value); ${calls(index, count)} }`).join('\n')}`;
  const outline = (model: SourceModel): unknown => outlineAlone(model, DEFAULT_SETTINGS);
  expect(namings(text(120), outline) / namings(text(60), outline)).toBeLessThan(2.6);
});

it('of functions that all call each other, as those of a compiler do, a part of the calls is followed once there are very many', () => {
  const calls = (index: number, count: number): string => Array.from({ length: count }, (_, other) => (other === index ? '' : `step${other}(id, value);`)).join(' ');
  const change = (index: number): string => (index % 8 > 0 ? '' : 'if (value) entries.set(id, value); else names.delete(id);');
  const text = (count: number): string => `const entries = new Map(); const names = new Map();\n${Array.from({ length: count }, (_, index) => `function step${index}(id, value) { ${change(index)} ${calls(index, count)} }`).join('\n')}\nexport { step0 };`;
  expect(namings(text(160), analyze) / namings(text(80), analyze)).toBeLessThan(1.5);
});

it('twice as many branches that end an entry, for twice as many collections, are looked at once each', () => {
  const text = (count: number): string => `${Array.from({ length: count }, (_, index) => `const entries${index} = new Map(); export function add${index}(id) { entries${index}.set(id, 1); }`).join('\n')}
    export function remove(id, isLast) { ${Array.from({ length: count }, (_, index) => `if (isLast) entries${index}.delete(id); else drop${index}(id);`).join('\n')} }
    ${Array.from({ length: count }, (_, index) => `function drop${index}(id) { entries${index}.delete(id); }`).join('\n')}`;
  expect(namings(text(80), analyze) / namings(text(40), analyze)).toBeLessThan(4.4);
});
