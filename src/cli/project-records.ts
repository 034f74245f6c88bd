import { join } from 'node:path';
import type { Outline, Outside } from '../core/index.js';
import { discover, type SourceFile } from '../project/discover.js';
import { kindOf } from '../project/file-kinds.js';
import type { Files } from '../project/files.js';
import { linkProject } from '../project/link-project.js';
import { noStore, openStore, type RecordStore } from '../project/record-store.js';
import type { Settings } from '../project/settings.js';
import { findJudgement, judgeAgain, recordOf, type FileRecord, type Judgement, type JudgedRecord } from './file-record.js';
import { ownCode } from './own-code.js';

/** A file that was judged with its project: all that is known of it, and what is found in it. */
export interface JudgedWithProject {
  readonly record: JudgedRecord;
  readonly judgement: Judgement;
}

export type Store = RecordStore<FileRecord>;

/** The store of a root; the same for all states of it. */
export function storeFor(root: string, { cleanupFunctions, timers, resources }: Settings, isCached: boolean): Store {
  return isCached ? openStore(root, JSON.stringify([ownCode(), cleanupFunctions, timers, resources])) : noStore();
}

/**
 * All files of a project in one state. Each is read and judged alone first,
 * unless its content is known; then they are linked, and a file is judged again
 * only if the others say what changes an answer that its judgement rests on.
 * Tests count for nothing: what only a test calls, nobody calls.
 */
export class ProjectRecords {
  /** What the other files do to each file, by its name from the root. */
  readonly outside: ReadonlyMap<string, Outside>;
  readonly #keys = new Map<string, string>();

  /**
   * @param onFile told before each file is read
   * @param isCompared whether the state is one of two: then what the files import and `.gitignore` hides counts for nothing, since git knows no earlier state of it
   */
  constructor(
    private readonly settings: Settings,
    private readonly files: Files,
    private readonly store: Store,
    root: string,
    onFile: (index: number, total: number) => void = () => undefined,
    isCompared = false,
  ) {
    const { files: found, embedded } = discover(root, [{ path: root, isDirectory: true }], settings.ignore, files);
    this.#expect(found);
    const outlines = new Map<string, Outline>();
    found.forEach((file, index) => {
      onFile(index, found.length);
      const record = this.recordOf(file);
      if (record.kind === 'judged') outlines.set(file.name, record.outline);
    });
    this.outside = linkProject(root, files, outlines, embedded, isCompared ? undefined : (name) => this.#outlineOf(root, name));
  }

  recordOf(file: SourceFile): FileRecord {
    const key = this.#keyOf(file);
    const known = key === undefined ? undefined : this.store.get(key);
    if (known) return known;
    const record = recordOf(file, this.settings, this.files);
    this.#keep(file, record);
    return record;
  }

  #outlineOf(root: string, name: string): Outline | undefined {
    const record = this.recordOf({ path: join(root, name), name, named: false });
    return record.kind === 'judged' ? record.outline : undefined;
  }

  /** What is found in a file, given the others; or why nothing can be. */
  judge(file: SourceFile): JudgedWithProject | Exclude<FileRecord, JudgedRecord> {
    const record = this.recordOf(file);
    if (record.kind !== 'judged') return record;
    const outside = this.outside.get(file.name);
    const judgement = findJudgement(record, outside);
    if (judgement) return { record, judgement };
    const again = judgeAgain(record, file, this.settings, this.files, outside);
    if (again.kind !== 'judged') return again;
    this.#keep(file, again);
    return { record: again, judgement: again.judgements[0] as Judgement };
  }

  /** The record of a file in which there is nothing to judge, as far as is known without reading it again. */
  idle(file: SourceFile): JudgedRecord | undefined {
    const record = this.recordOf(file);
    return record.kind === 'judged' && findJudgement(record, this.outside.get(file.name))?.isIdle ? record : undefined;
  }

  #keep(file: SourceFile, record: FileRecord): void {
    const key = this.#keyOf(file);
    if (key !== undefined) this.store.set(key, record);
  }

  /** Undefined for a file that cannot be read. */
  #keyOf(file: SourceFile): string | undefined {
    const name = file.named ? `${file.name} named` : file.name;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    try {
      const key = `${this.files.idOf(file.path)} ${name}`;
      this.#keys.set(name, key);
      return key;
    } catch {
      return undefined;
    }
  }

  /** Of what git holds, all that is not known yet is read in one go. */
  #expect(found: readonly SourceFile[]): void {
    this.files.expect?.(found.filter((file) => kindOf(file.name) === 'source' && this.store.get(this.#keyOf(file) ?? '') === undefined).map(({ path }) => path));
  }
}
