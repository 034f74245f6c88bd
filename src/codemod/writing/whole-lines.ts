import type { Span } from '../../core/index.js';
import { endOfLine, startOfLine } from './indentation.js';

/**
 * Widens spans to whole lines with their line breaks, so that removing them
 * leaves no trace: a blank line goes, too, where it would stand beside another
 * one or at the edge of a block. Spans that share a line with other code stay
 * as they are.
 *
 * @param within the block that the spans are in
 */
export function widenToLines(text: string, spans: readonly Span[], within: Span): Span[] {
  const whole = spans.map((span) => wholeLines(text, span));
  const removed = (start: number): boolean => whole.some((span) => span.start <= start && start < span.end);
  const blanks: Span[] = [];
  let previous: { start: number; isBlank: boolean } | undefined;
  let isBehindRemoval = false;
  for (let start = startOfLine(text, within.start); start < within.end; start = nextLine(text, start)) {
    if (removed(start)) {
      isBehindRemoval = true;
      continue;
    }
    const line = text.slice(start, endOfLine(text, start)).trim();
    const isBlank = line === '';
    const isDoubled = previous === undefined || previous.isBlank || /[{([]$/u.test(text.slice(previous.start, endOfLine(text, previous.start)).trimEnd());
    if (isBehindRemoval && isBlank && isDoubled) {
      blanks.push({ start, end: nextLine(text, start) });
      continue;
    }
    if (isBehindRemoval && previous?.isBlank && /^[})\]]/u.test(line)) blanks.push({ start: previous.start, end: nextLine(text, previous.start) });
    previous = { start, isBlank };
    isBehindRemoval = false;
  }
  return merge([...whole, ...blanks]);
}

function wholeLines(text: string, span: Span): Span {
  const start = startOfLine(text, span.start);
  const end = endOfLine(text, span.end);
  const isAlone = text.slice(start, span.start).trim() === '' && text.slice(span.end, end).trim() === '';
  return isAlone ? { start, end: nextLine(text, span.end) } : span;
}

function nextLine(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
