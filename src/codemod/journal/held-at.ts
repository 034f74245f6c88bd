import { readFile } from 'node:fs/promises';
import type { Held } from './record.js';

/** What a file holds now; undefined if it cannot be read. */
export async function heldAt(path: string): Promise<Held | undefined> {
  const bytes = await bytesAt(path);
  return bytes === null ? null : bytes?.toString('utf8');
}

/** As `heldAt`, in bytes. */
export async function bytesAt(path: string): Promise<Buffer | null | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined;
  }
}
