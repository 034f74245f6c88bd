import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';
import { endingsOf, endingsThatCome, type Ending } from '../questions/ending-functions.js';
import { spawnedChildren } from '../questions/child-process.js';
import { mayEndBeside } from '../questions/other-exits.js';
import { hasPath, pathText } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { endingVerdict } from './ending-verdict.js';

/** Signals that ask a program to end. Each kills it at once if nothing listens, without `exit`. */
const ASKS = ['SIGINT', 'SIGTERM'] as const;
/** Events that come however the program ends by itself. */
const ENDS_BY_ITSELF = /^(?:exit|uncaughtException|beforeExit)$/;

/** A child process that some ends of the program kill and others leave running: it outlives its parent. */
export function judgeUncoveredEnds(facts: Facts): Verdict[] {
  const endings = endingsThatCome(facts).filter(({ how, node }) => how === 'signal' && node.type === 'CallExpression' && hasPath(node.callee, /^process\./));
  // A name that is made at run time may be that of any signal.
  const children = endings.length === 0 ? [] : spawnedChildren(facts);
  if (children.length === 0 || hasUnknownEvent(facts)) return [];
  const heard = new Set(endings.map(({ name }) => name));
  const verdicts = children.flatMap((child) => {
    const killing = endings.filter((ending) => kills(ending, child.keys, facts));
    const [first] = killing;
    const signals = killing.filter(({ name }) => name.startsWith('SIG'));
    if (!first || child.isDetached || signals.length === 0) return [];
    const missed = ASKS.filter((name) => !heard.has(name));
    const argument = new Argument();
    if (missed.length > 0) argument.evidence('signal-leaves-child', child.node, { signal: missed.join(', '), heard: signals.map(({ name }) => name).join(', ') });
    else if (!killing.some(({ name }) => ENDS_BY_ITSELF.test(name)) && mayEndBeside(child, facts)) argument.evidence('only-signals-kill', child.node, {}).doubt('needs-a-crash', first.node);
    else return [];
    const skipped = missed.length > 0 ? missed : ['exit', 'uncaughtException'];
    return [endingVerdict('signals', first.fn, first.node, first.name, skipped.map((name) => ({ name, node: child.node })), argument, facts)];
  });
  // What a handler leaves out is one defect, however many children it ends.
  return verdicts.filter(({ span }, index) => verdicts.findIndex((other) => other.span.start === span.start) === index);
}

function kills({ fn }: Ending, children: readonly string[], facts: Facts): boolean {
  return facts.summaries.of(fn).some(({ operation, place }) => operation.kind === 'end' && children.includes(facts.places.key(place)));
}

function hasUnknownEvent(facts: Facts): boolean {
  return facts.functions.all.some(({ registrations }) => registrations.some(({ emitter, node }) => emitter !== undefined && pathText(emitter) === 'process' && !endingsOf(facts).some((ending) => ending.node === node) && isComputed(node)));
}

function isComputed(node: Ending['node']): boolean {
  const event = node.type === 'CallExpression' ? node.arguments[0] : undefined;
  return event !== undefined && event.type !== 'Literal' && event.type !== 'TemplateLiteral';
}
