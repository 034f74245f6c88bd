import { DISK } from './files.js';

/** A file's text, byte order mark included; or why there is none. */
export type ReadResult = { readonly text: string } | { readonly problem: string };

/** Enough for any source, and for all generated code that a parser gets through. */
const SIZE_LIMIT_MB = 30;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a source. The text holds the bytes exactly: written back as UTF-8, it
 * gives the same file.
 *
 * @returns as `problem` a clause without subject or full stop, such as `is not valid UTF-8`
 */
export function readSource(path: string, files = DISK): ReadResult {
  let bytes: Buffer;
  try {
    bytes = files.read(path);
  } catch (error) {
    return { problem: `cannot be read: ${systemReason(error)}` };
  }
  if (bytes.length > SIZE_LIMIT_MB * 1024 * 1024) return { problem: `is larger than ${SIZE_LIMIT_MB} MB` };
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { problem: bytes.includes(0) ? 'is not text in UTF-8, but binary or in another encoding' : 'is not valid UTF-8' };
  }
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
};

/** What the file system had against it, in words for a person. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SYSTEM_REASONS[code] ?? (code || String(error));
}
