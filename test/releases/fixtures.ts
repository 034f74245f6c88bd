import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TSESTree } from '@typescript-eslint/utils';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { analyze, isFinding, type RuleId } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A sample of our own that nothing is reported of, and one of its releases. */
export interface Removal {
  /** The file that the sample stands in, and the release as it is written. */
  readonly name: string;
  /** The rule that the sample is about, by the name of its file. */
  readonly rule: RuleId;
  readonly whole: string;
  readonly without: string;
}

const CLEAR = /^clear(?:Timeout|Interval|Immediate)$/;
const METHOD = /^(?:delete|clear|close|kill|terminate|destroy|disconnect|unsubscribe|removeListener|removeEventListener|off|abort|dispose|shift|splice)$/;

/** Every release of every silent sample in the pages of the rules and in their tests that is the only one of its thing. */
export function removals(): Removal[] {
  const pages = filesIn('docs/rules', /\.md$/).flatMap(([file, text]) => [...text.matchAll(/```tsx?\n(.*?)```/gs)].map(([, sample = '']) => [file, sample] as const));
  const tests = filesIn('test/rules', /^(?:no|require)-.*\.test\.ts$/).flatMap(([file, text]) => [...text.matchAll(/`\n(.*?)`/gs)].filter(([, sample = '']) => !sample.includes('${')).map(([, sample = '']) => [file, sample] as const));
  return [...pages, ...tests].flatMap(([file, sample]) => {
    const rule = /^((?:no|require)(?:-\w+)+)/.exec(file)?.[1] as RuleId;
    return findingsOf(sample).length > 0 ? [] : removalsIn(sample).map(({ release, without }) => ({ name: `${file}: ${release}`, rule, whole: sample, without }));
  });
}

/** What is reported of a sample by any rule; empty if it is no program by itself. */
export function findingsOf(sample: string): string[] {
  const parsed = parse('src/sample.tsx', sample);
  return 'ok' in parsed ? analyze(parsed.ok).verdicts.filter(isFinding).map(({ outcome, rule, symbol }) => `${outcome} ${rule} ${symbol}`) : [];
}

function removalsIn(sample: string): { release: string; without: string }[] {
  const parsed = parse('src/sample.tsx', sample);
  if (!('ok' in parsed)) return [];
  const { text, ast } = parsed.ok;
  const found = statementsBelow(ast).flatMap((statement) => {
    const released = findReleased(statement.expression);
    return released ? [{ release: text.slice(...statement.range), thing: text.slice(...released.range).replace(/\?/g, ''), range: statement.range }] : [];
  });
  return found
    .filter(({ thing }) => found.filter((other) => other.thing === thing).length === 1)
    .map(({ release, range: [start, end] }) => ({ release, without: `${text.slice(0, start)};${text.slice(end)}` }));
}

/** What a statement lets go of; undefined if it does no such thing. */
function findReleased(expression: TSESTree.Node): TSESTree.Node | undefined {
  switch (expression.type) {
    case 'ChainExpression':
      return findReleased(expression.expression);
    case 'AwaitExpression':
      return findReleased(expression.argument);
    case 'UnaryExpression':
      return expression.operator === 'delete' && expression.argument.type === 'MemberExpression' ? expression.argument.object : undefined;
    case 'AssignmentExpression':
      return expression.left.type === 'MemberExpression' && isNamed(expression.left.property, /^length$/) ? expression.left.object : undefined;
    case 'CallExpression':
      if (expression.callee.type === 'Identifier') return CLEAR.test(expression.callee.name) ? expression.arguments[0] : undefined;
      return expression.callee.type === 'MemberExpression' && isNamed(expression.callee.property, METHOD) ? expression.callee.object : undefined;
    default:
      return undefined;
  }
}

function isNamed(node: TSESTree.Node, pattern: RegExp): boolean {
  return node.type === 'Identifier' && pattern.test(node.name);
}

function statementsBelow(node: TSESTree.Node): TSESTree.ExpressionStatement[] {
  const children = (visitorKeys[node.type] ?? []).flatMap((key) => (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[key] ?? []);
  return [...(node.type === 'ExpressionStatement' ? [node] : []), ...children.flatMap((child) => (child ? statementsBelow(child) : []))];
}

function filesIn(folder: string, pattern: RegExp): (readonly [name: string, text: string])[] {
  return readdirSync(`${root}/${folder}`).filter((name) => pattern.test(name)).sort().map((name) => [name, readFileSync(`${root}/${folder}/${name}`, 'utf8')]);
}
