import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { declaringFunction, importOf, isParameter, onlyValue } from '../scope/bindings.js';
import { contains, decoratorsOf, hasPath, isClassNode, isFunctionNode, isNothing, memberName, parentOf, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { ClearPaths } from './clear-paths.js';
import { variablesUsedIn } from './closed-over.js';
import { clearsHandle } from './handle-release.js';
import { isTeardown } from './teardowns.js';

/** How a framework takes away what started a timer, where that leaves the timer running. */
export interface Unmount {
  readonly code: 'unmount-leaves-it' | 'unmount-leaves-listener' | 'no-unmount' | 'effect-leaves-it';
  readonly node: Node;
  /** What the framework calls: `componentWillUnmount`, or the clean-up of `useEffect`. */
  readonly hook: string;
}

const REACT = /^(?:(?:React|Preact|preact)\.)?(?:Pure)?Component$/;
const ELEMENT_CLASS = /^(?:HTML\w*Element|LitElement|ReactiveElement)$/;
const ANGULAR = /^(?:Component|Directive|Pipe)$/;
const VUE_CREATES = /^(?:created|mounted|beforeMount|beforeCreate|activated)$/;
/** What makes an object the options of a component: `methods` and `created` are those of other frameworks, too. */
const VUE_ONLY = ['data', 'template', 'render', 'computed', 'watch', 'props', 'components', 'mounted'];
/** Hooks that a framework calls once before it takes the component away again. */
const MOUNTS = /^(?:componentDidMount|connectedCallback|ngOnInit|ngAfter(?:View|Content)Init|created|mounted|beforeMount|beforeCreate|activated)$/;
const VUE_ENDS = ['beforeUnmount', 'unmounted', 'beforeDestroy', 'destroyed', 'deactivated'];
/** A time-out of more than this many milliseconds is a wait that a person may outlast. */
const LONG_MS = 5_000;
/** Within the time of an animation nobody misses a time-out, in milliseconds (BENIGN, T3). */
const ANIMATION_MS = 500;
const EFFECT = /^(?:React\.)?use(?:Layout|Insertion)?Effect$/;

/** Whether a call gives React a function to run after it has drawn. */
export function isEffect(call: Node): boolean {
  return call.type === 'CallExpression' && hasPath(call.callee, EFFECT);
}

/** Where the framework's unmounting does not stop a timer of the component; undefined if it does, or if there is no framework. */
export function findUnmount(handle: Place | undefined, timer: TimerAcquisition, paths: ClearPaths | undefined, facts: Facts): Unmount | undefined {
  return unmountOfObject(handle, timer, paths, facts) ?? unmountOfEffect(timer, paths, facts) ?? (handle && paths ? unmountOfHook(handle, timer, facts) : undefined);
}

/** Names of what runs a function when a component is taken away: `useUnmount(stop)`. */
const RUNS_AT_UNMOUNT = /[uU]nmount|[cC]lean[uU]p|[dD]estroy|[dD]ispose|[bB]lur/;

/**
 * A timer that a component keeps in a ref and clears on the ways of its work
 * only: no effect returns a clean-up that clears it. A hook that gives its
 * caller what clears it leaves that to the caller.
 */
function unmountOfHook({ root, path }: Place, timer: TimerAcquisition, facts: Facts): Unmount | undefined {
  const home = root.type === 'variable' && path.length === 1 && path[0] === 'current' ? declaringFunction(root.variable) : undefined;
  const made = home && root.type === 'variable' ? onlyValue(root.variable) : undefined;
  const component = home && facts.functions.of(home);
  if (!component || made?.type !== 'CallExpression' || !/^(?:React\.)?useRef$/.test(pathText(made.callee) ?? '') || !isFromElsewhere(made.callee, /react|preact|^ink$/i, facts)) return undefined;
  if (timer.kind.id !== 'interval' && (timer.delay === undefined || timer.delay <= LONG_MS)) return undefined;
  const clearing = facts.functions.all.filter((fn) => contains(component.node, fn.node) && fn !== component && !facts.summaries.reach(fn).has(timer.fn) && reachesClear(fn, { root, path }, facts));
  if (facts.effectsOn({ root, path: [] }).some(({ operation }) => operation.kind === 'hand-over') || clearing.some((fn) => mayRunAtUnmount(fn, component, facts))) return undefined;
  return { code: 'effect-leaves-it', node: component.node, hook: 'useEffect' };
}

/** Whether a function may be run when its component is taken away: as a clean-up, by whoever is given it, or by the caller of a hook. */
function mayRunAtUnmount(fn: FunctionFact, component: FunctionFact, facts: Facts): boolean {
  if (effectCleanups(facts).some((cleanup) => cleanup.fn === fn || facts.summaries.reach(cleanup.fn).has(fn))) return true;
  const holder = isFunctionNode(fn.node) ? fn.node.parent : undefined;
  const call = holder?.type === 'CallExpression' ? holder : undefined;
  if (call && RUNS_AT_UNMOUNT.test(pathText(call.callee) ?? '')) return true;
  if (/^use[A-Z]/.test(component.name) || facts.tree.all('JSXElement').length === 0) return facts.places.destinationOf(fn.node).type === 'returned' || isNamedInReturn(fn, component, facts);
  return facts.functions.all.some((other) => RUNS_AT_UNMOUNT.test(other.name) && facts.summaries.reach(other).has(fn));
}

/** Whether a hook returns something in which a name of a function stands: `return { start, stop }`. */
function isNamedInReturn(fn: FunctionFact, component: FunctionFact, facts: Facts): boolean {
  return facts.tree.all('ReturnStatement').some((statement) => statement.argument && facts.functions.around(statement) === component && facts.tree.some(statement.argument, (node) => (node.type === 'Identifier' && facts.functions.valueOf(node) === fn) || node === fn.node));
}

function unmountOfObject(handle: Place | undefined, timer: TimerAcquisition, paths: ClearPaths | undefined, facts: Facts): Unmount | undefined {
  const self = timer.fn.self;
  const hooks = self && !self.isStatic ? unmountHooksOf(self.owner, facts) : [];
  if (!self || hooks.length === 0) return undefined;
  // A handle that is kept elsewhere than in the component is cleared by others, or is a local.
  const isOwn = handle?.root.type === 'owner' && facts.owners.declaring(self.owner, handle.path[0] ?? '') === handle.root.owner;
  if (paths && (!isOwn || endsSomewhere(paths, facts) || paths.local.length === 0 && paths.others.length === 0)) return undefined;
  const written = hooks.flatMap((name) => facts.functions.method(self.owner, name) ?? []);
  // A clear on any of the ways that lead to the end.
  if (handle && [...written, ...registeredEnds(hooks, facts)].some((hook) => reachesClear(hook, handle, facts))) return undefined;
  const [hook] = written;
  if (!actsOnComponent(timer, facts) || (hook && runsUnknownMember(hook, facts))) return undefined;
  if (hook && !paths) return undefined; // a teardown like any other
  return hook ? { code: 'unmount-leaves-it', node: hook.node, hook: hook.name } : { code: 'no-unmount', node: self.owner.node, hook: hooks[0] ?? '' };
}

/** Whether the callback does more with its object than to read what it was given as `props`, which outlive it. */
function actsOnComponent(timer: TimerAcquisition, facts: Facts): boolean {
  const { callback } = timer;
  if (!callback || !isFunctionNode(callback.node)) return false;
  return [...facts.summaries.reach(callback)].some((fn) => facts.tree.some(fn.node, (node) => {
    if (node.type !== 'MemberExpression') return false;
    const place = facts.places.resolve(node.object);
    return place?.root.type === 'owner' && place.path.length === 0 && memberName(node) !== 'props';
  }));
}

/** Whether a hook calls a field that holds a function the file does not show: `this.release = make(this.clear)`. */
export function runsUnknownMember(hook: FunctionFact, facts: Facts): boolean {
  return [...facts.summaries.reach(hook)].some((fn) => facts.tree.some(fn.node, (node) => {
    const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
    if (callee?.type !== 'MemberExpression' || facts.functions.valueOf(callee)) return false;
    const place = facts.places.resolve(callee.object);
    const name = memberName(callee);
    return place?.root.type === 'owner' && place.path.length === 0 && name !== undefined && facts.owners.member(place.root.owner, name)?.init !== undefined;
  }));
}

/** What Angular is given to run at the end: `destroyRef.onDestroy(fn)`, and the parameter of `effect((onCleanup) => onCleanup(fn))`. */
function registeredEnds(hooks: readonly string[], facts: Facts): FunctionFact[] {
  if (!hooks.includes('ngOnDestroy')) return [];
  return facts.tree.all('CallExpression').flatMap((call) => {
    const [given] = call.arguments;
    const isEnd = parseMethodCall(call)?.method === 'onDestroy' || isCleanupOfEffect(unwrap(call.callee), facts);
    return given && isEnd ? (facts.functions.valueOf(given) ?? []) : [];
  });
}

/** Whether a callee is what Angular gives to the function of an effect. */
function isCleanupOfEffect(callee: Node, facts: Facts): boolean {
  const variable = callee.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
  const fn = variable && isParameter(variable) ? declaringFunction(variable) : undefined;
  const call = fn && parentOf(fn);
  return call?.type === 'CallExpression' && pathText(call.callee) === 'effect' && isFromElsewhere(call.callee, /^@angular\//, facts);
}

/** Whether a function that is named like an end, or listens to one, clears the handle. */
function endsSomewhere(paths: ClearPaths, facts: Facts): boolean {
  return paths.listeners.length > 0 || paths.others.some((fn) => isTeardown(fn.name, facts));
}

function reachesClear(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  const key = facts.places.key(handle);
  return clearsHandle(fn, handle, facts) || facts.summaries.of(fn).some((effect) => effect.operation.kind === 'hand-over' && facts.places.key(effect.place) === key);
}

/** The hooks of a component with which a framework ends what its hook `fn` begins: `componentWillUnmount` for `componentDidMount`. */
export function unmountsFor({ method }: FunctionFact, facts: Facts): FunctionFact[] {
  if (!method || method.member.isStatic || !MOUNTS.test(method.member.name)) return [];
  return unmountHooksOf(method.owner, facts).flatMap((name) => facts.functions.method(method.owner, name) ?? []);
}

/** Whether a framework makes the objects of a class and takes them away, so that nobody else has them. */
export function isComponent(owner: Owner, facts: Facts): boolean {
  return unmountHooksOf(owner, facts).length > 0;
}

/** Whether all that a class of this file inherits is a framework's base class, which knows none of its fields. */
export function extendsOnlyFramework({ superClass }: Owner, facts: Facts): boolean {
  return superClass !== undefined && unwrap(superClass).type !== 'CallExpression' && hookOfBase(superClass, facts) !== undefined;
}

function hookOfBase(superClass: Node, facts: Facts): string | undefined {
  const extended = pathText(superClass);
  if (extended && REACT.test(extended) && isFromElsewhere(superClass, /react|preact|inferno|^ink$/i, facts)) return 'componentWillUnmount';
  if (extended && ELEMENT_CLASS.test(extended) && isFromElsewhere(superClass, /./, facts)) return 'disconnectedCallback';
  return undefined;
}

/** The hooks that a framework calls when it takes away an object, by what its class extends or is decorated with. */
function unmountHooksOf(owner: Owner, facts: Facts): readonly string[] {
  let base = owner;
  for (let above = facts.owners.superOf(base); above && above !== owner; above = facts.owners.superOf(base)) base = above;
  if (isClassNode(base.node)) {
    const hook = base.superClass && hookOfBase(behindMixins(base.superClass), facts);
    if (hook) return [hook];
    const decorated = decoratorsOf(base.node).some(({ expression }) => {
      const callee = unwrap(expression.type === 'CallExpression' ? expression.callee : expression);
      return callee.type === 'Identifier' && ANGULAR.test(callee.name) && isFromElsewhere(callee, /^@angular\//, facts);
    });
    return decorated ? ['ngOnDestroy'] : [];
  }
  const isVue = owner.kind === 'object' && [...owner.members.values()].some((member) => VUE_CREATES.test(member.name) && member.fn !== undefined) && facts.functions.module === facts.functions.around(owner.node);
  return isVue && (VUE_ONLY.some((name) => owner.members.has(name)) || facts.model.path.endsWith('.vue')) ? VUE_ENDS : [];
}

/** `Draggable(Observing(LitElement))`: the class that mixins add to. */
function behindMixins(superClass: Node): Node {
  const inner = unwrap(superClass);
  const [base] = inner.type === 'CallExpression' ? inner.arguments : [];
  return base ? behindMixins(base) : inner;
}

/** Whether a name is imported from a module that matches, or is a global: not a class of the same name in this file. */
function isFromElsewhere(node: Node | undefined, module: RegExp, facts: Facts): boolean {
  let root = node && unwrap(node);
  while (root?.type === 'MemberExpression') root = unwrap(root.object);
  if (root?.type !== 'Identifier') return false;
  const variable = facts.bindings.variableOf(root);
  if (!variable) return true;
  const source = importOf(variable);
  return source !== undefined && module.test(source.module);
}

/** An effect whose clean-up, if it returns one at all, does not clear what the effect starts. */
function unmountOfEffect(timer: TimerAcquisition, paths: ClearPaths | undefined, facts: Facts): Unmount | undefined {
  const effect = effectAround(timer.fn, facts);
  if (!effect) return undefined;
  const { fn, name } = effect;
  // A clear in any function that goes out of the effect may be run when the component is taken away.
  if (paths && paths.listeners.length + paths.others.length > 0) return undefined;
  if (timer.kind.id !== 'interval' && ((timer.delay !== undefined && timer.delay <= ANIMATION_MS) || !closesOverRun(timer.callback, fn.node, facts))) return undefined;
  const cleanups = returnedBy(fn, facts);
  if (cleanups === 'unknown') return undefined;
  return { code: 'effect-leaves-it', node: cleanups[0]?.node ?? fn.node, hook: name };
}

/** What the effects of the components of a file return: it runs before the next run, and when the component is taken away. */
export function effectCleanups(facts: Facts): { fn: FunctionFact; hook: string }[] {
  return facts.functions.all.flatMap((fn) => {
    const effect = isFunctionNode(fn.node) && fn.node.parent.type === 'CallExpression' ? effectAround(fn, facts) : undefined;
    const cleanups = effect?.fn === fn ? returnedBy(fn, facts) : [];
    return effect && cleanups !== 'unknown' ? cleanups.map((cleanup) => ({ fn: cleanup, hook: effect.name })) : [];
  });
}

/** How a framework ends what adds a listener that nothing takes away: a component, or an effect. */
export function findUnmountOf(fn: FunctionFact, facts: Facts): Unmount | undefined {
  const self = fn.self && !fn.self.isStatic ? fn.self : undefined;
  const [hook] = self ? unmountHooksOf(self.owner, facts) : [];
  if (self && hook !== undefined) {
    const written = unmountHooksOf(self.owner, facts).flatMap((name) => facts.functions.method(self.owner, name) ?? [])[0];
    return written ? { code: 'unmount-leaves-listener', node: written.node, hook: written.name } : { code: 'no-unmount', node: self.owner.node, hook };
  }
  const effect = effectAround(fn, facts);
  const cleanups = effect && returnedBy(effect.fn, facts);
  return effect && cleanups && cleanups !== 'unknown' ? { code: 'effect-leaves-it', node: cleanups[0]?.node ?? effect.fn.node, hook: effect.name } : undefined;
}

/** The effect in whose run a function runs: written in it, or called by it. */
export function effectAround(fn: FunctionFact, facts: Facts): { fn: FunctionFact; name: string } | undefined {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) {
    const call = current.node.parent;
    if (!isFunctionNode(current.node) || call?.type !== 'CallExpression' || call.arguments[0] !== current.node) continue;
    const name = pathText(call.callee);
    if (name !== undefined && EFFECT.test(name) && isFromElsewhere(call.callee, /react|preact|^ink$/i, facts)) return { fn: current, name };
  }
  return undefined;
}

/** Whether a callback uses what the component or the effect made: state, props, a reference. What only a listener was told is nobody's. */
function closesOverRun(callback: FunctionFact | undefined, effect: Node, facts: Facts): boolean {
  return callback !== undefined && variablesUsedIn(callback.node, facts).some((variable) => {
    const home = declaringFunction(variable);
    return home !== undefined && contains(home, effect);
  });
}

/** The functions that a function returns; `unknown` if it returns something that the file does not show. */
function returnedBy(fn: FunctionFact, facts: Facts): FunctionFact[] | 'unknown' {
  if (!isFunctionNode(fn.node)) return [];
  const values = fn.node.body.type === 'BlockStatement'
    ? facts.tree.all('ReturnStatement').flatMap((statement) => (statement.argument && facts.functions.around(statement) === fn ? [statement.argument] : []))
    : [fn.node.body];
  const returned: FunctionFact[] = [];
  for (const value of values) {
    const cleanup = facts.functions.valueOf(value);
    if (cleanup) returned.push(cleanup);
    else if (!isNothing(unwrap(value)) && !facts.timers.some((timer) => timer.node === unwrap(value))) return 'unknown';
  }
  return returned;
}
