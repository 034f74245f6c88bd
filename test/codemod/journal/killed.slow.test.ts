import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leakproof, MAIN } from '../../cli/leakproof.js';
import { leakyClass } from '../../cli/samples.js';
import { temporaryFolder } from '../../support/folder.js';

const folder = temporaryFolder();
const FAULTS = fileURLToPath(new URL('faults.mjs', import.meta.url));
/** `b.ts` has two names, so it is written in place. */
const NAMES = ['a.ts', 'b.ts', 'c.ts'];
const AS_BEFORE = NAMES.map((name) => leakyClass(`Of${name[0] ?? ''}`));

const POLLER = `'use strict';

class Poller {
  constructor() {
    setInterval(() => this.tick(), 60_000);
  }
  tick() {}
  close() {}
}

module.exports = { Poller };
`;

/** The command as it is installed, killed at its n-th step; none for 0. */
function runKilledAt(step: number, ...args: string[]) {
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, ['--import', FAULTS, MAIN, ...args], { cwd: join(folder.path, 'in'), encoding: 'utf8', env: { ...process.env, KILL_AT: String(step) } });
  return { isKilled: signal === 'SIGKILL', status, steps: Number(/steps: (\d+)/.exec(stderr)?.[1]), said: stdout + stderr };
}

function start(): void {
  rmSync(join(folder.path, 'in'), { recursive: true, force: true });
  rmSync(join(folder.path, 'other-name'), { force: true });
  folder.write(Object.fromEntries(NAMES.map((name, index) => [`in/${name}`, AS_BEFORE[index] as string])));
  linkSync(join(folder.path, 'in/b.ts'), join(folder.path, 'other-name'));
}

function texts(): string[] {
  return NAMES.map((name) => readFileSync(join(folder.path, 'in', name), 'utf8'));
}

/** Runs the next call in this process, without any fault. */
async function next(...args: string[]) {
  return leakproof({ path: join(folder.path, 'in') }, ...args);
}

function expectNothingElse(): void {
  expect(readdirSync(join(folder.path, 'in'))).toEqual(NAMES);
}

describe('a run that is killed', () => {
  it('while it writes leaves each file old or new, and the next call puts all back or had nothing to do', async () => {
    start();
    const { steps } = runKilledAt(0, 'fix', '--write');
    const asAfter = texts();
    expect(steps).toBeGreaterThan(15);
    expect(asAfter.every((text, index) => text !== AS_BEFORE[index])).toBe(true);

    const outcomes = new Set<string>();
    for (let step = 1; step <= steps; step++) {
      start();
      expect(runKilledAt(step, 'fix', '--write').isKilled).toBe(true);
      texts().forEach((text, index) => {
        // The one with two names may be torn in between, until the next call.
        if (NAMES[index] !== 'b.ts') expect([AS_BEFORE[index], asAfter[index]], `step ${step}`).toContain(text);
      });
      const { stderr } = await next('scan');
      expect([AS_BEFORE, asAfter], `step ${step}`).toContainEqual(texts());
      expectNothingElse();
      outcomes.add(`${stderr.includes('An earlier run was interrupted')} ${texts()[0] === asAfter[0]}`);

      // And then all is as if nothing had happened.
      await next('fix', '--write');
      expect(texts()).toEqual(asAfter);
      expect((await next('fix', '--undo')).status).toBe(0);
      expect(texts()).toEqual(AS_BEFORE);
    }
    // Killed before it began, while it wrote, and after it ended.
    expect([...outcomes].sort()).toEqual(['false false', 'false true', 'true false']);
  });

  it('while it undoes leaves each file old or new, and can be undone again', async () => {
    start();
    await next('fix', '--write');
    const asAfter = texts();
    const { steps } = runKilledAt(0, 'fix', '--undo');
    expect(texts()).toEqual(AS_BEFORE);
    for (let step = 1; step <= steps; step++) {
      start();
      await next('fix', '--write');
      expect(runKilledAt(step, 'fix', '--undo').isKilled).toBe(true);
      await next('scan');
      expect([AS_BEFORE, asAfter], `step ${step}`).toContainEqual(texts());
      expectNothingElse();
      await next('fix', '--undo');
      expect(texts(), `step ${step}`).toEqual(AS_BEFORE);
    }
  });

  it('while it puts back an earlier run is finished by the one after it', async () => {
    start();
    const { steps } = runKilledAt(0, 'fix', '--write');
    const asAfter = texts();
    await next('fix', '--undo');
    const atTheLastFile = steps - 8;
    for (let step = 1; step < 40; step++) {
      start();
      runKilledAt(atTheLastFile, 'fix', '--write');
      const { isKilled } = runKilledAt(step, 'scan');
      await next('scan');
      expect([AS_BEFORE, asAfter], `step ${step}`).toContainEqual(texts());
      expectNothingElse();
      if (isKilled) continue;
      // The first run had left something to put back.
      expect(step).toBeGreaterThan(3);
      return;
    }
    expect.unreachable('the second run has more steps than it should');
  });

  it('while it writes a repair of several files leaves all of them old or new for the next call', async () => {
    const shared = {
      'bus.js': "import { EventEmitter } from 'node:events';\n\nexport const bus = new EventEmitter();\n",
      'listen.js': "import { bus } from './bus.js';\nimport { failures } from './state.js';\n\nbus.on('failure', (message) => {\n  failures.push({ at: Date.now(), message });\n});\n",
      'package.json': '{ "private": true }',
      'state.js': 'export const failures = [];\n',
    };
    const names = Object.keys(shared);
    const all = (): string[] => names.map((name) => readFileSync(join(folder.path, 'in', name), 'utf8'));
    const startOver = (): void => {
      rmSync(join(folder.path, 'in'), { recursive: true, force: true });
      folder.write(Object.fromEntries(Object.entries(shared).map(([name, text]) => [`in/${name}`, text])));
    };
    const args = ['fix', '--review', '--confidence', 'likely', '--write'];
    const before = Object.values(shared);
    startOver();
    const { steps } = runKilledAt(0, ...args);
    const after = all();
    expect(after.filter((text, index) => text !== before[index])).toHaveLength(2);
    for (let step = 1; step <= steps; step++) {
      startOver();
      expect(runKilledAt(step, ...args).isKilled).toBe(true);
      await next('scan');
      expect([before, after], `step ${step}`).toContainEqual(all());
      expect(readdirSync(join(folder.path, 'in'))).toEqual(names);
      await next('fix', '--undo');
      expect(all(), `step ${step}`).toEqual(before);
    }
  });

  it('while it tries a new test leaves the repair and its test, or neither', async () => {
    const names = ['poller.js', 'poller.leak.test.js'];
    const path = (name: string): string => join(folder.path, 'in', name);
    const pair = (): (string | undefined)[] => names.map((name) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined));
    const startOver = (): void => {
      rmSync(join(folder.path, 'in'), { recursive: true, force: true });
      folder.write({ 'in/package.json': '{ "scripts": { "test": "node --test" } }', 'in/poller.js': POLLER });
    };
    const before = [POLLER, undefined];
    // What the runs of other tests left is tidied up first, in steps of its own.
    startOver();
    await next('fix', '--write');
    await next('fix', '--undo');
    startOver();
    const { steps } = runKilledAt(0, 'fix', '--write', '--with-tests');
    const after = pair();
    expect(after.every((text, index) => text !== undefined && text !== before[index])).toBe(true);

    const outcomes = new Set<boolean>();
    for (let step = 1; step <= steps; step++) {
      startOver();
      const { isKilled, said } = runKilledAt(step, 'fix', '--write', '--with-tests');
      expect(isKilled, `step ${step}: ${said}`).toBe(true);
      await next('scan');
      expect([before, after], `step ${step}`).toContainEqual(pair());
      expect(readdirSync(join(folder.path, 'in')).filter((name) => !names.includes(name))).toEqual(['package.json']);
      outcomes.add(pair()[1] === undefined);
      await next('fix', '--undo');
      expect(pair(), `step ${step}`).toEqual(before);
    }
    expect([...outcomes].sort()).toEqual([false, true]);
  });
});
