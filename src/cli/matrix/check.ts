import { TITLE } from './markdown.js';

/** One row of a page by where it stands: the names of its columns and what they say. */
interface PageRow {
  readonly where: string;
  readonly cells: ReadonlyMap<string, string>;
}

/**
 * What tells a committed page from the one that would be made now, as sentences:
 * new state without a release first, then what is skipped now, then the rest.
 * Empty if they are the same, whatever the ends of their lines.
 */
export function differences(committed: string, current: string): string[] {
  const [before, now] = [committed, current].map((page) => page.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').trimEnd());
  if (before === undefined || now === undefined || before === now) return [];
  if (!before.startsWith(TITLE)) return ['It is no page of the matrix.'];
  const [old, fresh] = [rowsOf(before), rowsOf(now)];
  const found: [rank: number, sentence: string][] = [];
  for (const [key, row] of fresh) {
    const known = old.get(key);
    if (!known) found.push(row.cells.get('note')?.includes('no release') ? [0, `${row.where} is new and has no release.`] : [isSkipped(row) ? 1 : 3, `${row.where} is new${isSkipped(row) ? ` and skipped by ${skippedBy(row).join(', ')}` : ''}.`]);
    else for (const [column, state] of row.cells) {
      const was = known.cells.get(column);
      if (was === state) continue;
      const rank = /skipped|no release/.test(state) ? 1 : 2;
      found.push([rank, column === 'note' ? `${row.where}: the note was ${quoted(was)} and is ${quoted(state)}.` : `${row.where}: ${column} ${was === undefined ? 'is new' : `was ${plain(was)}`}, now ${plain(state)}.`]);
    }
    for (const column of known?.cells.keys() ?? []) if (!row.cells.has(column)) found.push([3, `${row.where}: ${column} is gone.`]);
  }
  for (const [key, row] of old) if (!fresh.has(key)) found.push([4, `${row.where} is gone.`]);
  if (found.length === 0) return ['Only its words differ.'];
  return found.sort(([left], [right]) => left - right).map(([, sentence]) => sentence);
}

function isSkipped(row: PageRow): boolean {
  return skippedBy(row).length > 0;
}

function skippedBy({ cells }: PageRow): string[] {
  return [...cells].flatMap(([column, state]) => (plain(state) === 'skipped' ? [column] : []));
}

function plain(state: string): string {
  const word = state.replaceAll('*', '');
  return word === '·' ? 'not its job' : word;
}

function quoted(note: string | undefined): string {
  return note ? `"${plain(note)}"` : 'empty';
}

/** The rows of a page by file, owner and name; those of one name are numbered. */
function rowsOf(page: string): Map<string, PageRow> {
  const rows = new Map<string, PageRow>();
  let [file, owner, head] = ['', '', [] as string[]];
  for (const line of page.split('\n')) {
    if (line.startsWith('## ')) file = line.slice(3);
    else if (line.startsWith('### ')) [owner, head] = [line.slice(4), []];
    else if (line.startsWith('| ')) {
      const cells = line.slice(2, -2).split(/ (?<!\\)\| /);
      if (head.length === 0) head = cells;
      else if (!cells.every((cell) => cell === '---')) {
        const [name = ''] = cells;
        const where = `${name} of ${owner} in ${file}`;
        let key = where;
        for (let number = 2; rows.has(key); number++) key = `${where} ${String(number)}`;
        rows.set(key, { where, cells: new Map(head.slice(1).map((column, index) => [column, cells[index + 1] ?? ''])) });
      }
    }
  }
  return rows;
}
