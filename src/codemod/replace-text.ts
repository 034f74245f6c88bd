import type { SourceFile } from 'ts-morph';
import { splitByteOrderMark } from './byte-order-mark.js';

/**
 * Gives a source file of ts-morph another text. `replaceWithText` would make all
 * line ends alike; a text change leaves them. ts-morph keeps the byte order mark itself.
 */
export function replaceText(sourceFile: SourceFile, newText: string): void {
  sourceFile.applyTextChanges([{ span: { start: 0, length: sourceFile.getFullText().length }, newText: splitByteOrderMark(newText).text }]);
}
