import { name as PACKAGE, version } from '../../plugin/package.js';
import { isObject, readJsonObject, withJsonValue } from '../json-text.js';
import type { Outcome } from './outcome.js';

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Names the package among what development needs, unless package.json names it in any way. */
export function withDependency(content: string): Outcome {
  const manifest = readJsonObject(content);
  if (!manifest) return { refused: 'It is not a JSON object.' };
  if (manifest['name'] === PACKAGE || KINDS.some((kind) => isObject(manifest[kind]) && PACKAGE in manifest[kind])) return 'there';
  return { edited: withJsonValue(content, { path: ['devDependencies', PACKAGE], value: `^${version}`, sorted: isObject(manifest['devDependencies']) }) };
}
