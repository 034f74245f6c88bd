import type { Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { isEntryEndName, isShutdownName } from '../../src/core/kinds/releases.js';
import { emitterKey } from '../../src/core/questions/endings.js';
import { isTeardown } from '../../src/core/questions/teardowns.js';
import { contains, isFunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { writeNewTeardown, type NewTeardown } from '../release-in-teardown/new-teardown.js';
import { writeIntoTeardown } from './teardown.js';

/** Where timers are cleared: in a function of the file, or in a teardown that is added. */
export interface Ending {
  readonly name: string;
  /** Undefined if it is added. */
  readonly fn: FunctionFact | undefined;
  /** What a person should know of it. */
  readonly note: string;
  write(lines: Lines, writer: CodeWriter): void;
}

export function endingIn(fn: FunctionFact): Ending {
  return { name: fn.name, fn, note: `${fn.name}() now cancels it`, write: (lines, writer) => { writeIntoTeardown(fn, lines, writer); } };
}

/** A listener that hears that what the timer works on has ended. */
function endingOnEvent(fn: FunctionFact, event: string): Ending {
  return { name: `the listener of ${event}`, fn, note: `${event} now cancels it`, write: (lines, writer) => { writeIntoTeardown(fn, lines, writer); } };
}

export function addedEnding(teardown: NewTeardown): Ending {
  return { name: teardown.name, fn: undefined, note: teardown.note, write: (lines, writer) => { writeNewTeardown(teardown, lines, writer); } };
}

/**
 * The listener that the finding names as leaving the timer: of an end of what
 * its callback works on, or of a failure beside the success that clears it. Of
 * several listeners of that event, one that is added whenever the timer is started.
 */
export function eventThatLeavesIt({ reasons }: Finding, timer: TimerAcquisition, facts: Facts): Ending | undefined {
  const left = reasons.find(({ code }) => code === 'event-leaves-it' || code === 'ending-leaves-it');
  const { registrations } = facts.listeners;
  const named = left && registrations.find(({ node: { range } }) => range[0] === left.span.start && range[1] === left.span.end);
  const list = listAround(timer.node);
  if (!named || !list) return undefined;
  const emitter = emitterKey(named.target, facts);
  const beside = registrations.find(({ node, event, target, handlerFn }) => event === named.event && emitterKey(target, facts) === emitter && listAround(node) === list && handlerFn !== undefined && isFunctionNode(handlerFn.node) && contains(node, handlerFn.node));
  return beside?.handlerFn && endingOnEvent(beside.handlerFn, beside.event);
}

/** The list of statements in which a node stands. */
function listAround(node: Node): Node | undefined {
  let current: Node | undefined = node.parent;
  while (current && current.type !== 'BlockStatement' && current.type !== 'Program') current = current.parent;
  return current;
}

/**
 * The function of a module that ends what the module keeps: the only one that
 * bears the name of an ending, is told nothing, and clears a timer of the module
 * already.
 */
export function endingOfModule(start: FunctionFact, facts: Facts): FunctionFact | undefined {
  const { module } = facts.functions;
  if (start.parent !== module || start.method) return undefined;
  const ends = facts.functions.all.filter((fn) => fn.parent === module && isFunctionNode(fn.node) && fn.node.params.length === 0
    && (isTeardown(fn.name, facts) || isEntryEndName(fn.name) || isShutdownName(fn.name))
    && facts.summaries.own(fn).some(({ kind, place: { root, path } }) => kind === 'clear' && root.type === 'variable' && path.length === 0 && /^(?:module|global)$/u.test(root.variable.scope.type))
    && !facts.summaries.reach(fn).has(start));
  return ends.length === 1 ? ends[0] : undefined;
}
