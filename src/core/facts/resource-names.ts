import { addTo } from '../multimap.js';
import type { Acquire, ResourceKind } from '../kinds/resources.js';
import { importOf, onlyValue, type Bindings } from '../scope/bindings.js';
import { lastName, lastOfPath, literalText, memberName, pathText, unwrap, type CallLike, type Node } from '../syntax/nodes.js';

/** What a callee is by its origin: a path from an import (`chromium.launch` of `playwright`), or from a global name. */
export interface Origin {
  /** The module; undefined for a global. */
  readonly module: string | undefined;
  readonly path: readonly string[];
}

const MAX_RENAMINGS = 4;

/** Where a callee comes from, through imports, `require` and constants that rename it; undefined if the file declares it otherwise. */
export function originOf(node: Node, bindings: Bindings, depth = 0): Origin | undefined {
  const inner = unwrap(node);
  if (depth > MAX_RENAMINGS) return undefined;
  if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier' && inner.callee.name === 'require' && bindings.isGlobal(inner.callee)) {
    const module = literalText(inner.arguments[0]);
    return module === undefined ? undefined : { module, path: [] };
  }
  if (inner.type === 'MemberExpression') {
    const name = memberName(inner);
    const base = name === undefined ? undefined : originOf(inner.object, bindings, depth);
    return base && name !== undefined ? { module: base.module, path: [...base.path, name] } : undefined;
  }
  // const AudioContext = window.AudioContext || window.webkitAudioContext;
  if (inner.type === 'LogicalExpression' && inner.operator !== '&&') return originOf(inner.left, bindings, depth + 1) ?? originOf(inner.right, bindings, depth + 1);
  if (inner.type !== 'Identifier') return undefined;
  const variable = bindings.variableOf(inner);
  if (!variable) return { module: undefined, path: [inner.name] };
  const source = importOf(variable);
  if (source) return { module: source.module, path: source.name === '*' ? [] : [source.name] };
  const value = onlyValue(variable);
  return value ? originOf(value, bindings, depth + 1) : undefined;
}

const HOSTS = new Set(['window', 'globalThis', 'global', 'self']);

/** What a call or `new` acquires, and by which callee it is known. */
export interface KnownAcquire {
  readonly kind: ResourceKind;
  readonly acquire: Acquire;
}

/** All callees that acquire something, by where their names come from: a file has many calls, and few of them are one. */
export class ResourceCatalog {
  readonly #byModule = new Map<string, KnownAcquire[]>();
  /** Globals, and callees that count as they are written, by their last name. */
  readonly #byName = new Map<string, KnownAcquire[]>();

  constructor(kinds: readonly ResourceKind[]) {
    for (const kind of kinds) {
      for (const acquire of kind.acquire) {
        for (const module of acquire.from ?? []) addTo(this.#byModule, module, { kind, acquire });
        if (!acquire.from) addTo(this.#byName, lastOfPath(acquire.name), { kind, acquire });
      }
    }
  }

  /** Whether a file that names some modules may acquire something of one. */
  knowsOneOf(modules: Iterable<string>): boolean {
    for (const module of modules) if (this.#byModule.has(module)) return true;
    return false;
  }

  /**
   * What a call or `new` acquires, if it does.
   *
   * @param isByNameOnly whether the file names no module of the catalog
   */
  find(call: CallLike, bindings: Bindings, isByNameOnly: boolean): KnownAcquire | undefined {
    const isNew = call.type === 'NewExpression';
    if (isByNameOnly && !this.#byName.has(lastName(call.callee))) return undefined;
    const origin = originOf(call.callee, bindings);
    if (origin?.module !== undefined) {
      // The default import of a module is, as a rule, the module.
      const path = withoutDefault(origin.path.join('.'));
      const found = this.#byModule.get(origin.module)?.find(({ acquire: { name, isNew: makes = false } }) => makes === isNew && path === withoutDefault(name));
      if (found) return found;
    }
    const written = pathText(call.callee)?.replace(/^this\./, '');
    const named = written === undefined ? undefined : this.#byName.get(lastOfPath(written));
    if (!named) return undefined;
    const path = origin?.module === undefined ? (HOSTS.has(origin?.path[0] ?? '') ? origin?.path.slice(1) : origin?.path)?.join('.') : undefined;
    return named.find(({ kind, acquire: { name, isByName = false, isNew: makes = false } }) => makes === isNew && ('isOwn' in kind || isByName ? written === name : path === name));
  }
}

function withoutDefault(path: string): string {
  return path.replace(/^default(?:\.|$)/, '');
}
