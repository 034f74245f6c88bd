import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isInside } from '../../project/discover.js';

/**
 * A package that the nearest package.json asks for and that is not installed.
 * Without it, types are unknown where they come from it, and an unknown type
 * objects to nothing.
 *
 * @param folder absolute; it and the folders above are searched, up to the root
 */
export function findMissingDependency(folder: string, root: string): string | undefined {
  for (let current = folder; isInside(current, root); current = dirname(current)) {
    const path = join(current, 'package.json');
    if (existsSync(path)) return dependenciesOf(path).find((name) => !isInstalled(name, current));
    if (dirname(current) === current) return undefined;
  }
  return undefined;
}

/** As in Node, a package may stand in any folder above. */
function isInstalled(name: string, folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', name))) return true;
  return dirname(folder) !== folder && isInstalled(name, dirname(folder));
}

function dependenciesOf(path: string): string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // A broken package.json is for npm to complain about.
    return [];
  }
  const { dependencies, devDependencies } = (content ?? {}) as Record<string, Record<string, string> | undefined>;
  return Object.keys({ ...dependencies, ...devDependencies });
}
