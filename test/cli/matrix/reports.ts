import type { MatrixReport } from '../../../src/cli/matrix/report.js';
import type { CellState } from '../../../src/core/index.js';

interface Sample {
  readonly file?: string;
  readonly owner?: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly states: readonly CellState[]; readonly noun?: string; readonly release?: 'ending' | 'elsewhere' | 'nowhere'; readonly survives?: string }[];
}

/** A report of one matrix, with a line for whatever needs one. */
export function reportOf({ file = 'src/a.ts', owner = 'Hub', columns, rows }: Sample): MatrixReport {
  return {
    version: '0.0.0', root: '/project', files: 1, skipped: [],
    matrices: [{
      file, owner, line: 1,
      columns: columns.map((name, index) => ({ name, how: 'teardown', line: 2 + index })),
      rows: rows.map(({ name, states, noun = 'Map', release = 'ending', survives }, index) => ({
        name, kind: 'map', noun, per: 'key', line: 40 + index, release, ...(survives === undefined ? {} : { survives }),
        cells: states.map((state) => ({ state, ...(state === 'none' ? {} : { line: 60 + index }) })),
      })),
    }],
  };
}
