import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { isShutdownName } from '../../src/core/kinds/releases.js';
import { endsOneOfMany, isTeardown, teardownsAround } from '../../src/core/questions/teardowns.js';
import { contains, isFunctionNode, literalText, parseMethodCall } from '../../src/core/syntax/nodes.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import type { ScopeHome, SweepHome } from './home.js';

/**
 * What stops the interval. `inside`: a function that sees what stands beside the
 * collection. `outside`: one of the same object that does not, as `unregister()`
 * beside `register()`. `empty`: nothing that this file shows, so it runs only
 * while there are entries. `none`: nothing yet.
 */
export type Stop = { readonly type: 'inside' | 'outside'; readonly fn: FunctionFact; /** A function after which the owner may start again. */ readonly restart?: FunctionFact } | { readonly type: 'none' | 'empty' };

/** Methods by which a host is told what to call at the end. */
const TAKES_END = /^(?:on(?:Unload|Unregister|Destroy|Dispose|Close|Shutdown|Teardown|Stop|Unmount|Deactivate|Exit|Cleanup|ScopeDispose)|addDisposer|registerCleanup|addCleanup|defer)$/u;
/** Events that say the same. */
const END_EVENT = /^(?:on)?(?:unload|unregister|destroy|dispose|close|shutdown|teardown|stop|deactivate|exit)$/iu;
/** Methods of a plug-in that undo its registration. */
const UNDOES = /^(?:un(?:register|install|load|mount|use)|deactivate|destroy|dispose|tear[dD]own|stop|close|shutdown|cleanup)$/u;

export function findStop(collection: Collection, growth: readonly Effect[], home: SweepHome, facts: Facts): Stop {
  if (home.type === 'scope') return stopOfScope(collection, home, facts);
  const user = growth.map(({ operation }) => operation.fn).find((fn) => fn.self?.owner === home.owner && !fn.self.isStatic);
  const teardowns = user ? teardownsAround(user, facts).filter(({ method, self }) => method?.owner === home.owner && self?.isStatic === false) : [];
  const fn = chooseTeardown(teardowns, facts);
  if (!fn) return { type: 'none' };
  const restart = /^[#_]*(?:stop|end|disconnect|pause|release|detach)/u.test(fn.name) ? startOf(home, facts) : undefined;
  return { type: 'inside', fn, ...(restart ? { restart } : {}) };
}

/** A method that starts what `stop()` ends. */
function startOf({ owner }: Exclude<SweepHome, ScopeHome>, facts: Facts): FunctionFact | undefined {
  const name = [...owner.members.keys()].find((member) => /^[#_]*(?:start|connect|resume|restart|listen)$/u.test(member));
  const fn = name === undefined ? undefined : facts.functions.method(owner, name);
  return fn && isFunctionNode(fn.node) && fn.node.body.type === 'BlockStatement' && fn.self?.isStatic === false ? fn : undefined;
}

function stopOfScope(collection: Collection, home: ScopeHome, facts: Facts): Stop {
  const inside = home.isModule ? shutdowns(collection, home, facts) : [...teardownsAround(home.fn, facts).filter(({ node }) => contains(home.fn.node, node) && node !== home.fn.node), ...hooks(home, facts)];
  const fn = chooseTeardown(inside, facts);
  if (fn) return { type: 'inside', fn };
  const { method } = home.fn;
  if (method?.owner.kind !== 'object' || facts.functions.around(method.owner.node) !== facts.functions.module) return { type: home.isModule ? 'none' : 'empty' };
  const undo = [...method.owner.members.keys()].find((name) => UNDOES.test(name));
  const outside = undo === undefined ? undefined : facts.functions.method(method.owner, undo);
  return outside && isFunctionNode(outside.node) ? { type: 'outside', fn: outside } : { type: 'empty' };
}

/** Functions of a module that end all that the collection holds. */
function shutdowns(collection: Collection, home: ScopeHome, facts: Facts): FunctionFact[] {
  const place = facts.places.key(collection.place);
  return facts.functions.all.filter((fn) => fn.parent === home.fn && (isTeardown(fn.name, facts) || isShutdownName(fn.name)) && !endsOneOfMany(fn)
    && facts.summaries.of(fn).some(({ operation, place: changed }) => (operation.kind === 'empty' || operation.kind === 'shrink') && facts.places.key(changed) === place));
}

/** Callbacks that are given to the host in the same function: `host.onUnload(() => …)`. */
function hooks(home: ScopeHome, facts: Facts): FunctionFact[] {
  return facts.tree.all('CallExpression').flatMap((node): FunctionFact[] => {
    const call = parseMethodCall(node);
    if (!call || facts.functions.around(node) !== home.fn) return [];
    const [first, second] = call.args;
    const callback = TAKES_END.test(call.method) ? first : /^(?:on|once|addHook|hook|addListener)$/u.test(call.method) && END_EVENT.test(literalText(first) ?? '') ? second : undefined;
    const fn = isFunctionNode(callback) ? facts.functions.of(callback) : undefined;
    return fn ? [fn] : [];
  });
}
