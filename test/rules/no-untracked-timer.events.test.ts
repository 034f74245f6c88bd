import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf, reasonsFor } = checksFor('no-untracked-timer');

/** An object that waits for the first word of a peer, with a handle that only its constructor sees. */
const greeting = (cleared: string, more = '', delay = '15_000'): string => `
export class Greeting {
  constructor(private readonly wire: Wire) {
    const patience = setTimeout(() => this.giveUp(), ${delay});
    ${cleared}
  }
  private giveUp() { this.wire.report('silent'); }
  ${more}
}
`;

describe('no-untracked-timer: a local handle that only events clear', () => {
  it('is reported where the teardown cannot reach it', () => {
    expect(findingsOf(greeting("this.wire.on('word', () => clearTimeout(patience));", 'destroy() { this.wire.end(); }'))).toEqual(['certain no-untracked-timer patience:3']);
    expect(reasonsFor(greeting("this.wire.on('word', () => clearTimeout(patience));", 'destroy() { this.wire.end(); }'))).toEqual(['teardown-cannot-reach']);
  });

  it('is reported where the callback of another timer can clear it, too', () => {
    expectFindings(`
export class Move {
  begin(next: Line) {
    const look = setInterval(() => this.flush(), 100); //! certain no-untracked-timer look
    this.patience = setTimeout(() => clearInterval(look), this.patienceMs);
    next.on('ready', () => { clearInterval(look); this.take(next); });
  }
  close() { clearTimeout(this.patience); }
}
`);
  });

  it.each([
    ['one of the events is an end', greeting("this.wire.on('word', () => clearTimeout(patience)); this.wire.on('close', () => clearTimeout(patience));", 'destroy() { this.wire.end(); }')],
    ['nothing ends the object', greeting("this.wire.on('word', () => clearTimeout(patience));")],
    ['it is short', greeting("this.wire.on('word', () => clearTimeout(patience));", 'destroy() { this.wire.end(); }', '1_000')],
    ['what clears it is returned, too', `
export class Feed {
  begin(signal) {
    const beat = setInterval(() => this.tell(), 15_000);
    const stop = () => clearInterval(beat);
    signal.addEventListener('abort', stop, { once: true });
    return stop;
  }
  tell() { this.wire.send(':'); }
  close() { this.wire.end(); }
}
`],
    ['a signal says when it ends', greeting("options.signal.addEventListener('abort', () => clearTimeout(patience));", 'destroy() { this.wire.end(); }')],
    ['a function that goes out clears it', greeting("this.stop = () => clearTimeout(patience); this.wire.on('word', () => clearTimeout(patience));", 'destroy() { this.stop(); }')],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });
});

describe('no-untracked-timer: an interval that only a failure clears', () => {
  const feed = (event: string): string => `
export function serve(app) {
  app.get('/feed', (request, response) => {
    const beat = setInterval(() => response.write(':'), 15_000);
    response.on('${event}', () => clearInterval(beat));
  });
}
`;

  it('is reported, since what ends well brings none', () => {
    expect(findingsOf(feed('error'))).toEqual(['certain no-untracked-timer beat:3']);
    expect(reasonsFor(feed('error'))[0]).toBe('cleared-on-failure');
  });

  it('is silent where the end clears it', () => {
    expectSilent(feed('close'));
  });
});

describe('no-untracked-timer: a timer in a ref', () => {
  const idle = (rest: string, delay = '60_000', name = 'useIdle'): string => `
import { useCallback, useEffect, useRef } from 'react';
export function ${name}({ sleep }) {
  const timer = useRef(null);
  const touch = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => sleep(), ${delay});
  }, [sleep]);
  ${rest}
}
`;

  it('is reported where no clean-up of the component clears it', () => {
    expect(findingsOf(idle('return touch;'))).toEqual(['likely no-untracked-timer current:6']);
    expect(findingsOf(idle('return <p onClick={touch} />;', '60_000', 'Idle'), 'src/idle.jsx')).toEqual(['likely no-untracked-timer current:6']);
  });

  it.each([
    ['an effect returns what clears it', idle('useEffect(() => () => clearTimeout(timer.current), []); return touch;')],
    ['a clean-up calls what clears it', idle('const stop = () => clearTimeout(timer.current); useEffect(() => { touch(); return () => stop(); }, []); return touch;')],
    ['the caller is given what clears it', idle('const stop = useCallback(() => clearTimeout(timer.current), []); return { touch, stop };')],
    ['a hook of another module runs it at the end', idle('useUnmount(() => clearTimeout(timer.current)); return touch;')],
    ['it is given away', idle('useTimers(timer); return touch;')],
    ['it is short', idle('return touch;', '300')],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });
});

describe('no-untracked-timer: a time-out that is only started anew, on what ends', () => {
  const beating = (onClose: string, more = '', delay = '31_000'): string => `
function heard(peer) {
  clearTimeout(peer.patience);
  peer.patience = setTimeout(() => peer.terminate(), ${delay});
}
export function attach(peer, rooms) {
  peer.on('open', () => heard(peer));
  peer.on('ping', () => heard(peer));
  peer.on('close', () => { ${onClose} });
  ${more}
}
`;

  it('is reported where the end of what holds it does not clear it', () => {
    expect(findingsOf(beating('rooms.leave(peer);'))).toEqual(['likely no-untracked-timer patience:3']);
    expect(reasonsFor(beating('rooms.leave(peer);'))[0]).toBe('ending-leaves-it');
    expectFindings(`
let host;
export function start(Host) {
  host = new Host();
  host.on('unload', (done) => { host.server.close(); done(); });
  look();
}
function look() {
  clearTimeout(host.next);
  host.next = setTimeout(look, 3_600_000); //! certain no-untracked-timer next
}
`);
  });

  it.each([
    ['the end clears it', beating('clearTimeout(peer.patience);')],
    ['the end calls what clears it', beating('forget(peer);', 'function forget(one) { clearTimeout(one.patience); }')],
    ['another listener to the end clears it', beating('rooms.leave(peer);', "peer.once('close', () => clearTimeout(peer.patience));")],
    ['something else clears it', beating('rooms.leave(peer);', 'return { stop() { clearTimeout(peer.patience); } };')],
    ['a listener that stands before the start clears it', `
export function serve(peer, log) {
  let isAlive = true;
  peer.on('close', () => { clearInterval(check); log('closed'); });
  const check = setInterval(() => {
    if (!isAlive) { clearInterval(check); return; }
    isAlive = false;
    peer.ping();
  }, 30_000);
  peer.on('pong', () => { isAlive = true; });
}
`],
    ['the end is that of another', beating('rooms.leave(peer);').replace("peer.on('close'", "rooms.on('close'")],
    ['it is short', beating('rooms.leave(peer);', '', '1_000')],
  ])('is silent where %s', (_what, code) => {
    expectSilent(code);
  });
});
