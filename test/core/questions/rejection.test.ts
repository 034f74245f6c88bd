import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/core/index.js';
import { rejectionOf, type Rejection } from '../../../src/core/questions/rejection.js';
import { isFunctionNode, type Node } from '../../../src/core/syntax/nodes.js';
import { modelOf } from '../../support/check.js';

/** What the sample awaits last, among functions that it may call. */
function judged(awaited: string, settles?: (node: Node) => boolean): Rejection {
  const { facts } = analyze(modelOf(`
async function safe() { return 1; }
async function risky() { throw new Error('no'); }
async function waits(given) { await given; }
async function reads(lines) { for await (const line of lines) note(line); }
function passes() { return fetch('/'); }
function plain() { return count; }
const first = () => second();
const second = () => third();
const third = () => fourth();
const fourth = () => fifth();
const fifth = () => safe();
export async function run(given, load) {
  const fixed = 'text';
  const asked = fetch('/');
  await (${awaited});
}
`));
  const awaits = facts.tree.all('AwaitExpression').filter((node) => facts.functions.around(node).name === 'run');
  const functions = [...facts.tree.all('ArrowFunctionExpression'), ...facts.tree.all('FunctionExpression')];
  return rejectionOf(awaits[0]?.argument as Node, facts, new Set(settles ? functions.filter((fn) => isFunctionNode(fn) && settles(fn)) : []));
}

describe('whether awaiting something can throw', () => {
  it.each<[Rejection, string]>([
    ['no', "'text'"], ['no', '`text`'], ['no', '{ a: 1 }'], ['no', 'this'], ['no', '!given'], ['no', 'given + 1'],
    ['no', 'fixed'], ['yes', 'asked'], ['yes', 'given'], ['perhaps', 'somebodys'], ['perhaps', 'given.promise'],
    ['no', 'given ? 1 : 2'], ['yes', 'given ? 1 : load'], ['no', '1 || 2'], ['yes', "'' ?? load"], ['perhaps', 'given ? 1 : given.promise'],
    ['no', '[1, , ...[2]]'], ['yes', '[1, given]'],
    ['yes', "import('./part.js')"],
  ])('%s: a value, %s', (expected, awaited) => {
    expect(judged(awaited)).toBe(expected);
  });

  it.each<[Rejection, string]>([
    ['no', 'new Promise((resolve) => setTimeout(resolve, 5))'],
    ['no', 'new Promise((resolve, reject) => resolve(1))'],
    ['yes', 'new Promise((resolve, reject) => given.on("error", reject))'],
    ['perhaps', 'new Promise((resolve, { wrapped }) => resolve(1))'],
    ['perhaps', 'new Promise(given)'],
    ['no', 'new Promise()'],
    ['perhaps', 'new Task(given)'],
  ])('%s: a promise that is made, %s', (expected, awaited) => {
    expect(judged(awaited)).toBe(expected);
  });

  it.each<[Rejection, string]>([
    ['no', 'Promise.allSettled([given])'], ['no', 'Promise.resolve()'], ['no', 'Promise.resolve(1)'], ['yes', 'Promise.resolve(given)'],
    ['no', 'Promise.all([1, 2])'], ['yes', 'Promise.all([1, given])'], ['yes', 'Promise.race([asked])'], ['no', 'Promise.any()'],
    ['no', 'asked.catch(() => 1)'], ['yes', 'asked.catch(() => { throw new Error(); })'], ['no', 'asked.catch(note)'], ['yes', 'asked.catch(() => risky())'],
    ['yes', 'asked.finally(() => 1)'], ['no', 'Promise.resolve(1).finally(() => 1)'],
    ['yes', 'asked.then(() => 1)'], ['no', 'asked.then(() => 1, () => 2)'], ['yes', 'asked.then(() => risky(), () => 2)'], ['yes', 'asked.then(() => 1, () => risky())'], ['no', 'Promise.resolve(1).then(() => 2)'],
    ['no', 'given.map(async () => 1)'], ['yes', 'given.map(async () => { throw new Error(); })'], ['yes', 'given.map(load)'], ['yes', 'given.map()'],
  ])('%s: what is made of others, %s', (expected, awaited) => {
    expect(judged(awaited)).toBe(expected);
  });

  it.each<[Rejection, string]>([
    ['no', 'sleep(5)'], ['no', 'timers.setTimeout(5)'], ['yes', 'sleepAndLook(5)'], ['yes', 'other(5)'],
    ['no', 'safe()'], ['yes', 'risky()'], ['yes', 'waits(1)'], ['yes', 'reads(given)'], ['yes', 'passes()'], ['no', 'plain()'],
    ['no', 'fifth()'],
  ])('%s: a call, %s', (expected, awaited) => {
    expect(judged(awaited)).toBe(expected);
  });

  it('is not followed for ever', () => {
    expect(judged('first()')).toBe('perhaps');
  });

  it('leaves out what only a function does that is over by then', () => {
    const made = 'new Promise((resolve, reject) => { later(() => { reject(new Error()); }); })';
    expect(judged(made)).toBe('yes');
    expect(judged(made, (fn) => fn.range[1] - fn.range[0] < 40)).toBe('no');
  });
});
