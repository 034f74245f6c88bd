import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
import { splitByteOrderMark } from '../../codemod/byte-order-mark.js';
import { dominantLineEnd } from '../../codemod/line-ends.js';
import { writeAtomically, WriteError } from '../../codemod/write.js';
import type { RuleId } from '../../core/index.js';
import { CannotRun } from '../cannot-run.js';

/**
 * Adds a name to what a rule allows, in the settings of a root: where they
 * stand, or in a new `leakproof.json`. The rest of the file stays as it is.
 *
 * @returns the name of the file
 * @throws CannotRun if it cannot be written
 */
export async function allowForever(root: string, rule: RuleId, entry: string): Promise<string> {
  const own = join(root, 'leakproof.json');
  const shared = join(root, 'package.json');
  const isShared = !existsSync(own) && existsSync(shared) && 'leakproof' in (parsed(shared) as object);
  const [file, key]: [string, string[]] = isShared ? ['package.json', ['leakproof']] : ['leakproof.json', []];
  const path = join(root, file);
  try {
    if (existsSync(path)) await writeAtomically(path, Buffer.from(withEntry(readFileSync(path, 'utf8'), [...key, 'rules', rule], entry)));
    else writeFileSync(path, withEntry('{}\n', ['rules', rule], entry), { flag: 'wx' });
  } catch (error) {
    throw error instanceof WriteError ? new CannotRun(error.message) : error;
  }
  return file;
}

function withEntry(content: string, place: JSONPath, entry: string): string {
  const { mark, text } = splitByteOrderMark(content);
  const said = at(JSON.parse(text), place);
  const formattingOptions = { insertSpaces: !/^\t/mu.test(text), tabSize: / +(?=")/u.exec(text)?.[0].length ?? 2, eol: dominantLineEnd(text) };
  // `"no-x": "likely"` says no more than a confidence.
  const [path, value, isArrayInsertion] =
    typeof said === 'object' && said !== null && 'allow' in said ? [[...place, 'allow', -1], entry, true]
    : typeof said === 'object' ? [[...place, 'allow'], [entry], false]
    : [place, { ...(typeof said === 'string' && { confidence: said }), allow: [entry] }, false];
  return mark + applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}

function at(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

function parsed(path: string): unknown {
  return JSON.parse(splitByteOrderMark(readFileSync(path, 'utf8')).text);
}
