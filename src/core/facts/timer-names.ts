import { declaratorOf, importOf, onlyValue, type Bindings, type Variable } from '../scope/bindings.js';
import type { TimerKind } from '../settings.js';
import { keyName, literalText, memberName, pathText, unwrap, type Node } from '../syntax/nodes.js';

/** The platform's own timers. Node and browsers take either clear function for either timer. */
const PLATFORM: readonly TimerKind[] = [
  { id: 'timeout', acquire: ['setTimeout'], release: ['clearTimeout', 'clearInterval'] },
  { id: 'interval', acquire: ['setInterval'], release: ['clearInterval', 'clearTimeout'] },
];
const HOSTS = new Set(['window', 'globalThis', 'global', 'self']);
const MODULES = new Set(['timers', 'node:timers']);
const MAX_RENAMINGS = 4;

/** What a function does about timers. */
interface TimerRole {
  readonly kind: TimerKind;
  readonly role: 'acquire' | 'release';
}

/** The names of a file by which timers are started and stopped. */
export interface TimerNames {
  readonly bindings: Bindings;
  /** By the name of a global. */
  readonly platform: ReadonlyMap<string, TimerRole>;
  /** By the callee as written: a bare name of the platform counts only where it is the global, a project's own wrapper everywhere. */
  readonly own: ReadonlyMap<string, TimerRole>;
}

export function timerNames(bindings: Bindings, own: readonly TimerKind[]): TimerNames {
  return { bindings, platform: rolesOf([...PLATFORM, ...own]), own: rolesOf(own) };
}

/** Of two roles of one name, the first. */
function rolesOf(kinds: readonly TimerKind[]): Map<string, TimerRole> {
  const roles = new Map<string, TimerRole>();
  for (const kind of kinds) {
    for (const role of ['acquire', 'release'] as const) for (const name of kind[role]) if (!roles.has(name)) roles.set(name, { kind, role });
  }
  return roles;
}

/** What a callee does about timers, whatever it is called here: `setTimeout`, `window.setTimeout`, `timers.setTimeout`, an import under another name. */
export function timerCallee(callee: Node, { bindings, platform, own }: TimerNames): TimerRole | undefined {
  const name = platformName(unwrap(callee), bindings);
  if (name !== undefined) return platform.get(name);
  return own.size > 0 ? own.get((pathText(callee) ?? '').replace(/^this\./, '')) : undefined;
}

/** The global name behind a callee, through imports and constants that rename it; undefined if the file declares it otherwise. */
function platformName(callee: Node, bindings: Bindings, depth = 0): string | undefined {
  if (depth > MAX_RENAMINGS) return undefined;
  if (callee.type === 'Identifier') {
    const variable = bindings.variableOf(callee);
    if (!variable) return callee.name;
    const source = importOf(variable);
    if (source) return MODULES.has(source.module) ? source.name : undefined;
    const value = onlyValue(variable);
    return value ? platformName(value, bindings, depth + 1) : nameFromHost(variable, bindings);
  }
  if (callee.type !== 'MemberExpression') return undefined;
  return isHost(unwrap(callee.object), bindings) ? memberName(callee) : undefined;
}

/** `const { setTimeout: later } = window`: the name that the host knows it by. */
function nameFromHost(variable: Variable, bindings: Bindings): string | undefined {
  const declarator = declaratorOf(variable);
  if (declarator?.id.type !== 'ObjectPattern' || !declarator.init || !isHost(unwrap(declarator.init), bindings)) return undefined;
  for (const property of declarator.id.properties) {
    if (property.type === 'Property' && property.value.type === 'Identifier' && property.value.name === variable.name) return keyName(property);
  }
  return undefined;
}

/** What holds the platform's timers under their own names: `window`, or the module of timers. */
function isHost(object: Node, bindings: Bindings): boolean {
  if (object.type === 'CallExpression') {
    const [source] = object.arguments;
    return object.callee.type === 'Identifier' && object.callee.name === 'require' && bindings.isGlobal(object.callee) && MODULES.has(literalText(source) ?? '');
  }
  if (object.type !== 'Identifier') return false;
  const variable = bindings.variableOf(object);
  if (!variable) return HOSTS.has(object.name);
  const source = importOf(variable);
  return source !== undefined && MODULES.has(source.module) && (source.name === '*' || source.name === 'default');
}
