import type { Facts } from '../facts/facts.js';
import { isExported, type FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isEntryEndName } from '../kinds/releases.js';
import { declaringFunction, isParameter } from '../scope/bindings.js';
import { bodyNodes, decoratorsOf, hasPath, isClassNode, isFunctionNode, isMethodCall, lastName, parentOf, unwrap, type Node } from '../syntax/nodes.js';
import { variablesUsedIn } from './closed-over.js';
import { testsAround } from './endings.js';
import { isPattern } from './patterns.js';
import { isTeardown } from './teardowns.js';

/** What happens once in the life of a page or a program. */
const READY_EVENT = /^(?:DOMContentLoaded|load|ready|whenReady)$/;
const READY_CALL = /^(?:on|when)?_?(?:dom|document|page|app)?_?ready$/i;
/** Decorators of classes of which a container makes one. */
const SINGLETON = /^(?:injectable|singleton|service|provide\w*|component)$/i;

/** Names of methods with which a framework begins the life of an object. */
const HOOK = /^_?(?:on)?(?:[sS]tart(?:ed)?|[cC]reated|[mM]ounted|[iI]nit(?:iali[sz]ed)?|[rR]eady|[sS]etup|[bB]oot(?:ed)?|[lL]oad(?:ed)?)$/;

/** Names of functions that start a program; in a container's only instance, of what starts its work. */
const STARTS_PROGRAM = /^_?(?:init|initiali[sz]e|install|setup|bootstrap|boot|main|cli|run|launch)(?:[A-Z]\w*)?$/;
const STARTS_WORK = /^_?(?:start|run|begin|launch)(?:[A-Z]\w*)?$/;

/** Whether a function, or one around it, is named like one that starts a program. */
export function startsProgram(fn: FunctionFact): boolean {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (STARTS_PROGRAM.test(current.name) || IS_COMMAND.test(current.name)) return true;
  return false;
}

/** Names of commands that run until they are interrupted. */
const IS_COMMAND = /^(?:start|serve|dev|watch|listen|preview)(?:Server|Mode|Command)?$/;

/** Whether a function runs once per process: at module load, while a container's only instance is built, or under a flag that it sets. */
export function runsOnce(fn: FunctionFact, facts: Facts): boolean {
  if (fn === facts.functions.module) return true;
  if (isLatched(fn, facts) || isCalledOnceWhenReady(fn, facts) || isInCourseOfModule(fn, facts) || isHookOfProgram(fn, facts)) return true;
  if (!fn.triggers.areAmong('load', 'construct')) return false;
  if (!fn.triggers.has('construct')) return true;
  return fn.self !== undefined && (isSingleton(fn.self.owner.node) || isMadeOnce(fn.self.owner, facts));
}

/** Whether the module makes the only object of a class, which no other file can make. */
function isMadeOnce(owner: Owner, facts: Facts): boolean {
  const [made, ...more] = facts.functions.constructionsOf(owner);
  if (made === undefined) {
    const shown = owner.variable && facts.exports.nameOf(owner.variable);
    return shown !== undefined && facts.others.ask('isMadeOnceAtLoad', shown);
  }
  return more.length === 0 && facts.functions.around(made) === facts.functions.module 
    && owner.variable !== undefined && ![owner.variable, ...facts.bindings.innerClassNames(owner.node)].some(isExported);
}

/**
 * Whether a timer may belong to the program and not to the call that starts it:
 * its callback works on nothing but what the module has, or the function is
 * named like one that starts a program and the callback uses none of its parameters.
 */
export function mayServeProgram(timer: TimerAcquisition, facts: Facts): boolean {
  const { fn, callback } = timer;
  const singleton = fn.self !== undefined && isSingleton(fn.self.owner.node);
  if (singleton && STARTS_WORK.test(fn.name)) return true;
  if (fn.self || !callback || hasModuleTeardown(timer, facts)) return false;
  const used = variablesUsedIn(callback.node, facts).filter((variable) => declaringFunction(variable) !== undefined);
  return used.length === 0 || (STARTS_PROGRAM.test(fn.name) && !used.some(isParameter));
}

/** Whether the module has an end of its own: some function of it, named like one, clears another timer of the module. */
export function hasModuleTeardown(timer: TimerAcquisition, facts: Facts): boolean {
  return facts.operations.some(({ kind, place, fn }) => kind === 'clear' && livesWithProgram(place) && fn !== timer.fn && (isTeardown(fn.name, facts) || isEntryEndName(fn.name)));
}

/** `if (!started) start(); … started = true`: a flag of the module lets the function run once. */
function isLatched(fn: FunctionFact, facts: Facts): boolean {
  const written = new Set(facts.summaries.own(fn).filter(({ kind, how, place }) => kind === 'empty' && how === '=' && livesWithProgram(place)).map(({ place }) => facts.places.key(place)));
  if (written.size === 0 || !isFunctionNode(fn.node)) return false;
  const isFlag = (test: Node): boolean => facts.tree.some(test, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return place !== undefined && written.has(facts.places.key(place));
  });
  const first = bodyNodes(fn.node).find((node) => node.type === 'IfStatement');
  if (first?.type === 'IfStatement' && leaves(first.consequent) && isFlag(first.test)) return true;
  const calls = facts.functions.callsOf(fn);
  return calls.length > 0 && calls.every((call) => testsAround(call.node, call.from.node).some(isFlag));
}

/** Written within continuations of promises and callbacks of time-outs that the module itself starts: each of them runs once. */
function isInCourseOfModule(fn: FunctionFact, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current !== facts.functions.module; current = current.parent) {
    const call: Node | undefined = current && isFunctionNode(current.node) ? parentOf(current.node) : undefined;
    if (!current || call?.type !== 'CallExpression') return false;
    const isOnce = isMethodCall(call, /^(?:then|catch|finally)$/) || facts.timers.some((timer) => timer.node === call && timer.kind.id === 'timeout') || unwrap(call.callee) === current.node;
    if (!isOnce || isInLoop(call)) return false;
  }
  return true;
}

function isInLoop(node: Node): boolean {
  for (let current = node.parent; current && !isFunctionNode(current); current = current.parent) if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
  return false;
}

/**
 * `broker.createService({ started() { … } })` in a module that exports nothing:
 * what the module gives its only object to starts that once, by a hook that
 * nothing here calls.
 */
function isHookOfProgram(fn: FunctionFact, facts: Facts): boolean {
  const owner = fn.method?.owner;
  if (owner?.kind !== 'object' || isPattern(owner.node) || !HOOK.test(fn.name) || facts.functions.callsOf(fn).length > 0) return false;
  const call = parentOf(owner.node);
  return call?.type === 'CallExpression' && facts.functions.around(call) === facts.functions.module && !isInLoop(call) && !exportsAnything(facts);
}

/** Whether a module that exports nothing calls a function in one place, in its own course or when something has answered it: `store.connect(() => serve())`. */
export function isStartOfProgram(fn: FunctionFact, facts: Facts): boolean {
  const [call, more] = facts.functions.callsOf(fn);
  if (!call || more || call.over || fn.escapes || isInLoop(call.node) || exportsAnything(facts)) return false;
  const { from } = call;
  if (from === facts.functions.module) return true;
  // What is called for each job or client is given it.
  const answer = isFunctionNode(from.node) && from.node.params.every((parameter) => parameter.type === 'Identifier' && /^(?:e|err|error)$/.test(parameter.name));
  const asked = parentOf(from.node);
  return answer && from.parent === facts.functions.module && asked?.type === 'CallExpression' && !isInLoop(asked) && from.triggers.areAmong('load', 'callback', 'call');
}

function exportsAnything(facts: Facts): boolean {
  if (facts.tree.all('ExportNamedDeclaration').length + facts.tree.all('ExportDefaultDeclaration').length + facts.tree.all('ExportAllDeclaration').length > 0) return true;
  return facts.tree.all('AssignmentExpression').some(({ left }) => hasPath(left, /^(?:module\.)?exports(?:\.|$)/));
}

function leaves(node: Node): boolean {
  return node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ReturnStatement');
}

function livesWithProgram(place: Place): boolean {
  return place.root.type === 'global' || place.root.type === 'module' || (place.root.type === 'owner' ? place.root.isStatic : declaringFunction(place.root.variable) === undefined);
}

/** Called in one place, which runs when the page or the program is ready: that happens once. */
function isCalledOnceWhenReady(fn: FunctionFact, facts: Facts): boolean {
  const [call, more] = facts.functions.callsOf(fn);
  if (!call || more || call.over || fn.escapes) return false;
  for (let current: FunctionFact | undefined = call.from; current; current = current.parent) {
    if (current.registrations.some(({ event }) => READY_EVENT.test(event))) return true;
    const registering = parentOf(current.node);
    if (registering?.type === 'CallExpression' && READY_CALL.test(lastName(registering.callee))) return true;
  }
  return false;
}

/** Whether a container makes one instance of a class, as its decorator says. */
export function isSingleton(node: Node): boolean {
  return isClassNode(node) && decoratorsOf(node).some((decorator) => {
    const { expression } = decorator;
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    return callee.type === 'Identifier' && SINGLETON.test(callee.name);
  });
}
