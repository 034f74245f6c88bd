import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor } = checksFor('no-unbounded-collection');

describe('no-unbounded-collection: objects that add themselves', () => {
  const panel = (members: string, list = 'private static readonly open = new Set<Panel>();'): string => `
export class Panel {
  ${list}
  constructor(private readonly host: Host) {
    Panel.open.add(this);
  }
  ${members}
}
`;

  it('reports those that their own end leaves there', () => {
    expect(findingsOf(panel('dispose() { this.host.remove(this); }'))).toEqual(['certain no-unbounded-collection open:2']);
    expectFindings(`
const panels: Panel[] = []; //! certain no-unbounded-collection panels
export class Panel {
  constructor(private readonly host: Host) {
    panels.push(this);
  }
  destroy() { this.host.remove(this); }
}
`);
  });

  it('is likely where only a name within the name speaks of an end', () => {
    expect(findingsOf(panel('sendCloseNote() { this.host.tell("closed"); }'))).toEqual(['likely no-unbounded-collection open:2']);
  });

  it.each([
    ['the end takes it out', panel('dispose() { Panel.open.delete(this); }')],
    ['the end blanks its place', panel('dispose() { panels[this.index] = null; }', '').replace('export class', 'const panels = [];\nexport class').replace('Panel.open.add(this)', 'this.index = panels.length; panels.push(this)')],
    ['nothing ends one of them', panel('show() { this.host.show(this); }')],
    ['the module makes them, as the values of a type', `
export class Level {
  static readonly all: Level[] = [];
  constructor(readonly name: string) { Level.all.push(this); }
  static readonly LOW = new Level('low');
  static readonly HIGH = new Level('high');
  release() { report(this.name); }
}
`],
    ['the object is added to what belongs to it', `
export class Group {
  private readonly members = new Set();
  constructor() { this.members.add(this); }
  dispose() { report(); }
}
`],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });
});

describe('no-unbounded-collection: entries that are emptied and stay', () => {
  const rooms = (leave: string, join = 'if (!this.rooms.has(roomId)) this.rooms.set(roomId, new Set()); this.rooms.get(roomId)!.add(peer);'): string => `
export class Hub {
  private readonly rooms = new Map<string, Set<Peer>>();
  enter(roomId: string, peer: Peer) { ${join} }
  leave(roomId: string, peer: Peer) { ${leave} }
}
`;

  it('reports a key whose last member went', () => {
    expect(findingsOf(rooms('this.rooms.get(roomId)?.delete(peer);'))).toEqual(['certain no-unbounded-collection rooms:2']);
    expect(reasonsFor(rooms('this.rooms.get(roomId)?.delete(peer);'))).toContain('emptied-but-kept');
  });

  it('reports the same of records of lists, by the name of the collection where that of the key does not tell', () => {
    expectFindings(`
function Hub() {
  this.rooms = {}; //! reported no-unbounded-collection rooms
}
Hub.prototype.enter = function (name, peer) {
  if (!this.rooms[name]) this.rooms[name] = [];
  this.rooms[name].push(peer);
};
Hub.prototype.leave = function (name, peer) {
  const index = this.rooms[name].indexOf(peer);
  if (index >= 0) this.rooms[name].splice(index, 1);
};
module.exports = Hub;
`);
  });

  it.each([
    ['the key goes with the last one', rooms('const room = this.rooms.get(roomId); room?.delete(peer); if (room?.size === 0) this.rooms.delete(roomId);')],
    ['the keys are parts of the program', `
export class Bus {
  private readonly listeners = new Map<string, Set<Listener>>();
  on(event: string, listener: Listener) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event)!.add(listener);
  }
  off(event: string, listener: Listener) { this.listeners.get(event)?.delete(listener); }
}
`],
    ['the keys may be few, by their names', `
const loading: Record<string, Set<string>> = {};
export function begin(serverUrl: string, listId: string) { (loading[serverUrl] ??= new Set()).add(listId); }
export function done(serverUrl: string, listId: string) { loading[serverUrl]?.delete(listId); }
`],
    ['what is taken out comes in turn', `
export class Lines {
  private readonly waiting: Record<string, Job[]> = {};
  put(line: string, job: Job) { (this.waiting[line] ??= []).push(job); }
  take(line: string) { return this.waiting[line]?.shift(); }
}
`],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });

  it('is not certain where only the key speaks', () => {
    expectNothingCertain(rooms('this.log(roomId, peer);'));
  });
});

describe('no-unbounded-collection: deletions under a part of the key', () => {
  const seats = (leave: string, parameters = 'houseId: string, seatId: string'): string => `
const taken = new Map<string, number>();
export function take(houseId: string, seatId: string) {
  taken.set(\`\${houseId}/\${seatId}\`, Date.now());
}
export function leave(${parameters}) {
  taken.delete(${leave});
}
`;

  it('reports them, since no entry has that key', () => {
    expect(findingsOf(seats('seatId'))).toEqual(['certain no-unbounded-collection taken:1']);
    expect(reasonsFor(seats('seatId'))[0]).toBe('deleted-under-other-key');
  });

  it('is likely where the parameter may be given the whole', () => {
    expect(findingsOf(seats('seatId', 'seatId: string'))).toEqual(['likely no-unbounded-collection taken:1']);
  });

  it.each([
    ['the deletion puts the key together, too', seats('`${houseId}/${seatId}`')],
    ['it is given a key of another name', seats('key', 'key: string')],
    ['it works the key out', seats('keyOf(houseId, seatId)')],
    ['a local holds the key', seats('seatId', 'house: House').replace('taken.delete', 'const seatId = house.keyOf(house.last); taken.delete')],
    ['another deletion takes the whole key', `${seats('seatId')}export function drop(key: string) { taken.delete(key); }`],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });
});
