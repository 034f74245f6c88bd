import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { parseMethodCall, unwrap } from '../syntax/nodes.js';
import { methodsOf } from './teardowns.js';

/** Names of methods that a base class calls as it comes to its end: `onBeforeDetach`, `onCloseRequest`, `willDestroy`. */
const HOOK = /^_?(?:on|before|after|will|did|handle)(?:Before|After|Will|Did)?(?:Detach|Close|Destroy|Dispose|Unmount|Disconnect|Stop|Teardown|TearDown|Shutdown|Cleanup|CleanUp|Unload|Deactivate|Exit|End)(?:e?d)?(?:Request|Msg|Message)?$/;

/**
 * The hooks of a class that its base of another file may call from the method
 * that a teardown overrides: `dispose() { super.dispose(); }` may well detach
 * first, and so run `onBeforeDetach`.
 */
export function hooksOfBase(end: FunctionFact, facts: Facts): FunctionFact[] {
  const owner = end.method?.owner;
  if (!owner?.superClass || facts.owners.superOf(owner)) return [];
  const callsBase = facts.tree.some(end.node, (node) => {
    const method = parseMethodCall(node);
    return method?.method === end.name && unwrap(method.object).type === 'Super';
  });
  return callsBase ? methodsOf(owner, facts).filter((method) => method !== end && HOOK.test(method.name)) : [];
}
