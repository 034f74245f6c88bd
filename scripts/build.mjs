// Compiles src, rules and codemods to dist. The old dist stays until the new one is complete.
import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const next = at(`.dist-${process.pid}`);

const tsc = spawnSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json'), '--outDir', next], { stdio: 'inherit' });
if (tsc.status === 0) {
  chmodSync(`${next}/src/cli/main.js`, 0o755);
  await asOneFile(`${next}/src/index.js`);
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(next, at('dist'));
} else {
  rmSync(next, { recursive: true, force: true });
}
process.exitCode = tsc.status ?? 1;

/** The plugin is in every start of a linter, and Node takes longer to find two hundred files than to load what is in them. */
async function asOneFile(entry) {
  const plugin = await rolldown({ input: entry, platform: 'node', external: /^[^./]/ });
  await plugin.write({ file: entry, format: 'esm', comments: false });
  await plugin.close();
}
