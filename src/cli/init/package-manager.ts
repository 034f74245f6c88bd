/** What a project installs its dependencies with. */
export interface PackageManager {
  readonly name: string;
  /** What installs all that package.json names. */
  readonly install: string;
  /** What runs the command of an installed package. */
  readonly run: string;
}

const NPM: PackageManager = { name: 'npm', install: 'npm install', run: 'npx --no leakproof' };
const MANAGERS: readonly (PackageManager & { readonly locks: readonly string[] })[] = [
  { name: 'pnpm', install: 'pnpm install', run: 'pnpm exec leakproof', locks: ['pnpm-lock.yaml'] },
  { name: 'yarn', install: 'yarn install', run: 'yarn run leakproof', locks: ['yarn.lock'] },
  { name: 'bun', install: 'bun install', run: 'bunx --no-install leakproof', locks: ['bun.lock', 'bun.lockb'] },
  { ...NPM, locks: ['package-lock.json', 'npm-shrinkwrap.json'] },
];

/**
 * The package manager of a folder: the one that package.json names, else that
 * of the lock file, else npm.
 *
 * @param field `packageManager` of package.json, as in `pnpm@9.1.0`
 */
export function packageManagerOf(field: unknown, has: (file: string) => boolean): PackageManager {
  const named = typeof field === 'string' ? field.split('@')[0] : undefined;
  return MANAGERS.find(({ name }) => name === named) ?? MANAGERS.find(({ locks }) => locks.some(has)) ?? NPM;
}
