// Installs and builds what is missing or out of date; needs Node and npm alone.
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...path) => join(root, ...path);

/** When a file was last changed, in ms; -Infinity if there is none. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

/** When anything below a folder was last changed; also sees what was removed. */
function changedBelow(folder) {
  const entries = readdirSync(folder, { recursive: true });
  return Math.max(changed(folder), ...entries.map((entry) => changed(join(folder, entry))));
}

function run(sentence, ...command) {
  console.error(sentence);
  // On Windows npm is a script, which only a shell can start.
  const { status } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`\`${command.join(' ')}\` failed.`);
    process.exit(status ?? 1);
  }
}

// npm writes this file at the end of an installation. A link leads to what others use, and `npm ci` would empty it.
const isLinked = lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
if (!isLinked && changed(at('node_modules', '.package-lock.json')) < changed(at('package-lock.json'))) {
  run('Installing the dependencies (npm ci) …', 'npm', 'ci', '--no-audit', '--no-fund');
}

const sources = Math.max(
  ...['src', 'rules', 'codemods'].map((folder) => changedBelow(at(folder))),
  ...['package.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) => changed(at(file))),
);
if (changed(at('dist', 'src', 'cli', 'main.js')) < sources) run('Building …', 'npm', 'run', '--silent', 'build');
