import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { MAIN } from './leakproof.js';

const folder = temporaryFolder();

/** The command is built in parts, each of which is read when it is first asked for; a part that is not found would be an internal error. */
describe('the command as it is built', () => {
  it.each([
    ['scan', []], ['fix', []], ['matrix', []], ['explain', ['no-untracked-timer']], ['why', ['timer.js:1']], ['init', []], ['completion', ['bash']], ['merge', ['absent.json']],
  ])('finds the part of %s', (command, args) => {
    folder.write({ 'package.json': '{ "name": "clock", "devDependencies": { "eslint": "9.0.0" } }', 'eslint.config.mjs': 'export default [];\n', 'timer.js': 'export const clock = new Map();\n' });
    const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, command, ...args], { cwd: folder.path, encoding: 'utf8' });
    expect(status).not.toBeNull();
    expect(`${stdout}${stderr}`).not.toContain('Internal error');
    expect(`${stdout}${stderr}`).not.toContain('Cannot find module');
    expect(`${stdout}${stderr}`).not.toContain('unknown command');
  });
});
