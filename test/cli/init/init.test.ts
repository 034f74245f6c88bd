import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { init } from '../../../src/cli/init.js';
import { version } from '../../../src/plugin/package.js';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof } from '../leakproof.js';

const folder = temporaryFolder();

const MANIFEST = '{\n  "name": "app"\n}\n';
const MANIFEST_AFTER = `{\n  "name": "app",\n  "devDependencies": {\n    "eslint-plugin-leakproof": "^${version}"\n  }\n}\n`;
const CONFIG = 'export default [\n  { rules: {} },\n];\n';
const CONFIG_AFTER = "import leakproof from 'eslint-plugin-leakproof';\n\nexport default [\n  { rules: {} },\n  leakproof.configs.recommended,\n];\n";
const WORKFLOW = `on: pull_request
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: npm ci
      - run: npx eslint .
`;

describe('init', () => {
  it('shows the diff and writes nothing where nobody can be asked', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': CONFIG });
    const { status, stdout, stderr } = await leakproof(folder, 'init');
    expect(status).toBe(0);
    expect(stdout).toContain('--- a/eslint.config.js\n+++ b/eslint.config.js\n@@ ');
    expect(stdout).toContain("+import leakproof from 'eslint-plugin-leakproof';\n");
    expect(stderr).toContain('Nothing was written; `leakproof init --yes` changes these files.');
    expect(folder.read('package.json')).toBe(MANIFEST);
    expect(folder.read('eslint.config.js')).toBe(CONFIG);
  });

  it('shows a diff that git applies', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder.path });
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': CONFIG });
    mkdirSync(join(folder.path, '.husky'));
    const { stdout } = await leakproof(folder, 'init');
    execFileSync('git', ['apply'], { cwd: folder.path, input: stdout });
    expect(folder.read('package.json')).toBe(MANIFEST_AFTER);
    expect(folder.read('.husky/pre-commit')).toBe('npx --no leakproof scan --staged\n');
  });

  it('writes with --yes, and the second time changes nothing and says so', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': CONFIG, '.github/workflows/ci.yml': WORKFLOW, 'pnpm-lock.yaml': '' });
    mkdirSync(join(folder.path, '.husky'));
    const first = await leakproof(folder, 'init', '--yes');
    expect(first).toMatchObject({ status: 0 });
    expect(first.stderr).toContain('4 files changed. Now run:\n\n  pnpm install\n');
    expect(first.stderr).toContain('ESLint reads no such file: `eslint --suppress-all` lists there');
    const after = {
      'package.json': MANIFEST_AFTER,
      'eslint.config.js': CONFIG_AFTER,
      '.husky/pre-commit': 'pnpm exec leakproof scan --staged\n',
      '.github/workflows/ci.yml': `${WORKFLOW}      - name: Leaks that this pull request brings
        if: github.event_name == 'pull_request'
        run: |
          git fetch --no-tags --deepen=1
          pnpm exec leakproof scan --changed=HEAD^1 --format github
`,
    };
    const contents = (): Record<string, string> => Object.fromEntries(Object.keys(after).map((file) => [file, folder.read(file)]));
    expect(contents()).toEqual(after);
    expect(statSync(join(folder.path, '.husky/pre-commit')).mode & 0o100).toBe(0o100);
    expect((await leakproof(folder, 'init', '--yes')).stderr).toBe(
      'Nothing is to be changed: leakproof is in package.json, eslint.config.js,\n.husky/pre-commit, .github/workflows/ci.yml.\n',
    );
    expect(contents()).toEqual(after);
  });

  it.each([[true, MANIFEST_AFTER], [false, MANIFEST]])('asks, and takes %j for an answer', async (answer, after) => {
    folder.write({ 'package.json': MANIFEST });
    const questions: string[] = [];
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const console = { result: () => undefined, note: () => undefined, progress: () => undefined, paint: (_style: unknown, text: string) => text };
      expect(await init({}, console, { confirm: (question) => (questions.push(question), Promise.resolve(answer)) })).toBe(0);
    } finally {
      process.chdir(before);
    }
    expect(questions).toEqual(['Change 1 file?']);
    expect(folder.read('package.json')).toBe(after);
  });

  it('never runs a config', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.cjs': "require('fs').writeFileSync('ran', '');\nmodule.exports = [];\n", 'lint-staged.config.js': "require('fs').writeFileSync('ran', '');\n" });
    expect((await leakproof(folder, 'init', '--yes')).status).toBe(0);
    expect(() => folder.read('ran')).toThrow();
    expect(folder.read('eslint.config.cjs')).toContain('module.exports = [leakproof.configs.recommended];');
  });

  it('gives instructions for what it cannot edit, and does the rest', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': 'export default preset({});\n', 'lefthook.toml': '' });
    const { status, stderr } = await leakproof(folder, 'init', '--yes');
    expect(status).toBe(0);
    expect(stderr).toContain('eslint.config.js is left as it is. What it exports is neither an array nor a\ncall of `defineConfig`. Add to it:\n\n  import leakproof from');
    expect(stderr).toContain('lefthook.toml is left as it is. Only YAML is edited. Add to it:\n\n  pre-commit:\n    commands:\n      leakproof:\n        run: npx --no leakproof scan --staged\n');
    expect(folder.read('package.json')).toBe(MANIFEST_AFTER);
    const again = await leakproof(folder, 'init', '--yes');
    expect(again.stderr).toContain('Nothing is to be changed: leakproof is in package.json.');
  });

  it('tells of a config of the old form', async () => {
    folder.write({ 'package.json': MANIFEST, '.eslintrc.json': '{}' });
    expect((await leakproof(folder, 'init', '--yes')).stderr).toContain('`npx @eslint/migrate-config .eslintrc.json` makes a flat one');
    expect(folder.read('.eslintrc.json')).toBe('{}');
  });

  it('adds the plugin to one linter, of two', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': CONFIG, '.oxlintrc.json': '{}' });
    expect((await leakproof(folder, 'init', '--yes')).stderr).toContain('.oxlintrc.json is left as it is: one of the two linters is enough.');
    expect(folder.read('eslint.config.js')).toBe(CONFIG_AFTER);
    expect(folder.read('.oxlintrc.json')).toBe('{}');
  });

  it('makes several changes of one file one diff', async () => {
    folder.write({ 'package.json': '{\n  "simple-git-hooks": {}\n}\n' });
    const { stdout, stderr } = await leakproof(folder, 'init', '--yes');
    expect(stdout.match(/^---/gm)).toHaveLength(1);
    expect(stderr).toContain('  npm install\n  npx simple-git-hooks\n');
    expect(JSON.parse(folder.read('package.json'))).toEqual({ 'simple-git-hooks': { 'pre-commit': 'npx --no leakproof scan --staged' }, devDependencies: { 'eslint-plugin-leakproof': `^${version}` } });
  });

  it('fails in one sentence without a package.json, or with a broken one', async () => {
    expect(await leakproof(folder, 'init')).toEqual({ status: 2, stdout: '', stderr: 'There is no package.json in this folder; run init where the dependencies are named.\n' });
    folder.write({ 'package.json': '{' });
    expect(await leakproof(folder, 'init', '--yes')).toEqual({ status: 2, stdout: '', stderr: 'Cannot read package.json: it is not a JSON object.\n' });
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': new Uint8Array([0xff, 0xfe, 0x00]) });
    expect(await leakproof(folder, 'init', '--yes')).toMatchObject({ status: 2, stderr: 'Cannot read eslint.config.js: it is not UTF-8.\n' });
    expect(folder.read('package.json')).toBe(MANIFEST);
  });

  it('names the file that cannot be written', async () => {
    folder.write({ 'package.json': MANIFEST, 'eslint.config.js': CONFIG });
    execFileSync('chmod', ['a-w', 'eslint.config.js'], { cwd: folder.path });
    const { status, stderr } = await leakproof(folder, 'init', '--yes');
    expect(status).toBe(2);
    expect(stderr).toContain('eslint.config.js is read-only, so it was not written. Written before were package.json; another run goes on from there.');
  });
});
