import type { CodeStyle } from '../writing/code-style.js';
import type { Runner } from './runners.js';
import { CYCLE, type Imported, type Scenario, type Step } from './scenario.js';

/** Where a test stands, and how it reaches the repaired file. */
export interface TestModule {
  readonly runner: Runner;
  readonly style: CodeStyle;
  /** How the test loads other modules. */
  readonly system: 'esm' | 'commonjs';
  /** The specifier of the repaired file, as seen from the test. */
  readonly specifier: string;
  /** The specifier of another module that the repaired file imports, as seen from the test. */
  readonly rebase: (specifier: string) => string;
}

/** The text of a test file with one test for each scenario. */
export function writeTests(scenarios: readonly Scenario[], module: TestModule): string {
  const { runner, style } = module;
  const tests = scenarios.flatMap((scenario, index) => [...(index > 0 ? [''] : []), ...testLines(scenario, module)]);
  const lines = [...importLines(scenarios, module), '', ...runner.setUp(scenarios), ...tests];
  return `${lines.map((line) => inStyle(line, style)).join('\n')}\n`;
}

function importLines(scenarios: readonly Scenario[], { runner, system, specifier, rebase, style }: TestModule): string[] {
  const load = (names: readonly Imported[], from: string): string[] => loadLines(names, from, system);
  const own = runner.needs(scenarios, system).flatMap(({ from, names }) => load(typeof names === 'string' ? [{ name: names, exported: 'default' }] : names.map((name) => ({ name, exported: name })), from));
  const besides = scenarios.flatMap((scenario) => scenario.besides.flatMap(({ name, from }) => load([name], rebase(from))));
  const strict = system === 'commonjs' && !style.typed ? ["'use strict';", ''] : [];
  return [...strict, ...own, ...new Set(besides), ...load(distinct(scenarios.flatMap(({ imported }) => imported)), specifier)];
}

function distinct(names: readonly Imported[]): Imported[] {
  return names.filter(({ name }, index) => names.findIndex((other) => other.name === name) === index).sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

function loadLines(names: readonly Imported[], from: string, system: TestModule['system']): string[] {
  const whole = names.filter(({ exported }) => exported === 'default').map(({ name }) => name);
  const parts = names.filter(({ exported }) => exported !== 'default').map(({ name, exported }) => (name === exported ? name : system === 'esm' ? `${exported} as ${name}` : `${exported}: ${name}`));
  const list = parts.length > 0 ? [`{ ${parts.join(', ')} }`] : [];
  if (system === 'esm') return [`import ${[...whole, ...list].join(', ')} from '${from}';`];
  return [...whole, ...list].map((one) => `const ${one} = require('${from}');`);
}

function testLines({ title, isAsync, clock, steps }: Scenario, { runner }: TestModule): string[] {
  const fake = clock === undefined ? [] : runner.fake(clock, steps.some(countsTimers));
  const lines = [...fake, ...steps.flatMap((step) => stepLines(step, runner))];
  return [runner.open(`'${title}'`, isAsync, clock !== undefined), ...lines.map((line) => `  ${line}`), '});'];
}

function countsTimers(step: Step): boolean {
  return (step.type === 'expect' || step.type === 'remember') && 'timers' in step.count;
}

function stepLines(step: Step, runner: Runner): string[] {
  switch (step.type) {
    case 'do':
      return [`${step.code};`];
    case 'remember':
      return [`const ${step.name} = ${runner.value(step.count)};`];
    case 'expect':
      return [runner.expect(runner.value(step.count), step.is, step.value)];
    case 'wait':
      return [...runner.wait(duration(step.ms))];
    case 'cycles':
      return [`for (let ${CYCLE} = 0; ${CYCLE} < ${step.count}; ${CYCLE}++) {`, ...step.steps.flatMap((inner) => stepLines(inner, runner)).map((line) => `  ${line}`), '}'];
  }
}

function duration(ms: number): string {
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000} * 60 * 60 * 1000` : String(ms);
}

/** Our lines are written with semicolons, single quotes and two spaces. */
function inStyle(line: string, { semicolon, quote, indent }: CodeStyle): string {
  const indented = line.replace(/^(?: {2})+/u, (spaces) => indent.repeat(spaces.length / 2));
  const ended = semicolon === '' ? indented.replace(/;$/u, '') : indented;
  return quote === '"' ? ended.replaceAll(/'([^'"]*)'/gu, '"$1"') : ended;
}
