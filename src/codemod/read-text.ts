import { analyze, type Analysis, type AnalysisSettings, type Outside } from '../core/index.js';
import { parse } from '../project/parse.js';

/** Reads and judges a text without byte order mark; says why if it does not parse. */
export type ReadText = (path: string, text: string) => Analysis | { readonly unreadable: string };

/** Reads a text as a file on its own, or as one of which is known what the others of its project do to it. */
export function readWith(settings: AnalysisSettings, outside?: Outside): ReadText {
  return (path, text) => {
    const parsed = parse(path, text);
    if ('ok' in parsed) return analyze(parsed.ok, settings, outside);
    const { message, line, column } = parsed.error;
    return { unreadable: `${message} (line ${line}, column ${column})` };
  };
}
