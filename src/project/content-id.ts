import { createHash } from 'node:crypto';

/** The name that git gives to a content, so that what git holds need not be read to be known. */
export function contentId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
