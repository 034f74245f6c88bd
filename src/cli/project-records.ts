import { join } from 'node:path';
import type { Outline, Outside } from '../core/index.js';
import { assumedOf } from '../project/assumed.js';
import type { SourceFile } from '../project/discover.js';
import { findJudgement, withJudgement } from '../project/file-record.js';
import { kindOf } from '../project/file-kinds.js';
import type { Files } from '../project/files.js';
import { linkProject } from '../project/link-project.js';
import type { Outsides } from '../project/link.js';
import type { RecordStore } from '../project/record-store.js';
import type { Settings } from '../project/settings.js';
import { recordKey } from '../project/stored-records.js';
import { recordOf, type FileRecord, type Judgement, type JudgedRecord } from './file-record.js';
import { ProjectState } from './project-state.js';
import { hereOnly, type Readers } from './readers.js';
import { projectOf, type Target } from './targets.js';

/** A file that was judged with its project: all that is known of it, and what is found in it. */
export interface JudgedWithProject {
  readonly record: JudgedRecord;
  readonly judgement: Judgement;
}

export type Store = RecordStore<FileRecord>;

/**
 * All files of a project in one state. Each is read and judged alone first,
 * unless its content is known; then they are linked, and a file is judged again
 * only if the others say what changes an answer that its judgement rests on.
 * Tests count for nothing: what only a test calls, nobody calls.
 */
export class ProjectRecords {
  /** What the other files do to each file, by its name from the root. */
  outside: Outsides = new Map<never, never>();
  /** The files that are linked. */
  all: readonly SourceFile[] = [];
  readonly #keys = new Map<string, string>();
  #state: (() => ProjectState) | undefined;
  /** What a file may take for granted of the others until they are known. */
  #assumed: (name: string) => Outside | undefined = () => undefined;

  private constructor(
    private readonly settings: Settings,
    private readonly files: Files,
    private readonly store: Store,
    private readonly readers: Readers,
  ) {}

  /**
   * Reads all files of a target's project, and links them.
   *
   * @param files the state that is read
   * @param onFile told before the work, and after each file
   * @param isCompared whether the state is one of two: then what the files import and `.gitignore` hides counts for nothing, since git knows no earlier state of it
   */
  static async read(
    target: Target,
    files: Files,
    store: Store,
    readers = hereOnly(),
    onFile: (done: number, total: number) => void = () => undefined,
    isCompared = false,
  ): Promise<ProjectRecords> {
    const { root, settings } = target;
    const project = new ProjectRecords(settings, files, store, readers);
    const { files: found, embedded } = projectOf(target, files);
    project.all = found;
    onFile(0, found.length);
    let done = 0;
    project.#assumed = assumedOf(root, files, target.isWhole && found.length > 1);
    const records = await project.recordsOf(found, () => { onFile(++done, found.length); });
    const outlines = new Map<string, Outline>();
    found.forEach(({ name }, index) => {
      const record = records[index];
      if (record?.kind === 'judged') outlines.set(name, record.outline);
    });
    const linked = linkProject(root, files, outlines, embedded, isCompared ? undefined : (name) => project.#outlineOf(root, name), target.isWhole);
    project.outside = linked;
    project.#state = () => new ProjectState({ root, settings, source: files, linked, files: new Map(found.map((file, index) => [file.name, { file, record: records[index] as FileRecord }])) });
    return project;
  }

  /** Its files in the state in which they were read, for whoever wants to try other texts; undefined where they were not linked. */
  toState(): ProjectState | undefined {
    return this.#state?.();
  }

  /** For what is known of files alone. */
  static unlinked(settings: Settings, files: Files, store: Store, readers: Readers): ProjectRecords {
    return new ProjectRecords(settings, files, store, readers);
  }

  /** What is known of each file alone. */
  async recordsOf(files: readonly SourceFile[], onFile: () => void = () => undefined): Promise<FileRecord[]> {
    const unknown = files.filter((file) => this.#known(file) === undefined);
    // Of what git holds, all that is not known yet is read in one go.
    this.files.expect?.(unknown.filter(({ name }) => kindOf(name) === 'source').map(({ path }) => path));
    const reader = this.readers.forSome(unknown.length);
    return Promise.all(files.map(async (file) => {
      const record = this.#known(file) ?? await reader.recordOf(file, this.settings, this.files, this.#assumed(file.name));
      this.#keep(file, record);
      onFile();
      return record;
    }));
  }

  /** What is found in each file, given the others; or why nothing can be. */
  async judge(files: readonly SourceFile[], onFile: () => void = () => undefined): Promise<(JudgedWithProject | Exclude<FileRecord, JudgedRecord>)[]> {
    const records = await this.recordsOf(files);
    const judgements = files.map((file, index) => this.#standing(file, records[index] as FileRecord));
    const reader = this.readers.forSome(judgements.filter((judgement) => judgement === undefined).length);
    return Promise.all(files.map(async (file, index) => {
      const record = records[index] as FileRecord;
      const judgement = judgements[index];
      if (record.kind !== 'judged' || judgement) {
        onFile();
        return record.kind === 'judged' ? { record, judgement: judgement as Judgement } : record;
      }
      const again = await reader.judgeAgain(file, this.settings, this.files, this.outside.get(file.name));
      onFile();
      if (again.kind !== 'again') return again;
      const judged = withJudgement(record, again.judgement);
      this.#keep(file, judged);
      return { record: judged, judgement: again.judgement };
    }));
  }

  /** The known judgement that holds with the other files as they are. */
  #standing(file: SourceFile, record: FileRecord): Judgement | undefined {
    if (record.kind !== 'judged') return undefined;
    return findJudgement(record, this.outside.get(file.name));
  }

  #known(file: SourceFile): FileRecord | undefined {
    const key = this.#keyOf(file);
    return key === undefined ? undefined : this.store.get(key);
  }

  /** Of a file that the others import, though it is none of those that were found. */
  #outlineOf(root: string, name: string): Outline | undefined {
    const file = { path: join(root, name), name, named: false };
    const record = this.#known(file) ?? recordOf(file, this.settings, this.files);
    this.#keep(file, record);
    return record.kind === 'judged' ? record.outline : undefined;
  }

  /** The record of a file in which there is nothing to judge, as far as is known without reading it again. */
  idle(file: SourceFile): JudgedRecord | undefined {
    const record = this.#known(file);
    return record?.kind === 'judged' && findJudgement(record, this.outside.get(file.name))?.isIdle ? record : undefined;
  }

  #keep(file: SourceFile, record: FileRecord): void {
    if (record.kind === 'obstacle' && record.isPassing) return;
    const key = this.#keyOf(file);
    if (key !== undefined && this.store.get(key) !== record) this.store.set(key, record);
  }

  #keyOf(file: SourceFile): string | undefined {
    const name = file.named ? `${file.name} named` : file.name;
    const key = this.#keys.get(name) ?? recordKey(file, this.files);
    if (key !== undefined) this.#keys.set(name, key);
    return key;
  }
}
