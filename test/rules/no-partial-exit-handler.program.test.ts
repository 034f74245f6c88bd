import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, verdictsOf } = checksFor('no-partial-exit-handler');

/** What the findings of a sample leave out, as `exit: stop`. */
function skippedIn(code: string): string[] {
  return verdictsOf(code)
    .filter((verdict) => verdict.outcome !== 'silent')
    .map((verdict) => `${verdict.symbol}: ${verdict.related.filter((one) => one.role === 'skipped').map((one) => one.name).join(', ')}`);
}

describe('no-partial-exit-handler: a wait in the exit of the process', () => {
  it('reports what stands behind the first await', () => {
    expectFindings(`
process.on('exit', async () => { //! certain no-partial-exit-handler exit
  await store.flush();
  await lock.release();
});
`);
  });

  it('names what never runs', () => {
    expect(skippedIn("process.once('exit', async () => { await store.flush(); lock.release(); rmSync(folder); });")).toEqual(['exit: release, rmSync']);
  });

  it('reports a handler by name, and one that calls an asynchronous clean-up', () => {
    expect(skippedIn("process.on('exit', leave);\nasync function leave() { await store.flush(); lock.release(); }")).toEqual(['exit: release']);
    expect(skippedIn("process.on('exit', () => { leave(); });\nasync function leave() { await store.flush(); lock.release(); }")).toEqual(['exit: release']);
  });

  it('is not certain of a function that is run for signals, too', () => {
    expectFindings(`
process.on('exit', leave);
process.on('SIGTERM', leave);
async function leave() { //! likely no-partial-exit-handler exit
  await store.flush();
  lock.release();
}
`.replace("leave);\nprocess.on('SIGTERM'", "leave); //! likely no-partial-exit-handler exit\nprocess.on('SIGTERM'").replace('leave() { //! likely no-partial-exit-handler exit', 'leave() {'));
  });

  it.each([
    ['a handler that does not wait', "process.on('exit', () => { lock.release(); });"],
    ['a handler that releases before it waits', "process.on('exit', async () => { lock.release(); await store.flush(); });"],
    ['the handler of a signal', "process.on('SIGTERM', async () => { await store.flush(); lock.release(); process.exit(0); });"],
    ['beforeExit, which comes again while there is work', "process.on('beforeExit', async () => { await store.flush(); lock.release(); });"],
    ['the exit of a child', "child.on('exit', async () => { await store.flush(); lock.release(); });"],
    ['a wait of a callback', "process.on('exit', () => { const later = async () => { await store.flush(); lock.release(); }; keep(later); });"],
  ])('is silent about %s', (_what, code) => {
    expectSilent(code);
  });
});

describe('no-partial-exit-handler: an exit before the clean-up has ended', () => {
  const server = (stop: string): string => `
async function cleanUp() {
  await sessions.save();
  await database.close();
}
export function stop() {
  ${stop}
}
`;

  it.each([
    ['a call', 'cleanUp(); process.exit(0);'],
    ['void', 'void cleanUp(); process.exit(0);'],
    ['a catch', 'cleanUp().catch(report); process.exit(0);'],
    ['a condition', 'if (running) cleanUp(); console.log(1); process.exit(0);'],
  ])('reports a clean-up that is dropped by %s', (_what, stop) => {
    expect(skippedIn(server(stop))).toEqual(['cleanUp: close']);
  });

  it('is certain', () => {
    expectFindings(server('cleanUp(); //! certain no-partial-exit-handler cleanUp\n  process.exit(0);'));
  });

  it.each([
    ['a clean-up that is awaited', 'return run(async () => { await cleanUp(); process.exit(0); });'],
    ['an exit in the continuation', 'cleanUp().then(() => process.exit(0));'],
    ['an exit in the end of the continuation', 'void cleanUp().finally(() => { process.exit(0); });'],
    ['an exit on another path', 'if (failed) process.exit(1); else cleanUp();'],
    ['an exit before', 'if (failed) process.exit(1); cleanUp();'],
    ['an exit after a time', 'cleanUp(); setTimeout(() => process.exit(1), 5000);'],
  ])('is silent about %s', (_what, stop) => {
    expectSilent(server(stop));
  });

  it('is silent about what is done before the clean-up waits', () => {
    expectSilent(server('cleanUp(); process.exit(0);').replace('  await sessions.save();\n  await database.close();', '  database.close();\n  await sessions.save();'));
  });

  it('is silent about an asynchronous function that releases nothing', () => {
    expectSilent(server('cleanUp(); process.exit(0);').replace('database.close', 'database.report'));
  });
});

describe('no-partial-exit-handler: ends of the program that leave a child process', () => {
  const program = (handlers: string, options = ''): string => `
import { spawn } from 'node:child_process';
const worker = spawn('worker', []${options});
${handlers}
`;

  it('is certain of a signal that nobody hears, beside one that ends the child', () => {
    expectFindings(program("process.on('SIGINT', () => { worker.kill(); process.exit(); }); //! certain no-partial-exit-handler SIGINT"));
    expect(skippedIn(program("process.on('SIGINT', () => { worker.kill(); process.exit(); });"))).toEqual(['SIGINT: SIGTERM']);
    expect(skippedIn(program("process.on('SIGTERM', () => { worker.kill(); process.exit(); });"))).toEqual(['SIGTERM: SIGINT']);
  });

  it('is not certain where only an error leaves it', () => {
    expectFindings(program("for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { worker.kill(signal); process.exit(); }); //! likely no-partial-exit-handler SIGINT\nawait build();"));
  });

  const SIGNALS = "process.on('SIGINT', stop); process.on('SIGTERM', stop);\nfunction stop() { worker.kill(); process.exit(0); }";

  it.each([
    ['its exits stand behind the kill', SIGNALS],
    ['it exits when the child has', `${SIGNALS}\nworker.on('exit', (code) => process.exit(code ?? 0));`],
    ['the end of the child runs the same clean-up', `${SIGNALS}\nworker.on('close', () => { console.log('over'); stop(); });`],
    ['it only hands the signals on', "process.on('SIGINT', () => worker.kill('SIGINT')); process.on('SIGTERM', () => worker.kill('SIGTERM'));\nworker.on('exit', (code) => process.exit(code));"],
  ])('is silent about a script that nothing else ends: %s', (_what, handlers) => {
    expectSilent(program(handlers));
    expectSilent(program(handlers).replace('const worker', "if (!process.env.TOKEN) process.exit(1);\nconst worker"));
  });

  it.each([
    ['exits elsewhere', "input.on('close', () => process.exit(1));"],
    ['exits when another child has ended', "const other = spawn('other', []); other.on('exit', () => process.exit(1));"],
    ['exits before it kills', "input.on('close', () => { if (failed) process.exit(1); worker.kill(); });"],
    ['throws', "input.on('data', (text) => { if (!text) throw new Error('nothing to do'); });"],
    ['waits for something that may fail', 'await build();'],
    ['waits on a port that may be taken', 'createServer(answer).listen(8080);'],
    ['is used by others', 'export const restart = () => worker.send(1);'],
  ])('still reports a program that %s', (_what, more) => {
    expect(skippedIn(program(`${SIGNALS}\n${more}`))).toEqual(['SIGINT: exit, uncaughtException']);
  });

  it('reports a handler once, however many children it ends', () => {
    expect(skippedIn(program("const other = spawn('other', []);\nprocess.on('SIGINT', () => { worker.kill(); other.kill(); process.exit(); });"))).toEqual(['SIGINT: SIGTERM']);
  });

  it('reports a child in a field, through calls', () => {
    expect(skippedIn(`
const { fork } = require('child_process');
class Pool {
  start() {
    this.worker = fork('worker.js');
    process.once('SIGINT', () => this.stop());
  }
  stop() {
    this.worker.kill();
  }
}
`)).toEqual(['SIGINT: SIGTERM']);
  });

  it.each([
    ['all of them', "for (const signal of ['SIGINT', 'SIGTERM', 'exit']) process.on(signal, () => { worker.kill(); });"],
    ['the exit beside the signals', "process.on('SIGINT', stop); process.on('SIGTERM', stop); process.on('exit', () => worker.kill());\nfunction stop() { worker.kill(); process.exit(); }"],
    ['only the exit, since a terminal tells the child of a signal, too', "process.on('exit', () => worker.kill());"],
    ['signals that are handed on to the child', "for (const signal of signals) process.on(signal, () => worker.kill(signal));"],
    ['a child of elsewhere', "process.on('SIGINT', () => other.kill());"],
    ['no child', "process.on('SIGINT', () => { server.close(); process.exit(); });"],
  ])('is silent about %s', (_what, handlers) => {
    expectSilent(program(handlers));
  });

  it('is silent about a child that is meant to stay', () => {
    expectSilent(program("process.on('SIGINT', () => { worker.kill(); process.exit(); });", ', { detached: true }'));
    expectSilent(program("worker.unref(); process.on('SIGINT', () => { worker.kill(); process.exit(); });"));
  });
});

describe('no-partial-exit-handler: a shutdown that stops at its first failure', () => {
  const shutdown = (close: string, more = 'await mailer.stop();\n  await database.close();'): string => `
export async function shutDown(server) {
  ${close}
  ${more}
}
`;
  const REJECTS = 'await new Promise((resolve, reject) => { server.close((error) => (error ? reject(error) : resolve())); });';

  it.each([
    ['a conditional', REJECTS],
    ['an if', 'await new Promise((resolve, reject) => server.close((error) => { if (error) reject(error); else resolve(); }));'],
    ['an early return', 'await new Promise((resolve, reject) => server.close((error) => { if (error) return reject(error); resolve(); }));'],
    ['reject itself', 'await new Promise((resolve, reject) => { server.on("idle", resolve); server.close(reject); });'],
    ['a try without a catch', `try { ${REJECTS} } finally { console.log(1); }`],
  ])('reports a step that rejects by %s', (_what, close) => {
    expect(skippedIn(shutdown(close))).toEqual(['shutDown: stop, close']);
  });

  it('is certain, and follows a call', () => {
    expectFindings(`
class Service {
  async stop() { //! certain no-partial-exit-handler stop
    if (this.server) await this.#closeServer();
    await this.mailer.stop();
    this.#timers.clear();
  }
  #timers = new Map();
  #closeServer() {
    return new Promise((resolve, reject) => this.server.close((error) => (error ? reject(error) : resolve())));
  }
}
`);
  });

  describe('a handle that is asked for', () => {
    const service = (drop: string, more = ''): string => `
class Service {
  async stop() {
    if (this.server) {
      await new Promise((resolve, reject) => this.server.close((error) => (error ? reject(error) : resolve())));
      ${drop}
    }
    await this.mailer.stop();
    this.#timers.clear();
  }
  ${more}
  #timers = new Map();
}
`;

    it('is silent where it is given up when it has ended, as nothing ends it twice', () => {
      expectSilent(service('this.server = undefined;'));
    });

    it('reports one that is kept, and one that another method ends', () => {
      expect(skippedIn(service(''))).toEqual(['stop: stop, clear']);
      expect(skippedIn(service('this.server = undefined;', 'pause() { this.server.close(); }'))).toEqual(['stop: stop, clear']);
    });
  });

  it('is not certain where one step is left', () => {
    expectFindings(shutdown(REJECTS, 'await database.close();').replace('(server) {', '(server) { //! likely no-partial-exit-handler shutDown'));
  });

  it.each([
    ['a catch around the step', `try { ${REJECTS} } catch (error) { console.error(error); }`],
    ['a catch of the promise', `${REJECTS.slice(0, -1)}.catch(console.error);`],
    ['an error that is looked at', "await new Promise((resolve, reject) => server.close((error) => { if (error && error.code !== 'ERR_SERVER_NOT_RUNNING') reject(error); else resolve(); }));"],
    ['an error that is looked at before', "await new Promise((resolve, reject) => server.close((error) => { if (!error) { resolve(); return; } if (error.code === 'ERR_SERVER_NOT_RUNNING') { resolve(); return; } reject(error); }));"],
    ['a server that is asked first', `if (server.listening) ${REJECTS}`],
    ['a server that is asked first, in the promise', 'await new Promise((resolve, reject) => { if (!server.listening) return resolve(); server.close((error) => (error ? reject(error) : resolve())); });'],
    ['a step that only resolves', 'await new Promise((resolve) => server.close(resolve));'],
    ['a step of which nothing is known', 'await server.close();'],
  ])('is silent about %s', (_what, close) => {
    expectSilent(shutdown(close));
  });

  it('is silent where nothing is left to do', () => {
    expectSilent(shutdown(REJECTS, "console.log('stopped');"));
    expectSilent(`export async function shutDown(server) {\n  await database.close();\n  ${REJECTS}\n}`);
  });

  it('is silent where the rest is done in any case', () => {
    expectSilent(shutdown(`try { ${REJECTS} } finally { await database.close(); await mailer.stop(); }`, ''));
  });

  it('is silent about a function that does not end anything', () => {
    expectSilent(shutdown(REJECTS).replace('shutDown', 'restart'));
  });

  const serve = (start: string, close = 'await end(server);', declared = 'const server = createServer(answer);'): string => `
function end(server) {
  return new Promise((resolve, reject) => { server.close((error) => (error ? reject(error) : resolve())); });
}
export async function serve(port) {
  ${declared}
  ${start}
  return { close: async () => { ${close} await mailer.stop(); await database.close(); } };
}
`;

  it.each([
    ['by a function', serve('await listen(server, port);')],
    ['in place', serve("await new Promise((resolve) => server.listen(port, resolve));", REJECTS)],
  ])('is silent about a server that was waited for to run, %s', (_what, code) => {
    expectSilent(code);
  });

  it.each([
    ['may not run yet', serve('void listen(server, port);')],
    ['runs on some paths only', serve('if (port) await listen(server, port);')],
    ['is not what was waited for', serve('await listen(other, port);')],
    ['may be another by then', serve('await listen(server, port);', undefined, 'let server = createServer(answer); onReload(() => { server = createServer(answer); });')],
  ])('still reports a server that %s', (_what, code) => {
    expect(skippedIn(code)).toEqual(['close: stop, close']);
  });
});
