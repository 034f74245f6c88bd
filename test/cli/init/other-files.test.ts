import { describe, expect, it } from 'vitest';
import { withDependency } from '../../../src/cli/init/manifest.js';
import type { Outcome } from '../../../src/cli/init/outcome.js';
import { withJsPlugin } from '../../../src/cli/init/oxlint-config.js';
import { packageManagerOf } from '../../../src/cli/init/package-manager.js';
import { withStep } from '../../../src/cli/init/workflow.js';
import { readJsonObject } from '../../../src/cli/json-text.js';
import { plugin } from '../../../src/plugin/plugin.js';
import { version } from '../../../src/plugin/package.js';

function textOf(outcome: Outcome): string {
  return outcome === 'there' ? 'there' : 'edited' in outcome ? outcome.edited : outcome.refused;
}

describe('the dependency', () => {
  it('goes where the alphabet wants it', () => {
    expect(textOf(withDependency('{\n\t"devDependencies": {\n\t\t"eslint": "^9.38.0",\n\t\t"vitest": "^4.0.0"\n\t}\n}\n'))).toBe(
      `{\n\t"devDependencies": {\n\t\t"eslint": "^9.38.0",\n\t\t"eslint-plugin-leakproof": "^${version}",\n\t\t"vitest": "^4.0.0"\n\t}\n}\n`,
    );
  });

  it('goes last where there is no order', () => {
    expect(textOf(withDependency('{\n  "devDependencies": {\n    "zod": "1",\n    "ava": "1"\n  }\n}\n'))).toBe(`{\n  "devDependencies": {\n    "zod": "1",\n    "ava": "1",\n    "eslint-plugin-leakproof": "^${version}"\n  }\n}\n`);
  });

  it('makes the list that is missing', () => {
    expect(textOf(withDependency('{\r\n  "name": "x"\r\n}\r\n'))).toBe(`{\r\n  "name": "x",\r\n  "devDependencies": {\r\n    "eslint-plugin-leakproof": "^${version}"\r\n  }\r\n}\r\n`);
  });

  it('is there if package.json names it in any way', () => {
    expect(withDependency('{"dependencies": {"eslint-plugin-leakproof": "file:../x"}}')).toBe('there');
    expect(withDependency('{"name": "eslint-plugin-leakproof"}')).toBe('there');
  });
});

describe('the config of oxlint', () => {
  const rules = plugin.configs.recommended.rules;

  it('names the plugin and its rules, and keeps comments', () => {
    const text = textOf(withJsPlugin('{\n  // ours\n  "plugins": ["import"],\n  "rules": {\n    "eqeqeq": "error"\n  }\n}\n'));
    expect(text).toContain('{\n  // ours\n  "plugins": ["import"],\n  "rules": {\n    "eqeqeq": "error",\n    "leakproof/');
    expect(readJsonObject(text)).toEqual({ plugins: ['import'], rules: { eqeqeq: 'error', ...rules }, jsPlugins: ['eslint-plugin-leakproof'] });
    expect(withJsPlugin(text)).toBe('there');
  });

  it('keeps the choice of rules that is there', () => {
    const text = textOf(withJsPlugin('{"jsPlugins": ["other"], "rules": {"leakproof/no-untracked-timer": "warn"}}'));
    expect(readJsonObject(text)).toEqual({ jsPlugins: ['other', 'eslint-plugin-leakproof'], rules: { 'leakproof/no-untracked-timer': 'warn' } });
    expect(withJsPlugin('{"jsPlugins": [{"name": "leaks", "specifier": "eslint-plugin-leakproof"}], "rules": {"leakproof/no-untracked-timer": "warn"}}')).toBe('there');
  });

  it('is left as it is if it is no object', () => {
    expect(textOf(withJsPlugin('[]'))).toBe('It is not a JSON object.');
    expect(textOf(withJsPlugin('{"rules": []}'))).toBe('Its `jsPlugins` is no list, or its `rules` is no object.');
  });
});

describe('the package manager', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm exec leakproof'],
    ['yarn.lock', 'yarn run leakproof'],
    ['bun.lockb', 'bunx --no-install leakproof'],
    ['package-lock.json', 'npx --no leakproof'],
    ['none', 'npx --no leakproof'],
  ])('is that of %s', (lock, run) => {
    expect(packageManagerOf(undefined, (file) => file === lock).run).toBe(run);
  });

  it('is the one that package.json names, whatever else lies there', () => {
    expect(packageManagerOf('yarn@4.1.0+sha', (file) => file === 'package-lock.json').install).toBe('yarn install');
  });
});

describe('a workflow', () => {
  const workflow = (on: string, steps: readonly string[]): string => `name: CI\n${on}\njobs:\n  build: # all\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
  const STEPS = ['uses: actions/checkout@v5', 'run: npm ci', 'run: npm run lint # slow'];
  const ADDED = `      - name: Leaks that this pull request brings
        if: github.event_name == 'pull_request'
        run: |
          git fetch --no-tags --deepen=1
          npx --no leakproof scan --changed=HEAD^1 --format github
`;

  it.each(['on: pull_request', 'on: [push, pull_request]', 'on:\n  push:\n  pull_request:\n    branches: [main]'])('gets a step in the job that lints, with %j', (on) => {
    const before = workflow(on, STEPS);
    expect(textOf(withStep(before, 'npx --no leakproof'))).toBe(before + ADDED);
    expect(withStep(before + ADDED, 'npx --no leakproof')).toBe('there');
  });

  it.each([
    ['does not run for pull requests', workflow('on: push', STEPS)],
    ['lints nothing', workflow('on: pull_request', STEPS.slice(0, 2))],
    ['installs nothing', workflow('on: pull_request', STEPS.filter((step) => !step.includes('ci')))],
    ['checks out another revision', workflow('on: pull_request', ['uses: actions/checkout@v5\n        with:\n          ref: main', ...STEPS.slice(1)])],
  ])('is left as it is if it %s', (_what, text) => {
    expect(textOf(withStep(text, 'npx --no leakproof'))).toBe('No job of it installs and lints.');
  });
});
