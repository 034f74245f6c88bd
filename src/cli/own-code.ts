import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../plugin/package.js';

/** Names this very code, so that what another version found out is not believed; in a checkout, each build is another. */
export function ownCode(): string {
  const home = fileURLToPath(new URL('../..', import.meta.url));
  const stamps: string[] = [version];
  for (const part of ['src', 'rules', 'codemods']) {
    for (const name of readdirSync(join(home, part), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.[jt]s$/.test(name)) continue;
      const { size, mtimeMs } = statSync(join(home, part, name));
      stamps.push(`${part}/${name} ${size} ${mtimeMs}`);
    }
  }
  return stamps.join('\n');
}
