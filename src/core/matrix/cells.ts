import type { Facts } from '../facts/facts.js';
import type { Operation } from '../facts/operations.js';
import type { Place } from '../facts/places.js';
import type { Exit } from '../flow/flow.js';
import { flowOf } from '../flow/flow.js';
import { coverageOf } from '../questions/release-coverage.js';
import { releasingSteps, type IsRelease } from '../questions/releasing-steps.js';
import { spanOf } from '../source-model.js';
import { contains, type Node } from '../syntax/nodes.js';
import { findLeavingWithout, namesOneOf, pastTestsOf } from './coverage.js';
import type { Cell } from './matrix.js';
import { isEnd, type Row } from './rows.js';
import { releasesAt, type ScopedColumn } from './scopes.js';

/** How one column treats one thing: whether it lets go of it, where, and on which way out it does not. */
interface Treatment {
  readonly site: Node | undefined;
  readonly exit: Exit | undefined;
}

const UNTOUCHED: Treatment = { site: undefined, exit: undefined };

/** Judges one cell; the other rows say what the column does at all. */
export function judgeCell(row: Row, column: ScopedColumn, rows: readonly Row[], facts: Facts): Cell {
  const treatments = treatmentsOf(row, column, rows, facts);
  const released = treatments.filter(({ site }) => site);
  const [first] = released;
  if (!first?.site) {
    if (!column.job.has(row)) return { state: 'none', span: undefined };
    return { state: row.survives === undefined ? 'skipped' : 'survives', span: spanOf(column.fn.node) };
  }
  const partial = released.find(({ exit }) => exit);
  if (partial?.exit) return { state: 'sometimes', span: spanOf(partial.exit.node === column.fn.node ? first.site : partial.exit.node) };
  return { state: released.length < treatments.length ? 'sometimes' : 'released', span: spanOf(first.site) };
}

/** What has to be done for a row: to let go of it, and to end what its entries hold. */
function treatmentsOf(row: Row, column: ScopedColumn, rows: readonly Row[], facts: Facts): Treatment[] {
  if (row.parts) return row.parts.map((nodes) => treatmentByCalls(nodes, column, rows, facts));
  if (!row.place) return [UNTOUCHED];
  const own = treatmentOf(row.place, row.isRelease, column, rows, facts);
  const [held] = row.held;
  if (!held) return [own];
  const ended = row.held.map((one) => treatmentOf(one.place, (operation: Operation) => isEnd(operation, one), column, rows, facts)).find(({ site }) => site) ?? UNTOUCHED;
  // Whoever ends the whole object need not empty what goes with it; what has fired or exited has ended itself.
  if ((column.scope === 'owner' || column.scope === 'program') && ended.site) return [ended];
  return column.how === 'sweep' || (column.how === 'event' && !ended.site) ? [own] : [own, ended];
}

/** The steps of a row in a column, under whatever name the column knows its place. */
function treatmentOf(place: Place, isRelease: IsRelease, column: ScopedColumn, rows: readonly Row[], facts: Facts): Treatment {
  const effects = releasesAt(place, isRelease, column, facts);
  const [first] = effects;
  if (!first) return UNTOUCHED;
  const site = first.operation.node;
  if (!column.within && effects.some((effect) => coverageOf(effect.place, column.fn, isRelease, facts).released === 'always')) return { site, exit: undefined };
  return { site, exit: exitWithout(stepsAt(place, isRelease, column, facts), column, rows, facts) };
}

/** The same for what is let go of by calls: where they stand, or where what makes them is called. */
function treatmentByCalls(nodes: readonly Node[], column: ScopedColumn, rows: readonly Row[], facts: Facts): Treatment {
  const flow = flowOf(column.fn.node, facts.tree);
  const steps: Node[] = [];
  const pending = [column.fn];
  for (const part of pending) {
    const sites = [...nodes.filter((node) => facts.functions.around(node) === part), ...part.calls.filter((call) => nodes.some((node) => facts.summaries.reach(call.to).has(facts.functions.around(node)))).map((call) => call.node)];
    steps.push(...sites.flatMap((node) => flow.stepOf(node) ?? []));
    pending.push(...facts.summaries.inlineOf(part));
  }
  const counted = steps.filter((step) => !column.within || contains(column.within, step));
  const [first] = counted;
  if (!first) return UNTOUCHED;
  return { site: nodes.find((node) => contains(column.fn.node, node)) ?? first, exit: exitWithout(counted, column, rows, facts) };
}

function exitWithout(steps: readonly Node[], column: ScopedColumn, rows: readonly Row[], facts: Facts): Exit | undefined {
  const isState = namesOneOf(rows.flatMap(({ place }) => place ?? []), facts);
  return findLeavingWithout(steps.map((step) => pastTestsOf(step, isState, facts)), stepsOfAll(column, rows, facts), column, isState, facts);
}

const known = new WeakMap<ScopedColumn, readonly Node[]>();

/** Every step of a column that lets go of some row. */
function stepsOfAll(column: ScopedColumn, rows: readonly Row[], facts: Facts): readonly Node[] {
  let steps = known.get(column);
  if (!steps) known.set(column, (steps = rows.flatMap(({ place, isRelease }) => (place ? stepsAt(place, isRelease, column, facts) : []))));
  return steps;
}

/** The steps that let go of what stands at a place, under each name that the column has for it. */
function stepsAt(place: Place, isRelease: IsRelease, column: ScopedColumn, facts: Facts): readonly Node[] {
  const names = new Map(releasesAt(place, isRelease, column, facts).map((effect) => [facts.places.key(effect.place), effect.place]));
  return [...names.values()].flatMap((name) => releasingSteps(name, column.fn, isRelease, facts)).filter((step) => !column.within || contains(column.within, step));
}
