import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf } = checksFor('no-leaked-listener');

describe('no-leaked-listener: one more for the same target with each run', () => {
  it.each([
    ['a forwarder that each change of the stage adds to the actor', `
module.exports = function attach(actor) {
  actor.script.on('scene', (scene) => {
    actor.stage = build(scene);
    forward();
  });
  function forward() {
    actor.on('newListener', (event, listener) => actor.stage.on(event, listener)); //! certain no-leaked-listener actor.on
  }
};
`],
    ['a listener of the object itself, with each message', `
export class Room extends EventEmitter {
  constructor(line) {
    super();
    line.on('message', (message) => this.take(message));
  }
  take(message) {
    this.on('settled', () => this.answer(message)); //! certain no-leaked-listener this.on
  }
  answer() {}
}
`],
    ['a field, with each sample of an interval', `
export class Meter {
  constructor(line) { this.line = line; setInterval(() => this.sample(), 5000).unref(); }
  sample() {
    this.line.on('value', (value) => { this.last = value; }); //! certain no-leaked-listener this.line.on
    this.line.ask();
  }
}
`],
    ['the server of the connection, with each request', `
module.exports = function relay(target) {
  return (request, response) => {
    watch(request.socket.server);
    target.web(request, response);
  };
  function watch(server) {
    server.on('upgrade', pass); //! likely no-leaked-listener server.on
  }
  function pass(request, socket) { target.ws(request, socket); }
};
`],
    ['what a variable chooses of things that were there before', `
export class Link {
  constructor(options) {
    this.options = options;
    options.line.on('packet', (packet) => this.#open(packet));
  }
  #open(packet) {
    let source = null;
    if (this.options.source !== null) source = this.options.source;
    else source = globalThis;
    source.addEventListener('offline', () => this.drop(packet)); //! certain no-leaked-listener source.addEventListener
  }
  drop() {}
}
`],
  ])('reports %s', (_what, code) => {
    expectFindings(code);
  });

  const again = (body: string, restart: string, more = ''): string => `
export class Line {
  constructor(options) {
    this.cache = new Cache();
    this.begin(options);
  }
  begin(options) {
    this.options = options;
    ${body}
  }
  async login(user) {
    ${restart}
  }
  keep() {}
  ${more}
}
`;
  const RESTART = 'this.begin({ user: await ask(user) });';

  it('reports what the constructor and another method add to the same thing', () => {
    expectFindings(again("this.cache.on('row', (row) => this.keep(row)); //! certain no-leaked-listener this.cache.on", RESTART));
    expectFindings(again("this.cache.get('rows').on('row', (row) => this.keep(row)); //! certain no-leaked-listener on", RESTART));
    expectFindings(again("this.on('row', (row) => this.keep(row)); //! certain no-leaked-listener this.on", RESTART));
  });

  it('knows the object by another name in a callback', () => {
    expectFindings(again("this.on('row', (row) => this.keep(row)); //! certain no-leaked-listener this.on", 'const self = this; return ask(user).then(function (found) { self.begin({ user: found }); });'));
  });

  it.each([
    ['makes it anew', again("this.cache = new Cache(); this.cache.on('row', (row) => this.keep(row));", RESTART)],
    ['makes it anew before', again("this.cache.on('row', (row) => this.keep(row));", `this.cache = new Cache(); ${RESTART}`)],
    ['takes all away first', again("this.cache.removeAllListeners('row'); this.cache.on('row', (row) => this.keep(row));", RESTART)],
    ['looks it up by a name that differs', again("this.cache.get(options.name).on('row', (row) => this.keep(row));", RESTART)],
    ['is asked whether it has begun', again("if (this.begun) return; this.begun = true; this.cache.on('row', (row) => this.keep(row));", RESTART)],
    ['is called by the constructor alone', again("this.cache.on('row', (row) => this.keep(row));", 'this.user = user;')],
    ['is called where it has not been', again("this.cache.on('row', (row) => this.keep(row));", `if (!this.options) ${RESTART}`)],
  ])('is silent about a beginning that %s', (_what, code) => {
    expectSilent(code);
  });

  it('reports each object of a class that shares an emitter among its objects', () => {
    const shared = (target: string): string => `
@injectable()
export class Filter {
  static changes = new EventEmitter();
  constructor(target) {
    this.target = target;
    ${target}((change) => { if (change.target !== this.target) this.apply(change); });
  }
  apply() {}
}
`;
    expect(findingsOf(shared('Filter.changes.event'))).toEqual(['likely no-leaked-listener Filter.changes.event:6']);
    expectSilent(shared('target.changes.event'));
    expectSilent(shared('this.stop = Filter.changes.event'));
  });

  const room = (body: string, more = ''): string => `
export class Room extends EventEmitter {
  constructor(line) {
    super();
    this.line = line;
    line.on('message', (message) => this.take(message));
  }
  take(message) {
    ${body}
  }
  ${more}
}
`;

  it.each([
    ['takes it away', "const tell = () => this.answer(message); this.on('settled', tell); message.on('done', () => this.off('settled', tell));"],
    ['takes all away first', "this.removeAllListeners('settled'); this.on('settled', () => this.answer(message));"],
    ['adds it under a flag', "if (this.hears) return; this.hears = true; this.on('settled', () => this.answer(message));"],
    ['adds it where nobody has', "if (!this.heard) { this.heard = message; this.on('settled', () => this.answer(message)); }"],
    ['asks how many there are', "if (this.listenerCount('settled') === 0) this.on('settled', () => this.answer(message));"],
    ['adds it to what it has just made', "this.task = make(message); this.task.on('settled', () => this.answer(message));"],
    ['adds it to what the message brings', "message.on('settled', () => this.answer(message));"],
    ['adds it to what it looks up', "this.tasks.get(message.id).on('settled', () => this.answer(message));"],
    ['hears of it once', "this.once('settled', () => this.answer(message));"],
  ])('is silent about a run that %s', (_what, body) => {
    expectSilent(room(body));
  });

  it('is not certain about one function that others were given before', () => {
    expect(findingsOf(`
export function relay(target) {
  const pass = debounce((request) => target.pass(request));
  handle.upgrade = pass;
  return handle;
  function handle(request, response) { add(request.connection.server); }
  function add(server) { server.on('upgrade', pass); }
}
`)).toEqual(['likely no-leaked-listener server.on:6']);
  });

  it('is not certain about a part of something else, and silent about one of what tells of the event', () => {
    const scene = (target: string): string => `
export class Stage {
  constructor(scene, panel) {
    this.scene = scene;
    this.panel = panel;
    this.scene.on('enter', () => { ${target}.on('row', (row) => this.draw(row)); });
  }
  draw() {}
}
`;
    expect(findingsOf(scene('this.panel.list'))).toEqual(['likely no-leaked-listener this.panel.list.on:5']);
    expectSilent(scene('this.scene.session'));
  });

  it('tells a flag from what the run itself has just found out', () => {
    expectFindings(room("this.open = isOpen(message); if (!this.open) return; this.on('settled', () => this.answer(message)); //! certain no-leaked-listener this.on"));
  });

  it('tells a flag from what changes each time', () => {
    expectFindings(room("if (this.last === message) return; this.last = message; this.on('settled', () => this.answer(message)); //! certain no-leaked-listener this.on"));
  });

  it('is silent where what starts it comes once for each target', () => {
    const socket = (event: string): string => `
export function serve(socket, hub) {
  socket.on('${event}', () => {
    hub.on('row', (row) => socket.send(row));
  });
}
`;
    expectSilent(socket('open'));
    expectSilent(socket('close'));
    expectFindings(socket('subscribe').replace('socket.send(row));', 'socket.send(row)); //! certain no-leaked-listener hub.on'));
  });

  it('takes a test of the type for none of what it is about', () => {
    expectFindings(room("if (typeof message === 'string') this.on('settled', () => this.answer(message)); //! certain no-leaked-listener this.on"));
  });

  it('knows an API that takes a listener', () => {
    const api = (given: string): string => `
export function offer(hub) {
  hub.onSettled = function (${given}) { hub.on('settled', (row) => ${given}(row)); };
}
`;
    expectSilent(api('callback'));
    expectFindings(api('event').replace('event(row)', 'tell(event, row)').replace('row)); }', "row)); /* each time */ //! certain no-leaked-listener hub.on\n }"));
  });

  it('is not certain where a message says what it is about', () => {
    expectNothingCertain(room("if (message.type === 'hail') this.on('settled', () => this.answer(message));"));
    expectSilent(room("if (message.type === 'init') this.on('settled', () => this.answer(message));"));
  });

  it('is silent about the same function of a page, which counts once', () => {
    expectSilent(room("this.line.addEventListener('settled', settled);").replace('export class', 'function settled() {}\nexport class'));
  });

  it('is not certain where the target is ended in the end', () => {
    expect(findingsOf(room("this.line.on('settled', () => this.answer(message));", 'close() { this.line.close(); }'))).toEqual(['likely no-leaked-listener this.line.on:8']);
  });
});
