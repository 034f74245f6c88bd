import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { programOf } from './program.js';

/** What runs before and after the repair, through many starts without a stop. */
const CYCLES = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Polling {
  readonly Poller: new () => { start(): void; stop(): void };
}

interface Streaming {
  readonly Streams: new () => { resume(id: string, write: (text: string) => void): void; end(id: string): void; close(): void };
}

describe('a field', () => {
  const load = (state: 'before' | 'after') => programOf<Polling>('clear-before-set/an interval that is started again, as the class clears it elsewhere', state);

  it.each([['before', CYCLES], ['after', 1]] as const)('%s the repair, has %i live intervals after many starts', async (state, live) => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const poller = new (await load(state)).Poller();
    for (let cycle = 0; cycle < CYCLES; cycle++) poller.start();
    expect(vi.getTimerCount()).toBe(live);
    log.mockClear();
    vi.advanceTimersByTime(1000);
    expect(log).toHaveBeenCalledTimes(live);
    poller.stop();
    expect(vi.getTimerCount()).toBe(live - 1);
  });

  it('can be started again after a stop, and polls once a second', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const poller = new (await load('after')).Poller();
    poller.start();
    poller.stop();
    poller.start();
    log.mockClear();
    vi.advanceTimersByTime(3000);
    expect(log).toHaveBeenCalledTimes(3);
  });
});

describe('an entry of a Map', () => {
  const load = (state: 'before' | 'after') => programOf<Streaming>('clear-before-set/an entry of a map, its handle in a constant first', state);

  it.each([['before', CYCLES], ['after', 2]] as const)('%s the repair, has %i live intervals after many starts for two keys', async (state, live) => {
    const streams = new (await load(state)).Streams();
    for (let cycle = 0; cycle < CYCLES; cycle++) streams.resume(cycle % 2 === 0 ? 'even' : 'odd', () => undefined);
    expect(vi.getTimerCount()).toBe(live);
    streams.close();
    expect(vi.getTimerCount()).toBe(live - 2);
  });

  it('writes to whom it was given last', async () => {
    const streams = new (await load('after')).Streams();
    const [first, second] = [vi.fn(), vi.fn()];
    streams.resume('one', first);
    streams.resume('one', second);
    vi.advanceTimersByTime(15_000);
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });
});
