import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A part of what `npm run crash-free` looks at: files of those whose packages we use, and hostile ones. */
it('real and hostile files go through every format and codemod without a crash, a hang, or a change outside the edits', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/crash-free.mjs', '--sample', '400', '--seed', '22', 'node_modules/'], { cwd: root, encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(/^400 files .* 0 with a problem\.$/m), expect.anything()]);
}, 1_200_000);
