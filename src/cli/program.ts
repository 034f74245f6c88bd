import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CODEMOD_IDS } from '../codemod/codemod.js';
import { JournalError } from '../codemod/journal/journal-error.js';
import type { Recovery } from '../codemod/journal/recover.js';
import { RULE_IDS, type RuleId } from '../core/findings.js';
import { version } from '../plugin/package.js';
import { SettingsError } from '../project/data-shape.js';
import { durationMs } from '../project/duration.js';
import { CannotRun } from './cannot-run.js';
import { addCompletion, isAboutCompletion } from './completion.js';
import { resultTo, type Console } from './console.js';
import { Exit } from './exit.js';
import type { FixOptions } from './fix.js';
import { FORMATS, MATRIX_FORMATS } from './formats.js';
import type { InitOptions } from './init.js';
import type { MatrixOptions } from './matrix.js';
import type { ScanOptions } from './scan.js';
import type { ShardNumber } from './shard-file.js';
import { count } from './wrap.js';

/** The screen that help is made for. */
const WIDTH = 80;

/** Runs one command line, given without the names of Node and of the script. Never throws: all is said on the console. */
export async function run(args: readonly string[], console: Console): Promise<Exit> {
  let result: Exit = Exit.Fine;
  try {
    const program = createProgram(console, (exit) => (result = exit));
    if (isAboutCompletion(args)) await addCompletion(program, { rule: RULE_IDS, codemod: CODEMOD_IDS });
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

/**
 * Each command is loaded when it is the one that runs: its libraries take longer to load than Node to start.
 *
 * @param done takes the exit code of the command that ran
 */
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
    // What may be chosen stands in the descriptions: commander would tell it on lines of its own.
    .configureHelp({ optionDescription: ({ description }) => description })
    .exitOverride()
    .hook('preAction', async (_program, { processedArgs: [paths] }) => {
      const { recoverInterrupted } = await import('./journal.js');
      recovered = await recoverInterrupted(Array.isArray(paths) ? (paths as string[]) : [], console);
    })
    .addHelpText('after', '\nWithout paths, the current folder is meant. `leakproof scan --help` tells more.');

  const scanning = program
    .command('scan')
    .summary('report what leaks')
    .description('Reports what leaks in the named files and folders.')
    .argument('[paths...]');
  addReportOptions(scanning)
    .addOption(new Option('--changed [ref]', 'Only what has changed since then, and what that broke.').argParser((ref) => ref || true).conflicts('staged'))
    .option('--staged', 'Only what is staged in git, and what that broke.')
    .addOption(noCache())
    .addOption(new Option('--shard <i/n>', 'Read one of n parts, for `leakproof merge`.').argParser(shardNumber).conflicts(['changed', 'staged', 'baseline', 'updateBaseline']))
    .action(async (paths: string[], { outputFile, shard: number, ...options }: ScanOptions & { outputFile?: string; shard?: ShardNumber }) => {
      const output = outputFile === undefined ? console : resultTo(outputFile, console);
      if (number) {
        done(await (await import('./shard.js')).shard(paths, number, options, output, console));
        return;
      }
      const { scan } = await import('./scan.js');
      done(await scan(paths, options, output, console));
    });

  const merging = program
    .command('merge')
    .summary('report what the parts of a scan found')
    .description('Reports what leaks, from the files of all parts that `leakproof scan --shard` wrote. The sources must be here as they were read.')
    .argument('<files...>', 'One file for each part.');
  addReportOptions(merging).action(async (files: string[], { outputFile, ...options }: ScanOptions & { outputFile?: string }) => {
    const output = outputFile === undefined ? console : resultTo(outputFile, console);
    done(await (await import('./merge.js')).merge(files, options, output, console));
  });

  program
    .command('fix')
    .summary('repair what leaks; a diff, unless --write is given')
    .description('Repairs what leaks: prints a diff and writes nothing, until --write.')
    .argument('[paths...]')
    .addOption(new Option('--codemod <id>', 'Only this codemod; may be given again.').argParser(collectCodemod))
    .option('--review', 'Also make repairs that want a look.')
    .addOption(confidence('From which level on to repair'))
    .addOption(new Option('--check', 'Exit with 1 if anything would change.').conflicts(['write', 'interactive', 'verify']))
    .option('--ttl <time>', 'How long an entry may go unused, as in 30m.', duration)
    .option('--sweep-every <time>', 'How often unused entries are looked for.', duration)
    .option('--limit <n>', 'How many entries a collection may hold.', positiveNumber)
    .option('--use-lru-cache', 'Bound caches by that package, where it is a dependency.')
    .option('--write', 'Write the files.')
    .option('--interactive', 'Ask about each repair, then whether to write.')
    .option('--verify <command>', 'Leave out repairs with which this command fails.')
    .addOption(new Option('--with-tests', 'Also write tests that fail without the repairs.').conflicts(['check']))
    .option('--allow-dirty', 'Also write files with uncommitted changes.')
    .addOption(noCache())
    .addOption(new Option('--undo', 'Take back what the last run wrote.').conflicts(['write', 'check', 'interactive', 'verify', 'withTests']))
    .action(async (paths: string[], { undo, ...options }: FixOptions & { undo?: true }) => {
      done(undo ? await (await import('./fix/undo.js')).undoLast(paths, recovered, console) : await (await import('./fix.js')).fix(paths, options, console));
    });

  program
    .command('matrix')
    .summary('show what is kept against what lets go of it')
    .description('Shows what the named files keep (collections, timers, listeners, processes) against all that ends something (exit handlers, clean-up functions, signals).')
    .argument('[paths...]')
    .addOption(new Option('--format <format>', 'text (the default), html, json, or markdown, the page to commit.').choices(MATRIX_FORMATS).default('text'))
    .option('--output-file <file>', 'Write it to a file.')
    .option('--check <file>', 'Exit with 1 if that committed page is out of date.')
    .addOption(noCache())
    .action(async (paths: string[], { outputFile, ...options }: MatrixOptions & { outputFile?: string }) => {
      const output = outputFile === undefined ? console : resultTo(outputFile, console);
      const { matrix } = await import('./matrix.js');
      done(await matrix(paths, options, output, console));
    });

  program
    .command('why')
    .summary('tell why a line is reported, or why it is not')
    .description('Tells why something is reported at a line, or what silenced it.')
    .argument('<file:line>', 'As in src/server.ts:42.')
    .action(async (place: string) => done(await (await import('./why.js')).why(place, console)));

  program
    .command('init')
    .summary('bring leakproof into the linter, hook and CI that are there')
    .description('Adds the plugin to the lint config that is there, a step to the hook tool and to the workflow that are there, and the package to package.json. Shows the diff first and asks.')
    .option('--yes', 'Write without asking.')
    .action(async (options: InitOptions) => done(await (await import('./init.js')).init(options, console)));

  program
    .command('explain')
    .summary('print the page of a rule')
    .description('Prints the page of a rule: what it finds, why it matters, how to repair it.')
    .argument('<rule>', 'As in no-untracked-timer.', toRule)
    .addHelpText('after', `\nRules:\n${RULE_IDS.map((id) => `  ${id}`).join('\n')}`)
    .action(async (rule: RuleId) => done(await (await import('./explain.js')).explain(rule, console)));

  return program;
}

/** How findings are reported, wherever they come from. */
function addReportOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'stylish (the default), json, sarif, github, html, markdown.').choices(FORMATS).default('stylish'))
    .option('--output-file <file>', 'Write the report to a file.')
    .option('--rule <id>', 'Only this rule; may be given again.', collectRule)
    .addOption(confidence('From which level on to report'))
    .option('--baseline <file>', 'Leave out the findings that this file lists.')
    .option('--update-baseline', 'List them anew (leakproof-baseline.json by default).')
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

function noCache(): Option {
  return new Option('--no-cache', 'Neither use nor keep what is known of unchanged files.');
}

function confidence(what: string): Option {
  return new Option('--confidence <level>', `${what}: certain (the default) or likely.`).choices(['certain', 'likely']);
}

function collectRule(value: string, known: RuleId[] = []): RuleId[] {
  return [...known, toRule(value)];
}

/** Takes a rule's id also with the plugin's prefix, as linters print it. */
function toRule(value: string): RuleId {
  const id = RULE_IDS.find((one) => one === value.replace(/^leakproof\//, ''));
  if (id === undefined) throw new InvalidArgumentError(`There is no such rule; the ${count(RULE_IDS.length, 'rule')} are ${RULE_IDS.join(', ')}.`);
  return id;
}

function collectCodemod(value: string, known: string[] = []): string[] {
  if (!CODEMOD_IDS.some((id) => id === value)) throw new InvalidArgumentError(`There is no such codemod; there are ${CODEMOD_IDS.join(', ')}.`);
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
