import { describe, expect, it } from 'vitest';
import { endingsOf } from '../../../src/core/questions/ending-functions.js';
import { analyze } from '../../../src/core/index.js';
import { lineAt } from '../../../src/core/facts/statements.js';
import { modelOf } from '../../support/check.js';

/** The endings of a sample, as `event exit:3`, with the line where the part that counts begins behind a slash. */
function endingsIn(code: string): string[] {
  const model = modelOf(code);
  return endingsOf(analyze(model).facts).map(({ how, name, node, within }) => `${how} ${name}:${String(lineAt(model.text, node.range[0]))}${within ? `/${String(lineAt(model.text, within.range[0]))}` : ''}`);
}

describe('endings', () => {
  it.each([
    ["pty.on('exit', () => drop());", 'event exit:1'],
    ["pty.once('close', drop);", 'event close:1'],
    ['pty.onExit(() => drop());', 'event exit:1'],
    ['transport.onclose = () => drop();', 'event close:1'],
    ['pty.listen({ data: show, exit: () => drop() });\nfunction show() {}', 'event exit:1'],
    ["process.on('SIGTERM', () => drop());", 'signal SIGTERM:1'],
    ["process.on('exit', () => drop());", 'signal exit:1'],
    ["process.once('uncaughtException', () => drop());", 'signal uncaughtException:1'],
    ["app.on('before-quit', () => drop());", 'signal before-quit:1'],
    ["window.addEventListener('beforeunload', () => drop());", 'signal beforeunload:1'],
    ['onUnmounted(() => drop());', 'unmount unmounted:1'],
  ])('are registered: %s', (code, ending) => {
    expect(endingsIn(`${code}\nfunction drop() {}`)).toEqual([ending]);
  });

  it.each([
    ["for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => drop());"],
    ["['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => drop()));"],
    ["['SIGINT', 'SIGTERM'].forEach(function (signal) { process.on(signal, drop); });"],
    ["const SIGNALS = ['SIGINT', 'SIGTERM'] as const; for (const signal of SIGNALS) process.on(signal, drop);"],
  ])('are registered from a list: %s', (code) => {
    expect(endingsIn(`${code}\nfunction drop() {}`)).toEqual(['signal SIGINT:1', 'signal SIGTERM:1']);
  });

  it.each([
    ["pty.on('data', () => drop());"],
    ["process.on('SIGWINCH', () => drop());"],
    ["process.on('SIGUSR1', () => drop());"],
    ["process.on('message', () => drop());"],
  ])('are not what ends nothing: %s', (code) => {
    expect(endingsIn(`${code}\nfunction drop() {}`)).toEqual([]);
  });

  it('are the branches of a dispatcher', () => {
    expect(endingsIn(`
function dispatch(event) {
  if (event.type === 'session.deleted') {
    titles.delete(event.id);
  }
  if (event.type === 'session.created') titles.set(event.id, '');
}
const titles = new Map();
`)).toEqual(['branch session.deleted:2/2']);
  });

  it('are what follows when all other events have left', () => {
    expect(endingsIn("function onEvent({ type, id }) {\n  if (type !== 'exit') return;\n  titles.delete(id);\n}\nconst titles = new Map();")).toEqual(['branch exit:2']);
  });

  it('are the cases of a switch, those that share a body included', () => {
    expect(endingsIn("function dispatch(event) {\n  switch (event.type) {\n    case 'opened': break;\n    case 'closed':\n    case 'session.gone':\n      titles.delete(event.id);\n  }\n}\nconst titles = new Map();")).toEqual(['branch closed:4/5', 'branch session.gone:5/5']);
  });

  it('are no comparisons of a state', () => {
    expect(endingsIn("function send(socket) {\n  if (socket.readyState === 'closed') return;\n  socket.send('');\n}")).toEqual([]);
  });

  it('are the methods that bear the name, and those that release by key whatever their name', () => {
    expect(endingsIn(`
export class Rooms {
  names = new Map();
  sizes = new Map();
  dispose() {}
  forgetIt(id) { this.names.delete(id); this.sizes.delete(id); }
  rename(id, name) { this.names.set(id, name); }
  closeDialog() {}
  [Symbol.dispose]() {}
}
`)).toEqual(['teardown dispose:4', 'teardown forgetIt:5', 'teardown [Symbol.dispose]:8']);
  });

  it('are the sweeps of a timer, by the function that it calls', () => {
    expect(endingsIn(`
const seen = new Map();
setInterval(() => sweep(), 1000);
function sweep() { for (const [id, at] of seen) if (at < Date.now()) seen.delete(id); }
setInterval(() => console.log(seen.size), 1000);
`)).toEqual(['sweep sweep:2']);
  });

  it('are no callbacks that only drop their own timer', () => {
    expect(endingsIn('const timers = new Map();\nfunction later(id, ms) {\n  timers.set(id, setTimeout(() => timers.delete(id), ms));\n}')).toEqual([]);
  });

  it('are the hooks of a framework', () => {
    expect(endingsIn(`
import { Component } from 'react';
export class View extends Component {
  componentWillUnmount() { clearTimeout(this.timer); }
}
export function Other() {
  useEffect(() => {
    return () => stop();
  }, []);
}
`)).toEqual(['unmount componentWillUnmount:3', 'unmount useEffect:7']);
  });

  it('are the blocks of finally that release something', () => {
    expect(endingsIn(`
const running = new Map();
async function run(id, job) {
  running.set(id, job);
  try { await job(); } finally { running.delete(id); }
  try { await job(); } finally { console.log(id); }
  job().finally(() => running.delete(id));
}
`)).toEqual(['finally finally:4/4', 'finally finally:6']);
  });
});
