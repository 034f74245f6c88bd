import { importOf, type Bindings } from '../scope/bindings.js';
import type { TimerKind } from '../settings.js';
import { memberName, pathText, unwrap, type Node } from '../syntax/nodes.js';

/** The platform's own timers. Node and browsers take either clear function for either timer. */
const PLATFORM: readonly TimerKind[] = [
  { id: 'timeout', acquire: ['setTimeout'], release: ['clearTimeout', 'clearInterval'] },
  { id: 'interval', acquire: ['setInterval'], release: ['clearInterval', 'clearTimeout'] },
];
const HOSTS = new Set(['window', 'globalThis', 'global', 'self']);
const MODULES = new Set(['timers', 'node:timers']);

/** The names of a file by which timers are started and stopped. */
export interface TimerNames {
  readonly bindings: Bindings;
  readonly kinds: readonly TimerKind[];
}

export function timerNames(bindings: Bindings, own: readonly TimerKind[]): TimerNames {
  return { bindings, kinds: [...PLATFORM, ...own] };
}

/** What a callee does about timers, whatever it is called here: `setTimeout`, `window.setTimeout`, `timers.setTimeout`, an import under another name. */
export function timerCallee(callee: Node, names: TimerNames): { kind: TimerKind; role: 'acquire' | 'release' } | undefined {
  const name = platformName(unwrap(callee), names.bindings) ?? undefined;
  const text = name ?? pathText(callee)?.replace(/^this\./, '');
  if (text === undefined) return undefined;
  const platform = name !== undefined;
  for (const kind of names.kinds) {
    // A bare name of the platform counts only where it is the global; a project's own wrapper counts as written.
    const isOwn = !PLATFORM.includes(kind);
    if (!platform && !isOwn) continue;
    if (kind.acquire.includes(text)) return { kind, role: 'acquire' };
    if (kind.release.includes(text)) return { kind, role: 'release' };
  }
  return undefined;
}

/** The global name behind a callee, or undefined if the file declares it otherwise. */
function platformName(callee: Node, bindings: Bindings): string | undefined {
  if (callee.type === 'Identifier') {
    const variable = bindings.variableOf(callee);
    if (!variable) return callee.name;
    const source = importOf(variable);
    return source && MODULES.has(source.module) ? source.name : undefined;
  }
  if (callee.type !== 'MemberExpression') return undefined;
  const object = unwrap(callee.object);
  if (object.type !== 'Identifier') return undefined;
  const variable = bindings.variableOf(object);
  if (!variable) return HOSTS.has(object.name) ? memberName(callee) : undefined;
  const source = importOf(variable);
  return source && MODULES.has(source.module) && (source.name === '*' || source.name === 'default') ? memberName(callee) : undefined;
}
