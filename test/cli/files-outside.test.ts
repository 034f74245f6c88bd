import { beforeEach, describe, expect, it } from 'vitest';
import { DISK, type Files } from '../../src/project/files.js';
import { NO_SETTINGS } from '../../src/project/settings.js';
import { storeFor } from '../../src/project/stored-records.js';
import type { RecordedFinding } from '../../src/cli/file-record.js';
import { ProjectRecords } from '../../src/cli/project-records.js';
import { findTargets } from '../../src/cli/targets.js';
import { temporaryFolder } from '../support/folder.js';
import { OPENS, REGISTRY } from '../support/session-registry.js';
import { scanJson } from './leakproof.js';

const folder = temporaryFolder();
const here = { get path() { return `${folder.path}/here`; } };

const CLOSES = `
import { closeSession } from './registry.js';
export function watch(socket) {
  socket.on('close', () => closeSession(socket.sessionId));
}
`;

const symbols = async (...paths: string[]) => (await scanJson(here, '--confidence', 'likely', ...paths)).findings.map(({ rule, symbol }) => `${rule} ${symbol}`);

describe('a file outside the working directory', () => {
  beforeEach(() => {
    folder.write({ 'here/x.js': '', 'there/registry.js': REGISTRY, 'there/accept.js': OPENS, 'there/close.js': CLOSES, 'there/deep/other.js': REGISTRY });
  });

  it('is judged with what it imports, and no other file of its folder is read', async () => {
    const read: string[] = [];
    const noting: Files = { ...DISK, read: (path) => (read.push(path), DISK.read(path)), idOf: (path) => (read.push(path), DISK.idOf(path)) };
    const [target] = findTargets(['../there/accept.js'], here.path, () => noting);
    const store = storeFor<RecordedFinding>(`${folder.path}/there`, NO_SETTINGS, false);
    await ProjectRecords.read(target as NonNullable<typeof target>, noting, store);
    const sources = new Set(read.filter((path) => path.endsWith('.js')).map((path) => path.slice(folder.path.length)));
    expect([...sources].sort()).toEqual(['/there/accept.js', '/there/registry.js']);
  });

  it('may have users that were not read', async () => {
    expect(await symbols('../there/registry.js')).toEqual([]);
    expect(await symbols('../there/accept.js', '../there/registry.js')).toEqual([]);
  });

  it('is judged with its folder where that is named, too', async () => {
    folder.write({ 'there/close.js': '' });
    expect(await symbols('../there')).toEqual(['no-manual-only-release sessions']);
    expect(await symbols('../there', '../there/registry.js')).toHaveLength(1);
  });

  it('is still told what leaks by itself, as an editor would tell', async () => {
    folder.write({ 'there/registry.js': REGISTRY.replace(/export function closeSession[\s\S]*/u, '') });
    expect(await symbols('../there/registry.js')).toEqual(['no-unbounded-collection sessions']);
  });
});
