import type { RuleId } from '../../src/core/index.js';

/** A correct program; each line behind `»` is a release without which it leaks. */
export interface CorrectProgram {
  readonly name: string;
  /** Which rules may say so; the first is the one that it is counted for. */
  readonly rules: readonly RuleId[];
  readonly marked: string;
}

const TIMER: readonly RuleId[] = ['no-untracked-timer', 'no-forgotten-field', 'no-timer-overwrite'];
const RESOURCE: readonly RuleId[] = ['no-orphaned-resource', 'no-forgotten-field'];
const LISTENER: readonly RuleId[] = ['no-leaked-listener', 'no-forgotten-field'];
const COLLECTION: readonly RuleId[] = ['no-unbounded-collection', 'no-manual-only-release', 'no-uneven-delete'];

/** Something that is acquired as one statement and released as another. */
interface Kind {
  readonly name: string;
  /** Whether a component can have it, which lives in a browser. */
  readonly inBrowser: boolean;
  readonly rules: readonly RuleId[];
  readonly imports: string;
  /** @param handle where it is kept */
  acquire(handle: string, work: string): string;
  release(handle: string, work: string): string;
}

const kind = (name: string, rules: readonly RuleId[], imports: string, acquire: Kind['acquire'], release: Kind['release']): Kind => ({ name, rules, inBrowser: !/from '(?!\.)/.test(imports), imports, acquire, release });

const KINDS: readonly Kind[] = [
  kind('an interval', TIMER, '', (handle, work) => `${handle} = setInterval(${work}, 1000);`, (handle) => `clearInterval(${handle});`),
  kind('a time-out', TIMER, '', (handle, work) => `${handle} = setTimeout(${work}, 60_000);`, (handle) => `clearTimeout(${handle});`),
  kind('a watcher', RESOURCE, "import { watch } from 'node:fs';", (handle, work) => `${handle} = watch('.', ${work});`, (handle) => `${handle}.close();`),
  kind('a watcher of many files', RESOURCE, "import chokidar from 'chokidar';", (handle) => `${handle} = chokidar.watch('.');`, (handle) => `${handle}.close();`),
  kind('a server', RESOURCE, "import { createServer } from 'node:http';", (handle, work) => `${handle} = createServer(${work}).listen(0);`, (handle) => `${handle}.close();`),
  kind('a process', RESOURCE, "import { spawn } from 'node:child_process';", (handle) => `${handle} = spawn('bell');`, (handle) => `${handle}.kill();`),
  kind('a thread', RESOURCE, "import { Worker } from 'node:worker_threads';", (handle) => `${handle} = new Worker('./bell.js');`, (handle) => `${handle}.terminate();`),
  kind('a socket', RESOURCE, '', (handle) => `${handle} = new WebSocket('ws://door');`, (handle) => `${handle}.close();`),
  kind('a connection', RESOURCE, "import Redis from 'ioredis';", (handle) => `${handle} = new Redis();`, (handle) => `${handle}.disconnect();`),
  kind('an observer', RESOURCE, '', (handle, work) => `${handle} = new ResizeObserver(${work}); ${handle}.observe(document.body);`, (handle) => `${handle}.disconnect();`),
  kind('a listener of the window', LISTENER, '', (_handle, work) => `window.addEventListener('resize', ${work});`, (_handle, work) => `window.removeEventListener('resize', ${work});`),
  kind('a listener of the process', LISTENER, '', (_handle, work) => `process.on('message', ${work});`, (_handle, work) => `process.off('message', ${work});`),
  kind('a subscription', LISTENER, "import { bus } from './bus.js';", (handle, work) => `${handle} = bus.subscribe(${work});`, (handle) => `${handle}.unsubscribe();`),
];

/** Ways to own it. A sibling beside it is released, too, as real owners have more than one thing. */
const OWNERS: Readonly<Record<string, (kind: Kind) => string>> = {
  'of a class, from its beginning': ({ imports, acquire, release }) => `
${imports}
export class Desk {
  held;
  beat = setInterval(this.work, 1000);
  constructor() {
    ${acquire('this.held', 'this.work')}
  }
  work = () => console.log(this);
  dispose() {
    clearInterval(this.beat);
»    ${release('this.held', 'this.work')}
  }
}
`,
  'of a class with private fields, once it is started': ({ imports, acquire, release }) => `
${imports}
export class Desk {
  #held;
  #beat;
  #work = () => console.log(this);
  start() {
    this.stop();
    this.#beat = setInterval(this.#work, 1000);
    ${acquire('this.#held', 'this.#work')}
  }
  stop() {
    clearInterval(this.#beat);
»    ${release('this.#held', 'this.#work')}
  }
}
`,
  'of a class that has nothing else': ({ imports, acquire, release }) => `
${imports}
export class Desk {
  work = () => console.log(this);
  constructor() {
    ${acquire('this.held', 'this.work')}
  }
  close() {
»    ${release('this.held', 'this.work')}
  }
}
`,
  'of a constructor function': ({ imports, acquire, release }) => `
${imports}
export function Desk(work) {
  this.work = work;
  this.beat = setInterval(work, 1000);
  ${acquire('this.held', 'this.work')}
}
Desk.prototype.destroy = function () {
  clearInterval(this.beat);
»  ${release('this.held', 'this.work')}
};
`,
  'of a factory': ({ imports, acquire, release }) => `
${imports}
export function createDesk(room) {
  const work = () => room.look();
  let held;
  const beat = setInterval(work, 1000);
  ${acquire('held', 'work')}
  return {
    room,
    stop() {
      clearInterval(beat);
»      ${release('held', 'work')}
    },
  };
}
`,
  'of an effect': ({ imports, acquire, release }) => `
${imports}
import { useEffect } from 'react';
export function Desk({ room }) {
  useEffect(() => {
    const work = () => room.look();
    let held;
    ${acquire('held', 'work')}
    return () => {
»      ${release('held', 'work')}
    };
  }, [room]);
  return null;
}
`,
  'of a component': ({ imports, acquire, release }) => `
${imports}
import { Component } from 'react';
export class Desk extends Component {
  work = () => this.setState({ at: Date.now() });
  componentDidMount() {
    ${acquire('this.held', 'this.work')}
  }
  componentWillUnmount() {
»    ${release('this.held', 'this.work')}
  }
  render() { return null; }
}
`,
};

const products = Object.entries(OWNERS).flatMap(([owner, write]) => KINDS.filter(({ inBrowser }) => inBrowser || !/effect|component/.test(owner)).map((one): CorrectProgram => ({ name: `${one.name} ${owner}`, rules: one.rules, marked: write(one) })));

const single = (rules: readonly RuleId[], name: string, marked: string): CorrectProgram => ({ name, rules, marked });

/** What takes entries out of a table that is filled by key, and on which occasion. */
const TABLES: readonly { readonly name: string; readonly value: string; add(place: string): string; remove(place: string): string }[] = [
  { name: 'a Map', value: 'new Map()', add: (place) => `${place}.set(guestId, guest);`, remove: (place) => `${place}.delete(guestId);` },
  { name: 'a Set', value: 'new Set()', add: (place) => `${place}.add(guestId);`, remove: (place) => `${place}.delete(guestId);` },
  { name: 'a dictionary', value: '{}', add: (place) => `${place}[guestId] = guest;`, remove: (place) => `delete ${place}[guestId];` },
];

const tables = TABLES.flatMap(({ name, value, add, remove }): CorrectProgram[] => [
  single(COLLECTION, `${name} of a class, emptied when its guest leaves`, `
export class Desk {
  guests = ${value};
  constructor(door) {
    door.on('hello', (guestId, guest) => {
      ${add('this.guests')}
      guest.once('close', () => {
»        ${remove('this.guests')}
      });
    });
  }
}
`),
  single(COLLECTION, `${name} of a module, emptied when its guest leaves`, `
const guests = ${value};
export function open(door) {
  door.on('hello', (guestId, guest) => {
    ${add('guests')}
    guest.once('close', () => {
»      ${remove('guests')}
    });
  });
}
`),
  single(COLLECTION, `${name} of a factory, emptied when its guest leaves`, `
export function createDesk(door) {
  const guests = ${value};
  door.on('hello', (guestId, guest) => {
    ${add('guests')}
    guest.once('close', () => {
»      ${remove('guests')}
    });
  });
  return { door };
}
`),
  single(COLLECTION, `${name} of a class, emptied by who fills it`, `
export class Desk {
  #guests = ${value};
  admit(guestId, guest) {
    ${add('this.#guests')}
  }
  leave(guestId) {
»    ${remove('this.#guests')}
  }
}
`),
  single(COLLECTION, `${name} of requests, emptied in a finally`, `
const running = ${value};
export function serve(app) {
  app.post('/visits', async (request, response) => {
    const { id: guestId, guest } = request.body;
    ${add('running')}
    try {
      response.send(await guest.visit());
    } finally {
»      ${remove('running')}
    }
  });
}
`),
  single(['no-partial-exit-handler', 'no-uneven-delete'], `${name} beside another, both released by the handler and by hand`, `
export class Desk {
  guests = new Map();
  coats = ${value};
  constructor(door) {
    door.on('hello', (guestId, guest) => this.admit(guestId, guest));
  }
  admit(guestId, guest) {
    this.guests.set(guestId, guest);
    ${add('this.coats')}
    guest.on('exit', () => {
      this.guests.delete(guestId);
»      ${remove('this.coats')}
    });
  }
  dismiss(guestId) {
    this.guests.get(guestId)?.kill();
    this.guests.delete(guestId);
    ${remove('this.coats')}
  }
}
`),
  single(['no-uneven-delete', 'no-unbounded-collection'], `${name} beside two others, all released together`, `
export class Desk {
  guests = new Map();
  names = new Map();
  coats = ${value};
  admit(guestId, guest) {
    this.guests.set(guestId, guest);
    this.names.set(guestId, guest.name);
    ${add('this.coats')}
  }
  leave(guestId) {
    this.guests.delete(guestId);
    this.names.delete(guestId);
»    ${remove('this.coats')}
  }
}
`),
]);

/** Tables that somebody may take an entry out of, and that a timer looks through for those whom nobody takes out. */
const swept = [
  ['a Map of a module', 'const visits = new Map();', 'visits.set(userId, Date.now());', 'visits.delete(userId);', 'for (const [userId, at] of visits)'],
  ['a dictionary of a module', 'const visits = {};', 'visits[userId] = Date.now();', 'delete visits[userId];', 'for (const [userId, at] of Object.entries(visits))'],
  ['a Map that is looked through with forEach', 'const visits = new Map();', 'visits.set(userId, Date.now());', 'visits.delete(userId);', 'for (const { userId, at } of [...visits].map(([userId, at]) => ({ userId, at })))'],
  ['a Map of an exported object', 'export const desk = { visits: new Map() };\nconst { visits } = desk;', 'visits.set(userId, Date.now());', 'visits.delete(userId);', 'for (const [userId, at] of visits)'],
  ['a dictionary of an exported object', 'export const desk = { visits: {} };\nconst { visits } = desk;', 'visits[userId] = Date.now();', 'delete visits[userId];', 'for (const [userId, at] of Object.entries(visits))'],
].map(([name = '', made = '', add = '', remove = '', each = '']) => single(['no-manual-only-release', 'no-unbounded-collection'], `${name}, which a sweep goes through`, `
${made}
setInterval(() => {
  ${each} {
»    if (at < Date.now() - 60_000) ${remove}
  }
}, 60_000).unref();
export function serve(app) {
  app.post('/visits', (request, response) => {
    const { userId } = request.body;
    ${add}
    response.end();
  });
  app.delete('/visits/:userId', (request, response) => {
    const { userId } = request.params;
    ${remove}
    response.end();
  });
}
`));

/** What rules of one shape know, each in some ways of writing. */
const others: readonly CorrectProgram[] = [
  single(['no-timer-overwrite', 'no-untracked-timer'], 'a time-out that is put off', `
export class Draft {
  touch() {
»    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), 60_000);
  }
  save() {}
  close() {
    clearTimeout(this.saving);
  }
}
`),
  single(['no-timer-overwrite', 'no-untracked-timer'], 'a time-out of a module that is put off', `
let saving;
export function touch(draft) {
»  clearTimeout(saving);
  saving = setTimeout(() => draft.save(), 60_000);
}
export function close() {
  clearTimeout(saving);
}
`),
  single(['no-timer-overwrite', 'no-untracked-timer'], 'an interval that starts again', `
export class Pulse {
  #beat;
  start() {
»    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.ping(), 1000);
  }
  ping() {}
  stop() {
    clearInterval(this.#beat);
  }
}
`),
  single(['no-timer-overwrite', 'no-stale-timer-entry'], 'time-outs per key that are put off', `
const timers = new Map();
export function touch(guestId, leave) {
»  clearTimeout(timers.get(guestId));
  timers.set(guestId, setTimeout(() => {
    timers.delete(guestId);
    leave(guestId);
  }, 60_000));
}
export function forget(guestId) {
  clearTimeout(timers.get(guestId));
  timers.delete(guestId);
}
`),
  single(['no-stale-timer-entry', 'no-unbounded-collection'], 'time-outs per key that take their entry out', `
export class Patience {
  timers = new Map();
  begin(guestId) {
    clearTimeout(this.timers.get(guestId));
    this.timers.set(guestId, setTimeout(() => {
»      this.timers.delete(guestId);
      this.tell(guestId);
    }, 60_000));
  }
  tell() {}
  end(guestId) {
    clearTimeout(this.timers.get(guestId));
    this.timers.delete(guestId);
  }
}
`),
  single(['no-stale-timer-entry', 'no-unbounded-collection'], 'a Set of time-outs that take themselves out', `
export class Patience {
  timers = new Set();
  begin(guest) {
    const timer = setTimeout(() => {
»      this.timers.delete(timer);
      guest.leave();
    }, 60_000);
    this.timers.add(timer);
  }
  dispose() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
`),
  single(['no-stale-timer-entry', 'no-untracked-timer', 'no-forgotten-field'], 'a Map of time-outs that is emptied', `
export class Patience {
  timers = new Map();
  begin(guestId) {
    clearTimeout(this.timers.get(guestId));
    this.timers.set(guestId, setTimeout(() => {
      this.timers.delete(guestId);
      this.tell(guestId);
    }, 60_000));
  }
  tell() {}
  dispose() {
»    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
`),
  single(['no-untracked-timer', 'no-stale-timer-entry', 'no-uneven-delete', 'no-timer-overwrite'], 'a time-out of an entry that is taken out early', `
export class Codes {
  codes = new Map();
  timers = new Map();
  issue(guestId, code) {
    this.drop(guestId);
    this.codes.set(guestId, code);
    this.timers.set(guestId, setTimeout(() => this.drop(guestId), 60_000));
  }
  drop(guestId) {
»    clearTimeout(this.timers.get(guestId));
    this.timers.delete(guestId);
    this.codes.delete(guestId);
  }
}
`),
  single(['no-unbounded-collection'], 'a list that is cut', `
export class Chronicle {
  lines = [];
  constructor(door) {
    door.on('message', (line) => {
      this.lines.push(line);
»      if (this.lines.length > 100) this.lines.shift();
    });
  }
}
`),
  single(['no-unbounded-collection'], 'a list of a module that is cut', `
const lines = [];
export function listen(door) {
  door.on('message', (line) => {
    lines.push(line);
»    if (lines.length > 100) lines.splice(0, lines.length - 100);
  });
}
`),
  single(['no-unbounded-collection'], 'a cache with a limit', `
const pages = new Map();
export function serve(app, render) {
  app.get('/page', (request, response) => {
    const { url } = request;
    if (!pages.has(url)) pages.set(url, render(url));
»    if (pages.size > 500) pages.delete(pages.keys().next().value);
    response.send(pages.get(url));
  });
}
`),
  single(['no-copy-only-trim', 'no-unbounded-collection'], 'a history that is cut, and sent in part', `
export class Talk {
  history = [];
  constructor(door, model) {
    door.on('message', (message) => {
      this.history.push(message);
»      this.history.splice(0, this.history.length - 200);
      model.ask(this.history.slice(-20));
    });
  }
}
`),
  single(['no-manual-only-release', 'no-unbounded-collection', 'no-uneven-delete'], 'sessions that a sweep ends', `
const sessions = new Map();
setInterval(() => {
  for (const [sessionId, session] of sessions) {
»    if (session.seen < Date.now() - 60_000) sessions.delete(sessionId);
  }
}, 60_000).unref();
export function serve(app) {
  app.post('/sessions', (request, response) => {
    sessions.set(request.body.sessionId, { seen: Date.now() });
    response.end();
  });
  app.delete('/sessions/:sessionId', (request, response) => {
    sessions.delete(request.params.sessionId);
    response.end();
  });
}
`),
  single(['no-manual-only-release', 'no-unbounded-collection'], 'visits of a class that a sweep ends', `
export class Visits {
  #visits = new Map();
  #sweeping;
  constructor(app) {
    this.#sweeping = setInterval(() => this.#sweep(Date.now() - 60_000), 60_000);
    app.post('/visits', (request) => { this.#visits.set(request.body.userId, Date.now()); });
    app.delete('/visits/:userId', (request) => { this.#visits.delete(request.params.userId); });
  }
  #sweep(limit) {
    for (const [userId, at] of this.#visits) {
»      if (at < limit) this.#visits.delete(userId);
    }
  }
  close() {
    clearInterval(this.#sweeping);
  }
}
`),
  single(['no-manual-only-release', 'no-unbounded-collection'], 'sockets that end their entry', `
const sockets = new Map();
export function serve(app, server) {
  server.on('connection', (socket) => {
    const sessionId = socket.handshake.sessionId;
    sockets.set(sessionId, socket);
    socket.on('close', () => {
»      sockets.delete(sessionId);
    });
  });
  app.delete('/sessions/:sessionId', (request, response) => {
    sockets.get(request.params.sessionId)?.close();
    sockets.delete(request.params.sessionId);
    response.end();
  });
}
`),
  single(['no-manual-only-release', 'no-unbounded-collection'], 'jobs that end their entry', `
const jobs = new Map();
export function serve(app) {
  app.post('/jobs', async (request, response) => {
    const { jobId } = request.body;
    const job = start(request.body);
    jobs.set(jobId, job);
    response.end();
    await job.done;
»    jobs.delete(jobId);
  });
  app.delete('/jobs/:jobId', (request, response) => {
    jobs.get(request.params.jobId)?.stop();
    jobs.delete(request.params.jobId);
    response.end();
  });
}
`),
  single(['no-manual-only-release', 'no-unbounded-collection'], 'processes that end their entry', `
import { spawn } from 'node:child_process';
const shells = new Map();
export function serve(app) {
  app.post('/shells', (request, response) => {
    const { shellId } = request.body;
    const shell = spawn('bell');
    shell.on('exit', () => {
»      shells.delete(shellId);
    });
    shells.set(shellId, shell);
    response.end();
  });
  app.delete('/shells/:shellId', (request, response) => {
    shells.get(request.params.shellId)?.kill();
    shells.delete(request.params.shellId);
    response.end();
  });
}
`),
  single(['no-forgotten-field', 'no-untracked-timer'], 'two intervals that a teardown clears', `
export class Lamp {
  constructor() {
    this.blink = setInterval(() => this.on(), 1000);
    this.fade = setInterval(() => this.off(), 1500);
  }
  on() {}
  off() {}
  destroy() {
    clearInterval(this.blink);
»    clearInterval(this.fade);
  }
}
`),
  single(['no-forgotten-field', 'no-orphaned-resource'], 'children that a teardown ends with its own', `
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
export class Shop {
  constructor() {
    this.eye = watch('.');
    this.hand = spawn('hand');
  }
  async close() {
    this.eye.close();
»    this.hand.kill();
  }
}
`),
  single(['no-forgotten-field', 'no-orphaned-resource'], 'children that a teardown ends with its own, the other', `
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
export class Shop {
  constructor() {
    this.eye = watch('.');
    this.hand = spawn('hand');
  }
  async close() {
»    this.eye.close();
    this.hand.kill();
  }
}
`),
  single(['no-leaked-listener', 'require-release-in-finally'], 'a listener for one call', `
export async function answer(question) {
  const hear = (text) => question.note(text);
  process.on('message', hear);
  try {
    return await question.ask();
  } finally {
»    process.off('message', hear);
  }
}
`),
  single(['no-leaked-listener'], 'a listener of a shared bus per visitor', `
import { bus } from './bus.js';
export function welcome(socket) {
  const tell = (news) => socket.send(news);
  bus.on('news', tell);
  socket.on('close', () => {
»    bus.off('news', tell);
  });
}
`),
  single(['no-leaked-listener', 'no-forgotten-field'], 'listeners of the page', `
export class Menu {
  constructor(page) {
    this.page = page;
    document.addEventListener('keydown', this.press);
    document.addEventListener('click', this.hide);
  }
  press = () => this.page.press();
  hide = () => this.page.hide();
  destroy() {
    document.removeEventListener('keydown', this.press);
»    document.removeEventListener('click', this.hide);
  }
}
`),
  ...['setTimeout', 'setInterval'].map((set) => single(['require-release-in-finally', 'no-untracked-timer'], `${set} for one wait`, `
export async function within(work, report) {
  const timer = ${set}(() => report.late(), 60_000);
  try {
    return await work();
  } finally {
»    ${set.replace('set', 'clear')}(timer);
  }
}
`)),
  ...([['a browser', "import { chromium } from 'playwright';", 'await chromium.launch()', 'await held.close();'], ['a process that waits for messages', "import { fork } from 'node:child_process';", "fork('./bell.js')", 'held.kill();'], ['a connection', "import Redis from 'ioredis';", 'new Redis()', 'held.disconnect();'], ['a watcher', "import { watch } from 'node:fs';", "watch('.')", 'held.close();'], ['a thread', "import { Worker } from 'node:worker_threads';", "new Worker('./bell.js')", 'await held.terminate();'], ['a server', "import { createServer } from 'node:net';", 'createServer().listen(0)', 'held.close();']] as const).map(([name, imports, acquire, release]) =>
    single(['no-orphaned-resource', 'require-release-in-finally'], `${name} for one call`, `
${imports}
export async function once(work) {
  const held = ${acquire};
  try {
    return await work();
  } finally {
»    ${release}
  }
}
`)),
];

export const CORRECT_PROGRAMS: readonly CorrectProgram[] = [...products, ...tables, ...swept, ...others];
