import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject } from '../project/data-shape.js';
import { isInside, nameOf } from '../project/discover.js';

/** The first version that all its users import by the same name, from ESM and CommonJS. */
const FIRST_VERSION = 10;
/** `^11.0.0`, `~10.2`, `>=10`, `12.x`: one range, whose lowest version has this major number. */
const RANGE = /^(?:\^|~|>=|=)?\s*v?(\d+)(?:\.[\dx*]+){0,2}$/u;

/**
 * Why a file must not import `lru-cache`, as a sentence; undefined if the
 * package that owns it depends on a version that we know.
 *
 * @param file absolute, or relative to the working directory
 * @param root absolute; no package.json outside of it is read
 */
export function objectionToLruCache(file: string, root: string): string | undefined {
  const folder = dirname(resolve(file));
  const manifest = isInside(folder, root) ? findManifest(folder, root) : undefined;
  if (!manifest) return 'No package.json says whether lru-cache may be imported.';
  const name = nameOf(root, manifest.path);
  const range = rangeIn(manifest.content, 'dependencies') ?? rangeIn(manifest.content, 'peerDependencies');
  if (range === undefined) return `${name} does not list lru-cache among its dependencies; npm install lru-cache makes it one.`;
  const lowest = RANGE.exec(range.trim())?.[1];
  return lowest !== undefined && Number(lowest) >= FIRST_VERSION ? undefined : `${name} asks for lru-cache ${range}, and not for version ${FIRST_VERSION} or later.`;
}

interface Manifest {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The nearest package.json of a package: one that only says how its folder is loaded (`"type"`) is none. */
function findManifest(folder: string, root: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  const content = existsSync(path) ? read(path) : undefined;
  if (content && ('name' in content || 'dependencies' in content || 'devDependencies' in content || folder === root)) return { path, content };
  return folder === root || dirname(folder) === folder ? undefined : findManifest(dirname(folder), root);
}

function read(path: string): Manifest['content'] | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isObject(content) ? content : undefined;
  } catch {
    // A broken package.json is for npm to complain about.
    return undefined;
  }
}

function rangeIn(content: Manifest['content'], kind: string): string | undefined {
  const listed = content[kind];
  const range = isObject(listed) ? listed['lru-cache'] : undefined;
  return typeof range === 'string' ? range : undefined;
}
