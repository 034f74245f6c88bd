import { describe, expect, it } from 'vitest';
import { livesWithHost } from '../../../src/core/questions/closure-host.js';
import { factsOf, probed } from '../../support/facts.js';

/** Whether the probed variable lives with an object from outside its function. */
function isHosted(code: string): boolean {
  const facts = factsOf(code);
  const [node] = probed(facts);
  const place = node && facts.places.resolve(node);
  if (!place) throw new Error('the sample probes no place');
  return livesWithHost(place, facts);
}

const inside = (statement: string, parameters = 'server'): string => `export function plugin(${parameters}) { const seen = new Map(); probe(seen); ${statement} }`;

describe('a variable that functions close over lives with', () => {
  it.each([
    ['a server that takes a tool for good', inside("server.registerTool('add', (id) => { seen.set(id, 1); });")],
    ['a server that takes it in an object', inside("server.registerTool('add', { run: (id) => { seen.set(id, 1); } });")],
    ['a route', inside("app.get('/add', (req) => { seen.set(req.id, 1); });", 'app')],
    ['all routes', inside("app.all('*', (req) => { seen.set(req.id, 1); });", 'app')],
    ['what announces connections', inside("server.on('connection', (socket) => { seen.set(socket, 1); });")],
    ['a global', inside("process.on('message', (id) => { seen.set(id, 1); });", '')],
    ['what the module has', `import { bus } from './bus.js';\n${inside("bus.on('line', (id) => { seen.set(id, 1); });", '')}`],
    ['it by way of a local function', inside("const note = (id) => { seen.set(id, 1); }; server.registerTool('add', (id) => { note(id); });")],
    ['the module, which keeps what a factory gives', 'function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\nexport const note = make();'],
    ['the module, which keeps a declared function of a factory', 'function make() { const seen = new Map(); probe(seen); function note(id) { seen.set(id, 1); } return note; }\nexport const note = make();'],
    ['the module, which hands on what a factory gives', 'function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\napp.use(make());'],
    ['the host of a factory’s factory', "function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\nexport function plugin(server) { const note = make(); server.registerTool('add', (id) => { note(id); }); }"],
  ])('%s', (_, code) => {
    expect(isHosted(code)).toBe(true);
  });

  it.each([
    ['a connection', inside("socket.on('message', (id) => { seen.set(id, 1); });", 'socket')],
    ['an event of something that is given', inside("server.on('close', (id) => { seen.set(id, 1); });")],
    ['what the function makes itself', inside("const own = createServer(); own.registerTool('add', (id) => { seen.set(id, 1); });", '')],
    ['the result of a call', inside("find().registerTool('add', (id) => { seen.set(id, 1); });", '')],
    ['a function that is given it', inside("register('add', (id) => { seen.set(id, 1); });", 'register')],
    ['a method of another name', inside("server.decide('add', (id) => { seen.set(id, 1); });")],
    ['a path that is none', inside("cache.get('add', (id) => { seen.set(id, 1); });", 'cache')],
    ['nobody', inside('const note = (id) => { seen.set(id, 1); }; note(1);', '')],
    ['a list', inside('list.push([(id) => { seen.set(id, 1); }]);', 'list')],
    ['a function that runs at once', inside('((id) => { seen.set(id, 1); })(1);', '')],
    ['whoever calls a factory', 'export function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }'],
    ['a caller of a factory that forgets it', 'function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\nexport function run() { const note = make(); note(1); }'],
    ['a caller of a factory that drops it', 'function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\nmake();'],
    ['a function that hands on what a factory gives', 'function make() { const seen = new Map(); probe(seen); return (id) => { seen.set(id, 1); }; }\nexport function run(app) { app.use(make()); }'],
    ['an object', 'export class C { f() { probe(this.seen); } }'],
  ])('not with %s', (_, code) => {
    expect(isHosted(code)).toBe(false);
  });
});
