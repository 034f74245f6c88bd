import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isInside } from '../../project/discover.js';
import { systemReason } from '../../project/read.js';
import { JournalError } from './journal-error.js';
import type { RunRecord } from './record.js';

/**
 * Where the records of runs lie, outside of any project:
 *
 * - `preparing/<pid>-<random>/`: a record that is still being written. Nothing was done yet.
 * - `pending/<root>/journal.json`: a run that has begun and not ended. Moving the folder there begins it; that fails if there is one.
 * - `done/<root>.json`: the last run that ended. Moving the record there ends it.
 * - `left/`: records of interrupted runs that could not be put back whole.
 *
 * Each step is one rename, so a crash leaves one state or the other.
 */
export class JournalStore {
  constructor(private readonly folder: string) {}

  /** @throws JournalError if another process writes below this root, or if the record cannot be kept */
  async begin(record: RunRecord): Promise<void> {
    await this.attempt(async () => {
      const preparing = join(this.folder, 'preparing', `${process.pid}-${randomBytes(6).toString('hex')}`);
      await mkdir(preparing, { recursive: true, mode: OWNER_ONLY });
      try {
        await writeDurably(join(preparing, RECORD), record);
        await mkdir(join(this.folder, 'pending'), { recursive: true, mode: OWNER_ONLY });
        await rename(preparing, this.pendingFolder(record.root));
        await syncFolder(join(this.folder, 'pending'));
      } catch (error) {
        await rm(preparing, { recursive: true, force: true });
        const taken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error)) ? await this.pending(record.root) : undefined;
        throw taken ? new JournalError(`Another leakproof (process ${taken.process.id}) is writing here; nothing was written.`) : error;
      }
    });
  }

  /** Says anew what a run does, before it does it. */
  async update(record: RunRecord): Promise<void> {
    const path = join(this.pendingFolder(record.root), RECORD);
    await this.attempt(async () => {
      await writeDurably(`${path}.new`, record);
      await rename(`${path}.new`, path);
    });
  }

  /** Ends a run that can be undone from now on, instead of the one before it. */
  async end(record: RunRecord): Promise<void> {
    await mkdir(join(this.folder, 'done'), { recursive: true, mode: OWNER_ONLY });
    await rename(join(this.pendingFolder(record.root), RECORD), this.donePath(record.root));
    await this.forget(record.root);
  }

  /** Ends a run of which nothing is to be kept. */
  async forget(root: string): Promise<void> {
    await rm(this.pendingFolder(root), { recursive: true, force: true });
  }

  /** Ends an interrupted run whose files are not all as they were; tells where its record is kept. */
  async setAside(record: RunRecord): Promise<string> {
    const path = join(this.folder, 'left', `${record.id}.json`);
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY });
    await rename(join(this.pendingFolder(record.root), RECORD), path);
    await this.forget(record.root);
    return path;
  }

  /** The run that has begun for a root and not ended. */
  async pending(root: string): Promise<RunRecord | undefined> {
    return readRecord(join(this.pendingFolder(root), RECORD));
  }

  /** The runs that have begun and not ended, of the root and of folders above and below it. */
  async pendingAround(root: string): Promise<RunRecord[]> {
    const records: RunRecord[] = [];
    for (const name of await list(join(this.folder, 'pending'))) {
      const record = await readRecord(join(this.folder, 'pending', name, RECORD));
      if (record && (isInside(record.root, root) || isInside(root, record.root))) records.push(record);
    }
    return records;
  }

  /** The last run of a root that ended. */
  async last(root: string): Promise<RunRecord | undefined> {
    return readRecord(this.donePath(root));
  }

  /** What of the last run can still be undone; undefined if nothing. */
  async replaceLast(root: string, record: RunRecord | undefined): Promise<void> {
    const path = this.donePath(root);
    if (!record) {
      await rm(path, { force: true });
      return;
    }
    await writeDurably(`${path}.new`, record);
    await rename(`${path}.new`, path);
  }

  /** Removes what crashed processes left before they began, and runs that nobody will undo any more. */
  async tidy(): Promise<void> {
    for (const name of await list(join(this.folder, 'preparing'))) {
      if (!isRunning(Number.parseInt(name, 10))) await rm(join(this.folder, 'preparing', name), { recursive: true, force: true });
    }
    const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
    for (const name of await list(join(this.folder, 'done'))) {
      const path = join(this.folder, 'done', name);
      if ((await stat(path)).mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  private pendingFolder(root: string): string {
    return join(this.folder, 'pending', keyOf(root));
  }

  private donePath(root: string): string {
    return join(this.folder, 'done', `${keyOf(root)}.json`);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof JournalError) throw error;
      throw new JournalError(`The journal in ${this.folder} cannot be written (${systemReason(error)}), so nothing was written.`);
    }
  }
}

const RECORD = 'journal.json';
/** The records hold sources, which are nobody else's business. */
const OWNER_ONLY = 0o700;
/** How long a run can be undone, in days. */
const KEPT_DAYS = 30;

/** Whether the process that wrote a record still runs. Of another machine's it cannot be known: then it does not. */
export function isLive({ process: writer }: RunRecord): boolean {
  return writer.host === hostname() && writer.id !== process.pid && isRunning(writer.id);
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function keyOf(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 32);
}

async function readRecord(path: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as RunRecord;
  } catch (error) {
    if (codeOf(error) !== '' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function writeDurably(path: string, record: RunRecord): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(record));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename last through a power cut. Windows cannot, and need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
