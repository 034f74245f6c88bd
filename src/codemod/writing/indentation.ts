/** The white space that the line of an offset starts with. */
export function indentationAt(text: string, offset: number): string {
  const start = startOfLine(text, offset);
  return /^[^\S\r\n]*/u.exec(text.slice(start))?.[0] ?? '';
}

/** Where the line of an offset starts. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function endOfLine(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  if (lineFeed === -1) return text.length;
  return text[lineFeed - 1] === '\r' && lineFeed > offset ? lineFeed - 1 : lineFeed;
}

/** One step of indentation as the file has it: the commonest growth from a line that opens a block to the next; two spaces if none does. */
export function indentationUnit(text: string): string {
  const counts = new Map<string, number>();
  for (const [, outer = '', inner = ''] of text.matchAll(/^([^\S\r\n\u2028\u2029]*)\S.*\{[^\S\r\n]*\r?\n(?=([^\S\r\n]*)[^\s}])/gmu)) {
    if (!inner.startsWith(outer) || inner === outer) continue;
    const step = inner.slice(outer.length);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let unit = '  ';
  let most = 0;
  for (const [step, count] of counts) {
    if (count > most) [unit, most] = [step, count];
  }
  return unit;
}
