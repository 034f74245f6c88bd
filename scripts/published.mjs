// Published packages at pinned versions, unpacked once: code of many hands that everyone has.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How long the registry may take for one package. */
const PACK_TIMEOUT_MS = 120_000;
const CACHE = fileURLToPath(new URL('../node_modules/.cache/leakproof-packages', import.meta.url));

/** As `ws@8.23.0`. */
export const published = JSON.parse(readFileSync(new URL('published-packages.json', import.meta.url), 'utf8'));

/** Where a package is unpacked; undefined if it never was. */
export function findUnpacked(spec) {
  const folder = folderOf(spec);
  return existsSync(folder) ? folder : undefined;
}

/** Takes a package from the registry, if that has not been done, and unpacks it; undefined if that fails. Runs nothing of the package. */
export function unpacked(spec) {
  const known = findUnpacked(spec);
  if (known) return known;
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, '.new-'));
  try {
    return unpackInto(scratch, spec) ? moved(scratch, folderOf(spec)) : undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Leaves the folder that the archive holds in `folder`; false if that fails. */
export function unpackInto(folder, spec) {
  const options = { cwd: folder, stdio: 'ignore', timeout: PACK_TIMEOUT_MS, shell: process.platform === 'win32' };
  spawnSync('npm', ['pack', spec, '--prefer-offline', '--ignore-scripts'], options);
  const [archive] = readdirSync(folder);
  if (!archive || spawnSync('tar', ['-xzf', archive, '--no-same-permissions'], options).status !== 0) return false;
  rmSync(join(folder, archive));
  return true;
}

/** An archive holds one folder, whatever its name; another process may have been as fast. */
function moved(scratch, folder) {
  const [inner] = readdirSync(scratch);
  if (inner === undefined) return undefined;
  if (!existsSync(folder)) renameSync(join(scratch, inner), folder);
  return folder;
}

function folderOf(spec) {
  return join(CACHE, spec.replaceAll('/', '+'));
}
