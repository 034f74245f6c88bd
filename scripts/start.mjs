// `npm start`: shows leakproof at work, on the sample server beside this file and on published packages.
// Needs Node and npm alone; nothing in this folder is changed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './ensure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist', 'src', 'cli', 'main.js');
const packages = JSON.parse(readFileSync(new URL('start-packages.json', import.meta.url), 'utf8'));
/** How long the registry may take for one package. */
const PACK_TIMEOUT_MS = 120_000;

const scratch = mkdtempSync(join(tmpdir(), 'leakproof-start-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

heading('A sample server with leaks, in demo/');
const copy = join(scratch, 'demo');
cpSync(join(root, 'demo'), copy, { recursive: true });
show(copy, ['src']);

for (const { name, version, paths, about } of packages) {
  heading(`A published package: ${name} ${version}`);
  say(about);
  const folder = fetched(name, version);
  if (folder) show(folder, paths);
  else say(`The npm registry could not be reached, so this package is left out.`);
}

heading('Now your own code');
say('Scan any folder, look at the repairs, and let them be made:');
console.log();
for (const command of ['scan', 'fix', 'fix --write']) console.log(`  node dist/src/cli/main.js ${command} ../my-project/src`);

/** Scans a copy, shows the diff, makes the repairs and scans again. */
function show(folder, paths) {
  say('First, what leaks:');
  leakproof(folder, 'scan', ...paths);
  say('Then, how it would be repaired. This prints a diff and writes nothing. --review includes repairs that want a look; --check exits with 1 if there is one:');
  if (leakproof(folder, 'fix', '--review', '--check', ...paths) === 0) return;
  say('Then the repairs are made, in a temporary copy:');
  leakproof(folder, 'fix', '--review', '--write', ...paths);
  say('And the copy is scanned again. What is still listed has no repair yet:');
  if (leakproof(folder, 'scan', ...paths) === 0) say('Nothing leaks any more.');
}

/** Runs the command as a person would, and gives its exit code; ends all if it could not run. */
function leakproof(folder, ...args) {
  console.log(`\n$ leakproof ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [main, ...args], { cwd: folder, stdio: 'inherit' });
  if (status !== 0 && status !== 1) process.exit(status ?? 1);
  return status;
}

/** Takes a package from the registry and unpacks it; undefined if that fails. Runs nothing of the package. */
function fetched(name, version) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const options = { cwd: folder, stdio: 'ignore', timeout: PACK_TIMEOUT_MS, shell: process.platform === 'win32' };
  spawnSync('npm', ['pack', `${name}@${version}`, '--prefer-offline', '--ignore-scripts'], options);
  const [archive] = readdirSync(folder);
  if (!archive || spawnSync('tar', ['-xzf', archive], options).status !== 0) return undefined;
  return join(folder, 'package');
}

function heading(text) {
  console.log(`\n\n${text}\n${'='.repeat(text.length)}`);
}

/** Prints a sentence, broken where a screen of 80 columns ends. */
function say(sentence) {
  console.log(`\n${sentence.replace(/(?![^\n]{1,80}$)([^\n]{1,80})\s/g, '$1\n')}`);
}
