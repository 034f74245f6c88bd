import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file that could not be written; the message is one sentence for the user, and the file is as it was. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

export interface WriteOptions {
  /** What the file must still hold right before it is written, null for no such file; else somebody changed it, and it stays theirs. */
  readonly expected?: Uint8Array | null;
  /** Name of the temporary file beside it, for who must find one that a crash left; without it, a random one. */
  readonly temporary?: string;
}

/** As `writeAtomically`, also for a file that is not there yet, or that is to be gone (`null`). */
export async function putAtomically(path: string, bytes: Uint8Array | null, options: WriteOptions = {}): Promise<void> {
  try {
    if (bytes === null) await remove(path, options.expected);
    else if (options.expected === null) await create(path, bytes, options);
    else await writeAtomically(path, bytes, options);
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(explain(path, error), { cause: error });
  }
}

/** Gives it the mode that new files have. */
async function create(path: string, bytes: Uint8Array, options: WriteOptions): Promise<void> {
  const temporary = temporaryBeside(path, options);
  try {
    await using(await open(temporary, 'wx', NEW_FILE), async (file) => {
      await file.writeFile(bytes);
      await file.sync();
    });
    await expectBytes(path, path, null);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function remove(path: string, expected: Uint8Array | null | undefined): Promise<void> {
  await expectBytes(path, path, expected);
  await rm(path, { force: true });
}

/**
 * Gives an existing file new bytes: it has either all of the old or all of the
 * new ones, whatever happens meanwhile. The bytes go to a temporary file in the
 * same folder, to the disk, and then take the file's place.
 *
 * - Mode and owner are kept.
 * - A symbolic link stays; the file that it points to is written.
 * - A file with several names (hard links) is written in place, since a
 *   replaced file would keep only one of them. An error puts the old bytes
 *   back, but a crash in that moment can leave it half-written.
 * - A file without write permission is refused, and for root, whom permissions
 *   do not stop, one whose mode lets nobody write.
 */
export async function writeAtomically(path: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<void> {
  try {
    const target = await realpath(path);
    const { mode, uid, gid, nlink, isFile } = await describe(target);
    if (!isFile) throw new WriteError(`${path} is not a file, so it was not written.`);
    if ((mode & ANYBODY_WRITES) === 0) throw new WriteError(readOnly(path));
    await access(target, constants.W_OK);
    // Asked again right before the write; this first time spares the temporary file.
    await expectBytes(path, target, options.expected);
    if (nlink > 1) await writeInPlace(path, target, bytes, options);
    else await replace(path, target, bytes, { mode, uid, gid }, options);
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(explain(path, error), { cause: error });
  }
}

const ANYBODY_WRITES = 0o222;
const PERMISSION_BITS = 0o7777;
/** The process takes away what its mask says. */
const NEW_FILE = 0o666;

async function describe(target: string) {
  const stats = await stat(target);
  return { mode: stats.mode & PERMISSION_BITS, uid: stats.uid, gid: stats.gid, nlink: stats.nlink, isFile: stats.isFile() };
}

/** Throws if the file holds anything but what the caller has seen there. */
async function expectBytes(path: string, target: string, expected: Uint8Array | null | undefined): Promise<void> {
  if (expected === undefined) return;
  const isExpected = expected === null ? await isAbsent(target) : (await readFile(target)).equals(expected);
  if (!isExpected) throw new WriteError(changedMeanwhile(path));
}

async function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(() => false, (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT');
}

function temporaryBeside(target: string, { temporary }: WriteOptions): string {
  return join(dirname(target), temporary ?? `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
}

interface Kept {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function replace(path: string, target: string, bytes: Uint8Array, kept: Kept, options: WriteOptions): Promise<void> {
  const temporary = temporaryBeside(target, options);
  try {
    // Nobody else may read the new bytes before the file has its own mode.
    await using(await open(temporary, 'wx', 0o600), async (file) => {
      await file.writeFile(bytes);
      const { uid, gid } = await file.stat();
      if (uid !== kept.uid || gid !== kept.gid) await file.chown(kept.uid, kept.gid);
      await file.chmod(kept.mode);
      await file.sync();
    });
    await expectBytes(path, target, options.expected);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeInPlace(path: string, target: string, bytes: Uint8Array, options: WriteOptions): Promise<void> {
  await expectBytes(path, target, options.expected);
  const old = await readFile(target);
  await using(await open(target, 'r+'), async (file) => {
    try {
      await overwrite(file, bytes);
    } catch (error) {
      await overwrite(file, old);
      throw error;
    }
  });
}

async function overwrite(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await file.write(bytes, written, bytes.length - written, written)).bytesWritten;
  await file.truncate(bytes.length);
  await file.sync();
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

export function changedMeanwhile(path: string): string {
  return `${path} was changed meanwhile, so it was not written.`;
}

function readOnly(path: string): string {
  return `${path} is read-only, so it was not written.`;
}

function explain(path: string, error: unknown): string {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `${path} does not exist any more, so it was not written.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return syscall === 'access' ? readOnly(path) : `${path} was not written, because its folder is read-only.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${path} was not written, because there is no space left.`;
    default:
      return `${path} was not written: ${message}`;
  }
}
