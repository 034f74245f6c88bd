import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectNothingCertain, expectSilent } = checksFor('no-leaked-listener');

describe('no-leaked-listener: what a container gives', () => {
  const service = (fill: string, dispose: string, decorator = '@inject(Depot)'): string => `
@injectable()
export class Dock {
  ${decorator} protected readonly depot: Depot;
  @postConstruct()
  protected init(): void {
    ${fill}
  }
  dispose(): void { ${dispose} }
}
`;

  it('outlives an object that has an end', () => {
    expectFindings(service('this.depot.onDidUnload(() => this.count()); //! likely no-leaked-listener this.depot.onDidUnload', 'this.open = false;'));
  });

  it('is heard of by another object as well, whatever the way', () => {
    expectFindings(service("this.depot.on('unload', () => this.count()); //! likely no-leaked-listener this.depot.on", 'this.open = false;', '@Inject()'));
  });

  it.each([
    ['what ends it is kept and called', service('this.unloading = this.depot.onDidUnload(() => this.count());', 'this.unloading.dispose();')],
    ['it goes into a bag', service('this.toDispose.push(this.depot.onDidUnload(() => this.count()));', 'this.toDispose.dispose();')],
    ['the object has no end', service('this.depot.onDidUnload(() => this.count());', '').replace(/ {2}dispose.*\n/, '')],
    ['a field that no container fills', service('this.depot.onDidUnload(() => this.count());', 'this.open = false;', 'declare')],
    ['a field that the class fills itself', service('this.depot = new Depot(); this.depot.onDidUnload(() => this.count());', 'this.open = false;', '')],
  ])('is silent: %s', (_, code) => {
    expectSilent(code);
  });
});

describe('no-leaked-listener: a loop over what comes', () => {
  const reader = (loop: string, members = ''): string => `
export class Reader {
  constructor(link) {
    this.link = link;
    ${loop}
  }
  reset() { this.marks = 0; }
  close() { this.open = false; }
  ${members}
}
`;

  it.each([
    '(async () => { for await (const state of link.states()) { this.reset(state); } })(); //! likely no-leaked-listener link.states',
    'void (async () => { for await (const state of this.link.states()) this.reset(state); })(); //! likely no-leaked-listener this.link.states',
    '(async () => { for await (const state of link.states({ kinds: ["down"] })) { switch (state.type) { case "down": this.reset(); break; default: } } })().catch(() => {}); //! likely no-leaked-listener link.states',
  ])('goes on when its owner ends: %s', (loop) => {
    expectFindings(reader(loop));
  });

  it.each([
    ['it has a way out', '(async () => { for await (const state of link.states()) { if (!this.open) return; this.reset(state); } })();'],
    ['it breaks', '(async () => { for await (const state of link.states()) { if (!this.open) break; } })();'],
    ['it is given a signal', '(async () => { for await (const state of link.states({ signal: this.stopped.signal })) this.reset(state); })();'],
    ['its iterator is kept', '(async () => { this.states = link.states(); for await (const state of this.states) this.reset(state); })();'],
    ['somebody waits for it', 'this.done = (async () => { for await (const state of link.states()) this.reset(state); })();'],
    ['its source is its own', 'const own = new Link(); (async () => { for await (const state of own.states()) this.reset(state); })();'],
    ['it is no asynchronous loop', '(async () => { for (const state of link.states()) this.reset(state); })();'],
  ])('is silent: %s', (_, loop) => {
    expectSilent(reader(loop));
  });

  it('is silent where the end closes its source', () => {
    expectSilent(reader('(async () => { for await (const state of this.link.states()) this.reset(state); })();').replace('this.open = false;', 'this.link.close();'));
  });

  it('is never certain, since its source may end first', () => {
    expectNothingCertain(reader('(async () => { for await (const state of link.states()) this.reset(state); })();'));
  });
});

describe('no-leaked-listener: who else has a listener or its end, and the argument for each', () => {
  it.each([
    ['an object of a singleton that listens', `
@Injectable()
export class Panel {
  constructor(private readonly bus: Bus) { this.bus.on('line', () => this.paint()); }
  paint() { this.at = 1; }
  dispose() { this.isOver = true; }
}
`, ['likely this.bus.on: teardown-leaves-listener given-target may-be-only-instance']],
    ['a helper that adds the listener', `
import { bus } from './bus.js';
import { listen } from './listen.js';
export class Panel {
  open() { listen(bus, 'line', () => this.paint()); }
  paint() { this.at = 1; }
  dispose() { this.isOver = true; }
}
`, []],
    ['the end of the page', `
export class Panel {
  open() { window.addEventListener('beforeunload', () => this.dispose()); }
  dispose() { this.isOver = true; }
}
`, ['likely window.addEventListener: teardown-leaves-listener added-per-object calls-teardown']],
    ['a signal that a file of its own gives', `
function run(signal) { signal.addEventListener('abort', () => stop()); }
export function go(host) { run(host.signal); }
`, []],
    ['a signal of somebody else', `
export async function run(signal) { signal.addEventListener('abort', () => stop()); await work(); }
`, ['certain signal.addEventListener: signal-outlives']],
    ['a signal of somebody else, whose listener is taken away', `
export async function run(signal) { signal.addEventListener('abort', stop); try { await work(); } finally { signal.removeEventListener('abort', stop); } }
function stop() { state.isOver = true; }
`, ['silent signal.addEventListener: signal-outlives listener-removed']],
    ['a signal of somebody else, heard once', `
export async function run(signal) { signal.addEventListener('abort', () => stop(), { once: true }); await work(); }
`, ['certain signal.addEventListener: signal-outlives']],
    ['the socket of a request, whose response takes the listener away', `
export function handle(req, res) { const onClose = () => { res.end(); }; req.socket.on('close', onClose); res.on('finish', () => req.socket.off('close', onClose)); }
`, ['silent req.socket.on: socket-outlives-request listener-removed']],
    ['the socket of a request, whose response ends it', `
export function handle(req, res) { req.socket.on('close', () => { res.end(); }); res.on('finish', () => req.socket.removeAllListeners('close')); }
`, ['silent req.socket.on: socket-outlives-request listener-removed']],
    ['a listener for each job of an object that is given', `
export class Job {
  constructor(bus) { bus.on('line', () => this.paint()); }
  paint() { this.at = 1; }
}
`, ['likely bus.on: object-has-no-end given-target']],
    ['a listener for each job that is made again and again', `
class Panel {
  constructor(bus) { bus.on('line', () => this.paint()); }
  paint() { this.at = 1; }
}
export function handle(bus) { return new Panel(bus); }
setInterval(() => handle(shared), 1_000);
`, ['likely bus.on: object-has-no-end given-target']],
    ['two listeners, of which one is taken away', `
import { bus } from './bus.js';
export class Panel {
  open() { bus.on('line', this.onLine); bus.on('end', this.onEnd); }
  close() { bus.off('line', this.onLine); }
  onLine() { this.at = 1; }
  onEnd() { this.at = 2; }
}
`, ['silent bus.on: teardown-leaves-listener added-per-object listener-removed', 'certain bus.on: sibling-removed teardown-leaves-listener added-per-object']],
    ['a listener that is kept in a variable and released by it', `
import { bus } from './bus.js';
let off;
export function open() { off = bus.subscribe(() => paint()); }
export function close() { off(); }
`, []],
    ['a listener whose release is overwritten', `
import { bus } from './bus.js';
export class Panel {
  open() { this.off = bus.subscribe(() => this.paint()); this.off = bus.subscribeAll(() => this.paint()); }
  close() { this.off(); }
  paint() { this.at = 1; }
}
`, ['silent bus.subscribe: teardown-leaves-listener added-per-object end-kept']],
    ['a listener that a set-up adds to the program', `
process.on('SIGTERM', () => { process.exit(0); });
`, []],
    ['a listener that the end adds', `
export class Panel {
  open() { this.at = 1; }
  dispose() { window.addEventListener('resize', () => this.paint()); }
  paint() { this.at = 1; }
}
`, ['likely window.addEventListener: added-per-object']],
    ['a listener that is assigned to another object', `
import { bus } from './bus.js';
export class Panel {
  open(host) { const onLine = () => this.paint(); bus.on('line', onLine); host.onLine = onLine; }
  paint() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a listener that is assigned to a field that a removal names', `
import { bus } from './bus.js';
export class Panel {
  open() { const onLine = () => this.paint(); bus.on('line', onLine); this.onLine = onLine; }
  close() { bus.off('line', this.onLine); }
  paint() { this.at = 1; }
}
`, ['silent bus.on: teardown-leaves-listener added-per-object listener-handed-on']],
    ['a listener that is assigned to a field that nothing names', `
import { bus } from './bus.js';
export class Panel {
  open() { const onLine = () => this.paint(); bus.on('line', onLine); this.onLine = onLine; }
  close() { this.isOver = true; }
  paint() { this.at = 1; }
}
`, ['certain bus.on: teardown-leaves-listener added-per-object']],
    ['a listener that is assigned to a variable that a removal names', `
import { bus } from './bus.js';
let last;
export class Panel {
  open() { const onLine = () => this.paint(); bus.on('line', onLine); last = onLine; }
  close() { bus.off('line', last); }
  paint() { this.at = 1; }
}
`, ['silent bus.on: teardown-leaves-listener added-per-object listener-removed']],
    ['a listener that is put into a list', `
import { bus } from './bus.js';
export class Panel {
  all = [];
  open() { const onLine = () => this.paint(); bus.on('line', onLine); this.all.push([onLine]); }
  paint() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a listener that is returned', `
import { bus } from './bus.js';
export class Panel {
  open() { const onLine = () => this.paint(); bus.on('line', onLine); return onLine; }
  paint() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a listener that a timer is given, too', `
import { bus } from './bus.js';
export class Panel {
  open() { const onLine = () => this.paint(); bus.on('line', onLine); setTimeout(onLine, 10); }
  paint() { this.at = 1; }
}
`, ['likely bus.on: added-per-object']],
    ['a listener that somebody is given, too', `
import { bus } from './bus.js';
export class Panel {
  open(host) { const onLine = () => this.paint(); bus.on('line', onLine); host.keep(onLine); }
  paint() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a member that somebody is given, too', `
import { bus } from './bus.js';
export class Panel {
  open(host) { bus.on('line', this.onLine); host.keep(this.onLine); }
  onLine() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a member that another object has, too', `
import { bus } from './bus.js';
export class Panel {
  open(host) { bus.on('line', this.onLine); host.table = { line: this.onLine }; }
  onLine() { this.at = 1; }
}
`, ['silent bus.on: added-per-object listener-handed-on']],
    ['a subscription that is handed on', `
import { bus } from './bus.js';
export class Panel {
  open(host) { host.keep(bus.subscribe(() => this.paint())); }
  paint() { this.at = 1; }
}
`, ['silent bus.subscribe: added-per-object end-kept']],
    ['a subscription whose result a promise drops', `
import { bus } from './bus.js';
export class Panel {
  open(host) { host.then(() => bus.subscribe(() => this.paint())); }
  paint() { this.at = 1; }
}
`, ['likely bus.subscribe: added-per-object']],
    ['a subscription whose result is returned', `
import { bus } from './bus.js';
export class Panel {
  open() { return bus.subscribe(() => this.paint()); }
  paint() { this.at = 1; }
}
`, ['silent bus.subscribe: added-per-object end-kept']],
    ['a subscription whose result is used', `
import { bus } from './bus.js';
export class Panel {
  open() { this.n = bus.subscribe(() => this.paint()) + 1; }
  paint() { this.at = 1; }
}
`, ['silent bus.subscribe: added-per-object end-kept']],
    ['a target that the file ends', `
import { open } from './hub.js';
const hub = open();
export class Panel {
  open() { hub.socket.on('line', () => this.paint()); }
  close() { hub.close(); }
  paint() { this.at = 1; }
}
`, []],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
