/**
 * A text from a scanned project that no terminal, browser or reviewer can be
 * misled by: control characters and those that turn the direction of text
 * become visible.
 */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- those are what is looked for
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for a text of several lines, whose line ends and tabs stay. */
export function visibleLines(text: string): string {
  return text.split(/(\r?\n|\t)/).map((part, index) => (index % 2 === 1 ? part : visible(part))).join('');
}
