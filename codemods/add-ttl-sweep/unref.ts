import type { Facts } from '../../src/core/facts/facts.js';
import { memberName, parentOf, type Node } from '../../src/core/syntax/nodes.js';

/** Names that only Node has, and names that only a page has. */
const NODE_GLOBALS = new Set(['process', 'Buffer', '__dirname', '__filename', 'NodeJS', 'require', 'module']);
const PAGE_GLOBALS = new Set(['window', 'document', 'localStorage', 'sessionStorage', 'navigator', 'HTMLElement']);
const NODE_MODULES = /^(?:node:.+|assert|async_hooks|child_process|cluster|crypto|dgram|dns|events|fs|fs\/promises|http|http2|https|net|os|path|perf_hooks|readline|stream|stream\/promises|timers\/promises|tls|url|util|v8|vm|worker_threads|zlib|express|fastify|koa|ws|pino|winston)$/u;

/**
 * How an interval is told not to keep the process alive: `.unref()` in code of
 * Node, `.unref?.()` where nothing shows what it runs in, and nothing in code of
 * a page, whose timers are numbers and keep nothing alive.
 */
export function unrefForm(facts: Facts): string {
  const { tree, model } = facts;
  const names = new Set(model.scopes.scopes.flatMap((scope) => scope.references.flatMap(({ resolved, identifier }) => ((resolved && resolved.defs.length > 0) || isEnvironment(identifier) ? [] : [identifier.name]))));
  const isNode = tree.all('ImportDeclaration').some(({ source }) => NODE_MODULES.test(source.value)) || [...names].some((name) => NODE_GLOBALS.has(name));
  if (isNode) return '.unref()';
  const isPage = /\.[jt]sx$/u.test(model.path) || tree.all('JSXElement').length > 0 || [...names].some((name) => PAGE_GLOBALS.has(name));
  return isPage ? '' : '.unref?.()';
}

/** `process.env`, which bundlers replace: code for a page has it, too. */
function isEnvironment(name: Node): boolean {
  const parent = parentOf(name);
  return name.type === 'Identifier' && name.name === 'process' && parent?.type === 'MemberExpression' && parent.object === name && memberName(parent) === 'env';
}
