import { basename } from 'node:path';

/** What a file holds: UTF-8, byte order mark included; null where there is no such file. */
export type Held = string | null;

/** What a file is to hold, and what it is known to hold. */
export interface FileChange {
  /** Absolute, without links. */
  readonly path: string;
  readonly before: Held;
  readonly after: Held;
}

/** Files that are written together or not at all: those of one finding. */
export type ChangeSet = readonly FileChange[];

/** A file of a run, as the journal knows it. */
export interface FileRecord {
  readonly path: string;
  /** What it held when the run began. */
  readonly before: Held;
  /** What the run has put there, or was about to, in this order: the last is what stands. */
  readonly texts: readonly Held[];
}

/** `repair` makes changes; `undo` takes back those of the repair that it names. */
export type RunKind = { readonly type: 'repair' } | { readonly type: 'undo'; readonly undoes: string };

/** One run of `fix --write` or `fix --undo`: all that is needed to put back what it wrote. */
export interface RunRecord {
  readonly version: 1;
  /** Random; also in the names of its temporary files. */
  readonly id: string;
  readonly kind: RunKind;
  /** Absolute path of the folder that was repaired, without links. */
  readonly root: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Who writes, so that others see whether it still runs. */
  readonly process: { readonly id: number; readonly host: string };
  readonly sets: readonly (readonly FileRecord[])[];
}

/** What the file holds if nobody but the run has written it. */
export function standingText({ before, texts }: FileRecord): Held {
  const last = texts.at(-1);
  return last === undefined ? before : last;
}

/** The temporary file of a run beside a file that it writes: a crash may leave it there. */
export function temporaryName(path: string, { id }: RunRecord): string {
  return `.${basename(path)}.${id}.tmp`;
}
