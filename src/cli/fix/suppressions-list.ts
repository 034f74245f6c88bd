import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isInside, nameOf } from '../../project/discover.js';
import { withJsonValue } from '../json-text.js';
import { countAfter, SUPPRESSIONS_FILE, suppressionsIn } from '../suppressions-file.js';
import type { PlannedFile } from './planned-file.js';

/** A list without what some repairs have brought to an end. */
export interface Pruned {
  readonly list: SuppressionsList;
  readonly text: string;
  /** By how much its counts went down. */
  readonly removed: number;
}

/** ESLint's list of suppressed violations in a root, from which goes what is repaired. */
export class SuppressionsList {
  private constructor(
    /** Absolute, as it was found. */
    private readonly root: string,
    /** Relative to the root of the report. */
    readonly file: string,
    /** Absolute, without links. */
    readonly path: string,
    readonly before: string,
  ) {}

  /** The lists in the roots of some files; none of a root that has none, or to whose list a link leads out of it. */
  static besides(files: readonly PlannedFile[], root: string): SuppressionsList[] {
    return [...new Set(files.map((file) => file.root))].flatMap((own) => {
      try {
        const path = realpathSync(join(own, SUPPRESSIONS_FILE));
        if (!isInside(path, realpathSync(own))) return [];
        return new SuppressionsList(own, nameOf(root, join(own, SUPPRESSIONS_FILE)), path, readFileSync(path, 'utf8'));
      } catch {
        return [];
      }
    });
  }

  /**
   * The list without what the repairs of some files have brought to an end; all
   * else stays as it is.
   */
  without(files: readonly PlannedFile[]): Pruned {
    const countOf = suppressionsIn(this.before);
    let text = this.before;
    let removed = 0;
    for (const file of files.filter((one) => one.root === this.root)) {
      const listed = [...new Set(file.repair.repaired.map(({ rule }) => `leakproof/${rule}`))].filter((rule) => countOf(file.name, rule) > 0);
      if (listed.length === 0) continue;
      const [before, after] = [file.before, file.after].map((one) => file.findingsIn(one).map(({ rule, outcome }) => ({ rule: `leakproof/${rule}`, confidence: outcome }))) as [Counted[], Counted[]];
      for (const rule of listed) {
        const count = countOf(file.name, rule);
        const left = countAfter(count, before.filter((one) => one.rule === rule), after.filter((one) => one.rule === rule));
        removed += count - left;
        text = withCount(text, file.name, rule, left);
      }
    }
    return { list: this, text, removed };
  }
}

interface Counted {
  readonly rule: string;
  readonly confidence: 'certain' | 'likely';
}

/** As ESLint prunes: a count of nothing goes, and with it a file of which nothing is counted. */
function withCount(text: string, file: string, rule: string, count: number): string {
  if (count > 0) return withJsonValue(text, { path: [file, rule, 'count'], value: count });
  const without = withJsonValue(text, { path: [file, rule], value: undefined });
  const { [file]: rest, ...others } = JSON.parse(without) as Record<string, object>;
  if (!rest || Object.keys(rest).length > 0) return without;
  return Object.keys(others).length === 0 ? '{}' : withJsonValue(without, { path: [file], value: undefined });
}
