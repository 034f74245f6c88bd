import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ResolverFactory } from 'oxc-resolver';
import { nameOf } from './discover.js';

/** Finds the file of a project that a module specifier means. */
export type Resolve = (from: string, specifier: string) => string | undefined;

/**
 * Resolution as compilers and Node do it: relative paths, `paths` of the nearest
 * tsconfig, workspaces, `exports` and `imports` of packages; `.js` may stand for
 * `.ts`. What leads out of the root, or into a package that is only installed, is
 * no file of the project. A broken tsconfig is as good as none.
 *
 * @param root absolute path of the folder that file names are relative to
 */
export function resolverFor(root: string): Resolve {
  const base = realpathSync(root);
  const options = {
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'],
    extensionAlias: { '.js': ['.ts', '.tsx', '.js', '.jsx'], '.jsx': ['.tsx', '.jsx'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'] },
    conditionNames: ['source', 'development', 'types', 'import', 'require', 'node', 'default'],
    mainFields: ['source', 'module', 'main'],
  };
  const aware = new ResolverFactory({ ...options, tsconfig: 'auto' });
  const plain = new ResolverFactory(options);
  const known = new Map<string, string | undefined>();
  return (from, specifier) => {
    if (/^(?:node|data|https?):/.test(specifier)) return undefined;
    const key = `${dirname(from)}\0${specifier}`;
    if (!known.has(key)) {
      const file = join(base, from);
      const path = aware.resolveFileSync(file, specifier).path ?? plain.sync(dirname(file), specifier).path;
      const name = path === undefined ? undefined : nameOf(base, path);
      known.set(key, name === undefined || name.startsWith('../') || /(?:^|\/)node_modules\//.test(name) ? undefined : name);
    }
    return known.get(key);
  };
}
