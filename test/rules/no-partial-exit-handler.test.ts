import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectSilent, findingsOf, verdictsOf } = checksFor('no-partial-exit-handler');

/** A class whose clean-up releases three things per session, and an exit handler: what that does is what the tests vary. */
function terminals(handler: string, more = ''): string {
  return `
export class Terminals {
  readonly ptys = new Map();
  readonly titles = new Map();
  readonly timers = new Map();
  open(sessionId, pty, ms) {
    this.ptys.set(sessionId, pty);
    this.titles.set(sessionId, pty.title);
    this.timers.set(sessionId, setTimeout(() => pty.nudge(), ms));
    ${handler}
  }
  close(sessionId) {
    clearTimeout(this.timers.get(sessionId));
    this.timers.delete(sessionId);
    this.titles.delete(sessionId);
    this.ptys.delete(sessionId);
  }
  ${more}
}
`;
}

/** What the handlers of a sample skip, as `exit: titles, timers`. */
function skippedIn(code: string): string[] {
  return verdictsOf(code)
    .filter((verdict) => verdict.outcome !== 'silent')
    .map((verdict) => `${verdict.symbol}: ${verdict.related.filter((one) => one.role === 'skipped').map((one) => one.name).join(', ')}`);
}

describe('no-partial-exit-handler: how an ending is spelled', () => {
  it.each([
    ["on('exit')", "pty.on('exit', () => this.ptys.delete(sessionId));", 'exit'],
    ["once('close')", "pty.once('close', () => { this.ptys.delete(sessionId); });", 'close'],
    ["on('end')", "pty.on('end', function () { this.ptys.delete(sessionId); }.bind(this));", 'end'],
    ["on('disconnect')", "pty.on('disconnect', async () => { await 0; this.ptys.delete(sessionId); });", 'disconnect'],
    ["addListener('exit')", "pty.addListener('exit', () => this.ptys.delete(sessionId));", 'exit'],
    ["addEventListener('close')", "pty.addEventListener('close', () => this.ptys.delete(sessionId));", 'close'],
    ['an event with a name in it', "pty.on('session.deleted', () => this.ptys.delete(sessionId));", 'session.deleted'],
    ['an event that a constant names', 'pty.on(Events.Closed, () => this.ptys.delete(sessionId));', 'Closed'],
    ['onExit()', 'pty.onExit(() => this.ptys.delete(sessionId));', 'exit'],
    ['onClose()', 'pty.onClose(() => { this.ptys.delete(sessionId); });', 'close'],
    ['onDidDispose()', 'pty.onDidDispose(() => this.ptys.delete(sessionId));', 'dispose'],
    ['onclose =', 'pty.onclose = () => this.ptys.delete(sessionId);', 'close'],
    ['onexit =', 'pty.onexit = () => { this.ptys.delete(sessionId); };', 'exit'],
    ['a table of listeners', 'const listeners = { data: (text) => this.show(text), exit: () => this.ptys.delete(sessionId) }; pty.subscribe(listeners);', 'exit'],
    ['a table that a call is given', 'pty.listen({ data: (text) => this.show(text), close: () => { this.ptys.delete(sessionId); } });', 'close'],
    ['a property that is named for it', 'attach({ onExit: () => this.ptys.delete(sessionId) });', 'exit'],
    ['a handler in a variable', "const forget = () => { this.ptys.delete(sessionId); }; pty.on('exit', forget);", 'exit'],
  ])('reports a handler by %s', (_what, handler, event) => {
    expect(skippedIn(terminals(handler))).toEqual([`${event}: titles, timers`]);
  });

  it.each([
    ['a bound method', "pty.on('exit', this.onPtyExit.bind(this, sessionId));", 'onPtyExit(sessionId) { this.ptys.delete(sessionId); }'],
    ['a method by name', "pty.on('exit', this.onPtyExit);", 'onPtyExit(sessionId) { this.ptys.delete(sessionId); }'],
    ['an arrow field by name', "pty.on('exit', this.onPtyExit);", 'onPtyExit = (sessionId) => { this.ptys.delete(sessionId); };'],
  ])('reports a handler that is %s', (_what, handler, method) => {
    expect(skippedIn(terminals(handler, method))).toEqual(['exit: titles, timers']);
  });

  it('is silent about a handler of an event that ends nothing', () => {
    expect(skippedIn(terminals("pty.on('data', () => this.ptys.delete(sessionId));"))).toEqual([]);
  });

  it('takes an error for a likely end', () => {
    expect(findingsOf(terminals("pty.on('error', () => this.ptys.delete(sessionId));"))).toEqual(['likely no-partial-exit-handler error:9']);
  });

  it('does not take an error for the end where the end itself is heard', () => {
    expect(skippedIn(terminals("pty.on('error', () => this.ptys.delete(sessionId)); pty.on('close', () => this.close(sessionId));"))).toEqual([]);
  });

  it('does not take the methods of an object for handlers', () => {
    expect(skippedIn(terminals('this.view = { open: () => this.show(sessionId), close: () => { this.ptys.delete(sessionId); } };'))).toEqual([]);
  });

  it('reports each handler once', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.ptys.delete(sessionId)); log.on('close', () => { this.ptys.delete(sessionId); this.titles.delete(sessionId); });"))).toEqual([
      'exit: titles, timers',
      'close: timers',
    ]);
  });

  it('counts what two handlers of one emitter release together', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.ptys.delete(sessionId)); pty.on('close', () => { this.ptys.delete(sessionId); this.titles.delete(sessionId); });"))).toEqual(['exit: timers', 'close: timers']);
    expectSilent(terminals("pty.on('exit', () => this.ptys.delete(sessionId)); pty.on('close', () => { this.ptys.delete(sessionId); this.titles.delete(sessionId); this.timers.delete(sessionId); });"));
  });

  it('names the event, the owner, the clean-up and the line', () => {
    const code = terminals(`pty.on('exit', () => {
      this.ptys.delete(sessionId);
    });`);
    expect(findingsOf(code)).toEqual(['certain no-partial-exit-handler exit:9']);
    const [verdict] = verdictsOf(code);
    expect(verdict?.owner).toBe('Terminals');
    expect(verdict?.related.find((one) => one.role === 'cleanup')?.name).toBe('close');
  });
});

describe('no-partial-exit-handler: parts of functions', () => {
  it.each([
    ['a branch of a dispatcher', "onEvent(event) { if (event.type === 'session.deleted') { this.ptys.delete(event.id); } }", 'session.deleted'],
    ['a branch that also asks for the id', "onEvent(event) { if (event.type === 'closed' && event.id) this.ptys.delete(event.id); }", 'closed'],
    ['what is behind an early return', "onEvent({ type, id }) { if (type !== 'exit') return; this.ptys.delete(id); }", 'exit'],
    ['a case of a switch', "onEvent(event) { switch (event.type) { case 'opened': this.ptys.set(event.id, event); break; case 'closed': this.ptys.delete(event.id); break; } }", 'closed'],
    ['an idle sweep', 'constructor() { setInterval(() => this.sweep(), 60000); } sweep() { for (const [id, pty] of this.ptys) if (pty.isIdle) this.ptys.delete(id); }', 'sweep'],
    ['an idle sweep that is written in place', 'constructor() { setInterval(() => { for (const [id, pty] of this.ptys) if (pty.isIdle) this.ptys.delete(id); }, 60000); }', 'setInterval'],
  ])('reports %s', (_what, member, name) => {
    expect(skippedIn(terminals('', member))).toEqual([`${name}: titles, timers`]);
  });

  it.each([
    ['a branch that calls the clean-up', "onEvent(event) { if (event.type === 'session.deleted') this.close(event.id); }"],
    ['a branch whose neighbour deletes one of them', "onEvent(event) { if (event.type === 'renamed') this.titles.delete(event.id); if (event.type === 'closed') this.close(event.id); }"],
    ['a sweep that calls the clean-up', 'constructor() { setInterval(() => this.sweep(), 60000); } sweep() { for (const [id, pty] of this.ptys) if (pty.isIdle) this.close(id); }'],
    ['a comparison of a state', "look(pty, id) { if (pty.status === 'closed') this.ptys.delete(id); }"],
  ])('is silent about %s', (_what, member) => {
    expectSilent(terminals('', member));
  });

  it('is not certain of an interval that ends an entry by the way', () => {
    expect(findingsOf(terminals('', 'constructor() { setInterval(() => this.poll(), 60000); } poll() { for (const [id, pty] of this.ptys) this.look(id, pty); } look(id, pty) { if (pty.isOver) this.finish(id); } finish(id) { this.ptys.delete(id); }'))).toEqual(['likely no-partial-exit-handler poll:17']);
  });

  it('is silent about what a sweep takes out later', () => {
    expectSilent(terminals("pty.on('exit', () => { this.ptys.delete(sessionId); });", 'constructor() { setInterval(() => this.sweep(), 60000); } sweep() { for (const id of this.titles.keys()) if (!this.ptys.has(id)) { this.titles.delete(id); clearTimeout(this.timers.get(id)); this.timers.delete(id); } }'));
  });

  it('still reports what no sweep takes out', () => {
    expect(skippedIn(terminals("pty.on('exit', () => { this.ptys.delete(sessionId); });", 'constructor() { setInterval(() => this.sweep(), 60000); } sweep() { for (const id of this.titles.keys()) if (!this.ptys.has(id)) this.titles.delete(id); }'))).toEqual(['exit: timers', 'sweep: timers']);
  });

  it('is not certain of a time-out that takes back a part of what was added for it', () => {
    const code = terminals('pty.patience = setTimeout(() => { this.ptys.delete(sessionId); }, ms);');
    expect(findingsOf(code)).toEqual(['likely no-partial-exit-handler setTimeout:9']);
    expect(skippedIn(code)).toEqual(['setTimeout: titles, timers']);
  });

  it('is silent about a time-out for something else', () => {
    expectSilent(terminals('', 'later(id, ms) { this.soon = setTimeout(() => { this.ptys.delete(id); }, ms); }'));
  });

  it('is silent about a time-out that shares only its own handle with the clean-up', () => {
    expectSilent(`
export class Rooms {
  soon = new Map();
  names = new Map();
  open = new Set();
  plan(id, ms) {
    this.names.set(id, '');
    this.soon.set(id, setTimeout(() => { this.soon.delete(id); this.open.delete(id); }, ms));
  }
  close(id) {
    clearTimeout(this.soon.get(id));
    this.soon.delete(id);
    this.names.delete(id);
  }
}
`);
  });

  it('is silent about an interval that looks at one key', () => {
    expectSilent(terminals('', 'watch(ms) { this.clock = setInterval(() => { if (this.isOver) this.ptys.delete(this.current); }, ms); }'));
  });

  it('is silent about what a `finally` keeps as a result', () => {
    expectSilent(terminals('', 'async run(id, job) { this.ptys.set(id, job); try { this.titles.set(id, await job.run()); } finally { this.ptys.delete(id); } }'));
  });

  it('is not certain of a `finally`', () => {
    expect(findingsOf(terminals('', 'async run(id, job) { this.ptys.set(id, job); this.titles.set(id, job.name); try { await job.run(); } finally { this.ptys.delete(id); } }'))).toEqual(['likely no-partial-exit-handler finally:17']);
  });

  it('does not ask a time-out to clear itself', () => {
    expectSilent(`
export class Sessions {
  byId = new Map();
  timers = new Map();
  open(id, ms) {
    this.byId.set(id, {});
    this.timers.set(id, setTimeout(() => this.byId.delete(id), ms));
  }
  close(id) {
    this.byId.delete(id);
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }
}
`);
  });

  it('reports a `finally` that takes back a part of what its function has added', () => {
    expect(skippedIn(terminals('', 'async run(id, job) { this.ptys.set(id, job); this.titles.set(id, job.name); try { await job.run(); } finally { this.ptys.delete(id); } }'))).toEqual(['finally: titles']);
    expect(skippedIn(terminals('', 'run(id, job) { this.ptys.set(id, job); this.titles.set(id, job.name); return job.run().finally(() => this.ptys.delete(id)); }'))).toEqual(['finally: titles']);
  });

  it('is silent about a `finally` that takes back what its function has added', () => {
    expectSilent(terminals('', 'async run(id, job) { this.ptys.set(id, job); try { await job.run(); } finally { this.ptys.delete(id); } }'));
  });

  it('refuses to repair a part of a function', () => {
    const [finding] = verdictsOf(terminals('', "onEvent(event) { if (event.type === 'closed') { this.ptys.delete(event.id); } }"));
    expect(finding?.subject).toMatchObject({ type: 'handler', within: { type: 'BlockStatement' } });
  });

  it.todo('reports a handler whose fuller clean-up stands in another file');
});

describe('no-partial-exit-handler: handlers of one kind', () => {
  const two = (first: string, second: string, added = 'this.titles.set(id, pty.title);'): string => `
export class Terminals {
  ptys = new Map();
  titles = new Map();
  openLocal(id, pty) {
    this.ptys.set(id, pty);
    ${added}
    pty.onExit(() => { ${first} });
  }
  openRemote(sessionId, link) {
    this.ptys.set(sessionId, link);
    this.titles.set(sessionId, link.title);
    link.onExit(() => { ${second} });
  }
}
`;

  it('reports the one that releases less', () => {
    expect(skippedIn(two('this.ptys.delete(id);', 'this.ptys.delete(sessionId); this.titles.delete(sessionId);'))).toEqual(['exit: titles']);
  });

  it('is silent where the thing is not added', () => {
    expectSilent(two('this.ptys.delete(id);', 'this.ptys.delete(sessionId); this.titles.delete(sessionId);', ''));
  });

  it('is silent where it is added under another key', () => {
    expectSilent(two('this.ptys.delete(id);', 'this.ptys.delete(sessionId); this.titles.delete(sessionId);', 'this.titles.set(pty.name, pty.title);'));
  });

  it('is silent where all do the same', () => {
    expectSilent(two('this.ptys.delete(id);', 'this.ptys.delete(sessionId);'));
  });
});

describe('no-partial-exit-handler: what a teardown has still to end', () => {
  const containers = (teardown: string): string => `
import { removeContainer } from './docker.js';
export class Shells {
  shells = new Map();
  containers = new Set();
  open(id, shell) {
    this.shells.set(id, shell);
    this.containers.add(id);
    shell.onExit(() => this.shells.delete(id));
  }
  close(id) {
    this.shells.delete(id);
    this.containers.delete(id);
  }
  async dispose() {
    const ids = [...this.containers];
    ${teardown}
    this.shells.clear();
    this.containers.clear();
  }
}
`;

  it('is silent about a list of ids by which a teardown ends something of elsewhere', () => {
    expectSilent(containers('await Promise.all(ids.map((id) => removeContainer(id)));'));
    expectSilent(containers('for (const id of ids) await removeContainer(id);'));
  });

  it('still reports a list of ids that a teardown only empties', () => {
    expect(skippedIn(containers(''))).toEqual(['exit: containers']);
    expect(skippedIn(containers('for (const id of ids) this.shells.get(id)?.end();'))).toEqual(['exit: containers']);
  });
});

describe('no-partial-exit-handler: the reference', () => {
  it('follows the calls of the clean-up', () => {
    expect(skippedIn(`
export class Terminals {
  ptys = new Map();
  titles = new Map();
  sizes = new Map();
  open(sessionId, pty) {
    this.ptys.set(sessionId, pty);
    this.titles.set(sessionId, pty.title);
    this.sizes.set(sessionId, pty.size);
    pty.on('exit', () => this.ptys.delete(sessionId));
  }
  close(sessionId) {
    this.ptys.delete(sessionId);
    this.#forget(sessionId);
  }
  #forget(sessionId) {
    this.titles.delete(sessionId);
    forget(this.sizes, sessionId);
  }
}
function forget(map, key) {
  map.delete(key);
}
`)).toEqual(['exit: titles, sizes']);
  });

  it('follows the calls of the handler', () => {
    expectSilent(terminals("pty.on('exit', () => this.#forget(sessionId));", '#forget(id) { this.ptys.delete(id); this.#more(id); } #more(id) { this.titles.delete(id); clearTimeout(this.timers.get(id)); this.timers.delete(id); }'));
  });

  it('knows a key by another name', () => {
    expect(skippedIn(terminals("pty.on('exit', () => { const { id } = pty; this.ptys.delete(id); this.titles.delete(id); });"))).toEqual(['exit: timers']);
  });

  it('reports a closure as it reports a class', () => {
    expect(skippedIn(`
export function createTerminals() {
  const ptys = new Map();
  const titles = new Map();
  function close(sessionId) {
    ptys.delete(sessionId);
    titles.delete(sessionId);
  }
  function open(sessionId, pty) {
    ptys.set(sessionId, pty);
    titles.set(sessionId, pty.title);
    pty.onExit(() => ptys.delete(sessionId));
  }
  return { open, close };
}
`)).toEqual(['exit: titles']);
  });

  it('reports the functions of a module', () => {
    expect(skippedIn(`
const ptys = new Map();
const titles = {};
export function closeTerminal(sessionId) {
  ptys.delete(sessionId);
  delete titles[sessionId];
}
export function open(sessionId, pty) {
  ptys.set(sessionId, pty);
  titles[sessionId] = pty.title;
  pty.on('exit', () => ptys.delete(sessionId));
}
`)).toEqual(['exit: titles']);
  });

  it('reports prototype code', () => {
    expect(skippedIn(`
function Terminals() {
  this.ptys = {};
  this.titles = {};
}
Terminals.prototype.open = function (sessionId, pty) {
  var self = this;
  this.ptys[sessionId] = pty;
  this.titles[sessionId] = pty.title;
  pty.on('exit', function () {
    delete self.ptys[sessionId];
  });
};
Terminals.prototype.close = function (sessionId) {
  delete this.ptys[sessionId];
  delete this.titles[sessionId];
};
module.exports = Terminals;
`)).toEqual(['exit: titles']);
  });

  it('recognises a clean-up by what it releases, whatever its name', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.ptys.delete(sessionId));").replace('close(sessionId)', 'finishUp(sessionId)'))).toEqual(['exit: titles, timers']);
  });

  it('compares a connection’s two ends: a timer that only our own close() clears', () => {
    expect(skippedIn(`
export class Link {
  connect(ms) {
    this.ping = setInterval(() => this.socket.ping(), ms);
    this.patience = setTimeout(() => this.fail(), ms);
    this.socket.on('close', () => {
      clearInterval(this.ping);
    });
  }
  close() {
    clearInterval(this.ping);
    clearTimeout(this.patience);
    this.socket.end();
  }
}
`)).toEqual(['close: patience']);
  });

  it('is silent where there is no fuller clean-up', () => {
    expectSilent(`
export class Terminals {
  ptys = new Map();
  open(sessionId, pty) {
    this.ptys.set(sessionId, pty);
    pty.on('exit', () => this.ptys.delete(sessionId));
  }
}
`);
  });

  it('is silent about a handler that releases nothing of the clean-up', () => {
    expectSilent(terminals("pty.on('exit', (code) => console.log(code));"));
  });
});

describe('no-partial-exit-handler: what is no clean-up', () => {
  const dispatcher = (body: string): string => terminals("pty.on('exit', () => { this.ptys.delete(sessionId); this.titles.delete(sessionId); });", `onAnswer(answer) { const { sessionId } = answer; ${body} }`).replace('    this.timers.delete(sessionId);\n', '').replace('    clearTimeout(this.timers.get(sessionId));\n', '');

  it('does not add up the cases of a dispatcher', () => {
    expectSilent(dispatcher("switch (answer.state) { case 'left': this.ptys.delete(sessionId); break; case 'timed': this.timers.delete(sessionId); }"));
    expectSilent(dispatcher('if (answer.left) this.ptys.delete(sessionId); else this.timers.delete(sessionId);'));
  });

  it('does not take for a clean-up what tells a dispatcher of something', () => {
    expectSilent(dispatcher("this.dispatch({ type: 'answer', sessionId }); } dispatch({ type, sessionId }) { if (type === 'answer') { this.timers.delete(sessionId); return; } if (type === 'closed') { this.ptys.delete(sessionId); this.titles.delete(sessionId); return; }"));
  });

  it('still reports what one case releases together', () => {
    expect(skippedIn(dispatcher("switch (answer.state) { case 'left': this.ptys.delete(sessionId); this.timers.delete(sessionId); }"))).toEqual(['exit: timers']);
  });
});

describe('no-partial-exit-handler: a timer that comes back', () => {
  const link = (onClose: string): string => `
export class Link {
  connect(ms) {
    this.ping = setInterval(() => this.socket.ping(), ms);
    this.socket.on('close', () => {
      clearInterval(this.ping);
      ${onClose}
    });
  }
  reconnect(ms) {
    this.retry = setTimeout(() => this.connect(ms), ms);
  }
  close() {
    clearInterval(this.ping);
    clearTimeout(this.retry);
  }
}
`;

  it('is silent about a handler that sets the timer itself', () => {
    expectSilent(link('this.reconnect(100);'));
  });

  it('still reports a handler that does not', () => {
    expect(skippedIn(link(''))).toEqual(['close: retry']);
  });
});

describe('no-partial-exit-handler, S1: a step of the bigger one', () => {
  it('is silent about a handler that the clean-up registers through a call', () => {
    expectSilent(`
export class Links {
  links = new Map();
  leaving = new Set();
  async drop(id) {
    this.leaving.add(id);
    await this.endLink(id);
    this.finish(id);
  }
  async dropAndForget(id) {
    await this.endLink(id);
    this.links.delete(id);
    this.leaving.delete(id);
  }
  endLink(id) {
    const link = this.links.get(id);
    return new Promise((resolve) => {
      link.once('close', () => {
        this.links.delete(id);
        resolve();
      });
      link.end();
    });
  }
}
`);
  });

  it('is silent about a handler that the clean-up calls', () => {
    expectSilent(terminals("pty.on('exit', this.#drop);", '#drop = (sessionId) => { this.ptys.delete(sessionId); };').replace('    this.ptys.delete(sessionId);\n  }', '    this.#drop(sessionId);\n  }'));
  });

  it('is silent about a handler that calls the clean-up', () => {
    expectSilent(terminals("pty.on('exit', () => this.close(sessionId));"));
  });

  it('still reports a handler that calls a smaller clean-up', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.#drop(sessionId));", '#drop(sessionId) { this.ptys.delete(sessionId); }'))).toEqual(['exit: titles, timers']);
  });
});

describe('no-partial-exit-handler, S2: one entry and all of them', () => {
  it('is silent about a handler of one entry beside a teardown of all', () => {
    expectSilent(`
export class Clients {
  sockets = new Map();
  names = new Map();
  log = [];
  add(sessionId, socket) {
    this.sockets.set(sessionId, socket);
    this.names.set(sessionId, socket.name);
    socket.on('close', () => {
      this.sockets.delete(sessionId);
      this.names.delete(sessionId);
    });
  }
  closeAll() {
    this.sockets.clear();
    this.names.clear();
    this.log.length = 0;
  }
}
`);
  });

  it('still reports a handler of one entry beside a clean-up of one entry', () => {
    expect(skippedIn(`
export class Clients {
  sockets = new Map();
  names = new Map();
  add(sessionId, socket) {
    this.sockets.set(sessionId, socket);
    this.names.set(sessionId, socket.name);
    socket.on('close', () => this.sockets.delete(sessionId));
  }
  remove(sessionId) {
    this.sockets.delete(sessionId);
    this.names.delete(sessionId);
  }
  closeAll() {
    this.sockets.clear();
    this.names.clear();
  }
}
`)).toEqual(['close: names']);
  });
});

describe('no-partial-exit-handler, S3: the clean-up starts what the handler ends', () => {
  it('is silent when all that is missing is the end of what emitted the event', () => {
    expectSilent(`
export class Link {
  open(ms) {
    this.ping = setInterval(() => this.socket.ping(), ms);
    this.socket.on('close', () => {
      clearInterval(this.ping);
    });
  }
  close() {
    clearInterval(this.ping);
    this.socket.end();
  }
}
`);
  });

  it('is silent about a close() that leaves the rest to the handler', () => {
    expectSilent(terminals("pty.on('exit', () => this.close(sessionId));", 'kill(sessionId) { this.ptys.get(sessionId)?.kill(); }'));
  });
});

describe('no-partial-exit-handler, S4: other spellings', () => {
  it.each([
    ['an alias', 'const { ptys, titles, timers } = this; ptys.delete(sessionId); titles.delete(sessionId); clearTimeout(timers.get(sessionId)); timers.delete(sessionId);'],
    ['a loop over the collections', 'clearTimeout(this.timers.get(sessionId)); for (const map of [this.ptys, this.titles, this.timers]) map.delete(sessionId);'],
    ['forEach over the collections', 'clearTimeout(this.timers.get(sessionId)); [this.ptys, this.titles, this.timers].forEach((map) => map.delete(sessionId));'],
    ['a helper', 'drop(this.ptys, sessionId); drop(this.titles, sessionId); drop(this.timers, sessionId);'],
  ])('is silent about a handler that releases everything through %s', (_what, statements) => {
    expectSilent(`${terminals(`pty.on('exit', () => { ${statements} });`)}
function drop(map, key) {
  map.delete(key);
}
`);
  });

  it('still reports a loop that leaves one collection out', () => {
    expect(skippedIn(terminals("pty.on('exit', () => { for (const map of [this.ptys, this.titles]) map.delete(sessionId); });"))).toEqual(['exit: timers']);
  });
});

describe('no-partial-exit-handler, S5: what arms is no clean-up', () => {
  it('is silent beside a function that fills again what it empties', () => {
    expectSilent(`
export class Link {
  attempts = new Map();
  waits = new Map();
  open(sessionId, socket) {
    this.attempts.set(sessionId, 0);
    this.waits.set(sessionId, 0);
    socket.on('close', () => this.attempts.delete(sessionId));
  }
  end(sessionId) {
    this.waits.delete(sessionId);
  }
  restart(sessionId) {
    this.attempts.delete(sessionId);
    this.waits.delete(sessionId);
    this.attempts.set(sessionId, 1);
    this.waits.set(sessionId, 1);
  }
}
`);
  });

  it('still reports a handler beside a clean-up that fills something else', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.ptys.delete(sessionId));").replace('    this.titles.delete', '    this.closed = (this.closed ?? new Set()).add(sessionId);\n    this.titles.delete'))).toEqual(['exit: titles, timers']);
  });
});

describe('no-partial-exit-handler: survivors', () => {
  it('is silent about what a person stated to survive', () => {
    expectSilent(terminals("pty.on('exit', () => { this.ptys.delete(sessionId); clearTimeout(this.timers.get(sessionId)); this.timers.delete(sessionId); });")
      .replace('  readonly titles', '  // leakproof-survives: the list shows the titles of ended sessions\n  readonly titles'));
  });

  it('lists only what was not stated', () => {
    const code = terminals("pty.on('exit', () => this.ptys.delete(sessionId));").replace('readonly titles = new Map();', 'readonly titles = new Map(); // leakproof-survives: shown in the list');
    expect(skippedIn(code)).toEqual(['exit: timers']);
    expect(verdictsOf(code).flatMap((verdict) => verdict.related).filter((one) => one.role === 'survivor').map((one) => one.name)).toEqual(['titles']);
  });

  it('still reports what only leakproof-bounded was said of', () => {
    expect(skippedIn(terminals("pty.on('exit', () => this.ptys.delete(sessionId));").replace('  readonly titles', '  // leakproof-bounded: few\n  readonly titles'))).toEqual(['exit: titles, timers']);
  });
});

describe('no-partial-exit-handler: other objects', () => {
  it('is silent beside a clean-up of another class with collections of the same names', () => {
    expectSilent(`
export class Tabs {
  ptys = new Map();
  open(sessionId, pty) {
    this.ptys.set(sessionId, pty);
    pty.on('exit', () => this.ptys.delete(sessionId));
  }
}
export class Panes {
  ptys = new Map();
  titles = new Map();
  open(sessionId, pty) {
    this.ptys.set(sessionId, pty);
    this.titles.set(sessionId, pty.title);
  }
  close(sessionId) {
    this.ptys.delete(sessionId);
    this.titles.delete(sessionId);
  }
}
`);
  });

  it('reports the handler of a subclass beside the clean-up of its super class', () => {
    expectFindings(`
class Base {
  ptys = new Map();
  titles = new Map();
  close(sessionId) {
    this.ptys.delete(sessionId);
    this.titles.delete(sessionId);
  }
}
export class Terminals extends Base {
  open(sessionId, pty) {
    this.ptys.set(sessionId, pty);
    this.titles.set(sessionId, pty.title);
    pty.on('exit', () => this.ptys.delete(sessionId)); //! certain no-partial-exit-handler exit
  }
}
`);
  });
});

describe('no-partial-exit-handler: a handler inside the clean-up', () => {
  it('counts what ran before the handler was registered', () => {
    expectSilent(`
export class Links {
  private readonly links = new Map();
  private readonly retries = new Map();
  private readonly names = new Map();
  dropLink(id) {
    this.retries.delete(id);
    this.names.delete(id);
    this.links.get(id).once('close', () => {
      this.links.delete(id);
      this.names.delete(id);
    });
  }
}
`);
  });

  it('still compares a handler that another function registers', () => {
    expectFindings(`
export class Links {
  private readonly links = new Map();
  private readonly names = new Map();
  openLink(id, link) {
    this.links.set(id, link);
    this.names.set(id, link.name);
    link.once('close', () => { //! certain no-partial-exit-handler close
      this.links.delete(id);
    });
  }
  dropLink(id) {
    this.links.delete(id);
    this.names.delete(id);
  }
}
`);
  });
});

describe('no-partial-exit-handler: what the handler ends', () => {
  const tally = (gone: string, viewKey: string, outcome: string): string => `
export class Tally {
  private readonly expired = new Map();
  private readonly unread = new Map();
  constructor(servers) { servers.on('removed', this.onRemoved); }
  private onRemoved = (server) => { //! ${outcome} no-partial-exit-handler removed
    ${gone}
  };
  expire(id) { this.expired.set(id, true); }
  count(${viewKey}, amount) { this.unread.set(${viewKey}, amount); }
  clear(${viewKey}) {
    this.expired.delete(${viewKey});
    this.unread.delete(${viewKey});
  }
}
`;
  it.each([
    ['of an object', 'this.expired.delete(server.id);'],
    ['in a local', 'const id = server.id; this.expired.delete(id);'],
  ])('is not certain where the names of the keys tell of two kinds of things: an id %s', (_, gone) => {
    expectFindings(tally(gone, 'viewId', 'likely'));
  });

  it.each([
    ['of the same kind', 'serverId'],
    ['that do not tell', 'key'],
  ])('still is certain with names %s', (_, key) => {
    expectFindings(tally('this.expired.delete(server.id);', key, 'certain'));
  });

  it('is not certain where what releases more is named for no end and for no release', () => {
    expectFindings(tally('this.expired.delete(server.id);', 'key', 'likely').replace('clear(key) {', 'sendNext(key) {'));
  });

  const lanes = (open: string, close: string, outcome: string): string => `
export class Lanes {
  private readonly lanes = new Map();
  private readonly marks = new Map();
  async open(id, connection) {
    const lane = await connection.open();
    this.lanes.set(id, lane);${open}
    lane.once('close', () => { //! ${outcome} no-partial-exit-handler close
      ${close}
    });
  }
  mark(id, mark) { this.marks.set(id, mark); }
  dropPeer(id) {
    this.lanes.delete(id);
    this.marks.delete(id);
  }
}
`;
  it.each([
    ['around the deletion', 'if (this.lanes.get(id) === lane) this.lanes.delete(id);'],
    ['before it', 'if (this.lanes.get(id) !== lane) return; this.lanes.delete(id);'],
  ])('is not certain about one that takes back what was added with it, with a test of identity %s', (_, close) => {
    expectFindings(lanes('', close, 'likely'));
  });

  it.each([
    ['asks nothing', '', 'this.lanes.delete(id);'],
    ['asks for something else', '', 'if (lane.id === id) this.lanes.delete(id);'],
    ['leaves a part of what was added with it', ' this.marks.set(id, 0);', 'if (this.lanes.get(id) === lane) this.lanes.delete(id);'],
  ])('still is certain about one that %s', (_, open, close) => {
    expectFindings(lanes(open, close, 'certain'));
  });
});

describe('no-partial-exit-handler: an entry that is moved', () => {
  const pool = (step: string, more = ''): string => `
export class Pool {
  private readonly waiting = new Set();
  private readonly running = new Set();
  private readonly failed = new Set();
  constructor() { setInterval(() => this.step(), 50); }
  step() {
    for (const job of this.waiting) {
      ${step}
    }
  }
  drop(job) {
    this.waiting.delete(job);
    this.running.delete(job);
    ${more}
  }
}
`;

  it.each([
    ['deletes first', 'this.waiting.delete(job); this.running.add(job); job();', ''],
    ['adds first', 'this.running.add(job); this.waiting.delete(job);', ''],
    ['leaves a third collection, which the entry may still need', 'this.waiting.delete(job); this.running.add(job);', 'this.failed.delete(job);'],
  ])('is silent about a timer that moves it on: %s', (_what, step, more) => {
    expectSilent(pool(step, more));
  });

  it.each([
    ['moves nothing', 'this.waiting.delete(job);', ''],
    ['adds something else', 'this.waiting.delete(job); this.running.add(job.parent);', ''],
    ['keeps a record of what has gone', 'this.waiting.delete(job); this.failed.add(job);', ''],
  ])('still reports a timer that %s', (_what, step, more) => {
    expect(skippedIn(pool(step, more))).toEqual(['step: running']);
  });

  it('still reports what else the end of something leaves, where it moves the entry to a record', () => {
    expect(skippedIn(terminals("pty.on('exit', () => { this.ptys.delete(sessionId); this.timers.set(sessionId, 0); });"))).toEqual(['exit: titles']);
  });
});

describe('no-partial-exit-handler: several handlers of one end', () => {
  const panels = (first: string, second: string, call = 'this.attach(panel)'): string => `
export class Panels {
  private readonly views = new Map();
  private readonly marks = new Map();
  open(panel) {
    ${first}
    return ${call};
  }
  attach(panel) {
    ${second}
    this.views.set(panel.id, panel.view);
    this.marks.set(panel.id, 0);
  }
  remove(panel) {
    this.views.delete(panel.id);
    this.marks.delete(panel.id);
  }
}
`;
  const VIEWS = 'this.views.delete(panel.id);';
  const ALL = 'this.remove(panel);';

  it.each([
    ['in one function', panels('', `panel.closed.connect(() => { ${VIEWS} }); panel.closed.connect(() => { ${ALL} });`)],
    ['in a function that it calls with the emitter', panels(`panel.closed.connect(() => { ${VIEWS} });`, `panel.closed.connect(() => { ${ALL} });`)],
    ['by on(), in a function that it calls', panels(`panel.on('close', () => { ${VIEWS} });`, `panel.on('close', () => { ${ALL} });`)],
    ['in a function that it calls through another, which keeps the emitter', panels(`panel.on('close', () => { ${VIEWS} });`, `panel.on('close', () => { ${ALL} });`, 'this.show(panel)').replace('  remove(', '  show(panel) { this.shown = panel; return this.attach(panel); }\n  remove(')],
    ['of a part of what it is given', panels(`panel.tab.on('close', () => { ${VIEWS} });`, `panel.on('close', () => { ${ALL} });`, 'this.attach(panel.tab)')],
  ])('counts what another releases %s', (_what, code) => {
    expectSilent(code);
  });

  it.each([
    ['another emitter', panels(`panel.on('close', () => { ${VIEWS} });`, `panel.on('close', () => { ${ALL} });`, 'this.attach(other)')],
    ['a function that is not called', panels(`panel.on('close', () => { ${VIEWS} });`, `panel.on('close', () => { ${ALL} });`, 'panel')],
    ['a handler that releases no more', panels(`panel.on('close', () => { ${VIEWS} });`, "panel.on('close', () => { panel.log(); });")],
    ['a handler of another event', panels(`panel.on('close', () => { ${VIEWS} });`, `panel.on('exit', () => { ${ALL} });`)],
  ])('still reports one beside %s', (_what, code) => {
    expect(skippedIn(code)).toEqual(['close: marks']);
  });
});

describe('no-partial-exit-handler: what a handler can see', () => {
  const bySse = (shared: string, own: string): string => `
export class Post {
  servers = new Map();
  ${shared}
  http(app) {
    ${own}
    app.onsession = (sessionId, line, server) => {
      lines.set(sessionId, line);
      this.servers.set(sessionId, server);
      line.on('close', () => {
        lines.delete(sessionId);
        this.servers.delete(sessionId);
      });
    };
  }
  sse(app) {
    const streams = new Map();
    app.get('/sse', (req, res) => {
      const sessionId = req.query.id;
      streams.set(sessionId, res);
      LINES
      this.servers.set(sessionId, app);
      res.on('close', () => {
        streams.delete(sessionId);
        this.servers.delete(sessionId);
      });
    });
  }
}
`;

  it('does not ask for a local of another function', () => {
    const skipped = verdictsOf(bySse('', 'const lines = new Map();').replace('LINES', '')).flatMap(({ related }) => related.filter(({ role }) => role === 'skipped').map(({ name }) => name));
    expect(skipped).not.toContain('lines');
  });

  it('still asks for a field that both can see', () => {
    const skipped = verdictsOf(bySse('lines = new Map();', '').replace(/\blines\.(?=set|delete)/g, 'this.lines.').replace('LINES', 'this.lines.set(sessionId, res);')).flatMap(({ related }) => related.filter(({ role }) => role === 'skipped').map(({ name }) => name));
    expect(skipped).toContain('lines');
  });
});

describe('no-partial-exit-handler: a clean-up and a sibling', () => {
  const desk = (handler: string, cleanUp = ''): string => `
export class Desk {
  rooms = new Map();
  keys = new Map();
  bills = new Map();
  admit(guestId, guest) {
    this.rooms.set(guestId, guest);
    this.keys.set(guestId, guest);
    this.bills.set(guestId, guest);
    guest.on('exit', () => { ${handler} });
  }
  readmit(guestId, guest) {
    this.rooms.set(guestId, guest);
    this.keys.set(guestId, guest);
    this.bills.set(guestId, guest);
    guest.on('exit', () => {
      this.rooms.delete(guestId);
      this.keys.delete(guestId);
      this.bills.delete(guestId);
    });
  }
  ${cleanUp}
}
`;
  const CLEAN_UP = 'removeGuest(guestId) { this.rooms.delete(guestId); this.keys.delete(guestId); }';
  const reasons = (code: string): string[] => verdictsOf(code).flatMap((verdict) => verdict.reasons.map((reason) => `${reason.code} ${reason.names['cleanup'] ?? ''}`));

  it('are weighed one after the other: what the clean-up releases is said first', () => {
    expect(reasons(desk('this.rooms.delete(guestId);', CLEAN_UP))).toEqual(['cleanup-releases-more removeGuest']);
    expect(reasons(desk('this.rooms.delete(guestId);'))).toEqual(['sibling-releases-more exit']);
  });

  it('are both asked where the handler calls the clean-up, which says nothing of what the sibling releases', () => {
    expect(reasons(desk('this.removeGuest(guestId);', CLEAN_UP))).toEqual(['sibling-releases-more exit']);
  });

  it('have nothing to say of a handler that leaves no more than the clean-up that it calls', () => {
    expectSilent(desk('this.removeGuest(guestId); this.bills.delete(guestId);', CLEAN_UP));
  });
});

describe('no-partial-exit-handler: one handler after another, and the argument for each', () => {
  it.each([
    ['a handler that does all', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => this.close(id)); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['silent exit: calls-cleanup']],
    ['a handler that does all by itself', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, []],
    ['a handler that leaves one out', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['certain exit: cleanup-releases-more']],
    ['a handler that leaves one out, of which a comment says that it survives', `
export class Terms {
  ptys = new Map(); titles = new Map();
  // leakproof-survives: shown in the history
  sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['silent exit: survivors-stated']],
    ['two handlers of one emitter that do it together', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); pty.on("close", () => { this.sizes.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['silent exit: survivors-heard', 'silent close: survivors-heard']],
    ['a handler that another step registers, of another emitter', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); this.watch(this.host, id); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  watch(host, id) { host.on("close", () => { this.sizes.delete(id); }); }
}
`, ['certain exit: cleanup-releases-more', 'certain close: cleanup-releases-more']],
    ['a handler that leaves a list of what is still to be ended', `
import { endRemote } from './remote.js';
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Set();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  dispose() { for (const id of this.sizes) endRemote(id); }
}
`, ['silent exit: survivors-owed']],
    ['a handler that leaves a list of ids that a teardown ends elsewhere', `
import { endRemote } from './remote.js';
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.titles.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  ids = new Set(); begin(id) { this.ids.add(id); } dispose() { for (const id of [...this.ids]) endRemote(id); }
}
`, ['certain exit: cleanup-releases-more']],
    ['a handler that only marks', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.get(id).isOver = true; }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, []],
    ['a handler that shows it', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.show(this.titles.get(id)); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  show(title) { this.last = title; }
}
`, ['certain exit: cleanup-releases-more']],
    ['a handler that opens it again', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.open(id, pty.again()); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, []],
    ['a handler that leaves it to a timer', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); setTimeout(() => this.close(id), 1_000); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['silent exit: calls-cleanup', 'silent setTimeout: calls-cleanup']],
    ['a handler that asks first', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { if (!this.ptys.has(id)) return; this.ptys.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['certain exit: cleanup-releases-more']],
    ['a handler of an error', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("error", () => { this.ptys.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, ['likely error: cleanup-releases-more error-may-not-end']],
    ['a handler of data', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("data", () => { this.ptys.delete(id); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  
}
`, []],
    ['a handler that moves it', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1); pty.on("exit", () => { this.ptys.delete(id); this.over.set(id, 1); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  over = new Map();
}
`, ['certain exit: cleanup-releases-more']],
    ['a handler of all', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, pty.title); this.sizes.set(id, 1);  }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
  begin(host) { host.on("exit", (id) => { this.ptys.delete(id); }); }
}
`, ['certain exit: cleanup-releases-more']],
    ['a dispatcher with an end and half of one', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  handle(message) {
    const { id } = message;
    switch (message.type) {
      case 'open': this.ptys.set(id, 1); this.titles.set(id, 1); this.sizes.set(id, 1); break;
      case 'close': this.close(id); break;
      case 'exit': this.ptys.delete(id); break;
    }
  }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
}
`, ['silent close: calls-cleanup', 'certain exit: cleanup-releases-more']],
    ['a program that exits on a signal and leaves a child', `
import { spawn } from 'node:child_process';
const child = spawn('sh');
process.on('SIGINT', () => { child.kill(); process.exit(0); });
`, ['certain SIGINT: signal-leaves-child']],
    ['a program that ends its child on all signals', `
import { spawn } from 'node:child_process';
const child = spawn('sh');
for (const signal of ['SIGINT', 'SIGTERM', 'exit']) process.on(signal, () => { child.kill(); });
`, []],
    ['a program that does not wait for its clean-up', `
export async function cleanUp() { await flush(); clearInterval(timer); }
process.on('SIGTERM', () => { cleanUp(); process.exit(0); });
`, ['certain cleanUp: exit-before-end']],
    ['a program that waits for its clean-up', `
export async function cleanUp() { await flush(); clearInterval(timer); }
process.on('SIGTERM', async () => { await cleanUp(); process.exit(0); });
`, []],
    ['a shutdown that a rejection stops', `
export async function shutdown() { await server.stop(); clearInterval(timer); pool.end(); process.exit(0); }
process.on('SIGTERM', shutdown);
`, []],
    ['a handler that leaves a part to a timer', `
export class Terms {
  ptys = new Map(); titles = new Map(); sizes = new Map();
  open(id, pty) { this.ptys.set(id, pty); this.titles.set(id, 1); this.sizes.set(id, 1); pty.on('exit', () => { this.ptys.delete(id); setTimeout(() => this.titles.delete(id), 1_000); }); }
  close(id) { this.ptys.delete(id); this.titles.delete(id); this.sizes.delete(id); }
}
`, ['certain exit: cleanup-releases-more']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
