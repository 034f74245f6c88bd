import { expect, it } from 'vitest';
import { analyze } from '../../src/core/index.js';
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
