import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

/** What is reported of a project, as `certain no-untracked-timer setInterval`. */
async function reported(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...files });
  const { findings } = await scanJson(folder, '--confidence', 'likely');
  return findings.map(({ confidence, rule, symbol }) => `${confidence} ${rule} ${symbol}`);
}

const POLL = 'export function watchLoad(machine) {\n  setInterval(() => machine.measure(), 60_000);\n}\n';
const POLLED = 'no-untracked-timer setInterval';

describe('an interval of a function whose callers the project knows', () => {
  it.each([
    ['the entry calls it', "import { watchLoad } from './poll.js';\nwatchLoad(globalThis.machine);\n"],
    ['a main function calls it', "import { watchLoad } from './poll.js';\nasync function main() {\n  await globalThis.machine.boot();\n  watchLoad(globalThis.machine);\n}\nvoid main();\n"],
    ['the page is loaded', "import { watchLoad } from './poll.js';\nwindow.addEventListener('load', () => watchLoad(globalThis.machine));\n"],
    ['the page is loaded, in the old way', "import { watchLoad } from './poll.js';\nwindow.onload = () => { watchLoad(globalThis.machine); };\n"],
    ['the program is ready', "import { app } from 'electron';\nimport { watchLoad } from './poll.js';\napp.on('ready', () => watchLoad(globalThis.machine));\n"],
  ])('is not certain if nothing shows a second run: %s', async (_, main) => {
    expect(await reported({ 'poll.js': POLL, 'main.js': main })).not.toContain(`certain ${POLLED}`);
  });

  it.each([
    ['an event calls it', "import { watchLoad } from './poll.js';\nglobalThis.hub.on('joined', (machine) => watchLoad(machine));\n"],
    ['a request calls it', "import { watchLoad } from './poll.js';\nglobalThis.app.post('/machines', (request, response) => { watchLoad(request.body); response.end(); });\n"],
  ])('is certain if %s', async (_, main) => {
    expect(await reported({ 'poll.js': POLL, 'main.js': main })).toEqual([`certain ${POLLED}`]);
  });

  it('is certain if anybody may call it, since a package offers it', async () => {
    expect(await reported({ 'package.json': '{ "name": "load", "version": "1.0.0", "main": "poll.js" }', 'poll.js': POLL })).toEqual([`certain ${POLLED}`]);
  });

  it('is not certain for what runs once, though its module has an end of its own for another timer', async () => {
    const scans = `${POLL}let scanning;\nexport function startScan() { scanning = setInterval(() => globalThis.radio.look(), 1000); }\nexport function stopScan() { clearInterval(scanning); }\n`;
    const main = "import { watchLoad, startScan, stopScan } from './poll.js';\nwatchLoad(globalThis.machine);\nglobalThis.hub.on('lost', () => { stopScan(); startScan(); });\n";
    expect(await reported({ 'poll.js': scans, 'main.js': main })).not.toContain(`certain ${POLLED}`);
    expect(await reported({ 'poll.js': scans, 'main.js': main.replace('watchLoad(globalThis.machine);', "globalThis.hub.on('joined', (machine) => watchLoad(machine));") })).toContain(`certain ${POLLED}`);
  });

  it('is not certain for a retry of what the module starts', async () => {
    const page = 'const start = () => {\n  if (!globalThis.store) { setTimeout(() => start(), 100); return; }\n  const { store } = globalThis;\n  setInterval(() => store.look(), 1000);\n};\nstart();\n';
    expect((await reported({ 'page.js': page })).filter((one) => one.startsWith('certain'))).toEqual([]);
  });
});

describe('an end that only the end of the program brings', () => {
  const updates = "export class Updates {\n  start() {\n    setInterval(() => this.look(), 60_000);\n  }\n  look() {}\n  shutdown() { this.last = undefined; }\n}\n";
  const main = (end: string): string => `import { app } from 'electron';\nimport { Updates } from './updates.js';\nglobalThis.hub.on('joined', () => { const updates = new Updates(); globalThis.all.push(updates); updates.start(); });\n${end}\n`;

  it.each([
    ["Electron's", "app.on('will-quit', () => { for (const one of globalThis.all) { const updates = new Updates(); updates.shutdown(); } });"],
    ['a signal, after which the program exits', "process.on('SIGTERM', () => { const updates = new Updates(); updates.shutdown(); process.exit(0); });"],
  ])('is nothing to be sure of: %s', async (_, end) => {
    expect(await reported({ 'updates.js': updates, 'main.js': main(end) })).toEqual([`likely ${POLLED}`]);
  });

  it.each([
    ['an event', "globalThis.hub.on('left', () => { const updates = new Updates(); updates.shutdown(); });"],
    ['a signal after which it goes on', "process.on('SIGHUP', () => { const updates = new Updates(); updates.shutdown(); });"],
  ])('still is certain of %s', async (_, end) => {
    expect(await reported({ 'updates.js': updates, 'main.js': main(end) })).toEqual([`certain ${POLLED}`]);
  });

  const keeper = (module: string, made: string): string => `import { ${made} } from '${module}';\nexport class Updates {\n  start() {\n    this.one = ${made}('a');\n    this.other = ${made}('b');\n  }\n  look() {}\n  shutdown() { this.one.${made === 'watch' ? 'close' : 'kill'}(); }\n}\n`;
  const quits = main("app.on('will-quit', () => { const updates = new Updates(); updates.shutdown(); });");
  const closes = main("globalThis.hub.on('left', () => { const updates = new Updates(); updates.shutdown(); });");

  it('is nothing to be sure of for a member that it leaves', async () => {
    expect(await reported({ 'updates.js': keeper('node:fs', 'watch'), 'main.js': quits })).toEqual(['likely no-forgotten-field shutdown']);
    expect(await reported({ 'updates.js': keeper('node:fs', 'watch'), 'main.js': closes })).toEqual(['certain no-forgotten-field shutdown']);
  });

  it('still is certain of a child process, which outlives it', async () => {
    expect((await reported({ 'updates.js': keeper('node:child_process', 'spawn'), 'main.js': quits })).filter((one) => one.startsWith('certain'))).not.toEqual([]);
  });
});

describe('an interval that starts with its object', () => {
  const cache = 'export class Pictures {\n  constructor() {\n    setInterval(() => this.look(), 60_000);\n  }\n}\n';

  it('is not certain where the project makes one object', async () => {
    expect(await reported({ 'pictures.js': cache, 'main.js': "import { app } from 'electron';\nimport { Pictures } from './pictures.js';\napp.on('ready', () => {\n  const pictures = new Pictures();\n  globalThis.handle((name) => pictures.look(name));\n});\n" }))
      .not.toContain(`certain ${POLLED}`);
  });

  it('still is certain where it makes one for each connection', async () => {
    expect(await reported({ 'pictures.js': cache, 'main.js': "import { Pictures } from './pictures.js';\nglobalThis.server.on('connection', (socket) => {\n  const pictures = new Pictures();\n  socket.on('message', (name) => pictures.look(name));\n});\n" }))
      .toEqual([`certain ${POLLED}`]);
  });

  it('is not stopped by what it runs itself, whatever its name', async () => {
    const swept = cache.replace('() => this.look()', 'this.cleanup.bind(this)').replace(/\}\n$/, '  cleanup() { this.names = this.names.filter((name) => name.isFresh); }\n}\n');
    const [only, ...others] = await reported({ 'pictures.js': swept, 'main.js': "import { Pictures } from './pictures.js';\nglobalThis.server.on('connection', () => { globalThis.last = new Pictures(); });\n" });
    expect(only).toMatch(POLLED);
    expect(others).toEqual([]);
  });
});

describe('an interval of what only a host makes', () => {
  const plugin = 'export default class LoadPlugin {\n  constructor() {\n    setInterval(() => this.measure(), 60_000);\n  }\n  measure() { globalThis.load = readLoad(); }\n}\n';
  const beside = { 'plugin.js': plugin, 'read.js': 'export const readLoad = () => 1;\n' };

  it.each([
    ['a program that is not published', '{ "private": true }'],
    ['an extension of an editor', '{ "name": "load", "version": "1.0.0", "main": "plugin.js", "engines": { "vscode": "^1.90.0" } }'],
    ['a program of Electron', '{ "name": "load", "version": "1.0.0", "main": "plugin.js", "devDependencies": { "electron": "^40.0.0" } }'],
    ['a package that names a command only', '{ "name": "load", "version": "1.0.0", "bin": "plugin.js" }'],
  ])('is not certain in %s', async (_, manifest) => {
    expect(await reported({ 'package.json': manifest, ...beside })).not.toContain(`certain ${POLLED}`);
  });

  it.each([
    ['a package that others build on', '{ "name": "load", "version": "1.0.0", "exports": { ".": { "default": "./plugin.js" } } }'],
    ['one whose entry a build makes of sources that it does not name', '{ "name": "load", "version": "1.0.0", "main": "./bundle/all.js" }'],
  ])('still is certain in %s', async (_, manifest) => {
    expect(await reported({ 'package.json': manifest, ...beside })).toContain(`certain ${POLLED}`);
  });

  it('still is certain in a file that is all that is known', async () => {
    expect(await reported({ 'plugin.js': plugin })).toContain(`certain ${POLLED}`);
  });

  it('still is certain where the project makes one for each request', async () => {
    expect(await reported({ ...beside, 'main.js': "import LoadPlugin from './plugin.js';\nglobalThis.app.get('/load', (request, response) => { response.json(new LoadPlugin().load); });\n" })).toContain(`certain ${POLLED}`);
  });
});

describe('a listener of an object of which the project makes one', () => {
  const hub = "import { ipcMain } from 'electron';\nexport class Bus {\n  constructor() {\n    ipcMain.on('say', (event, text) => this.say(text));\n  }\n  close() { this.names = []; }\n}\n";

  it('is not certain', async () => {
    expect(await reported({ 'bus.js': hub, 'main.js': "import { Bus } from './bus.js';\nconst bus = new Bus();\nglobalThis.quit = () => bus.close();\n" })).not.toContain('certain no-leaked-listener ipcMain.on');
  });

  it('still is certain if there is one for each window', async () => {
    expect(await reported({ 'bus.js': hub, 'main.js': "import { app } from 'electron';\nimport { Bus } from './bus.js';\napp.on('browser-window-created', (event, win) => {\n  const bus = new Bus();\n  win.on('closed', () => bus.close());\n});\n" })).toEqual(['certain no-leaked-listener ipcMain.on']);
  });
});

describe('a listener on a signal that is given', () => {
  const load = "export async function load(url, signal) {\n  const late = () => globalThis.console.log(url);\n  signal.addEventListener('abort', late);\n  return await fetch(url);\n}\n";

  it('is not certain where only the project calls the function', async () => {
    expect(await reported({ 'load.js': load, 'main.js': "import { load } from './load.js';\nconst controller = new AbortController();\nawait load('/a', controller.signal);\n" })).toEqual(['likely no-leaked-listener signal.addEventListener']);
  });

  it('still is certain where a package offers the function to everybody', async () => {
    expect(await reported({ 'package.json': '{ "name": "load", "version": "1.0.0", "main": "load.js", "type": "module" }', 'load.js': load })).toEqual(['certain no-leaked-listener signal.addEventListener']);
  });
});

describe('an override that does not call its base', () => {
  const base = "export class Network {\n  constructor() { this.pool = makePool(); this.log = makeLog(); }\n  async close() { await this.pool.close(); await this.log.close(); }\n}\n";
  const network = (body: string): string => `import { Network } from './network.js';\nexport class Bigger extends Network {\n  async close() { ${body} }\n}\n`;

  it('is silent if it lets go of everything that the base lets go of', async () => {
    expect(await reported({ 'network.js': base, 'bigger.js': network('await Promise.all([this.pool.close(), this.log.close(), this.view.close()]);') })).toEqual([]);
  });

  it('is silent if it lets go of it in steps that it calls later', async () => {
    expect(await reported({ 'network.js': base, 'bigger.js': network('for (const step of [() => this.pool.close(), () => this.log.close()]) await step();') })).toEqual([]);
    expect(await reported({ 'network.js': base, 'bigger.js': network('for (const step of [() => this.pool.close(), () => this.log.flush()]) await step();') })).toEqual(['certain no-forgotten-field close']);
  });

  it('still is reported if it leaves one of them', async () => {
    expect(await reported({ 'network.js': base, 'bigger.js': network('await this.pool.close();') })).toEqual(['certain no-forgotten-field close']);
  });
});

describe('a handle that a second start would overwrite', () => {
  const spinner = "export const log = {\n  animation: null,\n  show() { log.animation = setInterval(() => log.draw(), 80); },\n  hide() { clearInterval(log.animation); },\n  draw() { process.stdout.write('.'); },\n};\n";

  it('is not certain if the project starts it once', async () => {
    expect(await reported({ 'log.js': spinner, 'main.js': "import { log } from './log.js';\nlog.show();\nsetTimeout(() => log.hide(), 1000);\n" })).not.toContain('certain no-timer-overwrite animation');
  });

  it('still is certain if events start it', async () => {
    expect(await reported({ 'log.js': spinner, 'main.js': "import { log } from './log.js';\nglobalThis.hub.on('busy', () => log.show());\nglobalThis.hub.on('idle', () => log.hide());\n" })).toContain('certain no-timer-overwrite animation');
  });

  it('is not certain if what starts it again hides it first', async () => {
    const log = spinner.replace("draw()", "say(text) { if (log.animation) log.hide(); globalThis.console.log(text); if (log.isBusy) log.show(); },\n  draw()");
    expect(await reported({ 'log.js': log, 'main.js': "import { log } from './log.js';\nlog.show();\nglobalThis.hub.on('text', (text) => log.say(text));\n" })).not.toContain('certain no-timer-overwrite animation');
  });

  const request = "export class Request {\n  ask() { this.poll = setInterval(() => this.look(), 80); }\n  abort() { clearInterval(this.poll); }\n  look() { globalThis.seen = this; }\n}\n";

  it('is not certain if each start is that of another object', async () => {
    expect(await reported({ 'request.js': request, 'main.js': "import { Request } from './request.js';\nglobalThis.hub.on('ask', () => {\n  const request = new Request();\n  request.ask();\n  setTimeout(() => request.abort(), 1000);\n});\n" })).not.toContain('certain no-timer-overwrite poll');
  });

  it('is not certain if a factory makes another object each time', async () => {
    expect(await reported({ 'request.js': request, 'hub.js': "import { Request } from './request.js';\nexport class Hub {\n  createRequest() { return new Request(); }\n  listen(source) {\n    source.on('ask', () => {\n      const request = (this.last = this.createRequest());\n      request.ask();\n    });\n    source.on('done', () => this.last.abort());\n  }\n}\n" })).not.toContain('certain no-timer-overwrite poll');
  });

  it('is certain if a package publishes an interval, and not a time-out, that nothing starts twice', async () => {
    const files = { 'package.json': '{ "name": "asks", "version": "1.0.0", "main": "main.js" }', 'main.js': "export { Request } from './request.js';\n" };
    expect(await reported({ ...files, 'request.js': request })).toContain('certain no-timer-overwrite poll');
    const once = request.replace('setInterval', 'setTimeout').replace('clearInterval', 'clearTimeout');
    expect(await reported({ ...files, 'request.js': once })).not.toContain('certain no-timer-overwrite poll');
  });

  it('still is certain if an object is started twice', async () => {
    expect(await reported({ 'request.js': request, 'main.js': "import { Request } from './request.js';\nconst request = new Request();\nglobalThis.hub.on('ask', () => request.ask());\nglobalThis.hub.on('done', () => request.abort());\n" })).toContain('certain no-timer-overwrite poll');
  });
});
