import type { Console } from './console.js';
import { coloured, unifiedDiff } from './diff.js';
import { Exit } from './exit.js';
import { canAsk, terminalAsker } from './fix/terminal-asker.js';
import { propose } from './init/propose.js';
import { count, wrap } from './wrap.js';

export interface InitOptions {
  /** Write without asking. */
  readonly yes?: boolean;
}

/** Whoever says yes or no: the terminal, or a test. */
export interface Confirmer {
  confirm(question: string): Promise<boolean>;
}

/**
 * Shows what would bring leakproof into the project of the working directory,
 * and writes it after a yes. Where nobody can be asked, it is only shown.
 *
 * @param confirmer without it, the terminal, if there is one
 * @throws CannotRun if the project cannot be read, or a file not be written
 */
export async function init({ yes = false }: InitOptions, console: Console, confirmer?: Confirmer): Promise<Exit> {
  const { drafts, there, advice, commands } = propose(process.cwd());
  const changes = drafts.all();
  for (const { file, before, after } of changes) console.result(coloured(unifiedDiff(file, before, after), console.paint));
  for (const { text, snippet } of advice) {
    console.note(wrap(text, ''));
    if (snippet !== undefined) console.note(`\n${snippet.replace(/^/gmu, '  ')}\n`);
  }
  if (changes.length === 0) {
    console.note(wrap(there.length === 0 ? 'There is nothing here that init could change.' : `Nothing is to be changed: leakproof is in ${[...new Set(there)].join(', ')}.`, ''));
    return Exit.Fine;
  }
  const what = count(changes.length, 'file');
  if (!yes) {
    const person = confirmer ?? (canAsk() ? await terminalAsker() : undefined);
    if (!(await person?.confirm(`Change ${what}?`))) {
      console.note(wrap(`Nothing was written; \`leakproof init --yes\` changes ${changes.length === 1 ? 'this file' : 'these files'}.`, ''));
      return Exit.Fine;
    }
  }
  await drafts.write();
  console.note(`${what} changed.${commands.length === 0 ? '' : ` Now run:\n\n${commands.map((command) => `  ${command}\n`).join('')}`}`);
  console.note(wrap('`leakproof scan` then shows what leaks already; with --update-baseline it lists that in a file, and with --baseline only what is new is reported.', ''));
  if (changes.some(({ file }) => file.startsWith('eslint.config.'))) console.note(wrap('ESLint reads no such file: `eslint --suppress-all` lists there what it reports already.', ''));
  return Exit.Fine;
}
