import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { findingsOf } = checksFor('no-leaked-listener');

describe('no-leaked-listener: the end that comes from the other side', () => {
  const link = (closed: string, close = "this.hub.off('row', this.tell); this.socket.end();", open = "this.hub.on('row', this.tell);", more = ''): string => `
export class Link extends EventEmitter {
  constructor(socket, hub) {
    super();
    this.socket = socket;
    this.hub = hub;
    this.socket.on('close', () => this.onClosed());
    ${open}
  }
  tell = (row) => this.socket.write(row);
  onClosed() { ${closed} }
  close() { ${close} }
  ${more}
}
`;
  const GONE = "this.state = 'closed'; this.emit('closed');";

  it('reports a listener that only the own end takes away', () => {
    expect(findingsOf(link(GONE))).toEqual(['likely no-leaked-listener this.hub.on:7']);
  });

  it.each([
    ['takes it away, too', link("this.hub.off('row', this.tell); this.emit('closed');")],
    ['calls the own end', link('this.close();')],
    ['calls what that calls', link('this.#drop();', 'this.#drop(); this.socket.end();', undefined, "#drop() { this.hub.off('row', this.tell); }")],
    ['is that of the target itself', link(GONE, "this.socket.off('data', this.tell); this.socket.end();", "this.socket.on('data', this.tell);")],
    ['leads to another beginning', link('this.socket = dial(); this.begin();')],
    ['is of something that the own end leaves', link(GONE, "this.hub.off('row', this.tell);")],
  ])('is silent where that %s', (_what, code) => {
    expect(findingsOf(code).filter((finding) => finding.includes('hub'))).toEqual([]);
  });
});
