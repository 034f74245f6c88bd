import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isObject } from '../../project/data-shape.js';
import { isInside } from '../../project/discover.js';
import type { RunnerId } from './runners.js';

/** The test runner of a package, and how one test file is run with it. */
export interface ProjectRunner {
  readonly id: RunnerId;
  /** The folder of the package.json that names it; absolute. */
  readonly folder: string;
  /** Arguments for Node that run one test file; undefined if the runner is not installed. */
  readonly run: ((testFile: string) => readonly string[]) | undefined;
}

/**
 * The test runner that the nearest package.json with one names: by its scripts,
 * `test` first, else by its dependencies.
 *
 * @param folder absolute; it and the folders above are looked at, up to the root
 */
export function findProjectRunner(folder: string, root: string): ProjectRunner | undefined {
  for (let current = folder; isInside(current, root); current = dirname(current)) {
    const manifest = readManifest(current);
    const found = manifest && runnerNamedBy(manifest, current);
    if (found) return found;
    if (dirname(current) === current) return undefined;
  }
  return undefined;
}

interface Manifest {
  readonly scripts: readonly string[];
  readonly dependencies: ReadonlySet<string>;
}

function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // A broken package.json is for npm to complain about.
    return undefined;
  }
  if (!isObject(content)) return undefined;
  const scripts = isObject(content['scripts']) ? content['scripts'] : {};
  const named = ['dependencies', 'devDependencies'].flatMap((kind) => (isObject(content[kind]) ? Object.keys(content[kind]) : []));
  const byName = Object.entries(scripts).sort(([left], [right]) => rank(left) - rank(right));
  return { scripts: byName.flatMap(([, script]) => (typeof script === 'string' ? [script] : [])), dependencies: new Set(named) };
}

/** `test` tells it best, then `test:unit` and the like. */
function rank(script: string): number {
  return script === 'test' ? 0 : script.startsWith('test') ? 1 : 2;
}

function runnerNamedBy({ scripts, dependencies }: Manifest, folder: string): ProjectRunner | undefined {
  for (const script of scripts) {
    if (/\bvitest\b/u.test(script)) return vitest(folder);
    if (/(?:^|[\s/])jest(?:\.js)?(?=\s|$)/u.test(script)) return jest(folder, script);
    if (/(?:^|\s)--test(?=\s|$)/u.test(script)) return nodeTest(folder, script);
  }
  if (dependencies.has('vitest')) return vitest(folder);
  return dependencies.has('jest') ? jest(folder, '') : undefined;
}

function vitest(folder: string): ProjectRunner {
  const main = binOf('vitest', folder);
  return { id: 'vitest', folder, run: main === undefined ? undefined : (testFile) => [main, 'run', testFile] };
}

function jest(folder: string, script: string): ProjectRunner {
  const main = binOf('jest', folder);
  const flags = script.includes('--experimental-vm-modules') ? ['--experimental-vm-modules', '--no-warnings'] : [];
  return { id: 'jest', folder, run: main === undefined ? undefined : (testFile) => [...flags, main, '--runTestsByPath', testFile] };
}

/** Options of Node that say how files are loaded, without which a test in TypeScript would not run. */
const LOADING = /(?<=\s)(?:--(?:import|require|loader|experimental-loader)(?:[=\s])\S+|-r\s+\S+|--experimental-[\w-]+)/gu;

function nodeTest(folder: string, script: string): ProjectRunner {
  const flags = [...script.matchAll(LOADING)].flatMap(([flag]) => flag.split(/[=\s]+/u));
  // `tsx --test` is Node with a loader.
  const isTsx = /(?:^|\s)tsx\s/u.test(script);
  const main = isTsx ? binOf('tsx', folder) : '';
  return { id: 'node:test', folder, run: main === undefined ? undefined : (testFile) => [...(main === '' ? [] : [main]), ...flags, '--test', testFile] };
}

/** The script behind a command of a package, as the project finds it. */
function binOf(name: string, folder: string): string | undefined {
  try {
    const path = createRequire(join(folder, 'any.js')).resolve(`${name}/package.json`);
    const { bin } = JSON.parse(readFileSync(path, 'utf8')) as { readonly bin?: string | Readonly<Record<string, string>> };
    const file = typeof bin === 'string' ? bin : bin?.[name];
    return file === undefined ? undefined : join(dirname(path), file);
  } catch {
    return undefined;
  }
}
