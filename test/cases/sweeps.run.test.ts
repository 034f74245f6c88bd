import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type * as HelpDesk from './b-session-manager/before.js';
import type * as Exercises from './c-sandbox-sessions/before.js';
import type * as SweptExercises from './c-sandbox-sessions/swept.js';
import type { Sandbox } from './c-sandbox-sessions/sandbox.js';
import type { HostEvents, PluginHost, ToolCall } from './e-plugins/host.js';
import type * as Secure from './e-plugins/secure-plugin.js';
import type * as User from './e-plugins/user-plugin.js';

/** The programs of cases B, C and E, run as they were and as `add-ttl-sweep` leaves them. */
const MINUTE = 60_000;
const TTL = 30 * MINUTE;

/** The Maps that a module or an object makes while `make` runs. */
async function recordMaps<T>(make: () => T | Promise<T>): Promise<{ made: T; maps: ReadonlyMap<unknown, unknown>[] }> {
  const maps: ReadonlyMap<unknown, unknown>[] = [];
  class RecordedMap<Key, Value> extends Map<Key, Value> {
    constructor(entries?: Iterable<readonly [Key, Value]> | null) {
      super(entries);
      maps.push(this);
    }
  }
  vi.stubGlobal('Map', RecordedMap);
  const made = await make();
  vi.unstubAllGlobals();
  return { made, maps };
}

function sizes(maps: readonly ReadonlyMap<unknown, unknown>[]): number {
  return maps.reduce((sum, { size }) => sum + size, 0);
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('case B: sessions of a help desk', () => {
  const load = {
    before: (): Promise<typeof HelpDesk> => import('./b-session-manager/before.js'),
    // Classes with private members are of different types, though of the same shape.
    swept: (): Promise<typeof HelpDesk> => import('./b-session-manager/swept.js') as Promise<unknown> as Promise<typeof HelpDesk>,
  };

  async function openDesk(variant: keyof typeof load) {
    const { SessionManager } = await load[variant]();
    let release: (answer: string) => void = () => undefined;
    const answer = vi.fn(() => new Promise<string>((resolve) => { release = resolve; }));
    const { made: manager, maps } = await recordMaps(() => new SessionManager({ answer }));
    return { manager, maps, answerNow: () => { release('yes'); } };
  }

  it('keeps every session for ever, before the repair', async () => {
    const { manager, maps } = await openDesk('before');
    for (let customer = 0; customer < 1000; customer++) manager.openSession(String(customer));
    vi.advanceTimersByTime(24 * 60 * MINUTE);
    expect(sizes(maps)).toBe(1000);
  });

  it('is flat through thousands of sessions, after it', async () => {
    const { manager, maps } = await openDesk('swept');
    for (let round = 0; round < 20; round++) {
      for (let customer = 0; customer < 250; customer++) manager.openSession(String(customer));
      vi.advanceTimersByTime(TTL + MINUTE);
      expect(sizes(maps)).toBe(0);
    }
    expect(vi.getTimerCount()).toBe(1);
  });

  it('ends a session when its time is over, and not before', async () => {
    const { manager } = await openDesk('swept');
    const id = manager.openSession('ada');
    vi.advanceTimersByTime(TTL - 1);
    expect(manager.belongsTo(id, 'ada')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(manager.belongsTo(id, 'ada')).toBe(false);
  });

  it('starts the time anew with work, and not with a look', async () => {
    const { manager } = await openDesk('swept');
    const used = manager.openSession('ada');
    const watched = manager.openSession('bob');
    for (let minute = 0; minute < 45; minute++) {
      vi.advanceTimersByTime(MINUTE);
      if (minute % 10 === 0) manager.addNote(used, 'still here');
      manager.isAnswering(watched);
    }
    expect(manager.belongsTo(used, 'ada')).toBe(true);
    expect(manager.belongsTo(watched, 'bob')).toBe(false);
  });

  it('spares a session that is at work, and starts its time when the work ends', async () => {
    const { manager, answerNow } = await openDesk('swept');
    const id = manager.openSession('ada');
    const asked = manager.ask(id, 'why?');
    vi.advanceTimersByTime(5 * TTL);
    expect(manager.isAnswering(id)).toBe(true);
    answerNow();
    await asked;
    vi.advanceTimersByTime(TTL - MINUTE);
    expect(manager.belongsTo(id, 'ada')).toBe(true);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(manager.belongsTo(id, 'ada')).toBe(false);
  });

  it('goes on when the end of one session throws, and tells', async () => {
    const { manager, maps } = await openDesk('swept');
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const first = manager.openSession('ada');
    manager.openSession('bob');
    const end = manager.deleteSession.bind(manager);
    manager.deleteSession = (id) => {
      if (id === first) throw new Error('not now');
      return end(id);
    };
    vi.advanceTimersByTime(TTL);
    expect(told).toHaveBeenCalledWith('sweepSessions: deleteSession failed', expect.objectContaining({ message: 'not now' }));
    expect(maps[0]?.size).toBe(1);
    manager.deleteSession = end;
    vi.advanceTimersByTime(MINUTE);
    expect(sizes(maps)).toBe(0);
  });

  it('gives a session without a stamp its time, instead of ending it', async () => {
    const { manager, maps } = await openDesk('swept');
    const id = manager.openSession('ada');
    (maps[1] as Map<unknown, unknown>).clear();
    vi.advanceTimersByTime(TTL);
    expect(manager.belongsTo(id, 'ada')).toBe(true);
    vi.advanceTimersByTime(MINUTE);
    expect(manager.belongsTo(id, 'ada')).toBe(false);
  });

  it('leaves no timer and no entry behind its teardown', async () => {
    const { manager, maps } = await openDesk('swept');
    manager.openSession('ada');
    manager.shutdownAll();
    expect(vi.getTimerCount()).toBe(0);
    expect(sizes(maps)).toBe(0);
  });
});

describe('case C: exercises in rented sandboxes', () => {
  const HOUR = 60 * MINUTE;

  function rent() {
    const kill = vi.fn(() => Promise.resolve());
    const sandbox = { upload: () => Promise.resolve(), run: () => Promise.resolve({ exitCode: 0, output: '' }), kill };
    return { kill, sandbox: sandbox as unknown as Sandbox };
  }

  async function load<Module>(module: () => Promise<Module>) {
    const { made, maps } = await recordMaps(module);
    const loaded = await import('./c-sandbox-sessions/sandbox.js');
    const rented = rent();
    vi.spyOn(loaded.Sandbox, 'create').mockImplementation(() => Promise.resolve(rented.sandbox));
    return { ...rented, module: made, maps };
  }
  const before = () => load((): Promise<typeof Exercises> => import('./c-sandbox-sessions/before.js'));
  const swept = () => load((): Promise<typeof SweptExercises> => import('./c-sandbox-sessions/swept.js'));

  it('pays for every sandbox for ever, before the repair', async () => {
    const { module, kill, maps } = await before();
    for (let student = 0; student < 200; student++) await module.startSession(String(student), new Map());
    await vi.advanceTimersByTimeAsync(24 * HOUR);
    expect(kill).not.toHaveBeenCalled();
    expect(sizes(maps)).toBe(200);
  });

  it('gives each back through endSession, after it', async () => {
    const { module, kill, maps } = await swept();
    for (let round = 1; round <= 5; round++) {
      for (let student = 0; student < 100; student++) await module.startSession(String(student), new Map());
      await vi.advanceTimersByTimeAsync(HOUR + 2 * MINUTE);
      expect(kill).toHaveBeenCalledTimes(round * 100);
      expect(sizes(maps)).toBe(0);
    }
  });

  it('counts the time from the last use', async () => {
    const { module, kill } = await swept();
    const id = await module.startSession('ada', new Map());
    await vi.advanceTimersByTimeAsync(HOUR - MINUTE);
    await module.saveFile(id, 'a.ts', '');
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(kill).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(kill).toHaveBeenCalledOnce();
  });

  it('tells of a kill that rejects, and goes on with the next', async () => {
    const { module, kill, maps } = await swept();
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    kill.mockRejectedValueOnce(new Error('the provider is down'));
    await module.startSession('ada', new Map());
    await module.startSession('bob', new Map());
    await vi.advanceTimersByTimeAsync(HOUR + 2 * MINUTE);
    expect(told).toHaveBeenCalledExactlyOnceWith('sweepActiveSessions: endSession failed', expect.objectContaining({ message: 'the provider is down' }));
    expect(kill).toHaveBeenCalledTimes(2);
    expect(sizes(maps)).toBe(0);
  });

  it('never sweeps twice at a time', async () => {
    const { module, kill } = await swept();
    let release: () => void = () => undefined;
    kill.mockImplementationOnce(() => new Promise<void>((resolve) => { release = resolve; }));
    await module.startSession('ada', new Map());
    await module.startSession('bob', new Map());
    await vi.advanceTimersByTimeAsync(HOUR + 10 * MINUTE);
    expect(kill).toHaveBeenCalledOnce();
    release();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(kill).toHaveBeenCalledTimes(2);
  });

  it('ends all that is left when it is closed, and sweeps no more', async () => {
    const { module, kill, maps } = await swept();
    await module.startSession('ada', new Map());
    await module.startSession('bob', new Map());
    await module.closeActiveSessions();
    expect(kill).toHaveBeenCalledTimes(2);
    expect(sizes(maps)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('case E: two plug-ins', () => {
  /** A host that keeps what it is told, and sends events. */
  function startHost() {
    const hooks = new Map<string, (event: never) => void | Promise<void>>();
    const tools = new Map<string, (call: ToolCall) => string | Promise<string>>();
    const unloads: (() => void | Promise<void>)[] = [];
    const host: PluginHost = {
      on: (event, hook) => { hooks.set(event, hook); },
      addTool: (name, run) => { tools.set(name, run); },
      onUnload: (callback) => { unloads.push(callback); },
    };
    return {
      host,
      send: <Name extends keyof HostEvents>(name: Name, event: HostEvents[Name]) => hooks.get(name)?.(event as never),
      call: (name: string, sessionId: string, argument = '') => tools.get(name)?.({ sessionId, argument }),
      unload: async () => { for (const callback of unloads) await callback(); },
    };
  }

  const loadUser = {
    before: (): Promise<typeof User> => import('./e-plugins/user-plugin.js'),
    swept: (): Promise<typeof User> => import('./e-plugins/user-plugin.swept.js'),
  };
  const loadSecure = {
    before: (): Promise<typeof Secure> => import('./e-plugins/secure-plugin.js'),
    swept: (): Promise<typeof Secure> => import('./e-plugins/secure-plugin.swept.js'),
  };

  async function registerUsers(variant: keyof typeof loadUser) {
    const { userPlugin } = await loadUser[variant]();
    const host = startHost();
    const { maps } = await recordMaps(() => { userPlugin.register(host.host, { load: () => Promise.resolve({ terms: new Map() }) }); });
    return { ...host, maps };
  }

  it.each([['before', 2000, 0], ['swept', 0, 0]] as const)('users and sessions that never come back, %s: %i entries and %i timers stay', async (variant, entries, timers) => {
    const { send, maps } = await registerUsers(variant);
    for (let user = 0; user < 1000; user++) {
      await send('user-joined', { userId: String(user), locale: 'en' });
      await send('session-opened', { sessionId: String(user), userId: String(user) });
    }
    vi.advanceTimersByTime(TTL + 2 * MINUTE);
    expect(sizes(maps)).toBe(entries);
    // Nobody stops this plug-in: without entries, its intervals have stopped themselves.
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('a user who writes stays; one who is only looked up does not', async () => {
    const { send, call } = await registerUsers('swept');
    await send('user-joined', { userId: 'ada', locale: 'en' });
    await send('user-joined', { userId: 'bob', locale: 'de' });
    for (let minute = 0; minute < 40; minute++) {
      vi.advanceTimersByTime(MINUTE);
      await send('message-outgoing', { sessionId: 's', userId: 'ada', text: 'hello' });
      await call('glossary-info', 's', 'bob');
    }
    expect(await call('glossary-info', 's', 'ada')).toContain('(en)');
    expect(await call('glossary-info', 's', 'bob')).toBe('No glossary is loaded.');
  });

  it('the sweep starts again with the next user', async () => {
    const { send, maps } = await registerUsers('swept');
    for (let round = 0; round < 3; round++) {
      await send('user-joined', { userId: 'ada', locale: 'en' });
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(TTL + 2 * MINUTE);
      expect(sizes(maps)).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  async function verifyAll(variant: keyof typeof loadSecure, count: number) {
    vi.doMock('node:crypto', () => ({ createPublicKey: () => 'key', verify: () => true }));
    const { securePlugin } = await loadSecure[variant]();
    vi.doUnmock('node:crypto');
    const host = startHost();
    const audit = { record: vi.fn(), close: () => Promise.resolve() };
    const { maps } = await recordMaps(() => { securePlugin.register(host.host, { publicKeyOf: () => Promise.resolve('key') }, audit); });
    for (let session = 0; session < count; session++) {
      await host.send('challenge-answered', { sessionId: String(session), userId: 'ada', challenge: 'c', signature: new Uint8Array() });
    }
    return { ...host, maps };
  }

  it.each([['before', 1000], ['swept', 0]] as const)('verified sessions whose time is over, %s: %i stay', async (variant, entries) => {
    const { maps } = await verifyAll(variant, 1000);
    vi.advanceTimersByTime(16 * MINUTE);
    expect(sizes(maps)).toBe(entries);
  });

  it('a verified session stays until its own end', async () => {
    const { call, maps } = await verifyAll('swept', 1);
    vi.advanceTimersByTime(15 * MINUTE - 1);
    expect(await call('whoami', '0')).toBe('ada');
    expect(sizes(maps)).toBe(1);
    vi.advanceTimersByTime(MINUTE + 1);
    expect(sizes(maps)).toBe(0);
  });

  it('unloading stops the sweep', async () => {
    const { unload } = await verifyAll('swept', 3);
    expect(vi.getTimerCount()).toBe(1);
    await unload();
    expect(vi.getTimerCount()).toBe(0);
  });
});
