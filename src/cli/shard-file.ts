import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { version } from '../plugin/package.js';
import { isObject } from '../project/data-shape.js';
import { ownContent } from '../project/own-code.js';
import { systemReason } from '../project/read.js';
import { CannotRun } from './cannot-run.js';
import type { FileRecord } from './file-record.js';

/** Which of how many parts, counted from 1. */
export interface ShardNumber {
  readonly index: number;
  readonly count: number;
}

/** What is known of one file: of which root, under which key, and the file's name for people. */
export interface ShardEntry {
  /** From the working directory; empty for that itself. */
  readonly root: string;
  readonly key: string;
  readonly name: string;
  readonly record: FileRecord;
}

/** One part of a scan. */
export interface Shard extends ShardNumber {
  /** The paths that were named. */
  readonly paths: readonly string[];
  /** Names all settings that records depend on, and which files there are. */
  readonly settings: string;
  readonly entries: readonly ShardEntry[];
}

/** What the file of a shard holds: the shard, who made it, and a checksum. */
interface Envelope {
  readonly leakproof: string;
  readonly code: string;
  readonly checksum: string;
  readonly shard: Shard;
}

/** The text of a shard's file. The same shard gives the same text. */
export function writeShard(shard: Shard): string {
  const envelope: Envelope = { leakproof: version, code: ownContent(), checksum: checksum(shard), shard };
  return `${JSON.stringify(envelope)}\n`;
}

/**
 * Reads all parts of one scan, in the order of their numbers.
 *
 * @throws CannotRun if a file is none of ours, or the files do not make one whole
 */
export function readShards(paths: readonly string[]): [Shard, ...Shard[]] {
  const byIndex = new Map<number, { readonly path: string; readonly shard: Shard }>();
  let first: { readonly path: string; readonly shard: Shard } | undefined;
  for (const path of paths) {
    const one = { path, shard: readShard(path) };
    first ??= one;
    const { index, count, settings } = one.shard;
    if (count !== first.shard.count || one.shard.paths.join('\0') !== first.shard.paths.join('\0')) {
      throw new CannotRun(`${path} and ${first.path} are parts of different scans: one is ${nameOf(one.shard)}, the other ${nameOf(first.shard)}.`);
    }
    if (settings !== first.shard.settings) throw new CannotRun(`${path} was made with other settings than ${first.path}.`);
    const other = byIndex.get(index);
    if (other) throw new CannotRun(`${other.path} and ${path} are both part ${index} of ${count}.`);
    byIndex.set(index, one);
  }
  const count = first?.shard.count ?? 0;
  const missing = Array.from({ length: count }, (_, before) => before + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) throw new CannotRun(`Part ${missing.join(', ')} of ${count} is missing.`);
  return [...byIndex.values()].map(({ shard }) => shard).sort((left, right) => left.index - right.index) as [Shard, ...Shard[]];
}

function nameOf({ index, count, paths }: Shard): string {
  return `part ${index} of ${count} of ${paths.join(' ') || 'the whole folder'}`;
}

function readShard(path: string): Shard {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun(`Cannot read ${path}: ${systemReason(error)}.`);
  }
  const envelope = parseEnvelope(text);
  if (!envelope) throw new CannotRun(`${path} is not a part of a scan as \`leakproof scan --shard\` writes it, or not whole.`);
  if (envelope.leakproof !== version) throw new CannotRun(`${path} was made by version ${envelope.leakproof}, and this is ${version}.`);
  if (envelope.code !== ownContent()) throw new CannotRun(`${path} was made by another build of version ${version}.`);
  if (checksum(envelope.shard) !== envelope.checksum) throw new CannotRun(`${path} was changed after it was written.`);
  return envelope.shard;
}

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && typeof value['leakproof'] === 'string' && isObject(value['shard']) ? (value as unknown as Envelope) : undefined;
  } catch {
    return undefined;
  }
}

function checksum(shard: Shard): string {
  return createHash('sha256').update(JSON.stringify(shard)).digest('hex').slice(0, 32);
}
