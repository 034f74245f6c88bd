import { describe, expect, it } from 'vitest';
import { HOOK_TOOLS } from '../../../src/cli/init/hooks/all.js';
import { readJsonObject } from '../../../src/cli/json-text.js';

const STEP = 'npx --no leakproof scan --staged';

/** The hook file of a project after the edit, or why there is none; `undefined` if no tool is found. */
function hooked(files: Readonly<Record<string, string>>): { readonly tool: string; readonly file: string; readonly text: string } | undefined {
  const folder = { has: (name: string) => name in files, manifest: readJsonObject(files['package.json'] ?? '{}') ?? {} };
  for (const tool of HOOK_TOOLS) {
    const place = tool.find(folder, STEP);
    if (!place) continue;
    const outcome = place.edit(files[place.file] ?? '');
    if (outcome === 'there') return { tool: tool.name, file: place.file, text: 'there' };
    if ('refused' in outcome) return { tool: tool.name, file: place.file, text: outcome.refused };
    expect(place.edit(outcome.edited)).toBe('there');
    return { tool: tool.name, file: place.file, text: outcome.edited };
  }
  return undefined;
}

describe('a hook of husky', () => {
  it('is made where there is none, and else gets a last line', () => {
    expect(hooked({ '.husky': '' })).toEqual({ tool: 'husky', file: '.husky/pre-commit', text: `${STEP}\n` });
    expect(hooked({ '.husky': '', '.husky/pre-commit': 'npx lint-staged' })?.text).toBe(`npx lint-staged\n${STEP}\n`);
    const old = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n';
    expect(hooked({ '.husky': '', '.husky/pre-commit': old })?.text).toBe(`${old}${STEP}\n`);
    expect(hooked({ '.husky': '', '.husky/pre-commit': 'npm test\r\n' })?.text).toBe(`npm test\r\n${STEP}\r\n`);
  });

  it('comes before lint-staged, which it runs', () => {
    expect(hooked({ '.husky': '', 'package.json': '{"lint-staged": {}}' })?.tool).toBe('husky');
  });

  it.each([
    ['npm test\nexit 0\n', 'Its last line leaves the script.'],
    ['exec npx lint-staged\n', 'Its last line leaves the script.'],
    ['npm test && \\\n', 'Its last line leaves the script.'],
    ['cat <<END\nnpm test\n', 'Its end cannot be told for certain.'],
    ['#!/usr/bin/env node\nrun();\n', 'It is no shell script.'],
    ['pnpm exec leakproof  scan --staged\n', 'there'],
  ])('is left as it is: %j', (script, why) => {
    expect(hooked({ '.husky': '', '.husky/pre-commit': script })?.text).toBe(why);
  });
});

describe('a hook of lefthook', () => {
  it('gets a command beside the others, and the comments stay', () => {
    const before = 'pre-commit: # fast\n  parallel: true\n  commands:\n    lint: # all\n      run: |\n        npx eslint {staged_files}\n        echo done\n\n# later\npre-push:\n  commands: {}\n';
    const after = `pre-commit: # fast\n  parallel: true\n  commands:\n    lint: # all\n      run: |\n        npx eslint {staged_files}\n        echo done\n    leakproof:\n      run: ${STEP}\n\n# later\npre-push:\n  commands: {}\n`;
    expect(hooked({ 'lefthook.yml': before })).toEqual({ tool: 'lefthook', file: 'lefthook.yml', text: after });
  });

  it('gets a job where there are jobs', () => {
    const before = 'pre-commit:\n    jobs:\n        - name: lint\n          run: npx eslint # x\n        - run: npm test\n';
    expect(hooked({ '.lefthook.yaml': before })?.text).toBe(`${before}        - name: leakproof\n          run: ${STEP}\n`);
  });

  it('gets what is missing above the command', () => {
    expect(hooked({ 'lefthook.yml': 'pre-push:\n    commands:\n        test:\n            run: npm test\n' })?.text).toBe(
      `pre-push:\n    commands:\n        test:\n            run: npm test\npre-commit:\n    commands:\n        leakproof:\n            run: ${STEP}\n`,
    );
    expect(hooked({ 'lefthook.yml': '# nothing yet\n' })?.text).toBe(`# nothing yet\npre-commit:\n  commands:\n    leakproof:\n      run: ${STEP}\n`);
  });

  it('is left as it is in a layout or a format that we do not edit', () => {
    expect(hooked({ 'lefthook.yml': 'pre-commit: { commands: { lint: { run: x } } }\n' })?.text).toBe('It is laid out in a way that we do not edit.');
    expect(hooked({ 'lefthook.yml': 'pre-commit:\n  commands:\n' })?.text).toBe('It is laid out in a way that we do not edit.');
    expect(hooked({ 'lefthook.yml': 'a: [\n' })?.text).toBe('It is not valid YAML.');
    expect(hooked({ 'lefthook.toml': '[pre-commit]\n' })?.text).toBe('Only YAML is edited.');
    expect(hooked({ 'lefthook.toml': `run = "${STEP}"\n` })?.text).toBe('there');
  });
});

describe('a hook of simple-git-hooks', () => {
  it('goes behind the command that is there, or is the first', () => {
    expect(hooked({ 'package.json': '{\n    "simple-git-hooks": {\n        "pre-commit": "npx lint-staged"\n    }\n}\n' })?.text).toBe(
      `{\n    "simple-git-hooks": {\n        "pre-commit": "npx lint-staged && ${STEP}"\n    }\n}\n`,
    );
    expect(hooked({ '.simple-git-hooks.json': '{\n  "pre-push": "npm test"\n}\n' })).toEqual({
      tool: 'simple-git-hooks',
      file: '.simple-git-hooks.json',
      text: `{\n  "pre-push": "npm test",\n  "pre-commit": "${STEP}"\n}\n`,
    });
  });

  it.each(['npm test; exit 0', 'npm test &', 'npm test # quick'])('is left as it is behind %j', (command) => {
    expect(hooked({ 'simple-git-hooks.json': JSON.stringify({ 'pre-commit': command }) })?.text).toBe('What stands behind its `pre-commit` might not be run.');
  });

  it('is left as it is in a program', () => {
    expect(hooked({ '.simple-git-hooks.js': 'module.exports = {};\n' })?.text).toBe('It is a program, which is not run to be read.');
  });
});

describe('a hook of pre-commit', () => {
  const local = (indent: string): string =>
    [
      '- repo: local', '  hooks:', `  ${indent}- id: leakproof`, `  ${indent}  name: leakproof`, `  ${indent}  entry: ${STEP}`, `  ${indent}  language: system`,
      `  ${indent}  types_or:`, ...['javascript', 'jsx', 'ts', 'tsx'].map((type) => `  ${indent}  ${indent}- ${type}`), `  ${indent}  pass_filenames: false`,
    ].map((line) => `${indent}${line}\n`).join('');

  it('is a hook of the project itself, behind the others', () => {
    const before = 'repos:\n  - repo: https://example.com/hooks\n    rev: v1 # pinned\n    hooks:\n      - id: trim\n';
    expect(hooked({ '.pre-commit-config.yaml': before })?.text).toBe(before + local('  '));
  });

  it('has its lists at the margin where the file has them there', () => {
    const before = 'repos:\n- repo: https://example.com/hooks\n  rev: v1\n  hooks:\n  - id: trim\n';
    expect(hooked({ '.pre-commit-config.yaml': before })?.text).toBe(before + local(''));
  });

  it('is there if a repository offers it', () => {
    expect(hooked({ '.pre-commit-config.yaml': 'repos:\n- repo: https://example.com/leaks\n  rev: v1\n  hooks:\n  - id: leakproof\n' })?.text).toBe('there');
    expect(hooked({ '.pre-commit-config.yaml': 'repos: none\n' })?.text).toBe('Its `repos` are no list.');
  });
});

describe('a command of lint-staged', () => {
  const GLOB = '*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}';

  it('is added beside the other patterns', () => {
    expect(hooked({ 'package.json': '{\n  "lint-staged": {\n    "*.css": "stylelint"\n  }\n}\n' })?.text).toBe(
      `{\n  "lint-staged": {\n    "*.css": "stylelint",\n    "${GLOB}": "leakproof scan --staged"\n  }\n}\n`,
    );
    expect(hooked({ '.lintstagedrc': '"*.css": stylelint # all\n' })?.text).toBe(`"*.css": stylelint # all\n"${GLOB}": leakproof scan --staged\n`);
  });

  it('is added to the commands of the same pattern', () => {
    expect(readJsonObject(hooked({ '.lintstagedrc.json': JSON.stringify({ [GLOB]: 'eslint --fix' }) })?.text ?? '')).toEqual({ [GLOB]: ['eslint --fix', 'leakproof scan --staged'] });
  });

  it('is left to the person in a program', () => {
    expect(hooked({ 'lint-staged.config.mjs': 'export default {};\n' })?.text).toBe('It is a program, which is not run to be read.');
  });
});

it('finds no hook tool in an empty project', () => {
  expect(hooked({ 'package.json': '{}' })).toBeUndefined();
});
