import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** The compiled transforms, run by jscodeshift as its users run it. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const JSCODESHIFT = join(ROOT, 'node_modules/jscodeshift/bin/jscodeshift.js');
/** A repaired case of each codemod: its folder below `test`, and the file that holds the result. */
const CASES: readonly (readonly [id: string, folder: string, after: string])[] = [
  ['track-timers', 'cases/a-photo-sessions', 'after.ts'],
  ['unify-cleanup', 'cases/d-terminal-server', 'after.ts'],
  ['add-ttl-sweep', 'cases/b-session-manager', 'swept.ts'],
  ['bound-collection', 'codemods/bound-collection/a field that grows in several places', 'after.ts'],
  ['release-in-teardown', 'codemods/release-in-teardown/fields that the teardown forgets', 'after.ts'],
];

const VARIANTS: readonly (readonly [string, (text: string) => string])[] = [
  ['unix.ts', (text) => text],
  ['windows.ts', (text) => text.replaceAll('\n', '\r\n')],
  ['marked.ts', (text) => `\uFEFF${text}`],
  ['tabs.ts', (text) => text.replaceAll(/^(?: {2})+/gmu, (spaces) => '\t'.repeat(spaces.length / 2))],
];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakproof-jscodeshift-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

for (const [id, name, repaired] of CASES) {
  for (const flags of [[], ['--no-babel'], ['--run-in-band']]) {
    it(`${id} gives the bytes of our own command (${flags.join(' ') || 'as it comes'})`, async () => {
      const before = await textOf(name, 'before.ts');
      const after = await textOf(name, repaired);
      for (const [file, vary] of VARIANTS) await writeFile(join(folder, file), vary(before));

      const dry = await run(id, [...flags, '-d', '-p']);
      expect(dry).toContain(after);
      for (const [file, vary] of VARIANTS) expect(await readFile(join(folder, file), 'utf8')).toBe(vary(before));

      expect(await run(id, flags)).toContain(`${VARIANTS.length} ok`);
      for (const [file, vary] of VARIANTS) expect(await readFile(join(folder, file), 'utf8')).toBe(vary(after));

      expect(await run(id, flags)).toContain(`${VARIANTS.length} skipped`);
    });
  }
}

async function run(id: string, flags: readonly string[]): Promise<string> {
  const transform = join(ROOT, 'dist/codemods', id, 'transform.js');
  const { stdout } = await promisify(execFile)(process.execPath, [JSCODESHIFT, '-t', transform, '--extensions=ts', '--review=true', '--confidence=likely', ...flags, folder]);
  return stdout;
}

function textOf(name: string, file: string): Promise<string> {
  return readFile(join(ROOT, 'test', name, file), 'utf8');
}
