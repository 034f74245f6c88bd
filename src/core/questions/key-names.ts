import type { Facts } from '../facts/facts.js';
import { declaratorOf, isParameter } from '../scope/bindings.js';
import { comesAndGoes, keyDomain, keySubject, type KeyDomain } from '../kinds/keys.js';
import { lastName, memberName, pathText, unwrap, type Node } from '../syntax/nodes.js';

const MAX_DEPTH = 4;

/** The domain of a key expression, through the locals, templates and calls that it is made of. The most telling part decides. */
export function domainOfKey(key: Node, facts: Facts): KeyDomain {
  const domains = namePaths(key, facts, 0).map(keyDomain);
  for (const domain of ['entity', 'static', 'identifier'] as const) if (domains.includes(domain)) return domain;
  return 'unknown';
}

/** Whether a key stands for something that comes and goes, such as a session or a connection, by its own names or by that of the collection. */
export function isOfPassing(key: Node, collection: string, facts: Facts): boolean {
  return comesAndGoes([collection]) || namePaths(key, facts, 0).some(comesAndGoes);
}

/** What a plain key identifies by its name, or by the name of what it was taken from: `server` of `server.id`, and of `const id = server.id`. */
export function subjectOfKey(key: Node, facts: Facts): string | undefined {
  for (const names of namePaths(key, facts, 0)) {
    const subject = keySubject(names);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

/** The name paths that make up an expression: `${socket.id}:${event}` → [socket, id], [event]. */
function namePaths(node: Node, facts: Facts, depth: number): string[][] {
  if (depth > MAX_DEPTH) return [];
  const inner = unwrap(node);
  // What the platform's own `process` says is about this program.
  if (pathText(inner.type === 'CallExpression' ? inner.callee : inner)?.startsWith('process.') && isPlatformProcess(inner, facts)) return [];
  const more = (...nodes: (Node | null | undefined)[]): string[][] => nodes.flatMap((child) => (child ? namePaths(child, facts, depth + 1) : []));
  switch (inner.type) {
    case 'Identifier': {
      const variable = facts.bindings.variableOf(inner);
      const init = variable && !isParameter(variable) ? declaratorOf(variable) : undefined;
      return [[inner.name], ...(init?.id.type === 'Identifier' && init.init && !isLiteral(init.init) ? more(init.init) : [])];
    }
    case 'ThisExpression':
      return [];
    case 'MemberExpression': {
      const name = memberName(inner);
      const base = pathNames(inner.object);
      return name === undefined ? more(inner.object, inner.property) : [[...base, name.replace(/^#/, '')]];
    }
    case 'TemplateLiteral':
      return more(...inner.expressions);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return more(inner.left, inner.right);
    case 'ConditionalExpression':
      return more(inner.consequent, inner.alternate);
    case 'AwaitExpression':
      return more(inner.argument);
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      const own = callee.type === 'Identifier' ? [[callee.name.replace(/^(?:get|make|create|to|build|compute|generate|derive)(?=[A-Z])/, '')]] : [];
      const method = callee.type === 'MemberExpression' ? [...more(callee.object), [lastName(callee).replace(/^(?:get|make|create|to|build|compute|generate|derive)(?=[A-Z])/, '')]] : own;
      return [...method, ...more(...inner.arguments)];
    }
    default:
      return [];
  }
}

function isPlatformProcess(node: Node, facts: Facts): boolean {
  let base = node;
  while (base.type === 'CallExpression' || base.type === 'MemberExpression') base = unwrap(base.type === 'CallExpression' ? base.callee : base.object);
  return facts.bindings.isGlobal(base);
}

function pathNames(node: Node): string[] {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return [inner.name];
  if (inner.type === 'MemberExpression') return [...pathNames(inner.object), lastName(inner)];
  return [];
}

function isLiteral(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' || inner.type === 'NewExpression';
}
