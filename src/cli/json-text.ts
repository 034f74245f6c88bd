import { applyEdits, modify, parse, type JSONPath, type ParseError } from 'jsonc-parser';
import { splitByteOrderMark } from '../codemod/byte-order-mark.js';
import { dominantLineEnd } from '../codemod/line-ends.js';

export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  /** Puts the value before the element at the end of the path (`-1` for behind the last) instead of in its place. */
  readonly inserts?: boolean;
  /** Puts a new key of an object that is there where the alphabet wants it, if its neighbours are in that order; else it comes last. */
  readonly sorted?: boolean;
}

/** The JSON text with one value changed, and every other byte, comments included, as it was. */
export function withJsonValue(content: string, { path, value, inserts = false, sorted = false }: JsonChange): string {
  const { mark, text } = splitByteOrderMark(content);
  const edits = modify(text, path, value, {
    formattingOptions: { insertSpaces: !/^\t/mu.test(text), tabSize: /^ +(?=")/mu.exec(text)?.[0].length ?? 2, eol: dominantLineEnd(text) },
    isArrayInsertion: inserts,
    ...(sorted && { getInsertionIndex: (keys: string[]) => placeOf(String(path.at(-1)), keys) }),
  });
  return mark + applyEdits(text, edits);
}

function placeOf(key: string, keys: readonly string[]): number {
  const isSorted = keys.every((other, index) => index === 0 || (keys[index - 1] as string) <= other);
  const next = keys.findIndex((other) => other > key);
  return isSorted && next !== -1 ? next : keys.length;
}

/** What a JSON text says, comments and trailing commas allowed; undefined if it is broken or no object. */
export function readJsonObject(content: string): Readonly<Record<string, unknown>> | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(splitByteOrderMark(content).text, errors, { allowTrailingComma: true });
  return errors.length === 0 && isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
