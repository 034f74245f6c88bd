// Packs what is built, and holds it against publint, "are the types wrong?" and a budget of bytes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What npm may carry, and what it may become on disk, in bytes; a tenth above what it was when this was last looked at. */
const BUDGET = { packed: 1_440_000, unpacked: 5_490_000 };

const folder = mkdtempSync(join(tmpdir(), 'leakproof-package-'));
try {
  const [{ filename, size, unpackedSize }] = JSON.parse(run('npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder));
  const tarball = join(folder, filename);
  console.log(`${filename}: ${kb(size)} of ${kb(BUDGET.packed)} packed, ${kb(unpackedSize)} of ${kb(BUDGET.unpacked)} unpacked`);
  if (size > BUDGET.packed || unpackedSize > BUDGET.unpacked) fail('The package is larger than its budget.');
  console.log(run('npx', '--no', 'publint', 'run', tarball, '--strict'));
  // Who requires it gets an ES module, which every Node that we support can load so.
  console.log(run('npx', '--no', 'attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'schema.json', 'report.schema.json', 'package.json'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) fail(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
  return '';
}

function kb(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
