import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();
const caches = temporaryFolder();

const outer = process.env['LEAKPROOF_CACHE_DIR'];
beforeEach(() => { process.env['LEAKPROOF_CACHE_DIR'] = caches.path; });
afterEach(() => { process.env['LEAKPROOF_CACHE_DIR'] = outer; });

type Sources = Readonly<Record<string, string>>;

/** What is found in one file, with the reasons and their places; other runs may have found it out. */
async function found(file: string, sources: Sources): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...sources });
  const told = async (...args: string[]): Promise<string[]> => {
    const { findings } = await scanJson(folder, '--confidence', 'likely', ...args);
    return findings.filter((one) => one.file === file).map(({ rule, symbol, reasons, related }) => [rule, symbol, ...[...reasons, ...related].filter((one) => one.file !== file).map((one) => `${one.file}:${one.line}`)].join(' '));
  };
  const kept = await told();
  expect(kept).toEqual(await told('--no-cache'));
  return kept;
}

const BASE = 'export class Widget {\n  constructor(feed) { this.timer = setInterval(() => feed.poll(), 1000); }\n  dispose() { clearInterval(this.timer); }\n}\n';
const METER = "import { Widget } from './widget.js';\nexport class Meter extends Widget {\n  constructor(feed) { super(feed); this.values = [1]; }\n  dispose() { this.values = null; }\n}\n";
const SHOWS = "import { Meter } from './meter.js';\nglobalThis.button.on('click', (feed) => globalThis.shown.set(feed, new Meter(feed)));\nglobalThis.button.on('close', (it) => it.dispose());\n";

const ROOM = 'export interface Room { id: string; transcript: string[] }\n';
const ROOMS = "import type { Room } from './types.js';\nexport class Rooms {\n  private rooms: Map<string, Room> = new Map();\n  open(userId: string): Room {\n    const room = { id: userId, transcript: [] };\n    this.rooms.set(userId, room);\n    return room;\n  }\n  close(userId: string): void { this.rooms.delete(userId); }\n}\n";
const FILLS = "import type { Room } from './types.js';\nexport class Listener {\n  async listen(room: Room, lines: AsyncIterable<string>): Promise<void> {\n    for await (const line of lines) room.transcript.push(line);\n  }\n}\n";
const JOINS = "import { Rooms } from './rooms.js';\nimport { Listener } from './listener.js';\nconst rooms = new Rooms();\nconst listener = new Listener();\nglobalThis.server.on('join', (userId, lines) => listener.listen(rooms.open(userId), lines));\nglobalThis.server.on('leave', (userId) => rooms.close(userId));\n";

const POLLED = 'export class Polled {\n  #timer;\n  constructor(load) { this.#timer = setInterval(() => load(), 1000); }\n  latest() { return 1; }\n  stop() { clearInterval(this.#timer); }\n}\n';
const PANEL = "import { Polled } from './polled.js';\nexport class Panel {\n  #polled;\n  constructor(load) { this.#polled = new Polled(load); }\n  show() { return this.#polled.latest(); }\n}\n";
const OPENS = "import { Panel } from './panel.js';\nexport const open = (load) => new Panel(load);\nglobalThis.button.on('click', open);\nglobalThis.button.on('close', (it) => it.stop());\n";

const STATE = 'const listeners = new Set<() => void>();\nexport function subscribeState(listener: () => void): () => void {\n  listeners.add(listener);\n  return () => listeners.delete(listener);\n}\nexport function changed() { for (const listener of listeners) listener(); }\n';
const VIEW = "import { subscribeState } from './state.js';\nexport class View {\n  private list = document.createElement('ul');\n  constructor() { this.draw(); }\n  private draw() { subscribeState(() => this.list.replaceChildren()); }\n  destroy() { this.list.remove(); }\n}\n";
const DRAWS = "import { View } from './view.js';\nimport { changed } from './state.js';\nglobalThis.button.onclick = () => new View();\nglobalThis.socket.on('change', () => changed());\n";

const RECORDS = 'const records = new Map();\nexport async function startPipe(id) {\n  const pipe = globalThis.open(id);\n  records.set(id, pipe);\n  return pipe;\n}\nexport function dropRecord(id) { records.delete(id); }\n';
const SERVES = `import { startPipe, dropRecord } from './records.js';
const owners = new Map();
export function register(bus) {
  bus.handle('local', async (id, owner) => {
    const pipe = await startPipe(id);
    owners.set(id, owner);
    pipe.onExit(() => { owners.delete(id); dropRecord(id); });
  });
  bus.handle('remote', async (id, owner) => {
    const pipe = await startPipe(id);
    owners.set(id, owner);
    pipe.onExit(() => { owners.delete(id); });
  });
}
`;

const SESSIONS = 'export class Sessions {\n  sessions = new Map();\n  open(sessionId, socket) { this.sessions.set(sessionId, { socket }); }\n  end(sessionId) { this.sessions.get(sessionId)?.socket.close(); this.sessions.delete(sessionId); }\n}\n';
const ROUTES = "import { Sessions } from './sessions.js';\nconst sessions = new Sessions();\nglobalThis.app.post('/sessions', (request) => { sessions.open(request.params.sessionId, request.socket); });\nglobalThis.app.delete('/sessions/:id', (request) => { sessions.end(request.params.sessionId); });\n";

/** One file that stays as it is, what is found in it, another that changes, and what is found then. */
const CASES: readonly { readonly name: string; readonly file: string; readonly sources: Sources; readonly first: string[]; readonly change: Sources; readonly then: string[] }[] = [
  {
    name: 'what a base class releases', file: 'meter.js', sources: { 'widget.js': BASE, 'meter.js': METER, 'main.js': SHOWS },
    first: ['no-forgotten-field dispose widget.js:3 widget.js:3'], change: { 'widget.js': BASE.replace('clearInterval(this.timer);', '') }, then: [],
  },
  {
    name: 'where a base class releases it', file: 'meter.js', sources: { 'widget.js': BASE, 'meter.js': METER, 'main.js': SHOWS },
    first: ['no-forgotten-field dispose widget.js:3 widget.js:3'], change: { 'widget.js': `\n\n${BASE}` }, then: ['no-forgotten-field dispose widget.js:5 widget.js:5'],
  },
  {
    name: 'who fills a member of an object of a named type', file: 'rooms.ts', sources: { 'types.ts': ROOM, 'rooms.ts': ROOMS, 'listener.ts': FILLS, 'main.ts': JOINS },
    first: ['no-unbounded-collection transcript listener.ts:4 listener.ts:4'], change: { 'listener.ts': FILLS.replace('room.transcript.push(line)', 'globalThis.show(room, line)') }, then: [],
  },
  {
    name: 'who trims such a member', file: 'rooms.ts', sources: { 'types.ts': ROOM, 'rooms.ts': ROOMS, 'listener.ts': FILLS, 'main.ts': JOINS },
    first: ['no-unbounded-collection transcript listener.ts:4 listener.ts:4'], change: { 'listener.ts': FILLS.replace('push(line);', 'push(line);\n    room.transcript.shift();') }, then: [],
  },
  {
    name: 'what makers call on what they keep', file: 'polled.js', sources: { 'polled.js': POLLED, 'panel.js': PANEL, 'main.js': OPENS },
    first: ['no-untracked-timer #timer panel.js:4'], change: { 'panel.js': PANEL.replace('latest(); }', 'latest(); }\n  close() { this.#polled.stop(); }') }, then: [],
  },
  {
    name: 'whether a function keeps a listener', file: 'view.ts', sources: { 'state.ts': STATE, 'view.ts': VIEW, 'main.ts': DRAWS },
    first: ['no-leaked-listener subscribeState'], change: { 'state.ts': 'export function subscribeState(listener: () => void): void { listener(); }\nexport function changed() {}\n' }, then: [],
  },
  {
    name: 'what functions do to the collections of their module', file: 'serve.js', sources: { 'records.js': RECORDS, 'serve.js': SERVES, 'main.js': "import { register } from './serve.js';\nregister(globalThis.bus);\n" },
    first: ['no-partial-exit-handler exit'], change: { 'records.js': RECORDS.replace('records.set(id, pipe);', '').replace('records.delete(id);', '') }, then: [],
  },
  {
    name: 'on which occasions a release is called', file: 'sessions.js', sources: { 'sessions.js': SESSIONS, 'routes.js': ROUTES },
    first: ['no-manual-only-release sessions routes.js:4'], change: { 'routes.js': `${ROUTES}globalThis.bus.on('gone', (id) => sessions.end(id));\n` }, then: [],
  },
];

describe('a judgement that is kept is not believed if another file changes', () => {
  it.each(CASES)('$name', async ({ file, sources, first, change, then }) => {
    expect(await found(file, sources)).toEqual(first);
    expect(await found(file, { ...sources, ...change })).toEqual(then);
    expect(await found(file, sources)).toEqual(first);
  });
});

it('places in other files are told from the root of the report', async () => {
  folder.write({ 'part/package.json': '{ "private": true }', 'part/widget.js': BASE, 'part/meter.js': METER, 'part/main.js': SHOWS });
  const here = join(folder.path, 'here');
  mkdirSync(here);
  for (let times = 0; times < 2; times++) {
    const { findings } = await scanJson({ path: here }, '.', '../part');
    expect(findings.map(({ file, related }) => [file, ...related.map((one) => one.file)])).toEqual([['../part/meter.js', '../part/widget.js']]);
  }
});
