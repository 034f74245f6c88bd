import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Whether a file is new or changed since the last commit. Outside a git work
 * tree, without git, and for files that git ignores, it is not.
 *
 * @param path absolute; of a link, the file it points to is asked about
 */
export function isUncommitted(path: string): boolean {
  const file = realpathSync(path);
  const args = ['--literal-pathspecs', 'status', '--porcelain', '-z', '--', basename(file)];
  const git = spawnSync('git', args, { cwd: dirname(file), encoding: 'utf8' });
  return git.status === 0 && git.stdout !== '';
}
