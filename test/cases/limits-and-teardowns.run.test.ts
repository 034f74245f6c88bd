import { getEventListeners, setMaxListeners, type EventEmitter } from 'node:events';
import type { FSWatcher } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundCollection, releaseInTeardown } from '../../codemods/index.js';
import type { Codemod } from '../../src/codemod/codemod.js';
import { repairFile } from '../../src/codemod/run.js';
import { DEFAULT_SETTINGS } from '../../src/core/index.js';

/** Programs are run as they are and as they are repaired: the original grows, the repaired one is flat. */
const LIMIT = 50;
const CYCLES = 5000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakproof-run-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('bound-collection, on the running program', () => {
  const history = `
    import { EventEmitter } from 'node:events';
    export const bus = new EventEmitter();
    export const history = [];
    bus.on('event', (number) => {
      history.push({ number });
    });
  `;
  const recent = `
    import { EventEmitter } from 'node:events';
    export const bus = new EventEmitter();
    const recent = [];
    bus.on('event', (number) => { recent.unshift({ number }); });
    bus.on('late', (number) => { recent.unshift({ number }); });
    export const snapshot = () => recent.map(({ number }) => number);
  `;
  const cache = `
    import { EventEmitter } from 'node:events';
    export const bus = new EventEmitter();
    export const cache = new Map();
    bus.on('event', (message) => {
      cache.set(message.messageId, message.text);
    });
  `;

  it('keeps the newest entries of an array', async () => {
    const { original, repaired } = await load<{ bus: EventEmitter; history: { number: number }[] }>('history', history, boundCollection);
    for (let number = 0; number < CYCLES; number++) for (const { bus } of [original, repaired]) bus.emit('event', number);
    expect(original.history).toHaveLength(CYCLES);
    expect(repaired.history.map(({ number }) => number)).toEqual(Array.from({ length: LIMIT }, (_, index) => CYCLES - LIMIT + index));
  });

  it.each([0, LIMIT - 1, LIMIT, LIMIT + 1])('trims an array of %i entries to the limit, and no more', async (count) => {
    const { repaired } = await load<{ bus: EventEmitter; history: unknown[] }>(`history-${count}`, history, boundCollection);
    for (let number = 0; number < count; number++) repaired.bus.emit('event', number);
    expect(repaired.history).toHaveLength(Math.min(count, LIMIT));
  });

  it('trims the end of a list that has its newest entries first, wherever it grows', async () => {
    const { original, repaired } = await load<{ bus: EventEmitter; snapshot(): number[] }>('recent', recent, boundCollection);
    for (let number = 0; number < CYCLES; number++) for (const { bus } of [original, repaired]) bus.emit(number % 2 === 0 ? 'event' : 'late', number);
    expect(original.snapshot()).toHaveLength(CYCLES);
    expect(repaired.snapshot()).toEqual(Array.from({ length: LIMIT }, (_, index) => CYCLES - 1 - index));
  });

  it('forgets the keys of a Map in the order in which they came; one that is set again keeps its place', async () => {
    const { original, repaired } = await load<{ bus: EventEmitter; cache: Map<string, string> }>('cache', cache, boundCollection);
    for (let number = 0; number < LIMIT; number++) repaired.bus.emit('event', { messageId: `m${number}`, text: 'old' });
    expect(repaired.cache.size).toBe(LIMIT);
    repaired.bus.emit('event', { messageId: 'm0', text: 'new' });
    expect([repaired.cache.size, repaired.cache.get('m0')]).toEqual([LIMIT, 'new']);
    repaired.bus.emit('event', { messageId: 'more', text: 'new' });
    expect([repaired.cache.has('m0'), repaired.cache.has('m1'), repaired.cache.size]).toEqual([false, true, LIMIT]);
    for (let number = 0; number < CYCLES; number++) for (const { bus } of [original, repaired]) bus.emit('event', { messageId: `n${number}`, text: '' });
    expect(original.cache.size).toBe(CYCLES);
    expect(repaired.cache.size).toBe(LIMIT);
  });
});

describe('release-in-teardown, on the running program', () => {
  const watchdog = `
    export class Watchdog {
      count = 0;
      constructor() {
        process.on('leakproof-test', () => {
          this.count += 1;
        });
      }
      dispose() {
        this.count = -1;
      }
    }
  `;
  const restartable = `
    export class Probe {
      count = 0;
      start() {
        process.on('leakproof-test', this.note.bind(this));
      }
      note() {
        this.count += 1;
      }
      stop() {
        this.count = -1;
      }
    }
  `;
  const watching = `
    import { watch } from 'node:fs';
    export class Files {
      seen = 0;
      watcher = watch('.', () => {
        this.seen += 1;
      });
      dispose() {
        this.seen = -1;
      }
    }
  `;
  const sleeping = `
    export function sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const timeout = setTimeout(() => resolve(), ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timeout);
          reject(new Error('aborted'));
        });
      });
    }
  `;
  const added = `
    export class Gauge {
      count = 0;
      constructor() {
        process.on('leakproof-test', this.note);
      }
      note = () => {
        this.count += 1;
      };
    }
    export const make = () => new Gauge();
  `;
  interface Ends { dispose(): void; count: number }
  const listeners = (): number => process.listenerCount('leakproof-test');

  it('takes a listener away, the same one that was added', async () => {
    const { original, repaired } = await load<{ Watchdog: new () => Ends }>('watchdog', watchdog, releaseInTeardown);
    process.setMaxListeners(0);
    for (let cycle = 0; cycle < CYCLES; cycle++) new repaired.Watchdog().dispose();
    expect(listeners()).toBe(0);
    for (let cycle = 0; cycle < 100; cycle++) new original.Watchdog().dispose();
    expect(listeners()).toBe(100);
    process.removeAllListeners('leakproof-test');
  });

  it('still hears while it lives, and stands a second dispose()', async () => {
    const { repaired } = await load<{ Watchdog: new () => Ends }>('watchdog-hears', watchdog, releaseInTeardown);
    const one = new repaired.Watchdog();
    process.emit('leakproof-test' as never);
    expect(one.count).toBe(1);
    one.dispose();
    one.dispose();
    expect(listeners()).toBe(0);
  });

  it('has one listener after any number of starts', async () => {
    const { repaired } = await load<{ Probe: new () => { start(): void; stop(): void; count: number } }>('probe', restartable, releaseInTeardown);
    const probe = new repaired.Probe();
    for (let cycle = 0; cycle < 10; cycle++) probe.start();
    expect(listeners()).toBe(1);
    process.emit('leakproof-test' as never);
    expect(probe.count).toBe(1);
    probe.stop();
    expect(listeners()).toBe(0);
  });

  it('closes every watcher', async () => {
    const { original, repaired } = await load<{ Files: new () => { dispose(): void; watcher: FSWatcher } }>('files', watching, releaseInTeardown);
    const closed = { original: 0, repaired: 0 };
    for (let cycle = 0; cycle < 200; cycle++) {
      const files = new repaired.Files();
      files.watcher.once('close', () => closed.repaired++);
      files.dispose();
      files.dispose();
    }
    const left = new original.Files();
    left.watcher.once('close', () => closed.original++);
    left.dispose();
    await nextTurn();
    expect(closed).toEqual({ original: 0, repaired: 200 });
    left.watcher.close();
  });

  it('takes a listener away from a signal whenever the work is done', async () => {
    const { original, repaired } = await load<{ sleep(ms: number, signal: AbortSignal): Promise<void> }>('sleep', sleeping, releaseInTeardown);
    const { signal, abort } = countingSignal();
    for (let cycle = 0; cycle < 500; cycle++) await repaired.sleep(0, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    for (let cycle = 0; cycle < 20; cycle++) await original.sleep(0, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(20);
    const late = repaired.sleep(60_000, signal);
    abort();
    await expect(late).rejects.toThrow('aborted');
  });

  it('gives a class a dispose() that somebody can call', async () => {
    const { repaired } = await load<{ make(): Ends }>('gauge', added, releaseInTeardown);
    for (let cycle = 0; cycle < CYCLES; cycle++) repaired.make().dispose();
    expect(listeners()).toBe(0);
  });
});

/** A signal that many may listen to. */
function countingSignal(): { signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return { signal: controller.signal, abort: () => { controller.abort(); } };
}

/** Loads a program as it is, and as the codemod leaves it, which must be another one. */
async function load<Program>(name: string, text: string, codemod: Codemod): Promise<{ original: Program; repaired: Program }> {
  const source = text.replaceAll(/^ {4}/gmu, '').trimStart();
  const repair = repairFile({ path: `${name}.mjs`, text: source }, { codemods: [codemod], confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, values: { limit: LIMIT } });
  expect([repair.failed, repair.refused, repair.changed]).toEqual([[], [], true]);
  return { original: await run<Program>(`${name}.before.mjs`, source), repaired: await run<Program>(`${name}.after.mjs`, repair.text) };
}

async function run<Program>(name: string, text: string): Promise<Program> {
  const path = join(folder, name);
  await writeFile(path, text);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Program;
}
