import { describe, expect, it } from 'vitest';
import { lineAt } from '../../../src/core/facts/statements.js';
import { matricesOf, type Matrix } from '../../../src/core/index.js';
import { factsOf } from '../../support/facts.js';

const matricesIn = (code: string): Matrix[] => matricesOf(factsOf(code));

/** The cells of a sample: `sessions × close(): released`, those that are not a column's job left out, and what has no release. */
function cellsIn(code: string): string[] {
  return matricesIn(code).flatMap(({ columns, rows }) => rows.flatMap(({ name, cells, release }) => [
    ...(release === 'nowhere' ? [`${name}: no release`] : []),
    ...cells.flatMap(({ state }, index) => (state === 'none' ? [] : [`${name} × ${columns[index]?.name ?? '?'}: ${state}`])),
  ]));
}

/** A class that has two collections for each session, with methods of its own. */
function hub(members: string): string {
  return `
export class Hub {
  private readonly sessions = new Map<string, Session>();
  private readonly titles = new Map<string, string>();
  open(id: string, pty: Pty) {
    this.sessions.set(id, { pty });
    this.titles.set(id, 'shell');
    ${members.includes('onExit') ? 'pty.on(\'exit\', () => this.onExit(id));' : ''}
  }
${members}
}`;
}

describe('a cell', () => {
  it('is released where every way out lets go', () => {
    expect(cellsIn(hub('  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }'))).toEqual([
      'sessions × closeSession(): released', 'titles × closeSession(): released',
    ]);
  });

  it('is released by a helper', () => {
    expect(cellsIn(hub('  closeSession(id: string) { this.#drop(id); }\n  #drop(key: string) { this.sessions.delete(key); this.titles.delete(key); }'))).toEqual([
      'sessions × closeSession(): released', 'titles × closeSession(): released',
    ]);
  });

  it('is released in part where something else is let go of on a way that leaves it', () => {
    const [matrix] = matricesIn(hub('  closeSession(id: string, keep: boolean) {\n    this.titles.delete(id);\n    if (keep) return;\n    this.sessions.delete(id);\n  }'));
    expect(matrix?.rows.map(({ name, cells }) => [name, cells[0]?.state])).toEqual([['sessions', 'sometimes'], ['titles', 'released']]);
  });

  it('is released in part where a promise that is rejected skips it', () => {
    expect(cellsIn(hub('  async closeSession(id: string) {\n    this.titles.delete(id);\n    await save(id);\n    this.sessions.delete(id);\n  }'))).toEqual([
      'sessions × closeSession(): sometimes', 'titles × closeSession(): released',
    ]);
  });

  it.each([
    ['the entry is not there', 'const session = this.sessions.get(id);\n    if (!session) return;'],
    ['the run is the second one', 'if (this.closing) return;\n    this.closing = true;'],
  ])('is released although nothing is done where %s', (_, guard) => {
    expect(cellsIn(hub(`  closing = false;\n  closeSession(id: string) {\n    ${guard}\n    this.sessions.delete(id);\n    this.titles.delete(id);\n  }`))).toEqual([
      'sessions × closeSession(): released', 'titles × closeSession(): released',
    ]);
  });

  it('is released behind a question whether a sibling has the entry', () => {
    expect(cellsIn(hub('  closeSession(id: string) {\n    this.sessions.delete(id);\n    if (this.sessions.has(id)) { this.titles.delete(id); }\n  }'))).toEqual([
      'sessions × closeSession(): released', 'titles × closeSession(): released',
    ]);
  });

  it('is released in part behind any other question', () => {
    expect(cellsIn(hub('  closeSession(id: string, isOver: boolean) {\n    this.sessions.delete(id);\n    if (isOver) { this.titles.delete(id); }\n  }'))).toContain('titles × closeSession(): sometimes');
  });

  it('is skipped where another end of the same entry lets go', () => {
    expect(cellsIn(hub('  onExit(id: string) { this.titles.delete(id); }\n  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }'))).toEqual([
      'sessions × on exit: skipped', 'sessions × closeSession(): released',
      'titles × on exit: released', 'titles × closeSession(): released',
    ]);
  });

  it('leads to the release, or to the ending that does not know of it', () => {
    const code = hub('  onExit(id: string) { this.titles.delete(id); }\n  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }');
    const [matrix] = matricesIn(code);
    const lines = matrix?.rows[0]?.cells.map(({ span }) => span && lineAt(code.trimStart(), span.start));
    expect(lines).toEqual([7, 10]);
  });

  it('survives where a person says so', () => {
    const code = hub('  onExit(id: string) { this.titles.delete(id); }\n  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }').replace('  private readonly sessions', '  // leakproof-survives: it can be started again\n  private readonly sessions');
    expect(cellsIn(code)).toContain('sessions × on exit: survives');
    expect(matricesIn(code)[0]?.rows[0]?.survives).toBe('it can be started again');
  });

  it('is nobody’s job for what belongs to another kind of thing', () => {
    const code = `
export class Hub {
  private readonly views = new Map<string, View>();
  private readonly servers = new Map<string, Server>();
  show(viewId: string, view: View) { this.views.set(viewId, view); }
  start(serverId: string, server: Server) { this.servers.set(serverId, server); }
  closeView(viewId: string) { this.views.delete(viewId); }
  stopServer(serverId: string) { this.servers.delete(serverId); }
}`;
    expect(cellsIn(code)).toEqual(['views × closeView(): released', 'servers × stopServer(): released']);
  });

  it('is not the job of who ends one entry, for what the object has once', () => {
    const code = hub('  #sweep = setInterval(() => this.check(), 60_000);\n  check() {}\n  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }\n  close() { clearInterval(this.#sweep); }');
    expect(cellsIn(code)).toEqual(['sessions × closeSession(): released', 'titles × closeSession(): released', '#sweep × close(): released']);
  });

  it('is not the job of who ends the whole, for keys whose entries need no end', () => {
    expect(cellsIn(hub('  #sweep = setInterval(() => this.check(), 60_000);\n  check() {}\n  close() { clearInterval(this.#sweep); this.sessions.clear(); }'))).toEqual([
      'sessions × close(): released', 'titles: no release', 'titles × close(): skipped', '#sweep × close(): released',
    ]);
    expect(cellsIn(hub('  #sweep = setInterval(() => this.check(), 60_000);\n  check() {}\n  close() { clearInterval(this.#sweep); }'))).toEqual([
      'sessions: no release', 'titles: no release', '#sweep × close(): released',
    ]);
  });
});

describe('an ending', () => {
  it.each([
    ['event', "worker.on('exit', () => forget(id));", 'on exit'],
    ['branch', "bus.on('any', (event) => { if (event.type === 'session.deleted') { users.delete(event.id); jobs.delete(event.id); } });", 'case session.deleted'],
    ['signal', "process.on('SIGTERM', () => { users.clear(); jobs.clear(); });", 'SIGTERM'],
    ['sweep', 'setInterval(() => { for (const [key, user] of users) if (user.isOld) { users.delete(key); jobs.delete(key); } }, 1000);', 'setInterval in add()'],
  ])('is a column: %s', (how, ending, name) => {
    const [matrix] = matricesIn(`
const users = new Map<string, User>();
const jobs = new Map<string, Job>();
export function add(id: string, worker: Worker, bus: Bus) {
  users.set(id, {});
  jobs.set(id, {});
  ${ending}
}
function forget(id: string) { users.delete(id); jobs.delete(id); }`);
    const index = matrix?.columns.findIndex((column) => column.name === name) ?? -1;
    expect(matrix?.columns[index]?.how).toBe(how);
    expect(matrix?.rows.map(({ cells }) => cells[index]?.state)).toEqual(['released', 'released']);
  });

  it('is a column: finally', () => {
    const [matrix] = matricesIn(`
const running = new Map<string, AbortController>();
export function begin(id: string) { running.set(id, new AbortController()); }
export async function work(id: string) { try { await step(id); } finally { running.delete(id); } }`);
    expect(matrix?.columns).toMatchObject([{ how: 'finally', name: 'finally in work()' }]);
    expect(matrix?.rows[0]).toMatchObject({ name: 'running', release: 'ending' });
  });

  it('is a column: unmount', () => {
    const [matrix] = matricesIn(`
export class Clock extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.draw(), 1000); }
  disconnectedCallback() { clearInterval(this.timer); }
  draw() {}
}`);
    expect(matrix?.columns).toMatchObject([{ how: 'unmount', name: 'disconnectedCallback()' }]);
    expect(matrix?.rows).toMatchObject([{ name: 'timer', kind: 'interval', per: 'object', cells: [{ state: 'released' }] }]);
  });

  it('has no column of its own as a step of another one', () => {
    const [matrix] = matricesIn(hub('  closeSession(id: string) { this.dropSession(id); }\n  private dropSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }'));
    expect(matrix?.columns.map(({ name }) => name)).toEqual(['closeSession()']);
  });

  it('is told from others of its name', () => {
    const [matrix] = matricesIn(`
export class Hub {
  readonly peers = new Map<string, Peer>();
  join(id: string, socket: Socket) { this.peers.set(id, {}); socket.on('close', () => { this.peers.delete(id); }); }
  invite(id: string, socket: Socket) { this.peers.set(id, {}); socket.on('close', () => { this.peers.delete(id); }); }
}`);
    expect(matrix?.columns.map(({ name }) => name)).toEqual(['on close in join()', 'on close in invite()']);
  });

  it('that empties the whole by ending each entry releases all', () => {
    expect(cellsIn(hub('  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }\n  close() { for (const id of this.sessions.keys()) this.closeSession(id); }')).filter((cell) => cell.includes('× close()'))).toEqual([
      'sessions × close(): released', 'titles × close(): released',
    ]);
  });

  it('does not release what the things that it goes through name', () => {
    expect(cellsIn(hub('  readonly runs = new Map<string, Run>();\n  plan(runId: string, sessionId: string) { this.runs.set(runId, { sessionId }); }\n  closeSession(id: string) { this.sessions.delete(id); this.titles.delete(id); }\n  stop() { for (const run of this.runs.values()) this.closeSession(run.sessionId); this.runs.clear(); }'))).toEqual(expect.arrayContaining(['sessions × stop(): skipped', 'runs × stop(): released']));
  });
});

describe('a row', () => {
  it.each([
    ['a collection that is never filled', 'export const table = new Map<string, string>();\nexport function close() { table.clear(); }'],
    ['a constant that the module fills', "const table = new Map<string, string>();\ntable.set('a', 'b');\nexport function find(key: string) { return table.get(key); }"],
    ['a collection with a limit', 'const seen = new Map<string, Job>();\nexport function note(jobId: string, job: Job) { if (seen.size > 100) seen.clear(); seen.set(jobId, job); }'],
    ['a weak collection', 'const seen = new WeakMap<Job, string>();\nexport function note(job: Job) { seen.set(job, \'\'); }'],
    ['what a call keeps for itself', 'export function count(jobs: Job[]) { const seen = new Map<string, Job>(); for (const job of jobs) seen.set(job.id, job); return seen.size; }'],
    ['what somebody states to be bounded', '// leakproof-bounded: one per tenant\nconst seen = new Map<string, Job>();\nexport function note(jobId: string, job: Job) { seen.set(jobId, job); }'],
    ['data of an object that nothing ends', 'export class Page { rows: Row[] = []; add(row: Row) { this.rows.push(row); } }'],
  ])('is not: %s', (_, code) => {
    expect(matricesIn(code)).toEqual([]);
  });

  it('has no release where nothing ends it', () => {
    expect(cellsIn('const seen = new Map<string, Job>();\nexport function note(jobId: string, job: Job) { seen.set(jobId, job); }')).toEqual(['seen: no release']);
  });

  it('names the function that releases it, where no ending does', () => {
    const [matrix] = matricesIn(hub('  #sweep = setInterval(() => this.check(), 60_000);\n  check() {}\n  rename(id: string) { this.titles.delete(id); this.sessions.get(id); }\n  close() { clearInterval(this.#sweep); }'));
    expect(matrix?.rows.find(({ name }) => name === 'titles')).toMatchObject({ release: 'elsewhere', elsewhere: { name: 'rename' } });
  });

  it('tells what the entries of a collection hold, and wants both gone', () => {
    const code = (body: string): string => `
export class Reminders {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  add(userId: string) { this.#timers.set(userId, setTimeout(() => remind(userId), 60_000)); }
  removeUser(userId: string) { ${body} }
}`;
    expect(matricesIn(code('clearTimeout(this.#timers.get(userId)); this.#timers.delete(userId);'))[0]?.rows).toMatchObject([{ noun: 'Map of time-outs', cells: [{ state: 'released' }] }]);
    expect(cellsIn(code('this.#timers.delete(userId);'))).toEqual(['#timers × removeUser(): sometimes']);
    expect(cellsIn(code('clearTimeout(this.#timers.get(userId));'))).toEqual(['#timers × removeUser(): sometimes']);
  });

  it('is a child process, which outlives the program', () => {
    expect(cellsIn(`
import { spawn } from 'node:child_process';
export class Runner {
  readonly children = new Map<string, ChildProcess>();
  constructor() { process.once('SIGTERM', () => { this.timers.clear(); }); }
  readonly timers = new Map<string, number>();
  start(jobId: string) { this.children.set(jobId, spawn('job')); this.timers.set(jobId, 1); }
  stopJob(jobId: string) { this.children.get(jobId)?.kill(); this.children.delete(jobId); this.timers.delete(jobId); }
}`)).toEqual(expect.arrayContaining(['children × SIGTERM: skipped', 'children × stopJob(): released']));
  });

  it('is a listener that an object adds to something that lives longer', () => {
    const code = (close: string): string => `
export class Panel {
  constructor() { window.addEventListener('resize', this.draw); window.addEventListener('focus', this.draw); }
  draw = () => {};
  close() { ${close} }
}`;
    expect(cellsIn(code("window.removeEventListener('resize', this.draw); window.removeEventListener('focus', this.draw);"))).toEqual(['window.on(…) × close(): released']);
    expect(cellsIn(code("window.removeEventListener('resize', this.draw);"))).toEqual(['window.on(…) × close(): sometimes']);
    expect(cellsIn(code(''))).toEqual(['window.on(…): no release', 'window.on(…) × close(): skipped']);
  });

  it('is a timer that a factory keeps for what it returns', () => {
    const [matrix] = matricesIn('export function poll(run: () => void) { const timer = setInterval(run, 1000); return { stop() { clearInterval(timer); } }; }');
    expect(matrix).toMatchObject({ owner: 'poll()', rows: [{ name: 'timer', cells: [{ state: 'released' }] }] });
  });
});

describe('a matrix', () => {
  it('is there for each owner, in source order', () => {
    const code = `export class A {
  #timer = setInterval(() => {}, 1000);
  close() { clearInterval(this.#timer); }
}
`;
    expect(matricesIn(code + code.replace('A', 'B')).map(({ owner }) => owner)).toEqual(['A', 'B']);
  });

  it('is not there for code that keeps nothing', () => {
    expect(matricesIn('export const answer = 42;')).toEqual([]);
  });
});

/** A room that keeps members and their names; the samples differ in what ends them. */
const room = (members: string, before = ''): string => `${before}
export class Room {
  private readonly members = new Map<string, Member>();
  private readonly names = new Map<string, string>();
  join(id: string, socket: Socket) { this.members.set(id, { socket }); this.names.set(id, 'guest'); }
${members}
}`;

describe('the job of an ending', () => {
  it.each([
    ['one entry: all that has its key, and not where only a half of it is dropped', room('  leave(id: string) { this.members.delete(id); }\n  close() { this.members.clear(); this.names.clear(); }\n  kick(id: string) { this.members.delete(id); this.names.delete(id); }'), ['members × close(): released', 'members × kick(): released', 'names × close(): released', 'names × kick(): released']],
    ['all entries: none is left out', room('  close() { this.members.clear(); this.names.clear(); }'), ['members × close(): released', 'names × close(): released']],
    ['a step of a bigger end: nothing more', room('  close() { this.#closeMembers(); this.names.clear(); }\n  #closeMembers() { this.members.clear(); }'), ['members × close(): released', 'names × close(): released']],
    ['an event of an entry: that entry', room("  watch(id: string, socket: Socket) { socket.on('close', () => { this.members.delete(id); this.names.delete(id); }); }"), ['members × on close: released', 'names × on close: released']],
    ['a sweep: the entries that are over', room('  sweeper = setInterval(() => { for (const [id, member] of this.members) if (member.isGone) { this.members.delete(id); this.names.delete(id); } }, 60_000);\n  close() { clearInterval(this.sweeper); }'), ['members × setInterval in constructor(): released', 'names × setInterval in constructor(): released', 'sweeper × close(): released']],
  ])('is for %s', (_, code, expected) => {
    expect(cellsIn(code)).toEqual(expected);
  });
});

describe('a cell of an end that does its work only sometimes', () => {
  const leave = (removal: string): string => room(`  leave(id: string, options: Options) {\n    this.names.delete(id);\n    const member = this.members.get(id);\n    ${removal}\n  }`);

  it.each([
    ['the entry is there', 'if (this.members.has(id)) this.members.delete(id);'],
    ['there is something under the key', 'if (member) this.members.delete(id);'],
    ['what is there is not undefined', 'if (member !== undefined) { this.members.delete(id); }'],
    ['what is there is not null', 'if (member != null) this.members.delete(id);'],
    ['both are there', 'if (member && this.members.has(id)) this.members.delete(id);'],
    ['a look finds it', 'if (this.members.get(id)) this.members.delete(id);'],
    ['each of those is it that are gone through', 'for (const one of this.members.values()) this.members.delete(id);'],
  ])('is released although it is only done where %s', (_, removal) => {
    expect(cellsIn(leave(removal))).toEqual(['members × leave(): released', 'names × leave(): released']);
  });

  it('is not released on every way where a caller says whether', () => {
    expect(cellsIn(leave('if (options.all) this.members.delete(id);'))).toEqual(['members × leave(): sometimes', 'names × leave(): released']);
  });
});

describe('a row of something else than a collection of the language', () => {
  it('is there for what a class of another file keeps, and another end deletes', () => {
    expect(cellsIn(`import { Registry } from './registry.js';
export class Hub {
  private readonly users = new Registry();
  private readonly names = new Map<string, string>();
  add(id: string, user: User) { this.users.set(id, user); this.names.set(id, user.name); }
  removeUser(id: string) { this.users.delete(id); this.names.delete(id); }
}`)).toEqual(['users × removeUser(): released', 'names × removeUser(): released']);
  });

  it('is not there for a parameter, which is somebody else\'s', () => {
    expect(cellsIn('export function remove(users: Registry, id: string) { users.delete(id); }')).toEqual([]);
  });

  it('has the listeners that an end takes away, and those that it leaves', () => {
    expect(cellsIn(`export class Panel {
  constructor(private readonly bus: Bus) { bus.on('tick', this.draw); bus.on('tock', this.draw); }
  draw = () => {};
  destroy() { this.bus.off('tick', this.draw); }
}`).join()).toContain('destroy(): released');
  });
});

/** Each row with its cells: `Hub.sessions (Map per key, ending): close() released`. */
function rowsIn(code: string): string[] {
  return matricesIn(code).flatMap(({ owner, columns, rows }) => rows.map(({ name, noun, per, cells, release }) => `${owner}.${name} (${noun} per ${per}, ${release}): ${cells.map(({ state }, index) => `${columns[index]?.name ?? '?'} ${state}`).join(', ')}`));
}

describe('a matrix of one program after another', () => {
  it.each([
    ['a branch of a dispatcher that ends an entry, and one that does half of it', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  handle(message) {
    switch (message.type) {
      case 'open': this.sessions.set(message.id, message); this.titles.set(message.id, 'shell'); break;
      case 'close': { this.sessions.delete(message.id); this.titles.delete(message.id); break; }
      case 'lost': if (message.isSure) this.sessions.delete(message.id); break;
    }
  }
}
`, [
      'Hub.sessions (Map per key, ending): case close released',
      'Hub.titles (Map per key, ending): case close released',
    ]],
    ['an event whose handler is registered where the entry is made', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) {
    this.sessions.set(id, pty);
    this.titles.set(id, 'shell');
    pty.on('exit', () => { this.sessions.delete(id); });
    pty.on('close', () => { this.notify(id); });
  }
  notify(id) { this.host.say(id); }
}
`, [
      'Hub.sessions (Map per key, ending): on exit released, on close skipped',
      'Hub.titles (Map per key, nowhere): on exit skipped, on close skipped',
    ]],
    ['a sweep that takes entries by their age', `
export class Hub {
  sessions = new Map();
  seen = new Map();
  open(id) { this.sessions.set(id, { at: Date.now() }); this.seen.set(id, 1); }
  begin() { this.timer = setInterval(() => this.sweep(), 60_000); }
  sweep() { for (const [id, session] of this.sessions) if (session.at < Date.now() - 1_000) { this.sessions.delete(id); this.seen.delete(id); } }
  closeSession(id) { this.sessions.delete(id); this.seen.delete(id); }
  dispose() { clearInterval(this.timer); }
}
`, [
      'Hub.sessions (Map per key, ending): sweep() released, closeSession() released, dispose() none',
      'Hub.seen (Map per key, ending): sweep() released, closeSession() released, dispose() none',
      'Hub.timer (interval per object, ending): sweep() none, closeSession() none, dispose() released',
    ]],
    ['a sweep without a name', `
const sessions = new Map();
export function open(id) { sessions.set(id, { at: Date.now() }); }
setInterval(() => { for (const [id, session] of sessions) if (session.at < Date.now() - 1_000) sessions.delete(id); }, 60_000);
`, [
      '.sessions (Map per key, ending): setInterval released',
    ]],
    ['a signal, at which what runs outside the process has to end', `
import { spawn } from 'node:child_process';
export class Hub {
  children = new Map();
  titles = new Map();
  open(id) { this.children.set(id, spawn('sh')); this.titles.set(id, 'shell'); }
  closeSession(id) { this.children.get(id).kill(); this.children.delete(id); this.titles.delete(id); }
  listen() { process.on('SIGTERM', () => { for (const child of this.children.values()) child.kill(); process.exit(0); }); }
}
`, [
      'Hub.children (Map of child processes per key, ending): closeSession() released, SIGTERM released',
      'Hub.titles (Map per key, ending): closeSession() released, SIGTERM none',
      'Hub.process.on(SIGTERM) (listener per object, nowhere): closeSession() none, SIGTERM none',
    ]],
    ['a finally', `
const running = new Map();
export async function run(id, job) {
  running.set(id, job);
  try { await job.run(); } finally { running.delete(id); }
}
`, [
      '.running (Map per key, ending): finally in run() released',
    ]],
    ['teardown steps that only the teardown runs', `
export class Hub {
  sessions = new Map();
  open(id) { this.sessions.set(id, { at: Date.now() }); }
  dispose() { this.#closeAll(); }
  #closeAll() { for (const id of this.sessions.keys()) this.closeSession(id); }
  closeSession(id) { this.sessions.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
    ]],
    ['questions whether there is anything', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  closeSession(id) {
    const session = this.sessions.get(id);
    if (session !== undefined && this.titles.has(id)) this.titles.delete(id);
    this.sessions.delete(id);
  }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, ending): closeSession() released',
    ]],
    ['a question what it is', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  closeSession(id, why) {
    if (why === 'lost' || why === 'left') this.titles.delete(id);
    this.sessions.delete(id);
  }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, ending): closeSession() sometimes',
    ]],
    ['a question of a function', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  closeSession(id) { if (this.mayEnd(id)) this.titles.delete(id); this.sessions.delete(id); }
  mayEnd(id) { return this.host.asks(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, ending): closeSession() sometimes',
    ]],
    ['a loop over entries, and a while', `
export class Hub {
  sessions = new Map();
  queue = [];
  open(id, pty) { this.sessions.set(id, { pty }); this.queue.push(id); }
  dispose() {
    for (const session of this.sessions.values()) session.pty.kill();
    this.sessions.clear();
    while (this.queue.length > 0) this.queue.pop();
  }
}
`, [
      'Hub.sessions (Map per key, ending): dispose() released',
      'Hub.queue (array per key, ending): dispose() released',
    ]],
    ['a return before anything is done, by a flag that another object has', `
export class Hub {
  sessions = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); }
  closeSession(id) { if (this.host.isOver) return; this.sessions.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
    ]],
    ['a return before anything is done, by an argument', `
export class Hub {
  sessions = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); }
  closeSession(id, isLast) { if (isLast) return; this.sessions.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() sometimes',
    ]],
    ['a leave in the middle of a block', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  async closeSession(id) { if (this.sessions.has(id)) { if (await this.ask(id)) return; this.titles.delete(id); } this.sessions.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, ending): closeSession() sometimes',
    ]],
    ['what is filled again', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  closeSession(id) { this.sessions.delete(id); this.titles.delete(id); this.titles.set(id, 'gone'); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, elsewhere): closeSession() skipped',
    ]],
    ['what is emptied and filled again', `
export class Hub {
  sessions = new Map();
  titles = new Map();
  open(id, pty) { this.sessions.set(id, { pty }); this.titles.set(id, 'shell'); }
  reset() { this.sessions.clear(); this.titles.clear(); this.titles.set('all', 'gone'); }
  closeSession(id) { this.sessions.delete(id); this.titles.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): closeSession() released',
      'Hub.titles (Map per key, ending): closeSession() released',
    ]],
    ['entries of another subject', `
export class Hub {
  servers = new Map();
  views = new Map();
  open(serverId, viewId) { this.servers.set(serverId, {}); this.views.set(viewId, {}); }
  closeServer(serverId) { this.servers.delete(serverId); for (const [viewId, view] of this.views) if (view.serverId === serverId) this.views.delete(viewId); }
  closeView(viewId) { this.views.delete(viewId); }
}
`, [
      'Hub.servers (Map per key, ending): closeServer() released, closeView() none',
      'Hub.views (Map per key, ending): closeServer() sometimes, closeView() released',
    ]],
    ['endings of one name in two functions', `
export class Hub {
  sessions = new Map();
  openLeft(id, pty) { this.sessions.set(id, pty); pty.on('exit', () => { this.sessions.delete(id); }); }
  openRight(id, pty) { this.sessions.set(id, pty); pty.on('exit', () => { this.sessions.delete(id); }); pty.left.on('exit', () => { this.sessions.delete(id); }); }
}
`, [
      'Hub.sessions (Map per key, ending): on exit in openLeft() released, on exit in openRight() released, on exit in openRight() (2) released',
    ]],
    ['a factory', `
export function createHub() {
  const sessions = new Map();
  return {
    open(id, pty) { sessions.set(id, pty); },
    closeSession(id) { sessions.delete(id); },
    dispose() { for (const pty of sessions.values()) pty.kill(); sessions.clear(); },
  };
}
`, [
      'createHub().sessions (Map per key, ending): closeSession() released, dispose() released',
    ]],
    ['a listener of each entry', `
export class Hub {
  ptys = new Map();
  open(id, pty) { this.ptys.set(id, pty); pty.on('data', this.onData); }
  closeSession(id) { const pty = this.ptys.get(id); pty.off('data', this.onData); this.ptys.delete(id); }
  onData() { this.at = Date.now(); }
}
`, [
      'Hub.ptys (Map per key, ending): closeSession() released',
      'Hub.pty.on(data) (listener per key, ending): closeSession() released',
    ]],
    ['a listener that is removed by its name on another path', `
export class Hub {
  open(host) { this.host = host; host.bus.on('data', this.onData); }
  close() { this.host.bus.removeAllListeners('data'); }
  onData() { this.at = Date.now(); }
}
`, [
      'Hub.host.bus.on(data) (listener per object, ending): close() released',
    ]],
    ['a listener to the window that nobody takes away', `
export class Panel {
  begin() { window.addEventListener('resize', this.onResize); window.addEventListener('load', this.onLoad, { once: true }); }
  dispose() { this.isOver = true; }
  onResize() { this.at = Date.now(); }
  onLoad() { this.at = Date.now(); }
}
`, [
      'Panel.window.on(resize) (listener per object, nowhere): dispose() skipped',
    ]],
    ['a listener to the result of a call', `
export class Panel {
  begin() { this.find().on('data', this.onData); }
  dispose() { this.find().off('data', this.onData); }
  onData() { this.at = Date.now(); }
}
`, [
      'Panel.result of a call.on(data) (listener per key, ending): dispose() released',
    ]],
    ['a member with a teardown', `
export class Inner { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Outer { inner = new Inner(); other = new Inner(); dispose() { this.inner.dispose(); } }
`, [
      'Inner.timer (interval per object, ending): dispose() released, dispose() (2) released',
      'Outer.inner (Inner per object, ending): dispose() released',
      'Outer.other (Inner per object, nowhere): dispose() skipped',
    ]],
    ['members with a teardown, for each key', `
export class Inner { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Outer { inners = new Map(); open(id) { this.inners.set(id, new Inner()); } close(id) { this.inners.get(id).dispose(); this.inners.delete(id); } dispose() { for (const inner of this.inners.values()) inner.dispose(); } }
`, [
      'Inner.timer (interval per object, ending): dispose() released, close() released, dispose() (2) released',
      'Outer.inners (Map of Inners per key, ending): close() released, dispose() released',
    ]],
    ['records with timers', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, { timer: setTimeout(() => this.ring(doorId), 30_000), at: Date.now() }); }
  ring(doorId) { this.waiting.delete(doorId); }
  close(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.delete(doorId); }
  dispose() { for (const { timer } of this.waiting.values()) clearTimeout(timer); this.waiting.clear(); }
}
`, [
      'Bells.waiting (Map of time-outs per key, ending): setTimeout in ask() released, close() released, dispose() released',
    ]],
    ['a store of a module', `
import { create } from 'zustand';
export const useCharts = create((set) => ({
  bySession: {},
  put: (sessionId, chart) => set((state) => ({ bySession: { ...state.bySession, [sessionId]: chart } })),
  end: (sessionId) => set((state) => { const { [sessionId]: gone, ...rest } = state.bySession; return { bySession: rest }; }),
}));
`, [
      '.bySession (object per key, ending): end() released',
    ]],
    ['a component that unmounts', `
export class Panel extends React.Component {
  componentDidMount() { this.timer = setInterval(() => this.tick(), 1_000); window.addEventListener('resize', this.tick); }
  tick() { this.setState({}); }
  componentWillUnmount() { clearInterval(this.timer); }
}
`, [
      'Panel.timer (interval per object, ending): componentWillUnmount() released',
      'Panel.window.on(resize) (listener per object, nowhere): componentWillUnmount() skipped',
    ]],
    ['an effect with a clean-up', `
export function usePanel(host) {
  useEffect(() => {
    const timer = setInterval(() => host.tick(), 1_000);
    host.on('line', host.tick);
    return () => { clearInterval(timer); };
  }, [host]);
}
`, [
      'usePanel().timer (interval per object, ending): useEffect clean-up released',
    ]],
    ['two owners on one line, in the order of their names', `
export class B { a = new Map(); open(id) { this.a.set(id, {}); } close(id) { this.a.delete(id); } } export class A { a = new Map(); open(id) { this.a.set(id, {}); } close(id) { this.a.delete(id); } }
`, [
      'B.a (Map per key, ending): close() released',
      'A.a (Map per key, ending): close() released',
    ]],
    ['a collection of a class that another file shows', `
import { Registry } from './registry.js';
const registry = new Registry();
export function open(id, pty) { registry.set(id, pty); }
export function closeSession(id) { registry.delete(id); }
`, [
      '.registry (collection per key, ending): closeSession() released',
    ]],
    ['a loop that deletes what its entries name', `
export class Hub {
  sessions = new Map(); runs = new Map();
  open(id) { this.sessions.set(id, {}); } run(runId, id) { this.runs.set(runId, { id }); }
  dispose() { for (const run of this.runs.values()) this.sessions.delete(run.id); this.runs.clear(); }
  closeSession(id) { this.sessions.delete(id); }
}
`, [
      'Hub.sessions (Map per key, ending): dispose() released, closeSession() released',
      'Hub.runs (Map per key, ending): dispose() released, closeSession() none',
    ]],
    ['a finally of the module', `
const running = new Map();
running.set(process.pid, 'main');
for (const job of jobs) {
  running.set(job.id, job);
  try { await job.run(); } finally { running.delete(job.id); }
}
`, []],
  ])('shows %s', (_, code, shown) => {
    expect(rowsIn(code)).toEqual(shown);
  });
});
