import { describe, expect, it } from 'vitest';
import { addTtlSweep, codemods } from '../../codemods/index.js';
import type { Codemod, Repair, RepairValues } from '../../src/codemod/codemod.js';
import { planRepair } from '../../src/codemod/plan.js';
import { readWith } from '../../src/codemod/read-text.js';
import { DEFAULT_SETTINGS, isFinding } from '../../src/core/index.js';

describe('track-timers refuses', () => {
  it.each([
    ['nothing shows when it should end', 'export function later(run: () => void) { setTimeout(() => run(), 60_000); }', /its callback ends no entry of a collection, and its owner has no teardown/u],
    ['it is started within a larger expression', inService('{ log(this.ready), setTimeout(() => this.run(), 60_000); }'), /started within a larger expression/u],
    ['the promise that it settles is in two races', inService('{ const late = new Promise((_, fail) => { setTimeout(() => { this.run(); fail(); }, 60_000); }); return [Promise.race([this.ready, late]), Promise.race([late, this.ready])]; }'), /takes part in more than one race/u],
    ['a listener is all that ends something', inService('{ setTimeout(() => this.run(), 60_000); socket.onclose = this.onClose; }', 'log();').replace('close()', 'onClose()'), /onClose\(\) hears that something has ended/u],
    ['each call starts an interval of its own', inService('{}', '', 'watch(socket: Socket) { setInterval(() => { this.run(); socket.ping(); }, 1000); }'), /Every call starts an interval of its own/u],
    ['the callback would lose its this', inService('{ setTimeout(this.run, 60_000); }'), /could change its `this`/u],
    ['the callback is given arguments', inService('{ setTimeout(log, 60_000, this.ready); }'), /declared elsewhere and is given arguments/u],
    [
      'an entry is deleted where the timer cannot be cleared first',
      `const sessions = new Map<string, object>();
       export function open(id: string) { sessions.set(id, {}); setTimeout(() => sessions.delete(id), 60_000); }
       export const close = (id: string) => sessions.has(id) && sessions.delete(id);`,
      /sessions\.delete\(id\) stands where its timer cannot be cleared first/u,
    ],
    [
      'the key may change meanwhile',
      `const sessions = new Map<string, object>();
       export function open(id: string) { sessions.set(id, {}); setTimeout(() => sessions.delete(id), 60_000); id = ''; }
       export function close(id: string) { sessions.delete(id); }`,
      /The key id may change while the timer runs/u,
    ],
    [
      'every element of a list starts an interval',
      `export function feeds(names: string[]) {
         function arm(name: string) { setInterval(() => report(name), 60_000); }
         function report(name: string) { console.log(name); }
         names.forEach(arm);
         return { close() { console.log('closed'); } };
       }`,
      /Every call starts an interval of its own/u,
    ],
    ['its handle would be seen by other cases', inService('{ setTimeout(() => this.run(), 60_000); }').replace('{ setTimeout(() => this.run(), 60_000); }', '{ switch (this.ready) { case 1: setTimeout(() => this.run(), 60_000); break; default: this.run(); } }'), /in a `case` without braces/u],
    ['a method only adds a listener for the end', inService('{ setTimeout(() => this.run(), 60_000); }').replace('close()', 'onClose(callback: () => void)'), /is told what to end/u],
    ['the teardown may be told to let it go on', inService('{ setTimeout(() => this.run(), 60_000); }').replace('close() {', 'close(options?: { flush?: boolean }) { if (options?.flush) { this.run(); return; }'), /close\(\) may be told to go on for a while/u],
    ['two races', inService('{ const late = new Promise((_, fail) => { setTimeout(fail, 60_000); }); return [Promise.race([this.ready, late]), Promise.any([late])]; }'), /takes part in more than one race/u],
    ['a function behind a deadline would be hidden', 'export async function wait(ask: () => boolean) { let isLate = false; setTimeout(() => { isLate = true; }, 60_000); while (!isOver()) await Promise.resolve(); function isOver() { return isLate || ask(); } }', /would be hidden within the `try`|nothing shows|Nothing shows/u],
    ['a class with a base has a method of that name already', 'import { Base } from "./base.js"; export class Poller extends Base { constructor() { super(); setInterval(() => this.poll(), 1000); } poll() { log(this); } clearPollInterval(id: string) { log(id); } }', /has a member clearPollInterval already/u],
    ['its place may hold one of several with different work', inService('{ this.close(); }', '', 'late?: NodeJS.Timeout; send(text: string) { this.late = setTimeout(() => { this.run(); log(text); }, 60_000); }'), /may hold only the last of several timers/u],
    ['the place of several is set in a loop', inService('{ this.close(); }', '', 'late?: NodeJS.Timeout; send() { for (let round = 0; round < 3; round++) this.late = setTimeout(() => this.run(), round * 60_000); }'), /may hold only the last of several timers/u],
    ['a class is ended by an entry at a time', inService('{ setTimeout(() => this.run(), 60_000); }', '', '').replace('close()', 'close(id: string)'), /its owner has no teardown/u],
  ])('where %s', (_, text, why) => {
    expect(firstPlan(text)).toEqual({ codemod: 'track-timers', refused: expect.stringMatching(why) as string });
  });
});

describe('track-timers clears in a teardown', () => {
  it.each([
    ['that calls itself anew without a callback', 'close(callback?: () => void) { if (callback) { return this.close(); }'],
    ['that has nothing more to do after an error', 'close(error?: Error) { if (error) { return; }'],
    ['that was called before', 'close(options?: object) { if (this.ready) { return; }'],
    ['whose way of ending it is told', 'close(options?: { silent?: boolean }) { if (options?.silent) { this.run(); }'],
  ])('%s', (_, teardown) => {
    const plan = firstPlan(inService('{ setTimeout(() => this.run(), 60_000); }').replace('close() {', teardown));
    expect(plan).toMatchObject({ codemod: 'track-timers', edits: expect.anything() as unknown });
  });
});

describe('track-timers is safe', () => {
  const deletesOnly = (more = ''): string => `const sessions = new Map<string, { seen: number }>();
    export function open(id: string) { sessions.set(id, { seen: 0 }); setTimeout(() => { ${more}sessions.delete(id); }, 60_000); }
    export function close(id: string) { sessions.delete(id); }`;

  it.each([
    ['a timeout that only deletes its entry', deletesOnly(), 'safe'],
    ['a timeout that does more', deletesOnly('console.log("expired", id); '), 'review'],
    ['a timeout whose entry somebody else puts back', `${deletesOnly()}\nexport function touch(id: string) { sessions.set(id, { seen: 1 }); }`, 'review'],
    ['an interval of a constructor', 'export class Poller { constructor() { setInterval(() => this.poll(), 1000); } poll() { log(); } dispose() { log(); } }', 'safe'],
    ['an interval that is not started again after a stop', 'export class Poller { constructor() { setInterval(() => this.poll(), 1000); } start() { log(); } poll() { log(); } stop() { log(); } }', 'review'],
    ['an interval that may be started twice', 'export class Poller { start() { setInterval(() => this.poll(), 1000); } poll() { log(); } dispose() { log(); } }', 'review'],
    ['a pending timeout, which a teardown then cancels', inService('{ setTimeout(() => this.run(), 60_000); }'), 'review'],
  ])('or not: %s', (_, text, safety) => {
    expect(firstPlan(text)).toMatchObject({ codemod: 'track-timers', safety });
  });
});

describe('clear-before-set refuses', () => {
  it.each([
    ['every round has work of its own', inOwner('sendAll(all: string[]) { for (const one of all) { this.timer = setTimeout(() => this.send(one), 60_000); } }'), /Every round starts a timer with work of its own/u],
    ['the old callback settles a promise', inOwner('wait() { return new Promise<void>((resolve) => { this.timer = setTimeout(resolve, 60_000); }); }'), /calls resolve, for which somebody would wait for ever/u],
    ['an interval settles a promise', inOwner('wait() { return new Promise<void>((resolve) => { this.timer = setInterval(() => { if (this.check()) resolve(); }, 1000); }); }'), /calls resolve, for which somebody would wait for ever/u],
    ['whoever asked is told by a callback', inOwner('ask(done: () => void) { this.timer = setTimeout(() => { this.send(); done(); }, 60_000); }'), /calls done, for which somebody would wait for ever/u],
    ['it is started within a larger expression', inOwner('begin() { this.send(this.timer = setInterval(() => this.send(), 1000)); }'), /within a larger expression/u],
    ['only one operand starts it', inOwner('begin() { this.ready && (this.timer = setInterval(() => this.send(), 1000)); }'), /within a larger expression/u],
    ['the key is a call', `export const table = new Map<string, ReturnType<typeof setInterval>>();
       export function watch(id: string) { table.set(id.trim(), setInterval(() => send(), 1000)); }
       export function end(id: string) { clearInterval(table.get(id)); table.delete(id); log(id); }`, /cannot be written twice without evaluating it twice/u],
    ['the handle is kept after a wait', inOwner('async begin() { const timer = setInterval(() => this.send(), 1000); await this.check(); this.timer = timer; }'), /kept only further on, and not on every path/u],
    ['clearInterval is something else here', `${inOwner('begin() { this.timer = setInterval(() => this.send(), 1000); }').replaceAll('clearInterval', 'globalThis.clearInterval')}
       function clearInterval() {}`, /clearInterval is something else in this file/u],
  ])('where %s', (_, text, why) => {
    expect(firstPlan(text)).toEqual({ codemod: 'clear-before-set', refused: expect.stringMatching(why) as string });
  });

  it('where one run starts two timers with different work', () => {
    const text = inOwner('begin() { this.timer = setInterval(() => this.send(), 1000); this.timer = setInterval(() => this.check(), 60_000); }');
    expect(plansFor(text)).toContainEqual({ codemod: 'clear-before-set', refused: 'One run starts two timers with different work, which need two handles.' });
  });

  it('but not a promise that its own callback makes', () => {
    const text = inOwner('begin() { this.timer = setTimeout(() => this.again(), 60_000); } async again() { await new Promise((resolve) => this.once(resolve)); this.begin(); }');
    expect(firstPlan(`${text}\nexport const page = (owner: Owner) => document.addEventListener('show', () => owner.begin());`)).toMatchObject({ codemod: 'clear-before-set', safety: 'review' });
  });
});

describe('clear-before-set is safe', () => {
  it.each([
    ['an interval that does the same each time', inOwner('begin() { this.timer = setInterval(() => this.send(), 1000); }'), 'safe'],
    ['an interval for what its call was given', inOwner('begin(what: string) { this.timer = setInterval(() => this.send(what), 1000); }'), 'review'],
    ['an interval beside another with other work', inOwner('begin() { this.timer = setInterval(() => this.send(), 1000); } slow() { this.timer = setInterval(() => this.check(), 9000); }'), 'review'],
    ['a timeout, whose work is called off', inOwner('begin() { this.timer = setTimeout(() => this.send(), 60_000); }'), 'review'],
  ])('or not: %s', (_, text, safety) => {
    expect(firstPlan(text)).toMatchObject({ codemod: 'clear-before-set', safety });
  });
});

describe('delete-on-fire refuses', () => {
  const inBoard = (start: string, members = ''): string => `export class Board {
    private readonly timers = new Map<string, NodeJS.Timeout>();
    ${members}
    hide(id: string) { clearTimeout(this.timers.get(id)); this.timers.delete(id); }
    show(id: string) { ${start} }
    fade(id: string) { log(id); }
  }`;

  it.each([
    ['the callback still looks at the collection', inBoard('const timer = setTimeout(() => { if (this.timers.size > 1) this.fade(id); }, 60_000); this.timers.set(id, timer);'), /callback still looks at timers/u],
    ['the callback would lose its this', inBoard('const timer = setTimeout(this.fade, 60_000); this.timers.set(id, timer);'), /could change its `this`/u],
    ['a plain function has a this of its own', inBoard('const timer = setTimeout(function () { log(id); }, 60_000); this.timers.set(id, timer);'), /The callback does not see this\.timers/u],
    ['the key may change', inBoard('const timer = setTimeout(() => this.fade(id), 60_000); this.timers.set(id, timer); id = "";'), /id may change while the timer runs/u],
    ['the key is a call', inBoard('const timer = setTimeout(() => this.fade(id), 60_000); this.timers.set(id.trim(), timer);'), /cannot be written twice without evaluating it twice/u],
    ['a case without braces would have its name', inBoard('switch (id.length) { case 1: this.timers.set(id, setTimeout(() => this.fade(id), 60_000)); }'), /in a `case` without braces/u],
    ['the handle has no name', inBoard('log(this.timers.set(id, setTimeout(() => this.fade(id), 60_000)));'), /within a larger expression/u],
    ['what is dropped settles a promise', `const waiting = new Map<string, NodeJS.Timeout>();
       export function wait(id: string) { return new Promise<void>((resolve) => { const timer = setTimeout(() => { waiting.delete(id); resolve(); }, 60_000); waiting.set(id, timer); }); }
       export function cancel(id: string) { clearTimeout(waiting.get(id)); waiting.delete(id); }
       export function stop() { waiting.clear(); }`, /would wait for ever/u],
  ])('where %s', (_, text, why) => {
    expect(firstPlan(text)).toEqual({ codemod: 'delete-on-fire', refused: expect.stringMatching(why) as string });
  });

  const tracked = 'const timer = setTimeout(() => this.fade(id), 60_000); this.timers.set(id, timer);';

  it.each([
    ['a private Map that only cancels', inBoard(tracked), 'safe'],
    ['a Map that is asked for more', inBoard(tracked, 'isShown(id: string) { return this.timers.has(id); }'), 'review'],
    ['a Map that decides what is done', inBoard(`if (this.timers.has(id)) return; ${tracked}`), 'review'],
    ['a Map that other files see', inBoard(tracked).replace('private ', ''), 'review'],
  ])('but not %s', (_, text, safety) => {
    expect(firstPlan(text)).toMatchObject({ codemod: 'delete-on-fire', safety });
  });
});

describe('unify-cleanup refuses', () => {
  it.each([
    ['the clean-up still needs what it would release', 'this.a.delete(id); this.save(this.b.get(id)); this.b.delete(id);', /still looks at b after its first release/u],
    ['the clean-up may stop between its releases', 'this.a.delete(id); if (this.busy) return; this.b.delete(id);', /may stop or wait between its releases/u],
    ['the clean-up waits between its releases', 'this.a.delete(id); await this.flush(); this.b.delete(id);', /may stop or wait between its releases/u],
    ['a release is part of other work', 'this.a.delete(id); if (this.b.delete(id)) this.save(id);', /releases b together with other work/u],
  ])('where %s', (_, work, why) => {
    expect(firstPlan(inHub(work))).toEqual({ codemod: 'unify-cleanup', refused: expect.stringMatching(why) as string });
  });

  it('where the handler releases on some paths only', () => {
    const text = inHub('this.a.delete(id); this.b.delete(id); this.save(id);').replace('(code) => { this.a.delete(id); }', '(code) => { if (code > 0) { this.a.delete(id); log(code); } }');
    expect(firstPlan(text)).toMatchObject({ refused: 'The handler releases a on some paths only.' });
  });
});

describe('unify-cleanup refuses to do as another handler of the event', () => {
  const beside = (theirs: string, own = 'owners.delete(pipeId);'): string =>
    `import { open } from './pipes.js'; const owners = new Map(); const sizes = new Map(); const drop = (map, key) => { map.delete(key); }; export function register(bus) { bus.on('local', (id, owner) => { const pipe = open(id); owners.set(id, owner); sizes.set(id, 1); pipe.on('exit', () => { owners.delete(id); ${theirs} }); }); bus.on('remote', (pipeId, owner) => { const pipe = open(pipeId); owners.set(pipeId, owner); sizes.set(pipeId, 2); pipe.on('exit', () => { ${own} }); }); }`;

  it.each([
    ['that releases under a condition', beside('if (owner) { sizes.delete(id); }'), 'The sibling releases sizes within other code.'],
    ['that gives more than the key', beside('drop(sizes, id);'), 'The sibling releases sizes by more than the key.'],
    ['whose name for it is its own', beside('const mine = sizes; mine.delete(id);'), 'The sibling releases sizes by something that the handler does not see.'],
    ['where it still looks at what would be gone', beside('sizes.delete(id);', 'owners.delete(pipeId); log(sizes.get(pipeId));'), 'The handler still looks at what it would release.'],
    ['where it releases under a condition itself', beside('sizes.delete(id);', 'if (owners.delete(pipeId)) log(pipeId);'), 'The handler releases on some paths only, or within a larger expression.'],
  ])('%s', (_, text, refused) => {
    expect(firstPlan(text)).toEqual({ codemod: 'unify-cleanup', refused });
  });

  it('but does so otherwise', () => {
    expect(firstPlan(beside('sizes.delete(id);'))).toMatchObject({ codemod: 'unify-cleanup', safety: 'review', edits: [expect.anything(), { text: expect.stringContaining('sizes.delete(pipeId);') as string }] });
  });
});

it('unify-cleanup adds no handler of another end where only signals end a child', () => {
  const text = "import { spawn } from 'node:child_process'; const state = { child: null }; export function run(program) { ['SIGTERM', 'SIGINT'].forEach((signal) => { process.on(signal, () => { const { child } = state; if (child) child.kill(signal); process.exit(); }); }); start(program); } function start(program) { const child = (state.child = spawn(program)); child.on('exit', () => { state.child = null; start(program); }); }";
  expect(plansFor(text)).toContainEqual({ codemod: 'unify-cleanup', refused: 'What a signal ends is left by other ends of the program, and none of them has a handler that could be made to end it.' });
});

it('unify-cleanup always wants a look', () => {
  expect(firstPlan(inHub('this.save(id); this.a.delete(id); this.b.delete(id);'))).toMatchObject({ codemod: 'unify-cleanup', safety: 'review' });
});

describe('add-ttl-sweep refuses', () => {
  it.each([
    ['somebody waits for the entry', 'export class Rpc { #calls = new Map<number, object>(); #last = 0; call() { const callId = ++this.#last; return new Promise((resolve, reject) => { this.#calls.set(callId, { resolve, reject }); }); } }', /would wait for ever/u],
    ['a promise is settled by another key', 'export class Rpc { #calls = new Map<number, (answer: string) => void>(); #last = 0; constructor(socket: WebSocket) { socket.onmessage = ({ data }) => { let id = Number(data); this.#calls.get(id)?.("yes"); id = 0; }; } call() { const callId = ++this.#last; return new Promise((resolve) => { this.#calls.set(callId, resolve); }); } }', /key id may be another one/u],
    ['a timer would be lost with the entry', 'export class Rpc { #calls = new Map<number, { answer(text: string): void; timer?: NodeJS.Timeout }>(); #last = 0; constructor(socket: WebSocket) { socket.onmessage = ({ data }) => { const { id } = data; this.#calls.get(id)?.answer("yes"); }; } call() { const callId = ++this.#last; return new Promise((answer) => { const call = { answer, timer: setTimeout(() => console.log("late"), 9000) }; this.#calls.set(callId, call); }); } }', /holds a timer, too/u],
    ['nothing is told apart from what is not there', 'export class Rpc { #calls: Record<number, object | null> = {}; #last = 0; call() { const callId = ++this.#last; this.#calls[callId] = {}; return callId; } end(callId: number) { this.#calls[callId] = null; } isOver(callId: number) { return this.#calls[callId] === null; } } export const rpc = new Rpc();', /may mean something else than one that is not there/u],
    ['entries are code', 'const callbacks: Record<string, Function> = {}; let last = 0; export function later(run: Function) { callbacks[String(last++)] = () => { run(); }; }', /is code that is called/u],
    ['the collection is an array', 'const sessions: object[] = []; export function open(sessionId: string) { sessions.push({ sessionId, id: crypto.randomUUID() }); } process.on("message", () => { sessions.push({}); });', /is an array/u],
    ['the collection is exported', 'export const sessions = new Map<string, object>(); export function open() { const sessionId = crypto.randomUUID(); sessions.set(sessionId, {}); }', /is exported/u],
    ['entries may be the only copy', 'const users = new Map<string, object>(); export function signUp(mail: string) { users.set(crypto.randomUUID(), { mail }); }', /only copy/u],
    ['an entry has to be ended and nothing ends one by its key', 'import { spawn } from "node:child_process"; const shells = new Map<string, object>(); export function open(sessionId: string) { shells.set(sessionId, { process: spawn("sh") }); }', /holds something that has to be ended \(process\)/u],
    ['the type of the keys is not written', 'const sessions = new Map(); export function open(sessionId: string) { sessions.set(sessionId, {}); }', /type of the keys of sessions is not written/u],
    ['the key cannot be written twice', 'import { next } from "./ids.js"; const sessions = new Map<string, object>(); export function open(user: { sessionId(): string }) { sessions.set(user.sessionId(), {}); }', /cannot be written twice/u],
    ['the collection is made late', 'export class Names { private sessions?: Map<string, object>; note(sessionId: string) { this.sessions ??= new Map<string, object>(); if (!this.sessions) this.sessions = new Map<string, object>(); this.sessions.set(sessionId, {}); } } export const names = new Names();', /made when it is first needed/u],
    ['the collection is static', 'export class Hub { private static sessions = new Map<string, object>(); static open(sessionId: string) { Hub.sessions.set(sessionId, {}); } }', /is static/u],
    ['the class has no constructor of its own', 'import { Base } from "./base.js"; export class SessionHub extends Base { private readonly sessions = new Map<string, object>(); open(sessionId: string) { this.sessions.set(sessionId, {}); } } export const hub = new SessionHub();', /no constructor of its own/u],
    ['the limit is known only in the call', 'const hits = new Map<string, { count: number; startedAt: number }>(); export function allows(ip: string, windowMs: number) { const hit = hits.get(ip); if (!hit || Date.now() - hit.startedAt > windowMs) { hits.set(ip, { count: 1, startedAt: Date.now() }); return true; } return ++hit.count < 9; }', /known only in the call/u],
    ['the end of an entry is told in a way of its own', 'const tickets = new Map<string, { validUntil: Date }>(); export function check(ticketId: string, validUntil: Date) { const ticket = tickets.get(ticketId); if (ticket && ticket.validUntil.getTime() < Date.now()) return false; tickets.set(ticketId, { validUntil }); return true; }', /cannot be carried over/u],
    ['one run of an asynchronous function is all that a collection lives for', 'export async function gather(files: string[], load: (file: string, tell: (sessionId: string) => void) => Promise<void>) { const sessions = new Map<string, object>(); await Promise.all(files.map((file) => load(file, (sessionId) => { sessions.set(sessionId, {}); }))); return sessions.size; }', /one piece of work/u],
    ['a stamp could not go with its entry', 'const sessions = new Map<string, { close(): void }>(); export function open() { const id = crypto.randomUUID(); sessions.set(id, make()); } export function end(id: string): boolean { sessions.get(id)?.close(); return sessions.has(id) && sessions.delete(id); }', /cannot be removed with it/u],
  ])('where %s', (_, text, why) => {
    expect(plansFor(text, {}, [addTtlSweep])[0]).toEqual({ codemod: 'add-ttl-sweep', refused: expect.stringMatching(why) as string });
  });
});

describe('a new member', () => {
  it('does not take the name of a field that only a constructor assigns', () => {
    const { edits } = repairOf(`export class Desk {
      private readonly sessions = new Map<string, string>();
      constructor() { this.sessionSweep = 'at night'; }
      open(sessionId: string) { this.sessions.set(sessionId, this.sessionSweep); }
      close() {}
    }
    export const desk = new Desk();`);
    expect(edits.map((edit) => edit.text).join('')).toContain('this.sessionSweep2 = setInterval(');
  });
});

describe('add-ttl-sweep writes', () => {
  const text = 'const sessions = new Map<string, object>();\n\nexport function open(sessionId: string) {\n  sessions.set(sessionId, {});\n}\n';

  it('the values that it is given, as constants with their unit', () => {
    const { edits, notes } = repairOf(text, { ttlMs: 90_000, sweepEveryMs: 2 * 3_600_000 });
    const written = edits.map((edit) => edit.text).join('');
    expect(written).toContain('const SESSION_TTL_MS = 90 * 1000;');
    expect(written).toContain('const SESSION_SWEEP_MS = 2 * 60 * 60 * 1000;');
    expect(notes.join()).not.toContain('by default');
  });

  it('half an hour and a minute without, and says so', () => {
    const { edits, notes } = repairOf(text);
    expect(edits.map((edit) => edit.text).join('')).toContain('const SESSION_TTL_MS = 30 * 60 * 1000;');
    expect(notes).toContain('SESSION_TTL_MS is 30 * 60 * 1000 ms by default: choose what fits');
  });

  it('a time to live that it is given instead of the limit that the file has', () => {
    const dated = 'const MAX_MS = 60_000;\nconst sessions = new Map<string, { usedAt: number }>();\nexport function use(sessionId: string) {\n  const old = sessions.get(sessionId);\n  if (old && Date.now() - old.usedAt > MAX_MS) throw new Error();\n  sessions.set(sessionId, { usedAt: Date.now() });\n}\n';
    expect(repairOf(dated).edits.map((edit) => edit.text).join('')).toContain('now - session.usedAt > MAX_MS');
    expect(repairOf(dated, { ttlMs: 1000 }).edits.map((edit) => edit.text).join('')).toContain('now - session.usedAt >= SESSION_TTL_MS');
  });

  it('a way to stop the sweep of a class without a teardown, and says who has to call it', () => {
    const { notes } = repairOf('export class Desk {\n  private readonly sessions = new Map<string, object>();\n  open(sessionId: string) {\n    this.sessions.set(sessionId, {});\n  }\n}\nexport const desk = new Desk();\n');
    expect(notes).toContain('Desk has no teardown: call stopSessionSweep() where one is let go of, or the interval keeps it');
    expect(repairOf(text).notes.join()).not.toContain('no teardown');
  });

  it('nothing without being asked: it always wants a look', () => {
    expect(firstPlan(text)).toMatchObject({ codemod: 'add-ttl-sweep', safety: 'review' });
  });

  it.each([
    ['.unref()', 'import os from "node:os";', 'sessionSweep.unref();'],
    ['.unref?.() where nothing shows what runs it', '', 'sessionSweep.unref?.();'],
    ['.unref?.() where only the environment is read, which bundlers fill in', 'const host = process.env.HOST;', 'sessionSweep.unref?.();'],
    ['.unref() where the process itself is used', 'process.once("SIGHUP", () => {});', 'sessionSweep.unref();'],
  ])('%s', (_, head, expected) => {
    expect(repairOf(`${head}\n${text}`).edits.map((edit) => edit.text).join('')).toContain(expected);
  });

  it('no unref in a page', () => {
    expect(repairOf(`${text}document.title = 'x';\n`).edits.map((edit) => edit.text).join('')).not.toContain('unref');
  });
});

/** The repair of the first finding of a text, which there must be. */
function repairOf(text: string, values: RepairValues = {}): Repair {
  const plan = firstPlan(text, values);
  if (!plan || 'refused' in plan) throw new Error(plan ? plan.refused : 'no finding');
  return plan;
}

/** A class with a teardown; `start` is the body of a method that may run often. */
function inService(start: string, teardown = 'log();', members = ''): string {
  return `export class Service {
    ready = false;
    start() ${start}
    ${members}
    run() { log(this.ready); }
    close() { ${teardown} }
  }`;
}

/** A class with a field for a timer, which its teardown clears among other things. */
function inOwner(members: string): string {
  return `export class Owner {
    private timer?: ReturnType<typeof setInterval>;
    ready = false;
    ${members}
    send(what?: unknown) { log(what, this.ready); }
    check() { return this.ready; }
    close() { clearInterval(this.timer); log('closed'); }
  }`;
}

/** A class whose exit handler deletes from `a`, while its clean-up does some work about `a` and `b`. */
function inHub(work: string): string {
  return `export class Hub {
    private readonly a = new Map<string, object>();
    private readonly b = new Map<string, object>();
    open(id: string, child: Child) {
      this.a.set(id, {});
      this.b.set(id, {});
      child.on('exit', (code) => { this.a.delete(id); });
    }
    async remove(id: string) { ${work} }
  }`;
}

/** What is planned for the first finding of a text that a codemod knows. */
function firstPlan(text: string, values: RepairValues = {}) {
  return plansFor(text, values)[0];
}

/** What is planned for each finding of a text that a codemod knows. */
function plansFor(text: string, values: RepairValues = {}, asked: readonly Codemod[] = codemods) {
  const analysis = readWith(DEFAULT_SETTINGS)('file.ts', text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  const findings = analysis.verdicts.filter(isFinding).filter(({ rule }) => asked.some((codemod) => codemod.rules.includes(rule)));
  return findings.map((finding) => planRepair(finding, analysis, asked, values));
}
