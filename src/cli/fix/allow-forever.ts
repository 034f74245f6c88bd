import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import { splitByteOrderMark } from '../../codemod/byte-order-mark.js';
import { writeAtomically, WriteError } from '../../codemod/write.js';
import type { RuleId } from '../../core/index.js';
import { CannotRun } from '../cannot-run.js';
import { withJsonValue } from '../json-text.js';

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
  const said = at(JSON.parse(splitByteOrderMark(content).text), place);
  // `"no-x": "likely"` says no more than a confidence.
  const change =
    typeof said === 'object' && said !== null && 'allow' in said ? { path: [...place, 'allow', -1], value: entry, inserts: true }
    : typeof said === 'object' ? { path: [...place, 'allow'], value: [entry] }
    : { path: place, value: { ...(typeof said === 'string' && { confidence: said }), allow: [entry] } };
  return withJsonValue(content, change);
}

function at(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

function parsed(path: string): unknown {
  return JSON.parse(splitByteOrderMark(readFileSync(path, 'utf8')).text);
}
