import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { codemods } from '../../codemods/index.js';
import { rules } from '../../rules/index.js';
import { RULE_IDS, type RuleId } from '../core/index.js';
import { version } from '../plugin/package.js';
import { SettingsError } from '../project/data-shape.js';
import { durationMs } from '../project/duration.js';
import { isRuleId } from '../project/settings.js';
import { JournalError } from '../codemod/journal/store.js';
import type { Recovery } from '../codemod/journal/recover.js';
import { CannotRun } from './cannot-run.js';
import { addCompletion, isAboutCompletion } from './completion.js';
import { resultTo, type Console } from './console.js';
import { Exit } from './exit.js';
import { explain } from './explain.js';
import { fix, type FixOptions } from './fix.js';
import { undoLast } from './fix/undo.js';
import { recoverInterrupted } from './journal.js';
import { merge } from './merge.js';
import { matrix, MATRIX_FORMATS, type MatrixOptions } from './matrix.js';
import { FORMATS } from './report/formats.js';
import { scan, type ScanOptions } from './scan.js';
import { shard } from './shard.js';
import type { ShardNumber } from './shard-file.js';
import { why } from './why.js';
import { count } from './wrap.js';

/** The screen that help is made for. */
const WIDTH = 80;

/** Runs one command line, given without the names of Node and of the script. Never throws: all is said on the console. */
export async function run(args: readonly string[], console: Console): Promise<Exit> {
  let result: Exit = Exit.Fine;
  try {
    const program = createProgram(console, (exit) => (result = exit));
    if (isAboutCompletion(args)) await addCompletion(program, { rule: RULE_IDS, codemod: codemods.map(({ id }) => id) });
    await program.parseAsync(args.map(withoutValue), { from: 'user' });
    return result;
  } catch (error) {
    return exitOf(error, console);
  }
}

/** `--changed src` means the folder src; commander would take it for a revision. */
function withoutValue(argument: string): string {
  return argument === '--changed' ? '--changed=' : argument;
}

/** Says what went wrong, unless commander has done so, and never with a stack trace. */
function exitOf(error: unknown, console: Console): Exit {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.Fine : Exit.CouldNotRun;
  const isExpected = error instanceof CannotRun || error instanceof SettingsError || error instanceof JournalError;
  const message = error instanceof Error ? error.message : String(error);
  console.note(isExpected ? message : `Internal error, please report it: ${message}`);
  return Exit.CouldNotRun;
}

/** @param done takes the exit code of the command that ran */
function createProgram(console: Console, done: (exit: Exit) => void): Command {
  let recovered: readonly Recovery[] = [];
  const program = new Command('leakproof')
    .description('Finds code that keeps what it should have let go, and repairs it.')
    .version(version, '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand(false)
    .configureOutput({
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      writeOut: (text) => console.result(text),
      writeErr: (text) => console.note(text.trimEnd()),
    })
    .exitOverride()
    .hook('preAction', async (_program, { processedArgs: [paths] }) => {
      recovered = await recoverInterrupted(Array.isArray(paths) ? (paths as string[]) : [], console);
    })
    .addHelpText('after', '\nWithout paths, the current folder is meant. `leakproof scan --help` tells more.');

  const scanning = program
    .command('scan')
    .summary('report what leaks')
    .description('Reports what leaks in the named files and folders.')
    .argument('[paths...]', 'Files and folders.');
  addReportOptions(scanning)
    .addOption(new Option('--changed [ref]', 'Only what has changed since --changed=ref (or the default branch), and what that broke.').argParser((ref) => ref || true).conflicts('staged'))
    .option('--staged', 'Only what is staged, and what that broke; read from the index of git.')
    .option('--no-cache', 'Neither use nor keep what is known of unchanged files.')
    .addOption(new Option('--shard <i/n>', 'Only read the i-th of n parts, and write what `leakproof merge` needs to report.').argParser(shardNumber).conflicts(['changed', 'staged', 'baseline', 'updateBaseline']))
    .action(async (paths: string[], { outputFile, shard: number, ...options }: ScanOptions & { outputFile?: string; shard?: ShardNumber }) => {
      const output = outputFile === undefined ? console : resultTo(outputFile, console);
      done(number ? await shard(paths, number, options, output, console) : await scan(paths, options, output, console));
    });

  const merging = program
    .command('merge')
    .summary('report what the parts of a scan found')
    .description('Reports what leaks, from the files of all parts that `leakproof scan --shard` wrote. The sources must be here as they were read.')
    .argument('<files...>', 'One file for each part.');
  addReportOptions(merging).action(async (files: string[], { outputFile, ...options }: ScanOptions & { outputFile?: string }) => {
    const output = outputFile === undefined ? console : resultTo(outputFile, console);
    done(await merge(files, options, output, console));
  });

  program
    .command('fix')
    .summary('repair what leaks; a diff, unless --write is given')
    .description('Repairs what leaks: prints a diff and writes nothing, until --write.')
    .argument('[paths...]', 'Files and folders.')
    .addOption(new Option('--codemod <id>', 'Only this codemod; may be given again.').argParser(collectCodemod))
    .option('--review', 'Also make repairs that want a look.')
    .addOption(confidence('Which findings to repair'))
    .addOption(new Option('--check', 'Exit with 1 if anything would change.').conflicts(['write', 'interactive', 'verify']))
    .option('--ttl <time>', 'How long an entry may go unused, as in 30m.', duration)
    .option('--sweep-every <time>', 'How often unused entries are looked for.', duration)
    .option('--limit <n>', 'How many entries a collection may hold.', positiveNumber)
    .option('--write', 'Write the files.')
    .option('--interactive', 'Ask about each repair, then whether to write.')
    .option('--verify <command>', 'Leave out repairs with which this command fails.')
    .option('--allow-dirty', 'Also write files with uncommitted changes.')
    .addOption(new Option('--undo', 'Take back what the last run wrote.').conflicts(['write', 'check', 'interactive', 'verify']))
    .action(async (paths: string[], { undo, ...options }: FixOptions & { undo?: true }) => {
      done(undo ? await undoLast(paths, recovered, console) : await fix(paths, options, console));
    });

  program
    .command('matrix')
    .summary('show what is kept against what lets go of it')
    .description('Shows what the named files keep (collections, timers, listeners, processes) against all that ends something (exit handlers, clean-up functions, signals).')
    .argument('[paths...]', 'Files and folders.')
    .addOption(new Option('--format <format>', 'How to show it; markdown is the page to commit.').choices(MATRIX_FORMATS).default('text'))
    .option('--output-file <file>', 'Write it to a file.')
    .option('--check <file>', 'Exit with 1 if that committed page is out of date.')
    .action(async (paths: string[], { outputFile, ...options }: MatrixOptions & { outputFile?: string }) => {
      const output = outputFile === undefined ? console : resultTo(outputFile, console);
      done(await matrix(paths, options, output, console));
    });

  program
    .command('why')
    .summary('tell why a line is reported, or why it is not')
    .description('Tells why something is reported at a line, or what silenced it.')
    .argument('<file:line>', 'As in src/server.ts:42.')
    .action(async (place: string) => done(await why(place, console)));

  program
    .command('explain')
    .summary('print the page of a rule')
    .description('Prints the page of a rule: what it finds, why it matters, how to repair it.')
    .argument('<rule>', 'As in no-untracked-timer.', toRule)
    .addHelpText('after', `\nRules:\n${rules.map(({ id }) => `  ${id}`).join('\n')}`)
    .action(async (rule: RuleId) => done(await explain(rule, console)));

  return program;
}

/** How findings are reported, wherever they come from. */
function addReportOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'How to report.').choices(FORMATS).default('stylish'))
    .option('--output-file <file>', 'Write the report to a file.')
    .option('--rule <id>', 'Only this rule; may be given again.', collectRule)
    .addOption(confidence('Which findings to report'))
    .option('--baseline <file>', 'Leave out the findings that this file lists.')
    .option('--update-baseline', 'List the findings of now in it, or in leakproof-baseline.json.')
    .option('--max-warnings <n>', 'Fail if more findings than this are likely.', wholeNumber)
    .option('--threads <n>', 'How many threads read; as many as pay, unless given.', positiveNumber)
    .option('--verbose', 'Show the reasons of each finding.')
    .option('--stats', 'Tell how many files, how long, how much memory.');
}

/** `2/3`: the second of three. */
function shardNumber(value: string): ShardNumber {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).map(Number);
  if (!index || !count || index > count) throw new InvalidArgumentError('It must be the number of a part and how many there are, as 1/4.');
  return { index, count };
}

function confidence(what: string): Option {
  return new Option('--confidence <level>', `${what}: only certain ones (the default), or also likely ones.`).choices(['certain', 'likely']);
}

function collectRule(value: string, known: RuleId[] = []): RuleId[] {
  return [...known, toRule(value)];
}

/** Takes a rule's id also with the plugin's prefix, as linters print it. */
function toRule(value: string): RuleId {
  const id = value.replace(/^leakproof\//, '');
  if (!isRuleId(id)) throw new InvalidArgumentError(`There is no such rule; the ${count(RULE_IDS.length, 'rule')} are ${RULE_IDS.join(', ')}.`);
  return id;
}

function collectCodemod(value: string, known: string[] = []): string[] {
  const ids = codemods.map(({ id }) => id as string);
  if (!ids.includes(value)) throw new InvalidArgumentError(`There is no such codemod; there are ${ids.join(', ')}.`);
  return [...known, value];
}

function duration(value: string): number {
  const found = durationMs(value);
  if (found === undefined) throw new InvalidArgumentError('It must be a duration with a unit, as 30m or 90s.');
  return found;
}

function positiveNumber(value: string): number {
  const count = wholeNumber(value);
  if (count === 0) throw new InvalidArgumentError('It must be at least 1.');
  return count;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}
