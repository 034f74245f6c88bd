import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { HOOK_TOOLS } from '../../src/cli/init/hooks/all.js';
import { MAIN } from '../cli/leakproof.js';
import { CLEAN, leakyClass } from '../cli/samples.js';

/** What the runner makes of `${{ … }}`, which no shell understands. */
type Values = Readonly<Record<string, string>>;

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly shell: string;
  readonly env?: Values;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

function yaml(file: string): unknown {
  return parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
}

const action = yaml('action.yml') as Action;

describe('the GitHub Action', () => {
  let root = '';
  const at = (...names: string[]): string => join(root, ...names);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'leakproof-action-'));
    git(root, 'init', '--quiet', '--initial-branch', 'main', 'origin');
    commit('origin', { 'old.ts': leakyClass('Old'), 'package.json': '{}' });
    commit('origin', { 'kept.ts': CLEAN });
    git(at('origin'), 'checkout', '--quiet', '-b', 'feature');
  });
  afterEach(() => { rmSync(root, { recursive: true, force: true }); });

  function git(folder: string, ...args: string[]): void {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  function commit(folder: string, files: Values): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(at(folder, name), text);
    git(at(folder), 'add', '--all');
    git(at(folder), 'commit', '--quiet', '--message', 'A state');
  }

  /** Runs the steps as the runner does, in a fresh checkout, which knows one commit of one branch; stops at the first that fails. */
  function run(event: 'push' | 'pull_request', inputs: Values = {}) {
    git(root, 'clone', '--quiet', '--depth', '1', '--branch', 'feature', `file://${at('origin')}`, 'checkout');
    const given = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])), command: `${process.execPath} ${MAIN}`, ...inputs };
    const values: Values = {
      'github.event_name': event,
      'github.base_ref': event === 'pull_request' ? 'main' : '',
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`inputs.${name}`, value])),
    };
    const filled = (text: string): string => text.replace(/\$\{\{ (.*?) \}\}/g, (_whole, name: string) => values[name] ?? `unknown ${name}`);
    writeFileSync(at('outputs'), '');
    let stdout = '';
    for (const step of action.runs.steps) {
      expect(step.shell).toBe('bash');
      expect(step.run).not.toContain('${{');
      if (step.if !== undefined && step.if !== `github.event_name == '${event}'`) continue;
      const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text)]));
      // As GitHub starts a step whose shell is bash.
      const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], { cwd: at('checkout'), encoding: 'utf8', env: { ...process.env, ...env, GITHUB_OUTPUT: at('outputs') } });
      stdout += done.stdout;
      if (done.status !== 0) return { status: done.status, stdout, stderr: done.stderr };
    }
    return { status: 0, stdout, stderr: '' };
  }

  it('annotates the leak that a pull request brings, and no older one', () => {
    commit('origin', { 'new.ts': leakyClass('New') });
    const { status, stdout } = run('pull_request');
    expect(status).toBe(1);
    expect(stdout.match(/^::error file=[^,]*/gm)).toEqual(['::error file=new.ts']);
  });

  it('lets a clean pull request pass, though the branch that it is for has moved on', () => {
    commit('origin', { 'new.ts': CLEAN });
    git(at('origin'), 'checkout', '--quiet', 'main');
    commit('origin', { 'elsewhere.ts': leakyClass('Elsewhere') });
    expect(run('pull_request')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('reports everything on a push', () => {
    const { status, stdout } = run('push');
    expect(status).toBe(1);
    expect(stdout).toContain('::error file=old.ts');
  });

  it('writes SARIF to a file that an output names', () => {
    commit('origin', { 'new.ts': leakyClass('New') });
    expect(run('pull_request', { format: 'sarif' })).toMatchObject({ status: 1, stdout: '' });
    expect(readFileSync(at('outputs'), 'utf8')).toBe('sarif=./leakproof.sarif\n');
    const { runs } = JSON.parse(readFileSync(at('checkout', 'leakproof.sarif'), 'utf8')) as { runs: [{ results: unknown[] }] };
    expect(runs[0].results).toHaveLength(1);
    expect(action.outputs['sarif']?.value).toBe('${{ steps.scan.outputs.sarif }}');
  });

  it('takes a value of an input as a text, not as a command', () => {
    commit('origin', { 'new.ts': CLEAN });
    run('pull_request', { format: '$(touch ran)"; touch ran; "', paths: '$(touch ran)' });
    expect(existsSync(at('checkout', 'ran'))).toBe(false);
  });
});

describe('the hook for the pre-commit framework', () => {
  const [hook, ...others] = yaml('.pre-commit-hooks.yaml') as Values[];

  it('runs the command on what is staged', () => {
    expect(others).toEqual([]);
    expect(hook).toMatchObject({ id: 'leakproof', entry: 'leakproof scan --staged', language: 'node', pass_filenames: false });
  });

  it('is known to init by its id', () => {
    const config = `repos:\n- repo: https://example.com/leakproof\n  rev: v1\n  hooks:\n  - id: ${hook?.['id'] ?? ''}\n`;
    const folder = { has: (name: string) => name === '.pre-commit-config.yaml', manifest: {} };
    const place = HOOK_TOOLS.map((tool) => tool.find(folder, 'npx --no leakproof scan --staged')).find(Boolean);
    expect(place?.edit(config)).toBe('there');
  });
});
