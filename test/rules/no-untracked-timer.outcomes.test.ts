import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf, reasonsFor } = checksFor('no-untracked-timer');

/** A wait for the end of a process, which a last resort ends as well. */
const waiting = (timer: string, finish = 'if (over) return; over = true; resolve();', heard = "child.once('exit', finish);"): string => `
export function waitForEnd(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let over = false;
    const finish = () => { ${finish} };
    ${heard}
    ${timer}
    child.kill();
  });
}
`;

describe('no-untracked-timer: a last resort that the usual outcome leaves pending', () => {
  it('is reported where an event runs the same function, which works once', () => {
    expect(findingsOf(waiting('setTimeout(finish, 30_000);'))).toEqual(['likely no-untracked-timer setTimeout:6']);
    expect(reasonsFor(waiting('setTimeout(finish, 30_000);'))).toEqual(['outcome-may-come-first', 'guarded-callback']);
  });

  it('is reported where a listener calls that function, and where its object is bound', () => {
    expect(findingsOf(waiting('setTimeout(() => finish(), LIMIT);', undefined, "child.once('exit', (code) => { report(code); finish(); });"))).toEqual(['likely no-untracked-timer setTimeout:6']);
    expectFindings(`
class Link {
  end() {
    setTimeout(giveUp.bind(this), 20_000); //! likely no-untracked-timer setTimeout
    this.wire.end();
  }
}
function giveUp() {
  if (this.state === 'gone') return;
  this.state = 'gone';
  this.wire.removeAllListeners();
}
function attach(link, wire) {
  wire.on('close', giveUp.bind(link));
}
export { Link, attach };
`);
  });

  it.each([
    ['the wait is short', waiting('setTimeout(finish, 1_000);')],
    ['nothing else runs it', waiting('setTimeout(finish, 30_000);', undefined, '')],
    ['a listener runs it under a condition', waiting('setTimeout(finish, 30_000);', undefined, "child.once('exit', (code) => { if (code) finish(); });")],
    ['it does its work each time', waiting('setTimeout(finish, 30_000);', 'resolve();')],
    ['it asks for a state that it does not set', waiting('setTimeout(finish, 30_000);', 'if (child.killed) return; resolve();')],
    ['it clears the timer', waiting('timer = setTimeout(finish, 30_000);', 'if (over) return; over = true; clearTimeout(timer); resolve();').replace('let over', 'let timer; let over')],
  ])('is no reason where %s', (_what, code) => {
    expect(reasonsFor(code)).not.toContain('outcome-may-come-first');
  });

  it('is not said twice of a timer that lets the process end', () => {
    expectSilent(waiting('setTimeout(finish, 30_000).unref();'));
  });

  it('is silent where a function that is called with the object clears the field', () => {
    expectSilent(`
class Link {
  end() {
    this.limit = setTimeout(giveUp.bind(this), 20_000);
    this.wire.end();
  }
}
function giveUp() {
  if (this.state === 'gone') return;
  this.state = 'gone';
  clearTimeout(this.limit);
}
function attach(link, wire) {
  wire.on('close', giveUp.bind(link));
}
export { Link, attach };
`);
  });
});

describe('no-untracked-timer: an event that leaves what another clears, beside a teardown', () => {
  const asking = (onError: string, more = ''): string => `
class Request {
  constructor(private readonly pool: Pool) {}
  run() {
    const request = this.pool.open();
    this.limit = setTimeout(() => this.fail('late'), this.pool.limitMs);
    request.on('response', (answer) => { clearTimeout(this.limit); this.take(answer); });
    request.on('error', this.onError = (error) => { ${onError} });
    ${more}
  }
  abort() { clearTimeout(this.limit); this.fail('aborted'); }
  fail(why) { this.done(why); }
}
`;

  it('is likely, since the teardown may be called then', () => {
    expect(findingsOf(asking('this.fail(error);'))).toEqual(['likely no-untracked-timer limit:5']);
    expect(reasonsFor(asking('this.fail(error);')).slice(0, 2)).toEqual(['event-leaves-it', 'teardown-may-follow']);
  });

  it('is silent where the event runs that teardown, or clears it itself', () => {
    expectSilent(asking('this.abort();'));
    expectSilent(asking('clearTimeout(this.limit); this.fail(error);'));
  });

  it('is silent where an ending of the emitter clears it', () => {
    expectSilent(asking('this.fail(error);', "request.on('close', () => clearTimeout(this.limit));"));
  });
});
