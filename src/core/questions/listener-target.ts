import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { isExchangeName, isInjection, isKeptForAll, isProgramExport, isProgramPath, isSignalName, leadsToPage } from '../kinds/listener-targets.js';
import { declaringFunction, importOf, isParameter, onlyValue, type Variable } from '../scope/bindings.js';
import { decoratorsOf, hasPath, isFieldNode, isNothing, optionOf, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';

/**
 * What a listener's target lives with, as far as the file shows: the `program`;
 * a `module` of this or another file; a connection that is kept alive for the
 * next request (`kept-alive`); whoever gave it, as a `signal` that says when to
 * stop or as any other emitter (`given`); the code that adds the listener
 * (`own`); `unknown`, of which nothing is said.
 */
export type TargetLife = 'program' | 'module' | 'kept-alive' | 'signal' | 'given' | 'own' | 'unknown';

export function lifeOfTarget(registration: ListenerRegistration, facts: Facts): TargetLife {
  const target = unwrap(registration.target);
  if (isMediaQuery(target, facts)) return 'program';
  if (givesOnlyInstance(target)) return 'module';
  const place = registration.targetPlace;
  if (!place) return 'unknown';
  const life = lifeOf(place, facts, 0);
  const name = nameOf(place);
  if (life === 'given' && isGivenToCallback(place, facts)) return 'unknown';
  if (life === 'given' && (registration.style === 'method' ? registration.event === 'abort' && !registration.method.startsWith('prepend') : registration.style === 'helper') && isSignalName(name)) return 'signal';
  if (leadsToPage(name)) return 'program';
  if (life === 'given' && /^(?:socket|connection)$/.test(name) && isExchangeName(nameOf({ root: place.root, path: place.path.slice(0, -1) }))) return 'kept-alive';
  return life;
}

/** `pool.run(async (signal) => …)`: what a callback is given is there for that run. */
function isGivenToCallback({ root }: Place, facts: Facts): boolean {
  const home = root.type === 'variable' && isParameter(root.variable) ? declaringFunction(root.variable) : undefined;
  const call = home && parentOf(wrapped(home));
  if (!home || !(call?.type === 'CallExpression' || call?.type === 'NewExpression') || unwrap(call.callee) === home) return false;
  // What the executor of a promise or the like is given are functions; a signal is no such thing.
  return facts.functions.of(home)?.name === '';
}

/** Whether a container gives an object its target, which it made before and gives to others, too. */
export function isTargetInjected({ targetPlace }: ListenerRegistration, facts: Facts): boolean {
  const { root, path: [name] } = targetPlace ?? { root: undefined, path: [] };
  const member = root?.type === 'owner' && !root.isStatic && name !== undefined ? facts.owners.member(root.owner, name) : undefined;
  return member !== undefined && isInjected(member.node);
}

/** Whether an object is given what a place holds. */
export function isGivenTarget(place: Place, facts: Facts): boolean {
  return lifeOf(place, facts, 0) === 'given';
}

/** Fields that are given to each other are followed no further. */
const MAX_DEPTH = 3;

function lifeOf(place: Place, facts: Facts, depth: number): TargetLife {
  const { root, path } = place;
  if (depth > MAX_DEPTH) return 'unknown';
  switch (root.type) {
    case 'module':
      return 'module';
    case 'global':
      if (isProgramPath([root.name, ...path])) return 'program';
      return isKeptForAll([root.name, ...path]) ? 'module' : 'unknown';
    case 'owner': {
      if (root.isStatic) return path.length > 0 ? 'module' : 'unknown';
      return path.length === 0 ? 'own' : lifeOfField(place, facts, depth);
    }
    case 'variable':
      return lifeOfVariable(root.variable, path, facts, depth);
  }
}

function lifeOfVariable(variable: Variable, path: readonly string[], facts: Facts, depth: number): TargetLife {
  const source = importOf(variable);
  if (source) {
    if (isProgramExport(source.module, source.name) || isProgramExport(source.module, path[0] ?? '')) return 'program';
    return (isInstanceName(variable.name) || !isConstructed(variable)) && path.length <= 1 && path[0] !== ELEMENT ? 'module' : 'unknown';
  }
  if (isParameter(variable)) return 'given';
  const value = onlyValue(variable);
  if (value && isMediaQuery(value, facts)) return 'program';
  if (value && path.length === 0 && givesOnlyInstance(value)) return 'module';
  if (!declaringFunction(variable)) return value && path.length === 0 && (value.type === 'NewExpression' || value.type === 'CallExpression') ? 'module' : 'unknown';
  if (value) return lifeOfValue(value, facts, depth);
  return common(variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr ? [unwrap(reference.writeExpr)] : [])), facts, depth + 1);
}

/** What all values have in common; nothing, and what stands in for something, has no life of its own. */
function common(values: readonly Node[], facts: Facts, depth: number): TargetLife {
  const lives = values.filter((value) => !isNothing(value) && !isEmptyObject(value)).map((value) => lifeOfValue(value, facts, depth));
  const [first] = lives;
  if (first !== undefined && lives.every((life) => life === first)) return first;
  // Given or made here: it is the caller's whenever it is given.
  return lives.includes('given') ? 'given' : lives.includes('own') ? 'own' : 'unknown';
}

function isEmptyObject(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'ObjectExpression' && inner.properties.length === 0;
}

/** Whether `new` is used on it, or a class extends it: then it is a class, and none of its objects. */
function isConstructed(variable: Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const parent = parentOf(wrapped(identifier));
    return (parent?.type === 'NewExpression' && unwrap(parent.callee) === identifier) || ((parent?.type === 'ClassDeclaration' || parent?.type === 'ClassExpression') && parent.superClass === identifier);
  });
}

/** By convention a class or a namespace has a capital; what has none may be an object that the module made. */
function isInstanceName(name: string): boolean {
  return /^[a-z_$]/.test(name);
}

/** A field is given if it never holds anything else than a parameter, or a part of one. */
function lifeOfField(place: Place, facts: Facts, depth: number): TargetLife {
  const { root, path } = place;
  const [name] = path;
  if (root.type !== 'owner' || name === undefined) return 'unknown';
  const member = facts.owners.member(root.owner, name);
  if (member?.node.type === 'TSParameterProperty' || (member && isInjected(member.node))) return 'given';
  const values = valuesOf({ root, path: [name] }, member?.init, facts);
  // A part of the options that somebody gives: this.options = { ...DEFAULTS, ...options }.
  if (path.length > 1 && values.some((value) => isMergedFromGiven(value, facts))) return values.some((value) => namesMember(value, path[1])) ? 'unknown' : 'given';
  return common(values, facts, depth + 1);
}

/** `{ ...DEFAULTS, ...options }`, `Object.assign({}, DEFAULTS, options)`, where `options` is a parameter. */
function isMergedFromGiven(value: Node, facts: Facts): boolean {
  const inner = unwrap(value);
  const parts = inner.type === 'ObjectExpression' ? inner.properties.flatMap((property) => (property.type === 'SpreadElement' ? [property.argument] : []))
    : inner.type === 'CallExpression' && pathText(inner.callee) === 'Object.assign' ? inner.arguments : [];
  return parts.some((part) => {
    const given = unwrap(part);
    const variable = given.type === 'Identifier' ? facts.bindings.variableOf(given) : undefined;
    return variable !== undefined && isParameter(variable);
  });
}

/** Whether an object that is written out gives a member a value of its own. */
function namesMember(value: Node, name: string | undefined): boolean {
  const own = optionOf(unwrap(value), name ?? '');
  return own !== undefined && !isNothing(unwrap(own));
}

/** `@inject(Deployer) deployer: Deployer`: a container gives the field its value. */
function isInjected(member: Node): boolean {
  const isOpen = member.type === 'TSParameterProperty' || (isFieldNode(member) && !member.value);
  return isOpen && decoratorsOf(member).some(({ expression }) => isInjection(pathText(expression.type === 'CallExpression' ? expression.callee : expression) ?? ''));
}

function lifeOfValue(value: Node, facts: Facts, depth: number): TargetLife {
  const inner = unwrap(value);
  if (depth > MAX_DEPTH) return 'unknown';
  if (isMediaQuery(inner, facts)) return 'program';
  switch (inner.type) {
    case 'NewExpression':
    case 'CallExpression':
    case 'ObjectExpression':
      return 'own';
    case 'AwaitExpression':
      return lifeOfValue(inner.argument, facts, depth);
    case 'LogicalExpression':
      return inner.operator === '&&' ? lifeOfValue(inner.right, facts, depth) : common([inner.left, inner.right], facts, depth);
    case 'ConditionalExpression':
      return common([inner.consequent, inner.alternate], facts, depth);
    case 'Identifier': {
      // A parameter that is stored in a field bears the name of the field.
      const variable = facts.bindings.variableOf(inner);
      if (variable) return isParameter(variable) ? 'given' : lifeOfVariable(variable, [], facts, depth + 1);
      return lifeOf({ root: { type: 'global', name: inner.name }, path: [] }, facts, depth + 1);
    }
    case 'MemberExpression': {
      const root = rootOf(inner);
      const variable = root.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
      if (variable && isParameter(variable)) return 'given';
      const place = facts.places.resolve(inner);
      return place ? lifeOf(place, facts, depth + 1) : 'unknown';
    }
    default:
      return 'unknown';
  }
}

function rootOf(node: Node): Node {
  let current = unwrap(node);
  while (current.type === 'MemberExpression') current = unwrap(current.object);
  return current;
}

/** `window.matchMedia('(…)')`: a browser keeps it as long as somebody listens. */
function isMediaQuery(node: Node, facts: Facts): boolean {
  if (node.type !== 'CallExpression' || !hasPath(node.callee, /^(?:window\.|globalThis\.|self\.)?matchMedia$/)) return false;
  const callee = rootOf(node.callee);
  return callee.type === 'Identifier' && facts.bindings.isGlobal(callee);
}

/** `Hub.getInstance()`: by its name it gives the only one, which everybody has. */
function givesOnlyInstance(node: Node): boolean {
  const call = parseMethodCall(unwrap(node));
  return call?.args.length === 0 && /^(?:getInstance|getSharedInstance|sharedInstance|getSingleton|getGlobal)$/.test(call.method);
}

/** The bare name of a target: the last step of its path. */
export function nameOf(place: Place): string {
  return place.path.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : place.root.type === 'global' ? place.root.name : '');
}

/** What a field is ever given, where the file shows it. */
function valuesOf(place: Place, init: Node | undefined, facts: Facts): Node[] {
  return [...(init ? [init] : []), ...assignmentsTo(place, facts).map(({ right }) => unwrap(right))];
}
