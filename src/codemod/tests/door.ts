import type { Facts } from '../../core/facts/facts.js';
import type { FunctionFact } from '../../core/facts/functions.js';
import type { Owner } from '../../core/facts/owners.js';
import { madeUpArguments } from './made-up.js';
import type { Imported } from './scenario.js';

/** How a test gets at something: what it imports, what it makes, and what it calls. */
export interface Door {
  readonly imported: Imported;
  /** The owner that has to be made first; undefined for a function or an object of the module. */
  readonly instance: Instance | undefined;
  /** The call; undefined where making the owner is all. */
  readonly call: Call | undefined;
}

export interface Instance {
  readonly owner: Owner;
  /** The variable for it. */
  readonly name: string;
  /** `new Poller()`. */
  readonly made: string;
}

interface Call {
  /** As the repaired code's own readers know it: `poller.start`. */
  readonly callee: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly isAsync: boolean;
}

/** Why there is no door: one sentence. */
export interface Closed {
  readonly closed: string;
}

/** Steps from a private function to one that others may call. */
const MAX_STEPS = 4;

/** The doors through which a test can have a function run, nearest first; or why there is none. */
export function doorsTo(fn: FunctionFact, facts: Facts): readonly Door[] | Closed {
  const doors: Door[] = [];
  let why: string | undefined;
  const seen = new Set<FunctionFact>();
  let level = [fn];
  for (let step = 0; step < MAX_STEPS && level.length > 0; step++) {
    const next: FunctionFact[] = [];
    for (const one of level) {
      if (seen.has(one)) continue;
      seen.add(one);
      const door = doorOf(one, facts);
      if (!('closed' in door)) {
        doors.push(door);
        continue;
      }
      why ??= door.closed;
      next.push(...facts.functions.callersOf(one), ...(one.inline && one.parent ? [one.parent] : []));
    }
    level = next;
  }
  return doors.length > 0 ? doors : { closed: why ?? 'Nothing calls it.' };
}

function doorOf(fn: FunctionFact, facts: Facts): Door | Closed {
  if (fn === facts.functions.module) return { closed: 'It happens once, while the module is loaded.' };
  const owner = ownerOf(fn);
  if (owner) return doorOfMember(fn, owner, facts);
  const exported = exportedNameOf(fn.node, facts);
  if (exported === undefined) return { closed: fn.name === '' ? 'It happens in a callback, which a test cannot call.' : `\`${fn.name}\` is not exported, so a test cannot call it.` };
  const name = exported === 'default' ? fn.name || 'subject' : exported;
  const call = callOf(fn, name, name);
  return 'closed' in call ? call : { imported: { name, exported }, instance: undefined, call };
}

/** The object that a function belongs to: as its method, or as what makes it. */
function ownerOf(fn: FunctionFact): Owner | undefined {
  if (fn.method) return fn.method.owner;
  const self = fn.self;
  if (!self || self.isStatic) return undefined;
  return fn.isConstructor || fn.node === self.owner.node ? self.owner : undefined;
}

function doorOfMember(fn: FunctionFact, owner: Owner, facts: Facts): Door | Closed {
  const exported = (owner.variable && facts.exports.nameOf(owner.variable)) ?? facts.exports.nameOfNode(owner.node);
  if (exported === undefined) return { closed: `\`${owner.name}\` is not exported, so a test cannot reach it.` };
  const name = exported === 'default' ? (/^\w+$/u.test(owner.name) && owner.name !== 'class' ? owner.name : 'Subject') : exported;
  const imported: Imported = { name, exported };
  const member = fn.method?.member;
  if (owner.kind === 'object' || member?.isStatic) {
    if (!member || member.isPrivate) return { closed: `\`${fn.name}\` is private.` };
    const call = callOf(fn, `${name}.${member.name}`, member.name);
    return 'closed' in call ? call : { imported, instance: undefined, call };
  }
  const instance = instanceOf(owner, name, facts);
  if ('closed' in instance) return instance;
  if (!member || fn.isConstructor) return { imported, instance, call: undefined };
  if (member.isPrivate || !/^[A-Za-z_$][\w$]*$/u.test(member.name)) return { closed: `\`${fn.name}\` is private.` };
  const call = callOf(fn, `${instance.name}.${member.name}`, member.name);
  return 'closed' in call ? call : { imported, instance, call };
}

/** An instance of a class that needs nothing to be made. */
function instanceOf(owner: Owner, className: string, facts: Facts): Instance | Closed {
  const made = facts.functions.constructorOf(owner);
  if (owner.node.type === 'ClassDeclaration' && owner.node.abstract) return { closed: `\`${owner.name}\` is abstract, so a test cannot construct it.` };
  if (made && madeUpArguments(made)?.length !== 0) return { closed: `\`${owner.name}\` cannot be constructed without arguments.` };
  const small = className.replace(/^[A-Z]+(?![a-z])|^[A-Z]/u, (start) => start.toLowerCase());
  return { owner, name: small === className ? 'subject' : small, made: `new ${className}()` };
}

function callOf(fn: FunctionFact, callee: string, name: string): Call | Closed {
  const args = madeUpArguments(fn);
  if (!args) return { closed: `\`${fn.name}\` needs arguments that a test cannot make up.` };
  return { callee, name, args, isAsync: 'async' in fn.node && fn.node.async };
}

function exportedNameOf(node: FunctionFact['node'], facts: Facts): string | undefined {
  const direct = facts.exports.nameOfNode(node);
  if (direct !== undefined) return direct;
  const named = 'id' in node && node.id ? node.id : node.parent?.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier' ? node.parent.id : undefined;
  const variable = named && facts.bindings.variableOf(named);
  return variable && facts.exports.nameOf(variable);
}
