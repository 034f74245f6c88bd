import { expect, it } from 'vitest';
import { textsOf } from '../../../src/core/scope/texts.js';
import { factsOf, probed } from '../../support/facts.js';

/** The texts that the probed expression of a sample may stand for. */
function textsIn(code: string): readonly string[] {
  const facts = factsOf(code);
  const [node] = probed(facts);
  if (!node) throw new Error('nothing is probed');
  return textsOf(node, facts.bindings);
}

it.each([
  ['a literal', "probe('poll');", ['poll']],
  ['a template without holes', 'probe(`poll`);', ['poll']],
  ['a constant', "const NAME = 'poll'; probe(NAME);", ['poll']],
  ['a template of a constant', "const NAME = 'poll'; probe(`on-${NAME}-end`);", ['on-poll-end']],
  ['a loop over a list', "for (const name of ['poll', 'ping']) probe(name);", ['poll', 'ping']],
  ['a loop over a list that is not to change', "for (const name of ['poll', 'ping'] as const) probe(name);", ['poll', 'ping']],
  ['a loop over a list with a name', "const NAMES = ['poll', 'ping']; for (const name of NAMES) probe(name);", ['poll', 'ping']],
  ['a callback for each of a list', "['poll', 'ping'].forEach((name) => probe(name));", ['poll', 'ping']],
  ['a template in a loop', "for (const name of ['poll', 'ping']) probe(`${name}Timer`);", ['pollTimer', 'pingTimer']],
  ['a template of two loops', "for (const one of ['a', 'b']) for (const other of ['x', 'y']) probe(`${one}${other}`);", ['ax', 'ay', 'bx', 'by']],
  ['a parameter whose type is a union', "function run(key: 'poll' | 'ping') { probe(key); }", ['poll', 'ping']],
  ['a parameter whose type is one text', "function run(key: 'poll') { probe(key); }", ['poll']],
])('are known of %s', (_, code, expected) => {
  expect(textsIn(code)).toEqual(expected);
});

it.each([
  ['a parameter', 'function run(key) { probe(key); }'],
  ['a parameter of another type', 'function run(key: string) { probe(key); }'],
  ['a parameter whose type is a union with more', "function run(key: 'poll' | number) { probe(key); }"],
  ['a variable that is written again', "let name = 'poll'; name = 'ping'; probe(name);"],
  ['a template of what is not known', 'function run(key) { probe(`on-${key}`); }'],
  ['a loop over a list of which one is not known', "function run(key) { for (const name of ['poll', key]) probe(name); }"],
  ['a loop over a list with a gap', "for (const name of ['poll', , 'ping']) probe(name);"],
  ['a loop over what is given', 'function run(names) { for (const name of names) probe(name); }'],
  ['the second parameter of a callback', "['poll', 'ping'].forEach((name, index) => probe(index));"],
  ['a callback of something else', "['poll', 'ping'].sort((name) => probe(name));"],
  ['a constant that stands for itself', 'const name = name; probe(name);'],
  ['a number', 'probe(1 + 2);'],
])('are not known of %s', (_, code) => {
  expect(textsIn(code)).toEqual([]);
});

it('are no more than a program would write out', () => {
  const list = `[${Array.from({ length: 9 }, (_, index) => `'${String(index)}'`).join(', ')}]`;
  expect(textsIn(`for (const one of ${list}) for (const other of ${list}) probe(\`\${one}\${other}\`);`)).toHaveLength(32);
});
