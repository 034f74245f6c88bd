import type { Terminal } from './types.js';

export class Terminals {
  private readonly live = new Map<string, Terminal>();
  private readonly known = new Set<string>();

  start(id: string, terminal: Terminal): void {
    this.live.set(id, terminal);
    this.known.add(id);
  }

  removeBroken(id: string, next: Terminal): void {
    this.live.delete(id);
    setTimeout(() => {
      this.start(id, next);
    }, 500);
  }

  stop(id: string): void {
    this.known.delete(id);
    this.live.delete(id);
  }
}
