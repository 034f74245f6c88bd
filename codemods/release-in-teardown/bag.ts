import type { Facts } from '../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { parseMethodCall, pathText, unwrap, wrapped } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';

/** Calls by which a class puts away what its teardown ends: `this.disposables.push(…)`, `this.register(…)`. */
const PUTS_AWAY = /^this\.(?:#?\w*(?:disposables?|subscriptions?|toDispose|store|listeners|unsubscribers?|cleanups?)\w*\.(?:push|add)|_?(?:register|addDisposable|own|track))$/iu;

/** Gives what ends a subscription to the bag into which the same object puts its others; undefined if it has none. */
export function planIntoBag(registration: ListenerRegistration, facts: Facts): Plan | undefined {
  const { node, fn, destination } = registration;
  const self = facts.owners.thisAt(node);
  if (!self || fn.self?.owner !== self.owner) return { refused: `Nothing in this file keeps what ends the subscription that ${registration.callee}() begins.` };
  if (destination.type !== 'dropped') return { refused: 'What ends the subscription is used otherwise.' };
  const others = facts.listeners.registrations.filter((other) => other !== registration && other.style === registration.style && other.fn.self?.owner === self.owner);
  const told = others.flatMap((other) => toldBag(other, facts))[0];
  const bag = others.flatMap((other) => bagOf(other) ?? [])[0] ?? (told === undefined ? undefined : `${told}.push`);
  if (told !== undefined && node.arguments.length < 3 && /^on(?:Did|Will)[A-Z]/u.test(registration.method)) return planTold(registration, told, facts);
  if (bag === undefined) return undefined;
  if (!isPlain(node)) return { refused: 'The subscription is begun within a larger expression.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  writer.insert(node.range[0], `${bag}(`);
  writer.insert(node.range[1], ')');
  return { edits: writer.edits, safety: 'review', notes: [`${bag.replace(/\.(?:push|add)$/u, '')} now ends the subscription with the others`] };
}

/** The call that takes what a subscription gives back. */
function bagOf({ destination, node }: ListenerRegistration): string | undefined {
  const call = destination.type === 'argument' ? destination.call : destination.type === 'place' ? wrapped(node).parent : undefined;
  const callee = call?.type === 'CallExpression' && call.arguments.some((argument) => unwrap(argument) === node) ? pathText(call.callee) : undefined;
  return callee !== undefined && PUTS_AWAY.test(callee) && parseMethodCall(call as typeof node) ? callee : undefined;
}

/** The bag that an event is told, into which it puts what ends the subscription: `onDidChange(fn, this, this.disposables)`. */
function toldBag({ node, style, method }: ListenerRegistration, facts: Facts): string[] {
  const bag = node.arguments[2];
  if (!bag || style !== 'event' || !/^on[A-Z]/u.test(method)) return [];
  return pathText(bag)?.startsWith('this.') ? [facts.model.text.slice(...bag.range)] : [];
}

function planTold({ node }: ListenerRegistration, bag: string, facts: Facts): Plan {
  const last = node.arguments.at(-1);
  if (!last) return { refused: 'The subscription is given no listener.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  writer.insert(last.range[1], node.arguments.length === 1 ? `, undefined, ${bag}` : `, ${bag}`);
  return { edits: writer.edits, safety: 'review', notes: [`${bag} now ends the subscription with the others`] };
}

/** A statement of its own, not `void` or in a comma list. */
function isPlain(node: ListenerRegistration['node']): boolean {
  return wrapped(node).parent?.type === 'ExpressionStatement';
}
