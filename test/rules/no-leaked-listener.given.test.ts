import { describe, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent } = checksFor('no-leaked-listener');

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
