import { analyze, outlineAlone, type Analysis, type Outline, type Outside, type SourceModel } from '../core/index.js';
import type { SourceFile } from './discover.js';
import { isGenerated, kindOf } from './file-kinds.js';
import { DISK, type Files } from './files.js';
import { LineIndex } from './line-index.js';
import { isDeeplyNested } from './nesting.js';
import { parse } from './parse.js';
import { readSource } from './read.js';
import type { Settings } from './settings.js';

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
  return withModel(file, files, (model, text) => ({ inspected: { analysis: analyze(model, settings, outside), lines: new LineIndex(model.text), text } }));
}

/** What a file shows to others, and how many lines it has; it is not judged. Never throws, as above. */
export function outlineIn(file: SourceFile, settings: Settings, files = DISK): { readonly outline: Outline; readonly lines: number } | { readonly obstacle: Obstacle } | 'generated' {
  return withModel(file, files, (model) => ({ outline: outlineAlone(model, settings), lines: new LineIndex(model.text).lineCount }));
}

/** Whether only the main thread knows what to make of a file: a stack of another size overflows elsewhere. */
export function isForMainThread({ path }: SourceFile, files: Files): boolean {
  const source = readSource(path, files);
  return 'text' in source && isDeeplyNested(source.text);
}

/** Reads and parses one file for whoever wants its model. */
function withModel<Result>(file: SourceFile, files: Files, use: (model: SourceModel, text: string) => Result): Result | { readonly obstacle: Obstacle } | 'generated' {
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
    return use(parsed.ok, read.text);
  } catch (error) {
    // A stack that overflows is the text's fault, anything else is ours; neither may end the run.
    const reason = error instanceof RangeError ? 'it is nested too deeply' : `internal error, please report it: ${String(error)}`;
    return { obstacle: { reason: `cannot be judged: ${reason}` } };
  }
}
