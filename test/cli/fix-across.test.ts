import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';

const folder = temporaryFolder();
const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder.path, encoding: 'utf8' });
const REPAIR = ['fix', '--review', '--confidence', 'likely'];

const BUS = "import { EventEmitter } from 'node:events';\n\nexport const bus = new EventEmitter();\n";

/** An array that one file declares and two others fill. */
const FAILURES = {
  'src/state.ts': `import { bus } from './bus.js';

export interface Failure {
  readonly at: number;
  readonly message: string;
}

/** What has failed since the start. */
export const failures: Failure[] = [];

export function tellCount(): void {
  if (failures.length > 0) bus.emit('failing');
}
`,
  'src/listen.ts': `import { bus } from './bus.js';
import { failures } from './state.js';

bus.on('failure', (message: string) => {
  failures.push({ at: Date.now(), message });
});
`,
  'src/upload.ts': `import { bus } from './bus.js';
import {
  failures,
  tellCount,
} from './state.js';

bus.on('upload', (message: string, isDone: boolean) => {
  if (!isDone) failures.push({ at: Date.now(), message });
  tellCount();
});
`,
};
const TRIMMED = {
  'src/state.ts': FAILURES['src/state.ts'].replace("from './bus.js';\n", "from './bus.js';\n\nconst MAX_FAILURES = 1000;\n").replace('failures: Failure[] = [];\n', `failures: Failure[] = [];

/** Lets the oldest failures go; called wherever one is added. */
export function trimFailures(): void {
  if (failures.length > MAX_FAILURES) {
    failures.splice(0, failures.length - MAX_FAILURES);
  }
}
`),
  'src/listen.ts': FAILURES['src/listen.ts'].replace('{ failures }', '{ failures, trimFailures }').replace('message });\n', 'message });\n  trimFailures();\n'),
  'src/upload.ts': FAILURES['src/upload.ts'].replace('  failures,\n', '  failures,\n  trimFailures,\n').replace('  if (!isDone) failures.push({ at: Date.now(), message });\n', '  if (!isDone) {\n    failures.push({ at: Date.now(), message });\n    trimFailures();\n  }\n'),
};

/** The same, where the file that declares it also fills it. */
const FILLED_BY_ALL = `import { bus } from './bus.js';

const LIMIT_OF_TEXT = 80;
const failures: { readonly at: number; readonly message: string }[] = [];
function tellCount(): void {
  if (failures.length > 0) bus.emit('failing');
}

bus.on('crash', (message: string) => {
  failures.push({ at: Date.now(), message: message.slice(0, LIMIT_OF_TEXT) });
});

export {
  failures,
  tellCount,
};
`;
const FILLED_BY_ALL_TRIMMED = `import { bus } from './bus.js';

const LIMIT_OF_TEXT = 80;
const MAX_FAILURES = 1000;
const failures: { readonly at: number; readonly message: string }[] = [];

/** Lets the oldest failures go; called wherever one is added. */
function trimFailures(): void {
  if (failures.length > MAX_FAILURES) {
    failures.splice(0, failures.length - MAX_FAILURES);
  }
}

function tellCount(): void {
  if (failures.length > 0) bus.emit('failing');
}

bus.on('crash', (message: string) => {
  failures.push({ at: Date.now(), message: message.slice(0, LIMIT_OF_TEXT) });
  trimFailures();
});

export {
  failures,
  trimFailures,
  tellCount,
};
`;

/** The same in CommonJS. */
const COMMONJS = {
  'package.json': '{ "private": true }',
  'state.js': "'use strict'\n\nconst failures = []\n\nmodule.exports = { failures }\n",
  'listen.js': "'use strict'\n\nconst { bus } = require('./bus')\nconst { failures } = require('./state')\n\nbus.on('failure', (message) => {\n  failures.push({ at: Date.now(), message })\n})\n",
  'bus.js': "'use strict'\n\nconst { EventEmitter } = require('node:events')\n\nmodule.exports = { bus: new EventEmitter() }\n",
};
const COMMONJS_TRIMMED = {
  'state.js': `'use strict'

const MAX_FAILURES = 1000

const failures = []

/** Lets the oldest failures go; called wherever one is added. */
function trimFailures() {
  if (failures.length > MAX_FAILURES) {
    failures.splice(0, failures.length - MAX_FAILURES)
  }
}

module.exports = { failures, trimFailures }
`,
  'listen.js': COMMONJS['listen.js'].replace('{ failures }', '{ failures, trimFailures }').replace('message })\n', 'message })\n  trimFailures()\n'),
};

/** A clean-up of another file releases more than the handler. */
const PARTS = {
  'src/parts.ts': 'export interface Parts {\n  readonly sessions: Map<string, string>;\n  readonly titles: Map<string, string>;\n  readonly owners: Map<string, string>;\n}\n',
  'src/close.ts': `import type { Parts } from './parts.js';

function closeSession(parts: Parts, sessionId: string): void {
  parts.sessions.delete(sessionId);
  parts.titles.delete(sessionId);
  parts.owners.delete(sessionId);
}

export function closeAll(parts: Parts): void {
  for (const sessionId of [...parts.sessions.keys()]) closeSession(parts, sessionId);
}
`,
  'src/listen.ts': `import type { EventEmitter } from 'node:events';
import type { Parts } from './parts.js';

export function listen(parts: Parts, bus: EventEmitter): void {
  bus.on('open', (sessionId: string, title: string, owner: string) => {
    parts.sessions.set(sessionId, title);
    parts.titles.set(sessionId, title);
    parts.owners.set(sessionId, owner);
  });
  bus.on('exit', (sessionId: string) => {
    bus.emit('gone', sessionId);
    parts.sessions.delete(sessionId);
    parts.titles.delete(sessionId);
  });
}
`,
  'src/main.ts': `import { bus } from './bus.js';
import { closeAll } from './close.js';
import { listen } from './listen.js';

const parts = { sessions: new Map<string, string>(), titles: new Map<string, string>(), owners: new Map<string, string>() };
listen(parts, bus);
bus.on('idle', () => { closeAll(parts); });
`,
};
const UNIFIED = {
  'src/close.ts': PARTS['src/close.ts'].replace('function closeSession', 'export function closeSession'),
  'src/listen.ts': PARTS['src/listen.ts'].replace("import type { Parts } from './parts.js';\n", "import type { Parts } from './parts.js';\nimport { closeSession } from './close.js';\n")
    .replace('    parts.sessions.delete(sessionId);\n    parts.titles.delete(sessionId);\n', '    closeSession(parts, sessionId);\n'),
};

const MANIFEST = { 'package.json': '{ "private": true, "type": "module" }' };
const project = (files: Record<string, string>): Record<string, string> => ({ ...MANIFEST, 'src/bus.ts': BUS, ...files });
const textsOf = (names: Record<string, string>): Record<string, string> => Object.fromEntries(Object.keys(names).map((name) => [name, folder.read(name)]));

describe('a repair that several files share', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['trims an array where other files fill it', project(FAILURES), TRIMMED],
    ['does so in CommonJS', COMMONJS, COMMONJS_TRIMMED],
    ['does so where the file that declares it fills it, too, and exports it in a list', project({ ...FAILURES, 'src/state.ts': FILLED_BY_ALL }), { ...TRIMMED, 'src/state.ts': FILLED_BY_ALL_TRIMMED }],
    ['lets a handler call the clean-up of another file', project(PARTS), UNIFIED],
  ])('%s, and leaves nothing to do', async (_, before, after) => {
    folder.write(before);
    expect((await leakproof(folder, ...REPAIR, '--write')).status).toBe(0);
    expect(textsOf(before)).toEqual({ ...before, ...after });
    expect((await scanJson(folder, '--confidence', 'likely')).findings).toEqual([]);
    expect(await leakproof(folder, ...REPAIR, '--check')).toMatchObject({ status: 0, stdout: '' });
    expect((await leakproof(folder, 'fix', '--undo')).status).toBe(0);
    expect(textsOf(before)).toEqual(before);
  });

  it('holds the array at its limit in the running program', async () => {
    const fill = "const { bus } = require('./bus'); require('./listen'); for (let i = 0; i < 5000; i++) bus.emit('failure', i); const { failures } = require('./state'); console.log(failures.length, failures[0].message)";
    const run = (): string => execFileSync(process.execPath, ['-e', fill], { cwd: folder.path, encoding: 'utf8' }).trim();
    folder.write(COMMONJS);
    expect(run()).toBe('5000 0');
    await leakproof(folder, ...REPAIR, '--write');
    expect(run()).toBe('1000 4000');
  });

  it('is shown as one diff per file, and told once', async () => {
    folder.write(project(FAILURES));
    const { stdout, stderr } = await leakproof(folder, ...REPAIR);
    expect(stdout.match(/^--- a\/.*$/gmu)).toEqual(['--- a/src/listen.ts', '--- a/src/state.ts', '--- a/src/upload.ts']);
    expect(stderr.replace(/\s+/gu, ' ')).toContain('src/state.ts:9 failures: repaired by bound-collection (review; failures now keeps 1000 entries and forgets the oldest; --limit gives another number; in src/state.ts, src/listen.ts and src/upload.ts together;');
    expect(stderr).toContain('1 finding in 3 files would be repaired, 0 left as they are.');
    expect(textsOf(FAILURES)).toEqual(FAILURES);
  });

  it('writes into a file that nobody named, and nothing else there', async () => {
    const leaky = `${FAILURES['src/listen.ts']}\nexport class Clock {\n  start(): void {\n    setInterval(() => { bus.emit('tick'); }, 1000);\n  }\n}\n`;
    folder.write(project({ ...FAILURES, 'src/listen.ts': leaky }));
    expect((await leakproof(folder, ...REPAIR, '--write', 'src/state.ts')).status).toBe(0);
    expect(folder.read('src/listen.ts')).toBe(leaky.replace('{ failures }', '{ failures, trimFailures }').replace('message });\n', 'message });\n  trimFailures();\n'));
    expect(folder.read('src/state.ts')).toBe(TRIMMED['src/state.ts']);
  });

  it('stands beside repairs of one file', async () => {
    const more = "\nexport class Clock {\n  private ticks = setInterval(() => { bus.emit('tick'); }, 1000);\n\n  restart(): void {\n    this.ticks = setInterval(() => { bus.emit('tick'); }, 500);\n  }\n\n  stop(): void {\n    clearInterval(this.ticks);\n  }\n}\n";
    folder.write(project({ ...FAILURES, 'src/listen.ts': FAILURES['src/listen.ts'] + more }));
    const { stderr, status } = await leakproof(folder, ...REPAIR, '--write');
    expect(status).toBe(0);
    const text = folder.read('src/listen.ts');
    expect(text.startsWith(TRIMMED['src/listen.ts'])).toBe(true);
    expect(text.match(/clearInterval\(this\.ticks\);/gu)).toHaveLength(2);
    expect(stderr).toContain('2 findings in 3 files repaired');
    expect(await leakproof(folder, ...REPAIR, '--check')).toMatchObject({ status: 0, stdout: '' });
  });

  it('never writes through a link, which is no file of the project', async () => {
    folder.write(project(FAILURES));
    mkdirSync(`${folder.path}/shared`);
    renameSync(`${folder.path}/src/upload.ts`, `${folder.path}/shared/upload.txt`);
    symlinkSync('../shared/upload.txt', `${folder.path}/src/upload.ts`);
    expect((await leakproof(folder, ...REPAIR, '--write')).status).toBe(0);
    expect(textsOf(FAILURES)).toEqual({ ...TRIMMED, 'src/upload.ts': FAILURES['src/upload.ts'] });
  });

  it('keeps the line ends and the byte order mark of each file', async () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    folder.write(project({ ...FAILURES, 'src/listen.ts': windows(FAILURES['src/listen.ts']) }));
    expect((await leakproof(folder, ...REPAIR, '--write')).status).toBe(0);
    expect(folder.read('src/listen.ts')).toBe(windows(TRIMMED['src/listen.ts']));
    expect(folder.read('src/state.ts')).toBe(TRIMMED['src/state.ts']);
  });

  it('is not made without --review', async () => {
    folder.write(project(FAILURES));
    expect(await leakproof(folder, 'fix', '--confidence', 'likely')).toMatchObject({ stdout: '', stderr: expect.stringMatching(/The\s+repair\s+wants\s+a\s+look/u) as string });
  });
});

describe('all files or none: a repair is refused whole where one of its files', () => {
  const refusal = async (...args: string[]): Promise<string> => {
    const { stderr, status } = await leakproof(folder, ...REPAIR, '--write', ...args);
    expect(status).toBe(0);
    expect(textsOf(FAILURES)).toEqual(FAILURES);
    return stderr.replace(/\s+/gu, ' ');
  };

  it('is read-only', async () => {
    folder.write(project(FAILURES));
    chmodSync(`${folder.path}/src/upload.ts`, 0o444);
    expect(await refusal()).toContain('src/upload.ts would be changed with it, and is read-only.');
  });

  it('has uncommitted changes', async () => {
    folder.write(project(FAILURES));
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'all');
    folder.write({ 'src/upload.ts': `${FAILURES['src/upload.ts']}\n` });
    const { stderr } = await leakproof(folder, ...REPAIR, '--write', 'src/state.ts');
    expect(stderr.replace(/\s+/gu, ' ')).toContain('src/upload.ts would be changed with it, and has uncommitted changes.');
    expect(folder.read('src/state.ts')).toBe(FAILURES['src/state.ts']);
    expect((await leakproof(folder, ...REPAIR, '--write', '--allow-dirty', 'src/state.ts')).status).toBe(0);
    expect(folder.read('src/state.ts')).toBe(TRIMMED['src/state.ts']);
  });

  it('would have a type error', async () => {
    const tsconfig = '{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true, "target": "es2022", "module": "nodenext" }, "include": ["src"] }';
    const events = "declare module 'node:events' { export class EventEmitter { on(name: string, hear: (...args: any[]) => void): void; emit(name: string, ...args: unknown[]): void; } }\ninterface ReadonlyTexts extends ReadonlyArray<string> { push(text: string): number }\n";
    const state = FAILURES['src/state.ts'].replace('failures: Failure[] = []', 'failures: ReadonlyArray<Failure> & { push(one: Failure): number } = []');
    folder.write(project({ ...FAILURES, 'src/state.ts': state, 'src/events.d.ts': events, 'tsconfig.json': tsconfig }));
    const { stderr } = await leakproof(folder, ...REPAIR, '--write');
    expect(stderr.replace(/\s+/gu, ' ')).toMatch(/src\/state\.ts:9 failures: not repaired by bound-collection\. The repaired code has a type error that was not there in src\/state\.ts: Property 'splice' does not exist/u);
    expect(folder.read('src/listen.ts')).toBe(FAILURES['src/listen.ts']);
    folder.write({ 'src/state.ts': FAILURES['src/state.ts'] });
    expect((await leakproof(folder, ...REPAIR, '--write')).stdout.replace(/\s+/gu, ' ')).toContain('together; type-checked)');
  });

  it('fails a command of the project', async () => {
    folder.write(project({ ...FAILURES, 'check.cjs': "process.exit(require('node:fs').readFileSync('src/upload.ts', 'utf8').includes('trim') ? 1 : 0);\n" }));
    expect(await refusal('--verify', 'node check.cjs')).toContain('`node check.cjs` fails with it.');
  });
});

it('lets a handler call the function of another module that its sibling calls', async () => {
  const records = 'const records = new Map();\n\nexport async function startPipe(options) {\n  const { id } = options;\n  const pipe = globalThis.open(options);\n  records.set(id, pipe);\n  return pipe;\n}\n\nexport function dropRecord(id) {\n  records.delete(id);\n}\n';
  const serve = (drop: string): string => `import { dropRecord, startPipe } from './records.js';

const owners = new Map();

export function register(bus) {
  bus.handle('local', async (id, owner) => {
    const pipe = await startPipe({ id, size: 1 });
    owners.set(id, owner);
    pipe.onExit(() => {
      owners.delete(id);
      dropRecord(id);
    });
  });
  bus.handle('remote', async (pipeId, owner) => {
    const pipe = await startPipe({ id: pipeId, size: 2 });
    owners.set(pipeId, owner);
    pipe.onExit(() => {
      owners.delete(pipeId);
${drop}    });
  });
}
`;
  folder.write({ ...MANIFEST, 'src/records.js': records, 'src/serve.js': serve(''), 'src/main.js': "import { register } from './serve.js';\n\nregister(globalThis.bus);\n" });
  expect((await leakproof(folder, ...REPAIR, '--write')).status).toBe(0);
  expect(folder.read('src/serve.js')).toBe(serve('      dropRecord(pipeId);\n'));
  expect(folder.read('src/records.js')).toBe(records);
});

it('leaves out the guilty repair of several files and keeps the others', async () => {
  const both = { ...FAILURES, ...Object.fromEntries(Object.entries(PARTS).filter(([name]) => name !== 'src/main.ts').map(([name, text]) => [name.replace('src/', 'src/parts/'), text])), 'src/main.ts': PARTS['src/main.ts'].replaceAll("'./close.js'", "'./parts/close.js'").replaceAll("'./listen.js'", "'./parts/listen.js'") };
  folder.write(project({ ...both, 'check.cjs': "process.exit(require('node:fs').readFileSync('src/upload.ts', 'utf8').includes('trim') ? 1 : 0);\n" }));
  const { status, stderr } = await leakproof(folder, ...REPAIR, '--write', '--verify', 'node check.cjs');
  expect(status).toBe(0);
  expect(stderr.replace(/\s+/gu, ' ')).toContain('src/state.ts:9 failures: not repaired by bound-collection. `node check.cjs` fails with it.');
  expect(textsOf(FAILURES)).toEqual(FAILURES);
  expect(folder.read('src/parts/close.ts')).toBe(UNIFIED['src/close.ts']);
  expect(folder.read('src/parts/listen.ts')).toBe(UNIFIED['src/listen.ts']);
});

it('writes none of the files if one was changed meanwhile', async () => {
  folder.write(project({ ...FAILURES, 'check.cjs': "const fs = require('node:fs');\nif (!fs.existsSync('ran')) { fs.writeFileSync('ran', ''); fs.appendFileSync('src/upload.ts', '// mine\\n'); }\n" }));
  const { status, stderr } = await leakproof(folder, ...REPAIR, '--write', '--verify', 'node check.cjs');
  expect(status).toBe(2);
  expect(stderr.replace(/\s+/gu, ' ')).toContain('upload.ts was changed meanwhile, so it was not written.');
  expect(textsOf(FAILURES)).toEqual({ ...FAILURES, 'src/upload.ts': `${FAILURES['src/upload.ts']}// mine\n` });
});

describe('a repair that several files share is refused where', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['one of the files counts on positions', { 'src/next.ts': "import { bus } from './bus.js';\nimport { failures } from './state.js';\n\nlet told = 0;\nbus.on('next', () => {\n  if (failures[told++]) bus.emit('told');\n});\n" }, /Trimming would move what failures\[told\+\+\] means, in src\/next\.ts/u],
    ['one of them passes the collection on', { 'src/all.ts': "export * from './state.js';\n", 'src/main.ts': "import { tellCount } from './all.js';\n\ntellCount();\n" }, /src\/all\.ts passes failures on/u],
    ['one of them takes the whole module', { 'src/next.ts': "import * as state from './state.js';\n\nexport const count = (): number => state.failures.length;\n" }, /src\/next\.ts takes the module of failures as a whole/u],
    ['one of them adds to it within an expression', { 'src/next.ts': "import { bus } from './bus.js';\nimport { failures } from './state.js';\n\nbus.on('next', (message: string) => bus.emit('count', failures.push({ at: 0, message })));\n" }, /within a larger expression.*in src\/next\.ts/u],
    ['git ignores one of them', { '.gitignore': 'made.ts\n', 'src/made.ts': `${FAILURES['src/listen.ts']}\nexport function start(): void {}\n`, 'src/main.ts': "import { start } from './made.js';\n\nstart();\n" }, /src\/made\.ts adds to failures in a way that cannot be changed/u],
    ['one of them adds at the other end', { 'src/next.ts': "import { bus } from './bus.js';\nimport { failures } from './state.js';\n\nbus.on('next', (message: string) => {\n  failures.unshift({ at: 0, message });\n});\n" }, /grows at both of its ends/u],
  ])('%s', async (_, more, why) => {
    folder.write(project({ ...FAILURES, ...more }));
    const { stderr } = await leakproof(folder, ...REPAIR, '--write');
    expect(stderr.replace(/\s+/gu, ' ')).toMatch(why);
    expect(textsOf(FAILURES)).toEqual(FAILURES);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['the clean-up does other work', { 'src/close.ts': PARTS['src/close.ts'].replace('  parts.owners', "  console.log('closed');\n  parts.owners") }, /closeSession\(\) in src\/close\.ts does more than let go of what is kept for one key/u],
    ['the handler looks at the parts afterwards', { 'src/listen.ts': PARTS['src/listen.ts'].replace('    parts.titles.delete(sessionId);\n', "    parts.titles.delete(sessionId);\n    bus.emit('left', parts.owners.get(sessionId));\n") }, /parts is still used behind/u],
    ['the clean-up imports the handler', { 'src/close.ts': `import { listen } from './listen.js';\n${PARTS['src/close.ts']}\nexport const start = listen;\n` }, /src\/close\.ts imports src\/listen\.ts/u],
    ['its name is taken', { 'src/listen.ts': `${PARTS['src/listen.ts']}\nexport const closeSession = 1;\n` }, /closeSession is something else in src\/listen\.ts/u],
  ])('%s: a handler', async (_, more, why) => {
    folder.write(project({ ...PARTS, ...more }));
    const { stderr } = await leakproof(folder, ...REPAIR, '--write');
    expect(stderr.replace(/\s+/gu, ' ')).toMatch(why);
    expect(folder.read('src/listen.ts')).toBe(more['src/listen.ts'] ?? PARTS['src/listen.ts']);
  });
});
