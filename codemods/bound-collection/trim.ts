import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAt } from '../../src/codemod/writing/names.js';
import type { CallSite, End, Growth, NewListSite } from './growth-site.js';
import { declareTrimmer } from './trimmer.js';

/** Trims a collection wherever it grows: by statements behind one call, by a function behind several, and new lists by `slice`. */
export function writeTrims({ all, oldest }: Growth, limit: string, collection: Collection, writer: CodeWriter, facts: Facts): void {
  const calls = all.filter((site): site is CallSite => site.type === 'call');
  const lists = all.filter((site): site is NewListSite => site.type === 'new list');
  for (const { node } of lists) writer.insert(node.range[1], oldest === 'first' ? `.slice(-${limit})` : `.slice(0, ${limit})`);
  const trimmer = calls.length > 1 ? declareTrimmer(calls, collection, (object) => trimLines(collection, object, 'oldest', limit, oldest, writer), writer, facts) : undefined;
  for (const { object, slot } of calls) {
    const taken = namesTakenAt(slot.node, facts.model);
    const entry = freeName('oldest', (name) => taken.has(name));
    writer.around(slot, [], trimmer !== undefined ? [`${trimmer}()${writer.style.semicolon}`] : trimLines(collection, writer.textOf(object), entry, limit, oldest, writer));
  }
}

/** Statements that let the oldest entries go until no more than the limit are left. */
export function trimLines({ kind }: Collection, object: string, entry: string, limit: string, oldest: End, writer: CodeWriter): Lines {
  const { indent, semicolon } = writer.style;
  if (kind === 'array') {
    const call = oldest === 'first' ? `${object}.splice(0, ${object}.length - ${limit})` : `${object}.splice(${limit})`;
    return [`if (${object}.length > ${limit}) {`, `${indent}${call}${semicolon}`, '}'];
  }
  return [
    `for (const ${entry} of ${kind === 'map' ? `${object}.keys()` : object}) {`,
    `${indent}if (${object}.size <= ${limit}) break${semicolon}`,
    `${indent}${object}.delete(${entry})${semicolon}`,
    '}',
  ];
}
