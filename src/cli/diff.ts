import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Paint } from './console.js';

/**
 * A unified diff that `git apply` and `patch -p1` take.
 *
 * @param before undefined for a file that is new
 */
export function unifiedDiff(file: string, before: string | undefined, after: string): string {
  return createTwoFilesPatch(before === undefined ? '/dev/null' : `a/${file}`, `b/${file}`, before ?? '', after, undefined, undefined, { headerOptions: FILE_HEADERS_ONLY });
}

/** The diff as a person likes to read it. */
export function coloured(diff: string, paint: Paint): string {
  return diff.replace(/^[-+@][^\n]*/gm, (line) =>
    /^(?:---|\+\+\+) /.test(line) ? paint('bold', line) : paint(line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : 'cyan', line),
  );
}
