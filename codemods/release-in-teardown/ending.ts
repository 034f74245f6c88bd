import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isFinalEnd } from '../../src/core/questions/owner-ends.js';

/** Names of ends after which their owner may begin again, by the function that added the listener. */
const PAIRED_END = /^[_#]*(?:stop|disconnect|end|detach|deactivate|uninstall|tear_?down|disable|quit|leave|unbind|discard|close|abort|release)$/iu;

/** The teardowns after which the listener is not needed: after a `stop()`, what the constructor added would be missed by a `start()`. */
export function lastingEnds({ fn }: ListenerRegistration, teardowns: readonly FunctionFact[]): readonly FunctionFact[] {
  const final = teardowns.filter(({ name }) => isFinalEnd(name));
  const names = fn.self ? [...fn.self.owner.members.keys()] : [];
  const mayBeginAgain = fn.isConstructor && names.some((name) => /^[_#]*(?:start|open|connect|resume|run|begin|attach|restart|enable|activate)$/iu.test(name));
  if (mayBeginAgain) return final;
  return teardowns.filter((teardown) => final.includes(teardown) || PAIRED_END.test(teardown.name));
}
