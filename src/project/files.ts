import { readdirSync, readFileSync, statSync } from 'node:fs';
import { contentId } from './content-id.js';

/** What a folder holds; links and the like are of neither kind, so a walk ends. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/**
 * Where the files of a project are read: the disk, git's index, or a revision.
 * Paths are absolute; what cannot be read throws an error with the codes of `node:fs`.
 */
export interface Files {
  list(folder: string): readonly Entry[];
  read(path: string): Buffer;
  isFolder(path: string): boolean;
  /** Names the content of a file: the same for the same bytes, wherever they lie. */
  idOf(path: string): string;
  /** Told which files will be read soon. */
  expect?(paths: readonly string[]): void;
}

/** The files as they lie on the disk. */
export const DISK: Files = {
  list: (folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other' })),
  read: (path) => readFileSync(path),
  isFolder: (path) => statSync(path).isDirectory(),
  idOf: (path) => contentId(readFileSync(path)),
};
