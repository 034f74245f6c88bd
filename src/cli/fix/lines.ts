import { count, wrap } from '../wrap.js';
import type { PlannedFile } from './planned-file.js';

/** A sentence for each repair of a file, broken for a screen. */
export function repairLines({ file, repair, types }: PlannedFile): string[] {
  return repair.repaired.map(({ line, symbol, codemod, safety, notes }) =>
    wrap(`${file}:${line} ${symbol}: repaired by ${codemod} (${[safety, ...notes, types].join('; ')}).`, '', '  '),
  );
}

/** A sentence for each finding of a file that has no repair. */
export function refusalLines({ file, repair }: PlannedFile): string[] {
  return [...repair.refused, ...repair.failed]
    .sort((left, right) => left.line - right.line)
    .map(({ line, symbol, codemod, why }) => wrap(`${file}:${line} ${symbol}: not repaired by ${codemod}. ${why}`, '', '  '));
}

/** What became of all findings. */
export function summary(files: readonly PlannedFile[], isWritten: boolean): string {
  const changed = files.filter(({ ids }) => ids.length > 0);
  const repaired = changed.flatMap(({ ids }) => ids).length;
  const left = files.flatMap(({ repair }) => [...repair.refused, ...repair.failed]).length;
  if (repaired + left === 0) return 'There is no finding that a codemod could repair.';
  const done = `${count(repaired, 'finding')} in ${count(changed.length, 'file')} ${isWritten ? 'repaired' : 'would be repaired'}`;
  const hint = !isWritten && repaired > 0 ? ' Nothing was written; --write does it.' : '';
  return wrap(`${done}, ${left} left as ${left === 1 ? 'it is' : 'they are'}.${hint}`, '');
}
