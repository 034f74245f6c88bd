import type { Analysis, Edit, Finding } from '../../src/core/index.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import type { ReadText } from '../../src/codemod/read-text.js';

/**
 * A toy language, so that the engine can be tested without rules: `leak(a)` is
 * a finding about `a`, `maybe(a)` a likely one, `keep(a)` is repaired, and `@@`
 * does not parse.
 */
export const readToy: ReadText = (path, text) => {
  if (text.includes('@@')) return { unreadable: 'unexpected @@' };
  const verdicts = [...text.matchAll(/\b(leak|maybe)\((\w+)\)/gu)].map((match) => toyFinding(match));
  return { model: { path, text }, verdicts } as unknown as Analysis;
};

function toyFinding(match: RegExpExecArray): Finding {
  const [whole, word, symbol = ''] = match;
  return {
    rule: 'no-untracked-timer',
    kind: 'timeout',
    span: { start: match.index, end: match.index + whole.length },
    symbol,
    owner: '',
    outcome: word === 'leak' ? 'certain' : 'likely',
    reasons: [],
    related: [],
    subject: { type: 'none' } as unknown as Finding['subject'],
  };
}

/** A codemod of the toy language; `replacement` is what stands instead of the finding. */
export function toyCodemod(replacement: (symbol: string) => string | Plan, safety: 'safe' | 'review' = 'safe'): Codemod {
  return {
    id: 'track-timers',
    title: 'Keep what leaks',
    rules: ['no-untracked-timer'],
    plan(finding) {
      const text = replacement(finding.symbol);
      return typeof text === 'string' ? { edits: [{ ...finding.span, text }], safety, notes: [] } : text;
    },
  };
}

/** `leak(a)` → `keep(a)`. */
export const keepIt = toyCodemod((symbol) => `keep(${symbol})`);

/** A plan of these edits. */
export function planOf(...edits: Edit[]): Plan {
  return { edits, safety: 'safe', notes: [] };
}
