/** Methods that end the object they are called on. */
export const ENDS = new Set([
  'close', 'dispose', 'destroy', 'stop', 'end', 'kill', 'terminate', 'disconnect', 'unsubscribe', 'abort', 'cancel', 'shutdown', 'teardown', 'release',
  'removeAllListeners', 'unwatch', 'quit', 'detach', '[Symbol.dispose]', '[Symbol.asyncDispose]',
]);

/** The ending method that a name means: `quitAsync`, as promisified clients call it, is `quit`. */
export function endingMethod(name: string): string | undefined {
  const verb = name.replace(/(?<=[a-z])(?:Async|Sync)$/, '');
  return ENDS.has(name) ? name : ENDS.has(verb) ? verb : undefined;
}

/** Names of functions that let go of what they are given: the file does not show what they do, their name does. */
const RELEASING_NAME = /(?:^|_|(?<=[a-z]))(?:[cC]lear|[cC]lean|[cC]leanup|[pP]rune|[eE]vict|[sS]weep|[tT]rim|[dD]rop|[dD]elete|[rR]emove|[uU]nset|[pP]urge|[eE]xpire|[cC]ap|[bB]ounded?|[lL]imit|[dD]ispose|[dD]estroy|[cC]ancel|[sS]top|[rR]elease|[dD]rain|[fF]lush|[rR]eset|[tT]runcate)(?![a-z])/;

export function hasReleasingName(name: string): boolean {
  return RELEASING_NAME.test(name);
}

/** Names of functions that end the life of what they belong to. */
const TEARDOWN_NAME = /^[_#]*(?:dispose|disposeAsync|asyncDispose|destroy|destroyAll|close|(?:close|shutdown|dispose|terminate|end|disconnect)All|stop|stopAll|end|quit|shutdown|shutDown|disconnect|terminate|kill|killAll|teardown|tearDown|cleanup|cleanUp|unmount|deactivate|unregister|uninstall|onModuleDestroy|onApplicationShutdown|ngOnDestroy|componentWillUnmount|disconnectedCallback|preDestroy|discard|release|abort|onunload|beforeDestroy|beforeUnmount|unmounted|destroyed|detach|finalize|dispose[A-Z]\w*|\[Symbol\.(?:asyncDispose|dispose)\]|\[dispose\]|\[asyncDispose\]|_destroy|_final|on(?:Close|Unmount|Destroy|Unload))$/;

export function isTeardownName(name: string): boolean {
  return TEARDOWN_NAME.test(name);
}

/** Names of functions that end one entry of many: `closeSession`, `removeClient`, `handleDisconnect`. */
const ENTRY_END_NAME = /^[_#]*(?:close|end|remove|delete|destroy|dispose|stop|kill|unregister|clean|cleanup|cleanUp|release|drop|disconnect|terminate|forget|detach|handle(?:\w*)(?:Exit|Close|Closed|Disconnect|End|Deleted|Removed))(?:[A-Z_]\w*)?$/;

export function isEntryEndName(name: string): boolean {
  return ENTRY_END_NAME.test(name);
}

/** Names of functions that end a program or a service, step by step. */
const SHUTDOWN_NAME = /(?:^|_|(?<=[a-z]))(?:[sS]hut_?[dD]own|[tT]ear_?[dD]own|[cC]lean_?[uU]p|[dD]ispose|[dD]estroy|[tT]erminate|[sS]top|[cC]lose|[qQ]uit|[eE]xit)(?![a-z])/;

export function isShutdownName(name: string): boolean {
  return SHUTDOWN_NAME.test(name);
}
