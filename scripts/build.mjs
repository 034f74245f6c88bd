// Compiles src, rules and codemods to dist. The old dist stays until the new one is complete.
import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const next = at(`.dist-${process.pid}`);
/** Parts of the plugin that most runs of a linter never need, with what it calls of them: repairs of findings, and the index of the project. */
const LATER = { 'plugin/editor-repair': ['findEditorRepair'], 'project/project-index': ['projectIndex'] };

/** Else the temporary folder would stand in the result. */
const UNNAMED = { attachDebugInfo: 'none' };

const tsc = spawnSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json'), '--outDir', next], { stdio: 'inherit' });
if (tsc.status === 0) {
  await pluginInFewFiles(`${next}/src`);
  await commandInFewFiles(`${next}/src`);
  chmodSync(`${next}/src/cli/main.js`, 0o755);
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(next, at('dist'));
} else {
  rmSync(next, { recursive: true, force: true });
}
process.exitCode = tsc.status ?? 1;

/**
 * The plugin is in every start of a linter, and Node takes longer to find two hundred files than to load what is in them;
 * most of the rest is for compiling, so that what is not needed stays unread. Rules cannot wait, so the files are CommonJS,
 * which every Node loads at once, and once only, whatever loads the config.
 */
async function pluginInFewFiles(src) {
  const parts = ['plugin/plugin', ...Object.keys(LATER)];
  const bundle = await rolldown({
    input: Object.fromEntries(parts.map((part) => [nameOf(part), `${src}/${part}.js`])),
    platform: 'node',
    external: /^(?!later:)[^./]/,
    plugins: [{ name: 'later', resolveId, load }],
    experimental: UNNAMED,
  });
  await bundle.write({ dir: `${src}/plugin`, format: 'cjs', comments: false, entryFileNames: '[name].cjs', chunkFileNames: 'shared-[name].cjs' });
  await bundle.close();
  writeFileSync(`${src}/plugin/plugin.js`, "import { createRequire } from 'node:module';\nexport const { plugin } = createRequire(import.meta.url)('./plugin.cjs');\n");
}

/** Each command still loads its own part only; the first two are what Node starts, the others are for our scripts. */
async function commandInFewFiles(src) {
  const entries = ['main', 'reading-thread', 'program', 'formats'];
  const bundle = await rolldown({ input: Object.fromEntries(entries.map((name) => [name, `${src}/cli/${name}.js`])), platform: 'node', external: /^[^./]/, plugins: [{ name: 'plugin', resolveId: leavePlugin }], experimental: UNNAMED });
  await bundle.write({ dir: `${src}/command`, format: 'esm', comments: false, entryFileNames: '[name].js', chunkFileNames: 'part-[name].js' });
  await bundle.close();
  rmSync(`${src}/cli`, { recursive: true });
  renameSync(`${src}/command`, `${src}/cli`);
}

/** The plugin has its own files, which it finds beside it; the command is one folder away from them, too. */
function leavePlugin(specifier) {
  return specifier.endsWith('/plugin/plugin.js') ? { id: '../plugin/plugin.js', external: true } : null;
}

function nameOf(part) {
  return part.split('/').at(-1);
}

/** What imports a later part gets one in its place that loads it when it is called. */
function resolveId(specifier, importer) {
  const later = importer && Object.keys(LATER).find((part) => specifier.endsWith(`/${nameOf(part)}.js`));
  if (later) return `later:${later}`;
  return specifier.endsWith('.cjs') ? { id: specifier, external: true } : null;
}

function load(id) {
  if (!id.startsWith('later:')) return null;
  const part = id.slice('later:'.length);
  return LATER[part].map((name) => `export const ${name} = (...args) => require('./${nameOf(part)}.cjs').${name}(...args);`).join('\n');
}
