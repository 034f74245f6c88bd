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
  const total = new Set(files.flatMap(({ ids }) => ids)).size;
  let asked = 0;
  let hasQuit = false;
  const allowed = new Set<string>();

  const answerTo = async (file: PlannedFile, proposal: Asked, edited?: () => Promise<string>): Promise<Decision> => {
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
        return edited ? { text: await edited() } : answerTo(file, { ...proposal, objection: 'A repair of several files is made as it is, or skipped; what it writes can be edited afterwards.' });
      case 'never':
        allowed.add(`${proposal.rule} ${entry}`);
        console.note(`${await allowForever(file.root, proposal.rule, entry)} allows ${entry} from now on.`);
        return { refused: ALLOWED };
      case 'quit':
        hasQuit = true;
        return { refused: 'Nobody was asked.' };
    }
  };
  // Those of several files come first: the others are made on what they leave.
  for (const spanning of new Set(files.flatMap((file) => file.spanning ?? []))) {
    for (const one of spanning.made()) {
      if (!spanning.made().includes(one)) continue;
      const diffs = one.parts.map(({ file, before, after }) => ({ name: file.file, before, after }));
      spanning.decide(new Map([[one.id, await answerTo(one.home, { ...one, diffs })]]));
      spanning.tellFiles();
    }
  }
  for (const file of files) {
    await file.ask((proposal) => answerTo(file, { ...proposal, diffs: [{ name: file.file, before: proposal.before, after: proposal.after }] }, () => asker.edit(proposal.after, file.file)));
  }
}

/** A repair of one or of several files, as it is shown. */
interface Asked extends Pick<Proposal, 'id' | 'line' | 'rule' | 'finding' | 'codemod' | 'safety' | 'notes' | 'objection'> {
  readonly diffs: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

const ALLOWED = 'It is allowed from now on.';

/** The name by which a finding is allowed: with its owner, so that its namesakes are still reported. */
function allowEntry({ owner, symbol }: Finding): string {
  return owner === '' ? symbol : `${owner}.${symbol}`;
}

function show(planned: PlannedFile, { id, line, rule, finding, codemod, safety, notes, diffs }: Asked, place: string, console: Console): void {
  console.note(`\n${planned.file}:${line}  ${rule}  (${place})`);
  const message = rules.find((one) => one.id === rule)?.message(finding);
  if (message !== undefined) console.note(wrap(message, '  '));
  for (const reason of finding.reasons) console.note(wrap(`- ${describeReason(reason)}`, '  ', '  '));
  console.note(wrap(`Repaired by ${codemod} (${[safety, ...notes, planned.typesOf(id)].join('; ')}):`, '  '));
  const diff = diffs.map(({ name, before, after }) => unifiedDiff(name, before, after)).join('');
  console.note(`\n${coloured(visibleLines(diff), console.paint)}`, true);
}

/** Asks whether the accepted repairs shall be written, unless there are none. */
export async function confirmWriting(files: readonly PlannedFile[], asker: Asker): Promise<boolean> {
  const changed = files.filter(({ ids }) => ids.length > 0);
  if (changed.length === 0) return false;
  return asker.confirm(`Write ${count(new Set(changed.flatMap(({ ids }) => ids)).size, 'repair')} in ${count(changed.length, 'file')}?`);
}
