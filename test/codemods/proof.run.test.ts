import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.js';
import type { CodemodId } from '../../src/codemod/codemod.js';
import { repairFile } from '../../src/codemod/run.js';
import { DEFAULT_SETTINGS } from '../../src/core/index.js';
import { temporaryFolder } from '../support/folder.js';

/**
 * Each codemod on a running program, in a process of its own with real timers
 * and a real heap: as it was, the process holds more after every cycle; as it is
 * repaired, the second half of the cycles adds nothing.
 */
const HARNESS = fileURLToPath(new URL('harness.mjs', import.meta.url));
const CYCLES = 400;
/** What all cycles of one half would keep is 6 megabytes; this is what a heap varies by. */
const FLAT_MEGABYTES = 2;

type Held = 'timers' | 'listeners' | 'entries';

interface Program {
  readonly codemod: CodemodId;
  /** What grows besides the heap. */
  readonly held: Held;
  readonly text: string;
}

const PROGRAMS: readonly Program[] = [
  {
    codemod: 'track-timers',
    held: 'timers',
    text: `
export class Desk {
  constructor(load) {
    this.load = load;
    setInterval(() => this.tick(), 60_000);
  }
  tick() { return this.load; }
  close() {}
}
export function cycle(index, load) {
  new Desk(load).close();
}
`,
  },
  {
    codemod: 'clear-before-set',
    held: 'timers',
    text: `
class Poller {
  start(load) {
    this.timer = setInterval(() => load, 60_000);
  }
  stop() {
    clearInterval(this.timer);
  }
}
export const poller = new Poller();
export function cycle(index, load) {
  poller.start(load);
}
`,
  },
  {
    codemod: 'delete-on-fire',
    held: 'entries',
    text: `
class Presence {
  constructor() {
    this.idle = new Map();
  }
  touch(sessionId, load) {
    clearTimeout(this.idle.get(sessionId));
    this.idle.set(sessionId, setTimeout(() => load.length, 1));
  }
  leave(sessionId) {
    clearTimeout(this.idle.get(sessionId));
    this.idle.delete(sessionId);
  }
}
export const presence = new Presence();
export function cycle(index, load) {
  presence.touch(index, load);
}
export const sizes = () => presence.idle.size;
`,
  },
  {
    codemod: 'unify-cleanup',
    held: 'entries',
    text: `
import { EventEmitter } from 'node:events';
const sockets = new Map();
const histories = new Map();
const names = new Map();
export function accept(chatId, socket, load) {
  sockets.set(chatId, socket);
  histories.set(chatId, load);
  names.set(chatId, String(chatId));
  socket.on('close', () => {
    sockets.delete(chatId);
  });
}
export function endChat(chatId) {
  sockets.get(chatId)?.emit('bye');
  sockets.delete(chatId);
  histories.delete(chatId);
  names.delete(chatId);
}
export function cycle(index, load) {
  const socket = new EventEmitter();
  accept(index, socket, load);
  socket.emit('close');
}
export const sizes = () => sockets.size + histories.size + names.size;
`,
  },
  {
    codemod: 'add-ttl-sweep',
    held: 'entries',
    text: `
const codes = {};
export function sendCode(phone, load) {
  codes[phone] = { code: 'open', load, expiresAt: Date.now() + 20 };
}
export function checkCode(phone, code) {
  const stored = codes[phone];
  if (!stored || stored.expiresAt < Date.now()) return false;
  if (stored.code !== code) return false;
  delete codes[phone];
  return true;
}
export function cycle(index, load) {
  sendCode(\`+49 \${index}\`, load);
}
export const sizes = () => Object.keys(codes).length;
export const settled = () => new Promise((resolve) => { setTimeout(resolve, 300); });
`,
  },
  {
    codemod: 'bound-collection',
    held: 'entries',
    text: `
import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
const history = [];
bus.on('event', (load) => {
  history.push(load);
});
export function cycle(index, load) {
  bus.emit('event', load);
}
export const sizes = () => history.length;
`,
  },
  {
    codemod: 'release-in-teardown',
    held: 'listeners',
    text: `
export class Hub {
  constructor(load) {
    this.load = load;
    process.on('SIGHUP', () => this.reload());
  }
  reload() { return this.load; }
  dispose() {
    this.ended = true;
  }
}
process.setMaxListeners(0);
export function cycle(index, load) {
  new Hub(load).dispose();
}
`,
  },
];

const folder = temporaryFolder();

describe.each(PROGRAMS)('$codemod, on a running process', ({ codemod, held, text }) => {
  it('the original grows with every cycle, the repaired one is flat', () => {
    const [grown, more] = halvesOf('before.mjs', text);
    expect(more[held] - grown[held], held).toBeGreaterThanOrEqual(CYCLES);
    expect(more.megabytes - grown.megabytes).toBeGreaterThan(2 * FLAT_MEGABYTES);

    const [once, twice] = halvesOf('after.mjs', repaired(codemod, text));
    expect(twice[held], held).toBe(once[held]);
    expect(once[held], held).toBeLessThan(CYCLES);
    expect(twice.timers).toBe(once.timers);
    expect(twice.listeners).toBe(once.listeners);
    expect(twice.megabytes - once.megabytes).toBeLessThan(FLAT_MEGABYTES);
  });
});

it('every codemod has a program', () => {
  expect(PROGRAMS.map(({ codemod }) => codemod).sort()).toEqual(codemods.map(({ id }) => id).sort());
});

type Measure = Readonly<Record<Held | 'megabytes', number>>;

function halvesOf(name: string, text: string): [Measure, Measure] {
  folder.write({ [name]: text });
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', HARNESS, `${folder.path}/${name}`, String(CYCLES)], { encoding: 'utf8', timeout: 60_000 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as [Measure, Measure];
}

function repaired(id: CodemodId, text: string): string {
  const codemod = codemods.filter((one) => one.id === id);
  const repair = repairFile({ path: 'program.mjs', text }, { codemods: codemod, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, values: { limit: 50, ttlMs: 20, sweepEveryMs: 10 } });
  expect([repair.failed, repair.refused, repair.changed]).toEqual([[], [], true]);
  return repair.text;
}
