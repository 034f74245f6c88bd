import { rules } from '../../../rules/index.js';
import { describeReason } from '../../../rules/wording/reasons.js';
import type { Decision, Proposal } from '../../codemod/run.js';
import type { Finding } from '../../core/index.js';
import type { Console } from '../console.js';
import { coloured, unifiedDiff } from '../diff.js';
import { visibleLines } from '../visible.js';
import { count, wrap } from '../wrap.js';
import { allowForever } from './allow-forever.js';
import type { PlannedFile } from './planned-file.js';

/** What a person says to a repair. `never`: the finding is not to be reported again; `quit`: no more questions. */
export type Answer = 'accept' | 'skip' | 'edit' | 'never' | 'quit';

/** Whoever asks: the terminal, or a test. */
export interface Asker {
  choose(question: string): Promise<Answer>;
  /** @param file tells the editor which language it is */
  edit(text: string, file: string): Promise<string>;
  confirm(question: string): Promise<boolean>;
}

/** Shows each repair with its diff and its reasons, and asks what to do with it. */
export async function askAboutEach(files: readonly PlannedFile[], asker: Asker, console: Console): Promise<void> {
  const total = files.flatMap(({ ids }) => ids).length;
  let asked = 0;
  let hasQuit = false;
  const allowed = new Set<string>();

  const answerTo = async (file: PlannedFile, proposal: Proposal): Promise<Decision> => {
    const entry = allowEntry(proposal.finding);
    if (hasQuit) return { refused: 'Nobody was asked.' };
    if (allowed.has(`${proposal.rule} ${entry}`)) return { refused: ALLOWED };
    if (proposal.objection === undefined) show(file, proposal, `${Math.min(++asked, total)} of ${total}`, console);
    else console.note(wrap(`That will not do. ${proposal.objection}`, ''));
    switch (await asker.choose('This repair?')) {
      case 'accept':
        return 'make';
      case 'skip':
        return { refused: 'It was skipped.' };
      case 'edit':
        return { text: await asker.edit(proposal.after, file.file) };
      case 'never':
        allowed.add(`${proposal.rule} ${entry}`);
        console.note(`${await allowForever(file.root, proposal.rule, entry)} allows ${entry} from now on.`);
        return { refused: ALLOWED };
      case 'quit':
        hasQuit = true;
        return { refused: 'Nobody was asked.' };
    }
  };
  for (const file of files) await file.ask((proposal) => answerTo(file, proposal));
}

const ALLOWED = 'It is allowed from now on.';

/** The name by which a finding is allowed: with its owner, so that its namesakes are still reported. */
function allowEntry({ owner, symbol }: Finding): string {
  return owner === '' ? symbol : `${owner}.${symbol}`;
}

function show({ file, types }: PlannedFile, { line, rule, finding, codemod, safety, notes, before, after }: Proposal, place: string, console: Console): void {
  console.note(`\n${file}:${line}  ${rule}  (${place})`);
  const message = rules.find(({ id }) => id === rule)?.message(finding);
  if (message !== undefined) console.note(wrap(message, '  '));
  for (const reason of finding.reasons) console.note(wrap(`- ${describeReason(reason)}`, '  ', '  '));
  console.note(wrap(`Repaired by ${codemod} (${[safety, ...notes, types].join('; ')}):`, '  '));
  console.note(`\n${coloured(visibleLines(unifiedDiff(file, before, after)), console.paint)}`, true);
}

/** Asks whether the accepted repairs shall be written, unless there are none. */
export async function confirmWriting(files: readonly PlannedFile[], asker: Asker): Promise<boolean> {
  const changed = files.filter(({ ids }) => ids.length > 0);
  if (changed.length === 0) return false;
  return asker.confirm(`Write ${count(changed.flatMap(({ ids }) => ids).length, 'repair')} in ${count(changed.length, 'file')}?`);
}
