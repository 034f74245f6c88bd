import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf } = checksFor('require-release-in-finally');

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
    const deadline = setTimeout(() => reject(new Error('late')), ms); //! certain require-release-in-finally deadline
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
