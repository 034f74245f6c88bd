import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { isForTheLast } from './key-loss.js';
import { endsOneOfMany, isTeardown, runsAtEnd } from './teardowns.js';
import type { Effect } from '../facts/summaries.js';
import { ENDS } from '../kinds/releases.js';
import { isParameter } from '../scope/bindings.js';
import { contains, hasPath, isFunctionNode, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { timerCallee } from '../facts/timer-names.js';

const REGISTRATION = /^_?(?:register|define|use|install|contribute|declare|createDecorator|createContext|route|subscribe|observe|listen|provide|bind|mount|extend|plugin|hook|tap|before|after|on|add(?:\w*(?:Provider|Filter|Plugin|Hook|Listener|Handler|Middleware|Route|Command|Rule|Type|Interceptor|Extension|Transform(?:er)?|Factory|Callback|Contribution|Schema|Option|Definition|Alias|Converter|Resolver|Loader|Matcher|Validator))?)(?=[A-Z]|$)/;
/** Methods beside a registration that change what is registered. */
const CHANGES = /^_?(?:update|set|replace|override|patch)(?=[A-Z]|$)/;
const REMOVAL = /^_?(?:unregister|remove|delete|close|disconnect|off|unsubscribe|uninstall|unuse|clear|dispose|drop)/;

/** The collection is filled through a registration API that has no way back (BENIGN, C4). */
export function isRegistry(growth: readonly Effect[], facts: Facts): boolean {
  // A reducer is asked by its actions, whatever hook it is written in.
  const fillers = growth.map(({ operation: { fn } }) => (facts.stores.isReducer(fn.node) ? fn : namedAround(fn)));
  if (!fillers.some((fn) => REGISTRATION.test(fn.name)) || !fillers.every((fn) => REGISTRATION.test(fn.name) || CHANGES.test(fn.name))) return false;
  return fillers.every(({ method }) => !method || ![...method.owner.members.keys()].some((name) => REMOVAL.test(name) && facts.functions.method(method.owner, name)));
}

/** Names of registration functions whose entries are parts of the program: as many as its text has. */
const CODE_REGISTRATION = /(?:Hook|Handler|Listener|Provider|Factory|Middleware|Plugin|Command|Type|Schema|Resolver|Callback|Function|Metadata|Definition|Tool|Prompt|Route|Rule|Migration|Contribution|Strategy|Component|Element|Directive|Module)s?$/;

/** Whether what a registration API takes is code, by the name of the API. */
export function registersCode(growth: readonly Effect[]): boolean {
  return growth.every((effect) => CODE_REGISTRATION.test(namedAround(effect.operation.fn).name));
}

/** Get or create: the same function asks for the key before it sets it (BENIGN, C6). */
export function isMemo(place: Place, growth: readonly Effect[], facts: Facts): boolean {
  const key = facts.places.key(place);
  return growth.every((effect) => {
    const { operation } = effect;
    if (operation.how === '[]=' && operation.node.type === 'AssignmentExpression' && operation.node.operator !== '=') return true;
    if (operation.key === undefined) return false;
    const home = namedAround(operation.fn).node;
    const text = facts.summaries.keyText(operation.key);
    return facts.tree.some(home, (node) => {
      const call = parseMethodCall(node);
      if (call && (call.method === 'get' || call.method === 'has') && call.args[0]) return samePlace(call.object, key, facts) && facts.summaries.keyText(call.args[0]) === text;
      if (node.type === 'MemberExpression' && node.computed && !(node.parent.type === 'AssignmentExpression' && node.parent.left === node)) return samePlace(node.object, key, facts) && facts.summaries.keyText(node.property) === text;
      return node.type === 'BinaryExpression' && node.operator === 'in' && samePlace(node.right, key, facts);
    });
  });
}

const REPORTS = /(?:^|\.)(?:\w*[wW]arn(?:ing|Once)?|log|error|info|debug|emitWarning|deprecate|report|print|notify)$/;

/** `if (!seen.has(x)) { seen.add(x); warn(…); }`, or the same with an early return (BENIGN, C7). */
export function isWarnOnce(growth: readonly Effect[], facts: Facts): boolean {
  return growth.length > 0 && growth.every(({ operation }) => {
    const block = operation.node.parent?.parent;
    return (operation.how === 'add' || (operation.how === '[]=' && operation.value?.type === 'Literal')) && facts.tree.some(block ?? operation.fn.node, (node) => node.type === 'CallExpression' && hasPath(node.callee, REPORTS), isFunctionNode);
  });
}

/** What an entry keeps alive besides itself, as a word for the message; undefined if it is plain data as far as the file shows. */
export function resourceInValue(growth: readonly Effect[], facts: Facts): string | undefined {
  for (const { operation } of growth) {
    const value = operation.value && valueBehind(operation.value, facts);
    const found = value && resourceIn(value, facts);
    if (found) return found;
  }
  return undefined;
}

/** The expression that a local was given, where an entry is made from a local. */
function valueBehind(value: Node, facts: Facts): Node {
  const inner = unwrap(value);
  if (inner.type !== 'Identifier') return inner;
  const definition = facts.bindings.variableOf(inner)?.defs[0]?.node as Node | undefined;
  return definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' && definition.init ? unwrap(definition.init) : inner;
}

const RESOURCE_NAME = /(?:socket|connection|process|child|watcher|timer|timeout|interval|server|stream|controller|subscription|pty|terminal|sandbox|browser|worker|client|transport|abort)$/i;

function resourceIn(value: Node, facts: Facts): string | undefined {
  if (settlesPromise(value, facts)) return 'promise';
  if (value.type === 'CallExpression' && timerCallee(value.callee, facts.timerNames)?.role === 'acquire') return 'timer';
  if (value.type === 'Identifier' && RESOURCE_NAME.test(value.name)) return value.name;
  if (value.type === 'NewExpression') {
    const callee = unwrap(value.callee);
    const variable = callee.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
    const owner = variable && facts.owners.ofVariable(variable);
    if (owner && [...owner.members.keys()].some((name) => ENDS.has(name))) return owner.name;
    if (callee.type === 'Identifier' && RESOURCE_NAME.test(callee.name)) return callee.name;
  }
  if (value.type === 'ObjectExpression') {
    for (const property of value.properties) {
      if (property.type !== 'Property') continue;
      const name = property.key.type === 'Identifier' ? property.key.name : '';
      const inner = unwrap(property.value);
      if (name === 'resolve' || name === 'reject' || settlesPromise(inner, facts)) return 'promise';
      if (RESOURCE_NAME.test(name) && inner.type !== 'Literal') return name;
      const found = inner.type === 'CallExpression' || inner.type === 'NewExpression' ? resourceIn(inner, facts) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** `resolve`, `[resolve, reject]`: parameters of a promise's executor, by which somebody waits. */
function settlesPromise(value: Node, facts: Facts): boolean {
  if (value.type === 'ArrayExpression') return value.elements.some((element) => element !== null && settlesPromise(unwrap(element), facts));
  const variable = value.type === 'Identifier' ? facts.bindings.variableOf(value) : undefined;
  const fn = variable && isParameter(variable) ? (variable.defs[0]?.node as Node | undefined) : undefined;
  const created = isFunctionNode(fn) ? parentOf(wrapped(fn)) : undefined;
  return created?.type === 'NewExpression' && created.callee.type === 'Identifier' && created.callee.name === 'Promise';
}

/** Another collection that gets the same key in the same function, and loses it again somewhere; `isMade`: the file makes that collection. */
export function releasedSibling(place: Place, growth: readonly Effect[], facts: Facts): { name: string; node: Node; isMade: boolean } | undefined {
  const own = facts.places.key(place);
  for (const { operation } of growth) {
    const text = facts.summaries.keyText(operation.key);
    if (text === undefined) continue;
    for (const other of facts.summaries.own(operation.fn)) {
      if (other.kind !== 'grow' || other === operation || facts.places.key(other.place) === own || facts.summaries.keyText(other.key) !== text) continue;
      const removal = facts.effectsOn(other.place).find((effect) => effect.operation.kind === 'shrink' && !isToggle(effect, operation.fn));
      if (removal && other.place.path.length + (other.place.root.type === 'variable' ? 1 : 0) > 0) {
        const name = other.place.path.at(-1) ?? (other.place.root.type === 'variable' ? other.place.root.variable.name : '');
        const key = facts.places.key(other.place);
        if (name !== '*') return { name, node: removal.operation.node, isMade: facts.collections.some((collection) => facts.places.key(collection.place) === key) };
      }
    }
  }
  return undefined;
}

/** Deleted in the very function that adds: in flight, or toggled, not ended (BENIGN, M1). */
function isToggle(effect: Effect, filler: FunctionFact): boolean {
  for (let fn: FunctionFact | undefined = effect.operation.fn; fn; fn = fn.parent) if (fn === filler) return true;
  return false;
}

/** `this.entries.get(id)?.dispose()` while nothing deletes the entry: ended, but kept. When the owner itself ends, nothing is kept. */
export function endedButKept(place: Place, growth: readonly Effect[], facts: Facts): Node | undefined {
  const element = { root: place.root, path: [...place.path, ELEMENT] };
  // What is ended before it is put in was never kept.
  const isEntryYet = ({ operation }: Effect): boolean => !growth.some((one) => one.operation.fn === operation.fn && operation.node.range[0] < one.operation.node.range[0]);
  return facts.effectsOn(element).find((effect) => effect.operation.kind === 'end' && isEntryYet(effect) && !isEndOfOwner(namedAround(effect.operation.fn), facts))?.operation.node;
}

/** Whether a function ends the owner of what it ends: by its name, and because all else that calls it is an end, too, or lets go of the last user. */
function isEndOfOwner(fn: FunctionFact, facts: Facts): boolean {
  if (runsAtEnd(fn, facts)) return true;
  return isTeardown(fn.name, facts) && !endsOneOfMany(fn) && facts.functions.callsOf(fn).every(({ node, from }) => runsAtEnd(from, facts) || isForTheLast(node, facts));
}

function samePlace(node: Node, key: string, facts: Facts): boolean {
  const place = facts.places.resolve(node);
  return place !== undefined && facts.places.key(place) === key;
}

/** The named function around a callback. */
export function namedAround(fn: FunctionFact): FunctionFact {
  let current = fn;
  while (current.name === '' && current.parent?.parent && contains(current.parent.node, current.node)) current = current.parent;
  return current;
}
