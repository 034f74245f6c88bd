import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';
import { OPENS, REGISTRY } from '../support/session-registry.js';

const folder = temporaryFolder();

/** What is reported of a project, as `certain no-unbounded-collection sessions`. */
async function reported(files: Readonly<Record<string, string>>, ...paths: string[]): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...files });
  const { findings } = await scanJson(folder, '--confidence', 'likely', ...paths);
  return findings.map(({ confidence, rule, symbol }) => `${confidence} ${rule} ${symbol}`);
}

const MAIN = `
import { accept } from './accept.js';
accept(globalThis.socket);
`;
const LEAK = 'certain no-manual-only-release sessions';

describe('a release function that is called, or is not', () => {
  it('is none if no file calls it', async () => {
    expect(await reported({ 'registry.js': REGISTRY, 'accept.js': OPENS, 'main.js': MAIN })).toEqual([LEAK]);
  });

  it('is none if only a test calls it', async () => {
    expect(await reported({ 'registry.js': REGISTRY, 'accept.js': OPENS, 'main.js': MAIN, 'registry.test.js': "import { closeSession } from './registry.js';\ncloseSession('1');\n" })).toEqual([LEAK]);
  });

  // By a name that the program makes up, something may call that.
  it('is likely none if what calls it is called by nobody, as far as names tell', async () => {
    const unused = "import { closeSession } from './registry.js';\nexport function hangUp(id) { closeSession(id); }\nexport const used = 1;\n";
    expect(await reported({ 'registry.js': REGISTRY, 'accept.js': OPENS, 'hang-up.js': unused, 'main.js': `${MAIN}import { used } from './hang-up.js';\nglobalThis.used = used;\n` })).toEqual([LEAK.replace('certain', 'likely')]);
  });

  it.each<[string, Record<string, string>]>([
    ['an event of another file', { 'accept.js': `${OPENS}import { closeSession } from './registry.js';\nglobalThis.socket.on('close', () => closeSession('1'));\n` }],
    ['a listener that it is given as', { 'accept.js': `${OPENS}import { closeSession } from './registry.js';\nglobalThis.socket.onclose = closeSession;\n` }],
    ['another function, behind a barrel', {
      'index.js': "export * from './registry.js';\n",
      'hang-up.js': "import { closeSession as end } from './index.js';\nexport function hangUp(id) { end(id); }\n",
      'main.js': `${MAIN}import { hangUp } from './hang-up.js';\nglobalThis.socket.on('close', () => hangUp('1'));\n`,
    }],
    ['CommonJS', { 'old.cjs': "const registry = require('./registry.js');\nglobalThis.socket.on('close', () => registry.closeSession('1'));\n" }],
    ['a namespace', { 'all.js': "import * as registry from './registry.js';\nglobalThis.socket.on('close', () => registry.closeSession('1'));\n" }],
    ['a dynamic import', { 'late.js': "const registry = await import('./registry.js');\nregistry.closeSession('1');\n" }],
    ['a component whose script is not read', { 'App.vue': "<script>\nimport { closeSession } from './registry.js';\n</script>\n" }],
  ])('counts if it is reached by %s', async (_, files) => {
    expect(await reported({ 'registry.js': REGISTRY, 'accept.js': OPENS, 'main.js': MAIN, ...files })).toEqual([]);
  });

  it('may be called by the users of a package that offers it', async () => {
    const offered = { 'package.json': '{ "name": "registry", "main": "registry.js" }', 'registry.js': REGISTRY, 'accept.js': OPENS, 'main.js': MAIN };
    expect(await reported(offered)).toEqual([]);
  });

  it('may be called by whoever starts a file that nothing imports', async () => {
    expect(await reported({ 'registry.js': REGISTRY })).toEqual([]);
  });

  it.each(["export * from './registry.js';", "export { closeSession } from './registry.js';", "import { closeSession } from './registry.js';\nexport { closeSession };"])('may be called by whoever starts a file that passes it on: %s', async (barrel) => {
    const files = { 'registry.js': REGISTRY, 'accept.js': OPENS, 'main.js': MAIN };
    expect(await reported({ ...files, 'index.js': barrel })).toEqual([]);
    expect(await reported({ ...files, 'index.js': barrel, 'uses-another.js': "import * as all from './index.js';\nglobalThis.count = all.another();\n" })).toEqual([LEAK]);
  });
});

describe('names that lead to other files', () => {
  it.each<[string, string, Record<string, string>]>([
    ['.js for .ts', './registry.js', {}],
    ['no extension', './registry', {}],
    ['paths of a tsconfig', '@app/registry', { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@app/*": ["./*"] } } }' }],
  ])('follows %s', async (_, specifier, files) => {
    const main = `import { openSession } from '${specifier}';\nglobalThis.socket.on('hello', (message) => openSession(message.sessionId, message));\n`;
    expect(await reported({ 'registry.ts': REGISTRY, 'main.ts': main, ...files })).toEqual([LEAK]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['the field that names what a build makes', 'registry', { 'packages/registry/package.json': '{ "name": "registry", "private": true, "main": "dist/index.js" }', 'packages/registry/src/index.ts': REGISTRY }],
    ['exports', '@app/registry', { 'packages/registry/package.json': '{ "name": "@app/registry", "private": true, "exports": { ".": { "import": "./lib/main.js" } } }', 'packages/registry/lib/main.ts': REGISTRY }],
    ['exports with a pattern', 'registry/parts/sessions', { 'packages/registry/package.json': '{ "name": "registry", "private": true, "exports": { "./parts/*": { "import": "./dist/*.js" } } }', 'packages/registry/src/sessions.ts': REGISTRY }],
    ['a path within', 'registry/src/sessions.js', { 'packages/registry/package.json': '{ "name": "registry", "private": true }', 'packages/registry/src/sessions.ts': REGISTRY }],
    ['nothing but its folder', 'registry', { 'packages/registry/package.json': '{ "name": "registry", "private": true }', 'packages/registry/src/index.ts': REGISTRY }],
  ])('finds a package of the project that is not installed by its name: %s', async (_, specifier, files) => {
    const main = `import { openSession } from '${specifier}';\nglobalThis.socket.on('hello', (message) => openSession(message.sessionId, message));\n`;
    const closes = `import { closeSession } from '${specifier}';\nglobalThis.socket.on('close', (id) => closeSession(id));\n`;
    expect(await reported({ ...files, 'packages/app/main.ts': main })).toEqual([LEAK]);
    expect(await reported({ ...files, 'packages/app/main.ts': main, 'packages/app/closes.ts': closes })).toEqual([]);
  });

  it('takes no package of another name for one of the project', async () => {
    const files = { 'packages/registry/package.json': '{ "name": "@app/registry", "private": true }', 'packages/registry/index.ts': REGISTRY };
    expect(await reported({ ...files, 'main.ts': "import { openSession } from '@other/registry';\nglobalThis.socket.on('hello', (message) => openSession(message.sessionId, message));\n" })).toEqual([]);
  });

  it('takes the source of what is built beside it', async () => {
    const files = { '.gitignore': 'dist\n', 'packages/registry/package.json': '{ "name": "registry", "private": true, "main": "dist/index.js" }', 'packages/registry/src/index.ts': REGISTRY, 'packages/registry/dist/index.js': REGISTRY };
    expect(await reported({ ...files, 'main.ts': "import { openSession } from './packages/registry/dist/index.js';\nglobalThis.socket.on('hello', (message) => openSession(message.sessionId, message));\n" })).toEqual([LEAK]);
  });

  it('follows the packages of a workspace', async () => {
    const linked = { 'package.json': '{ "private": true, "workspaces": ["packages/*"], "imports": { "#registry": "./packages/registry/index.js" } }' };
    const main = "import { openSession } from '#registry';\nglobalThis.socket.on('hello', (message) => openSession(message.sessionId, message));\n";
    expect(await reported({ ...linked, 'packages/registry/package.json': '{ "name": "registry", "private": true }', 'packages/registry/index.js': REGISTRY, 'main.js': main })).toEqual([LEAK]);
  });
});

describe('a collection that other files work on', () => {
  const SHARED = "export const sessions = new Map();\n";
  const FILLS = "import { sessions } from './sessions.js';\nglobalThis.server.on('connection', (socket) => { sessions.set(socket.sessionId, socket); });\n";

  it('is reported where it is declared if all other files only fill it', async () => {
    expect(await reported({ 'sessions.js': SHARED, 'fill.js': FILLS })).toEqual(['certain no-unbounded-collection sessions']);
  });

  it('is silent if one of them takes entries out', async () => {
    expect(await reported({ 'sessions.js': SHARED, 'fill.js': FILLS, 'empty.js': "import { sessions } from './sessions.js';\nglobalThis.server.on('end', (id) => sessions.delete(id));\n" })).toEqual([]);
  });

  it('is silent if the file that declares it takes entries out', async () => {
    expect(await reported({ 'sessions.js': `${SHARED}export const hangUp = (id) => sessions.delete(id);\n`, 'fill.js': `${FILLS}import { hangUp } from './sessions.js';\nglobalThis.server.on('end', hangUp);\n` })).toEqual([]);
  });

  it('is silent if one of them gives it to a function that may', async () => {
    expect(await reported({ 'sessions.js': SHARED, 'fill.js': FILLS, 'empty.js': "import { sessions } from './sessions.js';\nglobalThis.server.on('end', () => globalThis.wipe(sessions));\n" })).toEqual([]);
  });

  it('is judged the same if only its file is named', async () => {
    expect(await reported({ 'sessions.js': SHARED, 'fill.js': FILLS }, 'sessions.js')).toEqual(['certain no-unbounded-collection sessions']);
  });
});

describe('an object that other files make', () => {
  const COLLECTOR = `
export class Connections {
  #byPeer = new Map();
  note(peerId, socket) {
    this.#byPeer.set(peerId, socket);
  }
}
`;
  const made = (how: string): Record<string, string> => ({ 'connections.js': COLLECTOR, 'main.js': `import { Connections } from './connections.js';\n${how}` });

  it('is judged by how long it lives there', async () => {
    expect(await reported(made('const all = new Connections();\nglobalThis.server.on("connection", (socket) => all.note(socket.id, socket));\n'))).toEqual(['certain no-unbounded-collection #byPeer']);
    expect(await reported(made('export function count(sockets) {\n  const all = new Connections();\n  for (const socket of sockets) all.note(socket.id, socket);\n}\n'))).toEqual([]);
  });

  it.each(['globalThis.registry.set("connections", all);', 'return { all };', 'globalThis.server.on("end", () => all.note("", undefined));'])('may live on where the call that makes it hands it on: %s', async (onward) => {
    expect(await reported(made(`export function serve() {\n  const all = new Connections();\n  ${onward}\n}\n`))).toEqual(['certain no-unbounded-collection #byPeer']);
  });
});

it('is not confused by methods that every object has', async () => {
  expect(await reported({ 'a.js': 'export class Point {\n  toString() { return ""; }\n  constructor() { this.at = 1; }\n  hasOwnProperty() { return false; }\n}\n', 'b.js': "import { Point } from './a.js';\nString(new Point().toString());\n" })).toEqual([]);
});

describe('a handle that is given back', () => {
  const STATS = "export function startStats(app) {\n  return setInterval(() => app.emit('stats'), 5000);\n}\n";
  const app = (start: string): string => `
import { startStats } from './stats.js';
export class App {
  intervals = [];
  start() { ${start} }
  stop() { this.intervals.forEach((interval) => clearInterval(interval)); }
  reload() { setTimeout(() => this.start(), 1000); }
}
`;
  const MAKES = "import { App } from './app.js';\nconst app = new App();\napp.start();\napp.reload();\nprocess.on('SIGTERM', () => app.stop());\n";

  it('is none that is dropped, even if a timer leads to its caller', async () => {
    const found = await reported({ 'stats.js': STATS, 'app.js': app('this.intervals.push(startStats(this));'), 'main.js': MAKES });
    expect(found.filter((one) => one.endsWith('setInterval'))).toEqual([]);
  });

  it('is dropped by a timer that calls the function itself', async () => {
    const found = await reported({ 'stats.js': `${STATS}setInterval(() => setInterval(() => globalThis.beat(), 5000), 60000);\n`, 'app.js': app('this.intervals.push(startStats(this));'), 'main.js': MAKES });
    expect(found).toContain('likely no-untracked-timer setInterval');
  });
});

describe('a list of an object that other files know by its type', () => {
  const TYPES = `
export interface Room {
  id: string;
  transcript: string[];
}
`;
  const MAKES = `
import type { Room } from './types.js';
export class Rooms {
  private rooms: Map<string, Room> = new Map();
  open(userId: string): Room {
    let room = this.rooms.get(userId);
    if (room) return room;
    room = { id: userId, transcript: [] };
    this.rooms.set(userId, room);
    return room;
  }
  close(userId: string): void {
    this.rooms.delete(userId);
  }
}
`;
  const FILLS = `
import type { Room } from './types.js';
export class Listener {
  async listen(room: Room, lines: AsyncIterable<string>): Promise<void> {
    for await (const line of lines) room.transcript.push(line);
  }
}
`;
  const STARTS = `
import { Rooms } from './rooms.js';
import { Listener } from './listener.js';
const rooms = new Rooms();
const listener = new Listener();
globalThis.server.on('join', (userId, lines) => listener.listen(rooms.open(userId), lines));
globalThis.server.on('leave', (userId) => rooms.close(userId));
`;
  const PROJECT = { 'types.ts': TYPES, 'rooms.ts': MAKES, 'listener.ts': FILLS, 'main.ts': STARTS };

  it('is reported where it is made if all files only fill it', async () => {
    expect(await reported(PROJECT)).toEqual(['certain no-unbounded-collection transcript']);
  });

  it('names the files that fill it, with their places', async () => {
    folder.write({ 'package.json': '{ "private": true }', ...PROJECT });
    const { findings: [finding] } = await scanJson(folder, '--confidence', 'likely');
    expect(finding?.file).toBe('rooms.ts');
    expect(finding?.reasons.find(({ file }) => file === 'listener.ts')).toEqual({ text: 'an entry is added for every item that arrives in listener.ts, line 5', file: 'listener.ts', line: 5, column: 1 });
    expect(finding?.related).toContainEqual({ role: 'growth', name: 'transcript', file: 'listener.ts', line: 5, column: 1 });
  });

  it.each<[string, Record<string, string>]>([
    ['trims it by the same type', { 'trim.ts': "import type { Room } from './types.js';\nexport function trim(room: Room) { while (room.transcript.length > 100) room.transcript.shift(); }\n", 'main.ts': `${STARTS}import { trim } from './trim.js';\nglobalThis.server.on('trim', trim);\n` }],
    ['gives it a new list', { 'trim.ts': "import type { Room } from './types.js';\nexport function trim(room: Room) { room.transcript = room.transcript.slice(-100); }\n", 'main.ts': `${STARTS}import { trim } from './trim.js';\nglobalThis.server.on('trim', trim);\n` }],
    ['takes from a list of that name, of an object without a type', { 'trim.ts': "export function trim(room) { room.transcript.shift(); }\n", 'main.ts': `${STARTS}import { trim } from './trim.js';\nglobalThis.server.on('trim', trim);\n` }],
  ])('is silent if another file %s', async (_, files) => {
    expect(await reported({ ...PROJECT, ...files })).toEqual([]);
  });

  it('is silent if another type of the same member is filled', async () => {
    expect(await reported({ ...PROJECT, 'listener.ts': FILLS.replace("import type { Room } from './types.js';", 'interface Room { transcript: string[] }') })).toEqual([]);
  });
});

describe('requests that another file answers', () => {
  const SESSIONS = `
export class Sessions {
  private sessions = new Map();
  open(sessionId, socket) { this.sessions.set(sessionId, { socket }); }
  end(sessionId) { this.sessions.get(sessionId)?.socket.close(); this.sessions.delete(sessionId); }
}
`;
  const ROUTES = `
import { Sessions } from './sessions.js';
export class Routes {
  constructor(private readonly sessions: Sessions) {}
  attach(app) {
    app.post('/sessions', this.onOpen.bind(this));
    app.delete('/sessions/:id', this.onEnd.bind(this));
  }
  private onOpen = this.guarded((request) => { this.sessions.open(request.params.sessionId, request.socket); });
  private onEnd = this.guarded((request) => { this.sessions.end(request.params.sessionId); });
  private guarded(handler) { return (request, response) => { try { handler(request, response); } catch { response.end(); } }; }
}
`;
  const STARTS = "import { Sessions } from './sessions.js';\nimport { Routes } from './routes.js';\nexport const sessions = new Sessions();\nnew Routes(sessions).attach(globalThis.app);\n";
  const PROJECT = { 'sessions.ts': SESSIONS, 'routes.ts': ROUTES, 'main.ts': STARTS };

  it('are no release for a client that goes away', async () => {
    folder.write({ 'package.json': '{ "private": true }', ...PROJECT });
    const { findings: [finding] } = await scanJson(folder, '--confidence', 'likely');
    expect([finding?.rule, finding?.symbol]).toEqual(['no-manual-only-release', 'sessions']);
    expect(finding?.reasons).toContainEqual({ text: 'that request is answered in routes.ts, line 10', file: 'routes.ts', line: 10, column: 1 });
  });

  it('are seen in a file that is ignored, if the project imports it', async () => {
    expect(await reported({ '.gitignore': 'rout*\n', ...PROJECT })).toHaveLength(1);
  });

  it('are not all, where an interval of another file ends them, too', async () => {
    expect(await reported({ ...PROJECT, 'main.ts': `${STARTS}setInterval(() => { sessions.end(globalThis.oldest()); }, 60_000);\n` })).toEqual([]);
  });
});

describe('collections of another module, by the functions that it shows', () => {
  const RECORDS = `
const records = new Map();
export async function startPipe(options) {
  const { id } = options;
  const pipe = globalThis.open(options);
  records.set(id, pipe);
  return pipe;
}
export function dropRecord(id) { records.delete(id); }
`;
  const SERVES = (second: string): string => `
import { startPipe, dropRecord } from './records.js';
const owners = new Map();
export function register(bus) {
  bus.handle('local', async (id, owner) => {
    const pipe = await startPipe({ id, size: 1 });
    owners.set(id, owner);
    pipe.onExit(() => { owners.delete(id); dropRecord(id); });
  });
  bus.handle('remote', async (id, owner) => {
    const pipe = await startPipe({ id, size: 2 });
    owners.set(id, owner);
    pipe.onExit(() => { owners.delete(id); ${second} });
  });
}
`;
  const MAIN_FILE = "import { register } from './serve.js';\nregister(globalThis.bus);\n";

  it('are released by one handler and left by its sibling', async () => {
    expect(await reported({ 'records.js': RECORDS, 'serve.js': SERVES(''), 'main.js': MAIN_FILE })).toEqual([expect.stringContaining('no-partial-exit-handler exit')]);
  });

  it.each(['dropRecord(id);', 'globalThis.later(() => {}); dropRecord(id);'])('are released by both: %s', async (second) => {
    expect(await reported({ 'records.js': RECORDS, 'serve.js': SERVES(second), 'main.js': MAIN_FILE })).toEqual([]);
  });

  it('are not meant by a function of that name from elsewhere', async () => {
    expect(await reported({ 'records.js': RECORDS, 'other.js': 'export function dropRecord(id) { return id; }\n', 'serve.js': SERVES('').replace("startPipe, dropRecord } from './records.js'", "startPipe } from './records.js';\nimport { dropRecord } from './other.js'"), 'main.js': MAIN_FILE })).toEqual(['likely no-manual-only-release records']);
  });
});

describe('a teardown that takes the place of one of a base class', () => {
  const BASE = `
class Widget {
  constructor(feed) { this.children = []; this.timer = setInterval(() => feed.poll(), 1000); }
  dispose() {
    for (const child of this.children) child.dispose();
    clearInterval(this.timer);
  }
}
export default Widget;
`;
  const derived = (body: string): string => `
import Widget from './widget.js';
export class Meter extends Widget {
  constructor(feed) { super(feed); this.values = [1]; }
  dispose() { ${body} }
}
`;
  const MAIN_FILE = "import { Meter } from './meter.js';\nglobalThis.meter = new Meter(globalThis.feed);\n";
  const project = (body: string, base = BASE): Record<string, string> => ({ 'widget.js': base, 'meter.js': derived(body), 'main.js': MAIN_FILE });

  it('is reported, with the place of what it leaves out', async () => {
    folder.write({ 'package.json': '{ "private": true }', ...project('this.values = null;') });
    const { findings: [finding, ...others] } = await scanJson(folder);
    expect(others).toEqual([]);
    expect([finding?.rule, finding?.symbol, finding?.line]).toEqual(['no-forgotten-field', 'dispose', 5]);
    expect(finding?.reasons[0]).toMatchObject({ file: 'widget.js', line: 4 });
  });

  it.each(['super.dispose();', 'Widget.prototype.dispose.call(this);', 'this.finish(); } finish() { super.dispose();'])('is silent if it goes on to it: %s', async (body) => {
    expect(await reported(project(body))).toEqual([]);
  });

  it('is silent if the class never uses what the base class would release', async () => {
    expect(await reported(project('this.values = null;', 'class Widget {\n  parts = new Map();\n  dispose() { for (const part of this.parts.values()) part.stop(); this.parts.clear(); }\n}\nexport default Widget;\n'))).toEqual([]);
  });

  it('is silent if the base class only has it to be replaced', async () => {
    expect(await reported(project('this.values = null;', 'class Widget {\n  dispose() { throw new Error("not implemented"); }\n}\nexport default Widget;\n'))).toEqual([]);
  });
});

describe('an interval of an object that another file makes', () => {
  const POLLED = `
export class Polled {
  #timer;
  constructor(load) { this.#timer = setInterval(() => load(), 1000); }
  latest() { return 1; }
  stop() { clearInterval(this.#timer); }
}
`;
  const maker = (more: string, field = '#polled'): string => `
import { Polled } from './polled.js';
export class Panel {
  ${field};
  constructor(load) { this.${field} = new Polled(load); }
  show() { return this.${field}.latest(); }
  ${more}
}
`;
  const MAIN_FILE = "import { Panel } from './panel.js';\nexport const open = (load) => new Panel(load);\nglobalThis.button.on('click', open);\nglobalThis.button.on('close', (it) => it.stop());\n";
  const project = (panel: string): Record<string, string> => ({ 'polled.js': POLLED, 'panel.js': panel, 'main.js': MAIN_FILE });

  it('is reported if its maker keeps the object to itself and never ends it', async () => {
    expect(await reported(project(maker('')))).toEqual(['likely no-untracked-timer #timer']);
  });

  it.each([
    ['ends it', maker('close() { this.#polled.stop(); }')],
    ['gives it away', maker('get source() { return this.#polled; }')],
    ['shows it', maker('', 'polled')],
  ])('is silent if its maker %s', async (_, panel) => {
    expect(await reported(project(panel))).toEqual([]);
  });
});

describe('a function of another file that keeps a listener', () => {
  const STATE = `
const listeners = new Set<() => void>();
export function subscribeState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function changed() { for (const listener of listeners) listener(); }
`;
  const view = (call: string, end = ''): string => `
import { subscribeState } from './state.js';
export class View {
  private list = document.createElement('ul');
  private stop: (() => void) | undefined;
  constructor() { this.draw(); }
  private draw() { ${call} }
  destroy() { ${end} this.list.remove(); }
}
`;
  const MAIN_FILE = "import { View } from './view.js';\nimport { changed } from './state.js';\nglobalThis.button.onclick = () => new View();\nglobalThis.socket.on('change', () => changed());\n";
  const project = (source: string, state = STATE): Record<string, string> => ({ 'state.ts': state, 'view.ts': source, 'main.ts': MAIN_FILE });

  it('is reported if the teardown of the object leaves it', async () => {
    expect(await reported(project(view('subscribeState(() => this.list.replaceChildren());')))).toEqual(['certain no-leaked-listener subscribeState']);
  });

  it('is silent if the teardown calls what it gave back', async () => {
    expect(await reported(project(view('this.stop = subscribeState(() => this.list.replaceChildren());', 'this.stop?.();')))).toEqual([]);
  });

  it('is silent if it gives nothing back', async () => {
    expect(await reported(project(view('subscribeState(() => this.list.replaceChildren());'), 'export function subscribeState(listener: () => void): void { listener(); }\nexport function changed() {}\n'))).toEqual([]);
  });
});

it('calls of super are calls of the base class', async () => {
  const base = 'export class Decorator {\n  parts = new Map();\n  add(socketId, part) { this.parts.set(socketId, part); }\n  detach(socketId) { this.parts.delete(socketId); }\n}\n';
  const derived = "import { Decorator } from './decorator.js';\nclass Marks extends Decorator {\n  detach(socketId) { super.detach(socketId); }\n}\nconst marks = new Marks();\nglobalThis.bus.on('open', (id, part) => marks.add(id, part));\nglobalThis.bus.on('gone', (id) => marks.detach(id));\n";
  expect(await reported({ 'decorator.js': base, 'main.js': derived })).toEqual([]);
});

it('the end of one entry, which asks for its release, is no end of the owner', async () => {
  const marks = 'export class Marks {\n  sets = new Map();\n  add(session, mark) { this.sets.set(session, mark); }\n  detach(session) { this.sets.delete(session); }\n}\nexport const marks = new Marks();\n';
  const session = "import { marks } from './marks.js';\nexport class Session {\n  open(mark) { marks.add(this, mark); }\n  dispose() { marks.detach(this); }\n}\n";
  expect(await reported({ 'marks.js': marks, 'session.js': session, 'main.js': "import { Session } from './session.js';\nconst one = new Session();\nexport function end() { one.dispose(); }\n" })).toEqual([]);
});
