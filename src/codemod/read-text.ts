import { analyze, type Analysis, type AnalysisSettings } from '../core/index.js';
import { parse } from '../project/parse.js';

/** Reads and judges a text without byte order mark; says why if it does not parse. */
export type ReadText = (path: string, text: string) => Analysis | { readonly unreadable: string };

/** Reads a text as a file on its own. */
export function readWith(settings: AnalysisSettings): ReadText {
  return (path, text) => {
    const parsed = parse(path, text);
    if ('ok' in parsed) return analyze(parsed.ok, settings);
    const { message, line, column } = parsed.error;
    return { unreadable: `${message} (line ${line}, column ${column})` };
  };
}
