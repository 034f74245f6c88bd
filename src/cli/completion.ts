import type { Command } from 'commander';

/** What a command line begins with that completes another, asks for the script that does so, or for help that names it. */
const FIRST_WORDS: readonly (string | undefined)[] = [undefined, '-h', '--help', 'completion', 'complete'];

/** Whether a command line has to do with completion; the others need not load the library. */
export function isAboutCompletion(args: readonly string[]): boolean {
  return FIRST_WORDS.includes(args[0]);
}

/**
 * Adds the command that prints a script for a shell, and the hidden one that
 * the script asks for what fits.
 *
 * @param values what the options and arguments of a name take, where their help does not list it
 */
export async function addCompletion(program: Command, values: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const { ShellCompDirective } = await import('@bomb.sh/tab');
  const completion = tab(program, { completionCommandName: 'completion' });
  for (const command of completion.commands.values()) {
    for (const taker of [...command.options.values(), ...command.arguments.values()]) {
      const name = 'value' in taker ? taker.value : taker.name;
      const known = values[name] ?? choicesOf(program, command.value, name);
      // zsh lists values without a description beside a stray dash.
      if (known) taker.handler = (complete) => known.forEach((value) => complete(value, name));
    }
  }
  // Where nothing of ours fits a path may, which the library has shells never offer.
  Object.defineProperty(completion, 'directive', {
    get: () => (completion.completions.length > 0 ? ShellCompDirective.ShellCompDirectiveNoFileComp : ShellCompDirective.ShellCompDirectiveDefault),
    set: () => undefined,
  });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.summary('print the script that completes commands in a shell')
    .addHelpText('after', '\nIn bash, which needs bash-completion: source <(leakproof completion bash)')
    // bash offers paths only where that was agreed with it before.
    .hook('postAction', (_, { args: [shell] }) => { if (shell === 'bash') console.log('complete -o default -F __leakproof_complete leakproof'); });
}

/** What may be chosen for an option of a command. */
function choicesOf(program: Command, command: string, option: string): readonly string[] | undefined {
  return program.commands.find((one) => one.name() === command)?.options.find(({ long }) => long === `--${option}`)?.argChoices;
}
