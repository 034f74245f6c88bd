import type { TSESTree } from '@typescript-eslint/utils';
import { endingMethod, hasReleasingName } from '../kinds/releases.js';
import { contains, isFunctionNode, isNamed, isNothing, lastOfPath, memberName, parseMethodCall, pathText, unwrap, type MethodCall, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { collectCopies } from './copies.js';
import type { FunctionFact, Functions } from './functions.js';
import { NextStates } from './next-states.js';
import { ELEMENT, type Place, type Places } from './places.js';
import type { Stores } from './stores.js';
import { timerCallee, type TimerNames } from './timer-names.js';

/**
 * What code does to a place.
 * `grow` adds an entry, `shrink` takes some out, `empty` all of them (or a new
 * collection in its stead), `blank` overwrites an entry with nothing, `copy` makes
 * a new array of its elements, `measure` compares its size; `clear` stops a timer, `unref` lets the process end before
 * it; `end` calls a release method of the thing, `invoke` calls it as a function
 * (an unsubscriber); `hand-over` gives it to code the file does not show.
 */
export type OperationKind = 'grow' | 'shrink' | 'empty' | 'blank' | 'copy' | 'measure' | 'clear' | 'unref' | 'end' | 'invoke' | 'hand-over';

export interface Operation {
  readonly kind: OperationKind;
  readonly place: Place;
  readonly node: Node;
  readonly fn: FunctionFact;
  /** The key expression of an entry. */
  readonly key: Node | undefined;
  readonly value: Node | undefined;
  /** The method, operator or callee that does it, as written. */
  readonly how: string;
}

const ITERATES: ReadonlySet<string> = new Set(['forEach', 'map']);
const GROWS: Readonly<Record<string, number>> = { set: 0, add: 0, push: -1, unshift: -1 };
/** Callees that only read what they are given. */
const READS = /^(?:JSON\.stringify|Object\.(?:assign|keys|values|entries|freeze|is|fromEntries|getOwnPropertyNames|hasOwn)|Array\.(?:from|isArray)|structuredClone|console\.\w+|(?:\w+\.)*(?:log|debug|info|warn|error|trace|stringify|isEqual|includes|has|get|delete|indexOf|concat|deepEqual|inspect)|String|Number|Boolean|isNaN|Promise\.(?:all|allSettled|race|any)|Math\.\w+|expect|assert(?:\.\w+)*|clsx|cx|useMemo|useEffect|useCallback|useLayoutEffect|Reflect\.(?:get|has|ownKeys)|require|encodeURIComponent|Buffer\.(?:from|concat))$/;

/** Every operation of a file on a place, in source order per kind of syntax. */
export function collectOperations(tree: Tree, functions: Functions, places: Places, timers: TimerNames, stores: Stores): Operation[] {
  const operations: Operation[] = [];
  const add: AddOperation = (kind, target, node, how, key, value) => {
    for (const place of 'root' in target ? [target] : places.resolveAll(target)) {
      if (place.path.length + (place.root.type === 'owner' ? 0 : 1) > 0) operations.push({ kind, place, node, fn: functions.around(node), key, value, how });
    }
  };

  const given = placesGivenByCalls(tree, places);
  for (const call of tree.all('CallExpression')) {
    const timer = timerCallee(call.callee, timers);
    if (timer?.role === 'release' && call.arguments[0]) {
      add('clear', call.arguments[0], call, pathText(call.callee) ?? 'clear');
      continue;
    }
    const method = parseMethodCall(call);
    const first = method?.args[0];
    if (method && first && ITERATES.has(method.method) && timerCallee(first, timers)?.role === 'release') {
      // timers.forEach(clearTimeout)
      for (const handle of places.elementsOf(method.object)) add('clear', handle, call, pathText(first) ?? 'clear');
    } else if (method) {
      const borrowed = borrowedMethod(method);
      collectMethodCall(call, borrowed.object, borrowed.method, borrowed.args, add);
      // this.unsubscribe(): a field that holds a function, though its first value may be one that does nothing.
      const field = places.resolve(call.callee);
      if (field?.root.type === 'owner' && !field.root.isStatic && field.path.length === 1 && (!functions.valueOf(call.callee) || given.has(places.key(field)))) add('invoke', field, call, 'call');
    }
    else {
      const callee = unwrap(call.callee);
      // this.unsubscribers.get(id)?.(): the entry is its own release.
      const isEntryCall = parseMethodCall(callee)?.method === 'get' || (callee.type === 'MemberExpression' && callee.computed);
      if (isEntryCall || callee.type === 'Identifier') {
        const place = places.resolve(callee);
        if (place && (isEntryCall || place.path.length > 0 || (call.arguments.length === 0 && given.has(places.key(place))))) add('invoke', place, call, 'call');
      }
    }
    collectArguments(call, functions, places, add);
  }
  for (const created of tree.all('NewExpression')) collectArguments(created, functions, places, add);
  for (const unary of tree.all('UnaryExpression')) {
    if (unary.operator !== 'delete') continue;
    const target = unwrap(unary.argument);
    // `delete options.flag` takes out a property that the program names: it has no key.
    if (target.type === 'MemberExpression') add('shrink', target.object, unary, 'delete', target.computed ? target.property : undefined);
  }
  for (const assignment of tree.all('AssignmentExpression')) collectAssignment(assignment, places, tree, add);
  for (const binary of tree.all('BinaryExpression')) {
    if (!/^[<>]=?$|^[!=]==?$/.test(binary.operator)) continue;
    for (const side of [binary.left, binary.right]) {
      const inner = unwrap(side);
      if (inner.type === 'MemberExpression' && isNamed(inner, /^(?:size|length)$/)) add('measure', inner.object, binary, binary.operator, undefined, side === binary.left ? binary.right : binary.left);
    }
  }
  collectCopies(tree, add);
  new NextStates(stores, tree, places, timers.bindings, add).onDrafts(operations);
  return operations;
}

/** Places that a call gives their value: what it returns may be a function, whatever stood there before. */
function placesGivenByCalls(tree: Tree, places: Places): ReadonlySet<string> {
  const targets = [
    ...tree.all('AssignmentExpression').flatMap(({ operator, left, right }) => (operator === '=' && unwrap(right).type === 'CallExpression' ? [left] : [])),
    ...tree.all('VariableDeclarator').flatMap(({ id, init }) => (id.type === 'Identifier' && init && unwrap(init).type === 'CallExpression' ? [id] : [])),
  ];
  return new Set(targets.flatMap((target) => places.resolve(target) ?? []).map((place) => places.key(place)));
}

/** Notes an operation on what an expression means, or on a place. */
export type AddOperation = (kind: OperationKind, target: Node | Place, node: Node, how: string, key?: Node, value?: Node) => void;

function collectMethodCall(call: TSESTree.CallExpression, object: Node, method: string, args: readonly Node[], add: AddOperation): void {
  const keyIndex = GROWS[method];
  if (keyIndex !== undefined && args.length > 0) {
    if (method === 'set' && args.length < 2) return;
    add('grow', object, call, method, keyIndex < 0 ? undefined : args[0], method === 'set' ? args[1] : args[0]);
    return;
  }
  switch (method) {
    case 'delete':
    case 'deleteProperty':
      if (method === 'deleteProperty' && pathText(object) === 'Reflect') { if (args[0]) add('shrink', args[0], call, method, args[1]); } else if (args.length > 0) add('shrink', object, call, method, args[0]);
      break;
    case 'pop':
    case 'shift':
      add('shrink', object, call, method);
      break;
    case 'splice':
      add(args.length === 1 || isMoreThanZero(args[1]) ? 'shrink' : 'grow', object, call, method, undefined, args[2]);
      break;
    case 'fill':
    case 'copyWithin':
      break;
    case 'clear':
      add('empty', object, call, method);
      break;
    case 'call':
    case 'apply':
      // callbacks[id].apply(null, args): the entry is called.
      add('invoke', object, call, method);
      break;
    case 'unref':
      add('unref', object, call, method);
      break;
    case 'assign': {
      const [target, source] = args;
      if (pathText(object) === 'Object' && target && source?.type === 'ObjectExpression') {
        for (const property of source.properties) if (property.type === 'Property' && property.computed) add('grow', target, call, 'Object.assign', property.key, property.value);
      }
      break;
    }
    default: {
      const end = endingMethod(method);
      if (end !== undefined) add('end', object, call, end);
    }
  }
}

/** `Array.prototype.push.apply(list, items)` is `list.push(items)`; `map.delete.bind(map)` will delete from the map. */
function borrowedMethod(call: MethodCall): MethodCall {
  const callee = unwrap(call.object);
  if (!/^(?:call|apply|bind)$/.test(call.method) || callee.type !== 'MemberExpression') return call;
  const [target, ...args] = call.args;
  const method = memberName(callee);
  if (!target || method === undefined) return call;
  // What a bound method will be given is not known yet.
  return { object: target, method, args: args.length > 0 ? args : [target] };
}

function isMoreThanZero(count: Node | undefined): boolean {
  return !(count?.type === 'Literal' && count.value === 0);
}

/** A collection or handle given to a call that the file does not show is in other hands. */
function collectArguments(call: TSESTree.CallExpression | TSESTree.NewExpression, functions: Functions, places: Places, add: AddOperation): void {
  if (!call.arguments.some(mayHandOver)) return;
  const callee = unwrap(call.callee);
  const text = pathText(callee) ?? '';
  if (READS.test(text) || functions.valueOf(callee)) return;
  if (call.type === 'NewExpression' && /^(?:Map|Set|Array|WeakMap|WeakSet|Error|Proxy|\w*Error|Date|RegExp|URL|Promise)$/.test(text)) return;
  const method = parseMethodCall(call);
  const receiver = method && GROWS[method.method] !== undefined ? places.resolve(method.object) : undefined;
  const element = receiver && places.key({ root: receiver.root, path: [...receiver.path, ELEMENT] });
  for (const argument of call.arguments) {
    for (const given of givenBy(argument)) {
      const place = places.resolve(given);
      // What is stored there is known by that place: `this.timers.set(id, timer)` hands nothing on.
      if (place && places.key(place) !== element) add('hand-over', place, call, text);
    }
  }
}

/** What an argument gives: itself, or each member of an object that is written there: `prune({ recent, seen: this.seen })`. */
function givenBy(argument: Node): Node[] {
  const inner = unwrap(argument);
  const values = inner.type === 'ObjectExpression' ? inner.properties.map((property) => (property.type === 'Property' ? unwrap(property.value) : property)) : [inner];
  return values.filter(({ type }) => type === 'Identifier' || type === 'MemberExpression');
}

/** Whether an argument is of a form in which a collection or a handle may be given: a path, or an object with names of such. */
function mayHandOver(argument: Node): boolean {
  const { type } = unwrap(argument);
  return type === 'Identifier' || type === 'MemberExpression' || type === 'ObjectExpression';
}

function collectAssignment(assignment: TSESTree.AssignmentExpression, places: Places, tree: Tree, add: AddOperation): void {
  const left = unwrap(assignment.left);
  const value = unwrap(assignment.right);
  if (left.type === 'ArrayPattern' || left.type === 'ObjectPattern') {
    // [old, this.queue] = [this.queue, []]
    for (const target of targetsOf(left)) add('empty', target, assignment, '=', undefined, assignment.right);
    return;
  }
  if (left.type === 'MemberExpression') {
    const name = memberName(left);
    if (name === 'length') {
      add(value.type === 'Literal' && value.value === 0 ? 'empty' : 'shrink', left.object, assignment, 'length =');
      return;
    }
    const place = places.resolve(left);
    if (place?.path.at(-1) === ELEMENT && left.computed) {
      const holder = { root: place.root, path: place.path.slice(0, -1) };
      if (assignment.operator === '=' || assignment.operator === '??=' || assignment.operator === '||=') add(isNothing(value) ? 'blank' : 'grow', holder, assignment, '[]=', left.property, value);
      else add('grow', holder, assignment, '[]=', left.property, value);
    }
  }
  if (assignment.operator !== '=') return;
  const place = places.resolve(left);
  if (!place || (left.type === 'Identifier' && place.root.type !== 'variable')) return;
  const key = places.key(place);
  const readsItself = (node: Node): boolean => {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return false;
    const other = places.resolve(inner);
    return other !== undefined && places.key(other) === key;
  };
  const added = growthBySpread(value, readsItself);
  if (added) {
    add('grow', place, assignment, 'spread', added.key, added.value);
    return;
  }
  if (isFallback(value, readsItself) || isLazyInitialiser(assignment, readsItself, tree)) return;
  add('empty', place, assignment, '=', undefined, value);
}

/** What a destructuring assignment writes to. */
function targetsOf(pattern: Node): Node[] {
  switch (pattern.type) {
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? targetsOf(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => targetsOf(property.type === 'Property' ? property.value : property));
    case 'RestElement':
      return targetsOf(pattern.argument);
    case 'AssignmentPattern':
      return targetsOf(pattern.left);
    default:
      return [pattern];
  }
}

/** `x = [...x, item]`, `x = { ...x, [key]: value }`, `x = x.concat(item)`, `x = new Map([...x, [key, value]])`. */
export function growthBySpread(value: Node, readsItself: (node: Node) => boolean): { key?: Node; value?: Node } | undefined {
  if (value.type === 'ArrayExpression' && value.elements.length > 1 && value.elements.some((element) => element?.type === 'SpreadElement' && readsItself(element.argument))) {
    const added = value.elements.find((element) => element && !(element.type === 'SpreadElement' && readsItself(element.argument)));
    return added ? { value: added } : {};
  }
  if (value.type === 'ObjectExpression' && value.properties.some((property) => property.type === 'SpreadElement' && readsItself(property.argument))) {
    const added = value.properties.find((property) => property.type === 'Property' && property.computed);
    return added?.type === 'Property' ? { key: added.key, value: added.value } : undefined;
  }
  const method = parseMethodCall(value);
  return method?.method === 'concat' && readsItself(method.object) && method.args[0] ? { value: method.args[0] } : undefined;
}

/** `x = x ?? new Map()`: what is there stays. */
function isFallback(value: Node, readsItself: (node: Node) => boolean): boolean {
  return value.type === 'LogicalExpression' && value.operator !== '&&' && readsItself(value.left);
}

/** `if (!x) x = new Map()`: a first value, not a new one. */
function isLazyInitialiser(assignment: TSESTree.AssignmentExpression, readsItself: (node: Node) => boolean, tree: Tree): boolean {
  let child: Node = assignment;
  for (let current: Node | undefined = assignment.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (current.type === 'IfStatement' && contains(current.consequent, child)) {
      const test = current.test;
      if (tree.some(test, (node) => node.type === 'UnaryExpression' && node.operator === '!' && readsItself(node.argument))) return true;
      if (tree.some(test, (node) => node.type === 'BinaryExpression' && /^===?$/.test(node.operator) && (readsItself(node.left) || readsItself(node.right)))) return true;
    }
    if (current.type === 'LogicalExpression' && current.operator !== '&&' && contains(current.right, child) && readsItself(current.left)) return true;
  }
  return false;
}

/** Whether the callee of a hand-over says by its name that it lets go. */
export function handsToReleaser(operation: Operation): boolean {
  return operation.kind === 'hand-over' && hasReleasingName(lastOfPath(operation.how));
}

const LETS_GO: ReadonlySet<Operation['kind']> = new Set(['clear', 'end', 'empty', 'shrink', 'invoke']);

/** Whether an operation lets go of what a place holds, and puts nothing in its stead. */
export function letsGoOfPlace({ kind, value }: Operation): boolean {
  return LETS_GO.has(kind) && value === undefined;
}
