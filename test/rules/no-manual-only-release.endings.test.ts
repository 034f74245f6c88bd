import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, findingsOf, reasonsFor } = checksFor('no-manual-only-release');

/** Questions that wait for the answer of a peer. */
const asking = (onClose: string, more = ''): string => `
export class Caller {
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  constructor(private peer: Peer) {
    this.listen();
  }
  private listen() {
    this.peer.on('message', (answer) => this.take(answer));
    this.peer.on('close', () => { ${onClose} });
  }
  ask(question: string) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.peer.send({ id, question });
    });
  }
  private take(answer: Answer) {
    const one = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    one?.resolve(answer.value);
  }
  ${more}
}
`;

describe('no-manual-only-release: entries that the end of an emitter leaves', () => {
  it('reports questions that nobody can answer any more', () => {
    expect(findingsOf(asking('this.state = "gone";'))).toEqual(['likely no-manual-only-release waiting:2']);
    expect(reasonsFor(asking('this.state = "gone";'))).toEqual(['ending-leaves-entries', 'goes-with-its-owner']);
  });

  it('is certain where the object goes on with another emitter', () => {
    expect(findingsOf(asking('this.state = "gone";', 'again(peer: Peer) { this.peer = peer; this.listen(); }'))).toEqual(['certain no-manual-only-release waiting:2']);
  });

  it('reports what only a failure to start takes out', () => {
    expect(findingsOf(`
const running = new Map();
export function start(name, launch) {
  const child = launch(name);
  running.set(name, child);
  child.on('error', () => running.delete(name));
  child.on('exit', (code) => report(name, code));
}
`)).toEqual(['certain no-manual-only-release running:1']);
  });

  it.each([
    ['what ends is one of the things that it tells of', asking('this.state = "gone";').replace("on('close'", "on('answers:close'")],
    ['the end takes all of them out', asking('this.waiting.clear();')],
    ['the end runs what rejects them', asking('this.giveUp();', 'private giveUp() { for (const [id, one] of this.waiting) { one.reject(new Error("gone")); this.waiting.delete(id); } }')],
    ['a teardown takes them out', asking('this.state = "gone";', 'close() { this.waiting.clear(); }')],
    ['all are asked anew of the next emitter', asking('this.state = "gone";', 'again(peer: Peer) { this.peer = peer; for (const [id] of this.waiting) peer.send({ id }); }')],
    ['nothing hears of the end', asking('').replace("this.peer.on('close', () => {  });", '')],
    ['a question gives up after a while', asking('this.state = "gone";').replace('this.peer.send(', 'setTimeout(() => this.waiting.delete(id), 10_000); this.peer.send(')],
    ['the entries are not of that emitter', `
export class Names {
  private readonly known = new Map<string, string>();
  constructor(bus: Bus) {
    bus.on('added', ({ name, text }) => this.known.set(name, text));
    bus.on('removed', ({ name }) => this.known.delete(name));
    bus.on('close', () => report('bus closed'));
  }
}
`],
  ])('is silent where %s', (_what, code) => {
    expect(findingsOf(code).filter((one) => one.startsWith('certain'))).toEqual([]);
  });

  it('is silent where the end itself takes the entry out', () => {
    expectSilent(`
const running = new Map();
export function start(name, launch) {
  const child = launch(name);
  running.set(name, child);
  child.on('error', () => running.delete(name));
  child.on('exit', () => running.delete(name));
}
`);
  });
});
