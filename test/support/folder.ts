import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A temporary folder, new for each test. */
export interface Folder {
  /** Absolute, without links. */
  readonly path: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  read(name: string): string;
}

/** Gives each test of the file a folder of its own. Called at the top of a test file. */
export function temporaryFolder(): Folder {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'leakproof-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        const file = join(path, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    },
    read: (name) => readFileSync(join(path, name), 'utf8'),
  };
}
