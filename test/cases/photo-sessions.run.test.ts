import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type * as PhotoRoutes from './a-photo-sessions/before.js';
import type {
  GardenJournal,
  PlantRecogniser,
  RouteHandler,
  RouteRequest,
  RouteResponse,
  Routes,
} from './a-photo-sessions/types.js';

type Module = typeof PhotoRoutes;

const SESSION_ID = 'rose-by-the-gate';
const GARDENER_ID = 'gardener-1';

const CREATE = 'POST /photo-sessions';
const READ = 'GET /photo-sessions/:sessionId';
const CONFIRM = 'POST /photo-sessions/:sessionId/confirm';
const DISCARD = 'DELETE /photo-sessions/:sessionId';

class RecordedRoutes implements Routes {
  private readonly handlers = new Map<string, RouteHandler>();

  get(path: string, handler: RouteHandler): void {
    this.handlers.set(`GET ${path}`, handler);
  }

  post(path: string, handler: RouteHandler): void {
    this.handlers.set(`POST ${path}`, handler);
  }

  delete(path: string, handler: RouteHandler): void {
    this.handlers.set(`DELETE ${path}`, handler);
  }

  /** Sends a request and returns the status of its answer. */
  async send(route: string, request: Partial<RouteRequest> = {}): Promise<number> {
    const handler = this.handlers.get(route);
    if (handler === undefined) {
      throw new Error(`No route ${route}`);
    }
    let status = 0;
    const response: RouteResponse = {
      status: (code) => {
        status = code;
        return response;
      },
      json: () => undefined,
      end: () => undefined,
    };
    await handler(
      { gardenerId: GARDENER_ID, params: { sessionId: SESSION_ID }, body: {}, ...request },
      response,
    );
    return status;
  }
}

const load = {
  before: (): Promise<Module> => import('./a-photo-sessions/before.js'),
  after: (): Promise<Module> => import('./a-photo-sessions/after.js'),
};

/** A fresh copy of one of the two modules, with its routes registered and its Maps recorded. */
async function startServer(variant: keyof typeof load) {
  const maps: ReadonlyMap<unknown, unknown>[] = [];
  class RecordedMap<Key, Value> extends Map<Key, Value> {
    constructor(entries?: Iterable<readonly [Key, Value]> | null) {
      super(entries);
      maps.push(this);
    }
  }
  vi.resetModules();
  vi.stubGlobal('Map', RecordedMap);
  const module = await load[variant]();
  vi.unstubAllGlobals();
  vi.useFakeTimers();

  const routes = new RecordedRoutes();
  const recogniser: PlantRecogniser = {
    identify: () => Promise.resolve([{ species: 'Rosa canina', score: 0.9 }]),
  };
  const addPlant = vi.fn<GardenJournal['addPlant']>(() => Promise.resolve('plant-1'));
  module.registerPhotoRoutes(routes, recogniser, { addPlant });

  return {
    addPlant,
    timeoutMs: module.SESSION_TIMEOUT_MS,
    close: module.closePhotoSessions,
    /** How many of the module's Maps hold an entry for a session. */
    mapsThatKnow: (sessionId: string) => maps.filter((map) => map.has(sessionId)).length,
    create: (sessionId = SESSION_ID) =>
      routes.send(CREATE, { body: { sessionId }, photo: new Uint8Array(16) }),
    read: (sessionId = SESSION_ID) => routes.send(READ, { params: { sessionId } }),
    confirm: () => routes.send(CONFIRM, { body: { species: 'Rosa canina' } }),
    discard: () => routes.send(DISCARD),
    send: routes.send.bind(routes),
  };
}

let server: Awaited<ReturnType<typeof startServer>>;

afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe.each(['before', 'after'] as const)('photo sessions, %s the repair', (variant) => {
  beforeEach(async () => {
    server = await startServer(variant);
  });

  it('rejects what is no valid upload, and keeps nothing for it', async () => {
    expect(await server.send(CREATE, { body: { sessionId: 'no' } })).toBe(400);
    expect(await server.send(CREATE, { body: { sessionId: SESSION_ID } })).toBe(400);
    const body = { sessionId: SESSION_ID };
    const photo = new Uint8Array(8 * 1024 * 1024 + 1);
    expect(await server.send(CREATE, { body, photo })).toBe(413);
    expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('confirms a session once', async () => {
    expect(await server.create()).toBe(201);
    expect(await server.confirm()).toBe(201);
    expect(await server.confirm()).toBe(404);
    expect(server.addPlant).toHaveBeenCalledExactlyOnceWith({
      gardenerId: GARDENER_ID,
      species: 'Rosa canina',
      photographedAt: Date.now(),
    });
  });

  it('keeps a session from everybody but its gardener', async () => {
    await server.create();
    const stranger = { gardenerId: 'gardener-2' };
    expect(await server.send(READ, stranger)).toBe(404);
    expect(await server.send(DISCARD, stranger)).toBe(404);
    const photo = new Uint8Array(16);
    const body = { sessionId: SESSION_ID };
    expect(await server.send(CREATE, { ...stranger, body, photo })).toBe(409);
    expect(await server.read()).toBe(200);
  });

  it('expires a session exactly at its time-out', async () => {
    await server.create();
    vi.advanceTimersByTime(server.timeoutMs - 1);
    expect(await server.read()).toBe(200);
    vi.advanceTimersByTime(1);
    expect(await server.read()).toBe(404);
    expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('expires a session that was read in the meantime, at the same moment', async () => {
    await server.create();
    vi.advanceTimersByTime(server.timeoutMs - 1);
    expect(await server.read()).toBe(200);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await server.read()).toBe(404);
  });

  it('keeps a session whose confirmation could not be saved, until it expires', async () => {
    await server.create();
    server.addPlant.mockRejectedValueOnce(new Error('the journal is full'));
    await expect(server.confirm()).rejects.toThrow('the journal is full');
    expect(await server.read()).toBe(200);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(server.timeoutMs);
    expect(await server.read()).toBe(404);
    expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
  });

  it('forgets all sessions when it is closed', async () => {
    await server.create('first-session');
    await server.create('second-session');
    server.close();
    expect(await server.read('first-session')).toBe(404);
    expect(await server.read('second-session')).toBe(404);
    expect(server.mapsThatKnow('first-session')).toBe(0);
    expect(server.mapsThatKnow('second-session')).toBe(0);
  });
});

describe('what the dropped timer did before the repair', () => {
  beforeEach(async () => {
    server = await startServer('before');
  });

  it.each(['confirm', 'discard'] as const)('stays pending after %s', async (end) => {
    await server.create();
    await server[end]();
    expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('stays pending for every session when the routes are closed', async () => {
    await server.create('first-session');
    await server.create('second-session');
    server.close();
    expect(vi.getTimerCount()).toBe(2);
  });

  it('deletes a later session with the same id too early', async () => {
    await server.create();
    await server.discard();
    vi.advanceTimersByTime(server.timeoutMs - 1000);
    await server.create();
    vi.advanceTimersByTime(1000);
    expect(await server.read()).toBe(404);
  });
});

describe('what the repair changes', () => {
  beforeEach(async () => {
    server = await startServer('after');
  });

  it('keeps one timer beside the session', async () => {
    await server.create();
    expect(server.mapsThatKnow(SESSION_ID)).toBe(2);
    expect(vi.getTimerCount()).toBe(1);
  });

  it.each(['confirm', 'discard'] as const)('%s cancels the timer', async (end) => {
    await server.create();
    await server[end]();
    expect(vi.getTimerCount()).toBe(0);
    expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
  });

  it.each(['confirm', 'discard'] as const)(
    'a session that comes back after %s expires on its own schedule',
    async (end) => {
      await server.create();
      await server[end]();
      vi.advanceTimersByTime(server.timeoutMs - 1000);
      await server.create();
      vi.advanceTimersByTime(server.timeoutMs - 1);
      expect(await server.read()).toBe(200);
      vi.advanceTimersByTime(1);
      expect(await server.read()).toBe(404);
      expect(server.mapsThatKnow(SESSION_ID)).toBe(0);
    },
  );

  it('a second upload to the same session starts its time anew', async () => {
    await server.create();
    vi.advanceTimersByTime(server.timeoutMs - 1000);
    await server.create();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(server.timeoutMs - 1);
    expect(await server.read()).toBe(200);
    vi.advanceTimersByTime(1);
    expect(await server.read()).toBe(404);
  });

  it('ending one session leaves the timer of another alone', async () => {
    await server.create();
    await server.create('second-session');
    await server.discard();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(server.timeoutMs);
    expect(await server.read('second-session')).toBe(404);
  });

  it('closing cancels every timer', async () => {
    await server.create('first-session');
    await server.create('second-session');
    server.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
