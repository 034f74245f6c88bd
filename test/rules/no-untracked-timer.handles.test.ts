import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, findingsOf } = checksFor('no-untracked-timer');

/** A poller whose interval goes through a variable; the samples differ in where it goes on to. */
const poller = (use: string, rest = '', init = 'setInterval(() => this.poll(), 1_000)'): string => `
export class Poller {
  constructor(host) { this.host = host; }
  start() {
    const timer = ${init};
    ${use}
  }
  poll() { this.at = Date.now(); }
  ${rest}
  stop() { this.isOver = true; ${rest === '' ? '' : 'this.end?.();'} }
}
`;
const MAYBE = 'this.host.isOn ? setInterval(() => this.poll(), 1_000) : undefined';

describe('no-untracked-timer: where a handle in a variable goes on to', () => {
  it.each([
    ['it is returned', 'return timer;'],
    ['it is returned in an object', 'return { timer };'],
    ['a function that clears it is returned', 'return () => clearInterval(timer);'],
    ['it is handed to somebody', 'this.host.keep(timer);'],
    ['it is handed to somebody in an object', 'this.host.keep({ timer });'],
    ['it is handed to somebody in a list', 'this.host.keep([timer]);'],
    ['a listener clears it', "this.host.on('close', () => clearInterval(timer));"],
  ])('is silent where %s', (_, use) => {
    expectSilent(poller(use));
    expectSilent(poller(use, '', MAYBE));
  });

  it.each([
    ['nothing is done with it', ''],
    ['a collection of its own is asked for it', 'this.known.has(timer);'],
    ['it is only shown', 'if (timer) this.isOn = true;'],
    ['only its own callback clears another', 'this.other = setTimeout(() => clearTimeout(this.other), 10);'],
  ])('is reported where %s', (_, use) => {
    expect(findingsOf(poller(use)).filter((one) => one.startsWith('certain'))).toHaveLength(1);
  });

  it('is silent where a field takes it that the end clears, at once or only in one case', () => {
    for (const init of [undefined, MAYBE]) expectSilent(poller('this.timer = timer;', 'end() { clearInterval(this.timer); }', init));
  });

  it('is reported where a field takes it that nothing clears', () => {
    expect(findingsOf(poller('this.timer = timer;'))).toHaveLength(1);
  });

  it('is silent where a set takes it whose members the end clears', () => {
    expectSilent(poller('this.timers.add(timer);', 'timers = new Set(); end() { for (const one of this.timers) clearInterval(one); }'));
  });

  it('is silent where the whole set is handed to somebody', () => {
    expectSilent(poller('this.timers.add(timer); this.host.take(this.timers);', 'timers = new Set(); end() {}'));
  });
});

describe('no-untracked-timer: handles in a list that is made in one go', () => {
  const PING = 'setInterval(() => host.ping(), 1_000)';
  const fleet = (made: string, end: string): string => `
export class Fleet {
  constructor(hosts) { this.hosts = hosts; }
  start() { ${made} }
  ${end}
}
`;
  const CLEARS_EACH = 'stop() { for (const timer of this.timers) clearInterval(timer); }';

  it.each([
    ['map', `this.timers = this.hosts.map((host) => ${PING});`],
    ['map with a body', `this.timers = this.hosts.map((host) => { return ${PING}; });`],
    ['flatMap', `this.timers = this.hosts.flatMap((host) => ${PING});`],
    ['Array.from', `this.timers = Array.from(this.hosts, (host) => ${PING});`],
  ])('knows where the handles are that %s makes', (_, made) => {
    expectSilent(fleet(made, CLEARS_EACH));
    expect(findingsOf(fleet(made, 'stop() { this.isOver = true; }'))).toHaveLength(1);
    expect(findingsOf(fleet(made, 'stop() { clearInterval(this.other); }'))).toHaveLength(1);
  });

  it.each([
    ['forEach', `this.hosts.forEach((host) => ${PING});`],
    ['map, where nobody takes the list', `this.hosts.map((host) => ${PING});`],
    ['Array.from, where nobody takes the list', `Array.from(this.hosts, (host) => ${PING});`],
  ])('reports those of which nobody has the list: %s', (_, made) => {
    expect(findingsOf(fleet(made, CLEARS_EACH))).toHaveLength(1);
  });
});
