/** How a line of the file ends. */
export type LineEnd = '\n' | '\r\n';

/** The line end that most lines of a text have; `\n` in a draw. */
export function dominantLineEnd(text: string): LineEnd {
  let windows = 0;
  let unix = 0;
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
    if (text[index - 1] === '\r') windows++;
    else unix++;
  }
  return windows > unix ? '\r\n' : '\n';
}

/** The text with every line end as given, whichever it had. */
export function withLineEnds(text: string, lineEnd: LineEnd): string {
  return text.replace(/\r?\n/gu, lineEnd);
}
