import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, reasonsFor } = checksFor('no-manual-only-release');

describe('no-manual-only-release: entries of work in progress', () => {
  it('reports a mark that stays when what it marks fails', () => {
    expectFindings(`
export class Importer {
  private busy = new Set<string>(); //! certain no-manual-only-release busy
  constructor(private readonly store: Store) {}
  async bringIn(path: string) {
    if (this.busy.has(path)) return;
    this.busy.add(path);
    await this.store.read(path);
    this.busy.delete(path);
  }
}
`);
  });

  it('reports a handler that throws on without taking the entry out', () => {
    expectFindings(`
const open = new Map(); //! certain no-manual-only-release open
export async function ask(question, wire) {
  open.set(question.id, question);
  let answer;
  try {
    answer = await wire.send(question);
  } catch (error) {
    throw new Error('no answer', { cause: error });
  }
  open.delete(question.id);
  return answer;
}
`);
  });

  it('reports a handler that notes the failure and returns', () => {
    expectFindings(`
const open = new Map(); //! certain no-manual-only-release open
export async function ask(question, wire, log) {
  open.set(question.id, question);
  try {
    const answer = await wire.send(question);
    open.delete(question.id);
    return answer;
  } catch (error) {
    log.warn(error);
    return undefined;
  }
}
`);
  });

  it('reports a promise that is kept when it is rejected', () => {
    expectFindings(`
const loading = new Map(); //! certain no-manual-only-release loading
export function load(name, disk) {
  const known = loading.get(name);
  if (known) return known;
  const work = disk.read(name).then((text) => {
    loading.delete(name);
    return text;
  });
  loading.set(name, work);
  return work;
}
`);
  });

  it('reports a part of the run that fails before it takes the entry out', () => {
    expectFindings(`
const closing = new Map(); //! certain no-manual-only-release closing
export function close(name, rooms) {
  if (closing.has(name)) return closing.get(name);
  const work = (async () => {
    await rooms.leave(name);
    closing.delete(name);
  })();
  closing.set(name, work);
  return work;
}
`);
  });

  it('reports a return before the deletion that every run owes as likely', () => {
    expectFindings(`
const attempts = new Map(); //! likely no-manual-only-release attempts
export async function connect(key, hosts, gate) {
  const count = (attempts.get(key) ?? 0) + 1;
  attempts.set(key, count);
  if (count > 5) return gate.refuse(key);
  const host = await hosts.find(key);
  attempts.delete(key);
  return host;
}
`);
  });

  it('is likely where another run sets a key that it has found, and goes through those that are there', () => {
    expectFindings(`
export class Pulls {
  private readonly open = new Map<string, State>(); //! likely no-manual-only-release open
  async pull(path: string, server: Server) {
    const known = this.open.get(path);
    if (known === undefined) {
      this.open.set(path, { asked: true });
      await server.ask(path);
      this.open.delete(path);
    } else {
      this.open.set(path, { again: true });
    }
  }
  stopAll() {
    for (const [path, state] of this.open) this.open.set(path, { ...state, over: true });
  }
}
`);
  });

  it('names what leads past the deletion', () => {
    expect(reasonsFor(`
const busy = new Set();
export async function sync(id, remote) {
  busy.add(id);
  await remote.push(id);
  busy.delete(id);
}
`)).toEqual(['kept-on-rejection']);
  });

  it('is silent where a finally takes the entry out', () => {
    expectSilent(`
const busy = new Set();
export async function sync(id, remote) {
  busy.add(id);
  try {
    await remote.push(id);
  } finally {
    busy.delete(id);
  }
}
export function pull(id, remote) {
  busy.add(id);
  return remote.pull(id).finally(() => busy.delete(id));
}
`);
  });

  it('is silent where both outcomes take the entry out', () => {
    expectSilent(`
const loading = new Map();
export function load(name, disk) {
  const work = disk.read(name).then((text) => { loading.delete(name); return text; }, (error) => { loading.delete(name); throw error; });
  loading.set(name, work);
  return work;
}
const fetching = new Map();
export function get(name, disk) {
  const work = disk.read(name);
  fetching.set(name, work);
  work.then(() => fetching.delete(name)).catch(() => fetching.delete(name));
  return work;
}
`);
  });

  it('is silent where the failure is swallowed before the deletion', () => {
    expectSilent(`
const busy = new Set();
export async function sync(id, remote, log) {
  busy.add(id);
  try {
    await remote.push(id);
  } catch (error) {
    log.warn(error);
  }
  busy.delete(id);
}
`);
  });

  it('is silent where nothing can fail before the deletion', () => {
    expectSilent(`
const shown = new Set();
export async function flash(id) {
  shown.add(id);
  await new Promise((resolve) => setTimeout(resolve, 200));
  shown.delete(id);
}
`);
  });

  it('is silent where an entry is meant to stay, and goes on failure only', () => {
    expectSilent(`
const sessions = new Map();
export async function join(id, host) {
  sessions.set(id, { host });
  const answer = await host.greet(id);
  if (!answer.ok) {
    sessions.delete(id);
    return undefined;
  }
  return answer;
}
export function end(id) {
  sessions.delete(id);
}
setInterval(() => { for (const [id, session] of sessions) if (session.host.gone) sessions.delete(id); }, 60_000);
`);
  });

  it('is silent where a sweep, or an event, takes out what the run leaves', () => {
    expectSilent(`
const open = new Map();
export async function ask(question, wire) {
  open.set(question.id, question);
  const answer = await wire.send(question);
  open.delete(question.id);
  return answer;
}
export function attach(wire) {
  wire.on('close', () => open.clear());
}
`);
  });

  it('is silent where the keys are those that the program names', () => {
    expectSilent(`
const running = new Set<'index' | 'backup'>();
export async function run(job: 'index' | 'backup', worker) {
  running.add(job);
  await worker.do(job);
  running.delete(job);
}
`);
  });

  it('is not certain where others may take the entry out, or where what is awaited may not fail', () => {
    expectNothingCertain(`
const busy = new Set();
export async function sync(id, remote) {
  busy.add(id);
  await remote.push(id);
  busy.delete(id);
}
export function forget(id) {
  busy.delete(id);
}
`);
    expectNothingCertain(`
const busy = new Set();
let last = Promise.resolve();
export async function sync(id) {
  busy.add(id);
  await last;
  busy.delete(id);
}
export function next(work) { last = work; }
`);
    expectNothingCertain(`
export class Line {
  private queued = new Set<string>();
  private last = new Map<string, Promise<void>>();
  async put(name: string, work) {
    this.queued.add(name);
    const before = this.last.get(name) ?? Promise.resolve();
    await before;
    this.queued.delete(name);
    this.last.set(name, work().catch(() => {}));
  }
}
`);
    expectNothingCertain(`
const open = new Map();
export async function close(id, make) {
  const one = make(id);
  open.set(id, one);
  await one.close();
  open.delete(id);
}
`);
  });

  it('is silent about the course of a script, which ends with its failure', () => {
    expectSilent(`
const open = new Map();
const name = process.argv[2];
open.set(name, 1);
await fetch(name);
open.delete(name);
`);
  });
});
