import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Run } from '../cli/leakproof.js';
import type { Folder } from '../support/folder.js';
import { projects } from './project.js';

/** How the command is run: in this process, where all stays in one thread, or as it is installed. */
type RunCommand = (folder: Folder, ...args: string[]) => Run | Promise<Run>;

/** What must be so for every project of such programs, which are written to a folder. */
export function projectProperties(folder: Folder, run: RunCommand): Readonly<Record<string, fc.IAsyncProperty<unknown>>> {
  return {
    'the order in which files are named, the threads and the cache change no report': fc.asyncProperty(projects, async ({ files, order }) => {
      rmSync(join(folder.path, 'src'), { recursive: true, force: true });
      folder.write(files);
      const scan = async (...args: string[]): Promise<string> => {
        const { stdout, stderr } = await run(folder, 'scan', '--confidence', 'likely', '--format', 'json', ...args);
        expect(stderr).toBe('');
        return stdout.replace(/"durationMs": ?\d+/, '');
      };
      const plain = await scan('--no-cache', '--threads', '1', 'src');
      expect(await scan('--no-cache', '--threads', '1', ...order)).toBe(plain);
      expect(await scan('--no-cache', '--threads', '3', 'src')).toBe(plain);
      expect(await scan('src'), 'what fills the cache').toBe(plain);
      expect(await scan('--threads', '2', 'src'), 'what uses it').toBe(plain);
      // One file is known no more: what is known of the others must not depend on it.
      const [first = ''] = order;
      folder.write({ [first]: `// changed\n${files[first] ?? ''}` });
      const changed = await scan('src');
      expect(changed).toBe(await scan('--no-cache', 'src'));
    }),
  };
}
