import type { WriteFailure } from '../codemod/journal/run.js';
import type { Console } from './console.js';
import { coloured, unifiedDiff } from './diff.js';
import { eachFile } from './each-file.js';
import { Exit } from './exit.js';
import { askAboutEach, confirmWriting, type Asker } from './fix/interactive.js';
import { refusalLines, repairLines, summary } from './fix/lines.js';
import { PlannedFile, type PlanOptions } from './fix/planned-file.js';
import { terminalAsker } from './fix/terminal-asker.js';
import { planSpanning } from './fix/plan-spanning.js';
import { passTypeGate } from './fix/type-gate.js';
import type { Pruned } from './fix/suppressions-list.js';
import { verify } from './fix/verify.js';
import { giveTests, placeTests, testLines } from './fix/with-tests.js';
import { refuseUncommitted, Writing } from './fix/write.js';
import { visible, visibleLines } from './visible.js';
import { count, wrap } from './wrap.js';

export interface FixOptions extends PlanOptions {
  readonly write?: boolean;
  /** Fail if anything would change. */
  readonly check?: boolean;
  /** Also write files with changes that are not committed. */
  readonly allowDirty?: boolean;
  /** A command of the project that must succeed with the repairs. */
  readonly verify?: string;
  /** Ask about each repair. */
  readonly interactive?: boolean;
  /** Write tests that show the repairs. */
  readonly withTests?: boolean;
  /** Whether what earlier runs found out is used and kept. */
  readonly cache?: boolean;
}

/**
 * Repairs what leaks in the files that the paths stand for: shows the diff, or
 * writes the files if asked to.
 *
 * @param asker for `--interactive`; without it, the terminal
 * @throws CannotRun and JournalError, before anything is written
 */
export async function fix(paths: readonly string[], options: FixOptions, console: Console, asker?: Asker): Promise<Exit> {
  const person = options.interactive ? (asker ?? (await terminalAsker())) : undefined;
  const files: PlannedFile[] = [];
  const tally = await eachFile(paths, console, (judged) => {
    const file = new PlannedFile(judged, options);
    const { repaired, refused, failed } = file.repair;
    if (repaired.length + refused.length + failed.length > 0) files.push(file);
  }, { skipsIdle: true, cache: options.cache ?? true });
  forgetSecondNames(files);
  const mayWrite = (options.write ?? false) || options.verify !== undefined || (options.withTests ?? false) || person !== undefined;
  planSpanning(files, mayWrite && !options.allowDirty);
  const advice = await passTypeGate(files);

  if (mayWrite && !options.allowDirty) refuseUncommitted(files, new Writing(tally.root, repairedOf(files)).prunedLists());
  if (person) {
    await askAboutEach(files, person, console);
    // What was skipped or edited has changed what stands beside it.
    await passTypeGate(files);
  }
  const write = (options.write ?? false) || (person !== undefined && (await confirmWriting(files, person)));

  if (options.withTests) placeTests(files);
  const writing = new Writing(tally.root, repairedOf(files));
  const triesOut = options.verify !== undefined || (options.withTests ?? false);
  const unpruned = triesOut ? await tryAndSettle(options, write, writing, console) : write ? await writeAll(writing) : [];

  for (const file of files) tell(file, write, writing, console);
  if (unpruned.length === 0) for (const list of writing.prunedLists()) tellPruned(list, write, console);
  for (const { why } of unpruned) console.note(wrap(why, '', '  '));
  if (advice !== undefined) console.note(wrap(advice, '', '  '));
  console.note(summary(files, writing.obstacles, write));
  if (tally.skipped.length > 0 || writing.obstacles.size > 0 || unpruned.length > 0) return Exit.CouldNotRun;
  return options.check && files.some(({ ids }) => ids.length > 0) ? Exit.Found : Exit.Fine;
}

/** A file that was found by two names would be repaired twice. */
function forgetSecondNames(files: PlannedFile[]): void {
  const seen = new Set<string>();
  for (const file of [...files]) {
    if (seen.has(file.identity)) files.splice(files.indexOf(file), 1);
    seen.add(file.identity);
  }
}

function repairedOf(files: readonly PlannedFile[]): PlannedFile[] {
  return files.filter(({ ids }) => ids.length > 0);
}

/** @returns what became of ESLint's lists that could not be written */
async function writeAll(writing: Writing): Promise<readonly WriteFailure[]> {
  await writing.write((file) => file.after);
  return writing.keep();
}

/** As `writeAll`; without `--write`, what was written for commands of the project to see it is taken back. */
async function tryAndSettle({ verify: command, withTests }: FixOptions, write: boolean, writing: Writing, console: Console): Promise<readonly WriteFailure[]> {
  let isDone = false;
  try {
    if (command !== undefined && writing.writable.length > 0) await verify(command, writing.writable, writing, console);
    if (withTests) await giveTests(writing.writable, writing, console);
    isDone = true;
  } finally {
    if (!isDone || !write) for (const { why } of await writing.takeBack()) console.note(wrap(why, '', '  '));
  }
  return write ? writing.keep() : [];
}

/** All that is to be said of one file. */
function tell(file: PlannedFile, isWritten: boolean, { obstacles }: Writing, console: Console): void {
  const obstacle = obstacles.get(file);
  if (obstacle !== undefined) console.note(wrap(obstacle, '', '  '));
  else if (isWritten) console.result(repairLines(file).map((line) => `${line}\n`).join(''));
  else repairLines(file).forEach((line) => { console.note(line); });
  for (const line of testLines(file)) console.note(line);
  refusalLines(file).forEach((line) => { console.note(line); });
  if (isWritten || file.ids.length === 0) return;
  show(file.file, file.before, file.after, console);
  if (file.test?.text != null) show(file.test.name, undefined, file.test.text, console);
}

/** What goes from a list of ESLint. */
function tellPruned({ list, text, removed }: Pruned, isWritten: boolean, console: Console): void {
  const line = `${visible(list.file)}: without ${count(removed, 'suppression')} of what is repaired.`;
  if (isWritten) {
    console.result(`${line}\n`);
  } else {
    console.note(line);
    show(list.file, list.before, text, console);
  }
}

/** @param before undefined for a file that is new */
function show(file: string, before: string | undefined, after: string, console: Console): void {
  const diff = unifiedDiff(file, before, after);
  // A program that applies it needs every byte; a screen must not be steered by them.
  console.result(coloured(console.isScreen ? visibleLines(diff) : diff, console.paint));
}
