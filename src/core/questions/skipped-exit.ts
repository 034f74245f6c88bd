import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { contains, lastName, type Node } from '../syntax/nodes.js';
import { asksFor, testsAround } from './endings.js';
import { releasesIn } from './obligation-coverage.js';
import type { Obligation } from './obligations.js';
import { rejectionOf } from './rejection.js';
import { asksAbout } from './releasing-steps.js';

/** Words by which a flag says that all is over already, or has not begun. */
const OVER = /dispos|destroy|clos|stop|end(?:ed|ing)|terminat|shut|kill|dead|done|exit|abort|cancel|finish|detach|disconnect|torn|unmount|started|running|active|open|connected|initiali[sz]ed|enabled|alive|live/i;

/**
 * Why a way past a release leaves nothing held: its test asks for the thing
 * itself, for a flag that says that all is over, for what the teardown changes,
 * or for what is set where the thing is acquired. Undefined if nothing says so.
 */
export function findExcuse(obligation: Obligation, end: FunctionFact, skipped: { readonly how: string; readonly node: Node }, facts: Facts): 'released-if-held' | undefined {
  const releases = releasesIn(obligation, facts.summaries.reach(end), facts);
  const tests = [...(skipped.node === end.node ? [] : testsAround(skipped.node, end.node)), ...releases.flatMap(({ node, fn }) => testsAround(node, fn.node))];
  if (skipped.how === 'throw') return keepsProcess(obligation) && mayReject(skipped.node, facts) ? undefined : 'released-if-held';
  // Without a test it is a loop, a `catch` or a `switch`: what it goes through is not known.
  if (tests.length === 0) return 'released-if-held';
  return tests.every((test) => isTestExcused(test, obligation, end, facts)) ? 'released-if-held' : undefined;
}

/** Whether a test explains that nothing is released: it asks for the thing itself, for whether all is over, or for what the teardown or the beginning changes. */
export function isTestExcused(test: Node, obligation: Pick<Obligation, 'place' | 'fn'>, end: FunctionFact, facts: Facts): boolean {
  const { place, fn } = obligation;
  for (let length = place.path.length; length > 0; length--) if (asksAbout({ root: place.root, path: place.path.slice(0, length) }, test, facts)) return true;
  const changers = [end, fn, ...facts.functions.callersOf(fn)];
  if (asksFor(test, changers, facts) || readsWhatIsWritten(test, changers, facts)) return true;
  return facts.tree.some(test, (node) => OVER.test(lastName(node)));
}

/** What goes on by itself, and does not go with its owner. */
function keepsProcess({ kind }: Obligation): boolean {
  return !/^(?:disposable|bag|subscription|timeout|observer|stream)$/.test(kind);
}

function mayReject(node: Node, facts: Facts): boolean {
  return node.type !== 'AwaitExpression' || rejectionOf(node.argument, facts) === 'yes';
}

/** `if (--this.users > 0) return;`: a count, or a flag, that one of some functions writes. */
function readsWhatIsWritten(test: Node, fns: readonly FunctionFact[], facts: Facts): boolean {
  const written = new Set([...facts.tree.all('AssignmentExpression').map((node) => [node, node.left] as const), ...facts.tree.all('UpdateExpression').map((node) => [node, node.argument] as const)].flatMap(([node, target]) => {
    const place = fns.some((fn) => contains(fn.node, node)) ? facts.places.resolve(target) : undefined;
    return place ? [facts.places.key(place)] : [];
  }));
  return facts.tree.some(test, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return place !== undefined && written.has(facts.places.key(place));
  });
}
