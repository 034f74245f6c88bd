import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Outline, Outside } from '../core/index.js';
import { contentId } from './content-id.js';
import { discoverAll, nameOf, type SourceFile } from './discover.js';
import type { FileRecord } from './file-record.js';
import { DISK, type Files } from './files.js';
import { isForMainThread, outlineIn } from './inspect.js';
import { linkProject, type LinkedProject } from './link-project.js';
import { noStore } from './record-store.js';
import type { Settings } from './settings.js';
import { recordKey, recordKeyOf, storeFor } from './stored-records.js';

/** Of the time that goes by, as much is spent on looking for changed files as one part in so many. */
const PARTS_BETWEEN_LOOKS = 50;
/** So many changed files are parsed sooner than the store is read and written. */
const FEW = 20;
/** What decides where an import leads, and what a package offers. */
const MANIFEST = /^(?:package|[jt]sconfig(?:\..+)?)\.json$/;

/** A file of the project, as it was read. */
interface KnownFile {
  /** Changes whenever the file does. */
  readonly stamp: string;
  /** Names the content; undefined if it cannot be read. */
  readonly key: string | undefined;
  readonly record: FileRecord<never>;
}

/** What a look at the disk finds. */
interface Look {
  readonly files: readonly SourceFile[];
  readonly embedded: readonly string[];
  /** Paths. */
  readonly manifests: readonly string[];
}

/** The last one of each root. */
const indexes = new Map<string, { readonly settings: string; readonly index: ProjectIndex }>();

/** The index of a root, one for all that this process asks; made anew if the settings are others. */
export function projectIndex(root: string, settings: Settings): ProjectIndex {
  const { cleanupFunctions, timers, resources, ignore } = settings;
  const said = JSON.stringify([cleanupFunctions, timers, resources, ignore]);
  const known = indexes.get(root);
  if (known?.settings === said) return known.index;
  const index = new ProjectIndex(root, settings);
  indexes.set(root, { settings: said, index });
  return index;
}

/**
 * What the files of a project do to each other, for a host that asks about one
 * file at a time and cannot wait: a linter. It knows what `leakproof scan` knows,
 * from the same store, and keeps up with the disk while the host lives on.
 */
export class ProjectIndex {
  #files: ReadonlyMap<string, KnownFile> = new Map();
  #linked: LinkedProject | undefined;
  /** Of what the links depend on besides the outlines: which files there are, manifests, components. */
  #shape = '';
  #lookedAt = -Infinity;
  #lookedFor = 0;

  constructor(
    private readonly root: string,
    private readonly settings: Settings,
  ) {}

  /**
   * What the other files do to one; undefined for a file that is none of the
   * project, as a test, or one that is ignored.
   *
   * @param path absolute
   * @param text of the file as the host has it, byte order mark included; what is on the disk may be older
   * @param outline tells what the file does to others, with that text
   */
  outsideOf(path: string, text: string, outline: () => Outline): Outside | undefined {
    this.#keepUp();
    const name = nameOf(this.root, path);
    const known = this.#files.get(name);
    const isOnDisk = known?.key === recordKeyOf(contentId(Buffer.from(text)), { name, named: false });
    if (!known || isOnDisk || known.record.kind === 'generated') return this.#linked?.get(name);
    return this.#linked?.with(new Map([[name, outline()]])).get(name);
  }

  /** Looks for changed files, unless that was just done: a run over many files looks a few times only. */
  #keepUp(): void {
    const start = performance.now();
    if (start - this.#lookedAt < this.#lookedFor * PARTS_BETWEEN_LOOKS) return;
    const look = lookAt(this.root, this.settings);
    const stamps = new Map(look.files.map(({ name, path }) => [name, stampOf(path)]));
    const stale = look.files.filter(({ name }) => this.#files.get(name)?.stamp !== stamps.get(name));
    this.#lookedFor = performance.now() - start;
    const changed = this.#read(stale, stamps);
    this.#files = new Map(look.files.flatMap(({ name }) => {
      const file = changed.get(name) ?? this.#files.get(name);
      return file ? [[name, file]] : [];
    }));
    this.#link(look, changed);
    this.#lookedAt = performance.now();
  }

  #read(files: readonly SourceFile[], stamps: ReadonlyMap<string, string>): Map<string, KnownFile> {
    const store = files.length > FEW || !this.#linked ? storeFor<never>(this.root, this.settings, true) : noStore<FileRecord<never>>();
    const read = new Map(files.map((file) => {
      const key = recordKey(file, DISK);
      const known = key === undefined ? undefined : store.get(key);
      const record = known ?? recordAlone(file, this.settings);
      // An obstacle may be one here only: what is nested deeply for this stack may not be for another.
      if (key !== undefined && !known && record.kind !== 'obstacle') store.set(key, record);
      return [file.name, { stamp: stamps.get(file.name) ?? '', key, record: record.kind === 'judged' ? { ...record, judgements: [] } : record }];
    }));
    store.save();
    return read;
  }

  #link({ embedded, manifests }: Look, changed: ReadonlyMap<string, KnownFile>): void {
    const outlines = outlinesOf(this.#files);
    const shape = JSON.stringify([[...outlines.keys()], ...[...embedded.map((name) => join(this.root, name)), ...manifests].map((path) => [path, stampOf(path)])]);
    if (shape !== this.#shape || !this.#linked) {
      // A root that does not exist leads nowhere.
      this.#linked = outlines.size === 0 ? undefined : linkProject(this.root, DISK, outlines, embedded, (name) => this.#outlineOf(name));
    } else if (changed.size > 0) {
      this.#linked = this.#linked.with(outlinesOf(changed));
    }
    this.#shape = shape;
  }

  /** Of a file that the others import, though `.gitignore` names it. */
  #outlineOf(name: string): Outline | undefined {
    const record = recordAlone({ path: join(this.root, name), name, named: false }, this.settings);
    return outlineOf(record);
  }
}

function lookAt(root: string, settings: Settings): Look {
  const manifests: string[] = [];
  const noting: Files = {
    ...DISK,
    list: (folder) => {
      const entries = DISK.list(folder);
      manifests.push(...entries.filter(({ name }) => MANIFEST.test(name)).map(({ name }) => join(folder, name)));
      return entries;
    },
  };
  return { ...discoverAll(root, settings.ignore, noting), manifests };
}

/** Empty for a file that is gone, or may not be looked at. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return [mtimeMs, ctimeMs, size, ino].join(' ');
  } catch {
    return '';
  }
}

/** The record of a file that is not judged here. */
function recordAlone(file: SourceFile, settings: Settings): FileRecord<never> {
  if (!isMainThread && isForMainThread(file, DISK)) return { kind: 'obstacle', obstacle: { reason: `cannot be read by this thread: ${basename(file.path)} is nested too deeply` } };
  const told = outlineIn(file, settings);
  if (told === 'generated') return { kind: 'generated' };
  return 'obstacle' in told ? { kind: 'obstacle', obstacle: told.obstacle } : { kind: 'judged', ...told, judgements: [] };
}

function outlinesOf(files: ReadonlyMap<string, KnownFile>): Map<string, Outline> {
  return new Map([...files].flatMap(([name, { record }]) => {
    const outline = outlineOf(record);
    return outline ? [[name, outline]] : [];
  }));
}

function outlineOf(record: FileRecord<never>): Outline | undefined {
  return record.kind === 'judged' ? record.outline : undefined;
}
