import type { Count, Scenario } from './scenario.js';

/** The test runners that tests are written for. */
export type RunnerId = 'vitest' | 'jest' | 'node:test';

/** How a test runner spells what a test does: in lines that are indented by two spaces, with semicolons and single quotes. */
export interface Runner {
  readonly id: RunnerId;
  /** What it takes from which module; nothing where its names are global. */
  readonly needs: (scenarios: readonly Scenario[], module: 'esm' | 'commonjs') => readonly { readonly from: string; readonly names: readonly string[] | string }[];
  /** Statements before all tests. */
  readonly setUp: (scenarios: readonly Scenario[]) => readonly string[];
  /** The first line of a test; `fakes`: it has a clock of its own. */
  readonly open: (title: string, isAsync: boolean, fakes: boolean) => string;
  /** The first statements of a test that fakes a clock; `counts`: and counts timers. */
  readonly fake: (clock: NonNullable<Scenario['clock']>, counts: boolean) => readonly string[];
  readonly value: (count: Count) => string;
  readonly expect: (actual: string, is: 'equal' | 'above' | 'below', value: string) => string;
  /** Statements that let time pass, and have whatever is awaited in between happen. */
  readonly wait: (ms: string) => readonly string[];
}

const usesClock = (scenarios: readonly Scenario[]): boolean => scenarios.some(({ clock }) => clock !== undefined);

const MATCHERS = { equal: 'toBe', above: 'toBeGreaterThan', below: 'toBeLessThan' } as const;

/** What vitest and jest have in common: the object that fakes the clock has another name. */
function likeJest(id: RunnerId, fakes: string, needs: Runner['needs']): Runner {
  return {
    id,
    needs,
    setUp: (scenarios) => (usesClock(scenarios) ? ['beforeEach(() => {', `  ${fakes}.useFakeTimers();`, '});', '', 'afterEach(() => {', `  ${fakes}.useRealTimers();`, '});', ''] : []),
    open: (title, isAsync) => `test(${title}, ${isAsync ? 'async ' : ''}() => {`,
    fake: () => [],
    value: (count) => ('timers' in count ? `${fakes}.getTimerCount()` : count.expression),
    expect: (actual, is, value) => `expect(${actual}).${MATCHERS[is]}(${value});`,
    wait: (ms) => [`await ${fakes}.advanceTimersByTimeAsync(${ms});`],
  };
}

const OPERATORS = { equal: '', above: '>', below: '<' } as const;

const nodeTest: Runner = {
  id: 'node:test',
  needs: () => [
    { from: 'node:assert/strict', names: 'assert' },
    { from: 'node:test', names: ['test'] },
  ],
  setUp: () => [],
  open: (title, isAsync, fakes) => `test(${title}, ${isAsync ? 'async ' : ''}(${fakes ? 't' : ''}) => {`,
  fake: (clock, counts) => [
    "t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });",
    ...(counts
      ? [
          `const started = t.mock.method(globalThis, '${clock}').mock;`,
          `const cleared = t.mock.method(globalThis, '${clock.replace('set', 'clear')}').mock;`,
          'const countLive = () => started.calls.filter(({ result }) => !cleared.calls.some((call) => call.arguments[0] === result)).length;',
        ]
      : []),
  ],
  value: (count) => ('timers' in count ? 'countLive()' : count.expression),
  expect: (actual, is, value) => (is === 'equal' ? `assert.equal(${actual}, ${value});` : `assert.ok(${actual} ${OPERATORS[is]} ${value});`),
  // Its clock does not wait for promises.
  wait: (ms) => [`for (let passed = 0; passed < ${ms}; passed += 1000) {`, '  t.mock.timers.tick(1000);', '  await Promise.resolve();', '}'],
};

const RUNNERS: Readonly<Record<RunnerId, Runner>> = {
  vitest: likeJest('vitest', 'vi', (scenarios) => [{ from: 'vitest', names: [...(usesClock(scenarios) ? ['afterEach', 'beforeEach'] : []), 'expect', 'test', ...(usesClock(scenarios) ? ['vi'] : [])] }]),
  // Its names are global, but for `jest` itself in an ES module.
  jest: likeJest('jest', 'jest', (scenarios, module) => (module === 'esm' && usesClock(scenarios) ? [{ from: '@jest/globals', names: ['jest'] }] : [])),
  'node:test': nodeTest,
};

export function runnerOf(id: RunnerId): Runner {
  return RUNNERS[id];
}
