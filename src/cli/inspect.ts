import { analyze, type Analysis, type Outside } from '../core/index.js';
import type { SourceFile } from '../project/discover.js';
import { isGenerated, kindOf } from '../project/file-kinds.js';
import { DISK } from '../project/files.js';
import { LineIndex } from '../project/line-index.js';
import { parse } from '../project/parse.js';
import { readSource } from '../project/read.js';
import type { Settings } from '../project/settings.js';

/** A file that was read and judged. */
export interface Inspected {
  readonly analysis: Analysis;
  readonly lines: LineIndex;
  /** The file's text, byte order mark included. */
  readonly text: string;
}

/** A file that should have been judged and could not. */
export interface Obstacle {
  /** A clause without subject, such as `is not valid UTF-8`. */
  readonly reason: string;
  readonly line?: number;
  readonly column?: number;
}

/** `generated`: a program wrote the file, so nobody wants it judged. */
export type Inspection = { readonly inspected: Inspected } | { readonly obstacle: Obstacle } | 'generated';

/** Reads, parses and judges one file. Never throws: a file that defeats us is named, and the others are judged. */
export function inspect(file: SourceFile, settings: Settings, outside?: Outside, files = DISK): Inspection {
  const kind = kindOf(file.name);
  if (kind === 'embedded') return { obstacle: { reason: 'cannot be read yet: scripts in .vue and .svelte files are not supported' } };
  if (kind === 'other') return { obstacle: { reason: 'is neither JavaScript nor TypeScript' } };
  const read = readSource(file.path, files);
  if ('problem' in read) return { obstacle: { reason: read.problem } };
  if (!file.named && isGenerated(read.text)) return 'generated';
  const parsed = parse(file.name, read.text);
  if ('error' in parsed) {
    const { message, line, column } = parsed.error;
    return { obstacle: { reason: `cannot be parsed: ${message}`, line, column } };
  }
  try {
    const analysis = analyze(parsed.ok, settings, outside);
    return { inspected: { analysis, lines: new LineIndex(parsed.ok.text), text: read.text } };
  } catch (error) {
    // A stack that overflows is the text's fault, anything else is ours; neither may end the run.
    const reason = error instanceof RangeError ? 'it is nested too deeply' : `internal error, please report it: ${String(error)}`;
    return { obstacle: { reason: `cannot be judged: ${reason}` } };
  }
}
