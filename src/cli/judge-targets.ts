import type { Outside } from '../core/index.js';
import { nameOf, type SourceFile } from '../project/discover.js';
import { DISK, type Files } from '../project/files.js';
import { changeSince, GitError, stagedChange, stagedFiles, type Change } from '../project/git-files.js';
import type { Settings } from '../project/settings.js';
import { CannotRun } from './cannot-run.js';
import type { Console } from './console.js';
import type { RecordedFinding } from './file-record.js';
import { inspect, type Inspected } from './inspect.js';
import { Progress } from './progress.js';
import { ProjectRecords, storeFor } from './project-records.js';
import { readSuppressions, type Suppressions } from './suppressions-file.js';
import { Tallying, type Tally } from './tally.js';
import { commonRoot, findTargets } from './targets.js';

/** Which state of the project is judged, and how much of it is told. */
export interface JudgeOptions {
  /** Whether what earlier runs found out is used and kept. */
  readonly cache?: boolean;
  /** Only what has changed since a revision, and what that broke; `true`: since the default branch was left. */
  readonly changed?: string | true;
  /** Only what is staged, and what that broke; all is read from git's index. */
  readonly staged?: boolean;
}

/** A file that was parsed and judged once more, with what the others do to it. */
export interface ReadAgain extends Inspected {
  readonly outside: Outside | undefined;
}

/** A judged file with its findings, of any confidence. */
export interface JudgedFindings {
  /** Relative to the common root, with `/`. */
  readonly file: string;
  readonly source: SourceFile;
  readonly settings: Settings;
  readonly suppressions: Suppressions;
  readonly findings: readonly RecordedFinding[];
  /** For a file that is as it was before a change: what was found in it then. */
  readonly before?: readonly RecordedFinding[];
  /** For those who want more than its findings; undefined if it cannot be judged any more. */
  readonly reread: () => ReadAgain | undefined;
}

/**
 * Judges the files that the named paths stand for, in a fixed order, without
 * looking again at what is known, and notes each one that cannot be judged.
 *
 * @throws CannotRun if a path cannot be looked at, or git is asked and has no answer
 * @throws SettingsError if the settings of a root cannot be used
 */
export function judgeTargets(paths: readonly string[], options: JudgeOptions, console: Console, visit: (file: JudgedFindings) => void): Tally {
  try {
    return judgeAll(paths, options, console, visit);
  } catch (error) {
    throw error instanceof GitError ? new CannotRun(error.message) : error;
  }
}

function judgeAll(paths: readonly string[], options: JudgeOptions, console: Console, visit: (file: JudgedFindings) => void): Tally {
  const workingDirectory = process.cwd();
  const staged = new Map<string, Files>();
  const filesOf = (root: string): Files => {
    if (!options.staged) return DISK;
    const files = staged.get(root) ?? stagedFiles(root);
    staged.set(root, files);
    return files;
  };
  const targets = findTargets(paths, workingDirectory, filesOf);
  const tally = new Tallying(commonRoot(targets, workingDirectory), targets, paths, console);
  for (const target of targets) {
    const { root, settings, files } = target;
    const change = changeOf(root, options);
    const suppressions = readSuppressions(root, target.source);
    const store = storeFor(root, settings, options.cache ?? true);
    const reading = new Progress(console, 'Reading');
    const progress = (done: number, all: number): void => { reading.step(done, all); };
    const project = new ProjectRecords(settings, target.source, store, root, progress, change !== undefined);
    const before = change && change.changed.size > 0 ? new ProjectRecords(settings, change.before, store, root, progress, true) : undefined;
    tally.begin(target);
    for (const source of files) {
      tally.next();
      const isChanged = !change || change.changed.has(source.path);
      // Without any change nothing can be broken.
      if (!isChanged && !before) continue;
      const file = nameOf(tally.root, source.path);
      const judged = project.judge(source);
      if ('kind' in judged) {
        if (judged.kind === 'generated') tally.generated();
        else if (isChanged) tally.skipped(file, judged.obstacle);
        continue;
      }
      tally.judged(file, judged.record.lines);
      const found = { file, source, settings, suppressions, findings: relocate(judged.judgement.findings, source.name, file), reread: () => readAgain(source, settings, project.outside.get(source.name), target.source) };
      if (isChanged || !before) visit(found);
      else if (found.findings.length > 0) visit({ ...found, before: findingsIn(before, source) });
    }
    store.save();
    tally.end(target);
  }
  return tally.finish(options.staged === true || options.changed !== undefined);
}

function readAgain(source: SourceFile, settings: Settings, outside: Outside | undefined, files: Files): ReadAgain | undefined {
  const inspection = inspect(source, settings, outside, files);
  return typeof inspection === 'object' && 'inspected' in inspection ? { ...inspection.inspected, outside } : undefined;
}

function changeOf(root: string, { staged, changed }: JudgeOptions): Change | undefined {
  if (staged) return stagedChange(root);
  return changed === undefined ? undefined : changeSince(root, changed === true ? undefined : changed);
}

function findingsIn(project: ProjectRecords, source: SourceFile): readonly RecordedFinding[] {
  const judged = project.judge(source);
  return 'kind' in judged ? [] : judged.judgement.findings;
}

/** Findings are kept with the names of files from their own root, which `file` leads to from the root of the report. */
function relocate(findings: readonly RecordedFinding[], own: string, file: string): readonly RecordedFinding[] {
  if (own === file) return findings;
  const prefix = file.slice(0, file.length - own.length);
  const move = <Place extends { readonly file: string }>(place: Place): Place => ({ ...place, file: prefix + place.file });
  return findings.map((finding) => ({ ...move(finding), reasons: finding.reasons.map(move), related: finding.related.map(move) }));
}
