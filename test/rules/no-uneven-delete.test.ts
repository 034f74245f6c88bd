import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectNothingCertain, expectSilent, findingsOf, verdictsOf } = checksFor('no-uneven-delete');

/** Rooms whose names and members come together and go together in `close`; `more` is what else they do. */
function rooms(more: string, marker = '', declaration = ''): string {
  return `
export class Rooms {
  private readonly members = new Map();
  ${declaration}
  private readonly lastSeen = new Map();${marker}
  open(id, socket) {
    this.members.set(id, new Set());
    this.lastSeen.set(id, Date.now());
    this.attach(id, socket);
  }
  close(id) {
    this.members.delete(id);
    this.lastSeen.delete(id);
  }
${more}
}
`;
}

const CERTAIN = ' //! certain no-uneven-delete lastSeen';
const LIKELY = ' //! likely no-uneven-delete lastSeen';

describe('no-uneven-delete: ends that take the key out of one collection only', () => {
  it('reports a function that is named for the end', () => {
    expectFindings(rooms('removeRoom(id) { this.members.delete(id); }', CERTAIN));
  });

  it('reports a sweep', () => {
    expectFindings(rooms(`
  sweepIdle(now) {
    for (const [id, since] of this.members) if (now - since.at > 60_000) this.members.delete(id);
  }`, CERTAIN));
  });

  it('follows a helper that is given the collection, and the key', () => {
    expectFindings(rooms(`
  removeRoom(room) { this.drop(this.members, room.id); }
  private drop(map, id) { map.delete(id); }`, CERTAIN));
  });

  it('follows an alias by destructuring with a default', () => {
    expectFindings(rooms('removeRoom(id) { const { members = new Map() } = this; members.delete(id); }', CERTAIN));
  });

  it('reports a handler of an ending signal after which nothing ever takes the key out', () => {
    expectFindings(`
export class Panels {
  private readonly panels = new Map();
  private readonly opening = new Map(); //! certain no-uneven-delete opening
  async open(key) {
    const opening = this.create(key);
    this.opening.set(key, opening);
    const panel = await opening;
    this.panels.set(key, panel);
    panel.disposed.connect(() => {
      this.panels.delete(key);
    });
    return panel;
  }
}
`);
  });

  it('doubts where no function takes the key out of both', () => {
    expectFindings(`
export class Jobs {
  private readonly jobs = new Map();
  private readonly attempts = new Map(); //! likely no-uneven-delete attempts
  start(id, job) {
    this.jobs.set(id, job);
    this.attempts.set(id, 1);
  }
  removeJob(id) { this.jobs.delete(id); }
  forgetAttempts() { this.attempts.clear(); }
}
`);
  });

  it('sees one variable in a closure, and that taking back what was just put in is no release', () => {
    expectFindings(`
export class Shells {
  private readonly known = new Set();
  private readonly restarts = new Map(); //! likely no-uneven-delete restarts
  start(id, shell) {
    this.known.add(id);
    shell.on('data', () => {
      const count = (this.restarts.get(id) ?? 0) + 1;
      this.restarts.set(id, count);
      if (count > 3) this.restarts.delete(id);
    });
  }
  stopShell(id) { this.known.delete(id); }
}
`);
  });

  it('reports an end that adds the key to a memo on its way', () => {
    expectFindings(`
export class Buckets {
  private readonly hashes = new Map(); //! certain no-uneven-delete hashes
  private readonly stores = [new Map(), new Map()];
  private other = new Map();
  delete(key) {
    const store = this.storeOf(key);
    store.delete(key);
  }
  storeOf(key) { return pick(this.stores, this.hash(key)); }
  private hash(key) {
    const known = this.hashes.get(key);
    if (known !== undefined) return known;
    const hash = compute(key);
    this.hashes.set(key, hash);
    return hash;
  }
}
`);
  });

  it('doubts a branch that releases a part of what the other branch does', () => {
    expectFindings(`
export class Terminals {
  private readonly terminals = new Map();
  private readonly sizes = new Map(); //! likely no-uneven-delete sizes
  open(id, terminal, keep) {
    this.terminals.set(id, terminal);
    terminal.onExit(() => {
      if (keep) {
        this.terminals.delete(id);
      } else {
        this.forget(id);
      }
    });
  }
  resize(id, size) { this.sizes.set(id, size); }
  forget(id) {
    this.terminals.delete(id);
    this.sizes.delete(id);
  }
}
`);
  });

  it('doubts a teardown that empties some of the collections that lose their keys together', () => {
    expectFindings(`
export class Transport {
  private readonly streams = new Map();
  private readonly answers = new Map();
  private readonly routes = new Map(); //! likely no-uneven-delete routes
  receive(id, stream) {
    this.routes.set(id, stream.id);
    this.streams.set(stream.id, stream);
  }
  answer(ids, id, message) {
    this.answers.set(id, message);
    for (const one of ids) {
      this.answers.delete(one);
      this.routes.delete(one);
    }
  }
  close() {
    this.streams.clear();
    this.answers.clear();
  }
}
`);
  });

  it('doubts a function that may only reset the entry', () => {
    expectFindings(rooms('clear(id) { this.members.delete(id); }', LIKELY));
  });

  it('says what loses the key, where, and what to do', () => {
    const [verdict] = verdictsOf(rooms('removeRoom(id) { this.members.delete(id); }'));
    expect(verdict?.kind).toBe('map');
    expect(verdict?.owner).toBe('Rooms');
    expect(verdict?.related.map(({ role, name }) => `${role} ${name}`)).toEqual(['release members', 'cleanup close', 'growth set']);
  });
});

describe('no-uneven-delete: keys that go on another way, or stay on purpose', () => {
  const silent: Readonly<Record<string, string>> = {
    'a helper takes the rest out': 'removeRoom(id) { this.members.delete(id); this.forget(id); } private forget(id) { this.lastSeen.delete(id); }',
    'it is a step of the whole (S1)': 'leave(id) { this.removeMembers(id); this.lastSeen.delete(id); } removeMembers(id) { this.members.delete(id); }',
    'an event takes the rest out (S3)': "removeRoom(id, socket) { this.members.delete(id); socket.end(); } attach(id, socket) { socket.on('close', () => this.close(id)); }",
    'an event that is no end takes the rest out': "removeRoom(id) { this.members.delete(id); } attach(id, socket) { socket.on('message', (m) => this.close(m.id)); }",
    'a reset is not told which entry': 'clearRooms(now) { for (const [id, since] of this.members) if (since.at > now) this.members.delete(id); }',
    'a timer takes the rest out': 'removeRoom(id) { this.members.delete(id); } attach(id) { setTimeout(() => this.lastSeen.delete(id), 1000); }',
    'the function does not end the entry': 'mute(id) { this.members.delete(id); }',
    'it empties the rest': 'removeRoom(id) { this.members.delete(id); this.lastSeen.clear(); }',
    'it goes over the rest': 'removeAll() { for (const id of this.lastSeen.keys()) this.members.delete(id); }',
    'the last member went, not the room': 'removeMember(id, who) { const set = this.members.get(id); set.delete(who); if (set.size === 0) this.members.delete(id); }',
    'the key is put in again': 'resetRoom(id) { this.members.delete(id); this.members.set(id, new Set()); }',
    'a size limit bounds the rest': 'removeRoom(id) { this.members.delete(id); } attach(id) { this.lastSeen.set(id, 1); if (this.lastSeen.size > 500) this.lastSeen.clear(); }',
    'the key is another one': 'removeRoom(id) { this.owners.delete(id); }',
    'the key is a literal': "removeRoom() { this.members.delete('lobby'); }",
  };
  for (const [why, more] of Object.entries(silent)) it(`is silent where ${why}`, () => { expectSilent(rooms(more)); });

  it('is silent about a sibling that stands for timers', () => {
    expectSilent(`
export class Drafts {
  private readonly drafts = new Map();
  private readonly savers = new Map();
  edit(id, text) {
    this.drafts.set(id, text);
    this.savers.set(id, setTimeout(() => this.stopSaver(id), 100));
  }
  stopSaver(id) { this.savers.delete(id); }
  remove(id) {
    this.drafts.delete(id);
    this.savers.delete(id);
  }
}
`);
  });

  it('is silent about keys that move from one to the other', () => {
    expectSilent(`
export class Work {
  private readonly queued = new Set();
  private readonly done = new Set();
  add(id) { this.queued.add(id); }
  endWork(id) {
    this.queued.delete(id);
    this.done.add(id);
  }
  removeWork(id) { this.queued.delete(id); }
}
`);
  });

  it('is silent about a queue that is drained while its key is in use', () => {
    expectSilent(`
export class Streams {
  private readonly buffered = new Map();
  private readonly offsets = new Map();
  receive(id, part) {
    this.buffered.set(id, [part]);
    this.offsets.set(id, part.offset);
  }
  read(id) {
    const parts = this.buffered.get(id);
    this.buffered.delete(id);
    return parts;
  }
  disconnect(id) { this.buffered.delete(id); }
}
`);
  });

  it('is silent about work in flight, which takes its own key out', () => {
    expectSilent(`
export class Targets {
  private readonly runs = new Map();
  private readonly targets = new Map();
  ensure(id) {
    const run = this.connect(id).then((target) => { this.targets.set(id, target); }).finally(() => { this.runs.delete(id); });
    this.runs.set(id, run);
  }
  drop(id) { this.targets.delete(id); }
  cancel(id) {
    this.targets.delete(id);
    this.runs.delete(id);
  }
}
`);
  });

  it('is silent about a counter that must not start afresh', () => {
    expectSilent(`
export class Files {
  private readonly entries = new Map();
  private readonly revisions = new Map();
  put(key, entry) { this.entries.set(key, entry); }
  delete(key) {
    this.entries.delete(key);
    this.revisions.set(key, (this.revisions.get(key) ?? 0) + 1);
  }
}
`);
  });

  it('is silent about uses that are counted, and waiters that are let go', () => {
    expectSilent(`
export class Models {
  private readonly loaded = new Map();
  private readonly uses = new Map();
  private readonly waiters = new Map();
  async use(key, model, run) {
    this.loaded.set(key, model);
    this.uses.set(key, (this.uses.get(key) ?? 0) + 1);
    await run(model);
    this.release(key);
  }
  async dispose(key) {
    await this.idle(key);
    this.loaded.delete(key);
  }
  private idle(key) {
    return new Promise((resolve) => {
      const waiting = this.waiters.get(key) ?? new Set();
      waiting.add(resolve);
      this.waiters.set(key, waiting);
    });
  }
  private release(key) {
    const left = (this.uses.get(key) ?? 1) - 1;
    if (left > 0) {
      this.uses.set(key, left);
      return;
    }
    this.uses.delete(key);
    this.waiters.delete(key);
  }
}
`);
  });

  it('is silent about disposers of one call that divide the work', () => {
    expectSilent(`
export class Handlers {
  private readonly handlers = new Map();
  private readonly live = new Map();
  on(token, handler) {
    this.handlers.set(token, handler);
    this.live.set(token, connect(handler));
    let inner;
    inner = { dispose: () => { this.live.delete(token); } };
    return { dispose: () => { this.handlers.delete(token); inner.dispose(); } };
  }
}
`);
  });

  it('is silent about weak collections, arrays, fixed keys, locals and other owners', () => {
    expectSilent(rooms('removeRoom(id) { this.members.delete(id); }').replace('lastSeen = new Map()', 'lastSeen = new WeakMap()'));
    expectSilent(rooms('removeRoom(id) { this.members.delete(id); }').replace('lastSeen = new Map()', "lastSeen = new Map<'a' | 'b', number>()"));
    expectSilent(`
export function count(ids) {
  const seen = new Set();
  const open = new Set();
  for (const id of ids) { seen.add(id); open.add(id); }
  const remove = (id) => { open.delete(id); };
  ids.forEach(remove);
  return seen.size;
}
`);
    expectSilent(`
const names = new Map();
export class Users {
  private readonly users = new Map();
  add(id, user) { this.users.set(id, user); names.set(id, user.name); }
  remove(id) { this.users.delete(id); }
}
`);
  });

  it('is silent where a handler finding names the collection', () => {
    expectSilent(rooms("attach(id, socket) { socket.on('exit', () => { this.members.delete(id); }); }"));
  });

  it('takes the word of a person', () => {
    for (const says of ['survives: shown until midnight', 'bounded: ten rooms', 'owned-by: Lobby']) expectSilent(rooms('removeRoom(id) { this.members.delete(id); }', '', `// leakproof-${says}`));
  });
});

describe('no-uneven-delete: what the exemptions must still report', () => {
  it('a release under a condition counts, an unrelated one does not', () => {
    expectSilent(rooms('removeRoom(id, keep) { this.members.delete(id); if (!keep) this.lastSeen.delete(id); }'));
    expectFindings(rooms('removeRoom(id) { this.members.delete(id); this.lastSeen.get(id); other.lastSeen.delete(id); }', CERTAIN));
  });

  it('a function that is only called like a release takes nothing out', () => {
    expectFindings(rooms('removeRoom(id) { this.members.delete(id); this.releaseLastSeen(id); } private releaseLastSeen(id) { log(id); }', CERTAIN));
  });

  it('a caller that takes nothing more out does not make it a step', () => {
    expectFindings(rooms('leave(id) { this.removeMembers(id); log(id); } removeMembers(id) { this.members.delete(id); }', CERTAIN));
  });

  it('a timer that deletes from another collection is no release', () => {
    expectFindings(rooms('removeRoom(id) { this.members.delete(id); } attach(id) { setTimeout(() => this.hints.delete(id), 1000); }', CERTAIN));
  });

  it('a size that is compared outside of what fills it is no bound', () => {
    expectFindings(rooms('removeRoom(id) { this.members.delete(id); } isBusy() { return this.lastSeen.size > 500; }', CERTAIN));
  });

  it('a shadowed Map is no collection', () => {
    expectSilent(`class Map { get() {} set() {} delete() {} }\n${rooms('removeRoom(id) { this.members.delete(id); }')}`);
  });
});

describe('no-uneven-delete: spellings that mean the same', () => {
  const members = ['open(id) { this.members.set(id, 1); this.lastSeen.set(id, 2); }', 'close(id) { this.members.delete(id); this.lastSeen.delete(id); }', 'removeRoom(id) { this.members.delete(id); }'];
  const asClass = (methods: readonly string[]): string => `export class Rooms { members = new Map(); lastSeen = new Map(); ${methods.join(' ')} }`;
  const spellings: Readonly<Record<string, string>> = {
    'a class': asClass(members),
    'members in another order': asClass([...members].reverse()),
    'other names': asClass(members).replaceAll('id', 'which').replaceAll('Rooms', 'Halls'),
    'CommonJS': `${asClass(members).replace('export ', '')} module.exports = { Rooms };`,
    'a function taken out': asClass([...members.slice(0, 2), 'removeRoom(id) { this.lose(id); } lose(id) { this.members.delete(id); }']),
    'a loop': asClass([...members.slice(0, 2), 'removeRooms(ids) { for (const id of ids) this.members.delete(id); }']),
    'forEach': asClass([...members.slice(0, 2), 'removeRooms(ids) { ids.forEach((id) => this.members.delete(id)); }']),
    'module variables': 'const members = new Map(); const lastSeen = new Map(); export function open(id) { members.set(id, 1); lastSeen.set(id, 2); } export function close(id) { members.delete(id); lastSeen.delete(id); } export function removeRoom(id) { members.delete(id); }',
    'dictionaries': 'const members = {}; const lastSeen = {}; export function open(id) { members[id] = 1; lastSeen[id] = 2; } export function close(id) { delete members[id]; delete lastSeen[id]; } export function removeRoom(id) { delete members[id]; }',
  };
  for (const [spelling, code] of Object.entries(spellings)) {
    it(`reports the same for ${spelling}`, () => {
      expect(findingsOf(code, 'src/sample.js').map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['certain no-uneven-delete lastSeen']);
    });
  }

  it('reports the same for a factory, less surely', () => {
    expect(findingsOf('export function createRooms() { const members = new Map(); const lastSeen = new Map(); return { open(id) { members.set(id, 1); lastSeen.set(id, 2); }, close(id) { members.delete(id); lastSeen.delete(id); }, removeRoom(id) { members.delete(id); } }; }')).toEqual(['likely no-uneven-delete lastSeen:1']);
  });
});

describe('no-uneven-delete: keys that are never in both', () => {
  const kinds = (made: string, gone: string, marker = ''): string => `
export class Realms {
  private readonly frames = new Map();
  private readonly workers = new Map();${marker}
  made(info) { ${made} }
  gone(id) { ${gone} }
  removeFrame(id) { this.frames.delete(id); }
}
`;
  const APART = "if (info.kind === 'worker') { this.workers.set(info.id, info); return; } this.frames.set(info.id, info);";
  const REPORTED = ' //! reported no-uneven-delete workers';

  it.each([
    ['a return between them', kinds(APART, 'if (this.frames.has(id)) { this.frames.delete(id); return; } this.workers.delete(id);')],
    ['two branches', kinds("if (info.kind === 'worker') this.workers.set(info.id, info); else this.frames.set(info.id, info);", 'this.frames.delete(id); this.workers.delete(id);')],
    ['helpers in two branches', kinds("if (info.kind === 'worker') this.addWorker(info.id); else this.addFrame(info.id);", 'if (!this.frames.delete(id)) this.workers.delete(id);').replace('removeFrame', 'addWorker(id) { this.workers.set(id, 1); }\n  addFrame(id) { this.frames.set(id, 1); }\n  removeFrame')],
    ['deletions that exclude each other, of keys from two sources', `
export class Pipe {
  waiting = new Map();
  answered = new Map();
  count = 0;
  send(message) { const id = ++this.count; return new Promise((resolve) => { this.waiting.set(id, resolve); }); }
  receive(data) {
    if (data.ack) { this.answered.delete(data.replyTo); return; }
    if (data.replyTo) { this.waiting.delete(data.replyTo); return; }
    this.answered.set(data.askId, this.handle(data));
  }
  dispose() { this.waiting.clear(); this.other.clear(); }
  other = new Map();
}
`],
  ])('is silent about %s', (_, code) => { expectSilent(code); });

  it.each([
    ['a condition that adds to the second, too', kinds("this.frames.set(info.id, info); if (info.kind === 'worker') this.workers.set(info.id, info);", 'this.frames.delete(id); this.workers.delete(id);', REPORTED)],
    ['branches that both call the helper for both', kinds("if (info.kind === 'worker') this.add(info.id); else this.add(info.id);", 'this.frames.delete(id); this.workers.delete(id);', REPORTED).replace('removeFrame', 'add(id) { this.frames.set(id, 1); this.workers.set(id, 1); }\n  removeFrame')],
    ['a helper of one branch that the course calls as well', kinds("if (info.kind === 'worker') { this.addWorker(info.id); return; } this.addWorker(info.id); this.frames.set(info.id, info);", 'this.frames.delete(id); this.workers.delete(id);', REPORTED).replace('removeFrame', 'addWorker(id) { this.workers.set(id, 1); }\n  removeFrame')],
  ])('still reports %s', (_, code) => { expectFindings(code); });

  const bus = (more: string, marker = ''): string => `
export class Bus {
  private readonly running = new Map();${marker}
  private handlers = new Map();
  private run(type, work) {
    let works = this.running.get(type);
    if (!works) {
      works = new Set();
      this.running.set(type, works);
    }
    works.add(work);
    ${more}
  }
  removeHandlers(type, work) {
    this.handlers.delete(type);
    this.run(type, work);
  }
}
`;
  it('is silent about entries whose members leave by themselves', () => {
    expectSilent(bus('void work.finally(() => works.delete(work));'));
  });

  it('still reports them where no member ever leaves', () => {
    expectFindings(bus('', ' //! likely no-uneven-delete running'));
  });
});

describe('no-uneven-delete: a memo that an end fills', () => {
  const registry = (end: string, mark = ''): string => `
const homes = new Map();${mark}
const totals = new Map();
async function homeOf(name, ask) {
  const known = homes.get(name);
  if (known) return known;
  const home = await ask(name);
  homes.set(name, home);
  return home;
}
export function count(name, total) { totals.set(name, total); }
export async function removeItems(name, local, ask, forward) {
  ${end}
}
`;
  const REPORTED = ' //! reported no-uneven-delete homes';

  it.each([
    ['returns', 'if (!local) { return forward(await homeOf(name, ask)); } await local.removeAll(); totals.delete(name);'],
    ['throws', 'if (!local) { await homeOf(name, ask); throw new Error(name); } await local.removeAll(); totals.delete(name);'],
    ['is the other one', 'if (local) totals.delete(name); else forward(await homeOf(name, ask));'],
    ['finds it there', 'const known = homes.get(name); if (known === undefined) return; homes.set(name, local); totals.delete(name);'],
  ])('is silent where the branch that fills it %s', (_, end) => { expectSilent(registry(end)); });

  it.each([
    ['comes to the deletion', 'if (!local) { forward(await homeOf(name, ask)); } totals.delete(name);'],
    ['finds nothing there', 'const known = homes.get(name); if (known) return; homes.set(name, local); totals.delete(name);'],
    ['returns on failure only', 'const home = await homeOf(name, ask); if (!home) return; totals.delete(name);'],
    ['is run by both', 'if (!local) { await homeOf(name, ask); totals.delete(name); return; } totals.delete(name);'],
  ])('still reports one where the branch that fills it %s', (_, end) => { expectFindings(registry(end, REPORTED)); });
});

describe('no-uneven-delete: what another function takes out', () => {
  const marks = (more: string): string => `
export class Tracks {
  private running = new Map();
  private over = new Set();
  begin(trackId, track) { this.running.set(trackId, track); }
  end(trackId) {
    const track = this.running.get(trackId);
    if (track && !this.over.has(trackId)) {
      track.end();
      this.over.add(trackId);
      this.running.delete(trackId);
    }
  }
  ${more}
}
`;

  it('is silent about a memo that a method empties', () => {
    expectSilent(marks('clear() { this.running.clear(); this.over.clear(); }'));
  });

  it('still reports a memo that nothing empties, or that goes only with its owner', () => {
    expect(findingsOf(marks('')).map((finding) => finding.replace(/^\w+|:\d+$/g, ''))).toEqual([' no-uneven-delete over']);
    expect(findingsOf(marks('dispose() { this.running.clear(); this.over.clear(); }')).map((finding) => finding.replace(/^\w+|:\d+$/g, ''))).toEqual([' no-uneven-delete over']);
  });

  it('still reports a memo that more than the end fills, even if a method empties it', () => {
    expectFindings(`
export class Buckets {
  private readonly hashes = new Map(); //! certain no-uneven-delete hashes
  private readonly stores = [new Map(), new Map()];
  private other = new Map();
  delete(key) {
    const store = this.storeOf(key);
    store.delete(key);
  }
  clear() { this.hashes.clear(); }
  storeOf(key) { return pick(this.stores, this.hash(key)); }
  private hash(key) {
    const known = this.hashes.get(key);
    if (known !== undefined) return known;
    const hash = compute(key);
    this.hashes.set(key, hash);
    return hash;
  }
}
`);
  });

  const swept = (test: string): string => `
export class Board {
  private paths = {};
  private seen = {};
  note(peerId, path) {
    this.paths[peerId] = path;
    this.seen[peerId] = Date.now();
  }
  private drop(peerId) { delete this.paths[peerId]; }
  removePeer(peerId) { this.drop(peerId); }
  prune(limit) {
    for (const peerId in ${test}) {
      if (this.seen[peerId] < limit) {
        this.drop(peerId);
        delete this.seen[peerId];
      }
    }
  }
}
`;

  it('is silent about what its own sweep takes out by its age', () => {
    expectSilent(swept('this.seen'));
  });

  it('still reports it where the sweep goes over the other collection, which has lost the key', () => {
    expectFindings(swept('this.paths').replace('private seen = {};', 'private seen = {}; //! certain no-uneven-delete seen'));
  });
});

describe('no-uneven-delete: a record that outlives its handle', () => {
  const browsers = (after: string, mark = ''): string => `
const handles = new Map();
const sessions = new Map();${mark}
export function open(sessionId, browser) {
  sessions.set(sessionId, { state: 'ready' });
  handles.set(sessionId, browser);
}
async function closeHandle(sessionId) {
  await handles.get(sessionId).close();
  handles.delete(sessionId);
}
export async function stop(sessionId) {
  const session = sessions.get(sessionId);
  await closeHandle(sessionId);
  ${after}
}
export async function remove(sessionId) {
  await closeHandle(sessionId);
  sessions.delete(sessionId);
}
`;

  it('is not certain where the record is written after the end of the handle', () => {
    expectNothingCertain(browsers("session.state = 'stopped';"));
  });

  it('still is certain where it is left as it was', () => {
    expectFindings(browsers('show(session.state);', ' //! certain no-uneven-delete sessions'));
  });
});

describe('no-uneven-delete: one end after another, and the argument for each', () => {
  it.each([
    ['an end that forgets one of two', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { this.sessions.delete(id); }
}
`, ['silent titles: filled-together never-lost-together said-by-rule']],
    ['an end that forgets one of two, which an event takes out', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  begin(bus) { bus.on("gone", (id) => this.titles.delete(id)); }
  close(id) { this.sessions.delete(id); }
}
`, ['silent sessions: filled-together never-lost-together released-apart', 'silent titles: filled-together shrinks']],
    ['an end that forgets one of two, which a request takes out', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  rename(id) { this.titles.delete(id); }
  close(id) { this.sessions.delete(id); }
}
`, ['silent titles: filled-together never-lost-together released-apart']],
    ['an end that forgets one, which another end takes out', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  drop(id) { this.sessions.delete(id); this.titles.delete(id); }
  close(id) { this.sessions.delete(id); }
}
`, ['certain titles: lost-together filled-together']],
    ['a title that is only set when it is renamed', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); }
  rename(id, title) { this.titles.set(id, title); }
  close(id) { this.sessions.delete(id); }
}
`, []],
    ['a title that is written after the end', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  async stop(id) { await this.close(id); this.titles.get(id).state = "over"; }
  close(id) { this.sessions.delete(id); }
}
`, ['silent titles: filled-together never-lost-together entry-goes-on']],
    ['an end that opens it again', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { this.sessions.delete(id); setTimeout(() => this.open(id), 1_000); }
}
`, ['silent titles: filled-together may-come-again never-lost-together']],
    ['a size that is asked first', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); if (this.titles.size > 100) return; this.titles.set(id, "shell"); }
  
  close(id) { this.sessions.delete(id); }
}
`, ['silent titles: filled-together size-checked']],
    ['a few keys', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(kind) { this.sessions.set(kind, {}); this.titles.set(kind, "shell"); }
  
  close(kind) { this.sessions.delete(kind); }
}
`, ['silent titles: filled-together never-lost-together static-domain-key']],
    ['a teardown that empties two of three', `
export class Hub {
  sessions = new Map(); titles = new Map(); sizes = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); this.sizes.set(id, 1); }
  
  dispose() { this.sessions.clear(); this.titles.clear(); }
}
`, []],
    ['a branch of an end that does a part', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id, isLost) { if (isLost) { this.sessions.delete(id); } else { this.sessions.delete(id); this.titles.delete(id); } }
}
`, ['silent titles: branch-may-keep']],
    ['a reset', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  reset(id) { this.sessions.delete(id); }
}
`, ['silent titles: filled-together never-lost-together may-be-reset']],
    ['a memo that the end itself fills', `
export class Hub {
  sessions = new Map(); sizes = new Map();
  open(id) { this.sessions.set(id, {}); }
  size(id) { return this.sizes.get(id); }
  close(id) { this.sessions.delete(id); if (!this.sizes.has(id)) this.sizes.set(id, measure(id)); }
}
`, ['certain sizes: memo-outlives-entry']],
    ['a record of what has ended', `
export class Hub {
  sessions = new Map(); ended = new Set();
  open(id) { this.sessions.set(id, {}); }
  restart() { this.ended.clear(); }
  close(id) { this.sessions.delete(id); this.ended.add(id); }
}
`, []],
    ['timers beside', `
export class Hub {
  sessions = new Map(); timers = new Map();
  open(id) { this.sessions.set(id, {}); this.timers.set(id, setTimeout(() => this.close(id), 1_000)); }
  
  close(id) { clearTimeout(this.timers.get(id)); this.timers.delete(id); }
}
`, []],
    ['a queue that is drained', `
export class Hub {
  sessions = new Map(); waiting = new Map();
  open(id) { this.waiting.set(id, {}); }
  next() { const id = this.waiting.keys().next().value; this.waiting.delete(id); this.sessions.set(id, {}); }
  close(id) { this.sessions.delete(id); }
}
`, []],
    ['a sibling that is declared public', `
export class Hub {
  sessions = new Map(); public titles: Map<string, string> = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { this.sessions.delete(id); }
}
`, ['likely titles: filled-together never-lost-together']],
    ['a sweep by age', `
export class Hub {
  sessions = new Map(); seen = new Map();
  open(id) { this.sessions.set(id, {}); this.seen.set(id, Date.now()); }
  begin() { setInterval(() => { for (const [id, at] of this.seen) if (at < Date.now() - 1_000) this.seen.delete(id); }, 1_000); }
  close(id) { this.sessions.delete(id); }
}
`, ['silent seen: filled-together shrinks']],
    ['an ending event', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  begin(pty, id) { pty.on("exit", () => { this.sessions.delete(id); }); }
  
}
`, ['certain titles: filled-together']],
    ['a helper that is given the key', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { this.#drop(id); }
  #drop(key) { this.sessions.delete(key); }
}
`, ['silent titles: filled-together never-lost-together said-by-rule']],
    ['a helper that finds another key', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { this.#drop(); }
  #drop() { const last = this.last(); this.sessions.delete(last); }
}
`, ['silent titles: filled-together never-lost-together said-by-rule']],
    ['what is filled once', `
export class Hub {
  sessions = new Map(); titles = new Map();
  
  constructor() { this.sessions.set("a", {}); this.titles.set("a", "shell"); }
  close(id) { this.sessions.delete(id); }
}
`, []],
    ['an end that asks the sibling first', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id) { this.sessions.set(id, {}); this.titles.set(id, "shell"); }
  
  close(id) { if (this.titles.get(id) === undefined) return; this.sessions.delete(id); }
}
`, ['silent titles: filled-together never-lost-together said-by-rule']],
    ['a factory', `
export function createHub() {
  const sessions = new Map();
  const titles = new Map();
  return { open(id) { sessions.set(id, {}); titles.set(id, 'shell'); }, close(id) { sessions.delete(id); } };
}
`, ['silent titles: filled-together never-lost-together lifetime-unknown']],
    ['a module', `
const sessions = new Map();
const titles = new Map();
export function open(id) { sessions.set(id, {}); titles.set(id, 'shell'); }
export function close(id) { sessions.delete(id); }
`, ['silent titles: filled-together never-lost-together said-by-rule']],
    ['a module that shows one of them', `
const sessions = new Map();
export const titles = new Map();
export function open(id) { sessions.set(id, {}); titles.set(id, 'shell'); }
export function close(id) { sessions.delete(id); }
`, ['silent titles: filled-together never-lost-together exported']],
    ['a script', `
#!/usr/bin/env node
const sessions = new Map();
const titles = new Map();
function open(id) { sessions.set(id, {}); titles.set(id, 'shell'); }
function close(id) { sessions.delete(id); }
process.stdin.on('data', open); process.stdin.on('end', close);
`, ['likely titles: filled-together one-shot-script']],
    ['two closures of one call, each of which takes out its own', `
export class Hub {
  sessions = new Map(); titles = new Map();
  open(id, host) { this.sessions.set(id, {}); this.titles.set(id, 'shell'); return { close: () => { this.sessions.delete(id); }, leave: () => { this.titles.delete(id); } }; }
}
`, ['silent titles: filled-together shrinks']],
    ['refs of a component', `
export function useHub() {
  const sessions = useRef(new Map());
  const titles = useRef(new Map());
  const open = (id) => { sessions.current.set(id, {}); titles.current.set(id, 'shell'); };
  const close = (id) => { sessions.current.delete(id); };
  return { open, close };
}
`, ['silent titles: filled-together never-lost-together component-lifetime']],
    ['members of one state', `
const state = { sessions: new Map(), titles: new Map() };
export function open(id) { state.sessions.set(id, {}); state.titles.set(id, 'shell'); }
export function close(id) { state.sessions.delete(id); }
`, ['silent titles: filled-together never-lost-together said-by-rule']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
