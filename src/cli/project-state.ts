import { join } from 'node:path';
import type { Analysis, Outline, Outside } from '../core/index.js';
import type { ProjectView } from '../codemod/spanning.js';
import type { SourceFile } from '../project/discover.js';
import { isTestPath, kindOf } from '../project/file-kinds.js';
import { findJudgement, withJudgement } from '../project/file-record.js';
import type { Files } from '../project/files.js';
import { inspect } from '../project/inspect.js';
import { specifiersIn, type LinkedProject } from '../project/link-project.js';
import { readSource } from '../project/read.js';
import type { Settings } from '../project/settings.js';
import { judgeAgain, recordOf, type FileRecord, type RecordedFinding } from './file-record.js';

interface Content {
  readonly root: string;
  readonly settings: Settings;
  /** Where the files are read. */
  readonly source: Files;
  readonly linked: LinkedProject;
  /** By name from the root. */
  readonly files: ReadonlyMap<string, { readonly file: SourceFile; readonly record: FileRecord }>;
}

/**
 * The files of a project with their texts as they are, or with others in some of
 * them: all is linked again, and judged again as far as that says other things.
 */
export class ProjectState implements ProjectView {
  readonly #analyses = new Map<string, Analysis | undefined>();
  readonly #records: Map<string, FileRecord>;

  constructor(private readonly content: Content) {
    this.#records = new Map([...content.files].map(([name, { record }]) => [name, record]));
  }

  /** What the others do to a file. */
  outsideOf(name: string): Outside | undefined {
    return this.content.linked.get(name);
  }

  fileOf(name: string): SourceFile | undefined {
    return this.content.files.get(name)?.file;
  }

  /** The text of a file, byte order mark included. */
  textOf(name: string): string | undefined {
    const file = this.fileOf(name);
    const read = file && readSource(file.path, this.content.source);
    return read && 'text' in read ? read.text : undefined;
  }

  /**
   * The project with other texts, byte order marks included.
   *
   * @returns the name of a file that cannot be read so, and why
   */
  with(texts: ReadonlyMap<string, string>): ProjectState | { readonly file: string; readonly unreadable: string } {
    const { root, settings, source, linked, files } = this.content;
    const byPath = new Map([...texts].map(([name, text]) => [join(root, name), Buffer.from(text)]));
    const overlaid: Files = { ...source, read: (path) => byPath.get(path) ?? source.read(path) };
    const outlines = new Map<string, Outline>();
    const changed = new Map(files);
    for (const [name, record] of this.#records) changed.set(name, { file: this.fileOf(name) as SourceFile, record });
    for (const name of texts.keys()) {
      const file = this.fileOf(name);
      if (!file) return { file: name, unreadable: 'it is none of the project' };
      const record = recordOf(file, settings, overlaid);
      if (record.kind !== 'judged') return { file: name, unreadable: record.kind === 'obstacle' ? record.obstacle.reason : 'it is taken for generated' };
      outlines.set(name, record.outline);
      changed.set(name, { file, record });
    }
    return new ProjectState({ root, settings, source: overlaid, linked: linked.with(outlines), files: changed });
  }

  analysisOf(name: string): Analysis | undefined {
    if (!this.#analyses.has(name)) {
      const { settings, source } = this.content;
      const file = isTestPath(name) ? undefined : this.fileOf(name);
      const inspection = file && inspect(file, settings, this.outsideOf(name), source);
      this.#analyses.set(name, typeof inspection === 'object' && 'inspected' in inspection ? inspection.inspected.analysis : undefined);
    }
    return this.#analyses.get(name);
  }

  /** How often each finding is there, in all files, whatever its confidence; findings are told apart by all but their place in the file. */
  countFindings(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const name of this.content.files.keys()) {
      for (const { rule, symbol, owner } of this.#findingsIn(name)) {
        const key = keyOfFinding({ file: name, rule, symbol, owner });
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return counts;
  }

  resolve(from: string, specifier: string): string | undefined {
    return this.content.linked.resolve(from, specifier);
  }

  filesWith(word: string): readonly string[] {
    return this.#sources().filter((name) => this.textOf(name)?.includes(word));
  }

  filesThatPassOn(file: string): readonly string[] {
    return [...this.#records].flatMap(([name, record]) => {
      if (record.kind !== 'judged') return [];
      const { stars, exports } = record.outline;
      const isPassed = [...stars, ...exports.flatMap(({ from }) => from ?? [])].some((specifier) => this.resolve(name, specifier) === file);
      return isPassed ? [name] : [];
    });
  }

  importedBy(file: string): ReadonlySet<string> {
    const found = new Set<string>();
    const queue = [file];
    for (const name of queue) {
      for (const specifier of specifiersIn(this.textOf(name) ?? '')) {
        const imported = this.resolve(name, specifier);
        if (imported === undefined || found.has(imported)) continue;
        found.add(imported);
        queue.push(imported);
      }
    }
    return found;
  }

  #sources(): string[] {
    return [...this.content.files.keys()].filter((name) => kindOf(name) === 'source' && !isTestPath(name));
  }

  #findingsIn(name: string): readonly RecordedFinding[] {
    const record = this.#records.get(name);
    if (record?.kind !== 'judged') return [];
    const outside = this.outsideOf(name);
    const known = findJudgement(record, outside);
    if (known) return known.findings;
    const again = judgeAgain(this.fileOf(name) as SourceFile, this.content.settings, this.content.source, outside);
    if (again.kind !== 'again') return [];
    this.#records.set(name, withJudgement(record, again.judgement));
    return again.judgement.findings;
  }
}

/** What a finding is told by, wherever in its file it stands. */
export function keyOfFinding({ file, rule, symbol, owner }: Pick<RecordedFinding, 'file' | 'rule' | 'symbol' | 'owner'>): string {
  return JSON.stringify([file, rule, symbol, owner]);
}
