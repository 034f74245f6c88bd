import { createHash } from 'node:crypto';
import type { Finding, SourceModel, Span } from '../core/index.js';

/** Enough words to tell timers of one owner apart, few enough that work on a long callback does not matter. */
const WORDS = 12;
/** Hexadecimal digits. */
const LENGTH = 16;

/**
 * Names the findings of one file so that each is known again when lines move,
 * the code is formatted or commented anew, or the file gets another name: by rule, kind,
 * owner, symbol and the first words of the reported code, and by their order
 * where all that is the same.
 *
 * @param findings in source order
 */
export function fingerprintsOf(findings: readonly Finding[], model: SourceModel): Map<Finding, string> {
  const seen = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of findings) {
    const { rule, kind, owner, symbol, span } = finding;
    // Words alone: a formatter moves space, quotes, commas and parentheses.
    const words = (codeOf(span, model).match(/[\w$#]+/g) ?? []).slice(0, WORDS);
    const identity = JSON.stringify([rule, kind, owner, symbol, words]);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    const hash = createHash('sha256').update(`${identity} ${occurrence}`).digest('hex');
    fingerprints.set(finding, hash.slice(0, LENGTH));
  }
  return fingerprints;
}

/** A span of the text without its comments. */
function codeOf({ start, end }: Span, { text, comments }: SourceModel): string {
  let code = '';
  let offset = start;
  for (const { range: [from, to] } of comments) {
    if (from < offset || to > end) continue;
    code += `${text.slice(offset, from)} `;
    offset = to;
  }
  return code + text.slice(offset, end);
}
