import type { Outside } from '../core/index.js';
import type { SourceFile } from '../project/discover.js';
import { DISK } from '../project/files.js';
import { isForMainThread } from '../project/inspect.js';
import type { Settings } from '../project/settings.js';
import { judgeAgain, recordOf, type FileRecord, type JudgedAgain } from './file-record.js';

/** One file for a thread to read: plain data, sent to it. */
export interface Task {
  readonly file: SourceFile;
  readonly settings: Settings;
  /** Its content, where it is not on the disk. */
  readonly bytes?: Uint8Array;
  /** What others do to it, as far as that is known or taken for granted. */
  readonly outside: Outside | undefined;
  /** Whether it was read before. */
  readonly isAgain?: true;
}

/**
 * What a thread found; undefined if it leaves the file to the main thread: the
 * stacks of the two differ in size, so of what is nested deeply one would say
 * what the other does not.
 */
export type Answer = FileRecord | JudgedAgain | undefined;

export default function read({ file, settings, bytes, outside, isAgain }: Task): Answer {
  const files = bytes ? { ...DISK, read: () => Buffer.from(bytes) } : DISK;
  if (isForMainThread(file, files)) return undefined;
  return (isAgain ? judgeAgain : recordOf)(file, settings, files, outside);
}
