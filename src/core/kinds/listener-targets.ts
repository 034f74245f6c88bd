import { lastOfPath } from '../syntax/nodes.js';

/** Globals that live as long as the page or the process, and whose members do. */
const PROGRAM = new Set(['process', 'window', 'document', 'globalThis', 'self', 'navigator', 'screen', 'visualViewport', 'chrome', 'browser', 'speechSynthesis', 'navigation']);
/** The members of `document` and `window` that are always the same; others may be elements, or anything that somebody put there. */
const PARTS: Readonly<Record<string, RegExp>> = {
  document: /^(?:body|documentElement|head|defaultView|fonts)$/,
  window: /^(?:visualViewport|screen|navigator|navigation|speechSynthesis|parent|top|document|document\.(?:body|documentElement))$/,
  process: /^(?:stdin|stdout|stderr)$/,
  navigator: /./, chrome: /./, browser: /./, screen: /./, visualViewport: /^$/,
};
const HOST = /^(?:globalThis|global|window|self)$/;

/** Whether a path from a global leads to something that lives as long as the program: `process`, `window.visualViewport`, `chrome.runtime.onMessage`. */
export function isProgramPath(path: readonly string[]): boolean {
  const [host = '', part = ''] = path;
  const [first = '', ...rest] = HOST.test(host) && PROGRAM.has(part) ? path.slice(1) : path;
  if (!PROGRAM.has(first)) return first === 'global' && rest.length === 0;
  if (rest.length === 0) return true;
  return (PARTS[HOST.test(first) ? 'window' : first] ?? /^$/).test(rest.join('.'));
}

/** Names that stand for something else in each call, or for the module itself. */
const NOT_FOR_ALL = /^(?:event|arguments|module|exports|require)$/;

/** Whether a path from a global leads to what somebody put there for all parts of the program to share: `global.studio.registry`, `APP.store`. */
export function isKeptForAll(path: readonly string[]): boolean {
  const [first = '', ...rest] = path;
  return rest.length > 0 && !NOT_FOR_ALL.test(first) && path.every((name) => name !== '*') && isSharedName(path.at(-1) ?? '') && !(first === 'document' || first === 'navigator');
}

/** What some packages give is there once per program. */
const PROGRAM_EXPORTS: Readonly<Record<string, RegExp>> = {
  electron: /^(?:app|autoUpdater|crashReporter|globalShortcut|inAppPurchase|ipcMain|ipcRenderer|nativeTheme|net|powerMonitor|screen|session|systemPreferences)$/,
  'electron-updater': /^autoUpdater$/,
  vscode: /^(?:workspace|window|languages|commands|debug|extensions|tasks|authentication|env|scm|notebooks|tests)$/,
  process: /^(?:default|\*)$/,
  cluster: /^(?:default|\*)$/,
};

/** Whether a package exports something under that name of which there is one per program. */
export function isProgramExport(module: string, name: string): boolean {
  return PROGRAM_EXPORTS[module.replace(/^node:/, '')]?.test(name) ?? false;
}

/** Properties of an element or event that lead to its page. */
export function leadsToPage(name: string): boolean {
  return /^(?:ownerDocument|defaultView|ownerWindow)$/.test(name);
}

/** Names of what hears of the end of somebody else's wish: an `AbortSignal`. */
const SIGNAL = /^(?:[\w$]*[sS]ignal|abort|[\w$]*[cC]ancellation[tT]oken)$/;

export function isSignalName(name: string): boolean {
  return SIGNAL.test(name);
}

/** Names of requests and responses, whose socket is kept alive for the next request. */
const EXCHANGE = /^(?:req|request|res|resp|response|reply|incoming|incomingMessage)$/i;

export function isExchangeName(name: string): boolean {
  return EXCHANGE.test(name);
}

/** Names by which many share one emitter: `bus`, `eventEmitter`, `sessionManager`, `client`. */
const SHARED = /(?:bus|events?|emitter|hub|broker|manager|registry|store|dispatcher|service|provider|client|connection|pool|pubsub|scheduler|watcher|server|context|config|settings)$/i;

export function isSharedName(name: string): boolean {
  return SHARED.test(name);
}

/** Events that may not come as long as the program runs, or only at its end: waiting for one of them is no release. */
const MAY_NEVER_COME = /^(?:abort(?:ed)?|SIG[A-Z\d]+|exit|beforeExit|beforeunload|unload|pagehide|uncaughtException\w*|unhandledRejection|warning|disconnect|before-quit|will-quit|quit|window-all-closed|freeze)$/;

export function mayNeverCome(event: string): boolean {
  return MAY_NEVER_COME.test(event);
}

/** Events that come once, early: their listeners hold little and are few. */
const COMES_ONCE = /^(?:DOMContentLoaded|[dD]?OMReady|dom-?[rR]eady|readystatechange|load|ready|whenReady|listening|will-finish-launching|deviceready)$/;

export function comesOnce(event: string): boolean {
  return COMES_ONCE.test(event);
}

/** Events with which a target or a talk begins, or that answer one question: as a rule they come once for each. */
const OPENS = /^(?:open(?:ed)?|(?:re|secure)?[cC]onnect(?:ed)?|log(?:ged)?-?[iI]n|init(?:iali[sz]ed?)?|start(?:ed)?|spawn(?:ed)?|mount(?:ed)?|activated?|created|install(?:ed)?|loaded\w*|loadend|success|upgradeneeded|complete[d]?|response|error|timeout|abort)$/;

export function opensTarget(event: string): boolean {
  return OPENS.test(event);
}

/** What a message says with which a talk begins: `message.type === 'init'`. */
const STARTS_TALK = /(?:^|[-_:.\s])(?:init\w*|set-?up|start|hello|handshake|ready|connect(?:ed)?|auth\w*|login|join|open|bootstrap|configure|register)(?:$|[-_:.\s])/i;

export function startsTalk(text: string): boolean {
  return STARTS_TALK.test(text);
}

/** `request.socket.server`: a connection knows the server that took it, and lives shorter than that. */
export function leadsToServer(path: readonly string[]): boolean {
  return path.at(-1) === 'server' && /^(?:socket|connection)$/.test(path.at(-2) ?? '');
}

/** Decorators of fields that a container fills: of InversifyJS, TypeDI, tsyringe, Nest. */
const INJECTION = /^(?:lazy|multi)?[iI]nject(?:Lazy|Property|Model|Repository)?$|^[aA]utowired$/;

export function isInjection(decorator: string): boolean {
  return INJECTION.test(lastOfPath(decorator));
}
