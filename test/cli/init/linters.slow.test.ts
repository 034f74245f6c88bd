import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof } from '../leakproof.js';

const folder = temporaryFolder();
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LEAK = 'export class Poller {\n  constructor() {\n    setInterval(() => this.tick(), 60_000);\n  }\n  tick() {}\n  close() {}\n}\n';

/** Runs ESLint where the plugin is installed. */
function lint() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/eslint/bin/eslint.js'), 'poller.js'], { cwd: folder.path, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('ESLint with the config that init has written', () => {
  it.each([
    ['eslint.config.mjs', 'export default [\n];\n'],
    ['eslint.config.js', "'use strict';\n\nmodule.exports = [{ rules: {} }];\n"],
    ['eslint.config.cjs', "const { defineConfig } = require('eslint/config');\n\nmodule.exports = defineConfig([\n  { rules: {} },\n]);\n"],
  ])('reports a leak, with %s', async (file, config) => {
    folder.write({ 'package.json': '{}', [file]: config, 'poller.js': LEAK });
    mkdirSync(join(folder.path, 'node_modules'));
    symlinkSync(ROOT, join(folder.path, 'node_modules', 'eslint-plugin-leakproof'));
    symlinkSync(join(ROOT, 'node_modules', 'eslint'), join(folder.path, 'node_modules', 'eslint'));
    expect(lint()).toMatchObject({ status: 0 });
    await leakproof(folder, 'init', '--yes');
    const { status, output } = lint();
    expect(output).toContain('leakproof/no-untracked-timer');
    expect(status).toBe(1);
  });
});
