/** Why a text is not changed by those who get it decoded. */
export const MISREAD = 'It has characters that stand for undecodable bytes; only the leakproof command, which sees the bytes, may change it.';

/**
 * Whether a text may come from bytes that are not UTF-8, whose damage writing
 * it would make permanent. A file that has U+FFFD in earnest looks the same.
 */
export function mayBeMisread(text: string): boolean {
  return text.includes('\uFFFD');
}
