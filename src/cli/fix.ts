import { codemods } from '../../codemods/index.js';
import type { Codemod, CodemodId, RepairValues } from '../codemod/codemod.js';
import { readWith } from '../codemod/read-text.js';
import { repairFile, type FileRepair } from '../codemod/run.js';
import { writeAtomically, WriteError } from '../codemod/write.js';
import type { Analysis, Confidence, Finding } from '../core/index.js';
import type { CodemodSettings } from '../project/settings.js';
import { CannotRun } from './cannot-run.js';
import type { Console } from './console.js';
import { coloured, unifiedDiff } from './diff.js';
import { eachFile, type JudgedFile } from './each-file.js';
import { Exit } from './exit.js';
import { isUncommitted } from './git.js';
import { sift } from './verdict-filter.js';
import { count, wrap } from './wrap.js';

export interface FixOptions {
  /** Only these codemods; without it, those of the settings. */
  readonly codemod?: readonly CodemodId[];
  /** Whether repairs that want a look are made, too; without it, the settings say. */
  readonly review?: boolean;
  readonly confidence?: Confidence;
  /** How long an entry may go unused, in milliseconds; without it, the settings say, as for the next two. */
  readonly ttl?: number;
  /** How often unused entries are looked for, in milliseconds. */
  readonly sweepEvery?: number;
  /** How many entries a collection may hold. */
  readonly limit?: number;
  readonly write?: boolean;
  /** Fail if anything would change. */
  readonly check?: boolean;
  /** Also write files with changes that are not committed. */
  readonly allowDirty?: boolean;
}

/** A repaired file that is not written yet. */
interface Change {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly repaired: FileRepair['repaired'];
}

/**
 * Repairs what leaks in the files that the paths stand for: shows the diff, or
 * writes the files if asked to.
 */
export async function fix(paths: readonly string[], options: FixOptions, console: Console): Promise<Exit> {
  const changes: Change[] = [];
  let left = 0;
  const tally = await eachFile(paths, console, (judged) => {
    const { changed, text, repaired, refused, failed } = repairOf(judged, options);
    for (const { line, symbol, codemod, why } of [...refused, ...failed]) {
      left++;
      console.note(wrap(`${judged.file}:${line} ${symbol}: not repaired by ${codemod}. ${why}`, '', '  '));
    }
    if (changed) changes.push({ file: judged.file, path: judged.source.path, before: judged.text, after: text, repaired });
  }, { skipsIdle: true });
  if (options.write) await writeAll(changes, options.allowDirty ?? false, console);
  else for (const change of changes) show(change, console);
  console.note(wrap(summary(changes, left, options.write ?? false), ''));
  if (tally.skipped.length > 0) return Exit.CouldNotRun;
  return options.check && changes.length > 0 ? Exit.Found : Exit.Fine;
}

function repairOf({ file, text, source, settings, suppressions, outside }: JudgedFile, options: FixOptions): FileRepair {
  const wanted = { confidence: options.confidence, rules: undefined };
  // Asked for every finding of a text; a repair changes the text, and with it the analysis.
  const sifted = new WeakMap<Analysis, readonly Finding[]>();
  const accepts = (finding: Finding, analysis: Analysis): boolean => {
    const findings = sifted.get(analysis) ?? sift(analysis, source.name, wanted, settings, suppressions).findings;
    sifted.set(analysis, findings);
    return findings.includes(finding);
  };
  return repairFile(
    { path: file, text },
    {
      codemods: chosen(options.codemod ?? settings.codemods.use),
      confidence: 'likely',
      includeReview: options.review ?? settings.codemods.review,
      settings,
      values: valuesOf(options, settings.codemods),
      read: readWith(settings, outside),
      accepts,
    },
  );
}

function chosen(ids: readonly string[] | undefined): readonly Codemod[] {
  const unknown = ids?.find((id) => !codemods.some((codemod) => codemod.id === id));
  if (unknown !== undefined) {
    throw new CannotRun(`leakproof.json: "codemods.use" names ${JSON.stringify(unknown)}, which is no codemod; there are ${codemods.map(({ id }) => id).join(', ')}.`);
  }
  return ids ? codemods.filter(({ id }) => ids.includes(id)) : codemods;
}

function valuesOf(options: FixOptions, settings: CodemodSettings): RepairValues {
  return {
    ttlMs: options.ttl ?? settings.ttl,
    sweepEveryMs: options.sweepEvery ?? settings.sweepEvery,
    limit: options.limit ?? settings.limit,
  };
}

function show(change: Change, console: Console): void {
  for (const line of repairLines(change)) console.note(line);
  console.result(coloured(unifiedDiff(change.file, change.before, change.after), console.paint));
}

/** Nothing is written if any of the files has changes that only the work tree holds. */
async function writeAll(changes: readonly Change[], allowDirty: boolean, console: Console): Promise<void> {
  const dirty = allowDirty ? [] : changes.filter(({ path }) => isUncommitted(path));
  if (dirty.length > 0) {
    const names = dirty.map(({ file }) => file).join(', ');
    throw new CannotRun(`Nothing was written, since there are uncommitted changes in ${names}; commit them, or use --allow-dirty.`);
  }
  const failures: string[] = [];
  for (const change of changes) {
    try {
      await writeAtomically(change.path, Buffer.from(change.after));
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      failures.push(error.message);
      continue;
    }
    console.result(repairLines(change).map((line) => `${line}\n`).join(''));
  }
  if (failures.length > 0) throw new CannotRun(failures.join('\n'));
}

/** A sentence for each repair of a file, broken for a screen. */
function repairLines({ file, repaired }: Change): string[] {
  return repaired.map(({ line, symbol, codemod, safety, notes }) =>
    wrap(`${file}:${line} ${symbol}: repaired by ${codemod} (${[safety, ...notes].join('; ')}).`, '', '  '),
  );
}

function summary(changes: readonly Change[], left: number, written: boolean): string {
  const repaired = changes.flatMap((change) => change.repaired).length;
  if (repaired + left === 0) return 'There is no finding that a codemod could repair.';
  const done = `${count(repaired, 'finding')} in ${count(changes.length, 'file')} ${written ? 'repaired' : 'would be repaired'}`;
  const hint = !written && repaired > 0 ? ' Nothing was written; --write does it.' : '';
  return `${done}, ${left} left as ${left === 1 ? 'it is' : 'they are'}.${hint}`;
}
