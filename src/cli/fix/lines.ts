import { visible } from '../visible.js';
import { count, wrap } from '../wrap.js';
import type { PlannedFile } from './planned-file.js';

/** A sentence for each repair of a file, broken for a screen. */
export function repairLines({ file, repair, types }: PlannedFile): string[] {
  return repair.repaired.map(({ line, symbol, codemod, safety, notes }) =>
    wrap(visible(`${file}:${line} ${symbol}: repaired by ${codemod} (${[safety, ...notes, types].join('; ')}).`), '', '  '),
  );
}

/** A sentence for each finding of a file that has no repair. */
export function refusalLines({ file, repair }: PlannedFile): string[] {
  return [...repair.refused, ...repair.failed]
    .sort((left, right) => left.line - right.line)
    .map(({ line, symbol, codemod, why }) => wrap(`${file}:${line} ${symbol}: not repaired by ${codemod}. ${why}`, '', '  '));
}

/**
 * What became of all findings.
 *
 * @param unwritten files with repairs that could not be written
 */
export function summary(files: readonly PlannedFile[], unwritten: { has(file: PlannedFile): boolean }, isWritten: boolean): string {
  const changed = files.filter((file) => file.ids.length > 0 && !unwritten.has(file));
  const repaired = changed.flatMap(({ ids }) => ids).length;
  const findings = files.flatMap(({ repair }) => [...repair.repaired, ...repair.refused, ...repair.failed]).length;
  if (findings === 0) return 'There is no finding that a codemod could repair.';
  const left = findings - repaired;
  const done = `${count(repaired, 'finding')} in ${count(changed.length, 'file')} ${isWritten ? 'repaired' : 'would be repaired'}`;
  const hint = !isWritten && repaired > 0 ? ' Nothing was written; --write does it.' : '';
  return wrap(`${done}, ${left} left as ${left === 1 ? 'it is' : 'they are'}.${hint}`, '');
}
