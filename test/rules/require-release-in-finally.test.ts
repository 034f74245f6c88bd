import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectSilent, findingsOf, verdictsOf } = checksFor('require-release-in-finally');

describe('require-release-in-finally: what a failure skips', () => {
  it.each([
    ['an interval behind an await', `
export async function build(run, print) {
  const spinner = setInterval(() => print('.'), 80); //! certain require-release-in-finally spinner
  await run();
  clearInterval(spinner);
}
`],
    ['a timeout of a request', `
export async function load(url, ms) {
  const abort = new AbortController();
  const deadline = setTimeout(() => abort.abort(), ms); //! certain require-release-in-finally deadline
  const answer = await fetch(url, { signal: abort.signal });
  clearTimeout(deadline);
  return answer;
}
`],
    ['a race that is lost by an exception', `
export async function within(work, ms) {
  let deadline;
  const late = new Promise((_, reject) => {
    deadline = setTimeout(() => reject(new Error('late')), ms); //! certain require-release-in-finally deadline
  });
  const value = await Promise.race([work, late]);
  clearTimeout(deadline);
  return value;
}
`],
    ['a catch that returns', `
export async function load(url, ms, abort) {
  try {
    const deadline = setTimeout(() => abort.abort(), ms); //! certain require-release-in-finally deadline
    const answer = await fetch(url);
    clearTimeout(deadline);
    return answer;
  } catch {
    return undefined;
  }
}
`],
    ['an explicit throw', `
export async function load(url, ms, abort) {
  const deadline = setTimeout(() => abort.abort(), ms); //! certain require-release-in-finally deadline
  const answer = await fetch(url).catch(() => undefined);
  if (!answer) throw new Error('no answer');
  clearTimeout(deadline);
  return answer;
}
`],
    ['a field that only this function uses', `
export class Loader {
  private spinner;
  async load() {
    this.spinner = setInterval(() => this.draw(), 80); //! certain require-release-in-finally spinner
    await this.fetchAll();
    clearInterval(this.spinner);
  }
  draw() {}
}
`],
    ['for await', `
export async function pump(stream, print) {
  const spinner = setInterval(() => print('.'), 80); //! certain require-release-in-finally spinner
  for await (const part of stream) print(part);
  clearInterval(spinner);
}
`],
    ['a then without its counterpart', `
export function load(url, ms, abort) {
  const deadline = setTimeout(() => abort.abort(), ms); //! certain require-release-in-finally deadline
  return fetch(url).then((answer) => {
    clearTimeout(deadline);
    return answer;
  });
}
`],
    ['an error listener that only rejects', `
export function connected(socket, ms) {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('late')), ms); //! likely require-release-in-finally deadline
    socket.once('error', reject);
    socket.once('connect', () => {
      clearTimeout(deadline);
      resolve(socket);
    });
  });
}
`],
    ['a condition that has nothing to do with it', `
export async function load(url, verbose, print) {
  const spinner = setInterval(() => print('.'), 80); //! certain require-release-in-finally spinner
  try {
    await fetch(url);
    clearInterval(spinner);
  } finally {
    if (verbose) clearInterval(spinner);
  }
}
`],
    ['a helper named like a release that clears something else', `
export async function load(url, print, other) {
  const spinner = setInterval(() => print('.'), 80); //! certain require-release-in-finally spinner
  try {
    await fetch(url);
    clearInterval(spinner);
  } finally {
    stopSpinner();
  }
  function stopSpinner() { other.stop(); }
}
`],
  ])('reports %s', (_, code) => { expectFindings(code); });

  it.each([
    ['a yield that the consumer may leave', `
export function* parts(all, print) {
  const spinner = setInterval(() => print('.'), 80); //! likely require-release-in-finally spinner
  for (const part of all) yield part;
  clearInterval(spinner);
}
`],
    ['an early return behind an await', `
export async function load(url, print) {
  const spinner = setInterval(() => print('.'), 80); //! likely require-release-in-finally spinner
  const answer = await fetch(url).catch(() => undefined);
  if (!answer) return;
  clearInterval(spinner);
}
`],
    ['a promise of which the file says nothing', `
export class Job {
  async wait(print) {
    const spinner = setInterval(() => print('.'), 80); //! likely require-release-in-finally spinner
    await this.done;
    clearInterval(spinner);
  }
}
`],
    ['a timeout that is over soon', `
export async function load(url, abort) {
  const deadline = setTimeout(() => abort.abort(), 2_000); //! likely require-release-in-finally deadline
  await fetch(url);
  clearTimeout(deadline);
}
`],
  ])('doubts %s', (_, code) => { expectFindings(code); });
});

describe('require-release-in-finally: what skips nothing', () => {
  const around = (body: string): string => `
export async function load(url, ms, abort, print) {
  const deadline = setTimeout(() => abort.abort(), ms);
  ${body}
}
`;
  it.each([
    ['a finally', around('try { return await fetch(url); } finally { clearTimeout(deadline); }')],
    ['a finally that asks for the handle', around('try { return await fetch(url); } finally { if (deadline) clearTimeout(deadline); }')],
    ['catch and course', around('try { await fetch(url); clearTimeout(deadline); } catch (error) { clearTimeout(deadline); throw error; }')],
    ['an inner catch that swallows', around('try { await fetch(url); } catch { print(url); } clearTimeout(deadline);')],
    ['a handler at the promise', around('await fetch(url).catch(() => undefined); clearTimeout(deadline);')],
    ['allSettled', around('await Promise.allSettled([fetch(url)]); clearTimeout(deadline);')],
    ['a sleep', around('await new Promise((resolve) => setTimeout(resolve, 10)); clearTimeout(deadline);')],
    ['a wait by its name', around('await sleep(50); clearTimeout(deadline);')],
    ['a function of the file that catches', around('await quietly(); clearTimeout(deadline); async function quietly() { try { await fetch(url); } catch { print(url); } }')],
    ['finally of the promise', around('return fetch(url).finally(() => clearTimeout(deadline));')],
    ['both arms of then', around('return fetch(url).then((a) => { clearTimeout(deadline); return a; }, (e) => { clearTimeout(deadline); throw e; });')],
    ['then and catch', around('return fetch(url).then((a) => { clearTimeout(deadline); return a; }).catch((e) => { clearTimeout(deadline); throw e; });')],
    ['a clean-up that is called on every path', around('const done = () => clearTimeout(deadline); try { await fetch(url); done(); } catch (e) { done(); throw e; }')],
    ['no await in between', around('print(url); clearTimeout(deadline);')],
    ['a clear before the await', around('clearTimeout(deadline); await fetch(url);')],
    ['a handle that is returned', around('await fetch(url); if (url) { clearTimeout(deadline); return; } return deadline;')],
    ['a handle that is handed on', around('abort.onStop(deadline); await fetch(url); clearTimeout(deadline);')],
    ['a listener that clears it, too', around("abort.on('close', () => clearTimeout(deadline)); await fetch(url); clearTimeout(deadline);")],
    ['the end of the process', around('try { await fetch(url); clearTimeout(deadline); } catch { process.exit(1); }')],
    ['a shadowed clear that is no clear at all', around('const clearTimeout = print; await fetch(url); clearTimeout(deadline);')],
  ])('is silent about %s', (_, code) => { expectSilent(code); });

  it('is silent where the timer settles the promise itself', () => {
    expectSilent(`
export async function nap(ms, signal) {
  let alarm;
  await new Promise((resolve, reject) => {
    alarm = setTimeout(() => reject(new Error('over')), ms);
    signal.onWake(resolve);
  });
  clearTimeout(alarm);
}
`);
  });

  it('is silent about a promise of which every end clears', () => {
    expectSilent(`
export function connected(socket, ms) {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('late')), ms);
    const done = () => clearTimeout(deadline);
    socket.once('error', (error) => { done(); reject(error); });
    socket.once('connect', () => { done(); resolve(socket); });
  });
}
`);
  });

  it('is silent about a watchdog and about a timer of the next turn', () => {
    expectSilent(`
export async function shutdown(server) {
  const force = setTimeout(() => process.exit(1), 10_000);
  const soon = setTimeout(() => server.log(), 0);
  await server.close();
  clearTimeout(force);
  clearTimeout(soon);
}
`);
  });

  it('is silent about a field that a teardown clears as well', () => {
    expectSilent(`
export class Loader {
  async load() {
    this.spinner = setInterval(() => this.draw(), 80);
    await this.fetchAll();
    clearInterval(this.spinner);
  }
  dispose() { clearInterval(this.spinner); }
}
`);
  });
});

describe('require-release-in-finally: timers that a failure needs, or that nobody sees', () => {
  it('is silent where the timer is what ends something after a failure', () => {
    expectSilent(`
export function findPeer(open) {
  return new Promise((resolve, reject) => {
    const socket = open();
    let deadline;
    socket.on('peer', (peer) => { clearTimeout(deadline); resolve(peer); });
    socket.on('error', reject);
    deadline = setTimeout(() => { socket.destroy(); resolve(undefined); }, 60_000);
  });
}
`);
    expectSilent(`
export async function stop(browser, print) {
  const program = browser.program();
  const hard = setTimeout(() => { program?.kill('SIGKILL'); }, 30_000);
  try {
    await browser.quit();
    clearTimeout(hard);
  } catch (error) {
    print(error);
  }
}
`);
  });

  it('still reports it where every way past the clear ends the thing itself', () => {
    expectFindings(`
export function findPeer(open) {
  return new Promise((resolve, reject) => {
    const socket = open();
    let deadline;
    socket.on('peer', (peer) => { clearTimeout(deadline); resolve(peer); });
    socket.on('error', (error) => { socket.destroy(); reject(error); });
    deadline = setTimeout(() => { socket.destroy(); resolve(undefined); }, 60_000); //! likely require-release-in-finally deadline
  });
}
`);
    expectFindings(`
export async function greet(socket, print) {
  const deadline = setTimeout(() => { socket.destroy(); }, 30_000); //! certain require-release-in-finally deadline
  try {
    await socket.ready();
    clearTimeout(deadline);
  } catch (error) {
    socket.destroy();
    print(error);
  }
}
`);
  });

  it('still reports a timer that only aborts what has failed', () => {
    expectFindings(`
export async function load(url) {
  const abort = new AbortController();
  const deadline = setTimeout(() => { abort.abort(); }, 30_000); //! certain require-release-in-finally deadline
  try {
    await fetch(url, { signal: abort.signal });
    clearTimeout(deadline);
  } catch {
    return undefined;
  }
}
`);
  });

  const child = (close: string, from = 'node:child_process', error = 'reject'): string => `
import { spawn } from '${from}';
export function run(command, other) {
  return new Promise((resolve, reject) => {
    let settled = false;
    const child = spawn(command);
    const soft = setTimeout(() => { child.kill('SIGTERM'); }, 120_000);
    child.once('error', ${error});
    ${close}
  });
}
`;
  it('is silent where the close of a child process clears, for it follows the error', () => {
    expectSilent(child("child.once('close', (code) => { clearTimeout(soft); resolve(code); });"));
    expectSilent(child("child.once('close', (code) => { clearTimeout(soft); resolve(code); });", 'child_process', '(error) => { reject(error); }'));
    expectSilent(child("child.once('close', finish); function finish(code) { if (soft) clearTimeout(soft); resolve(code); }"));
  });

  it.each([
    ['a clear in exit alone, which a failed start does not emit', child("child.once('exit', (code) => { clearTimeout(soft); resolve(code); });")],
    ['a close that returns before it clears', child("child.once('close', (code) => { if (settled) return; clearTimeout(soft); resolve(code); });", 'node:child_process', '(error) => { settled = true; reject(error); }')],
    ['the close of another child', child("other.once('close', (code) => { clearTimeout(soft); resolve(code); });")],
  ])('still reports %s', (_, code) => {
    expect(findingsOf(code)).toEqual(['likely require-release-in-finally soft:6']);
  });

  it('still reports an error of which no close is known to follow', () => {
    const code = child("child.once('close', (code) => { clearTimeout(soft); resolve(code); });", './own-spawn.js').replace("child.kill('SIGTERM')", 'reject(command)');
    expect(findingsOf(code)).toEqual(['likely require-release-in-finally soft:6']);
  });

  const settled = (failure: string): string => `
export class Jobs {
  jobs = new Map();
  start(key, work, ms, print) {
    const job = { work, timeout: null };
    job.timeout = setTimeout(() => job.work.abort(), ms);
    this.jobs.set(key, job);
    void job.work.done().then(() => settle(job), ${failure});
    function settle(one) {
      if (one.timeout) clearTimeout(one.timeout);
      one.timeout = null;
    }
  }
}
`;
  it('is silent where both handlers of then clear', () => {
    expectSilent(settled('() => settle(job)'));
    expectSilent(settled('undefined).catch(() => settle(job)'));
  });

  it('still reports it where the handler of the failure does not', () => {
    expect(findingsOf(settled('() => print(job)'))).toHaveLength(1);
  });

  const script = (head: string): string => `
${head}async function run(start) {
  const child = start();
  const hard = setTimeout(() => child.stop(), 120_000);
  const code = await child.done();
  clearTimeout(hard);
  return code;
}
await run(() => open());
`;
  it('is silent about a script that exports nothing', () => {
    expectSilent(script(''), 'scripts/smoke.mjs');
  });

  it('still reports the same function where a script exports it, and where it is no script', () => {
    expect(findingsOf(script('export '), 'scripts/smoke.mjs')).toEqual(['likely require-release-in-finally hard:3']);
    expect(findingsOf(script(''), 'src/server.mjs')).toEqual(['certain require-release-in-finally hard:3']);
    expect(findingsOf(script('').replace('await run(', 'module.exports = run('), 'scripts/smoke.js')).toEqual(['likely require-release-in-finally hard:3']);
    expect(findingsOf(script('').replace('setTimeout', 'setInterval').replace('clearTimeout', 'clearInterval'), 'scripts/smoke.mjs')).toEqual(['likely require-release-in-finally hard:3']);
  });

  const flush = (callback: string, unref = 'late.unref?.();'): string => `
export async function flush(work, ms, log) {
  let late;
  await Promise.race([work(), new Promise((resolve) => { late = setTimeout(${callback}, ms); ${unref} })]);
  clearTimeout(late);
}
`;
  it('is silent about an unrefed timer that only settles a promise, and in a script about one that holds it', () => {
    expectSilent(flush('resolve'));
    expectSilent(flush('() => resolve()'));
    expectSilent(flush('() => resolve()', ''), 'dev-packages/helpers.ts');
  });

  it('still reports such a timer that does more, or holds the process', () => {
    expect(findingsOf(flush('() => { log(); resolve(); }'))).toEqual(['likely require-release-in-finally late:3']);
    expect(findingsOf(flush('resolve', ''))).toEqual(['certain require-release-in-finally late:3']);
  });

  const request = (delay: string, more = ''): string => `
import { LIMITS } from './limits.js';
export async function load(url, ms = 1) {
  ${more}
  const abort = new AbortController();
  const deadline = setTimeout(() => abort.abort(), ${delay});
  const answer = await fetch(url, { signal: abort.signal });
  clearTimeout(deadline);
  ${more && '}'}
}
`;
  it('doubts a timer that is over within ten seconds and then does nothing to what is over', () => {
    expect(findingsOf(request('10_000'))).toEqual(['likely require-release-in-finally deadline:5']);
    expect(findingsOf(request('LIMITS.second * 3'))).toEqual(['likely require-release-in-finally deadline:5']);
  });

  it.each([
    ['a longer one', request('30_000')],
    ['a delay that the caller gives', request('ms')],
    ['one that is left behind in each round', request('8_000', 'for (const part of url) {')],
    ['one that does something', request('8_000').replace('abort.abort()', 'abort.reset(url)')],
  ])('is certain about %s', (_, code) => {
    expect(findingsOf(code)).toEqual(['certain require-release-in-finally deadline:5']);
  });

  it('doubts a function that is only run by something named for ending the process', () => {
    const main = (run: string): string => `
async function main(pool, print) {
  const ticker = setInterval(() => print('waiting'), 10_000);
  await pool.ready();
  clearInterval(ticker);
}
${run}
`;
    expect(findingsOf(main('void exitAfter(() => main(pool, log));'))).toEqual(['likely require-release-in-finally ticker:2']);
    expect(findingsOf(main('void exitAfter(() => main(pool, log)); main(pool, log);'))).toEqual(['certain require-release-in-finally ticker:2']);
    expect(findingsOf(main('void twice(() => main(pool, log));'))).toEqual(['certain require-release-in-finally ticker:2']);
  });
});

describe('require-release-in-finally: a release that is put in place later', () => {
  const until = (finish: string, mark = ''): string => `
export function until(ready, ms, stop) {
  return new Promise((resolve, reject) => {
    let finish = () => {};
    const late = setTimeout(() => { finish(); reject(new Error('late')); }, ms);${mark}
    const poll = setInterval(() => { if (ready()) { finish(); resolve(); } }, 10);
    stop.addEventListener('abort', () => { finish(); reject(new Error('stopped')); });
    ${finish}
  });
}
`;

  it.each([
    ['an arrow function', 'finish = () => { clearTimeout(late); clearInterval(poll); };'],
    ['a function expression', 'finish = function () { clearTimeout(late); clearInterval(poll); };'],
    ['one that is emptied again', 'finish = () => { clearTimeout(late); clearInterval(poll); finish = () => {}; };'],
  ])('follows a call of a variable whose empty function is replaced by %s', (_, finish) => { expectSilent(until(finish)); });

  const REPORTED = ' //! likely require-release-in-finally late';
  it('still reports a rejection without that call', () => {
    expectFindings(until('finish = () => { clearTimeout(late); clearInterval(poll); };', REPORTED).replace("{ finish(); reject(new Error('stopped')); }", "{ reject(new Error('stopped')); }"));
  });

  it('still reports it where the function that replaces the empty one clears something else', () => {
    expectFindings(until('finish = () => { clearInterval(poll); };', REPORTED).replace('{ finish(); resolve(); }', '{ clearTimeout(late); finish(); resolve(); }'));
  });
});

describe('require-release-in-finally: the same code, written otherwise', () => {
  const original = `
export async function build(run, print) {
  const spinner = setInterval(() => print('.'), 80);
  await run();
  clearInterval(spinner);
}
`;
  const other = `
exports.build = async (run, print) => {
  const timers = require('node:timers');
  const spinner = timers.setInterval(() => print('.'), 80);
  await run();
  stop(spinner);
};
function stop(handle) { clearInterval(handle); }
`;
  const inClass = `
class Builder {
  async build(run, print) {
    let spinner;
    spinner = setInterval(() => print('.'), 80);
    await run();
    globalThis.clearInterval(spinner);
  }
}
module.exports = Builder;
`;
  it.each([['renamed', original.replaceAll('spinner', 'zzz')], ['with a helper in CommonJS', other], ['in a class', inClass]])('is judged alike %s', (_, code) => {
    const outcome = (text: string): string[] => findingsOf(text).map((finding) => finding.split(' ').slice(0, 2).join(' '));
    expect(outcome(code)).toEqual(outcome(original));
    expect(outcome(code)).toHaveLength(1);
  });
});

describe('require-release-in-finally: the listener of an abort clears', () => {
  const watched = (aborted: string, heard: string): string => `
export function watch(feed, ms) {
  return new Promise((resolve, reject) => {
    let quiet;
    const control = new AbortController();
    const other = new AbortController();
    const fail = (error) => {
      ${aborted};
      reject(error);
    };
    const tidy = () => { ${heard}; feed.close(); };
    control.signal.addEventListener('abort', () => { tidy(); });
    feed.on('line', () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => feed.ping(), ms);
    });
    feed.on('error', fail);
    feed.on('done', () => { clearTimeout(quiet); resolve(); });
  });
}
`;

  it('is silent where the controller is aborted before the promise is rejected', () => {
    expectSilent(watched('control.abort()', 'clearTimeout(quiet)'));
    expectSilent(watched('control?.abort?.()', 'clearTimeout(quiet)'));
  });

  it('still reports another controller, or a listener that clears nothing', () => {
    for (const [aborted, heard] of [['other.abort()', 'clearTimeout(quiet)'], ['control.abort()', 'feed.pause()'], ['feed.pause()', 'clearTimeout(quiet)']] as const) {
      expect(findingsOf(watched(aborted, heard)), aborted).toEqual(['likely require-release-in-finally quiet:14']);
    }
  });
});

describe('require-release-in-finally: where the exception comes from', () => {
  it('names the step that throws, though a handler around it ends the function in its usual way', () => {
    const code = `export const load = async (url) => {
  try {
    const timeout = setTimeout(() => stop(url), 60_000);
    const answer = await fetch(url);
    clearTimeout(timeout);
    return answer;
  } catch (error) {
    report(error);
  }
};
`;
    const [verdict] = verdictsOf(code);
    const skipped = verdict?.related.find(({ role }) => role === 'skipped');
    expect(code.slice(skipped?.span.start, skipped?.span.end)).toBe('await fetch(url)');
  });
});

describe('require-release-in-finally: which ways lead past the clear', () => {
  const guarded = (body: string, head = ''): string => `
${head}
export async function within(work, ms, options) {
  ${body}
}
`;
  const START = 'const deadline = setTimeout(() => options.abort(), ms);';

  it.each([
    ['a promise that may be rejected is waited for', `${START} const value = await work(); clearTimeout(deadline); return value;`],
    ['it is cleared in the success of a promise only', `${START} return work().then((value) => { clearTimeout(deadline); return value; });`],
    ['it is cleared in the success, and the failure is only told', `${START} return work().then((value) => { clearTimeout(deadline); return value; }).catch((error) => { options.log(error); throw error; });`],
    ['something is gone through as it comes', `${START} for await (const part of work()) options.write(part); clearTimeout(deadline);`],
    ['an error is thrown before it', `${START} const value = await work(); if (!value) throw new Error('none'); clearTimeout(deadline); return value;`],
    ['a helper of the file clears it behind the await', `${START} await work(); end(deadline);`],
  ])('reports it where %s', (_, body) => {
    expect(findingsOf(guarded(body, 'function end(timer) { clearTimeout(timer); }'))).toHaveLength(1);
  });

  it.each([
    ['the clear stands in a finally', `${START} try { return await work(); } finally { clearTimeout(deadline); }`],
    ['the promise is cleared in its finally', `${START} return work().finally(() => clearTimeout(deadline));`],
    ['success and failure clear', `${START} return work().then((value) => { clearTimeout(deadline); return value; }, (error) => { clearTimeout(deadline); throw error; });`],
    ['the failure is caught later and clears', `${START} return work().then((value) => { clearTimeout(deadline); return value; }).catch((error) => { clearTimeout(deadline); throw error; });`],
    ['nothing is waited for', `${START} options.begin(); clearTimeout(deadline);`],
    ['the handle is returned', `${START} await work(); clearTimeout(deadline); return deadline;`],
    ['the handle is handed to somebody', `${START} options.keep(deadline); await work(); clearTimeout(deadline);`],
    ['others run what clears it', `${START} options.end = () => clearTimeout(deadline); await work();`],
    ['the process ends there', `${START} try { await work(); } catch { process.exit(1); } clearTimeout(deadline);`],
    ['what is waited for cannot be rejected', `${START} await new Promise((resolve) => setTimeout(resolve, 10)); clearTimeout(deadline);`],
  ])('is silent where %s', (_, body) => {
    expectSilent(guarded(body));
  });

  it('is silent at the top level of a module, whose rejection ends the process', () => {
    expectSilent("const deadline = setTimeout(() => stop(), 90_000);\nawait work();\nclearTimeout(deadline);\nexport {};\n");
  });

  const settled = (body: string): string => guarded(`return new Promise((resolve, reject) => { const deadline = setTimeout(() => { reject(new Error('late')); }, ms); ${body} });`);

  it.each([
    ['an error rejects it', "work.on('error', reject); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
    ['a handler of an error rejects it', "work.on('error', (error) => { reject(error); }); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
    ['a promise rejects it', 'work().then((value) => { clearTimeout(deadline); resolve(value); }, reject);'],
    ['a helper rejects it that nobody clears before', "const fail = (error) => { reject(error); }; work.on('error', (error) => fail(error)); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
  ])('reports a promise that is settled without the clear where %s', (_, body) => {
    expect(findingsOf(settled(body))).toHaveLength(1);
  });

  it.each([
    ['an error clears as well', "work.on('error', (error) => { clearTimeout(deadline); reject(error); }); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
    ['an error clears afterwards', "work.on('error', (error) => { reject(error); clearTimeout(deadline); }); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
    ['a helper clears for all of them', "const end = (settle, value) => { clearTimeout(deadline); settle(value); }; work.on('error', (error) => end(reject, error)); work.on('done', (value) => end(resolve, value));"],
    ['whoever calls the helper that rejects has cleared', "const fail = (error) => { reject(error); }; work.on('error', (error) => { clearTimeout(deadline); fail(error); }); work.on('done', (value) => { clearTimeout(deadline); resolve(value); });"],
  ])('is silent about one where %s', (_, body) => {
    expectSilent(settled(body));
  });
});

describe('require-release-in-finally: one program after another, and the argument for each', () => {
  it.each([
    ['a clear behind an await that may be rejected', `
export async function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  const answer = await host.ask();
  clearTimeout(timer);
  return answer;
}
`, ['certain timer: skipped-by-rejection']],
    ['a clear in a finally', `
export async function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  try { return await host.ask(); } finally { clearTimeout(timer); }
}
`, []],
    ['a clear in both branches of a try', `
export async function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  try { const answer = await host.ask(); clearTimeout(timer); return answer; } catch (error) { clearTimeout(timer); throw error; }
}
`, []],
    ['a clear in the then of a promise', `
export function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  return host.ask().then((answer) => { clearTimeout(timer); return answer; });
}
`, ['certain timer: cleared-on-success']],
    ['a clear in the then and the catch', `
export function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  return host.ask().then((answer) => { clearTimeout(timer); return answer; }).catch((error) => { clearTimeout(timer); throw error; });
}
`, []],
    ['a clear by one function for both', `
export function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  const done = () => clearTimeout(timer);
  return host.ask().then(done, done);
}
`, []],
    ['a clear in the finally of a promise', `
export function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  return host.ask().finally(() => clearTimeout(timer));
}
`, []],
    ['a clear beside the resolve, and none beside the reject', `
export function ask(host) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => host.abort(), 30_000);
    host.ask((error, answer) => { if (error) { reject(error); return; } clearTimeout(timer); resolve(answer); });
  });
}
`, ['silent timer: rejected-uncleared rejects-when-fired said-by-rule']],
    ['a clear beside both', `
export function ask(host) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => host.abort(), 30_000);
    host.ask((error, answer) => { clearTimeout(timer); if (error) reject(error); else resolve(answer); });
  });
}
`, []],
    ['a clear beside the resolve, where a listener rejects', `
export function ask(socket) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('late')), 30_000);
    socket.once('data', (answer) => { clearTimeout(timer); resolve(answer); });
    socket.once('error', reject);
  });
}
`, ['likely timer: rejected-uncleared rejects-when-fired']],
    ['a clear by a helper for both', `
export function ask(socket) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('late')), 30_000);
    const fail = (error) => { clearTimeout(timer); reject(error); };
    socket.once('data', (answer) => { clearTimeout(timer); resolve(answer); });
    socket.once('error', fail);
  });
}
`, []],
    ['a helper that rejects, whose callers clear', `
export function ask(socket) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => host.abort(), 30_000);
    function fail(error) { reject(error); }
    socket.once('data', (answer) => { clearTimeout(timer); if (answer.isBad) { fail(answer); return; } resolve(answer); });
  });
}
`, []],
    ['a rejection before the timer', `
export function ask(socket) {
  return new Promise((resolve, reject) => {
    if (!socket.isOpen) { reject(new Error('closed')); return; }
    const timer = setTimeout(() => socket.destroy(), 30_000);
    socket.once('data', (answer) => { clearTimeout(timer); resolve(answer); });
  });
}
`, []],
    ['a return behind an await', `
export async function ask(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  const isOpen = await host.ask().catch(() => false);
  if (!isOpen) return undefined;
  clearInterval(timer);
  return host.answer;
}
`, ['likely timer: skipped-by-return may-be-meant-to-fire']],
    ['a return behind an await, of a time-out that tells', `
export async function ask(host) {
  let isLate = false;
  const timer = setTimeout(() => { isLate = true; }, 30_000);
  const isOpen = await host.ask().catch(() => false);
  if (isLate) return undefined;
  clearTimeout(timer);
  return host.answer;
}
`, []],
    ['a return behind an await, of a time-out whose callback is given', `
export async function ask(host, onLate) {
  const timer = setTimeout(onLate, 30_000);
  const isOpen = await host.ask().catch(() => false);
  if (!isOpen) return undefined;
  clearTimeout(timer);
  return host.answer;
}
`, []],
    ['an end of the process', `
export async function main(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  try { await host.ask(); } catch { process.exit(1); }
  clearInterval(timer);
}
`, []],
    ['a handle that is returned', `
export async function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  await host.ask();
  clearTimeout(timer);
  return timer;
}
`, []],
    ['a handle that is handed on', `
export async function ask(host) {
  const timer = setTimeout(() => host.abort(), 30_000);
  host.keep(timer);
  await host.ask();
  clearTimeout(timer);
}
`, []],
    ['a loop that waits', `
export async function ask(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  for await (const line of host.lines()) host.write(line);
  clearInterval(timer);
}
`, ['certain timer: skipped-by-rejection']],
    ['a generator', `
export async function* ask(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  yield host.first;
  clearInterval(timer);
}
`, ['likely timer: skipped-by-rejection may-not-reject']],
    ['a throw', `
export async function ask(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  await host.next().catch(() => undefined);
  if (host.isOver) throw new Error('over');
  clearInterval(timer);
}
`, ['certain timer: skipped-by-rejection']],
    ['a field that the same function clears', `
export class Asker {
  async ask(host) {
    this.timer = setInterval(() => host.ping(), 1_000);
    await host.ask();
    clearInterval(this.timer);
  }
}
`, ['certain timer: skipped-by-rejection']],
    ['a field that another function clears as well', `
export class Asker {
  async ask(host) {
    this.timer = setInterval(() => host.ping(), 1_000);
    await host.ask();
    clearInterval(this.timer);
  }
  stop() { clearInterval(this.timer); }
}
`, []],
    ['a module that waits at its top level', `
const timer = setInterval(() => ping(), 1_000);
await ask();
clearInterval(timer);
`, []],
    ['a promise of another class', `
export function ask(socket) {
  return new Deferred((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(), 30_000);
    socket.once('data', (answer) => { clearTimeout(timer); resolve(answer); });
    socket.once('error', reject);
  });
}
`, []],
    ['a child whose error comes before its close', `
import { spawn } from 'node:child_process';
export function run() {
  return new Promise((resolve, reject) => {
    const child = spawn('make');
    const timer = setTimeout(() => child.kill(), 30_000);
    child.on('error', reject);
    child.on('close', (code) => { clearTimeout(timer); resolve(code); });
  });
}
`, []],
    ['a wait of which it is known that it is not rejected', `
export async function ask(host) {
  const timer = setInterval(() => host.ping(), 1_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  clearInterval(timer);
}
`, []],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
