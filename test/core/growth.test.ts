import { expect, it, vi } from 'vitest';
import { Places } from '../../src/core/facts/places.js';
import { analyze, DEFAULT_SETTINGS, outlineAlone } from '../../src/core/index.js';
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

/** How often the outline of a file asks for the name of a place. */
function namings(text: string): number {
  const parsed = parse('a.js', text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  const key = vi.spyOn(Places.prototype, 'key');
  try {
    outlineAlone(parsed.ok, DEFAULT_SETTINGS);
    return key.mock.calls.length;
  } finally {
    key.mockRestore();
  }
}

it('twice as many functions that call each other in circles, and add to a collection, are named about twice as often', () => {
  const calls = (index: number, count: number): string => [1, 7].map((step) => `step${(index + step) % count}(id, value);`).join(' ');
  const text = (count: number): string => `const entries = new Map();\n${Array.from({ length: count }, (_, index) => `export function step${index}(id, value) { if (value) entries.set(id, value); ${calls(index, count)} }`).join('\n')}`;
  expect(namings(text(120)) / namings(text(60))).toBeLessThan(2.6);
});
