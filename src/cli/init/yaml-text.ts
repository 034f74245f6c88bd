import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument, stringify, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { dominantLineEnd, withLineEnds } from '../../codemod/line-ends.js';
import { endOfLine, startOfLine } from '../../codemod/writing/indentation.js';
import type { Outcome } from './outcome.js';

type Path = readonly (string | number)[];

const UNKNOWN_LAYOUT: Outcome = { refused: 'It is laid out in a way that we do not edit.' };

/**
 * Adds to a YAML text without printing it anew: lines are put behind the last
 * item of a list or a map, indented as its items are, so that comments and
 * layout stay. It is done only if the text then says what it said, and what was added.
 *
 * @param path of the list or map; maps of it that are missing are made
 * @param value an item for a list, a record for a map
 */
export function withYamlValue(text: string, path: Path, value: unknown): Outcome {
  const document = parseDocument(text);
  if (document.errors.length > 0) return { refused: 'It is not valid YAML.' };
  const at = [...path];
  let added = value;
  while (at.length > 0 && !document.hasIn(at)) added = { [String(at.pop())]: added };
  const edited = append(text, document, at, added);
  return edited !== undefined && isDeepStrictEqual(read(edited), withAdded(read(text), at, added)) ? { edited } : UNKNOWN_LAYOUT;
}

/** What a YAML text says; undefined if it is broken. */
export function read(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown);
}

function append(text: string, document: Document, at: Path, added: unknown): string | undefined {
  const lineEnd = dominantLineEnd(text);
  if (at.length === 0 && document.contents === null) {
    return `${text}${text === '' || text.endsWith('\n') ? '' : lineEnd}${withLineEnds(stringify(added, { lineWidth: 0 }), lineEnd)}`;
  }
  const container = at.length === 0 ? document.contents : document.getIn(at, true);
  if (!isBlock(container)) return undefined;
  const first = isSeq(container) ? container.range?.[0] : (container.items[0]?.key as { range?: [number, number, number] } | undefined)?.range?.[0];
  const end = container.range?.[1];
  if (first === undefined || end === undefined) return undefined;
  const indent = ' '.repeat(first - startOfLine(text, first));
  const lines = stringify(isSeq(container) ? [added] : added, { lineWidth: 0, indentSeq: !hasFlushLists(text), indent: isSeq(container) ? 2 : stepOf(text) }).trimEnd().split('\n');
  const place = endOfLine(text, text.slice(0, end).trimEnd().length);
  return text.slice(0, place) + lines.map((line) => `${lineEnd}${indent}${line}`).join('') + text.slice(place);
}

function isBlock(node: unknown): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0;
}

/** Whether the items of a list start below the first letter of its key. */
function hasFlushLists(text: string): boolean {
  return /^( *)[^\s#-][^\n]*:[^\S\n]*\r?\n\1- /mu.test(text);
}

function stepOf(text: string): number {
  return Math.max(2, /^[^\s#-].*:[^\S\n]*\r?\n( +)[^\s#-]/mu.exec(text)?.[1]?.length ?? 2);
}

/** The same addition to what the text says. */
function withAdded(value: unknown, at: Path, added: unknown): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return Array.isArray(value) ? [...(value as unknown[]), added] : { ...(value as object), ...(added as object) };
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? withAdded(item, rest, added) : item));
  return { ...(value as object), [key]: withAdded((value as Record<string, unknown>)[key], rest, added) };
}
