import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, outlineAlone } from '../../src/core/index.js';
import type { FileRecord } from '../../src/project/file-record.js';
import { pack, unpack } from '../../src/project/packed-record.js';
import { parse } from '../../src/project/parse.js';

const TEXT = `
import { open, close, Store } from './store.js';
const store = new Store();
export function begin(id, others) {
  open(id);
  open(id);
  others.forEach((one) => { one.note(id); delete one.kept[id]; });
  store.sessions.set(id, others);
}
process.on('exit', () => { close(); close(); });
`;

function recordOf(text: string): FileRecord<never> {
  const parsed = parse('src/a.js', text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return { kind: 'judged', lines: 3, outline: outlineAlone(parsed.ok, DEFAULT_SETTINGS), judgements: [] };
}

describe('a record that is packed', () => {
  it('comes back as it was, with its keys in their order', () => {
    const record = recordOf(TEXT);
    expect(JSON.stringify(unpack(JSON.parse(JSON.stringify(pack(record))) as ReturnType<typeof pack>))).toBe(JSON.stringify(record));
    expect(record.kind === 'judged' && record.outline.uses.length).toBeGreaterThan(4);
  });

  it('names each thing once', () => {
    expect(JSON.stringify(pack(recordOf(TEXT))).split('./store.js').length - 1).toBeLessThan(JSON.stringify(recordOf(TEXT)).split('./store.js').length - 1);
  });

  it('is one of a file that was not judged, too', () => {
    expect(unpack(pack({ kind: 'generated' }))).toEqual({ kind: 'generated' });
  });
});
