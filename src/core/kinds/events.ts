/** Methods that register a listener as `target.method(event, listener)`. */
export const REGISTERS_LISTENER = new Set(['on', 'once', 'addListener', 'addEventListener', 'prependListener', 'prependOnceListener', 'addOnceListener']);

/** Methods that take a listener away as `target.method(event, listener)`. */
export const REMOVES_LISTENER = new Set(['off', 'removeListener', 'removeEventListener', 'removeAllListeners']);

/** Methods that take a handler for the requests to a path: `app.post('/orders', handler)`. */
export const ROUTE_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'head', 'options']);

/** Events after which the thing that emitted them is gone. */
const ENDING = new Set([
  'exit', 'close', 'closed', 'end', 'ended', 'disconnect', 'disconnected', 'terminate', 'terminated', 'destroy', 'destroyed',
  'dispose', 'disposed', 'hangup', 'gone', 'removed', 'deleted', 'finish', 'stopped', 'shutdown',
]);

/** Words that, behind a name, say that the named thing itself is gone: `session.deleted`; `tool_end` only says that it is done. */
const GONE = new Set(['exit', 'exited', 'closed', 'close', 'disconnect', 'disconnected', 'terminated', 'destroyed', 'disposed', 'deleted', 'removed', 'gone']);

/** Whether an event says that its emitter, or what it is named for, is gone: `exit`, `close`, `session.deleted`, `onDidDispose`. */
export function isEndingEvent(event: string): boolean {
  const words = event.replace(/^on(?:Did|Will)?(?=[A-Z])/, '').split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter(Boolean).map((word) => word.toLowerCase());
  const last = words.at(-1);
  return last !== undefined && (words.length === 1 ? ENDING : GONE).has(last);
}

/** The event behind a property or method `onclose`, `onExit`, `onDidDispose`; undefined for other names. */
export function eventOfHandlerName(name: string): string | undefined {
  const event = /^on(?:Did|Will)?([A-Z]\w*|[a-z]{3,})$/.exec(name)?.[1];
  return event === undefined ? undefined : event.charAt(0).toLowerCase() + event.slice(1);
}

/**
 * Classes whose closing event comes from their own `close()` alone, not when the
 * other side goes away: an HTTP session has no connection whose end it could hear.
 * (Model Context Protocol, transports: a client ends its session by a DELETE, if it does.)
 */
const UNHEARD = /^(?:Node|Web|WebStandard)?Streamable(?:HTTP|Http)ServerTransport$/;

/** Whether the closing event of a class says nothing of its peer. */
export function isUnheardEnding(className: string): boolean {
  return UNHEARD.test(className);
}

/** Events of a page that a person's hand sets off. */
const GESTURE = /^(?:(?:dbl|aux)?click|key\w*|mouse\w*|pointer\w*|touch\w*|drag\w*|drop|(?:before)?input|change|submit|reset|select\w*|focus\w*|blur|wheel|scroll\w*|contextmenu|paste|copy|cut|resize|toggle|popstate|hashchange)$/i;

export function isGesture(event: string): boolean {
  return GESTURE.test(event);
}

/** Words for what comes by itself: `message`, `log-line`, `sessionEvent`. */
const ARRIVING = new Set(words('message msg data error err exception failure log line chunk event notification update progress output stdout stderr packet frame token delta record alert warning warn receive received incoming telemetry metric sample trace span entry diagnostic crash report batch'));

/** Whether a name says that something comes by itself. */
export function arrives(name: string): boolean {
  return name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some((word) => ARRIVING.has(word.toLowerCase().replace(/(?<=[^s])s$/, '')));
}

function words(text: string): string[] {
  return text.split(' ');
}

/** Events of `process` with which the program ends, or is told to; what is caught there would have ended it. */
const PROCESS_END = /^(?:SIG(?!WINCH|CHLD|CONT|STOP|USR|PIPE|INFO|IO|URG)[A-Z]+|exit|beforeExit|uncaughtException|unhandledRejection|disconnect)$/;
/** Events of an Electron `app` and of a window with which the program ends. */
const PROGRAM_END = /^(?:before-quit|will-quit|quit|window-all-closed|beforeunload|unload|pagehide)$/;

/** Whether the program ends with an event of an emitter, by the names of both: `process` and `SIGTERM`. */
export function endsProgram(emitter: string, event: string): boolean {
  return emitter === 'process' || emitter.endsWith('.process') ? PROCESS_END.test(event) : PROGRAM_END.test(event);
}

/** Functions that take what a framework runs when it takes away a component. */
const UNMOUNT_CALL = /^on(?:Unmounted|BeforeUnmount|ScopeDispose|Destroy|Cleanup|Deactivated|WillUnmount)$/;

export function registersUnmount(callee: string): boolean {
  return UNMOUNT_CALL.test(callee);
}

/** Methods that a framework calls when it takes away a component. */
const UNMOUNT_METHOD = /^(?:componentWillUnmount|disconnectedCallback|ngOnDestroy|beforeUnmount|unmounted|beforeDestroy|destroyed|deactivated)$/;

export function isUnmountMethod(name: string): boolean {
  return UNMOUNT_METHOD.test(name);
}

/** Names of methods that hear of an end: `onClose`, `_onclose`, `handleConnectionClosed`. */
const HEARS_END = /^[_#]*(?:on|handle)\w*(?:[cC]losed?|[dD]isconnect(?:ed)?|[eE]nd(?:ed)?|[eE]xit(?:ed)?|Died|Crash(?:ed)?|Destroyed|Disposed)$/;

export function isEndingHandlerName(name: string): boolean {
  return HEARS_END.test(name);
}
