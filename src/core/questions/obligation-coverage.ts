import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { contains } from '../syntax/nodes.js';
import type { Obligation } from './obligations.js';
import { coverageOf, type Coverage } from './release-coverage.js';
import type { IsRelease } from './releasing-steps.js';

/** How surely one run of a function lives up to an obligation: by ending it, or what it is a part of. */
export function coverageOfObligation(obligation: Obligation, fn: FunctionFact, facts: Facts): Coverage {
  let best: Coverage = { released: 'never' };
  for (const [place, isRelease] of holdersOf(obligation)) {
    const coverage = coverageOf(place, fn, isRelease, facts);
    if (coverage.released === 'always') return coverage;
    if (coverage.released === 'sometimes') best = coverage;
  }
  return best;
}

/** The operations of some functions, those written inside them included, that end an obligation. */
export function releasesIn(obligation: Obligation, fns: Iterable<FunctionFact>, facts: Facts): Operation[] {
  const releases = releasesOf(obligation, facts);
  if (releases.length === 0) return [];
  const nodes = [...fns].map((fn) => fn.node);
  return releases.filter(({ node }) => nodes.some((outer) => contains(outer, node)));
}

/** Every operation of the file that ends an obligation. */
export function releasesOf(obligation: Obligation, facts: Facts): Operation[] {
  return holdersOf(obligation).flatMap(([place, isRelease]) => facts.effectsOn(place).flatMap(({ operation, via }) => (isRelease(operation) ? [operation, ...via.map((call) => ({ ...operation, node: call.node, fn: call.from }))] : [])));
}

/** The thing itself, its number, and what it is a part of: `this.jobs.*.timer`, `this.jobs.*`, `this.jobs`. */
function holdersOf({ place, isRelease }: Obligation): (readonly [Place, IsRelease])[] {
  const holders: (readonly [Place, IsRelease])[] = [[place, isRelease]];
  // killTree(child.pid)
  holders.push([{ root: place.root, path: [...place.path, 'pid'] }, ({ kind }) => kind === 'hand-over']);
  // for (const job of Object.values(this.jobs)) job.kill(): each of them.
  if (place.path.length > 1 && place.path.at(-1) !== ELEMENT) holders.push([{ root: place.root, path: [...place.path.slice(0, -1), ELEMENT] }, isRelease]);
  const least = place.root.type === 'owner' ? 1 : 0;
  for (let length = place.path.length - 1; length >= least; length--) holders.push([{ root: place.root, path: place.path.slice(0, length) }, endsWhole]);
  return holders;
}

function endsWhole({ kind }: Operation): boolean {
  return kind === 'end' || kind === 'hand-over' || kind === 'invoke';
}
