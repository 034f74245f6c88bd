import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

async function reported(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...files });
  const { findings } = await scanJson(folder, '--confidence', 'likely', '--rule', 'no-partial-exit-handler');
  return findings.map(({ file, confidence, symbol, related }) => [file, confidence, symbol, ...related.flatMap((one) => (one.role === 'skipped' ? [one.name] : []))].join(' '));
}

const PARTS = 'export interface Parts {\n  rooms: Map<string, object>;\n  seen: Map<string, number>;\n  muted: Set<string>;\n}\n';
const OTHER = 'export interface Parts {\n  rooms: Map<string, object>;\n  seen: Map<string, number>;\n  muted: Set<string>;\n}\n';
const SWEEP = `
import type { Parts } from './parts';
export function createSweep(parts: Parts) {
  const { rooms, seen, muted } = parts;
  return () => {
    for (const [roomId, at] of seen) {
      if (Date.now() - at < 1_000_000) continue;
      rooms.delete(roomId);
      seen.delete(roomId);
      muted.delete(roomId);
    }
  };
}
`;
const handler = (more = '', from = './parts'): string => `
import type { Parts } from '${from}';
export function createListener(parts: Parts, watched: string) {
  const { rooms, seen } = parts;
  const forget = (roomId: string): void => {
    rooms.delete(roomId);
    seen.delete(roomId);${more}
  };
  return (event: { type: string; roomId: string }) => {
    if (event.type === 'room.opened') rooms.set(event.roomId, { watched: parts.muted.has(watched) });
    if (event.type === 'room.closed') { forget(event.roomId); return; }
  };
}
`;

describe('a handler and a clean-up of another file that know their collections by one type', () => {
  it('are compared: what only the clean-up takes out stays when the end is heard of', async () => {
    expect(await reported({ 'parts.ts': PARTS, 'sweep.ts': SWEEP, 'listener.ts': handler() })).toEqual(['listener.ts likely forget muted']);
  });

  it.each<[string, Record<string, string>]>([
    ['the handler takes it out, too', { 'parts.ts': PARTS, 'sweep.ts': SWEEP, 'listener.ts': handler('\n    parts.muted.delete(roomId);') }],
    ['they know them by types of the same name from other files', { 'parts.ts': PARTS, 'other.ts': OTHER, 'sweep.ts': SWEEP, 'listener.ts': handler('', './other') }],
    ['the clean-up takes them out under different keys', { 'parts.ts': PARTS, 'sweep.ts': SWEEP.replace('muted.delete(roomId)', 'muted.delete(String(at))'), 'listener.ts': handler() }],
    ['the clean-up leaves out what the handler takes out', { 'parts.ts': PARTS.replace('muted', 'late: Set<string>;\n  muted'), 'sweep.ts': SWEEP, 'listener.ts': handler('\n    parts.late.delete(roomId);') }],
    ['one collection in common is too little', { 'parts.ts': PARTS, 'sweep.ts': SWEEP, 'listener.ts': handler().replace('\n    seen.delete(roomId);', '') }],
    ['no event ends what the function ends', { 'parts.ts': PARTS, 'sweep.ts': SWEEP, 'listener.ts': handler().replace('room.closed', 'room.renamed') }],
  ])('are not held against each other: %s', async (_, files) => {
    expect(await reported(files)).toEqual([]);
  });
});
