import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { planTests } from '../../codemod/tests/plan-tests.js';
import { findProjectRunner, type ProjectRunner } from '../../codemod/tests/project-runner.js';
import { runnerOf } from '../../codemod/tests/runners.js';
import type { Scenario } from '../../codemod/tests/scenario.js';
import { findTestPlace, type TestPlace } from '../../codemod/tests/test-place.js';
import { writeTests, type TestModule } from '../../codemod/tests/write-tests.js';
import { codeStyleOf } from '../../codemod/writing/code-style.js';
import type { Proposal } from '../../codemod/run.js';
import { isInside, nameOf } from '../../project/discover.js';
import type { Console } from '../console.js';
import { wrap } from '../wrap.js';
import { succeeds } from './child.js';
import type { PlannedFile } from './planned-file.js';
import type { Writing } from './write.js';

/** Where the tests of the repaired files will stand; a file of a package without a test runner has none. */
export function placeTests(files: readonly PlannedFile[]): void {
  const taken = new Set<string>();
  for (const file of files) {
    if (file.ids.length === 0) continue;
    const runner = findProjectRunner(dirname(file.realPath), realpathSync(file.root));
    const place = runner && findTestPlace(file.realPath, file.before, runner, taken);
    if (!runner || !place) {
      file.remarks.push('No test is written for it: package.json names no test runner that we know (vitest, jest, node:test).');
    } else if (!isInside(realpathSync(dirname(place.path)), realpathSync(file.root))) {
      file.remarks.push(`No test is written for it: ${dirname(place.path)} leads out of the folder.`);
    } else {
      taken.add(place.path);
      file.test = { path: place.path, name: nameOf(file.root, place.path), text: null };
      plans.set(file, { runner, place });
    }
  }
}

interface TestPlan {
  readonly runner: ProjectRunner;
  readonly place: TestPlace;
}

const plans = new WeakMap<PlannedFile, TestPlan>();

/**
 * Writes a test for each repair that one can be written for. Where the runner is
 * installed, a test is kept only if it was seen to fail without the repair and to
 * pass with it; that runs code of the project, as its own tests do.
 *
 * @throws CannotRun if it is interrupted
 */
export async function giveTests(files: readonly PlannedFile[], writing: Writing, console: Console): Promise<void> {
  for (const file of files) {
    const plan = plans.get(file);
    if (!plan || file.ids.length === 0 || writing.obstacles.has(file)) continue;
    const { runner } = plan;
    if (runner.run) console.note(wrap(`Trying tests of ${file.file} with ${runner.id}.`, ''));
    else file.remarks.push(`Its tests were not run: ${runner.id} is not installed.`);
    for (const { symbol, line } of file.spanning?.reportOf(file).repaired ?? []) file.remarks.push(`No test is written for ${symbol} in line ${line}. Its repair is one of several files.`);
    const kept: Scenario[] = [];
    const proposals = file.proposals();
    for (const proposal of proposals) {
      const scenario = await findScenario(proposal, file, plan, writing);
      if ('why' in scenario) file.remarks.push(`No test is written for ${proposal.symbol} in line ${proposal.line}. ${scenario.why}`);
      else kept.push(scenario.found);
    }
    if (kept.length === 0) continue;
    const text = textOf(distinctTitles(kept), file, plan);
    const passes = !runner.run || (kept.length === 1 && kept[0] !== undefined) || (await tryOut(file, file.after, text, plan, writing));
    if (passes && file.test) file.test = { ...file.test, text };
    else file.remarks.push('No test is written for it: its tests do not pass together.');
  }
  await writing.write((file) => file.after);
}

/** Tries of one repair, each of which starts the runner twice. */
const MAX_TRIES = 6;

/** The first of the planned scenarios that shows the repair. */
async function findScenario(proposal: Proposal, file: PlannedFile, plan: TestPlan, writing: Writing): Promise<{ found: Scenario } | { why: string }> {
  const planned = planTests(proposal, file.values);
  if ('untestable' in planned) return { why: planned.untestable };
  const [first] = planned;
  if (first && !plan.runner.run) return { found: first };
  const without = file.textWith(file.ids.filter((id) => id !== proposal.id));
  for (const scenario of planned.slice(0, MAX_TRIES)) {
    const text = textOf([scenario], file, plan);
    if ((await tryOut(file, file.after, text, plan, writing)) && !(await tryOut(file, without, text, plan, writing))) return { found: scenario };
  }
  return { why: 'No test that was tried fails without the repair and passes with it.' };
}

/** How long one run of one test may take, in milliseconds. */
const PATIENCE_MS = 60_000;
/** What tells a runner that another one has started it. */
const OF_OTHER_RUNNERS = /^(?:VITEST|JEST|NODE_TEST|NODE_V8_COVERAGE)/u;

/** Whether a test passes on a text of the repaired file. */
async function tryOut(file: PlannedFile, source: string, test: string, { runner, place }: TestPlan, writing: Writing): Promise<boolean> {
  await writing.write((other) => (other === file ? source : other.after), (other) => (other === file ? test : (other.test?.text ?? null)));
  if (writing.obstacles.has(file)) return false;
  const args = runner.run?.(place.path) ?? [];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_OTHER_RUNNERS.test(name)));
  return succeeds(() => spawn(process.execPath, args, { cwd: runner.folder, env, stdio: 'ignore', timeout: PATIENCE_MS, killSignal: 'SIGKILL' }), runner.id);
}

function textOf(scenarios: readonly Scenario[], file: PlannedFile, { runner, place }: TestPlan): string {
  const { facts, model } = file.analysis();
  const isModule = facts.tree.all('ImportDeclaration').length > 0 || model.ast.body.some(({ type }) => type.startsWith('Export'));
  const module: TestModule = {
    runner: runnerOf(runner.id),
    style: codeStyleOf(model, facts.tree),
    // vitest cannot be required.
    system: isModule || runner.id === 'vitest' || facts.exports.entries.length === 0 ? 'esm' : 'commonjs',
    specifier: place.specifier,
    rebase: place.rebase,
  };
  return writeTests(scenarios, module);
}

/** Two repairs may be shown by the same test. */
function distinctTitles(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter(({ title }, index) => scenarios.findIndex((other) => other.title === title) === index);
}

/** What a person is told of the tests of a file. */
export function testLines({ file, test, remarks }: PlannedFile): string[] {
  const written = test?.text == null ? [] : [`${test.name}: a test of ${basename(file)}.`];
  return [...written, ...remarks.map((remark) => `${file}: ${remark}`)].map((line) => wrap(line, '', '  '));
}
