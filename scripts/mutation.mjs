// The mutation score of the analysis, by Stryker: `npm run mutation -- [--lines N] [--seed N]`.
// Stryker takes every mutant of so many lines of src/core, chosen by a seed; without `--lines`, of as many as have about 600. Fails below 80 %.
// A mutant that only runs while a module is loaded (a word of a list) is left out, since each of them needs all tests anew.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededSample } from './seeded.mjs';

const { values: options } = parseArgs({ options: { lines: { type: 'string', default: '170' }, seed: { type: 'string', default: '1' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
/** What holds nothing that a test could see: blank lines, comments, imports, types, closing brackets. */
const WITHOUT_CODE = /^\s*(?:$|\/\/|\/?\*|import\b|export \*|\}|\)|readonly\b|(?:export )?(?:interface|type)\b)/;

const lines = readdirSync(join(root, 'src/core'), { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .flatMap((name) => {
    const file = `src/core/${name.replaceAll('\\', '/')}`;
    return readFileSync(join(root, file), 'utf8').split('\n').flatMap((line, index) => (WITHOUT_CODE.test(line) ? [] : [`${file}:${index + 1}-${index + 1}`]));
  });
const chosen = seededSample(lines, Number(options.lines), Number(options.seed));
console.log(`${chosen.length} of ${lines.length} lines of code, seed ${options.seed}`);
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', '--mutate', chosen.join(',')], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
