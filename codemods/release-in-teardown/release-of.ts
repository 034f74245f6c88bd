import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { areAlike } from '../../src/core/questions/forgetting.js';
import { endsOneOfMany } from '../../src/core/questions/teardowns.js';
import { subjectOfKey } from '../../src/core/questions/key-names.js';
import type { Obligation } from '../../src/core/questions/obligations.js';
import { isTeardownName } from '../../src/core/kinds/releases.js';
import { importOf } from '../../src/core/scope/bindings.js';
import { contains, isFieldNode, isFunctionNode, isNothing, parentOf, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { findHome as findSweepHome } from '../add-ttl-sweep/home.js';
import { findRelease } from '../add-ttl-sweep/release.js';
import type { Release } from './insertion.js';

/** What is to be released: an obligation, as far as its release depends on it. */
export type Held = Pick<Obligation, 'place' | 'kind' | 'noun' | 'node' | 'className'>;

/** How things of a kind are ended where the file ends none of them. */
const METHOD_OF_KIND: Readonly<Record<string, string>> = {
  process: 'kill', pty: 'kill', server: 'close', worker: 'terminate', browser: 'close', sandbox: 'kill', observer: 'disconnect', stream: 'destroy', file: 'close', audio: 'close', bag: 'dispose',
};
/** Kinds whose release gives a promise. */
const ASYNC_KIND = /^(?:browser|sandbox|file|client|audio)$/u;

/**
 * The statements by which a teardown releases something that is kept in a field,
 * a variable, or the entries of one.
 *
 * @param options.isTeardown whether what the function is told is what it ends; one that only forgets the handle may be told anything
 */
export function releaseOf(held: Held, teardown: FunctionFact, released: readonly Obligation[], writer: CodeWriter, facts: Facts, { isTeardown = true } = {}): Release | Refusal {
  const { place } = held;
  const depth = place.path.indexOf(ELEMENT);
  const outer: Place = depth === -1 ? place : { root: place.root, path: place.path.slice(0, depth) };
  const access = accessFrom(teardown, outer, facts);
  const name = outer.path.at(-1) ?? held.noun;
  if (access === undefined) return { refused: `${teardown.name}() cannot see where ${describe(held.noun, name)} is kept.` };
  const oneOfMany = isTeardown && endsOneOfMany(teardown);
  if (oneOfMany && depth === -1) return { refused: `${teardown.name}() is told what to end, and ${name} is not of that alone.` };
  const how = howToEnd(held, released, facts);
  const byKey = how === undefined && !oneOfMany ? releaseByKey(outer, access, teardown, writer, facts) : undefined;
  if (byKey) return byKey;
  if (how === undefined) return { refused: `Nothing in this file shows how ${describe(held.noun, name)} is ended.` };
  if (oneOfMany) return releaseEntry(held, outer, access, place.path.slice(depth + 1), how, teardown, writer, facts);
  if (depth !== -1) return releaseEntries(held, outer, access, place.path.slice(depth + 1), how, teardown, writer, facts);
  return releaseField(held, access, how, teardown, writer, facts);
}

/** `the socket feed`; what is named by its kind alone, once: `the observer`. */
function describe(noun: string, name: string): string {
  return `the ${name.replace(/^[#_]+/u, '').toLowerCase() === noun ? name : `${noun} ${name}`}`;
}

/** A way to end something: a function that takes it, a method of it, or calling it. */
export type How = { readonly type: 'function' | 'method'; readonly name: string; readonly isAsync: boolean } | { readonly type: 'call'; readonly isAsync: false };

/** How a thing is ended: as the file ends it or its like, else as its kind is. */
export function howToEnd(held: Held, released: readonly Obligation[], facts: Facts): How | undefined {
  if (held.kind === 'interval' || held.kind === 'timeout') return { type: 'function', name: held.kind === 'interval' ? 'clearInterval' : 'clearTimeout', isAsync: false };
  const alike = released.filter((other) => areAlike(other, held as Obligation) && other.className === held.className);
  const places = [held.place, ...alike.map(({ place }) => place)];
  for (const place of places) {
    const ends = facts.effectsOn(place).map(({ operation }) => operation);
    const end = ends.find(({ kind, how, node }) => kind === 'end' && how !== 'removeAllListeners' && !how.startsWith('[') && node.type === 'CallExpression' && node.arguments.length === 0);
    if (end) return { type: 'method', name: end.how, isAsync: isAwaited(end.node) || ASYNC_KIND.test(held.kind) };
    if (ends.some(({ kind }) => kind === 'invoke')) return { type: 'call', isAsync: false };
  }
  const own = teardownOfClass(held, facts);
  if (own !== undefined) return { type: 'method', ...own };
  const callee = pathText(held.node.callee) ?? '';
  if (held.kind === 'watcher') return /(?:^|\.)watch$|FSWatcher$/u.test(callee) ? { type: 'method', name: 'close', isAsync: false } : undefined;
  if (held.kind === 'socket' && isOfNet(held.node, facts)) return { type: 'method', name: 'destroy', isAsync: false };
  if (held.kind === 'socket') return /(?:WebSocket|EventSource|RTCPeerConnection)$/u.test(callee) ? { type: 'method', name: 'close', isAsync: false } : undefined;
  if (held.kind === 'subscription') return /\.on(?:Did|Will)[A-Z]\w*$/u.test(callee) ? { type: 'method', name: 'dispose', isAsync: false } : callee.endsWith('$.subscribe') ? { type: 'method', name: 'unsubscribe', isAsync: false } : undefined;
  const name = METHOD_OF_KIND[held.kind];
  return name === undefined ? undefined : { type: 'method', name, isAsync: ASYNC_KIND.test(held.kind) };
}

/** Whether a socket is one of Node's own: `new Socket()`, `net.connect(…)` by a name that is imported from there. */
function isOfNet({ callee }: Held['node'], facts: Facts): boolean {
  let head = unwrap(callee);
  while (head.type === 'MemberExpression') head = unwrap(head.object);
  const variable = head.type === 'Identifier' ? facts.bindings.variableOf(head) : undefined;
  return variable !== undefined && /^(?:node:)?(?:net|tls)$/u.test(importOf(variable)?.module ?? '');
}

/** The teardown of a class that this file declares. */
function teardownOfClass({ node }: Held, facts: Facts): { name: string; isAsync: boolean } | undefined {
  const callee = unwrap(node.callee);
  const variable = node.type === 'NewExpression' && callee.type === 'Identifier' ? facts.bindings.variableOf(callee) : undefined;
  const owner = variable && facts.owners.ofVariable(variable);
  const member = owner && [...owner.members.values()].find(({ name, fn, isPrivate }) => isTeardownName(name) && !isPrivate && isFunctionNode(fn) && fn.params.length === 0);
  return member && { name: member.name, isAsync: member.fn?.async ?? false };
}

function isAwaited(node: Node): boolean {
  return parentOf(node)?.type === 'AwaitExpression';
}

function releaseField({ place }: Held, access: string, how: How, teardown: FunctionFact, writer: CodeWriter, facts: Facts): Release | Refusal {
  const { semicolon, indent, typed } = writer.style;
  const mayBe = absenceOf(place, facts);
  const blank = mayBe === undefined || mayBe === 'unset' ? undefined : blankFor(teardown, mayBe, facts);
  const reset = blank === undefined ? [] : [`${access} = ${blank}${semicolon}`];
  if (how.type === 'function') {
    const lines = [`${how.name}(${access})${semicolon}`, ...reset];
    // clearInterval(null) is an error to the type checker.
    return { lines: mayBe === 'null' && typed ? [`if (${access}) {`, ...lines.map((line) => `${indent}${line}`), '}'] : lines };
  }
  // A file without optional chains may be read by what does not know them.
  const isOptional = mayBe !== undefined && (typed || facts.model.text.includes('?.'));
  const call = how.type === 'call' ? `${access}${isOptional ? '?.' : ''}()` : `${access}${isOptional ? '?' : ''}.${how.name}()`;
  const line = `${waitFor(how, teardown)}${call}${semicolon}`;
  return { lines: mayBe === undefined || isOptional ? [line] : [`if (${access}) {`, `${indent}${line}`, '}'], mayFail: call, then: reset };
}

/** `await` in an asynchronous teardown; nobody waits in another one. */
function waitFor({ isAsync }: How, { node }: FunctionFact): string {
  if (!isAsync) return '';
  return isFunctionNode(node) && node.async ? 'await ' : 'void ';
}

function releaseEntries({ noun, kind }: Held, outer: Place, access: string, path: readonly string[], how: How, teardown: FunctionFact, writer: CodeWriter, facts: Facts): Release | Refusal {
  const { semicolon, indent } = writer.style;
  const key = facts.places.key(outer);
  const collection = facts.collections.find((one) => facts.places.key(one.place) === key);
  const [property, ...deeper] = path;
  if (!collection || collection.kind === 'weak' || deeper.length > 0 || property === ELEMENT) return { refused: `The ${noun}s are kept too deep within ${access} to be ended one by one.` };
  const entries = collection.kind === 'map' ? `${access}.values()` : collection.kind === 'dictionary' ? `Object.values(${access})` : access;
  const one = property === undefined ? nameOfOne(kind) : 'entry';
  const handle = property === undefined ? one : `${one}.${property}`;
  const isOptional = property !== undefined && how.type !== 'function';
  const call = how.type === 'function' ? `${how.name}(${handle})` : how.type === 'call' ? `${handle}${isOptional ? '?.' : ''}()` : `${handle}${isOptional ? '?' : ''}.${how.name}()`;
  const isEmptied = property === undefined || (collection.kind !== 'array' && emptiesOthers(teardown, outer, facts) && endsNothingElse(outer, property, facts));
  const clear = !isEmptied || collection.kind === 'dictionary' ? [] : [collection.kind === 'array' ? `${access}.length = 0${semicolon}` : `${access}.clear()${semicolon}`];
  const lines: Lines = [`for (const ${one} of ${entries}) {`, `${indent}${waitFor(how, teardown)}${call}${semicolon}`, '}', ...clear];
  return { lines, ...(how.type === 'function' ? {} : { mayFail: call }) };
}

/** Whether a teardown empties other collections of the same object. */
function emptiesOthers(teardown: FunctionFact, { root }: Place, facts: Facts): boolean {
  return facts.summaries.own(teardown).some(({ kind, how, place }) => kind === 'empty' && how === 'clear' && root.type === 'owner' && place.root.type === 'owner' && place.root.owner === root.owner);
}

/** Whether the file ends nothing of the entries of a collection but one member, and nothing else of them would be lost. */
function endsNothingElse(outer: Place, member: string, facts: Facts): boolean {
  const entry = `${facts.places.key({ root: outer.root, path: [...outer.path, ELEMENT] })}.`;
  return facts.operations.every(({ kind, place }) => {
    const key = facts.places.key(place);
    return !/^(?:end|clear|invoke)$/u.test(kind) || !key.startsWith(entry) || key === `${entry}${member}`;
  });
}

/** The entries of a collection, each by the function of its owner that is told a key and ends its entry; undefined where there is none. */
function releaseByKey(outer: Place, access: string, teardown: FunctionFact, writer: CodeWriter, facts: Facts): Release | undefined {
  const { semicolon, indent } = writer.style;
  const collection = facts.collections.find((one) => facts.places.key(one.place) === facts.places.key(outer));
  const home = collection && findSweepHome(collection, facts, writer);
  if (!collection || !home || 'refused' in home || (collection.kind !== 'map' && collection.kind !== 'dictionary')) return undefined;
  const found = findRelease(collection, home, false, facts, writer);
  const one = 'refused' in found ? undefined : found.fn;
  if (!one?.fact || one.keyName === undefined || facts.summaries.reach(teardown).has(one.fact)) return undefined;
  const call = one.call(one.keyName, '');
  const keys = collection.kind === 'map' ? `${access}.keys()` : `Object.keys(${access})`;
  return { lines: [`for (const ${one.keyName} of ${keys}) {`, `${indent}${waitFor({ type: 'method', name: one.name, isAsync: one.isAsync }, teardown)}${call}${semicolon}`, '}'], mayFail: call };
}

/** What a teardown that is told a key ends: the entry of that key, and no other. */
function releaseEntry({ noun }: Held, outer: Place, access: string, path: readonly string[], how: How, teardown: FunctionFact, writer: CodeWriter, facts: Facts): Release | Refusal {
  const { semicolon } = writer.style;
  const [key] = isFunctionNode(teardown.node) ? teardown.node.params : [];
  const place = facts.places.key(outer);
  const collection = facts.collections.find((one) => facts.places.key(one.place) === place);
  const grown = facts.effectsOn(outer).flatMap(({ operation }) => (operation.kind === 'grow' && operation.key ? [pathText(operation.key) === undefined ? undefined : subjectOfKey(operation.key, facts)] : []));
  if (key?.type !== 'Identifier' || collection?.kind !== 'map' || path.length > 0 || how.type !== 'function') return { refused: `${teardown.name}() is told what to end, and which ${noun} of ${access} that is, the file does not show.` };
  const subject = subjectOfKey(key, facts);
  if (subject === undefined || !grown.every((one) => one === subject)) return { refused: `${access} is filled by another key than ${teardown.name}() is told.` };
  return { lines: [`${how.name}(${access}.get(${key.name}))${semicolon}`, `${access}.delete(${key.name})${semicolon}`] };
}

function nameOfOne(kind: string): string {
  return kind === 'process' ? 'child' : kind === 'bag' || kind === 'disposable' ? 'disposable' : kind;
}

/** How a teardown names a field of its own object, or a variable around it. */
function accessFrom(teardown: FunctionFact, { root, path }: Place, facts: Facts): string | undefined {
  const [name, ...deeper] = path;
  if (path.some((step) => step.startsWith('[') || step === ELEMENT)) return undefined;
  if (root.type === 'owner') {
    const { self } = teardown;
    if (name === undefined || deeper.length > 0 || self?.isStatic !== root.isStatic || facts.owners.declaring(self.owner, name) !== root.owner) return undefined;
    return `this.${name}`;
  }
  if (root.type !== 'variable' || path.length > 0) return undefined;
  return contains(root.variable.scope.block, teardown.node) ? root.variable.name : undefined;
}

/** What a field holds while it holds nothing; undefined if it is filled from the start. `unset`: it is filled later, and what it holds before is not written. */
function absenceOf({ root, path: [name] }: Place, facts: Facts): 'null' | 'undefined' | 'unset' | undefined {
  if (root.type === 'variable') {
    const [declared] = root.variable.defs;
    const node = declared?.node as Node | undefined;
    if (node?.type !== 'VariableDeclarator') return 'unset';
    if (!node.init) return 'undefined';
    return isNothing(unwrap(node.init)) ? blankOf(unwrap(node.init)) : undefined;
  }
  if (root.type !== 'owner' || name === undefined) return 'unset';
  const member = facts.owners.member(root.owner, name);
  const field = member && isFieldNode(member.node) ? member.node : undefined;
  const annotation = member?.annotation ? facts.model.text.slice(...member.annotation.range) : '';
  if (/\bnull\b/u.test(annotation)) return 'null';
  if (/\bundefined\b/u.test(annotation) || (field?.type === 'PropertyDefinition' && field.optional)) return 'undefined';
  if (member?.init) return isNothing(unwrap(member.init)) ? blankOf(unwrap(member.init)) : undefined;
  return isSetByConstructor(root.owner, name, facts) ? undefined : 'unset';
}

function blankOf(node: Node): 'null' | 'undefined' {
  return node.type === 'Literal' ? 'null' : 'undefined';
}

/** `this.x = …` among the statements of the constructor itself. */
function isSetByConstructor(owner: Parameters<Facts['functions']['constructorOf']>[0], name: string, facts: Facts): boolean {
  const constructor = facts.functions.constructorOf(owner);
  const node = constructor?.node;
  const body = isFunctionNode(node) && node.body.type === 'BlockStatement' ? node.body.body : [];
  return body.some((statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' && pathText(statement.expression.left) === `this.${name}` && !isNothing(unwrap(statement.expression.right)));
}

/** What a field is set to once it is released, if the teardown does so with the others. */
function blankFor(teardown: FunctionFact, absence: 'null' | 'undefined', facts: Facts): string | undefined {
  const resets = facts.tree.all('AssignmentExpression').some(({ left, right, range }) => contains(teardown.node, { range } as Node) && unwrap(left).type === 'MemberExpression' && isNothing(unwrap(right)));
  return resets ? absence : undefined;
}
