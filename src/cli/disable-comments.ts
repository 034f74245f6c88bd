import type { SourceModel } from '../core/index.js';
import { LineIndex, type Position } from '../project/line-index.js';

/** What an ESLint comment switches off, from one place up to another. */
interface Disabled {
  /** Undefined for all rules. */
  readonly rules: readonly string[] | undefined;
  readonly from: Position;
  /** Exclusive. */
  readonly to: Position;
  readonly reason: string;
}

const END: Position = { line: Infinity, column: 1 };
const DIRECTIVE = /^eslint-(disable|enable)(-next-line|-line)?(?:\s([^]*))?$/;

/** The places of a file where `eslint-disable` comments silence rules, read as ESLint reads them. */
export class DisableComments {
  readonly #disabled: Disabled[] = [];

  constructor(model: SourceModel) {
    const lines = new LineIndex(model.text);
    for (const comment of model.comments) {
      const match = DIRECTIVE.exec(comment.value.trim());
      if (!match) continue;
      const [, verb, reach, rest = ''] = match;
      const [names = '', ...reason] = rest.trim().split(/(?:^|\s)-{2,}\s/);
      const rules = names.trim() ? names.split(',').map((name) => name.trim()) : undefined;
      const start = lines.positionOf(comment.range[0]);
      const end = lines.positionOf(comment.range[1]);
      if (reach) {
        const line = reach === '-line' ? start.line : end.line + 1;
        const directive = { rules, from: { line, column: 1 }, to: { line: line + 1, column: 1 }, reason: reason.join(' ').trim() };
        if (verb === 'disable') this.#disabled.push(directive);
      } else if (comment.type === 'Block') {
        if (verb === 'disable') this.#disabled.push({ rules, from: start, to: END, reason: reason.join(' ').trim() });
        else this.enable(rules, start);
      }
    }
  }

  /** Why a rule is silent at a place; undefined if it is not. */
  reasonAt(rule: string, place: Position): string | undefined {
    const by = this.#disabled.find(
      ({ rules, from, to }) => (!rules || rules.includes(rule)) && !isBefore(place, from) && isBefore(place, to),
    );
    return by?.reason;
  }

  /** Ends what was switched off before; without names, everything. */
  private enable(rules: readonly string[] | undefined, at: Position): void {
    for (const [index, disabled] of this.#disabled.entries()) {
      if (disabled.to !== END) continue;
      if (!rules) {
        this.#disabled[index] = { ...disabled, to: at };
      } else if (disabled.rules?.some((rule) => rules.includes(rule))) {
        this.#disabled[index] = { ...disabled, rules: disabled.rules.filter((rule) => !rules.includes(rule)) };
        this.#disabled.push({ ...disabled, rules: disabled.rules.filter((rule) => rules.includes(rule)), to: at });
      }
    }
  }
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.column < right.column);
}
