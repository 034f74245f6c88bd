import { randomUUID } from 'node:crypto';

import type { DirectoryWatcher, TerminalSession, Viewer, Workbench } from './types.js';

export const IDLE_AFTER_MS = 5 * 60 * 1000;

const MAX_OUTPUT_CHARS = 64 * 1024;
const PREVIEW_CHARS = 200;

/** Runs the shells of a workbench and shows each of them in any number of browser tabs. */
export class TerminalServer {
  // leakproof-survives: an exited session can be restarted from the list
  private readonly sessions = new Map<string, TerminalSession>();
  private readonly viewers = new Map<string, Set<Viewer>>();
  private readonly startTimes = new Map<string, number>();
  private readonly titles = new Map<string, string>();
  private readonly previews = new Map<string, string>();
  private readonly commandCounts = new Map<string, number>();
  private readonly lastActivity = new Map<string, number>();
  private readonly idleTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly watchers = new Map<string, DirectoryWatcher>();
  private readonly unsubscribers = new Map<string, () => void>();
  private readonly pausedSessions = new Set<string>();
  private readonly pendingInput = new Map<string, string[]>();
  private readonly workbench: Workbench;
  private closedCount = 0;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
  }

  get closedSessions(): number {
    return this.closedCount;
  }

  openSession(directory: string): string {
    const session: TerminalSession = {
      id: randomUUID(),
      directory,
      terminal: this.workbench.spawn(directory),
      status: 'running',
      output: '',
    };
    this.sessions.set(session.id, session);
    this.start(session);
    return session.id;
  }

  restartSession(sessionId: string): boolean {
    const session = this.sessions.get(sessionId);
    if (session?.status !== 'exited') {
      return false;
    }
    session.terminal = this.workbench.spawn(session.directory);
    session.status = 'running';
    this.start(session);
    return true;
  }

  writeInput(sessionId: string, text: string): boolean {
    const session = this.sessions.get(sessionId);
    if (session?.status !== 'running') {
      return false;
    }
    if (this.pausedSessions.has(sessionId)) {
      const waiting = this.pendingInput.get(sessionId) ?? [];
      this.pendingInput.set(sessionId, [...waiting, text]);
      return true;
    }
    this.commandCounts.set(sessionId, (this.commandCounts.get(sessionId) ?? 0) + 1);
    this.touch(sessionId);
    session.terminal.write(text);
    return true;
  }

  pauseInput(sessionId: string): void {
    if (this.sessions.get(sessionId)?.status === 'running') {
      this.pausedSessions.add(sessionId);
    }
  }

  resumeInput(sessionId: string): void {
    const waiting = this.pendingInput.get(sessionId) ?? [];
    this.pausedSessions.delete(sessionId);
    this.pendingInput.delete(sessionId);
    for (const text of waiting) {
      this.writeInput(sessionId, text);
    }
  }

  /** Shows a running session in one more browser tab. */
  attachViewer(sessionId: string, viewer: Viewer): void {
    const title = this.titles.get(sessionId) ?? 'shell';
    const startedAt = this.startTimes.get(sessionId) ?? Date.now();
    viewer.greet(title, startedAt, this.previews.get(sessionId) ?? '');
    this.viewers.get(sessionId)?.add(viewer);
  }

  detachViewer(sessionId: string, viewer: Viewer): void {
    this.viewers.get(sessionId)?.delete(viewer);
  }

  closeSession(sessionId: string): boolean {
    const session = this.sessions.get(sessionId);
    if (!session) {
      return false;
    }
    this.workbench.save({
      id: sessionId,
      directory: session.directory,
      output: session.output,
      unsentInput: this.pendingInput.get(sessionId) ?? [],
    });

    const watcher = this.watchers.get(sessionId);
    if (watcher) {
      watcher.close();
      this.watchers.delete(sessionId);
    }
    this.unsubscribers.get(sessionId)?.();
    this.unsubscribers.delete(sessionId);

    session.status = 'closed';
    session.terminal.kill();
    // A timer that goes on would announce a session that is gone.
    const timer = this.idleTimers.get(sessionId);
    if (timer) {
      clearTimeout(timer);
      this.idleTimers.delete(sessionId);
    }
    this.lastActivity.delete(sessionId);

    this.commandCounts.delete(sessionId);
    this.closedCount += 1;
    this.viewers.delete(sessionId);
    this.startTimes.delete(sessionId);
    this.titles.delete(sessionId);
    this.workbench.broadcast({ type: 'session-closed', sessionId });

    this.previews.delete(sessionId);
    this.pausedSessions.delete(sessionId);
    this.pendingInput.delete(sessionId);
    this.sessions.delete(sessionId);
    return true;
  }

  /** The names of everything that still knows a session, for the support page. */
  debugStateOf(sessionId: string): string[] {
    const known: Record<string, boolean> = {
      sessions: this.sessions.has(sessionId),
      viewers: this.viewers.has(sessionId),
      startTimes: this.startTimes.has(sessionId),
      titles: this.titles.has(sessionId),
      previews: this.previews.has(sessionId),
      commandCounts: this.commandCounts.has(sessionId),
      lastActivity: this.lastActivity.has(sessionId),
      idleTimers: this.idleTimers.has(sessionId),
      watchers: this.watchers.has(sessionId),
      unsubscribers: this.unsubscribers.has(sessionId),
      pausedSessions: this.pausedSessions.has(sessionId),
      pendingInput: this.pendingInput.has(sessionId),
    };
    return Object.keys(known).filter((name) => known[name]);
  }

  private start(session: TerminalSession): void {
    const { id: sessionId, directory, terminal } = session;
    this.viewers.set(sessionId, new Set());
    this.startTimes.set(sessionId, Date.now());
    const watcher = this.workbench.watch(directory, () => {
      this.workbench.broadcast({ type: 'files-changed', sessionId });
    });
    this.watchers.set(sessionId, watcher);
    const unsubscribe = this.workbench.onThemeChange((escapeCode) => {
      terminal.write(escapeCode);
    });
    this.unsubscribers.set(sessionId, unsubscribe);
    this.attachListeners(session);
    this.touch(sessionId);
  }

  private attachListeners(session: TerminalSession): void {
    const listeners = {
      data: (text: string) => {
        if (session.status !== 'running') {
          return;
        }
        session.output = (session.output + text).slice(-MAX_OUTPUT_CHARS);
        this.previews.set(session.id, session.output.slice(-PREVIEW_CHARS));
        for (const viewer of this.viewers.get(session.id) ?? []) {
          viewer.show(text);
        }
        this.touch(session.id);
      },
      title: (title: string) => {
        if (session.status === 'running') {
          this.titles.set(session.id, title);
        }
      },
      exit: (exitCode: number) => {
        session.status = 'exited';
        this.pausedSessions.delete(session.id);
        this.workbench.broadcast({ type: 'session-exited', sessionId: session.id, exitCode });

        this.pendingInput.delete(session.id);
      },
    };
    session.terminal.on('data', listeners.data);
    session.terminal.on('title', listeners.title);
    session.terminal.on('exit', listeners.exit);
  }

  private touch(sessionId: string): void {
    this.lastActivity.set(sessionId, Date.now());
    clearTimeout(this.idleTimers.get(sessionId));
    const timer = setTimeout(() => {
      this.idleTimers.delete(sessionId);
      const since = this.lastActivity.get(sessionId) ?? Date.now();
      const commands = this.commandCounts.get(sessionId) ?? 0;
      this.workbench.broadcast({ type: 'session-idle', sessionId, since, commands });
    }, IDLE_AFTER_MS);
    this.idleTimers.set(sessionId, timer);
  }
}
