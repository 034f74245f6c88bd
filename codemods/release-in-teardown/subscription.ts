import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isFunctionNode, wrapped } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { declareAt, findHome, nameAt, type Home } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import { planIntoBag } from './bag.js';
import { lastingEnds } from './ending.js';
import { writeReleases } from './insertion.js';
import { findNewTeardown, writeNewTeardown } from './new-teardown.js';

/** Keeps what ends a subscription: in the bag of its owner's others, else in a field that the teardown ends. */
export function planSubscription(registration: ListenerRegistration, teardowns: readonly FunctionFact[], facts: Facts): Plan {
  return planIntoBag(registration, facts) ?? planIntoField(registration, teardowns, facts);
}

function planIntoField(registration: ListenerRegistration, teardowns: readonly FunctionFact[], facts: Facts): Plan {
  const { node, fn, callee } = registration;
  const release = releaseOf(registration);
  const written = chooseTeardown(lastingEnds(registration, teardowns), facts);
  const added = written || teardowns.length > 0 || release?.type !== 'call' || !fn.self || fn.self.isStatic ? undefined : findNewTeardown(fn.self.owner, undefined, undefined, facts);
  if (added && 'refused' in added) return added;
  const teardown = written ?? added;
  const statement = wrapped(node).parent;
  if (release === undefined) return { refused: `The owner puts away no other subscription, so nothing shows how what ${callee}() gives back is ended.` };
  if (!teardown) return { refused: `The owner puts away no other subscription, and has no teardown that could end what ${callee}() gives back.` };
  if (statement?.type !== 'ExpressionStatement') return { refused: 'The subscription is begun within a larger expression.' };
  const home: Home | undefined = added && fn.self ? { type: 'member', owner: fn.self.owner } : written && findHome(fn, node, written, facts);
  if (home?.type !== 'member') return { refused: `No field is seen both by ${teardown.name}() and where the subscription is begun.` };
  if (!runsOncePerHome(node, fn, home, facts)) return { refused: 'The subscription may be begun again, and nothing shows when the old one should end.' };
  const isDefinite = fn.isConstructor && isFunctionNode(fn.node) && statement.parent === fn.node.body;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon } = writer.style;
  const { name, access } = nameAt(home, wishedName(registration), facts);
  if (!declareAt(home, { name, type: release.type === 'call' ? '() => void' : `{ ${release.name}(): void }`, isDefinite }, [node], writer, facts)) return { refused: `There is no place to declare ${name}.` };
  writer.insert(node.range[0], `${access} = `);
  const optional = isDefinite ? '' : '?.';
  const end = release.type === 'call' ? `${access}${optional}()` : `${access}${optional || '.'}${release.name}()`;
  if (written) writeReleases([{ lines: [`${end}${semicolon}`] }], written, writer, facts);
  if (added) writeNewTeardown(added, [`${end}${semicolon}`], writer);
  return { edits: writer.edits, safety: 'review', notes: [added?.note ?? `${teardown.name}() now ends the subscription`] };
}

/** How what a call gives back is ended: by a method of it, or by calling it. */
type Ended = { readonly type: 'method'; readonly name: string } | { readonly type: 'call' };

/**
 * A Disposable is ended, as an event of an editor gives it, or a subscription of
 * RxJS by the name of its source; a function is called that another file of the
 * project is known to give back.
 */
function releaseOf({ style, method, callee, target, node }: ListenerRegistration): Ended | undefined {
  if (style === 'event') return /^on(?:Did|Will)[A-Z]/u.test(method) ? { type: 'method', name: 'dispose' } : undefined;
  if (target === node.callee) return { type: 'call' };
  return callee.endsWith('$.subscribe') ? { type: 'method', name: 'unsubscribe' } : undefined;
}

/** `onDidChangeConfiguration` → `configurationSubscription`; of a function that is called, `onThemeChange` → `unsubscribeThemeChange`. */
function wishedName({ method, callee, style, target, node }: ListenerRegistration): string {
  if (target === node.callee) return `unsubscribe${/^on(?=[A-Z])/u.test(method) ? method.slice(2) : ''}`;
  const about = style === 'event' ? method.replace(/^on(?:Did|Will)(?:Change)?/u, '') : (callee.split('.').at(-2) ?? '').replace(/\$$/u, '');
  return about === '' ? 'subscription' : `${about.charAt(0).toLowerCase()}${about.slice(1)}Subscription`;
}
