import type { Outside } from '../core/index.js';
import { nameOf, type SourceFile } from '../project/discover.js';
import { DISK, type Files } from '../project/files.js';
import { changeSince, GitError, stagedChange, stagedFiles, type Change } from '../project/git-files.js';
import { inspect, type Inspected } from '../project/inspect.js';
import type { Settings } from '../project/settings.js';
import { storeFor } from '../project/stored-records.js';
import { CannotRun } from './cannot-run.js';
import type { Console } from './console.js';
import type { RecordedFinding } from './file-record.js';
import { Progress } from './progress.js';
import { ProjectRecords, type Store } from './project-records.js';
import { readersOn, type Readers } from './readers.js';
import { staysInside } from './staying-inside.js';
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
  /** How many threads read; without it, as many as pay. */
  readonly threads?: number;
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
export async function judgeTargets(
  paths: readonly string[],
  options: JudgeOptions,
  console: Console,
  visit: (file: JudgedFindings) => void,
  /** Where what is known of a root is kept. */
  storeOf: (root: string, settings: Settings) => Store = (root, settings) => storeFor<RecordedFinding>(root, settings, options.cache ?? true),
): Promise<Tally> {
  const readers = readersOn(options.threads);
  try {
    return await judgeAll(paths, options, console, visit, storeOf, readers);
  } catch (error) {
    throw error instanceof GitError ? new CannotRun(error.message) : error;
  } finally {
    await readers.close();
  }
}

async function judgeAll(
  paths: readonly string[],
  options: JudgeOptions,
  console: Console,
  visit: (file: JudgedFindings) => void,
  storeOf: (root: string, settings: Settings) => Store,
  readers: Readers,
): Promise<Tally> {
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
    const store = storeOf(root, settings);
    const reading = new Progress(console, 'Reading');
    const progress = (done: number, all: number): void => { reading.step(done, all); };
    const project = await ProjectRecords.read(target, target.source, store, readers, progress, change !== undefined);
    const isChange = change !== undefined && change.changed.size > 0;
    const isInside = isChange && target.isWhole && await staysInside(change, root, project.all, { files: target.source, records: project }, { files: change.before, records: ProjectRecords.unlinked(settings, change.before, store, readers) });
    const before = isChange && !isInside ? await ProjectRecords.read(target, change.before, store, readers, progress, true) : undefined;
    tally.begin(target);
    // Without any change nothing can be broken.
    const isChanged = (source: SourceFile): boolean => !change || change.changed.has(source.path);
    const wanted = before ? files : files.filter(isChanged);
    if (isInside) tally.unaffected(await project.recordsOf(files.filter((source) => !isChanged(source))));
    tally.next(files.length - wanted.length);
    const judgements = await project.judge(wanted, () => { tally.next(); });
    const suspects = wanted.filter((source, index) => !isChanged(source) && findingsOf(judgements[index] as Judged).length > 0);
    const earlier = new Map((await before?.judge(suspects))?.map((judged, index) => [suspects[index] as SourceFile, findingsOf(judged)]));
    for (const [index, source] of wanted.entries()) {
      const file = nameOf(tally.root, source.path);
      const judged = judgements[index] as Judged;
      if ('kind' in judged) {
        if (judged.kind === 'generated') tally.generated();
        else if (isChanged(source)) tally.skipped(file, judged.obstacle);
        continue;
      }
      tally.judged(file, judged.record.lines);
      const found = { file, source, settings, suppressions, findings: relocate(judged.judgement.findings, source.name, file), reread: () => readAgain(source, settings, project.outside.get(source.name), target.source) };
      const known = earlier.get(source);
      if (isChanged(source)) visit(found);
      else if (known) visit({ ...found, before: known });
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

type Judged = Awaited<ReturnType<ProjectRecords['judge']>>[number];

function findingsOf(judged: Judged): readonly RecordedFinding[] {
  return 'kind' in judged ? [] : judged.judgement.findings;
}

/** Findings are kept with the names of files from their own root, which `file` leads to from the root of the report. */
function relocate(findings: readonly RecordedFinding[], own: string, file: string): readonly RecordedFinding[] {
  if (own === file) return findings;
  const prefix = file.slice(0, file.length - own.length);
  const move = <Place extends { readonly file: string }>(place: Place): Place => ({ ...place, file: prefix + place.file });
  return findings.map((finding) => ({ ...move(finding), reasons: finding.reasons.map(move), related: finding.related.map(move) }));
}
