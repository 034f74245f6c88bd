import type { Facts } from '../facts/facts.js';
import type { Span } from '../source-model.js';
import { spanOf } from '../source-model.js';
import { judgeCell } from './cells.js';
import { columnsOf, type Column } from './columns.js';
import { collectRows, type Row } from './rows.js';
import type { MatrixOwner } from './state-owner.js';
import { withScopes, type ScopedColumn } from './scopes.js';

/**
 * What an ending does to a piece of state. `released`: on every way out;
 * `sometimes`: on some ways, or the entry and not what it holds; `skipped`: on
 * none, though it is its job; `survives`: the same, stated by a person;
 * `none`: it is not its job.
 */
export type CellState = 'released' | 'sometimes' | 'skipped' | 'survives' | 'none';

export interface Cell {
  readonly state: CellState;
  /** Where it is released; the way out that skips it; the ending that does not know of it. */
  readonly span: Span | undefined;
}

/** Where a piece of state is let go of: by an ending, by other code only, or nowhere in the file. */
export type Release = 'ending' | 'elsewhere' | 'nowhere';

export interface MatrixRow {
  readonly kind: Row['kind'];
  readonly noun: string;
  readonly name: string;
  /** Whether there is one for each key, or one for each object that has it. */
  readonly per: Row['per'];
  readonly span: Span;
  readonly release: Release;
  /** For what only other code lets go of: the function, and where. */
  readonly elsewhere: { readonly name: string; readonly span: Span } | undefined;
  /** Why a person says that it survives. */
  readonly survives: string | undefined;
  readonly cells: readonly Cell[];
}

/** The state of one owner against all that ends something of it. */
export interface Matrix {
  /** `SessionManager`, `register()`; empty for the module. */
  readonly owner: string;
  readonly span: Span;
  readonly columns: readonly Pick<Column, 'how' | 'name' | 'span'>[];
  readonly rows: readonly MatrixRow[];
}

/** The matrices of a file, in source order; none where nothing is kept. */
export function matricesOf(facts: Facts): Matrix[] {
  const columns = columnsOf(facts);
  const rows = collectRows(columns, facts);
  const owners = new Map<string, { owner: MatrixOwner; rows: Row[] }>();
  for (const row of rows) {
    const known = owners.get(row.owner.key) ?? { owner: row.owner, rows: [] };
    known.rows.push(row);
    owners.set(row.owner.key, known);
  }
  return [...owners.values()]
    .flatMap(({ owner, rows: own }) => matrixOf(owner, own, columns, facts) ?? [])
    .sort((left, right) => left.span.start - right.span.start || (left.owner < right.owner ? -1 : 1));
}

function matrixOf(owner: MatrixOwner, rows: readonly Row[], columns: readonly Column[], facts: Facts): Matrix | undefined {
  const scoped = withScopes(columns, rows, owner, facts);
  const judged = rows.map((row) => ({ row, cells: scoped.map((column) => judgeCell(row, column, rows, facts)) }));
  // A flush that does a part of what some ending does besides is no ending of its own.
  const isUsed = scoped.map((column, index) => judged.some(({ cells }) => cells[index]?.state !== 'none' && (column.scope !== 'part' || !cells.some((cell, other) => scoped[other]?.scope !== 'part' && isRelease(cell)))));
  const shown = (list: readonly Cell[]): Cell[] => list.filter((_, index) => isUsed[index]);
  const used = scoped.filter((_, index) => isUsed[index]);
  const kept = judged.flatMap(({ row, cells }) => toRow(row, shown(cells), facts) ?? []).filter(({ release, isLasting }) => used.length > 0 || (release === 'nowhere' && isLasting));
  return kept.length > 0 ? { owner: owner.name, span: owner.span, columns: withOwnNames(used), rows: kept } : undefined;
}

function isRelease({ state }: Cell): boolean {
  return state === 'released' || state === 'sometimes';
}

/** Nothing for what need not be released unless somebody does: what a module or a passing call sets up once. */
function toRow(row: Row, cells: readonly Cell[], facts: Facts): (MatrixRow & Pick<Row, 'isLasting'>) | undefined {
  const isEnded = cells.some(isRelease);
  if (!isEnded && row.isOptional) return undefined;
  const elsewhere = isEnded ? undefined : row.findRelease();
  return {
    kind: row.kind, noun: row.noun, name: row.name, per: row.per, span: spanOf(row.node), survives: row.survives, cells, isLasting: row.isLasting,
    release: isEnded ? 'ending' : elsewhere ? 'elsewhere' : 'nowhere',
    elsewhere: elsewhere && { name: facts.functions.around(elsewhere).name, span: spanOf(elsewhere) },
  };
}

/** Columns of the same name get the function in which they stand, and then a number. */
function withOwnNames(columns: readonly ScopedColumn[]): Matrix['columns'] {
  const used = new Map<string, number>();
  const isTwice = (name: string): boolean => columns.filter((one) => one.name === name).length > 1;
  return columns.map(({ how, name, span, where }) => {
    const full = isTwice(name) && where !== '' ? `${name} in ${where}` : name;
    const count = (used.get(full) ?? 0) + 1;
    used.set(full, count);
    return { how, name: count > 1 ? `${full} (${String(count)})` : full, span };
  });
}
