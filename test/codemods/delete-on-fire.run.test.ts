import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { programOf } from './program.js';

const CYCLES = 1000;
type State = 'before' | 'after';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** How many entries all collections of an object have: `private` is a matter of types. */
function entriesOf(owner: object, field: string): number {
  const collection = (owner as Record<string, unknown>)[field];
  return collection instanceof Map ? collection.size : Object.keys(collection as object).length;
}

describe('timeouts per key of a Map', () => {
  interface Module { Presence: new (markIdle: (userId: string) => Promise<void>) => { touch(userId: string): void; stop(): void } }
  const start = async (state: State) => {
    const markIdle = vi.fn<(userId: string) => Promise<void>>(() => Promise.resolve());
    const { Presence } = await programOf<Module>('delete-on-fire/timeouts per key that fire and stay', state);
    return { presence: new Presence(markIdle), markIdle };
  };

  it.each([['before', CYCLES], ['after', 0]] as const)('%s the repair, %i entries are left when all have fired', async (state, left) => {
    const { presence, markIdle } = await start(state);
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      presence.touch(`user ${cycle}`);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(markIdle).toHaveBeenCalledTimes(CYCLES);
    expect(vi.getTimerCount()).toBe(0);
    expect(entriesOf(presence, 'idleTimers')).toBe(left);
  });

  it('leaves a timer that was started anew alone', async () => {
    const { presence, markIdle } = await start('after');
    presence.touch('one');
    await vi.advanceTimersByTimeAsync(59_999);
    presence.touch('one');
    await vi.advanceTimersByTimeAsync(59_999);
    expect(markIdle).not.toHaveBeenCalled();
    expect(entriesOf(presence, 'idleTimers')).toBe(1);
    presence.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('timeouts of a dictionary', () => {
  interface Module { Room: new () => { reserve(client: { sessionId: string }, seconds: number): void; join(client: { sessionId: string }): void } }

  it.each([['before', CYCLES], ['after', 0]] as const)('%s the repair, %i entries are left when all have fired', async (state, left) => {
    const { Room } = await programOf<Module>('delete-on-fire/a handle that is put straight into a dictionary', state);
    const room = new Room();
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      room.reserve({ sessionId: `session ${cycle}` }, 1);
      vi.advanceTimersByTime(1000);
    }
    expect(entriesOf(room, 'seatTimeouts')).toBe(left);
  });

  it('the first of two timers of a key leaves the entry of the second', async () => {
    const { Room } = await programOf<Module>('delete-on-fire/a handle that is put straight into a dictionary', 'after');
    const room = new Room();
    room.reserve({ sessionId: 'one' }, 1);
    room.reserve({ sessionId: 'one' }, 2);
    vi.advanceTimersByTime(1000);
    expect(entriesOf(room, 'seatTimeouts')).toBe(1);
    room.join({ sessionId: 'one' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a Map that is cleared over live timers', () => {
  interface Module { Respawns: new (respawn: (id: string) => void) => { schedule(id: string, delayMs: number): void; stop(): void } }

  it.each([['before', CYCLES], ['after', 0]] as const)('%s the repair, %i timers are live after the stops', async (state, live) => {
    const respawn = vi.fn();
    const { Respawns } = await programOf<Module>('delete-on-fire/a map that is cleared over live timers', state);
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const respawns = new Respawns(respawn);
      respawns.schedule('one', 60_000);
      respawns.stop();
      expect(entriesOf(respawns, 'respawns')).toBe(0);
    }
    expect(vi.getTimerCount()).toBe(live);
    vi.advanceTimersByTime(60_000);
    expect(respawn).toHaveBeenCalledTimes(live);
  });
});
