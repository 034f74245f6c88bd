import { realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { Editor } from './language-server.js';

const BUILT = createRequire(import.meta.url).resolve('eslint-plugin-leakproof');
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

const OVERWRITTEN = `export class Poller {
  private timer?: ReturnType<typeof setInterval>;
  watch() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
  poll() { console.log('polled'); }
  close() {
    clearInterval(this.timer);
    console.log('closed');
  }
}
`;
const REPAIRED = OVERWRITTEN.replace('    this.timer =', '    clearInterval(this.timer);\n    this.timer =');

describe('in a session with the language server of VS Code', () => {
  const folder = temporaryFolder();
  let editor: Editor | undefined;
  afterEach(() => { editor?.close(); });

  it('a finding reads well in a hover, leads to its page, and offers its repair', async () => {
    symlinkSync(MODULES, join(folder.path, 'node_modules'), 'dir');
    folder.write({
      'package.json': '{ "type": "module" }',
      'eslint.config.js': `import parser from '@typescript-eslint/parser';\nimport leakproof from ${JSON.stringify(BUILT)};\nexport default [{ files: ['**/*.ts'], languageOptions: { parser } }, leakproof.configs.recommended];\n`,
      'src/poller.ts': OVERWRITTEN,
    });
    const root = realpathSync(folder.path);
    editor = new Editor(root, 'src/poller.ts', OVERWRITTEN);
    const [diagnostic, ...others] = await editor.open(root);
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      code: 'leakproof/no-timer-overwrite',
      codeDescription: { href: expect.stringMatching(/\/docs\/rules\/no-timer-overwrite\.md$/u) as string },
      source: 'eslint',
      severity: 1,
      range: { start: { line: 3, character: 17 } },
    });
    // A hover shows plain text, wraps it, and shows no more than a few lines.
    expect(diagnostic!.message).toMatch(/^'Poller\.timer' [^`*\n]{40,400}\.$/u);

    const actions = await editor.actionsAt(diagnostic!);
    const repair = actions.find(({ title }) => title.startsWith('Clear the old timer before its handle is lost to a new one.'));
    expect(actions.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringContaining('Disable leakproof/no-timer-overwrite for this line'), expect.stringContaining('Show documentation for leakproof/no-timer-overwrite')]));
    expect(await editor.after(repair!)).toBe(REPAIRED);
  });
});
