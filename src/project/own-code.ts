import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { version } = createRequire(import.meta.url)('eslint-plugin-leakproof/package.json') as { readonly version: string };

/** The files of this very code, in a fixed order. */
function ownFiles(): { readonly name: string; readonly path: string }[] {
  const home = fileURLToPath(new URL('../..', import.meta.url));
  return ['src', 'rules', 'codemods'].flatMap((part) =>
    readdirSync(join(home, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .sort()
      .map((name) => ({ name: `${part}/${name.replaceAll('\\', '/')}`, path: join(home, part, name) })),
  );
}

/** Each build writes it anew; the same for the command and for the plugin, which is in other files. */
const BUILT = new URL('../../src/cli/main.js', import.meta.url);

/** Names this very code, so that what another version found out is not believed; in a checkout, each build is another. */
export function ownCode(): string {
  const built = statSync(BUILT, { throwIfNoEntry: false });
  if (built) return `${version} ${built.mtimeMs}`;
  const stamps = ownFiles().map(({ name, path }) => {
    const { size, mtimeMs } = statSync(path);
    return `${name} ${size} ${mtimeMs}`;
  });
  return [version, ...stamps].join('\n');
}

/** The same for the same code on any machine, whenever it was put there. */
export function ownContent(): string {
  const hash = createHash('sha256').update(version);
  for (const { name, path } of ownFiles()) hash.update(`\n${name}\n`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 32);
}
