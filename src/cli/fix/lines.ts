import { visible } from '../visible.js';
import { count, wrap } from '../wrap.js';
import type { PlannedFile } from './planned-file.js';

/** A sentence for each repair of a file, broken for a screen. */
export function repairLines(planned: PlannedFile): string[] {
  const { file, repair, spanning } = planned;
  const own = repair.repaired.map(({ id, line, symbol, codemod, safety, notes }) => `${file}:${line} ${symbol}: repaired by ${codemod} (${[safety, ...notes, planned.typesOf(id)].join('; ')}).`);
  const shared = (spanning?.made() ?? []).filter(({ home, parts }) => home !== planned && parts.some((part) => part.file === planned)).map(({ home, line, symbol }) => `${file}: changed with ${symbol} in ${home.file}:${line}.`);
  return [...own, ...shared].map((line) => wrap(visible(line), '', '  '));
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
  const repaired = new Set(changed.flatMap(({ ids }) => ids)).size;
  const findings = files.flatMap(({ repair }) => [...repair.repaired, ...repair.refused, ...repair.failed]).length;
  if (findings === 0) return 'There is no finding that a codemod could repair.';
  const left = findings - repaired;
  const done = `${count(repaired, 'finding')} in ${count(changed.length, 'file')} ${isWritten ? 'repaired' : 'would be repaired'}`;
  const hint = !isWritten && repaired > 0 ? ' Nothing was written; --write does it.' : '';
  return wrap(`${done}, ${left} left as ${left === 1 ? 'it is' : 'they are'}.${hint}`, '');
}
