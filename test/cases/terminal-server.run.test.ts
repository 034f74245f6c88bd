import { EventEmitter } from 'node:events';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import * as repaired from './d-terminal-server/after.js';
import * as original from './d-terminal-server/before.js';
import type { Terminal, Workbench } from './d-terminal-server/types.js';

const IDLE_AFTER_MS = original.IDLE_AFTER_MS;

const SKIPPED_BY_EXIT = [
  'viewers',
  'startTimes',
  'titles',
  'previews',
  'commandCounts',
  'lastActivity',
  'idleTimers',
  'watchers',
  'unsubscribers',
];
const RELEASED_BY_EXIT = ['pausedSessions', 'pendingInput'];
const SURVIVOR = 'sessions';

class FakeTerminal extends EventEmitter implements Terminal {
  readonly write = vi.fn<Terminal['write']>();
  readonly kill = vi.fn<Terminal['kill']>();
}

class FakeWorkbench implements Workbench {
  readonly terminals: FakeTerminal[] = [];
  readonly closeWatcher = vi.fn<() => void>();
  readonly unsubscribe = vi.fn<() => void>();
  readonly save = vi.fn<Workbench['save']>();
  readonly broadcast = vi.fn<Workbench['broadcast']>();

  spawn(): FakeTerminal {
    const terminal = new FakeTerminal();
    this.terminals.push(terminal);
    return terminal;
  }

  watch(): { close: () => void } {
    return { close: this.closeWatcher };
  }

  onThemeChange(): () => void {
    return this.unsubscribe;
  }

  /** The types of all events so far. */
  get events(): string[] {
    return this.broadcast.mock.calls.map(([event]) => event.type);
  }
}

const variants = {
  before: (workbench: Workbench) => new original.TerminalServer(workbench),
  after: (workbench: Workbench) => new repaired.TerminalServer(workbench),
};

/** A server with one session that has left its mark in every registry. */
function serveOneSession(variant: keyof typeof variants) {
  const workbench = new FakeWorkbench();
  const server = variants[variant](workbench);
  const sessionId = server.openSession('/home/ada/engine');
  const [terminal] = workbench.terminals;
  if (terminal === undefined) {
    throw new Error('no terminal was started');
  }
  const viewer = { greet: vi.fn(), show: vi.fn() };
  server.attachViewer(sessionId, viewer);
  terminal.emit('title', 'vim');
  terminal.emit('data', 'hello\n');
  server.writeInput(sessionId, 'make\n');
  server.pauseInput(sessionId);
  server.writeInput(sessionId, 'make install\n');
  return { workbench, server, sessionId, terminal, viewer };
}

let consoleError: ReturnType<typeof spyOnConsoleError>;

function spyOnConsoleError() {
  return vi.spyOn(console, 'error').mockImplementation(() => undefined);
}

beforeEach(() => {
  vi.useFakeTimers();
  consoleError = spyOnConsoleError();
});

afterEach(() => {
  consoleError.mockRestore();
  vi.useRealTimers();
});

describe.each(['before', 'after'] as const)('the terminal server, %s the repair', (variant) => {
  it('keeps a running session in every registry', () => {
    const { server, sessionId } = serveOneSession(variant);
    expect(server.debugStateOf(sessionId)).toEqual([
      SURVIVOR,
      ...SKIPPED_BY_EXIT,
      ...RELEASED_BY_EXIT,
    ]);
  });

  it('shows and passes on what is typed and printed', () => {
    const { server, sessionId, terminal, viewer } = serveOneSession(variant);
    expect(viewer.greet).toHaveBeenCalledExactlyOnceWith('shell', Date.now(), '');
    expect(viewer.show).toHaveBeenCalledExactlyOnceWith('hello\n');
    expect(terminal.write.mock.calls).toEqual([['make\n']]);
    server.resumeInput(sessionId);
    server.resumeInput(sessionId);
    expect(terminal.write.mock.calls).toEqual([['make\n'], ['make install\n']]);
    server.detachViewer(sessionId, viewer);
    terminal.emit('data', 'bye\n');
    expect(viewer.show).toHaveBeenCalledTimes(1);
  });

  it('announces a session that has been idle for long enough', () => {
    const { workbench, server, sessionId } = serveOneSession(variant);
    const since = Date.now();
    vi.advanceTimersByTime(IDLE_AFTER_MS - 1);
    expect(workbench.events).not.toContain('session-idle');
    vi.advanceTimersByTime(1);
    expect(workbench.broadcast).toHaveBeenLastCalledWith({
      type: 'session-idle',
      sessionId,
      since,
      commands: 1,
    });
    expect(server.debugStateOf(sessionId)).not.toContain('idleTimers');
  });

  it('closes a session: persists, kills, counts once, broadcasts, and keeps nothing', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession(variant);
    expect(server.closeSession(sessionId)).toBe(true);
    expect(server.closeSession(sessionId)).toBe(false);

    expect(workbench.save).toHaveBeenCalledExactlyOnceWith({
      id: sessionId,
      directory: '/home/ada/engine',
      output: 'hello\n',
      unsentInput: ['make install\n'],
    });
    expect(terminal.kill).toHaveBeenCalledTimes(1);
    expect(server.closedSessions).toBe(1);
    expect(workbench.events).toEqual(['session-closed']);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
    expect(server.debugStateOf(sessionId)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes a session whose terminal exits while it is killed, or says so later', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession(variant);
    terminal.kill.mockImplementation(() => {
      terminal.emit('exit', 137);
    });
    server.closeSession(sessionId);
    terminal.emit('data', 'late\n');
    terminal.emit('exit', 137);

    expect(server.closedSessions).toBe(1);
    expect(workbench.save).toHaveBeenCalledTimes(1);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
    expect(server.debugStateOf(sessionId)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('neither persists, kills nor counts when the terminal exits by itself', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession(variant);
    terminal.emit('exit', 2);

    expect(workbench.save).not.toHaveBeenCalled();
    expect(terminal.kill).not.toHaveBeenCalled();
    expect(server.closedSessions).toBe(0);
    expect(workbench.broadcast.mock.calls).toEqual([
      [{ type: 'session-exited', sessionId, exitCode: 2 }],
    ]);
    expect(server.writeInput(sessionId, 'make\n')).toBe(false);
  });

  it('restarts an exited session, which survives on purpose', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession(variant);
    expect(server.restartSession(sessionId)).toBe(false);
    terminal.emit('exit', 2);
    expect(server.restartSession(sessionId)).toBe(true);

    const restarted = workbench.terminals[1];
    expect(server.writeInput(sessionId, 'make\n')).toBe(true);
    expect(restarted?.write).toHaveBeenCalledExactlyOnceWith('make\n');
    server.closeSession(sessionId);
    expect(server.restartSession(sessionId)).toBe(false);
    expect(server.debugStateOf(sessionId)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes an exited session with the same result', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession(variant);
    terminal.emit('exit', 2);
    expect(server.closeSession(sessionId)).toBe(true);

    expect(workbench.save).toHaveBeenCalledExactlyOnceWith({
      id: sessionId,
      directory: '/home/ada/engine',
      output: 'hello\n',
      unsentInput: [],
    });
    expect(terminal.kill).toHaveBeenCalledTimes(1);
    expect(server.closedSessions).toBe(1);
    expect(workbench.events).toEqual(['session-exited', 'session-closed']);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
    expect(server.debugStateOf(sessionId)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    expect(consoleError).not.toHaveBeenCalled();
  });
});

describe('what the partial exit handler did before the repair', () => {
  it('leaves nine registries and a timer behind, besides the survivor', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('before');
    terminal.emit('exit', 0);

    expect(SKIPPED_BY_EXIT).toHaveLength(9);
    expect(server.debugStateOf(sessionId)).toEqual([SURVIVOR, ...SKIPPED_BY_EXIT]);
    expect(workbench.closeWatcher).not.toHaveBeenCalled();
    expect(workbench.unsubscribe).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(IDLE_AFTER_MS);
    expect(workbench.events).toEqual(['session-exited', 'session-idle']);
  });

  it('loses the first watcher for ever when the session is restarted', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('before');
    terminal.emit('exit', 0);
    server.restartSession(sessionId);
    server.closeSession(sessionId);
    expect(workbench.terminals).toHaveLength(2);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
  });

  it('stops closing at the first step that throws', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('before');
    workbench.closeWatcher.mockImplementation(() => {
      throw new Error('EBADF');
    });
    expect(() => server.closeSession(sessionId)).toThrow('EBADF');
    expect(terminal.kill).not.toHaveBeenCalled();
    expect(server.debugStateOf(sessionId)).not.toEqual([]);
  });
});

describe('what the repair changes', () => {
  it('an exit leaves nothing behind but the survivor', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('after');
    terminal.emit('exit', 0);

    expect(server.debugStateOf(sessionId)).toEqual([SURVIVOR]);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(workbench.save).not.toHaveBeenCalled();
    expect(terminal.kill).not.toHaveBeenCalled();
    expect(server.closedSessions).toBe(0);
    expect(consoleError).not.toHaveBeenCalled();
  });

  it('what comes after the exit brings nothing back', () => {
    const { server, sessionId, terminal, viewer } = serveOneSession('after');
    terminal.emit('exit', 0);
    terminal.emit('data', 'late\n');
    terminal.emit('title', 'late');
    server.pauseInput(sessionId);
    server.writeInput(sessionId, 'late\n');
    server.detachViewer(sessionId, viewer);
    expect(server.debugStateOf(sessionId)).toEqual([SURVIVOR]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a second exit does nothing more', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('after');
    terminal.emit('exit', 0);
    terminal.emit('exit', 0);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
    expect(server.debugStateOf(sessionId)).toEqual([SURVIVOR]);
  });

  it('an exit of one session leaves the others alone', () => {
    const { server, terminal } = serveOneSession('after');
    const other = server.openSession('/home/ada/loom');
    const known = server.debugStateOf(other);
    terminal.emit('exit', 0);
    expect(server.debugStateOf(other)).toEqual(known);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('a restart loses neither the watcher nor the subscription', () => {
    const { workbench, server, sessionId, terminal } = serveOneSession('after');
    terminal.emit('exit', 0);
    server.restartSession(sessionId);
    server.closeSession(sessionId);
    expect(workbench.closeWatcher).toHaveBeenCalledTimes(2);
    expect(workbench.unsubscribe).toHaveBeenCalledTimes(2);
  });

  const throwingSteps = [
    ['closeWatcher', 'closeSession: watcher.close() failed'],
    ['unsubscribe', 'closeSession: this.unsubscribers.get(sessionId)?.() failed'],
  ] as const;

  describe.each(throwingSteps)('when %s throws', (step, report) => {
    const error = new Error('already gone');

    it('the exit handler does the rest and reports it', () => {
      const { workbench, server, sessionId, terminal } = serveOneSession('after');
      workbench[step].mockImplementation(() => {
        throw error;
      });
      terminal.emit('exit', 0);

      expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
      expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
      expect(consoleError).toHaveBeenCalledExactlyOnceWith(report, error);
      expect(workbench.events).toEqual(['session-exited']);
      expect(server.debugStateOf(sessionId)).toEqual([SURVIVOR]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('closing does the rest and reports it', () => {
      const { workbench, server, sessionId, terminal } = serveOneSession('after');
      workbench[step].mockImplementation(() => {
        throw error;
      });
      expect(server.closeSession(sessionId)).toBe(true);

      expect(workbench.closeWatcher).toHaveBeenCalledTimes(1);
      expect(workbench.unsubscribe).toHaveBeenCalledTimes(1);
      expect(consoleError).toHaveBeenCalledExactlyOnceWith(report, error);
      expect(terminal.kill).toHaveBeenCalledTimes(1);
      expect(server.closedSessions).toBe(1);
      expect(workbench.events).toEqual(['session-closed']);
      expect(server.debugStateOf(sessionId)).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
